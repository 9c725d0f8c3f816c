//! `drivers.csv`: every uncertain input and every theme, one a row.

use std::io::Write;

use super::Explanation;
use crate::report::figure::Figure;

/// Writes the table.
///
/// # Errors
/// Where the writer fails.
pub fn drivers(report: &Explanation, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let figures = ["low", "high", "first_order", "total", "rank_correlation", "evppi"];
    let heads = figures.iter().flat_map(|name| [(*name).to_owned(), format!("{name}_error")]);
    let first = ["input", "theme", "key", "yearly", "correlated"].map(str::to_owned);
    writer.write_record(first.into_iter().chain(heads))?;
    let cells = |figure: Option<Figure>| match figure {
        Some(figure) => [figure.value.to_string(), figure.error.to_string()],
        None => [String::new(), String::new()],
    };
    for theme in &report.themes {
        let first =
            [format!("all of {}", theme.theme), theme.theme.to_owned(), String::new(), String::new(), String::new()];
        let figures = [None, None, theme.first, theme.total, None, theme.evppi];
        writer.write_record(first.into_iter().chain(figures.into_iter().flat_map(cells)))?;
    }
    for driver in &report.drivers {
        let first = [
            driver.label.clone(),
            driver.theme.to_owned(),
            driver.key.clone(),
            driver.yearly.to_string(),
            driver.correlated.to_string(),
        ];
        let figures = [
            Some(driver.low),
            Some(driver.high),
            driver.first,
            driver.total,
            Some(driver.rank_correlation),
            driver.evppi,
        ];
        writer.write_record(first.into_iter().chain(figures.into_iter().flat_map(cells)))?;
    }
    writer.flush()?;
    Ok(())
}
