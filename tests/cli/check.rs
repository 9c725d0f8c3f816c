//! `check` and `schema`: soundness without a run.

use std::path::PathBuf;

use language::{from_resolved, load};

use super::{alliance, place, scenario, text};

/// The scenarios of the folder; a test of the shipped scenarios says which they must be.
fn shipped() -> Vec<PathBuf> {
    let folder = scenario("two-force").with_file_name("");
    let entries = std::fs::read_dir(folder).expect("the folder is there").flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "toml")).collect()
}

#[test]
fn every_shipped_scenario_is_sound_and_names_its_sources() {
    let place = place();
    let files: Vec<String> = shipped().iter().map(|path| path.to_string_lossy().into_owned()).collect();
    let ended = alliance(place.path(), std::iter::once("check".to_owned()).chain(files.clone()));
    assert_eq!(ended.code, 0, "{}", ended.err);
    // What is indented below a line is what that scenario does not model.
    let lines: Vec<&str> = ended.out.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines.len(), files.len());
    for line in lines {
        assert!(line.contains(": sound. ") && line.ends_with("Inputs without a source: none."), "{line}");
    }
}

#[test]
fn a_resolved_scenario_reads_back_as_the_same_scenario() {
    let place = place();
    for path in shipped() {
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let ended = alliance(place.path(), ["check", "--resolved", path.to_str().expect("UTF-8")]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let resolved: serde_json::Value = serde_json::from_str(&ended.out).expect("it is JSON");
        let again = from_resolved(&resolved, &name).unwrap_or_else(|problems| panic!("{name}:\n{problems}"));
        assert_eq!(again.scenario, load(&path, &[]).expect("it is sound").scenario, "{name}");
    }
}

#[test]
fn a_change_on_the_command_line_is_checked_and_resolved() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["check", "--resolved", file, "--set", "years=10"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let resolved: serde_json::Value = serde_json::from_str(&ended.out).expect("it is JSON");
    assert_eq!(resolved["years"], 10);
}

#[test]
fn a_misspelt_key_is_refused_with_a_suggestion_by_check_and_run() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    for verb in ["check", "run"] {
        let ended = alliance(place.path(), [verb, file, "--set", "alliance.\"Strategic alliance\".slop=1.2"]);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains("slop") && ended.err.contains("Did you mean \"slip\"?"), "{}", ended.err);
    }
    assert_eq!(super::listing(place.path()), Vec::<String>::new());
}

#[test]
fn one_unsound_file_among_sound_ones_is_told_and_ends_with_2() {
    let place = place();
    std::fs::write(place.path().join("bad.toml"), "format = 1\ntitle = \"x\"\nyears = 0\n").expect("it can be written");
    let sound = scenario("standalone");
    let ended = alliance(place.path(), ["check", "bad.toml", sound.to_str().expect("UTF-8"), "nowhere.toml"]);
    assert_eq!(ended.code, 2);
    assert!(ended.out.contains("standalone.toml: sound."), "{}", ended.out);
    assert!(ended.err.contains("bad.toml:3:9: years") && ended.err.contains("nowhere.toml"), "{}", ended.err);
}

#[test]
fn the_schema_is_a_json_schema_that_knows_every_table_of_a_scenario() {
    let place = place();
    let ended = alliance(place.path(), ["schema"]);
    assert_eq!(ended.code, 0);
    let schema: serde_json::Value = serde_json::from_str(&ended.out).expect("it is JSON");
    let file = text(scenario("two-force"));
    let heads = file.lines().filter(|line| line.starts_with('['));
    let tables: std::collections::BTreeSet<&str> =
        heads.filter_map(|line| line.trim_start_matches('[').split(['.', ']']).next()).collect();
    assert!(tables.len() >= 4, "{tables:?}");
    for table in tables {
        assert!(schema["properties"][table].is_object(), "{table}");
    }
}

#[test]
fn what_can_go_wrong_and_what_would_help_are_listed_apart() {
    let place = place();
    assert_eq!(alliance(place.path(), ["new", "two-force", "--out", "new.toml"]).code, 0);
    let ended = alliance(place.path(), ["check", "new.toml"]);
    let (wrong, help) = ended.out.split_once("Would help and is not modelled").expect("two lists");
    let key = "An exit costing less where less is live";
    assert!(help.contains(key) && !wrong.contains(key), "{}", ended.out);
    let key = "Savings building up gradually";
    assert!(wrong.contains(key) && !help.contains(key), "{}", ended.out);
}
