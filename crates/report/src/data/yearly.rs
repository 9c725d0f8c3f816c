//! Yearly figures: one measure, a spread a year.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::figure::Spread;
use crate::source::Figures;
use engine::alliance::{BenefitKind, Scenario};
use engine::outcomes::{Outcome, OutcomeId, Owner};

/// Yearly figures of the whole scenario that say nothing without an alliance.
const JOINT: [Outcome; 10] = [
    Outcome::SavingCashable,
    Outcome::SavingCashableReal,
    Outcome::SavingAdditional,
    Outcome::SavingNoncashable,
    Outcome::Investment,
    Outcome::AdditionalInvestment,
    Outcome::RunningCost,
    Outcome::Net,
    Outcome::NetCumulative,
    Outcome::AreasLive,
];
/// Yearly figures of large incidents, each with the alliances and without.
const INCIDENTS: [Outcome; 2] = [Outcome::UnmetOfficers, Outcome::Shortfall];

/// An outcome of every year, of whomever it is told: with the alliances, or had every force stood alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Series {
    /// What is told.
    pub outcome: Outcome,
    /// Whether it is of every force alone.
    pub alone: bool,
}

impl Series {
    /// Had every force stood alone.
    #[must_use]
    pub const fn alone(outcome: Outcome) -> Self {
        Self { outcome, alone: true }
    }

    /// This series of an owner.
    fn of(self, owner: &Owner) -> OutcomeId {
        OutcomeId { owner: owner.clone(), outcome: self.outcome, alone: self.alone, when: None }
    }
}

impl From<Outcome> for Series {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, alone: false }
    }
}

impl fmt::Display for Series {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.outcome, if self.alone { "_standalone" } else { "" })
    }
}

impl Serialize for Series {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One year of a measure.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearSpread {
    /// The financial year.
    pub year: String,
    /// Its figures.
    #[serde(flatten)]
    pub spread: Spread,
}

/// A measure by year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Yearly {
    /// What is told.
    pub measure: Series,
    /// Unit, as printed.
    pub unit: &'static str,
    /// The years, from the first.
    pub years: Vec<YearSpread>,
}

impl Yearly {
    /// The figures of a year.
    #[must_use]
    pub fn year(&self, year: &str) -> Option<&Spread> {
        self.years.iter().find(|entry| entry.year == year).map(|entry| &entry.spread)
    }

    /// The figures of the last year.
    #[must_use]
    pub fn last(&self) -> Option<&Spread> {
        self.years.last().map(|entry| &entry.spread)
    }
}

/// A series of an owner by year; `None` unless the run has it for every year.
pub(super) fn yearly(scenario: &Scenario, figures: &impl Figures, owner: &Owner, series: Series) -> Option<Yearly> {
    let (id, labels) = (series.of(owner), scenario.year_labels());
    let unit = figures.unit(&id.at(labels.first()?).name())?.label();
    let mut years = Vec::with_capacity(labels.len());
    for year in labels {
        let spread = Spread::of(figures, &id.at(&year).name()).filter(|spread| spread.mean.is_some())?;
        years.push(YearSpread { year, spread });
    }
    Some(Yearly { measure: series, unit, years })
}

pub(super) fn whole(scenario: &Scenario, figures: &impl Figures) -> Vec<Yearly> {
    let both = |outcome: Outcome| [Series::from(outcome), Series::alone(outcome)];
    let joint = JOINT.map(Series::from).into_iter().filter(|_| !scenario.alliances.is_empty());
    let incidents = INCIDENTS.into_iter().flat_map(both).filter(|_| scenario.has_incidents());
    let told = joint.chain(incidents).chain(both(Outcome::ContactAnswered));
    told.filter_map(|series| yearly(scenario, figures, &Owner::Whole, series)).collect()
}

/// A benefit of the map, realised by year.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Benefit {
    /// Its name.
    pub name: String,
    /// `economic`, `efficiency` or `effectiveness`.
    pub kind: &'static str,
    /// Its unit.
    pub unit: String,
    /// The objective that it serves.
    pub objective: String,
    /// The business areas that give it.
    pub areas: Vec<String>,
    /// How much of it is realised by year.
    pub years: Vec<YearSpread>,
}

pub(super) fn benefits(scenario: &Scenario, figures: &impl Figures) -> Vec<Benefit> {
    let of = |benefit: &engine::alliance::Benefit| {
        let found = yearly(scenario, figures, &Owner::Benefit(benefit.name.clone()), Outcome::Benefit.into())?;
        let kind = match benefit.kind {
            BenefitKind::Economic => "economic",
            BenefitKind::Efficiency => "efficiency",
            BenefitKind::Effectiveness => "effectiveness",
        };
        let (name, unit, objective) = (benefit.name.clone(), benefit.unit.clone(), benefit.objective.clone());
        let named =
            |(k, a): &(engine::id::AllianceId, engine::id::AreaId)| scenario.alliances[k.0].areas[a.0].name.clone();
        let areas = benefit.areas.iter().map(named).collect();
        Some(Benefit { name, kind, unit, objective, areas, years: found.years })
    };
    scenario.benefits.iter().filter_map(of).collect()
}
