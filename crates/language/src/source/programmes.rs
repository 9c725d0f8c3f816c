//! Programmes of the past from a CSV file: a line a programme, what was promised, planned and cost beside what came of it.

use std::path::Path;
use std::sync::Arc;

use super::Files;
use super::csv::{self, Cell, Sheet};
use crate::heads::folded;
use crate::limits::NUMBER;
use crate::place::{Origin, Place};
use crate::problem::{Found, Problem, Problems, Severity};
use crate::reader::meant;
use crate::suggest;
use foreign::files::Source;

/// Columns that every line fills.
const NEEDED: [&str; 2] = ["class", "programme"];
/// Figures that may stand as one, or as a range under their name with `_low` and `_high`; each with that by which it is divided.
const FIGURES: [(&str, Option<&str>); 6] = [
    ("promised", None),
    ("delivered", Some("promised")),
    ("planned_years", None),
    ("actual_years", Some("planned_years")),
    ("planned_cost", None),
    ("actual_cost", Some("planned_cost")),
];
/// Columns of yes or no.
const FLAGS: [&str; 2] = ["failed", "ended"];
/// The other columns.
const OTHERS: [&str; 4] = ["exposure", "source", "confidence", "note"];

/// The one figure that may be 0 or less: a programme may have cost more than it saved.
const DELIVERED: &str = "delivered";

/// From so many times the other on, two figures are probably in two units.
const FAR: f64 = 20.0;

/// A programme of the past, as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Programme {
    /// Its line.
    pub place: Place,
    /// Its reference class.
    pub class: String,
    /// Its name, one in its class.
    pub name: String,
    /// Delivered by promised benefit: the low and the high end of each, in whatever unit; promised above 0.
    pub delivered: Option<[(f64, f64); 2]>,
    /// Whether it delivered next to nothing, where that is said and no figure.
    pub failed: Option<bool>,
    /// Actual by planned time, in whatever unit, above 0.
    pub years: Option<[(f64, f64); 2]>,
    /// Actual by planned cost, in whatever unit, above 0.
    pub cost: Option<[(f64, f64); 2]>,
    /// Whether its alliance ended or a member left, and after how many years, above 0; or how many years it is known to have run.
    pub exposure: Option<(bool, f64)>,
    /// Where its figures come from.
    pub source: String,
    /// How sure that is.
    pub confidence: String,
    /// What else must be known of it.
    pub note: String,
}

/// Reads programmes of the past, and what of them is worth a look.
///
/// # Errors
/// Every problem found, each with its line and column.
pub fn programmes(source: &dyn Source, path: &Path) -> Result<(Vec<Programme>, Problems), Problems> {
    let files = Files::of(source);
    let origin = Arc::new(Origin::File(path.to_owned()));
    let whole = Place::whole((*origin).clone());
    let one = |problem| Problems::new(vec![problem]);
    let text = files.read_csv(path, &whole, "").map_err(one)?;
    let mut sheet = csv::read(&text, &origin).map_err(one)?;
    let mut found = Found::default();
    spell(&mut sheet);
    check_columns(&sheet, &mut found);
    if found.errors() > 0 {
        return Err(Problems::new(found));
    }
    let mut all: Vec<Programme> = Vec::new();
    for row in &sheet.rows {
        let line = Line { sheet: &sheet, cells: sheet.cells(row), at: sheet.place(row) };
        let read = line.programme(&mut found);
        if let Some(other) = all.iter().find(|other| !read.name.is_empty() && is_same(other, &read)) {
            let what =
                format!("\"{}\" of the class \"{}\" stands on line {} too", read.name, read.class, other.place.line);
            line.problem(&mut found, "programme", &what, "Keep one line a programme, or give each a name of its own");
        }
        all.push(read);
    }
    all.iter().enumerate().for_each(|(k, own)| alike(&all[..k], own, &mut found));
    if all.is_empty() {
        let what = "the file names columns and holds no programme".to_owned();
        let (place, remedy) = (whole, "Write one programme a line below the heads".to_owned());
        found.push(Problem { severity: Severity::Error, place, key: String::new(), what, remedy });
    }
    if found.errors() > 0 { Err(Problems::new(found)) } else { Ok((all, Problems::new(found))) }
}

