//! Prices, pay, tax base, grant regimes, referendum limits and reserves policy (MODEL sections 2 and 6).

use std::collections::BTreeMap;

use crate::uncertainty::Quantity;
use crate::units::FinancialYear;

/// A stationary first-order autoregressive series around a mean path.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Key of its yearly standard normal shock, for example `economy.inflation`.
    pub key: String,
    /// Mean path, entry `t` for year `t`, the last holding on; never empty. Fractions a year.
    pub mean: Vec<Quantity>,
    /// Stationary standard deviation, fraction a year. At least 0.
    pub sd: Quantity,
    /// Persistence from year to year, in [0, 1).
    pub persistence: Quantity,
}

/// The national economy, `[economy]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Economy {
    /// Share of spending that is pay, `s`, in [0, 1].
    pub pay_share: Quantity,
    /// Non-pay prices.
    pub inflation: Series,
    /// Pay awards.
    pub pay: Series,
    /// Growth of the council-tax base.
    pub tax_base_growth: Series,
    /// The referendum limit on council tax.
    pub limit: ReferendumLimit,
}

/// The limit above which a rise of the police precept needs a referendum, `[economy.limit]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferendumLimit {
    /// Pounds at Band D, drawn anew every year that is not known.
    pub pounds: Quantity,
    /// Fraction of last year's Band D, drawn anew every year that is not known.
    pub percent: Quantity,
    /// Years whose limit is known.
    pub known: BTreeMap<FinancialYear, KnownLimit>,
}

/// The known limit of one year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct KnownLimit {
    /// Pounds at Band D.
    pub pounds: f64,
    /// Fraction of last year's Band D.
    pub percent: f64,
}

/// A national funding regime, `[funding.regime."flat cash"]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Regime {
    /// Its name.
    pub name: String,
    /// Growth of grant, cash, fraction a year.
    pub growth: Quantity,
    /// Standard deviation of the national shock, fraction a year.
    pub sd: Quantity,
    /// Chance of each regime next year, in the order of [`Funding::regimes`]; sums to 1.
    pub next: Vec<f64>,
}

/// Government grant, `[funding]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Funding {
    /// The regimes.
    pub regimes: Vec<Regime>,
    /// Regime of the first year, a position in `regimes`.
    pub initial: usize,
    /// Years whose regime is known (forward only: earlier years are not changed).
    pub known: BTreeMap<FinancialYear, usize>,
    /// Standard deviation of each force's own shock, fraction a year.
    pub local_sd: Quantity,
}

/// How forces close gaps and hold reserves, `[ledger]`; a force may override each.
#[derive(Debug, Clone, PartialEq)]
pub struct Ledger {
    /// Floor of reserves as a share of spending.
    pub min_reserves: Quantity,
    /// Ceiling of reserves as a share of spending.
    pub max_reserves: Quantity,
    /// Share of a structural gap closed by the force's own savings, in [0, 1].
    pub gap_closure: Quantity,
    /// Share of an emergency cut that recurs, in [0, 1].
    pub cut_recurrence: Quantity,
    /// Weight that a force gives to next year's balance where it expects a worse one, in [0, 1]. Default 0.
    pub foresight: Quantity,
    /// How far officers go down with spending, in [0, 1]: 1, by the same share as is cut. Default 1.
    pub officers_follow_cuts: Quantity,
}
