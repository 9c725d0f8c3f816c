//! What options are compared by: the headline outcomes that all of them have and whatever is asked for, and which way is better.

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
    /// Neither way: it is told, and not ranked.
    Neither,
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

/// Headline outcomes of the whole scenario by which options are compared unasked.
const WHOLE: [&str; 11] = [
    "npv",
    "pv_saving",
    "pv_investment",
    "benefit_cost_ratio",
    "payback",
    "peak_funding_need",
    "total_investment",
    "steady_saving",
    "unmet_total",
    "years_without_shortfall",
    "payback_discounted",
];

/// The same of a force.
const FORCE: [&str; 6] = ["npv", "loses", "lowest_reserves", "floor_breached", "cuts", "officers_cut"];

/// What more of is better, whosever it is: the last part of a name, without its year or date.
const MORE: [&str; 25] = [
    "npv",
    "pv_saving",
    "pv_noncashable",
    "benefit_cost_ratio",
    "benefit_cost_ratio_noncashable",
    "steady_saving",
    "years_without_shortfall",
    "saving_cashable",
    "saving_noncashable",
    "saving_additional",
    "saving_cashable_real",
    "saving",
    "saving_gross",
    "net",
    "net_cumulative",
    "areas_live",
    "implemented_saving",
    "contact_answered",
    "met",
    "lowest_reserves",
    "reserves",
    "funding",
    "vested",
    // The later it ends, or a member leaves, the longer it lasts.
    "ended_at",
    "leaves_at",
];

/// What less of, or sooner, is better.
const LESS: [&str; 24] = [
    "pv_investment",
    "payback",
    "payback_discounted",
    "peak_funding_need",
    "total_investment",
    "investment",
    "unmet_total",
    "unmet_officers",
    "shortfall",
    "first_year",
    "loses",
    "floor_breached",
    "cuts",
    "planned_cut",
    "emergency_cut",
    "officers_cut",
    "not_viable_years",
    "ended",
    "member_left",
    "left",
    "ict_ready",
    "programme_settled",
    "live",
    "surge",
];

/// What counts every year of the horizon, whether an alliance is at work or not.
const OF_EVERY_YEAR: [&str; 5] =
    ["unmet_total", "years_without_shortfall", "lowest_reserves", "floor_breached", "cuts"];

/// What is asked for of a force, after its own name: that may hold dots in quotes.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or_default()
}

