//! What a discovery says in a few sentences: the conditions, how telling and how sure they are, or that none was found.

use super::{DiscoveryReport, OwnCauseReport};
use crate::words;
use engine::units::{power_of_ten, ten_to};

pub(super) fn findings(report: &DiscoveryReport) -> Vec<String> {
    let (fails, trials) = (report.fails, words::thousands(report.run.trials));
    if report.resamples == 0 {
        let (first, not, chance) = if fails.value > 0.5 {
            (format!("It always fails: {} in every one of {trials} futures.", report.failure), " not", 1.0 - fails.low)
        } else {
            (format!("It never fails: {} in none of {trials} futures.", report.failure), "", fails.high)
        };
        let rest = format!(
            "Its chance{not} to fail is at most {}% (95% interval); there is nothing to tell apart.",
            bound(chance)
        );
        return vec![first, rest];
    }
    if report.conditions.is_empty() {
        let failing = (fails.value * report.run.trials as f64).round() as u64;
        let mut said = vec![
            format!(
                "{} in {}; the search found no condition on one to four inputs that tells these from the others.",
                words::capital(&report.failure),
                if fails.value < RARE {
                    format!("{} of {trials} futures", words::thousands(failing))
                } else {
                    format!("{} of futures", fails.within())
                }
            ),
            format!(
                "It had {} failures among {trials} futures. That is no proof that there is no such condition: the fewer the failures, the less \
                 it sees.",
                words::thousands(failing)
            ),
        ];
        said.extend(by_definition(report));
        return said;
    }
    let each: Vec<String> = report.conditions.iter().map(|condition| condition.says.clone()).collect();
    let mut said = vec![
        format!(
            "Where {}, {} in {} of futures; elsewhere in {}.",
            words::list(&each),
            report.failure,
            report.density.within(),
            report.elsewhere.within()
        ),
        format!(
            "Of all futures {} fail. Under {} lie {} of these failures, and {} of all futures.",
            fails.within(),
            if each.len() == 1 { "this condition" } else { "these conditions" },
            report.coverage.within(),
            report.support.percent()
        ),
    ];
    said.extend(signs(report));
    said.extend(by_definition(report));
    said.extend(unsure(report));
    said
}

/// Which conditions come of how things go.
fn signs(report: &DiscoveryReport) -> Option<String> {
    let each: Vec<String> =
        report.conditions.iter().filter(|own| own.sign).map(|own| format!("\"{}\"", own.says)).collect();
    let all = words::list(&each);
    match each.len() {
        0 => None,
        1 => Some(format!(
            "{all} is a sign of how things go: it goes with failure, which does not say that it causes it."
        )),
        _ => Some(format!(
            "{all} are signs of how things go: they go with failure, which does not say that they cause it."
        )),
    }
}

/// What the failure comes of by definition.
fn by_definition(report: &DiscoveryReport) -> Option<String> {
    let told = |own: &OwnCauseReport| format!("{} ({} of futures)", own.says, own.meets.percent());
    let each: Vec<String> = report.by_definition.iter().map(told).collect();
    let this = if each.len() == 1 { "this" } else { "these" };
    (!each.is_empty())
        .then(|| format!("By definition it comes where {}; the search leaves {this} out.", words::any_of(&each)))
}

/// A smaller share is told by its count.
const RARE: f64 = 0.001;
/// Of the repeated searches, the fewest that restrict the same input for its condition to be told without a word.
const SURELY: f64 = 0.75;

/// Which conditions other searches often do without.
fn unsure(report: &DiscoveryReport) -> Option<String> {
    let often = SURELY * report.resamples as f64;
    let weak = report.conditions.iter().filter(|condition| (condition.found_again as f64) < often);
    let each: Vec<String> = weak
        .map(|weak| format!("\"{}\" ({} of {} do)", weak.says, report.resamples - weak.found_again, report.resamples))
        .collect();
    (!each.is_empty()).then(|| {
        format!(
            "Not sure: searches on other futures often do without {}. Other inputs may tell about as much.",
            words::list(&each)
        )
    })
}

/// A small chance in per cent, rounded up to two significant digits.
fn bound(chance: f64) -> String {
    let percent = chance * 100.0;
    let power = power_of_ten(percent) - 1;
    let (unit, decimals) = (ten_to(power), usize::try_from(-power).unwrap_or_default());
    format!("{:.decimals$}", (percent / unit).ceil() * unit)
}

#[cfg(test)]
mod tests {
    use super::bound;

    #[test]
    fn a_small_chance_is_rounded_up_to_two_digits() {
        assert_eq!([0.000_937, 0.000_91, 0.037, 0.000_038].map(bound), ["0.094", "0.091", "3.7", "0.0038"]);
    }
}