/// Notes a class, or a programme of one class, that differs from an earlier one by capitals, blanks and marks only.
fn alike(before: &[Programme], own: &Programme, found: &mut Found) {
    let is_alike = |one: &str, other: &str| one != other && !folded(one).is_empty() && folded(one) == folded(other);
    let is_new = !before.iter().any(|other| other.class == own.class);
    let class = before.iter().filter(|_| is_new).find(|other| is_alike(&other.class, &own.class));
    let name = before.iter().find(|other| other.class == own.class && is_alike(&other.name, &own.name));
    let told = [
        ("class", class.map(|other| (&own.class, &other.class))),
        ("programme", name.map(|other| (&own.name, &other.name))),
    ];
    for (key, pair) in told {
        if let Some((own_name, other)) = pair {
            let what = format!("\"{own_name}\" is all but \"{other}\", and counts as another {key}");
            let (severity, place, key) = (Severity::WorthALook, own.place.clone(), key.to_owned());
            found.push(Problem { severity, place, key, what, remedy: "If they are one, spell them alike".to_owned() });
        }
    }
}

fn is_same(one: &Programme, other: &Programme) -> bool {
    one.name == other.name && one.class == other.class
}

/// The columns that the file may have.
fn known_columns() -> Vec<String> {
    let figures =
        FIGURES.iter().flat_map(|(name, _)| [(*name).to_owned(), format!("{name}_low"), format!("{name}_high")]);
    let texts = NEEDED.into_iter().chain(FLAGS).chain(OTHERS).map(str::to_owned);
    texts.chain(figures).collect()
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

fn check_columns(sheet: &Sheet<'_>, found: &mut Found) {
    let known = known_columns();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let mut problem = |place: &Place, what: String, remedy: String| {
        let (severity, place, key) = (Severity::Error, place.clone(), String::new());
        found.push(Problem { severity, place, key, what, remedy });
    };
    for (position, header) in sheet.headers.iter().enumerate().filter(|(position, _)| !sheet.is_nameless(*position)) {
        let name = header.text.as_str();
        if !known.contains(&name) {
            problem(&header.at, format!("there is no column \"{name}\""), suggest::remedy(name, &known));
        } else if sheet.headers[..position].iter().any(|other| other.text == name) {
            problem(&header.at, format!("\"{name}\" is a column twice"), "Leave one out".to_owned());
        }
    }
    for needed in NEEDED {
        if let (None, Some(first)) = (sheet.column(needed), sheet.headers.first()) {
            let remedy = format!("The first line must name {}", NEEDED.join(" and "));
            problem(&first.at, format!("the column {needed} is missing"), remedy);
        }
    }
}

/// A line of the file.
struct Line<'s, 't> {
    sheet: &'s Sheet<'t>,
    cells: Vec<Cell>,
    at: Place,
}

impl Line<'_, '_> {
    /// A cell in which something stands.
    fn cell(&self, column: &str) -> Option<&Cell> {
        self.cells.get(self.sheet.column(column)?).filter(|cell| !cell.text.is_empty())
    }

    fn text(&self, column: &str) -> String {
        self.cell(column).map_or_else(String::new, |cell| cell.text.clone())
    }

    /// A text of one line, of characters that can be seen.
    fn line(&self, column: &str, found: &mut Found) -> String {
        let text = self.text(column);
        if text.chars().any(char::is_control) {
            let what = "here is a line break, a tab or a control character";
            self.problem(found, column, what, "Write it in one line, with ordinary spaces");
        }
        text
    }

    /// Adds a problem at a cell, or at the line where nothing stands in it.
    fn problem(&self, found: &mut Found, column: &str, what: &str, remedy: &str) {
        let place = self.cell(column).map_or_else(|| self.at.clone(), |cell| cell.at.clone());
        let (severity, key) = (Severity::Error, column.to_owned());
        found.push(Problem { severity, place, key, what: what.to_owned(), remedy: remedy.to_owned() });
    }

    fn programme(&self, found: &mut Found) -> Programme {
        for needed in NEEDED.into_iter().filter(|needed| self.cell(needed).is_none()) {
            self.problem(found, needed, "is not written", "Every line names its class and its programme");
        }
        let pair = |over: &str, under: &str, found: &mut Found| self.pair(over, under, found);
        let read = Programme {
            place: self.at.clone(),
            class: self.line("class", found),
            name: self.line("programme", found),
            delivered: pair("delivered", "promised", found),
            failed: self.flag("failed", found),
            years: pair("actual_years", "planned_years", found),
            cost: pair("actual_cost", "planned_cost", found),
            exposure: self.exposure(found),
            source: self.line("source", found),
            confidence: self.line("confidence", found),
            note: self.text("note"),
        };
        let is_nothing = read.delivered.is_none() && read.failed.is_none() && read.exposure.is_none();
        if is_nothing && read.years.is_none() && read.cost.is_none() && found.errors() == 0 {
            self.worth_a_look(
                found,
                "",
                "nothing can be learnt from this line",
                "State a figure with what it is held against",
            );
        }
        if read.source.is_empty() {
            self.worth_a_look(found, "", "this programme has no source", "Say in `source` where its figures come from");
        }
        read
    }

    fn worth_a_look(&self, found: &mut Found, key: &str, what: &str, remedy: &str) {
        let (severity, place, key) = (Severity::WorthALook, self.at.clone(), key.to_owned());
        found.push(Problem { severity, place, key, what: what.to_owned(), remedy: remedy.to_owned() });
    }

    /// A figure with that by which it is divided; none where neither is whole, or the one above is missing.
    fn pair(&self, over: &str, under: &str, found: &mut Found) -> Option<[(f64, f64); 2]> {
        let (above, below) = (self.figure(over, found), self.figure(under, found));
        let written = self.written(over);
        if let (Some(column), None) = (&written, self.written(under)) {
            let remedy = format!("State {under} too, or leave {over} empty");
            self.problem(found, column, &format!("there is no {under} to hold it against"), &remedy);
        }
        let (above, below) = (above?, below?);
        self.far_apart((over, above), (under, below), found);
        Some([above, below])
    }

    /// Notes two figures of which one is so many times the other that they are probably in two units.
    fn far_apart(&self, (over, above): (&str, (f64, f64)), (under, below): (&str, (f64, f64)), found: &mut Found) {
        let times = above.1 / below.0;
        if times > FAR {
            let what = format!("{over} is {times:.0} times {under}");
            self.worth_a_look(found, over, &what, "Are both in the same unit?");
        } else if over != DELIVERED && below.1 / above.0 > FAR {
            let what = format!("{under} is {:.0} times {over}", below.1 / above.0);
            self.worth_a_look(found, under, &what, "Are both in the same unit?");
        }
    }

    /// The first column in which something of a figure stands.
    fn written(&self, name: &str) -> Option<String> {
        let columns = [name.to_owned(), format!("{name}_low"), format!("{name}_high")];
        columns.into_iter().find(|column| self.cell(column).is_some())
    }

    /// The ends of a figure; where one of them, or one figure, stands alone, both are it.
    fn figure(&self, name: &str, found: &mut Found) -> Option<(f64, f64)> {
        let (low, high) = (format!("{name}_low"), format!("{name}_high"));
        let [one, from, to] = [name, &low, &high].map(|column| self.number(column, name == DELIVERED, found));
        if one.is_some() && (from.is_some() || to.is_some()) {
            self.problem(found, name, "is written beside a range", &format!("Write {name} alone, or {low} and {high}"));
        }
        if let (Some(from), Some(to)) = (from, to)
            && from > to
        {
            self.problem(found, &low, &format!("{from} is above {high}, {to}"), "Write the lower one first");
            return None;
        }
        let (from, to) = (one.or(from).or(to)?, one.or(to).or(from)?);
        Some((from, to))
    }

    fn number(&self, column: &str, is_any: bool, found: &mut Found) -> Option<f64> {
        let cell = self.cell(column)?;
        let value = cell.text.parse::<f64>().ok().filter(|value| value.is_finite());
        let Some(value) = value else {
            let what = format!("\"{}\" is no number", cell.text);
            let remedy =
                meant::number(&cell.text, "").unwrap_or_else(|| "Write a number such as 12.5, or nothing".to_owned());
            self.problem(found, column, &what, &remedy);
            return None;
        };
        if value.abs() > NUMBER || (!is_any && value <= 0.0) {
            let range = if is_any { "between -10^12 and 10^12" } else { "above 0 and at most 10^12" };
            self.problem(
                found,
                column,
                &format!("{value} is not {range}"),
                "Write a number that is, or nothing where none is known",
            );
            return None;
        }
        Some(value)
    }

    fn flag(&self, column: &str, found: &mut Found) -> Option<bool> {
        let cell = self.cell(column)?;
        match cell.text.to_lowercase().as_str() {
            "yes" | "true" => Some(true),
            "no" | "false" => Some(false),
            _ => {
                let what = format!("\"{}\" is neither yes nor no", cell.text);
                self.problem(found, column, &what, "Write yes or no, or nothing where it is not known");
                None
            }
        }
    }

    fn exposure(&self, found: &mut Found) -> Option<(bool, f64)> {
        let (ended, years) = (self.flag("ended", found), self.number("exposure", false, found));
        let [has_ended, has_years] = ["ended", "exposure"].map(|column| self.cell(column).is_some());
        if has_ended && !has_years {
            self.problem(
                found,
                "ended",
                "it is not said after how many years",
                "State exposure too: the years that it ran",
            );
        }
        if has_years && !has_ended {
            self.problem(found, "exposure", "it is not said whether it ended", "State ended too: yes or no");
        }
        Some((ended?, years?))
    }
}

#[cfg(test)]
mod tests;
