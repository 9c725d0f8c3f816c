//! What drives an outcome of a scenario: inputs drawn again by key, indices against each other, information against its bounds.

use std::path::Path;

use analysis::{Driver, Explained, Theme, explain};
use engine::model::Model;
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::{BLOCK, Isa};
use engine::uncertainty::{Again, Input, Sampler};
use language::{Override, load};

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

/// As it is written, with realisation tied to lateness and cost; and with realisation by itself.
const TOGETHER_AND_APART: [&[&str]; 2] = [&[], &["correlation.\"late, dear and short\"={ remove = true }"]];

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
    for changes in TOGETHER_AND_APART {
        stand_to_each_other(&explained(&model("two-force", changes), "npv", 20_000, 2));
    }
}

fn stand_to_each_other(found: &Explained) {
    assert!(found.drivers.windows(2).all(|pair| pair[0].effect.first.value >= pair[1].effect.first.value));
    let top = &found.drivers[0];
    assert!(top.address.ends_with(".realisation") && top.theme == Theme::Realisation, "{}", top.key);
    for driver in found.drivers.iter().filter(|driver| driver.total.is_some()) {
        let (first, total) = (driver.effect.first, driver.total.expect("it is worked out"));
        // A total index is never below the first-order one; four standard errors.
        assert!(
            total.value > first.value - 4.0 * total.error.hypot(first.error),
            "{}: {total:?} {first:?}",
            driver.key
        );
        // Of correlated inputs only the whole group has one.
        assert_eq!(driver.correlated, !driver.members.is_empty(), "{}", driver.key);
        assert!(driver.members.iter().all(|member| member.total.is_none() && member.correlated));
    }
    for theme in &found.themes {
        let (closed, total) = (theme.closed, theme.total);
        assert!(total.value > closed.value - 4.0 * total.error.hypot(closed.error), "{theme:?}");
    }
    // What every theme does by itself is no more than all there is, what each has a part in no less.
    let sum = |of: fn(&analysis::ThemeEffect) -> f64| found.themes.iter().map(of).sum::<f64>();
    assert!(sum(|theme| theme.closed.value) < 1.05 && sum(|theme| theme.total.value) > 0.95);
    let inputs: usize = found.themes.iter().map(|theme| theme.inputs).sum();
    assert_eq!(inputs, found.drivers.iter().map(|driver| driver.members.len().max(1)).sum::<usize>());
}

