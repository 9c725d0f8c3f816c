//! A starting file of real forces: their facts with sources, national assumptions with sources, an invented collaboration of their size.

use std::sync::Arc;

use super::chosen::{Chosen, INVENTED, STAND_IN, chosen};
use super::collaboration::Change;
use super::template;
use crate::known::{KNOWN_FACTS, KnownFact, KnownForce};
use crate::place::Origin;
use crate::tree::{Entry, Item, Table, from_toml, merge, number_to_toml, text_to_toml, to_toml};
use engine::units::FinancialYear;

/// National assumptions of the 2010s, and what is otherwise in early 2026.
const ENGLAND: [&str; 2] = [
    include_str!("../../../../scenarios/data/england-2014.toml"),
    include_str!("../../../../scenarios/data/england-2026.toml"),
];

/// From this year on the assumptions of 2026 are taken.
const SINCE: FinancialYear = FinancialYear(2019);

/// The year in which a scenario of real forces starts unless it is told otherwise: the last of which most facts are known.
pub const USUAL_YEAR: FinancialYear = FinancialYear(2025);

/// Elections of commissioners, and the day on which their office ends.
const ELECTIONS: [&str; 4] = ["2016-05", "2021-05", "2024-05", "2028-05"];

/// A starting file and what to know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The file.
    pub text: String,
    /// What is of another year, what only stands in, what is missing, what is invented: a sentence each.
    pub notes: Vec<String>,
    /// Whether it can be read as it is: nothing is missing.
    pub is_whole: bool,
}

/// A starting file of some forces, of the kind that fits their number unless one is named.
///
/// # Errors
/// A sentence on why these forces cannot be of this kind or year.
pub fn start(
    kind: Option<&str>,
    forces: &[&KnownForce],
    all: &[KnownForce],
    year: FinancialYear,
) -> Result<Start, String> {
    let kind = kind.unwrap_or(match forces.len() {
        1 => "standalone",
        2 => "two-force",
        3 => "three-force",
        _ => "regional",
    });
    let text = template(kind).ok_or_else(|| format!("'{kind}' is no kind of collaboration."))?;
    refused(kind, forces, all, year)?;
    let facts: Vec<_> = forces.iter().map(|force| (*force, chosen(force, all, year))).collect();
    let budgets: f64 = facts.iter().filter_map(|(_, facts)| facts.first()?.1.value()).sum();
    let change = Change {
        forces: forces.iter().map(|force| force.name.clone()).collect(),
        factor: if budgets > 0.0 { budgets / invented(&text) } else { 1.0 },
        years: (year.0 - USUAL_YEAR.0).min(0),
    };
    let notes = notes(kind, &facts, year);
    let mut out = heading(kind, &text, &change, year, &notes);
    for (force, facts) in &facts {
        out += &block(kind, force, facts, year);
    }
    out += "\n";
    out += &change.lines(&collaboration(&text));
    out += &national(year);
    let is_whole = facts.iter().all(|(_, facts)| facts.iter().all(|(_, found)| *found != Chosen::Missing));
    Ok(Start { text: out, notes, is_whole })
}

fn refused(kind: &str, forces: &[&KnownForce], all: &[KnownForce], year: FinancialYear) -> Result<(), String> {
    if forces.iter().any(|force| force.name == "London, City of") {
        return Err(
            "London, City of raises no police precept, which a scenario of forces needs: it cannot stand beside the \
            others. Leave it out."
                .to_owned(),
        );
    }
    let years = all.iter().flat_map(|force| force.facts.iter().map(|fact| fact.year));
    let (first, last) = (years.clone().min().unwrap_or(year), years.max().unwrap_or(year));
    if year < first || year > last {
        return Err(format!("Facts of {year} are not known. Name a year from {first} to {last} with --year."));
    }
    let least = match kind {
        "standalone" => 1,
        "regional" => 3,
        _ => 2,
    };
    if forces.len() < least {
        let kinds = if forces.len() == 1 { "standalone" } else { "two-force, merger or lead-force" };
        return Err(format!(
            "A scenario of the kind {kind} is of at least {least} forces. Name more, or take {kinds}."
        ));
    }
    Ok(())
}

/// What the forces of a starting file have in their budgets together.
fn invented(text: &str) -> f64 {
    let budget = |line: &str| line.strip_prefix("budget      = ")?.split_whitespace().next()?.parse::<f64>().ok();
    text.lines().filter_map(budget).sum()
}

