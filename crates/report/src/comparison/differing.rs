//! In what options differ: every number and every word that two scenarios state otherwise.

use std::collections::{BTreeMap, BTreeSet};

use engine::uncertainty::{Quantity, Value, names_of_key, quote_key};
use language::Loaded;
use serde::Serialize;
use serde_json::Value as Json;

use super::Comparison;
use crate::grid::Table;
use crate::inputs::Inputs;
use crate::terminal::layout::Laid;

/// Rows that a screen and a page show.
const SHOWN: usize = 12;
/// Most options that a table sets side by side.
const MOST_OPTIONS: usize = 4;
/// What is no input: what a scenario is called, what is asked, where a number comes from, what was promised and what happened.
const NO_INPUT: [&str; 17] = [
    "format",
    "title",
    "name",
    "question",
    "prepared_by",
    "approved_by",
    "dated",
    "status",
    "marking",
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
    /// What each option has, the baseline first; null where it has no such thing.
    pub options: Vec<Option<String>>,
    /// Where each has it from; null where it does not say, or has its default.
    pub sources: Vec<Option<String>>,
}

/// What stands under an address.
#[derive(Debug, Clone, PartialEq)]
enum Entry<'a> {
    Number(&'a Quantity),
    Word(String),
    /// What has no names: rows of a matrix, points of a curve.
    List(&'a [Json]),
}

impl Entry<'_> {
    const fn is_drawn(&self) -> bool {
        matches!(self, Self::Number(Quantity { value: Value::Uncertain(_), .. }))
    }
}

/// What a scenario holds, by address, and its addresses in their order.
struct Held<'a> {
    by: BTreeMap<String, Entry<'a>>,
    order: Vec<String>,
}

impl<'a> Held<'a> {
    /// Words before numbers.
    fn of(own: &'a Loaded) -> Self {
        let numbers: BTreeMap<&str, &Quantity> =
            own.numbers.iter().map(|number| (number.address.as_str(), &number.quantity)).collect();
        let mut all = Vec::new();
        gather("", &own.resolved, &numbers, &mut all);
        all.extend(own.numbers.iter().map(|number| (number.address.clone(), Entry::Number(&number.quantity))));
        let order = all.iter().map(|(address, _)| address.clone()).collect();
        Self { by: all.into_iter().collect(), order }
    }
}

/// In what scenarios differ, the baseline first: things that not every one has, words, numbers, numbers of business areas.
#[must_use]
pub fn differing(scenarios: &[Loaded]) -> Vec<Differing> {
    let held: Vec<Held<'_>> = scenarios.iter().map(Held::of).collect();
    let inputs = scenarios.first().map(|base| Inputs::of(&base.scenario)).unwrap_or_default();
    let each: Vec<BTreeSet<Vec<String>>> =
        held.iter().map(|own| own.by.keys().flat_map(|address| things(address)).collect()).collect();
    let mut found = of_things(&held, &each);
    let mut seen = BTreeSet::new();
    let addresses = held.iter().flat_map(|own| &own.order).filter(|address| seen.insert(*address));
    found.extend(addresses.filter_map(|address| of_entry(address, (&held, &each), &inputs)));
    // What is decided and what it rests on before its details, and what hangs together last.
    found.sort_by_key(|own| {
        let names = things(&own.address);
        let is_of = |kind: &str| names.first().is_some_and(|thing| thing[0] == kind);
        (is_of("correlation"), is_of("benefit"), names.len() > 1)
    });
    found
}

/// What an address is about, from the outermost: an alliance and one of its areas, a force, a benefit, a correlation, the contact rooms.
fn things(address: &str) -> Vec<Vec<String>> {
    let names = names_of_key(address).unwrap_or_default();
    let Some(kind) = names.first() else { return Vec::new() };
    let is_thing = matches!(kind.as_str(), "alliance" | "force" | "benefit" | "correlation") && names.len() > 1;
    let is_area = is_thing && names.len() > 3 && names[2] == "area";
    let lengths = [(kind == "contact").then_some(1), is_thing.then_some(2), is_area.then_some(4)];
    lengths.into_iter().flatten().map(|length| names[..length].to_vec()).collect()
}

