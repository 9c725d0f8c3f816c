//! A median that rises while a tail falls, or the other way round: one without the other misleads.

use super::TWO_SIDED_95;
use crate::figure::{Figure, Spread};
use engine::outcomes::Better;
use engine::statistics::combined;

/// A tail of a distribution.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tail {
    /// The 10th percentile.
    Low,
    /// The 90th percentile.
    High,
}

impl Tail {
    /// Its percentile.
    #[must_use]
    pub const fn of(self, spread: &Spread) -> Option<Figure> {
        match self {
            Self::Low => spread.p10,
            Self::High => spread.p90,
        }
    }

    /// What it is called: `P10`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "P10",
            Self::High => "P90",
        }
    }
}

/// Which way a figure goes from one spread to another, where that is clear.
fn way(from: Option<Figure>, to: Option<Figure>) -> Option<f64> {
    let (from, to) = (from?, to?);
    let change = to.value - from.value;
    (change.abs() > TWO_SIDED_95 * combined(from.error, to.error)).then(|| change.signum())
}

/// The tail of bad futures that goes the other way than the median; where no way is better, either tail, the low one first.
#[must_use]
pub fn parted(from: &Spread, to: &Spread, better: Better) -> Option<Tail> {
    let middle = way(from.p50, to.p50)?;
    let bad: &[Tail] = match better {
        Better::Higher => &[Tail::Low],
        Better::Lower => &[Tail::High],
        Better::Neither => &[Tail::Low, Tail::High],
    };
    bad.iter().copied().find(|tail| way(tail.of(from), tail.of(to)).is_some_and(|own| own * middle < 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(p10: f64, p50: f64, p90: f64) -> Spread {
        let [p10, p50, p90] = [p10, p50, p90].map(|value| Some(Figure { value, error: 0.1 }));
        Spread { p10, p50, p90, ..Spread::default() }
    }

    #[test]
    fn a_tail_that_goes_the_other_way_than_the_median_is_found() {
        let base = spread(45.0, 55.0, 60.0);
        let found = |to: Spread, better| parted(&base, &to, better);
        assert_eq!(found(spread(37.0, 56.0, 61.0), Better::Higher), Some(Tail::Low));
        assert_eq!(found(spread(37.0, 56.0, 61.0), Better::Lower), None, "what is better is told by the median");
        assert_eq!(found(spread(44.0, 54.0, 63.0), Better::Lower), Some(Tail::High));
        assert_eq!(found(spread(44.0, 54.0, 63.0), Better::Neither), Some(Tail::High));
        assert_eq!(found(spread(46.0, 56.0, 61.0), Better::Neither), None);
        assert_eq!(found(spread(44.9, 56.0, 61.0), Better::Higher), None, "not clear of chance");
    }
}
