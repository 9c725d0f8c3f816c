//! Properties of reading: no input makes it panic, what was resolved reads back, reader and JSON Schema agree on keys.

use std::path::Path;

use language::{Override, from_resolved, load, schema};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

const FULL: &str = include_str!("good/full.toml");

/// Loads a text as a scenario file beside the data of the full one.
fn load_text(bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("x.toml");
    std::fs::write(&path, bytes).expect("written");
    if let Err(problems) = load(&path, &[]) {
        assert!(!problems.to_string().is_empty());
    }
}

/// The full scenario with one edit: a range of lines gone, doubled or moved, or bytes changed.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let lines = FULL.lines().count();
    let edits = prop::collection::vec((0..lines, 0..lines, 0..4_u8, any::<u8>(), any::<prop::sample::Index>()), 1..6);
    edits.prop_map(|edits| {
        let mut text: Vec<Vec<u8>> = FULL.lines().map(|line| line.as_bytes().to_vec()).collect();
        for (from, to, kind, byte, at) in edits {
            let (from, to) = (from % text.len(), to % text.len());
            match kind {
                0 if text.len() > 1 => drop(text.remove(from)),
                1 => text.insert(to, text[from].clone()),
                2 => text.swap(from, to),
                _ if text[from].is_empty() => text[from].push(byte),
                _ => {
                    let position = at.index(text[from].len());
                    text[from][position] = byte;
                }
            }
        }
        text.join(&b'\n')
    })
}

/// Overrides that keep the full scenario sound, with values of many forms.
fn overrides() -> impl Strategy<Value = Vec<String>> {
    let share = prop_oneof![
        (0.0..1.0).prop_map(|x: f64| x.to_string()),
        (0.0..0.3, 0.3..0.6, 0.6..1.0).prop_map(|(low, mode, high): (f64, f64, f64)| format!("{{ pert = {{ low = {low}, mode = {mode}, high = {high} }}, plan = {mode} }}")),
        (0.0..0.5, 0.6..1.0).prop_map(|(min, max): (f64, f64)| format!("{{ normal = {{ mean = 0.5, sd = 0.2 }}, min = {min}, max = {max}, source = \"a \\\"quoted\\\" £ text\" }}")),
        prop::collection::vec(0.0..1.0, 2..5).prop_map(|values: Vec<f64>| format!("{{ empirical = {{ values = {values:?} }}, confidence = \"high\" }}")),
        (0.1..1.0).prop_map(|weight: f64| format!("{{ mixture = {{ weights = [{weight}, 1], parts = [{{ uniform = {{ low = 0, high = 0.2 }} }}, {{ beta = {{ a = 2, b = 3 }}, min = 0.1 }}] }} }}")),
    ];
    let keys = prop::sample::select(vec![
        "force.Dorset.uptake",
        "force.Dorset.appetite",
        "ledger.gap_closure",
        "resilience.chi",
        "economy.pay_share",
        "alliance.\"Strategic alliance\".agree",
        "alliance.\"Strategic alliance\".area.Finance.saving",
        "alliance.\"Strategic alliance\".area.\"Contact management\".approve",
        "alliance.\"Merged force\".merger.ministerial_approval",
        "alliance.\"Strategic alliance\".exit.leaver_share",
    ]);
    prop::collection::vec((keys, share).prop_map(|(key, value)| format!("{key}={value}")), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn arbitrary_bytes_never_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        load_text(&bytes);
    }

    #[test]
    fn a_mutated_scenario_never_makes_it_panic(bytes in mutated()) {
        load_text(&bytes);
    }

    #[test]
    fn an_arbitrary_override_never_makes_it_panic(text in "[a-z\"'.={}\\[\\] ]{0,40}") {
        if let Ok(change) = Override::parse(&text) {
            let _ = load(Path::new("tests/good/full.toml"), &[change]);
        }
    }

    #[test]
    fn a_generated_scenario_reads_back_from_its_resolved_form(texts in overrides()) {
        // One key set twice is refused: the last counts here.
        let key = |text: &String| text.split_once('=').map(|(key, _)| key.to_owned());
        let is_last = |at: usize| texts[at + 1..].iter().all(|later| key(later) != key(&texts[at]));
        let once = texts.iter().enumerate().filter(|(at, _)| is_last(*at));
        let changes: Vec<Override> = once.map(|(_, text)| Override::parse(text).expect("a key")).collect();
        let loaded = load(Path::new("tests/good/full.toml"), &changes).unwrap_or_else(|problems| panic!("{texts:?}\n{problems}"));
        let text = serde_json::to_string(&loaded.resolved).expect("JSON");
        let again = from_resolved(&serde_json::from_str(&text).expect("JSON"), &loaded.scenario.name).unwrap_or_else(|problems| panic!("{problems}"));
        prop_assert_eq!(again.scenario, loaded.scenario);
    }

    #[test]
    fn arbitrary_json_is_no_reason_to_panic(text in "[\\[\\]{}:,\"a-z0-9]{0,60}") {
        if let Ok(json) = serde_json::from_str::<Json>(&text) {
            let _ = from_resolved(&json, "any");
        }
        let _ = from_resolved(&json!({ "format": 1, "force": [{ "name": text }] }), "any");
    }
}

