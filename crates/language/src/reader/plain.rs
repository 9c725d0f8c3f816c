//! Keys that are not uncertain: texts, words to choose from, yes or no, whole numbers, years and months, facts.

use std::str::FromStr;

use serde_json::{Value as Json, json};

use super::{Reader, Spec, doc, meant, number};
use crate::describe::{Default, KeyDoc, Kind};
use crate::suggest;
use crate::tree::{Item, Node, number_to_toml};
use engine::alliance::Fact;
use engine::uncertainty::Quantity;
use engine::units::{FinancialYear, Month};

impl Reader<'_> {
    /// An uncertain number.
    pub fn quantity(&mut self, spec: Spec) -> Quantity {
        let description = spec.key_doc(Kind::Number(spec.range));
        let (quantity, json) = match (self.find(description.clone()), spec.default) {
            (Some(entry), _) => number::quantity(&self.scope(spec.name), &entry.node, &spec),
            (None, Some(value)) => number::default(&self.scope(spec.name), value, spec.range),
            (None, None) => {
                self.missing(&description);
                return Quantity::fixed(self.scope(spec.name).key, f64::NAN);
            }
        };
        self.put(spec.name, json);
        quantity
    }

    /// An uncertain number that may be left out.
    pub fn optional_quantity(&mut self, spec: Spec) -> Option<Quantity> {
        let entry = self.find(KeyDoc { default: Default::None, ..spec.key_doc(Kind::Number(spec.range)) })?;
        let (quantity, json) = number::quantity(&self.scope(spec.name), &entry.node, &spec);
        self.put(spec.name, json);
        Some(quantity)
    }

    /// One uncertain number or a list of them, never empty.
    pub fn quantities(&mut self, spec: Spec) -> Vec<Quantity> {
        let one = Kind::Number(spec.range);
        let found = self.find(spec.key_doc(Kind::Either(vec![one.clone(), Kind::List(Box::new(one))])));
        let scope = |position: usize| self.scope(&format!("{}[{position}]", spec.name));
        let read: Vec<(Quantity, Json)> = match found.map(|entry| &entry.node) {
            Some(Node { item: Item::List(items), .. }) if !items.is_empty() => {
                let item = |(position, item)| number::quantity(&scope(position), item, &spec);
                items.iter().enumerate().map(item).collect()
            }
            Some(node) => vec![number::quantity(&scope(0), node, &spec)],
            None => vec![number::default(&scope(0), spec.default.unwrap_or(f64::NAN), spec.range)],
        };
        let (quantities, json): (Vec<_>, Vec<_>) = read.into_iter().unzip();
        self.put(spec.name, json);
        quantities
    }

    /// A known number of the first year; `computed` says how it is found where it may be left out.
    pub fn fact(&mut self, spec: Spec, computed: Option<&'static str>) -> Option<Fact> {
        let default = computed.map_or(Default::Required, Default::Word);
        let description = KeyDoc { default, ..spec.key_doc(Kind::Fact(spec.range)) };
        let Some(entry) = self.find(description.clone()) else {
            self.missing(&description);
            return None;
        };
        let (fact, json) = number::fact(&self.scope(spec.name), &entry.node, &spec);
        self.put(spec.name, json);
        Some(fact)
    }

    /// Records a fact that was computed.
    pub fn put_fact(&mut self, spec: &Spec, fact: &Fact) {
        number::note_fact(&self.scope(spec.name), fact, spec.range);
        self.put(spec.name, number::fact_json(fact));
    }

    /// A plain number.
    pub fn plain(&mut self, spec: Spec) -> f64 {
        let description = spec.key_doc(Kind::Plain(spec.range));
        let value = match (self.find(description.clone()), spec.default) {
            (Some(entry), _) => number::in_range(&self.scope(spec.name), &entry.node, &spec).unwrap_or(f64::NAN),
            (None, Some(default)) => default,
            (None, None) => {
                self.missing(&description);
                f64::NAN
            }
        };
        self.put(spec.name, json!(value));
        value
    }

    /// A plain number that may be left out.
    pub fn optional_plain(&mut self, spec: Spec) -> Option<f64> {
        let entry = self.find(KeyDoc { default: Default::None, ..spec.key_doc(Kind::Plain(spec.range)) })?;
        let value = number::in_range(&self.scope(spec.name), &entry.node, &spec)?;
        self.put(spec.name, json!(value));
        Some(value)
    }

    /// A whole number between two bounds.
    pub fn whole(
        &mut self,
        name: &'static str,
        bounds: (u32, u32),
        default: Default,
        meaning: &'static str,
    ) -> Option<u32> {
        let (low, high) = bounds;
        let description = doc(name, Kind::Whole(low, high), default, meaning);
        let Some(entry) = self.find(description.clone()) else {
            self.missing(&description);
            let default = match default {
                Default::Number(value) => Some(value as u32),
                _ => None,
            };
            if let Some(value) = default {
                self.put(name, value);
            }
            return default;
        };
        let scope = self.scope(name);
        let value = number::finite(&scope, &entry.node)?;
        if value.fract() != 0.0 || value < f64::from(low) || value > f64::from(high) {
            let range = if high == u32::MAX { format!("of at least {low}") } else { format!("from {low} to {high}") };
            let fault = if value.fract() == 0.0 { "out of range" } else { "not a whole number" };
            scope.problem(
                &entry.node.at,
                format!("{} is {fault}", number_to_toml(value)),
                format!("Write a whole number {range}"),
            );
            return None;
        }
        self.put(name, value as u32);
        Some(value as u32)
    }

    /// The version of the language, which must be the one that this program reads.
    pub fn version(&mut self, name: &'static str, own: u32, meaning: &'static str) {
        let description = doc(name, Kind::Whole(own, own), Default::Required, meaning);
        let Some(entry) = self.find(description.clone()) else {
            self.missing(&description);
            return;
        };
        let scope = self.scope(name);
        let Some(written) = number::finite(&scope, &entry.node) else { return };
        if written.total_cmp(&f64::from(own)).is_eq() {
            self.put(name, own);
            return;
        }
        let what = format!("this is {name} {written}, and this engine reads {name} {own}");
        let remedy = format!("Write {name} = {own}, or use an engine that reads {name} {written}");
        scope.problem(&entry.node.at, what, remedy);
    }

    /// Yes or no.
    pub fn flag(&mut self, name: &'static str, meaning: &'static str) -> bool {
        let found = self.find(doc(name, Kind::Flag, Default::Word("false"), meaning));
        let flag = match found.map(|entry| &entry.node) {
            Some(Node { item: Item::Flag(flag), .. }) => *flag,
            Some(node) => {
                self.scope(name).wrong_type(node, "true or false", "Write true or false, without quotes");
                false
            }
            None => false,
        };
        self.put(name, flag);
        flag
    }

    /// A text that may be left out.
    pub fn text(&mut self, name: &'static str, default: Default, meaning: &'static str) -> Option<String> {
        let description = doc(name, Kind::Text, default, meaning);
        let Some(entry) = self.find(description.clone()) else {
            self.missing(&description);
            return None;
        };
        let text = self.text_of(name, &entry.node)?;
        self.put(name, text.clone());
        Some(text)
    }

    /// Records a text that was found otherwise.
    pub fn put_text(&mut self, name: &str, text: &str) {
        self.put(name, text);
    }

    fn text_of(&self, name: &str, node: &Node) -> Option<String> {
        match node.text() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.scope(name).problem(&node.at, "the text is empty", "Write something between the quotes");
                None
            }
            None => {
                self.scope(name).wrong_type(node, "a text", "Write a text in double quotes");
                None
            }
        }
    }

    /// A list of texts, each with where it stands.
    pub fn texts(&mut self, name: &'static str, default: Default, meaning: &'static str) -> Vec<(String, Node)> {
        let description = doc(name, Kind::List(Box::new(Kind::Text)), default, meaning);
        let texts = self.list_of(&description, |text| Ok(text.to_owned()));
        self.put(name, texts.iter().map(|(text, _)| Json::from(text.clone())).collect::<Vec<_>>());
        texts
    }

    /// One of some words.
    pub fn choice<T: Copy>(
        &mut self,
        name: &'static str,
        words: &[(&'static str, T)],
        default: T,
        preset: &'static str,
        meaning: &'static str,
    ) -> T {
        let known: Vec<&'static str> = words.iter().map(|(word, _)| *word).collect();
        let entry = self.find(doc(name, Kind::Choice(known.clone()), Default::Word(preset), meaning));
        let word = entry.and_then(|entry| self.text_of(name, &entry.node));
        let found = word.as_ref().and_then(|word| words.iter().find(|(known, _)| known == word));
        if let (Some(entry), Some(word), None) = (entry, &word, found) {
            self.scope(name).problem(
                &entry.node.at,
                format!("\"{word}\" is not one of the words for {name}"),
                suggest::remedy(word, &known),
            );
        }
        let (_, value) = found.copied().unwrap_or((preset, default));
        self.put(name, found.map_or(preset, |(word, _)| *word));
        value
    }

    /// A month.
    pub fn month(&mut self, name: &'static str, default: Default, meaning: &'static str) -> Option<Month> {
        self.parsed(&doc(name, Kind::Month, default, meaning))
    }

    /// A financial year.
    pub fn year(&mut self, name: &'static str, default: Default, meaning: &'static str) -> Option<FinancialYear> {
        self.parsed(&doc(name, Kind::Year, default, meaning))
    }

    fn parsed<T: FromStr<Err = String> + ToString>(&mut self, description: &KeyDoc) -> Option<T> {
        let name = description.name;
        let Some(entry) = self.find(description.clone()) else {
            self.missing(description);
            return None;
        };
        let value: T = self.parse(name, &entry.node, T::from_str)?;
        self.put(name, value.to_string());
        Some(value)
    }

    fn parse<T>(&self, name: &str, node: &Node, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let wanted = match name {
            "start" | "vesting" | "decision_date" | "date" | "elections" | "report_dates" => {
                Some(("a month", "\"2016-04\""))
            }
            "first_year" | "year" => Some(("a financial year", "\"2015/16\"")),
            _ => None,
        };
        if let (Some((what, example)), None) = (wanted, node.text()) {
            self.scope(name).wrong_type(node, what, &format!("Write one in quotes, as {example}"));
            return None;
        }
        let text = self.text_of(name, node)?;
        parse(&text)
            .map_err(|error| {
                let (what, remedy) = error.split_once("; ").unwrap_or((&error, ""));
                let meant = match wanted {
                    Some(("a month", _)) => meant::month(&text),
                    Some(_) => meant::year(&text),
                    None => None,
                };
                self.scope(name).problem(&node.at, what, meant.unwrap_or_else(|| capital(remedy)));
            })
            .ok()
    }

    /// A list of months.
    pub fn months(&mut self, name: &'static str, meaning: &'static str) -> Vec<Month> {
        let months = self
            .list_of(&doc(name, Kind::List(Box::new(Kind::Month)), Default::Word("none"), meaning), Month::from_str);
        for (position, (month, node)) in months.iter().enumerate() {
            if let Some((_, first)) = months.iter().take(position).find(|(other, _)| other == month) {
                let what = format!("{month} is named twice; the first is {}", first.at);
                self.scope(name).problem(&node.at, what, "Name each month once");
            }
        }
        let months: Vec<Month> = months.into_iter().map(|(month, _)| month).collect();
        self.put(name, months.iter().map(|month| Json::from(month.to_string())).collect::<Vec<_>>());
        months
    }

    fn list_of<T>(&mut self, description: &KeyDoc, parse: impl Fn(&str) -> Result<T, String>) -> Vec<(T, Node)> {
        let name = description.name;
        let Some(entry) = self.find(description.clone()) else {
            self.missing(description);
            return Vec::new();
        };
        let Item::List(items) = &entry.node.item else {
            self.scope(name).wrong_type(&entry.node, "a list", "Write texts in double quotes between [ and ]");
            return Vec::new();
        };
        items.iter().filter_map(|item| Some((self.parse(name, item, &parse)?, item.clone()))).collect()
    }
}

/// The same with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
