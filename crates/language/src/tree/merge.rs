//! Merging one scenario over another: tables key by key, lists of named things by name, numbers whole.

use std::collections::HashMap;

use super::{Entry, Item, Node, Table};
use crate::problem::{Found, Problem, Severity};
use engine::uncertainty::quote_key;

/// Lists whose entries have names, by which they merge and are addressed.
const NAMED_LISTS: [&str; 7] = ["force", "alliance", "area", "benefit", "target", "actual", "correlation"];

/// Keys of an uncertain number that say what it is.
pub const NUMBER_KEYS: [&str; 12] = [
    "value",
    "uniform",
    "triangular",
    "pert",
    "normal",
    "lognormal",
    "beta",
    "pareto",
    "quantiles",
    "discrete",
    "empirical",
    "mixture",
];

/// Keys of an uncertain number that go with it.
const NUMBER_EXTRAS: [&str; 7] = ["plan", "min", "max", "source", "confidence", "owner", "note"];

/// Whether a key holds a list of things with names.
#[must_use]
pub fn is_named_list(key: &str) -> bool {
    NAMED_LISTS.contains(&key)
}

/// The list of named things that a word addresses, singular or plural.
#[must_use]
pub fn named_list(word: &str) -> Option<&'static str> {
    NAMED_LISTS.into_iter().find(|list| word == *list || word.strip_suffix('s') == Some(list))
}

/// Lays `over` on `base`.
pub fn merge(base: &mut Table, over: Table) {
    if base.0.is_empty() {
        *base = over;
        return;
    }
    for entry in over.0 {
        if is_removal(&entry.node) && base.get(&entry.key).is_some() {
            base.0.retain(|old| old.key != entry.key);
            continue;
        }
        match base.get_mut(&entry.key) {
            Some(old) => merge_entry(old, entry),
            None => base.0.push(entry),
        }
    }
}

/// What is replaced or amended takes the new place; named things keep their own.
fn merge_entry(old: &mut Entry, new: Entry) {
    let is_named = is_named_list(&new.key);
    match (&mut old.node.item, new.node.item) {
        (Item::Table(old_table), Item::Table(new_table)) => {
            old.node.at = new.node.at;
            if is_replaced(old_table, &new_table) {
                old_table.0.clear();
            }
            merge(old_table, new_table);
        }
        (Item::Number(value), Item::Table(new_table)) if only_extras(&new_table) => {
            let value = Node { at: old.node.at.clone(), item: Item::Number(*value) };
            let mut table = Table(vec![Entry { key: "value".to_owned(), at: old.node.at.clone(), node: value }]);
            merge(&mut table, new_table);
            old.node = Node { at: new.node.at, item: Item::Table(table) };
        }
        (Item::List(old_items), Item::List(new_items)) if is_named && !new_items.is_empty() => {
            merge_list(old_items, new_items);
        }
        (_, item) => *old = Entry { key: new.key, at: new.at, node: Node { at: new.node.at, item } },
    }
}

/// Merges two lists of named things; entries without a name are added.
fn merge_list(base: &mut Vec<Node>, over: Vec<Node>) {
    let mut positions: HashMap<String, usize> = HashMap::new();
    for (position, node) in base.iter().enumerate() {
        if let Some(name) = node.table().and_then(Table::name) {
            positions.insert(name.to_owned(), position);
        }
    }
    let mut removed = Vec::new();
    for node in over {
        let known = node.table().and_then(Table::name).and_then(|name| positions.get(name)).copied();
        match known.and_then(|position| base.get_mut(position).map(|old| (position, old))) {
            Some((position, _)) if is_removal(&node) => removed.push(position),
            Some((_, old)) => amend(old, node),
            None => base.push(node),
        }
    }
    let mut position = 0;
    base.retain(|_| {
        position += 1;
        !removed.contains(&(position - 1))
    });
}

/// Lays one table over another of the same name.
fn amend(old: &mut Node, new: Node) {
    if let (Item::Table(old_table), Item::Table(new_table)) = (&mut old.item, new.item) {
        merge(old_table, new_table);
    }
}

fn is_removal(node: &Node) -> bool {
    node.table().and_then(|table| table.get("remove")).is_some_and(|entry| entry.node.item == Item::Flag(true))
}

