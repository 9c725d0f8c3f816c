//! `alliance discover`: under which conditions a scenario fails.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::answer::{Task, Ways};
use super::deliver::Made;
use super::explain::{check_trials, column_of};
use super::manifest::Verb;
use super::produce::{Charts, compile, ended, full};
use super::questions::Asked;
use analysis::{self, Against};
use engine::model::Model;
use engine::outcomes::{Missing, Outcome, OutcomeId};
use engine::uncertainty::plainly_quoted;
use engine::units::Unit;
use language::{self, Loaded};
use report::chart::Chart;
use report::inputs::Inputs;
use report::page::answers;
use report::words;
use report::{DiscoveryReport, Untold};

/// What `discover` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// What counts as failure, such as 'npv < 0' or `target_met < 1` (of the first promise)
    #[arg(long, value_name = "CONDITION", default_value_t = a_loss())]
    fail: String,
    #[command(flatten)]
    ways: Ways,
}

/// Finds the conditions of a failure.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    check_trials(Verb::Discover, &arguments.ways.draws)?;
    let asked = Asked { fail: Some(arguments.fail.clone()), ..Asked::default() };
    let name = format!("discover-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Verb::Discover, &[loaded], &asked)
}

/// Finds the conditions of the failure that a task asks about.
pub(super) fn discover(task: &Task<'_>) -> Result<Made, Failure> {
    let loaded = task.one()?;
    let model = compile(&loaded.scenario, loaded)?;
    let fail = task.asked.fail.clone().unwrap_or_else(a_loss);
    let fail = fail.as_str();
    let failure = read(fail, loaded, &model)?;
    let outcome = &model.catalogue().columns()[failure.column];
    let told = outcome.outcome.as_ref().and_then(|id| Some((id, Untold::of(&loaded.scenario, id)?)));
    if let Some((id, untold)) = told {
        let asking = |other: &OutcomeId| format!("--fail '{other} < 1'");
        return Err(Failure::input(untold.says(&loaded.scenario, id, asking)));
    }
    let interrupt = &task.means.interrupt;
    let found = analysis::discover(&model, failure, &task.settings()?, interrupt).map_err(|error| ended(&error))?;
    let (of, run) = task.told_of(loaded);
    let words = match &outcome.outcome {
        Some(id) => words::failure(id, outcome.unit, &failure, fail),
        None => format!("{fail} holds"),
    };
    let report = DiscoveryReport::build(of, run, &Inputs::of(&loaded.scenario), (fail, words), &found);
    let table = full("conditions", |out| report.table(out))?;
    let (chart, foot) = (report.chart(), report.foot());
    let charts: Vec<Charts<'_>> = chart.iter().map(|chart| (vec![chart as &dyn Chart], foot.as_str())).collect();
    task.write(report.to_json(), || answers::discovery(&report), &[table], &charts)?;
    task.made(report.to_json(), report.render())
}

/// What counts as failure unasked.
fn a_loss() -> String {
    format!("{} < 0", Outcome::Npv)
}

/// Reads `OUTCOME < LEVEL`.
fn read(text: &str, loaded: &Loaded, model: &Model) -> Result<analysis::Failure, Failure> {
    let wrong = || {
        Failure::input(format!("--fail '{text}': write an outcome, <, <=, > or >=, and a number, such as 'npv < 0'"))
    };
    let signs = [("<=", Against::AtMost), (">=", Against::AtLeast), ("<", Against::Below), (">", Against::Above)];
    // A promise's name in quotes may hold such a sign: the last one counts.
    let found = signs.iter().filter_map(|(sign, against)| Some((text.rfind(sign)?, sign.len(), *against)));
    let (at, length, comparison) = found
        .min_by_key(|(at, length, _)| (std::cmp::Reverse(*at + *length), std::cmp::Reverse(*length)))
        .ok_or_else(wrong)?;
    let name = text[..at].trim();
    let first = loaded.scenario.targets.first();
    let name = match (name, first) {
        ("target_met", Some(target)) => Outcome::Met.of_target(&target.name).name(),
        ("target_met", None) => return Err(Failure::input("the scenario has no target: name an outcome")),
        (name, _) => plainly_quoted(name),
    };
    let column = column_of(model, &name)?;
    let written = text[at + length..].trim();
    let is_money =
        matches!(model.catalogue().columns()[column].unit, Unit::Millions | Unit::MillionsReal | Unit::MillionsPresent);
    let level = match written.parse::<f64>() {
        Ok(level) if level.is_finite() => level,
        Ok(_) => return Err(Failure::input(format!("--fail '{text}': {written} is not a finite number"))),
        Err(_) => {
            let hint = language::number_meant(written, if is_money { "£m" } else { "" }).ok_or_else(wrong)?;
            return Err(Failure::input(format!(
                "--fail '{text}': \"{written}\" is no number as it is written here. {hint}."
            )));
        }
    };
    let never = model.catalogue().columns()[column].missing == Missing::Never;
    Ok(analysis::Failure { column, never, comparison, level })
}
