//! MODEL section 6: the one fund that the members of a vested merger keep.

use super::foresight::Ahead;
use super::ledger::{Flows, Ledger, LedgerYear, Policy};

/// The fund of a merged force.
#[derive(Debug, Clone)]
pub struct Fund {
    /// Its forces.
    pub members: Vec<usize>,
    /// `v_f`: the part of each.
    pub parts: Vec<f64>,
    /// `t_G`: its first year.
    pub from: usize,
    /// Its ledger, from that year on.
    pub ledger: Ledger,
}

impl Fund {
    /// Puts together the ledgers of the members; `spending` is `E_{f,0}` of every force.
    pub fn open(members: &[usize], from: usize, ledgers: &[Ledger], spending: &[f64]) -> Self {
        let all: f64 = members.iter().map(|&f| spending[f]).sum();
        let parts: Vec<f64> = members.iter().map(|&f| spending[f] / all).collect();
        let mixed = |of: fn(&Policy) -> f64| -> f64 {
            members.iter().zip(&parts).map(|(&f, part)| part * of(&ledgers[f].policy)).sum()
        };
        let policy = Policy {
            min_reserves: mixed(|p| p.min_reserves),
            max_reserves: mixed(|p| p.max_reserves),
            gap_closure: mixed(|p| p.gap_closure),
            cut_recurrence: mixed(|p| p.cut_recurrence),
            foresight: mixed(|p| p.foresight),
            officers_follow_cuts: mixed(|p| p.officers_follow_cuts),
        };
        let mut ledger = Ledger::new(policy, members.iter().map(|&f| ledgers[f].facts).sum());
        ledger.opening = members.iter().map(|&f| ledgers[f].closing().0).sum();
        ledger.opening_c = members.iter().map(|&f| ledgers[f].closing().1).sum();
        Self { members: members.to_vec(), parts, from, ledger }
    }

    /// Runs the next year on what it brings to each force, and enters each member's part into its ledger.
    pub fn run(&mut self, flows: &[Flows], ledgers: &mut [Ledger]) {
        let sum = |of: fn(&Flows) -> f64| self.members.iter().map(|&f| of(&flows[f])).sum::<f64>();
        let common = flows[self.members[0]];
        self.ledger.run(&Flows {
            funding: sum(|own| own.funding),
            expenditure: sum(|own| own.expenditure),
            cost_index: common.cost_index,
            recurring: sum(|own| own.recurring),
            other_investment: sum(|own| own.other_investment),
            incidents: sum(|own| own.incidents),
            ahead: Ahead { balance: sum(|own| own.ahead.balance), cost_index: common.ahead.cost_index },
            equalisation: sum(|own| own.equalisation),
        });
        let year = self.ledger.years[self.ledger.years.len() - 1];
        for (&f, part) in self.members.iter().zip(&self.parts) {
            ledgers[f].years.push(LedgerYear {
                planned_cut: part * year.planned_cut,
                emergency_cut: part * year.emergency_cut,
                restored: part * year.restored,
                reinvestment: part * year.reinvestment,
                reserves: part * year.reserves,
                c: part * year.c,
                ..year
            });
        }
    }

    /// Its ledger of year `t`, if it was one fund then.
    pub fn year(&self, t: usize) -> Option<&LedgerYear> {
        t.checked_sub(self.from).and_then(|since| self.ledger.years.get(since))
    }
}
