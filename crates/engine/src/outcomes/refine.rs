//! Bins that equal widths do not resolve are divided again, and values that recur are counted apart: so that a percentile is found
//! also where a few trials lie far from all others, in heaps far apart, and in tails without end.

use std::ops::Range;

use super::layout::TURNS;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, WHOLE, vectorised};

/// Division of a bin of bins of bins ends here: sixteen times as fine each time and more, so that ten orders of magnitude are crossed.
const MOST_LEVELS: usize = 10;
/// Most bins within bins of a column.
pub(super) const MOST_FINE: usize = 8192;
/// Most values that are counted apart.
pub(super) const MOST_APART: usize = 1024;
/// Up to so many divisions are made one after another, whole blocks at a time; with more, each lane is led on by itself.
const ONE_BY_ONE: usize = 24;
/// Bins side by side are divided together, each into so many at least: one pass over a block instead of one a bin.
const FINER: usize = 16;
/// Bins that far apart, counted from one to the next, are divided together with what is between them.
const APART: usize = 4;
/// Most bins of one division.
const MOST_AT_ONCE: usize = 1024;
/// A bin with fewer of the first values is not looked at for being uneven.
const FEW: usize = 12;
/// No bin holds a larger part of the first values than this times `p(1 − p)`, `p` being the rank at its outer end. Of `m` trials in a bin,
/// even but for chance, those before its middle are off by `√(m/4)`; the rank of a percentile has an error of `√(n·p(1 − p))`. Five
/// standard deviations of the one stay within the other where `m/n ≤ 4/25·p(1 − p)`, whatever `n`.
const RANKS: f64 = 4.0 / 25.0;
/// Of first values that are fewer, chance alone makes twice as many: bins with no more are left as they are. At the fifth percentile they
/// are the part that [`RANKS`] allows of 1,024.
const TOO_FEW: f64 = 8.0;
/// A bin is uneven where the values in it stray from even ones by more than chance does once in a thousand (Kolmogorov's limit).
const UNEVEN: f64 = 1.95;

/// One bin, or a run of them side by side, divided into equal ones between two open ones.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Division {
    /// The counters of the bins that are divided, the first and the last.
    of: (usize, usize),
    /// The middle of the first bin, as if it were as wide as the others.
    low: f64,
    width: f64,
    /// Number of all its bins but one.
    last: usize,
    /// The counter of its first bin.
    first: usize,
}

/// How a division counts: the counter stands in the lowest bits of `first` plus the nearest whole number to the distance from `low`.
#[derive(Debug, Clone, Copy)]
struct Rule {
    low: f64,
    per_width: f64,
    last: f64,
    first: f64,
}

impl Rule {
    #[inline(always)]
    fn place(self, value: f64) -> f64 {
        let distance = (value - self.low) * self.per_width;
        let distance = if distance > 0.0 { distance } else { 0.0 };
        self.first + if distance < self.last { distance } else { self.last }
    }
}

impl Division {
    #[inline(always)]
    fn rule(&self) -> Rule {
        Rule { low: self.low, per_width: 1.0 / self.width, last: self.last as f64, first: WHOLE + self.first as f64 }
    }

    fn counter(&self, value: f64) -> usize {
        usize::from(self.rule().place(value).to_bits() as u16)
    }

    /// The stretch of one of its bins, within that of the bin it divides.
    fn bounds(&self, bin: usize, (from, to): (f64, f64)) -> (f64, f64) {
        let edge = |b: usize| (self.low + self.width * (b as f64 - 0.5)).clamp(from, to);
        (if bin == 0 { from } else { edge(bin) }, if bin == self.last { to } else { edge(bin + 1) })
    }
}

vectorised! {
    /// Leads lanes on from the bins that are divided to those of the division.
    fn divide(counters: &mut Column, values: &Column, first: f64, last: f64, rule: Rule) {
        for i in 0..BLOCK {
            let place = rule.place(values[i]);
            let is_divided = counters[i] >= first && counters[i] <= last;
            counters[i] = if is_divided { place } else { counters[i] };
        }
    }
}

/// Which bins of a column are divided, and which hold a value that recurs.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refinement {
    /// By counter: which division divides it, from 1 on; 0 for none.
    divided: Vec<u16>,
    /// By counter: which value counted apart it holds, from 1 on; 0 for none.
    holds: Vec<u16>,
    divisions: Vec<Division>,
}

/// The first values of a column, by which its bins are divided.
pub(super) struct FirstValues<'a> {
    /// All of them, in rising order.
    pub sorted: &'a [f64],
    /// How many have a rank: with those that never come.
    pub ranked: usize,
    /// Values that recur, in rising order.
    pub recurring: &'a [f64],
    /// Bins of the column, over nearly all values.
    pub core: usize,
    /// Part of those with a rank that no bin may hold more of.
    pub most: f64,
}

