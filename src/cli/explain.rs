//! `alliance explain`: what drives an outcome, and what it would be worth to know it.

use std::path::PathBuf;

use clap::Args;

use super::answer::{Task, Ways};
use super::compare::{Aligned, HorizonAsked, aligned, load_all};
use super::deliver::Made;
use super::manifest::Verb;
use super::options::{Draws, measure};
use super::produce::{ended, full};
use super::questions::Asked;
use super::{Failure, limits};
use analysis::{self, Alignment};
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId};
use engine::uncertainty::quote_key;
use report::comparison::{self, HorizonReport};
use report::explanation::{Against, Explanation, screen, table};
use report::page::answers;
use report::{Untold, words};

/// What `explain` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome to explain, such as npv, payback or `force.Dorset.cuts`
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    /// Another scenario: what information is worth is told of the decision between the two, not of whether to go ahead
    #[arg(long, value_name = "FILE")]
    against: Option<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Whether the inputs of these draws can be looked at.
pub(super) fn check_trials(verb: Verb, draws: &Draws) -> Result<(), Failure> {
    limits::looked_at(verb.name(), draws.sampler, draws.trials).map_err(Failure::input)
}

/// Position of an outcome by name.
pub(super) fn column_of(model: &Model, outcome: &str) -> Result<usize, Failure> {
    let catalogue = model.catalogue();
    catalogue.position(outcome).ok_or_else(|| {
        let known: Vec<&str> = catalogue.columns().iter().map(|spec| spec.name.as_str()).collect();
        Failure::input(language::unknown_measure(outcome, &known))
    })
}

/// Explains an outcome.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    check_trials(Verb::Explain, &arguments.ways.draws)?;
    let files = std::iter::once(&arguments.file).chain(&arguments.against);
    let loaded = load_all(files, &arguments.ways.changes)?;
    let years = arguments.horizon.years;
    if years.is_some() && arguments.against.is_none() {
        let message = "--years is the horizon over which two scenarios are compared; of one, write --set years=N";
        return Err(Failure::input(message));
    }
    let asked = Asked { measures: vec![arguments.outcome.clone()], years, ..Asked::default() };
    let name = format!("explain-{}", loaded.first().map_or("", |own| &own.scenario.name));
    arguments.ways.answer(&name, Verb::Explain, &loaded, &asked)
}

/// Explains the outcome that a task asks about.
pub(super) fn explain(task: &Task<'_>) -> Result<Made, Failure> {
    let report = explained(task)?;
    let charts = (report.charts.all(), report.charts.foot.as_str());
    let table = full("drivers", |out| table::drivers(&report, out))?;
    task.write(report.to_json(), || answers::explanation(&report), &[table], &[charts])?;
    task.made(report.to_json(), screen::render(&report))
}

/// Why another scenario says nothing of an outcome on which nothing is decided.
fn undecided(outcome: &str) -> String {
    format!(
        "--against tells what it is worth to know more before choosing between two scenarios, by net present value. {outcome} is another \
         outcome: leave --against out, or explain npv or a force's share of it, such as force.Dorset.npv"
    )
}

/// Why nobody chooses between scenarios of different forces by net present value.
fn different_forces(scenarios: &[Scenario]) -> String {
    let of =
        |scenario: &Scenario| words::list(&scenario.forces.iter().map(|force| force.name.clone()).collect::<Vec<_>>());
    let each: Vec<String> = scenarios.iter().map(|own| format!("{} is about {}", own.name, of(own))).collect();
    let shared = |name: &&String| scenarios.iter().all(|own| own.forces.iter().any(|force| force.name == **name));
    let forces = scenarios.iter().take(1).flat_map(|own| &own.forces).map(|force| &force.name);
    let by_share = forces.clone().find(shared).map_or_else(String::new, |name| {
        format!(", or choose by the share of a force that is in both: --outcome force.{}.npv", quote_key(name))
    });
    format!(
        "--against is a choice between two scenarios by net present value, and these are about different forces: {}. Their £m do not rank \
         them. Leave --against out{by_share}",
        each.join("; ")
    )
}

/// The other scenario, with the horizon first among what was done to make the two comparable.
fn against(scenarios: &[Scenario], alignment: &Alignment) -> Against {
    let horizon = HorizonReport::of(&alignment.horizon);
    let mut over = format!("Both are counted over {}, in {} prices.", horizon.says(), horizon.prices);
    if !horizon.same_forces {
        over.insert_str(
            0,
            "The two are about different forces; the choice is told by the share of one that is in both. ",
        );
    }
    let name = comparison::titles(scenarios, false).pop().unwrap_or_default();
    Against { name, notes: std::iter::once(over).chain(alignment.notes.iter().cloned()).collect() }
}

/// What is explained where nothing is asked for: net present value or, where there is no alliance to value, a force's reserves.
fn unasked(scenario: &Scenario) -> OutcomeId {
    let npv = Outcome::Npv.whole();
    match (Untold::of(scenario, &npv), scenario.forces.first()) {
        (Some(_), Some(force)) => Outcome::LowestReserves.of_force(&force.name),
        _ => npv,
    }
}

/// What drives the outcome that a task asks about.
pub(super) fn explained(task: &Task<'_>) -> Result<Explanation, Failure> {
    let Aligned { scenarios, models, alignment, .. } = aligned(task.loaded, task.asked.years)?;
    let (Some(model), Some(loaded)) = (models.first(), task.loaded.first()) else {
        return Err(Failure::input("there is no scenario to explain"));
    };
    let asked = task.asked.measures.first().cloned().unwrap_or_else(|| unasked(&loaded.scenario).name());
    let outcome = asked.as_str();
    let column = column_of(model, outcome)?;
    let Some(id) = &model.catalogue().columns()[column].outcome else {
        return Err(Failure::input(format!("{outcome} is no outcome of the scenario")));
    };
    // Between two, no alliance is one of the choices.
    if let Some(untold) = Untold::of(&loaded.scenario, id).filter(|_| models.len() == 1) {
        let asking = |other: &OutcomeId| format!("--outcome '{other}'");
        return Err(Failure::input(untold.says(&loaded.scenario, id, asking)));
    }
    if *id == Outcome::Npv.whole() && !alignment.horizon.same_forces {
        return Err(Failure::input(different_forces(&scenarios)));
    }
    if models.len() > 1 && !analysis::decides(id) {
        return Err(Failure::input(undecided(outcome)));
    }
    let interrupt = &task.means.interrupt;
    let found =
        analysis::explain(model, models.get(1), column, &task.settings()?, interrupt).map_err(|error| ended(&error))?;
    if found.trials < limits::FEWEST_LOOKED_AT as usize / 2 {
        let message = format!("{outcome} is defined in {} of these futures only: too few to explain it", found.trials);
        return Err(Failure::input(message));
    }
    let (of, run) = task.told_of(loaded);
    let against = scenarios.get(1).map(|_| against(&scenarios, &alignment));
    let what = (id, model.catalogue().columns()[column].unit);
    Ok(Explanation::build(of, run, &loaded.scenario, what, &found, against))
}
