//! In what options differ: every number and every word that two scenarios state otherwise.

use std::collections::BTreeMap;

use engine::uncertainty::{Quantity, Value, names_of_key, quote_key};
use language::{Loaded, from_resolved};
use serde::Serialize;
use serde_json::Value as Json;

use super::Comparison;
use crate::grid::Table;
use crate::inputs::Inputs;
use crate::terminal::layout::Laid;

/// Rows that a screen and a page show.
const SHOWN: usize = 12;
/// Most options that a screen sets side by side.
const MOST_OPTIONS: usize = 4;
/// What is no input: what a scenario is called, what is asked, where a number comes from, what was promised and what happened.
const NO_INPUT: [&str; 12] = [
    "format",
    "title",
    "name",
    "question",
    "source",
    "confidence",
    "owner",
    "note",
    "draws_as",
    "actual",
    "target",
    "report_dates",
];

/// An input that options state otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// Its address in the scenario.
    pub address: String,
    /// What it is called.
    pub label: String,
    /// What each option states, the baseline first; null where it has no such thing.
    pub options: Vec<Option<String>>,
    /// Where the first that differs from the baseline has it from, where it says so.
    pub source: Option<String>,
}

/// What a scenario states: numbers, and words, by address in its own order.
struct Stated {
    numbers: Vec<(String, Quantity)>,
    words: Vec<(String, String)>,
}

/// In what scenarios differ, the baseline first: words before numbers, numbers of business areas last. Nothing where one cannot be read
/// again, which never happens to what was read.
#[must_use]
pub fn differing(scenarios: &[Loaded]) -> Vec<Differing> {
    let read = |own: &Loaded| {
        let numbers = from_resolved(&own.resolved, &own.scenario.name).ok()?.assumptions;
        let mut words = Vec::new();
        gather("", &own.resolved, &mut words);
        Some(Stated { numbers, words })
    };
    let Some(stated) = scenarios.iter().map(read).collect::<Option<Vec<Stated>>>() else { return Vec::new() };
    let inputs = scenarios.first().map(|base| Inputs::of(&base.scenario)).unwrap_or_default();
    let (mut found, gone) = of_things(&stated);
    let is_told =
        |own: &Differing| thing(&own.address).is_some_and(|things| things.iter().any(|thing| gone.contains(thing)));
    let rest = of_words(&stated, &inputs).into_iter().chain(of_numbers(&stated, &inputs)).filter(|own| !is_told(own));
    let (areas, others): (Vec<_>, Vec<_>) = rest.partition(|own| own.address.contains(".area."));
    found.extend(others.into_iter().chain(areas));
    found
}

/// What an address is about, from the outermost: an alliance and one of its areas, a force, a benefit, a correlation, the contact rooms.
fn thing(address: &str) -> Option<Vec<Vec<String>>> {
    let names = names_of_key(address)?;
    let kind = names.first()?.as_str();
    let is_thing = matches!(kind, "alliance" | "force" | "benefit" | "correlation") && names.len() > 1;
    let is_area = is_thing && names.len() > 3 && names[2] == "area";
    let lengths = [(kind == "contact").then_some(1), is_thing.then_some(2), is_area.then_some(4)];
    Some(lengths.into_iter().flatten().map(|length| names[..length].to_vec()).collect())
}

/// Things that not every option has, each told once, and their names.
fn of_things(stated: &[Stated]) -> (Vec<Differing>, Vec<Vec<String>>) {
    let things = |own: &Stated| -> Vec<Vec<String>> {
        let addresses =
            own.numbers.iter().map(|(address, _)| address).chain(own.words.iter().map(|(address, _)| address));
        let mut all: Vec<Vec<String>> = Vec::new();
        for found in addresses.filter_map(|address| thing(address)).flatten() {
            if !all.contains(&found) {
                all.push(found);
            }
        }
        all
    };
    let each: Vec<Vec<Vec<String>>> = stated.iter().map(things).collect();
    let (mut told, mut gone): (Vec<Differing>, Vec<Vec<String>>) = Default::default();
    for own in each.iter().flatten() {
        let within = gone.iter().any(|outer| own.starts_with(outer));
        if within || each.iter().all(|things| things.contains(own)) {
            continue;
        }
        gone.push(own.clone());
        let label = match own.as_slice() {
            [_, alliance, area, name] => format!("{alliance}: {area} {name}"),
            [kind, name, ..] => format!("{kind} {name}"),
            other => other.join(" "),
        };
        let has = |things: &Vec<Vec<String>>| Some(if things.contains(own) { "yes" } else { "no" }.to_owned());
        let address = own.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".");
        told.push(Differing { address, label, options: each.iter().map(has).collect(), source: None });
    }
    (told, gone)
}

/// Addresses in the order of the scenarios, each once.
fn addresses<'a>(each: impl Iterator<Item = &'a String>) -> Vec<&'a String> {
    let mut seen = std::collections::BTreeSet::new();
    each.filter(|address| seen.insert(*address)).collect()
}

