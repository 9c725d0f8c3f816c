//! Distributions as they are written: `{ pert = { low = 0, mode = 1, high = 3 }, max = 2 }`.

use serde_json::{Map, Value as Json, json};

use super::number::finite;
use super::plain::capital;
use super::{Range, Scope};
use crate::source::numbers;
use crate::suggest;
use crate::tree::{Entry, Item, NUMBER_KEYS, Node, Table};
use engine::uncertainty::{Distribution, Family};

/// The families of plain parameters: those needed, then those with a default.
pub const FAMILIES: [(&str, &[&str], &[&str]); 8] = [
    ("uniform", &["low", "high"], &[]),
    ("triangular", &["low", "mode", "high"], &[]),
    ("pert", &["low", "mode", "high"], &["shape"]),
    ("normal", &["mean", "sd"], &[]),
    ("lognormal", &["median", "p90"], &[]),
    ("beta", &["a", "b"], &[]),
    ("pareto", &["low", "alpha"], &[]),
    ("quantiles", &["p10", "p50", "p90"], &[]),
];

/// Parameters of a family as they may be written, with numbers that a key accepts.
fn example(family: &str, range: Range) -> String {
    let [low, mode, high] = range.examples();
    match family {
        "uniform" => format!("{{ low = {low}, high = {high} }}"),
        "normal" => format!("{{ mean = {mode}, sd = {low} }}"),
        "lognormal" => format!("{{ median = {mode}, p90 = {high} }}"),
        "beta" => "{ a = 3, b = 7 }".to_owned(),
        "pareto" => format!("{{ low = {low}, alpha = 2 }}"),
        "quantiles" => format!("{{ p10 = {low}, p50 = {mode}, p90 = {high} }}"),
        "discrete" => format!("{{ values = [{low}, {high}], weights = [0.5, 0.5] }}"),
        "empirical" => format!("{{ values = {} }}", example_list("values", range)),
        "mixture" => format!("{{ weights = [0.5, 0.5], parts = {} }}", example_list("parts", range)),
        _ => format!("{{ low = {low}, mode = {mode}, high = {high} }}"),
    }
}

/// A list of a distribution as it may be written.
fn example_list(key: &str, range: Range) -> String {
    let [low, mode, high] = range.examples();
    match key {
        "weights" => "[0.2, 0.3, 0.5]".to_owned(),
        "parts" => format!(
            "[{{ uniform = {{ low = {low}, high = {mode} }} }}, {{ uniform = {{ low = {mode}, high = {high} }} }}]"
        ),
        _ => format!("[{low}, {mode}, {high}]"),
    }
}

/// Reads the distribution that a table states, with its bounds; examples in messages lie within a range.
pub fn read(scope: &Scope<'_>, table: &Table, range: Range, out: &mut Map<String, Json>) -> Option<Distribution> {
    let entry = table.0.iter().find(|entry| NUMBER_KEYS.contains(&entry.key.as_str()))?;
    let Some(parameters) = entry.node.table() else {
        scope.wrong_type(
            &entry.node,
            "a table of parameters",
            &format!("Write for example {}", example(&entry.key, range)),
        );
        return None;
    };
    let here = Scope { path: format!("{}.{}", scope.path, entry.key), ..scope.clone() };
    let family = match entry.key.as_str() {
        "discrete" => discrete(&here, &entry.node, parameters, range),
        "empirical" => empirical(&here, &entry.node, parameters, range),
        "mixture" => mixture(&here, &entry.node, parameters, range),
        family => simple(&here, &entry.node, family, parameters),
    };
    let mut is_sound = true;
    let mut bound = |key: &str| {
        let entry = table.get(key)?;
        let value = finite(&Scope { path: format!("{}.{key}", scope.path), ..scope.clone() }, &entry.node);
        is_sound &= value.is_some();
        value
    };
    let (min, max) = (bound("min"), bound("max"));
    let (family, json) = family?;
    if !is_sound {
        return None;
    }
    out.insert(entry.key.clone(), json);
    for (key, bound) in [("min", min), ("max", max)] {
        if let Some(bound) = bound {
            out.insert(key.to_owned(), json!(bound));
        }
    }
    match Distribution::new(family, min, max) {
        Ok(distribution) => Some(distribution),
        Err(errors) => {
            for error in errors {
                let inner = parameters.get(error.parameter).or_else(|| table.get(error.parameter));
                let at = inner.map_or(&entry.node.at, |inner| &inner.node.at);
                let path = format!("{}.{}", here.path, error.parameter);
                here.cx.problem(at, &path, sentence(&error.problem), capital(sentence(&error.remedy)));
            }
            None
        }
    }
}

