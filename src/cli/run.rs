//! `alliance run`: simulate a scenario, print a forecast, leave tables and charts.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::checkpoint::Checkpoint;
use super::folder::{Folder, choose};
use super::manifest::{Recipe, Verb};
use super::options::{Changes, Destination, Draws, Format};
use super::produce::{Means, produce};
use super::progress::{check_not_stopped, interruptible};
use super::{Failure, command_line, commit, print};
use crate::exit_code::Exit;
use crate::report::terminal;

/// What `run` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    #[command(flatten)]
    draws: Draws,
    /// Stop sooner, once the headline figures have this relative Monte Carlo error, such as 1%
    #[arg(long, value_name = "PRECISION", value_parser = percentage)]
    until: Option<f64>,
    /// Keep every trial in trials.parquet, some kilobytes each
    #[arg(long)]
    keep_trials: bool,
    /// Keep what was counted in this file every so often; the same command goes on from it after a kill or Ctrl-C
    #[arg(long, value_name = "FILE", conflicts_with = "keep_trials")]
    checkpoint: Option<PathBuf>,
    /// Seconds between two checkpoints
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "checkpoint")]
    every: u64,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// How the forecast is printed: text for people, json for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    destination: Destination,
}

/// Reads `1%` or `0.01`.
fn percentage(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    match number.trim().parse::<f64>() {
        Ok(value) if value > 0.0 && value / scale < 1.0 => Ok(value / scale),
        _ => Err("a percentage above 0 is wanted, such as 1%".to_owned()),
    }
}

/// Runs a scenario.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    let recipe = Recipe {
        until: arguments.until,
        keep_trials: arguments.keep_trials,
        charts: !arguments.no_charts,
        ..arguments.draws.recipe(Verb::Run, std::slice::from_ref(&loaded))
    };
    let target = choose(&arguments.destination, &loaded.scenario.name, &recipe)?;
    let folder = Folder::open(&target)?;
    let means = Means {
        threads: arguments.draws.threads,
        command_line: command_line(),
        commit: commit(),
        interrupt: interruptible(Some(&folder.path))?,
    };
    let every = Duration::from_secs(arguments.every);
    let open = |path: &PathBuf| Checkpoint::open(path, every, &loaded, &recipe);
    let checkpoint = arguments.checkpoint.as_ref().map(open).transpose()?;
    let (report, manifest) = produce(&loaded, &recipe, &means, &folder.path, checkpoint.as_ref())?;
    manifest.write(&folder.path)?;
    let goes_on = |failure| match &checkpoint {
        Some(checkpoint) => checkpoint.goes_on_after(&failure),
        None => failure,
    };
    check_not_stopped(&means.interrupt).map_err(goes_on)?;
    folder.finish()?;
    if let Some(checkpoint) = &checkpoint {
        checkpoint.finish();
    }
    show(report.to_json(), &terminal::render(&report), arguments.format, &target)
}

/// Prints a report as asked for, and where its files are.
pub(super) fn show(
    json: Result<String, serde_json::Error>,
    text: &str,
    format: Format,
    target: &Path,
) -> Result<(), Failure> {
    match format {
        Format::Json => print(&json.map_err(|error| Failure::new(Exit::Failure, error.to_string()))?),
        Format::Text => {
            print(text);
            print(&format!("Tables and charts: {}\n", target.display()));
        }
    }
    Ok(())
}
