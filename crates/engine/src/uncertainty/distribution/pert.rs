//! PERT: a beta over `low`, `mode`, `high` (Malcolm, Roseboom, Clark and Fazar 1959; Vose 2008 for the shape).

use super::beta::Beta;
use super::curve::{Curve, Rules};

/// PERT with the mode counted `shape` times against the two ends.
pub struct Pert {
    low: f64,
    mode: f64,
    high: f64,
    shape: f64,
    beta: Beta,
}

impl Pert {
    /// Takes any parameters; [`Curve::check`] says whether they are valid.
    pub fn new(low: f64, mode: f64, high: f64, shape: f64) -> Self {
        let range = high - low;
        let beta = Beta::new(1.0 + shape * (mode - low) / range, 1.0 + shape * (high - mode) / range);
        Self { low, mode, high, shape, beta }
    }
}

impl Curve for Pert {
    fn check(&self, rules: &mut Rules) {
        rules.ascending(&[("low", self.low), ("mode", self.mode), ("high", self.high)]);
        rules.shape("shape", self.shape, 0.0);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        let (x, y) = self.beta.ends(p, q);
        let range = self.high - self.low;
        if x <= y { self.low + range * x } else { self.high - range * y }
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        let range = self.high - self.low;
        self.beta.tails((x - self.low) / range, (self.high - x) / range)
    }

    fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    fn mode(&self) -> Option<f64> {
        Some(self.mode)
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Pert};

    #[test]
    fn a_symmetric_pert_is_a_scaled_beta() {
        // low 0, mode 1, high 2, shape 2: Beta(2, 2) over [0, 2], F = 3x² − 2x³ with x = value/2: F(0.5) = 3/16 − 2/64 = 0.15625.
        let pert = Pert::new(0.0, 1.0, 2.0, 2.0);
        assert!((pert.quantile(0.156_25, 0.843_75) - 0.5).abs() < 1e-14);
        assert!((pert.cdf(0.5).0 - 0.156_25).abs() < 1e-14);
    }
}
