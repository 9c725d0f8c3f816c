//! Trials kept in memory, outcome by outcome and input by input: what sensitivity analysis works on.

use std::sync::atomic::Ordering;

use rayon::iter::{IntoParallelIterator, ParallelIterator};

use super::blocks::{Interrupt, RunError, Settings};
use crate::model::Model;
use crate::outcomes::Tier;
use crate::uncertainty::lanes::{BLOCK, Column};
use crate::uncertainty::{Again, Input, Stream};

/// Values of some outcomes in every trial, in the order of trials; NaN where missing. Some inputs may be drawn again from another
/// seed.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn outcomes(
    model: &Model,
    settings: &Settings,
    interrupt: &Interrupt,
    columns: &[usize],
    again: Option<&Again>,
) -> Result<Vec<Vec<f64>>, RunError> {
    let blocks = settings.trials.div_ceil(BLOCK as u64);
    let details = columns.iter().any(|column| model.catalogue().columns()[*column].tier == Tier::Detail);
    let start = || {
        let worker = model.worker(settings.isa);
        let worker = if details { worker } else { worker.without_details() };
        match again {
            Some(again) => worker.drawing_again(again.clone()),
            None => worker,
        }
    };
    let run: Vec<Vec<Column>> = in_pool(settings, || {
        (0..blocks)
            .into_par_iter()
            .map_init(start, |worker, block| {
                if interrupt.stop.load(Ordering::Relaxed) {
                    return Vec::new();
                }
                let out = worker.run_block(settings.seed, settings.sampler, block);
                interrupt.done.fetch_add(BLOCK as u64, Ordering::Relaxed);
                columns.iter().map(|column| out[*column]).collect()
            })
            .collect()
    })?;
    if interrupt.stop.load(Ordering::Relaxed) {
        return Err(RunError::Interrupted(interrupt.done.load(Ordering::Relaxed)));
    }
    let trials = settings.trials as usize;
    let of = |k: usize| run.iter().flat_map(|columns| columns[k].iter().copied()).take(trials).collect();
    Ok((0..columns.len()).map(of).collect())
}

/// Values of one input in every trial; of what is drawn every year, their mean over the years.
#[must_use]
pub fn input(model: &Model, settings: &Settings, position: usize) -> Vec<f64> {
    let yearly = model.draws().info()[position].yearly;
    let years: Vec<i32> = if yearly { model.years().collect() } else { vec![0] };
    let mut stream = Stream::new(model.draws(), settings.seed, settings.sampler, settings.isa);
    let mut values = Vec::with_capacity(settings.trials as usize + BLOCK);
    let mut column = Column::default();
    for block in 0..settings.trials.div_ceil(BLOCK as u64) {
        stream.start(block);
        let mut sum = Column::default();
        for year in &years {
            stream.fill(Input::Drawn(position), *year, &mut column);
            sum.iter_mut().zip(column.iter()).for_each(|(sum, value)| *sum += value);
        }
        values.extend(sum.iter().map(|sum| sum / years.len() as f64));
    }
    values.truncate(settings.trials as usize);
    values
}

/// Does some work for each of `count` things on the threads of a run, the results in order.
///
/// # Errors
/// A [`RunError`] where threads fail.
pub fn each<T: Send>(settings: &Settings, count: usize, work: impl Fn(usize) -> T + Sync) -> Result<Vec<T>, RunError> {
    in_pool(settings, || (0..count).into_par_iter().map(&work).collect())
}

fn in_pool<T: Send>(settings: &Settings, work: impl FnOnce() -> T + Send) -> Result<T, RunError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(settings.threads)
        .build()
        .map_err(|error| RunError::Threads(error.to_string()))?;
    Ok(pool.install(work))
}
