//! Yearly figures: one measure, a spread a year.

use serde::Serialize;

use crate::alliance::{BenefitKind, Scenario};
use crate::report::figure::Spread;
use crate::report::source::Figures;
use crate::uncertainty::quote_key;

/// Yearly measures of the whole scenario.
const WHOLE: [&str; 14] = [
    "saving_cashable",
    "saving_cashable_real",
    "saving_additional",
    "saving_noncashable",
    "investment",
    "net",
    "net_cumulative",
    "areas_live",
    "unmet_officers",
    "unmet_officers_standalone",
    "shortfall",
    "shortfall_standalone",
    "contact_answered",
    "contact_answered_standalone",
];
/// How many of them say nothing without an alliance: those before `unmet_officers`.
const NEED_ALLIANCE: usize = 8;

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
    /// Name of the measure.
    pub measure: String,
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

/// The measure `prefix` + `measure` by year; `None` unless the run has it for every year.
pub(super) fn yearly(scenario: &Scenario, figures: &impl Figures, prefix: &str, measure: &str) -> Option<Yearly> {
    let column = |year: &str| format!("{prefix}{measure}[{year}]");
    let labels = scenario.year_labels();
    let unit = figures.unit(&column(labels.first()?))?.label();
    let mut years = Vec::with_capacity(labels.len());
    for year in labels {
        let spread = Spread::of(figures, &column(&year)).filter(|spread| spread.mean.is_some())?;
        years.push(YearSpread { year, spread });
    }
    Some(Yearly { measure: measure.to_owned(), unit, years })
}

pub(super) fn whole(scenario: &Scenario, figures: &impl Figures) -> Vec<Yearly> {
    let skip = if scenario.alliances.is_empty() { NEED_ALLIANCE } else { 0 };
    let of_incidents = |measure: &&&str| ["unmet_officers", "shortfall"].iter().any(|own| measure.starts_with(own));
    let told = WHOLE[skip..].iter().filter(|measure| scenario.has_incidents() || !of_incidents(measure));
    told.filter_map(|measure| yearly(scenario, figures, "", measure)).collect()
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
    let of = |benefit: &crate::alliance::Benefit| {
        let found = yearly(scenario, figures, "benefit.", &quote_key(&benefit.name))?;
        let kind = match benefit.kind {
            BenefitKind::Economic => "economic",
            BenefitKind::Efficiency => "efficiency",
            BenefitKind::Effectiveness => "effectiveness",
        };
        let (name, unit, objective) = (benefit.name.clone(), benefit.unit.clone(), benefit.objective.clone());
        let named =
            |(k, a): &(crate::id::AllianceId, crate::id::AreaId)| scenario.alliances[k.0].areas[a.0].name.clone();
        let areas = benefit.areas.iter().map(named).collect();
        Some(Benefit { name, kind, unit, objective, areas, years: found.years })
    };
    scenario.benefits.iter().filter_map(of).collect()
}
