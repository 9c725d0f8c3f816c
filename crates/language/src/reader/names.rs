//! Tables whose keys are names: a number for each member, weights, known years.

use serde_json::{Map, Value as Json, json};

use super::{Reader, Scope, Spec, doc, number};
use crate::describe::{Default, KeyDoc, Kind};
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table, number_to_toml};
use engine::uncertainty::{Quantity, quote_key};

/// Names that may be keys of a table: members of an alliance, regimes.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// What they name, for messages.
    pub what: &'static str,
    /// The names, in order, each with its part of a draw's key.
    pub known: Vec<(String, String)>,
    /// Names that were written but are not known, of which no second complaint is made.
    pub others: Vec<String>,
}

impl Names {
    /// Position of a name; an unknown one is a problem.
    pub fn position(&self, scope: &Scope<'_>, entry: &Entry) -> Option<usize> {
        let position = self.known.iter().position(|(name, _)| *name == entry.key);
        if position.is_none() && !self.others.contains(&entry.key) {
            let known: Vec<&str> = self.known.iter().map(|(name, _)| name.as_str()).collect();
            scope.problem(
                &entry.at,
                format!("there is no {} \"{}\"", self.what, entry.key),
                suggest::remedy(&entry.key, &known),
            );
        }
        position
    }
}

/// A number for all or one for each.
#[derive(Debug, Clone, PartialEq)]
pub enum Share<T> {
    /// One for all.
    All(T),
    /// One for each name, in their order.
    Each(Vec<T>),
}

impl<'a> Reader<'a> {
    /// One uncertain number, or a table with one for each name.
    pub fn by_name(&mut self, spec: Spec, names: &Names) -> Share<Quantity> {
        let number = Kind::Number(spec.range);
        let each = KeyDoc { name: "<member>", default: Default::Required, ..spec.key_doc(number.clone()) };
        let description = spec.key_doc(Kind::Either(vec![number, Kind::Map(Box::new(each))]));
        let scope = self.scope(spec.name);
        let written = self.find(description.clone()).map(|entry| &entry.node);
        if let Some(node) = written
            && let Item::Table(table) = &node.item
            && !number::is_number(table)
        {
            let scope = Scope { provenance: number::provenance(&scope, table), ..scope };
            let numbers =
                each_name(&scope, table, names, node, |scope, entry| number::quantity(scope, &entry.node, &spec));
            let (numbers, json): (Vec<_>, Map<_, _>) =
                numbers.into_iter().map(|(name, number, json)| (number, (name, json))).unzip();
            self.put(spec.name, Json::Object(json));
            return Share::Each(numbers);
        }
        let (quantity, json) = match (written, spec.default) {
            (Some(node), _) => number::quantity(&scope, node, &spec),
            (None, Some(value)) => number::default(&scope, value, spec.range),
            (None, None) => {
                self.missing(&description);
                return Share::All(Quantity::fixed(scope.key, f64::NAN));
            }
        };
        self.put(spec.name, json);
        Share::All(quantity)
    }

