//! Paths that may have been meant where `--set` names a key or a thing without what it belongs to: `slip` for
//! `alliance."Strategic alliance".slip`.

use super::place::Origin;
use super::problem::{Problem, Problems};
use super::tree::{Item, Table, key_path, named_list};
use engine::uncertainty::quote_key;

/// Most paths that are named.
const MOST: usize = 3;

/// Problems with, where the command line names what is not there, the paths in this table that end in the same way.
pub(super) fn suggested(found: Problems, table: &Table) -> Problems {
    let is_unknown = |problem: &Problem| {
        matches!(*problem.place.origin, Origin::CommandLine(_)) && problem.what.starts_with("there is no ")
    };
    if !found.list().iter().any(is_unknown) {
        return found;
    }
    let mut all = Vec::new();
    gather(table, &mut Vec::new(), &mut all);
    all.sort_by_key(Vec::len);
    let told = |problem: &Problem| {
        let names = key_path(&problem.key).ok().filter(|_| is_unknown(problem));
        let meant = names.map(|names| meant(&all, &names)).unwrap_or_default();
        if meant.is_empty() {
            return problem.clone();
        }
        Problem { remedy: format!("Did you mean {}?", any_of(&meant)), ..problem.clone() }
    };
    found.told(told)
}

/// Paths longer than some names that end with them; else those that end with the last of them.
fn meant(all: &[Vec<String>], names: &[String]) -> Vec<String> {
    let ending = |end: &[String]| -> Vec<String> {
        let longer = all.iter().filter(|path| path.len() > names.len() && path.ends_with(end));
        longer.take(MOST).map(|path| path.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".")).collect()
    };
    let whole = ending(names);
    if whole.is_empty() && names.len() == 2 { ending(&names[1..]) } else { whole }
}

fn any_of(paths: &[String]) -> String {
    match paths {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => paths.concat(),
    }
}

/// Every path to a key or a named thing.
fn gather(table: &Table, above: &mut Vec<String>, all: &mut Vec<Vec<String>>) {
    for entry in &table.0 {
        above.push(entry.key.clone());
        match &entry.node.item {
            Item::List(items) if named_list(&entry.key).is_some() => {
                for thing in items.iter().filter_map(|item| item.table()) {
                    let Some(name) = thing.name() else { continue };
                    above.push(name.to_owned());
                    all.push(above.clone());
                    gather(thing, above, all);
                    above.pop();
                }
            }
            Item::Table(inner) => {
                all.push(above.clone());
                gather(inner, above, all);
            }
            _ => all.push(above.clone()),
        }
        above.pop();
    }
}
