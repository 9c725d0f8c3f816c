//! The model at given inputs: what is given back as it was drawn changes nothing, what is given is what the scenario would state.

use std::path::Path;

use app::evaluate::{Evaluated, Experiments, evaluate};
use app::{Draws, Engine, Means, study::Desk};
use engine::model::Model;
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::Isa;
use engine::uncertainty::{Input, Sampler};
use language::{Loaded, Override, load};

const SLIP: &str = "alliance.\"Strategic alliance\".slip";
const PLATFORM: &str = "alliance.\"Strategic alliance\".ict_capital";
const DESIGN: &str = "alliance.\"Strategic alliance\".design_share";
const OUTCOMES: [&str; 3] = ["npv", "payback", "saving_cashable[2018/19]"];
const ROWS: u64 = 300;

fn read(changes: &[&str]) -> Loaded {
    let changes: Vec<Override> = changes.iter().map(|text| Override::parse(text).expect("a change")).collect();
    load(Path::new("scenarios/two-force.toml"), &changes).expect("it reads")
}

fn settings(trials: u64) -> Settings {
    Settings { trials, seed: 7, sampler: Sampler::Plain, threads: 2, isa: Isa::detect(), until: None }
}

fn asked(loaded: &Loaded, inputs: &[(&str, Vec<f64>)], averaged: Option<u64>) -> Result<Evaluated, String> {
    asked_for(loaded, inputs, averaged, &OUTCOMES)
}

fn asked_for(
    loaded: &Loaded,
    inputs: &[(&str, Vec<f64>)],
    averaged: Option<u64>,
    outcomes: &[&str],
) -> Result<Evaluated, String> {
    let means = Means {
        engine: Engine { version: "0".to_owned(), figures: 0, commit: None },
        threads: 2,
        interrupt: Interrupt::default().into(),
    };
    let draws = Draws { trials: averaged.unwrap_or(1), seed: 7, sampler: Sampler::Plain, until: None };
    let asked = Experiments {
        inputs: inputs.iter().map(|(name, values)| ((*name).to_owned(), values.clone())).collect(),
        outcomes: outcomes.iter().map(|name| (*name).to_owned()).collect(),
        is_averaged: averaged.is_some(),
    };
    let desk = Desk { scenarios: std::slice::from_ref(loaded), draws: &draws, means: &means };
    evaluate(&desk, &asked).map_err(|error| error.to_string())
}

fn futures(loaded: &Loaded, inputs: &[(&str, Vec<f64>)]) -> Vec<Vec<f64>> {
    match asked(loaded, inputs, None).expect("it is evaluated") {
        Evaluated::Futures(found) => found,
        Evaluated::Means(_) => unreachable!("every row is a future"),
    }
}

/// What a run of the scenario gives.
fn run(loaded: &Loaded, trials: u64) -> Vec<Vec<f64>> {
    let model = Model::compile(&loaded.scenario).expect("it compiles");
    let at = |name: &&str| model.catalogue().position(name).expect("an outcome");
    let columns: Vec<usize> = OUTCOMES.iter().map(at).collect();
    let start = || sample::worker(&model, &settings(trials), &columns);
    sample::outcomes(start, &settings(trials), &Interrupt::default(), &columns).expect("it runs")
}

fn bits(columns: &[Vec<f64>]) -> Vec<Vec<u64>> {
    columns.iter().map(|values| values.iter().map(|value| value.to_bits()).collect()).collect()
}

#[test]
fn what_is_given_back_as_it_was_drawn_changes_no_bit() {
    let loaded = read(&[]);
    let model = Model::compile(&loaded.scenario).expect("it compiles");
    let draw = |address: &str| model.inputs().iter().position(|input| input.address == address).expect("it is drawn");
    let slip = sample::input(&model, &settings(ROWS), draw(SLIP));
    // A limit is drawn every year in which it is not known.
    let limit = draw("economy.limit.pounds");
    let pounds: Vec<f64> =
        (0..ROWS).map(|t| model.draws().value(Input::Drawn(limit), 2019, t, 7, Sampler::Plain)).collect();
    assert!(pounds.iter().any(|value| (*value - pounds[0]).abs() > 1.0));
    let given = futures(&loaded, &[(SLIP, slip), ("input.economy.limit.pounds[2019/20]", pounds)]);
    assert!(bits(&given) == bits(&run(&loaded, ROWS)));
}

