//! One reader over a table of the tree: it converts, collects every problem, records the resolved value and the key's description.
//!
//! Everything that reads a key goes through here, so that reader, schema and reference page cannot differ.

mod context;
mod distribution;
pub(super) mod meant;
mod names;
mod number;
mod plain;
mod spec;
mod special;
mod tables;

pub use context::{Context, InputNote};
pub use distribution::FAMILIES;
pub use names::{Names, Share, Weights, weights_kind, weights_of};
pub use number::is_number;
pub use spec::{Range, Spec};

use serde_json::{Map, Value as Json};

use super::describe::{Default, KeyDoc, Kind};
use super::place::Place;
use super::suggest;
use super::tree::{Entry, Node, Table};
use engine::uncertainty::{Provenance, quote_key};

/// Keys that any table may hold for the numbers beneath it.
pub const PROVENANCE: [&str; 4] = ["source", "confidence", "owner", "note"];

/// Reads one table.
#[derive(Debug)]
pub struct Reader<'a> {
    /// What is shared by all readers of a scenario.
    pub cx: &'a Context<'a>,
    /// Where the table stands.
    pub at: Place,
    /// Its address: `alliance."Southern hub".exit`.
    pub path: String,
    /// The prefix of the keys of its draws: its address, unless `draws_as` says otherwise.
    pub key: String,
    table: Option<&'a Table>,
    provenance: Provenance,
    keys: Vec<KeyDoc>,
    out: Map<String, Json>,
}

/// Where one value stands, and what it takes from above.
#[derive(Debug, Clone)]
pub struct Scope<'a> {
    /// What is shared by all readers of a scenario.
    pub cx: &'a Context<'a>,
    /// Its address.
    pub path: String,
    /// The key of its draw.
    pub key: String,
    /// What is inherited.
    pub provenance: Provenance,
}

impl Scope<'_> {
    /// Reports a problem with this value.
    pub fn problem(&self, at: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.cx.problem(at, &self.path, what, remedy);
    }

    /// The same of a name that may stand in a file that could not be read.
    pub fn missing(&self, at: &Place, what: impl Into<String>, remedy: impl Into<String>) {
        self.cx.missing(at, &self.path, what, remedy);
    }

    /// Reports a value of the wrong type.
    pub fn wrong_type(&self, node: &Node, wanted: &str, remedy: &str) {
        self.problem(&node.at, format!("{wanted} is wanted here, this is {}", node.describe()), remedy);
    }
}

impl<'a> Reader<'a> {
    /// A reader of a whole scenario.
    #[must_use]
    pub fn root(cx: &'a Context<'a>, table: &'a Table, at: Place) -> Self {
        Self::new(cx, Some(table), at, String::new(), String::new(), &Provenance::default())
    }

    fn new(
        cx: &'a Context<'a>,
        table: Option<&'a Table>,
        at: Place,
        path: String,
        key: String,
        above: &Provenance,
    ) -> Self {
        cx.remember(&path, &at);
        let scope = Scope { cx, path: path.clone(), key: key.clone(), provenance: above.clone() };
        let mut out = Map::new();
        // Names come first in what is printed.
        if let Some(name) = table.and_then(Table::name) {
            out.insert("name".to_owned(), name.into());
        }
        let provenance = table.map_or_else(|| above.clone(), |table| number::provenance(&scope, table));
        Self { cx, at, path, key, table, provenance, keys: Vec::new(), out }
    }

    /// Whether the table was written at all.
    #[must_use]
    pub fn is_written(&self) -> bool {
        self.table.is_some()
    }

    /// Whether a key was written.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.table.is_some_and(|table| table.get(name).is_some())
    }

    /// Where a key stands, else where its table does.
    #[must_use]
    pub fn place(&self, name: &str) -> Place {
        self.table.and_then(|table| table.get(name)).map_or_else(|| self.at.clone(), |entry| entry.node.at.clone())
    }

    /// The address of a key.
    #[must_use]
    pub fn address(&self, name: &str) -> String {
        join(&self.path, name)
    }

    /// Reports a problem with a key.
    pub fn problem(&self, name: &str, what: impl Into<String>, remedy: impl Into<String>) {
        let path = if name.is_empty() { self.path.clone() } else { self.address(name) };
        self.cx.problem(&self.place(name), &path, what, remedy);
    }

    /// Where this table's own numbers come from, for what is no number itself: targets, actuals.
    #[must_use]
    pub fn own_provenance(&mut self) -> Provenance {
        let provenance = self.provenance.clone();
        self.cx.note(InputNote {
            path: self.path.clone(),
            number: None,
            range: Range::ANY,
            is_fact: false,
            has_source: provenance.source.is_some(),
            is_default: !self.is_written(),
        });
        number::provenance_json(&provenance, &mut self.out);
        provenance
    }

    /// Keeps where this table comes from, where it says so itself, for tables without uncertain numbers: correlations, known limits.
    pub fn keep_provenance(&mut self) {
        if PROVENANCE.iter().any(|key| self.has(key)) {
            number::provenance_json(&self.provenance, &mut self.out);
        }
    }

    /// Registers a key and finds what was written under it.
    fn find(&mut self, doc: KeyDoc) -> Option<&'a Entry> {
        let name = doc.name;
        self.keys.push(doc);
        let entry = self.table?.get(name)?;
        self.cx.remember(&self.address(name), &entry.node.at);
        Some(entry)
    }

    fn scope(&self, name: &str) -> Scope<'a> {
        let (path, key) = (self.address(name), join(&self.key, name));
        Scope { cx: self.cx, path, key, provenance: self.provenance.clone() }
    }

    fn put(&mut self, name: &str, value: impl Into<Json>) {
        self.out.insert(name.to_owned(), value.into());
    }

    /// Reports a key that must be written and is not.
    fn missing(&self, doc: &KeyDoc) {
        if doc.default == Default::Required {
            let unit = if doc.unit.is_empty() { String::new() } else { format!(" ({})", doc.unit) };
            let what = format!("the key `{}` is missing", doc.name);
            self.cx.missing(
                &self.at,
                &self.address(doc.name),
                what,
                format!(
                    "Write, for example, `{} = {}`{unit}: {}",
                    doc.name,
                    doc.kind.example(),
                    first_sentence(doc.doc)
                ),
            );
        }
    }

    /// Reports unknown keys, and hands back the resolved table and the descriptions of its keys.
    pub fn finish(self) -> (Map<String, Json>, Vec<KeyDoc>) {
        let mut known: Vec<&str> = self.keys.iter().map(|doc| doc.name).collect();
        known.extend(PROVENANCE);
        let all = self.table.iter().flat_map(|table| &table.0);
        for entry in all.filter(|entry| !known.contains(&entry.key.as_str())) {
            if self.cx.is_full() {
                self.cx.count();
                continue;
            }
            let what = format!("there is no key `{}` here", entry.key);
            let remedy = suggest::remedy(&entry.key, &known);
            self.cx.problem(&entry.at, &self.address(&quote_key(&entry.key)), what, remedy);
        }
        (self.out, self.keys)
    }
}

/// One name more on an address.
#[must_use]
pub fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn first_sentence(doc: &str) -> &str {
    doc.split_once(". ").map_or(doc, |(first, _)| first).trim_end_matches('.')
}

/// Describes a key.
fn doc(name: &'static str, kind: Kind, default: Default, doc: &'static str) -> KeyDoc {
    KeyDoc { name, kind, default, unit: "", doc }
}
