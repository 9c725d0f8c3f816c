//! The model at given inputs: every row of them a future of its own, or every row in the same futures.

use std::ops::Range;
use std::sync::Arc;

use engine::model::{Model, Worker};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::Given;
use engine::uncertainty::elementary::square;
use engine::uncertainty::lanes::{Column, trials_in};

use crate::jackknife::Measured;
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

/// The outcomes of each row as the one future of its number: row 0 is trial 0. Of so many rows as there are trials, those of a span of
/// blocks are run, whose values are given. Each outcome by row, NaN where missing.
///
/// # Errors
/// Where there is no room, it is stopped from outside, or threads fail.
pub fn each_future(
    model: &Model,
    given: &[GivenInput],
    (settings, blocks): (&Settings, Range<u64>),
    columns: &[usize],
    interrupt: &Interrupt,
) -> Result<Vec<Vec<f64>>, NotRun> {
    let rows = trials_in(&blocks, settings.trials);
    check_room(rows, columns.len(), 2 * given.len())?;
    let mut laid = Given::default();
    given.iter().for_each(|own| laid.each(own.draw, own.year, blocks.start, own.values.clone()));
    let laid = Arc::new(laid);
    let start = || {
        let mut worker = sample::worker(model, settings, columns);
        worker.give(Arc::clone(&laid));
        worker
    };
    interrupt.begin("Evaluating", rows);
    Ok(sample::span(start, settings, interrupt, blocks, (columns, &[]))?)
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
    let take = |gathered: &mut Vec<Moments>, run: &[Column], lanes: usize| {
        gathered.resize_with(run.len(), Moments::default);
        gathered.iter_mut().zip(run).for_each(|(own, column)| own.add(&column[..lanes]));
    };
    interrupt.begin_of("Evaluating", rows as u64, "rows");
    let rows = sample::gathered_of_each(start, ready, take, rows, (settings, interrupt), columns)?;
    Ok(rows.into_iter().map(|row| row.iter().map(Moments::averaged).collect()).collect())
}

/// What a mean and its error need, gathered block by block: no value is kept.
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    /// Sum of the squares about the mean.
    squares: f64,
    missing: u64,
}

impl Moments {
    /// Adds the values of a block, their own mean and squares first (Chan, Golub and `LeVeque` 1983).
    fn add(&mut self, values: &[f64]) {
        let there = values.iter().copied().filter(|value| !value.is_nan());
        let (count, sum) = there.clone().fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
        self.missing += (values.len() as f64 - count) as u64;
        if count > 0.0 {
            let mean = sum / count;
            let (apart, all) = (mean - self.mean, self.count + count);
            self.squares +=
                there.map(|value| square(value - mean)).sum::<f64>() + square(apart) * self.count * count / all;
            self.mean += apart * count / all;
            self.count = all;
        }
    }

    /// Of no value there is no mean, of one nothing is known of how they differ: both are NaN, 0 by 0.
    fn averaged(&self) -> Averaged {
        let value = if self.count > 0.0 { self.mean } else { f64::NAN };
        let error = (self.squares / (self.count - 1.0).max(0.0) / self.count).sqrt();
        Averaged { mean: Measured { value, error }, missing: self.missing }
    }
}

#[cfg(test)]
mod tests {
    use super::{Averaged, Moments};

    fn averaged(blocks: &[&[f64]]) -> Averaged {
        let mut all = Moments::default();
        blocks.iter().for_each(|block| all.add(block));
        all.averaged()
    }

    #[test]
    fn a_mean_is_over_what_is_there_and_says_what_is_missing() {
        // 1, 3 and 5: mean 3, variance (4 + 0 + 4) / 2 = 4, error of the mean √(4 / 3); in whatever blocks.
        for blocks in [&[&[1.0, f64::NAN, 3.0, 5.0][..]][..], &[&[1.0, f64::NAN], &[], &[f64::NAN], &[3.0, 5.0]]] {
            let found = averaged(blocks);
            assert!((found.mean.value - 3.0).abs() < 1e-15 && found.missing as usize == blocks.concat().len() - 3);
            assert!((found.mean.error - (4.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        }
        let one = averaged(&[&[2.0, f64::NAN]]);
        assert!((one.mean.value - 2.0).abs() < 1e-15 && one.mean.error.is_nan());
        assert!(averaged(&[&[f64::NAN]]).mean.value.is_nan());
        // Large and next to the same: no digit is lost to what they have in common.
        let large = averaged(&[&[1e9, 1e9 + 2.0], &[1e9 + 4.0]]);
        assert!((large.mean.error - (4.0_f64 / 3.0).sqrt()).abs() < 1e-9);
    }
}
