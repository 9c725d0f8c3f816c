//! That a mean has not settled, as a few futures make up much of its spread.

use super::{count, thousands};

/// Within a sentence: `20 futures of 100,000 make up more than half of its spread`.
#[must_use]
pub fn few_make(few: u64, trials: u64) -> String {
    match few {
        1 => "a single future makes up more than a quarter of its spread".to_owned(),
        few => format!("{} futures of {} make up more than half of its spread", count(few as usize), thousands(trials)),
    }
}
