//! Mergeable counts and sums of outcomes: whole numbers, so that any order of merging gives the same bytes.

use std::sync::Arc;

use super::layout::Layout;
use super::{Catalogue, Ratio};

/// Sums of one column's distances from its centre in bin widths, and of their squares, in fixed point; and the farthest, as the bits of a
/// number that is not negative: they rise as it does.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Sums {
    pub first: i128,
    pub second: i128,
    pub farthest: u64,
}

/// Sums of one ratio's numerator and denominator, in fixed point.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct RatioSums {
    pub numerator: i128,
    pub denominator: i128,
    pub numerator_squared: i128,
    pub denominator_squared: i128,
    pub product: i128,
}

/// What is counted of one group of trials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Group {
    pub trials: u64,
    pub counters: Vec<u32>,
    pub sums: Vec<Sums>,
    pub ratios: Vec<RatioSums>,
}

/// How all columns of a run are counted; the same for every accumulator of the run.
#[derive(Debug, PartialEq)]
pub struct Plan {
    pub(super) layouts: Vec<Layout>,
    pub(super) ratios: Vec<Ratio>,
    /// Power of two near the spread of each ratio's terms.
    pub(super) ratio_scales: Vec<f64>,
    pub(super) groups: usize,
    pub(super) counters: usize,
}

impl Plan {
    /// A plan for the columns laid out, in `groups` groups of trials.
    #[must_use]
    pub fn new(catalogue: &Catalogue, layouts: Vec<Layout>, groups: usize) -> Self {
        let counters = layouts.last().map_or(0, |last| last.first + last.counters());
        let scale = |column: usize| layouts.iter().find(|l| l.column == column).map_or(1.0, Layout::scale);
        let ratio_scales = catalogue.ratios().iter().map(|r| scale(r.numerator).max(scale(r.denominator))).collect();
        Self { layouts, ratios: catalogue.ratios().to_vec(), ratio_scales, groups, counters }
    }
}

/// Counts and sums of the trials met so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Accumulator {
    pub(super) plan: Arc<Plan>,
    pub(super) groups: Vec<Group>,
}

impl Accumulator {
    /// An empty accumulator.
    #[must_use]
    pub fn new(plan: Arc<Plan>) -> Self {
        // Each made anew: zeros that nobody has written take no memory, copies of them do.
        let group = |_| Group {
            trials: 0,
            counters: vec![0; plan.counters],
            sums: vec![Sums::default(); plan.layouts.len()],
            ratios: vec![RatioSums::default(); plan.ratios.len()],
        };
        let groups = (0..plan.groups).map(group).collect();
        Self { plan, groups }
    }

    /// Adds what another accumulator of the same run has counted.
    pub fn merge(&mut self, other: &Self) {
        for (into, from) in self.groups.iter_mut().zip(&other.groups).filter(|(_, from)| from.trials > 0) {
            into.trials += from.trials;
            for (a, b) in into.counters.iter_mut().zip(&from.counters) {
                *a += b;
            }
            for (a, b) in into.sums.iter_mut().zip(&from.sums) {
                a.add(b);
            }
            for (a, b) in into.ratios.iter_mut().zip(&from.ratios) {
                a.add(b);
            }
        }
    }

    /// The groups from which errors are taken: those that hold trials, where the run has more than one.
    #[must_use]
    pub fn filled_groups(&self) -> Vec<usize> {
        let filled: Vec<usize> = (0..self.groups.len()).filter(|g| self.groups[*g].trials > 0).collect();
        if filled.len() < 2 { Vec::new() } else { filled }
    }

    /// Trials counted.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.groups.iter().map(|group| group.trials).sum()
    }
}

/// 2⁴⁴: sums are kept to this part of their scale, below the rounding of an f64 sum of a block.
const FINENESS: f64 = 17_592_186_044_416.0;

/// 2¹⁰⁰: no block adds more than this, so that 2²⁴ blocks, all that a run may have, stay far from the ends of an i128.
const MOST: f64 = 1_267_650_600_228_229_401_496_703_205_376.0;

/// The same as a whole number.
pub(super) const MOST_A_BLOCK: i128 = 1 << 100;

/// Stands for a sum of squares beyond what can be kept; whatever is added to it, it stays.
pub(super) const BEYOND: i128 = i128::MAX;

/// A sum in fixed point.
#[inline(always)]
pub(super) fn fixed(sum: f64, scale: f64) -> i128 {
    whole(sum / scale * FINENESS)
}

/// A sum of squares in fixed point; infinities of both signs among the values leave none.
#[inline(always)]
pub(super) fn fixed_squares(sum: f64, scale: f64) -> i128 {
    let squares = sum / (scale * scale) * FINENESS;
    if squares < MOST { whole(squares) } else { BEYOND }
}

/// The whole number nearest to zero beside `x`, no larger than [`MOST`]; most fit an `i64`, which one instruction makes.
#[inline(always)]
fn whole(x: f64) -> i128 {
    const NEAR: f64 = 9.0e18;
    if x.abs() < NEAR { i128::from(x as i64) } else { x.clamp(-MOST, MOST) as i128 }
}

/// A fixed-point sum as a number again.
pub(super) fn floating(sum: i128, scale: f64) -> f64 {
    if sum == BEYOND { f64::INFINITY } else { sum as f64 / FINENESS * scale }
}

/// A sum whose squares are beyond what can be kept: infinite where it is so itself.
pub(super) fn floating_beyond(sum: i128, scale: f64) -> f64 {
    let sum = sum as f64;
    if sum.abs() >= 0.5 * MOST { sum.signum() * f64::INFINITY } else { sum / FINENESS * scale }
}

/// Distances are kept in units of this many bin widths, near the range of the bins.
pub(super) const SCALE: f64 = 1024.0;

impl Sums {
    #[inline(always)]
    pub fn of(first: f64, second: f64, farthest: f64) -> Self {
        Self { first: fixed(first, SCALE), second: fixed_squares(second, SCALE), farthest: farthest.to_bits() }
    }

    pub fn add(&mut self, other: &Self) {
        self.farthest = self.farthest.max(other.farthest);
        self.first += other.first;
        self.second = self.second.saturating_add(other.second);
    }
}

impl RatioSums {
    pub fn add(&mut self, other: &Self) {
        self.numerator += other.numerator;
        self.denominator += other.denominator;
        self.numerator_squared = self.numerator_squared.saturating_add(other.numerator_squared);
        self.denominator_squared = self.denominator_squared.saturating_add(other.denominator_squared);
        self.product += other.product;
    }
}
