//! What drives an outcome, in a few sentences.

use super::{DriverReport, Explanation, share};
use crate::figure::Figure;
use crate::words;
use analysis::Proportion;

/// A share of variance that is next to nothing.
const SMALL: f64 = 0.01;

pub(super) fn findings(report: &Explanation) -> Vec<String> {
    let what = words::the_measure(&report.outcome);
    if !report.varies {
        let among = if report.missing > 0 { "every future in which it is defined" } else { "every future" };
        let mean = Figure { error: 0.0, ..report.mean };
        return vec![format!(
            "{} is the same in {among}: {}. Nothing drives it.",
            words::capital(&what),
            report.says(mean)
        )];
    }
    let mut said = Vec::new();
    let told = |driver: &DriverReport| Some(format!("{} ({})", driver.label, share(driver.first?)));
    // Beside the first, what moves next to nothing moves it most in no sense.
    let moves = |(k, driver): &(usize, &DriverReport)| *k == 0 || driver.first.is_some_and(|own| own.value >= SMALL);
    let strongest = report.clear_causes().take(3).enumerate().filter(moves);
    let strongest: Vec<String> = strongest.filter_map(|(_, driver)| told(driver)).collect();
    if !report.by_definition.is_empty() {
        let each = words::list(&report.by_definition);
        said.push(format!("{} comes of these by definition, which are left out here: {each}.", words::capital(&what)));
    }
    let beside = if report.by_definition.is_empty() { "" } else { " other" };
    let least = report.clear_causes().next().and_then(|driver| driver.first).map_or(0.0, |first| first.value);
    if strongest.is_empty() {
        let over = report.scenario.span();
        said.push(format!("No{beside} cause by itself has a clear effect on {what} ({over}).{}", left_out(report)));
    } else if least < SMALL {
        let over = report.scenario.span();
        said.push(format!(
            "No{beside} cause by itself accounts for 1% of the variance of {what} ({over}); {} comes nearest.{}",
            strongest[0],
            left_out(report)
        ));
    } else {
        let (moves, each) = if strongest.len() == 1 { ("moves", "it accounts") } else { ("move", "each accounts") };
        let over = report.scenario.span();
        said.push(format!(
            "{} {moves} {what} ({over}) most; in brackets, about what share of its variance {each} for alone.{}",
            words::capital(&words::list(&strongest)),
            left_out(report)
        ));
    }
    said.extend(report.clear_causes().next().and_then(|driver| swing(report, driver)));
    let signs: Vec<String> = report.clear_drivers().filter(|driver| driver.sign).take(3).filter_map(told).collect();
    if !signs.is_empty() {
        let (go, they) = if signs.len() == 1 { ("goes", "It is also a sign") } else { ("go", "They are also signs") };
        said.push(format!(
            "{} {go} with {what}. {they} of how things go, so these shares do not say what is caused by them.",
            words::capital(&words::list(&signs))
        ));
    }
    let themes: Vec<String> =
        report.themes.iter().filter_map(|theme| Some(format!("{} {}", theme.theme, share(theme.total?)))).collect();
    if !themes.is_empty() {
        said.push(format!(
            "About what share of its variance each theme has a part in (they overlap where themes work together{}): {}.",
            if report.by_definition.is_empty() { "" } else { ", and what it comes of by definition is counted in them" },
            words::list(&themes)
        ));
    }
    let inputs = |driver: &DriverReport| driver.members.len().max(1);
    let unclear: usize = report.drivers.iter().filter(|driver| driver.first.is_none()).map(inputs).sum();
    if unclear > 0 {
        let all: usize = report.drivers.iter().map(inputs).sum();
        said.push(format!("{unclear} of {all} inputs that are drawn (uncertain numbers, events and what happens each year) have no clear effect by themselves."));
    }
    // Where two options are chosen between, what that choice needs is the answer.
    match (information(report), &report.against) {
        (Some(information), Some(_)) => said.insert(0, information),
        (information, _) => said.extend(information),
    }
    // What has not settled is no answer: that goes before it.
    said.splice(0..0, unsettled(report));
    said.extend(report.against.as_ref().map(|other| {
        format!("Listed are the inputs of \"{}\"; what \"{other}\" alone has is not.", report.scenario.title)
    }));
    said
}

