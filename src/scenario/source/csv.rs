//! CSV to cells, each with its place: lines starting with # are skipped, cells trimmed.

use std::sync::Arc;

use crate::scenario::place::{Lines, Origin, Place};
use crate::scenario::problem::Problem;

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text without surrounding blanks; empty: not written.
    pub text: String,
    /// Where it starts.
    pub at: Place,
}

/// One line of cells.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where the line starts.
    pub at: Place,
    /// As many cells as there are headers.
    pub cells: Vec<Cell>,
}

/// A whole file.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Names of the columns.
    pub headers: Vec<Cell>,
    /// The lines below.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Position of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| header.text == name)
    }
}

/// Reads a CSV text.
///
/// # Errors
/// One problem: a line with too few or too many cells, or an empty file.
pub fn read(text: &str, origin: &Arc<Origin>) -> Result<Sheet, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::new(text, Arc::clone(origin));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .comment(Some(b'#'))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let offset = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            problem(lines.place(offset), format!("this line cannot be read: {error}"), "")
        })?;
        let offset = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        rows.push(row(&record, &lines, text, offset));
    }
    let wanted = "The first line names the columns";
    if rows.is_empty() {
        return Err(problem(lines.place(0), "the file is empty".to_owned(), wanted));
    }
    let headers = rows.remove(0).cells;
    match rows.iter().find(|row| row.cells.len() != headers.len()) {
        Some(row) => {
            let what =
                format!("this line has {} cells, the first line names {} columns", row.cells.len(), headers.len());
            Err(problem(
                row.at.clone(),
                what,
                "Put a text that holds commas into double quotes; leave a cell empty rather than out",
            ))
        }
        None => Ok(Sheet { headers, rows }),
    }
}

/// The cells of a record with the places at which they start.
fn row(record: &csv::StringRecord, lines: &Lines<'_>, text: &str, offset: usize) -> Row {
    let rest = text.get(offset..).unwrap_or_default();
    // Blank and comment lines before a record belong to its offset.
    let skipped: usize = rest
        .split_inclusive('\n')
        .take_while(|line| line.trim().is_empty() || line.starts_with('#'))
        .map(str::len)
        .sum();
    let mut starts = vec![offset + skipped];
    let mut is_quoted = false;
    for (at, byte) in rest.bytes().enumerate().skip(skipped) {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => starts.push(offset + at + 1),
            b'\n' if !is_quoted => break,
            _ => {}
        }
    }
    let start = |position: usize| lines.place(starts.get(position).or(starts.last()).copied().unwrap_or(offset));
    let cells = record.iter().enumerate().map(|(position, text)| Cell { text: text.to_owned(), at: start(position) });
    Row { at: start(0), cells: cells.collect() }
}

fn problem(place: Place, what: String, remedy: &str) -> Problem {
    Problem { place, key: String::new(), what, remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_know_their_line_and_column_past_comments_and_quotes() {
        let text = "name,cost\n# a comment\n\n\"Legal, and more\", 3\n";
        let sheet = read(text, &Arc::new(Origin::File("x.csv".into()))).expect("valid");
        let cell = &sheet.rows[0].cells[1];
        // Line 4; the quoted name and its comma take 18 characters, so the next cell starts in column 19.
        assert_eq!((cell.text.as_str(), cell.at.line, cell.at.column), ("3", 4, 19));
    }

    #[test]
    fn a_line_with_too_few_cells_is_a_problem_at_that_line() {
        let problem = read("a,b\n1,2\n3\n", &Arc::new(Origin::Resolved)).expect_err("too few");
        assert_eq!(problem.place.line, 3);
    }
}
