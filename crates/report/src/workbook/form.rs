//! A scenario on sheets to be filled in.

use rust_xlsxwriter::{Color, DataValidation, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::cell::lines;
use super::{HEAD, HEIGHT, MUTED, PALE, begin, sheet};
use language::{Cell, Form, Role, Sheet};

/// Pale yellow of cells to be filled in.
const FILL: Color = Color::RGB(0xFF_FB_E6);
/// Characters in a line of the first sheet.
const LINE: usize = 130;
/// Widest cell to be filled in, and of a meaning, in characters.
const WIDE: usize = 40;
const MEANING: usize = 72;
/// Most lines of a cell that are in sight.
const LINES: usize = 4;
/// Rows and columns beyond the last that are ready to be filled in.
const SPARE: u32 = 20;

/// The workbook of a form, as the bytes of an `.xlsx` file. The same form gives the same bytes.
///
/// # Errors
/// Says what went wrong: never in practice.
pub fn form(form: &Form) -> Result<Vec<u8>, String> {
    build(form).map_err(|error| error.to_string())
}

fn build(form: &Form) -> Result<Vec<u8>, XlsxError> {
    let mut book = begin(&form.title)?;
    read_me(sheet(&mut book, "Read me")?, form)?;
    for own in &form.sheets {
        fill(sheet(&mut book, own.name)?, own)?;
    }
    book.save_to_buffer()
}

fn read_me(sheet: &mut Worksheet, form: &Form) -> Result<(), XlsxError> {
    sheet.set_screen_gridlines(false);
    let widths = [26, 22, LINE - 48];
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, width as f64)?;
    }
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let large = Format::new().set_bold().set_font_size(16).set_font_color(HEAD);
    sheet.merge_range(0, 0, 0, 2, &form.title, &large)?.set_row_height(0, 2.0 * HEIGHT)?;
    for (row, text) in (1..).zip(form.read_me) {
        let format = if row == 1 { wrap.clone().set_bold() } else { wrap.clone() };
        sheet.merge_range(row, 0, row, 2, text, &format)?;
        sheet.set_row_height(row, HEIGHT * lines(text, LINE) as f64)?;
    }
    let muted = wrap.clone().set_font_color(MUTED);
    let about = form.sheets.iter().flat_map(|sheet| &sheet.about);
    for (row, (name, [unit, meaning])) in (form.read_me.len() as u32 + 1..).zip(about) {
        sheet.write_with_format(row, 0, name.as_str(), &wrap.clone().set_font_color(HEAD))?;
        sheet.write_with_format(row, 1, unit.as_str(), &muted)?;
        sheet.write_with_format(row, 2, meaning.as_str(), &muted)?;
        sheet.set_row_height(row, HEIGHT * lines(meaning, widths[2]) as f64)?;
    }
    Ok(())
}

/// How a cell of a column looks.
fn format(role: Role) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match role {
        Role::Key => format.set_font_color(HEAD),
        Role::Explains => format.set_font_color(MUTED).set_text_wrap(),
        Role::Filled => {
            format.set_text_wrap().set_background_color(FILL).set_border(FormatBorder::Thin).set_border_color(PALE)
        }
    }
}

fn width(sheet: &Sheet, column: usize) -> usize {
    let texts = sheet.rows.iter().filter_map(|row| match &row[column] {
        Cell::Text(text) => Some(text.chars().count()),
        _ => None,
    });
    let own = &sheet.columns[column];
    let longest = texts.chain([own.head.chars().count() + 2]).max().unwrap_or(8);
    match own.role {
        Role::Key => longest.clamp(20, 60),
        Role::Explains => longest.clamp(9, MEANING),
        Role::Filled => longest.clamp(9, WIDE),
    }
}

fn fill(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_font_color(Color::White).set_background_color(HEAD);
    let bold = Format::new().set_bold().set_font_size(12).set_font_color(HEAD);
    let widths: Vec<usize> = (0..sheet.columns.len()).map(|column| width(sheet, column)).collect();
    let last = sheet.rows.len() as u32 + SPARE;
    for ((at, column), width) in (0..).zip(&sheet.columns).zip(&widths) {
        out.set_column_width(at, *width as f64)?;
        out.write_with_format(0, at, column.head.as_str(), &head)?;
        let format = format(column.role);
        // As text, a spreadsheet makes no date of 2026-04.
        let text = format.clone().set_num_format("@");
        for (row, cells) in (1..).zip(&sheet.rows) {
            let is_filled = column.role == Role::Filled && !matches!(cells[0], Cell::Heading(_));
            match &cells[usize::from(at)] {
                Cell::Empty if !is_filled => {}
                Cell::Empty => out.write_blank(row, at, &format).map(|_| ())?,
                Cell::Number(number) => out.write_with_format(row, at, *number, &format).map(|_| ())?,
                Cell::Text(words) => out.write_with_format(row, at, words.as_str(), &text).map(|_| ())?,
                Cell::Heading(words) => out.write_with_format(row, at, words.as_str(), &bold).map(|_| ())?,
            }
        }
        if sheet.has_spare {
            (sheet.rows.len() as u32 + 1..=last).try_for_each(|row| out.write_blank(row, at, &format).map(|_| ()))?;
        }
        if !column.choices.is_empty() {
            let choice = DataValidation::new().allow_list_strings(column.choices)?;
            out.add_data_validation(1, at, last, at, &choice)?;
        }
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        let high = cells.iter().zip(&widths).map(|(cell, width)| match cell {
            Cell::Text(text) => lines(text, *width),
            _ => 1,
        });
        out.set_row_height(row, HEIGHT * high.max().unwrap_or(1).min(LINES) as f64)?;
    }
    out.set_repeat_rows(0, 0)?.set_freeze_panes(1, sheet.in_sight as u16)?;
    Ok(())
}
