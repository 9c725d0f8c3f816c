//! `alliance optimise`: a better order and pace of delivery, and what it gains on fresh draws.

use std::path::PathBuf;

use clap::Args;

use super::answer::{Task, Ways};
use super::compare::side_by_side;
use super::deliver::Made;
use super::explain::check_trials;
use super::manifest::{Recipe, Verb};
use super::options::measure;
use super::produce::{compile, ended, full, write};
use super::questions::Asked;
use super::{Failure, limits};
use analysis::{self, MOST_TURNS, Measure, Objective, fresh};
use engine::alliance::{Alliance, Scenario};
use engine::model::{Levers, Model};
use engine::outcomes::Outcome;
use engine::uncertainty::quote_key;
use language::{self, Loaded, Override, text_to_toml};
use report::comparison::table;
use report::optimum::{OptimumReport, Sought};
use report::page::answers;
use report::words::thousands;

/// What `optimise` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome to make as good as possible: the mean of one such as npv, the chance of one such as 'target."£12m".met'
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    /// A percentile of it instead of its mean, such as 10: the best bad case
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(1..=99))]
    percentile: Option<u8>,
    /// Most delivery slots of an alliance [default: as many as the plan has]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..=i64::from(limits::SLOTS)))]
    slots: Option<u32>,
    #[command(flatten)]
    ways: Ways,
}

/// Seeks a better order and pace of delivery.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    check_trials(Verb::Optimise, &arguments.ways.draws)?;
    let asked = Asked {
        measures: vec![arguments.outcome.clone()],
        percentile: arguments.percentile,
        slots: arguments.slots,
        ..Asked::default()
    };
    let name = format!("optimise-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Verb::Optimise, &[loaded], &asked)
}

/// Seeks it for the scenario of a task.
pub(super) fn optimise(task: &Task<'_>) -> Result<Made, Failure> {
    let loaded = task.one()?;
    let alliances = &loaded.scenario.alliances;
    if alliances.iter().all(|alliance| alliance.areas.len() < 2) {
        return Err(Failure::input("no alliance has two business areas: there is no order to seek"));
    }
    let model = compile(&loaded.scenario, loaded)?;
    let (column, objective) = objective(task, &model)?;
    let planned: Vec<Levers> = alliances.iter().map(Levers::of).collect();
    let turns = analysis::turns(&planned, task.asked.slots);
    if turns > MOST_TURNS {
        let (turns, most) = (thousands(turns as u64), thousands(MOST_TURNS as u64));
        let why = "each business area may wait for each other one, go first or last";
        return Err(Failure::input(format!(
            "{turns} turns of levers; at most {most} are looked at: {why}. Take areas together, or leave some out"
        )));
    }
    let (settings, interrupt) = (task.settings()?, &task.means.interrupt);
    let sought = (column, &objective);
    let result = analysis::optimise(&model, &planned, sought, task.asked.slots, &settings, interrupt);
    let found = result.map_err(|error| ended(&error))?;
    let changes: Vec<String> = alliances
        .iter()
        .zip(planned.iter().zip(&found.levers))
        .flat_map(|(own, (old, new))| changes(own, old, new))
        .collect();
    let compared = if changes.is_empty() { None } else { Some(beside_the_plan(task, loaded, &changes)?) };
    let seed = fresh(task.recipe.seed);
    let sought = Sought { scenario: &loaded.scenario, objective: &objective, fresh_seed: seed };
    let report = OptimumReport::build(task.told_of(loaded), sought, &found, changes, compared);
    leave(&report, &scenario_file(&loaded.scenario, &found.levers), task)?;
    task.made(report.to_json(), report.render())
}

fn leave(report: &OptimumReport, file: &str, task: &Task<'_>) -> Result<(), Failure> {
    let charts = report.comparison.iter().map(|found| (found.charts.all(), found.charts.foot.as_str()));
    let compared = report.comparison.iter();
    let tables =
        compared.map(|found| full("comparison", |out| table::comparison(found, out))).collect::<Result<Vec<_>, _>>()?;
    task.write(report.to_json(), || answers::optimum(report), &tables, &charts.collect::<Vec<_>>())?;
    if report.comparison.is_some() { write("optimised.toml", task.folder, file.as_bytes()) } else { Ok(()) }
}

