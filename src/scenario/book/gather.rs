//! From the cells of a workbook to the tree of a scenario.

use std::path::Path;

use super::cells::{Filled, Row, Sheet, Written, read};
use super::insert::{entry, insert};
use super::keys::{Found, below, find};
use super::value::{item, of_kind};
use super::{
    AREAS, BEFORE_AREAS, BEFORE_FORCES, BESIDE, COLUMNS, EXPLAINS, FORCES, PARAMETERS, REMARK, SCENARIO, parameter,
};
use crate::scenario::describe::{KeyDoc, Kind, keys};
use crate::scenario::place::{Origin, Place};
use crate::scenario::problem::Problem;
use crate::scenario::suggest;
use crate::scenario::tree::{Entry, Item, Node, Table, key_path, value_from_toml};

/// The tree of a workbook, to be written as a file into `folder`; what is wrong is added to `problems`.
///
/// # Errors
/// A problem where it is no workbook, or has no sheet to read.
pub fn gather(bytes: &[u8], book: &Path, folder: &Path, problems: &mut Vec<Problem>) -> Result<Table, Problem> {
    let mut sheets = read(bytes, (book, folder), &[SCENARIO, FORCES, AREAS], problems)?.into_iter();
    let mut next = || sheets.next().flatten();
    let (scenario, forces, areas) = (next(), next(), next());
    let Some(scenario) = scenario else {
        let place = Place::whole(Origin::File(book.to_owned()));
        let what = format!("there is no sheet {SCENARIO}");
        let remedy = "Start from a workbook that `alliance new` with --xlsx writes".to_owned();
        return Err(Problem { place, key: String::new(), what, remedy });
    };
    let keys = keys();
    let mut gather = Gather { keys: &keys, root: Table::default(), problems };
    gather.scenario(&scenario);
    if let Some(forces) = forces {
        gather.forces(&forces);
    }
    if let Some(areas) = areas {
        gather.areas(&areas);
    }
    gather.refuse_files();
    Ok(gather.root)
}

struct Gather<'a> {
    keys: &'a [KeyDoc],
    root: Table,
    problems: &'a mut Vec<Problem>,
}

