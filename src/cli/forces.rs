//! `alliance forces`: what is known of real forces.

use clap::Args;
use engine::units::FinancialYear;
use language::{KNOWN_FACTS, KnownFact, KnownForce};
use report::sheet::{Cell, Sheet};
use report::words::thousands;
use serde_json::json;

use super::options::TableFormat;
use super::{Failure, print};
use crate::exit_code::Exit;

/// What `forces` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Only this force and those that border on it
    #[arg(long, value_name = "NAME")]
    near: Option<String>,
    /// How they are printed: text for people, the latest of each fact; json or csv for machines, every year with its source
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: TableFormat,
}

/// Lists forces.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let all = language::known_forces().map_err(|problems| Failure::input(problems.to_string()))?;
    let wanted = wanted(&all, arguments.near.as_deref())?;
    match arguments.format {
        TableFormat::Text => print(&as_text(&wanted)),
        TableFormat::Json => print(&as_json(&wanted)?),
        TableFormat::Csv => print(&String::from_utf8_lossy(&as_sheet(&wanted).csv())),
    }
}

/// All, or some forces followed by their neighbours.
fn wanted<'a>(all: &'a [KnownForce], near: Option<&str>) -> Result<Vec<&'a KnownForce>, Failure> {
    let Some(near) = near else { return Ok(all.iter().collect()) };
    let mut found = language::named(all, near).map_err(|wrong| Failure::input(wrong.join("\n")))?;
    for border in found.clone().iter().flat_map(|force| &force.borders) {
        let neighbour = all.iter().find(|force| force.name == border.neighbour);
        found.extend(neighbour.filter(|new| !found.iter().any(|old| old.name == new.name)));
    }
    Ok(found)
}

fn as_text(forces: &[&KnownForce]) -> String {
    let mut text = format!(
        "{} {}. Start a scenario of some with: alliance new --forces 'NAME, NAME'\n\
         The latest figure of each fact; * is a judgement, no published figure. --format csv has every year, with source and confidence.\n\n",
        forces.len(),
        if forces.len() == 1 { "force" } else { "forces" }
    );
    for force in forces {
        text += &format!("{}\n", force.name);
        let mut by_year: Vec<(FinancialYear, Vec<String>)> = Vec::new();
        for (key, unit, words) in KNOWN_FACTS {
            let Some(fact) = force.facts.iter().rfind(|fact| fact.key == key) else { continue };
            let judged = if fact.source.starts_with("judgement") { "*" } else { "" };
            let told = format!("{words} {}{judged}", told(fact, unit));
            match by_year.iter_mut().find(|(year, _)| *year == fact.year) {
                Some((_, facts)) => facts.push(told),
                None => by_year.push((fact.year, vec![told])),
            }
        }
        by_year.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
        for (year, facts) in by_year {
            text += &format!("    {year}: {}\n", facts.join(", "));
        }
        text += &format!("    borders on {}\n", borders(force).join(", "));
    }
    text
}

/// The neighbours of a force, with what lies between where it is no land.
fn borders(force: &KnownForce) -> Vec<String> {
    let name = |border: &language::Border| match border.by.as_str() {
        "land" => border.neighbour.clone(),
        by => format!("{} (by a {by})", border.neighbour),
    };
    force.borders.iter().map(name).collect()
}

fn told(fact: &KnownFact, unit: &str) -> String {
    match unit {
        "£m" => format!("£{}m", fact.value),
        "£ a year" => format!("£{:.2}", fact.value),
        "share" => format!("{:.1} %", 100.0 * fact.value),
        _ => thousands(fact.value.round() as u64),
    }
}

fn as_json(forces: &[&KnownForce]) -> Result<String, Failure> {
    let unit = |key: &str| KNOWN_FACTS.iter().find(|(own, ..)| *own == key).map(|(_, unit, _)| *unit);
    let fact = |fact: &KnownFact| {
        json!({
            "fact": fact.key, "unit": unit(fact.key), "year": fact.year.to_string(), "value": fact.value,
            "source": fact.source, "confidence": fact.confidence, "note": fact.note,
        })
    };
    let border = |border: &language::Border| json!({ "force": border.neighbour, "by": border.by });
    let one = |force: &&KnownForce| {
        let facts: Vec<_> = force.facts.iter().map(fact).collect();
        let borders: Vec<_> = force.borders.iter().map(border).collect();
        json!({ "force": force.name, "borders": borders, "facts": facts })
    };
    let all: Vec<_> = forces.iter().map(one).collect();
    let text = serde_json::to_string_pretty(&all).map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
    Ok(text + "\n")
}

/// A row a force, year and fact.
fn as_sheet(forces: &[&KnownForce]) -> Sheet {
    let head = ["force", "borders_on", "year", "fact", "unit", "value", "source", "confidence", "note"];
    let mut sheet = Sheet::new("forces", head.map(str::to_owned).to_vec());
    for force in forces {
        let neighbours = borders(force).join("; ");
        for fact in &force.facts {
            let unit = KNOWN_FACTS.iter().find(|(key, ..)| *key == fact.key).map_or("", |(_, unit, _)| unit);
            let text = |text: &str| Cell::Text(text.to_owned());
            let mut row: Vec<Cell> = [&force.name, &neighbours, &fact.year.to_string()].map(|own| text(own)).to_vec();
            row.extend([text(fact.key), text(unit), Cell::Number(fact.value)]);
            row.extend([&fact.source, &fact.confidence, &fact.note].map(|own| text(own)));
            sheet.rows.push(row);
        }
    }
    sheet
}