fn sentence(text: &str) -> &str {
    text.trim_end_matches('.')
}

fn check_keys(scope: &Scope<'_>, parameters: &Table, known: &[&str]) {
    for entry in parameters.0.iter().filter(|entry| !known.contains(&entry.key.as_str())) {
        scope.problem(&entry.at, format!("there is no parameter `{}`", entry.key), suggest::remedy(&entry.key, known));
    }
}

fn needed<'a>(scope: &Scope<'_>, node: &Node, parameters: &'a Table, key: &str) -> Option<&'a Entry> {
    let entry = parameters.get(key);
    if entry.is_none() {
        scope.problem(&node.at, format!("the parameter `{key}` is missing"), format!("Write {key} = …"));
    }
    entry
}

fn simple(scope: &Scope<'_>, node: &Node, family: &str, parameters: &Table) -> Option<(Family, Json)> {
    let (_, wanted, optional) = FAMILIES.into_iter().find(|(name, ..)| *name == family)?;
    check_keys(scope, parameters, &[wanted, optional].concat());
    let mut json = Map::new();
    let mut number = |key: &str, entry: &Entry| {
        let value = finite(&Scope { path: format!("{}.{key}", scope.path), ..scope.clone() }, &entry.node)?;
        json.insert(key.to_owned(), json!(value));
        Some(value)
    };
    let values: Vec<Option<f64>> =
        wanted.iter().map(|key| needed(scope, node, parameters, key).and_then(|entry| number(key, entry))).collect();
    let shape = match parameters.get("shape").filter(|_| optional.contains(&"shape")) {
        Some(entry) => number("shape", entry)?,
        None => 4.0,
    };
    let values: Vec<f64> = values.into_iter().collect::<Option<_>>()?;
    let family = match (family, values.as_slice()) {
        ("uniform", &[low, high]) => Family::Uniform { low, high },
        ("triangular", &[low, mode, high]) => Family::Triangular { low, mode, high },
        ("pert", &[low, mode, high]) => Family::Pert { low, mode, high, shape },
        ("normal", &[mean, sd]) => Family::Normal { mean, sd },
        ("lognormal", &[median, p90]) => Family::LogNormal { median, p90 },
        ("beta", &[a, b]) => Family::Beta { a, b },
        ("pareto", &[low, alpha]) => Family::Pareto { low, alpha },
        ("quantiles", &[p10, p50, p90]) => Family::Quantiles { p10, p50, p90 },
        _ => return None,
    };
    Some((family, Json::Object(json)))
}

/// A list of finite numbers.
fn list(scope: &Scope<'_>, key: &str, entry: &Entry, range: Range) -> Option<Vec<f64>> {
    let scope = Scope { path: format!("{}.{key}", scope.path), ..scope.clone() };
    match &entry.node.item {
        // Every item is read before the first failure counts, so that all are reported.
        Item::List(items) => {
            let is_within = scope.cx.count_values(items.len(), &entry.node.at, &scope.path);
            let values: Vec<_> = items.iter().map(|item| finite(&scope, item)).collect();
            values.into_iter().collect::<Option<_>>().filter(|_| is_within)
        }
        _ => {
            let remedy = format!("Write for example {}", example_list(key, range));
            scope.wrong_type(&entry.node, "a list of numbers", &remedy);
            None
        }
    }
}

fn discrete(scope: &Scope<'_>, node: &Node, parameters: &Table, range: Range) -> Option<(Family, Json)> {
    check_keys(scope, parameters, &["values", "weights"]);
    let values = needed(scope, node, parameters, "values").and_then(|entry| list(scope, "values", entry, range));
    let weights = needed(scope, node, parameters, "weights").and_then(|entry| list(scope, "weights", entry, range));
    let (values, weights) = (values?, weights?);
    let json = json!({ "values": values, "weights": weights });
    Some((Family::Discrete { values, weights }, json))
}

