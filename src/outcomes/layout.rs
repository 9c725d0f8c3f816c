//! How a column is counted: a histogram whose range the first trials of the run set, with open tails and exact atoms.

use std::ops::Range;

use super::{Catalogue, ColumnSpec, Tier};
use crate::units::Unit;

/// Bins over nearly all of the first values, of a headline column and of a yearly one. A bin of a normal spread is 0.006 and 0.024 of
/// its standard deviation wide, and values are taken as even within it: that moves a percentile by less than a fiftieth of its Monte
/// Carlo error at a million trials. Few bins stay in the cache.
const HEADLINE_CORE: usize = 1024;
const YEARLY_CORE: usize = 256;
/// Part of the first values that the core leaves to each side.
const OUTSIDE: f64 = 0.001;
/// Bins beside the core, on either side, as a part of it: with them nearly all blocks lie within the bins, which counts them faster.
const BESIDE: usize = 8;
const HEADLINE_BINS: usize = bins(HEADLINE_CORE);
const YEARLY_BINS: usize = bins(YEARLY_CORE);
/// Bins of each tail, one an octave of the distance from the range in bin widths.
pub(super) const TAIL: usize = 64;
/// Values that may recur exactly beside a continuous spread, counted apart: at most this many.
const ATOMS: usize = 8;
/// Counters of one atom, and of missing values, used in turn: where nearly all lanes hold the same, one counter alone would have each
/// lane wait for the one before it.
pub(super) const TURNS: usize = 8;
/// A range is at least this wide.
const LEAST_SPREAD: f64 = 1e-6;

/// All bins for those of a core: an odd number, so that one lies around the centre.
const fn bins(core: usize) -> usize {
    core + 2 * (core / BESIDE) + 1
}

/// How one column is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Position in the catalogue.
    pub column: usize,
    /// The middle of the bins. Sums are of distances from it, in widths of a bin.
    pub(super) centre: f64,
    /// Width of a bin.
    pub(super) width: f64,
    pub(super) bins: usize,
    /// Whether every value is a whole number: then each bin is one value.
    pub(super) whole: bool,
    /// Whether the column says yes (1) or no (0).
    pub(super) flag: bool,
    /// Values counted apart.
    pub(super) atoms: Vec<f64>,
    /// Position of its first counter among all counters.
    pub(super) first: usize,
}

impl Layout {
    /// Number of counters: bins, two tails, atoms and missing values.
    pub(super) fn counters(&self) -> usize {
        self.missing().end
    }

    /// The counters of an atom among its own.
    pub(super) fn atom(&self, atom: usize) -> Range<usize> {
        let first = self.bins + 2 * TAIL + atom * TURNS;
        first..first + TURNS
    }

    /// The counters of missing values among its own.
    pub(super) fn missing(&self) -> Range<usize> {
        self.atom(self.atoms.len())
    }

    /// Chooses range, atoms and centre from the first values of a column, which are sorted. Its place among the columns and counters
    /// is that which [`lay_out`] gives it.
    #[must_use]
    pub fn choose(spec: &ColumnSpec, values: &mut Vec<f64>) -> Self {
        values.retain(|x| x.is_finite());
        sort(values);
        let (low, high) = values.first().zip(values.last()).map_or((0.0, 0.0), |(low, high)| (*low, *high));
        // One value alone, whole or not, says nothing of what else may come.
        let counted =
            matches!(spec.unit, Unit::Count | Unit::Flag) || (high > low && values.iter().all(|x| x.fract() == 0.0));
        let whole = counted && high - low < 400.0;
        let atoms = match values.first() {
            _ if whole => Vec::new(),
            Some(only) if high <= low => vec![*only],
            _ => recurring(values),
        };
        // Values that differ by rounding alone set no scale.
        let size = high.abs().max(low.abs());
        let (low, high) = if whole { (low, high) } else { core(values, low, high) };
        let spread = if high > low { (high - low).max(1e-6 * size) } else { size }.max(LEAST_SPREAD);
        let (bins, core) = match spec.tier {
            Tier::Headline => (HEADLINE_BINS, HEADLINE_CORE),
            _ => (YEARLY_BINS, YEARLY_CORE),
        };
        let middle = low + (high - low) / 2.0;
        let (centre, width) = if whole { (middle.floor(), 1.0) } else { (middle, spread / core as f64) };
        let flag = whole && spec.unit == Unit::Flag;
        Self { column: 0, centre, width, bins, whole, flag, atoms, first: 0 }
    }

