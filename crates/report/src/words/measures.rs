//! What outcomes are called: as a measure within a sentence, and as the head of a row.

use super::capital;
use engine::outcomes::{Outcome, OutcomeId, Owner};

/// An outcome as people call it. What belongs to a force or an alliance says so.
#[must_use]
pub fn measure(id: &OutcomeId) -> String {
    if let Some(promise) = promise(id) {
        return format!("{} \"{promise}\"", Outcome::Met.label());
    }
    if let Some(happens) = event(id, true) {
        return match &id.owner {
            // There is no such chance where it does not vest.
            Owner::Fund(merger) => format!("chance, where {merger} vests, that {happens}"),
            _ => format!("chance that {happens}"),
        };
    }
    match &id.owner {
        Owner::Whole | Owner::Benefit(_) => plain(id),
        Owner::Force(owner) | Owner::Alliance(owner) | Owner::Target(owner) => format!("{} of {owner}", plain(id)),
        Owner::Fund(merger) => format!("{} of the force merged by {merger}", plain(id)),
        Owner::Member { alliance, force: part } | Owner::Area { alliance, area: part } => {
            format!("{} of {part} in {alliance}", plain(id))
        }
    }
}

/// That an outcome which some futures do not have is there, as it follows *in which*: `it pays back`, `it comes`.
#[must_use]
pub fn comes(id: &OutcomeId) -> &'static str {
    match (&id.owner, id.outcome) {
        (Owner::Fund(_), _) | (_, Outcome::NpvIfVested) => "the merger vests",
        (_, Outcome::NpvIfNotVested) => "the merger does not vest",
        (_, Outcome::Payback | Outcome::PaybackDiscounted) => "it pays back",
        (_, Outcome::BenefitCostRatio | Outcome::BenefitCostRatioNoncashable) => "there is additional investment",
        (_, Outcome::StoppedAt) => "a review stops the programme",
        (_, Outcome::IctReady) => "the common ICT is ready",
        (_, Outcome::ProgrammeSettled) => "the programme is done",
        (_, Outcome::EndedAt) => "it ends",
        (_, Outcome::LeavesAt) => "it leaves",
        (_, Outcome::Live) => "it is live",
        (_, Outcome::FirstYear) => "the promise is kept",
        _ => "it comes",
    }
}

/// The same as it follows a verb: `the chance to lose`, `net present value`.
#[must_use]
pub fn the_measure(id: &OutcomeId) -> String {
    let name = measure(id);
    if name.starts_with("chance") { format!("the {name}") } else { name }
}

/// An outcome that happens or does not, as a sentence of whom it happens to: `Dorset leaves`, `Dorset does not leave`.
#[must_use]
pub fn event(id: &OutcomeId, happens: bool) -> Option<String> {
    let of = match &id.owner {
        Owner::Member { alliance, force } if id.outcome == Outcome::Left => {
            // A member may leave one of several alliances.
            return Some(format!("{force} {} {alliance}", if happens { "leaves" } else { "does not leave" }));
        }
        Owner::Force(owner) | Owner::Alliance(owner) => owner.clone(),
        Owner::Fund(merger) => format!("the force merged by {merger}"),
        _ => return None,
    };
    let (does, does_not) = match id.outcome {
        Outcome::Ended => ("ends within the horizon", "does not end within the horizon"),
        Outcome::MemberLeft => ("loses a member within the horizon", "loses no member within the horizon"),
        Outcome::Stopped => {
            ("has its programme stopped by a review", "does not have its programme stopped by a review")
        }
        Outcome::IctStopped => {
            ("has its common ICT stopped (by itself or by a review)", "does not have its common ICT stopped")
        }
        Outcome::Vested => ("vests", "does not vest"),
        Outcome::Loses => ("loses", "does not lose"),
        Outcome::FloorBreached => ("falls to the floor of its reserves", "does not fall to the floor of its reserves"),
        _ => return None,
    };
    let alone = if id.alone { " without alliances" } else { "" };
    Some(format!("{of} {}{alone}", if happens { does } else { does_not }))
}

