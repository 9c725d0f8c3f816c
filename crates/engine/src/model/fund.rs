//! A merged force's one fund in the place of its former members' ledgers (MODEL section 6).

use super::arithmetic::add;
use super::block::ForceState;
use super::foresight::Foresight;
use super::form::{AllianceModel, Compiled};
use super::funding::ForceFunding;
use super::lane::{flag, min};
use super::ledger::{Ledger, Next, YearBook};
use super::parameters::PolicyColumns;
use super::resilience::Cover;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// The fund of a merger in one block.
#[derive(Debug)]
pub(super) struct Fund {
    /// Which alliance the merger is.
    pub alliance: usize,
    /// The first year in which there is one fund, where the merger has vested.
    pub from: usize,
    /// Whether that has come.
    open: bool,
    /// 1 where the merger has vested by then.
    pub merged: Column,
    pub ledger: Ledger,
    /// Spending of all former members in the year.
    pub spending: Column,
    /// Reserves of all of them in the first year's facts.
    opening: f64,
    members: Vec<Former>,
    policy: PolicyColumns,
    /// Other sums over them of the year: funding, equalisation, what alliances give, other spending.
    sums: Box<[Column; 4]>,
    /// Years that were not viable, before this one.
    not_viable: Column,
}

/// A former member.
#[derive(Debug)]
struct Former {
    force: usize,
    /// Its part of the fund.
    part: Column,
    /// Its ledger before the year.
    before: Ledger,
}

impl Fund {
    /// The funds of a model, one a merger that vests early enough.
    pub fn all(model: &Compiled) -> Vec<Self> {
        let funds = model.alliances.iter().enumerate();
        funds.filter_map(|(k, alliance)| Self::new(k, alliance, model)).collect()
    }

    fn new(k: usize, alliance: &AllianceModel, model: &Compiled) -> Option<Self> {
        let from = alliance.merger.as_ref()?.fund_from;
        let former = |force| Former { force, part: Column::default(), before: Ledger::new() };
        (from < model.years).then(|| Self {
            alliance: k,
            from,
            open: false,
            merged: Column::default(),
            ledger: Ledger::new(),
            spending: Column::default(),
            opening: alliance.members.iter().map(|member| model.forces[member.force].reserves).sum(),
            members: alliance.members.iter().map(|member| former(member.force)).collect(),
            policy: PolicyColumns::default(),
            sums: Box::default(),
            not_viable: Column::default(),
        })
    }

    /// Before the ledgers of year `t`: pools what there is in the first year of the fund, and keeps the members' ledgers as they are.
    pub fn before(&mut self, t: usize, vests: &Column, forces: &[ForceState], funding: &[ForceFunding], isa: Isa) {
        self.open = t >= self.from;
        if !self.open {
            return;
        }
        if t == self.from {
            self.pool(vests, forces, funding, isa);
        }
        for former in &mut self.members {
            former.before.clone_from(&forces[former.force].with);
        }
        self.not_viable = self.ledger.not_viable;
    }

    fn pool(&mut self, vests: &Column, forces: &[ForceState], funding: &[ForceFunding], isa: Isa) {
        has_vested(isa, &mut self.merged, vests);
        self.ledger.open(0.0);
        self.policy = PolicyColumns::default();
        let mut spending = Column::default();
        for former in &self.members {
            add(isa, &mut spending, &funding[former.force].spending[0]);
        }
        for former in &mut self.members {
            let state = &forces[former.force];
            divide(isa, &mut former.part, &funding[former.force].spending[0], &spending);
            add(isa, &mut self.ledger.reserves, &state.with.reserves);
            add(isa, &mut self.ledger.cuts, &state.with.cuts);
            self.policy.weigh(&former.part, &state.policy, isa);
        }
    }

