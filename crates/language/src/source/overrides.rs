//! `--set key=value`: overrides of any key on the command line.

use std::collections::HashSet;
use std::path::Path;

use super::Files;
use super::areas::expand_areas;
use crate::characters::{first, plain};
use crate::limits::CHANGES;
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Problems, Severity};
use crate::quotes::{BOTH, outside};
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table, key_path, merge, named_list, same, value_from_toml};
use engine::uncertainty::quote_key;

/// One `--set`: a key's path and its new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    names: Vec<String>,
    value: String,
    /// Where it is written, if not on the command line.
    at: Option<Place>,
    /// Changes of one turn are made together; those of a later turn may change again what an earlier one did.
    turn: usize,
}

impl Override {
    /// Reads `alliance."Strategic alliance".slip=1.2`; the right-hand side is TOML or a bare text.
    ///
    /// # Errors
    /// A problem where there is no `=` or the left-hand side is no key.
    pub fn parse(text: &str) -> Result<Self, Problems> {
        let problem = |what: String, remedy: &str| {
            let place = Place::whole(Origin::CommandLine(Path::new("").to_owned()));
            Problems::new(vec![Problem {
                severity: Severity::Error,
                place,
                key: text.to_owned(),
                what,
                remedy: remedy.to_owned(),
            }])
        };
        let Some((key, value)) = split(text) else {
            return Err(problem("has no =".to_owned(), "Write key=value, such as economy.pay_share=0.8"));
        };
        if let Some(odd) = first(key.trim()).filter(|_| key_path(key.trim()).is_err()) {
            return Err(problem(format!("\"{}\" holds {}", key.trim(), odd.name), odd.remedy));
        }
        let names = key_path(key.trim()).map_err(|_| {
            let what = format!("\"{}\" is not the path of a key", key.trim());
            problem(what, "Put names with blanks in double quotes, such as force.\"Devon & Cornwall\".reserves=10")
        })?;
        Ok(Self { names, value: value.trim().to_owned(), at: None, turn: 0 })
    }

    /// The path of its key, each name in quotes only where it needs them.
    #[must_use]
    pub fn key(&self) -> String {
        self.names.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".")
    }

    /// The same, written in a file.
    #[must_use]
    pub fn at(self, place: &Place) -> Self {
        Self { at: Some(place.clone()), ..self }
    }

    /// The same, made after others, whose keys it may set again.
    #[must_use]
    pub fn after(self, others: &[Self]) -> Self {
        let turn = others.iter().map(|other| other.turn + 1).max().unwrap_or_default();
        Self { turn, ..self }
    }

    /// Whether it sets an outermost key, or something within it.
    pub(crate) fn is_of(&self, key: &str) -> bool {
        self.names.first().is_some_and(|first| first == key)
    }

    /// Where it is written: on the command line unless a file is known, with the folder from which its relative paths start.
    fn place(&self, folder: &Path) -> Place {
        self.at.clone().unwrap_or_else(|| Place::whole(Origin::CommandLine(folder.to_owned())))
    }
}

/// Splits at the first `=` outside quotes.
fn split(text: &str) -> Option<(&str, &str)> {
    let at = outside(text, '=', &BOTH)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Lays overrides over a table; relative paths in them start from `folder`. What cannot be set is a problem, and what changes nothing is
/// worth a look; of two changes of one key that are made together the first would have no effect. Business areas from a file that an override names are laid over those that are there. Says whether every such file could be
/// read; without `files` none is.
pub fn apply(
    files: Option<&Files<'_>>,
    table: &mut Table,
    overrides: &[Override],
    folder: &Path,
    problems: &mut Found,
) -> bool {
    if let Some(beyond) = overrides.get(CHANGES) {
        let place = beyond.place(folder);
        let (what, remedy) = (
            format!("{} changes; at most {CHANGES} are taken", overrides.len()),
            "Write a file that extends the scenario",
        );
        problems.push(problem(place, &beyond.names, what, remedy));
        return true;
    }
    let (mut is_sound, mut seen) = (true, HashSet::new());
    for change in overrides {
        let place = change.place(folder);
        if !seen.insert((change.turn, &change.names)) {
            let what = "it is set twice, and the first change would have no effect".to_owned();
            problems.push(problem(place, &change.names, what, "Keep one of the two"));
            continue;
        }
        let bare = || Node { at: place.clone(), item: Item::Text(change.value.clone()) };
        let read = value_from_toml(&change.value, &place);
        if let (Err(_), Some(odd)) = (&read, first(&change.value))
            && value_from_toml(&plain(&change.value), &place).is_ok()
        {
            let what = format!("\"{}\" holds {}", change.value, odd.name);
            problems.push(problem(place, &change.names, what, odd.remedy));
            continue;
        }
        let value = read.unwrap_or_else(|_| bare());
        is_sound &= lay((files, table), change, value, &place, problems);
    }
    is_sound
}

/// Lays one override over a table; says whether every file that it names could be read.
fn lay(
    (files, table): (Option<&Files<'_>>, &mut Table),
    change: &Override,
    value: Node,
    place: &Place,
    problems: &mut Found,
) -> bool {
    let names = &change.names;
    if names.first().is_some_and(|name| name == "extends") {
        let what = "what a scenario extends is read before anything is set".to_owned();
        problems.push(problem(place.clone(), names, what, "Write a file with `extends` and the changes"));
        return true;
    }
    let before = at(table, names).cloned();
    let mut over = match layer(table, names, &[], value, place) {
        Ok(over) => over,
        Err(problem) => {
            problems.push(problem);
            return true;
        }
    };
    let is_sound = files.is_none_or(|files| expand_areas(files, &mut over, problems));
    merge(table, over);
    let is_so_already = match (&before, at(table, names)) {
        (Some(before), Some(after)) => same(before, after),
        (None, Some(after)) => is_empty(after),
        _ => false,
    };
    let what = "this changes nothing: it is so already".to_owned();
    if is_so_already {
        let told = problem(place.clone(), names, what, "Leave it out, or set another value");
        problems.push(Problem { severity: Severity::WorthALook, ..told });
    }
    is_sound
}

/// What stands under a path of keys and names.
fn at<'a>(table: &'a Table, names: &[String]) -> Option<&'a Node> {
    let (first, rest) = names.split_first()?;
    if let Some(list) = named_list(first)
        && let Some((name, rest)) = rest.split_first()
    {
        let Item::List(items) = &table.get(list)?.node.item else { return None };
        let thing = items.iter().find(|item| item.table().and_then(Table::name) == Some(name))?;
        return if rest.is_empty() { Some(thing) } else { at(thing.table()?, rest) };
    }
    let node = &table.get(first)?.node;
    if rest.is_empty() { Some(node) } else { at(node.table()?, rest) }
}

