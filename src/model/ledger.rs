//! A force's year in money: structural gap, planned and emergency cuts, reserves (MODEL section 6).

use super::lane::{max, min};
use super::parameters::PolicyColumns;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Service cuts are limited to this share of spending.
const MOST_CUTS: f64 = 0.5;

/// The ledger of one force, with the alliances or standalone, in one block.
#[derive(Debug)]
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
        let (income, equalisation, spending, index) = (book.funding, book.equalisation, book.spending, book.cost_index);
        close_gap(
            isa,
            &mut self.cuts,
            &mut self.reserves,
            &mut self.planned,
            &mut self.restored,
            income,
            equalisation,
            spending,
            book.structural,
            book.other,
            index,
            &policy.gap_closure,
        );
        hold_reserves(
            isa,
            &mut self.cuts,
            &mut self.reserves,
            &mut self.emergency,
            &mut self.reinvestment,
            &mut self.not_viable,
            spending,
            index,
            &policy.min_reserves,
            &policy.max_reserves,
            &policy.cut_recurrence,
            opening,
        );
        remember(
            isa,
            &mut self.lowest,
            &mut self.breached,
            &mut self.all_cuts,
            &self.reserves,
            &self.planned,
            &self.emergency,
        );
    }
}

vectorised! {
    /// Structural balance, planned cut or restoration, and what is left for reserves to bear.
    fn close_gap(
        cuts: &mut Column, reserves: &mut Column, planned: &mut Column, restored: &mut Column, funding: &Column,
        equalisation: &Column, spending: &Column, alliances: &Column, other: &Column, index: &Column, gap_closure: &Column,
    ) {
        for i in 0..BLOCK {
            let cut_already = cuts[i] * index[i];
            let structural = funding[i] + equalisation[i] - (spending[i] - cut_already) + alliances[i];
            planned[i] = gap_closure[i] * max(-structural, 0.0);
            restored[i] = gap_closure[i] * max(min(structural, cut_already), 0.0);
            cuts[i] += (planned[i] - restored[i]) / index[i];
            reserves[i] += structural + planned[i] - restored[i] - other[i];
        }
    }

    /// Emergency cuts at the floor, reinvestment at the ceiling.
    fn hold_reserves(
        cuts: &mut Column, reserves: &mut Column, emergency: &mut Column, reinvestment: &mut Column, not_viable: &mut Column,
        spending: &Column, index: &Column, least: &Column, most: &Column, recurrence: &Column, opening: f64,
    ) {
        for i in 0..BLOCK {
            let floor = least[i] * spending[i];
            let ceiling = max(most[i] * spending[i], opening);
            let shortfall = max(floor - reserves[i], 0.0);
            let wanted = cuts[i] + recurrence[i] * shortfall / index[i];
            let limit = MOST_CUTS * spending[i] / index[i];
            let binds = shortfall > 0.0 && wanted > limit;
            emergency[i] = shortfall;
            cuts[i] = if shortfall > 0.0 { min(wanted, limit) } else { cuts[i] };
            not_viable[i] += if binds { 1.0 } else { 0.0 };
            let above_floor = max(reserves[i], floor);
            reinvestment[i] = max(above_floor - ceiling, 0.0);
            reserves[i] = above_floor - reinvestment[i];
        }
    }

    fn remember(
        lowest: &mut Column, breached: &mut Column, all_cuts: &mut Column, reserves: &Column, planned: &Column, emergency: &Column,
    ) {
        for i in 0..BLOCK {
            lowest[i] = min(lowest[i], reserves[i]);
            breached[i] = if emergency[i] > 0.0 { 1.0 } else { breached[i] };
            all_cuts[i] += planned[i] + emergency[i];
        }
    }
}
