//! Blocks in parallel: whichever thread runs a block, the result is the same to the bit.

use std::fmt;
use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::first::First;
use super::futures::{Blocks, Futures, forecast};
use super::interrupt::Interrupt;
use super::stopping::{Stopped, Until};
use super::workers::Workers;
use crate::outcomes::{Accumulator, Counter, Plan, RowSink, Rows};
use crate::statistics::Forecast;
use crate::team::Team;
use crate::uncertainty::Sampler;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, blocks_of, trials_before, trials_in};

/// Precision is first looked at after 2,048 trials.
const FIRST_LOOK: u64 = 2048 / BLOCK as u64;
/// Blocks after which what was counted is settled and may be kept: many, because within them a thread settles whenever the group
/// changes. Whether to stop is asked before every block.
const CHUNK: u64 = 131_072 / BLOCK as u64;
/// The same where rows are kept: they wait in memory until the chunk is done. Spans whose rows are to be those of a whole run start at a
/// multiple of it.
pub const ROW_CHUNK: u64 = 4096 / BLOCK as u64;

/// How many trials at most: counters are 32 bits wide.
pub const MOST_TRIALS: u64 = 4_000_000_000;

/// What to run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Trials, at least 1.
    pub trials: u64,
    /// Seed.
    pub seed: u64,
    /// Sampler.
    pub sampler: Sampler,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// Instruction set.
    pub isa: Isa,
    /// Stop sooner where every headline figure is known this well.
    pub until: Option<Until>,
}

/// Why a run has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunError {
    /// Stopped from outside after this many trials.
    Interrupted(u64),
    /// Threads could not be started.
    Threads(String),
    /// Rows could not be stored.
    Rows(String),
}

impl fmt::Display for RunError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Interrupted(trials) => write!(f, "stopped after {trials} trials"),
            Self::Threads(why) => write!(f, "the threads could not be started: {why}"),
            Self::Rows(why) => write!(f, "the trials could not be stored: {why}"),
        }
    }
}

impl std::error::Error for RunError {}

/// Runs a model.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads or rows fail.
pub fn run(
    model: &dyn Futures,
    settings: &Settings,
    interrupt: &Interrupt,
    rows: Option<&mut dyn RowSink>,
) -> Result<(Forecast, Stopped), RunError> {
    let runner = Runner::new(model, settings, interrupt)?;
    let (counted, stopped) = runner.count(0..runner.blocks(), runner.nothing(), rows, None)?;
    Ok((runner.forecast(&counted), stopped))
}

/// Where a run keeps what it has counted, so that it can go on after it was killed: called whenever a chunk is done, with the next
/// block still to be run.
pub type Keep<'a> = &'a mut dyn FnMut(u64, Accumulator);

/// A model about to be run: whole, or a span of its blocks. Counts of any spans add up to those of the whole, byte for byte.
#[derive(Debug)]
pub struct Runner<'a> {
    model: &'a dyn Futures,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    team: Team,
    workers: Workers<'a>,
    first: Arc<First>,
    trials: u64,
}

impl<'a> Runner<'a> {
    /// Starts the threads and sets the ranges in which all is counted.
    ///
    /// # Errors
    /// A [`RunError`] where it is stopped from outside, or threads fail.
    pub fn new(model: &'a dyn Futures, settings: &'a Settings, interrupt: &'a Interrupt) -> Result<Self, RunError> {
        Self::after(model, settings, interrupt, None)
    }

    /// The same where the first trials were run before: those of the same model with the same trials, seed and sampler.
    ///
    /// # Errors
    /// A [`RunError`] where it is stopped from outside, or threads fail.
    pub fn after(
        model: &'a dyn Futures,
        settings: &'a Settings,
        interrupt: &'a Interrupt,
        first: Option<Arc<First>>,
    ) -> Result<Self, RunError> {
        let team = Team::new(settings.threads).map_err(RunError::Threads)?;
        let trials = settings.trials.clamp(1, MOST_TRIALS);
        let workers = Workers::new(&team, model, settings.isa, false);
        let run = || First::run((model.catalogue(), model.plan()), (&team, &workers), settings, trials, interrupt);
        let first = first.map_or_else(|| run().map(Arc::new), Ok)?;
        Ok(Self { model, settings, interrupt, team, workers, first, trials })
    }

    /// The first trials, for another run of the same.
    #[must_use]
    pub fn first(&self) -> Arc<First> {
        Arc::clone(&self.first)
    }

    /// Blocks of the whole run.
    #[must_use]
    pub const fn blocks(&self) -> u64 {
        blocks_of(self.trials)
    }

    /// Trials before a block.
    #[must_use]
    pub fn trials_before(&self, block: u64) -> u64 {
        trials_before(block, self.trials)
    }

    /// Trials in some blocks.
    #[must_use]
    pub fn trials_in(&self, blocks: &Range<u64>) -> u64 {
        trials_in(blocks, self.trials)
    }

    /// Counts of no trial yet.
    #[must_use]
    pub fn nothing(&self) -> Accumulator {
        Accumulator::new(Arc::clone(&self.first.plan))
    }

    /// How all is counted.
    #[must_use]
    pub fn plan(&self) -> &Arc<Plan> {
        &self.first.plan
    }

    /// What was counted, as figures.
    #[must_use]
    pub fn forecast(&self, counted: &Accumulator) -> Forecast {
        forecast(self.model, &self.team, counted)
    }

