//! The programmes behind an answer: their figures as published and as believed, and what is said of each.

use analysis::learn::{Case, Learnt, Quantity, Range};
use serde::Serialize;

use super::Told;

/// What is said of a case besides its figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: String,
    /// What else must be known of it.
    pub note: String,
}

/// A case.
#[derive(Debug, Clone, Serialize)]
pub struct CaseReport {
    /// The programme.
    pub programme: String,
    /// Its class.
    pub class: String,
    /// `delivered`, `lateness` or `overrun`.
    pub quantity: &'static str,
    /// The low end of its factor as it was published; null where only that it failed, or not, is known.
    pub low: Option<f64>,
    /// The high end.
    pub high: Option<f64>,
    /// Whether it failed; null where that is not known.
    pub failed: Option<bool>,
    /// 10th percentile of what is believed of the factor; null where it failed or none is known.
    pub p10: Option<f64>,
    /// Median.
    pub p50: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// How far it is drawn towards the others: 0 not at all, 1 wholly.
    pub shrinkage: Option<f64>,
    /// The chance of failing that the others give it.
    pub failing_by_others: Option<f64>,
    /// The chance, by the others, of a share as low as its own.
    pub rank_by_others: Option<f64>,
    /// Its logarithmic score by the others of the class.
    pub score: Option<f64>,
    /// The same by all others as one class.
    pub score_of_all: Option<f64>,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: String,
    /// What else must be known of it.
    pub note: String,
}

/// The cases behind each factor; of benefits also those of the class of which only that they failed, or not, is known.
pub(super) fn cases(told: &Told, learnt: &Learnt) -> Vec<CaseReport> {
    let factors = [
        (Quantity::Share, "delivered", &learnt.share),
        (Quantity::Lateness, "lateness", &learnt.lateness),
        (Quantity::Overrun, "overrun", &learnt.overrun),
    ];
    let mut all = Vec::new();
    for (quantity, name, spread) in factors {
        for (at, case) in told.cases.iter().enumerate() {
            let shrunk = spread.iter().flat_map(|own| &own.cases).find(|own| own.case == at);
            let is_told = quantity == Quantity::Share && case.class == told.class && case.failed.is_some();
            if shrunk.is_none() && !is_told {
                continue;
            }
            let held = told.held.iter().find(|own| own.case == at).filter(|_| quantity == Quantity::Share);
            let (range, said) = (ends(case, quantity), told.said.get(at).cloned().unwrap_or_default());
            all.push(CaseReport {
                programme: case.name.clone(),
                class: case.class.clone(),
                quantity: name,
                low: range.map(|own| own.low),
                high: range.map(|own| own.high),
                failed: case.failed.filter(|_| quantity == Quantity::Share),
                p10: shrunk.map(|own| own.believed[0]),
                p50: shrunk.map(|own| own.believed[1]),
                p90: shrunk.map(|own| own.believed[2]),
                shrinkage: shrunk.map(|own| own.shrinkage),
                failing_by_others: held.map(|own| own.failing),
                rank_by_others: held.and_then(|own| own.rank),
                score: held.map(|own| own.score),
                score_of_all: held.map(|own| own.score_of_all),
                source: said.source,
                confidence: said.confidence,
                note: said.note,
            });
        }
    }
    all
}

fn ends(case: &Case, quantity: Quantity) -> Option<Range> {
    match quantity {
        Quantity::Share => case.share,
        Quantity::Lateness => case.lateness,
        Quantity::Overrun => case.overrun,
    }
}
