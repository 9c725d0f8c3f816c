//! Mixtures of normal distributions: their percentiles by halving.

use engine::uncertainty::elementary::{exp, ln};

use super::special::{bisected, normal_cdf, normal_ln_density};

/// Beyond so many standard deviations of its part nothing is left of a mixture.
const FARTHEST: f64 = 12.0;

/// Halvings until a percentile is found to the last digits.
const HALVINGS: usize = 60;

/// One of several normal distributions.
#[derive(Debug, Clone, PartialEq)]
pub struct NormalMixture {
    /// Weight, mean and variance of each; weights sum to 1.
    parts: Vec<[f64; 3]>,
}

impl NormalMixture {
    /// A mixture of parts, each with its weight, mean and variance.
    pub(super) fn new(parts: Vec<[f64; 3]>) -> Self {
        Self { parts }
    }

    /// Chance of at most `x`.
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.parts.iter().map(|[weight, mean, variance]| weight * normal_cdf((x - mean) / variance.sqrt())).sum()
    }

    /// Logarithm of the density at `x`.
    #[must_use]
    pub fn ln_density(&self, x: f64) -> f64 {
        let each = |[weight, mean, variance]: &[f64; 3]| ln(*weight) + normal_ln_density(x, *mean, *variance);
        let most = self.parts.iter().map(each).fold(f64::NEG_INFINITY, f64::max);
        most + ln(self.parts.iter().map(|part| exp(each(part) - most)).sum())
    }

    /// The least and the greatest value worth looking at.
    pub(super) fn ends(&self) -> (f64, f64) {
        self.parts.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), [_, mean, variance]| {
            let away = FARTHEST * variance.sqrt();
            (low.min(mean - away), high.max(mean + away))
        })
    }

    /// The value at a lower-tail chance between 0 and 1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        bisected(|x| self.cdf(x), p, self.ends(), HALVINGS)
    }

    /// The 10th, 50th and 90th percentile.
    #[must_use]
    pub fn percentiles(&self) -> [f64; 3] {
        [0.1, 0.5, 0.9].map(|p| self.quantile(p))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mixture_of_one_is_normal_and_one_of_two_has_the_chances_of_both() {
        // Normal(3, 2²): P90 at 3 + 2·1.2815516 = 5.5631031.
        let one = NormalMixture::new(vec![[1.0, 3.0, 4.0]]);
        assert!((one.quantile(0.9) - 5.563_103_131_089_2).abs() < 1e-10);
        // Density of Normal(3, 4) at 3: 1/(2·√(2π)) = 0.1994711.
        assert!((one.ln_density(3.0) - 0.199_471_140_2_f64.ln()).abs() < 1e-9);
        // A quarter at −5 and three quarters at 5, standard deviation 1: chance of at most 0 is a quarter, to Φ(−5).
        let two = NormalMixture::new(vec![[0.25, -5.0, 1.0], [0.75, 5.0, 1.0]]);
        assert!((two.cdf(0.0) - 0.25).abs() < 1e-6 && two.quantile(0.2) < -4.0 && two.quantile(0.3) > 3.0);
        assert!((two.cdf(two.quantile(0.7)) - 0.7).abs() < 1e-12);
    }
}