    /// Runs a span of blocks and adds them to what was counted `before` it.
    ///
    /// # Errors
    /// A [`RunError`] where it is stopped from outside, or rows cannot be stored.
    pub fn count(
        &self,
        span: Range<u64>,
        before: Accumulator,
        mut rows: Option<&mut dyn RowSink>,
        mut keep: Option<Keep<'_>>,
    ) -> Result<(Accumulator, Stopped), RunError> {
        let (settings, interrupt) = (self.settings, self.interrupt);
        let counts = Counts::new(&self.first.plan, self.team.size(), before);
        // Rows want every detail.
        let inputs = rows.as_ref().is_some_and(|rows| rows.wants_inputs());
        let detailed = rows.is_some().then(|| Workers::new(&self.team, self.model, settings.isa, true));
        let chunk = if rows.is_some() { ROW_CHUNK } else { CHUNK };
        let (mut next, blocks) = (span.start, span.end.min(self.blocks()));
        // A run that goes on from what it kept looks at its precision where it would have looked.
        while next < blocks && !self.precise_after(next, &counts) {
            let end = chunk_end(next, blocks, chunk, settings.until.is_some());
            let kept = self.run_blocks(detailed.as_ref(), inputs, &counts, next..end);
            if interrupt.is_stopped() {
                return Err(RunError::Interrupted(self.trials_before(next)));
            }
            if let Some(sink) = rows.as_deref_mut() {
                sink.take(&kept).map_err(RunError::Rows)?;
            }
            next = end;
            if let Some(keep) = keep.as_deref_mut() {
                keep(next, counts.settle().clone());
            }
        }
        let counted = counts.into_settled();
        let stopped = match &settings.until {
            Some(until) if until.satisfied(&self.forecast(&counted)) => Stopped::Precise,
            Some(_) => Stopped::OutOfTrials,
            None => Stopped::AllTrials,
        };
        Ok((counted, stopped))
    }

    /// Whether the precision asked for is reached before block `next`, where it is looked at: at powers of two.
    fn precise_after(&self, next: u64, counts: &Counts) -> bool {
        let looks = next >= FIRST_LOOK && next.is_power_of_two();
        let until = self.settings.until.as_ref().filter(|_| looks);
        until.is_some_and(|until| until.satisfied(&self.forecast(&counts.settle())))
    }

    /// Runs some blocks and counts them; returns their rows in order where there are workers for every detail.
    fn run_blocks(
        &self,
        detailed: Option<&Workers<'_>>,
        inputs: bool,
        counts: &Counts,
        blocks: Range<u64>,
    ) -> Vec<Rows> {
        let (settings, interrupt) = (self.settings, self.interrupt);
        // Blocks of one group after another, so that a thread's counters of it stay at hand.
        let order = settings.sampler.by_group(blocks);
        let run = |thread: usize, worker: &mut (dyn Blocks + '_), block: u64| {
            let lanes = lanes_of(block, self.trials);
            // Of the first blocks everything is at hand but the details.
            let known = if detailed.is_none() { self.first.block(block) } else { None };
            let columns = match &known {
                Some(known) => known,
                None => worker.run_block(settings.seed, settings.sampler, block),
            };
            counts.add(thread, columns, lanes, settings.sampler.group_of(block), settings.isa);
            interrupt.simulated(lanes as u64);
            detailed?;
            let columns = columns.to_vec();
            let inputs = if inputs { worker.kept_inputs(settings.seed, settings.sampler, block) } else { Vec::new() };
            Some(Rows { first_trial: block * BLOCK as u64, lanes, columns, inputs })
        };
        match detailed {
            Some(workers) => workers.each(&self.team, &order, interrupt, run),
            None => self.workers.each(&self.team, &order, interrupt, run),
        }
    }
}

/// What was counted: settled, or new in the counter of a thread.
struct Counts {
    settled: Mutex<Accumulator>,
    new: Vec<Mutex<Counter>>,
}

impl Counts {
    /// Goes on from what was counted `before`, on so many threads.
    fn new(plan: &Arc<Plan>, threads: usize, before: Accumulator) -> Self {
        let new = (0..threads).map(|_| Mutex::new(Counter::new(Arc::clone(plan)))).collect();
        Self { settled: Mutex::new(before), new }
    }

    /// Counts a block that a thread has run.
    fn add(&self, thread: usize, columns: &[Column], lanes: usize, group: usize, isa: Isa) {
        let mut counter = self.new[thread].lock().unwrap_or_else(PoisonError::into_inner);
        counter.add(columns, lanes, group, isa, &self.settled);
    }

    /// All that was counted so far.
    fn settle(&self) -> MutexGuard<'_, Accumulator> {
        for counter in &self.new {
            counter.lock().unwrap_or_else(PoisonError::into_inner).settle(&self.settled);
        }
        self.settled.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The same at the end, when nothing more is counted.
    fn into_settled(self) -> Accumulator {
        drop(self.settle());
        self.settled.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Where the chunk from `next` ends: after `chunk` blocks, and at every power of two where precision is looked at.
fn chunk_end(next: u64, blocks: u64, chunk: u64, looks: bool) -> u64 {
    let end = (next + chunk).min(blocks);
    let power = (next + 1).next_power_of_two();
    if looks && power < end { power } else { end }
}

/// Trials of a block: all lanes but in the last.
pub(super) fn lanes_of(block: u64, trials: u64) -> usize {
    trials_in(&(block..block + 1), trials) as usize
}
