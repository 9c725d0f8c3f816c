//! What inputs that are drawn every year are called in one of them.

use super::address::{Address, parts};
use super::{Inputs, national};
use crate::words::capital;
use analysis::Reading;

impl Inputs {
    /// What an input that is drawn every year is called in one of them: `non-pay inflation, 2018/19`.
    #[must_use]
    pub fn in_year(&self, address: &str, reading: Reading, year: &str) -> String {
        let parts = parts(address);
        let force = Address::read(&parts).force.unwrap_or_default();
        let noun = match reading {
            Reading::YearsIn(_) => "funding regime".to_owned(),
            Reading::Above(series) => national(series).to_owned(),
            Reading::GrantAbove(_) => format!("{force}: growth of its grant above the national one"),
            Reading::LargestSurge(_) | Reading::MeanSurge(_) => format!("{force}: largest incident"),
            reading => self.label(address, reading),
        };
        format!("{}, {year}", capital(&noun))
    }
}
