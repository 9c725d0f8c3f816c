//! From the tree of a scenario to sheets of cells.

use super::keys::{Found, find, meaning};
use super::parameter;
use super::{
    AREAS, BEFORE_AREAS, BEFORE_FORCES, BESIDE, BETWEEN, COLUMNS, EXPLAINS, FAMILIES, FORCES, PARAMETERS, READ_ME,
    REMARK, SCENARIO,
};
use crate::characters::trimmed;
use crate::describe::{KeyDoc, keys};
use crate::reader::{PROVENANCE, is_number};
use crate::tree::{Entry, Item, Node, Table, is_named_list, key_path, text_to_toml, value_to_toml};
use engine::uncertainty::quote_key;

/// A scenario on sheets to be filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Form {
    /// Title of the scenario.
    pub title: String,
    /// How to fill it in, a paragraph each.
    pub read_me: &'static [&'static str],
    /// The sheets.
    pub sheets: Vec<Sheet>,
}

/// Cells under a row of heads.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Its name.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many of them stay in sight.
    pub in_sight: usize,
    /// The rows, each as long as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Whether rows below are ready to be filled in: what they hold needs no key.
    pub has_spare: bool,
    /// Unit and meaning of columns that have no room for them.
    pub about: Vec<(String, [String; 2])>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its head.
    pub head: String,
    /// What it is for.
    pub role: Role,
    /// Words to choose from; any content where there are none.
    pub choices: &'static [&'static str],
}

/// What a column is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It names what the row is about.
    Key,
    /// It says what that is.
    Explains,
    /// It is filled in.
    Filled,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// The heading of the rows that follow.
    Heading(String),
}

/// The form of a scenario: a row a key, but forces in columns of their own and areas in rows of their own.
pub fn form(root: &Table, title: &str) -> Form {
    let keys = keys();
    Form {
        title: title.to_owned(),
        read_me: &READ_ME,
        sheets: vec![scenario(root, &keys), forces(root, &keys), areas(root, &keys)],
    }
}

fn scenario(root: &Table, keys: &[KeyDoc]) -> Sheet {
    let mut rows = Rows { keys, rows: Vec::new() };
    let scalars = root.0.iter().filter(|entry| !matches!(&entry.node.item, Item::Table(_) | Item::List(_)));
    scalars.for_each(|entry| rows.entry(entry, &mut Vec::new()));
    let others = root.0.iter().filter(|entry| matches!(&entry.node.item, Item::Table(_) | Item::List(_)));
    for entry in others.filter(|entry| entry.key != "force") {
        let doc = keys.iter().find(|key| key.name == entry.key).map_or("", |key| key.doc);
        rows.heading(&format!("{REMARK} {doc}"));
        rows.entry(entry, &mut Vec::new());
    }
    let column = |head: &&'static str| {
        let choices: &[&str] = match *head {
            "Distribution" => &FAMILIES,
            "Confidence" => &["high", "medium", "low"],
            _ => &[],
        };
        Column { choices, ..column(head) }
    };
    let columns = COLUMNS.iter().map(column).collect();
    Sheet { name: SCENARIO, columns, in_sight: 1, rows: rows.rows, has_spare: false, about: Vec::new() }
}

/// A column by its head.
fn column(head: &str) -> Column {
    let role = match head {
        "Key" => Role::Key,
        head if EXPLAINS.contains(&head) => Role::Explains,
        _ => Role::Filled,
    };
    Column { head: head.to_owned(), role, choices: &[] }
}

/// Builds the rows of sheet Scenario.
struct Rows<'a> {
    keys: &'a [KeyDoc],
    rows: Vec<Vec<Cell>>,
}

