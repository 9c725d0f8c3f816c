//! Each force: its share of the value, its reserves, its cuts, with the alliances and without.

use serde::Serialize;

use super::yearly::{Series, Yearly, yearly};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId, Owner};

/// Yearly measures of a force, with the alliances.
const JOINT: [Outcome; 5] =
    [Outcome::Net, Outcome::Reserves, Outcome::Saving, Outcome::CouncilTax, Outcome::CouncilTaxChange];
/// Yearly measures of a force that do not need an alliance.
const ALONE: [Series; 3] = [
    Series { outcome: Outcome::Funding, alone: false },
    Series::alone(Outcome::Reserves),
    Series { outcome: Outcome::BandD, alone: false },
];

/// A force over the horizon. Figures that need an alliance are null where there is none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForceReport {
    /// Its name.
    pub name: String,
    /// Its share of the net present value, £m.
    pub npv: Option<Spread>,
    /// Chance that this share is below zero.
    pub loses: Option<Figure>,
    /// Its payback, years from 1 April of the first year.
    pub payback: Option<Spread>,
    /// Lowest reserves of any year end, £m.
    pub lowest_reserves: Option<Spread>,
    /// The same with no alliance.
    pub lowest_reserves_standalone: Option<Spread>,
    /// Chance that reserves fall to the floor and emergency cuts follow.
    pub floor_breached: Option<Figure>,
    /// The same with no alliance.
    pub floor_breached_standalone: Option<Figure>,
    /// Planned and emergency cuts, summed over the horizon, £m cash.
    pub cuts: Option<Spread>,
    /// The same with no alliance.
    pub cuts_standalone: Option<Spread>,
    /// Officers that the recurring cuts of the last year stand for.
    pub officers_cut: Option<Spread>,
    /// The same with no alliance.
    pub officers_cut_standalone: Option<Spread>,
    /// Years in which cuts reach half of all spending.
    pub not_viable_years: Option<Spread>,
    /// The same with no alliance.
    pub not_viable_years_standalone: Option<Spread>,
    /// Yearly figures.
    pub yearly: Vec<Yearly>,
}

impl ForceReport {
    /// The yearly figures of a measure.
    #[must_use]
    pub fn yearly(&self, series: impl Into<Series>) -> Option<&Yearly> {
        let series = series.into();
        self.yearly.iter().find(|yearly| yearly.measure == series)
    }
}

fn force(scenario: &Scenario, figures: &impl Figures, name: &str) -> ForceReport {
    let is_alone = scenario.alliances.is_empty();
    let of = |id: OutcomeId| Spread::of(figures, &id.name());
    let joint = |outcome: Outcome| if is_alone { None } else { of(outcome.of_force(name)) };
    let alone = |outcome: Outcome| of(outcome.of_force(name).standalone());
    let chance = |id: OutcomeId| figures.mean(&id.name()).map(Figure::from);
    let joint_chance = |outcome: Outcome| chance(outcome.of_force(name)).filter(|_| !is_alone);
    let owner = Owner::Force(name.to_owned());
    let series = JOINT.map(Series::from).into_iter().filter(|_| !is_alone).chain(ALONE);
    ForceReport {
        name: name.to_owned(),
        npv: joint(Outcome::Npv),
        loses: joint_chance(Outcome::Loses),
        payback: joint(Outcome::Payback),
        lowest_reserves: joint(Outcome::LowestReserves),
        lowest_reserves_standalone: alone(Outcome::LowestReserves),
        floor_breached: joint_chance(Outcome::FloorBreached),
        floor_breached_standalone: chance(Outcome::FloorBreached.of_force(name).standalone()),
        cuts: joint(Outcome::Cuts),
        cuts_standalone: alone(Outcome::Cuts),
        officers_cut: joint(Outcome::OfficersCut),
        officers_cut_standalone: alone(Outcome::OfficersCut),
        not_viable_years: joint(Outcome::NotViableYears),
        not_viable_years_standalone: alone(Outcome::NotViableYears),
        yearly: series.filter_map(|series| yearly(scenario, figures, &owner, series)).collect(),
    }
}

pub(super) fn forces(scenario: &Scenario, figures: &impl Figures) -> Vec<ForceReport> {
    scenario.forces.iter().map(|member| force(scenario, figures, &member.name)).collect()
}
