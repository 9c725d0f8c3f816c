//! The figures of a finished run, by the name of the outcome.

use super::Estimate;
use crate::outcomes::Catalogue;

/// A percentile, or the finding that at that rank it never comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Percentile {
    /// A value with its standard error.
    At(Estimate),
    /// At this rank the outcome never comes.
    Never,
}

/// Everything that a run says, ready to be looked up by name.
#[derive(Debug)]
pub struct Forecast {}

impl Forecast {
    /// The columns.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        unimplemented!()
    }
    /// Trials simulated.
    #[must_use]
    pub fn trials(&self) -> u64 {
        unimplemented!()
    }
    /// Value in the plan run; `None` where it is null.
    #[must_use]
    pub fn plan(&self, _name: &str) -> Option<f64> {
        unimplemented!()
    }
    /// Mean over the trials in which it is defined.
    #[must_use]
    pub fn mean(&self, _name: &str) -> Option<Estimate> {
        unimplemented!()
    }
    /// Standard deviation over the trials in which it is defined.
    #[must_use]
    pub fn sd(&self, _name: &str) -> Option<f64> {
        unimplemented!()
    }
    /// Percentile at `p` in (0, 1).
    #[must_use]
    pub fn percentile(&self, _name: &str, _p: f64) -> Option<Percentile> {
        unimplemented!()
    }
    /// Chance that the outcome is at least `threshold`, among all trials in which it is defined (*never* counts as above every threshold).
    #[must_use]
    pub fn chance_at_least(&self, _name: &str, _threshold: f64) -> Option<Estimate> {
        unimplemented!()
    }
    /// Share of trials in which the outcome is missing (never, or undefined).
    #[must_use]
    pub fn missing(&self, _name: &str) -> Option<Estimate> {
        unimplemented!()
    }
    /// A ratio of means by name, with its delta-method error; `None` where the mean below the line is 0.
    #[must_use]
    pub fn ratio(&self, _name: &str) -> Option<Estimate> {
        unimplemented!()
    }
    /// The distribution function at `points` values spread over its range: (value, chance of being at most that value).
    #[must_use]
    pub fn distribution(&self, _name: &str, _points: usize) -> Vec<(f64, f64)> {
        unimplemented!()
    }
}
