//! From the tree of a scenario to sheets of cells.

use super::keys::{Found, find, is_list, meaning};
use super::parameter;
use super::{
    AREAS, BEFORE_AREAS, BEFORE_FORCES, BESIDE, BETWEEN, COLUMNS, FAMILIES, FORCES, PARAMETERS, REMARK, SCENARIO,
};
use crate::scenario::describe::{KeyDoc, keys};
use crate::scenario::reader::{PROVENANCE, is_number};
use crate::scenario::tree::{Entry, Item, Node, Table, key_path, value_to_toml};
use crate::uncertainty::quote_key;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// Cells under a row of heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// The heads.
    pub head: Vec<String>,
    /// The rows below, each as long as the head.
    pub rows: Vec<Vec<Cell>>,
    /// Unit and meaning of columns that have no room for them.
    pub about: Vec<(String, [String; 2])>,
}

/// The sheets of a scenario: a row a key, but forces in columns of their own and areas in rows of their own.
pub fn sheets(root: &Table) -> [Sheet; 3] {
    let keys = keys();
    let mut rows = Rows { keys: &keys, rows: Vec::new() };
    let scalars = root.0.iter().filter(|entry| !matches!(&entry.node.item, Item::Table(_) | Item::List(_)));
    scalars.for_each(|entry| rows.entry(entry, &mut Vec::new()));
    let others = root.0.iter().filter(|entry| matches!(&entry.node.item, Item::Table(_) | Item::List(_)));
    for entry in others.filter(|entry| entry.key != "force") {
        let doc = keys.iter().find(|key| key.name == entry.key).map_or("", |key| key.doc);
        rows.remark(&format!("{REMARK} {doc}"));
        rows.entry(entry, &mut Vec::new());
    }
    let head = COLUMNS.map(str::to_owned).to_vec();
    [Sheet { name: SCENARIO, head, rows: rows.rows, about: Vec::new() }, forces(root, &keys), areas(root, &keys)]
}

/// Builds the rows of sheet Scenario.
struct Rows<'a> {
    keys: &'a [KeyDoc],
    rows: Vec<Vec<Cell>>,
}

impl Rows<'_> {
    fn remark(&mut self, text: &str) {
        let mut row = vec![Cell::Empty; COLUMNS.len()];
        row[0] = Cell::Text(text.to_owned());
        self.rows.push(row);
    }

    /// Adds a row for a key, with cells under these heads.
    fn row(&mut self, path: &[String], cells: &[(&str, Cell)]) {
        let mut row = vec![Cell::Empty; COLUMNS.len()];
        let column = |head: &str| COLUMNS.iter().position(|column| column.eq_ignore_ascii_case(head));
        let mut put = |head: &str, cell: Cell| {
            if let Some(at) = column(head) {
                row[at] = cell;
            }
        };
        put("Key", Cell::Text(address(path)));
        if let Found::Value(doc) = find(self.keys, path) {
            put("Unit", Cell::Text(doc.unit.to_owned()));
            put("Meaning", Cell::Text(meaning(doc)));
        }
        cells.iter().for_each(|(head, cell)| put(head, cell.clone()));
        self.rows.push(row);
    }

    fn entry(&mut self, entry: &Entry, path: &mut Vec<String>) {
        path.push(entry.key.clone());
        match &entry.node.item {
            Item::Table(table) if is_number(table) => self.number(table, path),
            Item::Table(table) if !table.0.is_empty() => self.table(table, path),
            Item::List(items) if is_named(items) => {
                for table in items.iter().filter_map(Node::table) {
                    path.push(table.name().unwrap_or_default().to_owned());
                    self.table(table, path);
                    path.pop();
                }
            }
            _ => self.row(path, &[("Value", cell(&entry.node))]),
        }
        path.pop();
    }

    /// What is said of the table itself in a row of its own, then its keys.
    fn table(&mut self, table: &Table, path: &mut Vec<String>) {
        let (own, keys): (Vec<&Entry>, Vec<&Entry>) =
            table.0.iter().partition(|entry| PROVENANCE.contains(&entry.key.as_str()));
        if !own.is_empty() {
            let cells: Vec<_> = own.iter().map(|entry| (entry.key.as_str(), cell(&entry.node))).collect();
            self.row(path, &cells);
        }
        let is_area = |entry: &Entry| entry.key == "area" && path.len() == 2 && path[0] == "alliance";
        let keys: Vec<_> = keys.into_iter().filter(|entry| !is_area(entry)).collect();
        let named = path.len() > 1 && is_list(self.keys_above(path), &path[path.len() - 2]);
        keys.into_iter().filter(|entry| !(named && entry.key == "name")).for_each(|entry| self.entry(entry, path));
    }

    /// The keys of the table that holds a list: of the whole scenario, or of a table in it.
    fn keys_above(&self, path: &[String]) -> &[KeyDoc] {
        path[..path.len() - 2].iter().fold(self.keys, |keys, name| super::keys::below(keys, name))
    }

    /// A number with its distribution and evidence.
    fn number(&mut self, table: &Table, path: &[String]) {
        let mut cells: Vec<(&str, Cell)> = Vec::new();
        let mut others = Table::default();
        for entry in &table.0 {
            let key = entry.key.as_str();
            let columns = entry.node.table().and_then(|parameters| columns(key, parameters));
            if let Some(columns) = columns {
                cells.push(("Distribution", Cell::Text(key.to_owned())));
                cells.extend(columns);
            } else if key == "value" {
                cells.push(("Value", cell(&entry.node)));
            } else if let Some(column) = BESIDE.iter().find(|column| column.eq_ignore_ascii_case(key)) {
                cells.push((column, cell(&entry.node)));
            } else {
                others.0.push(entry.clone());
            }
        }
        if !others.0.is_empty() {
            let all = others.0.iter().chain(table.get("value")).cloned().collect();
            let node = Node { at: others.0[0].at.clone(), item: Item::Table(Table(all)) };
            cells.push(("Value", Cell::Text(value_to_toml(&node))));
        }
        self.row(path, &cells);
    }
}

