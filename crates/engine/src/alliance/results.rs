//! What is promised, mapped, appraised and known: targets, benefits, discount rates, actuals.

use std::fmt;

use crate::id::{AllianceId, AreaId};
use crate::uncertainty::{Provenance, Quantity};
use crate::units::{FinancialYear, Month};

/// Discounting, `[appraisal]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Appraisal {
    /// Real discount rate of the first 30 years (Green Book: 3.5 %). Default 0.035.
    pub discount: f64,
    /// Real discount rate after that. Default 0.03.
    pub discount_late: f64,
    /// Where the rates come from.
    pub provenance: Provenance,
}

/// The sort of a benefit (Devon & Cornwall's benefits strategy of 2014 used these three).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BenefitKind {
    /// Cashable.
    Economic,
    /// Non-cashable.
    Efficiency,
    /// Better service.
    Effectiveness,
}

/// A benefit and the areas that produce it, `[[benefit]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Benefit {
    /// Its name, unique.
    pub name: String,
    /// Its sort.
    pub kind: BenefitKind,
    /// Its unit, as printed.
    pub unit: String,
    /// The objective that it serves.
    pub objective: String,
    /// Its size when every area is fully live.
    pub full_effect: Quantity,
    /// The areas that produce it, at least one.
    pub areas: Vec<(AllianceId, AreaId)>,
}

/// A promise, `[[target]]`: a yearly measure, an amount and a year.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Its name, unique; unless given, made of measure, amount and year.
    pub name: String,
    /// Name of a yearly outcome, such as `saving_cashable`.
    pub measure: String,
    /// Met where the measure is at least this.
    pub amount: f64,
    /// The year in which it is due.
    pub year: FinancialYear,
    /// Where the promise was made.
    pub provenance: Provenance,
}

/// When something was measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Over a financial year.
    Year(FinancialYear),
    /// On a date.
    Date(Month),
}

impl When {
    /// The date, or the April in which the year has ended.
    #[must_use]
    pub const fn end(self) -> Month {
        match self {
            Self::Date(date) => date,
            Self::Year(year) => Month { year: year.0 + 1, month: 4 },
        }
    }

    /// The date, or the middle of the year, in years since 1 April of `first`.
    #[must_use]
    pub fn middle(self, first: FinancialYear) -> f64 {
        match self {
            Self::Date(date) => date.time_from(first),
            Self::Year(year) => f64::from(year.0 - first.0) + 0.5,
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => year.fmt(f),
            Self::Date(date) => date.fmt(f),
        }
    }
}

/// Something known to have happened, `[[actual]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Actual {
    /// Name of the outcome it stands beside, such as `saving_cashable` or `implemented_saving`.
    pub measure: String,
    /// When.
    pub when: When,
    /// The figure; for a disputed one, its low reading. Of what happens or does not, 1 or 0.
    pub value: f64,
    /// The high reading of a disputed figure.
    pub high: Option<f64>,
    /// Figures of one series share their discrepancy; none: those of one measure do.
    pub series: Option<String>,
    /// What was counted by whoever published it: gross or net, cashable or not, cash of a year or annual rate at a date.
    pub definition: Option<String>,
    /// Standard deviation of its reporting, in the measure's unit; of what happens or does not, the chance that it was told wrongly.
    pub error: Option<f64>,
    /// Standard deviation of what forecast and figure may differ by though both are right, in the measure's unit.
    pub discrepancy: Option<f64>,
    /// The month from which it was known; none: its date, or the April after its year.
    pub known: Option<Month>,
    /// Where it was reported.
    pub provenance: Provenance,
}

impl Actual {
    /// The month from which it was known.
    #[must_use]
    pub fn known_from(&self) -> Month {
        self.known.unwrap_or(self.when.end())
    }

    /// Name of the one outcome that it stands beside, such as `saving_cashable[2018/19]`.
    #[must_use]
    pub fn outcome(&self) -> String {
        format!("{}[{}]", self.measure, self.when)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_ends_in_the_april_after_it_and_a_date_where_it_lies() {
        let (year, date) = (When::Year(FinancialYear(2016)), When::Date(Month { year: 2017, month: 1 }));
        assert_eq!((year.to_string(), date.to_string()), ("2016/17".to_owned(), "2017-01".to_owned()));
        assert_eq!((year.end(), date.end()), (Month { year: 2017, month: 4 }, Month { year: 2017, month: 1 }));
        assert!(date.end() < year.end(), "though 2017-01 comes after 2016/17 by its letters");
        let first = FinancialYear(2015);
        assert!((year.middle(first) - 1.5).abs() < 1e-12 && (date.middle(first) - 1.75).abs() < 1e-12);
    }
}
