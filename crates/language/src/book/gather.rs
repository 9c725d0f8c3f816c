//! From the cells of a workbook to the tree of a scenario.

mod row;

use std::collections::BTreeSet;
use std::path::Path;

use super::cells::{Filled, Row, Sheet, read};
use super::keys::{Found, find};
use super::{AREAS, BEFORE_AREAS, BEFORE_FORCES, COLUMNS, EXPLAINS, FORCES, REMARK, SCENARIO};
use crate::describe::{KeyDoc, Kind, below, keys};
use crate::heads;
use crate::place::Place;
use crate::problem::{Problem, Severity};
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table, insert, key_path};

/// The tree of a workbook, to be written as a file into `folder`; what is wrong is added to `problems`.
///
/// # Errors
/// Problems where it is no workbook, or lacks a sheet.
pub fn gather(bytes: &[u8], book: &Path, folder: &Path, problems: &mut Vec<Problem>) -> Result<Table, Vec<Problem>> {
    let [scenario, forces, areas] = read(bytes, (book, folder), [SCENARIO, FORCES, AREAS], problems)?;
    let keys = keys();
    let names = names(&forces, &areas);
    let mut gather = Gather { keys: &keys, names: &names, root: Table::default(), problems };
    gather.scenario(&scenario);
    gather.forces(&forces);
    gather.areas(&areas);
    gather.refuse_files();
    Ok(gather.root)
}

/// Names of forces and areas, of which lists are made.
fn names(forces: &Sheet, areas: &Sheet) -> Vec<String> {
    let heads = forces.rows.get(&1).into_iter().flat_map(Row::values);
    let head = areas.rows.get(&1);
    let column = head.and_then(|row| row.iter().find(|(_, cell)| cell.is_head(BEFORE_AREAS[1])));
    let areas = areas.rows.values().filter_map(|row| row.get(column?.0));
    heads.chain(areas).map(Filled::text).collect()
}

struct Gather<'a> {
    keys: &'a [KeyDoc],
    names: &'a [String],
    root: Table,
    problems: &'a mut Vec<Problem>,
}

