//! `alliance compare`: scenarios side by side on the same draws.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::deliver::{Made, deliver};
use super::manifest::{Manifest, Recipe, Verb, scenario_hash};
use super::options::{Changes, Draws, Output};
use super::produce::{Means, ended, facts, manifest, write_charts, write_summary, write_table};
use super::progress::Progress;
use super::{Failure, uncompiled};
use crate::alliance::Scenario;
use crate::decisions::{Comparison, Refused, align};
use crate::model::Model;
use crate::report::comparison::{self, screen, table};
use crate::run::{self, Settings};
use crate::scenario::Loaded;
use crate::uncertainty::lanes::Isa;

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
    draws: Draws,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

/// The files with the baseline first, each once.
fn in_order(arguments: &Arguments) -> Vec<&PathBuf> {
    let mut files: Vec<&PathBuf> = arguments.against.iter().collect();
    files.extend(arguments.files.iter().filter(|file| Some(*file) != arguments.against.as_ref()));
    files
}

/// Loads every file; the problems of all are told at once.
fn load(arguments: &Arguments) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    for file in in_order(arguments) {
        match arguments.changes.load(file) {
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
    let loaded = load(arguments)?;
    let recipe = Recipe { charts: !arguments.output.no_charts, ..arguments.draws.recipe(Verb::Compare, &loaded) };
    let name = format!("compare-{}", loaded.first().map_or("", |base| &base.scenario.name));
    deliver(
        (&name, &recipe),
        &arguments.output,
        arguments.draws.threads,
        |failure| failure,
        |means, folder| {
            let (report, manifest) = compare(&loaded, &recipe, means, folder)?;
            Made::new(manifest, report.to_json(), screen::render(&report))
        },
    )
}

/// Compares scenarios by their recipe and fills `folder`; the manifest is still to be written into it.
pub(super) fn compare(
    loaded: &[Loaded],
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
) -> Result<(comparison::Comparison, Manifest), Failure> {
    let started = Instant::now();
    let report = side_by_side(loaded, recipe, means)?;
    write_summary(report.to_json(), folder)?;
    write_table("comparison.csv", folder, |file| table::comparison(&report, file))?;
    if recipe.charts {
        write_charts(&[(report.charts.all(), report.charts.foot.as_str())], folder)?;
    }
    let manifest = manifest(loaded, recipe, means, report.run.trials, started);
    Ok((report, manifest))
}

/// Runs scenarios on the same draws, the baseline first.
pub(super) fn side_by_side(
    loaded: &[Loaded],
    recipe: &Recipe,
    means: &Means,
) -> Result<comparison::Comparison, Failure> {
    let mut scenarios: Vec<Scenario> = loaded.iter().map(|loaded| loaded.scenario.clone()).collect();
    let notes = align(&mut scenarios);
    let mut models = Vec::new();
    for (scenario, loaded) in scenarios.iter().zip(loaded) {
        let file = loaded.files.first().map_or(Path::new(&scenario.name), PathBuf::as_path);
        models.push(Model::compile(scenario).map_err(|error| uncompiled(file, &error))?);
    }
    let Some(base) = scenarios.first() else { return Err(Failure::input(Refused::TooFew.to_string())) };
    let options = in_one_row(models, base)?;
    let settings = settings(recipe, means)?;
    let progress = Progress::follow(&means.interrupt, recipe.trials);
    let result = run::run(&options, &settings, &means.interrupt, None).map_err(|error| ended(&error));
    progress.finish();
    let (forecast, stopped) = result?;
    let hash = |loaded: &Loaded| facts(recipe, means, scenario_hash(&loaded.resolved), forecast.trials(), stopped);
    let runs: Vec<_> = loaded.iter().map(hash).collect();
    Ok(comparison::Comparison::build(&scenarios, options.measures(), &forecast, &runs, notes))
}

/// Models side by side, that of `base` first.
pub(super) fn in_one_row(models: Vec<Model>, base: &Scenario) -> Result<Comparison, Failure> {
    Comparison::new(models, base.years, base.funding.regimes.len()).map_err(|why| Failure::input(why.to_string()))
}

/// The settings of a recipe that runs all its trials.
pub(super) fn settings(recipe: &Recipe, means: &Means) -> Result<Settings, Failure> {
    let sampler = recipe.sampler.parse().map_err(Failure::input)?;
    let (trials, seed, threads) = (recipe.trials, recipe.seed, means.threads);
    Ok(Settings { trials, seed, sampler, threads, isa: Isa::detect(), until: None })
}
