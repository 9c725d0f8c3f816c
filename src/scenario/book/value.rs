//! What a cell holds, by the kind of its key.

use super::BETWEEN;
use super::cells::Written;
use crate::scenario::describe::Kind;
use crate::scenario::place::Place;
use crate::scenario::tree::{Item, Node};

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
        Written::Month(year, month) => Item::Text(format!("{year:04}-{month:02}")),
        Written::Text(text) if is_text => Item::Text(text.clone()),
        Written::Text(text) => match text.to_lowercase().as_str() {
            "yes" | "true" => Item::Flag(true),
            "no" | "false" => Item::Flag(false),
            _ => text.parse().map_or_else(|_| Item::Text(text.clone()), Item::Number),
        },
    }
}

/// The number that a text such as `£200m`, `55%` or `1,000,000` means.
pub fn as_number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|letter| !['£', ',', ' '].contains(letter)).collect();
    if let Some(share) = plain.strip_suffix('%') {
        // Hundredths by moving the point: 7 % is 0.07 and not 0.07000000000000001.
        return format!("{}e-2", share.parse::<f64>().ok()?).parse().ok();
    }
    plain.strip_suffix('m').unwrap_or(&plain).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::as_number;

    #[test]
    fn what_people_write_for_a_number_is_understood() {
        let meant = ["£200m", "7%", "1,000,000", "-3", "x"].map(as_number);
        assert_eq!(meant, [Some(200.0), Some(0.07), Some(1_000_000.0), Some(-3.0), None]);
    }
}
