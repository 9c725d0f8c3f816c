//! Counts blocks of outcomes, one worker's at a time.

use std::sync::{Arc, Mutex, PoisonError};

use super::Ratio;
use super::accumulator::{Accumulator, Plan, RatioSums, Sums, fixed, fixed_squares};
use super::layout::{Layout, MOST_COUNTERS, TAIL};
use super::survey::find;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// What one worker has newly counted, of one group at a time: counters half as wide as those of an [`Accumulator`], and one set of them
/// alone, leave room in the second cache for what a block needs.
#[derive(Debug)]
pub struct Counter {
    plan: Arc<Plan>,
    /// The group whose trials these are.
    group: usize,
    trials: usize,
    counters: Vec<u16>,
    sums: Vec<Sums>,
    ratios: Vec<RatioSums>,
}

impl Counter {
    /// Nothing is counted yet.
    #[must_use]
    pub fn new(plan: Arc<Plan>) -> Self {
        Self {
            group: 0,
            trials: 0,
            // Room beyond the last, so that every column has a window of the same size.
            counters: vec![0; plan.counters + MOST_COUNTERS],
            sums: vec![Sums::default(); plan.layouts.len()],
            ratios: vec![RatioSums::default(); plan.ratios.len()],
            plan,
        }
    }

    /// Adds the first `lanes` trials of a block to group `group`; what was counted of another, or more than there is room for, is
    /// settled before.
    pub fn add(&mut self, columns: &[Column], lanes: usize, group: usize, isa: Isa, settled: &Mutex<Accumulator>) {
        if group != self.group || self.trials + lanes > usize::from(u16::MAX) {
            self.settle(settled);
        }
        self.group = group;
        self.trials += lanes;
        count(isa, &mut self.counters, &mut self.sums, &self.plan, columns, lanes);
        let ratios = self.plan.ratios.iter().zip(&mut self.ratios).zip(&self.plan.ratio_scales);
        ratios.for_each(|((ratio, sums), scale)| add_ratio(sums, ratio, columns, lanes, *scale));
    }

    /// Moves what was counted to where all is settled.
    pub fn settle(&mut self, settled: &Mutex<Accumulator>) {
        if self.trials == 0 {
            return;
        }
        let mut settled = settled.lock().unwrap_or_else(PoisonError::into_inner);
        let into = &mut settled.groups[self.group];
        into.trials += std::mem::take(&mut self.trials) as u64;
        into.counters.iter_mut().zip(&mut self.counters).for_each(|(all, new)| *all += u32::from(std::mem::take(new)));
        into.sums.iter_mut().zip(&mut self.sums).for_each(|(all, new)| all.add(&std::mem::take(new)));
        into.ratios.iter_mut().zip(&mut self.ratios).for_each(|(all, new)| all.add(&std::mem::take(new)));
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

/// The counters of one column, and some of those after it.
type Own = [u16; MOST_COUNTERS];

/// How many trials say yes, no, nothing.
struct Said {
    yes: u16,
    no: u16,
    nothing: u16,
}

/// Counts a column of yes and no; none where it holds anything else.
#[inline(always)]
fn said(isa: Isa, values: &Column, lanes: usize) -> Option<Said> {
    let (mut yes, mut no, mut nothing) = (0, 0, 0);
    tally(isa, values, &mut yes, &mut no, &mut nothing);
    let said = Said { yes: yes as u16, no: no as u16, nothing: nothing as u16 - (BLOCK - lanes) as u16 };
    (usize::from(said.yes + said.no + said.nothing) == lanes).then_some(said)
}

impl Said {
    #[inline(always)]
    fn count(&self, layout: &Layout, own: &mut Own, sums: &mut Sums) {
        let distance = |value: f64| value - layout.centre();
        let at = |value: f64| (distance(value) + (TAIL + layout.bins / 2) as f64) as usize;
        own[at(0.0)] += self.no;
        own[at(1.0)] += self.yes;
        own[layout.missing().start] += self.nothing;
        let of = |trials: u16, value: f64| {
            (f64::from(trials) * distance(value), f64::from(trials) * distance(value) * distance(value))
        };
        let (yes, no) = (of(self.yes, 1.0), of(self.no, 0.0));
        sums.add(&Sums::of(yes.0 + no.0, yes.1 + no.1, 0.0));
    }
}

vectorised! {
    /// Counts the first `lanes` lanes of every column and adds them up.
    fn count[isa](counters: &mut [u16], sums: &mut [Sums], plan: &Plan, columns: &[Column], lanes: usize) {
        let mut found = Column::default();
        for (layout, sums) in plan.layouts.iter().zip(sums) {
            let (mut values, mut cut_off) = (&columns[layout.column], None);
            if lanes < BLOCK {
                let own = cut_off.insert(*values);
                own[lanes..].fill(f64::NAN);
                values = own;
            }
            let Some(own) = counters.get_mut(layout.first..).and_then(|own| own.first_chunk_mut()) else { continue };
            if layout.flag && let Some(said) = said(isa, values, lanes) {
                said.count(layout, own, sums);
                continue;
            }
            let survey = find(layout, values, &mut found, isa);
            // Sixteen bits lie within the window: nothing is left to be checked.
            found[..lanes].iter().for_each(|counter| own[usize::from(counter.to_bits() as u16)] += 1);
            for (k, threshold) in layout.thresholds.iter().enumerate() {
                let (below, equal) = threshold.count(isa, values);
                let at = layout.threshold(k);
                own[at] += below;
                own[at + 1] += equal;
            }
            sums.add(&Sums::of(survey.first, survey.second, survey.farthest));
        }
    }

    /// How many values are 1, 0 and missing.
    fn tally(values: &Column, yes: &mut u64, no: &mut u64, nothing: &mut u64) {
        for i in 0..BLOCK {
            *yes += u64::from((values[i] - 1.0).abs() <= 0.0);
            *no += u64::from(values[i] == 0.0);
            *nothing += u64::from(values[i].is_nan());
        }
    }
}
