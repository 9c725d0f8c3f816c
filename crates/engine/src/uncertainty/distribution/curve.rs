//! What every continuous family offers, the collected breaches of its rules, and the cut to bounds.

use super::DistributionError;
use crate::units::thousands;

/// Largest shape of a beta, and of a PERT: what is known from a million cases. A table of a larger one takes long.
pub const MOST_SHAPE: f64 = 1e6;

/// A continuous family with its parameters.
pub trait Curve {
    /// Reports every broken rule.
    fn check(&self, rules: &mut Rules);
    /// Quantile at lower-tail probability `p` and upper-tail probability `q = 1 − p`; the smaller of the two is the exact one.
    fn quantile(&self, p: f64, q: f64) -> f64;
    /// Probability below `x`, and above it, each exact where it is small.
    fn cdf(&self, x: f64) -> (f64, f64);
    /// Smallest and largest value; the same number twice where there is no spread.
    fn support(&self) -> (f64, f64);
    /// The mode, for families whose plan value it is.
    fn mode(&self) -> Option<f64> {
        None
    }
}

/// Collects the broken rules of one distribution.
#[derive(Debug, Default)]
pub struct Rules(pub Vec<DistributionError>);

impl Rules {
    /// Reports one breach.
    pub fn fail(&mut self, parameter: &'static str, problem: impl Into<String>, remedy: impl Into<String>) {
        self.0.push(DistributionError { parameter, problem: problem.into(), remedy: remedy.into() });
    }

    /// Each must be a finite number; says whether all are.
    pub fn finite(&mut self, parameters: &[(&'static str, f64)]) -> bool {
        let before = self.0.len();
        for (name, value) in parameters {
            if !value.is_finite() {
                self.fail(name, format!("{name} is {value}"), "give a finite number");
            }
        }
        self.0.len() == before
    }

    /// Must be finite and above 0.
    pub fn positive(&mut self, name: &'static str, value: f64) {
        if self.finite(&[(name, value)]) && value <= 0.0 {
            self.fail(name, format!("{name} is {value}"), format!("give a {name} above 0"));
        }
    }

    /// The shape of a beta must be above 0, not below the least, and at most [`MOST_SHAPE`].
    pub fn shape(&mut self, name: &'static str, value: f64, least: f64) {
        let before = self.0.len();
        self.positive(name, value);
        if self.0.len() > before || (least..=MOST_SHAPE).contains(&value) {
            return;
        }
        let most = thousands(MOST_SHAPE as u64);
        let remedy = if least > 0.0 {
            format!("give a number from {least} to {most}")
        } else {
            format!("give a number up to {most}")
        };
        let written = if value < 1e15 { value.to_string() } else { format!("{value:e}") };
        self.fail(name, format!("{name} is {written}, beyond the limit of shapes"), remedy);
    }

    /// Must be finite and in ascending order, equal ones allowed; every pair out of order is reported.
    pub fn ascending(&mut self, parameters: &[(&'static str, f64)]) {
        if !self.finite(parameters) {
            return;
        }
        for pair in parameters.windows(2) {
            let [(low, a), (high, b)] = [pair[0], pair[1]];
            if a > b {
                self.fail(low, format!("{low} {a} is above {high} {b}"), format!("give {low} no greater than {high}"));
            }
        }
    }

    /// Weights: as many as `expected`, finite, none negative, not all 0.
    pub fn weights(&mut self, weights: &[f64], expected: usize, of: &str) {
        if weights.len() != expected {
            self.fail(
                "weights",
                format!("{} weights for {expected} {of}", weights.len()),
                format!("give one weight for each of the {of}"),
            );
        }
        for (i, w) in weights.iter().enumerate() {
            if !w.is_finite() || *w < 0.0 {
                self.fail("weights", format!("weight {} is {w}", i + 1), "give finite weights, none below 0");
            }
        }
        if !weights.is_empty() && weights.iter().all(|w| *w == 0.0) {
            self.fail("weights", "all weights are 0", "give at least one weight above 0");
        }
    }
}

/// A curve cut to bounds: its quantile function on `[F(min⁻), F(max)]`.
pub struct Cut {
    curve: Box<dyn Curve>,
    /// Probability below the lower bound, above the upper one, and between them.
    below: f64,
    above: f64,
    within: f64,
    low: f64,
    high: f64,
}

impl Cut {
    /// Cuts a curve; without bounds it stays as it is.
    pub fn new(curve: Box<dyn Curve>, min: Option<f64>, max: Option<f64>) -> Self {
        let (low, high) = curve.support();
        let below = min.map_or(0.0, |x| curve.cdf(x).0);
        let above = max.map_or(0.0, |x| curve.cdf(x).1);
        let within = match (min, max) {
            (Some(min), Some(max)) => {
                // From whichever tail both bounds lie in, so that nothing cancels.
                let ((p, s), (r, t)) = (curve.cdf(min), curve.cdf(max));
                if r < 0.5 { r - p } else { s - t }
            }
            (Some(min), None) => curve.cdf(min).1,
            (None, Some(max)) => curve.cdf(max).0,
            (None, None) => 1.0,
        };
        let within = if low.total_cmp(&high).is_eq() {
            let inside = min.is_none_or(|x| x <= low) && max.is_none_or(|x| x >= low);
            f64::from(u8::from(inside))
        } else {
            within
        };
        Self {
            low: min.map_or(low, |x| x.max(low)),
            high: max.map_or(high, |x| x.min(high)),
            curve,
            below,
            above,
            within,
        }
    }

    /// Probability of the curve that lies within the bounds.
    pub const fn within(&self) -> f64 {
        self.within
    }

    /// Smallest and largest value left.
    pub const fn support(&self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Quantile, as [`Curve::quantile`].
    pub fn quantile(&self, p: f64, q: f64) -> f64 {
        if self.low.total_cmp(&self.high).is_eq() {
            return self.low;
        }
        self.curve.quantile(self.below + p * self.within, self.above + q * self.within).clamp(self.low, self.high)
    }

    /// Probability at or below `x` and above it.
    pub fn cdf(&self, x: f64) -> (f64, f64) {
        if x < self.low {
            return (0.0, 1.0);
        }
        if x >= self.high {
            return (1.0, 0.0);
        }
        let (p, q) = self.curve.cdf(x);
        (((p - self.below) / self.within).clamp(0.0, 1.0), ((q - self.above) / self.within).clamp(0.0, 1.0))
    }

    /// Mode within the bounds where that is the plan value, else the median.
    pub fn plan(&self) -> f64 {
        self.curve.mode().map_or_else(|| self.quantile(0.5, 0.5), |mode| mode.clamp(self.low, self.high))
    }

    /// Probabilities below and within the bounds, and above them.
    pub const fn window(&self) -> (f64, f64, f64) {
        (self.below, self.within, self.above)
    }
}
