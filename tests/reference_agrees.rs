//! The engine agrees with the slow second implementation, trial by trial, to one part in a thousand million.

#[path = "reference/build.rs"]
mod build;
#[path = "reference/collaborations.rs"]
mod collaborations;
#[path = "reference/dice.rs"]
mod dice;
#[path = "reference/engine_draws.rs"]
mod engine_draws;
#[path = "reference/generate.rs"]
mod generate;
#[path = "reference/inventory.rs"]
mod inventory;
mod reference;
#[path = "reference/stated.rs"]
mod stated;

use std::collections::BTreeMap;
use std::path::Path;

use alliance::alliance::Scenario;
use alliance::model::Model;
use alliance::uncertainty::Sampler;
use alliance::uncertainty::lanes::{BLOCK, Isa};
use engine_draws::EngineDraws;
use inventory::Inventory;
use reference::{Outcomes, Reference};
use stated::Rule;

/// Relative to the larger of 1 and the figure.
const TOLERANCE: f64 = 1e-9;

/// Where the two disagree: name, engine, reference.
fn disagreements(model: &Model, engine: &dyn Fn(usize) -> f64, reference: &Outcomes) -> Vec<String> {
    let mut found = Vec::new();
    for (position, column) in model.catalogue().columns().iter().enumerate() {
        let (by_engine, by_reference) = (engine(position), reference.get(&column.name).copied());
        let agree =
            |x: f64| (by_engine - x).abs() <= TOLERANCE * x.abs().max(1.0) || (by_engine.is_nan() && x.is_nan());
        if !by_reference.is_some_and(agree) {
            found.push(format!("{}: engine {by_engine}, reference {by_reference:?}", column.name));
        }
    }
    let unknown = reference.keys().filter(|name| model.catalogue().position(name).is_none());
    found.extend(unknown.map(|name| format!("{name}: the engine has no such outcome")));
    found
}

/// The first disagreements of a trial, if any.
fn report(trial: &str, found: &[String]) -> Result<(), String> {
    if found.is_empty() {
        return Ok(());
    }
    Err(format!("{trial}: {} outcomes differ\n  {}", found.len(), found[..found.len().min(12)].join("\n  ")))
}

/// Holds the plan run and every `step`th trial of the blocks against the reference; `seen` looks at every trial.
fn compare(
    scenario: &Scenario,
    (seed, sampler): (u64, Sampler),
    (blocks, step): (u64, usize),
    seen: &mut dyn FnMut(&Outcomes),
) -> Result<(), String> {
    let model = Model::compile(scenario).map_err(|error| error.to_string())?;
    let reference = Reference::new(scenario);
    report("plan run", &disagreements(&model, &|position| model.plan()[position], &reference.plan()))?;

    let inventory = Inventory::of(scenario);
    let draws = inventory.builder.build(&scenario.correlations).map_err(|errors| format!("{errors:?}"))?;
    let mut worker = model.worker(Isa::detect());
    for block in 0..blocks {
        let columns = worker.run_block(seed, sampler, block);
        let source = EngineDraws::new(&draws, &inventory.inputs, seed, sampler, block);
        for lane in (0..BLOCK).step_by(step) {
            source.look_at(lane);
            let outcomes = reference.trial(&source);
            let found = disagreements(&model, &|position| columns[position][lane], &outcomes);
            report(&format!("trial {lane} of block {block}"), &found)?;
            seen(&outcomes);
        }
    }
    Ok(())
}

/// Events that must have happened among made-up scenarios, by the ending of an outcome's name and the value that shows it.
const EVENTS: [(&str, f64); 17] = [
    (".vested", 0.0),
    (".vested", 1.0),
    (".ended", 1.0),
    (".member_left", 1.0),
    (".floor_breached", 1.0),
    (".loses", 1.0),
    (".met", 1.0),
    (".met", 0.0),
    (".not_viable_years", 1.0),
    (".left", 1.0),
    (".ict_stopped", 0.0),
    (".ict_stopped", 1.0),
    (".stopped", 0.0),
    (".stopped", 1.0),
    (".areas_given_up", 1.0),
    (".fund.floor_breached", 0.0),
    (".fund.floor_breached", 1.0),
];

/// Whether members of an alliance leave it in different years before it ends.
fn one_leaves_after_another(outcomes: &Outcomes) -> bool {
    let mut dates: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for (name, date) in outcomes {
        if let Some((alliance, _)) = name.strip_suffix(".leaves_at").and_then(|member| member.split_once(".force.")) {
            dates.entry(alliance).or_default().push(*date);
        }
    }
    dates.iter().any(|(alliance, dates)| {
        let ended = outcomes[&format!("{alliance}.ended_at")];
        let mut apart: Vec<f64> = dates.iter().copied().filter(|date| date.is_finite() && *date < ended).collect();
        apart.sort_by(f64::total_cmp);
        dates.len() >= 3 && matches!(&apart[..], [first, .., last] if last - first >= 1.0)
    })
}

