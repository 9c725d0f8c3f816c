//! The order and pace of delivery: turning levers against compiling them, and a search whose answer is known.

use std::path::Path;

use analysis::{Measure, Objective, Optimised, Turn, optimise};
use engine::alliance::Scenario;
use engine::id::AreaId;
use engine::model::{Levers, Model};
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::Isa;
use engine::uncertainty::{Quantity, Sampler};
use language::load;

const SETTINGS: Settings =
    Settings { trials: 3_000, seed: 5, sampler: Sampler::Plain, threads: 2, isa: Isa::Baseline, until: None };

fn scenario(name: &str) -> Scenario {
    load(&Path::new("scenarios").join(format!("{name}.toml")), &[]).expect("it is sound").scenario
}

fn npv(model: &Model, levers: Option<&[Levers]>) -> Vec<f64> {
    let column = model.catalogue().position("npv").expect("it is an outcome");
    let worker = || {
        let mut worker = sample::worker(model, &SETTINGS, &[column]);
        // A block run before must leave nothing behind.
        worker.run_block(1, Sampler::Plain, 7);
        if let Some(levers) = levers {
            worker.turn(levers);
        }
        worker
    };
    sample::outcomes(worker, &SETTINGS, &Interrupt::default(), &[column]).expect("it runs").remove(0)
}

fn sought(model: &Model, planned: &[Levers], percentile: Option<f64>, most: Option<u32>) -> Optimised {
    let column = model.catalogue().position("npv").expect("it is an outcome");
    let known = Measure::common(std::slice::from_ref(model), &[]);
    let measure = known.into_iter().find(|measure| measure.name == "npv").expect("it is a measure");
    let objective = Objective { measure, percentile };
    optimise(model, planned, (column, &objective), most, &SETTINGS, &Interrupt::default()).expect("it runs")
}

#[test]
fn turned_levers_give_what_a_scenario_compiled_with_them_gives() {
    for name in ["two-force", "merger-2018"] {
        let planned = scenario(name);
        let mut changed = planned.clone();
        let alliance = &mut changed.alliances[0];
        alliance.slots = Some(3);
        alliance.areas[4].priority = -2.0;
        alliance.areas[1].after = vec![AreaId(6), AreaId(9)];
        let levers: Vec<Levers> = changed.alliances.iter().map(Levers::of).collect();
        let compiled = |scenario: &Scenario| Model::compile(scenario).expect("it compiles");
        let (before, after) = (npv(&compiled(&planned), None), npv(&compiled(&changed), None));
        assert_eq!(npv(&compiled(&planned), Some(&levers)), after, "{name}");
        assert_ne!(before, after, "{name}");
    }
}

/// Two areas, always passed at once, ready at the same time, one slot: the first in the file saves next to nothing.
fn two_areas() -> Scenario {
    let mut scenario = scenario("benchmarks/benchmark");
    scenario.targets.clear();
    scenario.actuals.clear();
    scenario.benefits.clear();
    scenario.correlations.clear();
    let alliance = &mut scenario.alliances[0];
    alliance.slots = Some(1);
    alliance.agree = Quantity::fixed(alliance.agree.key.clone(), 1.0);
    alliance.areas.truncate(2);
    for (area, saving) in alliance.areas.iter_mut().zip([0.001, 0.2]) {
        let fix = |quantity: &mut Quantity, value| *quantity = Quantity::fixed(quantity.key.clone(), value);
        fix(&mut area.saving, saving);
        fix(&mut area.submit, 0.5);
        fix(&mut area.implement, 2.0);
        fix(&mut area.slip, 1.0);
        fix(&mut area.approve, 1.0);
        area.priority = 0.0;
        area.after.clear();
    }
    scenario
}

#[test]
fn of_two_orders_the_better_is_found_and_its_gain_is_that_of_fresh_futures() {
    let planned = two_areas();
    let model = Model::compile(&planned).expect("it compiles");
    let levers: Vec<Levers> = planned.alliances.iter().map(Levers::of).collect();
    let found = sought(&model, &levers, None, None);
    let waits = found.levers[0].after[0] == [1];
    let later = found.levers[0].priority[0] > found.levers[0].priority[1];
    assert!(waits || later, "{found:?}");
    // The other order, by hand; one that waits for the other leaves the slot to it all the same.
    let mut other = planned.clone();
    other.alliances[0].areas[1].priority = -1.0;
    let other = npv(&Model::compile(&other).expect("it compiles"), None);
    let this = npv(&model, None);
    let gain = other.iter().zip(&this).map(|(other, this)| other - this).sum::<f64>() / this.len() as f64;
    assert!(
        gain > 0.0 && (found.gain.value - gain).abs() < 4.0 * found.gain.error.hypot(found.gain.error),
        "{found:?}, {gain}"
    );
    let of_p10 = sought(&model, &levers, Some(0.1), None);
    assert!(of_p10.gain.value > 0.0 && of_p10.planned.value < found.planned.value, "{of_p10:?}");
}

#[test]
fn where_nothing_can_be_gained_no_lever_is_turned() {
    let mut planned = two_areas();
    planned.alliances[0].areas.reverse();
    for area in &mut planned.alliances[0].areas {
        area.after.clear();
    }
    let model = Model::compile(&planned).expect("it compiles");
    let levers: Vec<Levers> = planned.alliances.iter().map(Levers::of).collect();
    let found = sought(&model, &levers, None, None);
    assert!(found.turns.is_empty() && found.levers == levers && found.gain.value.abs() < f64::EPSILON, "{found:?}");
    // With a second slot there is something to gain, if it is allowed.
    let found = sought(&model, &levers, None, Some(2));
    assert_eq!(found.turns[0].0, Turn::Slots { alliance: 0, to: 2 });
}
