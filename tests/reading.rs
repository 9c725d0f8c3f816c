//! Reading whole scenarios: every key, inheritance of sources, `extends`, CSV files, `--set`, resolved scenarios.
#![expect(clippy::float_cmp, reason = "numbers are read back as they were written")]

use std::path::Path;

use engine::alliance::{AreaCost, ShareRule};
use engine::uncertainty::{Confidence, Quantity};
use language::{Loaded, Number, Override, from_resolved, load, template, template_kinds};

fn read(file: &str, overrides: &[&str]) -> Loaded {
    let overrides: Vec<Override> = overrides.iter().map(|text| Override::parse(text).expect("a key")).collect();
    load(&Path::new("tests/good").join(file), &overrides).unwrap_or_else(|problems| panic!("{problems}"))
}

fn problems(file: &str, overrides: &[&str]) -> String {
    let overrides: Vec<Override> = overrides.iter().map(|text| Override::parse(text).expect("a key")).collect();
    load(&Path::new("tests/good").join(file), &overrides).expect_err("a problem").to_string()
}

fn value(quantity: &Quantity) -> f64 {
    quantity.plan_value()
}

#[test]
fn a_scenario_with_every_key_is_read() {
    let Loaded { scenario, files, .. } = read("full.toml", &[]);
    assert_eq!(scenario.name, "full");
    assert_eq!(scenario.years, 12);
    assert_eq!(scenario.forces.len(), 2);
    assert_eq!(scenario.alliances[0].areas.len(), 3);
    assert_eq!(scenario.alliances[0].share, ShareRule::Explicit(vec![0.7, 0.3]));
    assert_eq!(files.len(), 4);
}

#[test]
fn keys_of_draws_are_addresses_made_of_names() {
    let scenario = read("full.toml", &[]).scenario;
    let alliance = &scenario.alliances[0];
    assert_eq!(scenario.forces[0].key, "force.\"Devon & Cornwall\"");
    assert_eq!(scenario.economy.inflation.mean[1].key, "economy.inflation.mean[1]");
    assert_eq!(scenario.funding.regimes[1].sd.key, "funding.regime.\"flat cash\".sd");
    assert_eq!(alliance.exit.base.key, "alliance.\"Strategic alliance\".exit.base");
    assert_eq!(alliance.areas[1].saving.key, "alliance.\"Strategic alliance\".area.\"Contact management\".saving");
    let AreaCost::ByMember(costs) = &alliance.areas[2].cost else { panic!("a cost for each member") };
    assert_eq!(costs[1].key, "alliance.\"Strategic alliance\".area.Legal.cost.Dorset");
    let contact = scenario.contact.as_ref().expect("written");
    assert_eq!(contact.forces[0].aht_s.key, "contact.force.Dorset.aht_s");
}

#[test]
fn draws_as_changes_the_keys_of_draws_and_nothing_else() {
    let scenario = read("full.toml", &[]).scenario;
    let merger = &scenario.alliances[1];
    assert_eq!((merger.name.as_str(), merger.key.as_str()), ("Merged force", "alliance.Merger"));
    let consent = &merger.merger.as_ref().expect("a merger").consent;
    // The order of members, not that of the table.
    assert_eq!(consent[0].key, "alliance.Merger.merger.consent.\"Devon & Cornwall\"");
    assert_eq!(value(&consent[0]), 0.7);
    let areas =
        read("full.toml", &["alliance.\"Strategic alliance\".area.Finance.draws_as='alliance.\"Old\".area.Money'"]);
    assert_eq!(areas.scenario.alliances[0].areas[0].saving.key, "alliance.Old.area.Money.saving");
}

#[test]
fn what_a_scenario_writes_wins_over_the_file_of_facts() {
    let scenario = read("full.toml", &[]).scenario;
    let [devon, dorset] = scenario.forces.as_slice() else { panic!("two forces") };
    assert_eq!(devon.budget.value, 280.0);
    assert_eq!(dorset.budget.value, 116.0);
    assert_eq!(dorset.budget.provenance.source.as_deref(), Some("council tax leaflet"));
    // A fact with a source of its own does not take the confidence of its line, nor of the scenario.
    assert_eq!(dorset.budget.provenance.confidence, None);
    assert_eq!(dorset.grant_share.provenance.confidence, Some(Confidence::High));
    assert_eq!(dorset.reserves.value, 12.6);
    // 116·(1 − 0.53)·10⁶/187.11 = 291,379.4
    assert!((dorset.tax_base.value - 291_379.402).abs() < 0.01, "{}", dorset.tax_base.value);
}

