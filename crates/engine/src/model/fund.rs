//! A merged force's one fund in the place of its former members' ledgers (MODEL section 6).

use super::arithmetic::{add, add_product, quotient};
use super::block::ForceState;
use super::foresight::Foresight;
use super::form::{AllianceModel, Compiled};
use super::funding::ForceFunding;
use super::lane::{flag, min};
use super::ledger::{Ledger, Next, YearBook};
use super::parameters::{Parameters, PolicyColumns, PolicyInputs};
use super::resilience::Cover;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// The fund of a merger in one block.
#[derive(Debug)]
pub(super) struct Fund {
    /// Which alliance the merger is.
    pub alliance: usize,
    /// The first year in which there is one fund, where the merger has vested.
    pub from: usize,
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
    before: Remembered,
}

/// What is told over the years of a former member, as it stood before the year.
#[derive(Debug, Clone, Default)]
struct Remembered {
    lowest: Column,
    breached: Column,
    not_viable: Column,
    all_cuts: Column,
}

impl Remembered {
    const fn of(ledger: &Ledger) -> Self {
        let Ledger { lowest, breached, not_viable, all_cuts, .. } = *ledger;
        Self { lowest, breached, not_viable, all_cuts }
    }
}

impl Fund {
    /// The funds of a model, one a merger that vests early enough.
    pub fn all(model: &Compiled) -> Vec<Self> {
        let funds = model.alliances.iter().enumerate();
        funds.filter_map(|(k, alliance)| Self::new(k, alliance, model)).collect()
    }

    fn new(k: usize, alliance: &AllianceModel, model: &Compiled) -> Option<Self> {
        let from = alliance.merger.as_ref()?.fund_from?;
        let former = |force| Former { force, part: Column::default(), before: Remembered::default() };
        Some(Self {
            alliance: k,
            from,
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
        if t < self.from {
            return;
        }
        if t == self.from {
            self.pool(vests, forces, funding, isa);
        }
        for former in &mut self.members {
            former.before = Remembered::of(&forces[former.force].with);
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
            quotient(isa, &mut former.part, &funding[former.force].spending[0], &spending);
            add(isa, &mut self.ledger.reserves, &state.with.reserves);
            add(isa, &mut self.ledger.cuts, &state.with.cuts);
            PolicyInputs::each_pair(&mut self.policy, &state.policy, |all, own| {
                add_product(isa, all, &former.part, own);
            });
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
            remember(isa, with, before, fund, &self.not_viable, part, &self.merged);
        }
    }

    /// Fills what is looked at of a former member after the first year of the fund: emergency cuts and spending, the fund's where it is merged.
    pub fn look(&self, emergency: &mut Column, spending: &mut Column, isa: Isa) {
        choose(isa, emergency, &self.ledger.emergency, &self.merged);
        choose(isa, spending, &self.spending, &self.merged);
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

vectorised! {
    fn has_vested(merged: &mut Column, vests: &Column) {
        for i in 0..BLOCK {
            merged[i] = flag(vests[i] < f64::INFINITY);
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
        own: &mut Ledger, before: &Remembered, fund: &Ledger, years_before: &Column, part: &Column, merged: &Column,
    ) {
        for i in 0..BLOCK {
            let one = merged[i] > 0.5;
            let low = min(before.lowest[i], part[i] * fund.reserves[i]);
            let broke = if fund.emergency[i] > 0.0 { 1.0 } else { before.breached[i] };
            let failed = before.not_viable[i] + (fund.not_viable[i] - years_before[i]);
            let cut = before.all_cuts[i] + part[i] * (fund.planned[i] + fund.emergency[i]);
            own.lowest[i] = if one { low } else { own.lowest[i] };
            own.breached[i] = if one { broke } else { own.breached[i] };
            own.not_viable[i] = if one { failed } else { own.not_viable[i] };
            own.all_cuts[i] = if one { cut } else { own.all_cuts[i] };
        }
    }
}
