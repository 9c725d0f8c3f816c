//! What it costs to run what is shared (MODEL section 4).

use super::Programme;
use crate::model::arithmetic::{add, lowest};
use crate::model::form::{AllianceModel, differs};
use crate::model::governance::Governance;
use crate::model::lane::{Value, clamp, overlap};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Programme {
    /// Adds running costs of year `t`, start prices: what is borne together to what the team costs, what a former member bears by itself
    /// to that member's own.
    #[inline(always)]
    pub(super) fn run_costs(&mut self, model: &AllianceModel, governance: &Governance, t: f64, isa: Isa) {
        let [from, ..] = &mut *self.scratch;
        if model.rules.platform {
            *from = self.platform;
        } else {
            *from = Column::splat(f64::INFINITY);
            self.areas.iter().for_each(|area| lowest(isa, from, &area.live));
        }
        run_in_common(isa, &mut self.running, &self.own.running, from, &governance.end, t);
        for year in &mut self.members {
            year.running = Column::default();
        }
        for (a, area) in model.areas.iter().enumerate().filter(|(_, area)| differs(area.own.running, 0.0)) {
            let state = &self.areas[a];
            let equal = 1.0 / model.members.len() as f64;
            for (m, (year, member)) in self.members.iter_mut().zip(&governance.members).enumerate() {
                let cost = area.cost_of(m, &state.member_cost);
                let total = &self.total_cost[a];
                run_area(
                    isa,
                    &mut year.running,
                    &state.own.running,
                    &state.live,
                    &member.leaves,
                    cost,
                    total,
                    equal,
                    t,
                );
            }
        }
        for (year, member) in self.members.iter_mut().zip(&governance.members) {
            let bond = member.bond(model.rules.scale);
            pool(isa, &mut self.running, &mut year.running, bond, &member.inside);
        }
        add(isa, &mut self.team, &self.running);
    }

    /// In prices of the year; what members bear by themselves is investment and a running cost too.
    #[inline(always)]
    pub(super) fn index_running(&mut self, cost_index: &Column, isa: Isa) {
        index(isa, &mut self.running, cost_index);
        for year in &mut self.members {
            index(isa, &mut year.running, cost_index);
            add(isa, &mut self.running, &year.running);
            add(isa, &mut self.investment, &year.running);
        }
    }
}

vectorised! {
    fn run_in_common(out: &mut Column, running: &Column, from: &Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            out[i] = running[i] * overlap(from[i], end[i], t, t + 1.0);
        }
    }

    /// Adds what an area costs a member to run, whoever bears it.
    fn run_area(
        out: &mut Column, running: &Column, live: &Column, leaves: &Column, cost: Value<'_>, total: &Column, equal: f64, t: f64,
    ) {
        cost.each(|i, cost| {
            let part = if total[i] > 0.0 { cost / total[i] } else { equal };
            let runs = running[i] * part * clamp(t + 1.0 - live[i], 0.0, 1.0);
            out[i] += if live[i] < leaves[i] { runs } else { 0.0 };
        });
    }

    /// Moves to what is run together the part of a member that is in.
    fn pool(together: &mut Column, own: &mut Column, bond: &Column, inside: &Column) {
        for i in 0..BLOCK {
            let kept = own[i] * bond[i];
            together[i] += kept * inside[i];
            own[i] = kept * (1.0 - inside[i]);
        }
    }

    fn index(x: &mut Column, by: &Column) {
        for i in 0..BLOCK {
            x[i] *= by[i];
        }
    }
}
