//! When a run has done enough: every headline figure known to the precision asked for.

use crate::outcomes::Tier;
use crate::statistics::{Forecast, Percentile};
use crate::units::Unit;

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// All trials were done.
    AllTrials,
    /// The precision asked for was reached.
    Precise,
    /// All trials were done before the precision asked for was reached.
    OutOfTrials,
}

/// The precision asked for with `--until`.
#[derive(Debug, Clone, PartialEq)]
pub struct Until {
    /// Largest standard error, relative to the larger of the figure and its P10 to P90 range; for a chance, in points of 1.
    pub relative: f64,
    /// Names of the outcomes whose means are watched.
    pub figures: Vec<String>,
}

impl Until {
    /// Whether every figure watched is known that well.
    #[must_use]
    pub fn satisfied(&self, forecast: &Forecast) -> bool {
        self.figures.iter().all(|name| relative_error(forecast, name).is_none_or(|error| error <= self.relative))
    }
}

/// Standard error of an outcome's mean, relative to the larger of the mean and the P10 to P90 range; of a chance, itself.
fn relative_error(forecast: &Forecast, name: &str) -> Option<f64> {
    let mean = forecast.mean(name)?;
    let column = &forecast.catalogue().columns()[forecast.catalogue().position(name)?];
    debug_assert!(column.tier != Tier::Detail, "{name} is not counted");
    if column.unit == Unit::Flag {
        return Some(mean.error);
    }
    let at = |p| match forecast.percentile(name, p) {
        Some(Percentile::At(estimate)) => Some(estimate.value),
        _ => None,
    };
    let range = at(0.9).zip(at(0.1)).map_or(0.0, |(high, low)| high - low);
    let size = mean.value.abs().max(range);
    (size > 0.0).then(|| mean.error / size)
}
