//! How a scenario itself addresses what is drawn: `draws_as` lends one thing the draws of another, never its name.

use super::Scenario;
use crate::uncertainty::quote_key;

/// The scenario's own address of a draw's key: that of what draws under it, where it draws as something else.
#[must_use]
pub fn own_address(scenario: &Scenario, key: &str) -> String {
    let below = |prefix: &str| key.strip_prefix(prefix).filter(|rest| rest.is_empty() || rest.starts_with('.'));
    for alliance in &scenario.alliances {
        let own = format!("alliance.{}", quote_key(&alliance.name));
        for area in &alliance.areas {
            if let Some(rest) = below(&area.key) {
                return format!("{own}.area.{}{}", quote_key(&area.name), own_member(scenario, rest));
            }
        }
        if let Some(rest) = below(&alliance.key) {
            return own + &own_member(scenario, rest);
        }
    }
    for force in &scenario.forces {
        if let Some(rest) = below(&force.key) {
            return format!("force.{}{rest}", quote_key(&force.name));
        }
    }
    key.to_owned()
}

/// The rest of an alliance's key with the force that it names, if any, called by its own name: `.force.Dorset.exit`, `.cost.Dorset`.
fn own_member(scenario: &Scenario, rest: &str) -> String {
    for force in &scenario.forces {
        let (drawn, own) = (force.key.trim_start_matches("force."), quote_key(&force.name));
        if drawn == own {
            continue;
        }
        let within = format!(".force.{drawn}.");
        if let Some(last) = rest.strip_prefix(&within) {
            return format!(".force.{own}.{last}");
        }
        if let Some(before) = rest.strip_suffix(&format!(".{drawn}")) {
            return format!("{before}.{own}");
        }
    }
    rest.to_owned()
}