#[test]
fn sources_are_inherited_and_a_number_with_its_own_takes_no_confidence_from_above() {
    let scenario = read("full.toml", &[]).scenario;
    let areas = &scenario.alliances[0].areas;
    assert_eq!(areas[1].saving.provenance.source.as_deref(), Some("judgement"));
    assert_eq!(areas[1].saving.provenance.confidence, Some(Confidence::Low));
    let AreaCost::Total(cost) = &areas[0].cost else { panic!("a total") };
    assert_eq!(cost.provenance.source.as_deref(), Some("business case"));
    assert_eq!(cost.provenance.confidence, None);
    assert_eq!(areas[0].ramp.provenance.source.as_deref(), Some("default"));
}

#[test]
fn a_number_without_any_source_is_counted() {
    let loaded = read("full.toml", &[]);
    assert_eq!(loaded.without_source, Vec::<String>::new());
    let text =
        std::fs::read_to_string("tests/good/full.toml").expect("there").replacen("source = \"judgement\"", "", 1);
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    std::fs::create_dir(&data).expect("made");
    for file in ["areas.csv", "costs.csv", "forces.csv"] {
        std::fs::copy(Path::new("tests/good/data").join(file), data.join(file)).expect("copied");
    }
    std::fs::write(folder.path().join("x.toml"), text).expect("written");
    let without =
        load(&folder.path().join("x.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}")).without_source;
    assert!(without.contains(&"economy.pay_share".to_owned()), "{without:?}");
    assert!(without.contains(&"resilience.chi".to_owned()), "{without:?}");
    // Left out: a default, not an input.
    assert!(!without.contains(&"resilience.x_max".to_owned()), "{without:?}");
}

#[test]
fn a_child_states_only_what_differs() {
    let parent = read("full.toml", &[]).scenario;
    let child = read("child.toml", &[]).scenario;
    assert_eq!((child.name.as_str(), child.title.as_str()), ("child", "A child"));
    assert_eq!(child.alliances.len(), 1);
    let names: Vec<&str> = child.alliances[0].areas.iter().map(|area| area.name.as_str()).collect();
    assert_eq!(names, ["Finance", "Contact management"]);
    assert_eq!(value(&child.alliances[0].slip), 1.5);
    // Amended by a plan, not replaced.
    assert_eq!(child.economy.limit.pounds.value, parent.economy.limit.pounds.value);
    assert_eq!(child.economy.limit.pounds.plan, Some(5.0));
    assert_eq!(child.funding, parent.funding);
}

#[test]
fn overrides_address_things_by_name_in_the_singular_or_plural() {
    let scenario = read(
        "full.toml",
        &[
            "force.Dorset.reserves=10",
            "alliances.\"Strategic alliance\".areas.Finance.saving={ pert = { low = 0, mode = 0.1, high = 0.2 } }",
            "alliance.\"Strategic alliance\".slip.plan=1.2",
            "funding.initial=flat cash",
            "years=10",
        ],
    )
    .scenario;
    assert_eq!(scenario.forces[1].reserves.value, 10.0);
    assert_eq!(value(&scenario.alliances[0].areas[0].saving), 0.1);
    assert_eq!(value(&scenario.alliances[0].slip), 1.2);
    assert_eq!(scenario.funding.initial, 1);
    assert_eq!(scenario.years, 10);
}

#[test]
fn an_override_of_nothing_known_is_a_problem_with_a_suggestion() {
    let text = problems("full.toml", &["force.Dorste.reserves=10", "alliance.\"Strategic alliance\".silp=1.2"]);
    assert!(text.contains("Did you mean \"Dorset\"?"), "{text}");
    assert!(text.contains("on the command line: alliance.\"Strategic alliance\".silp"), "{text}");
    assert!(text.contains("Did you mean \"slip\"?"), "{text}");
}

#[test]
fn a_resolved_scenario_reads_back_as_the_same_scenario() {
    for file in ["full.toml", "child.toml"] {
        let loaded = read(file, &[]);
        let text = serde_json::to_string(&loaded.resolved).expect("JSON");
        let again = from_resolved(&serde_json::from_str(&text).expect("JSON"), &loaded.scenario.name)
            .unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(again.scenario, loaded.scenario);
        assert_eq!(again.without_source, loaded.without_source);
        same_assumptions(&loaded, &again);
    }
}

/// What is stated, and in which order, is the same however it was read.
fn same_assumptions(one: &Loaded, other: &Loaded) {
    let told = |own: &Number| (own.address.clone(), own.quantity.clone());
    for (a, b) in one.assumptions().zip(other.assumptions()) {
        assert_eq!(told(a), told(b));
    }
    assert_eq!(one.assumptions().count(), other.assumptions().count());
}

