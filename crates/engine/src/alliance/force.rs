//! A police force: facts of the first year and its own uncertain quantities.

use crate::uncertainty::{Provenance, Quantity};
use crate::units::Month;

/// A plain number known for the first year, with where it comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// The number.
    pub value: f64,
    /// Where it comes from.
    pub provenance: Provenance,
}

/// Surges of demand from major incidents, `surge = { rate, x_min, alpha }`.
#[derive(Debug, Clone, PartialEq)]
pub struct Surge {
    /// Major incidents a year, `λ`, at least 0.
    pub rate: Quantity,
    /// Smallest surge, officers, above 0.
    pub x_min: Quantity,
    /// Pareto exponent, above 1.
    pub alpha: Quantity,
}

/// A force's own reserves policy where it differs from `[ledger]`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LedgerOverrides {
    /// As [`Ledger::min_reserves`](super::Ledger).
    pub min_reserves: Option<Quantity>,
    /// As [`Ledger::max_reserves`](super::Ledger).
    pub max_reserves: Option<Quantity>,
    /// As [`Ledger::gap_closure`](super::Ledger).
    pub gap_closure: Option<Quantity>,
    /// As [`Ledger::cut_recurrence`](super::Ledger).
    pub cut_recurrence: Option<Quantity>,
    /// As [`Ledger::foresight`](super::Ledger).
    pub foresight: Option<Quantity>,
    /// As [`Ledger::officers_follow_cuts`](super::Ledger).
    pub officers_follow_cuts: Option<Quantity>,
}

/// A police force, `[[force]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Force {
    /// Its name, unique.
    pub name: String,
    /// Prefix of the keys of its own draws: `force.Dorset`, or that of the force named by `draws_as`.
    pub key: String,
    /// Net revenue budget of the first year, £m, above 0.
    pub budget: Fact,
    /// Share of the budget that is government grant, in [0, 1].
    pub grant_share: Fact,
    /// Council-tax base, Band D equivalents; where the file has none, `(budget − grant)·10⁶/band_d`.
    pub tax_base: Fact,
    /// Police precept at Band D in the first year, £.
    pub band_d: Fact,
    /// Usable reserves at the start, £m.
    pub reserves: Fact,
    /// Residents.
    pub population: Fact,
    /// Police officers, full-time equivalents.
    pub officers: Fact,
    /// Gap between spending and budget at the start, share of the budget. Default 0.
    pub opening_gap: Quantity,
    /// Growth of demand above prices, fraction a year. Default 0.
    pub demand_growth: Quantity,
    /// Share of the referendum limit that is taken each year, in [0, 1]. Default 1.
    pub uptake: Quantity,
    /// Share of officers who can be sent to a surge, in [0, 1]. Default 0.06.
    pub deployable_share: Quantity,
    /// Officers whom national mutual aid brings in time, with the alliances and without. Default 0.
    pub mutual_aid: Quantity,
    /// Surges; without them the force meets none.
    pub surge: Option<Surge>,
    /// Dates of its commissioner's elections.
    pub elections: Vec<Month>,
    /// Appetite for risk and change, 0 to 1. Default 0.5.
    pub appetite: Quantity,
    /// Own reserves policy.
    pub ledger: LedgerOverrides,
}
