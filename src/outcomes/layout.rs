//! How a column is counted: a histogram whose range the first trials of the run set, with open tails and exact atoms.

use std::ops::Range;

use super::{Catalogue, ColumnSpec, Tier};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, WHOLE, vectorised};
use crate::units::Unit;

/// Bins of a headline column and of a yearly one. A bin of a normal spread is 0.006 and 0.024 of its standard deviation wide, and
/// values are taken as even within it: that moves a percentile by less than a fiftieth of its Monte Carlo error at a million trials.
/// Few bins stay in the cache.
const HEADLINE_BINS: usize = 1024;
const YEARLY_BINS: usize = 256;
/// Part of the first values that the bins leave to each tail.
const OUTSIDE: f64 = 0.001;
/// Bins of each tail, one an octave of the distance from the range in bin widths.
pub(super) const TAIL: usize = 64;
/// Values that may recur exactly beside a continuous spread, counted apart: at most this many.
const ATOMS: usize = 8;
/// Counters of one atom, and of missing values, used in turn: where nearly all lanes hold the same, one counter alone would have each
/// lane wait for the one before it.
const TURNS: usize = 8;
/// A range is at least this wide.
const LEAST_SPREAD: f64 = 1e-6;

/// How one column is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Position in the catalogue.
    pub column: usize,
    /// Lower edge of the first bin, or the smallest whole number.
    pub(super) low: f64,
    /// Width of a bin.
    pub(super) width: f64,
    pub(super) bins: usize,
    /// Whether every value is a whole number: then each bin is one value.
    pub(super) whole: bool,
    /// Whether the column says yes (1) or no (0).
    pub(super) flag: bool,
    /// Values counted apart.
    pub(super) atoms: Vec<f64>,
    /// Centre of sums, near the mean.
    pub(super) centre: f64,
    /// A power of two near the spread: sums are kept in units of it.
    pub(super) scale: f64,
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
        let centre = if values.is_empty() { 0.0 } else { values.iter().sum::<f64>() / values.len() as f64 };
        // Values that differ by rounding alone set no scale.
        let size = high.abs().max(low.abs());
        let (low, high) = if whole { (low, high) } else { core(values, low, high) };
        let spread = if high > low { (high - low).max(1e-6 * size) } else { size }.max(LEAST_SPREAD);
        let bins = if spec.tier == Tier::Headline { HEADLINE_BINS } else { YEARLY_BINS };
        // Whole numbers below the first ones met have bins too.
        let (low, width) = if whole { (low - 64.5, 1.0) } else { (low, spread / bins as f64) };
        let scale = power_of_two_at_most(if whole { spread.max(1.0) } else { spread });
        Self {
            column: 0,
            low,
            width,
            bins,
            whole,
            flag: whole && spec.unit == Unit::Flag,
            atoms,
            centre,
            scale,
            first: 0,
        }
    }

    /// Value at the lower edge of bin `b`.
    pub(super) fn edge(&self, b: usize) -> f64 {
        self.low + self.width * b as f64
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

/// Half a column.
pub(super) type Half = [f64; BLOCK / 2];

/// What is counted of a column: of each lane its counter, from the first one on, in the lowest bits; of each pair of lanes, one from
/// either half, the sum of their distances from the centre and of their squares, 0 where a value is missing.
#[derive(Debug)]
pub(super) struct Found {
    pub counters: Column,
    pub first: Half,
    pub second: Half,
}

impl Found {
    pub const fn new() -> Self {
        Self { counters: Column::splat(0.0), first: [0.0; BLOCK / 2], second: [0.0; BLOCK / 2] }
    }
}

/// Finds the counter of each lane of a column, and its distance from the centre. Most blocks of most columns lie within the bins.
#[inline(always)]
pub(super) fn find(layout: &Layout, values: &Column, found: &mut Found, isa: Isa) {
    let (low, per_width, bins) = (layout.low, 1.0 / layout.width, layout.bins as f64);
    let mut outside = 0;
    survey(isa, found, values, low, per_width, bins, layout.centre, &mut outside);
    if outside > 0 {
        locate(isa, &mut found.counters, values, low, per_width, bins, layout.missing().start as f64);
        centre(isa, &mut found.first, &mut found.second, values, layout.centre);
    }
    for (i, atom) in layout.atoms.iter().enumerate() {
        set_apart(isa, &mut found.counters, values, *atom, layout.atom(i).start as f64 + WHOLE);
    }
}

/// Which of several counters each lane uses.
static TURN: Column = {
    let mut turn = Column::splat(0.0);
    let mut i = 0;
    while i < BLOCK {
        turn.0[i] = (i % TURNS) as f64;
        i += 1;
    }
    turn
};

vectorised! {
    /// What is found of a column of which every value lies within the bins, or no more than one width beside them; how many do not.
    fn survey(found: &mut Found, values: &Column, low: f64, per_width: f64, bins: f64, centre: f64, outside: &mut u64) {
        let Found { counters, first, second } = found;
        let (middle, reach) = (bins / 2.0, bins / 2.0 + 1.0);
        for i in 0..BLOCK / 2 {
            let (x, y) = (values[i], values[i + BLOCK / 2]);
            let (at_x, at_y) = ((x - low) * per_width, (y - low) * per_width);
            counters[i] = (at_x + TAIL as f64).floor() + WHOLE;
            counters[i + BLOCK / 2] = (at_y + TAIL as f64).floor() + WHOLE;
            *outside += u64::from(!((at_x - middle).abs() < reach && (at_y - middle).abs() < reach));
            let (a, b) = (x - centre, y - centre);
            first[i] = a + b;
            second[i] = a * a + b * b;
        }
    }

    /// `x − centre` and its square, the upper half added to the lower; 0 where a value is missing.
    fn centre(first: &mut Half, second: &mut Half, values: &Column, centre: f64) {
        let from_centre = |i: usize| if values[i].is_nan() { 0.0 } else { values[i] - centre };
        for i in 0..BLOCK / 2 {
            let (a, b) = (from_centre(i), from_centre(i + BLOCK / 2));
            first[i] = a + b;
            second[i] = a * a + b * b;
        }
    }

    /// Counters in order: the low tail from far to near, the bins, the high tail from near to far, the atoms, missing.
    fn locate(counters: &mut Column, values: &Column, low: f64, per_width: f64, bins: f64, missing: f64) {
        let tail = TAIL as f64;
        for i in 0..BLOCK {
            let at = (values[i] - low) * per_width;
            let above = at - bins;
            let out = octave(if above > -at { above } else { -at });
            let mut counter = if at < 0.0 { tail - 1.0 - out } else { at + tail };
            counter = if above >= 0.0 { tail + bins + out } else { counter };
            counter = if at.is_nan() { missing + TURN.0[i] } else { counter };
            counters[i] = counter.floor() + WHOLE;
        }
    }

    /// Gives an exact value its own counters, from the first one on.
    fn set_apart(counters: &mut Column, values: &Column, atom: f64, first: f64) {
        for i in 0..BLOCK {
            counters[i] = if (values[i] - atom).abs() <= 0.0 { first + TURN.0[i] } else { counters[i] };
        }
    }
}

/// Octave of a distance in bin widths: 0 below 1, then 1 + ⌊log₂⌋, at most `TAIL − 1`.
#[inline(always)]
fn octave(distance: f64) -> f64 {
    let bits = (distance + 1.0).to_bits() >> 52;
    let octave = f64::from_bits(WHOLE.to_bits() | bits) - (WHOLE + 1023.0);
    if octave < TAIL as f64 - 1.0 { octave } else { TAIL as f64 - 1.0 }
}

/// Distance in bin widths at which tail octave `octave` begins.
pub(super) fn octave_start(octave: usize) -> f64 {
    2f64.powi(octave as i32) - 1.0
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Column, Found, Isa, Layout, find, locate};
    use crate::outcomes::{Catalogue, Missing, Tier};
    use crate::units::Unit;

    /// What is found of 128 values that lie evenly between two places, in bin widths from the first bin's lower edge.
    fn found(from: f64, to: f64) -> (Found, Column, Layout) {
        let mut catalogue = Catalogue::default();
        catalogue.add("x".to_owned(), Unit::Millions, "made by hand", Tier::Yearly, Missing::Undefined);
        let mut first: Vec<f64> = (0..1024).map(|i| 3.0 + 0.013 * f64::from(i)).collect();
        let layout = Layout::choose(&catalogue.columns()[0], &mut first);
        let mut values = Column::default();
        for (i, value) in values.iter_mut().enumerate() {
            let place = from + (to - from) * (i as f64 + 0.37) / BLOCK as f64;
            *value = layout.low + layout.width * place;
        }
        let mut found = Found::new();
        find(&layout, &values, &mut found, Isa::detect());
        (found, values, layout)
    }

    #[test]
    fn a_block_within_the_bins_is_counted_as_one_with_tails_would_be() {
        let bins = 256.0;
        // Within the bins and one width beside them; then far beyond either end, where the tails are looked at.
        for (from, to) in
            [(0.0, bins), (-1.0, bins + 1.0), (-1.0, 2.0), (bins - 1.0, bins + 1.0), (-500.0, bins + 900.0)]
        {
            let (found, values, layout) = found(from, to);
            assert_eq!(layout.bins, 256);
            let mut counters = Column::default();
            let missing = layout.missing().start as f64;
            locate(Isa::Baseline, &mut counters, &values, layout.low, 1.0 / layout.width, bins, missing);
            assert_eq!(found.counters, counters, "from {from} to {to}");
            for (i, (first, second)) in found.first.iter().zip(&found.second).enumerate() {
                let (a, b) = (values[i] - layout.centre, values[i + BLOCK / 2] - layout.centre);
                assert!((first - (a + b)).abs() < 1e-12 && (second - (a * a + b * b)).abs() < 1e-9);
            }
        }
    }

    #[test]
    fn one_missing_value_is_missing_and_no_distance() {
        let (mut found, mut values, layout) = found(0.0, 256.0);
        values[5] = f64::NAN;
        find(&layout, &values, &mut found, Isa::detect());
        let counter = (found.counters[5].to_bits() & 0xffff) as usize;
        assert!(layout.missing().contains(&counter));
        let alone = values[5 + BLOCK / 2] - layout.centre;
        assert!((found.first[5] - alone).abs() < 1e-12);
    }
}
