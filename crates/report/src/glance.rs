//! An answer at a glance: the question, the answer in a sentence, three figures with their errors, one chart.

use serde::Serialize;

use crate::chart::Chart;
use crate::comparison::{Comparison, MeasureReport, promise_name};
use crate::data::Report;
use crate::figure::{Figure, Spread};
use crate::what_if::WhatIf;
use crate::words;
use engine::outcomes::Outcome;

/// How many figures.
const FIGURES: usize = 3;

/// An answer at a glance.
pub struct Glance<'a> {
    /// What is asked.
    pub question: String,
    /// The answer in a sentence.
    pub answer: String,
    /// The figures.
    pub figures: Vec<Told>,
    /// The chart, and what stands below it.
    pub chart: Option<(&'a dyn Chart, &'a str)>,
}

/// A figure in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Told {
    /// What it is of.
    pub name: String,
    /// The figure.
    pub value: String,
    /// Its Monte Carlo error, as it is read after it; empty where there is none.
    pub error: String,
    /// What stands beside it.
    pub beside: String,
}

impl Glance<'_> {
    /// A forecast.
    #[must_use]
    pub fn of_forecast(report: &Report) -> Glance<'_> {
        let whole = &report.whole;
        let promise = report.targets.first().map(|target| Told {
            name: format!("Promise kept: {}", target.name),
            beside: plan(target.outcome.plan, target.unit),
            ..chance(target.met)
        });
        let npv = whole.npv.as_ref().and_then(|npv| median("Net present value, median", npv, "£m"));
        let pays = whole.npv_above_zero.map(|above| Told { name: "It pays: above £0m".to_owned(), ..chance(above) });
        let alone = report.forces.iter().filter_map(|force| {
            let breached = force.floor_breached_standalone.filter(|_| whole.npv.is_none())?;
            Some(Told { name: format!("{}: reserves fall to their floor", force.name), ..chance(breached) })
        });
        let figures = promise.into_iter().chain(npv).chain(pays).chain(alone).take(FIGURES).collect();
        Glance {
            question: report.question.clone(),
            answer: report.findings.first().cloned().unwrap_or_default(),
            figures,
            chart: report.charts.all().first().map(|chart| (*chart, report.charts.foot.as_str())),
        }
    }

    /// Scenarios compared.
    #[must_use]
    pub fn of_comparison(report: &Comparison) -> Glance<'_> {
        let npv = report.measure(&Outcome::Npv.whole());
        let each = npv.into_iter().flat_map(|npv| npv.options.iter().zip(&report.labels));
        let figures = each.take(FIGURES).filter_map(|(standing, label)| median(label, &standing.own, "£m"));
        Glance {
            question: "Which option is better?".to_owned(),
            answer: report.findings.first().cloned().unwrap_or_default(),
            figures: figures.collect(),
            chart: report.charts.all().first().map(|chart| (*chart, report.charts.foot.as_str())),
        }
    }

    /// A question answered: the first variant beside the base.
    #[must_use]
    pub fn of_what_if(report: &WhatIf) -> Glance<'_> {
        let compared = report.comparison.as_ref();
        let npv = compared.and_then(|found| found.measure(&Outcome::Npv.whole()));
        let promise = compared.and_then(|found| found.promises().next()).and_then(changed_promise);
        let figures = npv.and_then(difference).into_iter().chain(promise).chain(npv.and_then(beside_base));
        Glance {
            question: report.asked.question.clone().unwrap_or_else(|| "What if the plan was changed?".to_owned()),
            answer: report.answer.first().cloned().unwrap_or_default(),
            figures: figures.take(FIGURES).collect(),
            chart: compared.and_then(|found| Some((*found.charts.all().first()?, found.charts.foot.as_str()))),
        }
    }
}

/// A chance with its error in points.
fn chance(figure: Figure) -> Told {
    let value = words::percent(figure);
    let exact = figure.error <= 0.0 || value.starts_with(|first: char| first.is_alphabetic());
    let error = if exact { String::new() } else { error_of(figure.times(100.0), "points") };
    Told { value, error, ..Told::default() }
}