impl FirstValues<'_> {
    fn recurs(&self, value: f64) -> bool {
        self.recurring.binary_search_by(|known| known.total_cmp(&value)).is_ok()
    }

    /// Whether equal widths leave too much in a bin, given the values in it: too many, several that recur, or unevenly spread.
    fn wants_division(&self, inside: &[f64], (from, to): (f64, f64)) -> bool {
        if inside.first() >= inside.last() {
            return false;
        }
        let recurring = inside.chunk_by(|a, b| a.to_bits() == b.to_bits()).filter(|run| self.recurs(run[0])).count();
        let others: Vec<f64> = inside.iter().copied().filter(|x| !self.recurs(*x)).collect();
        recurring > 1
            || others.len() as f64 > self.most_in(inside)
            || others.len() >= FEW && strays(&others, from, to) > UNEVEN
    }

    /// How many may lie in the bin of some of them.
    fn most_in(&self, inside: &[f64]) -> f64 {
        let before = self.sorted.partition_point(|x| *x < inside[0]);
        let after = self.ranked - before - inside.len();
        let ranked = self.ranked as f64;
        let p = before.min(after) as f64 / ranked;
        (self.most.min(RANKS * p * (1.0 - p)) * ranked).max(TOO_FEW)
    }

    /// How bins side by side are divided: more finely the more they hold.
    fn division(&self, inside: &[f64], of: (usize, usize), first: usize) -> Division {
        let (low, high) = (inside[0], inside[inside.len() - 1]);
        let part = inside.len() as f64 / self.sorted.len() as f64;
        let least = FINER * (of.1 - of.0 + 1);
        let bins = ((self.core as f64 * part) as usize).max(least).next_power_of_two().clamp(32, MOST_AT_ONCE);
        let least = 4.0 * f64::EPSILON * low.abs().max(high.abs());
        let width = ((high - low) / (bins as f64 - 1.0)).max(least).max(f64::MIN_POSITIVE);
        // The second bin is around the smallest value.
        Division { of, low: low - width, width, last: bins + 1, first }
    }
}

/// Kolmogorov's distance of sorted values from even ones, in units of what chance makes it.
fn strays(sorted: &[f64], from: f64, to: f64) -> f64 {
    let n = sorted.len() as f64;
    let farthest = sorted.iter().enumerate().fold(0.0, |farthest: f64, (i, x)| {
        let even = (x - from) / (to - from);
        farthest.max((even - i as f64 / n).abs()).max(((i + 1) as f64 / n - even).abs())
    });
    farthest * n.sqrt()
}

/// Bins side by side that are divided together.
struct Run<'a> {
    /// The first values in them, in rising order.
    inside: &'a [f64],
    /// Their counters, the first and the last.
    of: (usize, usize),
    /// Their stretch.
    bounds: (f64, f64),
}

/// The bins that want to be divided. Of bins of one width, those side by side, or with next to nothing between them, make one run.
fn runs<'a>(
    values: &FirstValues<'a>,
    equal: &Range<usize>,
    bounds: impl Fn(usize) -> (f64, f64),
    counter_of: impl Fn(f64) -> usize,
) -> Vec<Run<'a>> {
    let mut runs: Vec<Run<'a>> = Vec::new();
    // Where the values of the last run begin, and those of the present bin.
    let (mut from, mut at) = (0, 0);
    for inside in values.sorted.chunk_by(|a, b| counter_of(*a) == counter_of(*b)) {
        let (counter, start) = (counter_of(inside[0]), at);
        at += inside.len();
        if !values.wants_division(inside, bounds(counter)) {
            continue;
        }
        let joins = |run: &&mut Run<'a>| {
            let (first, last) = run.of;
            equal.contains(&first)
                && equal.contains(&counter)
                && counter - last <= APART
                && FINER * (counter - first + 1) <= MOST_AT_ONCE
        };
        match runs.last_mut().filter(joins) {
            Some(run) => {
                run.inside = &values.sorted[from..at];
                (run.of.1, run.bounds.1) = (counter, bounds(counter).1);
            }
            None => {
                from = start;
                runs.push(Run { inside, of: (counter, counter), bounds: bounds(counter) });
            }
        }
    }
    runs
}

impl Refinement {
    /// Divides what equal widths do not resolve: `bounds` tells the stretch of each of `counters` bins, those in `equal` of one width and
    /// the others tails, and `counter_of` the one a value falls into. `None` where nothing has to be divided and few enough values recur
    /// to be set apart one after another.
    pub fn of(
        values: &FirstValues<'_>,
        (counters, equal): (usize, Range<usize>),
        bounds: impl Fn(usize) -> (f64, f64),
        counter_of: impl Fn(f64) -> usize,
        set_apart: usize,
    ) -> Option<Self> {
        let mut all = Self { divided: vec![0; counters], holds: Vec::new(), divisions: Vec::new() };
        runs(values, &equal, bounds, &counter_of).iter().for_each(|run| all.divide(values, run, 0));
        if all.divisions.is_empty() && values.recurring.len() <= set_apart {
            return None;
        }
        all.holds = vec![0; all.divided.len()];
        for (k, value) in values.recurring.iter().enumerate() {
            let counter = all.finest(counter_of(*value), *value);
            all.holds[counter] = k as u16 + 1;
        }
        Some(all)
    }

