//! A better order and pace of delivery, and what it gains on fresh draws.

use analysis::{MOST_TURNS, Measure, Objective, fresh};
use engine::alliance::{Alliance, Scenario};
use engine::model::{Levers, Model};
use engine::outcomes::Outcome;
use engine::uncertainty::quote_key;
use language::{Loaded, Override, text_to_toml};
use report::Comparison;
use report::optimum::{OptimumReport, Sought};
use report::words::thousands;

use crate::compare::{Called, side_by_side};
use crate::error::Error;
use crate::refused::Field;
use crate::request::Draws;
use crate::study::{Desk, compiled};

/// The order and pace found, and a scenario file that holds them.
#[derive(Debug)]
pub struct Optimised {
    /// What was found.
    pub report: OptimumReport,
    /// Text of the file; none where nothing was found.
    pub file: Option<String>,
}

/// Seeks a better order and pace of delivery.
///
/// # Errors
/// Why there is no answer.
pub fn optimised(
    desk: &Desk<'_>,
    outcome: &str,
    percentile: Option<u8>,
    slots: Option<u32>,
) -> Result<Optimised, Error> {
    let loaded = desk.one()?;
    let alliances = &loaded.scenario.alliances;
    if alliances.iter().all(|alliance| alliance.areas.len() < 2) {
        return Err(Field::Scenarios.refused("no alliance has two business areas: there is no order to seek").into());
    }
    let model = compiled(loaded)?;
    let (column, objective) = objective(&model, outcome, percentile)?;
    let planned: Vec<Levers> = alliances.iter().map(Levers::of).collect();
    check_turns(analysis::turns(&planned, slots))?;
    let sought = (column, &objective);
    let found = analysis::optimise(&model, &planned, sought, slots, &desk.settings(), &desk.means.interrupt)?;
    let changes: Vec<String> = alliances
        .iter()
        .zip(planned.iter().zip(&found.levers))
        .flat_map(|(own, (old, new))| changes(own, old, new))
        .collect();
    let compared = if changes.is_empty() { None } else { Some(beside_the_plan(desk, loaded, &changes)?) };
    let sought = Sought { scenario: &loaded.scenario, objective: &objective, fresh_seed: fresh(desk.draws.seed) };
    let file = compared.is_some().then(|| scenario_file(&loaded.scenario, &found.levers));
    Ok(Optimised { report: OptimumReport::build(desk.told_of(loaded), sought, &found, changes, compared), file })
}

/// Whether so many turns of levers can be looked at.
fn check_turns(turns: usize) -> Result<(), Error> {
    if turns <= MOST_TURNS {
        return Ok(());
    }
    let (turns, most) = (thousands(turns as u64), thousands(MOST_TURNS as u64));
    let why = "each business area may wait for each other one, go first or last";
    Err(Field::Scenarios
        .refused(format!(
            "{turns} turns of levers; at most {most} are looked at: {why}. Take areas together, or leave some out"
        ))
        .into())
}

/// What is sought, and its column.
fn objective(model: &Model, name: &str, percentile: Option<u8>) -> Result<(usize, Objective), Error> {
    let models = std::slice::from_ref(model);
    let Some((measure, column)) = Measure::of(models, name).zip(model.catalogue().position(name)) else {
        return Err(Field::Outcome.refused(language::unknown_measure(name, &Measure::names(models))).into());
    };
    if percentile.is_some() && measure.is_event() {
        let why =
            "happens or not, so that it has a chance and no percentiles: leave the percentile out to seek its chance";
        return Err(Field::Percentile.refused(format!("{name} {why}")).into());
    }
    let objective = Objective { measure, percentile: percentile.map(|percent| f64::from(percent) / 100.0) };
    if !objective.has_a_way() {
        let why = "more of it is neither better nor worse, so that no order is the best for it";
        let what = format!("{name}: {why}; name another outcome");
        return Err(Field::Outcome.refused(what).such_as(Field::Outcome, Outcome::Npv.id()).into());
    }
    if !objective.is_defined() {
        let what = format!("{name} may never come and has no mean: add a percentile");
        return Err(Field::Outcome.refused(what).such_as(Field::Percentile, "50").into());
    }
    Ok((column, objective))
}

/// The plan and what was found, side by side on fresh draws.
fn beside_the_plan(desk: &Desk<'_>, planned: &Loaded, changes: &[String]) -> Result<Comparison, Error> {
    let overrides = changes.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, _>>()?;
    let mut base = language::changed(&planned.resolved, &[], &planned.scenario.name)?;
    let mut found = language::changed(&planned.resolved, &overrides, &planned.scenario.name)?;
    base.rename("as planned");
    found.rename("as found");
    let draws = Draws { seed: fresh(desk.draws.seed), ..desk.draws.clone() };
    side_by_side(&Desk { scenarios: &[base, found], draws: &draws, ..*desk }, None, &[], Called::Names)
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
