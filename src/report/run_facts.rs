//! What identifies a run, and what only describes how it went on this machine.

use serde::Serialize;

/// Why a run stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// All the trials asked for were done.
    AllTrials,
    /// The headline figures reached the precision asked for.
    Precise,
    /// Somebody stopped it.
    Interrupted,
}

/// Everything about the run that is not a result.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunFacts {
    /// Hash of the resolved scenario.
    pub scenario_hash: String,
    /// Version of the engine.
    pub version: String,
    /// Git commit of the engine, where known.
    pub commit: Option<String>,
    /// Seed.
    pub seed: u64,
    /// Sampler: `plain`, `latin` or `sobol`.
    pub sampler: String,
    /// Trials done.
    pub trials: u64,
    /// Trials asked for.
    pub requested_trials: u64,
    /// Why it stopped.
    pub stopped: Stopped,
    /// Threads used.
    pub threads: usize,
    /// Instruction set of the kernel.
    pub isa: String,
    /// Wall time, seconds.
    pub wall_seconds: f64,
    /// The command line.
    pub command_line: String,
}
