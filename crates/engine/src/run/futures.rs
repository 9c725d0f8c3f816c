//! What can be run: whatever simulates blocks of futures into named columns.

use crate::model::{Model, Worker};
use crate::outcomes::{Accumulator, Catalogue};
use crate::statistics::{Counted, Forecast};
use crate::team::Team;
use crate::uncertainty::Sampler;
use crate::uncertainty::lanes::{Column, Isa};

/// Futures that can be simulated: of one scenario, or of several on the same draws.
pub trait Futures: Sync + std::fmt::Debug {
    /// The outcomes of a trial, in the order of a worker's columns.
    fn catalogue(&self) -> &Catalogue;
    /// The outcomes of the plan run; NaN where missing.
    fn plan(&self) -> &[f64];
    /// Names of the inputs that may be kept beside the outcomes, in the order of a worker's.
    fn kept_inputs(&self) -> Vec<String> {
        Vec::new()
    }
    /// A worker with room for one block; what is kept only with every trial is worked out where `details` are asked for.
    fn worker(&self, isa: Isa, details: bool) -> Box<dyn Blocks + '_>;
}

/// Runs blocks of trials, one at a time.
pub trait Blocks: Send {
    /// Runs block number `block` (128 trials): a column of values for each outcome of the catalogue, NaN where missing.
    fn run_block(&mut self, seed: u64, sampler: Sampler, block: u64) -> &[Column];
    /// The inputs of the block that was run last, a column for each that may be kept.
    fn kept_inputs(&self, _seed: u64, _sampler: Sampler, _block: u64) -> Vec<Column> {
        Vec::new()
    }
}

/// What was counted of them, as figures.
pub(super) fn forecast(model: &dyn Futures, team: &Team, counted: &Accumulator) -> Forecast {
    let catalogue = model.catalogue();
    let columns = team.each(catalogue.columns().len(), |column| Counted::of(counted, catalogue, column));
    Forecast::new(catalogue, model.plan(), counted, columns)
}

impl Futures for Model {
    fn catalogue(&self) -> &Catalogue {
        self.catalogue()
    }

    fn plan(&self) -> &[f64] {
        self.plan()
    }

    fn kept_inputs(&self) -> Vec<String> {
        self.kept_inputs()
    }

    fn worker(&self, isa: Isa, details: bool) -> Box<dyn Blocks + '_> {
        let worker = self.worker(isa);
        Box::new(if details { worker } else { worker.without_details() })
    }
}

impl Blocks for Worker<'_> {
    fn run_block(&mut self, seed: u64, sampler: Sampler, block: u64) -> &[Column] {
        self.run_block(seed, sampler, block)
    }

    fn kept_inputs(&self, seed: u64, sampler: Sampler, block: u64) -> Vec<Column> {
        self.kept_inputs(seed, sampler, block)
    }
}
