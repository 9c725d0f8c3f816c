//! What identifies a run and says how far it went.

use serde::Serialize;

/// Why a run stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stopped {
    /// All the trials asked for were done.
    AllTrials,
    /// The headline figures reached the precision asked for.
    Precise,
    /// All the trials asked for were done before the precision asked for was reached.
    OutOfTrials,
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
    /// Sampler: `plain`, `antithetic`, `latin` or `sobol`.
    pub sampler: String,
    /// Trials done.
    pub trials: u64,
    /// Trials asked for.
    pub requested_trials: u64,
    /// Why it stopped.
    pub stopped: Stopped,
    /// What of the scenario is sound, but was probably not meant, in sentences.
    pub worth_a_look: Vec<String>,
}
