//! Business areas from a CSV file: a line an area, the columns dotted paths inside it.

use std::collections::HashSet;
use std::sync::Arc;

use super::Files;
use super::csv::{self, Cell, Sheet};
use crate::characters::first;
use crate::describe::{KeyDoc, below, keys};
use crate::heads;
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Severity};
use crate::reader::{PROVENANCE, meant};
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table, check_names, insert, merge};
use crate::within::within;
use engine::uncertainty::quote_key;

/// Columns that an area needs, in whatever form (`saving` or `saving.pert.low`).
const NEEDED: [&str; 5] = ["name", "cost", "saving", "submit", "implement"];

/// Reads the files named by `areas` in every alliance of a table; what stands in the table amends the file's lines.
/// Says whether all of them could be read.
pub fn expand_areas(files: &Files<'_>, table: &mut Table, problems: &mut Found) -> bool {
    let mut is_sound = true;
    let Some(Item::List(alliances)) = table.get_mut("alliance").map(|entry| &mut entry.node.item) else { return true };
    for alliance in alliances {
        let Item::Table(alliance) = &mut alliance.item else { continue };
        let Some(entry) = alliance.get("areas").cloned() else { continue };
        let Some(written) = entry.node.text() else { continue };
        let path =
            alliance.name().map_or_else(|| "alliance".to_owned(), |name| format!("alliance.{}", quote_key(name)));
        let before = problems.errors();
        if let Some(areas) = read_areas(files, written, &entry, &path, problems) {
            let list = Node { at: entry.node.at.clone(), item: Item::List(areas) };
            let area = Entry { key: "area".to_owned(), at: entry.at.clone(), node: list };
            let mut read = Table(vec![area]);
            within(&mut read, &path, problems);
            check_names(&read, &path, problems);
            if let Some(inline) = alliance.get("area").cloned() {
                merge(&mut read, Table(vec![inline]));
            }
            // The file is in: the key goes, so that a later layer or override does not read it again.
            alliance.0.retain(|old| old.key != "area" && old.key != "areas");
            alliance.0.extend(read.0);
        } else {
            alliance.0.retain(|old| old.key != "areas");
        }
        is_sound &= problems.errors() == before;
    }
    is_sound
}

fn read_areas(files: &Files<'_>, written: &str, entry: &Entry, path: &str, problems: &mut Found) -> Option<Vec<Node>> {
    let file = entry.node.at.path(written);
    let key = format!("{path}.areas");
    // Where there were too many cells before it, it is not read.
    let text = files.count_cells(&file, 0, &entry.node.at, &key);
    let text = text.and_then(|()| files.read_csv(&file, &entry.node.at, &key));
    let origin = Arc::new(Origin::File(file.clone()));
    let sheet = text.as_ref().map_err(Problem::clone).and_then(|text| csv::read(text, &origin)).and_then(|sheet| {
        let cells = (sheet.rows.len() + 1) * sheet.headers.len();
        files.count_cells(&file, cells, &entry.node.at, &key).map(|()| sheet)
    });
    let sheet = match sheet {
        Ok(sheet) => sheet,
        Err(problem) => {
            problems.push(problem);
            return None;
        }
    };
    let keys = keys();
    let columns = columns(&sheet, below(below(&keys, "alliance"), "area"), path, problems)?;
    if let (true, Some(first)) = (sheet.rows.is_empty(), sheet.headers.first()) {
        problems.push(Problem {
            severity: Severity::Error,
            place: first.at.clone(),
            key: format!("{path}.areas"),
            what: "the file names columns and holds no business area".to_owned(),
            remedy: "Write one area a line below the heads, or leave `areas` out".to_owned(),
        });
    }
    Some(sheet.rows.iter().map(|row| area(sheet.place(row), &sheet.cells(row), &columns, path, problems)).collect())
}

