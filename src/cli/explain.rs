//! `alliance explain`: what drives an outcome, and what it would be worth to know it.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::compare::settings;
use super::deliver::{Made, deliver};
use super::manifest::{Manifest, Recipe, Verb};
use super::options::{Changes, Draws, Output};
use super::produce::{Means, ended, facts, manifest, write_charts, write_summary, write_table};
use super::progress::Progress;
use super::questions::Asked;
use super::{Failure, uncompiled};
use crate::decisions;
use crate::model::Model;
use crate::report::explanation::{Explanation, screen, table};
use crate::report::words::thousands;
use crate::report::{RunIdentity, ScenarioFacts};
use crate::run::{Settings, Stopped};
use crate::scenario::{self, Loaded};
use crate::uncertainty::Sampler;

/// What `explain` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome to explain, such as npv, payback or `force.Dorset.cuts`
    #[arg(long, value_name = "NAME", default_value = "npv")]
    outcome: String,
    #[command(flatten)]
    draws: Draws,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

/// Most trials: every one is kept in memory, outcome and inputs.
const MOST: u64 = 4_000_000;
/// Fewest: below, twenty bins hold next to nothing.
const FEWEST: u64 = 1_000;

/// Whether these draws are ones whose inputs can be looked at: plain, not too few, not too many.
pub(super) fn check_trials(verb: &str, draws: &Draws) -> Result<(), Failure> {
    if draws.sampler != Sampler::Plain {
        return Err(Failure::input(format!("{verb} samples plainly: its errors are those of independent trials")));
    }
    if !(FEWEST..=MOST).contains(&draws.trials) {
        return Err(Failure::input(format!("{verb} takes from {} to {} trials", thousands(FEWEST), thousands(MOST))));
    }
    Ok(())
}

/// Position of an outcome by name.
pub(super) fn column_of(model: &Model, outcome: &str) -> Result<usize, Failure> {
    let catalogue = model.catalogue();
    catalogue.position(outcome).ok_or_else(|| {
        let known: Vec<&str> = catalogue.columns().iter().map(|spec| spec.name.as_str()).collect();
        Failure::input(scenario::unknown_measure(outcome, &known).to_string())
    })
}

/// Explains an outcome.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    check_trials("explain", &arguments.draws)?;
    let asked = Asked { measures: vec![arguments.outcome.clone()], ..Asked::default() };
    let recipe = arguments.draws.recipe_of(Verb::Explain, std::slice::from_ref(&loaded), &asked, &arguments.output);
    let name = format!("explain-{}", loaded.scenario.name);
    deliver(
        (&name, &recipe),
        &arguments.output,
        arguments.draws.threads,
        |failure| failure,
        |means, folder| {
            let (report, manifest) = explain(&loaded, &asked, &recipe, means, folder)?;
            Made::new(manifest, report.to_json(), screen::render(&report))
        },
    )
}

/// Explains an outcome by its recipe and fills `folder`; the manifest is still to be written into it.
pub(super) fn explain(
    loaded: &Loaded,
    asked: &Asked,
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
) -> Result<(Explanation, Manifest), Failure> {
    let started = Instant::now();
    let file = loaded.files.first().map_or(Path::new(&loaded.scenario.name), PathBuf::as_path);
    let model = Model::compile(&loaded.scenario).map_err(|error| uncompiled(file, &error))?;
    let outcome = asked.measures.first().map_or("npv", String::as_str);
    let catalogue = model.catalogue();
    let column = column_of(&model, outcome)?;
    let settings: Settings = settings(recipe, means)?;
    let progress = Progress::follow(&means.interrupt, recipe.trials);
    let result = decisions::explain(&model, column, &settings, &means.interrupt).map_err(|error| ended(&error));
    progress.finish();
    let found = result?;
    if found.trials < FEWEST as usize / 2 {
        let message = format!("{outcome} is defined in {} of these futures only: too few to explain it", found.trials);
        return Err(Failure::input(message));
    }
    let hash = super::manifest::scenario_hash(&loaded.resolved);
    let told = facts(recipe, means, hash, recipe.trials, Stopped::Done);
    let (of, run) = (ScenarioFacts::of(&loaded.scenario, &told), RunIdentity::of(&told));
    let report = Explanation::build(of, run, outcome, catalogue.columns()[column].unit, &found);
    write_summary(report.to_json(), folder)?;
    write_table("drivers.csv", folder, |file| table::drivers(&report, file))?;
    if recipe.charts {
        write_charts(&[(report.charts.all(), report.charts.foot.as_str())], folder)?;
    }
    let manifest = manifest(std::slice::from_ref(loaded), recipe, means, recipe.trials, started);
    Ok((report, Manifest { asked: Some(asked.clone()), ..manifest }))
}
