//! Savings that members would have found alone, and what they would have cost alone: one without the other flatters or slanders.

use super::Look;
use engine::alliance::Scenario;
use engine::uncertainty::quote_key;

/// Looks at what is attributed to every alliance.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for alliance in scenario.alliances.iter().filter(|own| own.has_costs_of_change()) {
        let path = |key: &str| format!("alliance.{}.{key}", quote_key(&alliance.name));
        match (alliance.attributable.is_stated(), alliance.attributable_cost.is_stated()) {
            (true, false) => look.odd(
                &path("attributable"),
                "it counts additional savings alone, but all costs of change",
                "Write attributable_cost too: the share of severance and one-off costs that the members would not have borne alone; 1: all",
            ),
            (false, true) => look.odd(
                &path("attributable_cost"),
                "it counts additional costs of change alone, but all savings",
                "Write attributable too: the share of savings that the members would not have found alone; 1: all",
            ),
            _ => {}
        }
    }
}
