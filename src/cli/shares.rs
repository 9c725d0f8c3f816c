//! `alliance shares`: is the deal fair to each force, and would some do better by themselves.

use std::path::PathBuf;

use app::{Question, Verb};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::explain::check_trials;

/// What `shares` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    #[command(flatten)]
    ways: Ways,
}

/// Asks whether a deal is fair and stable.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    check_trials(Verb::Shares, &arguments.ways.draws)?;
    let name = format!("shares-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Question::Shares {}, vec![loaded])
}
