//! CSV to cells, each with its place: lines starting with #, empty lines and empty columns are skipped, cells trimmed.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::characters::trimmed;
use crate::limits::{CSV_CELLS, CSV_COLUMNS, CSV_LINES, TEXT};
use crate::place::{Lines, Origin, Place};
use crate::problem::{Problem, Severity};
use crate::reader::meant;
use engine::units::thousands;

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text without surrounding blanks; empty: not written.
    pub text: String,
    /// Where it starts.
    pub at: Place,
}

/// One line, whose places are looked for where they are asked for: few of a long file's lines are.
#[derive(Debug)]
pub struct Row {
    record: csv::StringRecord,
    /// Byte at which it starts, past blank lines and comments before it.
    start: usize,
}

/// A whole file.
#[derive(Debug)]
pub struct Sheet<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// Names of the columns.
    pub headers: Vec<Cell>,
    /// The lines below, each with as many cells.
    pub rows: Vec<Row>,
    /// Columns without name and content.
    nameless: BTreeSet<usize>,
}

impl Row {
    /// The text of a cell.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        trimmed(self.record.get(column).unwrap_or_default())
    }

    /// The same with so many cells.
    fn of(mut self, columns: usize) -> Self {
        self.record.truncate(columns);
        self
    }
}

impl Sheet<'_> {
    /// Position of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| header.text == name)
    }

    /// Whether a column has neither name nor content.
    #[must_use]
    pub fn is_nameless(&self, column: usize) -> bool {
        self.nameless.contains(&column)
    }

    /// Where a line starts.
    #[must_use]
    pub fn place(&self, row: &Row) -> Place {
        self.lines.place(row.start)
    }

    /// The cells of a line.
    #[must_use]
    pub fn cells(&self, row: &Row) -> Vec<Cell> {
        cells(self.text, &self.lines, row)
    }
}

/// Reads a CSV text.
///
/// # Errors
/// One problem: a line with too few or too many cells, an empty file, a file beyond the limits or of another form.
pub fn read<'a>(text: &'a str, origin: &Arc<Origin>) -> Result<Sheet<'a>, Problem> {
    let lines = Lines::new(text, Arc::clone(origin));
    let mut rows = records(text, &lines)?;
    if rows.is_empty() {
        return Err(problem(lines.place(0), "the file is empty".to_owned(), "The first line names the columns"));
    }
    let first = rows.remove(0);
    let headers = cells(text, &lines, &first);
    if let Some(problem) = other_form(&headers, &first, &rows, &lines) {
        return Err(problem);
    }
    let named = headers.iter().rposition(|header| !header.text.is_empty()).map_or(0, |last| last + 1);
    let is_ragged = |row: &&Row| {
        row.record.len() < named || (headers.len()..row.record.len()).any(|column| !row.text(column).is_empty())
    };
    match rows.iter().find(is_ragged) {
        Some(row) => {
            let what = format!("this line has {} cells, the first line names {named} columns", row.record.len());
            let remedy = "Put a text that holds commas into double quotes, write 1.5 for 1,5, and leave a cell empty rather than out";
            Err(problem(lines.place(row.start), what, remedy))
        }
        None => {
            let rows = rows.into_iter().map(|row| row.of(headers.len())).collect();
            without_empty_columns(Sheet { text, lines, headers, rows, nameless: BTreeSet::new() })
        }
    }
}

/// The lines that hold something, at most so many.
fn records(text: &str, lines: &Lines<'_>) -> Result<Vec<Row>, Problem> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut left = CSV_CELLS;
    let mut end = 0;
    for record in reader.records() {
        let record = record.map_err(|error| {
            let offset = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            problem(lines.place(offset), format!("this line cannot be read: {error}"), "")
        })?;
        let offset = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        let start = offset + before(text.get(offset..).unwrap_or_default());
        spreadsheet_error(text, (end, start), lines)?;
        end = start;
        // Lines of commas only are what a spreadsheet leaves of emptied rows; a comment that holds commas is put into quotes.
        if record.iter().all(|cell| trimmed(cell).is_empty()) || record.get(0).is_some_and(|cell| cell.starts_with('#'))
        {
            continue;
        }
        left = beyond(&record, rows.len(), left).map_err(|(what, most)| {
            problem(lines.place(start), what, &format!("At most {} are read", thousands(most as u64)))
        })?;
        rows.push(Row { record, start });
    }
    spreadsheet_error(text, (end, text.len()), lines)?;
    Ok(rows)
}

/// How many cells more may be read after a line; else what there is too much of, and how much may be.
fn beyond(record: &csv::StringRecord, rows: usize, left: usize) -> Result<usize, (String, usize)> {
    // The heads are a line too.
    if rows > CSV_LINES {
        return Err(("the file has too many lines".to_owned(), CSV_LINES));
    }
    if record.len() > CSV_COLUMNS {
        return Err((
            format!("this line has {} cells, which are too many", thousands(record.len() as u64)),
            CSV_COLUMNS,
        ));
    }
    let is_long = |cell: &str| cell.len() > TEXT && cell.chars().nth(TEXT).is_some();
    if let Some(position) = record.iter().position(is_long) {
        return Err((format!("cell {} of this line has too many characters", position + 1), TEXT));
    }
    left.checked_sub(record.len()).ok_or_else(|| ("the file has too many cells".to_owned(), CSV_CELLS))
}

