//! Promises and actuals beside what is in scope; contact management beside its agents.

use super::figure::{meant, money, told, typed, write_money};
use super::{Look, levels, outside};
use crate::validate::path_of_target;
use engine::alliance::{Alliance, AreaCost, Scenario};
use engine::outcomes::{Outcome, OutcomeId};
use engine::uncertainty::{Quantity, quote_key};

/// Looks at promises, actuals and contact management.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    let all_read = !look.cx.has(&format!("actual[{}]", scenario.actuals.len()));
    for (position, target) in scenario.targets.iter().enumerate() {
        let path = path_of_target(look.cx, position, target);
        amount(scenario, &target.measure, target.amount, &format!("{path}.amount"), look);
    }
    for (position, actual) in scenario.actuals.iter().enumerate().filter(|_| all_read) {
        let path = format!("actual[{position}]");
        let high = actual.high.unwrap_or(actual.value);
        amount(scenario, &actual.measure, actual.value.max(high), &path, look);
    }
    contact(scenario, look);
}

/// What is saved in a year, by whatever count.
const SAVINGS: [Outcome; 7] = [
    Outcome::SavingCashable,
    Outcome::SavingNoncashable,
    Outcome::SavingAdditional,
    Outcome::SavingCashableReal,
    Outcome::ImplementedSaving,
    Outcome::Saving,
    Outcome::SavingGross,
];

/// A saving above all that is in scope.
fn amount(scenario: &Scenario, measure: &str, amount: f64, path: &str, look: &Look<'_>) {
    let is_saving = measure.parse().is_ok_and(|id: OutcomeId| SAVINGS.contains(&id.outcome));
    let scope: f64 = scenario.alliances.iter().map(in_scope).sum();
    if is_saving && scope > 0.0 && amount > scope {
        let likely = meant(amount, |value| (1e-4 * scope..=scope).contains(&value) && value < amount);
        let what =
            format!("{} is {}, above the {} a year that are in scope", told(amount), money(amount), money(scope));
        look.odd(path, what, write_money(likely));
    }
}

fn in_scope(alliance: &Alliance) -> f64 {
    let cost = |cost: &AreaCost| match cost {
        AreaCost::Total(total) => total.plan_value(),
        AreaCost::ByMember(costs) => costs.iter().map(Quantity::plan_value).sum(),
    };
    alliance.areas.iter().map(|area| cost(&area.cost)).sum()
}

/// Seconds that are probably minutes, calls of a day or a year in the busy hour.
fn contact(scenario: &Scenario, look: &Look<'_>) {
    let Some(contact) = &scenario.contact else { return };
    if let Some(level) = outside(&contact.target_s, 1.0, 600.0) {
        let what = format!("{} is a time to answer of {} seconds", level.told(), told(level.value));
        look.odd("contact.target_s", what, "It is in seconds: ten seconds are 10");
    }
    for force in &contact.forces {
        let name = scenario.forces.get(force.force.0).map_or("", |force| &force.name);
        let path = |key: &str| format!("contact.force.{}.{key}", quote_key(name));
        if let Some(level) = outside(&force.aht_s, 20.0, 3600.0) {
            let what = format!("{} is a handling time of {} seconds a call", level.told(), told(level.value));
            let remedy = if level.value < 20.0 {
                let minutes = told(level.value);
                format!("It is in seconds: if {minutes} minutes are meant, write {}", typed(60.0 * level.value))
            } else {
                "It is in seconds: five minutes are 300".to_owned()
            };
            look.odd(&path("aht_s"), what, remedy);
            continue;
        }
        let busy = |calls: f64| calls * force.aht_s.plan_value() / 3600.0;
        let most = 10.0 * f64::from(force.agents.max(1));
        if let Some(level) = levels(&force.calls).into_iter().find(|level| busy(level.value) > most) {
            let (calls, agents) = (told(busy(level.value).round()), force.agents);
            let what =
                format!("{} calls in the busy hour keep {calls} agents busy, and {agents} are on duty", level.told());
            look.odd(&path("calls"), what, "It is the calls of one hour, not of a day or a year");
        }
    }
}