impl Measure {
    /// What options are compared by: the headline outcomes that every one has, of the whole, promises of the same name, and forces of
    /// the same name; and those `asked` for, if every option has them.
    #[must_use]
    pub fn common(options: &[Model], asked: &[String]) -> Vec<Self> {
        let Some(first) = options.first() else { return Vec::new() };
        let mut names: Vec<&str> = first
            .catalogue()
            .columns()
            .iter()
            .filter(|spec| spec.tier == Tier::Headline && is_usual(&spec.name))
            .map(|spec| spec.name.as_str())
            .collect();
        for name in asked {
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        names.into_iter().filter_map(|name| Self::of(options, name)).collect()
    }

    /// The same without what adds up over every year of a force's or the region's life, where the options do not live through the same
    /// number of years: fewer years would look better.
    #[must_use]
    pub fn fair(options: &[Model], asked: &[String]) -> Vec<Self> {
        let lengths = || options.iter().map(|option| option.years().len());
        let same = lengths().min() == lengths().max();
        let fair = |measure: &Self| {
            same || asked.contains(&measure.name) || !OF_EVERY_YEAR.contains(&last_part(&measure.name))
        };
        Self::common(options, asked).into_iter().filter(fair).collect()
    }

    /// An outcome by its name, if every option has it in the same unit.
    #[must_use]
    pub fn of(options: &[Model], name: &str) -> Option<Self> {
        let spec = |model: &Model| model.catalogue().position(name).map(|at| model.catalogue().columns()[at].clone());
        let first = spec(options.first()?)?;
        let shared = options.iter().all(|model| spec(model).is_some_and(|own| own.unit == first.unit));
        shared.then(|| Self { name: first.name, unit: first.unit, better: direction(name), missing: first.missing })
    }

    /// Outcomes that every option has, by name.
    #[must_use]
    pub fn names(options: &[Model]) -> Vec<&str> {
        let Some((first, others)) = options.split_first() else { return Vec::new() };
        let names = first.catalogue().columns().iter().map(|spec| spec.name.as_str());
        names.filter(|name| others.iter().all(|other| other.catalogue().position(name).is_some())).collect()
    }

    /// How good a value is: more is better whichever way the measure counts; *never* is later than every date; what is not defined,
    /// or neither good nor bad, is not ranked.
    #[must_use]
    pub fn merit(&self, value: f64) -> f64 {
        let value = if self.missing == Missing::Never && value.is_nan() { f64::INFINITY } else { value };
        match self.better {
            Better::Higher => value,
            Better::Lower => -value,
            Better::Neither => f64::NAN,
        }
    }

    /// Whether it is an event of which only the chance is told.
    #[must_use]
    pub fn is_event(&self) -> bool {
        self.unit == Unit::Flag
    }
}

/// Whether options are compared by an outcome unasked.
fn is_usual(name: &str) -> bool {
    if name.starts_with("force.") {
        return FORCE.contains(&last(name));
    }
    name.starts_with("target.") && name.ends_with(".met") || WHOLE.contains(&name)
}

/// What is told of whatever has the name: its last part without a year or date. Names in quotes may hold dots and brackets.
fn last(name: &str) -> &str {
    let after_quotes = name.rsplit('"').next().unwrap_or(name);
    let plain = after_quotes.split('[').next().unwrap_or(after_quotes);
    plain.rsplit('.').next().unwrap_or(plain)
}

/// Which way of an outcome is better.
fn direction(name: &str) -> Better {
    // A benefit is named for what is better.
    if name.starts_with("benefit.") {
        return Better::Higher;
    }
    let last = last(name);
    let last = last.strip_suffix("_standalone").unwrap_or(last);
    if MORE.contains(&last) {
        Better::Higher
    } else if LESS.contains(&last) {
        Better::Lower
    } else {
        Better::Neither
    }
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
    fn the_way_of_an_outcome_is_that_of_its_last_word_whatever_the_names_before_it() {
        for (name, way) in [
            ("force.\"Devon & Cornwall\".npv", Better::Higher),
            ("target.\"£12m.loses [x]\".met", Better::Higher),
            ("target.\"£12m\".first_year", Better::Lower),
            ("alliance.Hub.ended", Better::Lower),
            ("alliance.Hub.ended_at", Better::Higher),
            ("alliance.Hub.force.\"D. [C]\".left", Better::Lower),
            ("force.Dorset.cuts_standalone", Better::Lower),
            ("saving_cashable[2018/19]", Better::Higher),
            ("benefit.\"Calls lost\"[2018/19]", Better::Higher),
            ("alliance.M.equalisation_yield[2018/19]", Better::Neither),
            ("force.Dorset.council_tax[2018/19]", Better::Neither),
            ("regime[2018/19]", Better::Neither),
        ] {
            assert_eq!(direction(name), way, "{name}");
        }
        assert!(is_usual("force.\"Devon & Cornwall\".npv") && is_usual("target.\"£12m\".met") && is_usual("npv"));
        assert!(!is_usual("alliance.Hub.ended") && !is_usual("force.Dorset.cuts_standalone"));
    }

    #[test]
    fn what_never_ends_lasts_longest() {
        let measure = |better| Measure { name: String::new(), unit: Unit::Years, better, missing: Missing::Never };
        assert!(measure(Better::Higher).merit(f64::NAN) > measure(Better::Higher).merit(40.0));
        assert!(measure(Better::Neither).merit(1.0).is_nan());
    }
}
