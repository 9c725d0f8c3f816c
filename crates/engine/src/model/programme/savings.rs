//! What the areas of an alliance save in a year, by member, and how that is shared (MODEL section 4).

use super::{Programme, Worth};
use crate::model::arithmetic::{add, add_product, add_value, product};
use crate::model::delivery::AreaState;
use crate::model::form::{AllianceModel, AreaModel};
use crate::model::governance::Governance;
use crate::model::lane::{
    Value, clamp, each_pair, finite_range, flag, half_inverse_of, max, min, overlap, ramp_integral,
};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Programme {
    /// Shares by origin are those of in-scope costs.
    pub fn weigh_by_origin(&self, model: &AllianceModel, governance: &mut Governance, isa: Isa) {
        let mut total = Column::default();
        for (m, member) in governance.members.iter_mut().enumerate() {
            member.weight = Column::default();
            for (area, state) in model.areas.iter().zip(&self.areas) {
                add_value(isa, &mut member.weight, area.cost_of(m, &state.member_cost));
            }
            add(isa, &mut total, &member.weight);
        }
        for member in &mut governance.members {
            normalise(isa, &mut member.weight, &total, 1.0 / model.members.len() as f64);
        }
    }

    /// Adds up each area's cost over the members, and each class's over its areas.
    pub fn add_up_costs(&mut self, model: &AllianceModel, isa: Isa) {
        self.class_cost.fill(Column::default());
        for ((area, state), total) in model.areas.iter().zip(&self.areas).zip(&mut self.total_cost) {
            *total = Column::default();
            for m in 0..area.shares.len() {
                add_value(isa, total, area.cost_of(m, &state.member_cost));
            }
            add(isa, &mut self.class_cost[area.class], total);
        }
    }

    /// Adds what an area saves in year `t` and what those who leave because of it are paid.
    #[inline(always)]
    pub(super) fn run_area(
        &mut self,
        a: usize,
        area: &AreaModel,
        governance: &Governance,
        t: f64,
        last: bool,
        isa: Isa,
    ) {
        if !self.is_live(a) {
            return;
        }
        if !self.areas[a].is_full {
            self.realise_area(a, area, governance, t, last, isa);
            return;
        }
        let state = &self.areas[a];
        for (credit, year) in state.credit.iter().zip(&mut self.members) {
            year.own.add(area, state, credit, isa);
        }
    }

    /// Adds up, once for all, the first areas whose realised part will not change any more. They are added in the order in which a
    /// year adds areas, so that it is the same to the bit from which area on it does.
    #[inline(always)]
    pub(super) fn settle_areas(&mut self, model: &AllianceModel, isa: Isa) {
        for (area, state) in model.areas.iter().zip(&self.areas).skip(self.settled_areas) {
            if !state.is_full {
                break;
            }
            for (credit, year) in state.credit.iter().zip(&mut self.members) {
                year.full.add(area, state, credit, isa);
            }
            self.settled_areas += 1;
        }
    }

    /// Whether an area is live in any lane.
    pub fn is_live(&self, a: usize) -> bool {
        self.areas[a].done_range.0 <= self.shown.1
    }

    /// Cost of an area whose saving is realised and kept this year, start prices: its cost, times `φ`, times what is kept and left.
    pub fn credit_of(&self, a: usize, model: &AllianceModel, governance: &Governance, isa: Isa) -> Column {
        let mut credit = Column::default();
        if self.is_live(a) {
            for ((own, member), year) in self.areas[a].credit.iter().zip(&governance.members).zip(&self.members) {
                let mut keep = member.keep;
                if model.rules.overlap {
                    product(isa, &mut keep, &member.keep, &year.left);
                }
                add_product(isa, &mut credit, own, &keep);
            }
        }
        credit
    }

    /// Works out which part of an area each member realises in year `t` and adds it, counts where it is live, and adds what those are
    /// paid who leave because of it.
    #[inline(always)]
    fn realise_area(&mut self, a: usize, area: &AreaModel, governance: &Governance, t: f64, last: bool, isa: Isa) {
        let [realised, pay, ..] = &mut *self.scratch;
        let state = &mut self.areas[a];
        let (live, ramp) = (&state.live, Ramp::of(area, state));
        if area.needs_ict {
            let (platform, workaround) = (&self.platform, &self.own.workaround);
            realise_on_platform(isa, realised, &mut self.live, live, ramp, platform, workaround, t);
        } else {
            realise(isa, realised, &mut self.live, live, ramp, t);
        }
        // A year after the last lane went live nobody is paid to leave any more.
        let pays = state.last_live > t - 1.0;
        if pays {
            pay_off(isa, pay, &state.own.saving, live, &governance.end, t);
        }
        let last_ready = if area.needs_ict { max(state.last_live, self.last_platform) } else { state.last_live };
        // A hair more than the last lane needs, so that every lane has come to the end of its ramp whatever was rounded. Who leaves
        // from now on leaves after the area went live.
        let beyond = t - 1e-9;
        if !pays && last_ready < beyond && state.last_live + finite_range(&state.own.ramp, isa).1 < beyond {
            state.is_full = true;
            count_live(isa, &mut self.long_live, live, t);
        }
        for (m, (year, member)) in self.members.iter_mut().zip(&governance.members).enumerate() {
            let cost = area.cost_of(m, &state.member_cost);
            let Worth { cashable, noncashable, cost: classes } = &mut year.own;
            if state.is_full || last {
                credit(isa, &mut state.credit[m], realised, live, &member.leaves, cost);
            }
            take_part(
                isa,
                cashable,
                noncashable,
                &mut classes[area.class],
                realised,
                live,
                &member.leaves,
                &state.own.saving,
                Value::of(area.own.noncashable, &state.own.noncashable),
                cost,
            );
            if pays {
                add_severance(isa, &mut year.severance, pay, live, &member.leaves, cost);
            }
        }
    }

    /// Pools the savings of the members that are in and shares them.
    #[inline(always)]
    pub(super) fn add_up_savings(
        &mut self,
        model: &AllianceModel,
        governance: &Governance,
        cost_index: &Column,
        isa: Isa,
    ) {
        let [pool, kept, ..] = &mut *self.scratch;
        *pool = Column::default();
        self.cashable = Column::default();
        self.noncashable = Column::default();
        self.credit.fill(Column::default());
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            let keep = if model.rules.overlap {
                product(isa, kept, &member.keep, &year.left);
                &*kept
            } else {
                &member.keep
            };
            index_savings(
                isa,
                &mut year.own.cashable,
                &year.own.noncashable,
                &mut self.cashable,
                &mut self.noncashable,
                pool,
                keep,
                &member.inside,
                cost_index,
                &self.own.realisation,
            );
            for (credit, cost) in self.credit.iter_mut().zip(&year.own.cost) {
                add_product(isa, credit, cost, &member.keep);
            }
        }
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            if governance.by_origin {
                year.gross = year.own.cashable;
            } else {
                share_savings(isa, &mut year.gross, &year.own.cashable, pool, &member.share, &member.inside);
            }
        }
    }
}

