//! Surges, mutual help and unmet demand (MODEL section 7).

use super::arithmetic::add;
use super::form::Compiled;
use super::governance::Governance;
use super::lane::{Value, clamp, max, min};
use super::parameters::{ForceColumns, ResilienceColumns, SurgeColumns};
use super::programme::Programme;
use crate::uncertainty::elementary;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// The officers of one force in a year's worst surge.
#[derive(Debug)]
pub(super) struct Cover {
    pub own: SurgeColumns,
    /// `ln λ` and `1/α`.
    log_rate: Column,
    exponent: Column,
    /// Officers that the surge calls for, `D`.
    pub surge: Column,
    /// What it costs the force, £m cash.
    pub cost: Column,
    /// Officers who can be sent, with the alliances and standalone.
    pub deployable: Column,
    pub deployable_alone: Column,
    pub help: Column,
    pub unmet: Column,
    pub unmet_alone: Column,
}

impl Cover {
    pub fn new() -> Self {
        let zero = Column::default();
        Self {
            own: SurgeColumns::default(),
            log_rate: zero,
            exponent: zero,
            surge: zero,
            cost: zero,
            deployable: zero,
            deployable_alone: zero,
            help: zero,
            unmet: zero,
            unmet_alone: zero,
        }
    }

    /// Works out what is the same every year.
    pub fn open(&mut self, isa: Isa) {
        settle(isa, &mut self.log_rate, &mut self.exponent, &self.own.rate, &self.own.alpha);
    }

    /// The year's largest surge from one Gumbel draw: `x_min·(λ/−ln u)^{1/α}`, capped; none below `x_min`.
    pub fn meet_surge(&mut self, common: &ResilienceColumns, draw: &Column, cost_index: &Column, isa: Isa) {
        surge(isa, &mut self.surge, &self.log_rate, &self.own.x_min, &self.exponent, &common.x_max, draw);
        surge_cost(isa, &mut self.cost, &self.surge, &common.incident_cost, &common.reimbursed, cost_index);
    }

    /// Officers who can be sent after cuts, with the alliances and standalone.
    pub fn deploy(
        &mut self,
        force: &ForceColumns,
        officers: f64,
        cuts: &Column,
        cuts_alone: &Column,
        per_spending: &Column,
        isa: Isa,
    ) {
        deploy(isa, &mut self.deployable, &force.deployable_share, officers, cuts, per_spending);
        deploy(isa, &mut self.deployable_alone, &force.deployable_share, officers, cuts_alone, per_spending);
        self.help = Column::default();
    }

    /// What own officers, partners and national mutual aid leave unmet.
    pub fn count_unmet(&mut self, aid: Value<'_>, isa: Isa) {
        unmet(isa, &mut self.unmet, &self.surge, &self.deployable, &self.help, aid);
        unmet(isa, &mut self.unmet_alone, &self.surge, &self.deployable_alone, &Column::default(), aid);
    }
}

/// Two forces that can help each other through the alliances that both are in.
#[derive(Debug)]
struct Pair {
    forces: [usize; 2],
    common: Vec<Common>,
}

/// An alliance that two forces share, with their positions among its members.
#[derive(Debug)]
struct Common {
    alliance: usize,
    members: [usize; 2],
}

/// Pairs of forces that share an alliance, and the help that one can give the other.
#[derive(Debug)]
pub(super) struct Help {
    pairs: Vec<Pair>,
    /// 1/cost of an alliance's operational areas; 0 without any.
    operational: Vec<Column>,
    scratch: Box<[Column; 3]>,
}

impl Help {
    pub fn new(model: &Compiled) -> Self {
        let mut pairs = Vec::new();
        for first in 0..model.forces.len() {
            for second in first + 1..model.forces.len() {
                let common: Vec<Common> = (0..model.alliances.len())
                    .filter_map(|k| {
                        let alliance = &model.alliances[k];
                        let place = |force| alliance.members.iter().position(|m| m.force == force);
                        alliance.areas.iter().any(|a| a.operational).then_some(())?;
                        Some(Common { alliance: k, members: [place(first)?, place(second)?] })
                    })
                    .collect();
                if !common.is_empty() {
                    pairs.push(Pair { forces: [first, second], common });
                }
            }
        }
        Self { pairs, operational: vec![Column::default(); model.alliances.len()], scratch: Box::default() }
    }

    /// Adds up the costs of operational areas.
    pub fn open(&mut self, model: &Compiled, programmes: &[Programme], isa: Isa) {
        for (k, total) in self.operational.iter_mut().enumerate() {
            *total = Column::default();
            operational(model, k).for_each(|a| add(isa, total, &programmes[k].total_cost[a]));
            invert(isa, total);
        }
    }