    /// Half of all bins: how far they reach from the centre, in widths.
    pub(super) fn half(&self) -> f64 {
        self.bins as f64 / 2.0
    }

    /// A power of two near the range of the bins, for what is summed up in units of values.
    pub(super) fn scale(&self) -> f64 {
        power_of_two_at_most(self.width * self.bins as f64)
    }

    /// Value at the lower edge of bin `b`.
    pub(super) fn edge(&self, b: usize) -> f64 {
        self.centre + self.width * (b as f64 - self.half())
    }
}

/// Sorts by [`f64::total_cmp`], twice as fast: whole numbers in the same order, made once a value.
fn sort(values: &mut [f64]) {
    // Of a negative number every bit but the sign is turned over; the same again leads back.
    let turned = |bits: i64| bits ^ ((bits >> 63) as u64 >> 1) as i64;
    let mut keys: Vec<i64> = values.iter().map(|x| turned(x.to_bits() as i64)).collect();
    keys.sort_unstable();
    values.iter_mut().zip(keys).for_each(|(x, key)| *x = f64::from_bits(turned(key) as u64));
}

/// The largest power of two that is at most `x`, for a positive finite `x`.
fn power_of_two_at_most(x: f64) -> f64 {
    let power = f64::from_bits(x.to_bits() & 0x7ff0_0000_0000_0000);
    if power > 0.0 { power } else { f64::MIN_POSITIVE }
}

/// The values between which nearly all lie, so that one far out does not coarsen the bins; the ends where nearly all are one.
fn core(sorted: &[f64], low: f64, high: f64) -> (f64, f64) {
    let out = (OUTSIDE * sorted.len() as f64) as usize;
    match (sorted.get(out), sorted.iter().rev().nth(out)) {
        (Some(first), Some(second)) if first < second => (*first, *second),
        _ => (low, high),
    }
}

/// The most frequent values that recur exactly, by falling frequency: of a smooth spread, none does.
fn recurring(sorted: &[f64]) -> Vec<f64> {
    let mut runs: Vec<&[f64]> =
        sorted.chunk_by(|a, b| a.to_bits() == b.to_bits()).filter(|run| run.len() >= 2).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    runs.iter().take(ATOMS).map(|run| run[0]).collect()
}

/// Gives the layouts of all columns their places, those left out that are not counted.
#[must_use]
pub fn lay_out(catalogue: &Catalogue, chosen: impl IntoIterator<Item = Layout>) -> Vec<Layout> {
    let mut first = 0;
    let mut layouts = Vec::new();
    for (column, (spec, layout)) in catalogue.columns().iter().zip(chosen).enumerate() {
        if !spec.is_counted() {
            continue;
        }
        let layout = Layout { column, first, ..layout };
        first += layout.counters();
        layouts.push(layout);
    }
    layouts
}

/// No column has more counters than 16 bits tell apart.
pub(super) const MOST_COUNTERS: usize = 1 << 16;
const _: () = assert!(HEADLINE_BINS + 2 * TAIL + (ATOMS + 1) * TURNS <= MOST_COUNTERS);

/// Distance in bin widths at which tail octave `octave` begins.
pub(super) fn octave_start(octave: usize) -> f64 {
    2f64.powi(octave as i32) - 1.0
}
