//! Trials kept in memory, outcome by outcome and input by input: what sensitivity analysis works on.

use std::ops::Range;

use super::blocks::{RunError, Settings, lanes_of};
use super::interrupt::Interrupt;
use crate::model::{Model, Reading, Worker};
use crate::outcomes::Tier;
use crate::team::Team;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, blocks_of};

/// A worker that works out some outcomes, and details only where one of them is such.
#[must_use]
pub fn worker<'a>(model: &'a Model, settings: &Settings, columns: &[usize]) -> Worker<'a> {
    let details = columns.iter().any(|column| model.catalogue().columns()[*column].tier == Tier::Detail);
    let worker = model.worker(settings.isa);
    if details { worker } else { worker.without_details() }
}

/// Values of some outcomes in every trial, in the order of trials; NaN where missing. Every thread has a worker of its own.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn outcomes<'a>(
    start: impl Fn() -> Worker<'a> + Sync + Send,
    settings: &Settings,
    interrupt: &Interrupt,
    columns: &[usize],
) -> Result<Vec<Vec<f64>>, RunError> {
    lived(start, settings, interrupt, columns, &[])
}

/// The same, and after them what only a run tells of draws (see [`Reading::is_lived`]).
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn lived<'a>(
    start: impl Fn() -> Worker<'a> + Sync + Send,
    settings: &Settings,
    interrupt: &Interrupt,
    columns: &[usize],
    readings: &[Reading],
) -> Result<Vec<Vec<f64>>, RunError> {
    let blocks = blocks_of(settings.trials);
    let one = |worker: &mut Option<Worker<'a>>, block: usize| {
        if interrupt.is_stopped() {
            return Vec::new();
        }
        let worker = worker.get_or_insert_with(&start);
        let mut found = block_of(worker, settings, interrupt, columns, block as u64);
        found.extend(readings.iter().map(|reading| worker.lived(*reading)));
        found
    };
    let run: Vec<Vec<Column>> = team(settings)?.each_with(blocks as usize, lazy, one);
    interrupt.check()?;
    let trials = settings.trials as usize;
    let of = |k: usize| run.iter().flat_map(|columns| columns[k].iter().copied()).take(trials).collect();
    Ok((0..columns.len() + readings.len()).map(of).collect())
}

/// Values of some outcomes in a span of blocks, and of some of the inputs that are kept ([`Model::kept_inputs`]), both by their positions;
/// NaN where missing. They are those that a run keeps of the same trials.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn rows(
    model: &Model,
    settings: &Settings,
    interrupt: &Interrupt,
    blocks: Range<u64>,
    (outcomes, inputs): (&[usize], &[usize]),
) -> Result<Vec<Vec<f64>>, RunError> {
    span(|| worker(model, settings, outcomes), settings, interrupt, blocks, (outcomes, inputs))
}

/// The same, where every thread starts a worker of its own.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn span<'a>(
    start: impl Fn() -> Worker<'a> + Sync + Send,
    settings: &Settings,
    interrupt: &Interrupt,
    blocks: Range<u64>,
    (outcomes, inputs): (&[usize], &[usize]),
) -> Result<Vec<Vec<f64>>, RunError> {
    let one = |worker: &mut Option<Worker<'a>>, at: usize| {
        let worker = worker.get_or_insert_with(&start);
        let block = blocks.start + at as u64;
        let mut found = block_of(worker, settings, interrupt, outcomes, block);
        if !inputs.is_empty() && !interrupt.is_stopped() {
            let kept = worker.kept_inputs(settings.seed, settings.sampler, block);
            found.extend(inputs.iter().map(|input| kept[*input]));
        }
        found
    };
    let run: Vec<Vec<Column>> = team(settings)?.each_with((blocks.end - blocks.start) as usize, lazy, one);
    interrupt.check()?;
    let lanes = |at: usize| lanes_of(blocks.start + at as u64, settings.trials);
    let of =
        |k: usize| run.iter().enumerate().flat_map(|(at, columns)| columns[k][..lanes(at)].iter().copied()).collect();
    Ok((0..outcomes.len() + inputs.len()).map(of).collect())
}

/// What `take` gathers of some outcomes in the first trials, block after block with its trials, by each of `count` workers that are made
/// ready one after another.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn gathered_of_each<'a, T: Default + Send>(
    start: impl Fn() -> Worker<'a> + Sync + Send,
    ready: impl Fn(&mut Worker<'a>, usize) + Sync + Send,
    take: impl Fn(&mut T, &[Column], usize) + Sync + Send,
    count: usize,
    (settings, interrupt): (&Settings, &Interrupt),
    columns: &[usize],
) -> Result<Vec<T>, RunError> {
    let blocks = blocks_of(settings.trials);
    let one = |worker: &mut Option<Worker<'a>>, k: usize| -> T {
        let mut gathered = T::default();
        if interrupt.is_stopped() {
            return gathered;
        }
        let worker = worker.get_or_insert_with(&start);
        ready(worker, k);
        for block in 0..blocks {
            let run = block_of(worker, settings, interrupt, columns, block);
            if run.is_empty() {
                break;
            }
            take(&mut gathered, &run, lanes_of(block, settings.trials));
        }
        interrupt.stepped(1);
        gathered
    };
    let found = team(settings)?.each_with(count, lazy, one);
    interrupt.check()?;
    Ok(found)
}

/// No worker yet: to make one, and to make it ready, may take long, and is not begun once all is stopped.
const fn lazy<'a>() -> Option<Worker<'a>> {
    None
}

/// Some columns of one block; none once it was stopped.
fn block_of(
    worker: &mut Worker<'_>,
    settings: &Settings,
    interrupt: &Interrupt,
    columns: &[usize],
    block: u64,
) -> Vec<Column> {
    if interrupt.is_stopped() {
        return Vec::new();
    }
    let out = worker.run_block(settings.seed, settings.sampler, block);
    interrupt.simulated(lanes_of(block, settings.trials) as u64);
    columns.iter().map(|column| out[*column]).collect()
}

/// Values of one draw in every trial, as it was drawn; of what is drawn every year, their mean over the years.
#[must_use]
pub fn input(model: &Model, settings: &Settings, position: usize) -> Vec<f64> {
    reading(model, settings, position, Reading::Number)
}

/// A reading of one draw in every trial; of what is known only once a trial was run, take [`lived`].
#[must_use]
pub fn reading(model: &Model, settings: &Settings, position: usize, reading: Reading) -> Vec<f64> {
    let mut stream = Stream::new(model.draws(), settings.seed, settings.sampler, settings.isa);
    let mut values = Vec::with_capacity(settings.trials as usize + BLOCK);
    let mut column = Column::default();
    for block in 0..blocks_of(settings.trials) {
        stream.start(block);
        model.read(position, reading, settings.isa, &mut stream, &mut column);
        values.extend(column.iter());
    }
    values.truncate(settings.trials as usize);
    values
}

/// Does some work for each of `count` things on the threads of a run, the results in order; each is a step of the present stage.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn each<T: Send>(
    settings: &Settings,
    interrupt: &Interrupt,
    count: usize,
    work: impl Fn(usize) -> T + Sync,
) -> Result<Vec<T>, RunError> {
    let one = |k: usize| {
        interrupt.check()?;
        let done = work(k);
        interrupt.stepped(1);
        Ok(done)
    };
    team(settings)?.each(count, one).into_iter().collect()
}

fn team(settings: &Settings) -> Result<Team, RunError> {
    Team::new(settings.threads).map_err(RunError::Threads)
}
