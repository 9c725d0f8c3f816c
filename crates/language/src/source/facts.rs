//! Facts of forces from a CSV file, by force and first year; what the scenario writes wins.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Files;
use super::csv::{self, Cell, Row, Sheet};
use crate::heads::folded;
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Severity};
use crate::reader::meant;
use crate::suggest;
use crate::tree::{Entry, Item, Node, Table};
use engine::units::FinancialYear;

/// Where facts are looked for unless the scenario says otherwise, from the scenario's folder.
const USUAL: &str = "data/forces.csv";

/// Where they are looked for from a file that lies in the folder `data` itself.
const BESIDE_DATA: &str = "forces.csv";

/// The facts that the file may hold.
const FACTS: [&str; 7] = ["budget", "grant_share", "tax_base", "band_d", "reserves", "population", "officers"];

/// What else the file may hold, for people: no scenario reads it.
const BESIDE: [&str; 2] = ["core_grant", "precept"];

/// Where a fact may come from, for a line or (`budget_source`) for one fact.
const PROVENANCE: [&str; 4] = ["source", "confidence", "owner", "note"];

/// Fills the facts that the forces of a scenario do not write: from the file that it names, or else from the usual one
/// beside it, then beside what it extends.
pub fn fill_facts(files: &Files<'_>, table: &mut Table, chain: &[PathBuf], problems: &mut Found) {
    match table.get("facts").map(|entry| entry.node.clone()) {
        Some(node) => {
            if let Some(written) = node.text() {
                fill_from(files, table, &node.at, &node.at.path(written), problems);
            }
        }
        None => {
            let mut read = BTreeSet::new();
            for place in chain.iter().map(|file| Place::whole(Origin::File(file.clone()))) {
                let usual = if lies_in_data(&place) { place.path(BESIDE_DATA) } else { place.path(USUAL) };
                // What is there and is no plain file is told when it is read.
                if usual.exists() && read.insert(usual.clone()) {
                    fill_from(files, table, &place, &usual, problems);
                }
            }
        }
    }
}

fn lies_in_data(place: &Place) -> bool {
    place.path("").file_name().is_some_and(|folder| folder == "data") && !place.path(USUAL).exists()
}

fn fill_from(files: &Files<'_>, table: &mut Table, place: &Place, path: &Path, problems: &mut Found) {
    let Some(year) = table.get("first_year").and_then(|entry| entry.node.text()).map(str::to_owned) else { return };
    let text = files.read_csv(path, place, "facts");
    let origin = Arc::new(Origin::File(path.to_owned()));
    let mut sheet = match text.as_ref().map_err(Problem::clone).and_then(|text| csv::read(text, &origin)) {
        Ok(sheet) => sheet,
        Err(problem) => return problems.push(problem),
    };
    spell(&mut sheet);
    if !check_columns(&sheet, problems) {
        return;
    }
    let (Some(by_force), Some(by_year)) = (sheet.column("force"), sheet.column("year")) else { return };
    let Some(Item::List(forces)) = table.get_mut("force").map(|entry| &mut entry.node.item) else { return };
    let mut lines: HashMap<String, Vec<&Row>> = HashMap::new();
    for row in &sheet.rows {
        lines.entry(folded(row.text(by_force))).or_default().push(row);
    }
    for force in forces {
        let Item::Table(force) = &mut force.item else { continue };
        let Some(name) = force.name().map(str::to_owned) else { continue };
        let Some(lines) = lines.get(&folded(&name)) else { continue };
        let mut rows = lines.iter().filter(|row| row.text(by_force) == name && row.text(by_year) == year);
        if let Some(row) = rows.next() {
            fill(force, &sheet, &sheet.cells(row));
        } else if let Some(row) = lines.iter().find(|row| meant_year(row.text(by_year)) == meant_year(&year)) {
            let (written, of) = (row.text(by_force), row.text(by_year));
            let what = format!("\"{written}\" in {of} is not taken for \"{name}\" in {year}");
            problems.push(Problem {
                severity: Severity::WorthALook,
                place: sheet.place(row),
                key: "facts".to_owned(),
                what,
                remedy: format!("If it is meant, write {name} and {year} to the letter"),
            });
        }
        if let Some(second) = rows.next() {
            problems.push(Problem {
                severity: Severity::Error,
                place: sheet.place(second),
                key: "facts".to_owned(),
                what: format!("{name} in {year} has a second line"),
                remedy: "Keep one line for each force and year".to_owned(),
            });
        }
    }
}

/// The columns that the file may have.
fn known_columns() -> Vec<String> {
    let mut known: Vec<String> =
        ["force", "year"].into_iter().chain(FACTS).chain(BESIDE).chain(PROVENANCE).map(str::to_owned).collect();
    known.extend(
        FACTS.iter().chain(&BESIDE).flat_map(|fact| PROVENANCE.iter().map(move |part| format!("{fact}_{part}"))),
    );
    known
}

