//! How far an amount is known: its error beside it, and that a mean has not settled, as a few futures make up much of its spread.

use super::{count, money_figure, thousands};
use crate::figure::Figure;
use crate::terminal::layout::with_error;

/// Within a sentence: `20 futures of 100,000 make up more than half of its spread`.
#[must_use]
pub fn few_make(few: u64, trials: u64) -> String {
    match few {
        1 => "a single future makes up more than a quarter of its spread".to_owned(),
        few => format!("{} futures of {} make up more than half of its spread", count(few as usize), thousands(trials)),
    }
}

/// An amount with its error where that shows: `£3.3m (±£0.1m)`.
#[must_use]
pub fn money_with_error(amount: Figure) -> String {
    let decimals = if amount.value.abs() >= 100.0 {
        0
    } else if amount.value.abs() >= 1.0 {
        1
    } else {
        2
    };
    let both = with_error(Some(amount), decimals, "–");
    match both.split_once(" ±") {
        Some((_, error)) => format!("{} (±£{error}m)", money_figure(amount)),
        None => money_figure(amount),
    }
}
