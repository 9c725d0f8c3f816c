//! What stands under an address: a table of keys, or a value of some kind; what people are told of it.

use crate::describe::{Default, KeyDoc, Kind, range};
use crate::reader::{PROVENANCE, Range};
use crate::tree::is_number_key;

/// What an address leads to.
#[derive(Debug)]
pub enum Found<'a> {
    /// A table, or one of a list, with these keys.
    Table,
    /// A key that holds a value.
    Value(&'a KeyDoc),
    /// A part of a value, such as the parameter of a distribution, of this kind.
    Part(Kind),
    /// No key of the language.
    Unknown,
}

/// Finds an address among the keys of a table.
pub fn find<'a>(keys: &'a [KeyDoc], names: &[String]) -> Found<'a> {
    match names {
        [] => Found::Table,
        [first] if PROVENANCE.contains(&first.as_str()) => Found::Part(Kind::Text),
        [first, rest @ ..] => keys.iter().find(|key| key.name == first).map_or(Found::Unknown, |key| under(key, rest)),
    }
}

fn under<'a>(key: &'a KeyDoc, rest: &[String]) -> Found<'a> {
    match (&key.kind, rest) {
        (Kind::Table(keys), _) => find(keys, rest),
        (Kind::Tables(keys), [_, rest @ ..]) => find(keys, rest),
        (Kind::Map(inner), [_, rest @ ..]) => under(inner, rest),
        (_, []) => Found::Value(key),
        (Kind::Either(kinds), [first, below @ ..]) if !is_number_key(first) => {
            let map = kinds.iter().find_map(|kind| if let Kind::Map(inner) = kind { Some(inner) } else { None });
            map.map_or(Found::Unknown, |inner| under(inner, below))
        }
        (_, [.., last]) => Found::Part(part(last)),
    }
}

/// The kind of a part of an uncertain number.
fn part(name: &str) -> Kind {
    match name {
        "file" | "column" => Kind::Text,
        "values" | "weights" => Kind::List(Box::new(Kind::Plain(Range::ANY))),
        _ if PROVENANCE.contains(&name) => Kind::Text,
        _ => Kind::Plain(Range::ANY),
    }
}

/// What a key means, which numbers it takes, and what holds where it is left out.
pub fn meaning(key: &KeyDoc) -> String {
    let range = range(&key.kind);
    let range = if range.is_empty() || range == "any number" { String::new() } else { format!(" Range: {range}.") };
    let default = match key.default {
        Default::Required | Default::None => String::new(),
        Default::Number(value) => format!(" Default: {value}."),
        Default::Word(word) => format!(" Default: {word}."),
    };
    format!("{}{range}{default}", key.doc)
}
