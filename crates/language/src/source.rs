//! Where a scenario's tree comes from: its file, the files it extends, its CSV files and the command line.

mod actuals;
mod areas;
mod csv;
mod extends;
mod facts;
mod files;
mod overrides;
mod programmes;

pub use actuals::put_actuals;
pub use extends::{Chain, read_chain};
pub use facts::{every_fact, fill_facts, texts};
pub use files::{Files, numbers};
pub use overrides::{Override, apply, blamed};
pub use programmes::{Programme, programmes};
