//! What drives an outcome of a scenario: inputs drawn again by key, indices against each other, information against its bounds.

use std::path::Path;

use alliance::decisions::{Explained, Theme, explain};
use alliance::model::Model;
use alliance::run::{Interrupt, Settings, sample};
use alliance::scenario::{Override, load};
use alliance::uncertainty::lanes::{BLOCK, Isa};
use alliance::uncertainty::{Again, Input, Sampler};

fn model(name: &str, changes: &[&str]) -> Model {
    let changes: Vec<Override> = changes.iter().map(|text| Override::parse(text).expect("a key")).collect();
    let loaded = load(&Path::new("scenarios").join(format!("{name}.toml")), &changes).expect("it is sound");
    Model::compile(&loaded.scenario).expect("it compiles")
}

fn settings(trials: u64, threads: usize) -> Settings {
    Settings { trials, seed: 11, sampler: Sampler::Plain, threads, isa: Isa::detect(), until: None }
}

fn explained(model: &Model, outcome: &str, trials: u64, threads: usize) -> Explained {
    let column = model.catalogue().position(outcome).expect("it is an outcome");
    explain(model, None, column, &settings(trials, threads), &Interrupt::default()).expect("it runs")
}

#[test]
fn an_input_drawn_again_by_key_is_the_one_that_the_model_drew() {
    let model = model("two-force", &[]);
    let settings = settings(300, 2);
    for (position, info) in model.draws().info().iter().enumerate().filter(|(_, info)| !info.yearly).step_by(17) {
        let values = sample::input(&model, &settings, position);
        assert_eq!(values.len(), 300);
        for trial in [0, 127, 128, 299] {
            let value = model.draws().value(Input::Drawn(position), 0, trial, 11, Sampler::Plain);
            assert_eq!(values[trial as usize].to_bits(), value.to_bits(), "{}", info.key);
        }
    }
}

#[test]
fn drawing_nothing_again_changes_nothing_and_drawing_all_again_is_another_seed() {
    let model = model("merger-2018", &[]);
    let npv = model.catalogue().position("npv").expect("it is an outcome");
    let draws = model.draws().info().len();
    let run = |again: Option<&Again>, seed: u64| {
        let settings = Settings { seed, ..settings(3 * BLOCK as u64 + 7, 2) };
        let worker = || match again {
            Some(again) => sample::worker(&model, &settings, &[npv]).drawing_again(again.clone()),
            None => sample::worker(&model, &settings, &[npv]),
        };
        sample::outcomes(worker, &settings, &Interrupt::default(), &[npv]).expect("it runs").remove(0)
    };
    let plain = run(None, 11);
    assert_eq!(plain.len(), 3 * BLOCK + 7);
    assert_eq!(run(Some(&Again { which: vec![false; draws], seed: 99 }), 11), plain);
    assert_eq!(run(Some(&Again { which: vec![true; draws], seed: 99 }), 11), run(None, 99));
    assert_ne!(run(None, 99), plain);
}

#[test]
fn indices_stand_to_each_other_as_they_must() {
    let found = explained(&model("two-force", &[]), "npv", 20_000, 2);
    assert!(found.drivers.windows(2).all(|pair| pair[0].effect.first.value >= pair[1].effect.first.value));
    let top = &found.drivers[0];
    assert!(top.key.ends_with(".realisation") && top.theme == Theme::Realisation, "{}", top.key);
    for driver in found.drivers.iter().filter(|driver| driver.total.is_some()) {
        let (first, total) = (driver.effect.first, driver.total.expect("it is worked out"));
        // A total index is never below the first-order one; four standard errors.
        assert!(
            total.value > first.value - 4.0 * total.error.hypot(first.error),
            "{}: {total:?} {first:?}",
            driver.key
        );
        assert!(!driver.correlated, "{}", driver.key);
    }
    for theme in &found.themes {
        let (closed, total) = (theme.closed, theme.total);
        assert!(total.value > closed.value - 4.0 * total.error.hypot(closed.error), "{theme:?}");
    }
    // What every theme does by itself is no more than all there is, what each has a part in no less.
    let sum = |of: fn(&alliance::decisions::ThemeEffect) -> f64| found.themes.iter().map(of).sum::<f64>();
    assert!(sum(|theme| theme.closed.value) < 1.05 && sum(|theme| theme.total.value) > 0.95);
    let inputs: usize = found.themes.iter().map(|theme| theme.inputs).sum();
    assert_eq!(inputs, found.drivers.len());
}

#[test]
fn to_know_a_part_is_worth_no_more_than_to_know_everything() {
    let found = explained(&model("two-force", &[]), "npv", 20_000, 2);
    let evpi = found.evpi.expect("there is an alliance");
    assert!(evpi.value > 4.0 * evpi.error, "{evpi:?}");
    let parts = found.drivers.iter().filter_map(|driver| driver.evppi);
    for part in parts.chain(found.themes.iter().filter_map(|theme| theme.evppi)) {
        assert!(part.value >= 0.0 && part.value < evpi.value + 4.0 * evpi.error.hypot(part.error), "{part:?} {evpi:?}");
    }
    // Without an alliance nothing is decided.
    assert!(explained(&model("standalone", &[]), "npv", 2_000, 2).evpi.is_none());
}

#[test]
fn information_between_two_options_is_worth_the_regret_of_the_better_one() {
    let (one, other) = (model("two-force", &[]), model("lead-force", &[]));
    let settings = settings(20_000, 2);
    let npv = one.catalogue().position("npv").expect("it is an outcome");
    let found = explain(&one, Some(&other), npv, &settings, &Interrupt::default()).expect("it runs");
    let evpi = found.evpi.expect("there is something to choose");
    // By brute force: the mean of the best of both less the better of both means, on the same trials.
    let run = |model: &Model| {
        let column = [model.catalogue().position("npv").expect("it is an outcome")];
        let worker = || sample::worker(model, &settings, &column);
        sample::outcomes(worker, &settings, &Interrupt::default(), &column).expect("it runs").remove(0)
    };
    let (a, b) = (run(&one), run(&other));
    let mean = |values: &mut dyn Iterator<Item = f64>| values.sum::<f64>() / a.len() as f64;
    let best = mean(&mut a.iter().zip(&b).map(|(a, b)| a.max(*b)));
    let wanted = best - mean(&mut a.iter().copied()).max(mean(&mut b.iter().copied()));
    assert!((evpi.value - wanted).abs() < 1e-9, "{evpi:?}, {wanted}");
    // To decide between two that are worth something is another question than to decide whether to go ahead.
    let ahead = explained(&one, "npv", 20_000, 2).evpi.expect("there is an alliance");
    assert!((ahead.value - evpi.value).abs() > 4.0 * ahead.error.hypot(evpi.error), "{ahead:?} {evpi:?}");
}

#[test]
fn an_outcome_that_may_never_come_is_explained_where_it_does() {
    let found = explained(&model("two-force", &[]), "payback", 8_000, 2);
    assert!(found.missing > 1_000 && found.trials + found.missing == 8_000);
    assert!(found.drivers[0].effect.high.value < found.drivers[0].effect.low.value, "more realised pays back sooner");
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let model = model("lead-force", &[]);
    assert_eq!(explained(&model, "npv", 3_000, 1), explained(&model, "npv", 3_000, 5));
}
