//! A table with every digit on a sheet of its own: typed, named, filtered, its head in sight.

use rust_xlsxwriter::{Color, Format, FormatAlign, Table, TableColumn, TableStyle, Worksheet, XlsxError};

use super::cell::digits_format;
use super::{HEAD, HEIGHT};
use crate::figure::Figure;
use crate::sheet::{Cell, Sheet};
use crate::words;

/// Most decimals of a figure.
const DECIMALS: usize = 4;
/// Narrowest and widest column, in characters.
const NARROW: usize = 9;
const WIDE: usize = 60;
/// Most lines of a row that are in sight.
const MOST_LINES: usize = 3;
/// Heads that are abbreviations.
const ABBREVIATIONS: [&str; 5] = ["npv", "evppi", "evpi", "bcr", "id"];

/// Writes a table as the table `name` of a sheet.
pub(super) fn write(sheet: &mut Worksheet, name: &str, full: &Sheet) -> Result<(), XlsxError> {
    let (head, mut rows) = (&full.head, full.rows.clone());
    tell_missing_only(head, &mut rows);
    // A column of which nothing is known would only take room.
    let known = |column: &usize| rows.iter().any(|row| !row[*column].is_nothing());
    let columns: Vec<Column> = (0..head.len()).filter(known).map(|column| Column::of(head, &rows, column)).collect();
    for (at, column) in (0..).zip(&columns) {
        sheet.set_column_width(at, column.width)?;
        for (row, cells) in (1..).zip(&rows) {
            column.write(sheet, (row, at), cells)?;
        }
    }
    for (row, cells) in (1..).zip(&rows) {
        let lines = columns.iter().map(|column| cells[column.place].text().chars().count().div_ceil(WIDE - 4)).max();
        if let Some(lines @ 2..) = lines {
            sheet.set_row_height(row, HEIGHT * lines.min(MOST_LINES) as f64)?;
        }
    }
    let looks = Format::new().set_bold().set_font_color(Color::White).set_background_color(HEAD);
    let heads: Vec<TableColumn> = columns
        .iter()
        .map(|column| {
            let side = if column.is_number { FormatAlign::Right } else { FormatAlign::Left };
            TableColumn::new().set_header(column.head.as_str()).set_header_format(looks.clone().set_align(side))
        })
        .collect();
    let table = Table::new().set_name(name).set_columns(&heads).set_style(TableStyle::Light9);
    // A table has a row at least.
    sheet.add_table(0, 0, rows.len().max(1) as u32, heads.len().saturating_sub(1) as u16, &table)?;
    sheet.set_freeze_panes(1, columns.iter().take_while(|column| !column.is_number).count().min(4) as u16)?;
    sheet.set_repeat_rows(0, 0)?;
    Ok(())
}

type Rows = Vec<Vec<Cell>>;

/// Says what is missing only where anything is.
fn tell_missing_only(head: &[String], rows: &mut Rows) {
    let place = |name: &str| head.iter().position(|own| own == name);
    let (Some(missing), Some(means)) = (place("missing"), place("missing_means")) else { return };
    for row in rows {
        if row[missing].number().is_some_and(|share| share <= 0.0) {
            (row[missing], row[means]) = (Cell::Nothing, Cell::Nothing);
        }
    }
}

/// How one column is written.
struct Column {
    /// Its place in the table.
    place: usize,
    /// Its head for people.
    head: String,
    width: f64,
    is_number: bool,
    /// Whether it holds shares whatever the unit.
    is_share: bool,
    /// Whether it names outcomes.
    is_measure: bool,
    /// Where the unit of a row stands, and where the figure whose error this is, or the error of this figure.
    unit: Option<usize>,
    figure: usize,
    error: Option<usize>,
}

/// What people call an outcome by whose name a cell goes; the cell as it is where it goes by no such name.
fn measure_for_people(cell: &str) -> String {
    cell.parse().map_or_else(|_| words::capital(cell), |id| words::row_name(&id))
}

