//! The tables of tracking with every digit: figures, outcomes, assumptions.

use super::{Bands, Tracking};
use crate::figure::Figure;
use crate::sheet::{Cell, Sheet, with_errors};

/// `figures.csv`: the figures that count, and how far each was foreseen.
#[must_use]
pub fn figures(report: &Tracking) -> Sheet {
    let first = [
        "measure",
        "when",
        "known",
        "value",
        "high",
        "unit",
        "series",
        "definition",
        "error",
        "discrepancy",
        "plan",
        "source",
    ];
    let mut head = with_errors(&first, &["rank"]);
    head[8] = "scale_of_error".to_owned();
    head.push("two_sided_rank".to_owned());
    let mut sheet = Sheet::new("figures", head);
    for own in &report.figures {
        let cells: [Cell; 15] = [
            own.measure.name().into(),
            own.when.to_string().into(),
            (&own.known).into(),
            own.value.into(),
            own.high.into(),
            own.unit.into(),
            (&own.series).into(),
            own.definition.clone().unwrap_or_default().into(),
            own.error.into(),
            own.discrepancy.into(),
            own.plan.into(),
            own.source.clone().unwrap_or_default().into(),
            own.below.value.into(),
            own.below.error.into(),
            own.two_sided.into(),
        ];
        sheet.rows.push(cells.into());
    }
    sheet
}

/// `outcomes.csv`: every outcome then and now.
#[must_use]
pub fn outcomes(report: &Tracking) -> Sheet {
    const FIGURES: [&str; 6] = ["mean", "p10", "p25", "p50", "p75", "p90"];
    let of = |when: &str| FIGURES.map(|figure| format!("{when}_{figure}"));
    let names = [of("then"), of("now")].concat();
    let mut sheet = Sheet::new(
        "outcomes",
        with_errors(&["outcome", "unit", "plan"], &names.iter().map(String::as_str).collect::<Vec<_>>()),
    );
    for own in &report.outcomes {
        let mut row: Vec<Cell> = vec![own.outcome.name().into(), own.unit.into(), own.plan.into()];
        row.extend(cells(Some(own.then)));
        row.extend(cells(own.now));
        sheet.rows.push(row);
    }
    sheet
}

fn cells(bands: Option<Bands>) -> impl Iterator<Item = Cell> {
    let pick = |of: fn(Bands) -> Option<Figure>| Figure::cells(bands.and_then(of));
    [pick(|b| b.mean), pick(|b| b.p10), pick(|b| b.p25), pick(|b| b.p50), pick(|b| b.p75), pick(|b| b.p90)]
        .into_iter()
        .flatten()
}

/// `assumptions.csv`: how far each moved.
#[must_use]
pub fn assumptions(report: &Tracking) -> Sheet {
    let head = with_errors(&["key", "label", "then_mean", "then_sd", "now_mean", "now_sd"], &["moved_by_sd"]);
    let mut sheet = Sheet::new("assumptions", head);
    for own in &report.assumptions {
        let [shift, error] = Figure::cells(Some(own.shift));
        let cells: [Cell; 8] = [
            (&own.key).into(),
            (&own.label).into(),
            own.then.into(),
            own.then_sd.into(),
            own.now.into(),
            own.now_sd.into(),
            shift,
            error,
        ];
        sheet.rows.push(cells.into());
    }
    sheet
}
