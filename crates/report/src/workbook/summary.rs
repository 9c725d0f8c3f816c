//! The first sheet, what was found, and the last, where it comes from: sections of a page as rows.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::cell::{Cell, lines, typed};
use super::{HEAD, HEIGHT, MUTED};
use crate::grid::Table;
use crate::page::{Page, Part, Section};
use crate::words;

/// Columns over which a sentence runs.
const ACROSS: u16 = 8;
/// Width of the first column, and of the others, in characters.
const FIRST: f64 = 44.0;
const OTHER: f64 = 13.0;
/// Characters of a sentence that fit one line over all columns.
const LINE: usize = 128;
/// A table with longer cells, or with more columns, is on a sheet of its own.
const LONGEST_CELL: usize = 60;
const MOST_COLUMNS: usize = 13;
/// Longer cells are words.
const LONGEST_FIGURE: usize = 18;

/// Writes rows, one under another.
struct Rows<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
}

impl Rows<'_> {
    /// A sentence over all columns, as high as it needs.
    fn sentence(&mut self, text: &str, format: &Format, line: usize) -> Result<(), XlsxError> {
        let format = format.clone().set_text_wrap().set_align(FormatAlign::Top);
        self.sheet.merge_range(self.row, 0, self.row, ACROSS - 1, text, &format)?;
        let lines = text.chars().count().div_ceil(line).max(1);
        self.sheet.set_row_height(self.row, HEIGHT * lines as f64 * (LINE as f64 / line as f64).max(1.0))?;
        self.row += 1;
        Ok(())
    }

    fn section(&mut self, section: &Section) -> Result<(), XlsxError> {
        let fits = |table: &Table| section.terms || fits(table);
        let shown = section.parts.iter().any(|part| match part {
            Part::Text(_) | Part::List(_) => true,
            Part::Table(table) => fits(table),
            Part::Chart { .. } => false,
        });
        if !shown {
            return Ok(());
        }
        self.row += 1;
        self.sentence(&section.title, &Format::new().set_bold().set_font_size(13).set_font_color(HEAD), 80)?;
        for part in &section.parts {
            match part {
                Part::Text(text) => self.sentence(text, &Format::new(), LINE)?,
                Part::List(items) => {
                    for item in items {
                        self.sentence(&format!("• {item}"), &Format::new(), LINE)?;
                    }
                }
                Part::Table(table) if fits(table) => self.table(table)?,
                Part::Table(_) | Part::Chart { .. } => {}
            }
        }
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.row += 1;
        if !table.title.is_empty() {
            self.sentence(&table.title, &Format::new().set_bold(), LINE)?;
        }
        let head = Format::new().set_bold().set_font_color(HEAD).set_text_wrap().set_align(FormatAlign::Bottom);
        let mut from = 0;
        for (name, columns) in &table.groups {
            let last = from + *columns as u16 - 1;
            let middle = head.clone().set_align(FormatAlign::Center);
            if !name.is_empty() && last > from {
                self.sheet.merge_range(self.row, from, self.row, last, name, &middle)?;
            } else if !name.is_empty() {
                self.sheet.write_with_format(self.row, from, name.as_str(), &middle)?;
            }
            from = last + 1;
        }
        self.row += u32::from(!table.groups.is_empty());
        let head = head.set_border_bottom(FormatBorder::Thin);
        // Bold letters are wider.
        let width = |column: usize| if column == 0 { FIRST } else { OTHER - 2.0 } as usize;
        let heads = table.head.iter().enumerate();
        let high = heads.map(|(column, name)| lines(name, width(column))).max().unwrap_or(1);
        self.sheet.set_row_height(self.row, HEIGHT * high as f64)?;
        let sides: Vec<FormatAlign> = (0..table.head.len()).map(|column| side(table, column)).collect();
        for ((column, name), side) in (0..).zip(&table.head).zip(&sides) {
            let indent = u8::from(column > 0 && *side == FormatAlign::Left);
            let head = head.clone().set_align(*side).set_indent(indent);
            self.sheet.write_with_format(self.row, column, name.as_str(), &head)?;
        }
        self.row += 1;
        for row in &table.rows {
            for ((column, text), side) in (0..).zip(row).zip(&sides) {
                self.cell(column, text, *side)?;
            }
            self.row += 1;
        }
        if !table.note.is_empty() {
            self.sentence(&table.note, &Format::new().set_italic().set_font_color(MUTED), LINE)?;
        }
        Ok(())
    }

    fn cell(&mut self, column: u16, text: &str, side: FormatAlign) -> Result<(), XlsxError> {
        let format = Format::new().set_align(side);
        match typed(text) {
            Cell::Number(value, shown) if column > 0 => {
                self.sheet.write_with_format(self.row, column, value, &format.set_num_format(shown))?;
            }
            Cell::Number(..) | Cell::Text(_) => {
                let indent = u8::from(column > 0 && side == FormatAlign::Left);
                self.sheet.write_with_format(self.row, column, text, &format.set_indent(indent))?;
            }
        }
        Ok(())
    }
}

/// Names and words stand to the left, figures to the right.
fn side(table: &Table, column: usize) -> FormatAlign {
    let longest = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let is_figure = column > 0 && longest.is_none_or(|longest| longest <= LONGEST_FIGURE);
    if is_figure { FormatAlign::Right } else { FormatAlign::Left }
}

fn fits(table: &Table) -> bool {
    let longest = table.rows.iter().flatten().map(|cell| cell.chars().count()).max();
    table.head.len() <= MOST_COLUMNS && longest.is_some_and(|longest| longest <= LONGEST_CELL)
}

fn begin<'a>(sheet: &'a mut Worksheet, title: &str) -> Result<Rows<'a>, XlsxError> {
    sheet.set_screen_gridlines(false);
    sheet.set_column_width(0, FIRST)?;
    for column in 1..MOST_COLUMNS as u16 {
        sheet.set_column_width(column, OTHER)?;
    }
    let mut rows = Rows { sheet, row: 0 };
    rows.sentence(title, &Format::new().set_bold().set_font_size(16).set_font_color(HEAD), 75)?;
    Ok(rows)
}

/// Writes the first sheet: title, question, and every section but the terms; `others` are the sheets that follow.
pub(super) fn write(
    sheet: &mut Worksheet,
    page: &Page,
    sections: &[&Section],
    others: &[String],
) -> Result<(), XlsxError> {
    let mut rows = begin(sheet, &page.title)?;
    rows.sentence(&page.question, &Format::new().set_font_size(12), 100)?;
    let muted = Format::new().set_font_color(MUTED);
    rows.sentence(&page.made, &muted, LINE)?;
    if !others.is_empty() {
        let sheets = if others.len() == 1 { "sheet" } else { "sheets" };
        let others = format!("Every figure with its Monte Carlo error is on the {sheets} {}.", words::list(others));
        rows.sentence(&others, &muted, LINE)?;
    }
    sections.iter().try_for_each(|section| rows.section(section))
}

/// Writes the last sheet: what the words mean, and where the figures come from.
pub(super) fn write_terms(sheet: &mut Worksheet, page: &Page, sections: &[&Section]) -> Result<(), XlsxError> {
    let mut rows = begin(sheet, "Where this comes from")?;
    rows.sentence(&page.made, &Format::new().set_font_color(MUTED), LINE)?;
    sections.iter().try_for_each(|section| rows.section(section))
}
