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
}

impl Row {
    /// The text of a cell.
    #[must_use]
    pub fn text(&self, column: usize) -> &str {
        self.record.get(column).unwrap_or_default().trim()
    }
}

impl Sheet<'_> {
    /// Position of a column.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<usize> {
        self.headers.iter().position(|header| header.text == name)
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
/// One problem: a line with too few or too many cells, or an empty file.
pub fn read<'a>(text: &'a str, origin: &Arc<Origin>) -> Result<Sheet<'a>, Problem> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::new(text, Arc::clone(origin));
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).comment(Some(b'#')).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let offset = error.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            problem(lines.place(offset), format!("this line cannot be read: {error}"), "")
        })?;
        let offset = record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
        rows.push(Row { record, start: offset + before(text.get(offset..).unwrap_or_default()) });
    }
    let wanted = "The first line names the columns";
    if rows.is_empty() {
        return Err(problem(lines.place(0), "the file is empty".to_owned(), wanted));
    }
    let headers = cells(text, &lines, &rows.remove(0));
    match rows.iter().find(|row| row.record.len() != headers.len()) {
        Some(row) => {
            let what =
                format!("this line has {} cells, the first line names {} columns", row.record.len(), headers.len());
            let remedy = "Put a text that holds commas into double quotes; leave a cell empty rather than out";
            Err(problem(lines.place(row.start), what, remedy))
        }
        None => Ok(Sheet { text, lines, headers, rows }),
    }
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
    texts.map(|(position, text)| Cell { text: text.trim().to_owned(), at: start(position) }).collect()
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
