//! A run made piece by piece on one thread, for whoever has to look up between two blocks: a page. Counts of pieces, whoever made them and
//! in whatever order, add up to those of the whole run, byte for byte.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::blocks::{MOST_TRIALS, Settings, lanes_of};
use super::first::First;
use super::futures::{Blocks, Futures, forecast};
use crate::outcomes::{Accumulator, Counter, Plan};
use crate::statistics::Forecast;
use crate::team::Team;
use crate::uncertainty::lanes::Column;

/// A run of which single blocks are counted.
pub struct Pieces<'a> {
    model: &'a dyn Futures,
    worker: Box<dyn Blocks + 'a>,
    settings: Settings,
    /// The first blocks, until all of them were run.
    kept: Vec<Column>,
    looked_at: u64,
    ready: Option<Ready>,
}

/// What counts, once it is known how.
struct Ready {
    first: First,
    counter: Counter,
    counted: Mutex<Accumulator>,
}

impl fmt::Debug for Pieces<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pieces").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl<'a> Pieces<'a> {
    /// Nothing is run yet. Of the settings, threads and precision mean nothing here.
    #[must_use]
    pub fn new(model: &'a dyn Futures, settings: Settings) -> Self {
        let worker = model.worker(settings.isa, false);
        Self { model, worker, settings, kept: Vec::new(), looked_at: 0, ready: None }
    }

    /// Trials of the whole run.
    fn trials(&self) -> u64 {
        self.settings.trials.clamp(1, MOST_TRIALS)
    }

    /// Runs one of the first blocks, by which is laid out how all is counted; says whether that is done. Until then nothing is counted.
    pub fn prepare(&mut self) -> bool {
        if self.ready.is_some() {
            return true;
        }
        let catalogue = self.model.catalogue();
        if self.looked_at < First::blocks(self.trials()) {
            let block = self.worker.run_block(self.settings.seed, self.settings.sampler, self.looked_at);
            First::keep(catalogue, block, &mut self.kept);
            self.looked_at += 1;
            return false;
        }
        let kept = std::mem::take(&mut self.kept);
        let first = First::of((catalogue, self.model.plan()), kept, &Team::alone(), &self.settings, self.trials());
        let counter = Counter::new(Arc::clone(&first.plan));
        let counted = Mutex::new(Accumulator::new(Arc::clone(&first.plan)));
        self.ready = Some(Ready { first, counter, counted });
        true
    }

    /// Counts those trials of a block that are among the first `trials` of the run.
    pub fn count(&mut self, block: u64, trials: u64) {
        while !self.prepare() {}
        let trials = trials.min(self.trials());
        let Some(Ready { first, counter, counted }) = &mut self.ready else { return };
        let Settings { seed, sampler, isa, .. } = self.settings;
        let lanes = lanes_of(block, trials);
        let known = first.block(block);
        let columns = match &known {
            Some(known) => known,
            None => self.worker.run_block(seed, sampler, block),
        };
        counter.add(columns, lanes, sampler.group_of(block), isa, counted);
    }

    /// What was counted since this was asked last; none before it is laid out how all is counted.
    pub fn take(&mut self) -> Option<Accumulator> {
        let Ready { first, counter, counted } = self.ready.as_mut()?;
        counter.settle(counted);
        let counted = counted.get_mut().unwrap_or_else(PoisonError::into_inner);
        Some(std::mem::replace(counted, Accumulator::new(Arc::clone(&first.plan))))
    }

    /// How all is counted, once that is laid out.
    #[must_use]
    pub fn plan(&self) -> Option<&Arc<Plan>> {
        self.ready.as_ref().map(|ready| &ready.first.plan)
    }

    /// What was counted, as figures.
    #[must_use]
    pub fn forecast(&self, counted: &Accumulator) -> Forecast {
        forecast(self.model, &Team::alone(), counted)
    }
}
