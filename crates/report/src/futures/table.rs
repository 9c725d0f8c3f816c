//! The answer as a table: one figure of one group a row, with every digit.

use super::{FuturesReport, ShownReport};
use crate::discovery::Share;
use crate::figure::Figure;
use crate::sheet::{Cell, Sheet, with_errors};

/// The groups, a row for each figure that is told of each; one row a group where none is.
#[must_use]
pub fn table(report: &FuturesReport) -> Sheet {
    let by = report.by.iter().map(|column| column.name.as_str());
    let of_all = ["where_share", "where_share_error", "where_share_low", "where_share_high"];
    let first =
        by.chain(["trials"]).chain(of_all).chain(["futures", "share", "share_error", "share_low", "share_high"]);
    let first: Vec<&str> = first.chain(["figure", "unit", "missing", "missing_means"]).collect();
    let mut sheet = Sheet::new("futures", with_errors(&first, &["chance", "mean", "p10", "p50", "p90"]));
    for group in &report.groups {
        let keys = group.keys.iter().map(|key| Cell::from(&key.says));
        let share = |own: Share| [own.value, own.error, own.low, own.high].map(Cell::from);
        let of_all = std::iter::once(report.trials.into()).chain(share(report.share));
        let first: Vec<Cell> = keys.chain(of_all).chain([group.futures.into()]).chain(share(group.share)).collect();
        let shown = group.shown.iter().map(|shown| first.iter().cloned().chain(figures(shown)).collect());
        sheet.rows.extend(shown);
        if group.shown.is_empty() {
            let blank = sheet.head.len() - first.len();
            sheet.rows.push(first.into_iter().chain(std::iter::repeat_n(Cell::Nothing, blank)).collect());
        }
    }
    sheet
}

fn figures(shown: &ShownReport) -> Vec<Cell> {
    let chance = shown.chance.map(|Share { value, error, .. }| Figure { value, error });
    let mut cells: Vec<Cell> =
        vec![(&shown.column.name).into(), shown.column.unit.into(), shown.missing.into(), shown.missing_means.into()];
    cells.extend([chance, shown.mean, shown.p10, shown.p50, shown.p90].into_iter().flat_map(Figure::cells));
    cells
}
