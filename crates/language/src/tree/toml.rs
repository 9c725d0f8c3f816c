//! TOML to tree, going on after syntax errors so that all of them are reported at once.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use toml_parser::Source;
use toml_parser::lexer::TokenKind;

use super::{Entry, Item, Node, Table, bare};
use crate::characters::{lone_return, plain_toml, with_line_feeds};
use crate::limits::{DEEPEST, PIECES, TEXT};
use crate::place::{Lines, Origin, Place};
use crate::problem::{Found, Problem, SYNTAX, Severity, UNREADABLE};
use crate::within::within;
use engine::units::thousands;

/// So many syntax errors, and more than every second line, are of a file that is no TOML at all.
const STRANGE: usize = 10;

/// Reads a TOML document, with every syntax error; of a file of another kind, one. What is beyond the limits is left out.
#[must_use]
pub fn from_toml(text: &str, origin: &Arc<Origin>) -> (Table, Found) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let fed = with_line_feeds(text);
    let mut found = Found::default();
    let lines = Lines::new(&fed, Arc::clone(origin));
    if let Some(at) = lone_return(text) {
        let what = "the line ends with a carriage return alone, as on an old Mac".to_owned();
        found.push(problem(&lines, at, what, "Save the file with the line ends of Windows or Unix"));
    }
    let (plain, odd) = plain_toml(&fed, &lines);
    found.append(odd);
    let lines = Lines::new(&plain, Arc::clone(origin));
    let text = plain.as_str();
    let (document, errors) = match parsed(text, found.is_empty()) {
        Ok(parsed) => parsed,
        Err((offset, what, remedy)) => {
            let key = if offset > 0 { bare::key_at(text, offset) } else { String::new() };
            let refused = Problem { key, ..problem(&lines, offset, what, &remedy) };
            return (Table::default(), vec![refused].into());
        }
    };
    // What else is wrong in a line with an odd character is mostly its echo.
    let mut told: HashSet<usize> = found.kept().iter().map(|problem| problem.place.line).collect();
    for error in &errors {
        if found.is_full() {
            found.count(1);
            continue;
        }
        let problem = syntax_problem(text, &lines, error);
        // Of a value whose meaning is clear, the reader of TOML has several things to say.
        let is_clear = problem.what.starts_with(UNREADABLE);
        if !told.contains(&problem.place.line) {
            told.extend(is_clear.then_some(problem.place.line));
            found.push(problem);
        }
    }
    let mut table = table(document.get_ref(), &lines);
    within(&mut table, "", &mut found);
    (table, found)
}

/// Why a text is not read: where, what, what would be right.
type Refusal = (usize, String, String);

/// What the reader of TOML makes of a text, unless it is beyond the limits or of another kind.
fn parsed(text: &str, is_plain: bool) -> Result<(Spanned<DeTable<'_>>, Vec<Error>), Refusal> {
    beyond(text)?;
    if let Some(offset) = nests_too_deep(text) {
        let what = format!("keys nest deeper than {DEEPEST} levels");
        return Err((offset, what, "A scenario never needs more than 8".to_owned()));
    }
    if text.trim_start().starts_with('{') {
        let what = format!("{SYNTAX}it looks like JSON");
        let remedy = "A scenario is written in TOML; the JSON that `check --resolved` prints is for programs to read";
        return Err((0, what, remedy.to_owned()));
    }
    let (document, errors) = DeTable::parse_recoverable(text);
    let written = text.lines().filter(|line| !line.trim().is_empty()).count();
    if is_plain && errors.len() >= STRANGE && 2 * errors.len() > written && !bare::is_clear(text, &errors) {
        let what = format!("{SYNTAX}{} of its {written} lines are wrong", errors.len().min(written));
        let remedy = "Is it another kind of file? `alliance new` writes a scenario to start from";
        return Err((0, what, remedy.to_owned()));
    }
    Ok((document, errors))
}

