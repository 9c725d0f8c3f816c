//! The few keys of a shape of their own: `draws_as`, files already read in, `"all"`, a matrix.

use serde_json::{Value as Json, json};

use super::{Reader, Scope, Spec, doc, number};
use crate::describe::{Default, Kind};
use crate::reader::Range;
use crate::tree::{Entry, Item, Node, Table, key_path};
use engine::alliance::Fact;
use engine::uncertainty::{Provenance, quote_key};

impl Scope<'_> {
    /// A finite number within the range of its key.
    #[must_use]
    pub fn in_range(&self, entry: &Entry, spec: &Spec) -> Option<f64> {
        number::in_range(self, &entry.node, spec)
    }
}

impl Reader<'_> {
    /// `draws_as`: from here on the table's draws have the keys of another thing.
    pub fn draws_as(&mut self, meaning: &'static str) {
        let Some(other) = self.text("draws_as", Default::None, meaning) else { return };
        let path = key_path(&other).unwrap_or_default();
        if let [alliance, _, area, _] = path.as_slice()
            && alliance == "alliance"
            && area == "area"
        {
            self.key = path.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".");
            return;
        }
        let own = self.table.and_then(Table::name).map(quote_key).unwrap_or_default();
        if let Some(prefix) = self.key.strip_suffix(&own) {
            self.key = format!("{prefix}{}", quote_key(&other));
        }
    }

    /// A fact that must be known; NaN where it is missing, which has then been reported.
    pub fn required_fact(&mut self, spec: Spec) -> Fact {
        self.fact(spec, None).unwrap_or_else(|| Fact { value: f64::NAN, provenance: Provenance::default() })
    }

    /// A file's path that was followed before reading; it is not part of the resolved scenario.
    pub fn consumed_text(&mut self, name: &'static str, meaning: &'static str) {
        let Some(entry) = self.find(doc(name, Kind::Text, Default::None, meaning)) else { return };
        if entry.node.text().is_none() {
            self.scope(name).wrong_type(
                &entry.node,
                "a file's path",
                "Write it in double quotes, such as \"data/areas.csv\"",
            );
        } else if self.cx.files().is_none() {
            self.problem(name, "a resolved scenario reads no files", "Leave it out");
        }
    }

    /// A list of plain numbers, empty where it is left out.
    pub fn plains(&mut self, name: &'static str, meaning: &'static str) -> Vec<f64> {
        let kind = Kind::List(Box::new(Kind::Plain(Range::ANY)));
        let Some(entry) = self.find(doc(name, kind, Default::None, meaning)) else { return Vec::new() };
        let numbers = match &entry.node.item {
            Item::List(items) => items.iter().map(|item| number::finite(&self.scope(name), item)).collect(),
            _ => None,
        };
        if numbers.is_none() && !matches!(entry.node.item, Item::List(_)) {
            self.scope(name).wrong_type(&entry.node, "a list of numbers", "Write numbers between [ and ]");
        }
        self.put(name, json!(numbers));
        numbers.unwrap_or_default()
    }

    /// A list of texts, or none where `"all"` is written.
    pub fn texts_or_all(&mut self, name: &'static str, meaning: &'static str) -> Option<Vec<(String, Node)>> {
        let is_all = self.table.and_then(|table| table.get(name)).is_some_and(|entry| entry.node.text() == Some("all"));
        if is_all {
            self.put(name, "all");
            let _ = self.find(both(name, meaning));
            return None;
        }
        let texts = self.texts(name, Default::Required, meaning);
        if let Some(last) = self.keys.last_mut() {
            *last = both(name, meaning);
        }
        Some(texts)
    }

    /// A list of lists of finite numbers.
    pub fn matrix(&mut self, name: &'static str, meaning: &'static str) -> Option<Vec<Vec<f64>>> {
        let row = Kind::List(Box::new(Kind::Plain(Range::ANY)));
        let entry = self.find(doc(name, Kind::List(Box::new(row)), Default::None, meaning))?;
        let scope = self.scope(name);
        let wrong =
            |node: &Node| scope.wrong_type(node, "a list of rows of numbers", "Write for example [[1, 0.5], [0.5, 1]]");
        let Item::List(rows) = &entry.node.item else {
            wrong(&entry.node);
            return None;
        };
        let row = |node: &Node| match &node.item {
            Item::List(items) => {
                items.iter().map(|item| number::finite(&scope, item)).collect::<Vec<_>>().into_iter().collect()
            }
            _ => {
                wrong(node);
                None
            }
        };
        let matrix: Option<Vec<Vec<f64>>> = rows.iter().map(row).collect::<Vec<_>>().into_iter().collect();
        let matrix = matrix?;
        self.put(name, json!(matrix));
        Some(matrix)
    }

    /// Reports a part that is missing, unless it may stand in text that could not be read.
    pub fn missing_part(&self, name: &str, what: String, remedy: String) {
        let path = if name.is_empty() { self.path.clone() } else { self.address(name) };
        self.cx.missing(&self.place(name), &path, what, remedy);
    }

    /// Records a resolved value that was found otherwise.
    pub fn put_json(&mut self, name: &str, value: Json) {
        self.put(name, value);
    }
}

fn both(name: &'static str, meaning: &'static str) -> crate::describe::KeyDoc {
    let kind = Kind::Either(vec![Kind::Choice(vec!["all"]), Kind::List(Box::new(Kind::Text))]);
    doc(name, kind, Default::Required, meaning)
}
