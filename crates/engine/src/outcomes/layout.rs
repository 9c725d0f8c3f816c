//! How a column is counted: a histogram whose range the first trials of the run set, with open tails and exact atoms.

use std::ops::Range;

use super::refine::{FirstValues, MOST_APART, MOST_FINE, Refinement};
use super::survey::counter_of;
use super::threshold::{Threshold, thresholds};
use super::{Catalogue, ColumnSpec, Missing, Tier};
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
/// Values that recur exactly beside a continuous spread are set apart one after another up to this many; with more, each lane looks its
/// own up.
pub(super) const SET_APART: usize = 8;
/// Part of the first values that a bin of a headline column may hold, and one of a yearly column, before it is divided.
const HEADLINE_MOST: f64 = 0.02;
const YEARLY_MOST: f64 = 0.04;
/// Counters of one atom, and of missing values, used in turn: where nearly all lanes hold the same, one counter alone would have each
/// lane wait for the one before it.
pub(super) const TURNS: usize = 8;
/// A range is at least this part of the largest value wide: what differs by rounding alone sets no scale for sums. Bins are divided where
/// more is to be told apart.
const LEAST_SPREAD: f64 = 1e-6;
/// A part of a bin that nobody sees.
const HAIR: f64 = 1e-6;

/// All bins for those of a core: an odd number, so that one lies around the centre.
const fn bins(core: usize) -> usize {
    core + 2 * (core / BESIDE) + 1
}

/// How one column is counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// Position in the catalogue.
    pub column: usize,
    /// Where its bins lie.
    pub(super) placed: Placed,
    pub(super) bins: usize,
    /// Whether every value is a whole number: then each bin is one value.
    pub(super) whole: bool,
    /// Whether the column says yes (1) or no (0).
    pub(super) flag: bool,
    /// Values counted apart.
    pub(super) atoms: Vec<f64>,
    /// How bins that equal widths do not resolve are divided; then values are counted apart by it too.
    pub(super) refinement: Option<Refinement>,
    /// Amounts at which trials are counted one by one.
    pub(super) thresholds: Vec<Threshold>,
    /// Position of its first counter among all counters.
    pub(super) first: usize,
}

impl Layout {
    /// Number of counters: bins, two tails, bins within bins, atoms, missing values, and two for each threshold.
    pub(super) fn counters(&self) -> usize {
        self.threshold(self.thresholds.len())
    }

    /// The counters of an atom among its own.
    pub(super) fn atom(&self, atom: usize) -> Range<usize> {
        let fine = self.refinement.as_ref().map_or(0, Refinement::fine);
        let first = self.bins + 2 * TAIL + fine + atom * TURNS;
        first..first + TURNS
    }

    /// The counter of what lies below a threshold among its own; that of what is equal to it follows.
    pub(super) fn threshold(&self, threshold: usize) -> usize {
        self.missing().end + 2 * threshold
    }

    /// The counters of missing values among its own.
    pub(super) fn missing(&self) -> Range<usize> {
        self.atom(self.atoms.len())
    }

    /// Chooses range, atoms and centre from the first values of a column, and how its bins are divided; `plan` is what the plan run makes
    /// of it, NaN where missing. Its place among the columns and counters is that which [`lay_out`] gives it.
    #[must_use]
    pub fn choose(spec: &ColumnSpec, plan: f64, values: &mut Vec<f64>) -> Self {
        let looked_at = values.len();
        values.retain(|x| x.is_finite());
        // What never comes has its ranks above all that does.
        let ranked = if spec.missing == Missing::Never { looked_at } else { values.len() };
        // What is added makes of −0 a 0.
        values.iter_mut().for_each(|x| *x += 0.0);
        sort(values);
        let (low, high) = values.first().zip(values.last()).map_or((0.0, 0.0), |(low, high)| (*low, *high));
        let (bins, core_bins) = match spec.tier {
            Tier::Headline => (HEADLINE_BINS, HEADLINE_CORE),
            _ => (YEARLY_BINS, YEARLY_CORE),
        };
        let whole = matches!(spec.unit, Unit::Count | Unit::Flag) && high - low < core_bins as f64;
        let placed = match values.first() {
            _ if whole => Placed::around((low + (high - low) / 2.0).floor(), 1.0, bins),
            None => Placed::between((0.0, usual(spec.unit)), usual(spec.unit), core_bins),
            Some(only) if high <= low => Placed::alone(*only, core_bins, bins),
            _ => Placed::between(core(values, ranked, (low, high)), high.abs().max(low.abs()), core_bins),
        };
        let flag = whole && spec.unit == Unit::Flag;
        // Of yes and no all is known.
        let amounts = spec.thresholds.iter().copied().chain([plan]).filter(|_| !flag);
        let mut layout = Self {
            column: 0,
            placed,
            bins,
            whole,
            flag,
            atoms: Vec::new(),
            refinement: None,
            thresholds: thresholds(amounts),
            first: 0,
        };
        if !whole {
            layout.refine(spec.tier, core_bins, values, ranked);
        }
        layout
    }

