//! MODEL section 6: the ledger of a force, with or without its alliances, and of a merged force.

use alliance::alliance::Scenario;

use super::foresight::Ahead;
use super::source::Source;

/// The reserves policy of one force.
#[derive(Debug, Clone, Copy, Default)]
pub struct Policy {
    pub min_reserves: f64,
    pub max_reserves: f64,
    pub gap_closure: f64,
    pub cut_recurrence: f64,
    pub foresight: f64,
    pub officers_follow_cuts: f64,
}

/// The scenario's policy, where the force does not have its own.
pub fn policy(scenario: &Scenario, f: usize, source: &dyn Source) -> Policy {
    let (common, own) = (&scenario.ledger, &scenario.forces[f].ledger);
    Policy {
        min_reserves: source.quantity(own.min_reserves.as_ref().unwrap_or(&common.min_reserves)),
        max_reserves: source.quantity(own.max_reserves.as_ref().unwrap_or(&common.max_reserves)),
        gap_closure: source.quantity(own.gap_closure.as_ref().unwrap_or(&common.gap_closure)),
        cut_recurrence: source.quantity(own.cut_recurrence.as_ref().unwrap_or(&common.cut_recurrence)),
        foresight: source.quantity(own.foresight.as_ref().unwrap_or(&common.foresight)),
        officers_follow_cuts: source
            .quantity(own.officers_follow_cuts.as_ref().unwrap_or(&common.officers_follow_cuts)),
    }
}

/// What one year brings to a force, £m cash.
#[derive(Debug, Clone, Copy)]
pub struct Flows {
    pub funding: f64,
    /// `E_{f,t}`.
    pub expenditure: f64,
    /// `X_t`.
    pub cost_index: f64,
    /// Additional savings less programme team, running costs and payments for what was financed.
    pub recurring: f64,
    /// Additional investment that is not in `recurring`.
    pub other_investment: f64,
    pub incidents: f64,
    /// What the force expects of next year, but for the alliances.
    pub ahead: Ahead,
    /// What equalisation yields to it.
    pub equalisation: f64,
}

/// One year of the ledger.
#[derive(Debug, Clone, Copy, Default)]
pub struct LedgerYear {
    pub planned_cut: f64,
    pub emergency_cut: f64,
    pub restored: f64,
    pub reinvestment: f64,
    /// At the end of the year.
    pub reserves: f64,
    /// Recurring cuts at the end of the year, start prices.
    pub c: f64,
    pub not_viable: bool,
    /// The policy by which cuts reach officers.
    pub officers_follow_cuts: f64,
}

/// The ledger of one force over the years.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub policy: Policy,
    /// Reserves of the first year's facts.
    pub facts: f64,
    /// Reserves before its first year.
    pub opening: f64,
    /// Recurring cuts before its first year.
    pub opening_c: f64,
    pub years: Vec<LedgerYear>,
}

impl Ledger {
    /// A ledger before the first year.
    pub fn new(policy: Policy, facts: f64) -> Self {
        Self { policy, facts, opening: facts, opening_c: 0.0, years: Vec::new() }
    }

    /// Reserves and recurring cuts at the end of the last year run.
    pub fn closing(&self) -> (f64, f64) {
        self.years.last().map_or((self.opening, self.opening_c), |year| (year.reserves, year.c))
    }

    /// Runs the next year.
    pub fn run(&mut self, flows: &Flows) {
        let (mut reserves, mut c) = self.closing();
        let (e, x) = (flows.expenditure, flows.cost_index);
        let mut year = LedgerYear { officers_follow_cuts: self.policy.officers_follow_cuts, ..LedgerYear::default() };

        // What is left of a balance that comes out even is rounding.
        let settled = |balance: f64| if balance.abs() <= 1e-12 * e { 0.0 } else { balance };
        let structural = settled(flows.funding + flows.equalisation - (e - c * x) + flows.recurring);
        let next = flows.ahead.balance + c * flows.ahead.cost_index + flows.equalisation + flows.recurring;
        let balance = structural - self.policy.foresight * (structural - next).max(0.0);
        year.planned_cut = self.policy.gap_closure * (-balance).max(0.0);
        year.restored = self.policy.gap_closure * balance.min(c * x).max(0.0);
        c += year.planned_cut / x - year.restored / x;
        reserves += structural + year.planned_cut - year.restored - flows.other_investment - flows.incidents;

        let floor = self.policy.min_reserves * e;
        let ceiling = (self.policy.max_reserves * e).max(self.facts);
        if settled(reserves - floor) < 0.0 {
            year.emergency_cut = floor - reserves;
            let wanted = c + self.policy.cut_recurrence * year.emergency_cut / x;
            let limit = 0.5 * e / x;
            year.not_viable = wanted > limit;
            // The limit stops what an emergency adds; it gives nothing back.
            c = c.max(wanted.min(limit));
            reserves = floor;
        }
        if settled(reserves - ceiling) > 0.0 {
            let excess = reserves - ceiling;
            let recurs = (balance - year.restored).max(0.0);
            let undone = excess.min((c * x).max(0.0)).min(recurs);
            c -= undone / x;
            year.restored += undone;
            year.reinvestment = excess - undone;
            reserves = ceiling;
        }
        year.reserves = reserves;
        year.c = c;
        self.years.push(year);
    }
}
