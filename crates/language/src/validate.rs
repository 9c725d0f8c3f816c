//! Rules that span several keys: one `check_*` a rule, all of them run whatever the others find.

mod alliances;
mod correlations;
mod forces;
mod inputs;
mod promises;
mod times;

pub use correlations::drawn;
pub use promises::path_of_target;

use super::reader::Context;
use engine::alliance::Scenario;

/// How far from 1 a sum of shares may be.
const ROUNDING: f64 = 1e-6;

/// Checks every rule.
pub fn validate(scenario: &Scenario, cx: &Context<'_>) {
    let report = Report { cx };
    forces::check_there_are_forces(scenario, &report);
    forces::check_size(scenario, &report);
    forces::check_income(scenario, &report);
    forces::check_scope(scenario, &report);
    forces::check_reserves_policy(scenario, &report);
    forces::check_transition(scenario, &report);
    alliances::check_weights(scenario, &report);
    alliances::check_kind_and_merger(scenario, &report);
    alliances::check_one_merger_a_force(scenario, &report);
    alliances::check_after(scenario, &report);
    alliances::check_draw_keys(scenario, &report);
    times::check_alliances(scenario, &report);
    times::check_promises(scenario, &report);
    promises::check_measures(scenario, &report);
    promises::check_actuals(scenario, &report);
    promises::check_names_of_targets(scenario, &report);
    promises::check_benefits(scenario, &report);
    promises::check_contact(scenario, &report);
    correlations::check_correlations(scenario, &report);
}

/// Where rules report what they find.
struct Report<'a> {
    cx: &'a Context<'a>,
}

impl Report<'_> {
    /// Reports a problem at the place of an address, or of what stands nearest above it.
    fn at(&self, address: &str, what: impl Into<String>, remedy: impl Into<String>) {
        if let Some(place) = self.cx.place(address) {
            self.cx.problem(&place, address, what, remedy);
        }
    }

    /// Reports what is missing, unless it may stand in text that could not be read.
    fn missing(&self, address: &str, what: &str, remedy: &str) {
        if let Some(place) = self.cx.place(address) {
            self.cx.missing(&place, address, what, remedy);
        }
    }
}

/// The address of a force, alliance, benefit or target.
fn address(list: &str, name: &str) -> String {
    format!("{list}.{}", engine::uncertainty::quote_key(name))
}
