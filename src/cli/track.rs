//! `alliance track`: what reported figures say of a plan.

use std::path::PathBuf;

use app::{Question, limits, track};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use report::words::thousands;

/// What `track` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// CSV file of reported figures, in the place of those of the scenario; its columns are the keys of [[actual]]
    #[arg(long, value_name = "FILE")]
    actuals: Option<PathBuf>,
    /// Only figures that were known by this month count [default: all]
    #[arg(long, value_name = "MONTH")]
    as_of: Option<String>,
    /// How much figure and forecast may differ by though both are right, as a part of the plan's figure
    #[arg(long, value_name = "PART", default_value_t = track::DISCREPANCY)]
    discrepancy: f64,
    /// Futures that are run at most where those of --trials do not reach the figures
    #[arg(long, value_name = "FUTURES", default_value_t = track::MOST, value_parser = most)]
    most: u64,
    #[command(flatten)]
    ways: Ways,
}

fn most(text: &str) -> Result<u64, String> {
    text.replace('_', "")
        .parse()
        .map_err(|_| format!("a whole number up to {} is wanted", thousands(limits::MOST_TRACKED)))
}

/// Says what reported figures say.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let Arguments { file, actuals, as_of, discrepancy, most, ways } = arguments;
    let question = Question::Track { as_of: as_of.clone(), discrepancy: *discrepancy, most: *most };
    ways.check(&question, 1)?;
    let loaded = match actuals {
        Some(actuals) => ways.changes.load_with_actuals(file, actuals)?,
        None => ways.changes.load(file)?,
    };
    ways.answer(&format!("track-{}", loaded.scenario.name), question, vec![loaded])
}