#[test]
fn to_know_a_part_is_worth_no_more_than_to_know_everything() {
    let found = explained(&model("two-force", &[]), "npv", 20_000, 2);
    let evpi = found.evpi.expect("there is an alliance");
    assert!(evpi.value > 4.0 * evpi.error, "{evpi:?}");
    let parts = found.drivers.iter().filter_map(|driver| driver.evppi);
    for part in parts.chain(found.themes.iter().filter_map(|theme| theme.evppi)) {
        assert!(part.value >= 0.0 && part.value <= evpi.value, "{part:?} {evpi:?}");
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
    for changes in TOGETHER_AND_APART {
        let found = explained(&model("two-force", changes), "payback", 8_000, 2);
        assert!(found.missing > 1_000 && found.trials + found.missing == 8_000);
        let top = &found.drivers[0];
        assert!(top.address.ends_with(".realisation"), "{}", top.key);
        assert!(top.effect.high.outcome.value < top.effect.low.outcome.value, "more realised pays back sooner");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let model = model("lead-force", &[]);
    assert_eq!(explained(&model, "npv", 3_000, 1), explained(&model, "npv", 3_000, 5));
}

/// A scenario of two forces whose net present value is `18·realisation − 6` but for what is changed.
fn field(changes: &[&str]) -> Model {
    let overrides: Vec<Override> = changes.iter().map(|text| Override::parse(text).expect("a key")).collect();
    let loaded = load(Path::new("tests/good/field.toml"), &overrides).expect("it is sound");
    Model::compile(&loaded.scenario).expect("it compiles")
}

#[test]
fn a_rare_value_counts_at_either_end() {
    // NPV is −6 with the rare value and 12 else: 0.05·6 = 0.30; −1.5 but 12 in 2 %: 0.02·12 = 0.24.
    for (values, worth) in [
        ("values = [0, 1], weights = [5, 95]", 0.05 * 6.0),
        ("values = [0, 1], weights = [1, 99]", 0.01 * 6.0),
        ("values = [0.25, 1], weights = [98, 2]", 0.02 * 12.0),
    ] {
        let model = field(&[&format!("alliance.K.realisation={{ discrete = {{ {values} }} }}")]);
        let found = explained(&model, "npv", 20_000, 2);
        let [driver] = &found.drivers[..] else { panic!("{:?}", found.drivers) };
        let (evpi, evppi) = (found.evpi.expect("it is decided"), driver.evppi.expect("it is decided"));
        assert!((driver.effect.first.value - 1.0).abs() < 1e-9 && driver.effect.first.clear(), "{driver:?}");
        assert!((evppi.value - evpi.value).abs() < 1e-9, "{evppi:?} {evpi:?}");
        assert!((evppi.value - worth).abs() < 4.0 * evppi.error, "{evppi:?}, not {worth}");
        assert!(driver.effect.low.exact && driver.effect.high.exact);
        assert_eq!(found.themes.len(), 1);
    }
}

#[test]
fn an_outcome_that_is_the_same_in_every_future_has_no_drivers() {
    for (changes, outcome) in [
        // Dropped without design cost: nothing is spent and nothing saved.
        (vec!["alliance.K.realisation={ uniform = { low = 0, high = 1 } }", "alliance.K.area.F.approve=0"], "npv"),
        (vec!["alliance.K.realisation={ uniform = { low = 0, high = 1 } }"], "total_investment"),
        (vec!["alliance.K.realisation={ uniform = { low = 0.4, high = 1 } }"], "force.A.loses"),
    ] {
        for trials in [1_000, 4_096] {
            let found = explained(&field(&changes), outcome, trials, 2);
            assert!(!found.varies && found.drivers.is_empty() && found.themes.is_empty(), "{outcome}: {found:?}");
        }
    }
}

#[test]
fn an_approval_is_told_as_the_event_and_knowing_it_is_worth_what_it_turns() {
    // Approved in 70 %: 12, else 0: nothing to turn. With £4m of design cost where it is dropped: 0.3·4 = 1.2.
    let changes = ["alliance.K.area.F.approve=0.7", "alliance.K.design_share=1"];
    for (changes, worth) in [(&changes[..1], 0.0), (&changes[..], 0.3 * 6.0)] {
        let found = explained(&field(changes), "npv", 20_000, 2);
        let [driver] = &found.drivers[..] else { panic!("{:?}", found.drivers) };
        assert!(driver.address.ends_with(".approved") && driver.effect.rank.value > 0.99, "{driver:?}");
        assert!(driver.effect.low.outcome.value < driver.effect.high.outcome.value);
        let (evpi, evppi) = (found.evpi.expect("it is decided"), driver.evppi.expect("it is decided"));
        assert!((evpi.value - worth).abs() <= 4.0 * evpi.error && (evppi.value - evpi.value).abs() < 1e-9, "{evppi:?}");
    }
}

#[test]
fn only_what_is_decided_on_has_a_value_of_information() {
    let model = field(&["alliance.K.realisation={ uniform = { low = 0, high = 1 } }"]);
    for (outcome, decided) in [
        ("npv", true),
        ("force.A.npv", true),
        ("steady_saving", false),
        ("force.A.cuts", false),
        ("force.A.loses", false),
    ] {
        let found = explained(&model, outcome, 2_000, 2);
        assert_eq!(found.evpi.is_some(), decided, "{outcome}");
        assert!(found.drivers.iter().all(|driver| driver.evppi.is_some() == decided), "{outcome}");
    }
    // A's share of it by budget, 200 of 320: of what is decided by its own share.
    let (all, own) = (explained(&model, "npv", 8_000, 2), explained(&model, "force.A.npv", 8_000, 2));
    let (all, own) = (all.evpi.expect("it is decided"), own.evpi.expect("it is decided"));
    assert!((own.value - all.value * 200.0 / 320.0).abs() < 1e-9, "{own:?} {all:?}");
}

#[test]
fn correlated_inputs_are_one_driver_with_its_members() {
    for (changes, tied) in TOGETHER_AND_APART.into_iter().zip([2, 1]) {
        let found = explained(&model("two-force", changes), "npv", 8_000, 2);
        let groups: Vec<&Driver> = found.drivers.iter().filter(|driver| !driver.members.is_empty()).collect();
        for group in &groups {
            assert!(group.members.iter().all(|member| member.correlated && member.members.is_empty()));
            // It bears the name of its strongest member, and goes its way.
            let best = &group.members[0];
            assert!(group.members.iter().all(|member| member.effect.first.value <= best.effect.first.value));
            assert_eq!(group.address, best.address);
            assert_eq!(group.effect.rank.value > 0.0, best.effect.rank.value > 0.0, "{}", group.key);
            // All of them do more than the strongest alone.
            let (all, one) = (group.effect.first, best.effect.first);
            assert!(all.value > one.value - 4.0 * all.error, "{}: {all:?} {one:?}", group.key);
        }
        // The group of all savings, which one number ties, is the strongest after what a matrix ties, where that is there.
        let savings = groups[tied - 1];
        assert!(savings.members.len() > 5 && savings.rho.is_some(), "{}", savings.key);
        let late_dear_and_short = |group: &&Driver| group.members.len() == 5 && group.address.ends_with(".realisation");
        assert!(groups[..tied - 1].iter().all(late_dear_and_short));
        assert!(found.drivers.iter().filter(|driver| driver.members.is_empty()).all(|driver| !driver.correlated));
    }
}

#[test]
fn of_an_outcome_that_may_never_come_a_theme_of_one_input_is_that_input() {
    // Payback is 1 + 3·overrun/realisation: later than year 10 and never, where overrun is more than three times realisation. Of the
    // futures in which it comes, those with much realised are more likely to.
    let model = field(&[
        "alliance.K.realisation={ uniform = { low = 0.05, high = 1 } }",
        "alliance.K.overrun={ uniform = { low = 0.5, high = 2.5 } }",
    ]);
    let found = explained(&model, "payback", 32_768, 2);
    assert!(found.missing > 8_000, "{}", found.missing);
    for theme in &found.themes {
        let driver = found.drivers.iter().find(|driver| driver.theme == theme.theme).expect("it has one input");
        let (alone, all) = (driver.effect.first, theme.closed);
        assert_eq!(theme.inputs, 1);
        assert!(
            (alone.value - all.value).abs() < 4.0 * alone.error.hypot(all.error),
            "{:?}: {alone:?} {all:?}",
            theme.theme
        );
        assert!(all.error < 0.03, "{all:?}");
    }
    assert_eq!(found.themes.len(), 2);
}
