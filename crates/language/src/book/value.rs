//! What a cell holds, by the kind of its key.

use super::BETWEEN;
use super::cells::Written;
use crate::describe::Kind;
use crate::place::Place;
use crate::tree::{Item, Node};

/// A value of a kind; lists have semicolons between their parts.
pub fn of_kind(kind: Option<&Kind>, written: &Written, at: &Place) -> Node {
    let list = |inner: &Kind, text: &str| {
        let part = |text: &str| of_kind(Some(inner), &Written::Text(text.trim().to_owned()), at);
        Item::List(text.split(BETWEEN).filter(|text| !text.trim().is_empty()).map(part).collect())
    };
    let item = match (kind, written) {
        (Some(Kind::List(inner)), Written::Text(text)) => list(inner, text),
        (Some(Kind::List(inner)), written) => Item::List(vec![of_kind(Some(inner), written, at)]),
        (Some(Kind::Either(kinds)), Written::Text(text)) => {
            let inner = kinds.iter().find_map(|kind| if let Kind::List(inner) = kind { Some(inner) } else { None });
            let is_word =
                kinds.iter().any(|kind| matches!(kind, Kind::Choice(words) if words.contains(&text.as_str())));
            match inner {
                Some(inner) if !is_word && (text.contains(BETWEEN) || text.parse::<f64>().is_err()) => {
                    list(inner, text)
                }
                _ => item(None, written),
            }
        }
        (kind, written) => item(kind, written),
    };
    Node { at: at.clone(), item }
}

/// A single value.
pub fn item(kind: Option<&Kind>, written: &Written) -> Item {
    let is_text = matches!(kind, Some(Kind::Text | Kind::Choice(_) | Kind::Year | Kind::Month));
    match written {
        Written::Number(number) if is_text => Item::Text(number.to_string()),
        Written::Number(number) => Item::Number(*number),
        Written::Flag(flag) => Item::Flag(*flag),
        Written::Date(..) => Item::Text(written.text()),
        Written::Quoted(text) => Item::Text(text.clone()),
        Written::Text(text) if is_text => Item::Text(text.clone()),
        Written::Text(text) => match text.to_lowercase().as_str() {
            "yes" | "true" => Item::Flag(true),
            "no" | "false" => Item::Flag(false),
            _ => text.parse().map_or_else(|_| Item::Text(text.clone()), Item::Number),
        },
    }
}
