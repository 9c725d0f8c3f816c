//! `alliance run`: simulate a scenario, print a forecast, leave tables and charts.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use app::{Question, Study, limits};
use clap::Args;

use super::answer::Job;
use super::checkpoint::Checkpoint;
use super::deliver::deliver;
use super::manifest::{Outputs, Recipe};
use super::options::{Changes, Draws, Keeping, Output};
use super::place::Folder;
use super::progress::interruptible;
use super::{Failure, engine, notes};

/// What `run` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    #[command(flatten)]
    draws: Draws,
    /// Stop sooner, once the Monte Carlo error of every headline mean is this part of the mean or of its range from P10 to P90, whichever
    /// is larger, such as 1%
    #[arg(long, value_name = "PRECISION", value_parser = limits::precision_written)]
    until: Option<f64>,
    #[command(flatten)]
    keeping: Keeping,
    /// Keep what was counted in this file every so often; the same command goes on from it after a kill or Ctrl-C
    #[arg(long, value_name = "FILE", conflicts_with = "keep_trials")]
    checkpoint: Option<PathBuf>,
    /// Seconds between two checkpoints
    #[arg(long, value_name = "SECONDS", default_value_t = 60, requires = "checkpoint", value_parser = clap::value_parser!(u64).range(..=limits::EVERY))]
    every: u64,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

/// Runs a scenario.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    let name = loaded.scenario.name.clone();
    let outputs = Outputs { trials: arguments.keeping.kept(), ..arguments.output.outputs() };
    let study = Study::new(Question::Run {}, arguments.draws.wire(arguments.until), vec![loaded])?;
    if let Some(checkpoint) = &arguments.checkpoint {
        let recipe = Recipe::of(&engine(), &study.hash(), &outputs);
        Folder::check_apart(checkpoint, &arguments.output.destination, &name, &recipe)?;
    }
    // From here on there are files that must not stay behind.
    interruptible();
    let every = Duration::from_secs(arguments.every);
    let open = |path: &PathBuf| Checkpoint::open(path, every, &study);
    let checkpoint = arguments.checkpoint.as_ref().map(open).transpose()?;
    let stopped = |failure| match &checkpoint {
        Some(checkpoint) => checkpoint.goes_on_after(&failure),
        None => failure,
    };
    let threads = arguments.draws.threads;
    deliver((&name, &study, &outputs), &arguments.output, threads, stopped, |means, folder| {
        let job = Job { study: &study, outputs: &outputs, means, folder, started: Instant::now() };
        let mut made = job.resume(checkpoint.as_ref())?;
        made.manifest.wall_seconds += checkpoint.as_ref().map_or(0.0, Checkpoint::earlier_seconds);
        Ok(made)
    })?;
    if let Some(checkpoint) = &checkpoint {
        checkpoint.finish();
    }
    if !arguments.output.quiet {
        notes::foot(study.scenarios());
    }
    Ok(())
}