/// An outcome as the head of a row: `Dorset: reserves`.
#[must_use]
pub fn row_name(id: &OutcomeId) -> String {
    if let Some(promise) = promise(id) {
        return format!("Promise \"{promise}\" kept");
    }
    match &id.owner {
        Owner::Whole | Owner::Benefit(_) => capital(&plain(id)),
        Owner::Force(owner) | Owner::Alliance(owner) | Owner::Target(owner) => format!("{owner}: {}", plain(id)),
        Owner::Fund(merger) => format!("{merger}, merged force, where it vests: {}", plain(id)),
        Owner::Member { alliance, force: part } | Owner::Area { alliance, area: part } => {
            format!("{alliance}: {part}: {}", plain(id))
        }
    }
}

/// The promise whose chance to be kept an outcome is.
#[must_use]
pub fn promise(id: &OutcomeId) -> Option<&str> {
    match &id.owner {
        Owner::Target(target) if id.outcome == Outcome::Met => Some(target),
        _ => None,
    }
}

/// What is told, without whose it is; a year or date last.
fn plain(id: &OutcomeId) -> String {
    let mut text = match &id.owner {
        Owner::Benefit(benefit) => benefit.clone(),
        _ => id.outcome.label().to_owned(),
    };
    if id.alone {
        text.push_str(" without alliances");
    }
    if let Some(when) = &id.when {
        text.push_str(&format!(" in {when}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> OutcomeId {
        name.parse().expect("it names an outcome")
    }

    #[test]
    fn an_event_is_told_of_whom_it_happens_to() {
        let told = |name: &str, happens| event(&id(name), happens).unwrap_or_default();
        assert_eq!(told("alliance.\"A. B.\".force.Dorset.left", true), "Dorset leaves A. B.");
        assert_eq!(told("alliance.Merger.vested", false), "Merger does not vest");
        assert_eq!(event(&id("npv"), true), None);
        // What a review stops, and what stops by itself too, read apart.
        assert_eq!(told("alliance.Hub.stopped", true), "Hub has its programme stopped by a review");
        assert_eq!(told("alliance.Hub.ict_stopped", true), "Hub has its common ICT stopped (by itself or by a review)");
    }

    #[test]
    fn what_only_a_merged_force_has_is_told_of_the_futures_in_which_it_vests() {
        let floor = id("alliance.Merger.fund.floor_breached");
        let chance =
            "the chance, where Merger vests, that the force merged by Merger falls to the floor of its reserves";
        assert_eq!(the_measure(&floor), chance);
        assert_eq!(row_name(&floor), "Merger, merged force, where it vests: chance that reserves reach the floor");
        let told = event(&floor, true).expect("it is an event");
        assert_eq!(told, "the force merged by Merger falls to the floor of its reserves");
    }

    #[test]
    fn the_futures_that_have_an_outcome_are_told_by_what_happens_in_them() {
        let told = |name: &str| comes(&id(name));
        assert_eq!(told("alliance.Merger.fund.lowest_reserves"), "the merger vests");
        assert_eq!(told("benefit_cost_ratio"), "there is additional investment");
        assert_eq!(told("alliance.Hub.ict_ready"), "the common ICT is ready");
    }

    #[test]
    fn a_measure_of_a_force_or_an_alliance_names_it() {
        assert_eq!(measure(&id("force.\"Devon & Cornwall\".reserves")), "reserves of Devon & Cornwall");
        assert_eq!(measure(&id("alliance.Hub.saving_cashable")), "cashable saving of Hub");
        assert_eq!(row_name(&id("force.Dorset.funding")), "Dorset: funding");
        assert_eq!(row_name(&id("implemented_saving")), "Saving implemented, a year");
        assert_eq!(row_name(&id("alliance.\"A. B.\".force.Dorset.left")), "A. B.: Dorset: chance to leave");
        assert_eq!(measure(&id("alliance.Hub.force.\"D & C\".left")), "chance that D & C leaves Hub");
        assert_eq!(
            measure(&id("force.Dorset.floor_breached")),
            "chance that Dorset falls to the floor of its reserves"
        );
        assert_eq!(row_name(&id("alliance.Hub.area.HR.live")), "Hub: HR: years until it is live");
        assert_eq!(row_name(&id("force.Dorset.reserves[2018/19]")), "Dorset: reserves in 2018/19");
        assert_eq!(measure(&id("unmet_officers_standalone[2018/19]")), "officers missing without alliances in 2018/19");
    }
}
