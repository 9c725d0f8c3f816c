//! `alliance compare`: scenarios side by side on the same draws.

use std::collections::BTreeMap;
use std::path::PathBuf;

use app::{Question, Verb, limits};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::options::Changes;
use language::Loaded;

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

/// Loads every file with the same changes; the problems of all are told at once.
pub(super) fn load_all<'a>(
    files: impl IntoIterator<Item = &'a PathBuf>,
    changes: &Changes,
) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    for file in files {
        match changes.load(file) {
            Ok(scenario) => loaded.push(scenario),
            Err(failure) => problems.push(failure.message),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::input(problems.join("\n")));
    }
    // Two files of one name in two folders are two options.
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for one in &mut loaded {
        let times = met.entry(one.scenario.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            one.rename(&format!("{}-{times}", one.scenario.name));
        }
    }
    Ok(loaded)
}

/// Compares scenarios.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let files = in_order(arguments);
    limits::scenarios(Verb::Compare, files.len()).map_err(Failure::input)?;
    let loaded = load_all(files, &arguments.ways.changes)?;
    let name = format!("compare-{}", loaded.first().map_or("", |base| &base.scenario.name));
    arguments.ways.answer(&name, Question::Compare { years: arguments.horizon.years }, loaded)
}
