//! Tracking on a screen: figures, outcomes then and now, assumptions that moved.

use super::findings::{decimal, deviations, is_moved, whole};
use super::{Bands, FigureReport, OutcomeReport, Tracking, event};
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::terminal::answer;
use crate::terminal::layout::{Laid, with_error};
use crate::words;
use engine::outcomes::{Outcome, Owner};

/// Assumptions on the screen; all are in the tables.
const SHOWN: usize = 8;

/// One screen of plain text of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &Tracking, width: usize) -> String {
    answer(&[report.scenario.title.clone(), report.question()], &report.findings, &tables(report), &foot(report), width)
}

/// The tables.
pub(crate) fn tables(report: &Tracking) -> Vec<Laid> {
    vec![
        (reported(report), vec![44, 13, 9, 11, 11, 12]),
        (chances(report), vec![56, 14, 15, 15]),
        (values(report), vec![30, 9, 10, 10, 10, 10, 10, 10]),
        (assumptions(report), vec![48, 14, 14, 12, 12]),
    ]
}

fn reported(report: &Tracking) -> Table {
    let mut table =
        Table::new(&["What was reported", "figure", "plan", "error", "may differ", "rank"]).whole_in("figures.csv");
    table.whole_names = true;
    for own in &report.figures {
        let number = words::typed_number;
        let figure = match (own.fact, own.high) {
            (true, _) => yes_or_no(own).to_owned(),
            (false, high) => {
                high.map_or_else(|| number(own.value), |high| format!("{}–{}", number(own.value), number(high)))
            }
        };
        let scale = |value: f64| if own.fact { "–".to_owned() } else { format!("{value:.2}") };
        let plan = own.plan.filter(|_| !own.fact).map_or_else(|| "–".to_owned(), |plan| format!("{plan:.2}"));
        let rank = words::percent(own.below);
        table.push([name(own), figure, plan, scale(own.error), scale(own.discrepancy), rank]);
    }
    let left = [(report.later, "known later"), (report.outside, "outside the horizon")];
    let left: Vec<String> = left.iter().filter(|own| own.0 > 0).map(|own| format!("{} {}", own.0, own.1)).collect();
    let left = if left.is_empty() { String::new() } else { format!("; left out: {}", words::list(&left)) };
    table.note = format!(
        "error, may differ: scales of its own error, and of what it and the forecast may differ by though both are right; rank: the part of what the \
         model expected that lies below the figure{left}"
    );
    table
}

fn yes_or_no(own: &FigureReport) -> &'static str {
    if own.value > 0.5 { "yes" } else { "no" }
}

/// The name of a figure: what, when, its unit.
fn name(own: &FigureReport) -> String {
    let unit = match own.unit {
        "£m" => ", £m",
        "£ a year at Band D" => ", £",
        _ => "",
    };
    if own.fact {
        return words::capital(&event(&own.measure, &own.when.to_string()));
    }
    format!("{} {}{unit}", words::row_name(&own.measure), own.when)
}

/// Whether an outcome is a chance.
fn is_chance(own: &OutcomeReport) -> bool {
    own.unit == "yes or no"
}

fn chances(report: &Tracking) -> Table {
    let mut table = Table::new(&["Chances", "plan", "then", "now"]).whole_in("outcomes.csv");
    table.whole_names = true;
    for own in report.outcomes.iter().filter(|own| is_chance(own)) {
        let of = |figure: Option<Figure>| {
            figure.map_or_else(|| "–".to_owned(), |own| with_error(Some(own.times(100.0)), 1, "–") + "%")
        };
        let plan = own.plan.map_or("–", |plan| if plan > 0.5 { "yes" } else { "no" });
        let now = of(own.now.and_then(|now| now.mean));
        table.push([words::row_name(&own.outcome), plan.to_owned(), of(own.then.mean), now]);
    }
    table
}

/// Outcomes that the screen leaves to the tables: savings year by year but for years of promises, and what figures are of.
fn is_shown(report: &Tracking, own: &OutcomeReport) -> bool {
    let due = |when: &str| {
        report
            .targets
            .iter()
            .any(|target| target.year.to_string() == when && target.measure == own.outcome.of_every_year().name())
    };
    match &own.outcome.when {
        None => matches!(own.outcome.owner, Owner::Whole | Owner::Force(_)),
        Some(when) => due(when),
    }
}

fn values(report: &Tracking) -> Table {
    let head = ["Then and now, £m or years", "plan", "then P10", "P50", "P90", "now P10", "P50", "P90"];
    let mut table = Table::new(&head).whole_in("outcomes.csv");
    table.whole_names = true;
    for own in report.outcomes.iter().filter(|own| !is_chance(own) && is_shown(report, own)) {
        let missing = if [Outcome::Payback].contains(&own.outcome.outcome) { "never" } else { "–" };
        let at = |figure: Option<Figure>| figure.map_or_else(|| missing.to_owned(), |own| own.rounded(1));
        let plan = own.plan.map_or_else(|| missing.to_owned(), |plan| format!("{plan:.1}").replace('-', "−"));
        let of = |bands: &Bands| [at(bands.p10), at(bands.p50), at(bands.p90)];
        let now = own.now.as_ref().map_or_else(|| ["–", "–", "–"].map(str::to_owned), of);
        table.push([words::row_name(&own.outcome), plan].into_iter().chain(of(&own.then)).chain(now));
    }
    table
}

fn assumptions(report: &Tracking) -> Table {
    let head = ["Assumptions that moved", "mean then", "mean now", "by", "error"];
    let mut table = Table::new(&head).whole_in("assumptions.csv");
    table.whole_names = true;
    for own in report.assumptions.iter().filter(|own| is_moved(own)).take(SHOWN) {
        let number = |value: f64| format!("{value:.3}").replace('-', "−");
        table.push([
            own.label.clone(),
            number(own.then),
            number(own.now),
            deviations(own.shift),
            format!("{:.2}", own.shift.error),
        ]);
    }
    table.note = "by: how far the mean moved, in standard deviations of before".to_owned();
    table
}

/// What the words mean, and how sure the weights are.
pub(crate) fn foot(report: &Tracking) -> String {
    let own = &report.weights;
    let shape = own.shape.map_or_else(
        || "most of the tail of their weights is one tie, so that its shape is not told".to_owned(),
        |shape| format!("the tail of their weights has shape {}, {:.2} and less do", decimal(shape), own.limit),
    );
    format!(
        "Futures are weighed by how likely the figures are in each (docs/tracking.md): {} futures, which tell as much as {} would; {shape}. \
         Learning from figures says which futures fit them, not that the model is right. {STANDARD_ERROR} {}",
        words::thousands(own.futures),
        whole(own.effective),
        report.foot()
    )
}
