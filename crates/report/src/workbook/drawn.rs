//! Charts that the spreadsheet draws itself from the values beside them.

use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartType, Color, Format, Workbook, Worksheet, XlsxError,
};

use super::cell::lines;
use super::{HEAD, HEIGHT, PALE, sheet};
use crate::chart::Chart;
use crate::chart::fan::Line;
use crate::chart::overlay::Curve;
use crate::chart::scene::Colour;
use crate::chart::series::{Over, Series};
use crate::words;

/// The sheet's name.
const NAME: &str = "Charts";
/// Rows that a chart takes, and its size in pixels.
const ROWS: u32 = 25;
const SIZE: (u32, u32) = (860, 460);
/// First column of the values, right of the chart.
const VALUES: u16 = 14;
/// Columns of values that are given room, and how much, in characters.
const MOST_VALUES: u16 = 24;
const WIDTH: usize = 15;
/// On paper: how much smaller, in per cent, and how many charts to a page.
const SCALE: u16 = 56;
const TO_A_PAGE: usize = 2;

/// Adds the sheet of charts, unless there is none that a spreadsheet can draw.
pub(super) fn write(book: &mut Workbook, charts: &[&dyn Chart]) -> Result<(), XlsxError> {
    let drawn: Vec<(&str, Series)> =
        charts.iter().filter_map(|chart| Some((chart.heading().title.as_str(), chart.series()?))).collect();
    if drawn.is_empty() {
        return Ok(());
    }
    let sheet = sheet(book, NAME)?;
    sheet.set_screen_gridlines(false);
    for column in VALUES..VALUES + MOST_VALUES {
        sheet.set_column_width(column, WIDTH as f64)?;
    }
    let mut row = 0;
    let mut breaks = Vec::new();
    for (at, (title, series)) in drawn.iter().enumerate() {
        if at > 0 && at % TO_A_PAGE == 0 {
            breaks.push(row - 1);
        }
        let taken = match series {
            Series::Lines { unit, over, lines } => steps(sheet, row, (title, unit), over, lines)?,
            Series::Curves { unit, curves } => falling(sheet, row, (title, unit), curves)?,
        };
        row += taken.max(ROWS) + 2;
    }
    // The charts alone, whole: their values are on the sheets of the tables too.
    sheet.set_portrait().set_print_scale(SCALE).set_page_breaks(&breaks)?;
    sheet.set_print_area(0, 0, row - 2, VALUES - 1)?;
    Ok(())
}

/// The heads of the columns of values, in a row as high as the longest needs.
fn heads(sheet: &mut Worksheet, row: u32, names: &[&str]) -> Result<(), XlsxError> {
    let format = Format::new().set_bold().set_font_color(HEAD).set_text_wrap();
    let high = names.iter().map(|name| lines(name, WIDTH - 2)).max().unwrap_or(1);
    sheet.set_row_height(row, HEIGHT * high as f64)?;
    for (column, name) in (VALUES..).zip(names) {
        sheet.write_with_format(row, column, words::capital(name), &format)?;
    }
    Ok(())
}

fn rgb(colour: Colour) -> Color {
    Color::RGB(u32::from(colour.0) << 16 | u32::from(colour.1) << 8 | u32::from(colour.2))
}

fn line(colour: Colour, dashed: bool) -> ChartFormat {
    let mut line = ChartLine::new();
    line.set_color(rgb(colour)).set_width(2.25);
    if dashed {
        line.set_dash_type(ChartLineDashType::Dash);
    }
    let mut format = ChartFormat::new();
    format.set_line(&line);
    format
}

/// A chart with its title, and the same for whoever cannot see it.
fn begin(kind: ChartType, title: &str, x: &str, y: &str) -> Drawn {
    let mut chart = Drawn::new(kind);
    chart.title().set_name(title).set_overlay(false);
    chart.title().set_font(ChartFont::new().set_size(12).set_bold());
    chart.x_axis().set_name(x);
    let mut pale = ChartLine::new();
    pale.set_color(PALE).set_width(0.75);
    chart.y_axis().set_name(y).set_major_gridlines_line(&pale);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.set_width(SIZE.0).set_height(SIZE.1).set_alt_text(title);
    chart
}

/// Lines over years or values of a key; returns the rows of values.
fn steps(
    sheet: &mut Worksheet,
    row: u32,
    (title, unit): (&str, &str),
    over: &Over,
    drawn: &[Line],
) -> Result<u32, XlsxError> {
    let (kind, key, count) = match over {
        Over::Years(years) => (ChartType::Line, "", years.len() as u32),
        Over::Key(key, values) => (ChartType::ScatterStraight, key.as_str(), values.len() as u32),
    };
    let mut chart = begin(kind, title, key, unit);
    let (first, last) = (row + 1, row + count);
    let steps = if key.is_empty() { unit } else { key };
    let names: Vec<&str> = [steps].into_iter().chain(drawn.iter().map(|line| line.name.as_str())).collect();
    heads(sheet, row, &names)?;
    match over {
        Over::Years(years) => sheet.write_column(first, VALUES, years)?,
        Over::Key(_, values) => sheet.write_column(first, VALUES, values.iter().copied())?,
    };
    let format = Format::new().set_num_format("0.00");
    for (column, own) in (VALUES + 1..).zip(drawn) {
        for (at, value) in (first..).zip(&own.values) {
            if let Some(value) = value {
                sheet.write_with_format(at, column, *value, &format)?;
            }
        }
        chart
            .add_series()
            .set_name((NAME, row, column))
            .set_categories((NAME, first, VALUES, last, VALUES))
            .set_values((NAME, first, column, last, column))
            .set_marker(ChartMarker::new().set_none())
            .set_format(&mut line(own.colour, own.dashed));
    }
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    sheet.insert_chart(row, 0, &chart)?;
    Ok(count + 1)
}

/// Falling curves, each with columns of its own; returns the rows of values.
fn falling(sheet: &mut Worksheet, row: u32, (title, unit): (&str, &str), curves: &[Curve]) -> Result<u32, XlsxError> {
    let mut chart = begin(ChartType::ScatterStraight, title, unit, "% of futures");
    let (amount, chance) = (Format::new().set_num_format("0.00"), Format::new().set_num_format("0.0%"));
    let names: Vec<&str> = curves.iter().flat_map(|curve| [unit, curve.name.as_str()]).collect();
    heads(sheet, row, &names)?;
    for (column, Curve { points, colour, .. }) in (VALUES..).step_by(2).zip(curves) {
        let (first, last) = (row + 1, row + points.len() as u32);
        for (at, (value, share)) in (first..).zip(points) {
            sheet.write_with_format(at, column, *value, &amount)?;
            sheet.write_with_format(at, column + 1, *share, &chance)?;
        }
        chart
            .add_series()
            .set_name((NAME, row, column + 1))
            .set_categories((NAME, first, column, last, column))
            .set_values((NAME, first, column + 1, last, column + 1))
            .set_marker(ChartMarker::new().set_none())
            .set_format(&mut line(*colour, false));
    }
    chart.y_axis().set_min(0).set_max(1).set_num_format("0%").set_label_position(ChartAxisLabelPosition::Low);
    chart.x_axis().set_label_position(ChartAxisLabelPosition::Low);
    sheet.insert_chart(row, 0, &chart)?;
    Ok(curves.iter().map(|curve| curve.points.len() as u32 + 1).max().unwrap_or(0))
}