/// What a starting file holds after its forces.
fn collaboration(text: &str) -> String {
    let after = text.split_once("# --- Forces ").map_or("", |(_, after)| after);
    let part = after.split_once("\n# --- ").map_or(String::new(), |(_, part)| format!("# --- {part}"));
    [("Northern hub", "First hub"), ("Southern hub", "Second hub"), ("Three-force alliance", "Alliance")]
        .into_iter()
        .fold(part, |part, (own, other)| part.replace(own, other))
}

fn joined(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

fn heading(kind: &str, text: &str, change: &Change, year: FinancialYear, notes: &[String]) -> String {
    let names = joined(&change.forces);
    let title = match (kind, change.forces.as_slice()) {
        ("standalone", [_]) => format!("{names} on its own"),
        ("standalone", _) => format!("{names}, each on its own"),
        ("lead-force", [lead, others @ ..]) => format!("{lead} delivers for {}", joined(others)),
        ("regional", _) => format!("{names}: two hubs and a regional programme"),
        ("merger", _) => format!("{names}: merger"),
        ("three-force", _) => format!("{names}: alliance"),
        _ => format!("{names}: strategic alliance"),
    };
    let question = text.lines().find(|line| line.starts_with("question")).unwrap_or_default();
    let question =
        change.promise(question).replace("three forces with", "an alliance with").replace("for both", "for all");
    let notes: String = notes.iter().map(|note| format!("# - {note}\n")).collect();
    format!(
        "# {title}.\n\
         # A starting point. Facts of the forces are of {year}, each with its source; a line with another year or with STATE at its end\n\
         # says why. docs/scenario-format.md explains every key. Any number may be a distribution: {{ pert = {{ low = 1, mode = 2, high = 4 }} }}.\n\
         {notes}\
         format     = 1\n\
         title      = {}\n\
         {question}\n\
         first_year = \"{year}\"\n\
         years      = 12\n\
         source     = \"{INVENTED}\"\n\n\
         # --- Forces {}\n",
        text_to_toml(&title),
        "-".repeat(119)
    )
}

fn block(kind: &str, force: &KnownForce, facts: &[(&str, Chosen)], year: FinancialYear) -> String {
    let mut out = format!("[[force]]\nname        = {}\n", text_to_toml(&force.name));
    for (key, found) in facts {
        out += &line(key, found, year);
    }
    if facts.iter().all(|(key, _)| *key != "tax_base") {
        out += "# tax_base is computed: what grant leaves of the budget, over Band D\n";
    }
    let elections: Vec<String> = ELECTIONS
        .iter()
        .filter(|month| month.split('-').next().and_then(|own| own.parse().ok()).is_some_and(|own: i32| own >= year.0))
        .map(|month| format!("\"{month}\""))
        .collect();
    out += "uptake      = { beta = { a = 18, b = 1 }, plan = 1, source = \"MHCLG council tax requirement returns 2018/19 to 2023/24: mean share of the limit taken 91 to 100 %\", confidence = \"high\" }\n";
    out += &format!(
        "elections   = [{}]   # of commissioners or mayors; commissioners end in May 2028\n",
        elections.join(", ")
    );
    out += "appetite    = { uniform = { low = 0, high = 1 }, source = \"judgement: no published figure; the same for every force\", confidence = \"low\" }\n";
    if kind == "standalone" {
        out += "surge       = { rate = 0.35, x_min = 60, alpha = 2.2, source = \"judgement: Salisbury 2018 and August 2024 as the tail; no force's own record found\", confidence = \"low\" }\n";
    }
    out + "\n"
}

fn line(key: &str, found: &Chosen, year: FinancialYear) -> String {
    let of = |fact: &KnownFact, source: &str, confidence: &str, end: &str| {
        let note = if fact.note.is_empty() { String::new() } else { format!(", note = {}", text_to_toml(&fact.note)) };
        let (value, source) = (number_to_toml(fact.value), text_to_toml(source));
        format!("{key:<11} = {{ value = {value}, source = {source}, confidence = \"{confidence}\"{note} }}{end}\n")
    };
    match found {
        Chosen::Known(fact) => of(fact, &fact.source, &fact.confidence, ""),
        Chosen::Carried(fact) => {
            let lower = if fact.confidence == "high" { "medium" } else { "low" };
            let source = format!("{}; the figure of {}, carried to {year}", fact.source, fact.year);
            of(fact, &source, lower, &format!("   # of {}, not of {year}", fact.year))
        }
        Chosen::StandsIn(value, why) => {
            let source = text_to_toml(&format!("{STAND_IN}, no figure of {year} was found: {why}"));
            let value = number_to_toml(*value);
            format!("{key:<11} = {{ value = {value}, source = {source}, confidence = \"low\" }}   # STATE your own\n")
        }
        Chosen::Missing => {
            let unit = KNOWN_FACTS.iter().find(|(own, ..)| own == &key).map_or("", |(_, unit, _)| unit);
            format!(
                "# {key:<9} =      # STATE: {unit}. No figure of {year} or near it was found, and without one this file is not read\n"
            )
        }
    }
}

/// What is not of the year, forces with the same gap together.
fn notes(kind: &str, facts: &[(&KnownForce, Vec<(&'static str, Chosen)>)], year: FinancialYear) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    let mut gaps: Vec<(String, Vec<String>)> = Vec::new();
    for (key, _, words) in KNOWN_FACTS {
        for (force, found) in facts {
            let gap = match found.iter().find(|(own, _)| *own == key).map(|(_, found)| found) {
                Some(Chosen::Carried(fact)) => {
                    format!("{}: the figure of {}, not of {year}", capital(words), fact.year)
                }
                Some(Chosen::StandsIn(..)) => {
                    format!("STATE {words}: no figure of {year} was found, and another only stands in for it")
                }
                Some(Chosen::Missing) => {
                    format!("STATE {words}: nothing was found, and without it the file is not read")
                }
                _ => continue,
            };
            match gaps.iter_mut().find(|(own, _)| *own == gap) {
                Some((_, names)) => names.push(force.name.clone()),
                None => gaps.push((gap, vec![force.name.clone()])),
            }
        }
    }
    for (gap, names) in gaps {
        let of = if names.len() == facts.len() && names.len() > 1 { "all forces".to_owned() } else { joined(&names) };
        notes.push(format!("{gap}. Of: {of}."));
    }
    let welsh: Vec<String> =
        facts.iter().filter(|(force, _)| force.is_welsh()).map(|(force, _)| force.name.clone()).collect();
    if !welsh.is_empty() {
        notes.push(format!(
            "Not comparable: the grant of {} leaves out what the Welsh Government pays, so that budget and share of grant are too low. The council tax limits of this file are those of England.",
            joined(&welsh)
        ));
    }
    if kind != "standalone" {
        notes.push("Invented: the collaboration, its areas, savings, costs, dates and promise; money is scaled to the forces' budgets. Replace them.".to_owned());
    }
    notes
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// The regime that the first year of a national table is in was known in the year before, too.
fn know_next_year(national: &mut Table, next: FinancialYear) {
    let Some(Item::Table(funding)) = national.get_mut("funding").map(|entry| &mut entry.node.item) else { return };
    let Some(initial) = funding.get("initial").cloned() else { return };
    if let Some(Item::Table(known)) = funding.get_mut("known").map(|entry| &mut entry.node.item) {
        known.0.insert(0, Entry { key: next.to_string(), ..initial });
    }
}

/// Prices, pay, council tax limits, grant, reserves policy and appraisal, with their sources.
fn national(year: FinancialYear) -> String {
    let origin = Arc::new(Origin::Resolved);
    let [mut table, later] = ENGLAND.map(|text| from_toml(text, &origin).0);
    let (of, mut when) =
        if year >= SINCE { ("england-2026", "in early 2026") } else { ("england-2014", "from 2014 to 2016") };
    if year >= SINCE {
        merge(&mut table, later);
    }
    if SINCE <= year && year < USUAL_YEAR {
        when = "in early 2026, and not in the first year of this file";
    } else if year == USUAL_YEAR {
        when = "in early 2026; its paths begin a year later than this file";
        know_next_year(&mut table, year.plus(1));
    }
    table.0.retain(|entry| ["economy", "funding", "ledger", "appraisal", "correlation"].contains(&entry.key.as_str()));
    if let Some(Entry { node, .. }) = table.get_mut("correlation")
        && let Item::List(items) = &mut node.item
    {
        // What ties demand has nothing to tie here.
        items.retain(|item| item.table().and_then(Table::name) == Some("prices and pay"));
    }
    format!("\n# --- National, as it looked {when} (scenarios/data/{of}.toml) {}\n{}", "-".repeat(40), to_toml(&table))
}
