//! Numbers: fixed or uncertain, with plan value and provenance, checked against the range of their key.

use serde_json::{Map, Value as Json, json};

use super::{InputNote, Range, Scope, Spec, distribution};
use crate::limits::NUMBER;
use crate::suggest;
use crate::tree::{Entry, Item, NUMBER_KEYS, Node, Table, number_to_toml};
use engine::alliance::Fact;
use engine::uncertainty::{Confidence, DEFAULT_SOURCE, Provenance, Quantity, Value};

/// Keys beside the number itself.
const EXTRAS: [&str; 7] = ["plan", "min", "max", "source", "confidence", "owner", "note"];

/// How a number may be written, with numbers that its key accepts.
fn how(range: Range) -> String {
    let [low, mode, high] = range.examples();
    format!(
        "Write a number such as {mode}, or a distribution such as {{ pert = {{ low = {low}, mode = {mode}, high = {high} }} }}"
    )
}

/// Whether a table is an uncertain number and not, say, one number for each member.
#[must_use]
pub fn is_number(table: &Table) -> bool {
    table
        .0
        .iter()
        .any(|entry| NUMBER_KEYS.contains(&entry.key.as_str()) || ["plan", "min", "max"].contains(&entry.key.as_str()))
}

/// Reads an uncertain number. One that cannot be read becomes NaN, of which no later check complains again.
#[must_use]
pub fn quantity(scope: &Scope<'_>, node: &Node, spec: &Spec) -> (Quantity, Json) {
    let mut quantity = Quantity::fixed(scope.key.clone(), f64::NAN);
    let mut out = Map::new();
    match &node.item {
        Item::Number(_) => {
            quantity.provenance = scope.provenance.clone();
            if let Some(value) = in_range(scope, node, spec) {
                quantity.value = Value::Fixed(value);
                out.insert("value".to_owned(), json!(value));
            }
        }
        Item::Table(table) => read_table(scope, node, table, spec, &mut quantity, &mut out),
        _ => scope.wrong_type(node, "a number", &meant(node, spec.unit).unwrap_or_else(|| how(spec.range))),
    }
    note(scope, quantity.clone(), spec.range, false);
    provenance_json(&quantity.provenance, &mut out);
    let is_plain = out.len() == 1 && out.contains_key("value");
    let json = if is_plain { out.remove("value").unwrap_or_default() } else { Json::Object(out) };
    (quantity, json)
}

fn read_table(
    scope: &Scope<'_>,
    node: &Node,
    table: &Table,
    spec: &Spec,
    quantity: &mut Quantity,
    out: &mut Map<String, Json>,
) {
    quantity.provenance = provenance(scope, table);
    let known = || NUMBER_KEYS.iter().chain(&EXTRAS).copied();
    for entry in table.0.iter().filter(|entry| !known().any(|key| key == entry.key)) {
        let what = format!("there is no key `{}` in a number", entry.key);
        scope.problem(&entry.at, what, suggest::remedy(&entry.key, &known().collect::<Vec<_>>()));
    }
    let stated: Vec<&Entry> = table.0.iter().filter(|entry| NUMBER_KEYS.contains(&entry.key.as_str())).collect();
    match stated.as_slice() {
        [entry] if entry.key == "value" => {
            if let Some(value) = in_range(scope, &entry.node, spec) {
                quantity.value = Value::Fixed(value);
                out.insert("value".to_owned(), json!(value));
            }
            for bound in ["min", "max"].iter().filter_map(|bound| table.get(bound)) {
                scope.problem(
                    &bound.at,
                    format!("`{}` cuts a distribution, and `value` is a fixed number", bound.key),
                    "Leave it out",
                );
            }
        }
        [_] => {
            if let Some(distribution) = distribution::read(scope, table, spec.range, out) {
                // What is refused for where it lies is not judged for its shape as well.
                if is_in_support(scope, node, &distribution, spec) {
                    quantity.value = Value::Uncertain(distribution);
                }
            }
        }
        [] => scope.problem(&node.at, "this table does not say what the number is", how(spec.range)),
        [first, second, ..] => {
            let what = format!("the number is both `{}` and `{}`", first.key, second.key);
            scope.problem(&second.at, what, "Keep one of them");
        }
    }
    if let Some(entry) = table.get("plan") {
        quantity.plan = in_range(scope, &entry.node, spec);
        if let Some(plan) = quantity.plan {
            out.insert("plan".to_owned(), json!(plan));
        }
    }
}

