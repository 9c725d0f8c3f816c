//! What is to be made as good as possible: the mean of a measure, its chance, or a percentile, and by how much one run beats another.

use super::jackknife::{GROUPS, Measured, jackknife, mean};
use super::measures::Measure;
use engine::outcomes::Better;
use engine::outcomes::Missing;

/// A measure and what of its distribution counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Objective {
    /// The measure.
    pub measure: Measure,
    /// Percentile as a part of 1; none for the mean, which of an event is its chance.
    pub percentile: Option<f64>,
}

impl Objective {
    /// Whether it can be judged: a date that may never come has no mean.
    #[must_use]
    pub fn is_defined(&self) -> bool {
        self.percentile.is_some() || self.measure.missing != Missing::Never
    }

    /// Whether one way of it is better.
    #[must_use]
    pub fn has_a_way(&self) -> bool {
        self.measure.better != Better::Neither
    }

    /// The value over some trials.
    #[must_use]
    pub fn value(&self, trials: &[f64]) -> Measured {
        match self.percentile {
            Some(p) => {
                let groups = Groups::of(trials, self.measure.missing);
                jackknife(|left_out| groups.percentile(p, left_out))
            }
            None => mean(trials.iter().copied().filter(|value| value.is_finite())),
        }
    }

    /// By how much `other` is better than `base` in the same trials; worse is below 0.
    #[must_use]
    pub fn gain(&self, base: &[f64], other: &[f64]) -> Measured {
        let way = match self.measure.better {
            Better::Higher => 1.0,
            Better::Lower => -1.0,
            Better::Neither => 0.0,
        };
        let Some(p) = self.percentile else {
            let apart = base.iter().zip(other).map(|(base, other)| way * (other - base));
            return mean(apart.filter(|apart| apart.is_finite()));
        };
        let (base, other) = (Groups::of(base, self.measure.missing), Groups::of(other, self.measure.missing));
        // Where both never come neither is better.
        let apart = |left_out| way * (other.percentile(p, left_out) - base.percentile(p, left_out));
        jackknife(|left_out| Some(apart(left_out)).filter(|gain| !gain.is_nan()).unwrap_or(0.0))
    }
}

/// Trials in rising order, each with its group; *never* last.
struct Groups(Vec<(f64, usize)>);

impl Groups {
    fn of(trials: &[f64], missing: Missing) -> Self {
        let never = |value: f64| if value.is_nan() && missing == Missing::Never { f64::INFINITY } else { value };
        let numbered = trials.iter().enumerate().map(|(i, value)| (never(*value), i % GROUPS));
        let mut sorted: Vec<(f64, usize)> = numbered.filter(|(value, _)| !value.is_nan()).collect();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        Self(sorted)
    }

    /// The smallest value that at least a part `p` of the trials do not exceed.
    fn percentile(&self, p: f64, left_out: Option<usize>) -> f64 {
        let kept = || self.0.iter().filter(|(_, group)| Some(*group) != left_out);
        let rank = (p * kept().count() as f64).ceil().max(1.0) as usize;
        kept().nth(rank - 1).map_or(f64::NAN, |(value, _)| *value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::outcomes::Outcome;
    use engine::units::Unit;

    fn objective(better: Better, percentile: Option<f64>) -> Objective {
        let measure = Measure {
            outcome: Outcome::Payback.whole(),
            name: String::new(),
            unit: Unit::Years,
            better,
            missing: Missing::Never,
        };
        Objective { measure, percentile }
    }

    #[test]
    fn a_gain_counts_the_way_that_is_better_and_in_the_same_trials() {
        let (base, other) = ([1.0, 2.0, 3.0], [1.5, 2.5, 4.0]);
        // 0.5, 0.5, 1: mean 2/3.
        let more = objective(Better::Higher, None).gain(&base, &other);
        let less = objective(Better::Lower, None).gain(&base, &other);
        assert!((more.value - 2.0 / 3.0).abs() < 1e-15 && (less.value + 2.0 / 3.0).abs() < 1e-15);
        // Standard deviation √(1/12), error √(1/36).
        assert!((more.error - 1.0 / 6.0).abs() < 1e-12, "{more:?}");
    }

    #[test]
    fn a_percentile_counts_what_never_comes_as_last() {
        let trials: Vec<f64> = (1..=100).map(|i| if i > 90 { f64::NAN } else { f64::from(i) }).collect();
        let at = |p| objective(Better::Lower, Some(p)).value(&trials).value;
        assert!((at(0.5) - 50.0).abs() < 1e-12 && (at(0.9) - 90.0).abs() < 1e-12 && at(0.95).is_infinite());
        let sooner: Vec<f64> = trials.iter().map(|value| value - 2.0).collect();
        let gain = objective(Better::Lower, Some(0.5)).gain(&trials, &sooner);
        assert!((gain.value - 2.0).abs() < 1e-12 && gain.error < 1e-12, "{gain:?}");
        assert!(objective(Better::Lower, Some(0.95)).gain(&trials, &sooner).value.abs() < 1e-12);
    }
}
