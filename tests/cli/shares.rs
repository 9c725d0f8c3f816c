//! `shares`: its folder, its replay, its tables, and what it refuses.

use super::{alliance, json, listing, place, scenario, text};

#[test]
fn coalitions_and_ways_to_share_are_told_and_replayed() {
    let place = place();
    let file = scenario("five-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["shares", file, "--trials", "2000", "--threads", "1", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("s"));
    let charts = ["charts", "charts/sharing.png", "charts/sharing.svg"];
    let tables = ["coalitions.csv", "manifest.json", "sharing.csv", "summary.json"];
    assert_eq!(left, charts.into_iter().chain(tables).collect::<Vec<_>>());
    let summary = json(place.path().join("s/summary.json"));
    let count = |name: &str| summary[name].as_array().expect("a list").len();
    assert_eq!((count("forces"), count("coalitions")), (5, 30));
    assert_eq!(text(place.path().join("s/coalitions.csv")).lines().count(), 31);
    assert_eq!(text(place.path().join("s/sharing.csv")).lines().count(), 1 + 5 * count("rules"));
    let replayed = alliance(place.path(), ["replay", "s", "--threads", "4"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

#[test]
fn where_nobody_shares_anything_there_is_no_answer() {
    let place = place();
    let file = scenario("standalone");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["shares", file, "--trials", "2000"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("no force is in an alliance"), "{}", ended.err);
    assert!(listing(place.path()).is_empty(), "nothing is left behind");
    let ended = alliance(place.path(), ["shares", file, "--sampler", "sobol"]);
    assert!(ended.code == 2 && ended.err.contains("samples plainly"), "{}", ended.err);
}
