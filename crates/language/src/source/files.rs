//! Reading files: none above 10 MB, nothing but plain files, UTF-8 only; every file read is remembered.

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::characters::with_line_feeds;
use crate::limits::{AREA_CELLS, READ};
use crate::place::{Lines, Origin, Place};
use crate::problem::{Problem, Severity};
use crate::reader::meant;
use engine::units::thousands;
use foreign::files::{self, Source, Unread};

/// How a file is to be saved.
const SAVE_AS: &str = "Save the file as UTF-8: in Excel as \"CSV UTF-8\", in Notepad with the encoding UTF-8";

/// Whether every second byte is 0, as in text of 16 bits a character, with or without a byte order mark.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    let half = bytes.len() / 2;
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let has_mark = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    half > 1 && !bytes.starts_with(b"PK") && (has_mark || 10 * zeros(0).max(zeros(1)) > 7 * half)
}

/// What a byte is in the Windows encoding of western Europe, where people are likely to have typed it.
fn windows(byte: u8) -> Option<String> {
    Some(match byte {
        0x80 => "€".to_owned(),
        0x85 => "…".to_owned(),
        0x91 | 0x92 => "a curly quote".to_owned(),
        0x93 | 0x94 => "a curly double quote".to_owned(),
        0x96 => "an en dash".to_owned(),
        0x97 => "an em dash".to_owned(),
        0xa0 => "a no-break space".to_owned(),
        0xa1..=0xff => char::from(byte).to_string(),
        _ => return None,
    })
}

/// The files of a scenario.
#[derive(Debug)]
pub struct Files<'s> {
    source: &'s dyn Source,
    read: RefCell<Vec<PathBuf>>,
    /// Bytes read so far.
    bytes: Cell<usize>,
    /// Cells of business areas read so far.
    cells: Cell<usize>,
}

impl<'s> Files<'s> {
    /// None read yet.
    pub fn of(source: &'s dyn Source) -> Self {
        Self { source, read: RefCell::default(), bytes: Cell::default(), cells: Cell::default() }
    }

    /// Reads a file that `place` names under `key` (for the scenario itself: its own place and no key).
    ///
    /// # Errors
    /// A problem at `place` where the file cannot be read, is too large or is not UTF-8.
    pub fn read(&self, path: &Path, place: &Place, key: &str) -> Result<String, Problem> {
        let bytes = self.read_bytes(path, place, key)?;
        if looks_like_utf_16(&bytes) {
            let place = Place { line: 1, column: 1, ..Place::whole(Origin::File(path.to_owned())) };
            let what = "this file is UTF-16, which Windows calls Unicode, and not UTF-8".to_owned();
            let remedy = SAVE_AS.to_owned();
            return Err(Problem { severity: Severity::Error, place, key: String::new(), what, remedy });
        }
        String::from_utf8(bytes).map_err(|error| {
            let valid = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
            let place = Lines::new(&text, Arc::new(Origin::File(path.to_owned()))).place(valid);
            let byte = error.as_bytes().get(valid).copied().unwrap_or_default();
            let what = match windows(byte) {
                Some(name) => format!("this byte is not UTF-8; in the Windows encoding (ANSI) it is {name}"),
                None => "this byte is not UTF-8".to_owned(),
            };
            let is_book = error.as_bytes().starts_with(b"PK");
            let remedy = if is_book {
                format!("It looks like a workbook: `alliance import {}` makes a scenario file of it", path.display())
            } else {
                SAVE_AS.to_owned()
            };
            Problem { severity: Severity::Error, place, key: String::new(), what, remedy }
        })
    }

