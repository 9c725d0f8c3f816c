//! A tree cut down to the limits: what is beyond them is left out, each limit that was overstepped a problem.

use super::limits::{self, AREAS, CORRELATED, KEYS, MEMBER_COSTS, NAME, NUMBERS, TEXT};
use super::place::Place;
use super::problem::{Found, Problem, Severity};
use super::reader::join;
use super::tree::{Item, Node, Table};
use engine::uncertainty::quote_key;
use engine::units::thousands;

/// Cuts a tree down, so that no later step takes more time or memory than any scenario needs. Says whether all was within.
pub fn within(table: &mut Table, path: &str, found: &mut Found) -> bool {
    let before = found.len();
    cut(table, path, found);
    if path.is_empty() {
        in_all(table, ("alliance", "area"), ("business areas in all", AREAS), found);
        costs_in_all(table, found);
        in_all(table, ("correlation", "quantities"), ("names and patterns in all correlations", CORRELATED), found);
    }
    found.len() == before
}

fn cut(table: &mut Table, path: &str, found: &mut Found) {
    let keys = table.0.len();
    if let Some(first) = table.0.get(KEYS) {
        found.push(problem(&first.at, path, "keys", keys, KEYS, "A table"));
        table.0.truncate(KEYS);
    }
    for entry in &mut table.0 {
        shorten(&mut entry.key, NAME, ("a name", "A name"), &entry.at, path, found);
        let own = join(path, &quote_key(&entry.key));
        let is_name = ["name", "title", "unit"].contains(&entry.key.as_str());
        item(&mut entry.node, &entry.key, is_name, &own, found);
    }
}

fn item(node: &mut Node, key: &str, is_name: bool, path: &str, found: &mut Found) {
    let at = node.at.clone();
    match &mut node.item {
        Item::Text(text) if is_name => shorten(text, NAME, ("a name", "A name"), &at, path, found),
        Item::Text(text) => shorten(text, TEXT, ("a text", "A text"), &at, path, found),
        Item::Table(table) => cut(table, path, found),
        Item::List(items) => {
            let is_numbers = items.iter().all(|item| matches!(item.item, Item::Number(_)));
            let most = if is_numbers { NUMBERS } else { limits::entries(key) };
            let all = items.len();
            if let Some(first) = items.get(most) {
                found.push(problem(&first.at, path, "entries", all, most, "This list"));
                items.truncate(most);
            }
            for (position, node) in items.iter_mut().enumerate() {
                let name = node.table().and_then(Table::name).filter(|name| name.len() <= 4 * NAME);
                let own =
                    name.map_or_else(|| format!("{path}[{position}]"), |name| format!("{path}.{}", quote_key(name)));
                item(node, "", false, &own, found);
            }
        }
        _ => {}
    }
}

/// The lists under a key in all tables of a list, together.
fn in_all(table: &mut Table, (list, inner): (&str, &str), (what, most): (&str, usize), found: &mut Found) {
    let Some(Item::List(tables)) = table.get_mut(list).map(|entry| &mut entry.node.item) else { return };
    let mut left = most;
    let mut first = None;
    let mut all = 0;
    for own in tables {
        let Item::Table(own) = &mut own.item else { continue };
        let Some(Item::List(items)) = own.get_mut(inner).map(|entry| &mut entry.node.item) else { continue };
        all += items.len();
        first = first.or_else(|| items.get(left).map(|item| item.at.clone()));
        items.truncate(left);
        left -= items.len();
    }
    if let Some(at) = first {
        found.push(problem(&at, list, what, all, most, "A scenario"));
    }
}

/// The costs of all business areas that stand member by member: the areas from the first beyond the limit on are left out.
fn costs_in_all(table: &mut Table, found: &mut Found) {
    let Some(Item::List(alliances)) = table.get_mut("alliance").map(|entry| &mut entry.node.item) else { return };
    let by_member = |area: &Node| match area.table().and_then(|table| table.get("cost")).map(|entry| &entry.node.item) {
        Some(Item::Table(costs)) => costs.0.len(),
        _ => 0,
    };
    let (mut all, mut first) = (0, None);
    for alliance in alliances {
        let Item::Table(alliance) = &mut alliance.item else { continue };
        let Some(Item::List(areas)) = alliance.get_mut("area").map(|entry| &mut entry.node.item) else { continue };
        let before = all;
        all += areas.iter().map(by_member).sum::<usize>();
        if all > MEMBER_COSTS {
            let mut left = MEMBER_COSTS.saturating_sub(before);
            let fits = |area: &Node| left.checked_sub(by_member(area)).map(|rest| left = rest);
            let kept = areas.iter().map_while(fits).count();
            first = first.or_else(|| areas.get(kept).map(|area| area.at.clone()));
            areas.truncate(kept);
        }
    }
    if let Some(at) = first {
        found.push(problem(&at, "alliance", "costs of business areas by member", all, MEMBER_COSTS, "A scenario"));
    }
}

fn problem(at: &Place, path: &str, what: &str, there: usize, most: usize, holder: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        place: at.clone(),
        key: path.to_owned(),
        what: format!("there are {} {what}, and this is the first beyond the limit", thousands(there as u64)),
        remedy: format!("{holder} has at most {} {what}", thousands(most as u64)),
    }
}

fn shorten(text: &mut String, most: usize, what: (&str, &str), at: &Place, path: &str, found: &mut Found) {
    if text.len() <= most {
        return;
    }
    let Some((end, _)) = text.char_indices().nth(most) else { return };
    let there = text.chars().count();
    text.truncate(end);
    found.push(Problem {
        severity: Severity::Error,
        place: at.clone(),
        key: path.to_owned(),
        what: format!("{} of {} characters is too long", what.0, thousands(there as u64)),
        remedy: format!("{} has at most {} characters", what.1, thousands(most as u64)),
    });
}
