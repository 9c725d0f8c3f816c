//! Tree to TOML, as a person would lay it out: what is short in one line, what is long under a header of its own.

use super::{Entry, Item, Node, Table};
use engine::uncertainty::quote_key;

/// A table with a longer line stands under a header.
const LONGEST: usize = 110;

/// A whole document.
#[must_use]
pub fn to_toml(table: &Table) -> String {
    let mut out = String::new();
    write(table, "", &mut out);
    out
}

/// A value in one line.
#[must_use]
pub fn value_to_toml(node: &Node) -> String {
    match &node.item {
        Item::Flag(flag) => flag.to_string(),
        Item::Number(number) => number_to_toml(*number),
        Item::Text(text) => text_to_toml(text),
        Item::Other(_) => "\"\"".to_owned(),
        Item::List(items) => format!("[{}]", items.iter().map(value_to_toml).collect::<Vec<_>>().join(", ")),
        Item::Table(Table(entries)) if entries.is_empty() => "{}".to_owned(),
        Item::Table(Table(entries)) => {
            format!("{{ {} }}", entries.iter().map(assignment).collect::<Vec<_>>().join(", "))
        }
    }
}

fn assignment(entry: &Entry) -> String {
    format!("{} = {}", quote_key(&entry.key), value_to_toml(&entry.node))
}

/// A number.
#[must_use]
pub fn number_to_toml(number: f64) -> String {
    // The shortest digits that read back as the same number; whole ones without a point, unless they are too large for TOML's.
    match number {
        _ if number.is_nan() => "nan".to_owned(),
        _ if number.is_finite() && number.abs() >= 1e15 => format!("{number:e}"),
        _ if number != 0.0 && number.abs() < 1e-15 => format!("{number:e}"),
        _ => number.to_string(),
    }
}

/// A text as TOML, in double quotes.
#[must_use]
pub fn text_to_toml(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => out.extend(['\\', letter]),
            '\n' => out.push_str("\\n"),
            _ if letter.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out + "\""
}

/// Lines of values first, then what has a header: TOML reads the former as belonging to the header above.
fn write(table: &Table, path: &str, out: &mut String) {
    let (headed, plain): (Vec<&Entry>, Vec<&Entry>) = table.0.iter().partition(|entry| has_header(entry));
    for entry in plain {
        out.push_str(&assignment(entry));
        out.push('\n');
    }
    for entry in headed {
        let key = quote_key(&entry.key);
        let here = if path.is_empty() { key } else { format!("{path}.{key}") };
        match &entry.node.item {
            Item::Table(inner) => {
                // A table of tables alone needs no header of its own.
                if inner.0.is_empty() || !inner.0.iter().all(has_header) {
                    out.push_str(&format!("\n[{here}]\n"));
                }
                write(inner, &here, out);
            }
            Item::List(items) => {
                for inner in items.iter().filter_map(Node::table) {
                    out.push_str(&format!("\n[[{here}]]\n"));
                    write(inner, &here, out);
                }
            }
            _ => {}
        }
    }
}

fn has_header(entry: &Entry) -> bool {
    match &entry.node.item {
        Item::Table(table) => table.0.iter().any(has_header) || assignment(entry).chars().count() > LONGEST,
        Item::List(items) => {
            let all_tables = !items.is_empty() && items.iter().all(|item| item.table().is_some());
            let named = items.iter().any(|item| item.table().is_some_and(|table| table.name().is_some()));
            all_tables && (named || assignment(entry).chars().count() > LONGEST)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{from_toml, value_from_toml};
    use super::*;
    use crate::place::{Origin, Place};

    /// What a tree holds, without places.
    fn plain(node: &Node) -> String {
        match &node.item {
            Item::Table(Table(entries)) => {
                let mut all: Vec<_> = entries.iter().map(|e| format!("{:?}: {}", e.key, plain(&e.node))).collect();
                all.sort();
                format!("{{{}}}", all.join(", "))
            }
            Item::List(items) => format!("[{}]", items.iter().map(plain).collect::<Vec<_>>().join(", ")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn what_is_written_reads_back_the_same() {
        let text = r#"
            title = "\"A\" \\ B\nC"
            years = 12
            rate = 1e-7
            yes = true
            [economy]
            limit = { pounds = { discrete = { values = [0, 10.5], weights = [1, 2] }, source = "a long source, so long that it has no room in a line of a hundred and ten letters" } }
            [[alliance]]
            name = "A. B"
            [[alliance.area]]
            name = "Legal"
            cost = { "Devon & Cornwall" = 1, Dorset = 2 }
            [alliance.exit]
            base = 0.1
            [[alliance]]
            name = "C"
        "#;
        let origin = Arc::new(Origin::Resolved);
        let (first, problems) = from_toml(text, &origin);
        assert!(problems.is_empty(), "{problems:?}");
        let written = to_toml(&first);
        let (second, problems) = from_toml(&written, &origin);
        assert!(problems.is_empty(), "{problems:?}\n{written}");
        let node = |table: Table| Node { at: Place::whole(Origin::Resolved), item: Item::Table(table) };
        assert_eq!(plain(&node(first)), plain(&node(second)), "{written}");
        assert!(written.contains("[[alliance.area]]\n") && written.contains("[economy.limit.pounds]"), "{written}");
    }

    #[test]
    fn every_letter_and_number_survives() {
        let place = Place::whole(Origin::Resolved);
        for item in [
            Item::Text("\u{7f}\t\u{1}\"\\ £ ü 😀".to_owned()),
            Item::Number(1.0 / 3.0),
            Item::Number(1e300),
            Item::Number(-0.0),
            Item::Number(f64::NEG_INFINITY),
        ] {
            let node = Node { at: place.clone(), item };
            let back = value_from_toml(&value_to_toml(&node), &place).expect("valid");
            assert_eq!(back, node);
        }
    }
}
