//! Made-up scenarios with made-up futures, for the tests of the report: two forces, five forces, a merger, one alone.

mod futures;
mod nouns;

pub(super) use futures::Futures;

use super::data::{RunIdentity, ScenarioFacts};
use engine::alliance::Scenario;
use engine::run::Stopped;
use engine::uncertainty::Sampler;

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
    super::Report::build(&scenario, &futures, run(&scenario))
}

/// A run of it.
pub(super) fn run(scenario: &Scenario) -> (ScenarioFacts, RunIdentity) {
    let facts = ScenarioFacts::of(scenario, "3fa9c1d27b60e85544aa".to_owned(), Vec::new());
    let run = RunIdentity {
        version: "0.2.0".to_owned(),
        commit: None,
        seed: 1,
        sampler: Sampler::Plain,
        trials: 100_000,
        requested_trials: 100_000,
        stopped: Stopped::AllTrials,
    };
    (facts, run)
}
