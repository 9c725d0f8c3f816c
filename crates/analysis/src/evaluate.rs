//! The model at given inputs: every row of them a future of its own, or every row in the same futures.

use std::sync::Arc;

use engine::model::{Model, Worker};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::Given;

use crate::jackknife::{Measured, mean};
use crate::room::{NotRun, check_room};

/// An input that is given instead of being drawn, row by row; NaN where it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenInput {
    /// Position of its draw in [`Draws::info`](engine::uncertainty::Draws::info).
    pub draw: usize,
    /// Calendar year in which the financial year starts; 0 for what is drawn once.
    pub year: i32,
    /// Its values.
    pub values: Vec<f64>,
}

/// An outcome over the futures in which it is not missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Averaged {
    /// Its mean with its standard error; NaN where it is missing in all futures, the error where there are fewer than two.
    pub mean: Measured,
    /// Futures in which it is missing.
    pub missing: u64,
}

/// The outcomes of each row as the one future of its number: row 0 is trial 0. Each outcome by row, NaN where missing.
///
/// # Errors
/// Where there is no room, it is stopped from outside, or threads fail.
pub fn each_future(
    model: &Model,
    given: &[GivenInput],
    settings: &Settings,
    columns: &[usize],
    interrupt: &Interrupt,
) -> Result<Vec<Vec<f64>>, NotRun> {
    check_room(settings.trials, columns.len(), 2 * given.len())?;
    let mut laid = Given::default();
    given.iter().for_each(|own| laid.each(own.draw, own.year, own.values.clone()));
    let laid = Arc::new(laid);
    let start = || {
        let mut worker = sample::worker(model, settings, columns);
        worker.give(Arc::clone(&laid));
        worker
    };
    interrupt.begin("Evaluating", settings.trials);
    Ok(sample::outcomes(start, settings, interrupt, columns)?)
}

/// The mean outcomes of each row over the same futures, all those of the settings: rows differ by what is given alone.
///
/// # Errors
/// Where it is stopped from outside, or threads fail.
pub fn same_futures(
    model: &Model,
    given: &[GivenInput],
    rows: usize,
    settings: &Settings,
    columns: &[usize],
    interrupt: &Interrupt,
) -> Result<Vec<Vec<Averaged>>, RunError> {
    let start = || sample::worker(model, settings, columns);
    let ready = |worker: &mut Worker<'_>, row: usize| {
        let mut laid = Given::default();
        given.iter().for_each(|own| laid.same(own.draw, own.year, own.values.get(row).copied().unwrap_or(f64::NAN)));
        worker.give(Arc::new(laid));
    };
    let fold = |values: Vec<Vec<f64>>| values.iter().map(|values| averaged(values)).collect::<Vec<_>>();
    interrupt.begin_of("Evaluating", rows as u64, "rows");
    sample::outcomes_of_each(start, ready, fold, rows, (settings, interrupt), columns)
}

fn averaged(values: &[f64]) -> Averaged {
    let there = values.iter().copied().filter(|value| !value.is_nan());
    let count = there.clone().count();
    let mut own = mean(there);
    if count < 2 {
        // Of one value nothing is known of how they differ.
        own.error = f64::NAN;
    }
    Averaged { mean: own, missing: (values.len() - count) as u64 }
}

#[cfg(test)]
mod tests {
    use super::averaged;

    #[test]
    fn a_mean_is_over_what_is_there_and_says_what_is_missing() {
        // 1, 3 and 5: mean 3, variance (4 + 0 + 4) / 2 = 4, error of the mean √(4 / 3).
        let found = averaged(&[1.0, f64::NAN, 3.0, 5.0]);
        assert!((found.mean.value - 3.0).abs() < 1e-15 && found.missing == 1);
        assert!((found.mean.error - (4.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        let one = averaged(&[2.0, f64::NAN]);
        assert!((one.mean.value - 2.0).abs() < 1e-15 && one.mean.error.is_nan());
        assert!(averaged(&[f64::NAN]).mean.value.is_nan());
    }
}
