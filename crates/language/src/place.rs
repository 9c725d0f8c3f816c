//! Where something was written: a line of a file, a cell of a workbook, the command line, or a resolved scenario.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What a piece of a scenario was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// A sheet of a workbook; line and column are those of a cell, relative paths in it start from `folder`.
    Sheet {
        /// The workbook.
        book: PathBuf,
        /// The sheet's name.
        sheet: String,
        /// Where the scenario is written to.
        folder: PathBuf,
    },
    /// `--set`; relative paths in it start from this folder.
    CommandLine(PathBuf),
    /// A scenario whose every default is filled in, as kept in requests and manifests, by its name.
    Kept(String),
    /// What stands in no file: a starting file, an example.
    Resolved,
    /// A question, whether it stands in a commission or on the command line.
    Question,
}

/// A line and column of an origin, both counted from 1; 0 where there are none.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// What it was read from.
    pub origin: Arc<Origin>,
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Place {
    /// A place without line and column.
    #[must_use]
    pub fn whole(origin: Origin) -> Self {
        Self { origin: Arc::new(origin), line: 0, column: 0 }
    }

    /// A path written here: relative to the folder of the file in which it stands.
    #[must_use]
    pub fn path(&self, written: &str) -> PathBuf {
        match &*self.origin {
            Origin::File(file) => file.parent().unwrap_or_else(|| Path::new("")).join(written),
            Origin::CommandLine(folder) | Origin::Sheet { folder, .. } => folder.join(written),
            Origin::Kept(_) | Origin::Resolved | Origin::Question => PathBuf::from(written),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.origin {
            Origin::File(file) => write!(f, "{}", file.display())?,
            Origin::Sheet { book, sheet, .. } => {
                write!(f, "{}, sheet {sheet}", book.display())?;
                return if self.line > 0 { write!(f, ", cell {}{}", letters(self.column), self.line) } else { Ok(()) };
            }
            Origin::CommandLine(_) => return write!(f, "on the command line"),
            Origin::Kept(name) => return write!(f, "in the scenario \"{name}\" with every default filled in"),
            Origin::Resolved => return write!(f, "in no file"),
            Origin::Question => return write!(f, "in the question"),
        }
        if self.line > 0 { write!(f, ":{}:{}", self.line, self.column) } else { Ok(()) }
    }
}

/// The letters of a column of a sheet: A, Z, AA.
fn letters(column: usize) -> String {
    let mut left = column;
    let mut letters = Vec::new();
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Turns byte offsets of a text into lines and columns, however long its lines are.
#[derive(Debug)]
pub struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// Characters before each [`STRIDE`]th byte.
    counted: Vec<usize>,
    origin: Arc<Origin>,
}

/// Bytes that are counted at once.
const STRIDE: usize = 256;

/// Characters that begin among some bytes of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xc0) != 0x80).count()
}

impl<'a> Lines<'a> {
    /// Finds the lines of `text`.
    #[must_use]
    pub fn new(text: &'a str, origin: Arc<Origin>) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let counted = text
            .as_bytes()
            .chunks(STRIDE)
            .scan(0, |before, bytes| {
                let own = *before;
                *before += characters(bytes);
                Some(own)
            })
            .collect();
        Self { text, starts, counted, origin }
    }

    /// The place of a byte offset.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let column = self.before(offset).saturating_sub(self.before(start)) + 1;
        Place { origin: Arc::clone(&self.origin), line, column }
    }

    /// Characters before a byte.
    fn before(&self, offset: usize) -> usize {
        let stride = (offset / STRIDE).min(self.counted.len().saturating_sub(1));
        let rest = self.text.as_bytes().get(stride * STRIDE..offset).unwrap_or_default();
        self.counted.get(stride).copied().unwrap_or(0) + characters(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_a_spreadsheet_does() {
        // 703 = 1 · 26² + 1 · 26 + 1: after ZZ comes AAA.
        assert_eq!([1, 26, 27, 52, 703].map(letters), ["A", "Z", "AA", "AZ", "AAA"]);
        let origin = Origin::Sheet { book: "b.xlsx".into(), sheet: "Areas".to_owned(), folder: "".into() };
        let place = Place { line: 7, column: 3, ..Place::whole(origin) };
        assert_eq!(place.to_string(), "b.xlsx, sheet Areas, cell C7");
    }

    #[test]
    fn columns_count_characters_and_not_bytes() {
        let lines = Lines::new("a\n£12 x", Arc::new(Origin::Resolved));
        // Line 2 starts at byte 2; '£' has two bytes, so 'x' is at byte 2+2+2+1 = 7 and column 5.
        let place = lines.place(7);
        assert_eq!((place.line, place.column), (2, 5));
    }

    #[test]
    fn a_column_far_along_a_line_is_counted_right() {
        // A line of 1,000 letters of two bytes after a line of 300: letter 777 starts at byte 301 + 2 · 777.
        let text = format!("{}\n{}", "a".repeat(300), "ü".repeat(1000));
        let lines = Lines::new(&text, Arc::new(Origin::Resolved));
        for letter in [0, 1, 777, 999, 1000] {
            let place = lines.place(301 + 2 * letter);
            assert_eq!((place.line, place.column), (2, letter + 1));
        }
        assert_eq!(lines.place(299).column, 300);
    }
}
