//! What drives an outcome, and what it would be worth to know it.

use analysis::Alignment;
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId};
use engine::run::Stopped;
use report::comparison::{self, HorizonReport};
use report::explanation::{Against, Explanation};
use report::{Untold, words};

use crate::compare::{Aligned, aligned};
use crate::error::Error;
use crate::limits;
use crate::question::Verb;
use crate::refused::{Field, Refused};
use crate::study::{Desk, facts};

/// Position of an outcome by name, which stands in a field of the request.
///
/// # Errors
/// That there is none, with the nearest names there are.
pub fn column_of(model: &Model, outcome: &str, field: Field) -> Result<usize, Refused> {
    let catalogue = model.catalogue();
    catalogue.position(outcome).ok_or_else(|| {
        let known: Vec<&str> = catalogue.columns().iter().map(|spec| spec.name.as_str()).collect();
        field.refused(language::unknown_measure(outcome, &known))
    })
}

/// What is explained where nothing is asked for: net present value or, where there is no alliance to value, a force's reserves.
#[must_use]
pub fn unasked(scenario: &Scenario) -> OutcomeId {
    let npv = Outcome::Npv.whole();
    Untold::of(scenario, &npv).and_then(|_| reserves(scenario)).unwrap_or(npv)
}

/// What is told of every scenario with a force: how low the reserves of the first get.
fn reserves(scenario: &Scenario) -> Option<OutcomeId> {
    scenario.forces.first().map(|force| Outcome::LowestReserves.of_force(&force.name))
}

/// Whether a scenario tells anything of an outcome, which stands in a field of the request; `asking` writes another that it tells.
///
/// # Errors
/// Why it does not, and what can be asked instead.
pub fn check_told(
    scenario: &Scenario,
    id: &OutcomeId,
    field: Field,
    asking: impl Fn(&OutcomeId) -> String,
) -> Result<(), Refused> {
    let Some(untold) = Untold::of(scenario, id) else { return Ok(()) };
    Err(match reserves(scenario) {
        Some(other) => field.refused(untold.says(id) + ". Ask about reserves instead").such_as(field, asking(&other)),
        None => field.refused(untold.says(id)),
    })
}

/// What drives an outcome of the first scenario; a second is what it is held against.
///
/// # Errors
/// Why there is no answer.
pub fn explained(desk: &Desk<'_>, outcome: &str, years: Option<usize>) -> Result<Explanation, Error> {
    let Aligned { scenarios, models, alignment, .. } = aligned(desk.scenarios, years)?;
    let (Some(model), Some(scenario), Some(loaded)) = (models.first(), scenarios.first(), desk.scenarios.first())
    else {
        return Err(Field::Scenarios.refused("there is no scenario to explain").into());
    };
    let column = column_of(model, outcome, Field::Outcome)?;
    let Some(id) = &model.catalogue().columns()[column].outcome else {
        return Err(Field::Outcome.refused(format!("{outcome} is no outcome of the scenario")).into());
    };
    // Between two, no alliance is one of the choices.
    if models.len() == 1 {
        check_told(&loaded.scenario, id, Field::Outcome, OutcomeId::name)?;
    }
    if *id == Outcome::Npv.whole() && !alignment.horizon.same_forces {
        return Err(different_forces(&scenarios).into());
    }
    if models.len() > 1 && !analysis::decides(id) {
        return Err(Field::Second.refused(undecided(outcome)).such_as(Field::Outcome, Outcome::Npv.id()).into());
    }
    let interrupt = &desk.means.interrupt;
    let found = analysis::explain(model, models.get(1), column, &desk.settings(), interrupt)?;
    if found.trials < FEWEST_DEFINED {
        return Err(Field::Outcome.refused(too_few(outcome, found.trials, desk.draws.trials)).into());
    }
    // Two are counted over the same years, which need not be their own.
    let (of, run) = (facts(scenario, loaded), desk.ran(desk.draws.trials, Stopped::AllTrials));
    let against = scenarios.get(1).map(|_| against(&scenarios, &alignment));
    let what = (id, model.catalogue().columns()[column].unit);
    Ok(Explanation::build(of, run, &loaded.scenario, what, &found, against))
}

/// Fewest futures in which an outcome is defined that explain it.
const FEWEST_DEFINED: usize = limits::FEWEST_LOOKED_AT as usize / 2;

/// That an outcome is defined in too few futures, and how many would do.
fn too_few(outcome: &str, defined: usize, trials: u64) -> String {
    // A tenth more than would do on average, in whole thousands.
    let wanted = (1.1 * FEWEST_DEFINED as f64 * trials as f64 / defined.max(1) as f64 / 1_000.0).ceil() as u64 * 1_000;
    let remedy = if defined == 0 || limits::looked_at(Verb::Explain, wanted).is_err() {
        "it comes too rarely to be explained; name another outcome".to_owned()
    } else {
        format!("ask for {} trials", words::thousands(wanted))
    };
    format!(
        "{outcome} is defined in {} of these {} futures, and {FEWEST_DEFINED} are wanted to explain it: {remedy}",
        words::thousands(defined as u64),
        words::thousands(trials)
    )
}

/// Why another scenario says nothing of an outcome on which nothing is decided.
fn undecided(outcome: &str) -> String {
    format!(
        "between two scenarios it is told what it is worth to know more before choosing, by net present value. {outcome} is another outcome: \
         leave the second scenario out, or explain net present value or a force's share of it"
    )
}

/// Why nobody chooses between scenarios of different forces by net present value.
fn different_forces(scenarios: &[Scenario]) -> Refused {
    let of =
        |scenario: &Scenario| words::list(&scenario.forces.iter().map(|force| force.name.clone()).collect::<Vec<_>>());
    let each: Vec<String> = scenarios.iter().map(|own| format!("{} is about {}", own.name, of(own))).collect();
    let shared = |name: &&String| scenarios.iter().all(|own| own.forces.iter().any(|force| force.name == **name));
    let what = format!(
        "this is a choice between two scenarios by net present value, and these are about different forces: {}. Their £m do not rank them. \
         Leave the second scenario out",
        each.join("; ")
    );
    match scenarios.iter().take(1).flat_map(|own| &own.forces).map(|force| &force.name).find(shared) {
        Some(name) => Field::Second
            .refused(what + ", or choose by the share of a force that is in both")
            .such_as(Field::Outcome, Outcome::Npv.of_force(name).name()),
        None => Field::Second.refused(what),
    }
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