impl Rows<'_> {
    fn heading(&mut self, text: &str) {
        let mut row = vec![Cell::Empty; COLUMNS.len()];
        row[0] = Cell::Heading(text.to_owned());
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
        let named = path.len() > 1 && is_named_list(&path[path.len() - 2]);
        keys.into_iter().filter(|entry| !(named && entry.key == "name")).for_each(|entry| self.entry(entry, path));
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
        Item::Text(text) => Cell::Text(text_of(text)),
        Item::List(items) => Cell::Text(list(items).unwrap_or_else(|| value_to_toml(node))),
        Item::Table(_) | Item::Other(_) => Cell::Text(value_to_toml(node)),
    }
}

/// A text as it stands in a cell: between double quotes where it would be read as something else, or with less at its ends.
fn text_of(text: &str) -> String {
    let is_other = text.starts_with(['[', '{', '"', REMARK]) || text.contains('\r');
    if text.is_empty() || is_other || trimmed(text) != text { text_to_toml(text) } else { text.to_owned() }
}

/// A name at the head of a column, which may also be that of a column of the sheet's own.
fn head_of(name: &str) -> String {
    let is_own = BEFORE_FORCES.iter().any(|head| head.eq_ignore_ascii_case(name));
    if is_own { text_to_toml(name) } else { text_of(name) }
}

/// A list as people write it; none where it could be read as something else.
fn list(items: &[Node]) -> Option<String> {
    let part = |item: &Node| match &item.item {
        Item::Text(text) if !text.contains([BETWEEN, '[', '{', '"']) && text_of(text) == *text => Some(text.clone()),
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
const IN_ITS_UNIT: [&str; 12] =
    ["value", "low", "mode", "high", "median", "mean", "p10", "p50", "p90", "plan", "min", "max"];

fn forces(root: &Table, keys: &[KeyDoc]) -> Sheet {
    let forces = tables(root, "force");
    let (all, paths) = flat(forces.iter().copied());
    let names = forces.iter().map(|force| head_of(force.name().unwrap_or_default()));
    let row = |path: &String| {
        let [unit, meaning] = explained(keys, &["force", ""], path);
        let before = [path.clone(), unit, meaning].map(Cell::Text);
        before.into_iter().chain(all.iter().map(|own| value(own, path))).collect()
    };
    let rows = paths.iter().filter(|path| *path != "name").map(row).collect();
    // Whatever a force is called, its column is filled in.
    let names = names.map(|head| Column { head, role: Role::Filled, choices: &[] });
    let columns = BEFORE_FORCES.into_iter().map(column).chain(names).collect();
    let in_sight = BEFORE_FORCES.len();
    Sheet { name: FORCES, columns, in_sight, rows, has_spare: false, about: Vec::new() }
}

fn areas(root: &Table, keys: &[KeyDoc]) -> Sheet {
    let alliances = tables(root, "alliance");
    let owned =
        alliances.iter().flat_map(|alliance| tables(alliance, "area").into_iter().map(move |area| (*alliance, area)));
    let owned: Vec<(&Table, &Table)> = owned.collect();
    let (all, paths) = flat(owned.iter().map(|(_, area)| *area));
    let others: Vec<&String> = paths.iter().filter(|path| *path != "name").collect();
    let name = |table: &Table| Cell::Text(text_of(table.name().unwrap_or_default()));
    let rows = owned.iter().zip(&all).map(|((alliance, area), own)| {
        let before = [name(alliance), name(area)];
        before.into_iter().chain(others.iter().map(|path| value(own, path))).collect()
    });
    let head: Vec<String> =
        BEFORE_AREAS.map(str::to_owned).into_iter().chain(others.iter().map(|path| (*path).clone())).collect();
    let about = head.iter().map(|name| (name.clone(), explained(keys, &["alliance", "", "area", ""], name)));
    let about = about.filter(|(_, [_, meaning])| !meaning.is_empty()).collect();
    let columns = head.into_iter().map(|head| Column { head, role: Role::Filled, choices: &[] }).collect();
    let in_sight = BEFORE_AREAS.len();
    Sheet { name: AREAS, columns, in_sight, rows: rows.collect(), has_spare: true, about }
}