impl Gather<'_> {
    fn problem(&mut self, at: &Place, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem {
            severity: Severity::Error,
            place: at.clone(),
            key: key.to_owned(),
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    /// The columns of a sheet with their heads, but for remarks; a column without one is a problem.
    fn columns<'s>(&mut self, sheet: &'s Sheet) -> Vec<(usize, &'s Filled)> {
        let head = sheet.rows.get(&1);
        let mut told: BTreeSet<usize> = head.into_iter().flat_map(|row| row.keys().copied()).collect();
        for (column, cell) in sheet.rows.values().flatten() {
            if told.insert(*column) {
                let remedy = format!("Name it in the first row; a name that begins with {REMARK} makes it a remark");
                self.problem(&cell.at, "", "this column has no name", remedy);
            }
        }
        let heads = head.into_iter().flatten().filter(|(_, cell)| !cell.is_remark());
        heads.map(|(column, cell)| (*column, cell)).collect()
    }

    /// A column that a sheet cannot do without.
    fn need(&mut self, sheet: &Sheet, heads: &[(usize, &Filled)], name: &str) -> Option<usize> {
        let found = heads.iter().find(|(_, cell)| cell.is_head(name)).map(|(column, _)| *column);
        if found.is_none() {
            let remedy = "The first row names the columns";
            self.problem(&sheet.place(1, 1), "", format!("the column {name} is missing"), remedy);
        }
        found
    }

    fn scenario(&mut self, sheet: &Sheet) {
        let heads = self.columns(sheet);
        for (_, cell) in &heads {
            let text = cell.text();
            if !COLUMNS.iter().any(|column| column.eq_ignore_ascii_case(&text)) {
                let remedy = to_keep(&suggest::remedy(&text, &COLUMNS));
                self.problem(&cell.at, "", format!("there is no column \"{text}\""), remedy);
            }
        }
        if ["Key", "Value"].map(|name| self.need(sheet, &heads, name)).contains(&None) {
            return;
        }
        let column = |name: &str| heads.iter().find(|(_, head)| head.is_head(name)).map(|(column, _)| *column);
        for (_, row) in sheet.rows.iter().skip_while(|(line, _)| **line == 1) {
            let cell = |name: &str| column(name).and_then(|column| row.get(&column));
            let Some(key) = cell("Key") else {
                if let Some(first) = COLUMNS.iter().filter(|name| !EXPLAINS.contains(name)).find_map(|name| cell(name))
                {
                    self.problem(&first.at, "", "this row has no key", "Write its address into column Key");
                }
                continue;
            };
            let text = key.text();
            if key.is_remark() {
                continue;
            }
            let Ok(names) = key_path(&text) else {
                let remedy = "Put names with blanks in double quotes, such as alliance.\"Our alliance\".slip";
                self.problem(&key.at, "", format!("\"{text}\" is no key"), remedy);
                continue;
            };
            let kind = kind(&find(self.keys, &names));
            let place = |name: &str| column(name).map(|column| Place { column, ..key.at.clone() });
            if let Some(node) = self.row(&text, kind.as_ref(), &key.at, (&cell, &place)) {
                self.insert(&names, &key.at, node, &text);
            }
        }
    }

    fn forces(&mut self, sheet: &Sheet) {
        let heads = self.columns(sheet);
        let Some(key) = self.need(sheet, &heads, BEFORE_FORCES[0]) else { return };
        let is_before = |cell: &Filled| BEFORE_FORCES.iter().any(|name| cell.is_head(name));
        let forces = heads.into_iter().filter(|(_, cell)| !is_before(cell));
        let is_force = |(column, _): &(usize, &Filled)| {
            sheet.rows.values().skip(1).any(|row| row.get(column).is_some_and(Filled::is_number))
        };
        let (forces, others): (Vec<_>, Vec<_>) = forces.partition(is_force);
        for (_, cell) in others {
            let what = format!("\"{}\" is no force with a number in its column", cell.text());
            self.problem(&cell.at, "", what, to_keep("Fill it in"));
        }
        for (_, force) in &forces {
            let names = ["force".to_owned(), force.text()];
            self.insert(&names, &force.at, Node { at: force.at.clone(), item: Item::Table(Table::default()) }, "");
        }
        for (_, row) in sheet.rows.iter().skip_while(|(line, _)| **line == 1) {
            let Some(address) = row.get(&key) else { continue };
            let text = address.text();
            let Ok(own) = heads::path(&text, below(self.keys, "force")) else {
                self.problem(&address.at, "", format!("\"{text}\" is no key"), "Write a key of a force");
                continue;
            };
            if !self.is_known(&["force", ""], &own, &address.at) {
                continue;
            }
            for (column, force) in &forces {
                let Some(cell) = row.get(column) else { continue };
                let names: Vec<String> = ["force".to_owned(), force.text()].into_iter().chain(own.clone()).collect();
                self.cell(&names, &address.at, cell);
            }
        }
    }

    fn areas(&mut self, sheet: &Sheet) {
        let heads = self.columns(sheet);
        let mut columns: Vec<(usize, &Filled, Vec<String>)> = Vec::new();
        let mut before = [None; 2];
        for (column, cell) in &heads {
            let text = cell.text();
            let path = heads::path(&text, below(below(self.keys, "alliance"), "area"));
            match (BEFORE_AREAS.iter().position(|name| name.eq_ignore_ascii_case(&text)), path) {
                (Some(at), _) => before[at] = Some(*column),
                (None, Ok(names)) if self.is_known(&["alliance", "", "area", ""], &names, &cell.at) => {
                    columns.push((*column, cell, names));
                }
                (None, Ok(_)) => {}
                (None, Err(_)) => {
                    self.problem(&cell.at, "", format!("\"{text}\" is no key"), "Name columns as keys of an area");
                }
            }
        }
        for (line, row) in sheet.rows.iter().skip_while(|(line, _)| **line == 1) {
            let at = sheet.place(*line, *row.keys().next().unwrap_or(&1));
            let named = |which: usize| before[which].and_then(|column| row.get(&column));
            let Some(name) = named(1) else {
                self.problem(&at, "", "this area has no name", "Write it into column name");
                continue;
            };
            let Some(alliance) = self.alliance(named(0), &at) else { continue };
            let place: Vec<String> = ["alliance", &alliance, "area", &name.text()].map(str::to_owned).to_vec();
            let known = self.is_there(&place);
            if known {
                let what = format!("the area \"{}\" is there twice", name.text());
                self.problem(&name.at, "", what, "Give each its own name");
                continue;
            }
            self.insert(&place, &name.at, Node { at: name.at.clone(), item: Item::Table(Table::default()) }, "");
            for (column, head, names) in &columns {
                let names: Vec<String> = place.iter().chain(names).cloned().collect();
                if let Some(cell) = row.get(column) {
                    self.cell(&names, &head.at, cell);
                }
            }
        }
    }

    /// The alliance of an area: the one that is named, or the only one.
    fn alliance(&mut self, named: Option<&Filled>, at: &Place) -> Option<String> {
        let list = self.root.get("alliance").map(|entry| &entry.node.item);
        let items = if let Some(Item::List(items)) = list { items.as_slice() } else { &[] };
        let known: Vec<String> = items.iter().filter_map(|item| item.table()?.name()).map(str::to_owned).collect();
        let wanted = named.map(Filled::text);
        match (wanted, known.as_slice()) {
            (None, [only]) => Some(only.clone()),
            (Some(wanted), known) if known.contains(&wanted) => Some(wanted),
            (wanted, known) => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let what = wanted.as_ref().map_or_else(
                    || "this area belongs to no alliance".to_owned(),
                    |wanted| format!("there is no alliance \"{wanted}\" on sheet {SCENARIO}"),
                );
                let at = named.map_or(at, |cell| &cell.at);
                self.problem(at, "", what, suggest::remedy(wanted.as_deref().unwrap_or(""), &known));
                None
            }
        }
    }

    fn is_there(&self, names: &[String]) -> bool {
        let mut table = &self.root;
        for pair in names.chunks(2) {
            let [list, name] = pair else { return false };
            let Some(Item::List(items)) = table.get(list).map(|entry| &entry.node.item) else { return false };
            let Some(found) = items.iter().filter_map(Node::table).find(|table| table.name() == Some(name)) else {
                return false;
            };
            table = found;
        }
        true
    }

    /// Whether there is a key for a row or column of a sheet: told once here instead of for every force or area.
    fn is_known(&mut self, above: &[&str], names: &[String], at: &Place) -> bool {
        let path: Vec<String> = above.iter().map(|name| (*name).to_owned()).chain(names.iter().cloned()).collect();
        let is_known = !matches!(find(self.keys, &path), Found::Unknown);
        if !is_known {
            let keys = above.iter().step_by(2).fold(self.keys, |keys, list| below(keys, list));
            let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
            let first = names.first().map_or("", String::as_str);
            let remedy = to_keep(&suggest::remedy(first, &known));
            self.problem(at, "", format!("there is no key `{first}` here"), remedy);
        }
        is_known
    }

    /// One cell under an address.
    fn cell(&mut self, names: &[String], key_at: &Place, cell: &Filled) {
        let text = names.iter().map(|name| engine::uncertainty::quote_key(name)).collect::<Vec<_>>().join(".");
        let kind = kind(&find(self.keys, names));
        if let Some(node) = self.typed(&text, kind.as_ref(), cell) {
            self.insert(names, key_at, node, &text);
        }
    }

    fn insert(&mut self, names: &[String], at: &Place, node: Node, key: &str) {
        if let Err(first) = insert(&mut self.root, names, at, node) {
            let what = format!("the key stands twice; the first is in {first}");
            self.problem(at, key, what, "Keep one of them");
        }
    }

    /// A workbook holds the whole scenario.
    fn refuse_files(&mut self) {
        let mut found: Vec<Entry> = Vec::new();
        let mut take = |table: &mut Table, key: &str| found.extend(table.get(key).cloned());
        ["extends", "facts"].into_iter().for_each(|key| take(&mut self.root, key));
        if let Some(Item::List(items)) = self.root.get_mut("alliance").map(|entry| &mut entry.node.item) {
            for item in items {
                if let Item::Table(alliance) = &mut item.item {
                    take(alliance, "areas");
                }
            }
        }
        for entry in found {
            let remedy = "Leave it out; `alliance new FILE --xlsx` makes a workbook of all that a file takes in";
            self.problem(&entry.at, &entry.key, "a workbook holds the whole scenario and takes in no file", remedy);
        }
    }
}

/// A remedy, and how to keep what was no mistake.
fn to_keep(remedy: &str) -> String {
    let stop = if remedy.ends_with('?') { "" } else { "." };
    format!("{remedy}{stop} A name that begins with {REMARK} makes it a remark")
}

fn kind(found: &Found<'_>) -> Option<Kind> {
    match found {
        Found::Value(doc) => Some(doc.kind.clone()),
        Found::Part(kind) => Some(kind.clone()),
        Found::Table | Found::Unknown => None,
    }
}
