//! `alliance futures`: questions to the futures that a run kept.

use std::path::PathBuf;

use app::futures::{FuturesQuestion, asked};
use app::{Means, Study, Verb};
use clap::{Args, ValueEnum};
use report::futures::{FuturesReport, render, table};

use super::manifest::{FILE as MANIFEST, Manifest};
use super::produce::TRIALS;
use super::progress::{Progress, interruptible};
use super::{Failure, engine, print, screen_width};
use crate::exit_code::Exit;
use engine::figures::made_by_others;
use engine::outcomes::RowSource;
use foreign::files;
use tables::ParquetTrials;

/// What `futures` takes.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  alliance run scenarios/two-force.toml --keep-trials --out kept
  alliance futures kept --where 'npv < 0' --show npv,peak_funding_need
  alliance futures kept --where 'npv < 0 and payback is missing' --by 'funding.regime[2018/19]' --show total_investment

A condition compares columns with numbers or with one another by <, <=, >, >=, = and !=; joins by and, or, not and brackets; a column
of yes and no stands by itself; 'is missing' asks whether a figure is. alliance outcomes lists the outcomes; inputs are named by their
keys in the scenario.")]
pub(super) struct Arguments {
    /// Folder of a run with --keep-trials
    run: PathBuf,
    /// Which futures: a condition, such as 'npv < 0' [default: all]
    #[arg(long = "where", value_name = "CONDITION")]
    condition: Option<String>,
    /// Columns by whose values they are put in groups, commas between; of many values, by quarters
    #[arg(long, value_name = "COLUMNS", value_parser = columns, default_value = "", hide_default_value = true)]
    by: Columns,
    /// Columns that are told of each group, commas between
    #[arg(long, value_name = "COLUMNS", value_parser = columns, default_value = "npv", hide_default_value = false)]
    show: Columns,
    /// How the answer is printed: text for people, json or csv for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
}

/// What would be right where there are no futures.
const GIVE: &str = "give the folder of a run made with --keep-trials";

/// How the answer is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Format {
    #[default]
    Text,
    Json,
    Csv,
}

/// Names of columns.
#[derive(Debug, Clone, Default)]
struct Columns(Vec<String>);

/// Reads names between commas; one within quotes or brackets belongs to a name.
fn columns(text: &str) -> Result<Columns, String> {
    let (mut names, mut name, mut quoted) = (Vec::new(), String::new(), false);
    for character in text.chars() {
        match character {
            ',' if !quoted => names.push(std::mem::take(&mut name)),
            '"' => {
                quoted = !quoted;
                name.push('"');
            }
            other => name.push(other),
        }
    }
    if quoted {
        return Err("a quote stays open".to_owned());
    }
    names.push(name);
    let names: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
    match names.as_slice() {
        [nothing] if nothing.is_empty() => Ok(Columns::default()),
        all if all.iter().any(String::is_empty) => Err("between two commas a name is wanted".to_owned()),
        _ => Ok(Columns(names)),
    }
}

/// Answers a question to kept futures.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let wrong = |why: &str| Failure::input(format!("{}: {why}.", arguments.run.display()));
    let is_manifest = arguments.run.file_name().is_some_and(|name| name == MANIFEST);
    if arguments.run.is_file() && !is_manifest || arguments.run.is_dir() && !arguments.run.join(MANIFEST).exists() {
        return Err(wrong(&format!("this is no folder of a run; {GIVE}")));
    }
    let manifest = Manifest::read(&arguments.run)?;
    if manifest.request.question.verb() != Verb::Run || !manifest.outputs.trials.any() {
        return Err(wrong(&format!("it keeps no futures; {GIVE}")));
    }
    let folder = if arguments.run.is_dir() { Some(arguments.run.as_path()) } else { arguments.run.parent() };
    let path = folder.unwrap_or(&arguments.run).join(TRIALS);
    let of_file = |why: &str| Failure::input(format!("{}: {why}.", path.display()));
    let file = files::open(&path, files::ANY_SIZE).map_err(|why| of_file(&why.to_string()))?;
    let mut kept = ParquetTrials::of(file).map_err(|why| of_file(&why))?;
    if let Some(others) = made_by_others(kept.figures()) {
        return Err(wrong(&format!("its futures were {others}")));
    }
    if kept.trials() != manifest.trials_done {
        return Err(wrong(&format!(
            "{TRIALS} holds {} futures, where the manifest says {}: it is not that of the run",
            kept.trials(),
            manifest.trials_done
        )));
    }
    let study = manifest.request.read()?;
    let report = answer(arguments, &study, &mut kept, &manifest)?;
    match arguments.format {
        Format::Text => print(&render(&report, screen_width())),
        Format::Json => print(&report.to_json().map_err(|error| Failure::new(Exit::Failure, error.to_string()))?),
        Format::Csv => print(&String::from_utf8_lossy(&table(&report).csv())),
    }
}

fn answer(
    arguments: &Arguments,
    study: &Study,
    kept: &mut ParquetTrials,
    manifest: &Manifest,
) -> Result<FuturesReport, Failure> {
    let interrupt = interruptible();
    let progress = Progress::follow(&interrupt);
    let means = Means { engine: engine(), threads: 1, interrupt: interrupt.clone() };
    let question = FuturesQuestion {
        condition: arguments.condition.clone(),
        by: arguments.by.0.clone(),
        show: arguments.show.0.clone(),
    };
    let found = asked(&study.over(manifest.trials_done)?.desk(&means), kept, &question);
    drop(progress);
    Ok(found?)
}
