//! What is known of every police force of England and Wales, shipped in the program: facts by year with their sources, and who borders on whom.

mod names;

use std::sync::Arc;

use crate::place::Origin;
use crate::problem::{Problem, Problems, Severity};
use crate::source::{every_fact, texts};
use crate::tree::{Item, Table};
use engine::units::FinancialYear;

pub use names::named;

/// Facts of forces by year.
const FACTS: &str = include_str!("../../../scenarios/data/forces.csv");

/// Who borders on whom.
const NEIGHBOURS: &str = include_str!("../../../scenarios/data/neighbours.csv");

/// Every fact that may be known: its key, its unit, and what it is called in a sentence.
pub const KNOWN_FACTS: [(&str, &str, &str); 9] = [
    ("budget", "£m", "budget"),
    ("grant_share", "share", "share of grant"),
    ("band_d", "£ a year", "Band D"),
    ("tax_base", "Band D equivalents", "tax base"),
    ("reserves", "£m", "reserves"),
    ("population", "residents", "population"),
    ("officers", "full-time equivalents", "officers"),
    ("core_grant", "£m", "core grant"),
    ("precept", "£m", "precept"),
];

/// A fact of a force in a year.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownFact {
    /// Its key in a scenario.
    pub key: &'static str,
    /// The year of which it is.
    pub year: FinancialYear,
    /// The figure.
    pub value: f64,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: String,
    /// What else must be known of it; often empty.
    pub note: String,
}

/// A force that borders on another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Border {
    /// The other.
    pub neighbour: String,
    /// By what they border: `land` or `bridge`.
    pub by: String,
}

/// A force and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownForce {
    /// Its name.
    pub name: String,
    /// Its facts, in the order of years.
    pub facts: Vec<KnownFact>,
    /// Its neighbours.
    pub borders: Vec<Border>,
}

impl KnownForce {
    /// A fact of a year.
    #[must_use]
    pub fn fact(&self, key: &str, year: FinancialYear) -> Option<&KnownFact> {
        self.facts.iter().find(|fact| fact.key == key && fact.year == year)
    }

    /// A fact of the year nearest to another, at most so many years away; of two as near the earlier.
    #[must_use]
    pub fn nearest(&self, key: &str, year: FinancialYear, most: i32) -> Option<&KnownFact> {
        let away = |fact: &&KnownFact| (fact.year.0 - year.0).abs();
        self.facts.iter().filter(|fact| fact.key == key && away(fact) <= most).min_by_key(away)
    }

    /// Whether part of its grant comes from the Welsh Government, which the shipped figures leave out.
    #[must_use]
    pub fn is_welsh(&self) -> bool {
        ["Dyfed-Powys", "Gwent", "North Wales", "South Wales"].contains(&self.name.as_str())
    }
}

/// Every force of which something is known, by name.
///
/// # Errors
/// Where a shipped file cannot be read.
pub fn known_forces() -> Result<Vec<KnownForce>, Problems> {
    read().map_err(|problem| Problems::new(vec![problem]))
}

fn read() -> Result<Vec<KnownForce>, Problem> {
    let mut forces: Vec<KnownForce> = Vec::new();
    for (name, year, table) in every_fact(FACTS, &shipped("forces.csv"))? {
        let year: FinancialYear = year.parse().map_err(|what| problem("forces.csv", what))?;
        let facts = KNOWN_FACTS.iter().filter_map(|(key, _, words)| fact(&table, key, words, year));
        match forces.iter_mut().find(|force| force.name == name) {
            Some(force) => force.facts.extend(facts),
            None => forces.push(KnownForce { facts: facts.collect(), name, borders: Vec::new() }),
        }
    }
    let columns = ["force", "neighbour", "border"];
    for [one, other, by] in texts(NEIGHBOURS, &shipped("neighbours.csv"), columns)? {
        for (own, neighbour) in [(&one, &other), (&other, &one)] {
            if let Some(force) = forces.iter_mut().find(|force| force.name == *own && by != "none") {
                force.borders.push(Border { neighbour: neighbour.clone(), by: by.clone() });
            }
        }
    }
    forces.sort_by(|one, other| one.name.cmp(&other.name));
    for force in &mut forces {
        force.borders.sort_by(|one, other| one.neighbour.cmp(&other.neighbour));
    }
    Ok(forces)
}

