//! A slow, plain second implementation of one trial of the whole model, written from `docs/model.md` and not from the kernel.

mod appraisal;
mod collaboration;
mod delivery;
mod foresight;
mod fund;
mod funding;
mod governance;
mod investment;
mod ledger;
mod maths;
mod record;
mod resilience;
mod running;
mod savings;
pub mod source;
pub mod stops;
mod trial;

use engine::alliance::Scenario;

pub use record::Outcomes;
use source::{Plan, Source};

/// The reference for one scenario, its plan run done.
pub struct Reference<'a> {
    scenario: &'a Scenario,
    plan: trial::Trial<'a>,
}

impl<'a> Reference<'a> {
    /// Runs the plan.
    pub fn new(scenario: &'a Scenario) -> Self {
        Self { scenario, plan: trial::run(scenario, &Plan, None) }
    }

    /// What the plan run comes to.
    pub fn plan(&self) -> Outcomes {
        record::record(self.scenario, &self.plan)
    }

    /// What one trial comes to.
    pub fn trial(&self, source: &dyn Source) -> Outcomes {
        record::record(self.scenario, &trial::run(self.scenario, source, Some(&self.plan)))
    }
}
