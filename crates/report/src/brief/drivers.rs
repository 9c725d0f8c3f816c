//! What the answer on the page for those who decide hangs on, what turns it, and what is worth finding out first.

use crate::explanation::{DriverReport, Explanation, share};
use crate::figure::Figure;
use crate::words::{self, worth};

/// Inputs that it hangs on.
const INPUTS: usize = 3;

/// What is worth finding out before anything is decided.
pub(super) fn know_first(drivers: &Explanation) -> Option<String> {
    let causes = drivers.drivers.iter().filter(|driver| !driver.sign && drivers.rests_on.is_none());
    let best = causes.filter_map(|driver| Some((driver, driver.evppi?)));
    let (driver, evppi) = best.max_by(|a, b| a.1.value.total_cmp(&b.1.value)).filter(|(_, evppi)| evppi.clear())?;
    Some(format!(
        "Worth finding out first: {}. Knowing it before deciding is worth {} on average.",
        driver.plain,
        worth(evppi)
    ))
}

/// The few inputs that move the outcome most, and what it is where each is low and where it is high.
pub(super) fn hangs_on(drivers: &Explanation) -> Vec<String> {
    drivers.clear_causes().take(INPUTS).filter_map(|driver| ends(drivers, driver)).collect()
}

/// What an outcome is where an input is low and where it is high.
fn ends(drivers: &Explanation, driver: &DriverReport) -> Option<String> {
    // Shares and means that have not settled say nothing of it.
    let first = driver.first.filter(|_| drivers.rests_on.is_none())?;
    let (low, high) = (drivers.says(driver.low), drivers.says(driver.high));
    let own = strongest(driver);
    let it = |says: &String| says.strip_prefix(&own.label).map_or_else(|| says.clone(), |rest| format!("it{rest}"));
    let ends = match (&own.low_says, &own.high_says) {
        (Some(less), Some(more)) => format!("{low} where {}, {high} where {}", it(less), it(more)),
        _ => format!("{low} where these are low, {high} where they are high"),
    };
    Some(words::capital(&format!("{} ({} of the variance): {ends}.", driver.plain, share(first))))
}

/// The input by which the ends of a group are told: its strongest, unless all go the same way.
fn strongest(driver: &DriverReport) -> &DriverReport {
    match driver.members.first() {
        Some(member) if !driver.together => member,
        _ => driver,
    }
}

/// Inputs that by themselves turn the sign of the outcome between their 10th and their 90th percentile.
pub(super) fn turns(drivers: &Explanation) -> Vec<String> {
    if !drivers.can_turn() || drivers.rests_on.is_some() {
        return Vec::new();
    }
    let what = words::the_measure(&drivers.outcome);
    let clear = |end: Figure| end.clear() || end.times(-1.0).clear();
    let turns =
        |driver: &DriverReport| clear(driver.low) && clear(driver.high) && driver.low.value * driver.high.value < 0.0;
    let told: Vec<&DriverReport> = drivers.clear_causes().take(INPUTS).collect();
    let turning: Vec<(usize, &DriverReport)> = told.iter().copied().enumerate().filter(|(_, own)| turns(own)).collect();
    let is_event = |own: &DriverReport| own.sort == "event";
    let some = if turning.is_empty() { told.clone() } else { turning.iter().map(|(_, own)| *own).collect() };
    let ends = match (some.iter().any(|own| !is_event(own)), some.iter().any(|own| is_event(own))) {
        (true, false) => "between its 10th and its 90th percentile",
        (false, true) => "by whether it happens",
        _ => "between its 10th and its 90th percentile, or by whether it happens",
    };
    vec![match &turning[..] {
        [] => format!("No input by itself turns the sign of {what} on average {ends}."),
        some if some.len() == told.len() && some.len() > 1 => {
            format!("Each of these by itself turns the sign of {what} on average, {ends}.")
        }
        some => {
            let each: Vec<String> = some.iter().filter_map(|(k, _)| Some((*ORDER.get(*k)?).to_owned())).collect();
            let (of, each_turns) = if told.len() == 1 {
                ("this".to_owned(), "turns")
            } else {
                (format!("the {} of these", words::list(&each)), if some.len() == 1 { "turns" } else { "each turn" })
            };
            format!("By itself {of} {each_turns} the sign of {what} on average, {ends}.")
        }
    }]
}

/// What the inputs that it hangs on are called by their order.
const ORDER: [&str; INPUTS] = ["first", "second", "third"];