fn is_in_support(
    scope: &Scope<'_>,
    node: &Node,
    distribution: &engine::uncertainty::Distribution,
    spec: &Spec,
) -> bool {
    let (low, high) = distribution.support();
    // Where it is unbounded, all but a thousandth on either side.
    let ends = [
        if low.is_finite() { low } else { distribution.quantile(0.001) },
        if high.is_finite() { high } else { distribution.quantile(0.999) },
    ];
    if let Some(odd) = ends.into_iter().find(|end| end.abs() > NUMBER && !spec.unit.is_empty()) {
        beyond_measure(scope, node, odd, spec.unit);
        return false;
    }
    if spec.range.holds_support((low, high)) {
        return true;
    }
    let reach = |value: f64, way: &str| {
        if value.is_finite() { format!("reaches {way} to {value}") } else { format!("is unbounded {way}wards") }
    };
    let mut parts = Vec::new();
    if low < spec.range.low {
        parts.push(reach(low, "down"));
    }
    if high > spec.range.high {
        parts.push(reach(high, "up"));
    }
    let what = format!("the distribution {}, and {} is to be {}", parts.join(" and "), spec.name, spec.range);
    let per_cent = match spec.range.fraction_of_percent(high) {
        Some(meant) => {
            format!("; it takes fractions, not per cent: {} % is {}", number_to_toml(high), number_to_toml(meant))
        }
        None => String::new(),
    };
    let remedy = format!("Cut it with `min` and `max` beside the family, or change its parameters{per_cent}");
    scope.problem(&node.at, what, remedy);
    false
}

/// A finite number within the range of its key.
#[must_use]
pub fn in_range(scope: &Scope<'_>, node: &Node, spec: &Spec) -> Option<f64> {
    let value = finite_in(scope, node, spec.unit, spec.range)?;
    if spec.range.holds(value) {
        return Some(value);
    }
    let unit = if spec.unit.is_empty() { String::new() } else { format!(" ({})", spec.unit) };
    scope.problem(
        &node.at,
        format!("{} is out of range", number_to_toml(value)),
        match spec.range.fraction_of_percent(value) {
            Some(meant) => format!(
                "{} is to be {}{unit}: if {} % is meant, write {}",
                spec.name,
                spec.range,
                number_to_toml(value),
                number_to_toml(meant)
            ),
            None => format!("{} is to be {}{unit}", spec.name, spec.range),
        },
    );
    None
}

/// A finite number.
#[must_use]
pub fn finite(scope: &Scope<'_>, node: &Node) -> Option<f64> {
    finite_in(scope, node, "", Range::ANY)
}

/// Tells a number that is beyond all measure in its unit.
fn beyond_measure(scope: &Scope<'_>, node: &Node, value: f64, unit: &str) {
    let what = format!("{} is out of all proportion", number_to_toml(value));
    let unit = match unit {
        unit if unit.starts_with("£m") => "It is in £m: £12,500,000 is 12.5".to_owned(),
        unit => format!("Its unit: {unit}"),
    };
    scope.problem(&node.at, what, format!("Write a number from -{NUMBER:e} to {NUMBER:e}. {unit}"));
}

/// What was meant by a text where a number of a unit is wanted.
fn meant(node: &Node, unit: &str) -> Option<String> {
    node.text().and_then(|text| super::meant::number(text, unit))
}

fn finite_in(scope: &Scope<'_>, node: &Node, unit: &str, range: Range) -> Option<f64> {
    match node.item {
        // What its own range refuses is told with that range; a shape or a count has a limit of its own.
        Item::Number(value)
            if value.abs() <= NUMBER || value.is_finite() && (unit.is_empty() || !range.holds(value)) =>
        {
            Some(value)
        }
        Item::Number(value) if value.is_finite() => {
            beyond_measure(scope, node, value, unit);
            None
        }
        Item::Number(value) => {
            scope.problem(&node.at, format!("{value} is not a finite number"), "Write a finite number");
            None
        }
        _ => {
            let remedy = meant(node, unit).unwrap_or_else(|| format!("Write a number such as {}", range.examples()[1]));
            scope.wrong_type(node, "a number", &remedy);
            None
        }
    }
}

/// The number that holds where a key is left out.
#[must_use]
pub fn default(scope: &Scope<'_>, value: f64, range: Range) -> (Quantity, Json) {
    let mut quantity = Quantity::fixed(scope.key.clone(), value);
    quantity.provenance.source = Some(DEFAULT_SOURCE.to_owned());
    note(scope, quantity.clone(), range, false);
    (quantity, json!({ "value": value, "source": DEFAULT_SOURCE }))
}