/// Whether a table or a list holds nothing, as if it were not there.
fn is_empty(node: &Node) -> bool {
    match &node.item {
        Item::Table(Table(entries)) => entries.is_empty(),
        Item::List(items) => items.is_empty(),
        _ => false,
    }
}

/// The path of a key as it is typed.
fn path(names: &[String]) -> String {
    names.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".")
}

/// A problem of an override.
fn problem(place: Place, names: &[String], what: String, remedy: &str) -> Problem {
    Problem { severity: Severity::Error, place, key: path(names), what, remedy: remedy.to_owned() }
}

/// The override as a table to be merged: names of things become entries of their lists.
fn layer(base: &Table, names: &[String], above: &[String], value: Node, place: &Place) -> Result<Table, Problem> {
    let Some((first, rest)) = names.split_first() else { return Ok(Table::default()) };
    let entry = |key: &str, node: Node| Table(vec![Entry { key: key.to_owned(), at: place.clone(), node }]);
    let mut path = above.to_vec();
    path.push(first.clone());
    if rest.is_empty() {
        return Ok(entry(first, value));
    }
    let empty = Table::default();
    if let Some(list) = named_list(first)
        && let Some((name, rest)) = rest.split_first()
    {
        let items: &[Node] = match base.get(list).map(|entry| &entry.node.item) {
            Some(Item::List(items)) => items,
            _ => &[],
        };
        let known: Vec<&str> = items.iter().filter_map(|item| item.table()?.name()).collect();
        let Some(thing) = items.iter().filter_map(Node::table).find(|table| table.name() == Some(name)) else {
            path.push(name.clone());
            let what = format!("there is no {list} called \"{name}\"");
            return Err(problem(place.clone(), &path, what, &suggest::remedy(name, &known)));
        };
        path.push(name.clone());
        let name = Node { at: place.clone(), item: Item::Text(name.clone()) };
        let mut inner = entry("name", name);
        inner.0.extend(if rest.is_empty() { whole(value, &path)? } else { layer(thing, rest, &path, value, place)? }.0);
        let item = Node { at: place.clone(), item: Item::Table(inner) };
        return Ok(entry(list, Node { at: place.clone(), item: Item::List(vec![item]) }));
    }
    let inner = base.get(first).and_then(|entry| entry.node.table()).unwrap_or(&empty);
    let inner = layer(inner, rest, &path, value, place)?;
    Ok(entry(first, Node { at: place.clone(), item: Item::Table(inner) }))
}

/// What is to be laid over a named thing as a whole: a table of its keys, or its removal.
fn whole(value: Node, path: &[String]) -> Result<Table, Problem> {
    let Node { at, item } = value;
    let Item::Table(table) = item else {
        let what = "this names a thing with keys of its own, not a value".to_owned();
        return Err(problem(at, path, what, "Set one of its keys, or write { key = value } or { remove = true }"));
    };
    if table.get("remove").is_some() && table.0.len() > 1 {
        let what = "what is removed has no other keys".to_owned();
        return Err(problem(at, path, what, "Write { remove = true } alone"));
    }
    Ok(table)
}

/// A problem of a resolved scenario with some changes, told where the last of them is written.
pub fn blamed(changes: &[Override], problem: &Problem) -> Problem {
    let Some(last) = changes.last().filter(|_| matches!(*problem.place.origin, Origin::Kept(_))) else {
        return problem.clone();
    };
    let written = |change: &Override| format!("{} = {}", path(&change.names), change.value);
    let with = changes.iter().map(written).collect::<Vec<_>>().join(" and ");
    let place = last.place(Path::new(""));
    Problem { place, what: format!("with {with}, {}", problem.what), ..problem.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_equals_sign_outside_quotes_splits_key_from_value() {
        let change = Override::parse("alliance.\"A=B\".share={ X = 1 }").expect("valid");
        assert_eq!(change.names, ["alliance", "A=B", "share"]);
        assert_eq!(change.value, "{ X = 1 }");
        // The spelling that messages give of a name with a quote in it.
        let change = Override::parse("force.\"F\\\"=0\".opening_gap=0.01").expect("valid");
        assert_eq!(change.names, ["force", "F\"=0", "opening_gap"]);
    }

    #[test]
    fn a_name_with_blanks_must_be_quoted() {
        let problems = Override::parse("force.Devon & Cornwall.reserves=10").expect_err("not a key");
        assert!(problems.to_string().contains("double quotes"), "{problems}");
    }
}
