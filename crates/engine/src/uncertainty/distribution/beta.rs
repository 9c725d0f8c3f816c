//! The beta distribution on [0, 1].

use super::curve::{Curve, Rules};
use super::incomplete_beta::IncompleteBeta;

/// Least of either: below it nearly all lies in two heaps, which no table follows.
const LEAST_SHAPE: f64 = 0.01;

/// Beta by its two shapes.
pub struct Beta {
    a: f64,
    b: f64,
    integral: IncompleteBeta,
}

impl Beta {
    /// Takes any shapes; [`Curve::check`] says whether they are valid.
    pub fn new(a: f64, b: f64) -> Self {
        Self { a, b, integral: IncompleteBeta::new(a, b) }
    }

    /// The quantile as its distance from 0 and from 1, each exact where it is small.
    pub fn ends(&self, p: f64, q: f64) -> (f64, f64) {
        if p <= q {
            let x = self.integral.lower_quantile(p);
            (x, 1.0 - x)
        } else {
            let y = self.integral.upper_quantile(q);
            (1.0 - y, y)
        }
    }

    /// Probability below and above `x = 1 − y`.
    pub fn tails(&self, x: f64, y: f64) -> (f64, f64) {
        self.integral.tails(x, y)
    }
}

impl Curve for Beta {
    fn check(&self, rules: &mut Rules) {
        rules.shape("a", self.a, LEAST_SHAPE);
        rules.shape("b", self.b, LEAST_SHAPE);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        self.ends(p, q).0
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        self.tails(x, 1.0 - x)
    }

    fn support(&self) -> (f64, f64) {
        (0.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Beta, Curve};

    #[test]
    fn beta_one_is_a_power_and_two_two_a_cubic() {
        // Beta(3, 1): F(x) = x³; Beta(1, 3): 1 − F(x) = (1 − x)³; Beta(2, 2): F(x) = 3x² − 2x³.
        let (power, mirrored, cubic) = (Beta::new(3.0, 1.0), Beta::new(1.0, 3.0), Beta::new(2.0, 2.0));
        for i in 1..100 {
            let p = f64::from(i) / 100.0;
            assert!((power.quantile(p, 1.0 - p) - p.cbrt()).abs() < 1e-14, "{p}");
            assert!((mirrored.quantile(p, 1.0 - p) - (1.0 - (1.0 - p).cbrt())).abs() < 1e-14, "{p}");
            let x = cubic.quantile(p, 1.0 - p);
            assert!((x * x * (3.0 - 2.0 * x) - p).abs() < 1e-14, "{p}");
        }
    }

    #[test]
    fn quantile_and_distribution_function_undo_each_other_in_both_tails() {
        for (a, b) in [(18.0, 1.0), (0.3, 0.7), (1.0, 5.0), (40.0, 200.0), (0.05, 3.0), (2.5, 0.2)] {
            let beta = Beta::new(a, b);
            let mut p = 1e-10;
            while p < 0.5 {
                let (x, y) = beta.ends(p, 1.0 - p);
                // Where x is within rounding of 1 the distribution function cannot be told.
                assert!(y < 1e-6 || (beta.tails(x, y).0 / p - 1.0).abs() < 1e-11, "{a} {b} {p}");
                let (x, y) = beta.ends(1.0 - p, p);
                assert!(x < 1e-6 || (beta.tails(x, y).1 / p - 1.0).abs() < 1e-11, "{a} {b} {p}");
                p *= 1.9;
            }
        }
    }

    #[test]
    fn quantiles_found_from_a_neighbour_are_those_found_afresh() {
        for (a, b) in [(18.0, 1.0), (0.3, 0.7), (2.6, 3.4), (40.0, 200.0), (0.05, 3.0)] {
            let walking = Beta::new(a, b);
            for i in 1..3000 {
                let p = 0.5 * libm::exp(-0.007 * f64::from(i));
                for (p, q) in [(p, 1.0 - p), (1.0 - p, p)] {
                    let ((x, y), (u, v)) = (walking.ends(p, q), Beta::new(a, b).ends(p, q));
                    assert!((x - u).abs() <= 1e-12 * u && (y - v).abs() <= 1e-12 * v, "{a} {b} {p}: {x} {u}, {y} {v}");
                }
            }
        }
    }
}
