//! Made-up scenarios with made-up futures, for the tests of the report: two forces, five forces, a merger, one alone.

mod futures;
mod nouns;

pub(super) use futures::Futures;

use super::run_facts::{RunFacts, Stopped};
use engine::alliance::Scenario;

/// Which one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sample {
    TwoForce,
    FiveForce,
    Merger,
    Alone,
}

/// The scenario and its futures.
pub(super) fn sample(which: Sample) -> (Scenario, Futures) {
    let scenario = nouns::scenario(which);
    let futures = futures::futures(&scenario);
    (scenario, futures)
}

/// A report of it.
pub(super) fn report(which: Sample) -> super::Report {
    let (scenario, futures) = sample(which);
    super::Report::build(&scenario, &futures, &run())
}

/// A run.
pub(super) fn run() -> RunFacts {
    RunFacts {
        scenario_hash: "3fa9c1d27b60e85544aa".to_owned(),
        version: "0.2.0".to_owned(),
        commit: None,
        seed: 1,
        sampler: "plain".to_owned(),
        trials: 100_000,
        requested_trials: 100_000,
        stopped: Stopped::AllTrials,
        worth_a_look: Vec::new(),
    }
}
