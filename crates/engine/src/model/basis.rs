//! On what basis money of one scenario is told, so that it can stand beside that of another which starts in another year.

use crate::alliance::Scenario;

/// Prices, date of present values and time that a model's figures are told in; its own first year unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Basis {
    /// What £1 of the named year's prices costs in the scenario's first year, above 0.
    pub price_level: f64,
    /// Years from the date of present values, and from the zero of paybacks, to the scenario's own start; at least 0.
    pub starts: usize,
}

impl Default for Basis {
    fn default() -> Self {
        Self { price_level: 1.0, starts: 0 }
    }
}

impl Basis {
    /// The real discount factor of the scenario's first year.
    pub(super) fn first_discount(&self, scenario: &Scenario) -> f64 {
        (0..self.starts).fold(1.0, |factor, _| factor / (1.0 + scenario.appraisal.discount))
    }
}
