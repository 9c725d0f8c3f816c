//! Signs that compare two numbers, as they are written and as they hold.

use engine::outcomes::{is_above, is_below};

/// How two numbers are compared; equal is what the engine counts as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// The first is below the second.
    Below,
    /// At most it.
    AtMost,
    /// Above it.
    Above,
    /// At least it.
    AtLeast,
    /// Equal to it.
    Equal,
    /// Not equal to it.
    Unequal,
}

/// Signs as they are written, those of two characters first.
const WRITTEN: [(&str, Sign); 10] = [
    ("<=", Sign::AtMost),
    (">=", Sign::AtLeast),
    ("==", Sign::Equal),
    ("!=", Sign::Unequal),
    ("<", Sign::Below),
    (">", Sign::Above),
    ("=", Sign::Equal),
    ("≠", Sign::Unequal),
    ("≤", Sign::AtMost),
    ("≥", Sign::AtLeast),
];

impl Sign {
    /// The signs there are, for what is said of one that is none.
    pub const ALL: &str = "<, <=, >, >=, = and !=";

    /// The sign that a text begins with, and its length.
    #[must_use]
    pub fn at_start(text: &str) -> Option<(Self, usize)> {
        let found = WRITTEN.iter().find(|(written, _)| text.starts_with(written));
        found.map(|(written, sign)| (*sign, written.len()))
    }

    /// The last sign in a text: what stands before it and behind it.
    #[must_use]
    pub fn last_in(text: &str) -> Option<(&str, Self, &str)> {
        let found = WRITTEN.iter().filter_map(|(written, sign)| Some((text.rfind(written)?, written.len(), *sign)));
        let (at, length, sign) = found.max_by_key(|(at, length, _)| (*at + *length, *length))?;
        Some((text.get(..at)?.trim(), sign, text.get(at + length..)?.trim()))
    }

    /// As it is written.
    #[must_use]
    pub const fn written(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Above => ">",
            Self::AtLeast => ">=",
            Self::Equal => "=",
            Self::Unequal => "!=",
        }
    }

    /// The sign that says the same of the two numbers the other way round.
    #[must_use]
    pub const fn turned(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::AtMost => Self::AtLeast,
            Self::Above => Self::Below,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }

    /// The sign that holds of two numbers where this one does not.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Below => Self::AtLeast,
            Self::AtMost => Self::Above,
            Self::Above => Self::AtMost,
            Self::AtLeast => Self::Below,
            Self::Equal => Self::Unequal,
            Self::Unequal => Self::Equal,
        }
    }

    /// Whether it holds between two numbers; what never comes, ∞, lies beyond every level, and of what is not defined nothing holds.
    #[must_use]
    pub fn holds(self, left: f64, right: f64) -> bool {
        let is_defined = !left.is_nan() && !right.is_nan();
        is_defined
            && match self {
                Self::Below => below(left, right),
                Self::AtMost => !below(right, left),
                Self::Above => below(right, left),
                Self::AtLeast => !below(left, right),
                Self::Equal => !below(left, right) && !below(right, left),
                Self::Unequal => below(left, right) || below(right, left),
            }
    }
}

/// Whether one number is below another, by the engine's own rule; what never comes is later than every date.
fn below(left: f64, right: f64) -> bool {
    match (left.is_finite(), right.is_finite()) {
        (true, true) if right.abs() >= left.abs() => is_below(left, right),
        (true, true) => is_above(right, left),
        _ => left < right,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_equals_a_level_but_for_rounding_is_neither_below_nor_above_it() {
        let holds = |sign: Sign, value: f64| sign.holds(value, 0.3);
        // 0.1 + 0.2 is 0.30000000000000004.
        let sum = 0.1 + 0.2;
        assert!(!holds(Sign::Above, sum) && holds(Sign::AtMost, sum) && holds(Sign::AtLeast, sum));
        assert!(holds(Sign::Equal, sum) && !holds(Sign::Unequal, sum));
        assert!(holds(Sign::Below, 0.299) && holds(Sign::Above, 0.301) && !holds(Sign::AtMost, 0.301));
        // £1bn in £m, 1e-9 of it: 1e-6.
        assert!(!Sign::Below.holds(1_000.0 - 1e-7, 1_000.0) && Sign::Below.holds(1_000.0 - 1e-5, 1_000.0));
        assert!(Sign::Above.holds(f64::INFINITY, 0.3));
        for (_, sign) in WRITTEN {
            assert!(!sign.holds(f64::NAN, 0.3) && !sign.holds(0.3, f64::NAN), "{sign:?}");
        }
    }

    #[test]
    fn a_sign_is_read_as_it_is_written_and_says_the_same_turned_round() {
        for (written, sign) in WRITTEN {
            assert_eq!(Sign::at_start(&format!("{written} 3")), Some((sign, written.len())));
            assert_eq!(Sign::last_in(&format!("\"a < b\" {written} 3")), Some(("\"a < b\"", sign, "3")));
            assert_eq!(Sign::at_start(sign.written()).map(|(read, _)| read), Some(sign));
            for (a, b) in [(1.0, 2.0), (2.0, 1.0), (2.0, 2.0)] {
                assert_eq!(sign.holds(a, b), sign.turned().holds(b, a), "{sign:?}");
                assert_ne!(sign.holds(a, b), sign.opposite().holds(a, b), "{sign:?}");
            }
        }
        assert_eq!(Sign::last_in("npv"), None);
    }
}
