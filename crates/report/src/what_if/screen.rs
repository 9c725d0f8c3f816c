//! An answer on one screen of plain text.

use super::{SweepReport, SweptMeasure, WhatIf};
use crate::comparison::screen as comparison;
use crate::figure::{Figure, STANDARD_ERROR};
use crate::grid::Table;
use crate::inputs::Inputs;
use crate::terminal::layout::{Laid, with_error};
use crate::terminal::{WIDTH, answer};
use crate::words;

/// The screen of so many columns, ending with a line feed.
#[must_use]
pub fn render(report: &WhatIf, width: usize) -> String {
    let by = match (&report.asked.requested_by, &report.asked.date) {
        (Some(who), Some(date)) => format!("Asked by {who}, {date}. "),
        (Some(who), None) => format!("Asked by {who}. "),
        (None, Some(date)) => format!("Asked in {date}. "),
        (None, None) => String::new(),
    };
    let mut asked = vec![
        report.asked.question.as_ref().unwrap_or(&report.base.title).clone(),
        format!("{by}Base: {} ({})", report.base.name, report.base.title),
    ];
    asked.extend(report.comparison.iter().flat_map(|compared| compared.notes.iter().cloned()));
    answer(&asked, &report.answer, &tables(report), &foot(report), width)
}

/// The tables: variants beside the base, then every sweep.
pub(crate) fn tables(report: &WhatIf) -> Vec<Laid> {
    let compared = report.comparison.iter().flat_map(|found| comparison::tables(found, &report.asked.measures));
    let of = |sweep| move |swept| if SweepReport::is_map(sweep) { grid(sweep, swept) } else { steps(sweep, swept) };
    compared.chain(report.sweeps.iter().flat_map(|sweep| sweep.measures.iter().map(of(sweep)))).collect()
}

/// What has every value of every sweep.
const FILE: &str = "sweeps.csv";

const WIDE: [usize; 6] = [22, 14, 14, 14, 18, 18];

fn titled(sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let unit = match (swept.event, sweep.is_map() && swept.may_not_come()) {
        (_, true) => "share of futures in which it comes",
        (true, _) => "chance",
        _ => &swept.shown_unit,
    };
    let told = sweep.name == Inputs::titled(&sweep.along.key) || sweep.across.is_some();
    let key = if told { String::new() } else { format!(" ({})", Inputs::titled(&sweep.along.key)) };
    format!("{}, {unit}, by {}{key}", swept.label, sweep.name)
}

fn chance(figure: Option<Figure>) -> String {
    figure.map_or_else(|| "–".to_owned(), words::percent)
}

/// One key: a row a value.
fn steps(sweep: &SweepReport, swept: &SweptMeasure) -> Laid {
    // Of a date that may never come the mean is that of some futures alone.
    let dates = swept.may_not_come();
    let titles = if swept.event {
        ["", "chance", "", "", "change", "better than base"]
    } else if dates {
        ["", "P10", "P50", "P90", "never, of futures", "better than base"]
    } else {
        ["", "P10", "P50", "P90", "mean change", "better than base"]
    };
    let mut table = Table::titled(titled(sweep, swept), &titles).whole_in(FILE);
    for point in &swept.points {
        let never = if point.own.missing_means == "never" { "never" } else { "–" };
        let at = |figure: Option<Figure>| figure.map_or_else(|| never.to_owned(), |figure| figure.rounded(1));
        let value = Inputs::stated(&sweep.along.key, point.along);
        let cells = if swept.event {
            let change = point.difference.map(|change| change.times(100.0));
            let change = with_error(change, 1, "–") + " points";
            [value, chance(point.own.mean), String::new(), String::new(), change, chance(point.better)]
        } else {
            let own = &point.own;
            let change = if dates { chance(own.missing) } else { with_error(point.difference, 1, "–") };
            [value, at(own.p10), at(own.p50), at(own.p90), change, chance(point.better)]
        };
        table.push(cells);
    }
    (table, WIDE.to_vec())
}

/// Two keys: a row a value of the first, a column a value of the second, means.
fn grid(sweep: &SweepReport, swept: &SweptMeasure) -> Laid {
    let along = &sweep.along;
    let (across, second) = sweep.across.as_ref().map_or((&[][..], ""), |axis| (&axis.values[..], axis.key.as_str()));
    let each = ((WIDTH - 12) / across.len().max(1)).clamp(7, 14);
    let widths: Vec<usize> = std::iter::once(12).chain(across.iter().map(|_| each)).collect();
    let mut table = Table::titled(titled(sweep, swept), &[""]).whole_in(FILE);
    table.title += &format!("; down: {}; across: {}", Inputs::titled(&along.key), Inputs::titled(second));
    table.whole_names = true;
    table.head.extend(across.iter().map(|value| Inputs::stated(second, *value)));
    for (i, value) in along.values.iter().enumerate() {
        let cell = |j: usize| {
            let point = swept.points.get(j * along.values.len() + i)?;
            if swept.may_not_come() {
                return point.comes().map(words::percent);
            }
            let mean = point.own.mean?;
            Some(if swept.event { words::percent(mean) } else { mean.rounded(1) })
        };
        let cells = (0..across.len()).map(|j| cell(j).unwrap_or_else(|| "–".to_owned()));
        table.push(std::iter::once(Inputs::stated(&along.key, *value)).chain(cells));
    }
    (table, widths)
}

/// What the words mean.
#[must_use]
pub fn foot(report: &WhatIf) -> String {
    let run = &report.run;
    let commit = run.commit.as_ref().map_or_else(String::new, |commit| format!(" ({commit})"));
    format!(
        "{} trials, the same draws throughout, {} sampler, seed {}; alliance {}{commit}; {} {}, {}. \
         better: chance to be better than the base in the same future. {STANDARD_ERROR}",
        words::thousands(run.trials),
        run.sampler,
        run.seed,
        run.version,
        report.base.name,
        report.base.hash.chars().take(12).collect::<String>(),
        report.base.span()
    )
}
