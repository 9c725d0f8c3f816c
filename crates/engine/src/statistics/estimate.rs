//! A figure and its Monte Carlo standard error, printed to the digits that it has earned.

use std::fmt;

use crate::units::ten_to;

/// A figure with its Monte Carlo standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its standard error; 0 where it is exact (every trial alike).
    pub error: f64,
}

/// The error of a sum or difference of two independent figures, from the error of each: the root of the sum of their squares, the same bits
/// on every platform, which the standard library's `hypot` does not promise.
#[must_use]
pub fn combined(one: f64, other: f64) -> f64 {
    libm::hypot(one, other)
}

impl Estimate {
    /// A figure and its standard error.
    #[must_use]
    pub const fn new(value: f64, error: f64) -> Self {
        Self { value, error }
    }

    /// Digits after the point that the figure has earned: none finer than the first digit of its error, and `most` at most; none at
    /// all where the error is not known.
    #[must_use]
    pub fn decimals(&self, most: usize) -> usize {
        match self.finest() {
            Some(power) if power >= 0 => 0,
            Some(power) => (power.unsigned_abs() as usize).min(most),
            None if self.error.is_finite() => most,
            None => 0,
        }
    }

    /// The power of ten of the first digit of the error as it prints; `None` where it is exact or not known.
    fn finest(&self) -> Option<i32> {
        if self.error <= 0.0 || !self.error.is_finite() {
            return None;
        }
        let power = libm::log10(self.error).floor();
        // An error of 0.096 prints as 0.1.
        let first = (self.error / libm::pow(10.0, power)).round();
        Some(power as i32 + i32::from(first >= 10.0))
    }

    /// A number rounded to the power of ten that the figure has earned above the point.
    fn coarse(&self, number: f64) -> f64 {
        match self.finest() {
            Some(power) if power > 0 => {
                let unit = ten_to(power);
                (number / unit).round() * unit
            }
            _ => number,
        }
    }

    /// The figure alone, to the digits earned and at most `most` decimals.
    #[must_use]
    pub fn rounded(&self, most: usize) -> String {
        let text = format!("{:.*}", self.decimals(most), self.coarse(self.value));
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
        write!(f, "{} ± {:.*}", self.rounded(6), decimals, self.coarse(self.error))
    }
}

#[cfg(test)]
mod tests {
    use super::Estimate;

    /// Every figure beside its error, as people read it.
    fn prints(value: f64, error: f64, text: &str) {
        assert_eq!(Estimate::new(value, error).to_string(), text);
    }

    #[test]
    fn no_digit_is_finer_than_the_first_digit_of_the_error() {
        prints(4.918_23, 0.02, "4.92 ± 0.02");
        prints(4.918_23, 0.2, "4.9 ± 0.2");
        prints(4.918_23, 2.0, "5 ± 2");
        prints(-12.345, 0.003_4, "-12.345 ± 0.003");
    }

    #[test]
    fn an_error_of_tens_leaves_no_units() {
        prints(1234.0, 30.0, "1230 ± 30");
        prints(1_234_567.0, 4321.0, "1235000 ± 4000");
    }

    #[test]
    fn an_error_that_rounds_up_to_the_next_power_takes_a_digit_with_it() {
        prints(4.9182, 0.096, "4.9 ± 0.1");
        prints(123.4, 9.7, "120 ± 10");
    }

    #[test]
    fn an_exact_figure_has_earned_every_digit() {
        prints(0.123_456_7, 0.0, "0.123457 ± 0.000000");
        assert_eq!(Estimate::new(2.5, 0.0).rounded(1), "2.5");
    }

    #[test]
    fn a_figure_of_unknown_error_has_earned_no_decimals() {
        assert_eq!(Estimate::new(12.345, f64::INFINITY).rounded(3), "12");
        assert_eq!(Estimate::new(12.345, f64::NAN).rounded(3), "12");
    }

    #[test]
    fn nothing_but_zeros_has_no_minus() {
        assert_eq!(Estimate::new(-0.004, 0.1).rounded(2), "0.0");
        assert_eq!(Estimate::new(-0.4, 3.0).rounded(2), "0");
        assert_eq!(Estimate::new(-3.0, 30.0).rounded(2), "0");
    }

    #[test]
    fn what_is_asked_for_is_the_most_that_is_printed() {
        assert_eq!(Estimate::new(0.123_456, 1e-5).rounded(2), "0.12");
    }
}
