//! Amounts at which trials are counted one by one: how many lie below, how many are equal, how many above.

use crate::uncertainty::lanes::{BLOCK, Column, vectorised};

/// How far a value may lie from an amount and still be equal to it: sums of money round in their last digits.
#[inline(always)]
#[must_use]
pub fn tolerance(amount: f64) -> f64 {
    1e-9 * amount.abs().max(1.0)
}

/// Whether a value is below an amount: by more than [`tolerance`]. A missing value is not.
#[inline(always)]
#[must_use]
pub fn is_below(value: f64, amount: f64) -> bool {
    value < amount - tolerance(amount)
}

/// Whether a value is above an amount: by more than [`tolerance`]. A missing value is not.
#[inline(always)]
#[must_use]
pub fn is_above(value: f64, amount: f64) -> bool {
    value > amount + tolerance(amount)
}

/// An amount of one column, with the ends of what is equal to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Threshold {
    pub amount: f64,
    low: f64,
    high: f64,
}

impl Threshold {
    pub fn at(amount: f64) -> Self {
        Self { amount, low: amount - tolerance(amount), high: amount + tolerance(amount) }
    }

    /// Whether it is at this very amount.
    pub fn is(&self, amount: f64) -> bool {
        (self.amount - amount).abs() <= 0.0
    }

    /// The stretch of what is equal to it.
    pub fn ends(&self) -> (f64, f64) {
        (self.low, self.high)
    }
}

/// Finite amounts in rising order, each once.
pub(super) fn thresholds(amounts: impl IntoIterator<Item = f64>) -> Vec<Threshold> {
    let mut finite: Vec<f64> = amounts.into_iter().filter(|amount| amount.is_finite()).collect();
    finite.sort_by(f64::total_cmp);
    finite.into_iter().map(Threshold::at).fold(Vec::new(), |mut all: Vec<Threshold>, next| {
        if all.last().is_none_or(|last| !last.is(next.amount)) {
            all.push(next);
        }
        all
    })
}

vectorised! {
    /// How many lanes lie below a threshold, and how many are equal to it; missing ones are neither.
    fn tally(values: &Column, low: f64, high: f64, below: &mut u64, upto: &mut u64) {
        for i in 0..BLOCK {
            *below += u64::from(values[i] < low);
            *upto += u64::from(values[i] <= high);
        }
    }
}

impl Threshold {
    /// How many lanes lie below it, and how many are equal to it.
    #[inline(always)]
    pub fn count(&self, isa: crate::uncertainty::lanes::Isa, values: &Column) -> (u16, u16) {
        let (mut below, mut upto) = (0, 0);
        tally(isa, values, self.low, self.high, &mut below, &mut upto);
        (below as u16, (upto - below) as u16)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uncertainty::lanes::Isa;

    #[test]
    fn equal_is_within_a_thousand_millionth_of_the_amount_and_of_one() {
        for (value, amount, below, above) in [
            (-1.1e-9, 0.0, true, false),
            (-0.9e-9, 0.0, false, false),
            (0.9e-9, 0.0, false, false),
            (1.1e-9, 0.0, false, true),
            (2000.0 - 2.1e-6, 2000.0, true, false),
            (2000.0 + 1.9e-6, 2000.0, false, false),
            (-2000.0 + 2.1e-6, -2000.0, false, true),
            (f64::NAN, 0.0, false, false),
        ] {
            assert_eq!((is_below(value, amount), is_above(value, amount)), (below, above), "{value} at {amount}");
            let mut values = Column::splat(f64::NAN);
            values[77] = value;
            for isa in Isa::available() {
                let equal = !below && !above && !value.is_nan();
                assert_eq!(Threshold::at(amount).count(isa, &values), (u16::from(below), u16::from(equal)));
            }
        }
    }

    #[test]
    fn the_same_amount_is_counted_once() {
        let amounts = thresholds([3.0, 0.0, f64::NAN, -0.0, 3.0, f64::INFINITY]);
        assert_eq!(amounts.iter().map(|t| t.amount).collect::<Vec<_>>(), [0.0, 3.0]);
    }
}