impl Gather<'_> {
    fn problem(&mut self, at: &Place, key: &str, what: impl Into<String>, remedy: impl Into<String>) {
        self.problems.push(Problem {
            place: at.clone(),
            key: key.to_owned(),
            what: what.into(),
            remedy: remedy.into(),
        });
    }

    /// The known heads of a sheet by column; unknown ones are problems.
    fn heads(&mut self, sheet: &Sheet, known: &[&str]) -> Vec<(usize, String)> {
        let mut heads = Vec::new();
        for (column, cell) in sheet.rows.get(&1).into_iter().flatten() {
            let text = cell.text();
            match known.iter().find(|head| head.eq_ignore_ascii_case(&text)) {
                Some(head) => heads.push((*column, (*head).to_owned())),
                None => {
                    let remedy = suggest::remedy(&text, known);
                    self.problem(&cell.at, "", format!("there is no column \"{text}\""), remedy);
                }
            }
        }
        let first = known[0];
        if !heads.iter().any(|(_, head)| head == first) {
            let at = sheet.place(1, 1);
            self.problem(&at, "", format!("the column {first} is missing"), "The first row names the columns");
        }
        heads
    }

    fn scenario(&mut self, sheet: &Sheet) {
        let heads = self.heads(sheet, &COLUMNS);
        let column = |name: &str| heads.iter().find(|(_, head)| head == name).map(|(column, _)| *column);
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
            if text.starts_with(REMARK) {
                continue;
            }
            let Ok(names) = key_path(&text) else {
                let remedy = "Put names with blanks in double quotes, such as alliance.\"Our alliance\".slip";
                self.problem(&key.at, "", format!("\"{text}\" is no key"), remedy);
                continue;
            };
            let kind = kind(&find(self.keys, &names));
            if let Some(node) = self.row(&text, kind.as_ref(), &key.at, cell) {
                self.insert(&names, &key.at, node, &text);
            }
        }
    }

    /// What a row of sheet Scenario states: a value, or a table of value, distribution and evidence. None: nothing.
    fn row<'c>(
        &mut self,
        key: &str,
        kind: Option<&Kind>,
        at: &Place,
        cell: impl Fn(&str) -> Option<&'c Filled>,
    ) -> Option<Node> {
        let value = cell("Value").and_then(|cell| self.typed(key, kind, cell));
        let mut table = Table::default();
        let family = cell("Distribution");
        let mut parameters = Table::default();
        for (name, cell) in PARAMETERS.into_iter().filter_map(|name| Some((name, cell(name)?))) {
            let Some(family) = family else {
                let what = format!("{name} without a distribution");
                self.problem(&cell.at, key, what, "Write into column Distribution which it is, such as pert");
                continue;
            };
            let own = parameter(&family.text().to_lowercase(), name);
            parameters.set(entry(&own, &cell.at, item(None, &cell.written)));
        }
        if let Some(family) = family {
            table.set(entry(&family.text().to_lowercase(), &family.at, Item::Table(parameters)));
        }
        for (name, cell) in BESIDE.into_iter().filter_map(|name| Some((name, cell(name)?))) {
            let is_number = ["Plan", "Min", "Max"].contains(&name);
            let kind = if is_number { None } else { Some(&Kind::Text) };
            table.set(entry(&name.to_lowercase(), &cell.at, item(kind, &cell.written)));
        }
        if table.0.is_empty() {
            return value;
        }
        match value {
            Some(Node { item: Item::Table(inner), .. }) => {
                inner.0.into_iter().for_each(|inner| table.set_missing(inner));
            }
            Some(node) => table.0.insert(0, Entry { key: "value".to_owned(), at: node.at.clone(), node }),
            None => {}
        }
        Some(Node { at: at.clone(), item: Item::Table(table) })
    }

    fn forces(&mut self, sheet: &Sheet) {
        let Some(head) = sheet.rows.get(&1) else { return };
        let is_before = |cell: &Filled| BEFORE_FORCES.iter().any(|name| name.eq_ignore_ascii_case(&cell.text()));
        let forces: Vec<(usize, &Filled)> =
            head.iter().filter(|(_, cell)| !is_before(cell)).map(|(column, cell)| (*column, cell)).collect();
        let key = head.iter().find(|(_, cell)| cell.text().eq_ignore_ascii_case(BEFORE_FORCES[0])).map(|(at, _)| *at);
        let Some(key) = key else {
            let at = sheet.place(1, 1);
            self.problem(&at, "", "the column Key is missing", "The first row holds Key and the names of forces");
            return;
        };
        for (_, force) in &forces {
            let names = ["force".to_owned(), force.text()];
            self.insert(&names, &force.at, Node { at: force.at.clone(), item: Item::Table(Table::default()) }, "");
        }
        for (_, row) in sheet.rows.iter().skip_while(|(line, _)| **line == 1) {
            let Some(address) = row.get(&key) else { continue };
            let text = address.text();
            let Ok(own) = key_path(&text) else {
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
        let Some(head) = sheet.rows.get(&1) else { return };
        let mut columns: Vec<(usize, Vec<String>)> = Vec::new();
        let mut before = [None; 2];
        for (column, cell) in head {
            let text = cell.text();
            match (BEFORE_AREAS.iter().position(|name| name.eq_ignore_ascii_case(&text)), key_path(&text)) {
                (Some(at), _) => before[at] = Some(*column),
                (None, Ok(names)) if self.is_known(&["alliance", "", "area", ""], &names, &cell.at) => {
                    columns.push((*column, names));
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
            self.area(&place, row, head, &columns);
        }
    }

    fn area(&mut self, place: &[String], row: &Row, head: &Row, columns: &[(usize, Vec<String>)]) {
        for (column, names) in columns {
            let (Some(cell), Some(head)) = (row.get(column), head.get(column)) else { continue };
            let names: Vec<String> = place.iter().chain(names).cloned().collect();
            self.cell(&names, &head.at, cell);
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
            self.problem(at, "", format!("there is no key `{first}` here"), suggest::remedy(first, &known));
        }
        is_known
    }

    /// One cell under an address.
    fn cell(&mut self, names: &[String], key_at: &Place, cell: &Filled) {
        let text = names.iter().map(|name| crate::uncertainty::quote_key(name)).collect::<Vec<_>>().join(".");
        let kind = kind(&find(self.keys, names));
        if let Some(node) = self.typed(&text, kind.as_ref(), cell) {
            self.insert(names, key_at, node, &text);
        }
    }

    /// What a cell holds, by the kind of its key; what begins with [ or { is TOML.
    fn typed(&mut self, key: &str, kind: Option<&Kind>, cell: &Filled) -> Option<Node> {
        match &cell.written {
            Written::Text(text) if text.starts_with(['[', '{']) => match value_from_toml(text, &cell.at) {
                Ok(node) => Some(node),
                Err(error) => {
                    let remedy = "Write a list as a; b; c, or as TOML between [ and ]; a table between { and }";
                    self.problem(&cell.at, key, format!("this is neither text nor TOML: {error}"), remedy);
                    None
                }
            },
            written => Some(of_kind(kind, written, &cell.at)),
        }
    }

    fn insert(&mut self, names: &[String], at: &Place, node: Node, key: &str) {
        if let Err(first) = insert(&mut self.root, self.keys, names, at, node) {
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

fn kind(found: &Found<'_>) -> Option<Kind> {
    match found {
        Found::Value(doc) => Some(doc.kind.clone()),
        Found::Part(kind) => Some(kind.clone()),
        Found::Table | Found::Unknown => None,
    }
}
