//! `alliance report`: a page and a workbook to put before a board: a forecast with what drives it, whether the deal is fair, and what
//! is assumed; or several scenarios compared.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::compare::HorizonAsked;
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
    let mut ways = arguments.ways.clone();
    // Both, unless one alone is asked for.
    let Output { report, xlsx, .. } = &mut ways.output;
    if *report == *xlsx {
        (*report, *xlsx) = (true, true);
    }
    ways.ask(Question::Report { years: arguments.horizon.years }, &arguments.files)
}
