//! One outcome of one owner: what stands in a column, and the stable name that is made of it.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use super::Outcome;
use crate::uncertainty::{names_of_key, quote_key};

/// Whose an outcome is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// Of the whole scenario.
    Whole,
    /// Of a force.
    Force(String),
    /// Of an alliance.
    Alliance(String),
    /// Of a force as a member of an alliance.
    Member {
        /// The alliance.
        alliance: String,
        /// The force.
        force: String,
    },
    /// Of a business area of an alliance.
    Area {
        /// The alliance.
        alliance: String,
        /// The area.
        area: String,
    },
    /// Of the fund of a merged force, by the alliance that the merger is.
    Fund(String),
    /// Of a promise.
    Target(String),
    /// Of a benefit, which is the outcome itself.
    Benefit(String),
}

impl Owner {
    /// What its outcomes are told under: everything before their own name.
    #[must_use]
    pub fn prefix(&self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Force(force) => format!("force.{}.", quote_key(force)),
            Self::Alliance(alliance) => format!("alliance.{}.", quote_key(alliance)),
            Self::Member { alliance, force } => {
                format!("alliance.{}.force.{}.", quote_key(alliance), quote_key(force))
            }
            Self::Area { alliance, area } => format!("alliance.{}.area.{}.", quote_key(alliance), quote_key(area)),
            Self::Fund(merger) => format!("alliance.{}.fund.", quote_key(merger)),
            Self::Target(target) => format!("target.{}.", quote_key(target)),
            Self::Benefit(benefit) => format!("benefit.{}", quote_key(benefit)),
        }
    }
}

/// A text that names no outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoOutcome;

/// One outcome of one owner. It prints as its stable name, such as `force.Dorset.reserves_standalone[2018/19]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutcomeId {
    /// Whose it is.
    pub owner: Owner,
    /// What is told.
    pub outcome: Outcome,
    /// Whether it is of the counterfactual in which every force stands alone.
    pub alone: bool,
    /// The financial year or the date of which it is told; `None` for one of the whole horizon, or for all years together.
    pub when: Option<String>,
}

impl OutcomeId {
    /// Of a year or a date.
    #[must_use]
    pub fn at(&self, when: impl fmt::Display) -> Self {
        Self { when: Some(when.to_string()), ..self.clone() }
    }

    /// Of the counterfactual in which every force stands alone.
    #[must_use]
    pub fn standalone(self) -> Self {
        Self { alone: true, ..self }
    }

    /// The same of every year.
    #[must_use]
    pub fn of_every_year(&self) -> Self {
        Self { when: None, ..self.clone() }
    }

    /// Whether a stable name is that of something that of a year or a date is told by yes or no.
    #[must_use]
    pub fn names_fact(name: &str) -> bool {
        name.parse().is_ok_and(|id: Self| id.outcome.is_fact())
    }

    /// The stable name.
    #[must_use]
    pub fn name(&self) -> String {
        self.to_string()
    }
}

impl fmt::Display for OutcomeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.owner.prefix())?;
        if !matches!(self.owner, Owner::Benefit(_)) {
            f.write_str(self.outcome.id())?;
        }
        if self.alone {
            f.write_str("_standalone")?;
        }
        match &self.when {
            Some(when) => write!(f, "[{when}]"),
            None => Ok(()),
        }
    }
}

impl FromStr for OutcomeId {
    type Err = NoOutcome;

    /// Reads a stable name: what it prints as. Whether a scenario has such an outcome, its catalogue says.
    fn from_str(name: &str) -> Result<Self, NoOutcome> {
        let (plain, when) = match name.strip_suffix(']').and_then(|rest| rest.rsplit_once('[')) {
            Some((plain, when)) if !when.contains('"') => (plain, Some(when.to_owned())),
            _ => (name, None),
        };
        let parts = names_of_key(plain).ok_or(NoOutcome)?;
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        let owned = |name: &str| name.to_owned();
        let (owner, last) = match parts[..] {
            ["benefit", benefit] => (Owner::Benefit(owned(benefit)), Outcome::Benefit.id()),
            [last] => (Owner::Whole, last),
            ["force", force, last] => (Owner::Force(owned(force)), last),
            ["alliance", alliance, last] => (Owner::Alliance(owned(alliance)), last),
            ["alliance", merger, "fund", last] => (Owner::Fund(owned(merger)), last),
            ["alliance", alliance, "force", force, last] => {
                (Owner::Member { alliance: owned(alliance), force: owned(force) }, last)
            }
            ["alliance", alliance, "area", area, last] => {
                (Owner::Area { alliance: owned(alliance), area: owned(area) }, last)
            }
            ["target", target, last] => (Owner::Target(owned(target)), last),
            _ => return Err(NoOutcome),
        };
        let (last, alone) = last.strip_suffix("_standalone").map_or((last, false), |last| (last, true));
        let outcome = *Outcome::ALL.iter().find(|outcome| outcome.id() == last).ok_or(NoOutcome)?;
        Ok(Self { owner, outcome, alone, when })
    }
}

