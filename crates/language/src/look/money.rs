//! Costs of an alliance beside what it can save and what its members have.

use super::figure::{meant, money, told, write_money};
use super::{Look, outside};
use engine::alliance::{Alliance, AreaCost, Scenario};
use engine::uncertainty::{Quantity, quote_key};

/// Looks at the money of every alliance.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for alliance in &scenario.alliances {
        let path = format!("alliance.{}", quote_key(&alliance.name));
        let budgets: f64 =
            alliance.members.iter().filter_map(|id| scenario.forces.get(id.0)).map(|force| force.budget.value).sum();
        areas(alliance, &path, budgets, look);
        programme(alliance, &path, budgets, look);
    }
    let cost = &scenario.resilience.incident_cost;
    if let Some(level) = outside(cost, 0.0, 0.2) {
        let what = format!("{} is {} for each officer called out", level.told(), money(level.value));
        let likely = meant(level.value, |value| (1e-5..=0.2).contains(&value));
        look.odd("resilience.incident_cost", what, write_money(likely));
    }
}

/// What an area costs a year, as planned.
fn cost(cost: &AreaCost) -> f64 {
    match cost {
        AreaCost::Total(total) => total.plan_value(),
        AreaCost::ByMember(costs) => costs.iter().map(Quantity::plan_value).sum(),
    }
}

/// Each area beside the members' budgets, its one-off cost beside its saving.
fn areas(alliance: &Alliance, path: &str, budgets: f64, look: &Look<'_>) {
    for area in &alliance.areas {
        let path = format!("{path}.area.{}", quote_key(&area.name));
        let cost = cost(&area.cost);
        if cost > 0.5 * budgets && cost <= budgets {
            let what = format!(
                "{} alone is {} of the {} that its members have a year",
                area.name,
                money(cost),
                money(budgets)
            );
            look.odd(&format!("{path}.cost"), what, "It is the part of their costs that is in scope, in £m a year");
        } else if cost > 0.0 && cost < 0.01 {
            let what = format!("{} is {} a year", told(cost), money(cost));
            let likely =
                [1e3, 1e6].map(|factor| cost * factor).into_iter().find(|value| (0.05..0.5 * budgets).contains(value));
            look.odd(&format!("{path}.cost"), what, write_money(likely));
        }
        let saving = cost * area.saving.plan_value();
        let most = if saving > 0.0 { 20.0 * saving } else { 3.0 * cost };
        let beside = if saving > 0.0 {
            format!("against a saving of {} a year", money(saving))
        } else {
            format!("for an area that costs {} a year", money(cost))
        };
        above(&area.oneoff, most, "once", &beside, (&format!("{path}.oneoff"), look));
        let most = (3.0 * saving).max(cost);
        above(&area.running, most, "a year", &beside, (&format!("{path}.running"), look));
    }
}

/// Team, ICT, set-up and the costs of leaving.
fn programme(alliance: &Alliance, path: &str, budgets: f64, look: &Look<'_>) {
    let saving: f64 = alliance.areas.iter().map(|area| cost(&area.cost) * area.saving.plan_value()).sum();
    let (team, ict, beside) = if saving > 0.0 {
        (3.0 * saving, 25.0 * saving, format!("against savings of {} a year", money(saving)))
    } else {
        (0.05 * budgets, 0.5 * budgets, format!("against budgets of {} a year", money(budgets)))
    };
    above(&alliance.team, team, "a year", &beside, (&format!("{path}.team"), look));
    above(&alliance.running, team, "a year", &beside, (&format!("{path}.running"), look));
    above(&alliance.ict_capital, ict, "once", &beside, (&format!("{path}.ict_capital"), look));
    let beside = format!("against budgets of {} a year", money(budgets));
    let merger =
        alliance.merger.iter().flat_map(|m| [("merger.setup", &m.setup), ("merger.abortive_cost", &m.abortive_cost)]);
    for (key, cost) in merger.chain([("exit.cost", &alliance.exit.cost)]) {
        above(cost, 0.5 * budgets, "once", &beside, (&format!("{path}.{key}"), look));
    }
}

/// Notes a cost above the most that is usual.
fn above(cost: &Quantity, most: f64, when: &str, beside: &str, (path, look): (&str, &Look<'_>)) {
    // No scale to judge by where nothing is known beside it.
    if most <= 0.0 || most.is_nan() {
        return;
    }
    if let Some(level) = outside(cost, 0.0, most) {
        let likely = meant(level.value, |value| (1e-4 * most..=most).contains(&value) && value < level.value);
        look.odd(path, format!("{} is {} {when}, {beside}", level.told(), money(level.value)), write_money(likely));
    }
}