    /// Sets apart what recurs, and divides bins that hold too much.
    fn refine(&mut self, tier: Tier, core: usize, sorted: &[f64], ranked: usize) {
        let mut recurring = recurring(sorted);
        let most = if tier == Tier::Headline { HEADLINE_MOST } else { YEARLY_MOST };
        recurring.sort_by(f64::total_cmp);
        let first = FirstValues { sorted, ranked, recurring: &recurring, core, most };
        let bounds = |counter| self.bounds(counter);
        let counters = (self.bins + 2 * TAIL, TAIL..TAIL + self.bins);
        let refinement = Refinement::of(&first, counters, bounds, |x| counter_of(self, x), SET_APART);
        self.refinement = refinement;
        self.atoms = recurring;
    }

    /// The stretch of values of a bin, by its counter: of the low tail from far to near, the bins, the high tail from near to far.
    pub(super) fn bounds(&self, counter: usize) -> (f64, f64) {
        let reach = |octave: usize| octave_start(octave) * self.width();
        if counter < TAIL {
            let (octave, low) = (TAIL - 1 - counter, self.edge(0));
            (low - reach(octave + 1), low - reach(octave))
        } else if counter < TAIL + self.bins {
            (self.edge(counter - TAIL), self.edge(counter - TAIL + 1))
        } else {
            let (octave, high) = (counter - TAIL - self.bins, self.edge(self.bins));
            (high + reach(octave), high + reach(octave + 1))
        }
    }

    /// Width of a bin.
    pub(super) fn width(&self) -> f64 {
        self.placed.width
    }

    /// The middle of the bins. Sums are of distances from it, in widths of a bin.
    pub(super) fn centre(&self) -> f64 {
        self.placed.centre
    }

    /// Half of all bins: how far they reach from the centre, in widths.
    pub(super) fn half(&self) -> f64 {
        self.bins as f64 / 2.0
    }

    /// A power of two near the range of the bins, for what is summed up in units of values.
    pub(super) fn scale(&self) -> f64 {
        power_of_two_at_most((self.placed.width * self.bins as f64).min(f64::MAX))
    }

    /// Value at the lower edge of bin `b`.
    pub(super) fn edge(&self, b: usize) -> f64 {
        let (value, bin) = self.placed.edge;
        if b == bin {
            return value;
        }
        self.placed.centre + self.placed.width * (b as f64 - self.half())
    }
}

/// Where bins lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// The middle of all bins.
    pub centre: f64,
    /// Width of one.
    pub width: f64,
    /// A value at which a bin begins, give or take a hair, and which one.
    pub edge: (f64, usize),
}

impl Placed {
    /// The middle one around a value.
    fn around(centre: f64, width: f64, bins: usize) -> Self {
        Self { centre, width, edge: (centre - width / 2.0, bins / 2) }
    }

    /// Where one value alone is known: around it, or, as what has been 0 is seldom below it later, from 0 on; either way so that sums of it
    /// are exact.
    fn alone(value: f64, core: usize, bins: usize) -> Self {
        let size = if value == 0.0 { 1.0 } else { value.abs() };
        let width = size / core as f64;
        if value == 0.0 {
            Self { centre: width / 2.0, width, edge: (0.0, bins / 2) }
        } else {
            Self::around(value, width, bins)
        }
    }

    /// The core's from its lower end on, where what cannot be negative begins; `size` is that of the largest value, as values that differ by
    /// rounding alone set no scale.
    fn between((low, high): (f64, f64), size: f64, core: usize) -> Self {
        let spread = (high - low).min(f64::MAX).max(LEAST_SPREAD * size).max(f64::MIN_POSITIVE * 1e4);
        let width = spread / core as f64;
        // A hair lower, so that the lower end, whatever was rounded, falls into the bin that begins there.
        let centre = low + width * (core as f64 / 2.0 + 0.5 - HAIR);
        Self { centre, width, edge: (low, core / BESIDE) }
    }
}