/// Refuses a text of more pieces than any scenario has, or with a longer text, before it is taken apart.
fn beyond(text: &str) -> Result<(), Refusal> {
    let mut pieces = 0;
    for token in Source::new(text).lex() {
        let span = token.span();
        if !matches!(token.kind(), TokenKind::Whitespace | TokenKind::Comment) {
            pieces += 1;
        }
        if pieces > PIECES {
            let what = format!("the file holds more than {} words, numbers and marks", thousands(PIECES as u64));
            return Err((span.start(), what, "A scenario needs some thousands".to_owned()));
        }
        // No character takes more than four bytes.
        if span.len() > TEXT
            && text.get(span.start()..span.end()).is_some_and(|piece| piece.chars().nth(TEXT).is_some())
        {
            let what = match token.kind() {
                TokenKind::Comment => "a comment is too long",
                TokenKind::Whitespace => "a row of blanks is too long",
                TokenKind::Atom => "a word is too long",
                _ => "a text is too long",
            };
            let remedy = format!("At most {} characters are read", thousands(TEXT as u64));
            return Err((span.start(), what.to_owned(), remedy));
        }
    }
    Ok(())
}

/// Reads the right-hand side of `--set`: any TOML value.
///
/// # Errors
/// What the TOML reader says where the text is no value.
pub fn value_from_toml(text: &str, place: &Place) -> Result<Node, String> {
    let line = format!("value = {text}");
    if text.contains('\n') || nests_too_deep(&line).is_some() {
        return Err("is no single value".to_owned());
    }
    let document = DeTable::parse(&line).map_err(|error| error.message().to_owned())?;
    let lines = Lines::new(&line, Arc::clone(&place.origin));
    let Table(entries) = table(document.get_ref(), &lines);
    match <[Entry; 1]>::try_from(entries) {
        Ok([entry]) => Ok(at_one_place(entry.node, place)),
        Err(_) => Err("is no single value".to_owned()),
    }
}

/// Splits a dotted key, `alliance."Southern hub".slip`, into its names.
///
/// # Errors
/// What the TOML reader says where the text is no key.
pub fn key_path(text: &str) -> Result<Vec<String>, String> {
    let line = format!("{text} = 0");
    if text.contains(['\n', '=']) && !text.contains('"') && !text.contains('\'') || nests_too_deep(&line).is_some() {
        return Err("is no key".to_owned());
    }
    let document = DeTable::parse(&line).map_err(|error| error.message().to_owned())?;
    let lines = Lines::new(&line, Arc::new(Origin::Resolved));
    let mut names = Vec::new();
    let mut level = table(document.get_ref(), &lines);
    while let Some(entry) = level.0.pop() {
        names.push(entry.key);
        level = match entry.node.item {
            Item::Table(table) => table,
            _ => Table::default(),
        };
    }
    Ok(names)
}

fn at_one_place(mut node: Node, place: &Place) -> Node {
    node.at = place.clone();
    node.item = match node.item {
        Item::List(items) => Item::List(items.into_iter().map(|item| at_one_place(item, place)).collect()),
        Item::Table(Table(entries)) => Item::Table(Table(
            entries
                .into_iter()
                .map(|entry| Entry { at: place.clone(), node: at_one_place(entry.node, place), ..entry })
                .collect(),
        )),
        other => other,
    };
    node
}

