//! `alliance merge`: the parts of a run put together give what one machine gives, byte for byte.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::answer::Job;
use super::deliver::deliver;
use super::manifest::{Kept, Outputs};
use super::options::Output;
use super::part::{Part, rows_beside};
use super::produce::{TRIALS, rows, unstored};
use super::progress::{Progress, check_not_stopped, interruptible};
use super::{Failure, engine};
use app::{Answer, Engine};
use engine::model::Model;
use engine::outcomes::Accumulator;
use engine::run::{Interrupt, Runner, Stopped};
use report::words::thousands;

/// What `merge` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Every part of one run, in any order
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    #[command(flatten)]
    output: Output,
}

/// Most missing parts that are named.
const NAMED: usize = 20;

/// Puts the parts of a run together.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let interrupt = interruptible();
    let progress = (!arguments.output.quiet).then(|| Progress::follow(&interrupt));
    let parts = read(&arguments.parts, &interrupt)?;
    drop(progress);
    let Some(first) = parts.first() else { return Err(Failure::input("no part was named")) };
    let header = &first.header;
    let study = header.request().read()?;
    let outputs = Outputs { trials: header.trials_kept, ..arguments.output.outputs() };
    let name = study.scenarios().first().map_or_else(String::new, |own| own.scenario.name.clone());
    deliver(
        (&name, &study, &outputs),
        &arguments.output,
        0,
        |failure| failure,
        |means, folder| {
            let desk = study.desk(&means.app);
            let (model, settings) = app::forecast::ready(&desk)?;
            let interrupt = &means.app.interrupt;
            let runner = Runner::new(&model, &settings, interrupt).map_err(app::Error::from)?;
            if outputs.trials.any() {
                join_rows(&parts, (&model, outputs.trials), &folder.join(TRIALS), interrupt)?;
            }
            let counted = together(&parts, &runner, settings.trials, interrupt)?;
            let report = app::forecast::told(&desk, &runner.forecast(&counted), Stopped::AllTrials)?;
            Job { study: &study, outputs: &outputs, means, folder, started }.leave(&Answer::Forecast(Box::new(report)))
        },
    )
}

/// Reads the parts and makes sure that they are all parts of one run, each once; every problem is told.
fn read(paths: &[PathBuf], interrupt: &Interrupt) -> Result<Vec<Part>, Failure> {
    let mut problems = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    interrupt.begin_of("Reading the parts", paths.len() as u64, "parts");
    for path in paths {
        let read = Part::read(path, interrupt);
        check_not_stopped(interrupt)?;
        interrupt.stepped(1);
        match read {
            Ok(part) if part.header.part.is_none() => {
                problems.push(format!(
                    "{}: it is a checkpoint, not a part; name the files that shard wrote.",
                    path.display()
                ));
            }
            Ok(part) => parts.push(part),
            Err(failure) => problems.push(failure.message),
        }
    }
    if let Some(first) = parts.first() {
        problems.extend(strangers(first, &parts));
        if problems.is_empty() {
            problems.extend(gaps(&parts));
            interrupt.begin_of("Checking the trials kept", parts.len() as u64, "parts");
            for part in &parts {
                problems.extend(part.check_rows(interrupt).err().map(|failure| failure.message));
                check_not_stopped(interrupt)?;
                interrupt.stepped(1);
            }
        }
    }
    if problems.is_empty() { Ok(parts) } else { Err(Failure::input(problems.join("\n"))) }
}

/// Parts that are not of the same run as the first, or not of this engine.
fn strangers(first: &Part, parts: &[Part]) -> Vec<String> {
    let mut found = Vec::new();
    let (made, own) = (&first.header.engine, engine());
    if *made != own {
        let name = |engine: &Engine| match &engine.commit {
            Some(commit) => format!("{} of commit {commit}", engine.version),
            None => engine.version.clone(),
        };
        found.push(format!("{}: made by engine {}; this is {}. Merge the parts with the engine that made them, or make them again with this one.", first.path.display(), name(made), name(&own)));
    }
    for part in &parts[1..] {
        let differences = part.header.differences(&first.header);
        if !differences.is_empty() {
            let (own, other) = (part.path.display(), first.path.display());
            found.push(format!("{own}: of another run than {other}: {}.", differences.join("; ")));
        }
    }
    found
}

/// The counts of all parts together, read one after another; every damaged part is told.
fn together(parts: &[Part], runner: &Runner<'_>, trials: u64, interrupt: &Interrupt) -> Result<Accumulator, Failure> {
    let mut all = runner.nothing();
    let mut problems = Vec::new();
    interrupt.begin_of("Adding the counts", parts.len() as u64, "parts");
    for part in parts {
        check_not_stopped(interrupt)?;
        interrupt.stepped(1);
        match part.counted(runner.plan()) {
            Ok(counted) => all.merge(&counted),
            Err(failure) => problems.push(failure.message),
        }
    }
    if problems.is_empty() && all.trials() != trials {
        let (found, wanted) = (thousands(all.trials()), thousands(trials));
        problems.push(format!("the parts hold {found} trials, where the run has {wanted}: make them again."));
    }
    if problems.is_empty() { Ok(all) } else { Err(Failure::input(problems.join("\n"))) }
}

/// The trials of all parts in one file, in their order.
fn join_rows(parts: &[Part], (model, kept): (&Model, Kept), path: &Path, interrupt: &Interrupt) -> Result<(), Failure> {
    let mut all = rows(path, model, kept)?;
    let mut ordered: Vec<&Part> = parts.iter().collect();
    ordered.sort_by_key(|part| part.header.blocks);
    interrupt.begin_of("Joining the trials kept", parts.len() as u64, "parts");
    for part in ordered {
        let beside = rows_beside(&part.path);
        let joined = all.append(&mut part.open_rows(&beside)?, part.header.trials(), &interrupt.stop);
        check_not_stopped(interrupt)?;
        interrupt.stepped(1);
        joined.map_err(|why| Failure::input(format!("{}: {why}.", beside.display())))?;
    }
    all.finish().map_err(unstored)
}

/// Parts named twice, and parts that are missing.
fn gaps(parts: &[Part]) -> Vec<String> {
    let mut found = Vec::new();
    let mut seen: BTreeMap<u64, &Part> = BTreeMap::new();
    let mut of = 0;
    for part in parts {
        let Some((number, all)) = part.header.part else { continue };
        of = all;
        if let Some(other) = seen.insert(number, part) {
            let (one, two) = (other.path.display(), part.path.display());
            found.push(format!("{two}: part {number} is there twice; {one} is the other."));
        }
    }
    let missing: Vec<u64> = (1..=of).filter(|number| !seen.contains_key(number)).collect();
    if !missing.is_empty() {
        let named: Vec<String> = missing.iter().take(NAMED).map(u64::to_string).collect();
        let more = if missing.len() > NAMED { format!(" and {} more", missing.len() - NAMED) } else { String::new() };
        found.push(format!("of {of} parts these are missing: {}{more}.", named.join(", ")));
    }
    found
}
