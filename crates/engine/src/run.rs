//! Running a model: blocks of trials in parallel, counted exactly, until enough are done.

mod blocks;
mod first;
mod futures;
mod interrupt;
mod pieces;
pub mod sample;
mod stopping;
mod workers;

pub use blocks::{Keep, MOST_TRIALS, ROW_CHUNK, RunError, Runner, Settings, run};
pub use first::First;
pub use futures::{Blocks, Futures};
pub use interrupt::{Interrupt, Stage};
pub use pieces::Pieces;
pub use stopping::{Stopped, Until};
