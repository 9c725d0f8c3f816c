//! The uniform distribution: every value between `low` and `high` alike.

use super::curve::{Curve, Rules};

/// Uniform on [low, high].
pub struct Uniform {
    pub low: f64,
    pub high: f64,
}

impl Curve for Uniform {
    fn check(&self, rules: &mut Rules) {
        rules.ascending(&[("low", self.low), ("high", self.high)]);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        let range = self.high - self.low;
        if p <= q { self.low + range * p } else { self.high - range * q }
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        let range = self.high - self.low;
        (((x - self.low) / range).clamp(0.0, 1.0), ((self.high - x) / range).clamp(0.0, 1.0))
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}