/// Reads a known number with its source.
#[must_use]
pub fn fact(scope: &Scope<'_>, node: &Node, spec: &Spec) -> (Fact, Json) {
    let mut fact = Fact { value: f64::NAN, provenance: scope.provenance.clone() };
    match &node.item {
        Item::Table(table) => {
            fact.provenance = provenance(scope, table);
            let known = ["value", "source", "confidence", "owner", "note"];
            for entry in table.0.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
                let what = format!("there is no key `{}` in a fact, which is a known number", entry.key);
                scope.problem(&entry.at, what, suggest::remedy(&entry.key, &known));
            }
            match table.get("value") {
                Some(entry) => fact.value = in_range(scope, &entry.node, spec).unwrap_or(f64::NAN),
                None => scope.problem(&node.at, "`value` is missing", "Write { value = 116.0, source = \"…\" }"),
            }
        }
        _ => fact.value = in_range(scope, node, spec).unwrap_or(f64::NAN),
    }
    note_fact(scope, &fact, spec.range);
    let json = fact_json(&fact);
    (fact, json)
}

/// Notes a known number, read or computed.
pub fn note_fact(scope: &Scope<'_>, fact: &Fact, range: Range) {
    let known = Quantity::fixed(scope.key.clone(), fact.value);
    note(scope, Quantity { provenance: fact.provenance.clone(), ..known }, range, true);
}

/// A known number as it stands in a resolved scenario.
#[must_use]
pub fn fact_json(fact: &Fact) -> Json {
    let mut out = Map::new();
    out.insert("value".to_owned(), json!(fact.value));
    provenance_json(&fact.provenance, &mut out);
    if out.len() == 1 { json!(fact.value) } else { Json::Object(out) }
}

fn note(scope: &Scope<'_>, number: Quantity, range: Range, is_fact: bool) {
    scope.cx.note(InputNote {
        path: scope.path.clone(),
        has_source: number.provenance.source.is_some(),
        is_default: !number.is_stated(),
        number: Some(number),
        range,
        is_fact,
    });
}

/// The provenance written in a table, on top of what is inherited: who writes a source of his own takes neither
/// confidence nor note from above.
#[must_use]
pub fn provenance(scope: &Scope<'_>, table: &Table) -> Provenance {
    let text = |key: &str| {
        let entry = table.get(key)?;
        if entry.node.text().is_none_or(|text| text.trim().is_empty()) {
            let path = format!("{}.{key}", scope.path);
            let what = match entry.node.text() {
                Some(_) => "the text is empty".to_owned(),
                None => format!("a text is wanted here, this is {}", entry.node.describe()),
            };
            scope.cx.problem(
                &entry.node.at,
                path.trim_start_matches('.'),
                what,
                "Write a text in double quotes, or leave the key out",
            );
        }
        entry.node.text().map(str::to_owned)
    };
    let confidence = text("confidence").and_then(|word| {
        let found = CONFIDENCES.iter().find(|(name, _)| *name == word).map(|(_, confidence)| *confidence);
        if let (None, Some(entry)) = (found, table.get("confidence")) {
            let path = format!("{}.confidence", scope.path);
            let what = format!("\"{word}\" is no confidence");
            scope.cx.problem(&entry.node.at, path.trim_start_matches('.'), what, "Write high, medium or low");
        }
        found
    });
    let own = Provenance { source: text("source"), confidence, owner: text("owner"), note: text("note") };
    let above = &scope.provenance;
    let owner = own.owner.or_else(|| above.owner.clone());
    if own.source.is_some() {
        return Provenance { owner, ..own };
    }
    Provenance {
        source: above.source.clone(),
        confidence: own.confidence.or(above.confidence),
        owner,
        note: own.note.or_else(|| above.note.clone()),
    }
}

const CONFIDENCES: [(&str, Confidence); 3] =
    [("high", Confidence::High), ("medium", Confidence::Medium), ("low", Confidence::Low)];

/// Writes a provenance into a resolved table.
pub fn provenance_json(provenance: &Provenance, out: &mut Map<String, Json>) {
    let confidence = CONFIDENCES.iter().find(|(_, confidence)| provenance.confidence == Some(*confidence));
    let texts = [
        ("source", provenance.source.as_deref()),
        ("confidence", confidence.map(|(name, _)| *name)),
        ("owner", provenance.owner.as_deref()),
        ("note", provenance.note.as_deref()),
    ];
    for (key, text) in texts {
        if let Some(text) = text {
            out.insert(key.to_owned(), text.into());
        }
    }
}
