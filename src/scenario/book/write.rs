//! Sheets of cells as a workbook that a spreadsheet opens: to be filled in.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

use super::sheets::{Cell, Sheet};
use super::{AREAS, BEFORE_AREAS, BEFORE_FORCES, COLUMNS, EXPLAINS, FAMILIES, FORCES, REMARK, SCENARIO};

/// Dark blue of heads, pale yellow of cells to be filled in, grey of what explains.
const HEAD: Color = Color::RGB(0x1F_3A_5F);
const FILL: Color = Color::RGB(0xFF_FB_E6);
const GRID: Color = Color::RGB(0xD9_DE_E4);
const MUTED: Color = Color::RGB(0x5B_65_70);
/// A4.
const PAPER: u8 = 9;
/// Characters in a line of the first sheet, and height of a line in points.
const LINE: usize = 130;
const HEIGHT: f64 = 15.5;
/// Widest cell to be filled in, and of a meaning, in characters.
const WIDE: usize = 40;
const MEANING: usize = 72;
/// Most lines of a cell that are in sight.
const LINES: usize = 4;
/// Rows and columns beyond the last that are ready to be filled in.
const SPARE: u32 = 20;

/// What the first sheet says.
const READ_ME: [&str; 16] = [
    "A scenario to be filled in",
    "Fill in the yellow cells of the sheets Scenario, Forces and Areas, save, then: alliance import THIS.xlsx",
    "It writes a scenario file, or says which cells of which sheet are wrong, and what would be right.",
    "",
    "Scenario: a row a key. Value holds a number, a word, a year such as 2026/27, a month such as 2026-04, yes or no.",
    "A list has semicolons between its parts: North; South. What begins with [ or { is read as TOML.",
    "An uncertain number has a Distribution and its parameters instead of a Value: pert and triangular Low, Mode and High; uniform Low and High; lognormal Median and P90; quantiles P10, Median and P90.",
    "Other distributions stand in Value as TOML: { beta = { a = 18, b = 1 } }.",
    "Plan is what the business case has; left empty, it is the mode of pert and triangular, else the median. Min and Max cut the distribution off.",
    "Source says where a number comes from (a publication, or the word judgement), Confidence is high, medium or low.",
    "A row without value and distribution says this of every number under its key.",
    "A row whose key begins with # is a heading, a column whose name begins with # a remark. Add rows anywhere: alliance.\"A new one\".slip begins a new alliance.",
    "",
    "Forces: a row a key, a column a force: write the name of a new force at the head of the next column. Rows such as budget.source and budget.confidence say where a number comes from.",
    "Areas: a row a business area, a column a key: saving, or its parts saving.pert.low, saving.pert.mode, saving.pert.high.",
    "docs/scenario-format.md explains every key. Columns of Areas:",
];

/// The workbook of some sheets, as the bytes of an `.xlsx` file.
///
/// # Errors
/// Says what went wrong: never in practice.
pub fn write(sheets: &[Sheet], title: &str) -> Result<Vec<u8>, String> {
    build(sheets, title).map_err(|error| error.to_string())
}

fn build(sheets: &[Sheet], title: &str) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let when = ExcelDateTime::from_ymd(2000, 1, 1)?;
    book.set_properties(&DocProperties::new().set_title(title).set_author("alliance").set_creation_datetime(&when));
    let about: Vec<_> = sheets.iter().flat_map(|sheet| &sheet.about).collect();
    read_me(book.add_worksheet().set_name("Read me")?, title, &about)?;
    for sheet in sheets {
        let out = book.add_worksheet().set_name(sheet.name)?;
        out.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
        fill(out, sheet)?;
        match sheet.name {
            SCENARIO => scenario(out, sheet)?,
            FORCES => out.set_freeze_panes(1, BEFORE_FORCES.len() as u16).map(|_| ())?,
            _ => out.set_freeze_panes(1, BEFORE_AREAS.len() as u16).map(|_| ())?,
        }
    }
    book.save_to_buffer()
}

fn read_me(sheet: &mut Worksheet, title: &str, about: &[&(String, [String; 2])]) -> Result<(), XlsxError> {
    sheet.set_paper_size(PAPER).set_landscape().set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
    let widths = [26, 22, LINE - 48];
    for (column, width) in (0..).zip(widths) {
        sheet.set_column_width(column, width as f64)?;
    }
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let large = Format::new().set_bold().set_font_size(16).set_font_color(HEAD);
    sheet.merge_range(0, 0, 0, 2, title, &large)?.set_row_height(0, 2.0 * HEIGHT)?;
    for (row, text) in (1..).zip(READ_ME) {
        let format = if row == 1 { wrap.clone().set_bold() } else { wrap.clone() };
        sheet.merge_range(row, 0, row, 2, text, &format)?;
        sheet.set_row_height(row, HEIGHT * text.chars().count().div_ceil(LINE).max(1) as f64)?;
    }
    let muted = wrap.clone().set_font_color(MUTED);
    for (row, (name, [unit, meaning])) in (READ_ME.len() as u32 + 1..).zip(about) {
        sheet.write_with_format(row, 0, name.as_str(), &wrap.clone().set_font_color(HEAD))?;
        sheet.write_with_format(row, 1, unit.as_str(), &muted)?;
        sheet.write_with_format(row, 2, meaning.as_str(), &muted)?;
        sheet.set_row_height(row, HEIGHT * meaning.chars().count().div_ceil(widths[2]).max(1) as f64)?;
    }
    Ok(())
}

