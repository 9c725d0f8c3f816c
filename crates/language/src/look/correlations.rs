//! Correlations that tie fewer than two uncertain quantities, and so do nothing.

use super::Look;
use crate::validate::drawn;
use engine::alliance::Scenario;
use engine::uncertainty::{Structure, Value};

/// Looks at every correlation.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    if scenario.correlations.is_empty() || look.cx.has(&format!("correlation[{}]", scenario.correlations.len())) {
        // One could not be read, so positions do not say which is which.
        return;
    }
    let builder = drawn(scenario);
    let economy = &scenario.economy;
    let still: Vec<&str> = [&economy.inflation, &economy.pay, &economy.tax_base_growth]
        .into_iter()
        .filter(|series| series.sd.value == Value::Fixed(0.0))
        .map(|series| series.key.as_str())
        .collect();
    let all = builder.tied(&scenario.correlations);
    for (position, (correlation, mut tied)) in scenario.correlations.iter().zip(all).enumerate() {
        tied.retain(|key| !still.contains(key));
        if correlation.quantities.iter().all(|key| ranges(key)) && tied.len() < 2 {
            continue;
        }
        let path = format!("correlation[{position}]");
        let remedy =
            "It needs two uncertain quantities or more: give each a distribution, or leave the correlation out";
        match tied.as_slice() {
            [] => look.odd(&path, "nothing that it names is uncertain, so it has no effect", remedy),
            [only] => {
                look.odd(&path, format!("of what it names only {only} is uncertain, so it has no effect"), remedy);
            }
            _ if correlation.structure == Structure::Common(0.0) => {
                look.odd(&path, "rho is 0, so it has no effect", "Write a rho above 0, or leave the correlation out");
            }
            _ => {}
        }
    }
}

/// Whether a pattern ties whatever forces or alliances there are: one that a shared file holds for all of them may meet one or none.
fn ranges(key: &str) -> bool {
    key.starts_with("force.*.") || key.starts_with("alliance.*.")
}
