//! What alliances save and spend in a year, together and by force (MODEL sections 4 and 6).

use super::Pass;
use crate::model::block::Block;
use crate::model::lane::clamp;
use crate::uncertainty::lanes::{BLOCK, Column, vectorised};

impl Block {
    /// Brings together what alliances save and spend, and what of it falls to each force.
    pub(super) fn share(&mut self, pass: &Pass<'_>, t: usize) {
        let isa = pass.isa;
        for (k, programme) in self.programmes.iter().enumerate() {
            add_alliance(
                isa,
                &mut self.cashable,
                &mut self.noncashable,
                &mut self.additional,
                &mut self.additional_noncashable,
                &mut self.investment,
                &programme.cashable,
                &programme.noncashable,
                &programme.investment,
                &programme.own.attributable,
                k == 0,
            );
            if let Some(baseline) = pass.baseline {
                let members = self.governance[k].members.iter_mut().zip(&programme.members).zip(&baseline.gross[k]);
                members.for_each(|((state, year), plan)| fall_short(isa, &mut state.shortfall, &year.gross, plan[t]));
            }
        }
        if pass.model.at.additional.is_some() {
            self.set_aside(pass);
        }
        for (f, force) in self.forces.iter_mut().enumerate() {
            for (number, (k, m)) in pass.model.memberships(f).enumerate() {
                let (programme, share) = (&self.programmes[k], &self.governance[k].members[m].share);
                let year = &programme.members[m];
                add_member(
                    isa,
                    &mut force.saving,
                    &mut force.gross,
                    &mut force.investment,
                    &mut force.structural,
                    &mut force.other,
                    &year.gross,
                    &programme.own.attributable,
                    &programme.team,
                    &programme.financed,
                    &programme.other,
                    share,
                    &year.instalment,
                    &year.exit_cost,
                    number == 0,
                );
                if pass.model.alliances[k].rules.runs {
                    bear(isa, &mut force.investment, &mut force.structural, &year.running);
                }
            }
        }
    }

    /// Investment without what members would have borne alone.
    fn set_aside(&mut self, pass: &Pass<'_>) {
        self.additional_investment = self.investment;
        for (programme, alliance) in self.programmes.iter().zip(&pass.model.alliances) {
            if alliance.rules.shares_costs {
                less(pass.isa, &mut self.additional_investment, &programme.anyway);
            }
        }
    }
}

vectorised! {
    /// What one more alliance saves and spends; `first` where it is the first.
    fn add_alliance(
        cashable: &mut Column, noncashable: &mut Column, additional: &mut Column, additional_noncashable: &mut Column,
        investment: &mut Column, saved: &Column, saved_noncashable: &Column, invested: &Column, attributable: &Column, first: bool,
    ) {
        let before = |sum: f64| if first { 0.0 } else { sum };
        for i in 0..BLOCK {
            cashable[i] = before(cashable[i]) + saved[i];
            noncashable[i] = before(noncashable[i]) + saved_noncashable[i];
            additional[i] = before(additional[i]) + saved[i] * attributable[i];
            additional_noncashable[i] = before(additional_noncashable[i]) + saved_noncashable[i] * attributable[i];
            investment[i] = before(investment[i]) + invested[i];
        }
    }

    /// What falls to a force in one more alliance; `first` where it is its first.
    fn add_member(
        saving: &mut Column, gross: &mut Column, investment: &mut Column, structural: &mut Column, other: &mut Column, own: &Column,
        attributable: &Column, team: &Column, financed: &Column, rest: &Column, share: &Column, instalment: &Column, exit_cost: &Column,
        first: bool,
    ) {
        let before = |sum: f64| if first { 0.0 } else { sum };
        for i in 0..BLOCK {
            let additional = own[i] * attributable[i];
            gross[i] = before(gross[i]) + own[i];
            saving[i] = before(saving[i]) + additional;
            investment[i] = before(investment[i]) + ((team[i] + financed[i] + rest[i]) * share[i] + exit_cost[i]);
            structural[i] = before(structural[i]) + additional - (team[i] * share[i] + instalment[i]);
            other[i] = before(other[i]) + (rest[i] * share[i] + exit_cost[i]);
        }
    }

    /// A running cost that a force bears by itself.
    fn bear(investment: &mut Column, structural: &mut Column, running: &Column) {
        for i in 0..BLOCK {
            investment[i] += running[i];
            structural[i] -= running[i];
        }
    }

    fn less(out: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            out[i] -= x[i];
        }
    }

    /// How far the saving that falls to a member is below that of the plan run, 0 to 1.
    fn fall_short(shortfall: &mut Column, gross: &Column, plan: f64) {
        let per_plan = 1.0 / plan;
        for i in 0..BLOCK {
            let short = clamp(1.0 - gross[i] * per_plan, 0.0, 1.0);
            shortfall[i] = if plan.abs() > 0.0 { short } else { 0.0 };
        }
    }
}
