//! What a row of sheet Scenario, and a single cell of any, states.

use super::Gather;
use crate::book::cells::{Filled, Written};
use crate::book::keys::{Found, find};
use crate::book::value::{item, of_kind};
use crate::book::{BESIDE, BETWEEN, FAMILIES, PARAMETERS, parameter};
use crate::describe::Kind;
use crate::place::Place;
use crate::reader::{self, meant};
use crate::suggest;
use crate::tree::{Entry, Item, NUMBER_KEYS, Node, Table, entry, key_path, value_from_toml};

/// The cell of a row under a head, where it is filled; and its place in any case.
pub(super) type Cells<'c> = (&'c dyn Fn(&str) -> Option<&'c Filled>, &'c dyn Fn(&str) -> Option<Place>);

impl Gather<'_> {
    /// What a row of sheet Scenario states: a value, or a table of value, distribution and evidence. None: nothing.
    pub(super) fn row(&mut self, key: &str, kind: Option<&Kind>, at: &Place, cells: Cells<'_>) -> Option<Node> {
        let cell = cells.0;
        let value = cell("Value").and_then(|cell| self.typed(key, kind, cell));
        let mut table = Table::default();
        table.0.extend(self.distribution(key, cells));
        for (name, cell) in BESIDE.into_iter().filter_map(|name| Some((name, cell(name)?))) {
            let is_number = ["Plan", "Min", "Max"].contains(&name);
            let kind = if is_number { None } else { Some(&Kind::Text) };
            let written =
                if name == "Confidence" { Written::Text(cell.text().to_lowercase()) } else { cell.written.clone() };
            table.set(entry(&name.to_lowercase(), &cell.at, item(kind, &written)));
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

    /// The distribution of a row and its parameters.
    fn distribution(&mut self, key: &str, (cell, place): Cells<'_>) -> Option<Entry> {
        let filled: Vec<(&str, &Filled)> =
            PARAMETERS.into_iter().filter_map(|name| Some((name, cell(name)?))).collect();
        let Some(written) = cell("Distribution") else {
            for (name, cell) in filled {
                let what = format!("{name} without a distribution");
                self.problem(&cell.at, key, what, "Write into column Distribution which it is, such as pert");
            }
            return None;
        };
        let family = written.text().to_lowercase();
        if !FAMILIES.contains(&family.as_str()) {
            let (what, remedy) = if NUMBER_KEYS.contains(&family.as_str()) {
                let what = format!("the parameters of {family} have no columns");
                (what, format!("Write it into Value as TOML, as sheet Read me says: {{ {family} = {{ … }} }}"))
            } else {
                (format!("there is no distribution \"{}\"", written.text()), suggest::remedy(&family, &FAMILIES))
            };
            self.problem(&written.at, key, what, remedy);
            return None;
        }
        let needed =
            reader::FAMILIES.iter().find(|(name, ..)| *name == family).map_or(&[][..], |(_, needed, _)| needed);
        let columns = needed.iter().filter_map(|name| PARAMETERS.into_iter().find(|c| parameter(&family, c) == *name));
        let missing: Vec<&str> = columns.filter(|column| cell(column).is_none()).collect();
        for column in &missing {
            let at = place(column).unwrap_or_else(|| written.at.clone());
            self.problem(&at, key, format!("{column} of the {family} is missing"), "Fill it in");
        }
        let parameters = filled
            .into_iter()
            .map(|(name, cell)| entry(&parameter(&family, name), &cell.at, item(None, &cell.written)));
        let table = Item::Table(Table(parameters.collect()));
        missing.is_empty().then(|| entry(&family, &written.at, table))
    }

    /// What a cell holds, by the kind of its key; what begins with [ or { is TOML.
    pub(super) fn typed(&mut self, key: &str, kind: Option<&Kind>, cell: &Filled) -> Option<Node> {
        if let Written::Date(..) = &cell.written
            && let Some((wanted, remedy)) = no_date(kind)
        {
            let what = format!("{wanted} is wanted here, this is the date {}", cell.text());
            self.problem(&cell.at, key, what, remedy);
            return None;
        }
        let Written::Text(text) = &cell.written else { return Some(of_kind(kind, &cell.written, &cell.at)) };
        if text.starts_with(['[', '{']) {
            let node = value_from_toml(text, &cell.at);
            if let Err(error) = &node {
                let remedy = "Write a list as a; b; c, or as TOML between [ and ]; a table between { and }";
                self.problem(&cell.at, key, format!("this is neither text nor TOML: {error}"), remedy);
            }
            return node.ok();
        }
        let Some((wanted, remedy)) = self.mistaken(key, kind, text) else {
            return Some(of_kind(kind, &cell.written, &cell.at));
        };
        self.problem(&cell.at, key, format!("{wanted} is wanted here, this is \"{text}\""), remedy);
        None
    }

    /// What was wanted instead of a text, and what to write.
    fn mistaken(&self, key: &str, kind: Option<&Kind>, text: &str) -> Option<(&'static str, String)> {
        match kind? {
            Kind::Flag => {
                let known = ["yes", "no", "true", "false"].contains(&text.to_lowercase().as_str());
                (!known).then(|| ("yes or no", "Write yes or no".to_owned()))
            }
            Kind::Number(_) | Kind::Fact(_) | Kind::Plain(_) | Kind::Whole(..) if text.parse::<f64>().is_err() => {
                let unit = match find(self.keys, &key_path(key).unwrap_or_default()) {
                    Found::Value(doc) => doc.unit,
                    _ => "",
                };
                Some(("a number", meant::number(text, unit).unwrap_or_else(|| "Write a number".to_owned())))
            }
            Kind::List(_) => {
                let is_name = |name: &str| self.names.iter().any(|known| known == name.trim());
                let by_commas = text.contains(',') && !text.split(BETWEEN).all(is_name) && text.split(',').all(is_name);
                let parts = || text.split(',').map(str::trim).collect::<Vec<_>>().join("; ");
                by_commas.then(|| ("a list with semicolons between its parts", format!("Write {}", parts())))
            }
            _ => None,
        }
    }
}

/// What is wanted where a date is not, and what to do: spreadsheets make dates of much that is none.
fn no_date(kind: Option<&Kind>) -> Option<(&'static str, &'static str)> {
    match kind? {
        Kind::Number(_) | Kind::Fact(_) | Kind::Plain(_) | Kind::Whole(..) => Some((
            "a number",
            "A spreadsheet makes a date of 1.5 or 1/5: give the cell the format of a number and type it again",
        )),
        Kind::Text | Kind::Choice(_) => Some(("a text", "Give the cell the format of a text and type it again")),
        Kind::Flag => Some(("yes or no", "Write yes or no")),
        Kind::Either(kinds) => kinds.iter().find_map(|kind| no_date(Some(kind))),
        _ => None,
    }
}
