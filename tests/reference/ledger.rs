//! MODEL section 6: the ledger of a force, with or without its alliances.

use engine::alliance::Scenario;

use super::source::Source;

/// The reserves policy of one force.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    pub min_reserves: f64,
    pub max_reserves: f64,
    pub gap_closure: f64,
    pub cut_recurrence: f64,
}

/// The scenario's policy, where the force does not have its own.
pub fn policy(scenario: &Scenario, f: usize, source: &dyn Source) -> Policy {
    let (common, own) = (&scenario.ledger, &scenario.forces[f].ledger);
    Policy {
        min_reserves: source.quantity(own.min_reserves.as_ref().unwrap_or(&common.min_reserves)),
        max_reserves: source.quantity(own.max_reserves.as_ref().unwrap_or(&common.max_reserves)),
        gap_closure: source.quantity(own.gap_closure.as_ref().unwrap_or(&common.gap_closure)),
        cut_recurrence: source.quantity(own.cut_recurrence.as_ref().unwrap_or(&common.cut_recurrence)),
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
    /// Additional savings less programme team less instalments.
    pub recurring: f64,
    pub other_investment: f64,
    pub incidents: f64,
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
}

/// The ledger of one force over the years.
#[derive(Debug, Clone)]
pub struct Ledger {
    pub policy: Policy,
    pub opening: f64,
    pub years: Vec<LedgerYear>,
}

impl Ledger {
    /// A ledger before its first year.
    pub fn new(policy: Policy, opening: f64) -> Self {
        Self { policy, opening, years: Vec::new() }
    }

    /// Runs the next year.
    pub fn run(&mut self, flows: Flows) {
        let (mut reserves, mut c) = self.years.last().map_or((self.opening, 0.0), |year| (year.reserves, year.c));
        let (e, x) = (flows.expenditure, flows.cost_index);
        let mut year = LedgerYear::default();

        // What is left of a balance that comes out even is rounding.
        let settled = |balance: f64| if balance.abs() <= 1e-12 * e { 0.0 } else { balance };
        let structural = settled(flows.funding - (e - c * x) + flows.recurring);
        if structural < 0.0 {
            year.planned_cut = self.policy.gap_closure * -structural;
        } else {
            year.restored = self.policy.gap_closure * structural.min(c * x);
        }
        c += year.planned_cut / x - year.restored / x;
        reserves += structural + year.planned_cut - year.restored - flows.other_investment - flows.incidents;

        let floor = self.policy.min_reserves * e;
        let ceiling = (self.policy.max_reserves * e).max(self.opening);
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
            year.reinvestment = reserves - ceiling;
            reserves = ceiling;
        }
        year.reserves = reserves;
        year.c = c;
        self.years.push(year);
    }
}
