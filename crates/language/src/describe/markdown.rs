//! The reference page of the scenario language, from the reader's own description.

use std::fmt::Write as _;

use super::{Default, KeyDoc, Kind, keys};
use crate::template::template;

/// What the page says before the keys.
const OPENING: &str = include_str!("opening.md");

/// Every key with what it holds, its unit, default, range and meaning, as `docs/scenario-format.md`.
#[must_use]
pub fn format_markdown() -> String {
    let mut page = OPENING.to_owned();
    if let Some(example) = template("two-force") {
        // Writing to a String cannot fail.
        let _ = write!(page, "\n## An example\n\nWhat `alliance new two-force` writes.\n\n```toml\n{example}```\n");
    }
    section(&mut page, "The whole scenario", "", &keys(), "");
    page
}

/// One table of keys, then a section for each table within it.
fn section(page: &mut String, title: &str, meaning: &str, keys: &[KeyDoc], path: &str) {
    let _ = writeln!(page, "\n## {title}\n");
    if !meaning.is_empty() {
        let _ = writeln!(page, "{meaning}\n");
    }
    let (inner, own): (Vec<&KeyDoc>, Vec<&KeyDoc>) = keys.iter().partition(|doc| subsection(doc, path).is_some());
    if !own.is_empty() {
        page.push_str("| key | holds | unit | default | range | meaning |\n|---|---|---|---|---|---|\n");
    }
    for doc in own {
        let default = match doc.default {
            Default::Required => "**required**".to_owned(),
            Default::None => "none".to_owned(),
            Default::Number(value) => value.to_string(),
            Default::Word(word) => word.to_owned(),
        };
        let (holds, range) = (holds(&doc.kind), range(&doc.kind));
        let _ = writeln!(
            page,
            "| `{}` | {holds} | {} | {default} | {range} | {} |",
            doc.name,
            doc.unit,
            doc.doc.replace('|', "\\|")
        );
    }
    for (doc, (title, keys, path)) in inner.into_iter().filter_map(|doc| Some((doc, subsection(doc, path)?))) {
        section(page, &title, doc.doc, keys, &path);
    }
}

/// The title, keys and path of a table within a table.
fn subsection<'a>(doc: &'a KeyDoc, path: &str) -> Option<(String, &'a [KeyDoc], String)> {
    let here = if path.is_empty() { doc.name.to_owned() } else { format!("{path}.{}", doc.name) };
    match &doc.kind {
        Kind::Table(keys) => Some((format!("`[{here}]`"), keys, here)),
        Kind::Tables(keys) => Some((format!("`[[{here}]]`"), keys, here)),
        Kind::Map(inner) => match &inner.kind {
            Kind::Table(keys) => Some((format!("`[{here}.{}]`", inner.name), keys, here)),
            _ => None,
        },
        _ => None,
    }
}

fn holds(kind: &Kind) -> String {
    match kind {
        Kind::Number(_) => "number".to_owned(),
        Kind::Fact(_) => "fact".to_owned(),
        Kind::Plain(_) => "plain number".to_owned(),
        Kind::Whole(..) => "whole number".to_owned(),
        Kind::Flag => "true or false".to_owned(),
        Kind::Text => "text".to_owned(),
        Kind::Choice(words) => words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", "),
        Kind::Year => "year, `\"2015/16\"`".to_owned(),
        Kind::Month => "month, `\"2016-04\"`".to_owned(),
        Kind::List(item) => format!("list of {}", holds(item)),
        Kind::Table(_) => "table".to_owned(),
        Kind::Tables(_) => "list of tables".to_owned(),
        Kind::Map(inner) => format!("table by {} of {}", inner.name.trim_matches(['<', '>']), holds(&inner.kind)),
        Kind::Either(kinds) => kinds.iter().map(holds).collect::<Vec<_>>().join(" or "),
    }
}

/// The numbers that a kind takes; empty where it takes none.
pub fn range(kind: &Kind) -> String {
    match kind {
        Kind::Number(range) | Kind::Fact(range) | Kind::Plain(range) => range.to_string(),
        Kind::Whole(low, high) if low == high => low.to_string(),
        Kind::Whole(low, u32::MAX) => format!("at least {low}"),
        Kind::Whole(low, high) => format!("{low} to {high}"),
        Kind::List(inner) => range(inner),
        Kind::Map(inner) => range(&inner.kind),
        Kind::Either(kinds) => kinds.iter().map(range).find(|range| !range.is_empty()).unwrap_or_default(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_in_docs_is_what_the_reader_says() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/scenario-format.md");
        if std::env::var_os("WRITE_DOCS").is_some() {
            std::fs::write(path, format_markdown()).expect("docs/ can be written");
        }
        let page = std::fs::read_to_string(path).expect("docs/scenario-format.md is there");
        assert!(
            page == format_markdown(),
            "docs/scenario-format.md is out of date: run the tests once with WRITE_DOCS=1"
        );
    }

    #[test]
    fn the_page_gives_unit_default_and_range_of_a_key() {
        let page = format_markdown();
        assert!(
            page.contains("| `pay_share` | number | share | 0.75 | 0 to 1 | Share of spending that is pay. |"),
            "{page}"
        );
    }
}