/// Spells heads with other capitals or blanks as they are spelt here.
fn spell(sheet: &mut Sheet<'_>) {
    let known = known_columns();
    for header in &mut sheet.headers {
        if let Some(name) = known.iter().find(|name| folded(name) == folded(&header.text)) {
            header.text.clone_from(name);
        }
    }
}

/// A financial year as it was probably meant.
fn meant_year(text: &str) -> String {
    text.parse::<FinancialYear>()
        .map_or_else(|_| meant::year(text).unwrap_or_else(|| text.to_owned()), |year| format!("Write \"{year}\""))
}

fn check_columns(sheet: &Sheet<'_>, problems: &mut Found) -> bool {
    let before = problems.len();
    let known = known_columns();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let headers = sheet.headers.iter().enumerate().filter(|(position, _)| !sheet.is_nameless(*position));
    let mut problem = |place: &Place, what: String, remedy: String| {
        problems.push(Problem {
            severity: Severity::Error,
            place: place.clone(),
            key: "facts".to_owned(),
            what,
            remedy,
        });
    };
    for (_, header) in headers {
        if !known.contains(&header.text.as_str()) {
            problem(
                &header.at,
                format!("there is no column \"{}\"", header.text),
                suggest::remedy(&header.text, &known),
            );
        }
    }
    for needed in ["force", "year"] {
        if let (None, Some(first)) = (sheet.column(needed), sheet.headers.first()) {
            problem(
                &first.at,
                format!("the column {needed} is missing"),
                "A line gives the facts of one force in one year".to_owned(),
            );
        }
    }
    problems.len() == before
}

fn find<'a>(sheet: &Sheet<'_>, cells: &'a [Cell], column: &str) -> Option<&'a Cell> {
    cells.get(sheet.column(column)?).filter(|cell| !cell.text.is_empty())
}

fn fill(force: &mut Table, sheet: &Sheet<'_>, row: &[Cell]) {
    // A force with money of its own has the tax base that this leaves.
    let own = ["budget", "grant_share", "band_d"].iter().all(|key| force.get(key).is_some());
    for fact in FACTS.into_iter().filter(|fact| !own || *fact != "tax_base") {
        if let Some(found) = fact_of(sheet, row, fact) {
            force.set_missing(found);
        }
    }
}

/// A fact of a line, with where it comes from.
fn fact_of(sheet: &Sheet<'_>, row: &[Cell], fact: &str) -> Option<Entry> {
    let written = find(sheet, row, fact)?;
    let number = written.text.parse().map_or_else(|_| Item::Text(written.text.clone()), Item::Number);
    let mut table = Table(vec![entry("value", written, number)]);
    let own = PROVENANCE.map(|part| (part, find(sheet, row, &format!("{fact}_{part}"))));
    // A fact with a source of its own does not take the confidence and note of its line.
    let has_own_source = own.iter().any(|(part, cell)| *part == "source" && cell.is_some());
    for (part, cell) in own {
        let line = find(sheet, row, part).filter(|_| !has_own_source || part == "owner");
        if let Some(cell) = cell.or(line) {
            table.set(entry(part, cell, Item::Text(cell.text.clone())));
        }
    }
    Some(entry(fact, written, Item::Table(table)))
}

/// Every fact of such a text: force, year, and the facts with where they come from.
pub fn every_fact(text: &str, origin: &Arc<Origin>) -> Result<Vec<(String, String, Table)>, Problem> {
    let sheet = csv::read(text, origin)?;
    let (by_force, by_year) = (sheet.column("force").unwrap_or(0), sheet.column("year").unwrap_or(1));
    let line = |row: &Row| {
        let cells = sheet.cells(row);
        let facts = FACTS.iter().chain(&BESIDE).filter_map(|fact| fact_of(&sheet, &cells, fact));
        (row.text(by_force).to_owned(), row.text(by_year).to_owned(), Table(facts.collect()))
    };
    Ok(sheet.rows.iter().map(line).collect())
}

/// Some columns of such a text, line by line.
pub fn texts<const N: usize>(
    text: &str,
    origin: &Arc<Origin>,
    columns: [&str; N],
) -> Result<Vec<[String; N]>, Problem> {
    let sheet = csv::read(text, origin)?;
    let of = |row: &Row| columns.map(|name| sheet.column(name).map_or("", |column| row.text(column)).to_owned());
    Ok(sheet.rows.iter().map(of).collect())
}

fn entry(key: &str, cell: &Cell, item: Item) -> Entry {
    Entry { key: key.to_owned(), at: cell.at.clone(), node: Node { at: cell.at.clone(), item } }
}