/// The cells of a distribution whose every parameter has a column.
fn columns(family: &str, parameters: &Table) -> Option<Vec<(&'static str, Cell)>> {
    let column = |key: &str| PARAMETERS.into_iter().find(|column| parameter(family, column) == key);
    let known = FAMILIES.contains(&family) && !parameters.0.is_empty();
    let cells = parameters.0.iter().map(|entry| Some((column(&entry.key)?, cell(&entry.node))));
    if known { cells.collect() } else { None }
}

fn is_named(items: &[Node]) -> bool {
    !items.is_empty() && items.iter().all(|item| item.table().is_some_and(|table| table.name().is_some()))
}

/// An address as `--set` takes it.
fn address(path: &[String]) -> String {
    path.iter().map(|name| quote_key(name)).collect::<Vec<_>>().join(".")
}

/// A value in a cell: numbers and texts as they are, a list of them with semicolons between, all else as TOML.
fn cell(node: &Node) -> Cell {
    match &node.item {
        Item::Number(number) => Cell::Number(*number),
        Item::Flag(flag) => Cell::Text(if *flag { "yes" } else { "no" }.to_owned()),
        Item::Text(text) => Cell::Text(text.clone()),
        Item::List(items) => Cell::Text(list(items).unwrap_or_else(|| value_to_toml(node))),
        Item::Table(_) | Item::Other(_) => Cell::Text(value_to_toml(node)),
    }
}

/// A list as people write it; none where it could be read as something else.
fn list(items: &[Node]) -> Option<String> {
    let part = |item: &Node| match &item.item {
        Item::Text(text) if !text.contains([BETWEEN, '[', '{']) && text.trim() == text => Some(text.clone()),
        Item::Number(number) if items.len() > 1 => Some(number.to_string()),
        _ => None,
    };
    let parts: Vec<String> = items.iter().map(part).collect::<Option<_>>()?;
    (!parts.is_empty()).then(|| parts.join(&format!("{BETWEEN} ")))
}

/// Every value in a table with its dotted path.
fn leaves(table: &Table, path: &mut Vec<String>, out: &mut Vec<(String, Cell)>) {
    for entry in &table.0 {
        path.push(entry.key.clone());
        match &entry.node.item {
            Item::Table(inner) if !inner.0.is_empty() => leaves(inner, path, out),
            _ => out.push((address(path), cell(&entry.node))),
        }
        path.pop();
    }
}

