//! What the reader can say of each key: from it come the unknown-key check, the JSON Schema and the reference page.

mod markdown;
mod schema;

pub use markdown::{format_markdown, range};
pub use schema::schema;

use super::place::{Origin, Place};
use super::read;
use super::reader::{Context, Range, Reader};
use super::tree::Table;

/// Every key of a scenario, from reading one in which nothing is written.
#[must_use]
pub fn keys() -> Vec<KeyDoc> {
    let cx = Context::new(None, true);
    let table = Table::default();
    let mut reader = Reader::root(&cx, &table, Place::whole(Origin::Resolved));
    let _ = read::scenario(&mut reader, "");
    reader.finish().1
}

/// The keys of the tables under a key; none where it holds a value.
#[must_use]
pub fn below<'a>(keys: &'a [KeyDoc], name: &str) -> &'a [KeyDoc] {
    match keys.iter().find(|key| key.name == name).map(|key| &key.kind) {
        Some(Kind::Table(keys) | Kind::Tables(keys)) => keys,
        _ => &[],
    }
}

/// A key of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct KeyDoc {
    /// The key, or, in a table with free keys, what its keys name in angle brackets.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// What holds where it is left out.
    pub default: Default,
    /// Unit, for people.
    pub unit: &'static str,
    /// Its meaning, for people.
    pub doc: &'static str,
}

/// What a key holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// An uncertain number.
    Number(Range),
    /// A known number with its source.
    Fact(Range),
    /// A plain number.
    Plain(Range),
    /// A whole number of at least this.
    Whole(u32, u32),
    /// Yes or no.
    Flag,
    /// A text.
    Text,
    /// One of these words.
    Choice(Vec<&'static str>),
    /// `2015/16`.
    Year,
    /// `2016-04`.
    Month,
    /// A list of these.
    List(Box<Kind>),
    /// A table with these keys.
    Table(Vec<KeyDoc>),
    /// A list of tables with these keys.
    Tables(Vec<KeyDoc>),
    /// A table whose keys are names.
    Map(Box<KeyDoc>),
    /// One of these.
    Either(Vec<Kind>),
}

impl Kind {
    /// A value of this kind, as it may stand behind `key = `.
    #[must_use]
    pub fn example(&self) -> String {
        let number = |range: &Range| {
            let all = [1.0, 0.5, 2.0, range.high, range.low];
            all.into_iter().find(|value| value.is_finite() && range.holds(*value)).unwrap_or(1.0).to_string()
        };
        match self {
            Self::Number(range) | Self::Plain(range) => number(range),
            Self::Fact(range) => format!("{{ value = {}, source = \"…\" }}", number(range)),
            Self::Whole(low, high) => 10.clamp(*low, *high).to_string(),
            Self::Flag => "true".to_owned(),
            Self::Text => "\"…\"".to_owned(),
            Self::Choice(words) => format!("\"{}\"", words.first().copied().unwrap_or("…")),
            Self::Year => "\"2026/27\"".to_owned(),
            Self::Month => "\"2026-04\"".to_owned(),
            Self::List(kind) => format!("[{}]", kind.example()),
            Self::Either(kinds) => kinds.first().map_or_else(|| "\"…\"".to_owned(), Self::example),
            Self::Tables(_) => "[]".to_owned(),
            Self::Table(keys) => {
                let needed = keys.iter().filter(|key| key.default == Default::Required);
                let each: Vec<String> = needed.map(|key| format!("{} = {}", key.name, key.kind.example())).collect();
                format!("{{ {} }}", each.join(", "))
            }
            Self::Map(key) => format!("{{ \"…\" = {} }}", key.kind.example()),
        }
    }
}

/// What holds where a key is left out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Default {
    /// It must be written.
    Required,
    /// Nothing.
    None,
    /// A number.
    Number(f64),
    /// A word, or how the value is found.
    Word(&'static str),
}