fn empirical(scope: &Scope<'_>, node: &Node, parameters: &Table, range: Range) -> Option<(Family, Json)> {
    check_keys(scope, parameters, &["values", "file", "column"]);
    let values = match (parameters.get("values"), parameters.get("file")) {
        (Some(entry), None) => list(scope, "values", entry, range)?,
        (None, Some(entry)) => {
            let Some(written) = entry.node.text() else {
                scope.wrong_type(&entry.node, "a file's path", "Write it in quotes, as \"data/observed.csv\" is");
                return None;
            };
            let Some(files) = scope.cx.files() else {
                scope.problem(&entry.node.at, "a resolved scenario reads no files", "Write the values themselves");
                return None;
            };
            let column = parameters.get("column").and_then(|entry| entry.node.text());
            let (at, key) = (&entry.node.at, format!("{}.file", scope.path));
            // Where there were too many before it, it is not read.
            let is_within = |count: usize| scope.cx.count_values(count, at, &key);
            let read = is_within(0).then(|| numbers(files, &at.path(written), column, at, &key))?;
            read.map_err(|problems| scope.cx.extend(problems)).ok().filter(|values| is_within(values.len()))?
        }
        _ => {
            scope.problem(
                &node.at,
                "either `values` or `file` is wanted",
                format!("State values = {}, or the file that holds them", example_list("values", range)),
            );
            return None;
        }
    };
    let json = json!({ "values": values });
    Some((Family::Empirical { values }, json))
}

fn mixture(scope: &Scope<'_>, node: &Node, parameters: &Table, range: Range) -> Option<(Family, Json)> {
    check_keys(scope, parameters, &["weights", "parts"]);
    let weights = needed(scope, node, parameters, "weights").and_then(|entry| list(scope, "weights", entry, range));
    let parts = needed(scope, node, parameters, "parts").and_then(|entry| parts(scope, entry, range));
    let (weights, (parts, json)) = (weights?, parts?);
    let json = json!({ "weights": weights, "parts": json });
    Some((Family::Mixture { weights, parts }, json))
}

fn parts(scope: &Scope<'_>, entry: &Entry, range: Range) -> Option<(Vec<Distribution>, Vec<Json>)> {
    let Item::List(items) = &entry.node.item else {
        scope.wrong_type(
            &entry.node,
            "a list of distributions",
            &format!("Write for example {}", example_list("parts", range)),
        );
        return None;
    };
    let parts: Vec<Option<(Distribution, Json)>> =
        items.iter().enumerate().map(|(position, item)| part(scope, position, item, range)).collect();
    Some(parts.into_iter().collect::<Option<Vec<_>>>()?.into_iter().unzip())
}

fn part(scope: &Scope<'_>, position: usize, item: &Node, range: Range) -> Option<(Distribution, Json)> {
    let scope = Scope { path: format!("{}.parts[{position}]", scope.path), ..scope.clone() };
    let families = || NUMBER_KEYS.into_iter().filter(|key| !["value", "mixture"].contains(key));
    let known: Vec<&str> = families().chain(["min", "max"]).collect();
    let Some(table) = item.table() else {
        scope.wrong_type(
            item,
            "a distribution",
            &format!("Write for example {{ uniform = {} }}", example("uniform", range)),
        );
        return None;
    };
    check_keys(&scope, table, &known);
    match table.0.iter().filter(|entry| NUMBER_KEYS.contains(&entry.key.as_str())).count() {
        1 if families().any(|family| table.get(family).is_some()) => {}
        1 => return None,
        _ => {
            scope.problem(
                &item.at,
                "a part states exactly one family",
                format!("Write one of {}", families().collect::<Vec<_>>().join(", ")),
            );
            return None;
        }
    }
    let mut out = Map::new();
    let distribution = read(&scope, table, range, &mut out)?;
    Some((distribution, Json::Object(out)))
}
