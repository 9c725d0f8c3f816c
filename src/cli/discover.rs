//! `alliance discover`: under which conditions a scenario fails.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::compare::settings;
use super::explain::{check_trials, column_of};
use super::folder::{Folder, choose};
use super::manifest::{Manifest, Recipe, Verb, asked_hash, scenario_hash};
use super::options::{Changes, Destination, Draws, Format};
use super::produce::{Means, ended, facts, manifest, write_charts, write_summary, write_table};
use super::progress::{Progress, check_not_stopped, interruptible};
use super::questions::Asked;
use super::run::show;
use super::{Failure, command_line, commit, uncompiled};
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
    /// Draw no charts
    #[arg(long)]
    no_charts: bool,
    /// How the finding is printed: text for people, json for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    format: Format,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    destination: Destination,
}

/// Finds the conditions of a failure.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.changes.load(&arguments.file)?;
    check_trials("discover", &arguments.draws)?;
    let asked = Asked { measures: vec![arguments.fail.clone()], ..Asked::default() };
    let recipe = arguments.draws.recipe(Verb::Discover, std::slice::from_ref(&loaded));
    let scenario_hash = asked_hash(&recipe.scenario_hash, &asked);
    let recipe = Recipe { scenario_hash, charts: !arguments.no_charts, ..recipe };
    let target = choose(&arguments.destination, &format!("discover-{}", loaded.scenario.name), &recipe)?;
    let folder = Folder::open(&target)?;
    let means = Means {
        threads: arguments.draws.threads,
        command_line: command_line(),
        commit: commit(),
        interrupt: interruptible(Some(&folder.path))?,
    };
    let (report, manifest) = discover(&loaded, &asked, &recipe, &means, &folder.path)?;
    manifest.write(&folder.path)?;
    check_not_stopped(&means.interrupt)?;
    folder.finish()?;
    show(report.to_json(), &report.render(), arguments.format, &target)
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
        write_charts(&[(DiscoveryReport::charts(&chart), foot.as_str())], folder)?;
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
