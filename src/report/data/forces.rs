//! Each force: its share of the value, its reserves, its cuts, with the alliances and without.

use serde::Serialize;

use super::yearly::{Yearly, yearly};
use crate::alliance::Scenario;
use crate::report::figure::{Figure, Spread};
use crate::report::source::Figures;
use crate::uncertainty::quote_key;

/// Yearly measures of a force, with the alliances.
const JOINT: [&str; 5] = ["net", "reserves", "saving", "council_tax", "council_tax_change"];
/// Yearly measures of a force that do not need an alliance.
const ALONE: [&str; 3] = ["funding", "reserves_standalone", "band_d"];

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
    pub fn yearly(&self, measure: &str) -> Option<&Yearly> {
        self.yearly.iter().find(|yearly| yearly.measure == measure)
    }
}

fn force(scenario: &Scenario, figures: &impl Figures, name: &str) -> ForceReport {
    let prefix = format!("force.{}.", quote_key(name));
    let alone = scenario.alliances.is_empty();
    let any = |measure: &str| Spread::of(figures, &format!("{prefix}{measure}"));
    let joint = |measure: &str| if alone { None } else { any(measure) };
    let chance = |measure: &str| figures.mean(&format!("{prefix}{measure}")).map(Figure::from);
    let yearlies = if alone { ALONE.to_vec() } else { [&JOINT[..], &ALONE[..]].concat() };
    ForceReport {
        name: name.to_owned(),
        npv: joint("npv"),
        loses: chance("loses").filter(|_| !alone),
        payback: joint("payback"),
        lowest_reserves: joint("lowest_reserves"),
        lowest_reserves_standalone: any("lowest_reserves_standalone"),
        floor_breached: chance("floor_breached").filter(|_| !alone),
        floor_breached_standalone: chance("floor_breached_standalone"),
        cuts: joint("cuts"),
        cuts_standalone: any("cuts_standalone"),
        officers_cut: joint("officers_cut"),
        officers_cut_standalone: any("officers_cut_standalone"),
        not_viable_years: joint("not_viable_years"),
        not_viable_years_standalone: any("not_viable_years_standalone"),
        yearly: yearlies.iter().filter_map(|measure| yearly(scenario, figures, &prefix, measure)).collect(),
    }
}

pub(super) fn forces(scenario: &Scenario, figures: &impl Figures) -> Vec<ForceReport> {
    scenario.forces.iter().map(|member| force(scenario, figures, &member.name)).collect()
}
