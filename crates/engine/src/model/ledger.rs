//! A force's year in money: structural gap, planned and emergency cuts, reserves (MODEL section 6).

use super::lane::{max, min};
use super::parameters::PolicyColumns;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Emergency cuts raise lasting service cuts up to this share of spending.
const MOST_CUTS: f64 = 0.5;

/// A balance smaller than this share of spending is what rounding leaves of 0.
const ROUNDING: f64 = 1e-12;

/// The ledger of one force, with the alliances or standalone, in one block.
#[derive(Debug, Clone)]
pub(super) struct Ledger {
    /// Recurring service cuts so far, start prices.
    pub cuts: Column,
    pub reserves: Column,
    pub planned: Column,
    pub emergency: Column,
    pub restored: Column,
    pub reinvestment: Column,
    pub lowest: Column,
    pub breached: Column,
    pub not_viable: Column,
    pub all_cuts: Column,
    /// By how much what it plans on is worse than this year's balance; 0 where nobody looks ahead.
    ahead: Column,
}

/// What comes in and goes out of a ledger in a year, £m cash.
pub(super) struct YearBook<'a> {
    pub funding: &'a Column,
    /// Income of equalisation.
    pub equalisation: &'a Column,
    pub spending: &'a Column,
    /// Additional savings less programme teams and instalments.
    pub structural: &'a Column,
    /// Other investment, and what the year's incidents cost.
    pub other: &'a Column,
    pub cost_index: &'a Column,
    /// £1 of the year in start prices: 1 over `cost_index`.
    pub start_prices: &'a Column,
    /// What is expected of next year, where forces look ahead.
    pub next: Option<Next<'a>>,
}

/// Next year as it is expected.
#[derive(Clone, Copy)]
pub(super) struct Next<'a> {
    /// Funding less spending before cuts, equalisation and alliances.
    pub gap: &'a Column,
    pub cost_index: &'a Column,
}

impl Ledger {
    pub fn new() -> Self {
        let zero = Column::default();
        Self {
            cuts: zero,
            reserves: zero,
            planned: zero,
            emergency: zero,
            restored: zero,
            reinvestment: zero,
            lowest: zero,
            breached: zero,
            not_viable: zero,
            all_cuts: zero,
            ahead: zero,
        }
    }

    /// Opens with reserves of `reserves`.
    pub fn open(&mut self, reserves: f64) {
        *self = Self::new();
        self.reserves = Column::splat(reserves);
        self.lowest = Column::splat(f64::INFINITY);
    }

    /// Runs one year.
    pub fn run(&mut self, book: &YearBook<'_>, policy: &PolicyColumns, opening: f64, isa: Isa) {
        if let Some(next) = &book.next {
            look_ahead(
                isa,
                &mut self.ahead,
                &self.cuts,
                book.funding,
                book.equalisation,
                book.spending,
                book.structural,
                book.cost_index,
                next.gap,
                next.cost_index,
                &policy.foresight,
            );
        }
        run(
            isa,
            &mut self.cuts,
            &mut self.reserves,
            &mut self.planned,
            &mut self.emergency,
            &mut self.restored,
            &mut self.reinvestment,
            &mut self.lowest,
            &mut self.breached,
            &mut self.not_viable,
            &mut self.all_cuts,
            book.funding,
            book.equalisation,
            book.spending,
            book.structural,
            book.other,
            book.cost_index,
            book.start_prices,
            &self.ahead,
            &policy.gap_closure,
            &policy.min_reserves,
            &policy.max_reserves,
            &policy.cut_recurrence,
            opening,
        );
    }
}

vectorised! {
    /// By how much what a force plans on is worse than this year's balance.
    fn look_ahead(
        ahead: &mut Column, cuts: &Column, funding: &Column, equalisation: &Column, spending: &Column, alliances: &Column,
        index: &Column, gap: &Column, next_index: &Column, foresight: &Column,
    ) {
        for i in 0..BLOCK {
            let balance = funding[i] + equalisation[i] - (spending[i] - cuts[i] * index[i]) + alliances[i];
            let structural = if balance.abs() > ROUNDING * spending[i] { balance } else { 0.0 };
            let next = gap[i] + equalisation[i] + cuts[i] * next_index[i] + alliances[i];
            ahead[i] = foresight[i] * max(structural - next, 0.0);
        }
    }

    /// Structural balance, planned cut or restoration, what is left for reserves to bear; emergency cuts at the floor; at the ceiling what
    /// recurs restores and the rest is reinvested. One pass: what one step leaves to the next never goes to memory.
    fn run(
        cuts: &mut Column, reserves: &mut Column, planned: &mut Column, emergency: &mut Column, restored: &mut Column,
        reinvestment: &mut Column, lowest: &mut Column, breached: &mut Column, not_viable: &mut Column, all_cuts: &mut Column,
        funding: &Column, equalisation: &Column, spending: &Column, alliances: &Column, other: &Column, index: &Column,
        start_prices: &Column, ahead: &Column, gap_closure: &Column, least: &Column, most: &Column, recurrence: &Column, opening: f64,
    ) {
        for i in 0..BLOCK {
            let cut_already = cuts[i] * index[i];
            let negligible = ROUNDING * spending[i];
            let balance = funding[i] + equalisation[i] - (spending[i] - cut_already) + alliances[i];
            let structural = if balance.abs() > negligible { balance } else { 0.0 };
            // What it plans on: never better than this year's balance.
            let planned_on = structural - ahead[i];
            let plans = gap_closure[i] * max(-planned_on, 0.0);
            let restores = gap_closure[i] * max(min(planned_on, cut_already), 0.0);
            let cut = cuts[i] + (plans - restores) * start_prices[i];
            let left = reserves[i] + (structural + plans - restores - other[i]);

            let floor = least[i] * spending[i];
            let ceiling = max(most[i] * spending[i], opening);
            let shortfall = if floor - left > negligible { floor - left } else { 0.0 };
            let wanted = cut + recurrence[i] * shortfall * start_prices[i];
            let limit = MOST_CUTS * spending[i] * start_prices[i];
            let above_floor = max(left, floor);
            let excess = if above_floor - ceiling > negligible { above_floor - ceiling } else { 0.0 };
            let closing = above_floor - excess;
            let forced = if shortfall > 0.0 { max(cut, min(wanted, limit)) } else { cut };
            // What recurs of the excess takes cuts back.
            let recurs = max(planned_on - restores, 0.0);
            let undone = min(excess, min(max(forced * index[i], 0.0), recurs));
            let kept = if undone >= forced * index[i] { 0.0 } else { forced - undone * start_prices[i] };

            planned[i] = plans;
            restored[i] = restores + undone;
            emergency[i] = shortfall;
            reinvestment[i] = excess - undone;
            cuts[i] = if undone > 0.0 { kept } else { forced };
            reserves[i] = closing;
            lowest[i] = min(lowest[i], closing);
            breached[i] = if shortfall > 0.0 { 1.0 } else { breached[i] };
            not_viable[i] += if shortfall > 0.0 && wanted > limit { 1.0 } else { 0.0 };
            all_cuts[i] += plans + shortfall;
        }
    }
}
