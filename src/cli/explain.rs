//! `alliance explain`: what drives an outcome, and what it would be worth to know it.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::compare::HorizonAsked;
use super::options::measure;
use engine::outcomes::Outcome;

/// What `explain` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome to explain, such as npv, payback or `force.Dorset.cuts`
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    /// Another scenario: what information is worth is told of the decision between the two, not of whether to go ahead
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Explains an outcome.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let question = Question::Explain { outcome: arguments.outcome.clone(), years: arguments.horizon.years };
    arguments.ways.ask(question, std::iter::once(&arguments.file).chain(&arguments.against))
}
