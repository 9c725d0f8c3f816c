//! `alliance compare`: scenarios side by side on the same draws.

use std::path::PathBuf;

use app::Question;
use clap::Args;

use super::Failure;
use super::answer::Ways;

/// What `compare` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario files; the first is the baseline
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The baseline, where it is not the first
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Over how many years scenarios are compared.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct HorizonAsked {
    /// Financial years over which scenarios are compared [default: those of the longest]
    #[arg(long, value_name = "N")]
    pub years: Option<usize>,
}

/// The files with the baseline first, each once.
fn in_order(arguments: &Arguments) -> Vec<&PathBuf> {
    let mut files: Vec<&PathBuf> = arguments.against.iter().collect();
    files.extend(arguments.files.iter().filter(|file| Some(*file) != arguments.against.as_ref()));
    files
}

/// Compares scenarios.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    arguments.ways.ask(Question::Compare { years: arguments.horizon.years }, in_order(arguments))
}
