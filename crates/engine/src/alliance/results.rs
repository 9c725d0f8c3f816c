//! What is promised, mapped, appraised and known: targets, benefits, discount rates, actuals.

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
        self.known.unwrap_or(match self.when {
            When::Date(date) => date,
            When::Year(year) => Month { year: year.0 + 1, month: 4 },
        })
    }

    /// Name of the one outcome that it stands beside, such as `saving_cashable[2018/19]`.
    #[must_use]
    pub fn outcome(&self) -> String {
        match self.when {
            When::Year(year) => format!("{}[{year}]", self.measure),
            When::Date(date) => format!("{}[{date}]", self.measure),
        }
    }
}