/// The dotted paths of the columns.
fn columns(sheet: &Sheet<'_>, keys: &[KeyDoc], path: &str, problems: &mut Found) -> Option<Vec<Vec<String>>> {
    let before = problems.len();
    let mut columns: Vec<Vec<String>> = Vec::new();
    let mut known: HashSet<Vec<String>> = HashSet::new();
    for (position, header) in sheet.headers.iter().enumerate() {
        if sheet.is_nameless(position) {
            columns.push(Vec::new());
            continue;
        }
        match heads::path(&header.text, keys) {
            Ok(names) if known.contains(&names) => {
                problems.push(at(header, path, "is a column twice", "Leave one out"));
            }
            Ok(names) => {
                known.insert(names.clone());
                columns.push(names);
                continue;
            }
            Err(_) if first(&header.text).is_some() => {
                let odd = first(&header.text);
                let (name, remedy) = odd.map_or(("", ""), |odd| (odd.name, odd.remedy));
                problems.push(at(header, path, &format!("holds {name}"), remedy));
            }
            Err(_) => {
                problems.push(at(
                    header,
                    path,
                    "is no key",
                    "Name columns as keys of an area: saving, saving.pert.low, cost.\"Devon & Cornwall\"",
                ));
            }
        }
        columns.push(Vec::new());
    }
    for needed in NEEDED {
        if !columns.iter().any(|names| names.first().is_some_and(|name| name == needed)) {
            let place = sheet.headers.first().map(|header| header.at.clone())?;
            let all =
                format!("The first line must name {} (or parts of them such as saving.pert.low)", NEEDED.join(", "));
            let meant = slipped(&sheet.headers, &columns, keys, needed);
            problems.push(Problem {
                severity: Severity::Error,
                place: meant.map_or(place, |header| header.at.clone()),
                key: format!("{path}.areas"),
                what: format!("the column {needed} is missing"),
                remedy: meant.map_or(all, |header| format!("Is it \"{}\"? Then write {needed}", header.text)),
            });
        }
    }
    (problems.len() == before).then_some(columns)
}

/// The head that is no key and was probably meant to be a column that is missing.
fn slipped<'a>(headers: &'a [Cell], columns: &[Vec<String>], keys: &[KeyDoc], needed: &str) -> Option<&'a Cell> {
    let is_known = |name: &String| keys.iter().any(|key| key.name == name) || PROVENANCE.contains(&name.as_str());
    let unknown = |(_, names): &(&'a Cell, &Vec<String>)| names.first().is_some_and(|name| !is_known(name));
    let mut odd = headers.iter().zip(columns).filter(unknown);
    odd.find(|(_, names)| names.first().is_some_and(|name| suggest::nearest(name, [needed]).is_some()))
        .map(|(cell, _)| cell)
}

fn at(header: &Cell, path: &str, what: &str, remedy: &str) -> Problem {
    Problem {
        severity: Severity::Error,
        place: header.at.clone(),
        key: format!("{path}.areas"),
        what: format!("\"{}\" {what}", header.text),
        remedy: remedy.to_owned(),
    }
}

fn area(at: Place, cells: &[Cell], columns: &[Vec<String>], path: &str, problems: &mut Found) -> Node {
    let mut table = Table::default();
    for (cell, names) in cells.iter().zip(columns) {
        let Some(last) = names.last().filter(|_| !cell.text.is_empty()) else { continue };
        if let Some(error) = meant::spreadsheet_error(&cell.text) {
            let what = format!("{error} is an error of the spreadsheet");
            let (severity, place, key) = (Severity::Error, cell.at.clone(), format!("{path}.areas"));
            problems.push(Problem { severity, place, key, what, remedy: meant::MEND.to_owned() });
            continue;
        }
        if insert(&mut table, names, &cell.at, node(last, cell)).is_err() {
            // As of `saving` and `saving.value`.
            let what = format!("\"{}\" states what another column of this line has stated", names.join("."));
            let remedy = "Leave one of the two empty".to_owned();
            problems.push(Problem {
                severity: Severity::Error,
                place: cell.at.clone(),
                key: format!("{path}.areas"),
                what,
                remedy,
            });
        }
    }
    Node { at, item: Item::Table(table) }
}

/// What a cell holds, by the name of its column.
fn node(key: &str, cell: &Cell) -> Node {
    let text = |text: &str| Item::Text(text.trim().to_owned());
    let at = |item: Item| Node { at: cell.at.clone(), item };
    at(match (key, cell.text.as_str()) {
        ("after", names) => Item::List(names.split(';').map(|name| at(text(name))).collect()),
        ("name" | "source" | "confidence" | "owner" | "note" | "draws_as" | "file" | "column", written) => {
            text(written)
        }
        (_, written) if ["yes", "true"].contains(&written.to_lowercase().as_str()) => Item::Flag(true),
        (_, written) if ["no", "false"].contains(&written.to_lowercase().as_str()) => Item::Flag(false),
        (_, written) => written.parse().map_or_else(|_| text(written), Item::Number),
    })
}
