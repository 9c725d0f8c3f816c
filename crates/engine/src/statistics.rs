//! From accumulated outcomes to figures with their Monte Carlo errors.

mod estimate;
mod forecast;

pub use estimate::{Estimate, combined};
pub use forecast::{Counted, Forecast, Percentile, rests_on};