/// A line between two bytes that begins with an error of a spreadsheet, and so looks like a comment.
fn spreadsheet_error(text: &str, (from, to): (usize, usize), lines: &Lines<'_>) -> Result<(), Problem> {
    let mut at = from;
    for line in text.get(from..to).unwrap_or_default().split_inclusive('\n') {
        if let Some(error) = meant::spreadsheet_error(line.split(',').next().unwrap_or_default()) {
            return Err(problem(lines.place(at), format!("{error} is an error of the spreadsheet"), meant::MEND));
        }
        at += line.len();
    }
    Ok(())
}

/// What is wrong where the first line names no columns, or cells are separated otherwise.
fn other_form(headers: &[Cell], first: &Row, rows: &[Row], lines: &Lines<'_>) -> Option<Problem> {
    let named: Vec<&Cell> = headers.iter().filter(|header| !header.text.is_empty()).collect();
    if let [only] = named.as_slice()
        && only.text.to_lowercase().starts_with("sep=")
    {
        let what = format!("\"{}\" tells a spreadsheet how cells are separated, and names no columns", only.text);
        let remedy = "Delete this line, and save the file with commas between cells and points in numbers";
        return Some(problem(only.at.clone(), what, remedy));
    }
    if let Some(problem) = other_separator(headers) {
        return Some(problem);
    }
    let filled = |row: &Row| (0..row.record.len()).filter(|column| !row.text(*column).is_empty()).count();
    let heads = rows.iter().take(10).find(|row| filled(row) > 1)?;
    if named.len() != 1 || filled(first) != 1 {
        return None;
    }
    let what = format!("\"{}\" stands alone above the heads of the columns", named.first()?.text);
    let line = lines.place(heads.start).line;
    let remedy = format!("The first line names the columns: delete what stands above line {line}, or begin it with #");
    Some(problem(named.first()?.at.clone(), what, &remedy))
}

/// What is wrong where the cells are separated by something else.
fn other_separator(headers: &[Cell]) -> Option<Problem> {
    let named: Vec<&Cell> = headers.iter().filter(|header| !header.text.is_empty()).collect();
    let [only] = named.as_slice() else { return None };
    let (by, hint) = match &only.text {
        text if text.contains(';') => {
            ("semicolons", " and probably writes decimals with commas, as spreadsheets in German or French do")
        }
        text if text.contains('\t') => ("tabs", ""),
        _ => return None,
    };
    let what = format!("this file separates its cells by {by}{hint}");
    let remedy =
        "Save it with commas between cells and points in numbers: name,cost on the first line, Finance,6.5 below";
    Some(problem(only.at.clone(), what, remedy))
}

/// Columns without head and content are left out; one with content and no head is a problem.
fn without_empty_columns(sheet: Sheet<'_>) -> Result<Sheet<'_>, Problem> {
    let nameless: BTreeSet<usize> = sheet
        .headers
        .iter()
        .enumerate()
        .filter(|(_, header)| header.text.is_empty())
        .map(|(column, _)| column)
        .collect();
    for &column in &nameless {
        if let Some(row) = sheet.rows.iter().find(|row| !row.text(column).is_empty()) {
            let at = sheet.cells(row).get(column).map_or_else(|| sheet.place(row), |cell| cell.at.clone());
            return Err(problem(at, "this column has no name".to_owned(), "Name it on the first line, or empty it"));
        }
    }
    Ok(Sheet { nameless, ..sheet })
}

/// Bytes of the blank lines and comments before a record, which its offset does not leave out.
fn before(rest: &str) -> usize {
    rest.split_inclusive('\n').take_while(|line| line.trim().is_empty() || line.starts_with('#')).map(str::len).sum()
}

/// The cells of a record with the places at which they start.
fn cells(text: &str, lines: &Lines<'_>, row: &Row) -> Vec<Cell> {
    let mut starts = vec![row.start];
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate().skip(row.start) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => starts.push(at + 1),
            b'\n' if !is_quoted => break,
            _ => {}
        }
    }
    let start = |position: usize| lines.place(starts.get(position).or(starts.last()).copied().unwrap_or(row.start));
    let texts = row.record.iter().enumerate();
    texts.map(|(position, text)| Cell { text: trimmed(text).to_owned(), at: start(position) }).collect()
}

fn problem(place: Place, what: String, remedy: &str) -> Problem {
    Problem { severity: Severity::Error, place, key: String::new(), what, remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_line_and_column_past_comments_and_quotes() {
        let text = "name,cost\n# a comment\n\n\"Legal, and more\", 3\n";
        let sheet = read(text, &Arc::new(Origin::File("x.csv".into()))).expect("valid");
        let cell = &sheet.cells(&sheet.rows[0])[1];
        // Line 4; the quoted name and its comma take 18 characters, so the next cell starts in column 19.
        assert_eq!((cell.text.as_str(), cell.at.line, cell.at.column), ("3", 4, 19));
    }

    #[test]
    fn a_line_with_too_few_cells_is_a_problem_at_that_line() {
        let problem = read("a,b\n1,2\n3\n", &Arc::new(Origin::Resolved)).expect_err("too few");
        assert_eq!(problem.place.line, 3);
    }
}
