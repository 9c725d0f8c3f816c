//! The engine of `alliance`: Monte Carlo forecasts of collaborations between police forces.

pub mod alliance;
pub mod cli;
pub mod exit_code;
pub mod id;
pub mod model;
pub mod outcomes;
pub mod report;
pub mod run;
pub mod scenario;
pub mod statistics;
pub mod uncertainty;
pub mod units;