impl Worth {
    /// Adds an area of which a member realises the saving of `credit`.
    #[inline(always)]
    fn add(&mut self, area: &AreaModel, state: &AreaState, credit: &Column, isa: Isa) {
        let noncashable = Value::of(area.own.noncashable, &state.own.noncashable);
        let class = &mut self.cost[area.class];
        add_area(isa, &mut self.cashable, &mut self.noncashable, class, credit, &state.own.saving, noncashable);
    }
}

/// How long an area takes from live to full savings.
#[derive(Clone, Copy)]
enum Ramp<'a> {
    Same { years: f64, half_inverse: f64 },
    Each { years: &'a Column, half_inverse: &'a Column },
}

impl<'a> Ramp<'a> {
    fn of(area: &AreaModel, state: &'a AreaState) -> Self {
        match Value::of(area.own.ramp, &state.own.ramp) {
            Value::Same(years) => Self::Same { years, half_inverse: half_inverse_of(years) },
            Value::Each(years) => Self::Each { years, half_inverse: &state.half_inverse_ramp },
        }
    }

    /// Does some work with the years of every lane and `1/(2·years)`.
    #[inline(always)]
    fn each(self, mut work: impl FnMut(usize, f64, f64)) {
        match self {
            Self::Same { years, half_inverse } => (0..BLOCK).for_each(|i| work(i, years, half_inverse)),
            Self::Each { years, half_inverse } => (0..BLOCK).for_each(|i| work(i, years[i], half_inverse[i])),
        }
    }
}

/// Realised fraction `φ` of the year from `t` in an area that does not wait for the platform: exactly 1 from the end of its ramp on.
/// `closing` is what of its ramp is behind it when the year ends.
#[inline(always)]
fn realised_of(live: f64, ramp: f64, half_inverse: f64, closing: f64, t: f64) -> f64 {
    if t - live >= ramp { 1.0 } else { closing - ramp_integral(t - live, ramp, half_inverse) }
}

