//! `replay`: the same bytes again, or a plain word that they are not.

use std::fs;
use std::path::{Path, PathBuf};

use super::sealed::{resealed, sha256, with_manifest};
use super::{alliance, json, listing, place, run_well, text};

#[test]
fn every_byte_agrees_for_every_sampler_with_trials_and_precision() {
    let place = place();
    let runs: [&[&str]; 4] = [
        &["--out", "r", "--threads", "1"],
        &["--out", "s", "--sampler", "sobol", "--keep-trials"],
        &["--out", "t", "--sampler", "latin", "--set", "alliance.\"Strategic alliance\".slip=1.2"],
        &["--out", "u", "--until", "5%", "--trials", "20000"],
    ];
    for more in runs {
        run_well(place.path(), "two-force", more);
        let again = alliance(place.path(), ["replay", more[1]]);
        assert_eq!(again.code, 0, "{more:?}: {}", again.err);
        assert!(again.out.ends_with("every byte agrees.\n"), "{}", again.out);
    }
    // What was taken away is no difference, and is said.
    fs::remove_file(place.path().join("r/areas.csv")).expect("it is there");
    let again = alliance(place.path(), ["replay", "r"]);
    assert!(again.code == 0 && again.out.contains("One of them is no longer in the folder."), "{}", again.out);
    assert!(!listing(place.path()).iter().any(|name| name.starts_with('.')));
}

#[test]
fn charts_are_made_again_to_the_byte_and_a_manifest_alone_suffices() {
    let place = place();
    let file = super::scenario("standalone");
    let run = ["run", file.to_str().expect("the path is UTF-8"), "--trials", "500", "--out", "r"];
    assert_eq!(alliance(place.path(), run).code, 0);
    fs::rename(place.path().join("r/manifest.json"), place.path().join("alone.json")).expect("it can be moved");
    fs::remove_dir_all(place.path().join("r")).expect("it can be removed");
    let again = alliance(place.path(), ["replay", "alone.json"]);
    assert_eq!(again.code, 0, "{}", again.err);
}

#[test]
fn one_byte_of_a_hash_changed_is_a_difference() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let path = place.path().join("r/manifest.json");
    let hash = json(&path)["files"]["summary.json"].as_str().expect("it has a hash").to_owned();
    let other = if hash.starts_with('0') { "1" } else { "0" };
    let changed = format!("{other}{}", &hash[1..]);
    fs::write(&path, text(&path).replace(&hash, &changed)).expect("it can be written");
    let again = alliance(place.path(), ["replay", "r"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("changed or damaged after it was written"), "{}", again.err);
    // The hash of the manifest made anew too: the file is what differs.
    fs::write(&path, resealed(&text(&path))).expect("it can be written");
    let again = alliance(place.path(), ["replay", "r"]);
    assert_eq!(again.code, 3, "{}", again.out);
    assert!(again.err.contains("summary.json differs"), "{}", again.err);
    assert!(!again.err.contains("annual.csv"), "only that file differs: {}", again.err);
}

#[test]
fn a_result_that_was_edited_afterwards_is_a_difference() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let path = place.path().join("r/annual.csv");
    fs::write(&path, text(&path).replacen('1', "2", 1)).expect("it can be written");
    let again = alliance(place.path(), ["replay", "r"]);
    assert_eq!(again.code, 3, "{}", again.out);
    assert!(again.err.contains("annual.csv was changed after the run"), "{}", again.err);
    fs::remove_file(&path).and_then(|()| fs::create_dir(&path)).expect("it can be replaced");
    let again = alliance(place.path(), ["replay", "r"]);
    assert!(again.code == 3 && again.err.contains("annual.csv is no file any more"), "{}", again.err);
}

#[test]
fn a_scenario_that_was_edited_in_the_manifest_is_refused() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let path = place.path().join("r/manifest.json");
    with_manifest(&path, |manifest| manifest["request"]["scenarios"][0]["resolved"]["years"] = 11.into());
    let again = alliance(place.path(), ["replay", "r/manifest.json"]);
    assert_eq!(again.code, 2, "{}", again.out);
    assert!(again.err.contains("what was asked is not what its hash names"), "{}", again.err);
}