/// An error as it is read after a figure: `±0.2 points`.
fn error_of(figure: Figure, unit: &str) -> String {
    if figure.error <= 0.0 {
        return String::new();
    }
    // One digit, as it is told everywhere.
    let decimals = figure.decimals(3);
    let told = format!("{:.decimals$}", figure.error);
    // What prints as nothing is told as nothing.
    if told.bytes().any(|digit| (b'1'..=b'9').contains(&digit)) {
        format!("±{told} {unit}").trim_end().to_owned()
    } else {
        String::new()
    }
}

fn plan(plan: Option<f64>, unit: &str) -> String {
    plan.map_or_else(String::new, |plan| format!("The plan: {}", words::amount(plan, unit)))
}

/// A median with what eight futures in ten are.
fn median(name: &str, own: &Spread, unit: &str) -> Option<Told> {
    let p50 = own.p50?;
    let at = |figure: Option<Figure>| figure.map(|figure| words::amount_figure(figure, unit));
    let range = at(own.p10).zip(at(own.p90)).map(|(low, high)| format!("8 futures in 10: {low} to {high}"));
    let reached = own.below_plan.map(Figure::complement);
    let planned = own.plan.map(|amount| {
        let told = plan(Some(amount), unit);
        reached
            .map_or_else(|| told.clone(), |chance| format!("{told}, reached in {} of futures", words::percent(chance)))
    });
    let beside: Vec<String> = range.into_iter().chain(planned).collect();
    Some(Told {
        name: name.to_owned(),
        value: words::amount_figure(p50, unit),
        error: error_of(p50, ""),
        beside: beside.join(". "),
    })
}

/// The mean difference from the base, paired.
fn difference(npv: &MeasureReport) -> Option<Told> {
    let against = npv.options.get(1)?.against.as_ref()?;
    let mean = against.difference.mean?;
    let sign = if mean.value > 0.0 { "+" } else { "" };
    let better =
        against.better.map_or_else(String::new, |better| format!("Better in {} of futures", words::percent(better)));
    Some(Told {
        name: "Net present value beside the base, mean difference".to_owned(),
        value: format!("{sign}{}", words::money_figure(mean)),
        error: error_of(mean, ""),
        beside: better,
    })
}

/// What becomes of the chance to keep a promise.
fn changed_promise(promise: &MeasureReport) -> Option<Told> {
    let own = promise.options.get(1)?.own.mean?;
    let base = promise.options.first()?.own.mean?;
    Some(Told {
        name: format!("Promise kept: {}", promise_name(promise)),
        beside: format!("In the base: {}", words::percent(base)),
        ..chance(own)
    })
}

fn beside_base(npv: &MeasureReport) -> Option<Told> {
    let own = npv.options.get(1).and_then(|own| median("Net present value, median", &own.own, "£m"))?;
    let base = npv.options.first()?.own.p50?;
    Some(Told { beside: format!("In the base: {}", words::money_figure(base)), ..own })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report};

    #[test]
    fn a_forecast_has_its_answer_three_figures_and_a_chart() {
        let report = report(Sample::TwoForce);
        let glance = Glance::of_forecast(&report);
        assert_eq!(glance.question, report.question);
        assert_eq!(glance.answer, report.findings[0]);
        assert_eq!(glance.figures.len(), FIGURES);
        assert!(
            glance.figures.iter().all(|told| !told.name.is_empty() && !told.value.is_empty()),
            "{:?}",
            glance.figures
        );
        assert!(glance.chart.is_some());
    }

    #[test]
    fn where_nothing_is_shared_reserves_are_told() {
        let report = report(Sample::Alone);
        let glance = Glance::of_forecast(&report);
        assert!(glance.figures.iter().any(|told| told.name.contains("reserves")), "{:?}", glance.figures);
    }

    #[test]
    fn an_error_is_told_to_one_digit_after_its_figure() {
        let of = |value, error| error_of(Figure { value, error }, "points");
        assert_eq!([of(12.0, 0.234), of(12.0, 3.2), of(12.0, 0.0)], ["±0.2 points", "±3 points", ""]);
        assert_eq!(chance(Figure { value: 0.5, error: 0.011 }).error, "±1 points");
    }
}