#[test]
fn every_shipped_scenario_is_read_and_reads_back_from_its_resolved_form() {
    for entry in std::fs::read_dir("scenarios").expect("there") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let loaded = load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        let again =
            from_resolved(&loaded.resolved, &loaded.scenario.name).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(again.scenario, loaded.scenario, "{}", path.display());
        same_assumptions(&loaded, &again);
        assert_eq!(loaded.without_source, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn every_starting_file_is_a_scenario_without_a_problem() {
    let folder = tempfile::tempdir().expect("a folder");
    for kind in template_kinds() {
        let path = folder.path().join(format!("{kind}.toml"));
        std::fs::write(&path, template(kind).expect("a known kind")).expect("written");
        let loaded = load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
        assert_eq!(loaded.without_source, Vec::<String>::new(), "{kind}");
        let again = from_resolved(&loaded.resolved, kind).unwrap_or_else(|problems| panic!("{problems}"));
        same_assumptions(&loaded, &again);
    }
    assert_eq!(template("no such kind"), None);
}

/// Two forces and an alliance of two areas, changed.
fn set(change: &str) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bare.toml");
    std::fs::write(&path, include_str!("bare.toml")).expect("written");
    let change = Override::parse(change).map_err(|problems| problems.to_string())?;
    load(&path, &[change]).map_err(|problems| problems.to_string())
}

#[test]
fn a_named_thing_set_as_a_whole_is_amended_removed_or_refused() {
    let alliance = |change: &str| set(change).unwrap_or_else(|why| panic!("{why}")).scenario.alliances.remove(0);
    assert_eq!(value(&alliance("alliance.K={slip=5}").slip), 5.0);
    assert_eq!(alliance("alliance.K={name='L'}").name, "L");
    assert_eq!(value(&alliance("alliance.K.area.y={oneoff=9}").areas[1].oneoff), 9.0);
    assert_eq!(alliance("alliance.K.area.y={remove=true}").areas.len(), 1);
    assert_eq!(alliance("alliance.K.area.y.remove=true").areas.len(), 1);
    for (change, said) in [
        ("force.A=1", "force.A: this names a thing with keys of its own"),
        ("alliance.K='x'", "alliance.K: this names a thing with keys of its own"),
        ("alliance.K.area.y=[1]", "this names a thing with keys of its own"),
        ("alliance.K.area.y={remove=true, oneoff=3}", "what is removed has no other keys"),
        ("alliance.K.area.y={remove=false}", "there is no key `remove` here"),
        ("alliance.K.area.z={oneoff=3}", "there is no area called \"z\""),
        ("alliance.K.exit={remove=true}", "there is nothing of this name to remove"),
        ("extends='other.toml'", "read before anything is set"),
        ("force={remove=1}", "force: a list of tables is wanted here"),
    ] {
        let why = set(change).expect_err(change);
        assert!(why.contains(said), "{change}: {why}");
    }
}

#[test]
fn a_change_that_leaves_all_as_it_was_is_told() {
    for change in
        ["years=8", "alliance.K={}", "alliance.K.area.y={oneoff=5}", "economy={}", "target=[]", "title='Bare'"]
    {
        let loaded = set(change).unwrap_or_else(|why| panic!("{why}"));
        let told: Vec<String> = loaded.worth_a_look.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|told| told.contains("this changes nothing: it is so already")), "{change}: {told:?}");
    }
    for change in ["years=9", "alliance.K={slip=2}", "economy={pay_share=0.5}"] {
        assert_eq!(set(change).unwrap_or_else(|why| panic!("{why}")).worth_a_look, Vec::new(), "{change}");
    }
}

#[test]
fn business_areas_from_a_file_that_is_set_are_laid_over_those_that_are_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bare.toml");
    std::fs::write(&path, include_str!("bare.toml")).expect("written");
    let lines = "name,cost,saving,submit,implement\ny,3,0.1,0.5,0.5\nz,4,0.1,0.5,0.5\n";
    std::fs::write(folder.path().join("areas.csv"), lines).expect("written");
    let change = Override::parse("alliance.K.areas='areas.csv'").expect("a key");
    let loaded = load(&path, &[change]).unwrap_or_else(|problems| panic!("{problems}"));
    let costs = loaded.scenario.alliances[0].areas.iter().map(|area| match &area.cost {
        AreaCost::Total(cost) => (area.name.as_str(), value(cost)),
        AreaCost::ByMember(_) => panic!("a total"),
    });
    assert_eq!(costs.collect::<Vec<_>>(), [("Road traffic", 10.0), ("y", 3.0), ("z", 4.0)]);
}
