//! The Pareto distribution: `P(X > x) = (low/x)^alpha`.

use super::curve::{Curve, Rules};

/// Pareto from `low` upwards.
pub struct Pareto {
    pub low: f64,
    pub alpha: f64,
}

impl Curve for Pareto {
    fn check(&self, rules: &mut Rules) {
        rules.positive("low", self.low);
        rules.positive("alpha", self.alpha);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        let ln_q = if p < q { libm::log1p(-p) } else { libm::log(q) };
        self.low * libm::exp(-ln_q / self.alpha)
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        if x <= self.low {
            return (0.0, 1.0);
        }
        let ln_q = self.alpha * libm::log(self.low / x);
        (-libm::expm1(ln_q), libm::exp(ln_q))
    }

    fn support(&self) -> (f64, f64) {
        (self.low, f64::INFINITY)
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Pareto};

    #[test]
    fn quantiles_of_a_pareto_by_hand() {
        // (10/x)² = 1/4 at x = 20.
        let p = Pareto { low: 10.0, alpha: 2.0 };
        assert!((p.quantile(0.75, 0.25) - 20.0).abs() < 1e-13);
        assert!((p.cdf(20.0).1 - 0.25).abs() < 1e-15 && (p.cdf(20.0).0 - 0.75).abs() < 1e-15);
    }
}
