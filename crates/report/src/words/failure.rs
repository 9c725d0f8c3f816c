//! What counts as failure, as it follows *where*: `net present value is below £0m`.

use super::measures::{event, measure, promise};
use super::typed;
use analysis::{Failure, Sign};
use engine::outcomes::{Outcome, OutcomeId};
use engine::units::Unit;

/// A failure in words: the outcome by its name, in its unit; an event as a sentence of whom it happens to, and one that has none as it was
/// asked for.
#[must_use]
pub fn failure(name: &OutcomeId, unit: Unit, failure: &Failure, asked: &str) -> String {
    let Failure { never, sign, level, .. } = *failure;
    if unit == Unit::Flag {
        let (no, yes) = (sign.holds(0.0, level), sign.holds(1.0, level));
        let kept = if yes { "kept" } else { "missed" };
        let told = promise(name)
            .map(|promise| format!("the promise \"{promise}\" is {kept}"))
            .or_else(|| event(name, yes))
            .filter(|_| no != yes);
        return told.unwrap_or_else(|| format!("{asked} holds"));
    }
    let side = match sign {
        Sign::Below => "below",
        Sign::AtMost => "at most",
        Sign::Above => "above",
        Sign::AtLeast => "at least",
        Sign::Equal => "exactly",
        Sign::Unequal => "other than",
    };
    let or = if never && sign.holds(f64::INFINITY, level) { " or never comes" } else { "" };
    format!("{} {} {side} {}{or}", measure(name), verb(name), typed(level, unit.label()))
}

/// What follows an outcome's name: some are several things.
#[must_use]
pub fn verb(name: &OutcomeId) -> &'static str {
    use Outcome as O;
    match name.outcome {
        O::LowestReserves
        | O::Reserves
        | O::Cuts
        | O::UnmetOfficers
        | O::UnmetTotal
        | O::AreasLive
        | O::NotViableYears
        | O::YearsWithoutShortfall
        | O::ContactAnswered
        | O::OfficersCut => "are",
        _ => "is",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_with_its_outcome_its_side_and_its_unit() {
        let says = |name: &str, unit, sign, level, never| {
            failure(&name.parse().expect("an outcome"), unit, &Failure { column: 0, never, sign, level }, "ended > 0")
        };
        assert_eq!(says("npv", Unit::MillionsPresent, Sign::Below, 0.0, false), "net present value is below £0m");
        assert_eq!(
            says("payback", Unit::Years, Sign::AtLeast, 8.0, true),
            "payback is at least 8 years or never comes"
        );
        assert_eq!(
            says("unmet_total", Unit::Officers, Sign::Above, 500.0, false),
            "officers missing over all years are above 500 officers"
        );
        // What was asked, to the digit: a figure of £14.5m is below no £14.5m.
        assert_eq!(says("npv", Unit::MillionsPresent, Sign::Below, 14.53, false), "net present value is below £14.53m");
        assert_eq!(says("target.x.met", Unit::Flag, Sign::Below, 1.0, false), "the promise \"x\" is missed");
        assert_eq!(says("target.x.met", Unit::Flag, Sign::AtLeast, 1.0, false), "the promise \"x\" is kept");
        assert_eq!(says("alliance.A.ended", Unit::Flag, Sign::Above, 0.0, false), "A ends within the horizon");
        assert_eq!(says("areas_live", Unit::Count, Sign::Equal, 0.0, false), "areas live are exactly 0");
        assert_eq!(says("ended", Unit::Flag, Sign::Above, 0.0, false), "ended > 0 holds");
    }
}
