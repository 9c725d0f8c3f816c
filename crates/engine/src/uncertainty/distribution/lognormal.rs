//! The lognormal distribution by its median and 90th percentile.

use super::curve::{Curve, Rules};
use super::normal::{standard_cdf, standard_quantile};

/// Lognormal: the logarithm is normal with mean `ln median` and standard deviation `ln(p90/median)/z₉₀`.
pub struct LogNormal {
    median: f64,
    p90: f64,
    sigma: f64,
}

impl LogNormal {
    /// Takes any parameters; [`Curve::check`] says whether they are valid.
    pub fn new(median: f64, p90: f64) -> Self {
        Self { median, p90, sigma: libm::log(p90 / median) / standard_quantile(0.9, 0.1) }
    }
}

impl Curve for LogNormal {
    fn check(&self, rules: &mut Rules) {
        rules.positive("median", self.median);
        rules.ascending(&[("median", self.median), ("p90", self.p90)]);
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        self.median * libm::exp(self.sigma * standard_quantile(p, q))
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        if x <= 0.0 { (0.0, 1.0) } else { standard_cdf(libm::log(x / self.median) / self.sigma) }
    }

    fn support(&self) -> (f64, f64) {
        if self.p90 > self.median { (0.0, f64::INFINITY) } else { (self.median, self.median) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, LogNormal};

    #[test]
    fn the_median_and_the_ninetieth_percentile_are_those_given() {
        let slip = LogNormal::new(1.6, 2.4);
        assert!((slip.quantile(0.5, 0.5) - 1.6).abs() < 1e-15);
        assert!((slip.quantile(0.9, 0.1) - 2.4).abs() < 1e-14);
        assert!((slip.cdf(2.4).1 - 0.1).abs() < 1e-15);
    }
}
