//! A report as a workbook for spreadsheets, and a scenario as one to be filled in (`form`). Of a report: what was found on the first sheet, charts that the spreadsheet draws, every table with
//! every digit on a sheet of its own, where it comes from on the last.

mod cell;
mod drawn;
mod form;
mod full;
mod summary;

pub use form::form;

use rust_xlsxwriter::{Color, DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::chart::Chart;
use super::page::{Page, Section};
use super::sheet::Sheet;

/// Dark blue of heads and headings.
const HEAD: Color = Color::RGB(0x1F_3A_5F);
/// Grey of what is said by the way.
const MUTED: Color = Color::RGB(0x5B_65_70);
/// Lines of a grid.
const PALE: Color = Color::RGB(0xD9_DE_E4);
/// Height of a line in points.
const HEIGHT: f64 = 15.5;
/// A4.
const PAPER: u8 = 9;

/// The workbook of a page with its tables and charts, as the bytes of an `.xlsx` file. The same content gives the same bytes.
///
/// # Errors
/// Says what went wrong: never in practice.
pub fn workbook(page: &Page, tables: &[Sheet], charts: &[&dyn Chart]) -> Result<Vec<u8>, String> {
    build(page, tables, charts).map_err(|error| error.to_string())
}

fn build(page: &Page, tables: &[Sheet], charts: &[&dyn Chart]) -> Result<Vec<u8>, XlsxError> {
    let mut book = begin(&page.title)?;
    let (terms, found): (Vec<&Section>, Vec<&Section>) = page.sections.iter().partition(|section| section.terms);
    let names: Vec<String> = tables.iter().map(|table| sheet_name(table.name)).collect();
    summary::write(sheet(&mut book, "Summary")?, page, &found, &names)?;
    drawn::write(&mut book, charts)?;
    for (table, name) in tables.iter().zip(&names) {
        full::write(sheet(&mut book, name)?, name, table)?;
    }
    summary::write_terms(sheet(&mut book, "Provenance")?, page, &terms)?;
    book.save_to_buffer()
}

/// An empty workbook. No clock is in it: a replay makes the same bytes.
fn begin(title: &str) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_author("alliance").set_creation_datetime(&when));
    Ok(book)
}

/// Name of a table's sheet.
fn sheet_name(name: &str) -> String {
    super::words::capital(name)
}

/// A new sheet, ready to be printed.
fn sheet<'a>(book: &'a mut Workbook, name: &str) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = book.add_worksheet().set_name(name)?;
    sheet.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0).set_footer("&L&A&RPage &P of &N");
    Ok(sheet)
}