    /// A plain number for each name, or a word where words may be written instead.
    pub fn weights<T: Clone>(
        &mut self,
        name: &'static str,
        names: &Names,
        words: &[(&'static str, T)],
        preset: Option<&'static str>,
        meaning: &'static str,
    ) -> Option<Weights<T>> {
        let found = self.find(doc(name, weights_kind(words), preset.map_or(Default::None, Default::Word), meaning));
        let Some(entry) = found else {
            if let Some(preset) = preset {
                self.put(name, preset);
            }
            return None;
        };
        let (weights, json) = weights_of(&self.scope(name), &entry.node, names, words, name)?;
        self.put(name, json);
        Some(weights)
    }

    /// A table with free keys, each entry read by `read`, which hands back the value and its resolved form.
    pub fn entries<T>(
        &mut self,
        description: KeyDoc,
        mut read: impl FnMut(&Scope<'a>, &'a Entry) -> Option<(T, Json)>,
    ) -> Vec<T> {
        let name = description.name;
        let mut values = Vec::new();
        let mut out = Map::new();
        let found = self.find(description);
        if let Some(entry) = found {
            let scope = self.scope(name);
            let Some(table) = entry.node.table() else {
                scope.wrong_type(&entry.node, "a table", "Write keys and values between { and }");
                return values;
            };
            for entry in &table.0 {
                let inner = Scope {
                    path: format!("{}.{}", scope.path, quote_key(&entry.key)),
                    key: format!("{}.{}", scope.key, quote_key(&entry.key)),
                    ..scope.clone()
                };
                inner.cx.remember(&inner.path, &entry.node.at);
                if let Some((value, json)) = read(&inner, entry) {
                    values.push(value);
                    out.insert(entry.key.clone(), json);
                }
            }
        }
        if !out.is_empty() {
            self.put(name, Json::Object(out));
        }
        values
    }
}

/// Weights of members, or what a word in their place stands for.
#[derive(Debug, Clone, PartialEq)]
pub enum Weights<T> {
    /// What the word stands for.
    Word(T),
    /// One for each member, in their order.
    Each(Vec<f64>),
}

/// What weights of members are, words besides where there are any.
pub fn weights_kind<T>(words: &[(&'static str, T)]) -> Kind {
    let map = Kind::Map(Box::new(KeyDoc { name: "<member>", ..WEIGHT.key_doc(Kind::Plain(WEIGHT.range)) }));
    if words.is_empty() { map } else { Kind::Either(vec![Kind::Choice(only_words(words)), map]) }
}

fn only_words<T>(words: &[(&'static str, T)]) -> Vec<&'static str> {
    words.iter().map(|(word, _)| *word).collect()
}

const WEIGHT: Spec = Spec::new("the weight", "weight", super::Range::SHARE, "Its weight; the weights sum to 1.");

/// Reads weights of members, or a word, with its resolved form; none where it is neither.
pub fn weights_of<T: Clone>(
    scope: &Scope<'_>,
    node: &Node,
    names: &Names,
    words: &[(&'static str, T)],
    name: &str,
) -> Option<(Weights<T>, Json)> {
    match &node.item {
        Item::Table(table) => {
            let weight = |scope: &Scope<'_>, entry: &Entry| {
                let value = number::in_range(scope, &entry.node, &WEIGHT).unwrap_or(f64::NAN);
                (value, json!(value))
            };
            let (weights, json): (Vec<f64>, Map<_, _>) = each_name(scope, table, names, node, weight)
                .into_iter()
                .map(|(name, weight, json)| (weight, (name, json)))
                .unzip();
            Some((Weights::Each(weights), Json::Object(json)))
        }
        Item::Text(word) if !words.is_empty() => {
            let known = words.iter().find(|(known, _)| known == word);
            if known.is_none() {
                let what = format!("\"{word}\" is not one of the words for {name}");
                scope.problem(&node.at, what, suggest::remedy(word, &only_words(words)));
            }
            known.map(|(word, meant)| (Weights::Word(meant.clone()), json!(word)))
        }
        _ => {
            let word = words.first().map_or_else(String::new, |(word, _)| format!("\"{word}\", or "));
            let remedy = format!("Write for example {word}{}", even_weights(names));
            scope.wrong_type(node, "a table with a weight for each member", &remedy);
            None
        }
    }
}

/// A table of weights that sum to 1, as even as hundredths can be.
fn even_weights(names: &Names) -> String {
    let count = names.known.len().max(1);
    let part = 100 / count;
    let weight = |k: usize| if k == 0 { 100 - part * (count - 1) } else { part };
    let each = names
        .known
        .iter()
        .enumerate()
        .map(|(k, (name, _))| format!("{} = {}", quote_key(name), number_to_toml(weight(k) as f64 / 100.0)));
    format!("{{ {} }}", each.collect::<Vec<_>>().join(", "))
}

/// Reads one value for each name, in their order; a missing or unknown name is a problem.
fn each_name<T>(
    scope: &Scope<'_>,
    table: &Table,
    names: &Names,
    node: &Node,
    read: impl Fn(&Scope<'_>, &Entry) -> (T, Json),
) -> Vec<(String, T, Json)> {
    for entry in table.0.iter().filter(|entry| !super::PROVENANCE.contains(&entry.key.as_str())) {
        let _ = names.position(scope, entry);
    }
    let one = |(name, key): &(String, String)| {
        let path = format!("{}.{}", scope.path, quote_key(name));
        let inner = Scope { path, key: format!("{}.{key}", scope.key), ..scope.clone() };
        let Some(entry) = table.get(name) else {
            let remedy = format!("Write one number for each {}", names.what);
            scope.problem(&node.at, format!("\"{name}\" is missing"), remedy);
            return None;
        };
        inner.cx.remember(&inner.path, &entry.node.at);
        let (value, json) = read(&inner, entry);
        Some((name.clone(), value, json))
    };
    // A missing name leaves fewer values than names; whoever uses them has been told.
    names.known.iter().filter_map(one).collect()
}
