//! What was meant by a value that TOML cannot read because it stands bare: £20m, 20%, 1,2, 2015/16, a text without quotes.

use ::toml::de::Error;

use super::write::text_to_toml;
use super::{key_path, value_from_toml};
use crate::describe::{KeyDoc, Kind, below, keys};
use crate::place::{Origin, Place};
use crate::problem::UNREADABLE;
use crate::quotes::outside;
use crate::reader::{join, meant};

/// A value of which it is clear what was meant.
pub struct Bare {
    /// Its key's path, as far as it is known.
    pub key: String,
    /// Where it begins.
    pub offset: usize,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub remedy: String,
}

/// No longer value is told.
const LONGEST: usize = 100;

/// How far back the header above a line is looked for, in bytes.
const FAR: usize = 100_000;

/// Whether it is clear of most of the first errors what was meant.
pub fn is_clear(text: &str, errors: &[Error]) -> bool {
    let first = errors.iter().take(10);
    let clear = first.filter(|error| meant(text, error.span().map_or(0, |span| span.start)).is_some()).count();
    2 * clear >= errors.len().min(10)
}

/// What was meant by the value that stands, bare, about an offset.
pub fn meant(text: &str, offset: usize) -> Option<Bare> {
    let offset = text.floor_char_boundary(offset.min(text.len()));
    let (start, line) = line(text, offset);
    let (written, value) = assignment(line)?;
    let names = key_path(written.trim()).ok()?;
    let value_start = start + written.len() + 1;
    let within = offset.saturating_sub(value_start).min(value.len());
    let (from, piece) = if value.trim_start().starts_with(['[', '{']) { piece(value, within) } else { (0, value) };
    let at = value_start + from + (piece.len() - piece.trim_start().len());
    let piece = piece.trim();
    let (path, keys) = above(text, start);
    let key =
        path.iter().chain(&names).fold(String::new(), |path, name| join(&path, &engine::uncertainty::quote_key(name)));
    if piece.is_empty() && from == 0 {
        let what = format!("{UNREADABLE}nothing stands after =");
        return Some(Bare { key, offset: at, what, remedy: "Write a value, or delete the line".to_owned() });
    }
    let is_odd =
        piece.is_empty() || piece.chars().count() > LONGEST || piece.contains(['"', '\'', '\\', '=', '[', '{']);
    if is_odd || value_from_toml(piece, &Place::whole(Origin::Resolved)).is_ok() {
        return None;
    }
    let doc = names.first().and_then(|name| keys.iter().find(|key| key.name == name));
    let (what, remedy) = judge(piece, doc)?;
    Some(Bare { key, offset: at, what: format!("{UNREADABLE}{what}"), remedy })
}

/// The path of the key in whose value an offset stands, as far as it is known.
pub fn key_at(text: &str, offset: usize) -> String {
    let (start, line) = line(text, text.floor_char_boundary(offset.min(text.len())));
    let own = assignment(line).and_then(|(written, _)| key_path(written.trim()).ok()).unwrap_or_default();
    let (path, _) = above(text, start);
    path.iter().chain(&own).fold(String::new(), |path, name| join(&path, &engine::uncertainty::quote_key(name)))
}

/// What is wrong with a bare value, and what would be right.
fn judge(piece: &str, doc: Option<&KeyDoc>) -> Option<(String, String)> {
    let kind = doc.map(|doc| &doc.kind);
    let quoted = |remedy: Option<String>| remedy.map(|remedy| (format!("{piece} stands without quotes"), remedy));
    match kind {
        Some(Kind::Year) => return quoted(meant::year(piece)),
        Some(Kind::Month) => return quoted(meant::month(piece)),
        _ => {}
    }
    let flag = match piece.to_lowercase().as_str() {
        "yes" | "true" => Some("Write true"),
        "no" | "false" => Some("Write false"),
        _ => None,
    };
    if let Some(remedy) = flag {
        return Some((format!("{piece} is no word of this language"), remedy.to_owned()));
    }
    let is_date = piece.contains('/') || piece.chars().filter(|letter| *letter == '-').count() == 1;
    if is_date && piece.starts_with(|first: char| first.is_ascii_digit()) {
        return quoted(meant::year(piece).or_else(|| meant::month(piece)));
    }
    if let Some(remedy) = meant::number(piece, doc.map_or("", |doc| doc.unit)) {
        return Some((format!("{piece} is no number as it is written here"), remedy));
    }
    let is_number = matches!(kind, Some(Kind::Number(_) | Kind::Fact(_) | Kind::Plain(_) | Kind::Whole(..)));
    let is_words = piece.chars().all(|letter| letter.is_alphanumeric() || " &-'’.,():/".contains(letter))
        && piece.starts_with(char::is_alphabetic);
    match (is_words, is_number) {
        (true, true) => Some((format!("{piece} is no number"), "Write a number such as 0.05".to_owned())),
        (true, false) => Some((format!("{piece} is a text without quotes"), format!("Write {}", text_to_toml(piece)))),
        _ => None,
    }
}

