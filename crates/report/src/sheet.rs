//! A table with every digit: cells that are texts, numbers or yes and no, of which CSV files, sheets of a workbook and frames are written.

use foreign::safe_text::cell;

/// A table with every digit.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of its file without an ending, and of its sheet.
    pub name: &'static str,
    /// Names of its columns.
    pub head: Vec<String>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// Whether it is a file too, not a sheet alone.
    pub is_file: bool,
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Text.
    Text(String),
    /// A finite number.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// Yes or no.
    Flag(bool),
    /// Nothing: there is no such figure.
    Nothing,
}

impl Sheet {
    /// An empty table.
    #[must_use]
    pub fn new<T: Into<String>>(name: &'static str, head: impl IntoIterator<Item = T>) -> Self {
        Self { name, head: head.into_iter().map(Into::into).collect(), rows: Vec::new(), is_file: true }
    }

    /// The same as a sheet alone.
    #[must_use]
    pub fn alone(self) -> Self {
        Self { is_file: false, ..self }
    }

    /// Its content as a file: no cell of text begins what a spreadsheet takes for a formula.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        let head = self.head.iter().map(|name| harmless(name));
        // Writing into memory does not fail.
        let _ = writer.write_record(head);
        for row in &self.rows {
            let _ = writer.write_record(row.iter().map(Cell::written));
        }
        writer.into_inner().unwrap_or_default()
    }
}

/// Heads of columns: the first ones, then of each figure its name and that of its error.
pub(crate) fn with_errors(first: &[&str], figures: &[&str]) -> Vec<String> {
    let each = figures.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_error")]);
    first.iter().map(|name| (*name).to_owned()).chain(each).collect()
}

/// A text that is a number is as harmless as a number.
fn harmless(text: &str) -> String {
    if text.parse::<f64>().is_ok() { text.to_owned() } else { cell(text).into_owned() }
}

impl Cell {
    /// As it stands in a file.
    fn written(&self) -> String {
        match self {
            Self::Text(text) => harmless(text),
            Self::Number(number) => number.to_string(),
            Self::Whole(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
            Self::Nothing => String::new(),
        }
    }

    /// Its number, where it has one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Whole(number) => Some(*number as f64),
            Self::Text(_) | Self::Flag(_) | Self::Nothing => None,
        }
    }

    /// Its text; yes and no are told as such. Empty where it is a number or nothing.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Flag(true) => "true",
            Self::Flag(false) => "false",
            Self::Number(_) | Self::Whole(_) | Self::Nothing => "",
        }
    }

    /// Whether there is nothing in it.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        match self {
            Self::Text(text) => text.is_empty(),
            Self::Nothing => true,
            _ => false,
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::Nothing }
    }
}

impl From<u64> for Cell {
    fn from(number: u64) -> Self {
        Self::Whole(number)
    }
}

impl From<usize> for Cell {
    fn from(number: usize) -> Self {
        Self::Whole(number as u64)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(some: Option<T>) -> Self {
        some.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_every_digit_and_no_formula() {
        let mut sheet = Sheet::new("t", ["name", "=head", "figure"]);
        sheet.rows.push(vec!["=1+1".into(), 0.1.into(), f64::NAN.into()]);
        sheet.rows.push(vec!["-5".into(), (-1.5).into(), true.into()]);
        sheet.rows.push(vec!["a, \"b\"".into(), 7_u64.into(), Cell::from(None::<f64>)]);
        let text = String::from_utf8(sheet.csv()).expect("UTF-8");
        assert_eq!(text, "name,'=head,figure\n'=1+1,0.1,\n-5,-1.5,true\n\"a, \"\"b\"\"\",7,\n");
    }
}
