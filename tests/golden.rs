//! Golden figures: the headline of every shipped scenario at 4,096 trials, as it was when last looked at.
//!
//! A difference says that a figure has *changed*, never that it is wrong: whether it should have is for people to judge. Once it
//! should, `ALLIANCE_GOLDEN=write cargo test --release --test golden` writes the files anew; the diff tells what moved.

use std::path::{Path, PathBuf};

use engine::model::Model;
use engine::outcomes::Tier;
use engine::run::{Interrupt, Settings, run};
use engine::statistics::{Forecast, Percentile};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;
use language::load;
use serde_json::{Map, Value as Json};

fn forecast(path: &Path) -> Forecast {
    let loaded = load(path, &[]).unwrap_or_else(|problems| panic!("{}:\n{problems}", path.display()));
    let model = Model::compile(&loaded.scenario).expect("shipped scenarios compile");
    let settings =
        Settings { trials: 4096, seed: 2015, sampler: Sampler::Plain, threads: 0, isa: Isa::detect(), until: None };
    run(&model, &settings, &Interrupt::default(), None).expect("it runs").0
}

/// Six significant digits: more would tell nothing, and these are the same on every machine.
fn digits(value: Option<f64>) -> Json {
    value.map_or(Json::Null, |value| format!("{value:.5e}").parse::<f64>().expect("it was just printed").into())
}

/// The figures of one outcome.
fn figures(forecast: &Forecast, name: &str) -> Json {
    let percentile = |p| match forecast.percentile(name, p) {
        Some(Percentile::At(estimate)) => digits(Some(estimate.value)),
        Some(Percentile::Never) => "never".into(),
        None => Json::Null,
    };
    let mean = forecast.mean(name);
    Json::Array(vec![
        digits(forecast.plan(name)),
        digits(mean.map(|mean| mean.value)),
        digits(mean.map(|mean| mean.error)),
        percentile(0.1),
        percentile(0.5),
        percentile(0.9),
        digits(forecast.missing(name).map(|share| share.value)),
    ])
}

/// What is compared: whatever is no figure of a single year but the last, and of no single area.
fn headline(forecast: &Forecast) -> Map<String, Json> {
    let columns = forecast.catalogue().columns();
    let mut yearly = columns.iter().rev().filter_map(|column| column.name.strip_prefix("saving_cashable"));
    let last = yearly.find(|rest| rest.starts_with('[')).expect("every scenario has a last year");
    let wanted = columns.iter().filter(|column| {
        let area = column.name.contains(".area.");
        column.tier != Tier::Detail && !area && (!column.name.contains('[') || column.name.ends_with(last))
    });
    let mut found = Map::new();
    found.insert("figures".into(), "plan, mean, its standard error, P10, P50, P90, share missing".into());
    for column in wanted {
        found.insert(column.name.clone(), figures(forecast, &column.name));
    }
    for ratio in forecast.catalogue().ratios() {
        let estimate = forecast.ratio(&ratio.name);
        let parts = [estimate.map(|e| e.value), estimate.map(|e| e.error)];
        found.insert(ratio.name.clone(), parts.map(digits).to_vec().into());
    }
    found
}

/// One outcome a line.
fn text(figures: &Map<String, Json>) -> String {
    let lines: Vec<String> =
        figures.iter().map(|(name, value)| format!("  {}: {value}", Json::from(name.as_str()))).collect();
    format!("{{\n{}\n}}\n", lines.join(",\n"))
}

/// What is different from the file of a scenario.
fn differences(path: &Path) -> Vec<String> {
    let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let golden: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(format!("{name}.json"));
    let now = headline(&forecast(path));
    if std::env::var_os("ALLIANCE_GOLDEN").is_some_and(|value| value == "write") {
        std::fs::write(&golden, text(&now)).expect("tests/golden can be written");
        return Vec::new();
    }
    let then = std::fs::read_to_string(&golden).unwrap_or_else(|error| panic!("{}: {error}", golden.display()));
    let then: Map<String, Json> = serde_json::from_str(&then).expect("golden files are JSON");
    let changed = now.iter().filter_map(|(outcome, figures)| match then.get(outcome) {
        None => Some(format!("{name}: {outcome} is new: {figures}")),
        Some(before) if before != figures => Some(format!("{name}: {outcome} has changed from {before} to {figures}")),
        Some(_) => None,
    });
    let gone =
        then.keys().filter(|outcome| !now.contains_key(*outcome)).map(|outcome| format!("{name}: {outcome} is gone"));
    changed.chain(gone).collect()
}

#[test]
fn the_headline_figures_of_shipped_scenarios_have_not_changed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let entries = |folder: &Path| folder.read_dir().expect("it is there");
    let files = entries(&folder).chain(entries(&folder.join("benchmarks")));
    let files = files.map(|entry| entry.expect("it can be read").path());
    let mut scenarios: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect();
    scenarios.sort();
    assert!(scenarios.len() >= 8);
    let changed: Vec<String> = scenarios.iter().flat_map(|path| differences(path)).collect();
    assert!(
        changed.is_empty(),
        "figures have changed. If they should have, ALLIANCE_GOLDEN=write cargo test --release --test golden keeps them.\n{}",
        changed.join("\n")
    );
}