/// How a cell of a column looks.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Key,
    Explains,
    Filled,
}

fn role(sheet: &Sheet, column: usize) -> Role {
    match sheet.head[column].as_str() {
        "Key" => Role::Key,
        head if EXPLAINS.contains(&head) && sheet.name != AREAS => Role::Explains,
        _ => Role::Filled,
    }
}

fn format(role: Role) -> Format {
    let format = Format::new().set_align(FormatAlign::Top);
    match role {
        Role::Key => format.set_font_color(HEAD),
        Role::Explains => format.set_font_color(MUTED).set_text_wrap(),
        Role::Filled => {
            format.set_text_wrap().set_background_color(FILL).set_border(FormatBorder::Thin).set_border_color(GRID)
        }
    }
}

fn width(sheet: &Sheet, column: usize) -> f64 {
    let texts = sheet.rows.iter().filter_map(|row| match &row[column] {
        Cell::Text(text) if !text.starts_with(REMARK) => Some(text.chars().count()),
        _ => None,
    });
    let longest = texts.chain([sheet.head[column].chars().count() + 2]).max().unwrap_or(8);
    match role(sheet, column) {
        Role::Key => longest.clamp(20, 60) as f64,
        Role::Explains if sheet.head[column] == "Meaning" => MEANING as f64,
        _ => longest.clamp(9, WIDE) as f64,
    }
}

fn fill(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let head = Format::new().set_bold().set_font_color(Color::White).set_background_color(HEAD);
    let bold = Format::new().set_bold().set_font_size(12).set_font_color(HEAD);
    let widths: Vec<f64> = (0..sheet.head.len()).map(|column| width(sheet, column)).collect();
    for (column, name) in sheet.head.iter().enumerate() {
        let at = column as u16;
        out.set_column_width(at, widths[column])?;
        out.write_with_format(0, at, name.as_str(), &head)?;
        let format = format(role(sheet, column));
        // As text, a spreadsheet makes no date of 2026-04.
        let text = format.clone().set_num_format("@");
        for (row, cells) in (1..).zip(&sheet.rows) {
            let is_remark = matches!(&cells[0], Cell::Text(text) if text.starts_with(REMARK));
            match &cells[column] {
                Cell::Empty if is_remark || role(sheet, column) != Role::Filled => {}
                Cell::Empty => out.write_blank(row, at, &format).map(|_| ())?,
                Cell::Number(number) => out.write_with_format(row, at, *number, &format).map(|_| ())?,
                Cell::Text(words) if is_remark => out.write_with_format(row, at, words.as_str(), &bold).map(|_| ())?,
                Cell::Text(words) => out.write_with_format(row, at, words.as_str(), &text).map(|_| ())?,
            }
        }
    }
    if sheet.name == AREAS {
        let (first, last) = (sheet.rows.len() as u32 + 1, sheet.rows.len() as u32 + SPARE);
        for (row, column) in (first..=last).flat_map(|row| (0..sheet.head.len()).map(move |column| (row, column))) {
            out.write_blank(row, column as u16, &format(role(sheet, column)))?;
        }
    }
    for (row, cells) in (1..).zip(&sheet.rows) {
        let lines = cells.iter().enumerate().skip(1).map(|(column, cell)| match cell {
            Cell::Text(text) => (text.chars().count() as f64 / widths[column]).ceil() as usize,
            _ => 1,
        });
        out.set_row_height(row, HEIGHT * lines.max().unwrap_or(1).clamp(1, LINES) as f64)?;
    }
    Ok(())
}

/// Words to choose from.
fn scenario(out: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    out.set_freeze_panes(1, 1)?;
    let last = sheet.rows.len() as u32 + SPARE;
    for (name, words) in [("Distribution", &FAMILIES[..]), ("Confidence", &["high", "medium", "low"][..])] {
        let Some(column) = COLUMNS.iter().position(|column| *column == name) else { continue };
        let choice = DataValidation::new().allow_list_strings(words)?;
        out.add_data_validation(1, column as u16, last, column as u16, &choice)?;
    }
    Ok(())
}