#[test]
fn another_commit_of_the_engine_is_told_and_is_no_difference_while_the_figures_agree() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    // As if another commit had made the results: its name is in the summary, and so in the summary's hash.
    let (manifest, summary) = (place.path().join("r/manifest.json"), place.path().join("r/summary.json"));
    let commit = json(&manifest)["engine"]["commit"].clone();
    assert_eq!(json(&summary)["run"]["commit"], commit);
    let Some(commit) = commit.as_str() else { return };
    let before = json(&manifest)["files"]["summary.json"].as_str().expect("it has a hash").to_owned();
    fs::write(&summary, text(&summary).replace(commit, "0123456789ab")).expect("it can be written");
    let after = sha256(&fs::read(&summary).expect("it is there"));
    let renamed = text(&manifest).replace(commit, "0123456789ab").replace(&before, &after);
    fs::write(&manifest, resealed(&renamed)).expect("it can be written");
    let again = alliance(place.path(), ["replay", "r"]);
    assert_eq!(again.code, 0, "{}", again.err);
    assert!(again.out.contains("(0123456789ab), replayed by"), "{}", again.out);
}

/// Manifests as version 0.1.0 wrote them: of a run, a comparison and a commission.
const OF_0_1_0: [&str; 3] = ["run", "compare", "what-if"];

fn manifest_of_0_1_0(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/cli/of-0.1.0/{name}.json"))
}

#[test]
fn what_earlier_figures_made_is_run_again_and_its_differences_are_expected() {
    let place = place();
    for name in OF_0_1_0 {
        let manifest = manifest_of_0_1_0(name);
        let again = alliance(place.path(), ["replay", manifest.to_str().expect("plain")]);
        assert_eq!(again.code, 5, "{name}: {}{}", again.out, again.err);
        let said = "the run was made by figures 1; this program makes figures 4. Differences are expected";
        assert!(again.err.contains(said), "{name}: {}", again.err);
        assert!(again.err.contains("summary.json differs"), "{name}: {}", again.err);
        assert!(!again.err.contains("every byte agrees") && !again.out.contains("every byte agrees"), "{name}");
    }
}

#[test]
fn what_was_changed_after_a_run_by_earlier_figures_is_no_expected_difference() {
    let place = place();
    let folder = place.path().join("r");
    fs::create_dir(&folder).expect("it is not there");
    fs::copy(manifest_of_0_1_0("run"), folder.join("manifest.json")).expect("it is there");
    fs::write(folder.join("summary.json"), "{}").expect("it can be written");
    let again = alliance(place.path(), ["replay", "r"]);
    assert_eq!(again.code, 3, "{}", again.err);
    assert!(again.err.contains("summary.json was changed after the run"), "{}", again.err);
}

#[test]
fn what_later_figures_made_is_not_replayed() {
    let place = place();
    run_well(place.path(), "standalone", &["--out", "r"]);
    let path = place.path().join("r/manifest.json");
    with_manifest(&path, |manifest| {
        manifest["engine"]["figures"] = 99.into();
        manifest["engine"]["version"] = "9.9.0".into();
    });
    let ended = alliance(place.path(), ["replay", "r"]);
    assert_eq!(ended.code, 2, "{}", ended.out);
    assert!(ended.err.contains("made by figures 99; this program makes figures "), "{}", ended.err);
    assert!(ended.err.contains("Replay it with version 9.9.0."), "{}", ended.err);
}

#[test]
fn what_is_no_manifest_is_bad_input() {
    let place = place();
    fs::write(place.path().join("garbage"), "{\"format\": 1, \"files\": 7").expect("it can be written");
    fs::write(place.path().join("later"), "{}").expect("it can be written");
    fs::create_dir(place.path().join("empty")).expect("it can be made");
    for path in ["garbage", "later", "empty", "nowhere"] {
        let ended = alliance(place.path(), ["replay", path]);
        assert_eq!(ended.code, 2, "{path}: {}", ended.err);
        assert!(ended.err.contains(path), "{}", ended.err);
    }
}

#[test]
fn a_manifest_of_a_later_format_is_refused() {
    let place = place();
    run_well(place.path(), "standalone", &["--out", "r"]);
    let path = place.path().join("r/manifest.json");
    let mut manifest = json(&path);
    manifest["format"] = 99.into();
    fs::write(&path, manifest.to_string()).expect("it can be written");
    let ended = alliance(place.path(), ["replay", "r"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("99"), "{}", ended.err);
}
