//! `bench`: the suite is measured, kept as a line, and compared with an earlier one.

use super::sealed::resealed;
use super::{alliance, place, scenario, text};

#[test]
fn a_measurement_adds_a_line_and_says_what_got_slower() {
    let place = place();
    let folder = scenario("two-force").parent().expect("a folder").to_string_lossy().into_owned();
    // Once, a trial of two-force took a nanosecond, on a machine as slow as this one is fast.
    let task = |name: &str, ns: f64| {
        format!(
            r#"{{"name":"{name}","trials":100000,"ns_a_trial":{ns},"best_ns_a_trial":{ns},"trials_a_second":1e9,"noise":0.0}}"#
        )
    };
    let before = format!(
        r#"{{"format":2,"time":0,"version":"0","commit":null,"machine":{{"cpu":"an abacus","threads":1,"instruction_set":"beads"}},"calibration_ns":1.0,"peak_memory_mb":null,"tasks":[{},{}],"sha256":""}}"#,
        task("two-force", 1.0),
        task("benchmark", 1e9)
    );
    std::fs::write(place.path().join("old.jsonl"), resealed(&before) + "\n").expect("it can be written");
    let measure = |threads: &'static str| {
        let asked = ["bench", "--scenarios", &folder, "--history", "new.jsonl", "--rounds", "3", "--threads", threads];
        alliance(place.path(), asked.into_iter().chain(["--against", "old.jsonl"]))
    };
    // With other threads nothing is measured: no loop tells how times scale with them.
    let refused = measure("2");
    assert!(refused.code == 2 && refused.err.contains("Give --threads 1"), "{}", refused.err);
    let ended = measure("1");
    assert_eq!(ended.code, 0, "{}", ended.err);
    for said in ["Slower beyond noise: two-force.", "Faster beyond noise: benchmark.", "Another machine"] {
        assert!(ended.out.contains(said), "no '{said}' in\n{}", ended.out);
    }
    let history = text(place.path().join("new.jsonl"));
    assert_eq!(history.lines().count(), 1);
    let line: serde_json::Value = serde_json::from_str(&history).expect("JSON");
    let tasks = line["tasks"].as_array().expect("a list");
    assert!(tasks.len() >= 10 && tasks.iter().all(|task| task["ns_a_trial"].as_f64().is_some_and(|ns| ns > 0.0)));
    assert!(line["calibration_ns"].as_f64().is_some_and(|ns| ns > 0.0));
    // Said where the system tells, and only where it is worth a word.
    let stolen = line["stolen"].as_f64();
    assert_eq!(stolen.is_some(), std::path::Path::new("/proc/stat").exists());
    assert!(stolen.is_none_or(|share| (0.0..=1.0).contains(&share)), "{stolen:?}");
    assert_eq!(ended.out.contains("Other machines"), stolen.is_some_and(|share| share >= 0.02), "{}", ended.out);
    let others = line["others"].as_f64();
    assert!(others.is_none_or(|share| (0.0..=1.0).contains(&share)), "{others:?}");
    assert_eq!(ended.out.contains("Other programs"), others.is_some_and(|share| share >= 0.02), "{}", ended.out);
}

#[test]
fn samplers_are_held_against_the_truth() {
    let benchmark = scenario("benchmarks/benchmark").to_string_lossy().into_owned();
    let asked = ["bench", "accuracy", &benchmark, "--replications", "20", "--trials", "16384", "--reference", "65536"];
    let ended = alliance(place().path(), asked);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for said in
        ["20 runs of 16,384 trials", "65,536 (sobol)", "error in the same time", "95 % intervals", "P90", "Time, "]
    {
        assert!(ended.out.contains(said), "no '{said}' in\n{}", ended.out);
    }
    // Of every sampler, intervals hold the truth far more often than not. Gains are times, which no test asserts.
    let covered = ended.out.lines().skip_while(|line| !line.contains("95 % intervals")).skip(1);
    let shares: Vec<f64> = covered
        .take_while(|line| line.ends_with('%'))
        .flat_map(|line| line.split_whitespace().rev().take(4))
        .map(|cell| cell.trim_end_matches('%').parse().expect("a share"))
        .collect();
    assert!(shares.len() >= 40 && shares.iter().all(|share| *share >= 60.0), "{shares:?}\n{}", ended.out);
}

#[test]
fn a_history_that_cannot_be_read_is_told_before_anything_is_measured() {
    let place = place();
    std::fs::write(place.path().join("old.jsonl"), "fast\n").expect("it can be written");
    for (old, why) in [("old.jsonl", "is no measurement"), ("none.jsonl", "cannot be read")] {
        let ended = alliance(place.path(), ["bench", "--against", old]);
        assert!(ended.code == 2 && ended.err.contains(why), "{}", ended.err);
        assert!(!place.path().join("bench-history.jsonl").exists());
    }
    let ended = alliance(place.path(), ["bench", "--history", "nowhere/new.jsonl"]);
    assert!(ended.code == 2 && ended.err.contains("a folder that is there"), "{}", ended.err);
}

#[cfg(unix)]
#[test]
fn another_build_is_measured_in_turn_and_what_is_none_is_told_at_once() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let program = |name: &str, does: &str| {
        let path = place.path().join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{does}\n")).expect("it can be written");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it can be allowed");
        path.to_string_lossy().into_owned()
    };
    let folder = scenario("two-force").parent().expect("a folder").to_string_lossy().into_owned();
    let measure = |other: &str| {
        let asked = ["bench", "--scenarios", &folder, "--rounds", "3", "--beside", other];
        alliance(place.path(), asked)
    };
    for (does, why) in [("true", "no program of this kind"), ("echo 'too old' >&2; exit 2", "too old")] {
        let ended = measure(&program("other", does));
        assert!(ended.code == 2 && ended.err.contains(why), "{}", ended.err);
        assert!(!place.path().join("bench-history.jsonl").exists());
    }
    let ended = alliance(place.path(), ["bench", "--history", "nowhere/new.jsonl"]);
    assert!(ended.code == 2 && ended.err.contains("a folder that is there"), "{}", ended.err);
    // One of whose tasks is measured here too; it takes a nanosecond a trial.
    let line = r#"{"format":1,"time":0,"version":"0.0.9","commit":null,"machine":{"cpu":"x","threads":1,"instruction_set":"y"},"calibration_ns":1.0,"peak_memory_mb":null,"tasks":[{"name":"benchmark","trials":100000,"ns_a_trial":1.0,"best_ns_a_trial":1.0,"trials_a_second":1e9,"noise":0.0}]}"#;
    let ended = measure(&program("other", &format!("echo '{line}' > \"$5\"")));
    assert_eq!(ended.code, 0, "{}", ended.err);
    for said in ["other (0.0.9).", "Slower beyond noise: benchmark.", "median of 3 rounds"] {
        assert!(ended.out.contains(said), "no '{said}' in\n{}", ended.out);
    }
    assert_eq!(text(place.path().join("bench-history.jsonl")).lines().count(), 1);
}
