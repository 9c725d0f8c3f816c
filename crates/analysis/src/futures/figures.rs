//! What is told of a figure over some futures: its chance where it is yes or no, else its mean and percentiles, each with its error.

use engine::outcomes::{Missing, rank_error};

use super::Kind;
use crate::jackknife::{Measured, mean};
use crate::proportion::Proportion;
use crate::settled::few;

/// A figure over some futures.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Futures in which it is missing.
    pub missing: u64,
    /// What is told of the others.
    pub told: Told,
}

/// What is told of a figure.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// It is missing everywhere but in one future at most, or there are no futures.
    Nothing,
    /// It is yes or no: the chance of yes.
    Chance(Proportion),
    /// Its mean over the futures that have it, and percentiles: of those, or of all where what is missing never comes; none where the
    /// percentile is *never*.
    Spread {
        /// Mean.
        mean: Measured,
        /// On how few futures the mean rests, where it does: then its error understates what is unknown.
        rests_on: Option<u64>,
        /// 10th percentile.
        p10: Option<Measured>,
        /// Median.
        p50: Option<Measured>,
        /// 90th percentile.
        p90: Option<Measured>,
    },
}

impl Shown {
    /// Of the values of some futures, ∞ and NaN where missing; errors are those of plain sampling times a factor.
    pub(super) fn of(values: &[f64], kind: Kind, factor: f64) -> Self {
        let mut present: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
        let absent = values.len() - present.len();
        // Of one value alone there is neither a spread nor an error.
        let told = if present.is_empty() || present.len() == 1 && !kind.is_event {
            Told::Nothing
        } else if kind.is_event {
            let happens = present.iter().filter(|value| **value > 0.5).count();
            Told::Chance(Proportion::of(happens as f64, present.len() as f64).times(factor))
        } else {
            let mean = mean(present.iter().copied());
            let mean = Measured { error: mean.error * factor, ..mean };
            let rests_on = few(&present, mean.value);
            present.sort_by(f64::total_cmp);
            let all = if kind.missing == Missing::Never { values.len() } else { present.len() };
            let at = |p: f64| percentile(&present, all, p, factor);
            Told::Spread { mean, rests_on, p10: at(0.1), p50: at(0.5), p90: at(0.9) }
        };
        Self { missing: absent as u64, told }
    }
}

/// A percentile of `all` values, of which those after `rising` never come, with the standard error that its rank gives.
fn percentile(rising: &[f64], all: usize, p: f64, factor: f64) -> Option<Measured> {
    let n = all as f64;
    let at = |q: f64| rising.get(((q * n).ceil() as usize).clamp(1, all) - 1).copied();
    let value = at(p)?;
    let alike = rising.len() == all && rising.first() == rising.last();
    let error = if all < 2 { f64::INFINITY } else { rank_error(p, n, value, alike, at) };
    Some(Measured { value, error: error * factor })
}
