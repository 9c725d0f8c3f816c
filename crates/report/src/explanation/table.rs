//! `drivers.csv`: every theme, every uncertain input and every group of correlated ones with its members below it, one a row.

use super::{DriverReport, Explanation};
use crate::figure::Figure;
use crate::sheet::{Cell, Sheet, with_errors};

/// The table.
#[must_use]
pub fn drivers(report: &Explanation) -> Sheet {
    let first = ["input", "theme", "key", "yearly", "correlated", "sort", "group", "low_input", "high_input"];
    let figures = ["low", "high", "first_order", "total", "rank_correlation", "evppi"];
    let mut sheet = Sheet::new("drivers", with_errors(&first, &figures));
    for theme in &report.themes {
        let mut cells: Vec<Cell> = vec![format!("all of {}", theme.theme).into(), theme.theme.into()];
        cells.extend(std::iter::repeat_n(Cell::Nothing, 7));
        cells.extend([None, None, theme.first, theme.total, None, theme.evppi].into_iter().flat_map(Figure::cells));
        sheet.rows.push(cells);
    }
    for driver in &report.drivers {
        sheet.rows.push(row(driver, ""));
        // The members of a group stand below it.
        sheet.rows.extend(driver.members.iter().map(|member| row(member, &driver.label)));
    }
    sheet
}

/// A driver's row, `group` being what it is a member of.
fn row(driver: &DriverReport, group: &str) -> Vec<Cell> {
    let first: [Cell; 9] = [
        (&driver.label).into(),
        driver.theme.into(),
        (&driver.key).into(),
        driver.yearly.into(),
        driver.correlated.into(),
        driver.sort.into(),
        group.into(),
        driver.low_input.into(),
        driver.high_input.into(),
    ];
    let figures =
        [Some(driver.low), Some(driver.high), driver.first, driver.total, Some(driver.rank_correlation), driver.evppi];
    first.into_iter().chain(figures.into_iter().flat_map(Figure::cells)).collect()
}
