//! A figure with its Monte Carlo error and a spread of percentiles, as they are printed and written as JSON.

use serde::Serialize;

use super::sheet::Cell;
use super::source::Figures;
use super::words::TWO_SIDED_95;
use engine::outcomes::Missing;
use engine::statistics::{Estimate, Percentile};

/// What is said of ± below whatever shows it.
pub const STANDARD_ERROR: &str =
    "± is one Monte Carlo standard error; where it is left out no digit shown is finer than the first digit of it.";

/// A figure and its Monte Carlo standard error, `{"value": …, "error": …}`.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its standard error; 0 where every trial gives the same.
    pub error: f64,
}

impl Figure {
    /// The figure to the digits that it has earned, at most `most` decimals.
    #[must_use]
    pub fn rounded(self, most: usize) -> String {
        Estimate::new(self.value, self.error).rounded(most).replace('-', "−")
    }

    /// Digits after the point that the figure has earned, at most `most`.
    #[must_use]
    pub fn decimals(self, most: usize) -> usize {
        Estimate::new(self.value, self.error).decimals(most)
    }

    /// The figure and its error in another unit.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { value: self.value * factor, error: self.error * factor.abs() }
    }

    /// Whether it is above 0 beyond its error: a two-sided interval of 95 % lies above.
    #[must_use]
    pub fn clear(self) -> bool {
        self.value > TWO_SIDED_95 * self.error
    }

    /// A figure and its error as cells of a table; nothing where there is none.
    pub(crate) fn cells(own: Option<Self>) -> [Cell; 2] {
        [own.map(|own| own.value), own.map(|own| own.error)].map(Cell::from)
    }

    /// The chance of the opposite.
    #[must_use]
    pub fn complement(self) -> Self {
        Self { value: 1.0 - self.value, error: self.error }
    }
}

impl From<Estimate> for Figure {
    fn from(estimate: Estimate) -> Self {
        Self { value: estimate.value, error: estimate.error }
    }
}

/// One outcome: the plan beside the distribution over futures.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Spread {
    /// Value in the plan run; null where it never comes or is not defined there.
    pub plan: Option<f64>,
    /// Mean over the trials in which it is defined.
    pub mean: Option<Figure>,
    /// On how few trials that mean rests, where it does: then it has not settled, and its error understates what is unknown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<u64>,
    /// 10th percentile; null where it never comes at that rank.
    pub p10: Option<Figure>,
    /// 25th percentile.
    pub p25: Option<Figure>,
    /// Median.
    pub p50: Option<Figure>,
    /// 75th percentile.
    pub p75: Option<Figure>,
    /// 90th percentile.
    pub p90: Option<Figure>,
    /// Share of trials in which it is missing.
    pub missing: Option<Figure>,
    /// What missing means: `never` (later than every date) or `undefined` (left out).
    pub missing_means: &'static str,
    /// Share of trials whose value is below the plan's.
    pub below_plan: Option<Figure>,
    /// Share of trials whose value is above the plan's; *never* is above.
    pub above_plan: Option<Figure>,
}

impl Spread {
    /// The figures of one outcome; `None` where the run has no such column.
    pub(super) fn of(figures: &impl Figures, name: &str) -> Option<Self> {
        let missing_means = match figures.missing_means(name)? {
            Missing::Never => "never",
            Missing::Undefined => "undefined",
        };
        // What is no number any more, after amounts beyond all measure, is told as nothing rather than as 0.
        let is_finite = |own: &Figure| own.value.is_finite();
        let at = |p| match figures.percentile(name, p) {
            Some(Percentile::At(estimate)) => Some(Figure::from(estimate)).filter(is_finite),
            Some(Percentile::Never) | None => None,
        };
        let plan = figures.plan(name).filter(|plan| plan.is_finite());
        let at_least = |x: f64| figures.chance_at_least(name, x).map(Figure::from);
        let at_most = |x: f64| figures.chance_at_most(name, x).map(Figure::from);
        Some(Self {
            plan,
            mean: figures.mean(name).map(Figure::from).filter(is_finite),
            rests_on: figures.rests_on(name),
            p10: at(0.10),
            p25: at(0.25),
            p50: at(0.50),
            p75: at(0.75),
            p90: at(0.90),
            missing: figures.missing(name).map(Figure::from),
            missing_means,
            below_plan: plan.and_then(at_least).map(Figure::complement),
            above_plan: plan.and_then(at_most).map(Figure::complement),
        })
    }
}

impl Spread {
    /// Whether it is a date that in some futures never comes: its mean is that of the other futures alone.
    #[must_use]
    pub fn may_not_come(&self) -> bool {
        self.missing_means == "never" && self.missing.is_some_and(|never| never.value > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_prints_a_true_minus_and_no_digit_that_it_has_not_earned() {
        assert_eq!(Figure { value: -12.345, error: 0.2 }.rounded(2), "−12.3");
        assert_eq!(Figure { value: 0.031_42, error: 0.000_5 }.times(100.0).rounded(1), "3.1");
    }

    #[test]
    fn json_of_a_figure_is_its_value_and_error() {
        let json = serde_json::to_string(&Figure { value: 1.5, error: 0.25 }).expect("plain");
        assert_eq!(json, r#"{"value":1.5,"error":0.25}"#);
    }
}