fn table(source: &DeTable<'_>, lines: &Lines<'_>) -> Table {
    let mut entries: Vec<(Range<usize>, Entry)> = source
        .iter()
        .map(|(key, value)| {
            let at = lines.place(key.span().start);
            let name = key.get_ref().clone().into_owned();
            (key.span(), Entry { key: name, at: at.clone(), node: node(value, lines, Some(&at)) })
        })
        .collect();
    // The parser hands out keys in alphabetical order; people wrote them in another.
    entries.sort_by_key(|(span, _)| span.start);
    Table(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn node(value: &Spanned<DeValue<'_>>, lines: &Lines<'_>, key: Option<&Place>) -> Node {
    let own = lines.place(value.span().start);
    // A table made by a dotted key or a header has no text of its own: its key is the better place.
    let is_implied = matches!(value.get_ref(), DeValue::Table(_)) && value.span().is_empty();
    let at = key.filter(|_| is_implied).cloned().unwrap_or(own);
    let item = match value.get_ref() {
        DeValue::String(text) => Item::Text(text.clone().into_owned()),
        DeValue::Integer(integer) => Item::Number(
            i128::from_str_radix(integer.as_str(), integer.radix())
                .map_or_else(|_| integer.as_str().parse().unwrap_or(f64::INFINITY), |whole| whole as f64),
        ),
        DeValue::Float(float) => Item::Number(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(flag) => Item::Flag(*flag),
        DeValue::Datetime(_) => Item::Other("a date without quotes"),
        DeValue::Array(items) => Item::List(items.iter().map(|item| node(item, lines, None)).collect()),
        DeValue::Table(inner) => Item::Table(table(inner, lines)),
    };
    Node { at, item }
}

fn syntax_problem(text: &str, lines: &Lines<'_>, error: &Error) -> Problem {
    let offset = error.span().map_or(0, |span| span.start);
    if let Some(bare) = bare::meant(text, offset) {
        return Problem { key: bare.key, ..problem(lines, bare.offset, bare.what, &bare.remedy) };
    }
    let what = format!("{SYNTAX}{}", error.message().replace('\n', ", ").trim_end_matches('.'));
    problem(lines, offset, what, "Names and texts stand in double quotes, keys left of =, lists in [ ] with commas")
}

fn problem(lines: &Lines<'_>, offset: usize, what: String, remedy: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        place: lines.place(offset),
        key: String::new(),
        what,
        remedy: remedy.to_owned(),
    }
}

/// The offset at which a run of dotted keys exceeds [`DEEPEST`]; such a file would exhaust the stack.
fn nests_too_deep(text: &str) -> Option<usize> {
    let mut dots = 0;
    for (offset, byte) in text.bytes().enumerate() {
        match byte {
            b'.' => dots += 1,
            b'\n' | b'=' | b',' | b'[' | b'{' | b'#' => dots = 0,
            _ => {}
        }
        if dots > DEEPEST {
            return Some(offset);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Table, Vec<Problem>) {
        let (table, found) = from_toml(text, &Arc::new(Origin::File("x.toml".into())));
        (table, found.kept().to_vec())
    }

    #[test]
    fn keys_keep_the_order_in_which_they_were_written() {
        let (table, problems) = read("zebra = 1\nant = 2\n");
        assert!(problems.is_empty());
        assert_eq!(table.0.iter().map(|entry| entry.key.as_str()).collect::<Vec<_>>(), ["zebra", "ant"]);
    }

    #[test]
    fn two_syntax_errors_are_both_reported() {
        let (_, problems) = read("a = \nb = 1\nc = \"x\nd = 2\n");
        assert!(problems.iter().any(|problem| problem.place.line == 1), "{problems:?}");
        assert!(problems.iter().any(|problem| problem.place.line == 3), "{problems:?}");
    }

    #[test]
    fn json_is_one_problem_and_not_one_a_line() {
        let (_, problems) = read("{\n  \"format\": 1,\n  \"title\": \"x\"\n}\n");
        assert_eq!(problems.len(), 1);
        assert!(problems[0].to_string().contains("TOML"), "{}", problems[0]);
    }

    #[test]
    fn a_hundred_thousand_nested_keys_are_refused_and_do_not_exhaust_the_stack() {
        let (_, problems) = read(&format!("{}a = 1", "a.".repeat(100_000)));
        assert_eq!(problems.len(), 1);
        let (_, problems) = read(&format!("a = {}", "[".repeat(100_000)));
        assert!(!problems.is_empty());
    }

    #[test]
    fn a_key_path_is_split_at_dots_outside_quotes() {
        assert_eq!(key_path("alliance.\"A. b\".slip").expect("a key"), ["alliance", "A. b", "slip"]);
        assert!(key_path("force.Devon & Cornwall.reserves").is_err());
    }
}
