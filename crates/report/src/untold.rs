//! What a scenario tells nothing of: value without an alliance, incidents that no force meets.

use super::words;
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId};

/// Why a scenario tells nothing of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Untold {
    /// There is no alliance: nothing is saved, invested or joined.
    NoAlliance,
    /// No force states incidents that it may have to meet.
    NoIncidents,
}

impl Untold {
    /// Why nothing is told of an outcome; none where something is.
    #[must_use]
    pub fn of(scenario: &Scenario, id: &OutcomeId) -> Option<Self> {
        if is_of_alliances(id.outcome) && scenario.alliances.is_empty() {
            Some(Self::NoAlliance)
        } else if is_of_incidents(id.outcome) && !scenario.has_incidents() {
            Some(Self::NoIncidents)
        } else {
            None
        }
    }

    /// In words, for somebody who asked for it: what there is none of, and why.
    #[must_use]
    pub fn says(self, id: &OutcomeId) -> String {
        let what = words::measure(id);
        let why = match self {
            Self::NoAlliance => "the scenario has no alliance",
            Self::NoIncidents => "no force states surge, so no incidents are modelled",
        };
        format!("there is nothing to say of {what}: {why}")
    }
}

const fn is_of_alliances(outcome: Outcome) -> bool {
    use Outcome as O;
    matches!(
        outcome,
        O::Npv
            | O::PvSaving
            | O::PvInvestment
            | O::PvNoncashable
            | O::BenefitCostRatio
            | O::BenefitCostRatioNoncashable
            | O::BcrOfMeans
            | O::BcrNoncashableOfMeans
            | O::Payback
            | O::PaybackDiscounted
            | O::PeakFundingNeed
            | O::TotalInvestment
            | O::SteadySaving
            | O::SavingCashable
            | O::SavingNoncashable
            | O::SavingAdditional
            | O::SavingCashableReal
            | O::Saving
            | O::SavingGross
            | O::Investment
            | O::Net
            | O::NetCumulative
            | O::Loses
            | O::UnmetReduction
    )
}

const fn is_of_incidents(outcome: Outcome) -> bool {
    use Outcome as O;
    matches!(
        outcome,
        O::Surge | O::UnmetOfficers | O::UnmetTotal | O::UnmetReduction | O::Shortfall | O::YearsWithoutShortfall
    )
}
