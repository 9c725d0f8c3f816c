//! Charts that the spreadsheet draws itself from the values beside them.

use rust_xlsxwriter::{
    Chart as Drawn, ChartAxisLabelPosition, ChartFont, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType,
    ChartMarker, ChartType, Color, Format, Workbook, Worksheet, XlsxError,
};

use super::{HEAD, sheet};
use crate::report::chart::Chart;
use crate::report::chart::overlay::Curve;
use crate::report::chart::scene::Colour;
use crate::report::chart::series::Series;
use crate::report::words;

/// The sheet's name.
const NAME: &str = "Charts";
/// Rows that a chart takes, and its size in pixels.
const ROWS: u32 = 25;
const SIZE: (u32, u32) = (860, 460);
/// First column of the values, right of the chart.
const VALUES: u16 = 14;
/// Columns of values that are given room.
const MOST_VALUES: u16 = 24;
/// Lines of the grid.
const PALE: Color = Color::RGB(0xD9_DE_E4);

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
        sheet.set_column_width(column, 15)?;
    }
    let mut row = 0;
    for (title, series) in &drawn {
        let taken = match series {
            Series::Years { .. } => years(sheet, row, title, series)?,
            Series::Curves { .. } => curves(sheet, row, title, series)?,
        };
        row += taken.max(ROWS) + 2;
    }
    Ok(())
}

fn head(sheet: &mut Worksheet, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    let format = Format::new().set_bold().set_font_color(HEAD).set_text_wrap();
    sheet.set_row_height(row, 32)?;
    sheet.write_with_format(row, column, words::capital(text), &format).map(|_| ())
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

/// Lines over the years; returns the rows of values.
fn years(sheet: &mut Worksheet, row: u32, title: &str, series: &Series) -> Result<u32, XlsxError> {
    let Series::Years { unit, years, lines } = series else { return Ok(0) };
    let mut chart = begin(ChartType::Line, title, "", unit);
    let (first, last) = (row + 1, row + years.len() as u32);
    head(sheet, row, VALUES, unit)?;
    for (at, year) in (first..).zip(years) {
        sheet.write(at, VALUES, year.as_str())?;
    }
    let format = Format::new().set_num_format("0.00");
    for (column, own) in (VALUES + 1..).zip(lines) {
        head(sheet, row, column, &own.name)?;
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
    Ok(years.len() as u32 + 1)
}

/// Falling curves, each with columns of its own; returns the rows of values.
fn curves(sheet: &mut Worksheet, row: u32, title: &str, series: &Series) -> Result<u32, XlsxError> {
    let Series::Curves { unit, curves } = series else { return Ok(0) };
    let mut chart = begin(ChartType::ScatterStraight, title, unit, "% of futures");
    let (amount, chance) = (Format::new().set_num_format("0.00"), Format::new().set_num_format("0.0%"));
    for (column, Curve { name, points, colour }) in (VALUES..).step_by(2).zip(curves) {
        head(sheet, row, column, unit)?;
        head(sheet, row, column + 1, name)?;
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
