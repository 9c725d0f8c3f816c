//! The nouns of the field, validated: forces, their funding, alliances, business areas, benefits, targets. No file format here.

mod address;
mod area;
mod force;
mod funding;
mod governance;
mod programme;
mod resilience;
mod results;
mod unmodelled;

pub use address::own_address;
pub use area::{Area, AreaCost};
pub use force::{Fact, Force, LedgerOverrides, Surge};
pub use funding::{Economy, Funding, KnownLimit, Ledger, ReferendumLimit, Regime, Series};
pub use governance::{DecisionRule, Equalise, Exit, Merger, Review};
pub use programme::{Alliance, Kind, ShareRule};
pub use resilience::{Contact, ContactForce, Resilience};
pub use results::{Actual, Appraisal, Benefit, BenefitKind, Target, When};
pub use unmodelled::{Harm, NotModelled, not_modelled};

use crate::uncertainty::Correlation;
use crate::units::{FinancialYear, Month};

/// One scenario: everything that the simulation needs to know, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Short name, from the file's name: names the folder of results.
    pub name: String,
    /// Title for people.
    pub title: String,
    /// The question that the scenario is to answer, if stated.
    pub question: Option<String>,
    /// Who stands behind it.
    pub sign_off: SignOff,
    /// The first financial year, `t = 0`: the base year, whose facts are known.
    pub first_year: FinancialYear,
    /// Number of financial years simulated, `T`.
    pub years: usize,
    /// Prices, pay and tax base.
    pub economy: Economy,
    /// Grant and its regimes.
    pub funding: Funding,
    /// How forces close gaps and hold reserves.
    pub ledger: Ledger,
    /// Surges and mutual help.
    pub resilience: Resilience,
    /// Contact management, where given.
    pub contact: Option<Contact>,
    /// Discount rates.
    pub appraisal: Appraisal,
    /// The forces, in file order.
    pub forces: Vec<Force>,
    /// The alliances of whatever kind, in file order; none means that every force stands alone.
    pub alliances: Vec<Alliance>,
    /// The benefits map.
    pub benefits: Vec<Benefit>,
    /// What was promised.
    pub targets: Vec<Target>,
    /// What is known to have happened; never used by the simulation.
    pub actuals: Vec<Actual>,
    /// Dates at which the implemented saving is reported.
    pub report_dates: Vec<Month>,
    /// Correlations between quantities.
    pub correlations: Vec<Correlation>,
}

/// Who stands behind a scenario and how what is made of it may be handed round. The simulation does not read it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignOff {
    /// Who prepared it.
    pub prepared_by: Option<String>,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When, as it is to be printed.
    pub dated: Option<String>,
    /// How far it has come, such as draft.
    pub status: Option<String>,
    /// How it may be handed round, such as OFFICIAL.
    pub marking: Option<String>,
}

impl Scenario {
    /// The labels of the simulated years, `2015/16` and on.
    #[must_use]
    pub fn year_labels(&self) -> Vec<String> {
        (0..self.years).map(|t| self.first_year.plus(t as i32).to_string()).collect()
    }

    /// Whether members would have borne some costs of change alone, so that additional investment is not all of it.
    #[must_use]
    pub fn has_additional_investment(&self) -> bool {
        self.alliances.iter().any(Alliance::shares_costs_of_change)
    }

    /// Whether running what is shared costs something.
    #[must_use]
    pub fn has_running_costs(&self) -> bool {
        self.alliances.iter().any(Alliance::has_running_costs)
    }

    /// Whether a force, by its position, is in a merger.
    #[must_use]
    pub fn is_merging(&self, force: usize) -> bool {
        let has_it = |alliance: &Alliance| alliance.members.iter().any(|member| member.0 == force);
        self.alliances.iter().any(|alliance| alliance.merger.is_some() && has_it(alliance))
    }
}
