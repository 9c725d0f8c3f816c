//! What options are compared by: the headline outcomes that all of them have, and which way is better.

use crate::model::Model;
use crate::outcomes::{Missing, Tier};
use crate::units::Unit;

/// Which way of a measure is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less, or sooner, is better.
    Lower,
}

/// A measure by which options are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// Name of the outcome, the same in every option.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// What a missing value means.
    pub missing: Missing,
}

/// Outcomes of the whole scenario and which way is better, the most telling first.
const WHOLE: [(&str, Better); 11] = [
    ("npv", Better::Higher),
    ("pv_saving", Better::Higher),
    ("pv_investment", Better::Lower),
    ("benefit_cost_ratio", Better::Higher),
    ("payback", Better::Lower),
    ("peak_funding_need", Better::Lower),
    ("total_investment", Better::Lower),
    ("steady_saving", Better::Higher),
    ("unmet_total", Better::Lower),
    ("years_without_shortfall", Better::Higher),
    ("payback_discounted", Better::Lower),
];

/// Outcomes of a force.
const FORCE: [(&str, Better); 6] = [
    ("npv", Better::Higher),
    ("loses", Better::Lower),
    ("lowest_reserves", Better::Higher),
    ("floor_breached", Better::Lower),
    ("cuts", Better::Lower),
    ("officers_cut", Better::Lower),
];

/// What counts every year of the horizon, whether an alliance is at work or not.
const OF_EVERY_YEAR: [&str; 5] =
    ["unmet_total", "years_without_shortfall", "lowest_reserves", "floor_breached", "cuts"];

/// What is asked for of a force, after its own name: that may hold dots in quotes.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

impl Measure {
    /// The headline outcomes that every option has: of the whole, promises of the same name, and forces of the same name.
    #[must_use]
    pub fn common(options: &[Model]) -> Vec<Self> {
        let Some(first) = options.first() else { return Vec::new() };
        first
            .catalogue()
            .columns()
            .iter()
            .filter(|spec| spec.tier == Tier::Headline)
            .filter_map(|spec| {
                let better = direction(&spec.name)?;
                let shared = |model: &Model| {
                    let catalogue = model.catalogue();
                    catalogue.position(&spec.name).is_some_and(|at| catalogue.columns()[at].unit == spec.unit)
                };
                options.iter().all(shared).then(|| Self {
                    name: spec.name.clone(),
                    unit: spec.unit,
                    better,
                    missing: spec.missing,
                })
            })
            .collect()
    }

    /// The same without what adds up over every year of a force's or the region's life, where the options do not live through the same
    /// number of years: fewer years would look better.
    #[must_use]
    pub fn fair(options: &[Model]) -> Vec<Self> {
        let lengths = || options.iter().map(|option| option.years().len());
        let same = lengths().min() == lengths().max();
        let fair = |measure: &Self| same || !OF_EVERY_YEAR.contains(&last_part(&measure.name));
        Self::common(options).into_iter().filter(fair).collect()
    }

    /// How good a value is: more is better whichever way the measure counts; *never* is worse than every date, what is not defined
    /// is not ranked.
    #[must_use]
    pub fn merit(&self, value: f64) -> f64 {
        match (self.missing, self.better) {
            (Missing::Never, _) if value.is_nan() => f64::NEG_INFINITY,
            (_, Better::Higher) => value,
            (_, Better::Lower) => -value,
        }
    }

    /// Whether it is an event of which only the chance is told.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.unit == Unit::Flag
    }
}

/// Which way of an outcome is better; none where neither is.
fn direction(name: &str) -> Option<Better> {
    let of = |table: &[(&str, Better)], name: &str| table.iter().find(|(known, _)| *known == name).map(|found| found.1);
    if let Some(rest) = name.strip_prefix("force.") {
        return of(&FORCE, last_part(rest));
    }
    if name.starts_with("target.") && name.ends_with(".met") {
        return Some(Better::Higher);
    }
    of(&WHOLE, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_merit_is_better_whichever_way_a_measure_counts() {
        let measure = |better, missing| Measure { name: String::new(), unit: Unit::Years, better, missing };
        let payback = measure(Better::Lower, Missing::Never);
        assert!(payback.merit(3.0) > payback.merit(4.0));
        assert!(payback.merit(40.0) > payback.merit(f64::NAN), "a payback that never comes is the worst");
        let npv = measure(Better::Higher, Missing::Undefined);
        assert!(npv.merit(3.0) < npv.merit(4.0) && npv.merit(f64::NAN).is_nan());
    }

    #[test]
    fn an_outcome_that_is_neither_good_nor_bad_is_no_measure() {
        assert_eq!(direction("force.\"Devon & Cornwall\".npv"), Some(Better::Higher));
        assert_eq!(direction("target.\"£12m\".met"), Some(Better::Higher));
        assert_eq!(direction("target.\"£12m\".first_year"), None);
        assert_eq!(direction("alliance.Hub.ended"), None);
        assert_eq!(direction("force.Dorset.cuts_standalone"), None);
    }
}
