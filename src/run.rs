//! Running a model: blocks of trials in parallel, counted exactly, until enough are done.

mod blocks;
mod first;
mod futures;
pub mod sample;
mod stopping;
mod team;

pub use blocks::{Interrupt, Keep, MOST_TRIALS, ROW_CHUNK, RunError, Runner, Settings, run};
pub use futures::{Blocks, Futures};
pub use stopping::{Stopped, Until};