/// How large a quantity usually is: all that is known of one that no first trial has.
const fn usual(unit: Unit) -> f64 {
    match unit {
        Unit::Millions | Unit::MillionsReal | Unit::MillionsPresent | Unit::Pounds | Unit::Benefit => 100.0,
        Unit::Years => 32.0,
        Unit::Share | Unit::Flag => 1.0,
        Unit::Count | Unit::Officers => 1024.0,
        Unit::Ratio => 8.0,
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

/// The values between which nearly all of those `ranked` lie, so that one far out does not coarsen the bins; the ends where nearly all are
/// one. What never comes is farthest out.
fn core(sorted: &[f64], ranked: usize, ends: (f64, f64)) -> (f64, f64) {
    let out = (OUTSIDE * ranked as f64) as usize;
    let above = out.saturating_sub(ranked - sorted.len());
    match (sorted.get(out), sorted.iter().rev().nth(above)) {
        (Some(first), Some(second)) if first < second => (*first, *second),
        _ => ends,
    }
}

/// The values that recur exactly, the most frequent first: of a smooth spread, none does.
fn recurring(sorted: &[f64]) -> Vec<f64> {
    let mut runs: Vec<&[f64]> =
        sorted.chunk_by(|a, b| a.to_bits() == b.to_bits()).filter(|run| run.len() >= 2).collect();
    runs.sort_by_key(|run| std::cmp::Reverse(run.len()));
    let most = if runs.len() > SET_APART { MOST_APART } else { SET_APART };
    runs.iter().take(most).map(|run| run[0]).collect()
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
const _: () = assert!(HEADLINE_BINS + 2 * TAIL + MOST_FINE + (MOST_APART + 1) * TURNS + 1024 <= MOST_COUNTERS);

/// Distance in bin widths at which tail octave `octave` begins.
pub(super) fn octave_start(octave: usize) -> f64 {
    libm::ldexp(1.0, octave as i32) - 1.0
}

#[cfg(test)]
mod tests {
    use super::{Layout, core};
    use crate::outcomes::survey::find;
    use crate::outcomes::{Catalogue, Missing, Tier};
    use crate::uncertainty::lanes::{BLOCK, Column, Isa};
    use crate::units::Unit;

    #[test]
    fn whole_numbers_have_a_bin_each_where_there_are_as_many() {
        for (tier, highest, whole) in
            [(Tier::Yearly, 255, true), (Tier::Yearly, 256, false), (Tier::Headline, 1000, true)]
        {
            let mut catalogue = Catalogue::default();
            catalogue.add("x".to_owned(), Unit::Count, "made by hand", tier, Missing::Undefined);
            let mut first: Vec<f64> = (0..=highest).map(f64::from).collect();
            let layout = Layout::choose(&catalogue.columns()[0], f64::NAN, &mut first);
            assert_eq!(layout.whole, whole, "0 to {highest}");
            // All of them lie within the bins; each in the middle of its own, or the lowest where its bin begins.
            assert!(layout.edge(0) <= 0.0 && layout.edge(layout.bins) > f64::from(highest));
            let edges: Vec<f64> = (0..layout.bins).map(|bin| layout.edge(bin)).collect();
            assert!(edges.contains(&if whole { -0.5 } else { 0.0 }));
        }
    }

    #[test]
    fn what_never_comes_is_farthest_out() {
        // Of 1,000, one is left out at either end; where one or more never come, those are left out at the upper one.
        let values: Vec<f64> = (0..1000).map(f64::from).collect();
        let between = |ranked| core(&values, ranked, (0.0, 999.0));
        assert_eq!([1000, 1001, 1500].map(between), [(1.0, 998.0), (1.0, 999.0), (1.0, 999.0)]);
    }

    #[test]
    fn bins_at_outer_ranks_hold_less_than_those_in_the_middle() {
        // Evenly spread, but for a twentieth below the others, in two bins: 26 of 1,024 in each, less than the 41 that a bin in the middle
        // may hold. At the fifth percentile 4/25·0.05·0.95·1,024 = 7.8 is the most, 8 at ranks farther out.
        let mut catalogue = Catalogue::default();
        catalogue.add("x".to_owned(), Unit::Millions, "made by hand", Tier::Yearly, Missing::Undefined);
        let x = |k: usize| if k < 52 { k as f64 / 26.0 } else { 2.0 + (k as f64 - 52.0) * 254.0 / 972.0 };
        let values: Vec<f64> = (0..1024).map(x).collect();
        let layout = Layout::choose(&catalogue.columns()[0], f64::NAN, &mut values.clone());
        let mut column = Column::default();
        column.copy_from_slice(&values[..BLOCK]);
        let (mut counters, mut held) = (Column::default(), std::collections::BTreeMap::new());
        find(&layout, &column, &mut counters, Isa::detect());
        counters.iter().take(52).for_each(|counter| *held.entry(counter.to_bits() as u16).or_insert(0) += 1);
        assert!(held.values().all(|held| *held <= 8), "{held:?}");
    }
}
