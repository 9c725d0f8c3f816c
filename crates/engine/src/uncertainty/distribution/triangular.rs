//! The triangular distribution over `low`, `mode`, `high`.

use super::curve::{Curve, Rules};

/// Triangle with its peak at `mode`.
pub struct Triangular {
    pub low: f64,
    pub mode: f64,
    pub high: f64,
}

impl Triangular {
    /// Probability below the mode.
    pub fn split(&self) -> f64 {
        (self.mode - self.low) / (self.high - self.low)
    }
}

impl Curve for Triangular {
    fn check(&self, rules: &mut Rules) {
        rules.ascending(&[("low", self.low), ("mode", self.mode), ("high", self.high)]);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        let range = self.high - self.low;
        if p < self.split() {
            self.low + libm::sqrt(p * (range * (self.mode - self.low)))
        } else {
            self.high - libm::sqrt(q * (range * (self.high - self.mode)))
        }
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        let range = self.high - self.low;
        if x <= self.low {
            (0.0, 1.0)
        } else if x >= self.high {
            (1.0, 0.0)
        } else if x < self.mode {
            let p = (x - self.low) * (x - self.low) / (range * (self.mode - self.low));
            (p, 1.0 - p)
        } else {
            let q = (self.high - x) * (self.high - x) / (range * (self.high - self.mode));
            (1.0 - q, q)
        }
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
    use super::{Curve, Triangular};

    #[test]
    fn quantiles_of_a_triangle_by_hand() {
        let t = Triangular { low: 0.0, mode: 1.0, high: 4.0 };
        // Below the mode lies 1/4. F(x) = x²/4: F(0.5) = 0.0625. Above, 1 − F(x) = (4 − x)²/12: at x = 2 it is 1/3.
        assert!((t.quantile(0.0625, 0.9375) - 0.5).abs() < 1e-15);
        assert!((t.quantile(2.0 / 3.0, 1.0 / 3.0) - 2.0).abs() < 1e-15);
        assert!((t.cdf(0.5).0 - 0.0625).abs() < 1e-15 && (t.cdf(2.0).1 - 1.0 / 3.0).abs() < 1e-15);
    }

    #[test]
    fn a_triangle_may_have_its_peak_at_an_end() {
        let t = Triangular { low: 1.0, mode: 1.0, high: 3.0 };
        // 1 − F(x) = (3 − x)²/4: a quarter lies above 2.
        assert!((t.quantile(0.75, 0.25) - 2.0).abs() < 1e-15);
        let t = Triangular { low: 1.0, mode: 3.0, high: 3.0 };
        assert!((t.quantile(0.25, 0.75) - 2.0).abs() < 1e-15);
    }
}
