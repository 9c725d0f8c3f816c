//! Rules of targets, benefits and contact management.

use std::collections::HashSet;

use super::{Report, address};
use crate::reader::Context;
use crate::suggest;
use engine::alliance::{Actual, Scenario, Target, When};
use engine::outcomes::declared::{
    Additional, CouncilTax, Ledger, OfAlliance, OfContact, OfForce, OfFund, OfMerger, Row, Running, Span, Whole,
};
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::uncertainty::quote_key;
use engine::units::Month;

/// The names under an owner of what is told of it each year, or on each date of a report.
fn each_year(owner: &Owner, rows: &[Row]) -> Vec<String> {
    let yearly = rows.iter().filter(|row| row.span != Span::Horizon);
    yearly.map(|row| format!("{}{}", owner.prefix(), row.name())).collect()
}

/// The names of every outcome with one value a year or a date.
fn yearly_outcomes(scenario: &Scenario) -> Vec<String> {
    let mut names = each_year(&Owner::Whole, Whole::ROWS);
    if scenario.has_additional_investment() {
        names.extend(each_year(&Owner::Whole, Additional::ROWS));
    }
    if scenario.has_running_costs() {
        names.extend(each_year(&Owner::Whole, Running::ROWS));
    }
    names.push(Outcome::ImplementedSaving.id().to_owned());
    if scenario.contact.is_some() {
        names.extend(each_year(&Owner::Whole, OfContact::ROWS));
    }
    for (position, force) in scenario.forces.iter().enumerate() {
        let owner = Owner::Force(force.name.clone());
        let alone: Vec<Row> = Ledger::ROWS.iter().map(Row::alone).collect();
        names.extend([OfForce::ROWS, Ledger::ROWS, &alone].into_iter().flat_map(|rows| each_year(&owner, rows)));
        if scenario.is_merging(position) {
            names.extend(each_year(&owner, CouncilTax::ROWS));
        }
    }
    for alliance in &scenario.alliances {
        let owner = Owner::Alliance(alliance.name.clone());
        names.extend(each_year(&owner, OfAlliance::ROWS));
        names.extend(alliance.merger.iter().flat_map(|_| each_year(&owner, OfMerger::ROWS)));
        let fund = alliance.merger.as_ref().and_then(|own| own.fund_from(scenario.first_year, scenario.years));
        names.extend(fund.iter().flat_map(|_| each_year(&Owner::Fund(alliance.name.clone()), OfFund::ROWS)));
    }
    names.extend(scenario.benefits.iter().map(|benefit| Owner::Benefit(benefit.name.clone()).prefix()));
    names
}

/// The address of a target: by its name where it was written, else by its position.
pub fn path_of_target(cx: &Context<'_>, position: usize, target: &Target) -> String {
    let by_name = address("target", &target.name);
    if cx.has(&by_name) { by_name } else { format!("target[{position}]") }
}

/// Targets name outcomes that have a value a year.
pub fn check_measures(scenario: &Scenario, report: &Report<'_>) {
    let known = yearly_outcomes(scenario);
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    for (position, target) in scenario.targets.iter().enumerate() {
        let is_known = known.contains(&target.measure.as_str()) && target.measure != Outcome::ImplementedSaving.id();
        if !target.measure.is_empty() && !is_known {
            let what = format!("\"{}\" is no outcome with a value for each year", target.measure);
            let path = path_of_target(report.cx, position, target);
            report.at(&format!("{path}.measure"), what, suggest::remedy(&target.measure, &known));
        }
    }
}

/// Actuals name outcomes that have a value a year or a date, or what happens on some day or never.
pub fn check_actuals(scenario: &Scenario, report: &Report<'_>) {
    let (yearly, events) = (yearly_outcomes(scenario), events(scenario));
    let known: Vec<&str> = yearly.iter().chain(&events).map(String::as_str).collect();
    // Where one could not be read, positions do not say which is which.
    let all_read = !report.cx.has(&format!("actual[{}]", scenario.actuals.len()));
    for (position, actual) in scenario.actuals.iter().enumerate().filter(|_| all_read) {
        let path = format!("actual[{position}]");
        if !actual.measure.is_empty() && !known.contains(&actual.measure.as_str()) {
            let what =
                format!("the measure \"{}\" of an actual is no outcome with a value for each year", actual.measure);
            report.at(&path, what, suggest::remedy(&actual.measure, &known));
        } else if OutcomeId::names_fact(&actual.measure) {
            check_fact(actual, &path, report);
        }
        if actual.high.is_some_and(|high| high < actual.value) {
            report.at(&format!("{path}.high"), "the high reading is below the low one", "Exchange value and high");
        }
    }
}

/// Of what happens or does not it is told whether it did, and nothing that only an amount has.
fn check_fact(actual: &Actual, path: &str, report: &Report<'_>) {
    if actual.high.is_some() || ![0.0, 1.0].contains(&actual.value) {
        let what = format!("\"{}\" happens or does not, and has no other figure", actual.measure);
        report.at(&format!("{path}.value"), what, "Write 1 where it had happened by then, 0 where it had not");
    }
    for (key, is_written) in [("series", actual.series.is_some()), ("discrepancy", actual.discrepancy.is_some())] {
        if is_written {
            let what = format!("\"{}\" happens or does not: its {key} would have no effect", actual.measure);
            let remedy = "Leave it out; how surely it is known, error says: the chance that it was told wrongly";
            report.at(&format!("{path}.{key}"), what, remedy);
        }
    }
    if let (When::Year(year), Some(known)) = (actual.when, actual.known) {
        let start = Month { year: year.0, month: 4 };
        let (early, why) = if actual.value > 0.5 {
            (start, "cannot have been known to have happened before that year")
        } else {
            (actual.when.end(), "cannot be known not to have happened before that year is over")
        };
        if known < early {
            let what = format!("it is of {year}, known from {known}, and {why}");
            report.at(&format!("{path}.known"), what, format!("Write {early} or later, or leave it out"));
        }
    }
    if actual.error.is_some_and(|error| error <= 0.0 || error >= 0.5) {
        let what = "the chance that such a fact was told wrongly lies between 0 and one half";
        report.at(&format!("{path}.error"), what, "Leave it out, or write 0.02");
    }
}

/// The names of what happens on some day or never.
fn events(scenario: &Scenario) -> Vec<String> {
    let mut names = Vec::new();
    for alliance in &scenario.alliances {
        let own = Owner::Alliance(alliance.name.clone());
        names.push(Outcome::Ended.of(own.clone()).name());
        names.extend(alliance.review.iter().map(|_| Outcome::Stopped.of(own.clone()).name()));
        for force in alliance.members.iter().filter_map(|member| scenario.forces.get(member.0)) {
            let owner = Owner::Member { alliance: alliance.name.clone(), force: force.name.clone() };
            names.push(Outcome::Left.of(owner).name());
        }
    }
    names
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
