//! The answer to a commissioned question: variants compared with the base, and what happens as keys are swept. `summary.json` of
//! `what-if` is this, as documented in `docs/output.md`.

pub mod charts;
mod findings;
mod plan;
mod platform;
pub mod screen;
pub mod table;

use engine::outcomes::OutcomeId;
use engine::statistics::combined;
use language::{Axis, Sweep};
use serde::Serialize;

use super::comparison::{Comparison, MeasureReport};
use super::data::{RunIdentity, ScenarioFacts};
use super::figure::{Figure, Spread};
use super::words;
use charts::SweepCharts;
pub use plan::moves_plan;

/// Version of the layout of a what-if's `summary.json`.
pub const FORMAT: u32 = 1;

/// Who asks what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Asked {
    /// The question.
    pub question: Option<String>,
    /// The office that asks.
    pub requested_by: Option<String>,
    /// The month of asking.
    pub date: Option<String>,
    /// Measures that the answer must tell; none: the usual ones.
    pub measures: Vec<OutcomeId>,
}

/// Everything to be shown of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct WhatIf {
    /// [`FORMAT`].
    pub format: u32,
    /// Who asked what.
    pub asked: Asked,
    /// With what it was simulated.
    pub run: RunIdentity,
    /// The scenario that the question is about.
    pub base: ScenarioFacts,
    /// The answer in a few sentences.
    pub answer: Vec<String>,
    /// The variants beside the base, which is the first option; null where there is none.
    pub comparison: Option<Comparison>,
    /// What was swept.
    pub sweeps: Vec<SweepReport>,
    /// What the charts of the sweeps show; the same figures again, laid out.
    #[serde(skip)]
    pub charts: SweepCharts,
}

/// One sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweepReport {
    /// Its name.
    pub name: String,
    /// The key and its values.
    pub along: Axis,
    /// The second key; null where one was swept.
    pub across: Option<Axis>,
    /// Measure by measure.
    pub measures: Vec<SweptMeasure>,
}

/// One measure over a sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweptMeasure {
    /// Name of the outcome.
    pub measure: OutcomeId,
    /// The same for people.
    pub label: String,
    /// Unit.
    pub unit: &'static str,
    /// The same as it is shown: in the prices of the base's first year.
    #[serde(skip)]
    pub shown_unit: String,
    /// Whether only its chance is told.
    pub event: bool,
    /// One entry a value of the first key, within each value of the second.
    pub points: Vec<SweptPoint>,
    /// What of it turns an answer: one half of a chance, 0 of a gain that may be a loss, 1 of a ratio; none of other amounts.
    #[serde(skip)]
    pub level: Option<f64>,
    /// Where its mean passes that level; none where two keys were swept.
    pub switches: Vec<Switch>,
}

/// One measure at one point of a sweep.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweptPoint {
    /// Value of the first key.
    pub along: f64,
    /// Value of the second.
    pub across: Option<f64>,
    /// The measure; of an event, the mean is its chance.
    pub own: Spread,
    /// Mean difference from the base in the same futures.
    pub difference: Option<Figure>,
    /// Chance to be better than the base.
    pub better: Option<Figure>,
}

/// A value at which the answer turns.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Switch {
    /// What is passed: 0 of a gain that may be a loss, 1 of a ratio, 0.5 of a chance.
    pub level: f64,
    /// The key's value, between two that were simulated, by a straight line; its error comes from those of both and from how far the line
    /// may be from what bends between them.
    pub at: Figure,
    /// The value swept before it.
    pub from: f64,
    /// The value swept after it.
    pub to: f64,
    /// Whether the measure rises there.
    pub rises: bool,
}

impl SweptPoint {
    /// In what share of futures it comes.
    #[must_use]
    pub fn comes(&self) -> Option<Figure> {
        self.own.missing.map(Figure::complement)
    }
}

impl SweptMeasure {
    /// Whether it is a date that in some futures never comes, at one value of the key or another.
    #[must_use]
    pub fn may_not_come(&self) -> bool {
        self.points.iter().any(|point| point.own.may_not_come())
    }
}

impl SweepReport {
    /// Whether two keys were swept.
    #[must_use]
    pub const fn is_map(&self) -> bool {
        self.across.is_some()
    }

