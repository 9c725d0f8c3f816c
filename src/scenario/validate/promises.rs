//! Rules of targets, benefits and contact management.

use std::collections::HashSet;

use super::{Report, address};
use crate::alliance::{Scenario, Target};
use crate::scenario::reader::Context;
use crate::scenario::suggest;
use crate::uncertainty::quote_key;

/// Outcomes with one value a year, of the whole scenario.
const WHOLE: [&str; 19] = [
    "saving_cashable",
    "saving_noncashable",
    "saving_additional",
    "saving_cashable_real",
    "investment",
    "net",
    "net_cumulative",
    "areas_live",
    "unmet_officers",
    "unmet_officers_standalone",
    "shortfall",
    "shortfall_standalone",
    "regime",
    "cost_index",
    "deflator",
    "inflation",
    "pay_award",
    "tax_base_growth",
    "implemented_saving",
];

/// Only with contact management.
const CONTACT: [&str; 2] = ["contact_answered", "contact_answered_standalone"];

/// Outcomes with one value a year, of a force.
const FORCE: [&str; 21] = [
    "funding",
    "net",
    "saving",
    "saving_gross",
    "grant",
    "precept",
    "other_income",
    "expenditure",
    "band_d",
    "surge",
    "reserves",
    "reserves_standalone",
    "planned_cut",
    "planned_cut_standalone",
    "emergency_cut",
    "emergency_cut_standalone",
    "restored",
    "restored_standalone",
    "reinvestment",
    "reinvestment_standalone",
    "unmet_officers",
];

/// Only for a force in a merger.
const MERGED: [&str; 2] = ["council_tax", "council_tax_change"];

/// Outcomes with one value a year, of an alliance.
const ALLIANCE: [&str; 3] = ["saving_cashable", "investment", "areas_live"];

/// The names of every outcome with one value a year.
fn yearly_outcomes(scenario: &Scenario) -> Vec<String> {
    let mut names: Vec<String> = WHOLE.iter().map(|name| (*name).to_owned()).collect();
    if scenario.contact.is_some() {
        names.extend(CONTACT.map(str::to_owned));
    }
    for (position, force) in scenario.forces.iter().enumerate() {
        let path = address("force", &force.name);
        names.extend(FORCE.iter().chain(&["unmet_officers_standalone"]).map(|name| format!("{path}.{name}")));
        let is_in = |alliance: &crate::alliance::Alliance| {
            alliance.merger.is_some() && alliance.members.iter().any(|id| id.0 == position)
        };
        if scenario.alliances.iter().any(is_in) {
            names.extend(MERGED.map(|name| format!("{path}.{name}")));
        }
    }
    for alliance in &scenario.alliances {
        let path = address("alliance", &alliance.name);
        names.extend(ALLIANCE.map(|name| format!("{path}.{name}")));
        names.extend(alliance.merger.iter().map(|_| format!("{path}.equalisation_yield")));
    }
    names.extend(scenario.benefits.iter().map(|benefit| address("benefit", &benefit.name)));
    names
}

/// The address of a target: by its name where it was written, else by its position.
pub fn path_of_target(cx: &Context<'_>, position: usize, target: &Target) -> String {
    let by_name = address("target", &target.name);
    if cx.has(&by_name) { by_name } else { format!("target[{position}]") }
}

/// Targets and actuals name outcomes that have a value a year.
pub fn check_measures(scenario: &Scenario, report: &Report<'_>) {
    let known = yearly_outcomes(scenario);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for (position, target) in scenario.targets.iter().enumerate() {
        let is_known = known.contains(&target.measure.as_str()) && target.measure != "implemented_saving";
        if !target.measure.is_empty() && !is_known {
            let what = format!("\"{}\" is no outcome with a value for each year", target.measure);
            let path = path_of_target(report.cx, position, target);
            report.at(&format!("{path}.measure"), what, suggest::remedy(&target.measure, &known));
        }
    }
    // Where one could not be read, positions do not say which is which.
    let all_read = !report.cx.has(&format!("actual[{}]", scenario.actuals.len()));
    for (position, actual) in scenario.actuals.iter().enumerate().filter(|_| all_read) {
        if !actual.measure.is_empty() && !known.contains(&actual.measure.as_str()) {
            let what =
                format!("the measure \"{}\" of an actual is no outcome with a value for each year", actual.measure);
            report.at(&format!("actual[{position}]"), what, suggest::remedy(&actual.measure, &known));
        }
    }
}

/// No two targets have the same name, written or made.
pub fn check_names_of_targets(scenario: &Scenario, report: &Report<'_>) {
    let mut seen = HashSet::new();
    for (position, target) in scenario.targets.iter().enumerate() {
        if !target.name.is_empty() && !seen.insert(target.name.as_str()) {
            let what = format!("there are two targets \"{}\"", target.name);
            report.at(&path_of_target(report.cx, position, target), what, "Leave one out, or give each its own name");
        }
    }
}

/// A benefit names each area once.
pub fn check_benefits(scenario: &Scenario, report: &Report<'_>) {
    for benefit in &scenario.benefits {
        let mut seen = HashSet::new();
        for (alliance, area) in benefit.areas.iter().filter(|id| !seen.insert(**id)) {
            let name = scenario
                .alliances
                .get(alliance.0)
                .and_then(|alliance| alliance.areas.get(area.0))
                .map_or("", |area| &area.name);
            report.at(
                &format!("{}.areas", address("benefit", &benefit.name)),
                format!("the area \"{name}\" is named twice"),
                "Name each area once",
            );
        }
    }
}

/// Forces with contact data are members of the alliance that pools it.
pub fn check_contact(scenario: &Scenario, report: &Report<'_>) {
    let Some(contact) = &scenario.contact else { return };
    let Some(alliance) = scenario.alliances.get(contact.alliance.0) else { return };
    for force in contact.forces.iter().filter(|force| !alliance.members.contains(&force.force)) {
        let name = scenario.forces.get(force.force.0).map_or("", |force| &force.name);
        let path = format!("contact.force.{}", quote_key(name));
        report.at(
            &path,
            format!("{name} is no member of \"{}\", which pools contact management", alliance.name),
            "Name members of that alliance only",
        );
    }
}
