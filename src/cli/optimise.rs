//! `alliance optimise`: a better order and pace of delivery, and what it gains on fresh draws.

use std::path::PathBuf;

use app::{Question, limits};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::options::measure;
use engine::outcomes::Outcome;

/// What `optimise` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome to make as good as possible: the mean of one such as npv, the chance of one such as 'target."£12m".met'
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    /// A percentile of it instead of its mean, such as 10: the best bad case
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=99))]
    percentile: Option<u8>,
    /// Most delivery slots of an alliance [default: as many as the plan has]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::SLOTS)))]
    slots: Option<u32>,
    #[command(flatten)]
    ways: Ways,
}

/// Seeks a better order and pace of delivery.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { percentile, slots, .. } = *arguments;
    let question = Question::Optimise { outcome: arguments.outcome.clone(), percentile, slots };
    arguments.ways.ask(question, [&arguments.file])
}
