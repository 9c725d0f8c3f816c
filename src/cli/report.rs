//! `alliance report`: a page and a workbook to put before a board: a forecast with what drives it, whether the deal is fair, and what
//! is assumed; or several scenarios compared.

use std::path::PathBuf;

use app::{Question, Verb, limits};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::compare::{HorizonAsked, load_all};
use super::explain::check_trials;
use super::options::Output;

/// What `report` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file, or up to six to be compared, the baseline first
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Writes a page for a board.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.files.len() == 1 {
        check_trials(Verb::Report, &arguments.ways.draws)?;
        if arguments.horizon.years.is_some() {
            let message =
                "--years is the horizon over which several scenarios are compared; of one, write --set years=N";
            return Err(Failure::input(message));
        }
    }
    limits::scenarios(Verb::Report, arguments.files.len()).map_err(Failure::input)?;
    let loaded = load_all(&arguments.files, &arguments.ways.changes)?;
    let name = format!("report-{}", loaded.first().map_or("", |own| &own.scenario.name));
    let mut ways = arguments.ways.clone();
    // Both, unless one alone is asked for.
    let Output { report, xlsx, .. } = &mut ways.output;
    if *report == *xlsx {
        (*report, *xlsx) = (true, true);
    }
    ways.answer(&name, Question::Report { years: arguments.horizon.years }, loaded)
}
