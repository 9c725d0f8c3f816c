//! `alliance what-if`: a commissioned question answered: variants beside the base, keys swept.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::compare::{in_one_row, settings, side_by_side};
use super::deliver::{Made, deliver};
use super::manifest::{Manifest, Recipe, Verb, scenario_hash};
use super::options::{Changes, Draws, Output};
use super::produce::{Means, ended, facts, manifest, write_charts, write_summary, write_table};
use super::progress::Progress;
use super::questions::{Asked, Swept, SweptKey};
use super::{Failure, uncompiled};
use crate::decisions::{Comparison, Measure};
use crate::model::Model;
use crate::report::comparison::{self, MeasureReport, table};
use crate::report::what_if::{self, SweepReport, WhatIf, screen};
use crate::report::{RunIdentity, ScenarioFacts};
use crate::run;
use crate::scenario::{self, Axis, Commission, Loaded};

/// What `what-if` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A commission, or a scenario whose changes stand on the command line
    file: PathBuf,
    /// Sweep a key, such as 'alliance."Strategic alliance".slip=1..2:9' (from, to, steps) or 'KEY=1,1.5,2'
    #[arg(long, value_name = "KEY=VALUES", value_parser = Axis::parse)]
    sweep: Vec<Axis>,
    /// Tell this measure, such as npv; may be given several times
    #[arg(long, value_name = "NAME")]
    measure: Vec<String>,
    #[command(flatten)]
    draws: Draws,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

/// Answers a question.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let commission = scenario::commission(&arguments.file).map_err(|problems| Failure::input(problems.to_string()))?;
    let loaded = load(arguments, commission.as_ref())?;
    let asked = asked(arguments, commission);
    if loaded.len() == 1 && asked.sweeps.is_empty() {
        let why = "a what-if needs something that is varied: name a commission, or add --set or --sweep";
        return Err(Failure::input(why));
    }
    let recipe = arguments.draws.recipe_of(Verb::WhatIf, &loaded, &asked, &arguments.output);
    let stem = arguments.file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let name = format!("what-if-{stem}");
    deliver(
        (&name, &recipe),
        &arguments.output,
        arguments.draws.threads,
        |failure| failure,
        |means, folder| {
            let (report, manifest) = answer(&loaded, &asked, &recipe, means, folder)?;
            Made::new(manifest, report.to_json(), screen::render(&report))
        },
    )
}

/// The base and every variant; the problems of all are told at once.
fn load(arguments: &Arguments, commission: Option<&Commission>) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    let mut take = |name: Option<&str>, result: Result<Loaded, Failure>| match result {
        Ok(mut scenario) => {
            if let Some(name) = name {
                scenario.rename(name);
            }
            loaded.push(scenario);
        }
        Err(failure) => problems.push(failure.message),
    };
    let base = commission.map_or(&arguments.file, |commission| &commission.base);
    take(None, Changes::default().load(base));
    for variant in commission.iter().flat_map(|commission| &commission.variants) {
        let read = scenario::load(&variant.file, &variant.changes);
        take(Some(&variant.name), read.map_err(|found| Failure::input(found.to_string())));
    }
    if !arguments.changes.set.is_empty() {
        take(Some("with the changes"), arguments.changes.load(base));
    }
    problems.dedup();
    if problems.is_empty() { Ok(loaded) } else { Err(Failure::input(problems.join("\n"))) }
}

fn asked(arguments: &Arguments, commission: Option<Commission>) -> Asked {
    let mut asked = commission.map_or_else(Asked::default, Asked::of);
    asked.measures.extend(arguments.measure.iter().cloned());
    asked.sweeps.extend(arguments.sweep.iter().map(|axis| Swept::by_key(axis.clone())));
    asked
}

