//! What a class says, on one screen of plain text, with what to paste below.

use super::findings::{chance, factor};
use super::{CaseReport, LearningReport, SpreadReport};
use crate::grid::Table;
use crate::terminal::answer;
use crate::terminal::layout::Laid;

/// What prints every column.
const FORMAT: &str = "--format csv";

const NONE: &str = "–";

/// The screen of so many columns, ending with a line feed; `pasted` is what stands below it.
#[must_use]
pub fn render(report: &LearningReport, pasted: &str, width: usize) -> String {
    let asked = [
        format!("What {} says of the class \"{}\"", report.file, report.class),
        "What is to be expected of a new programme?".to_owned(),
    ];
    let tables = [new_programme(report), cases(report), beliefs(report), classes(report)];
    let screen = answer(&asked, &report.findings, &tables, &foot(report), width);
    if pasted.is_empty() { screen } else { format!("{screen}\n{pasted}") }
}

fn new_programme(report: &LearningReport) -> Laid {
    let mut table = Table::new(&["A new programme", "cases", "P10", "P50", "P90"]);
    table.whole_names = true;
    let row = |name: &str, cases: String, [p10, p50, p90]: [f64; 3], told: &dyn Fn(f64) -> String| {
        [name.to_owned(), cases, told(p10), told(p50), told(p90)]
    };
    if let Some(delivered) = report.delivered {
        table.push(row("Delivered by promised", report.failing.told.to_string(), delivered, &factor));
    }
    let all = |own: &SpreadReport| {
        if own.of_all_classes { format!("{}, all classes", own.cases) } else { own.cases.to_string() }
    };
    let spreads = [
        ("the same where it does not fail", &report.share),
        ("Actual by planned time", &report.lateness),
        ("Actual by planned cost", &report.overrun),
    ];
    for (name, spread) in spreads {
        table
            .rows
            .extend(spread.as_ref().map(|own| row(name, all(own), [own.p10, own.p50, own.p90], &factor).to_vec()));
    }
    if let Some(own) = &report.exit {
        let years = format!("{} in {} years", own.ended, super::to_digits(own.years, 3));
        table.push(row("Ends a year", years, [own.p10, own.p50, own.p90], &chance));
    }
    (table, vec![36, 18, 12, 12, 12])
}

fn cases(report: &LearningReport) -> Laid {
    let head = ["Cases", "published", "believed P50", "P10 to P90", "drawn to class", "rank by others"];
    let mut table = Table::new(&head).whole_in(FORMAT);
    table.whole_names = true;
    for case in &report.cases {
        table.push(case_row(case));
    }
    table.note = "Drawn to class: 0% is believed as published, 100% counts as the class. Rank: how much of the forecast of the other cases lies below it.".to_owned();
    (table, vec![38, 14, 12, 14, 11, 11])
}

fn case_row(case: &CaseReport) -> [String; 6] {
    let one = |value: Option<f64>, told: &dyn Fn(f64) -> String| value.map_or_else(|| NONE.to_owned(), told);
    let between = |ends: Option<(f64, f64)>| match ends {
        Some((low, high)) if factor(low) == factor(high) => factor(low),
        Some((low, high)) => format!("{} to {}", factor(low), factor(high)),
        None => NONE.to_owned(),
    };
    let published = match (case.failed, case.low.zip(case.high)) {
        (Some(true), Some((_, high))) if high > 0.0 => format!("failed ({})", factor(high)),
        (Some(true), _) => "failed".to_owned(),
        (Some(false), None) => "not failed".to_owned(),
        (_, ends) => between(ends),
    };
    [
        format!("{}: {}", case.quantity, case.programme),
        published,
        one(case.p50, &factor),
        between(case.p10.zip(case.p90)),
        one(case.shrinkage, &chance),
        one(case.rank_by_others, &chance),
    ]
}

fn beliefs(report: &LearningReport) -> Laid {
    let mut table = Table::new(&["How far the cases are believed", "failing", "delivered P10", "P50", "P90"]);
    for own in &report.beliefs {
        let name = match (own.fame, own.power) {
            (fame, power) if fame <= 0.0 && power >= 1.0 => "each counts once".to_owned(),
            (fame, _) if fame > 0.0 => format!("fame undone, γ = {fame}"),
            (_, power) => format!("the class by {power} of its weight"),
        };
        let delivered = own.delivered.map_or_else(|| [NONE; 3].map(str::to_owned), |all| all.map(factor));
        table.push([name, own.failing.map_or_else(|| NONE.to_owned(), chance)].into_iter().chain(delivered));
    }
    (table, vec![36, 12, 15, 12, 12])
}

fn classes(report: &LearningReport) -> Laid {
    let head = ["Each class from the others", "known", "failed", "chance given", "outside P10 to P90", "score"];
    let mut table = Table::new(&head);
    for own in &report.classes {
        table.push([
            own.class.clone(),
            own.told.to_string(),
            own.failed.to_string(),
            chance(own.failing_by_others),
            format!("{} of {}", own.outside, own.shares),
            format!("{:.2}", own.score).replace('-', "−"),
        ]);
    }
    (table, vec![32, 9, 9, 14, 20, 10])
}

fn foot(report: &LearningReport) -> String {
    format!(
        "alliance {}. P10, P50, P90: one, five, nine new programmes in ten are lower; a published range is read as P10 to P90. Failed: at most 0.2 of the promise delivered. \
         Nothing here is simulated but notices of a scenario; ± is one Monte Carlo standard error. docs/learning.md has every formula.",
        report.version
    )
}