fn shipped(file: &str) -> Arc<Origin> {
    Arc::new(Origin::File(file.into()))
}

fn problem(file: &str, what: String) -> Problem {
    let place = crate::place::Place::whole(Origin::File(file.into()));
    Problem { severity: Severity::Error, place, key: "year".to_owned(), what, remedy: String::new() }
}

fn fact(table: &Table, key: &'static str, words: &str, year: FinancialYear) -> Option<KnownFact> {
    let own = table.get(key)?.node.table()?;
    let Item::Number(value) = own.get("value")?.node.item else { return None };
    let text = |part: &str| own.get(part).and_then(|entry| entry.node.text()).unwrap_or_default().to_owned();
    Some(KnownFact {
        key,
        year,
        value,
        source: source_of(&text("source"), words),
        confidence: text("confidence"),
        note: text("note"),
    })
}

/// What a line's source says of one fact: "officers: a; population: b" says b of the population.
fn source_of(whole: &str, words: &str) -> String {
    let parts = whole.split("; ").filter_map(|part| part.split_once(": "));
    let own = parts.filter(|(of, _)| of.split(" and ").any(|of| of == words)).map(|(_, source)| source).next();
    own.unwrap_or(whole).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_of_the_43_forces_has_a_source_and_a_confidence() {
        let forces = known_forces().expect("the shipped files can be read");
        assert_eq!(forces.len(), 43);
        for force in &forces {
            for fact in &force.facts {
                let at = format!("{} {} {}", force.name, fact.year, fact.key);
                assert!(!fact.source.is_empty(), "{at}");
                assert!(["high", "medium", "low"].contains(&fact.confidence.as_str()), "{at}");
                assert!(fact.value > 0.0, "{at}");
            }
            let year = FinancialYear(2025);
            assert!(
                force.fact("officers", year).is_some() && force.fact("core_grant", year).is_some(),
                "{}",
                force.name
            );
        }
    }

    #[test]
    fn budgets_of_2025_are_core_grant_and_precept_and_sums_are_the_published_ones() {
        let forces = known_forces().expect("the shipped files can be read");
        let (mut officers, mut grant, mut precept) = (0.0, 0.0, 0.0);
        for force in &forces {
            let value = |key: &str| force.fact(key, FinancialYear(2025)).map(|fact| fact.value);
            officers += value("officers").expect("known of all");
            grant += value("core_grant").expect("known of all");
            precept += value("precept").unwrap_or(0.0);
            let (Some(budget), Some(share)) = (value("budget"), value("grant_share")) else { continue };
            let core = value("core_grant").expect("known of all");
            assert!(
                (budget - core - value("precept").expect("known where budgets are")).abs() < 1e-9,
                "{}",
                force.name
            );
            assert!((share - core / budget).abs() < 5e-5, "{}", force.name);
        }
        // The national sums that were published; each figure is rounded.
        assert!((officers - 146_442.0).abs() < 10.0 && (grant - 9806.6).abs() < 1.0 && (precept - 6057.6).abs() < 1.0);
    }

    #[test]
    fn borders_go_both_ways_and_between_forces_that_are_known() {
        let forces = known_forces().expect("the shipped files can be read");
        let of = |name: &str| forces.iter().find(|force| force.name == name).expect("a force");
        let pairs: usize = forces.iter().map(|force| force.borders.len()).sum();
        assert_eq!(pairs, 2 * 101);
        for force in &forces {
            assert!(
                force
                    .borders
                    .iter()
                    .all(|border| of(&border.neighbour).borders.iter().any(|own| own.neighbour == force.name))
            );
        }
        let names: Vec<&str> = of("Dorset").borders.iter().map(|border| border.neighbour.as_str()).collect();
        assert_eq!(names, ["Avon & Somerset", "Devon & Cornwall", "Hampshire", "Wiltshire"]);
    }

    #[test]
    fn of_a_source_of_several_facts_each_has_its_own_part() {
        let whole = "officers: the ministry; population: ONS mid-2014 estimate; tax base and Band D: returns";
        assert_eq!(source_of(whole, "population"), "ONS mid-2014 estimate");
        assert_eq!(source_of(whole, "Band D"), "returns");
        assert_eq!(source_of("judgement: a; b", "officers"), "judgement: a; b");
    }
}
