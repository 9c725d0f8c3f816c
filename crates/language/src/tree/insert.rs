//! A value put under its address in the tree, with the tables and named entries of lists on the way.

use super::merge::is_named_list;
use super::{Entry, Item, Node, Table};
use crate::place::Place;

/// Puts a value under its address, making tables and named entries of lists on the way.
///
/// # Errors
/// The place of what stands there already.
pub fn insert(table: &mut Table, names: &[String], at: &Place, node: Node) -> Result<(), Place> {
    let Some((first, rest)) = names.split_first() else { return Ok(()) };
    match rest.split_first() {
        None => put(table, first, at, node),
        Some((name, rest)) if is_named_list(first) => {
            table.set_missing(entry(first, at, Item::List(Vec::new())));
            let Some(Item::List(items)) = table.get_mut(first).map(|entry| &mut entry.node.item) else {
                return Err(at.clone());
            };
            let known = items.iter().position(|item| item.table().is_some_and(|table| table.name() == Some(name)));
            let position = known.unwrap_or(items.len());
            if known.is_none() {
                let own = Table(vec![entry("name", at, Item::Text(name.clone()))]);
                items.push(Node { at: at.clone(), item: Item::Table(own) });
            }
            let Item::Table(own) = &mut items[position].item else { return Ok(()) };
            match (rest, node.item) {
                ([], Item::Table(more)) => {
                    more.0.into_iter().try_for_each(|more| put(own, &more.key, &more.at, more.node))
                }
                ([], _) => Ok(()),
                (rest, item) => insert(own, rest, at, Node { at: node.at, item }),
            }
        }
        Some(_) => {
            table.set_missing(entry(first, at, Item::Table(Table::default())));
            let Some(known) = table.get_mut(first) else { return Ok(()) };
            as_table(known).map_or(Ok(()), |own| insert(own, rest, at, node))
        }
    }
}

/// The table under a key; a value that stands there becomes its `value`.
fn as_table(known: &mut Entry) -> Option<&mut Table> {
    if !matches!(known.node.item, Item::Table(_)) {
        let value = Entry { key: "value".to_owned(), at: known.at.clone(), node: known.node.clone() };
        known.node.item = Item::Table(Table(vec![value]));
    }
    if let Item::Table(table) = &mut known.node.item { Some(table) } else { None }
}

fn put(table: &mut Table, key: &str, at: &Place, node: Node) -> Result<(), Place> {
    let Some(known) = table.get_mut(key) else {
        table.set(Entry { key: key.to_owned(), at: at.clone(), node });
        return Ok(());
    };
    let was_table = known.node.table().is_some();
    match node.item {
        Item::Table(more) => as_table(known)
            .map_or(Ok(()), |own| more.0.into_iter().try_for_each(|more| put(own, &more.key, &more.at, more.node))),
        item if was_table => as_table(known).map_or(Ok(()), |own| put(own, "value", at, Node { at: node.at, item })),
        _ => Err(known.at.clone()),
    }
}

/// An entry that stands in one place.
#[must_use]
pub fn entry(key: &str, at: &Place, item: Item) -> Entry {
    Entry { key: key.to_owned(), at: at.clone(), node: Node { at: at.clone(), item } }
}
