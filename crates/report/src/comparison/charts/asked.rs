//! Charts of the measures that were asked for: curves of amounts and dates, a table of chances.

use super::exceedance;
use crate::chart::matrix::{Cell, Matrix};
use crate::chart::overlay::{Curve, Overlay};
use crate::chart::{Heading, option_colour};
use crate::comparison::{Comparison, MeasureReport};
use crate::figure::Figure;
use crate::source::Figures;
use crate::words;
use engine::outcomes::{Outcome, OutcomeId};

/// The options that a title names: all where they are few, else the baseline and the one that is furthest from it.
fn telling(report: &Comparison, figure: impl Fn(usize) -> Option<Figure>) -> Vec<usize> {
    let all: Vec<usize> = (0..report.options.len()).collect();
    if all.len() <= 3 {
        return all;
    }
    let apart = |o: &usize| match (figure(0), figure(*o)) {
        (Some(base), Some(own)) => (own.value - base.value).abs(),
        (None, None) => 0.0,
        // One that never comes is furthest from one that does.
        _ => f64::INFINITY,
    };
    let furthest = all.iter().copied().skip(1).max_by(|a, b| apart(a).total_cmp(&apart(b)));
    std::iter::once(0).chain(furthest).collect()
}

/// A curve for each option, of every amount and date asked for but net present value, which has its own.
pub(super) fn spreads(
    report: &Comparison,
    names: &[String],
    figures: &impl Figures,
    asked: &[OutcomeId],
) -> Vec<Overlay> {
    let measures = asked.iter().filter(|id| **id != Outcome::Npv.whole()).filter_map(|name| report.measure(name));
    let own = measures.filter(|measure| !measure.event).enumerate();
    own.map(|(i, measure)| spread(report, names, figures, measure, i + 1)).collect()
}

fn spread(
    report: &Comparison,
    names: &[String],
    figures: &impl Figures,
    measure: &MeasureReport,
    number: usize,
) -> Overlay {
    let curves = names.iter().enumerate().map(|(o, name)| Curve {
        name: name.clone(),
        points: exceedance(figures, &analysis::own(o, &measure.measure.name())),
        colour: option_colour(o),
    });
    let median = |o: usize| measure.options[o].own.p50;
    let says = |o: usize| {
        let own = &measure.options[o].own;
        let often = || own.missing.filter(|_| own.missing_means == "never").map(words::percent);
        let missing =
            || often().map_or_else(|| "not defined".to_owned(), |often| format!("never (in {often} of futures)"));
        let at = median(o).map_or_else(missing, |p50| words::amount_figure(p50, measure.unit));
        format!("{at} {}", report.under_as(o, &names[o]))
    };
    let options = telling(report, median);
    let told: Vec<String> = options.iter().copied().map(says).collect();
    let title = format!("{} at the median: {}{}", measure.label, words::list(&told), parted(measure, &options));
    let what = words::measure(&measure.measure);
    let subtitle = if measure.options.iter().any(|standing| standing.own.may_not_come()) {
        format!("Chance that {what} is at least the number below, or that it never comes")
    } else {
        format!("Chance that {what} is at least the amount below")
    };
    Overlay {
        file: format!("asked-{number}"),
        heading: Heading { title, subtitle },
        unit: measure.unit.to_owned(),
        curves: curves.collect(),
        of: None,
    }
}

/// Where under some option the median goes one way from the base and a tail the other, that tail under each option told.
fn parted(measure: &MeasureReport, options: &[usize]) -> String {
    let Some(tail) = measure.parted() else { return String::new() };
    let of = |o: &usize| Some(words::amount_figure(tail.of(&measure.options[*o].own)?, measure.unit));
    let told = options.iter().filter_map(of);
    format!("; {}: {}", tail.name(), words::list(&told.collect::<Vec<_>>()))
}

/// The chance of every event asked for, by option; none where none was.
pub(super) fn chances(report: &Comparison, labels: &[String], asked: &[OutcomeId]) -> Option<Matrix> {
    let events: Vec<&MeasureReport> =
        asked.iter().filter_map(|name| report.measure(name)).filter(|measure| measure.event).collect();
    let first = events.first()?;
    let chance = |event: &MeasureReport, o: usize| event.options[o].own.mean;
    let cell = |event: &MeasureReport, o: usize| {
        let figure = chance(event, o);
        let good = match event.better {
            "higher" => 1.0,
            "lower" => -1.0,
            _ => 0.0,
        };
        Cell {
            shade: figure.map_or(0.0, |figure| good * figure.value),
            value: figure.map_or_else(|| "–".to_owned(), words::percent),
            note: String::new(),
        }
    };
    let names =
        |event: &MeasureReport| words::promise(&event.measure).map_or_else(|| event.label.clone(), str::to_owned);
    let rows = labels.iter().enumerate();
    let rows = rows.map(|(o, label)| (label.clone(), events.iter().map(|event| cell(event, o)).collect()));
    let says = |o: usize| Some(format!("{} {}", words::percent(chance(first, o)?), report.under_as(o, &labels[o])));
    let each: Vec<String> = telling(report, |o| chance(first, o)).into_iter().filter_map(says).collect();
    Some(Matrix {
        file: "chances".to_owned(),
        heading: Heading {
            title: format!("{}: {}", names(first), words::list(&each)),
            subtitle: "Share of futures".to_owned(),
        },
        columns: events.iter().map(|event| names(event)).collect(),
        rows: rows.collect(),
    })
}
