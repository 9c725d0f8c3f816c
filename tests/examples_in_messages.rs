//! Every example in a message works when it is typed: those that the corpus of bad scenarios is given are put where the problem stands,
//! and the problem is gone.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use language::{Axis, Origin, Override, Problem, load};

/// What is to be typed.
#[derive(Debug, Clone, PartialEq)]
enum Example {
    /// A value as it stands.
    Value(String),
    /// A name, or a key.
    Name(String),
}

/// The text between the double quotes with which another begins.
fn quoted(text: &str) -> Option<&str> {
    text.strip_prefix('"')?.split('"').next()
}

/// The examples of a remedy: `Write X, or Y if …`, `Did you mean "X"?`.
fn examples(remedy: &str) -> Vec<Example> {
    if let Some(name) = remedy.strip_prefix("Did you mean ").and_then(quoted) {
        return vec![Example::Name(name.to_owned())];
    }
    if let Some((_, meant)) = remedy.rsplit_once(" is meant, write ") {
        return vec![Example::Value(meant.to_owned())];
    }
    let Some(written) = remedy.strip_prefix("Write ") else { return Vec::new() };
    // A whole value; of a word or a table, each.
    if let Some(text) = written.strip_prefix("for example ") {
        let word = text.strip_prefix('"').and_then(|rest| rest.split_once("\", or "));
        return match word {
            Some((word, table)) => vec![Example::Value(format!("\"{word}\"")), Example::Value(table.to_owned())],
            None => vec![Example::Value(text.to_owned())],
        };
    }
    if let Some(text) = written.strip_prefix("a number such as ") {
        let each = text.split(", or a distribution such as ");
        return each.map(|value| Example::Value(value.to_owned())).collect();
    }
    if let Some(text) = quoted(written) {
        return vec![Example::Value(format!("\"{text}\""))];
    }
    let first = |text: &str| text.split([',', ':', ' ']).next().unwrap_or_default().to_owned();
    let is_value = |text: &String| text.parse::<f64>().is_ok() || ["true", "false"].contains(&text.as_str());
    let second = written.split_once(", or ").map(|(_, rest)| first(rest));
    let all = std::iter::once(first(written)).chain(second);
    all.filter(is_value).map(Example::Value).collect()
}

/// The piece of a line that begins at a column, and what comes after it.
fn piece(line: &str, column: usize) -> Option<(String, String, String)> {
    let at = line.char_indices().map(|(at, _)| at).chain([line.len()]).nth(column.checked_sub(1)?)?;
    let (before, rest) = line.split_at(at);
    let end = match rest.chars().next()? {
        '"' => rest.get(1..)?.find('"')? + 2,
        _ if before.is_empty() && rest.contains('=') => rest.find(['.', ' ', '='])?,
        _ if before.trim_end().ends_with(['{', ',']) && rest.contains('=') => rest.find(['.', ' ', '='])?,
        _ => {
            // A number of its own line may hold commas, one in a list does not.
            let inner = before.contains(['[', '{']);
            rest.find(|mark| "]}#\n".contains(mark) || inner && mark == ',').unwrap_or(rest.len())
        }
    };
    Some((before.to_owned(), rest.get(..end)?.to_owned(), rest.get(end..)?.to_owned()))
}

/// The text of a file with an example in the place of what stands at a line and column.
fn typed(text: &str, (line, column): (usize, usize), example: &Example, is_csv: bool) -> Option<String> {
    let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
    let own = lines.get_mut(line.checked_sub(1)?)?;
    let (before, old, after) = piece(own, column)?;
    let (old, after) = match old.split_once(',') {
        Some((cell, rest)) if is_csv && !old.starts_with('"') => (cell.to_owned(), format!(",{rest}{after}")),
        _ => (old, after),
    };
    let plain = |name: &str| name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let new = match example {
        Example::Value(value) if is_csv => value.trim_matches('"').to_owned(),
        Example::Value(value) => value.clone(),
        Example::Name(name) if old.starts_with('"') || !plain(name) => format!("\"{name}\""),
        Example::Name(name) => name.clone(),
    };
    *own = format!("{before}{new}{after}");
    Some(lines.join("\n"))
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("made");
    for entry in from.read_dir().expect("there") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() { copy(&path, &target) } else { std::fs::copy(&path, &target).map(drop).expect("copied") }
    }
}

fn problems(file: &Path) -> Vec<Problem> {
    load(file, &[]).map_or_else(|problems| problems.list().to_vec(), |loaded| loaded.worth_a_look)
}

/// What tells one problem from another.
fn mark(problem: &Problem) -> (PathBuf, usize, String, String) {
    let file = match &*problem.place.origin {
        Origin::File(file) => file.clone(),
        _ => PathBuf::new(),
    };
    (file, problem.place.line, problem.key.clone(), problem.what.clone())
}

#[test]
fn what_a_message_says_to_write_is_right_where_it_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["bad", "odd", "good"] {
        copy(&Path::new("tests").join(name), &folder.path().join(name));
    }
    let mut tried = BTreeSet::new();
    let mut faults = Vec::new();
    for entry in folder.path().join("bad").read_dir().expect("there") {
        let file = entry.expect("an entry").path();
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        for problem in problems(&file) {
            let (other, line, ..) = mark(&problem);
            let Ok(text) = std::fs::read_to_string(&other) else { continue };
            let is_csv = other.extension().is_some_and(|extension| extension == "csv");
            for example in examples(&problem.remedy) {
                let Some(new) = typed(&text, (line, problem.place.column), &example, is_csv) else { continue };
                std::fs::write(&other, &new).expect("written");
                if problems(&file).iter().any(|left| mark(left) == mark(&problem)) {
                    let own = new.lines().nth(line - 1).unwrap_or_default();
                    faults.push(format!("{problem}\n    typed: {own}"));
                }
                std::fs::write(&other, &text).expect("written");
                tried.insert(format!("{problem} {example:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(tried.len() >= 40, "{}: {tried:#?}", tried.len());
}

#[test]
fn examples_of_changes_and_sweeps_work() {
    for text in ["no equals sign", "force.Devon & Cornwall.reserves=10"] {
        let told = Override::parse(text).expect_err("no change").to_string();
        let example = told.lines().next().and_then(|line| line.split("such as ").nth(1)).expect("an example");
        assert!(Override::parse(example.trim_end_matches('.')).is_ok(), "{told}");
    }
    let told = Axis::parse("x").expect_err("no sweep");
    let (_, both) = told.split_once("such as ").expect("examples");
    for example in both.split(" or ") {
        assert!(Axis::parse(example).is_ok(), "{example}");
    }
}
