//! When the investment is earned back, in a sentence.

use super::{month, percent};
use crate::data::Report;
use crate::figure::Figure;

/// The sentence; none without an alliance.
#[must_use]
pub fn told(report: &Report) -> Option<String> {
    let payback = report.whole.payback.as_ref()?;
    let never = payback.missing?;
    let last = report.scenario.last_year();
    let plan = payback.plan.map_or_else(String::new, |plan| {
        let month = month(report.scenario.first_year(), plan);
        month.map_or_else(
            || format!(" The plan pays back after {plan:.1} years."),
            |month| format!(" The plan pays back in {month}."),
        )
    });
    Some(match payback.p50 {
        Some(p50) if p50.value <= 0.0 => "In at least half of the futures nothing has to be earned back.".to_owned(),
        Some(p50) => format!(
            "Undiscounted, the investment is earned back {} at the median{}.{plan}",
            after(report, p50),
            if never.value > 0.0 {
                format!("; in {} of futures it is not by the end of {last}", percent(never))
            } else {
                String::new()
            }
        ),
        None if never.value >= 1.0 => {
            format!("Undiscounted, the investment is earned back in no future by the end of {last}.{plan}")
        }
        None => {
            format!(
                "Undiscounted, the investment is not earned back by the end of {last} in {} of futures.{plan}",
                percent(never)
            )
        }
    })
}

/// When something comes, by its month and in years from the start of the scenario.
fn after(report: &Report, time: Figure) -> String {
    let (first, years) = (report.scenario.first_year(), time.rounded(1));
    match (month(first, time.value), month(first, 0.0)) {
        (Some(month), Some(start)) => format!("in {month}, {years} years from {start},"),
        _ => format!("after {years} years"),
    }
}
