//! Surges, mutual help and unmet demand (MODEL section 7).

use super::arithmetic::add;
use super::form::Compiled;
use super::governance::Governance;
use super::lane::{clamp, max, min};
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
        spending: &Column,
        isa: Isa,
    ) {
        deploy(isa, &mut self.deployable, &force.deployable_share, officers, cuts, spending);
        deploy(isa, &mut self.deployable_alone, &force.deployable_share, officers, cuts_alone, spending);
        self.help = Column::default();
    }

    /// What own officers and partners leave unmet.
    pub fn count_unmet(&mut self, isa: Isa) {
        unmet(isa, &mut self.unmet, &self.surge, &self.deployable, &self.help);
        unmet(isa, &mut self.unmet_alone, &self.surge, &self.deployable_alone, &Column::default());
    }
}

/// A force that can help another through the alliances that both are in.
#[derive(Debug)]
struct Pair {
    giver: usize,
    receiver: usize,
    common: Vec<Common>,
}

/// An alliance that giver and receiver share, with their positions among its members.
#[derive(Debug)]
struct Common {
    alliance: usize,
    giver: usize,
    receiver: usize,
}

/// Pairs of forces that share an alliance, and the help that one can give the other.
#[derive(Debug)]
pub(super) struct Help {
    pairs: Vec<Pair>,
    /// 1/cost of an alliance's operational areas; 0 without any.
    operational: Vec<Column>,
    scratch: Box<[Column; 2]>,
}

impl Help {
    pub fn new(model: &Compiled) -> Self {
        let mut pairs = Vec::new();
        for giver in 0..model.forces.len() {
            for receiver in (0..model.forces.len()).filter(|r| *r != giver) {
                let common: Vec<Common> = (0..model.alliances.len())
                    .filter_map(|k| {
                        let alliance = &model.alliances[k];
                        let place = |force| alliance.members.iter().position(|m| m.force == force);
                        alliance.areas.iter().any(|a| a.operational).then_some(())?;
                        Some(Common { alliance: k, giver: place(giver)?, receiver: place(receiver)? })
                    })
                    .collect();
                if !common.is_empty() {
                    pairs.push(Pair { giver, receiver, common });
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
        let [best, live] = &mut *self.scratch;
        for Pair { giver, receiver, common: shared } in &self.pairs {
            *best = Column::default();
            for Common { alliance: k, giver: g, receiver: r } in shared {
                let (programme, members) = (&programmes[*k], &governance[*k].members);
                *live = Column::default();
                for a in operational(model, *k) {
                    let date = &programme.areas[a].live;
                    add_live(
                        isa,
                        live,
                        &programme.total_cost[a],
                        date,
                        &members[*g].leaves,
                        &members[*r].leaves,
                        t + 0.5,
                    );
                }
                offer(
                    isa,
                    best,
                    live,
                    &self.operational[*k],
                    &programme.own.reach,
                    &cover[*giver].deployable,
                    &cover[*giver].surge,
                    &common.chi,
                    &members[*g].keep,
                    &members[*r].keep,
                );
            }
            add(isa, &mut cover[*receiver].help, best);
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

    /// `C = officers·deployable share·(1 − c/E_0)`.
    fn deploy(out: &mut Column, share: &Column, officers: f64, cuts: &Column, spending: &Column) {
        for i in 0..BLOCK {
            out[i] = officers * share[i] * (1.0 - cuts[i] / spending[i]);
        }
    }

    fn unmet(out: &mut Column, surge: &Column, deployable: &Column, help: &Column) {
        for i in 0..BLOCK {
            out[i] = max(surge[i] - deployable[i] - help[i], 0.0);
        }
    }

    fn invert(x: &mut Column) {
        for i in 0..BLOCK {
            let inverse = 1.0 / x[i];
            x[i] = if x[i] > 0.0 { inverse } else { 0.0 };
        }
    }

    fn add_live(
        out: &mut Column, cost: &Column, live: &Column, giver_leaves: &Column, receiver_leaves: &Column, now: f64,
    ) {
        for i in 0..BLOCK {
            let serves = live[i] <= now && live[i] < min(giver_leaves[i], receiver_leaves[i]);
            out[i] += if serves { cost[i] } else { 0.0 };
        }
    }

    /// Help through one alliance: `π·reach·max(0, C − χD)·min(keep)`.
    fn offer(
        best: &mut Column, live: &Column, inverse: &Column, reach: &Column, deployable: &Column, surge: &Column, chi: &Column,
        giver_keep: &Column, receiver_keep: &Column,
    ) {
        for i in 0..BLOCK {
            let idle = max(deployable[i] - chi[i] * surge[i], 0.0);
            let part = clamp(live[i] * inverse[i], 0.0, 1.0);
            best[i] = max(best[i], part * reach[i] * idle * min(giver_keep[i], receiver_keep[i]));
        }
    }
}
