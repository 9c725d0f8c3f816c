//! What was reported, beside the forecast of it: how much of that lies outside eight futures of ten.

use crate::data::Report;

/// That reported figures lie outside their forecasts, where some do.
pub(super) fn finding(report: &Report) -> Option<String> {
    let ranks: Vec<(f64, f64)> = report.actuals.iter().filter_map(|actual| actual.ranks).collect();
    let (above, below) = outside(&ranks);
    (above + below > 0).then(|| title(&ranks) + ".")
}

/// How many ranks, from those of low to those of high readings, lie above and below eight futures of ten.
fn outside(ranks: &[(f64, f64)]) -> (usize, usize) {
    let above = ranks.iter().filter(|(low, _)| *low > 0.9).count();
    (above, ranks.iter().filter(|(_, high)| *high < 0.1).count())
}

/// What was reported: how many figures lie where one future in ten, on either side, does. Of each the rank of its low reading and of its
/// high one.
#[must_use]
pub fn title(ranks: &[(f64, f64)]) -> String {
    let (above, below) = outside(ranks);
    let side = match (above, below) {
        (0, 0) => return "What was reported lies within eight futures of ten".to_owned(),
        (1, 0) | (0, 1) if above > 0 => "above them",
        (0, 1) => "below them",
        (_, 0) => "all above",
        (0, _) => "all below",
        _ => "on either side",
    };
    let outside = above + below;
    let (number, lie) = if outside == 1 { ("one".to_owned(), "lies") } else { (outside.to_string(), "lie") };
    format!("Of {} figures that were reported {number} {lie} outside eight futures of ten, {side}", ranks.len())
}
