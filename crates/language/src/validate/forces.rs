//! Rules of forces, their income, their costs in scope and their grant regimes.

use super::{ROUNDING, Report, address};
use crate::limits::{FORCE_YEARS, MEMBER_YEARS};
use crate::look::money;
use engine::alliance::{AreaCost, Force, Scenario};
use engine::id::ForceId;
use engine::uncertainty::quote_key;
use engine::units::thousands;

/// A scenario is about at least one force.
pub fn check_there_are_forces(scenario: &Scenario, report: &Report<'_>) {
    if scenario.forces.is_empty() && !report.cx.has("force") {
        report.missing("force", "there is no force", "Write at least one under a header [[force]]");
    }
}

/// A run counts some dozens of figures for each force and year, and keeps as many of each member and year at hand.
pub fn check_size(scenario: &Scenario, report: &Report<'_>) {
    let (forces, years) = (scenario.forces.len(), scenario.years);
    if forces * years > FORCE_YEARS {
        let what = format!("{forces} forces over {years} years are too many");
        let most = thousands(FORCE_YEARS as u64);
        report.at("years", what, format!("Forces times years are at most {most}: take fewer of either"));
    }
    let members: usize = scenario.alliances.iter().map(|alliance| alliance.members.len()).sum();
    if members * years > MEMBER_YEARS {
        let what = format!("{members} members of alliances over {years} years are too many");
        let most = thousands(MEMBER_YEARS as u64);
        report.at(
            "years",
            what,
            format!("Members of all alliances times years are at most {most}: take fewer of either"),
        );
    }
}

/// Money in £m as a budget has it, to the penny of a million, unless it is beyond all budgets.
fn pounds(millions: f64) -> String {
    if millions.abs() < 1e9 { format!("£{millions:.2}m") } else { money(millions) }
}

/// Grant and precept may not exceed the budget by more than 0.1 % of it.
pub fn check_income(scenario: &Scenario, report: &Report<'_>) {
    for force in &scenario.forces {
        let budget = force.budget.value;
        let grant = budget * force.grant_share.value;
        let precept = force.tax_base.value * force.band_d.value / 1e6;
        if grant + precept > budget * 1.001 {
            let what = format!(
                "grant of {} and precept of {} (tax base × Band D) exceed the budget of {}",
                pounds(grant),
                pounds(precept),
                pounds(budget)
            );
            let remedy = "Correct budget, grant_share, tax_base or band_d; tax_base may be left out and is then what the budget leaves";
            report.at(&format!("{}.grant_share", address("force", &force.name)), what, remedy);
        }
    }
}

/// A force's in-scope costs over all its alliances may not exceed its budget, at plan values.
pub fn check_scope(scenario: &Scenario, report: &Report<'_>) {
    for (position, force) in scenario.forces.iter().enumerate() {
        let costs: Vec<(&str, f64)> = scenario
            .alliances
            .iter()
            .map(|alliance| (alliance.name.as_str(), in_scope(scenario, alliance, ForceId(position))))
            .collect();
        let total: f64 = costs.iter().map(|(_, cost)| cost).sum();
        if total > force.budget.value * (1.0 + 1e-9) {
            let parts =
                costs.iter().filter(|(_, cost)| *cost > 0.0).map(|(name, cost)| format!("{} in {name}", pounds(*cost)));
            let parts = parts.collect::<Vec<_>>().join(", ");
            let what = format!(
                "its costs in scope are {} ({parts}), above its budget of {}",
                pounds(total),
                pounds(force.budget.value)
            );
            let hint =
                if total > 1000.0 * force.budget.value { ". Costs are in £m: these are probably pounds" } else { "" };
            report.at(
                &format!("{}.budget", address("force", &force.name)),
                what,
                format!("Lower the costs of the areas; an area belongs to one alliance of a force only{hint}"),
            );
        }
    }
}

fn in_scope(scenario: &Scenario, alliance: &engine::alliance::Alliance, force: ForceId) -> f64 {
    let Some(member) = alliance.members.iter().position(|id| *id == force) else { return 0.0 };
    let budget = |id: &ForceId| scenario.forces.get(id.0).map_or(f64::NAN, |force| force.budget.value);
    let share = budget(&force) / alliance.members.iter().map(budget).sum::<f64>();
    let cost = |cost: &AreaCost| match cost {
        AreaCost::Total(total) => total.plan_value() * share,
        AreaCost::ByMember(costs) => costs.get(member).map_or(0.0, engine::uncertainty::Quantity::plan_value),
    };
    alliance.areas.iter().map(|area| cost(&area.cost)).sum()
}

/// The floor of reserves may not lie above their ceiling, at plan values.
pub fn check_reserves_policy(scenario: &Scenario, report: &Report<'_>) {
    let ledger = &scenario.ledger;
    let bounds = |force: Option<&Force>| {
        let own = force.map(|force| &force.ledger);
        let floor = own.and_then(|own| own.min_reserves.as_ref()).unwrap_or(&ledger.min_reserves).plan_value();
        let ceiling = own.and_then(|own| own.max_reserves.as_ref()).unwrap_or(&ledger.max_reserves).plan_value();
        (floor, ceiling)
    };
    let overriding = scenario
        .forces
        .iter()
        .filter(|force| force.ledger.min_reserves.is_some() || force.ledger.max_reserves.is_some());
    let policies = std::iter::once(("ledger".to_owned(), None))
        .chain(overriding.map(|force| (address("force", &force.name), Some(force))));
    for (path, force) in policies {
        let (floor, ceiling) = bounds(force);
        if floor > ceiling {
            let what = format!("the floor of reserves, {floor}, lies above their ceiling, {ceiling}");
            report.at(&format!("{path}.min_reserves"), what, "Write min_reserves at most max_reserves");
        }
    }
}

/// Every row of the regimes' chain sums to 1.
pub fn check_transition(scenario: &Scenario, report: &Report<'_>) {
    for regime in &scenario.funding.regimes {
        let sum: f64 = regime.next.iter().sum();
        if (sum - 1.0).abs() > ROUNDING {
            let path = format!("funding.transition.{}", quote_key(&regime.name));
            report.at(
                &path,
                format!("the chances sum to {sum:.6}"),
                "Make the row sum to 1; a regime that is left out has chance 0",
            );
        }
    }
}