/// The line in which an offset stands, and where it starts.
fn line(text: &str, offset: usize) -> (usize, &str) {
    let before = text.get(..offset).unwrap_or_default();
    // An error at the end of a line belongs to it.
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(start..).and_then(|rest| rest.find('\n')).map_or(text.len(), |at| start + at);
    (start, text.get(start..end).unwrap_or_default().trim_end_matches('\r'))
}

/// Key and value of a line, split at the first = outside quotes; a comment after the value is left out.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let outside = |text: &str, mark: char| outside(text, mark, &['"']);
    let at = outside(line, '=')?;
    let (key, value) = (line.get(..at)?, line.get(at + 1..)?);
    if key.trim_start().starts_with(['#', '[']) {
        return None;
    }
    Some((key, value.get(..outside(value, '#').unwrap_or(value.len()))?))
}

/// The piece of a list or table in one line that stands about an offset.
fn piece(value: &str, within: usize) -> (usize, &str) {
    let within = value.floor_char_boundary(within);
    let before = value.get(..within).unwrap_or_default();
    let from = before.rfind(['=', ',', '[', '{']).map_or(0, |at| at + 1);
    let rest = value.get(from..).unwrap_or_default();
    let length = rest.find([',', ']', '}']).unwrap_or(rest.len());
    (from, rest.get(..length).unwrap_or_default())
}

/// The names of the header above a line, and the keys that may stand there.
fn above(text: &str, start: usize) -> (Vec<String>, Vec<KeyDoc>) {
    let near = text.get(text.floor_char_boundary(start.saturating_sub(FAR))..start).unwrap_or_default();
    let header = near.rsplit('\n').find(|line| line.trim_start().starts_with('[')).unwrap_or_default();
    let written = header.split('#').next().unwrap_or_default();
    let names = key_path(written.trim().trim_matches(['[', ']'])).unwrap_or_default();
    let all = keys();
    let mut here: &[KeyDoc] = &all;
    for name in &names {
        here = below(here, name);
    }
    (names, here.to_vec())
}

#[cfg(test)]
mod tests {
    use super::super::from_toml;
    use super::*;
    use std::sync::Arc;

    fn told(text: &str) -> Vec<String> {
        let (_, found) = from_toml(text, &Arc::new(Origin::File("x.toml".into())));
        found.kept().iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_value_that_stands_bare_is_told_with_its_key_and_what_would_be_right() {
        let cases = [
            (
                "budget = £20m",
                10,
                "force.budget: this cannot be read: £20m is no number as it is written here. Write 20.",
            ),
            (
                "budget = £20,000,000 # a year",
                10,
                "force.budget: this cannot be read: £20,000,000 is no number as it is written here. Write 20.",
            ),
            (
                "grant_share = 20%",
                15,
                "force.grant_share: this cannot be read: 20% is no number as it is written here. Write 0.2.",
            ),
            (
                "opening_gap = 1,2",
                15,
                "force.opening_gap: this cannot be read: 1,2 is no number as it is written here. Write 1.2.",
            ),
            (
                "population = 120,000",
                14,
                "force.population: this cannot be read: 120,000 is no number as it is written here. Write 120000, or 120 if the comma is a decimal comma.",
            ),
            ("name = Dorset", 8, "force.name: this cannot be read: Dorset is a text without quotes. Write \"Dorset\"."),
            (
                "name = Devon & Cornwall",
                8,
                "force.name: this cannot be read: Devon & Cornwall is a text without quotes. Write \"Devon & Cornwall\".",
            ),
            (
                "band_d = ",
                10,
                "force.band_d: this cannot be read: nothing stands after =. Write a value, or delete the line.",
            ),
            (
                "uptake = { pert = { low = 10%, mode = 0.2, high = 0.3 } }",
                27,
                "force.uptake: this cannot be read: 10% is no number as it is written here. Write 0.1.",
            ),
        ];
        for (line, column, wanted) in cases {
            let told = told(&format!("format = 1\n[[force]]\n{line}\nreserves = 1\n"));
            assert_eq!(told, [format!("x.toml:3:{column}: {wanted}")], "{line}");
        }
    }

    #[test]
    fn years_months_and_flags_that_stand_bare_are_told() {
        assert_eq!(
            told("first_year = 2015/16\n"),
            ["x.toml:1:14: first_year: this cannot be read: 2015/16 stands without quotes. Write \"2015/16\"."]
        );
        let text = "[[alliance]]\nstart = April 2016\n[[alliance.area]]\nneeds_ict = Yes\n";
        assert_eq!(
            told(text),
            [
                "x.toml:2:9: alliance.start: this cannot be read: April 2016 stands without quotes. Write \"2016-04\".",
                "x.toml:4:13: alliance.area.needs_ict: this cannot be read: Yes is no word of this language. Write true."
            ]
        );
    }

    #[test]
    fn many_values_that_stand_bare_are_not_taken_for_a_file_of_another_kind() {
        let text: String = (0..20).map(|i| format!("a{i} = {i}%\n")).collect();
        assert_eq!(told(&text).len(), 20);
    }
}
