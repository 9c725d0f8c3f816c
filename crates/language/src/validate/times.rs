//! Rules of dates and years.

use super::{Report, address};
use engine::alliance::Scenario;
use engine::units::{FinancialYear, Month};

/// The simulated time as people name it, where it could be read.
fn horizon(scenario: &Scenario) -> Option<(FinancialYear, FinancialYear)> {
    let last = i32::try_from(scenario.years).ok()? - 1;
    (scenario.years > 0 && scenario.first_year.0 > 0).then(|| (scenario.first_year, scenario.first_year.plus(last)))
}

/// An alliance starts before the horizon's end; a merger decides before it vests, within the horizon.
pub fn check_alliances(scenario: &Scenario, report: &Report<'_>) {
    let Some((first, last)) = horizon(scenario) else { return };
    let end = scenario.years as f64;
    let is_read = |month: Month| month.year > 1900;
    let reach = format!("The horizon reaches from {first} to {last}");
    for alliance in &scenario.alliances {
        let path = address("alliance", &alliance.name);
        if is_read(alliance.start) && alliance.start.time_from(first) >= end {
            report.at(&format!("{path}.start"), format!("{} is after the horizon", alliance.start), reach.clone());
        }
        for (year, _) in alliance.share_from.iter().filter(|(year, _)| *year <= first || *year > last) {
            let path = format!("{path}.share_from.\"{year}\"");
            let what = if *year <= first { "is not after the first year" } else { "is outside the horizon" };
            report.at(&path, format!("{year} {what}"), format!("{reach}; until then `share` holds"));
        }
        let Some(merger) = &alliance.merger else { continue };
        if !is_read(merger.vesting) {
            continue;
        }
        let vesting = merger.vesting;
        let time = vesting.time_from(first);
        if time < 0.0 || time >= end {
            report.at(&format!("{path}.merger.vesting"), format!("{vesting} is outside the horizon"), reach.clone());
        }
        if merger.decision_date > vesting {
            let what = format!("consent is decided in {}, after vesting in {vesting}", merger.decision_date);
            report.at(&format!("{path}.merger.decision_date"), what, "Decide by vesting at the latest");
        } else if merger.decision_date.time_from(first) < 0.0 {
            report.at(
                &format!("{path}.merger.decision_date"),
                format!("{} is before the horizon", merger.decision_date),
                reach.clone(),
            );
        }
        if is_read(alliance.start) && alliance.start > vesting {
            report.at(
                &format!("{path}.start"),
                format!("the merger starts in {}, after vesting in {vesting}", alliance.start),
                "Start it by vesting at the latest",
            );
        }
    }
}

/// Targets and report dates lie within the horizon, and no report date is named twice.
pub fn check_promises(scenario: &Scenario, report: &Report<'_>) {
    let Some((first, last)) = horizon(scenario) else { return };
    let reach = format!("The horizon reaches from {first} to {last}");
    for (position, target) in scenario.targets.iter().enumerate() {
        if target.year.0 > 0 && !(first..=last).contains(&target.year) {
            let path = super::promises::path_of_target(report.cx, position, target);
            report.at(&format!("{path}.year"), format!("{} is outside the horizon", target.year), reach.clone());
        }
    }
    for date in &scenario.report_dates {
        let time = date.time_from(first);
        if time < 0.0 || time > scenario.years as f64 {
            report.at("report_dates", format!("{date} is outside the horizon"), reach.clone());
        }
    }
}
