//! `alliance discover`: under which conditions a scenario fails.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::compare::settings;
use super::deliver::{Made, deliver};
use super::explain::{check_trials, column_of};
use super::manifest::{Manifest, Recipe, Verb, scenario_hash};
use super::options::{Changes, Draws, Output};
use super::produce::{Means, ended, facts, manifest, write_charts, write_summary, write_table};
use super::progress::Progress;
use super::questions::Asked;
use super::{Failure, uncompiled};
use crate::decisions::{self, Against};
use crate::model::Model;
use crate::outcomes::Missing;
use crate::report::{DiscoveryReport, RunIdentity, ScenarioFacts};
use crate::run::Stopped;
use crate::scenario::Loaded;

/// What `discover` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// What counts as failure, such as 'npv < 0' or `target_met < 1` (of the first promise)
    #[arg(long, value_name = "CONDITION", default_value = "npv < 0")]
    fail: String,
    #[command(flatten)]
    draws: Draws,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    output: Output,
}

/// Finds the conditions of a failure.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    check_trials("discover", &arguments.draws)?;
    let asked = Asked { measures: vec![arguments.fail.clone()], ..Asked::default() };
    let recipe = arguments.draws.recipe_of(Verb::Discover, std::slice::from_ref(&loaded), &asked, &arguments.output);
    let name = format!("discover-{}", loaded.scenario.name);
    deliver(
        (&name, &recipe),
        &arguments.output,
        arguments.draws.threads,
        |failure| failure,
        |means, folder| {
            let (report, manifest) = discover(&loaded, &asked, &recipe, means, folder)?;
            Made::new(manifest, report.to_json(), report.render())
        },
    )
}

/// Finds the conditions of a failure by its recipe and fills `folder`; the manifest is still to be written into it.
pub(super) fn discover(
    loaded: &Loaded,
    asked: &Asked,
    recipe: &Recipe,
    means: &Means,
    folder: &Path,
) -> Result<(DiscoveryReport, Manifest), Failure> {
    let started = Instant::now();
    let file = loaded.files.first().map_or(Path::new(&loaded.scenario.name), PathBuf::as_path);
    let model = Model::compile(&loaded.scenario).map_err(|error| uncompiled(file, &error))?;
    let fail = asked.measures.first().map_or("npv < 0", String::as_str);
    let failure = read(fail, loaded, &model)?;
    let settings = settings(recipe, means)?;
    let progress = Progress::follow(&means.interrupt, recipe.trials);
    let result = decisions::discover(&model, failure, &settings, &means.interrupt).map_err(|error| ended(&error));
    progress.finish();
    let found = result?;
    let told = facts(recipe, means, scenario_hash(&loaded.resolved), recipe.trials, Stopped::Done);
    let (of, run) = (ScenarioFacts::of(&loaded.scenario, &told), RunIdentity::of(&told));
    let report = DiscoveryReport::build(of, run, fail, &found);
    write_summary(report.to_json(), folder)?;
    write_table("conditions.csv", folder, |file| report.table(file))?;
    if recipe.charts {
        let (chart, foot) = (report.chart(), report.foot());
        write_charts(&[(vec![&chart], foot.as_str())], folder)?;
    }
    let manifest = manifest(std::slice::from_ref(loaded), recipe, means, recipe.trials, started);
    Ok((report, Manifest { asked: Some(asked.clone()), ..manifest }))
}

/// Reads `OUTCOME < LEVEL`.
fn read(text: &str, loaded: &Loaded, model: &Model) -> Result<decisions::Failure, Failure> {
    let wrong = || {
        Failure::input(format!("--fail '{text}': write an outcome, <, <=, > or >=, and a number, such as 'npv < 0'"))
    };
    let signs = [("<=", Against::AtMost), (">=", Against::AtLeast), ("<", Against::Below), (">", Against::Above)];
    // A promise's name in quotes may hold such a sign: the last one counts.
    let found = signs.iter().filter_map(|(sign, against)| Some((text.rfind(sign)?, sign.len(), *against)));
    let (at, length, comparison) = found
        .min_by_key(|(at, length, _)| (std::cmp::Reverse(*at + *length), std::cmp::Reverse(*length)))
        .ok_or_else(wrong)?;
    let level: f64 = text[at + length..].trim().parse().map_err(|_| wrong())?;
    let name = text[..at].trim();
    let first = loaded.scenario.targets.first();
    let name = match (name, first) {
        ("target_met", Some(target)) => format!("target.{}.met", crate::uncertainty::quote_key(&target.name)),
        ("target_met", None) => return Err(Failure::input("the scenario has no target: name an outcome")),
        (name, _) => name.to_owned(),
    };
    let column = column_of(model, &name)?;
    let never = model.catalogue().columns()[column].missing == Missing::Never;
    Ok(decisions::Failure { column, never, comparison, level })
}
