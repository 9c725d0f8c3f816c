//! `alliance discover`: under which conditions a scenario fails.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;

/// What `discover` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// What counts as failure, such as 'npv < 0' or `target_met < 1` (of the first promise)
    #[arg(long, value_name = "CONDITION", default_value_t = Question::a_loss())]
    fail: String,
    #[command(flatten)]
    ways: Ways,
}

/// Finds the conditions of a failure.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.ways.ask(Question::Discover { fail: arguments.fail.clone() }, [&arguments.file])
}
