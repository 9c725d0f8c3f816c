//! How far work is: every verb of several stages names them, and no stage counts more or fewer steps than it said it had.

use std::path::Path;

use analysis::{Failure, Measure, Objective, Sign, discover, explain, optimise, shares};
use engine::model::{Levers, Model};
use engine::run::{Interrupt, Settings, Stage};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;

/// Not a whole number of blocks.
const TRIALS: u64 = 1_111;

fn settings() -> Settings {
    Settings { trials: TRIALS, seed: 3, sampler: Sampler::Plain, threads: 2, isa: Isa::detect(), until: None }
}

fn scenario(name: &str) -> engine::alliance::Scenario {
    load(&Path::new("scenarios").join(format!("{name}.toml")), &[]).expect("it is sound").scenario
}

/// The stages that some work went through, each of which was done to its end.
fn stages(work: impl FnOnce(&Interrupt)) -> Vec<Stage> {
    let interrupt = Interrupt::default();
    work(&interrupt);
    let stages = interrupt.stages().clone();
    for stage in &stages {
        assert!(!stage.name.is_empty() && stage.name.chars().count() <= 36, "{stage:?}");
        assert_eq!(stage.done, stage.total, "{}: {} of {}", stage.name, stage.done, stage.total);
    }
    stages
}

fn names(stages: &[Stage]) -> Vec<&str> {
    stages.iter().map(|stage| stage.name.as_str()).collect()
}

#[test]
fn explaining_names_its_stages_and_ends_each() {
    let model = Model::compile(&scenario("two-force")).expect("it compiles");
    let npv = model.catalogue().position("npv").expect("it is an outcome");
    let found = stages(|interrupt| {
        explain(&model, None, npv, &settings(), interrupt).expect("it runs");
    });
    assert_eq!(names(&found)[..2], ["Running the futures", "Looking at each input"]);
    assert!(found.len() >= 4 && found[0].total == TRIALS, "{found:?}");
}

#[test]
fn discovering_names_its_stages_and_ends_each() {
    let model = Model::compile(&scenario("two-force")).expect("it compiles");
    let column = model.catalogue().position("npv").expect("it is an outcome");
    let failure = Failure { column, never: false, sign: Sign::Below, level: 20.0 };
    let found = stages(|interrupt| {
        discover(&model, failure, &settings(), interrupt).expect("it runs");
    });
    assert!(names(&found).starts_with(&["Running the futures", "Looking at each input"]), "{found:?}");
}

#[test]
fn sharing_names_its_stages_and_ends_each() {
    let found = stages(|interrupt| {
        shares(&scenario("five-force"), &settings(), interrupt).expect("there are alliances");
    });
    let (first, last) = (names(&found)[0], names(&found)[found.len() - 1]);
    assert_eq!((first, last), ("Running the deal as it is", "Running ways to share"));
    assert!(names(&found).contains(&"Running coalitions"), "{found:?}");
}

#[test]
fn a_search_says_in_which_round_it_is_and_how_many_turns_are_left() {
    let planned = scenario("lead-force");
    let model = Model::compile(&planned).expect("it compiles");
    let levers: Vec<Levers> = planned.alliances.iter().map(Levers::of).collect();
    let measure = Measure::common(std::slice::from_ref(&model), &[]).into_iter().find(|measure| measure.name == "npv");
    let objective = Objective { measure: measure.expect("it is a measure"), percentile: None };
    let column = model.catalogue().position("npv").expect("it is an outcome");
    let found = stages(|interrupt| {
        optimise(&model, &levers, (column, &objective), None, &settings(), interrupt).expect("it runs");
    });
    let told = names(&found);
    assert_eq!(told[..3], ["Running the plan", "Round 1: a look at every turn", "Round 1: a closer look"]);
    assert_eq!(told[told.len() - 1], "Judging on fresh futures");
    assert!(found[1].of == "turns" && found[1].total > 10, "{:?}", found[1]);
}
