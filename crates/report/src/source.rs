//! Where a report's figures come from: a finished forecast, looked up by the name of the outcome.

use engine::outcomes::Missing;
use engine::statistics::{Estimate, Forecast, Percentile};
use engine::units::Unit;

/// Figures of a run by the name of the outcome.
pub trait Figures {
    /// Trials simulated.
    fn trials(&self) -> u64;
    /// Value in the plan run.
    fn plan(&self, name: &str) -> Option<f64>;
    /// Mean over the trials in which it is defined.
    fn mean(&self, name: &str) -> Option<Estimate>;
    /// On how few trials the mean rests; none where on many.
    fn rests_on(&self, name: &str) -> Option<u64>;
    /// Percentile at `p` in (0, 1).
    fn percentile(&self, name: &str, p: f64) -> Option<Percentile>;
    /// Chance that the outcome is at least `threshold`.
    fn chance_at_least(&self, name: &str, threshold: f64) -> Option<Estimate>;
    /// Chance that the outcome is at most `threshold`.
    fn chance_at_most(&self, name: &str, threshold: f64) -> Option<Estimate>;
    /// Share of trials in which the outcome is missing.
    fn missing(&self, name: &str) -> Option<Estimate>;
    /// A ratio of means.
    fn ratio(&self, name: &str) -> Option<Estimate>;
    /// Values spread over the range with the chance of being at most each.
    fn distribution(&self, name: &str, points: usize) -> Vec<(f64, f64)>;
    /// The largest value met, to a bin of the counts; it bears no error.
    fn largest(&self, name: &str) -> Option<f64>;
    /// Unit of the outcome; `None` where there is no such column.
    fn unit(&self, name: &str) -> Option<Unit>;
    /// What a missing value means; `None` where there is no such column.
    fn missing_means(&self, name: &str) -> Option<Missing>;
}

impl Figures for Forecast {
    fn trials(&self) -> u64 {
        self.trials()
    }
    fn plan(&self, name: &str) -> Option<f64> {
        self.plan(name)
    }
    fn mean(&self, name: &str) -> Option<Estimate> {
        self.mean(name)
    }
    fn rests_on(&self, name: &str) -> Option<u64> {
        self.rests_on(name)
    }
    fn percentile(&self, name: &str, p: f64) -> Option<Percentile> {
        self.percentile(name, p)
    }
    fn chance_at_least(&self, name: &str, threshold: f64) -> Option<Estimate> {
        self.chance_at_least(name, threshold)
    }
    fn chance_at_most(&self, name: &str, threshold: f64) -> Option<Estimate> {
        self.chance_at_most(name, threshold)
    }
    fn missing(&self, name: &str) -> Option<Estimate> {
        self.missing(name)
    }
    fn ratio(&self, name: &str) -> Option<Estimate> {
        self.ratio(name)
    }
    fn distribution(&self, name: &str, points: usize) -> Vec<(f64, f64)> {
        self.distribution(name, points)
    }
    fn largest(&self, name: &str) -> Option<f64> {
        self.largest(name)
    }
    fn unit(&self, name: &str) -> Option<Unit> {
        let catalogue = self.catalogue();
        catalogue.position(name).map(|position| catalogue.columns()[position].unit)
    }
    fn missing_means(&self, name: &str) -> Option<Missing> {
        let catalogue = self.catalogue();
        catalogue.position(name).map(|position| catalogue.columns()[position].missing)
    }
}
