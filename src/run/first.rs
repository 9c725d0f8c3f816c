//! The first trials of a run: they set the ranges in which all are counted. Any machine finds the same.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::ThreadPool;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::blocks::{RunError, Settings, lanes_of};
use super::interrupt::Interrupt;
use super::team::Workers;
use crate::outcomes::{Catalogue, Layout, Plan, lay_out};
use crate::uncertainty::lanes::{BLOCK, Column};

/// Blocks looked at: 1,024 trials.
const FIRST_BLOCKS: u64 = 1024 / BLOCK as u64;

/// The first blocks of a run, and how all is counted because of them.
#[derive(Debug)]
pub(super) struct First {
    pub plan: Arc<Plan>,
    /// Block after block, all columns of each.
    columns: Vec<Column>,
    width: usize,
}

impl First {
    /// Runs the first blocks.
    pub fn run(
        (catalogue, planned): (&Catalogue, &[f64]),
        (pool, workers): (&ThreadPool, &Workers<'_>),
        settings: &Settings,
        trials: u64,
        interrupt: &Interrupt,
    ) -> Result<Self, RunError> {
        let blocks = trials.div_ceil(BLOCK as u64).min(FIRST_BLOCKS);
        let width = catalogue.columns().len();
        let mut kept = vec![Column::default(); width * blocks as usize];
        let places: Vec<Mutex<&mut [Column]>> = kept.chunks_mut(width).map(Mutex::new).collect();
        let blocks: Vec<u64> = (0..blocks).collect();
        workers.each(pool, &blocks, interrupt, |_, worker, block| {
            let columns = worker.run_block(settings.seed, settings.sampler, block);
            places[block as usize].lock().unwrap_or_else(PoisonError::into_inner).copy_from_slice(columns);
            None::<()>
        });
        interrupt.check()?;
        let columns: Vec<usize> = (0..width).collect();
        let choose = |column: &usize| {
            let spec = &catalogue.columns()[*column];
            let mut values = Vec::with_capacity(blocks.len() * BLOCK);
            for (number, block) in (0..).zip(kept.chunks(width)).filter(|_| spec.is_counted()) {
                values.extend_from_slice(&block[*column][..lanes_of(number, trials)]);
            }
            Layout::choose(spec, planned[*column], &mut values)
        };
        let chosen: Vec<Layout> = pool.install(|| columns.par_iter().map(choose).collect());
        let plan = Arc::new(Plan::new(catalogue, lay_out(catalogue, chosen), settings.sampler.groups()));
        Ok(Self { plan, columns: kept, width })
    }

    /// The outcomes of a block, where it is one of the first.
    pub fn block(&self, block: u64) -> Option<&[Column]> {
        self.columns.chunks(self.width).nth(usize::try_from(block).ok()?)
    }
}