/// Things that not every option has, each told once and without its parts; `each` holds those of each option.
fn of_things(held: &[Held<'_>], each: &[BTreeSet<Vec<String>>]) -> Vec<Differing> {
    let (mut told, mut gone): (Vec<Differing>, BTreeSet<Vec<String>>) = Default::default();
    for thing in held.iter().flat_map(|own| &own.order).flat_map(|address| things(address)) {
        let within = (1..=thing.len()).any(|length| gone.contains(&thing[..length]));
        if within || each.iter().all(|own| own.contains(&thing)) {
            continue;
        }
        let label = match thing.as_slice() {
            [_, alliance, area, name] => format!("{alliance}: {area} {name}"),
            other => other.join(" "),
        };
        let has = |own: &BTreeSet<Vec<String>>| Some(if own.contains(&thing) { "yes" } else { "no" }.to_owned());
        let address = thing.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".");
        let options = each.iter().map(has).collect();
        told.push(Differing { address, label, options, sources: vec![None; each.len()] });
        gone.insert(thing);
    }
    told
}

/// What stands under an address, where options that have what it is about differ in it.
fn of_entry(
    address: &str,
    (held, each): (&[Held<'_>], &[BTreeSet<Vec<String>>]),
    inputs: &Inputs,
) -> Option<Differing> {
    let about = things(address);
    let own: Vec<Option<&Entry<'_>>> = held.iter().map(|own| own.by.get(address)).collect();
    let has_thing = |option: usize| about.iter().all(|thing| each[option].contains(thing));
    let mut comparable = (0..held.len()).filter(|option| has_thing(*option)).map(|option| own[option]);
    let first = comparable.next()?;
    if comparable.all(|other| is_same(other, first)) {
        return None;
    }
    let mut options: Vec<Option<String>> =
        own.iter().map(|entry| entry.map(|entry| in_words(address, entry))).collect();
    let told_of_first = first.map(|entry| in_words(address, entry));
    for (text, entry) in options.iter_mut().zip(&own) {
        // They may differ where no digit that is told shows it.
        let reads_the_same = *text == told_of_first && !is_same(*entry, first);
        if let (Some(text), Some(entry), true) = (text, entry, reads_the_same) {
            text.push_str(if entry.is_drawn() { ", otherwise drawn" } else { ", another" });
        }
    }
    let source = |entry: &Option<&Entry<'_>>| match entry {
        Some(Entry::Number(number)) if number.is_stated() => number.provenance.source.clone(),
        _ => None,
    };
    let sources = own.iter().map(source).collect();
    Some(Differing { address: address.to_owned(), label: inputs.name(address), options, sources })
}

/// Whether two options have the same, wherever they have it from.
fn is_same(one: Option<&Entry<'_>>, other: Option<&Entry<'_>>) -> bool {
    match (one, other) {
        (Some(Entry::Number(a)), Some(Entry::Number(b))) => a.value == b.value && a.plan == b.plan,
        (one, other) => one == other,
    }
}

/// A word, or a number in its unit: as stated, or what lies between its 10th and its 90th percentile, and the plan where that is stated
/// beside it.
fn in_words(address: &str, entry: &Entry<'_>) -> String {
    let number = match entry {
        Entry::Word(word) => return word.clone(),
        Entry::List(items) => return format!("{} entries", items.len()),
        Entry::Number(number) => number,
    };
    let range = match &number.value {
        Value::Fixed(value) => Inputs::stated(address, *value),
        Value::Uncertain(own) => {
            format!("{} to {}", Inputs::amount(address, own.quantile(0.1)), Inputs::amount(address, own.quantile(0.9)))
        }
    };
    match number.plan {
        Some(plan) => format!("{range}, plan {}", Inputs::amount(address, plan)),
        None => range,
    }
}

/// Gathers words, dates, choices and whole numbers: whatever is none of the `numbers`.
fn gather<'a>(path: &str, json: &'a Json, numbers: &BTreeMap<&str, &Quantity>, found: &mut Vec<(String, Entry<'a>)>) {
    let below = |name: &str| if path.is_empty() { quote_key(name) } else { format!("{path}.{}", quote_key(name)) };
    let is_plain = |item: &Json| !item.is_object() && !item.is_array();
    match json {
        _ if numbers.contains_key(path) => {}
        Json::Object(entries) => {
            let inputs = entries.iter().filter(|(key, _)| !NO_INPUT.contains(&key.as_str()));
            inputs.for_each(|(key, own)| gather(&below(key), own, numbers, found));
        }
        Json::Array(items) if !items.is_empty() && items.iter().all(is_plain) => {
            found.push((path.to_owned(), Entry::Word(items.iter().map(word).collect::<Vec<_>>().join(", "))));
        }
        Json::Array(items) => {
            let named = |item: &'a Json| Some((item.get("name")?.as_str()?, item));
            let all: Vec<(&str, &Json)> = items.iter().filter_map(named).collect();
            if all.is_empty() && !items.is_empty() && !is_of_numbers(path, numbers) {
                found.push((path.to_owned(), Entry::List(items)));
            }
            all.into_iter().for_each(|(name, item)| gather(&below(name), item, numbers, found));
        }
        Json::Null => {}
        alone => found.push((path.to_owned(), Entry::Word(word(alone)))),
    }
}

/// Whether what a list holds is told number by number.
fn is_of_numbers(path: &str, numbers: &BTreeMap<&str, &Quantity>) -> bool {
    let first = format!("{path}[");
    numbers.range(first.as_str()..).next().is_some_and(|(address, _)| address.starts_with(&first))
}

fn word(json: &Json) -> String {
    match json {
        Json::String(text) => text.clone(),
        Json::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        // Whole numbers without a fraction of nothing.
        other => other.to_string().trim_end_matches(".0").to_owned(),
    }
}

/// The first of them as a table, with sources where it has room for whole cells; the rest is in `summary.json`.
pub(super) fn table(report: &Comparison, labels: &[String], with_sources: bool) -> Option<Laid> {
    let all = &report.differing;
    if all.is_empty() {
        return None;
    }
    let options = labels.len();
    let title = "In what they differ (of uncertain numbers P10 to P90)";
    let mut table = Table::titled(title, &[""]).whole_in("summary.json");
    table.whole_names = true;
    if all.len() > SHOWN {
        table.note = format!("and {} more; summary.json has all, under `differing`.", all.len() - SHOWN);
    }
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
    if options > MOST_OPTIONS {
        // Of many, how many differ from the baseline.
        table.head.extend([labels[0].clone(), "other in".to_owned()]);
        for own in all.iter().take(SHOWN) {
            let others = own.options.iter().skip(1).filter(|other| **other != own.options[0]).count();
            table.push([own.label.clone(), text(&own.options[0]), format!("{others} of {}", options - 1)]);
        }
        return Some((table, vec![46, 34, 18]));
    }
    table.head.extend(labels.iter().cloned());
    let with_sources = with_sources && options == 2;
    if with_sources {
        table.head.extend(["source", "source of the second"].map(str::to_owned));
    }
    for own in all.iter().take(SHOWN) {
        let sources = own.sources.iter().filter(|_| with_sources);
        let row = std::iter::once(own.label.clone()).chain(own.options.iter().chain(sources).map(text));
        table.push(row);
    }
    let mut widths = vec![34];
    widths.extend(std::iter::repeat_n(64 / options, table.head.len() - 1));
    Some((table, widths))
}
