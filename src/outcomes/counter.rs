//! Counts blocks of outcomes, one worker's at a time.

use super::Ratio;
use super::accumulator::{Accumulator, Plan, RatioSums, Sums, fixed, fixed_squares};
use super::layout::find;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// What one worker counts into. Its newest counts are half as wide as those of an [`Accumulator`]: they leave room in the second cache
/// for what a block needs.
#[derive(Debug)]
pub struct Counter {
    settled: Accumulator,
    /// The newest counts of each group.
    fresh: Vec<Fresh>,
}

/// The newest counts of one group, not yet added to the settled ones.
#[derive(Debug, Clone, Default)]
struct Fresh {
    counters: Vec<u16>,
    trials: usize,
}

impl Counter {
    /// Goes on from what was counted before.
    #[must_use]
    pub fn new(before: Accumulator) -> Self {
        let fresh = Fresh { counters: vec![0; before.plan.counters], trials: 0 };
        Self { fresh: vec![fresh; before.groups.len()], settled: before }
    }

    /// Adds the first `lanes` trials of a block to group `group`.
    pub fn add(&mut self, columns: &[Column], lanes: usize, group: usize, isa: Isa) {
        if self.fresh[group].trials + lanes > usize::from(u16::MAX) {
            self.settle(group);
        }
        let (into, fresh) = (&mut self.settled.groups[group], &mut self.fresh[group]);
        into.trials += lanes as u64;
        fresh.trials += lanes;
        count(isa, &mut fresh.counters, &mut into.sums, &self.settled.plan, columns, lanes);
        for ((ratio, sums), scale) in
            self.settled.plan.ratios.iter().zip(&mut into.ratios).zip(&self.settled.plan.ratio_scales)
        {
            add_ratio(sums, ratio, columns, lanes, *scale);
        }
    }

    /// All that was counted.
    pub fn counted(&mut self) -> &Accumulator {
        (0..self.fresh.len()).for_each(|group| self.settle(group));
        &self.settled
    }

    fn settle(&mut self, group: usize) {
        let Fresh { counters, trials } = &mut self.fresh[group];
        if *trials > 0 {
            let settled = &mut self.settled.groups[group].counters;
            settled.iter_mut().zip(counters).for_each(|(all, new)| *all += u32::from(std::mem::take(new)));
            *trials = 0;
        }
    }
}

fn add_ratio(sums: &mut RatioSums, ratio: &Ratio, columns: &[Column], lanes: usize, scale: f64) {
    let mut totals = [0.0_f64; 5];
    let (numerator, denominator) = (&columns[ratio.numerator], &columns[ratio.denominator]);
    for i in 0..lanes {
        let x = numerator[i] + ratio.extra.map_or(0.0, |extra| columns[extra][i]);
        let y = denominator[i];
        for (total, term) in totals.iter_mut().zip([x, y, x * x, y * y, x * y]) {
            *total += term;
        }
    }
    sums.add(&RatioSums {
        numerator: fixed(totals[0], scale),
        denominator: fixed(totals[1], scale),
        numerator_squared: fixed_squares(totals[2], scale),
        denominator_squared: fixed_squares(totals[3], scale),
        product: fixed(totals[4], scale * scale),
    });
}

/// Adds to a counter. One that the layout cannot name is not counted anywhere: it cannot arise.
fn increase(all: &mut [u16], counter: u32) {
    if let Some(count) = all.get_mut(counter as usize) {
        *count += 1;
    }
}

/// Half a column.
type Half = [f64; BLOCK / 2];

/// The sum of a column whose upper half has been added to its lower one: by halves of halves, an order that vectorises and gives the
/// same bits everywhere. The column is overwritten.
#[inline(always)]
fn fold(column: &mut Half) -> f64 {
    let mut half = BLOCK / 4;
    while half > 0 {
        let (low, high) = column.split_at_mut(half);
        low.iter_mut().zip(high).for_each(|(a, b)| *a += *b);
        half /= 2;
    }
    column[0]
}

vectorised! {
    /// Counts the first `lanes` lanes of every column and adds them up.
    fn count[isa](counters: &mut [u16], sums: &mut [Sums], plan: &Plan, columns: &[Column], lanes: usize) {
        let mut found = [0_u32; BLOCK];
        let (mut first, mut second) = ([0.0; BLOCK / 2], [0.0; BLOCK / 2]);
        for (layout, sums) in plan.layouts.iter().zip(sums) {
            let (mut values, mut cut_off) = (&columns[layout.column], None);
            if lanes < BLOCK {
                let own = cut_off.insert(*values);
                own[lanes..].fill(f64::NAN);
                values = own;
            }
            find(layout, values, &mut found, isa);
            found[..lanes].iter().for_each(|counter| increase(counters, *counter));
            centre(isa, &mut first, &mut second, values, layout.centre);
            let (first, second) = (fold(&mut first), fold(&mut second));
            sums.add(&Sums { first: fixed(first, layout.scale), second: fixed_squares(second, layout.scale) });
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
}
