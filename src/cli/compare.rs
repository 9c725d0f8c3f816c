//! `alliance compare`: scenarios side by side on the same draws.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::answer::{Task, Ways};
use super::deliver::Made;
use super::manifest::{Verb, scenario_hash};
use super::options::Changes;
use super::produce::{compile, ended, facts, full};
use super::progress::Progress;
use super::questions::Asked;
use crate::alliance::Scenario;
use crate::decisions::{Comparison, Refused, align};
use crate::model::Model;
use crate::report::comparison::{self, screen, table};
use crate::report::page::answers;
use crate::run;
use crate::scenario::Loaded;

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
    ways: Ways,
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
    let loaded = load_all(in_order(arguments), &arguments.ways.changes)?;
    let name = format!("compare-{}", loaded.first().map_or("", |base| &base.scenario.name));
    arguments.ways.answer(&name, Verb::Compare, &loaded, &Asked::default())
}

/// Compares the scenarios of a task.
pub(super) fn compare(task: &Task<'_>) -> Result<Made, Failure> {
    let report = side_by_side(task)?;
    let charts = (report.charts.all(), report.charts.foot.as_str());
    let table = full("comparison", |out| table::comparison(&report, out))?;
    task.write(report.to_json(), || answers::comparison(&report), &[table], &[charts])?;
    task.made(report.to_json(), screen::render(&report))
}

/// Scenarios made comparable, and what was done for that.
pub(super) struct Aligned {
    pub scenarios: Vec<Scenario>,
    pub models: Vec<Model>,
    pub notes: Vec<String>,
}

/// Makes scenarios comparable and compiles them.
pub(super) fn aligned(loaded: &[Loaded]) -> Result<Aligned, Failure> {
    let mut scenarios: Vec<Scenario> = loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let notes = align(&mut scenarios);
    let models = scenarios.iter().zip(loaded).map(|(own, of)| compile(own, of)).collect::<Result<_, _>>()?;
    Ok(Aligned { scenarios, models, notes })
}

/// Runs the scenarios of a task on the same draws, the baseline first.
pub(super) fn side_by_side(task: &Task<'_>) -> Result<comparison::Comparison, Failure> {
    let Aligned { scenarios, models, notes } = aligned(task.loaded)?;
    let Some(base) = scenarios.first() else { return Err(Failure::input(Refused::TooFew.to_string())) };
    let options = in_one_row(models, base)?;
    let (recipe, means) = (task.recipe, task.means);
    let progress = Progress::follow(&means.interrupt, recipe.trials);
    let result = run::run(&options, &task.settings()?, &means.interrupt, None).map_err(|error| ended(&error));
    progress.finish();
    let (forecast, stopped) = result?;
    let of = |loaded: &Loaded| facts(recipe, means, scenario_hash(&loaded.resolved), forecast.trials(), stopped);
    let runs: Vec<_> = task.loaded.iter().map(of).collect();
    let asked = &task.asked.measures;
    Ok(comparison::Comparison::build(&scenarios, options.measures(), &forecast, &runs, notes, asked))
}

/// Models side by side, that of `base` first.
pub(super) fn in_one_row(models: Vec<Model>, base: &Scenario) -> Result<Comparison, Failure> {
    Comparison::new(models, base.years, base.funding.regimes.len()).map_err(|why| Failure::input(why.to_string()))
}
