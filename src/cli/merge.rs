//! `alliance merge`: the parts of a run put together give what one machine gives, byte for byte.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use clap::Args;

use super::folder::{Folder, choose};
use super::manifest::Recipe;
use super::options::{Destination, Format};
use super::part::Part;
use super::produce::{Means, compiled, ended, publish};
use super::progress::{check_not_stopped, interruptible};
use super::run::show;
use super::{Failure, command_line, commit};
use crate::outcomes::Accumulator;
use crate::report::terminal;
use crate::report::words::thousands;
use crate::run::{Runner, Stopped};

/// What `merge` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Every part of one run, in any order
    #[arg(required = true)]
    parts: Vec<PathBuf>,
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// How the forecast is printed: text for people, json for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    destination: Destination,
}

/// Most missing parts that are named.
const NAMED: usize = 20;

/// Puts the parts of a run together.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let started = Instant::now();
    let parts = read(&arguments.parts)?;
    let Some(first) = parts.first() else { return Err(Failure::input("no part was named")) };
    let header = &first.header;
    let loaded = header.scenario.load()?;
    let recipe = Recipe { charts: !arguments.no_charts, ..header.recipe.clone() };
    let target = choose(&arguments.destination, &header.scenario.name, &recipe)?;
    let folder = Folder::open(&target)?;
    let interrupt = interruptible(Some(&folder.path))?;
    let (model, settings) = compiled(&loaded, &recipe, 0)?;
    let runner = Runner::new(&model, &settings, &interrupt).map_err(|error| ended(&error))?;
    let counted = together(&parts, &runner, &recipe)?;
    let forecast = runner.forecast(&counted);
    let means = Means { threads: 0, command_line: command_line(), commit: commit(), interrupt };
    let (report, manifest) = publish(&loaded, &recipe, &means, &folder.path, &forecast, Stopped::Done, started)?;
    manifest.write(&folder.path)?;
    check_not_stopped(&means.interrupt)?;
    folder.finish()?;
    show(report.to_json(), &terminal::render(&report), arguments.format, &target)
}

/// Reads the parts and makes sure that they are all parts of one run, each once; every problem is told.
fn read(paths: &[PathBuf]) -> Result<Vec<Part>, Failure> {
    let mut problems = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    for path in paths {
        match Part::read(path) {
            Ok(part) if part.header.part.is_none() => {
                problems.push(format!("{}: it is a checkpoint, not a part.", path.display()));
            }
            Ok(part) => parts.push(part),
            Err(failure) => problems.push(failure.message),
        }
    }
    if let Some(first) = parts.first() {
        problems.extend(strangers(first, &parts));
        if problems.is_empty() {
            problems.extend(gaps(&parts));
        }
    }
    if problems.is_empty() { Ok(parts) } else { Err(Failure::input(problems.join("\n"))) }
}

/// Parts that are not of the same run as the first, or not of this engine.
fn strangers(first: &Part, parts: &[Part]) -> Vec<String> {
    let mut found = Vec::new();
    let made = (&first.header.recipe.version, &first.header.commit);
    let engine = (&env!("CARGO_PKG_VERSION").to_owned(), &commit());
    if made != engine {
        let name = |(version, commit): (&String, &Option<String>)| match commit {
            Some(commit) => format!("{version} of commit {commit}"),
            None => version.clone(),
        };
        found.push(format!("{}: made by engine {}; this is {}.", first.path.display(), name(made), name(engine)));
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
fn together(parts: &[Part], runner: &Runner<'_>, recipe: &Recipe) -> Result<Accumulator, Failure> {
    let mut all = runner.nothing();
    let mut problems = Vec::new();
    for part in parts {
        match part.counted(runner.plan()) {
            Ok(counted) => all.merge(&counted),
            Err(failure) => problems.push(failure.message),
        }
    }
    if problems.is_empty() && all.trials() != recipe.trials {
        let (found, wanted) = (thousands(all.trials()), thousands(recipe.trials));
        problems.push(format!("the parts hold {found} trials, where the run has {wanted}: make them again."));
    }
    if problems.is_empty() { Ok(all) } else { Err(Failure::input(problems.join("\n"))) }
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
