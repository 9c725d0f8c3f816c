//! `drivers.csv`: every theme, every uncertain input and every group of correlated ones with its members below it, one a row.

use std::io::Write;

use super::{DriverReport, Explanation};
use crate::figure::Figure;

/// Writes the table.
///
/// # Errors
/// Where the writer fails.
pub fn drivers(report: &Explanation, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let figures = ["low", "high", "first_order", "total", "rank_correlation", "evppi"];
    let heads = figures.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_error")]);
    let first = ["input", "theme", "key", "yearly", "correlated", "sort", "group", "low_input", "high_input"];
    writer.write_record(first.map(str::to_owned).into_iter().chain(heads))?;
    for theme in &report.themes {
        let first = [format!("all of {}", theme.theme), theme.theme.to_owned()].into_iter();
        let figures = [None, None, theme.first, theme.total, None, theme.evppi];
        let blank = std::iter::repeat_n(String::new(), 7);
        writer.write_record(first.chain(blank).chain(figures.into_iter().flat_map(cells)))?;
    }
    for driver in &report.drivers {
        row(&mut writer, driver, "")?;
        // The members of a group stand below it.
        driver.members.iter().try_for_each(|member| row(&mut writer, member, &driver.label))?;
    }
    writer.flush()?;
    Ok(())
}

fn cells(figure: Option<Figure>) -> [String; 2] {
    figure.map_or_else(Default::default, |figure| [figure.value.to_string(), figure.error.to_string()])
}

/// A driver's row, `group` being what it is a member of.
fn row(writer: &mut csv::Writer<impl Write>, driver: &DriverReport, group: &str) -> csv::Result<()> {
    let plain = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
    let first = [
        driver.label.clone(),
        driver.theme.to_owned(),
        driver.key.clone(),
        driver.yearly.to_string(),
        driver.correlated.to_string(),
        driver.sort.to_owned(),
        group.to_owned(),
        plain(driver.low_input),
        plain(driver.high_input),
    ];
    let figures =
        [Some(driver.low), Some(driver.high), driver.first, driver.total, Some(driver.rank_correlation), driver.evppi];
    writer.write_record(first.into_iter().chain(figures.into_iter().flat_map(cells)))
}