/// The tables of a list with their values, and all paths in the order in which they first come.
fn flat<'a>(tables: impl Iterator<Item = &'a Table>) -> (Vec<Vec<(String, Cell)>>, Vec<String>) {
    let mut paths: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for table in tables {
        let mut own = Vec::new();
        leaves(table, &mut Vec::new(), &mut own);
        let mut after = 0;
        for (path, _) in &own {
            match paths.iter().position(|known| known == path) {
                Some(at) => after = at + 1,
                None => {
                    paths.insert(after, path.clone());
                    after += 1;
                }
            }
        }
        all.push(own);
    }
    (all, paths)
}

fn value(own: &[(String, Cell)], path: &str) -> Cell {
    own.iter().find(|(known, _)| known == path).map_or(Cell::Empty, |(_, cell)| cell.clone())
}

fn tables<'a>(root: &'a Table, list: &str) -> Vec<&'a Table> {
    match root.get(list).map(|entry| &entry.node.item) {
        Some(Item::List(items)) => items.iter().filter_map(Node::table).collect(),
        _ => Vec::new(),
    }
}

/// Unit and meaning of a key of a force or an area; of a parameter in the same unit as the number those of the number.
fn explained(keys: &[KeyDoc], above: &[&str], path: &str) -> [String; 2] {
    let own = key_path(path).unwrap_or_default();
    let full =
        |own: &[String]| above.iter().map(|name| (*name).to_owned()).chain(own.iter().cloned()).collect::<Vec<_>>();
    let last = own.last().map_or("", String::as_str);
    let found = (1..=own.len()).rev().find_map(|length| match find(keys, &full(&own[..length])) {
        Found::Value(doc) if length == own.len() || IN_ITS_UNIT.contains(&last) => {
            Some([doc.unit.to_owned(), meaning(doc)])
        }
        _ => None,
    });
    found.unwrap_or_default()
}

/// Parameters of a distribution that are values of the number.
const IN_ITS_UNIT: [&str; 11] = ["value", "low", "mode", "high", "median", "mean", "p10", "p50", "p90", "plan", "min"];

fn forces(root: &Table, keys: &[KeyDoc]) -> Sheet {
    let forces = tables(root, "force");
    let (all, paths) = flat(forces.iter().copied());
    let names = forces.iter().map(|force| force.name().unwrap_or_default().to_owned());
    let row = |path: &String| {
        let [unit, meaning] = explained(keys, &["force", ""], path);
        let before = [path.clone(), unit, meaning].map(Cell::Text);
        before.into_iter().chain(all.iter().map(|own| value(own, path))).collect()
    };
    let rows = paths.iter().filter(|path| *path != "name").map(row).collect();
    let head = BEFORE_FORCES.map(str::to_owned).into_iter().chain(names).collect();
    Sheet { name: FORCES, head, rows, about: Vec::new() }
}

fn areas(root: &Table, keys: &[KeyDoc]) -> Sheet {
    let alliances = tables(root, "alliance");
    let owned =
        alliances.iter().flat_map(|alliance| tables(alliance, "area").into_iter().map(move |area| (*alliance, area)));
    let owned: Vec<(&Table, &Table)> = owned.collect();
    let (all, paths) = flat(owned.iter().map(|(_, area)| *area));
    let others: Vec<&String> = paths.iter().filter(|path| *path != "name").collect();
    let name = |table: &Table| Cell::Text(table.name().unwrap_or_default().to_owned());
    let rows = owned.iter().zip(&all).map(|((alliance, area), own)| {
        let before = [name(alliance), name(area)];
        before.into_iter().chain(others.iter().map(|path| value(own, path))).collect()
    });
    let head: Vec<String> =
        BEFORE_AREAS.map(str::to_owned).into_iter().chain(others.iter().map(|path| (*path).clone())).collect();
    let about = head.iter().map(|name| (name.clone(), explained(keys, &["alliance", "", "area", ""], name)));
    let about = about.filter(|(_, [_, meaning])| !meaning.is_empty()).collect();
    Sheet { name: AREAS, rows: rows.collect(), about, head }
}
