//! The means behind a ratio, with what its error needs.

use super::accumulator::{Accumulator, RatioSums, floating};

/// Means, variances and covariance of a ratio's numerator and denominator over some trials.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RatioMoments {
    /// Trials.
    pub trials: f64,
    /// Mean above the line.
    pub numerator: f64,
    /// Mean below the line.
    pub denominator: f64,
    /// Variance above the line.
    pub numerator_variance: f64,
    /// Variance below the line.
    pub denominator_variance: f64,
    /// Covariance.
    pub covariance: f64,
}

impl RatioMoments {
    /// The moments of ratio `index` of the catalogue over all trials, or over those of one group.
    #[must_use]
    pub fn of(accumulator: &Accumulator, index: usize, group: Option<usize>) -> Self {
        let groups = match group {
            Some(g) => &accumulator.groups[g..=g],
            None => &accumulator.groups[..],
        };
        let mut sums = RatioSums::default();
        let mut trials = 0.0;
        for group in groups {
            sums.add(&group.ratios[index]);
            trials += group.trials as f64;
        }
        let scale = accumulator.plan.ratio_scales[index];
        let (x, y) = (floating(sums.numerator, scale) / trials, floating(sums.denominator, scale) / trials);
        let mean_square = |sum: i128| floating(sum, scale * scale) / trials;
        Self {
            trials,
            numerator: x,
            denominator: y,
            numerator_variance: (mean_square(sums.numerator_squared) - x * x).max(0.0),
            denominator_variance: (mean_square(sums.denominator_squared) - y * y).max(0.0),
            covariance: mean_square(sums.product) - x * y,
        }
    }
}
