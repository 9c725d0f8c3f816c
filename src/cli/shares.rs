//! `alliance shares`: is the deal fair to each force, and would some do better by themselves.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;

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
    arguments.ways.ask(Question::Shares {}, [&arguments.file])
}
