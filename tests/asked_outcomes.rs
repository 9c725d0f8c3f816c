//! Whatever outcome there is can be asked for: as a measure of options, as what is explained, as what fails; details are counted because
//! they were asked for.

use std::collections::BTreeMap;
use std::path::Path;

use analysis::{Comparison, Failure, Measure, Objective, Sign, discover, explain, own};
use engine::model::Model;
use engine::outcomes::{Missing, OutcomeId};
use engine::run::{self, Interrupt, Settings};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;
use report::inputs::Inputs;

fn settings(trials: u64) -> Settings {
    Settings { trials, seed: 3, sampler: Sampler::Plain, threads: 2, isa: Isa::detect(), until: None }
}

fn model(name: &str) -> Model {
    let loaded = load(&Path::new("scenarios").join(format!("{name}.toml")), &[]).expect("it is sound");
    Model::compile(&loaded.scenario).expect("it compiles")
}

/// One outcome of each kind: of those that differ in names, years or dates only, the last.
fn kinds(model: &Model) -> Vec<String> {
    let mut found = BTreeMap::new();
    for spec in model.catalogue().columns() {
        let (mut kind, mut quoted) = (String::new(), false);
        for part in spec.name.split('"') {
            kind += if quoted { "N" } else { part };
            quoted = !quoted;
        }
        let plain = kind.split('[').next().unwrap_or_default().to_owned();
        let words: Vec<&str> = plain.split('.').collect();
        let names = words.iter().enumerate().map(|(i, word)| {
            let named = i > 0 && ["force", "alliance", "area", "target", "benefit"].contains(&words[i - 1]);
            if named { "N" } else { word }
        });
        found.insert(names.collect::<Vec<_>>().join("."), spec.name.clone());
    }
    found.into_values().collect()
}

#[test]
fn every_outcome_is_a_measure_of_options_and_details_are_counted() {
    for name in ["two-force", "merger-2018"] {
        let asked = kinds(&model(name));
        assert!(asked.len() > 70, "{}", asked.len());
        let ids: Vec<OutcomeId> = asked.iter().map(|name| name.parse().expect("a name is read back")).collect();
        let options = Comparison::over(vec![model(name), model(name)], 3, &ids, &[], Vec::new()).expect("two");
        let (forecast, _) = run::run(&options, &settings(512), &Interrupt::default(), None).expect("it runs");
        for measure in &asked {
            assert!(options.measures().iter().any(|own| own.name == *measure), "{measure}");
            // Missing in every future is right only of what never comes or is not defined in any.
            let missing = forecast.missing(&own(0, measure)).map_or(1.0, |missing| missing.value);
            let rare = ["ended_at", "leaves_at", "payback", "stopped_at"].iter().any(|rare| measure.contains(rare));
            assert!(missing < 1.0 || rare, "{name}: {measure} is missing in all futures");
        }
    }
}

#[test]
fn every_outcome_can_fail_be_explained_and_be_made_better_where_it_has_a_way() {
    let model = model("merger-2018");
    for name in kinds(&model) {
        let column = model.catalogue().position(&name).expect("it is there");
        let spec = &model.catalogue().columns()[column];
        let failure = Failure { column, never: spec.missing == Missing::Never, sign: Sign::AtMost, level: 0.5 };
        discover(&model, failure, &settings(256), &Interrupt::default()).unwrap_or_else(|why| panic!("{name}: {why}"));
        explain(&model, None, column, &settings(256), &Interrupt::default())
            .unwrap_or_else(|why| panic!("{name}: {why}"));
        let measure = Measure::of(std::slice::from_ref(&model), &name).expect("it is a measure");
        let objective = Objective { measure, percentile: Some(0.5) };
        assert!(objective.is_defined());
    }
}

#[test]
fn every_number_that_a_shipped_scenario_states_has_a_name_for_people() {
    for entry in Path::new("scenarios").read_dir().expect("the folder is there").flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        let loaded = load(&path, &[]).expect("it is sound");
        for own in loaded.assumptions() {
            let key = &own.address;
            assert!(Inputs::knows(key), "{key} of {}", path.display());
        }
        let model = Model::compile(&loaded.scenario).expect("it compiles");
        let inputs = Inputs::of(&loaded.scenario);
        for input in model.inputs() {
            for reading in &input.readings {
                let says = inputs.says(&input.address, *reading, Some(1.0), None);
                assert!(!says.contains('_') && !says.contains("  "), "{}: {says}", input.address);
            }
        }
    }
}
