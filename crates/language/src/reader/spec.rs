//! What a numeric key is: name, unit, range, default, meaning.

use std::fmt;

use crate::describe::{Default, KeyDoc, Kind};

/// The numbers that a key accepts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range {
    /// Smallest.
    pub low: f64,
    /// Largest.
    pub high: f64,
    /// Whether `low` itself is refused.
    pub low_open: bool,
    /// Whether `high` itself is refused.
    pub high_open: bool,
}

impl Range {
    /// Every number.
    pub const ANY: Self = Self { low: f64::NEG_INFINITY, high: f64::INFINITY, low_open: false, high_open: false };
    /// 0 to 1.
    pub const SHARE: Self = Self { low: 0.0, high: 1.0, ..Self::ANY };
    /// 0 to below 1.
    pub const BELOW_1: Self = Self { high_open: true, ..Self::SHARE };
    /// At most 1.
    pub const AT_MOST_1: Self = Self { high: 1.0, ..Self::ANY };
    /// At least 0.
    pub const FROM_0: Self = Self { low: 0.0, ..Self::ANY };
    /// Above 0.
    pub const ABOVE_0: Self = Self { low_open: true, ..Self::FROM_0 };
    /// At least 1.
    pub const FROM_1: Self = Self { low: 1.0, ..Self::ANY };
    /// Above 0, at most 1.
    pub const PART: Self = Self { low_open: true, ..Self::SHARE };
    /// Above 1.
    pub const ABOVE_1: Self = Self { low: 1.0, low_open: true, ..Self::ANY };
    /// Above −1.
    pub const ABOVE_MINUS_1: Self = Self { low: -1.0, low_open: true, ..Self::ANY };

    /// Whether a number is accepted.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        let low = if self.low_open { value > self.low } else { value >= self.low };
        let high = if self.high_open { value < self.high } else { value <= self.high };
        low && high
    }

    /// A low, a usual and a high number among those that are accepted, for examples in messages.
    #[must_use]
    pub fn examples(&self) -> [f64; 3] {
        let known = [[0.02, 0.05, 0.1], [1.0, 1.5, 3.0]];
        known
            .into_iter()
            .find(|[low, mode, high]| self.holds(*mode) && self.holds_support((*low, *high)))
            .unwrap_or(known[0])
    }

    /// The fraction that was meant by per cent, where the numbers accepted are fractions and this is none of them.
    #[must_use]
    pub fn fraction_of_percent(&self, value: f64) -> Option<f64> {
        let meant = value / 100.0;
        (self.high <= 1.0 && (1.0..=100.0).contains(&value) && !self.holds(value) && self.holds(meant)).then_some(meant)
    }

    /// Whether a distribution between two bounds is accepted; a bound itself has probability 0.
    #[must_use]
    pub fn holds_support(&self, (low, high): (f64, f64)) -> bool {
        low >= self.low && high <= self.high
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { low, high, low_open, high_open } = *self;
        match (low.is_finite(), high.is_finite()) {
            (false, false) => write!(f, "any number"),
            (true, false) if low_open => write!(f, "above {low}"),
            (true, false) => write!(f, "at least {low}"),
            (false, true) if high_open => write!(f, "below {high}"),
            (false, true) => write!(f, "at most {high}"),
            (true, true) => {
                let low = if low_open { format!("above {low}") } else { format!("{low}") };
                let high = if high_open { format!("below {high}") } else { format!("{high}") };
                write!(f, "{low} to {high}")
            }
        }
    }
}

/// A numeric key.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    /// The key.
    pub name: &'static str,
    /// Its unit, for people.
    pub unit: &'static str,
    /// What it accepts.
    pub range: Range,
    /// What holds where it is left out; none: it must be written.
    pub default: Option<f64>,
    /// Its meaning, for people.
    pub doc: &'static str,
}

impl Spec {
    /// A key that must be written.
    #[must_use]
    pub const fn new(name: &'static str, unit: &'static str, range: Range, doc: &'static str) -> Self {
        Self { name, unit, range, default: None, doc }
    }

    /// The same with a default.
    #[must_use]
    pub const fn or(self, default: f64) -> Self {
        Self { default: Some(default), ..self }
    }

    /// The key's description.
    #[must_use]
    pub fn key_doc(&self, kind: Kind) -> KeyDoc {
        let default = self.default.map_or(Default::Required, Default::Number);
        KeyDoc { name: self.name, kind, default, unit: self.unit, doc: self.doc }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_numbers_that_are_accepted_and_per_cent_are_told_from_fractions() {
        for range in
            [Range::ANY, Range::SHARE, Range::BELOW_1, Range::PART, Range::FROM_0, Range::FROM_1, Range::ABOVE_1]
        {
            let [low, mode, high] = range.examples();
            assert!(range.holds(mode) && range.holds_support((low, high)), "{range}");
        }
        assert_eq!(Range::SHARE.fraction_of_percent(30.0), Some(0.3));
        assert_eq!(Range::BELOW_1.fraction_of_percent(1.0), Some(0.01));
        assert_eq!(Range::SHARE.fraction_of_percent(1.0), None, "all of it");
        assert_eq!(Range::FROM_0.fraction_of_percent(30.0), None);
    }

    #[test]
    fn an_open_bound_refuses_itself_and_a_distribution_may_touch_it() {
        assert!(!Range::ABOVE_0.holds(0.0));
        assert!(Range::ABOVE_0.holds_support((0.0, 3.0)));
        assert!(!Range::SHARE.holds_support((0.0, 1.5)));
        assert!(!Range::ANY.holds(f64::NAN));
    }
}
