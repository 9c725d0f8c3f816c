//! What was promised and what is known to have happened, each beside the forecast.

use serde::Serialize;

use super::yearly::{Series, YearSpread, yearly};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use engine::alliance::{Actual, Scenario, Target};
use engine::outcomes::{Outcome, OutcomeId};

/// A promise and its chances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TargetReport {
    /// Its name.
    pub name: String,
    /// What is promised, a year.
    pub measure: OutcomeId,
    /// Unit of the measure, as printed.
    pub unit: &'static str,
    /// Met where the measure is at least this.
    pub amount: f64,
    /// The year in which it is due.
    pub year: String,
    /// Where it was promised.
    pub source: Option<String>,
    /// The measure in that year.
    pub outcome: Spread,
    /// Chance that it is met in that year.
    pub met: Figure,
    /// First year whose median reaches the amount; null: in none.
    pub likely_from: Option<String>,
    /// First year in which the plan reaches the amount; null: in none.
    pub plan_from: Option<String>,
}

fn target(scenario: &Scenario, figures: &impl Figures, target: &Target) -> Option<TargetReport> {
    let measure: OutcomeId = target.measure.parse().ok()?;
    let column = measure.at(target.year).name();
    let outcome = Spread::of(figures, &column)?;
    let met = figures
        .mean(&Outcome::Met.of_target(&target.name).name())
        .or_else(|| figures.chance_at_least(&column, target.amount))?;
    let series = Series { outcome: measure.outcome, alone: measure.alone };
    let years = yearly(scenario, figures, &measure.owner, series).map_or_else(Vec::new, |found| found.years);
    let first = |reached: &dyn Fn(&YearSpread) -> bool| {
        years.iter().find(|entry| reached(entry)).map(|entry| entry.year.clone())
    };
    Some(TargetReport {
        name: target.name.clone(),
        measure,
        unit: figures.unit(&column)?.label(),
        amount: target.amount,
        year: target.year.to_string(),
        source: target.provenance.source.clone(),
        outcome,
        met: met.into(),
        likely_from: first(&|entry| {
            // In the year in which it is due, by the chance that is told.
            if entry.year == target.year.to_string() {
                return met.value > 0.5;
            }
            entry.spread.p50.is_some_and(|p50| p50.value >= target.amount)
        }),
        plan_from: first(&|entry| entry.spread.plan.is_some_and(|plan| plan >= target.amount)),
    })
}

pub(super) fn targets(scenario: &Scenario, figures: &impl Figures) -> Vec<TargetReport> {
    scenario.targets.iter().filter_map(|promise| target(scenario, figures, promise)).collect()
}

/// Something known to have happened, beside the forecast of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActualReport {
    /// The outcome that it stands beside.
    pub measure: OutcomeId,
    /// The financial year or month.
    pub when: String,
    /// Years since 1 April of the first year: the date, or the middle of the year.
    pub time: f64,
    /// The figure; for a disputed one, its low reading.
    pub value: f64,
    /// The high reading of a disputed figure.
    pub high: Option<f64>,
    /// Unit, as printed.
    pub unit: &'static str,
    /// Where it was reported.
    pub source: Option<String>,
    /// The forecast of it; null where the run has no such outcome.
    pub forecast: Option<Spread>,
    /// Share of futures below the figure.
    pub below: Option<Figure>,
    /// Share of futures below the high reading.
    pub below_high: Option<Figure>,
    /// Where the figure lies among the futures, those equal to it counted by half; of a disputed one, where its high reading does too.
    #[serde(skip)]
    pub ranks: Option<(f64, f64)>,
}

fn actual(scenario: &Scenario, figures: &impl Figures, actual: &Actual) -> Option<ActualReport> {
    let measure = actual.measure.parse().ok()?;
    let column = actual.outcome();
    let rank = |x: f64| {
        let (least, most) = (figures.chance_at_least(&column, x)?.value, figures.chance_at_most(&column, x)?.value);
        Some(f64::midpoint(1.0 - least, most))
    };
    let below = |x: f64| figures.chance_at_least(&column, x).map(|chance| Figure::from(chance).complement());
    Some(ActualReport {
        measure,
        time: actual.when.middle(scenario.first_year),
        value: actual.value,
        high: actual.high,
        unit: figures.unit(&column).map_or("", engine::units::Unit::label),
        source: actual.provenance.source.clone(),
        forecast: Spread::of(figures, &column).filter(|spread| spread.mean.is_some()),
        below: below(actual.value),
        below_high: actual.high.and_then(below),
        ranks: rank(actual.value).zip(rank(actual.high.unwrap_or(actual.value))),
        when: actual.when.to_string(),
    })
}

pub(super) fn actuals(scenario: &Scenario, figures: &impl Figures) -> Vec<ActualReport> {
    scenario.actuals.iter().filter_map(|known| actual(scenario, figures, known)).collect()
}