    /// Puts together what the points of a sweep gave: every chunk a comparison of the base (first) with some points, in order.
    #[must_use]
    pub fn gather(Sweep { name, along, across }: Sweep, chunks: &[Vec<MeasureReport>], chosen: &[OutcomeId]) -> Self {
        let wanted = |measure: &&MeasureReport| chosen.contains(&measure.measure);
        let first = chunks.first().map(Vec::as_slice).unwrap_or_default();
        let measures =
            first.iter().filter(wanted).map(|measure| swept(measure, &along, across.as_ref(), chunks)).collect();
        Self { name, along, across, measures }
    }
}

fn swept(measure: &MeasureReport, along: &Axis, across: Option<&Axis>, chunks: &[Vec<MeasureReport>]) -> SweptMeasure {
    let seconds = across.map_or_else(|| vec![None], |axis| axis.values.iter().map(|value| Some(*value)).collect());
    let places = seconds.iter().flat_map(|second| along.values.iter().map(move |first| (*first, *second)));
    let of_measure = |chunk: &&Vec<MeasureReport>| -> Option<MeasureReport> {
        chunk.iter().find(|other| other.measure == measure.measure).cloned()
    };
    let standings =
        chunks.iter().filter_map(|chunk| of_measure(&chunk)).flat_map(|found| found.options.into_iter().skip(1));
    let points: Vec<SweptPoint> = places
        .zip(standings)
        .map(|((along, across), standing)| SweptPoint {
            along,
            across,
            difference: standing.against.as_ref().and_then(|against| against.difference.mean),
            better: standing.against.as_ref().and_then(|against| against.better),
            own: standing.own,
        })
        .collect();
    let event = measure.event;
    // A date that may never come has no mean over all futures.
    let is_date = measure.options.first().is_some_and(|standing| standing.own.missing_means == "never");
    let level = if event { Some(0.5) } else { measure.measure.outcome.turns_at().filter(|_| !is_date) };
    let switches = level.filter(|_| across.is_none()).map_or_else(Vec::new, |level| switches(&points, level));
    SweptMeasure {
        measure: measure.measure.clone(),
        label: measure.label.clone(),
        unit: measure.unit,
        shown_unit: measure.unit.to_owned(),
        event,
        points,
        level,
        switches,
    }
}

/// Where means pass a level, between neighbours that lie apart by more than their errors.
fn switches(points: &[SweptPoint], level: f64) -> Vec<Switch> {
    let passes = |k: usize| {
        let pair = &points[k..k + 2];
        let (low, high) = (pair[0].own.mean?, pair[1].own.mean?);
        let (before, after) = (low.value - level, high.value - level);
        let error = combined(low.error, high.error);
        if before * after > 0.0 || after.abs() <= 0.0 || (after - before).abs() <= words::TWO_SIDED_95 * error {
            return None;
        }
        let part = before / (before - after);
        let (from, to) = (pair[0].along, pair[1].along);
        let width = to - from;
        // On the line between them the height at the crossing is (1 − part)·before + part·after.
        let height = combined((1.0 - part) * low.error, part * high.error);
        let slope = (after - before).abs() / width;
        // A curve with second derivative f″ lies f″/2·(x − from)·(to − x) beside the line.
        let line = match bend(points, k) {
            Some(bend) => bend / 2.0 * part * (1.0 - part) * width * width / slope,
            None => width / 2.0,
        };
        let error = combined(height / slope, line.min(width / 2.0));
        Some(Switch { level, at: Figure { value: from + width * part, error }, from, to, rises: after > before })
    };
    (0..points.len().saturating_sub(1)).filter_map(passes).collect()
}

/// How much means bend at most about the stretch after point `k`: their second derivative by the points before and behind; none where
/// there are two points alone.
fn bend(points: &[SweptPoint], k: usize) -> Option<f64> {
    let of = |three: &[SweptPoint]| {
        let mean = |p: usize| Some(three[p].own.mean?.value);
        let slope = |p: usize| Some((mean(p + 1)? - mean(p)?) / (three[p + 1].along - three[p].along));
        Some(2.0 * ((slope(1)? - slope(0)?) / (three[2].along - three[0].along)).abs())
    };
    let before = k.checked_sub(1).and_then(|first| of(points.get(first..first + 3)?));
    let behind = points.get(k..k + 3).and_then(of);
    before.into_iter().chain(behind).reduce(f64::max)
}

impl Switch {
    /// Whether the line tells no more than between which two values it lies.
    #[must_use]
    pub fn is_between(&self) -> bool {
        self.at.error > (self.to - self.from) / 5.0
    }
}

