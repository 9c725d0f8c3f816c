//! `alliance explain`: what drives an outcome, and what it would be worth to know it.

use std::path::PathBuf;

use app::{Question, Verb, limits};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::compare::{HorizonAsked, load_all};
use super::options::{Draws, measure};
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

/// Whether the inputs of these draws can be looked at.
pub(super) fn check_trials(verb: Verb, draws: &Draws) -> Result<(), Failure> {
    limits::looked_at(verb, draws.sampler, draws.trials).map_err(Failure::input)
}

/// Explains an outcome.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    check_trials(Verb::Explain, &arguments.ways.draws)?;
    let files = std::iter::once(&arguments.file).chain(&arguments.against);
    let loaded = load_all(files, &arguments.ways.changes)?;
    let years = arguments.horizon.years;
    if years.is_some() && arguments.against.is_none() {
        let message = "--years is the horizon over which two scenarios are compared; of one, write --set years=N";
        return Err(Failure::input(message));
    }
    let name = format!("explain-{}", loaded.first().map_or("", |own| &own.scenario.name));
    let question = Question::Explain { outcome: arguments.outcome.clone(), years };
    arguments.ways.answer(&name, question, loaded)
}