    /// Adds to every force's cover what its partners can send in year `t`; through several alliances the largest counts.
    pub fn give(
        &mut self,
        model: &Compiled,
        programmes: &[Programme],
        governance: &[Governance],
        common: &ResilienceColumns,
        cover: &mut [Cover],
        t: f64,
        isa: Isa,
    ) {
        let [to_first, to_second, live] = &mut *self.scratch;
        for Pair { forces: [first, second], common: shared } in &self.pairs {
            (*to_first, *to_second) = (Column::default(), Column::default());
            for Common { alliance: k, members: [a, b] } in shared {
                let (programme, members) = (&programmes[*k], &governance[*k].members);
                let (a, b) = (&members[*a], &members[*b]);
                *live = Column::default();
                for area in operational(model, *k).filter(|area| programme.is_live(*area)) {
                    let (cost, date) = (&programme.total_cost[area], &programme.areas[area].live);
                    add_live(isa, live, cost, date, &a.leaves, &b.leaves, t + 0.5);
                }
                for (best, giver) in [(&mut *to_second, *first), (&mut *to_first, *second)] {
                    let Cover { deployable, surge, .. } = &cover[giver];
                    let (inverse, reach) = (&self.operational[*k], &programme.own.reach);
                    let scale = model.alliances[*k].rules.scale;
                    let (bond, other) = (a.bond(scale), b.bond(scale));
                    offer(isa, best, live, inverse, reach, deployable, surge, &common.chi, bond, other);
                }
            }
            add(isa, &mut cover[*first].help, to_first);
            add(isa, &mut cover[*second].help, to_second);
        }
    }
}

/// The operational areas of an alliance.
fn operational(model: &Compiled, k: usize) -> impl Iterator<Item = usize> {
    model.alliances[k].areas.iter().enumerate().filter(|(_, area)| area.operational).map(|(a, _)| a)
}

vectorised! {
    fn settle(log_rate: &mut Column, exponent: &mut Column, rate: &Column, alpha: &Column) {
        for i in 0..BLOCK {
            log_rate[i] = elementary::ln(rate[i]);
            exponent[i] = 1.0 / alpha[i];
        }
    }

    fn surge(out: &mut Column, log_rate: &Column, x_min: &Column, exponent: &Column, x_max: &Column, gumbel: &Column) {
        for i in 0..BLOCK {
            let x = x_min[i] * elementary::exp((log_rate[i] + gumbel[i]) * exponent[i]);
            out[i] = if x > x_min[i] { min(x, x_max[i]) } else { 0.0 };
        }
    }

    fn surge_cost(out: &mut Column, surge: &Column, each: &Column, reimbursed: &Column, index: &Column) {
        for i in 0..BLOCK {
            out[i] = surge[i] * each[i] * index[i] * (1.0 - reimbursed[i]);
        }
    }

    /// `C = officers·deployable share·(1 − c/E_0)`; `per_spending` is `1/E_0`.
    fn deploy(out: &mut Column, share: &Column, officers: f64, cuts: &Column, per_spending: &Column) {
        for i in 0..BLOCK {
            out[i] = officers * share[i] * (1.0 - cuts[i] * per_spending[i]);
        }
    }

    fn unmet(out: &mut Column, surge: &Column, deployable: &Column, help: &Column, aid: Value<'_>) {
        aid.each(|i, aid| out[i] = max(surge[i] - deployable[i] - help[i] - aid, 0.0));
    }

    fn invert(x: &mut Column) {
        for i in 0..BLOCK {
            let inverse = 1.0 / x[i];
            x[i] = if x[i] > 0.0 { inverse } else { 0.0 };
        }
    }

    fn add_live(
        out: &mut Column, cost: &Column, live: &Column, leaves: &Column, other_leaves: &Column, now: f64,
    ) {
        for i in 0..BLOCK {
            let serves = live[i] <= now && live[i] < min(leaves[i], other_leaves[i]);
            out[i] += if serves { cost[i] } else { 0.0 };
        }
    }

    /// Help through one alliance: `π·reach·max(0, C − χD)·min(keep)`.
    fn offer(
        best: &mut Column, live: &Column, inverse: &Column, reach: &Column, deployable: &Column, surge: &Column, chi: &Column,
        keep: &Column, other_keep: &Column,
    ) {
        for i in 0..BLOCK {
            let idle = max(deployable[i] - chi[i] * surge[i], 0.0);
            let part = clamp(live[i] * inverse[i], 0.0, 1.0);
            best[i] = max(best[i], part * reach[i] * idle * min(keep[i], other_keep[i]));
        }
    }
}