    /// Keeps the ledger of year `t`, and gives every former member its part of it; `book` is that of the year in all but its sums.
    pub fn run(
        &mut self,
        t: usize,
        forces: &mut [ForceState],
        covers: &[Cover],
        funding: &[ForceFunding],
        (cost_index, start_prices): (&Column, &Column),
        foresight: Option<&Foresight>,
        isa: Isa,
    ) {
        if t < self.from {
            return;
        }
        let [income, equalisation, structural, other] = &mut *self.sums;
        [&mut *income, equalisation, structural, other, &mut self.spending]
            .into_iter()
            .for_each(|sum| *sum = Column::default());
        for former in &self.members {
            let (state, own) = (&forces[former.force], &funding[former.force]);
            add(isa, income, &own.total[t]);
            add(isa, equalisation, &state.equalisation);
            add(isa, structural, &state.structural);
            add(isa, other, &state.other);
            add(isa, other, &covers[former.force].cost);
            add(isa, &mut self.spending, &own.spending[t]);
        }
        let mut gap = Column::default();
        if let Some(foresight) = foresight {
            foresight.pool(self.members(), t, &mut gap, isa);
        }
        let [income, equalisation, structural, other] = &*self.sums;
        let book = YearBook {
            funding: income,
            equalisation,
            spending: &self.spending,
            structural,
            other,
            cost_index,
            start_prices,
            next: foresight.map(|own| Next { gap: &gap, cost_index: &own.cost_index[t] }),
        };
        self.ledger.run(&book, &self.policy, self.opening, isa);
        for former in &self.members {
            let with = &mut forces[former.force].with;
            let (before, fund, part) = (&former.before, &self.ledger, &former.part);
            for (own, whole) in [
                (&mut with.cuts, &fund.cuts),
                (&mut with.reserves, &fund.reserves),
                (&mut with.planned, &fund.planned),
                (&mut with.emergency, &fund.emergency),
                (&mut with.restored, &fund.restored),
                (&mut with.reinvestment, &fund.reinvestment),
            ] {
                share(isa, own, whole, part, &self.merged);
            }
            remember(
                isa,
                &mut with.lowest,
                &mut with.breached,
                &mut with.not_viable,
                &mut with.all_cuts,
                &before.lowest,
                &before.breached,
                &before.not_viable,
                &before.all_cuts,
                &fund.reserves,
                &fund.planned,
                &fund.emergency,
                &fund.not_viable,
                &self.not_viable,
                part,
                &self.merged,
            );
        }
    }

    /// Fills what is looked at of a former member after the first year of the fund: emergency cuts and spending, the fund's where it is merged.
    pub fn look(&self, emergency: &mut Column, spending: &mut Column, isa: Isa) {
        choose(isa, emergency, &self.ledger.emergency, &self.merged);
        choose(isa, spending, &self.spending, &self.merged);
    }

    /// Whether its first year has come.
    pub const fn is_open(&self) -> bool {
        self.open
    }

    /// Fills how far officers go down with spending, where it is one force.
    pub fn follow(&self, follow: &mut Column, isa: Isa) {
        choose(isa, follow, &self.policy.officers_follow_cuts, &self.merged);
    }

    /// A figure of the fund, missing where the merger has not vested.
    pub fn tell(&self, out: &mut Column, figure: &Column, isa: Isa) {
        *out = Column::splat(f64::NAN);
        choose(isa, out, figure, &self.merged);
    }

    /// Its former members, by their forces' positions.
    pub fn members(&self) -> impl Iterator<Item = usize> {
        self.members.iter().map(|former| former.force)
    }
}

impl PolicyColumns {
    /// Adds another's policy by its weight.
    fn weigh(&mut self, weight: &Column, other: &Self, isa: Isa) {
        for (own, other) in [
            (&mut self.min_reserves, &other.min_reserves),
            (&mut self.max_reserves, &other.max_reserves),
            (&mut self.gap_closure, &other.gap_closure),
            (&mut self.cut_recurrence, &other.cut_recurrence),
            (&mut self.foresight, &other.foresight),
            (&mut self.officers_follow_cuts, &other.officers_follow_cuts),
        ] {
            super::arithmetic::add_product(isa, own, weight, other);
        }
    }
}

vectorised! {
    fn has_vested(merged: &mut Column, vests: &Column) {
        for i in 0..BLOCK {
            merged[i] = flag(vests[i] < f64::INFINITY);
        }
    }

    fn divide(out: &mut Column, a: &Column, b: &Column) {
        for i in 0..BLOCK {
            out[i] = a[i] / b[i];
        }
    }

    /// A former member's part.
    fn share(own: &mut Column, whole: &Column, part: &Column, merged: &Column) {
        for i in 0..BLOCK {
            own[i] = if merged[i] > 0.5 { part[i] * whole[i] } else { own[i] };
        }
    }

    fn choose(own: &mut Column, whole: &Column, merged: &Column) {
        for i in 0..BLOCK {
            own[i] = if merged[i] > 0.5 { whole[i] } else { own[i] };
        }
    }

    /// What is told over the years of a former member: its own before, the fund's or its part of it after.
    fn remember(
        lowest: &mut Column, breached: &mut Column, not_viable: &mut Column, all_cuts: &mut Column, lowest_before: &Column,
        breached_before: &Column, not_viable_before: &Column, all_cuts_before: &Column, reserves: &Column, planned: &Column,
        emergency: &Column, years: &Column, years_before: &Column, part: &Column, merged: &Column,
    ) {
        for i in 0..BLOCK {
            let one = merged[i] > 0.5;
            let low = min(lowest_before[i], part[i] * reserves[i]);
            let broke = if emergency[i] > 0.0 { 1.0 } else { breached_before[i] };
            let failed = not_viable_before[i] + (years[i] - years_before[i]);
            let cut = all_cuts_before[i] + part[i] * (planned[i] + emergency[i]);
            lowest[i] = if one { low } else { lowest[i] };
            breached[i] = if one { broke } else { breached[i] };
            not_viable[i] = if one { failed } else { not_viable[i] };
            all_cuts[i] = if one { cut } else { all_cuts[i] };
        }
    }
}
