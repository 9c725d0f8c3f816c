//! What options are compared by: the headline outcomes that all of them have and whatever is asked for, and which way is better.

use engine::model::Model;
use engine::outcomes::{Better, Missing, Outcome, OutcomeId, Owner, Tier};
use engine::units::Unit;

/// A measure by which options are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    /// The outcome, the same in every option.
    pub outcome: OutcomeId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Unit,
    /// Which way is better.
    pub better: Better,
    /// What a missing value means.
    pub missing: Missing,
}

/// Outcomes of the whole scenario by which options are compared unasked.
const WHOLE: [Outcome; 11] = [
    Outcome::Npv,
    Outcome::PvSaving,
    Outcome::PvInvestment,
    Outcome::BenefitCostRatio,
    Outcome::Payback,
    Outcome::PeakFundingNeed,
    Outcome::TotalInvestment,
    Outcome::SteadySaving,
    Outcome::UnmetTotal,
    Outcome::YearsWithoutShortfall,
    Outcome::PaybackDiscounted,
];

/// The same of a force.
const FORCE: [Outcome; 6] = [
    Outcome::Npv,
    Outcome::Loses,
    Outcome::LowestReserves,
    Outcome::FloorBreached,
    Outcome::Cuts,
    Outcome::OfficersCut,
];

/// What counts every year of the horizon, whether an alliance is at work or not.
const OF_EVERY_YEAR: [Outcome; 5] = [
    Outcome::UnmetTotal,
    Outcome::YearsWithoutShortfall,
    Outcome::LowestReserves,
    Outcome::FloorBreached,
    Outcome::Cuts,
];

impl Measure {
    /// What options are compared by: the headline outcomes that every one has, of the whole, promises of the same name, and forces of
    /// the same name; and those `asked` for, if every option has them.
    #[must_use]
    pub fn common(options: &[Model], asked: &[OutcomeId]) -> Vec<Self> {
        let Some(first) = options.first() else { return Vec::new() };
        let headlines = first.catalogue().columns().iter().filter(|spec| spec.tier == Tier::Headline);
        let usual = headlines.filter_map(|spec| spec.outcome.as_ref()).filter(|id| is_usual(id));
        let mut all: Vec<&OutcomeId> = usual.collect();
        for id in asked {
            if !all.contains(&id) {
                all.push(id);
            }
        }
        all.into_iter().filter_map(|id| Self::of(options, &id.name())).collect()
    }

    /// The same without what adds up over every year of a force's or the region's life, where the options do not live through the same
    /// number of years: fewer years would look better.
    #[must_use]
    pub fn fair(options: &[Model], asked: &[OutcomeId]) -> Vec<Self> {
        let lengths = || options.iter().map(|option| option.years().len());
        let same = lengths().min() == lengths().max();
        let fair = |measure: &Self| {
            same || asked.contains(&measure.outcome)
                || !OF_EVERY_YEAR.contains(&measure.outcome.outcome)
                || measure.outcome.alone
        };
        Self::common(options, asked).into_iter().filter(fair).collect()
    }

    /// An outcome by its name, if every option has it in the same unit.
    #[must_use]
    pub fn of(options: &[Model], name: &str) -> Option<Self> {
        let spec = |model: &Model| model.catalogue().position(name).map(|at| model.catalogue().columns()[at].clone());
        let first = spec(options.first()?)?;
        let shared = options.iter().all(|model| spec(model).is_some_and(|own| own.unit == first.unit));
        let outcome = first.outcome.filter(|_| shared)?;
        let better = outcome.outcome.better();
        Some(Self { outcome, name: first.name, unit: first.unit, better, missing: first.missing })
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
fn is_usual(id: &OutcomeId) -> bool {
    let usual: &[Outcome] = match id.owner {
        Owner::Whole => &WHOLE,
        Owner::Force(_) => &FORCE,
        Owner::Target(_) => &[Outcome::Met],
        _ => &[],
    };
    !id.alone && usual.contains(&id.outcome)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_merit_is_better_whichever_way_a_measure_counts() {
        let measure = |better, missing| Measure {
            outcome: Outcome::Payback.whole(),
            name: String::new(),
            unit: Unit::Years,
            better,
            missing,
        };
        let payback = measure(Better::Lower, Missing::Never);
        assert!(payback.merit(3.0) > payback.merit(4.0));
        assert!(payback.merit(40.0) > payback.merit(f64::NAN), "a payback that never comes is the worst");
        let npv = measure(Better::Higher, Missing::Undefined);
        assert!(npv.merit(3.0) < npv.merit(4.0) && npv.merit(f64::NAN).is_nan());
    }

    #[test]
    fn options_are_compared_unasked_by_what_is_theirs_with_their_alliances() {
        assert!(is_usual(&Outcome::Npv.of_force("Devon & Cornwall")) && is_usual(&Outcome::Met.of_target("£12m")));
        assert!(is_usual(&Outcome::Npv.whole()) && !is_usual(&Outcome::Ended.of_alliance("Hub")));
        assert!(!is_usual(&Outcome::Cuts.of_force("Dorset").standalone()));
    }

    #[test]
    fn what_never_ends_lasts_longest() {
        let measure = |better| Measure {
            outcome: Outcome::EndedAt.whole(),
            name: String::new(),
            unit: Unit::Years,
            better,
            missing: Missing::Never,
        };
        assert!(measure(Better::Higher).merit(f64::NAN) > measure(Better::Higher).merit(40.0));
        assert!(measure(Better::Neither).merit(1.0).is_nan());
    }
}