    /// Reads a CSV file: without a byte order mark, and with line feeds where lines end as on an old Mac.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn read_csv(&self, path: &Path, place: &Place, key: &str) -> Result<String, Problem> {
        let text = self.read(path, place, key)?;
        Ok(with_line_feeds(text.strip_prefix('\u{feff}').unwrap_or(&text)))
    }

    /// Reads a file that is no text.
    ///
    /// # Errors
    /// As [`Self::read`], but for UTF-8.
    pub fn read_bytes(&self, path: &Path, place: &Place, key: &str) -> Result<Vec<u8>, Problem> {
        let problem = |what: String, remedy: &str| Problem {
            severity: Severity::Error,
            place: place.clone(),
            key: key.to_owned(),
            what,
            remedy: remedy.to_owned(),
        };
        let shown = path.display();
        let bytes = self.source.read(path, files::SCENARIO).map_err(|why| match why {
            Unread::Folder | Unread::NoPlainFile | Unread::NoText => {
                let what = if matches!(why, Unread::Folder) { "a folder" } else { "no plain file" };
                let what = if key.is_empty() { format!("it is {what}") } else { format!("{shown} is {what}") };
                problem(what, "Name a file")
            }
            Unread::TooLarge { bytes, most } => problem(
                format!("{shown} has {:.1} MB", bytes as f64 / 1e6),
                &format!("At most {} MB are read; a scenario needs a few kB", most / 1_000_000),
            ),
            // The scenario itself stands before its problems: only what it names needs naming again.
            Unread::Failed(_) if key.is_empty() => {
                problem(format!("it cannot be read: {why}"), "Name a file that is there")
            }
            Unread::Failed(_) => problem(
                format!("{shown} cannot be read: {why}"),
                "Paths start from the folder of the file that names them",
            ),
        })?;
        self.remember(path);
        self.bytes.set(self.bytes.get().saturating_add(bytes.len()));
        if self.bytes.get() > READ {
            return Err(problem(
                format!("with {shown} the files of this scenario come to more than {} MB", READ / 1_000_000),
                "A file counts as often as it is named: name it less often, or keep less in it",
            ));
        }
        Ok(bytes)
    }

    /// Counts the cells of a file of business areas, as often as it is named.
    ///
    /// # Errors
    /// A problem at `place` where all that were read so far are too many.
    pub fn count_cells(&self, path: &Path, cells: usize, place: &Place, key: &str) -> Result<(), Problem> {
        self.cells.set(self.cells.get().saturating_add(cells));
        if self.cells.get() <= AREA_CELLS {
            return Ok(());
        }
        let (shown, most) = (path.display(), thousands(AREA_CELLS as u64));
        Err(Problem {
            severity: Severity::Error,
            place: place.clone(),
            key: key.to_owned(),
            what: format!("with {shown} the files of business areas of this scenario come to more than {most} cells"),
            remedy: "A file counts as often as it is named: name it less often, or leave columns out".to_owned(),
        })
    }

    /// Every file read so far, in order, each once.
    #[must_use]
    pub fn list(&self) -> Vec<PathBuf> {
        self.read.borrow().clone()
    }

    fn remember(&self, path: &Path) {
        let mut read = self.read.borrow_mut();
        if !read.iter().any(|known| known == path) {
            read.push(path.to_owned());
        }
    }
}

/// The numbers of one column of a CSV file; with a single column, its header may be missing.
///
/// # Errors
/// A problem at `place` for the file as a whole, or in the file for each cell that is not a number.
pub fn numbers(
    files: &Files,
    path: &Path,
    column: Option<&str>,
    place: &Place,
    key: &str,
) -> Result<Vec<f64>, Vec<Problem>> {
    let text = files.read_csv(path, place, key).map_err(|problem| vec![problem])?;
    let origin = Arc::new(Origin::File(path.to_owned()));
    let sheet = super::csv::read(&text, &origin).map_err(|problem| vec![problem])?;
    let whole = |what: String, remedy: String| {
        vec![Problem { severity: Severity::Error, place: place.clone(), key: key.to_owned(), what, remedy }]
    };
    let headers: Vec<&str> = sheet.headers.iter().map(|cell| cell.text.as_str()).collect();
    let named: Vec<usize> = (0..headers.len()).filter(|column| !sheet.is_nameless(*column)).collect();
    let position = match column {
        Some(name) => headers.iter().position(|header| *header == name).ok_or_else(|| {
            let what = format!("{} has no column \"{name}\"", path.display());
            whole(what, format!("Its columns are {}", headers.join(", ")))
        })?,
        None if named.len() == 1 => named[0],
        None => {
            let what = format!("{} has {} columns", path.display(), named.len());
            return Err(whole(what, "Say which to use with `column`".to_owned()));
        }
    };
    let has_no_header = column.is_none() && headers.get(position).is_some_and(|header| header.parse::<f64>().is_ok());
    let first = sheet.headers.get(position).filter(|_| has_no_header).cloned();
    let below = sheet.rows.iter().filter_map(|row| sheet.cells(row).into_iter().nth(position));
    let cells = first.into_iter().chain(below.filter(|cell| !cell.text.is_empty()));
    let mut values = Vec::new();
    let mut problems = Vec::new();
    for cell in cells {
        match cell.text.parse::<f64>() {
            Ok(value) if value.is_finite() => values.push(value),
            _ => problems.push(Problem {
                severity: Severity::Error,
                place: cell.at.clone(),
                key: key.to_owned(),
                what: format!("\"{}\" is not a finite number", cell.text),
                remedy: meant::number(&cell.text, "").unwrap_or_else(|| "Write one number a line".to_owned()),
            }),
        }
    }
    if problems.is_empty() { Ok(values) } else { Err(problems) }
}
