//! JSON to tree: a resolved scenario, as manifests keep it.

use serde_json::Value;

use super::{Entry, Item, Node, Table};
use crate::place::Place;

/// A JSON value as a node; every node stands at `place`.
#[must_use]
pub fn from_json(value: &Value, place: &Place) -> Node {
    let item = match value {
        Value::Null => Item::Other("a null"),
        Value::Bool(flag) => Item::Flag(*flag),
        Value::Number(number) => Item::Number(number.as_f64().unwrap_or(f64::NAN)),
        Value::String(text) => Item::Text(text.clone()),
        Value::Array(items) => Item::List(items.iter().map(|item| from_json(item, place)).collect()),
        Value::Object(map) => Item::Table(Table(
            map.iter()
                .map(|(key, value)| Entry { key: key.clone(), at: place.clone(), node: from_json(value, place) })
                .collect(),
        )),
    };
    Node { at: place.clone(), item }
}
