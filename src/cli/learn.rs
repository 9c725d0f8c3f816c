//! `alliance learn`: assumptions from programmes of the past.

use std::path::{Component, Path, PathBuf};

use app::Means;
use app::learn::{LearnQuestion, learnt};
use app::study::Desk;
use clap::Args;
use foreign::files::{Disk, Source, Unread};
use language::{Loaded, Problem};
use report::learning::{LearningReport, Target, render, table};

use super::options::{Changes, Draws, TableFormat};
use super::place::Slot;
use super::progress::{Progress, interruptible};
use super::{Failure, engine, print, screen_width, tell};
use crate::exit_code::Exit;

/// What `learn` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alliance learn scenarios/data/programmes.csv
  alliance learn scenarios/data/programmes.csv --without 'Devon & Cornwall and Dorset' --for scenarios/two-force.toml

CASES is a CSV file with a line a programme: its class and name, what was promised, planned and cost, and what came of it.
docs/learning.md explains the columns; scenarios/data/programmes.csv is one.")]
pub(super) struct Arguments {
    /// File of programmes
    cases: PathBuf,
    /// The class that the new programme belongs to [default: the one of most programmes]
    #[arg(long, value_name = "CLASS")]
    class: Option<String>,
    /// A programme that is left out, such as the one that is forecast; may be given several times
    #[arg(long, value_name = "PROGRAMME")]
    without: Vec<String>,
    /// A scenario: finds each exit.base at which first notices are as frequent as the ends of the class
    #[arg(long = "for", value_name = "SCENARIO")]
    scenario: Option<PathBuf>,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    draws: Draws,
    /// How the answer is printed: text for people, json or csv for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: TableFormat,
    /// File for the assumptions: with --for a scenario that extends it, else lines to paste [default: below the answer]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Learns from programmes; what is worth a look goes to standard error.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let slot = arguments.out.as_deref().map(|file| Slot::claim_free(file, "Choose another name")).transpose()?;
    let loaded = arguments.scenario.as_ref().map(|file| arguments.changes.load(file)).transpose()?;
    let (report, odd) = answer(arguments, loaded.as_ref())?;
    odd.iter().for_each(|problem: &Problem| tell(&problem.to_string()));
    let target = match (&arguments.scenario, &loaded) {
        (Some(file), Some(loaded)) => Some(target(file, arguments, loaded)?),
        _ => None,
    };
    let pasted = report.toml_for(target.as_ref());
    if let (Some(file), Some(_)) = (&arguments.out, &target) {
        check_readable(file, &pasted)?;
    }
    if let Some(slot) = slot {
        slot.put(pasted.as_bytes())?;
    }
    let below = if arguments.out.is_some() { "" } else { pasted.as_str() };
    match arguments.format {
        TableFormat::Text => print(&render(&report, below, screen_width())),
        TableFormat::Json => print(&report.to_json().map_err(|error| Failure::new(Exit::Failure, error.to_string()))?),
        TableFormat::Csv => print(&String::from_utf8_lossy(&table(&report).csv())),
    }?;
    match (&arguments.out, arguments.format) {
        (Some(file), TableFormat::Text) => print(&format!("Wrote {}.\n", file.display())),
        _ => Ok(()),
    }
}

fn answer(arguments: &Arguments, loaded: Option<&Loaded>) -> Result<(LearningReport, Vec<Problem>), Failure> {
    let Arguments { class, without, changes, .. } = arguments;
    let question = LearnQuestion { class: class.clone(), without: without.clone(), changes: changes.set.clone() };
    let interrupt = interruptible();
    let progress = Progress::follow(&interrupt);
    let means = Means { engine: engine(), threads: arguments.draws.threads, interrupt: interrupt.clone() };
    let draws = arguments.draws.wire(None);
    let desk = loaded.map(|own| Desk { scenarios: std::slice::from_ref(own), draws: &draws, means: &means });
    let found = learnt(&Disk, &arguments.cases, &question, desk.as_ref(), &means.engine.version);
    drop(progress);
    Ok(found?)
}

/// That a scenario which is to be written can be read, before it is: whatever it is made of.
fn check_readable(file: &Path, text: &str) -> Result<(), Failure> {
    let written = Written { file, text };
    let read = language::load_from(&written, file, &[]).map_err(app::Error::Problems);
    read.and_then(|loaded| app::study::compiled(&loaded).map(|_| ())).map_err(|error| {
        let Failure { exit, message } = error.into();
        Failure::new(exit, format!("{} was not written: it would be no sound scenario.\n{message}", file.display()))
    })
}

/// The disk with one file more.
#[derive(Debug)]
struct Written<'a> {
    file: &'a Path,
    text: &'a str,
}

impl Source for Written<'_> {
    fn read(&self, path: &Path, most: u64) -> Result<Vec<u8>, Unread> {
        if path == self.file { Ok(self.text.as_bytes().to_vec()) } else { Disk.read(path, most) }
    }
}

/// The scenario that is extended; changes of `--set` are in no file, so that there must be none.
fn target(file: &Path, arguments: &Arguments, loaded: &Loaded) -> Result<Target, Failure> {
    if arguments.out.is_some() && !arguments.changes.set.is_empty() {
        return Err(Failure::input(
            "--out extends the file as it is: leave --set out, or write its changes into a file.",
        ));
    }
    let extends = match &arguments.out {
        Some(out) => from_folder_of(out, file)?,
        None => file.to_path_buf(),
    };
    let alliances = loaded.scenario.alliances.iter().map(|own| own.name.clone()).collect();
    let title = format!("{}, with what programmes of the past say", loaded.scenario.title);
    Ok(Target { extends: extends.to_string_lossy().replace('\\', "/"), title, alliances })
}

/// The path of a file from the folder of another.
fn from_folder_of(other: &Path, file: &Path) -> Result<PathBuf, Failure> {
    let whole = |path: &Path| path.canonicalize().map_err(|error| Failure::io(&path.display().to_string(), error));
    let folder = other.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let (folder, file) = (whole(folder)?, whole(file)?);
    let shared = folder.components().zip(file.components()).take_while(|(one, other)| one == other).count();
    let up = folder.components().skip(shared).map(|_| Component::ParentDir);
    Ok(up.chain(file.components().skip(shared)).collect())
}
