//! Every outcome with one value a year can be promised: what the reader of scenarios lets a target name is what the engine records.

use std::collections::BTreeSet;
use std::path::Path;

use engine::model::Model;
use language::{Override, load};

/// Names of the outcomes that the engine records with one value a year.
fn recorded(path: &Path) -> BTreeSet<String> {
    let loaded = load(path, &[]).expect("shipped scenarios load");
    let years = loaded.scenario.year_labels();
    let model = Model::compile(&loaded.scenario).expect("shipped scenarios compile");
    let yearly = |name: &str| {
        let (measure, year) = name.strip_suffix(']')?.rsplit_once('[')?;
        years.iter().any(|label| label == year).then(|| measure.to_owned())
    };
    model.catalogue().columns().iter().filter_map(|column| yearly(&column.name)).collect()
}

fn check(name: &str, target: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name);
    let measures = recorded(&path);
    assert!(measures.len() > 40, "{measures:?}");
    for measure in measures {
        let change = format!("target.\"{target}\".measure='{measure}'");
        let change = Override::parse(&change).unwrap_or_else(|problem| panic!("{problem}"));
        let loaded = load(&path, &[change]).unwrap_or_else(|problems| panic!("{measure} of {name}: {problems}"));
        assert!(Model::compile(&loaded.scenario).is_ok(), "{measure} of {name}");
    }
}

#[test]
fn every_yearly_outcome_of_a_merger_can_be_promised() {
    check("merger-2018.toml", "£12m a year by 2018/19");
}

#[test]
fn every_yearly_outcome_of_several_alliances_can_be_promised() {
    check("five-force.toml", "£20m a year in the region by 2018/19");
}
