//! `alliance assumptions`: every number that a scenario states, its evidence, and how much it matters.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::options::measure;
use engine::outcomes::Outcome;

/// What `assumptions` takes.
#[derive(Debug, Args)]
#[command(mut_arg("no_charts", |option| option.hide(true)))]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome that assumptions matter for, such as npv
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    #[command(flatten)]
    ways: Ways,
}

/// Makes a register of assumptions.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.ways.output.no_charts {
        return Err(Failure::input("assumptions draws no charts: leave --no-charts out"));
    }
    arguments.ways.ask(Question::Assumptions { outcome: arguments.outcome.clone() }, [&arguments.file])
}
