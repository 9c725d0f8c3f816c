//! Options made comparable: the same number of years, the baseline's promises asked of all, and what that leaves out.

use crate::alliance::{Scenario, Target};

/// Cuts every scenario to the years of the shortest, counted from each one's own start; promises and report dates beyond go. Asks
/// the promises of the first, the baseline, of every other that starts in the same year. Says what was done.
pub fn align(scenarios: &mut [Scenario]) -> Vec<String> {
    let mut notes = Vec::new();
    let Some(years) = scenarios.iter().map(|scenario| scenario.years).min() else { return notes };
    if scenarios.iter().any(|scenario| scenario.first_year != scenarios[0].first_year) {
        notes.push(
            "The options start in different years: each is counted from its own start, in prices of its own first year."
                .to_owned(),
        );
    }
    for scenario in scenarios.iter_mut().filter(|scenario| scenario.years > years) {
        notes.push(format!(
            "Of the {} years of {} only the first {years}, those of the shortest option, are counted.",
            scenario.years, scenario.name
        ));
        cut(scenario, years);
    }
    let asked = ask(scenarios);
    if !asked.is_empty() {
        notes.push(format!("What the baseline promises is asked of {} too.", asked.join(", ")));
    }
    notes
}

/// Asks every promise of the first that is about the whole of it of the others; returns the names of those that had not made it.
fn ask(scenarios: &mut [Scenario]) -> Vec<String> {
    let mut asked = Vec::new();
    let Some((base, others)) = scenarios.split_first_mut() else { return asked };
    for scenario in others.iter_mut().filter(|scenario| scenario.first_year == base.first_year) {
        // What belongs to a force or an alliance may not be there.
        let common = base.targets.iter().filter(|target| !target.measure.contains('.'));
        let made = |name: &str, own: &[Target]| own.iter().any(|target| target.name == name);
        let new: Vec<Target> = common.filter(|target| !made(&target.name, &scenario.targets)).cloned().collect();
        if !new.is_empty() {
            asked.push(scenario.name.clone());
            scenario.targets.extend(new);
        }
    }
    asked
}

fn cut(scenario: &mut Scenario, years: usize) {
    let first = scenario.first_year;
    let last = first.plus(years as i32 - 1);
    scenario.years = years;
    scenario.targets.retain(|target| target.year <= last);
    scenario.report_dates.retain(|date| date.time_from(first) < years as f64);
    // What happened is no part of a comparison.
    scenario.actuals.clear();
}