/// A scenario file that holds nothing but the levers found.
fn scenario_file(planned: &Scenario, levers: &[Levers]) -> String {
    let (name, title) = (&planned.name, &planned.title);
    let mut text = format!(
        "# The order and pace of delivery that `alliance optimise` found. Put this file beside {name}.toml.\n\
         format  = 1\nextends = {}\ntitle   = {}\n",
        text_to_toml(&format!("{name}.toml")),
        text_to_toml(&format!("{title}: as optimised"))
    );
    for (alliance, own) in planned.alliances.iter().zip(levers) {
        let before = Levers::of(alliance);
        if before == *own {
            continue;
        }
        text += &format!("\n[[alliance]]\nname  = {}\n", text_to_toml(&alliance.name));
        if let Some(slots) = own.slots.filter(|_| own.slots != before.slots) {
            text += &format!("slots = {slots}\n");
        }
        for (a, area) in alliance.areas.iter().enumerate() {
            let (moved, waits) = turned(&before, own, a);
            if moved || waits {
                text += &format!("\n[[alliance.area]]\nname     = {}\n", text_to_toml(&area.name));
            }
            if moved {
                text += &format!("priority = {}\n", own.priority[a]);
            }
            if waits {
                text += &format!("after    = {}\n", names(alliance, &own.after[a]));
            }
        }
    }
    text
}

/// Whether an area's priority was turned, and what it waits for.
fn turned(before: &Levers, after: &Levers, area: usize) -> (bool, bool) {
    let moved = before.priority[area].total_cmp(&after.priority[area]).is_ne();
    (moved, before.after[area] != after.after[area])
}

/// Names of areas as a TOML list.
fn names(alliance: &Alliance, areas: &[usize]) -> String {
    let each: Vec<String> = areas.iter().map(|a| text_to_toml(&alliance.areas[*a].name)).collect();
    format!("[{}]", each.join(", "))
}

/// What is sought, and its column.
fn objective(task: &Task<'_>, model: &Model) -> Result<(usize, Objective), Failure> {
    let name = task.asked.measures.first().map_or(Outcome::Npv.id(), String::as_str);
    let found = Measure::of(std::slice::from_ref(model), name).zip(model.catalogue().position(name));
    let Some((measure, column)) = found else {
        return Err(Failure::input(language::unknown_measure(name, &Measure::names(std::slice::from_ref(model)))));
    };
    let percentile = task.asked.percentile.map(|percent| f64::from(percent) / 100.0);
    let objective = Objective { measure, percentile };
    if !objective.has_a_way() {
        let why = "more of it is neither better nor worse, so that no order is the best for it";
        return Err(Failure::input(format!("{name}: {why}; name another outcome, such as {}", Outcome::Npv)));
    }
    if !objective.is_defined() {
        return Err(Failure::input(format!(
            "{name} may never come and has no mean: add a percentile, such as --percentile 50"
        )));
    }
    Ok((column, objective))
}

/// The levers that were turned, as `--set` takes them.
fn changes(alliance: &Alliance, planned: &Levers, found: &Levers) -> Vec<String> {
    let key = format!("alliance.{}", quote_key(&alliance.name));
    let mut said = Vec::new();
    if let Some(slots) = found.slots.filter(|_| found.slots != planned.slots) {
        said.push(format!("{key}.slots={slots}"));
    }
    for (a, area) in alliance.areas.iter().enumerate() {
        let key = format!("{key}.area.{}", quote_key(&area.name));
        let (moved, waits) = turned(planned, found, a);
        said.extend(moved.then(|| format!("{key}.priority={}", found.priority[a])));
        said.extend(waits.then(|| format!("{key}.after={}", names(alliance, &found.after[a]))));
    }
    said
}

/// The plan and what was found, side by side on fresh draws.
fn beside_the_plan(task: &Task<'_>, planned: &Loaded, changes: &[String]) -> Result<report::Comparison, Failure> {
    let wrong = |problems: language::Problems| Failure::input(problems.to_string());
    let overrides = changes.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    let mut base = language::changed(&planned.resolved, &[], &planned.scenario.name).map_err(wrong)?;
    let mut found = language::changed(&planned.resolved, &overrides, &planned.scenario.name).map_err(wrong)?;
    base.rename("as planned");
    found.rename("as found");
    let recipe = Recipe { seed: fresh(task.recipe.seed), ..task.recipe.clone() };
    side_by_side(&Task { loaded: &[base, found], recipe: &recipe, ..*task })
}