    fn divide(&mut self, values: &FirstValues<'_>, run: &Run<'_>, level: usize) {
        if level == MOST_LEVELS || self.fine() + MOST_AT_ONCE + 2 > MOST_FINE {
            return;
        }
        let division = values.division(run.inside, run.of, self.divided.len());
        self.divisions.push(division);
        let number = self.divisions.len() as u16;
        self.divided[run.of.0..=run.of.1].fill(number);
        self.divided.resize(self.divided.len() + division.last + 1, 0);
        for inside in run.inside.chunk_by(|a, b| division.counter(*a) == division.counter(*b)) {
            let counter = division.counter(inside[0]);
            let bounds = division.bounds(counter - division.first, run.bounds);
            // Only what is narrower than before can be told apart any better.
            let is_narrower = inside.len() < run.inside.len()
                || bounds.1 - bounds.0 < run.inside[run.inside.len() - 1] - run.inside[0];
            if is_narrower && values.wants_division(inside, bounds) {
                self.divide(values, &Run { inside, of: (counter, counter), bounds }, level + 1);
            }
        }
    }

    /// Bins within bins.
    pub fn fine(&self) -> usize {
        self.divisions.iter().map(|d| d.last + 1).sum()
    }

    /// The finest bin of a value that falls into a counter.
    #[inline(always)]
    fn finest(&self, counter: usize, value: f64) -> usize {
        let mut counter = counter;
        while let Some(division) = self.division(counter) {
            counter = division.counter(value);
        }
        counter
    }

    #[inline(always)]
    fn division(&self, counter: usize) -> Option<&Division> {
        let division = usize::from(self.divided[counter]);
        (division > 0).then(|| &self.divisions[division - 1])
    }

    /// Leads each lane on from the counter that stands in the lowest bits to that of its finest bin.
    #[inline(always)]
    pub fn locate(&self, isa: Isa, values: &Column, counters: &mut Column) {
        if self.divisions.len() > ONE_BY_ONE {
            return self.locate_by_lane(values, counters);
        }
        for division in &self.divisions {
            let (first, last) = (WHOLE + division.of.0 as f64, WHOLE + division.of.1 as f64);
            divide(isa, counters, values, first, last, division.rule());
        }
    }

    fn locate_by_lane(&self, values: &Column, counters: &mut Column) {
        for i in 0..BLOCK {
            let coarse = usize::from(counters[i].to_bits() as u16);
            // A missing value has a counter beyond all bins.
            if coarse < self.divided.len() {
                counters[i] = WHOLE + self.finest(coarse, values[i]) as f64;
            }
        }
    }

    /// Gives values that recur counters of their own, which begin at `apart`, lane by lane.
    pub fn set_apart(&self, values: &Column, counters: &mut Column, recurring: &[f64], apart: usize) {
        for i in 0..BLOCK {
            let counter = usize::from(counters[i].to_bits() as u16);
            let Some(held) = self.holds.get(counter).copied().map(usize::from).filter(|held| *held > 0) else {
                continue;
            };
            // Nothing added to it makes of −0 a 0.
            if (values[i] + 0.0).to_bits() == recurring[held - 1].to_bits() {
                counters[i] = WHOLE + (apart + (held - 1) * TURNS + i % TURNS) as f64;
            }
        }
    }

    /// Hands over the finest bins of so many counters that hold something, in rising order, each with its stretch.
    pub fn each(
        &self,
        counters: usize,
        holds: &impl Fn(usize) -> bool,
        bounds: impl Fn(usize) -> (f64, f64),
        hand: &mut impl FnMut(usize, (f64, f64)),
    ) {
        let mut counter = 0;
        while counter < counters {
            match self.division(counter) {
                None if holds(counter) => hand(counter, bounds(counter)),
                None => {}
                Some(division) => {
                    let (first, last) = division.of;
                    self.each_within(division, (bounds(first).0, bounds(last).1), holds, hand);
                    counter = last;
                }
            }
            counter += 1;
        }
    }

    fn each_within(
        &self,
        division: &Division,
        bounds: (f64, f64),
        holds: &impl Fn(usize) -> bool,
        hand: &mut impl FnMut(usize, (f64, f64)),
    ) {
        for bin in 0..=division.last {
            let counter = division.first + bin;
            match self.division(counter) {
                None if holds(counter) => hand(counter, division.bounds(bin, bounds)),
                None => {}
                Some(inner) => self.each_within(inner, division.bounds(bin, bounds), holds, hand),
            }
        }
    }

    /// Numbers that tell refinements apart.
    pub fn marks(&self) -> impl Iterator<Item = u64> + '_ {
        let of = |d: &Division| {
            [d.low.to_bits(), d.width.to_bits(), d.last as u64, d.first as u64, d.of.0 as u64, d.of.1 as u64]
        };
        let held = self.holds.iter().chain(&self.divided).map(|x| u64::from(*x));
        self.divisions.iter().flat_map(of).chain(held)
    }
}