/// That shares of variance have not settled, where a few futures make up much of it, and what the ranks say instead.
pub(crate) fn unsettled(report: &Explanation) -> Option<String> {
    let few = words::few_make(report.rests_on?, report.defined as u64);
    let rank = |driver: &&DriverReport| driver.rank_correlation.value.abs();
    let clear = |driver: &&DriverReport| {
        let rank = driver.rank_correlation;
        driver.members.is_empty() && Figure { value: rank.value.abs(), ..rank }.clear()
    };
    let by_rank = report.drivers.iter().filter(clear).max_by(|a, b| rank(a).total_cmp(&rank(b)));
    let instead = by_rank.map_or_else(String::new, |driver| {
        let rank = driver.rank_correlation.rounded(2);
        format!(" Go by the ranks: {} goes with it most (rank correlation {rank}).", driver.label)
    });
    Some(format!(
        "What share of the variance of {} an input accounts for has not settled, nor has its mean: {few}.{instead}",
        words::the_measure(&report.outcome)
    ))
}

/// That futures in which the outcome never comes, or is not defined, are no part of this.
fn left_out(report: &Explanation) -> String {
    if report.missing == 0 {
        return String::new();
    }
    let Proportion { value, error, .. } = Proportion::of(report.missing as f64, report.run.trials as f64);
    format!(
        " Only futures in which {} are looked at: in {} of all it is not so.",
        words::comes(&report.outcome),
        words::percent(Figure { value, error })
    )
}

/// What the outcome is where an input is low and where it is high; of inputs that are tied together and do not go the same way, where the
/// strongest of them is.
fn swing(report: &Explanation, driver: &DriverReport) -> Option<String> {
    let tied = !driver.members.is_empty() && !driver.together;
    let driver = if tied { driver.members.first()? } else { driver };
    let what = words::the_measure(&report.outcome);
    let others = if tied { " What is tied to it moves as well, some of it the other way." } else { "" };
    let (low, high) = (report.says(driver.low), report.says(driver.high));
    // Of all futures it has other percentiles.
    let of = match report.missing {
        0 => String::new(),
        _ => format!(" of futures in which {}", words::comes(&report.outcome)),
    };
    Some(match (&driver.low_says, &driver.high_says) {
        (Some(less), Some(more)) if driver.exact => {
            format!("Where {less}, {what} is {low} on average; where {more}, {high}.{others}")
        }
        (Some(less), Some(more)) => format!(
            "Near the 10th percentile{of}, where {less}, {what} is {low} on average; near the 90th, where {more}, {high}.{others}"
        ),
        _ => format!(
            "{}: where all of these are low together, {what} is {low} on average; where they are high together, {high}.",
            words::capital(&driver.label)
        ),
    })
}

/// What it is worth to know more before going ahead.
fn information(report: &Explanation) -> Option<String> {
    let (evpi, decision) = (report.evpi?, report.decision());
    if evpi.value <= 0.0 {
        return Some(format!(
            "To know more before {decision} would be worth nothing: no future of these turns the decision."
        ));
    }
    // Nobody can know beforehand what comes of how things go.
    let causes = report.drivers.iter().filter(|driver| !driver.sign);
    let best = causes.filter_map(|driver| Some((driver, driver.evppi?)));
    let best = best.max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let all = format!("Knowing everything before {decision} would be worth {}", words::worth(evpi));
    Some(if best.1.clear() {
        format!("{all}; the single thing most worth knowing is {} ({}).", best.0.label, words::worth(best.1))
    } else {
        format!("{all}; no input by itself is clearly worth knowing.")
    })
}