/// The schemas of objects that a schema allows, through `anyOf` and `$ref`.
fn objects<'a>(root: &'a Json, schema: &'a Json, out: &mut Vec<&'a Json>) {
    if let Some(reference) = schema.get("$ref").and_then(Json::as_str) {
        objects(root, &root["$defs"][reference.trim_start_matches("#/$defs/")], out);
    }
    schema.get("anyOf").and_then(Json::as_array).into_iter().flatten().for_each(|one| objects(root, one, out));
    if schema.get("type") == Some(&json!("object")) {
        out.push(schema);
    }
}

/// Where a resolved scenario has a table: its JSON pointer and the keys that the schema allows there (none: any).
fn tables(root: &Json, schema: &Json, value: &Json, pointer: &str, out: &mut Vec<(String, Option<Vec<String>>)>) {
    match value {
        Json::Object(map) => {
            let mut candidates = Vec::new();
            objects(root, schema, &mut candidates);
            let allows = |candidate: &&&Json| {
                map.keys().all(|key| {
                    candidate["properties"].get(key).is_some() || candidate["additionalProperties"].is_object()
                })
            };
            let found = candidates
                .iter()
                .find(allows)
                .unwrap_or_else(|| panic!("the schema does not allow {pointer}: {value}"));
            let keys = found.get("properties").and_then(Json::as_object).map(|keys| keys.keys().cloned().collect());
            out.push((pointer.to_owned(), keys));
            for (key, inner) in map {
                let step = key.replace('~', "~0").replace('/', "~1");
                let schema = found["properties"].get(key).unwrap_or(&found["additionalProperties"]);
                tables(root, schema, inner, &format!("{pointer}/{step}"), out);
            }
        }
        Json::Array(items) => {
            let mut all = vec![schema];
            all.extend(schema.get("anyOf").and_then(Json::as_array).into_iter().flatten());
            let items_schema = all
                .iter()
                .find_map(|one| one.get("items"))
                .unwrap_or_else(|| panic!("the schema allows no list at {pointer}"));
            for (position, inner) in items.iter().enumerate() {
                tables(root, items_schema, inner, &format!("{pointer}/{position}"), out);
            }
        }
        _ => {}
    }
}

fn complains_of_key(resolved: &Json, pointer: &str, key: &str) -> bool {
    let mut changed = resolved.clone();
    let table = changed.pointer_mut(pointer).and_then(Json::as_object_mut).expect("a table");
    table.insert(key.to_owned(), Json::Null);
    let problems = from_resolved(&changed, "changed").map_or_else(|problems| problems.to_string(), |_| String::new());
    problems.contains(&format!("there is no key `{key}`"))
        || problems.contains(&format!("there is no parameter `{key}`"))
}

#[test]
fn reader_and_schema_accept_and_refuse_the_same_keys() {
    let schema = schema();
    let resolved =
        load(Path::new("tests/good/full.toml"), &[]).unwrap_or_else(|problems| panic!("{problems}")).resolved;
    let mut found = Vec::new();
    tables(&schema, &schema, &resolved, "", &mut found);
    // One table of each shape is enough: entries of a list differ only in their position.
    let mut seen = std::collections::HashSet::new();
    found.retain(|(_, keys)| seen.insert(keys.clone()));
    assert!(found.len() > 20, "{}", found.len());
    for (pointer, keys) in found {
        let Some(keys) = keys else { continue };
        assert!(complains_of_key(&resolved, &pointer, "zzz"), "the reader takes zzz at {pointer}");
        for key in keys.iter().filter(|key| *key != "remove") {
            assert!(
                !complains_of_key(&resolved, &pointer, key),
                "the schema allows {key} at {pointer}, the reader does not"
            );
        }
    }
}
