//! The answer as CSV: one figure of one group a row, with every digit.

use std::io::Write;

use super::{FuturesReport, ShownReport};
use crate::discovery::Share;
use crate::figure::Figure;
use foreign::safe_text::cell;

/// What every row ends with.
const FIGURES: [&str; 19] = [
    "futures",
    "share",
    "share_error",
    "share_low",
    "share_high",
    "figure",
    "unit",
    "missing",
    "missing_means",
    "chance",
    "chance_error",
    "mean",
    "mean_error",
    "p10",
    "p10_error",
    "p50",
    "p50_error",
    "p90",
    "p90_error",
];

/// Writes the groups, a row for each figure that is told of each; one row a group where none is.
///
/// # Errors
/// Where the writer fails.
pub fn table(report: &FuturesReport, out: impl Write) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    let by = report.by.iter().map(|column| cell(&column.name).into_owned());
    writer.write_record(by.chain(FIGURES.iter().map(|name| (*name).to_owned())))?;
    for group in &report.groups {
        let keys = group.keys.iter().map(|key| cell(&key.says).into_owned());
        let share = [group.share.value, group.share.error, group.share.low, group.share.high];
        let first = keys.chain([group.futures.to_string()]).chain(share.map(|value| value.to_string()));
        let first: Vec<String> = first.collect();
        if group.shown.is_empty() {
            writer.write_record(first.into_iter().chain(vec![String::new(); FIGURES.len() - 5]))?;
            continue;
        }
        for shown in &group.shown {
            writer.write_record(first.iter().cloned().chain(figures(shown)))?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn figures(shown: &ShownReport) -> Vec<String> {
    let number = |value: Option<f64>| value.filter(|v| v.is_finite()).map_or_else(String::new, |v| v.to_string());
    let of = |figure: Option<Figure>| [figure.map(|own| own.value), figure.map(|own| own.error)].map(number);
    let chance = shown.chance.map(|Share { value, error, .. }| Figure { value, error });
    let mut cells = vec![
        cell(&shown.column.name).into_owned(),
        shown.column.unit.to_owned(),
        shown.missing.to_string(),
        shown.missing_means.to_owned(),
    ];
    cells.extend([chance, shown.mean, shown.p10, shown.p50, shown.p90].into_iter().flat_map(of));
    cells
}
