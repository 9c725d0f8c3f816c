//! What is known to have happened, from a CSV file: a line a figure, the columns the keys of an actual.

use std::path::Path;
use std::sync::Arc;

use super::Files;
use super::csv::{self, Cell, Sheet};
use crate::describe::{KeyDoc, Kind, below, keys};
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Severity};
use crate::reader::{PROVENANCE, meant};
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table, check_names};
use engine::outcomes::OutcomeId;

/// The list in which they stand.
const LIST: &str = "actual";

/// Columns that a file needs.
const NEEDED: [&str; 3] = ["measure", "value", "source"];

/// Puts the figures of a file in the place of those that a table has. Says whether it could be read.
pub fn put_actuals(files: &Files<'_>, table: &mut Table, path: &Path, problems: &mut Found) -> bool {
    let before = problems.errors();
    let whole = Place::whole(Origin::File(path.to_owned()));
    let text = files.read_csv(path, &whole, "");
    let origin = Arc::new(Origin::File(path.to_owned()));
    let sheet = text.as_ref().map_err(Problem::clone).and_then(|text| csv::read(text, &origin));
    match sheet {
        Ok(sheet) => {
            let keys = keys();
            let keys = below(&keys, LIST);
            check_columns(&sheet, keys, problems);
            let rows = sheet.rows.iter().map(|row| figure(&sheet, row, keys, problems)).collect();
            let at = sheet.headers.first().map_or(whole, |first| first.at.clone());
            let list = Node { at: at.clone(), item: Item::List(rows) };
            table.set(Entry { key: LIST.to_owned(), at, node: list });
            check_names(table, "", problems);
        }
        Err(problem) => problems.push(problem),
    }
    problems.errors() == before
}

/// Every column is a key of an actual, once, and none that is needed is missing.
fn check_columns(sheet: &Sheet<'_>, keys: &[KeyDoc], problems: &mut Found) {
    let known: Vec<&str> = keys.iter().map(|key| key.name).chain(PROVENANCE).collect();
    let mut problem = |at: &Place, what: String, remedy: String| {
        problems.push(Problem { severity: Severity::Error, place: at.clone(), key: LIST.to_owned(), what, remedy });
    };
    let named = sheet.headers.iter().enumerate().filter(|(column, _)| !sheet.is_nameless(*column));
    for (column, head) in named {
        if !known.contains(&head.text.as_str()) {
            problem(&head.at, format!("\"{}\" is no key", head.text), suggest::remedy(&head.text, &known));
        } else if sheet.column(&head.text) != Some(column) {
            problem(&head.at, format!("\"{}\" is a column twice", head.text), "Leave one out".to_owned());
        }
    }
    let Some(first) = sheet.headers.first() else { return };
    for needed in NEEDED.iter().filter(|needed| sheet.column(needed).is_none()) {
        let remedy = format!("The first line must name {}, and date or year", NEEDED.join(", "));
        problem(&first.at, format!("the column {needed} is missing"), remedy);
    }
    if sheet.rows.is_empty() {
        let (what, remedy) = ("the file names columns and holds no figure", "Write one figure a line below the heads");
        problem(&first.at, what.to_owned(), remedy.to_owned());
    }
}

/// The figure of a line.
fn figure(sheet: &Sheet<'_>, row: &csv::Row, keys: &[KeyDoc], problems: &mut Found) -> Node {
    let mut table = Table::default();
    for (head, cell) in sheet.headers.iter().zip(sheet.cells(row)).filter(|(_, cell)| !cell.text.is_empty()) {
        if let Some(error) = meant::spreadsheet_error(&cell.text) {
            let what = format!("{error} is an error of the spreadsheet");
            let (severity, place, key) = (Severity::Error, cell.at.clone(), LIST.to_owned());
            problems.push(Problem { severity, place, key, what, remedy: meant::MEND.to_owned() });
            continue;
        }
        let is_number = keys.iter().any(|key| key.name == head.text && matches!(key.kind, Kind::Plain(_)));
        if is_number && WORDS.contains(&cell.text.to_lowercase().as_str()) && !is_of_fact(sheet, row) {
            let what = format!("\"{}\" answers what happens or does not, and the measure is an amount", cell.text);
            let (severity, place, key) = (Severity::Error, cell.at.clone(), LIST.to_owned());
            problems.push(Problem { severity, place, key, what, remedy: "Write the amount".to_owned() });
            continue;
        }
        let node = Node { at: cell.at.clone(), item: item(&cell, is_number) };
        table.set_missing(Entry { key: head.text.clone(), at: cell.at, node });
    }
    Node { at: sheet.place(row), item: Item::Table(table) }
}

/// Words for what happens and what does not.
const WORDS: [&str; 2] = ["yes", "no"];

/// Whether the measure of a line is one that happens or does not, as far as its name tells.
fn is_of_fact(sheet: &Sheet<'_>, row: &csv::Row) -> bool {
    let measure = sheet.headers.iter().zip(sheet.cells(row)).find(|(head, _)| head.text == "measure");
    let id = measure.and_then(|(_, cell)| cell.text.parse::<OutcomeId>().ok());
    id.is_none_or(|own| own.outcome.is_fact())
}

/// What a cell holds; of what happens or does not, yes is 1 and no is 0.
fn item(cell: &Cell, is_number: bool) -> Item {
    let number = match cell.text.to_lowercase().as_str() {
        "yes" => Some(1.0),
        "no" => Some(0.0),
        written => written.parse().ok(),
    };
    number.filter(|_| is_number).map_or_else(|| Item::Text(cell.text.clone()), Item::Number)
}
