//! The cells of a workbook, each with its place: what is written in them, no layout.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx, XlsxError};

use super::{REMARK, unpacked};
use crate::characters::trimmed;
use crate::limits::{BOOK_COLUMNS, BOOK_FORMULAS, BOOK_PROBLEMS, BOOK_ROWS};
use crate::place::{Origin, Place};
use crate::problem::{Problem, Severity};
use crate::tree::{Item, Node, value_from_toml};
use foreign::guarded::guarded;

/// Most sheets that are named where one is missing.
const MOST_NAMED: usize = 20;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Written {
    /// A number.
    Number(f64),
    /// A text without surrounding blanks, never empty.
    Text(String),
    /// A text between double quotes, as it stands there: never TOML, a number, a list or a remark.
    Quoted(String),
    /// True or false.
    Flag(bool),
    /// A date, of which spreadsheets like to make what looks like one: year, month and day.
    Date(u16, u8, u8),
}

impl Written {
    /// What a cell of text holds.
    fn of_text(text: &str) -> Self {
        let text = trimmed(text);
        let place = || Place::whole(Origin::Resolved);
        match text.starts_with('"').then(|| value_from_toml(text, &place())) {
            Some(Ok(Node { item: Item::Text(inner), .. })) => Self::Quoted(inner),
            _ => Self::Text(text.to_owned()),
        }
    }

    /// What is written as a text; the first day of a month is that month.
    pub fn text(&self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) | Self::Quoted(text) => text.clone(),
            Self::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
            Self::Date(year, month, 1) => format!("{year:04}-{month:02}"),
            Self::Date(year, month, day) => format!("{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// A cell that is not empty.
#[derive(Debug, Clone)]
pub struct Filled {
    /// Where.
    pub at: Place,
    /// What.
    pub written: Written,
}

impl Filled {
    /// Whether it holds a number.
    pub fn is_number(&self) -> bool {
        match &self.written {
            Written::Number(_) => true,
            Written::Text(text) => text.parse::<f64>().is_ok(),
            Written::Quoted(_) | Written::Flag(_) | Written::Date(..) => false,
        }
    }

    /// Whether it is one of the heads that a sheet has of its own.
    pub fn is_head(&self, head: &str) -> bool {
        matches!(&self.written, Written::Text(text) if text.eq_ignore_ascii_case(head))
    }

    /// Whether it begins a remark.
    pub fn is_remark(&self) -> bool {
        matches!(&self.written, Written::Text(text) if text.starts_with(REMARK))
    }

    /// What is written as a text.
    pub fn text(&self) -> String {
        self.written.text()
    }
}

/// The cells of a row that are not empty, by column from 1.
pub type Row = BTreeMap<usize, Filled>;

/// A sheet as it was filled in.
#[derive(Debug)]
pub struct Sheet {
    /// The place of the sheet as a whole.
    pub at: Place,
    /// The rows that hold anything, by number from 1.
    pub rows: BTreeMap<usize, Row>,
}

impl Sheet {
    /// The place of a cell.
    pub fn place(&self, line: usize, column: usize) -> Place {
        Place { line, column, ..self.at.clone() }
    }
}

/// A workbook, and the folder from which paths in it start.
type Paths<'a> = (&'a Path, &'a Path);

/// A problem of a workbook as a whole.
fn problem(book: &Path, what: String, remedy: &str) -> Problem {
    let place = Place::whole(Origin::File(book.to_owned()));
    Problem { severity: Severity::Error, place, key: String::new(), what, remedy: remedy.to_owned() }
}

/// What to say of a file that is no workbook: every .xlsx is a zip archive, and begins as one does.
fn other_file(book: &Path) -> Problem {
    let (what, remedy) = if book.extension().is_some_and(|ending| ending == "toml") {
        ("it is no workbook, by its name a scenario file already", "Run it as it is: alliance run, with this file")
    } else {
        (
            "it is no .xlsx workbook: it does not begin as one does",
            "Open it in the spreadsheet program and save it as .xlsx; `alliance new` with --xlsx writes one to start from",
        )
    };
    problem(book, what.to_owned(), remedy)
}

/// What to say of what is no workbook that can be read, and why where that is known.
fn unread(book: &Path, why: Option<&XlsxError>) -> Problem {
    let remedy = "Save it as .xlsx; `alliance new` with --xlsx writes one to start from";
    let why = why.map_or_else(String::new, |why| format!(" ({why})"));
    problem(book, format!("it is no .xlsx workbook that can be read{why}"), remedy)
}

/// Reads the sheets of these names.
///
/// # Errors
/// Problems where the bytes are no workbook, unpack to too much, or a sheet is not there.
pub fn read<const N: usize>(
    bytes: &[u8],
    paths: Paths<'_>,
    names: [&str; N],
    problems: &mut Vec<Problem>,
) -> Result<[Sheet; N], Vec<Problem>> {
    if !bytes.starts_with(b"PK") {
        return Err(vec![other_file(paths.0)]);
    }
    let too_much = |what| vec![problem(paths.0, what, "A workbook that can be filled in takes a few kB")];
    unpacked::check(bytes).map_err(too_much)?;
    guarded(|| sheets(bytes, paths, names, problems)).unwrap_or_else(|| Err(vec![unread(paths.0, None)]))
}

fn sheets<const N: usize>(
    bytes: &[u8],
    (book, folder): Paths<'_>,
    names: [&str; N],
    problems: &mut Vec<Problem>,
) -> Result<[Sheet; N], Vec<Problem>> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| vec![unread(book, Some(&error))])?;
    let there = workbook.sheet_names();
    let mut missing = Vec::new();
    let sheets = names.map(|wanted| {
        let name = there.iter().find(|name| name.trim().eq_ignore_ascii_case(wanted));
        let shown = name.map_or(wanted, String::as_str).to_owned();
        let origin = Origin::Sheet { book: book.to_owned(), sheet: shown, folder: folder.to_owned() };
        let mut sheet = Sheet { at: Place { origin: Arc::new(origin), line: 0, column: 0 }, rows: BTreeMap::new() };
        match name.map(|name| fill(&mut workbook, name, &mut sheet, problems)) {
            Some(Ok(())) => {}
            Some(Err(error)) => missing.push(unread(book, Some(&error))),
            None => {
                let known = there.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
                let remedy = format!("Call it so; the sheets are {known}");
                missing.push(problem(book, format!("there is no sheet {wanted}"), &remedy));
            }
        }
        sheet
    });
    if missing.is_empty() { Ok(sheets) } else { Err(missing) }
}