impl Serialize for OutcomeId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Outcome {
    /// This outcome of an owner.
    #[must_use]
    pub const fn of(self, owner: Owner) -> OutcomeId {
        OutcomeId { owner, outcome: self, alone: false, when: None }
    }

    /// This outcome of the whole scenario.
    #[must_use]
    pub const fn whole(self) -> OutcomeId {
        self.of(Owner::Whole)
    }

    /// This outcome of a force.
    #[must_use]
    pub fn of_force(self, force: &str) -> OutcomeId {
        self.of(Owner::Force(force.to_owned()))
    }

    /// This outcome of an alliance.
    #[must_use]
    pub fn of_alliance(self, alliance: &str) -> OutcomeId {
        self.of(Owner::Alliance(alliance.to_owned()))
    }

    /// This outcome of a promise.
    #[must_use]
    pub fn of_target(self, target: &str) -> OutcomeId {
        self.of(Owner::Target(target.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outcomes::Better;

    #[test]
    fn names_are_those_of_the_files() {
        let told = |id: OutcomeId| {
            assert_eq!(id.name().parse(), Ok(id.clone()), "what is printed is read back");
            id.name()
        };
        let (alliance, force, area) = ("Hub".to_owned(), "D. [C]".to_owned(), "HR".to_owned());
        assert_eq!(told(Outcome::Npv.whole()), "npv");
        assert_eq!(told(Outcome::SavingCashable.whole().at("2018/19")), "saving_cashable[2018/19]");
        let reserves = Outcome::Reserves.of_force("Devon & Cornwall").standalone();
        assert_eq!(told(reserves.at("2018/19")), "force.\"Devon & Cornwall\".reserves_standalone[2018/19]");
        assert_eq!(reserves.at("2018/19").of_every_year(), reserves);
        let member = Outcome::Left.of(Owner::Member { alliance: alliance.clone(), force });
        assert_eq!(told(member), "alliance.Hub.force.\"D. [C]\".left");
        assert_eq!(told(Outcome::Live.of(Owner::Area { alliance, area })), "alliance.Hub.area.HR.live");
        assert_eq!(told(Outcome::Met.of_target("£12m")), "target.\"£12m\".met");
        let fund = Outcome::Reserves.of(Owner::Fund("Merger".to_owned()));
        assert_eq!(told(fund.at("2020/21")), "alliance.Merger.fund.reserves[2020/21]");
        let benefit = Outcome::Benefit.of(Owner::Benefit("Calls lost".to_owned()));
        assert_eq!(told(benefit.at("2018/19")), "benefit.\"Calls lost\"[2018/19]");
    }

    #[test]
    fn names_of_any_letters_are_read_back_and_what_is_no_name_is_not() {
        for name in ["a.b", "a\"b", "a\\", "[x]", "a[2018/19]", "\"", ""] {
            for id in [Outcome::Npv.of_force(name), Outcome::Reserves.of_force(name).standalone().at("2018/19")] {
                assert_eq!(id.name().parse(), Ok(id), "{name}");
            }
            let benefit = Outcome::Benefit.of(Owner::Benefit(name.to_owned())).at("2018/19");
            assert_eq!(benefit.name().parse(), Ok(benefit), "{name}");
        }
        for none in ["", "nvp", "force.npv", "force.\"A.npv", "force.A.B.npv", "npv.", "force.\"A\"x.npv"] {
            assert_eq!(none.parse::<OutcomeId>(), Err(NoOutcome), "{none}");
        }
        assert_eq!("force.\"A\".npv".parse(), Ok(Outcome::Npv.of_force("A")), "quotes that are not needed do no harm");
    }

    #[test]
    fn the_way_of_an_outcome_is_its_own_whatever_the_names_of_its_owner() {
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
            let id: OutcomeId = name.parse().expect("it names an outcome");
            assert_eq!(id.outcome.better(), way, "{name}");
        }
    }
}