fn of_words(stated: &[Stated], inputs: &Inputs) -> Vec<Differing> {
    let by: Vec<BTreeMap<&String, &String>> =
        stated.iter().map(|own| own.words.iter().map(|(address, word)| (address, word)).collect()).collect();
    let all = addresses(stated.iter().flat_map(|own| own.words.iter().map(|(address, _)| address)));
    let one = |address: &String| {
        let options: Vec<Option<String>> = by.iter().map(|own| own.get(address).map(|word| (*word).clone())).collect();
        let differs = options.iter().any(|own| *own != options[0]);
        differs.then(|| Differing { address: address.clone(), label: inputs.name(address), options, source: None })
    };
    all.into_iter().filter_map(one).collect()
}

fn of_numbers(stated: &[Stated], inputs: &Inputs) -> Vec<Differing> {
    let by: Vec<BTreeMap<&String, &Quantity>> =
        stated.iter().map(|own| own.numbers.iter().map(|(address, number)| (address, number)).collect()).collect();
    let all = addresses(stated.iter().flat_map(|own| own.numbers.iter().map(|(address, _)| address)));
    let same = |a: Option<&&Quantity>, b: Option<&&Quantity>| match (a, b) {
        (Some(a), Some(b)) => a.value == b.value && a.plan == b.plan,
        (a, b) => a.is_none() && b.is_none(),
    };
    let one = |address: &String| {
        let own: Vec<Option<&&Quantity>> = by.iter().map(|own| own.get(address)).collect();
        let other = own.iter().find(|other| !same(**other, own[0]))?;
        let source = other.and_then(|number| number.provenance.source.clone());
        let mut options: Vec<Option<String>> =
            own.iter().map(|number| Some(in_words(address, number.as_ref()?))).collect();
        if options.iter().all(|text| *text == options[0]) {
            // They differ where none of these figures shows it.
            options.iter_mut().skip(1).flatten().for_each(|text| text.push_str(", otherwise distributed"));
        }
        Some(Differing { address: address.clone(), label: inputs.name(address), options, source })
    };
    all.into_iter().filter_map(one).collect()
}

/// A number in its unit: as stated, or what lies between its 10th and its 90th percentile, and the plan where that is stated beside it.
fn in_words(address: &str, number: &Quantity) -> String {
    let range = match &number.value {
        Value::Fixed(value) => Inputs::stated(address, *value),
        Value::Uncertain(own) => {
            format!("{} to {}", Inputs::amount(address, own.quantile(0.1)), Inputs::amount(address, own.quantile(0.9)))
        }
    };
    match number.plan {
        Some(plan) => format!("{range}, plan {}", Inputs::stated(address, plan)),
        None => range,
    }
}

/// Gathers words, dates, choices and whole numbers; uncertain numbers and numbers with a source are told as numbers.
fn gather(path: &str, json: &Json, found: &mut Vec<(String, String)>) {
    let below = |name: &str| if path.is_empty() { quote_key(name) } else { format!("{path}.{}", quote_key(name)) };
    match json {
        Json::Object(entries) if !is_number(json) => {
            let inputs = entries.iter().filter(|(key, _)| !NO_INPUT.contains(&key.as_str()));
            inputs.for_each(|(key, own)| gather(&below(key), own, found));
        }
        Json::Array(items) => {
            let named = |item: &Json| item.get("name").and_then(Json::as_str).map(str::to_owned);
            for item in items.iter().filter(|item| !is_number(item)) {
                if let Some(name) = named(item) {
                    gather(&below(&name), item, found);
                }
            }
            if !items.is_empty() && items.iter().all(|item| !item.is_object() && !item.is_array()) {
                found.push((path.to_owned(), items.iter().map(word).collect::<Vec<_>>().join(", ")));
            }
        }
        Json::Object(_) | Json::Null => {}
        alone => found.push((path.to_owned(), word(alone))),
    }
}

/// Whether a table is a number with its distribution or its source.
fn is_number(json: &Json) -> bool {
    json.as_object()
        .is_some_and(|own| own.contains_key("value") || own.contains_key("source") && own.values().any(Json::is_object))
        && json.get("name").is_none()
}

fn word(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        // Whole numbers without a fraction of nothing.
        other => other.to_string().trim_end_matches(".0").to_owned(),
    }
}

/// The first of them as a table; the rest is in `summary.json`.
pub(super) fn table(report: &Comparison, labels: &[String]) -> Option<Laid> {
    let all = &report.differing;
    if all.is_empty() {
        return None;
    }
    let options = labels.len();
    let mut table = Table::titled("In what they differ", &[""]).whole_in("summary.json");
    table.whole_names = true;
    if options > MOST_OPTIONS {
        table.note = format!("They differ in {} inputs: summary.json has all, under `differing`.", all.len());
        return Some((table, vec![98]));
    }
    table.head.extend(labels.iter().cloned());
    let with_source = options == 2;
    if with_source {
        table.head.push("source".to_owned());
    }
    for own in all.iter().take(SHOWN) {
        let mut row = vec![own.label.clone()];
        row.extend(own.options.iter().map(|text| text.clone().unwrap_or_else(|| "–".to_owned())));
        if with_source {
            row.push(own.source.clone().unwrap_or_else(|| "–".to_owned()));
        }
        table.push(row);
    }
    if all.len() > SHOWN {
        table.note = format!("and {} more; summary.json has all, under `differing`.", all.len() - SHOWN);
    }
    let each = if with_source { 20 } else { 64 / options };
    let mut widths = vec![34];
    widths.extend(std::iter::repeat_n(each, options));
    if with_source {
        widths.push(22);
    }
    Some((table, widths))
}
