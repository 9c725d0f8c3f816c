//! Folders of results: idempotent, never overwritten unasked, never half there.

use std::fs;
use std::path::Path;

use super::{json, listing, place, run, run_well, scenario, text};

/// Every file of a folder with its bytes, but for the manifest's wall time, and the hash over it.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = listing(folder).into_iter().filter(|name| folder.join(name).is_file());
    files
        .map(|name| {
            let mut bytes = fs::read(folder.join(&name)).expect("it can be read");
            if name.ends_with("manifest.json") {
                let mut manifest: serde_json::Value = serde_json::from_slice(&bytes).expect("it is JSON");
                manifest["wall_seconds"] = 0.into();
                manifest["sha256"] = "of all the rest".into();
                bytes = manifest.to_string().into_bytes();
            }
            (name, bytes)
        })
        .collect()
}

#[test]
fn running_again_leaves_the_same_folder_with_the_same_bytes() {
    let place = place();
    run_well(place.path(), "two-force", &[]);
    let first = contents(place.path());
    run_well(place.path(), "two-force", &[]);
    assert_eq!(first, contents(place.path()));
}

#[test]
fn whatever_changes_the_results_changes_the_folder() {
    let place = place();
    let others: [&[&str]; 6] = [
        &[],
        &["--seed", "7"],
        &["--trials", "999"],
        &["--sampler", "sobol"],
        &["--set", "alliance.\"Strategic alliance\".slip=3"],
        // Kept trials are not lost to a run that keeps none.
        &["--keep-trials"],
    ];
    for (count, more) in (1..).zip(others) {
        run_well(place.path(), "two-force", more);
        let folders = fs::read_dir(place.path().join("output")).expect("it is there").count();
        assert_eq!(folders, count, "{more:?}");
    }
    run_well(place.path(), "two-force", &["--threads", "1", "--format", "json"]);
    assert_eq!(fs::read_dir(place.path().join("output")).expect("it is there").count(), others.len());
}

#[test]
fn a_folder_that_is_empty_or_holds_the_same_run_is_accepted() {
    let place = place();
    fs::create_dir(place.path().join("r")).expect("it can be made");
    run_well(place.path(), "two-force", &["--out", "r"]);
    run_well(place.path(), "two-force", &["--out", "r"]);
}

#[test]
fn another_run_is_overwritten_only_when_asked() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let before = contents(place.path());
    let refused = run(place.path(), "two-force", &["--out", "r", "--seed", "7"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("r holds another run") && refused.err.contains("--replace"), "{}", refused.err);
    assert_eq!(before, contents(place.path()));
    run_well(place.path(), "two-force", &["--out", "r", "--seed", "7", "--replace"]);
    assert_eq!(json(place.path().join("r/summary.json"))["run"]["seed"], 7);
    assert_eq!(listing(place.path()).iter().filter(|name| !name.contains('/')).count(), 1, "nothing is left aside");
}

#[test]
fn a_file_that_somebody_put_among_the_results_is_not_lost() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    fs::write(place.path().join("r/notes.txt"), "ours").expect("it can be written");
    let refused = run(place.path(), "two-force", &["--out", "r"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("notes.txt"), "{}", refused.err);
    assert_eq!(text(place.path().join("r/notes.txt")), "ours");
}

#[test]
fn what_is_no_result_is_never_replaced() {
    let place = place();
    fs::create_dir(place.path().join("home")).expect("it can be made");
    fs::write(place.path().join("home/letter"), "dear").expect("it can be written");
    fs::write(place.path().join("file"), "text").expect("it can be written");
    let before = contents(place.path());
    for out in ["home", "file"] {
        for more in [&["--out", out] as &[&str], &["--out", out, "--replace"]] {
            let refused = run(place.path(), "two-force", more);
            assert_eq!(refused.code, 2, "{more:?}: {}", refused.err);
            assert!(refused.err.starts_with(out), "{}", refused.err);
        }
    }
    assert_eq!(before, contents(place.path()));
}

#[test]
fn a_place_below_a_file_is_refused_and_nothing_is_left() {
    let place = place();
    fs::write(place.path().join("file"), "text").expect("it can be written");
    let ended = run(place.path(), "two-force", &["--out", "file/below/r"]);
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(ended.err.contains("file/below/r cannot be made"), "{}", ended.err);
    assert_eq!(listing(place.path()), ["file"]);
}

#[test]
fn a_scenario_that_is_unsound_or_does_not_compile_leaves_nothing() {
    let place = place();
    let unsound = run(place.path(), "two-force", &["--set", "years=-3"]);
    assert_eq!(unsound.code, 2, "{}", unsound.err);
    // Each pair may be correlated so; the three together may not: 1 + 2·(−0.9)³ − 3·0.81 < 0.
    let file = place.path().join("impossible.toml");
    let correlation = "[[correlation]]\nquantities = ['force.\"Dorset\".uptake', 'economy.pay_share', \
                       'force.\"Devon & Cornwall\".uptake']\nrho = -0.9\n";
    let base = scenario("two-force");
    fs::write(&file, format!("format = 1\nextends = '{}'\ntitle = \"Impossible\"\n\n{correlation}", base.display()))
        .expect("it can be written");
    let file_name = file.to_str().expect("the path is UTF-8");
    let ended = super::alliance(place.path(), ["run", file_name, "--out", "a/b/c"]);
    assert_eq!(ended.code, 2, "{}{}", ended.out, ended.err);
    assert!(ended.err.contains("impossible.toml"), "{}", ended.err);
    assert_eq!(listing(place.path()), ["impossible.toml"]);
}