impl WhatIf {
    /// The answer from its parts; `plan_moved` are the options under which the plan is another than in the base ([`moves_plan`]).
    #[must_use]
    pub fn build(
        asked: Asked,
        run: RunIdentity,
        base: ScenarioFacts,
        comparison: Option<Comparison>,
        mut sweeps: Vec<SweepReport>,
        plan_moved: &[usize],
    ) -> Self {
        for swept in sweeps.iter_mut().flat_map(|sweep| &mut sweep.measures) {
            swept.shown_unit = words::unit_in(swept.unit, base.first_year());
        }
        let charts = SweepCharts::of(&sweeps, &base, &run);
        let mut report = Self { format: FORMAT, asked, run, base, answer: Vec::new(), comparison, sweeps, charts };
        report.answer = findings::answer(&report);
        // After what it qualifies.
        let after = report.answer.len().min(1);
        let under: Vec<String> =
            report.comparison.iter().flat_map(|own| plan_moved.iter().map(|o| own.under(*o))).collect();
        let notes: Vec<String> = plan::note(&under).into_iter().chain(platform::note(&report)).collect();
        report.answer.splice(after..after, notes);
        report
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(along: f64, mean: f64, error: f64) -> SweptPoint {
        let own = Spread { mean: Some(Figure { value: mean, error }), ..Spread::default() };
        SweptPoint { along, across: None, own, difference: None, better: None }
    }

    #[test]
    fn the_value_at_which_a_mean_changes_sign_lies_on_the_line_between_its_neighbours() {
        // From 3 at 1 to −1 at 2, and on to −5: no bend. 0 at 1 + 3/4. Height there: (1/4·0.4) ⊕ (3/4·0.4) = 0.3162; over a slope of 4:
        // 0.0791.
        let found = switches(&[point(1.0, 3.0, 0.4), point(2.0, -1.0, 0.4), point(3.0, -5.0, 0.4)], 0.0);
        assert_eq!(found.len(), 1);
        assert!((found[0].at.value - 1.75).abs() < 1e-12 && (found[0].at.error - 0.079_057).abs() < 1e-6);
        assert!(!found[0].rises && !found[0].is_between());
    }

    #[test]
    fn what_bends_between_two_points_is_within_the_error() {
        // x² − 2 at 0, 1, 2 and 3: between 1 and 2 the line passes 0 at 4/3, the curve at √2 = 1.4142. f″ = 2, so that at 4/3 it lies
        // 2/2·(1/3)·(2/3) = 2/9 below the line of slope 3: 0.0741 to the side.
        let curve = |x: f64| point(x, x * x - 2.0, 0.0);
        let found = switches(&[curve(0.0), curve(1.0), curve(2.0), curve(3.0)], 0.0);
        assert!((found[0].at.value - 4.0 / 3.0).abs() < 1e-12 && (found[0].at.error - 2.0 / 27.0).abs() < 1e-12);
        // Many curves and grids: the true crossing lies within two errors.
        for power in [0.5_f64, 1.5, 2.0, 3.0] {
            for level in [0.3, 0.9, 1.7, 2.6] {
                for steps in [4, 6, 11] {
                    let at = |k: usize| 2.0 * k as f64 / (steps - 1) as f64;
                    let points: Vec<SweptPoint> =
                        (0..steps).map(|k| point(at(k), at(k).powf(power) - level, 0.0)).collect();
                    let truth = f64::powf(level, 1.0 / power);
                    for found in switches(&points, 0.0).into_iter().filter(|_| truth > 0.4) {
                        let off = (found.at.value - truth).abs();
                        assert!(
                            off <= 2.0 * found.at.error + 1e-9,
                            "{power} {level} {steps}: {found:?} beside {truth}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn of_two_points_alone_it_is_only_known_that_it_lies_between() {
        let found = switches(&[point(0.0, 10.0, 0.1), point(3.0, -5.0, 0.1)], 0.0);
        // Half of three; the errors of both, 0.1·(1/3) and 0.1·(2/3) over a slope of 5, are nothing beside it.
        assert!((found[0].at.error - 1.5).abs() < 1e-3 && found[0].is_between());
        assert!((found[0].from, found[0].to) == (0.0, 3.0));
    }

    #[test]
    fn what_the_errors_do_not_tell_apart_is_no_switch() {
        assert!(switches(&[point(1.0, 0.1, 0.4), point(2.0, -0.1, 0.4)], 0.0).is_empty());
        assert!(switches(&[point(1.0, 3.0, 0.1), point(2.0, 1.0, 0.1)], 0.0).is_empty());
        assert_eq!(switches(&[point(1.0, 0.2, 0.01), point(2.0, 0.8, 0.01)], 0.5).len(), 1);
    }
}
