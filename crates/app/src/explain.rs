//! What drives an outcome, and what it would be worth to know it.

use analysis::Alignment;
use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId};
use engine::uncertainty::quote_key;
use report::comparison::{self, HorizonReport};
use report::explanation::{Against, Explanation};
use report::{Untold, words};

use crate::compare::{Aligned, aligned};
use crate::error::Error;
use crate::limits;
use crate::study::Desk;

/// Position of an outcome by name.
///
/// # Errors
/// That there is none, with the nearest names there are.
pub fn column_of(model: &Model, outcome: &str) -> Result<usize, Error> {
    let catalogue = model.catalogue();
    catalogue.position(outcome).ok_or_else(|| {
        let known: Vec<&str> = catalogue.columns().iter().map(|spec| spec.name.as_str()).collect();
        Error::input(language::unknown_measure(outcome, &known))
    })
}

/// What is explained where nothing is asked for: net present value or, where there is no alliance to value, a force's reserves.
#[must_use]
pub fn unasked(scenario: &Scenario) -> OutcomeId {
    let npv = Outcome::Npv.whole();
    match (Untold::of(scenario, &npv), scenario.forces.first()) {
        (Some(_), Some(force)) => Outcome::LowestReserves.of_force(&force.name),
        _ => npv,
    }
}

/// What drives an outcome of the first scenario; a second is what it is held against.
///
/// # Errors
/// Why there is no answer.
pub fn explained(desk: &Desk<'_>, outcome: &str, years: Option<usize>) -> Result<Explanation, Error> {
    let Aligned { scenarios, models, alignment, .. } = aligned(desk.scenarios, years)?;
    let (Some(model), Some(loaded)) = (models.first(), desk.scenarios.first()) else {
        return Err(Error::input("there is no scenario to explain"));
    };
    let column = column_of(model, outcome)?;
    let Some(id) = &model.catalogue().columns()[column].outcome else {
        return Err(Error::input(format!("{outcome} is no outcome of the scenario")));
    };
    // Between two, no alliance is one of the choices.
    if let Some(untold) = Untold::of(&loaded.scenario, id).filter(|_| models.len() == 1) {
        let asking = |other: &OutcomeId| format!("--outcome '{other}'");
        return Err(Error::input(untold.says(&loaded.scenario, id, asking)));
    }
    if *id == Outcome::Npv.whole() && !alignment.horizon.same_forces {
        return Err(Error::input(different_forces(&scenarios)));
    }
    if models.len() > 1 && !analysis::decides(id) {
        return Err(Error::input(undecided(outcome)));
    }
    let interrupt = &desk.means.interrupt;
    let found = analysis::explain(model, models.get(1), column, &desk.settings(), interrupt)?;
    if found.trials < limits::FEWEST_LOOKED_AT as usize / 2 {
        let message = format!("{outcome} is defined in {} of these futures only: too few to explain it", found.trials);
        return Err(Error::input(message));
    }
    let (of, run) = desk.told_of(loaded);
    let against = scenarios.get(1).map(|_| against(&scenarios, &alignment));
    let what = (id, model.catalogue().columns()[column].unit);
    Ok(Explanation::build(of, run, &loaded.scenario, what, &found, against))
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
