//! A figure and its Monte Carlo standard error, printed to the digits that it has earned.

use std::fmt;

/// A figure with its Monte Carlo standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error; 0 where it is exact (every trial alike).
    pub error: f64,
}

impl Estimate {
    /// A figure and its standard error.
    #[must_use]
    pub const fn new(value: f64, error: f64) -> Self {
        Self { value, error }
    }

    /// Digits after the point that the figure has earned: none finer than the first digit of its error, and `most` at most.
    #[must_use]
    pub fn decimals(&self, most: usize) -> usize {
        if self.error <= 0.0 || !self.error.is_finite() {
            return most;
        }
        let finest = -self.error.log10().floor();
        if finest <= 0.0 { 0 } else { (finest as usize).min(most) }
    }

    /// The figure alone, to the digits earned and at most `most` decimals.
    #[must_use]
    pub fn rounded(&self, most: usize) -> String {
        let text = format!("{:.*}", self.decimals(most), self.value);
        // A minus before nothing but zeros says less than it seems to.
        if text.starts_with('-') && !text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
            text[1..].to_owned()
        } else {
            text
        }
    }
}

impl fmt::Display for Estimate {
    /// `4.92 ± 0.02`: the figure and its standard error to one digit.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let decimals = self.decimals(6);
        write!(f, "{} ± {:.*}", self.rounded(6), decimals, self.error)
    }
}