/// Answers a question by its recipe and fills `folder`; the base stands first. The manifest is still to be written into it.
pub(super) fn answer(
    loaded: &[Loaded],
    asked: &Asked,
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
) -> Result<(WhatIf, Manifest), Failure> {
    let started = Instant::now();
    check_measures(loaded, asked)?;
    let Some(base) = loaded.first() else { return Err(Failure::input("there is no scenario to ask about")) };
    let variants = if loaded.len() > 1 { Some(side_by_side(loaded, recipe, means)?) } else { None };
    let progress = Progress::follow(&means.interrupt, recipe.trials * asked.chunks(Comparison::MOST - 1));
    means.interrupt.done.store(0, std::sync::atomic::Ordering::Relaxed);
    let sweeps =
        asked.sweeps.iter().map(|swept| sweep(base, swept, asked, recipe, means)).collect::<Result<Vec<_>, _>>();
    progress.finish();
    let sweeps = sweeps?;
    let told = facts(recipe, means, scenario_hash(&base.resolved), recipe.trials, run::Stopped::Done);
    let (run, of) = (RunIdentity::of(&told), ScenarioFacts::of(&base.scenario, &told));
    let report = WhatIf::build(asked.of_whom(), run, of, variants, sweeps);
    write(&report, recipe, folder)?;
    let manifest = Manifest { asked: Some(asked.clone()), ..manifest(loaded, recipe, means, recipe.trials, started) };
    Ok((report, manifest))
}

fn write(report: &WhatIf, recipe: &Recipe, folder: &Path) -> Result<(), Failure> {
    write_summary(report.to_json(), folder)?;
    if let Some(found) = &report.comparison {
        write_table("comparison.csv", folder, |file| table::comparison(found, file))?;
    }
    if !report.sweeps.is_empty() {
        write_table("sweeps.csv", folder, |file| what_if::table::sweeps(report, file))?;
    }
    if recipe.charts {
        let compared = report.comparison.as_ref().map(|found| (found.charts.all(), found.charts.foot.as_str()));
        let (charts, foot) = compared.unwrap_or_default();
        write_charts(&[(charts, foot), (report.charts.all(), report.charts.foot.as_str())], folder)?;
    }
    Ok(())
}

/// Every measure asked for is one that all scenarios of the question have.
fn check_measures(loaded: &[Loaded], asked: &Asked) -> Result<(), Failure> {
    let mut models = Vec::new();
    for one in loaded {
        let file = one.files.first().map_or(Path::new(&one.scenario.name), PathBuf::as_path);
        models.push(Model::compile(&one.scenario).map_err(|error| uncompiled(file, &error))?);
    }
    let known = Measure::common(&models);
    let names: Vec<&str> = known.iter().map(|measure| measure.name.as_str()).collect();
    match asked.measures.iter().find(|wanted| !names.contains(&wanted.as_str())) {
        Some(wanted) => Err(Failure::input(scenario::unknown_measure(wanted, &names).to_string())),
        None => Ok(()),
    }
}

/// Sweeps one or two keys of the base: some points at a time, each beside the base on the same draws.
fn sweep(base: &Loaded, swept: &Swept, asked: &Asked, recipe: &Recipe, means: &Means) -> Result<SweepReport, Failure> {
    let points = swept.points(base)?;
    let mut chunks: Vec<Vec<MeasureReport>> = Vec::new();
    for some in points.chunks(Comparison::MOST - 1) {
        chunks.push(chunk(base, some, recipe, means)?);
    }
    let chosen = asked.chosen(chunks.first().map(Vec::as_slice).unwrap_or_default());
    Ok(SweepReport::gather(
        &swept.name,
        swept.along.report(),
        swept.across.as_ref().map(SweptKey::report),
        &chunks,
        &chosen,
    ))
}

fn chunk(base: &Loaded, points: &[Loaded], recipe: &Recipe, means: &Means) -> Result<Vec<MeasureReport>, Failure> {
    let file = base.files.first().map_or(Path::new(&base.scenario.name), PathBuf::as_path);
    let mut models = Vec::new();
    for loaded in std::iter::once(base).chain(points) {
        models.push(Model::compile(&loaded.scenario).map_err(|error| uncompiled(file, &error))?);
    }
    let options = in_one_row(models, &base.scenario)?;
    let settings = settings(recipe, means)?;
    let (forecast, _) = run::run(&options, &settings, &means.interrupt, None).map_err(|error| ended(&error))?;
    Ok(comparison::side_by_side(options.measures(), points.len() + 1, &forecast))
}