fn fill(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    sheet: &mut Sheet,
    problems: &mut Vec<Problem>,
) -> Result<(), XlsxError> {
    let mut cells = workbook.worksheet_cells_reader(name)?;
    let most = problems.len() + BOOK_PROBLEMS;
    let mut formulas = 0;
    while let Some(cell) = cells.next_cell_with_formula()? {
        formulas += cell.formula.as_ref().map_or(0, String::len);
        if problems.len() >= most {
            return Ok(());
        }
        let (row, column) = (cell.pos.0 as usize + 1, cell.pos.1 as usize + 1);
        let at = sheet.place(row, column);
        let mut problem = |what: &str, remedy: &str| {
            let (what, remedy) = (what.to_owned(), remedy.to_owned());
            problems.push(Problem { severity: Severity::Error, place: at.clone(), key: String::new(), what, remedy });
        };
        if formulas > BOOK_FORMULAS {
            problem("the formulas of this sheet are too long in all", "Copy its cells, and paste them as values");
            return Ok(());
        }
        let written = match &cell.value {
            DataRef::Empty if cell.formula.is_none() => continue,
            DataRef::Empty => {
                problem("the formula of this cell has no result yet", "Open the workbook in a spreadsheet and save it");
                continue;
            }
            DataRef::Int(number) => Written::Number(*number as f64),
            DataRef::Float(number) => Written::Number(*number),
            DataRef::String(text) => Written::of_text(text),
            DataRef::SharedString(text) => Written::of_text(text),
            DataRef::Bool(flag) => Written::Flag(*flag),
            DataRef::DateTime(date) => self::date(date),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Written::Text(text.clone()),
            DataRef::Error(error) => {
                problem(&format!("the formula of this cell has no result: {error}"), "Mend it, or write the value");
                continue;
            }
        };
        if written == Written::Text(String::new()) {
            continue;
        }
        if row > BOOK_ROWS || column > BOOK_COLUMNS {
            problem(
                &format!("only {BOOK_ROWS} rows and {BOOK_COLUMNS} columns are read"),
                "Empty the cell, and all beyond",
            );
            return Ok(());
        }
        sheet.rows.entry(row).or_default().insert(column, Filled { at, written });
    }
    Ok(())
}

fn date(date: &ExcelDateTime) -> Written {
    if date.is_duration() {
        return Written::Number(date.as_f64());
    }
    let (year, month, day, ..) = date.to_ymd_hms_milli();
    Written::Date(year, month, day)
}
