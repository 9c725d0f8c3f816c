//! Dates far outside the horizon, and times of a programme that lie beyond it.

use super::numbers::years;
use super::{Look, levels};
use engine::alliance::{Alliance, Scenario};
use engine::uncertainty::{Quantity, quote_key};
use engine::units::FinancialYear;

/// Years outside the horizon from which a date is probably a slip.
const FAR: f64 = 20.0;

/// The same for the start of an alliance, which may lie before the horizon.
const FAR_START: f64 = 10.0;

/// Years from which a plan is a long one.
const LONG: f64 = 6.0;

/// Looks at every date and at every time within a programme.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    let first = scenario.first_year;
    if scenario.years == 0 || first.0 == 0 {
        return;
    }
    let end = scenario.years as f64;
    let last = first.plus(scenario.years as i32 - 1);
    if !(2000..=2060).contains(&first.0) {
        look.odd("first_year", format!("the first year is {first}"), "Is it the year whose facts are known?");
    }
    let far = |path: &str, shown: &str, time: f64| {
        if time < -FAR || time > end + FAR {
            let what = format!("{shown} is far outside the horizon, which reaches from {first} to {last}");
            look.odd(path, what, "Look at its year");
        }
    };
    for force in &scenario.forces {
        let path = format!("force.{}.elections", quote_key(&force.name));
        force.elections.iter().for_each(|date| far(&path, &date.to_string(), date.time_from(first)));
    }
    let from = |year: FinancialYear| f64::from(year.0 - first.0);
    for (list, years) in [
        ("funding.known", scenario.funding.known.keys().collect::<Vec<_>>()),
        ("economy.limit.known", scenario.economy.limit.known.keys().collect()),
    ] {
        for year in years {
            far(&format!("{list}.{}", quote_key(&year.to_string())), &year.to_string(), from(*year));
        }
    }
    let all_read = !look.cx.has(&format!("actual[{}]", scenario.actuals.len()));
    for (position, actual) in scenario.actuals.iter().enumerate().filter(|_| all_read) {
        far(&format!("actual[{position}]"), &actual.when.to_string(), actual.when.middle(first));
    }
    scenario.alliances.iter().for_each(|alliance| programme(alliance, first, end, look));
}

/// The start of an alliance, and what is to happen so long after it.
fn programme(alliance: &Alliance, first: FinancialYear, end: f64, look: &Look<'_>) {
    let path = format!("alliance.{}", quote_key(&alliance.name));
    let start = alliance.start.time_from(first);
    if alliance.start.year <= 1900 {
        return;
    }
    if start < -FAR_START {
        let what = format!(
            "it starts in {}, {} years before the horizon, which begins in {first}",
            alliance.start,
            -start.floor()
        );
        look.odd(&format!("{path}.start"), what, "Look at its year");
    }
    let left = end - start.max(0.0);
    let ict = std::iter::once((format!("{path}.ict_ready"), &alliance.ict_ready));
    let cases =
        alliance.areas.iter().map(|area| (format!("{path}.area.{}.submit", quote_key(&area.name)), &area.submit));
    ict.chain(cases).for_each(|(path, time)| late(&path, time, left, alliance, look));
}

fn late(path: &str, time: &Quantity, left: f64, alliance: &Alliance, look: &Look<'_>) {
    let Some(level) = levels(time).into_iter().find(|level| level.value > LONG || level.value > left.max(1.0)) else {
        return;
    };
    let (_, remedy) = years(level);
    let beyond = if level.value > left { ", beyond the horizon" } else { "" };
    let shown = super::figure::told(level.value);
    let what =
        format!("{} is {shown} years after the start of the programme in {}{beyond}", level.told(), alliance.start);
    look.odd(path, what, remedy);
}
