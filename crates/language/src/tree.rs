//! The tree that every source of a scenario becomes: TOML, CSV, JSON and `--set` alike, each node remembering its place.

mod bare;
mod insert;
mod json;
mod merge;
mod toml;
mod write;

pub use insert::{entry, insert};
pub use json::from_json;
pub use merge::{NUMBER_KEYS, check_names, is_named_list, is_number_key, merge, named_list, without_removals};
pub use toml::{from_toml, key_path, value_from_toml};
pub use write::{number_to_toml, text_to_toml, to_toml, value_to_toml};

use super::place::Place;

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where.
    pub at: Place,
    /// What.
    pub item: Item,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// `true` or `false`.
    Flag(bool),
    /// A number, whole or not; possibly not finite.
    Number(f64),
    /// A text.
    Text(String),
    /// Something that the language has no use for, with its name: a date, a null.
    Other(&'static str),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A key of a table and what it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key was written.
    pub at: Place,
    /// What it holds.
    pub node: Node,
}

/// Keys and values in the order in which they were written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table(pub Vec<Entry>);

impl Table {
    /// The entry of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|entry| entry.key == key)
    }

    /// The entry of a key, to be changed.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Entry> {
        self.0.iter_mut().find(|entry| entry.key == key)
    }

    /// The text under `name`, by which the table is known in a list.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self.get("name")?.node.item {
            Item::Text(ref text) => Some(text),
            _ => None,
        }
    }

    /// Replaces or adds an entry.
    pub fn set(&mut self, entry: Entry) {
        match self.get_mut(&entry.key) {
            Some(old) => *old = entry,
            None => self.0.push(entry),
        }
    }

    /// Adds an entry unless its key is there.
    pub fn set_missing(&mut self, entry: Entry) {
        if self.get(&entry.key).is_none() {
            self.0.push(entry);
        }
    }
}

/// Whether two nodes hold the same, wherever they were written.
#[must_use]
pub fn same(one: &Node, other: &Node) -> bool {
    match (&one.item, &other.item) {
        (Item::List(one), Item::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Item::Table(Table(one)), Item::Table(Table(other))) => {
            let alike = |(one, other): (&Entry, &Entry)| one.key == other.key && same(&one.node, &other.node);
            one.len() == other.len() && one.iter().zip(other).all(alike)
        }
        (one, other) => one == other,
    }
}

impl Node {
    /// The table that this is.
    #[must_use]
    pub fn table(&self) -> Option<&Table> {
        match &self.item {
            Item::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The text that this is.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.item {
            Item::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What this is, in words.
    #[must_use]
    pub fn describe(&self) -> String {
        match &self.item {
            Item::Flag(flag) => format!("{flag}"),
            Item::Number(number) => format!("the number {number}"),
            Item::Text(text) if text.chars().count() <= 40 => format!("the text \"{text}\""),
            Item::Text(_) => "a long text".to_owned(),
            Item::Other(what) => (*what).to_owned(),
            Item::List(_) => "a list".to_owned(),
            Item::Table(_) => "a table".to_owned(),
        }
    }
}
