//! Scalar formulas shared by the stages: branch-free, so that a loop over a block's lanes vectorises.

use crate::uncertainty::Input;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// A number in every lane: where it is the same in all, it need not be read for each.
#[derive(Clone, Copy)]
pub(super) enum Value<'a> {
    Same(f64),
    Each(&'a Column),
}

impl<'a> Value<'a> {
    /// The value of an input that fills a column.
    pub fn of(input: Input, column: &'a Column) -> Self {
        match input {
            Input::Fixed(value) => Self::Same(value),
            Input::Drawn(_) => Self::Each(column),
        }
    }

    /// That of one lane.
    pub fn at(self, lane: usize) -> f64 {
        match self {
            Self::Same(value) => value,
            Self::Each(column) => column[lane],
        }
    }

    /// Does some work with the value of every lane.
    #[inline(always)]
    pub fn each(self, mut work: impl FnMut(usize, f64)) {
        match self {
            Self::Same(value) => (0..BLOCK).for_each(|i| work(i, value)),
            Self::Each(column) => (0..BLOCK).for_each(|i| work(i, column[i])),
        }
    }
}

/// Does some work with two values of every lane.
#[inline(always)]
pub(super) fn each_pair(a: Value<'_>, b: Value<'_>, mut work: impl FnMut(usize, f64, f64)) {
    match a {
        Value::Same(a) => b.each(|i, b| work(i, a, b)),
        Value::Each(a) => b.each(|i, b| work(i, a[i], b)),
    }
}

/// The smaller of two numbers that are not NaN.
#[inline(always)]
pub(super) fn min(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The larger of two numbers that are not NaN.
#[inline(always)]
pub(super) fn max(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// `x` kept within `[low, high]`.
#[inline(always)]
pub(super) fn clamp(x: f64, low: f64, high: f64) -> f64 {
    min(max(x, low), high)
}

/// 1 where `condition` holds, else 0.
#[inline(always)]
pub(super) fn flag(condition: bool) -> f64 {
    if condition { 1.0 } else { 0.0 }
}

/// Length that `[a0, a1]` and `[b0, b1]` have in common.
#[inline(always)]
pub(super) fn overlap(a0: f64, a1: f64, b0: f64, b1: f64) -> f64 {
    max(min(a1, b1) - max(a0, b0), 0.0)
}

/// Share of `[x, y]` within `[from, to]`; all of it in the step that holds `x` where `y = x` (MODEL section 4).
#[inline(always)]
pub(super) fn share_spent(from: f64, to: f64, x: f64, y: f64) -> f64 {
    let length = y - x;
    let spread = overlap(from, to, x, y) / length;
    let step = flag(from <= x && x < to);
    if length > 0.0 { spread } else { step }
}

/// How far a change over `length` years has come after `elapsed`: 0 to 1; a step just after 0 where `length` is 0.
#[inline(always)]
pub(super) fn progress(elapsed: f64, length: f64) -> f64 {
    let gradual = clamp(elapsed / length, 0.0, 1.0);
    if length > 0.0 { gradual } else { flag(elapsed > 0.0) }
}

/// `1/(2·ramp)`, 0 for a step.
#[inline(always)]
pub(super) fn half_inverse_of(ramp: f64) -> f64 {
    let inverse = 0.5 / ramp;
    if ramp > 0.0 { inverse } else { 0.0 }
}

/// `H(x)`, the integral of a linear ramp of `ramp` years that starts at 0 (MODEL section 4); `half_inverse` is `1/(2·ramp)`, 0 for a step.
#[inline(always)]
pub(super) fn ramp_integral(x: f64, ramp: f64, half_inverse: f64) -> f64 {
    let rising = clamp(x, 0.0, ramp);
    rising * rising * half_inverse + max(x - ramp, 0.0)
}

/// The smallest and the largest finite value of a column; (∞, −∞) where none is finite.
pub(super) fn finite_range(column: &Column, isa: Isa) -> (f64, f64) {
    let mut range = (f64::INFINITY, f64::NEG_INFINITY);
    widen(isa, &mut range, column);
    range
}

/// Smallest and largest values are sought in this many strands, so that the search vectorises.
pub(super) const STRANDS: usize = 16;

vectorised! {
    fn widen(range: &mut (f64, f64), column: &Column) {
        let (mut low, mut high) = ([range.0; STRANDS], [range.1; STRANDS]);
        for start in (0..BLOCK).step_by(STRANDS) {
            for j in 0..STRANDS {
                let x = column[start + j];
                low[j] = min(low[j], x);
                high[j] = max(high[j], if x < f64::INFINITY { x } else { f64::NEG_INFINITY });
            }
        }
        let mut half = STRANDS / 2;
        while half > 0 {
            for j in 0..half {
                low[j] = min(low[j], low[j + half]);
                high[j] = max(high[j], high[j + half]);
            }
            half /= 2;
        }
        *range = (low[0], high[0]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} is not {b}");
    }

    #[test]
    fn the_ramp_integral_follows_the_three_pieces_of_its_definition() {
        // r = 0.6: H(0.3) = 0.09/1.2 = 0.075; H(0.6) = 0.36/1.2 = 0.3; H(1) = 1 − 0.3 = 0.7; H(−1) = 0.
        let half_inverse = 1.0 / 1.2;
        close(ramp_integral(0.3, 0.6, half_inverse), 0.075);
        close(ramp_integral(0.6, 0.6, half_inverse), 0.3);
        close(ramp_integral(1.0, 0.6, half_inverse), 0.7);
        close(ramp_integral(-1.0, 0.6, half_inverse), 0.0);
        close(ramp_integral(f64::NEG_INFINITY, 0.6, half_inverse), 0.0);
        // r = 0 is a step: H(x) = max(x, 0).
        close(ramp_integral(0.4, 0.0, 0.0), 0.4);
        close(ramp_integral(-0.4, 0.0, 0.0), 0.0);
    }

    #[test]
    fn spending_over_an_interval_is_borne_by_its_years_in_proportion() {
        // [0.5, 2.5]: 0.5 of 2 years in the first, 1 of 2 in the second.
        close(share_spent(0.0, 1.0, 0.5, 2.5), 0.25);
        close(share_spent(1.0, 2.0, 0.5, 2.5), 0.5);
        // A step at 1 belongs to the year that opens with it.
        close(share_spent(0.0, 1.0, 1.0, 1.0), 0.0);
        close(share_spent(1.0, 2.0, 1.0, 1.0), 1.0);
        // What never comes costs nothing.
        close(share_spent(0.0, 1.0, f64::INFINITY, f64::INFINITY), 0.0);
    }

    #[test]
    fn a_change_without_length_is_a_step_just_after_its_start() {
        close(progress(0.0, 0.0), 0.0);
        close(progress(0.1, 0.0), 1.0);
        close(progress(0.5, 2.0), 0.25);
        close(progress(-1.0, 2.0), 0.0);
    }
}