#[test]
fn a_given_number_is_what_the_scenario_would_state_beside_the_same_plan() {
    // Drawn in the scenario, and fixed there: each with another value in place of its own, the plan left as it is.
    for (address, value) in [(SLIP, 1.9), (DESIGN, 0.4)] {
        let base = read(&[]);
        let plan = base.number(address).expect("a number").quantity.plan_value();
        let stated = read(&[&format!("{address}={{ value = {value}, plan = {plan:?} }}")]);
        let told = run(&stated, ROWS);
        assert!(bits(&told) != bits(&run(&base, ROWS)), "{address} matters");
        let given = futures(&base, &[(address, vec![value; ROWS as usize])]);
        assert!(bits(&given) == bits(&told), "{address}");
        let Evaluated::Means(rows) = asked(&base, &[(address, vec![value, f64::NAN])], Some(ROWS)).expect("means")
        else {
            unreachable!("means were asked for")
        };
        for (given, whole) in rows.iter().zip([&told, &run(&base, ROWS)]) {
            for (own, values) in given.iter().zip(whole) {
                let there: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
                let mean = there.iter().sum::<f64>() / there.len() as f64;
                assert!((own.mean.value - mean).abs() <= 1e-12 * mean.abs(), "{address}");
                assert_eq!(own.missing as usize, values.len() - there.len());
            }
        }
    }
}

#[test]
fn what_is_left_at_its_default_can_be_given_too() {
    let bare = load(Path::new("tests/bare.toml"), &[]).expect("it reads");
    let address = "alliance.K.slip";
    let default = bare.number(address).expect("a number").quantity.clone();
    assert!(!default.is_stated());
    let stated = format!("{address}={{ value = 2.0, plan = {:?} }}", default.plan_value());
    let stated = load(Path::new("tests/bare.toml"), &[Override::parse(&stated).expect("a change")]).expect("it reads");
    let outcomes = |loaded: &Loaded, inputs: &[(&str, Vec<f64>)]| match asked_for(loaded, inputs, None, &["npv"]) {
        Ok(Evaluated::Futures(found)) => bits(&found),
        other => unreachable!("every row is a future: {other:?}"),
    };
    let saving = "alliance.K.area.y.saving";
    let given = outcomes(&bare, &[(address, vec![2.0; 50]), (saving, vec![0.1; 50])]);
    assert!(given == outcomes(&stated, &[(saving, vec![0.1; 50])]));
    assert!(given != outcomes(&bare, &[(saving, vec![0.1; 50])]), "lateness matters");
}

#[test]
fn a_row_without_a_value_is_drawn() {
    let loaded = read(&[]);
    let mut values = vec![f64::NAN; ROWS as usize];
    values[200] = 3.0;
    let (given, drawn) = (futures(&loaded, &[(SLIP, values)]), run(&loaded, ROWS));
    for (own, whole) in bits(&given).iter().zip(&bits(&drawn)) {
        assert_eq!((&own[..200], &own[201..]), (&whole[..200], &whole[201..]));
    }
    assert_ne!(bits(&given)[0][200], bits(&drawn)[0][200]);
}

#[test]
fn what_cannot_be_given_is_refused_with_what_would_be_right() {
    let loaded = read(&[]);
    let refused = |inputs: &[(&str, Vec<f64>)]| asked(&loaded, inputs, None).expect_err("it is refused");
    for (inputs, said) in [
        (vec![], "there is no row"),
        (vec![(SLIP, vec![1.0]), (PLATFORM, vec![1.0, 2.0])], "has 2 values and"),
        (vec![("alliance.\"Strategic alliance\".slp", vec![1.0])], "slip"),
        (vec![(SLIP, vec![1.0, f64::INFINITY])], "is inf in row 2"),
        (vec![(SLIP, vec![1.0]), ("alliance.'Strategic alliance'.slip", vec![1.0])], "is given twice"),
        (vec![(SLIP, vec![1.0, -2.0])], "slip is -2 in row 2: it is to be"),
        (vec![("force.Dorset.reserves", vec![12.0])], "is a fact, which is set in the scenario and not given"),
        (vec![("alliance.\"Strategic alliance\".slots", vec![4.0])], "is no number that may be uncertain"),
        (vec![("economy.limit.pounds", vec![5.0])], "is drawn every year: name the year"),
        (vec![("alliance.\"Strategic alliance\".slip[2018/19]", vec![1.0])], "is drawn once: name no year"),
        (vec![("funding.regime[2018/19]", vec![1.0])], "is no number that may be uncertain"),
    ] {
        let told = refused(&inputs);
        assert!(told.contains(said), "{inputs:?}: {told}");
    }
    // Everything that is wrong is told at once.
    let told = refused(&[("nothing", vec![1.0]), (SLIP, vec![-1.0]), ("force.Dorset.budget", vec![100.0])]);
    for said in ["nothing is no number", "slip is -1 in row 1", "force.Dorset.budget is a fact"] {
        assert!(told.contains(said), "{told}");
    }
}