vectorised! {
    fn normalise(weight: &mut Column, total: &Column, equal: f64) {
        for i in 0..BLOCK {
            let part = weight[i] / total[i];
            weight[i] = if total[i] > 0.0 { part } else { equal };
        }
    }

    /// Realised fraction of a year in an area that does not wait for the platform; counts where it is live at its end, had nothing ended.
    fn realise(out: &mut Column, count: &mut Column, live: &Column, ramp: Ramp<'_>, t: f64) {
        ramp.each(|i, years, half_inverse| {
            let closing = ramp_integral(t + 1.0 - live[i], years, half_inverse);
            out[i] = realised_of(live[i], years, half_inverse, closing, t);
            count[i] += flag(live[i] <= t + 1.0);
        });
    }

    /// The same where only workarounds serve until the platform is ready.
    fn realise_on_platform(
        out: &mut Column, count: &mut Column, live: &Column, ramp: Ramp<'_>, platform: &Column, workaround: &Column,
        t: f64,
    ) {
        ramp.each(|i, years, half_inverse| {
            let closing = ramp_integral(t + 1.0 - live[i], years, half_inverse);
            let realised = realised_of(live[i], years, half_inverse, closing, t);
            let ready = ramp_integral(clamp(platform[i], t, t + 1.0) - live[i], years, half_inverse);
            let waits = workaround[i] * realised + (1.0 - workaround[i]) * (closing - ready);
            out[i] = if platform[i] <= t { realised } else { waits };
            count[i] += flag(live[i] <= t + 1.0);
        });
    }

    /// Saving for which people leave an area this year, a £m of cost: its saving, times the part of the year after going live that falls
    /// into this one.
    fn pay_off(pay: &mut Column, saving: &Column, live: &Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            pay[i] = saving[i] * overlap(live[i], live[i] + 1.0, t, min(end[i], t + 1.0));
        }
    }

    /// Counts areas live at the end of the year, had nothing ended.
    fn count_live(count: &mut Column, live: &Column, t: f64) {
        for i in 0..BLOCK {
            count[i] += flag(live[i] <= t + 1.0);
        }
    }

    /// Cost of a member that was in when the area went live, of which the saving is realised.
    fn credit(out: &mut Column, realised: &Column, live: &Column, leaves: &Column, cost: Value<'_>) {
        cost.each(|i, cost| out[i] = if live[i] < leaves[i] { cost * realised[i] } else { 0.0 });
    }

    /// Adds what that saves.
    fn take_part(
        cashable: &mut Column, noncashable: &mut Column, class: &mut Column, realised: &Column, live: &Column, leaves: &Column,
        saving: &Column, other: Value<'_>, cost: Value<'_>,
    ) {
        each_pair(cost, other, |i, cost, other| {
            let own = if live[i] < leaves[i] { cost * realised[i] } else { 0.0 };
            cashable[i] += own * saving[i];
            noncashable[i] += own * other;
            class[i] += own;
        });
    }

    /// Adds what an area saves a member.
    fn add_area(
        cashable: &mut Column, noncashable: &mut Column, class: &mut Column, credit: &Column, saving: &Column, other: Value<'_>,
    ) {
        other.each(|i, other| {
            cashable[i] += credit[i] * saving[i];
            noncashable[i] += credit[i] * other;
            class[i] += credit[i];
        });
    }

    /// Adds the saving that those of a member leave for.
    fn add_severance(severance: &mut Column, pay: &Column, live: &Column, leaves: &Column, cost: Value<'_>) {
        cost.each(|i, cost| severance[i] += pay[i] * if live[i] < leaves[i] { cost } else { 0.0 });
    }

    /// Savings of one member as they are realised, in this year's prices, and its part of the pool.
    fn index_savings(
        own: &mut Column, own_other: &Column, total: &mut Column, total_other: &mut Column, pool: &mut Column, keep: &Column,
        inside: &Column, index: &Column, realisation: &Column,
    ) {
        for i in 0..BLOCK {
            let factor = realisation[i] * keep[i] * index[i];
            own[i] *= factor;
            total[i] += own[i];
            total_other[i] += own_other[i] * factor;
            pool[i] += own[i] * inside[i];
        }
    }

    fn share_savings(gross: &mut Column, own: &Column, pool: &Column, share: &Column, inside: &Column) {
        for i in 0..BLOCK {
            gross[i] = pool[i] * share[i] + own[i] * (1.0 - inside[i]);
        }
    }
}