/// A hundred made-up scenarios agree, and everything that can happen has happened in them.
fn made_up(seeds: std::ops::Range<u64>, sampler: Sampler) {
    let mut failures = Vec::new();
    let mut happened = BTreeMap::new();
    let mut count = |outcomes: &Outcomes| {
        for (event, (ending, value)) in EVENTS.iter().enumerate() {
            let shown = outcomes.iter().any(|(name, is)| name.ends_with(ending) && (is - value).abs() < 0.5);
            *happened.entry(event).or_insert(0) += usize::from(shown);
        }
    };
    for seed in seeds {
        if let Err(failure) = compare(&generate::generate(seed), (seed, sampler), (1, 17), &mut count) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
    for (event, (ending, value)) in EVENTS.iter().enumerate() {
        assert!(happened[&event] > 0, "no trial has an outcome {ending} of {value}");
    }
}

/// No scenario differs; the first ones that do are told.
fn none_of(failures: &[String]) {
    let first = failures[..failures.len().min(5)].join("\n");
    assert!(failures.is_empty(), "{} scenarios differ:\n{first}", failures.len());
}

/// Alliances that members leave in different years, at any time of the year: the cases in which it matters by what shares those still in
/// bear the costs.
#[test]
fn the_engine_agrees_while_alliances_fall_apart_member_by_member() {
    let mut failures = Vec::new();
    let mut fell_apart = 0;
    for seed in 0..60 {
        let mut count = |outcomes: &Outcomes| fell_apart += usize::from(one_leaves_after_another(outcomes));
        if let Err(failure) = compare(&generate::falling_apart(seed), (seed, Sampler::Plain), (1, 9), &mut count) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
    assert!(fell_apart >= 100, "members left one after another in {fell_apart} trials only");
}

/// A rule that may be left out agrees where no other such rule is stated.
fn alone(rule: Rule) {
    let mut failures = Vec::new();
    for seed in 400..440 {
        if let Err(failure) = compare(&generate::stating(seed, rule), (seed, Sampler::Plain), (1, 17), &mut |_| ()) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
}

/// A test a rule.
macro_rules! alone {
    ($($test:ident $rule:ident;)*) => {
        $(#[test]
        fn $test() {
            alone(Rule::$rule);
        })*
    };
}

alone! {
    the_engine_agrees_on_foresight_alone Foresight;
    the_engine_agrees_on_officers_who_follow_cuts_alone OfficersFollowCuts;
    the_engine_agrees_on_mutual_aid_alone MutualAid;
    the_engine_agrees_on_platforms_that_are_stopped_alone IctStopped;
    the_engine_agrees_on_reviews_alone Review;
    the_engine_agrees_on_what_cuts_leave_in_scope_alone Overlap;
    the_engine_agrees_on_scale_that_is_lost_alone ScaleLoss;
    the_engine_agrees_on_running_costs_alone Running;
    the_engine_agrees_on_interest_alone Interest;
    the_engine_agrees_on_attributable_costs_alone AttributableCost;
    the_engine_agrees_on_exits_that_cost_by_what_is_live_alone ExitFixedShare;
    the_engine_agrees_on_other_shares_in_later_years_alone ShareFrom;
}

/// Dates that coincide: platforms and programmes that are stopped as a year or an alliance ends, areas that begin as a board meets.
#[test]
fn the_engine_agrees_where_dates_coincide() {
    let mut failures = Vec::new();
    for seed in 700..800 {
        if let Err(failure) = compare(&generate::coinciding(seed), (seed, Sampler::Plain), (1, 17), &mut |_| ()) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
}

#[test]
fn the_engine_agrees_where_no_rule_that_may_be_left_out_is_stated() {
    let mut failures = Vec::new();
    for seed in 500..540 {
        if let Err(failure) = compare(&generate::resting(seed), (seed, Sampler::Plain), (1, 17), &mut |_| ()) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
}

/// How often something came about in scenarios of merging forces.
fn merging(states: bool) {
    let mut failures = Vec::new();
    let (mut spilt_over, mut ended) = (0, 0);
    for seed in 600..660 {
        let mut count = |outcomes: &Outcomes| {
            let shown = |middle: &str| outcomes.iter().any(|(name, is)| name.contains(middle) && *is > 0.0);
            spilt_over += usize::from(shown(".fund.reinvestment["));
            ended += usize::from(shown(".fund.reserves[") && shown(".member_left"));
        };
        if let Err(failure) = compare(&generate::merging(seed, states), (seed, Sampler::Plain), (1, 9), &mut count) {
            failures.push(format!("scenario {seed}, {failure}"));
        }
    }
    none_of(&failures);
    assert!(spilt_over >= 50, "one fund was above its ceiling in {spilt_over} trials only");
    assert!(ended >= 50, "members left beside a merged force in {ended} trials only");
}

#[test]
fn the_engine_agrees_on_forces_that_merge_beside_other_alliances() {
    merging(false);
}

#[test]
fn the_engine_agrees_on_forces_that_merge_beside_other_alliances_by_every_rule() {
    merging(true);
}

#[test]
fn the_engine_agrees_on_a_hundred_made_up_scenarios_with_plain_draws() {
    made_up(0..100, Sampler::Plain);
}

#[test]
fn the_engine_agrees_on_a_hundred_made_up_scenarios_with_latin_draws() {
    made_up(100..200, Sampler::Latin);
}

#[test]
fn the_engine_agrees_on_a_hundred_made_up_scenarios_with_sobol_draws() {
    made_up(200..300, Sampler::Sobol);
}

#[test]
fn the_engine_agrees_on_every_shipped_scenario() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = |folder: &Path| std::fs::read_dir(folder).expect("the folder of shipped scenarios");
    let entries = entries(&folder).chain(entries(&folder.join("benchmarks")));
    let mut files: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    assert!(!files.is_empty(), "no scenario is shipped");
    let mut failures = Vec::new();
    for path in files {
        match alliance::scenario::load(&path, &[]) {
            Ok(loaded) => {
                if let Err(failure) = compare(&loaded.scenario, (1, Sampler::Plain), (2, 2), &mut |_| ()) {
                    failures.push(format!("{}, {failure}", path.display()));
                }
            }
            Err(problems) => failures.push(format!("{}: {problems:?}", path.display())),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