impl Column {
    fn of(head: &[String], rows: &Rows, column: usize) -> Self {
        let position = |wanted: &str| head.iter().position(|name| name == wanted);
        let name = &head[column];
        let filled = || rows.iter().map(|row| &row[column]).filter(|cell| !cell.is_nothing());
        let is_number = filled().next().is_some() && filled().all(|cell| cell.number().is_some());
        let is_measure = name == "measure";
        let longest =
            filled().map(Cell::text).map(|text| if is_measure { measure_for_people(text) } else { text.to_owned() });
        let longest = longest.map(|cell| cell.chars().count()).max().unwrap_or(0);
        let is_error_of = name.strip_suffix("_error").and_then(position);
        let people = head_for_people(name);
        // Beside the head stands the arrow of its filter.
        let wanted = if is_number { NARROW } else { longest + 1 }.max(people.chars().count() + 3);
        Self {
            place: column,
            width: wanted.clamp(NARROW, WIDE) as f64,
            is_number,
            is_share: name == "missing",
            is_measure,
            unit: position("unit"),
            figure: is_error_of.unwrap_or(column),
            error: is_error_of.map_or_else(|| position(&format!("{name}_error")), |_| Some(column)),
            head: people,
        }
    }

    fn write(&self, sheet: &mut Worksheet, (row, at): (u32, u16), cells: &[Cell]) -> Result<(), XlsxError> {
        let text = cells[self.place].text();
        let number = cells[self.place].number();
        match number {
            Some(value) => {
                let format = Format::new().set_num_format(self.format(value, cells)).set_align(FormatAlign::Top);
                sheet.write_with_format(row, at, value, &format)?;
            }
            None if text.is_empty() => {}
            None if self.is_measure => {
                sheet.write(row, at, measure_for_people(text))?;
            }
            None => {
                let left =
                    Format::new().set_align(FormatAlign::Left).set_align(FormatAlign::Top).set_indent(u8::from(at > 0));
                let format = if text.chars().count() > WIDE - 4 { left.set_text_wrap() } else { left };
                sheet.write_with_format(row, at, text, &format)?;
            }
        }
        Ok(())
    }

    /// The digits that a figure has earned; of its error, one more.
    fn format(&self, value: f64, cells: &[Cell]) -> String {
        let number = |at: usize| cells[at].number();
        let is_share = self.is_share || self.unit.is_some_and(|unit| matches!(cells[unit].text(), "chance" | "share"));
        let scale = if is_share { 100.0 } else { 1.0 };
        let own = match (number(self.figure), self.error.and_then(number)) {
            (Some(figure), Some(error)) if error > 0.0 => {
                Figure { value: figure, error }.times(scale).decimals(DECIMALS)
            }
            _ => plain_decimals(value * scale),
        };
        let more = usize::from(self.figure != self.place);
        digits_format((own + more).min(DECIMALS + 1), !is_share) + if is_share { "%" } else { "" }
    }
}

/// Decimals of a number that has no error: three digits or four.
fn plain_decimals(value: f64) -> usize {
    match value.abs() {
        _ if value.fract() == 0.0 => 0,
        size if size >= 100.0 => 1,
        size if size >= 1.0 => 2,
        size if size >= 0.1 => 3,
        _ => 4,
    }
}

/// The head of a column for people: `p10_error` is `P10 ±`.
fn head_for_people(name: &str) -> String {
    let (name, error) = name.strip_suffix("_error").map_or((name, ""), |name| (name, " ±"));
    let word = |word: &str| if ABBREVIATIONS.contains(&word) { word.to_uppercase() } else { word.to_owned() };
    words::capital(&name.split('_').map(word).collect::<Vec<_>>().join(" ")) + error
}

#[cfg(test)]
mod tests {
    use super::head_for_people;

    #[test]
    fn heads_are_words_and_errors_follow_their_figures() {
        let heads = ["p10_error", "missing_means", "mean", "evppi_error", "npv"].map(head_for_people);
        assert_eq!(heads, ["P10 ±", "Missing means", "Mean", "EVPPI ±", "NPV"]);
    }
}
