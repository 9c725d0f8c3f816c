//! What is known of one programme of the past.

use engine::uncertainty::elementary::ln;

use super::spread::Observed;
use crate::P10_TO_P90;

/// A programme has failed outright where even the high end of what it delivered is at most this share of what it promised.
pub const FAILED: f64 = 0.2;

/// No figure is taken to be surer than this, on its logarithm: 1 %, about what rounding leaves of a published figure.
const LEAST_ERROR: f64 = 0.01;

/// A figure as it was published: between two ends, read as its 10th and 90th percentile; both the same where one figure was published.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// The low end.
    pub low: f64,
    /// The high end, not below it.
    pub high: f64,
}

impl Range {
    /// The same divided by another that is above 0, each end by the other's opposite: as wide as it can be.
    #[must_use]
    pub fn over(self, by: Self) -> Self {
        let of = |end: f64, best: f64, worst: f64| if end < 0.0 { end / best } else { end / worst };
        Self { low: of(self.low, by.low, by.high), high: of(self.high, by.high, by.low) }
    }

    /// The factor on its logarithm with its own error, `r = (ln high − ln low)/2.563`; none where the low end is not above 0.
    #[must_use]
    pub fn observed(self) -> Option<Observed> {
        (self.low > 0.0).then(|| {
            let (low, high) = (ln(self.low), ln(self.high));
            Observed { y: 0.5 * (low + high), r: ((high - low) / P10_TO_P90).max(LEAST_ERROR), weight: 1.0 }
        })
    }
}

/// How long an alliance has run, and whether that ended it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Survival {
    /// Whether it ended, or a member left.
    pub ended: bool,
    /// Years from its start to that, or to the last that is known of it; above 0.
    pub years: f64,
}

/// A factor by which something turned out otherwise than planned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Delivered by promised benefit, of programmes that did not fail.
    Share,
    /// Actual by planned time.
    Lateness,
    /// Actual by planned cost.
    Overrun,
}

/// A programme of the past.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// Its reference class.
    pub class: String,
    /// Delivered by promised benefit.
    pub share: Option<Range>,
    /// Whether it failed outright; none where nothing is known of it.
    pub failed: Option<bool>,
    /// Actual by planned time.
    pub lateness: Option<Range>,
    /// Actual by planned cost.
    pub overrun: Option<Range>,
    /// How long the alliance lasted.
    pub survival: Option<Survival>,
}

impl Case {
    /// A quantity of it on the logarithm; none where it is not known, or is the share of a programme that failed.
    #[must_use]
    pub fn observed(&self, quantity: Quantity) -> Option<Observed> {
        let range = match quantity {
            Quantity::Share if self.failed == Some(true) => None,
            Quantity::Share => self.share,
            Quantity::Lateness => self.lateness,
            Quantity::Overrun => self.overrun,
        };
        range.and_then(Range::observed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_divided_so_that_it_stays_as_wide_as_it_can_be() {
        // 200 of 106 to 151: at least 200/151, at most 200/106. A loss of 10 to 5 of 2 to 4: at worst −10/2, at best −5/4.
        let share = Range { low: 200.0, high: 200.0 }.over(Range { low: 106.0, high: 151.0 });
        assert!((share.low - 200.0 / 151.0).abs() < 1e-15 && (share.high - 200.0 / 106.0).abs() < 1e-15);
        let loss = Range { low: -10.0, high: -5.0 }.over(Range { low: 2.0, high: 4.0 });
        assert!((loss.low + 5.0).abs() < 1e-15 && (loss.high + 1.25).abs() < 1e-15, "{loss:?}");
    }

    #[test]
    fn a_range_is_its_middle_with_an_error_of_its_own_and_one_figure_is_sure_to_a_hundredth() {
        // ½ to 2: ln ½ = −0.693147, ln 2 = 0.693147; middle 0, error 1.386294/2.563103 = 0.540866.
        let found = Range { low: 0.5, high: 2.0 }.observed().expect("it is above 0");
        assert!(found.y.abs() < 1e-15 && (found.r - 0.540_866).abs() < 1e-6, "{found:?}");
        let one = Range { low: 1.5, high: 1.5 }.observed().expect("it is above 0");
        assert!((one.y - 0.405_465_108).abs() < 1e-9 && (one.r - 0.01).abs() < 1e-15);
        assert_eq!(Range { low: 0.0, high: 1.0 }.observed(), None);
    }
}
