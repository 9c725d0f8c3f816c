//! Events that an outcome comes of by definition: that a review stops a programme is no finding on why the programme is stopped.

use super::proportion::Proportion;
use engine::model::{ModelInput, Reading};
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::uncertainty::names_of_key;

/// An event that a failure comes of by definition.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnCause {
    /// The scenario's own address of the input.
    pub address: String,
    /// What it is read as.
    pub reading: Reading,
    /// Whether the failure comes where the event happens, and not where it does not.
    pub happens: bool,
    /// Share of all trials in which it is so.
    pub meets: Proportion,
}

impl OwnCause {
    /// The event on the side of which more trials fail; none where every trial is on one side.
    pub(crate) fn of(address: String, reading: Reading, values: &[f64], event: &[bool]) -> Option<Self> {
        let count = |happens: bool| values.iter().filter(|value| (**value > 0.5) == happens).count();
        let failing = |happens: bool| {
            values.iter().zip(event).filter(|(value, fails)| **fails && (**value > 0.5) == happens).count()
        };
        let (no, yes) = (count(false), count(true));
        if no == 0 || yes == 0 {
            return None;
        }
        let happens = failing(true) as u64 * no as u64 > failing(false) as u64 * yes as u64;
        let meets = Proportion::of(if happens { yes } else { no } as f64, values.len() as f64);
        Some(Self { address, reading, happens, meets })
    }
}

/// Whether what an input is read as is part of what an outcome means.
#[must_use]
pub fn is_own_cause(id: &OutcomeId, address: &str, reading: Reading) -> bool {
    use Outcome as O;
    let names = names_of_key(address).unwrap_or_default();
    let after = |kind: &str, name: &str| names.windows(2).any(|pair| pair[0] == kind && pair[1] == name);
    match (&id.owner, id.outcome) {
        (Owner::Alliance(alliance), outcome) => {
            // Who has given notice to leave anything vests nothing, and nobody leaves once it has vested.
            if outcome == O::Vested && matches!(reading, Reading::Leaves(..)) {
                return true;
            }
            let is = match outcome {
                O::Stopped | O::StoppedAt | O::AreasGivenUp => matches!(reading, Reading::Stopped(_)),
                O::IctStopped => matches!(reading, Reading::Stopped(_) | Reading::IctStopped(_)),
                O::MemberLeft => matches!(reading, Reading::Leaves(..)),
                O::Ended | O::EndedAt | O::Vested => {
                    matches!(reading, Reading::Leaves(..) | Reading::Agrees(..) | Reading::MinisterApproves(_))
                }
                _ => false,
            };
            is && after("alliance", alliance)
        }
        (Owner::Member { alliance, force }, O::Left | O::LeavesAt) => {
            matches!(reading, Reading::Leaves(..)) && after("alliance", alliance) && after("force", force)
        }
        (Owner::Area { alliance, area }, O::Live) => {
            matches!(reading, Reading::Approved(..)) && after("alliance", alliance) && after("area", area)
        }
        _ => false,
    }
}

/// The events that an outcome comes of by definition, each with the position of its draw.
pub(crate) fn own_causes(
    id: &OutcomeId,
    inputs: &[ModelInput],
    readings: &[(usize, Reading)],
) -> Vec<(usize, Reading)> {
    let own = |(at, reading): &&(usize, Reading)| is_own_cause(id, &inputs[*at].address, *reading);
    readings.iter().filter(own).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::id::{AllianceId, AreaId, ForceId};

    #[test]
    fn what_an_outcome_comes_of_by_definition_is_known_by_whose_it_is() {
        let (k, f, a) = (AllianceId(0), ForceId(1), AreaId(0));
        let is = |outcome: &str, address: &str, reading| {
            is_own_cause(&outcome.parse().expect("an outcome"), address, reading)
        };
        let stopped = Reading::Stopped(k);
        assert!(is("alliance.\"A. B.\".stopped", "alliance.\"A. B.\".stopped", stopped));
        assert!(is("alliance.\"A. B.\".ict_stopped", "alliance.\"A. B.\".stopped", stopped));
        assert!(!is("alliance.\"A. B.\".stopped", "alliance.Hub.stopped", stopped), "of another alliance");
        assert!(!is("npv", "alliance.\"A. B.\".stopped", stopped));
        let leaves = Reading::Leaves(k, f);
        assert!(is("alliance.Hub.ended", "alliance.Hub.force.Dorset.exit", leaves));
        assert!(is("alliance.Hub.force.Dorset.left", "alliance.Hub.force.Dorset.exit", leaves));
        assert!(!is("alliance.Hub.force.Devon.left", "alliance.Hub.force.Dorset.exit", leaves), "of another member");
        assert!(is("alliance.M.vested", "alliance.M.force.Dorset.consent", Reading::Agrees(k, f)));
        assert!(is("alliance.M.vested", "alliance.Hub.force.Dorset.exit", leaves), "a notice ends the merger");
        assert!(
            !is("alliance.Hub.ict_ready", "alliance.Hub.stopped", stopped),
            "when it is ready is no matter of a stop"
        );
        assert!(is("alliance.Hub.area.HR.live", "alliance.Hub.area.HR.approved", Reading::Approved(k, a)));
        assert!(!is("alliance.Hub.area.HR.live", "alliance.Hub.area.IT.approved", Reading::Approved(k, a)));
        assert!(!is("alliance.Hub.stopped", "alliance.Hub.slip", Reading::Number));
    }
}