/// Whether a key is of an uncertain number: what it is, or what goes with it.
#[must_use]
pub fn is_number_key(key: &str) -> bool {
    NUMBER_KEYS.contains(&key) || NUMBER_EXTRAS.contains(&key)
}

fn states_a_number(table: &Table) -> bool {
    !table.0.is_empty()
        && table.0.iter().any(|entry| NUMBER_KEYS.contains(&entry.key.as_str()))
        && table.0.iter().all(|entry| is_number_key(&entry.key))
}

/// Whether a table is replaced whole by another laid over it: a number, or a table of one for each member, by either.
fn is_replaced(old: &Table, new: &Table) -> bool {
    let is_number = |node: &Node| match &node.item {
        Item::Number(_) => true,
        Item::Table(table) => states_a_number(table),
        _ => false,
    };
    let each = |table: &Table| {
        let (extras, names): (Vec<&Entry>, Vec<&Entry>) =
            table.0.iter().partition(|entry| NUMBER_EXTRAS.contains(&entry.key.as_str()));
        (extras.len() < table.0.len()) && names.iter().all(|entry| is_number(&entry.node))
    };
    let of_a_number = |table: &Table| table.0.iter().all(|entry| is_number_key(&entry.key));
    states_a_number(new) && (of_a_number(old) || each(old)) || states_a_number(old) && each(new)
}

fn only_extras(table: &Table) -> bool {
    !table.0.is_empty() && table.0.iter().all(|entry| NUMBER_EXTRAS.contains(&entry.key.as_str()))
}

/// Reports what is named twice in one file: merged into another file, the second would silently win.
pub fn check_names(table: &Table, path: &str, problems: &mut Found) {
    for entry in &table.0 {
        let here = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", quote_key(&entry.key)) };
        match &entry.node.item {
            Item::Table(inner) => check_names(inner, &here, problems),
            Item::List(items) if is_named_list(&entry.key) => check_list(items, &here, problems),
            _ => {}
        }
    }
}

fn check_list(items: &[Node], path: &str, problems: &mut Found) {
    let mut seen: HashMap<&str, &Node> = HashMap::new();
    for node in items {
        let Some(table) = node.table() else { continue };
        let Some(name) = table.name() else {
            check_names(table, path, problems);
            continue;
        };
        let here = format!("{path}.{}", quote_key(name));
        check_names(table, &here, problems);
        if let Some(first) = seen.insert(name, node) {
            problems.push(Problem {
                severity: Severity::Error,
                place: node.at.clone(),
                key: here,
                what: format!("\"{name}\" is there twice; the first is at line {}", first.at.line),
                remedy: "Give each its own name, or leave one out".to_owned(),
            });
        }
    }
}

/// Takes out every `remove = true` that is left after merging, each a problem: there was nothing to remove.
#[must_use]
pub fn without_removals(table: Table, path: &str, problems: &mut Found) -> Table {
    let entries = table.0.into_iter().filter_map(|mut entry| {
        let here = if path.is_empty() { entry.key.clone() } else { format!("{path}.{}", quote_key(&entry.key)) };
        if is_removal(&entry.node) {
            problems.push(nothing_to_remove(&entry.node, here));
            return None;
        }
        entry.node.item = match entry.node.item {
            Item::Table(inner) => Item::Table(without_removals(inner, &here, problems)),
            Item::List(items) if is_named_list(&entry.key) => {
                Item::List(items.into_iter().filter_map(|node| kept(node, &here, problems)).collect())
            }
            other => other,
        };
        Some(entry)
    });
    Table(entries.collect())
}

fn kept(mut node: Node, path: &str, problems: &mut Found) -> Option<Node> {
    let name = node.table().and_then(Table::name).map_or_else(|| "?".to_owned(), quote_key);
    let here = format!("{path}.{name}");
    if is_removal(&node) {
        problems.push(nothing_to_remove(&node, here));
        return None;
    }
    node.item = match node.item {
        Item::Table(inner) => Item::Table(without_removals(inner, &here, problems)),
        other => other,
    };
    Some(node)
}

fn nothing_to_remove(node: &Node, key: String) -> Problem {
    Problem {
        severity: Severity::Error,
        place: node.at.clone(),
        key,
        what: "there is nothing of this name to remove".to_owned(),
        remedy: "Remove only what the scenario named by `extends` holds".to_owned(),
    }
}
