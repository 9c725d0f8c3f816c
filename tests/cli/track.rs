//! `track`: what reported figures say of a plan, its folder and replay, which figures count, and what it refuses.

use std::fs;

use super::{Ended, alliance, json, listing, place, scenario, text};

/// Tracks the two-force alliance by a file of figures, with further arguments.
fn tracked(folder: &std::path::Path, csv: &str, more: &[&str]) -> Ended {
    fs::write(folder.join("told.csv"), csv).expect("it can be written");
    let file = scenario("two-force");
    let mut words = vec!["track", file.to_str().expect("UTF-8"), "--actuals", "told.csv", "--replace", "--out", "t"];
    words.extend(more);
    alliance(folder, words)
}

const HEAD: &str = "measure,date,year,value,high,series,error,discrepancy,known,source\n";

#[test]
fn a_saving_below_the_plan_lowers_the_promise_and_the_answer_is_made_again() {
    let place = place();
    let csv = format!("{HEAD}saving_cashable,,2017/18,1,3,,,,,s\nareas_live,2016-07,,7,,,,,,s\n");
    let ended = tracked(place.path(), &csv, &["--trials", "20000", "--threads", "1"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("t"));
    let files =
        ["assumptions.csv", "charts", "charts/tracked-savings.png", "charts/tracked-savings.svg", "figures.csv"];
    assert_eq!(left, [&files[..], &["manifest.json", "outcomes.csv", "summary.json"]].concat());
    let summary = json(place.path().join("t/summary.json"));
    assert!(summary["weights"]["good"].as_bool().expect("told") && summary["foreseen"].as_bool().expect("told"));
    let outcomes = summary["outcomes"].as_array().expect("a list");
    let of = |name: &str| outcomes.iter().find(|own| own["outcome"] == name).expect("it is told");
    let value = |own: &serde_json::Value| own["value"].as_f64().expect("a number");
    let npv = of("npv");
    assert!(value(&npv["now"]["p50"]) < value(&npv["then"]["p50"]), "{npv}");
    // What saves so little delivers less than was thought, and it is known better how much.
    let moved = summary["assumptions"].as_array().expect("a list");
    let realisation = moved.iter().find(|own| own["key"].as_str().is_some_and(|key| key.ends_with(".realisation")));
    let realisation = realisation.expect("it is told");
    assert!(value(&realisation["shift"]) < -0.05, "{realisation}");
    assert!(realisation["now_sd"].as_f64() < realisation["then_sd"].as_f64(), "{realisation}");
    assert_eq!(summary["swept"].as_array().map(Vec::len), Some(3));
    let rows = text(place.path().join("t/figures.csv"));
    assert_eq!(rows.lines().count(), 3, "{rows}");
    let replayed = alliance(place.path(), ["replay", "t", "--threads", "4"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

#[test]
fn only_what_was_known_counts() {
    let place = place();
    let csv = format!(
        "{HEAD}areas_live,2016-07,,7,,,,,,s\nsaving_cashable,,2017/18,2,,,,,,s\nforce.Dorset.band_d,,2018/19,206.58,,,,,2018-02,s\n\
         saving_cashable,,2040/41,2,,,,,,s\n"
    );
    // A year is known from the April after it, a tax when it is set; the last is beyond the horizon.
    for (month, counted, later) in
        [("2016-07", 1, 3), ("2018-02", 2, 2), ("2018-03", 2, 2), ("2018-04", 3, 1), ("2041-04", 3, 0)]
    {
        let ended =
            tracked(place.path(), &csv, &["--trials", "1000", "--most", "1000", "--no-charts", "--as-of", month]);
        assert_eq!(ended.code, 0, "{month}: {}", ended.err);
        let summary = json(place.path().join("t/summary.json"));
        let figures = summary["figures"].as_array().expect("a list").len();
        assert_eq!((figures, summary["later"].as_u64()), (counted, Some(later)), "{month}");
        assert_eq!(summary["outside"].as_u64(), Some(1 - later.min(1)), "{month}");
    }
    let early = tracked(place.path(), &csv, &["--as-of", "2015-01"]);
    assert_eq!(early.code, 2);
    assert!(
        early.err.contains("--as-of: no figure was known by then: the first is known from 2016-07"),
        "{}",
        early.err
    );
}

#[test]
fn what_the_futures_do_not_reach_is_said_and_nothing_is_learnt_from_it() {
    let place = place();
    let csv = format!("{HEAD}saving_cashable,,2016/17,300,,,0.1,0.1,,s\nareas_live,2016-07,,7,,,,,,s\n");
    let ended = tracked(place.path(), &csv, &["--trials", "4000", "--most", "8000", "--no-charts"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("t/summary.json"));
    assert_eq!(summary["foreseen"].as_bool(), Some(false));
    let first = summary["findings"][0].as_str().expect("a sentence");
    assert!(first.starts_with("The model did not foresee this: cashable saving (£300m in 2016/17)"), "{first}");
    if !summary["weights"]["good"].as_bool().expect("told") {
        assert!(ended.out.contains("What they reach least is cashable saving (£300m"), "{}", ended.out);
        assert!(
            summary["outcomes"][0]["now"].is_null() && summary["assumptions"].as_array().is_some_and(Vec::is_empty)
        );
    }
}

#[test]
fn every_wrong_cell_is_told_with_its_line_and_column() {
    let place = place();
    let csv = "measure,date,year,value,hihg,source\nsavings_cashable,,2017/18,2,,s\nareas_live,2016-07,2016/17,7,,s\nareas_live,2016-13,,many,,s\n";
    let ended = tracked(place.path(), csv, &[]);
    assert_eq!(ended.code, 2);
    for said in [
        "told.csv:1:25: actual: \"hihg\" is no key. Did you mean \"high\"?",
        "told.csv:3:20: actual[1].year: an actual has either a date or a year, this has both",
        "told.csv:4:12: actual[2].date",
        "told.csv:4:21: actual[2].value",
    ] {
        assert!(ended.err.contains(said), "{said}\n{}", ended.err);
    }
    let unknown = tracked(place.path(), &format!("{HEAD}savings_cashable,,2017/18,2,,,,,,s\n"), &[]);
    assert!(
        unknown.err.contains("told.csv:2:") && unknown.err.contains("Did you mean \"saving_cashable\"?"),
        "{}",
        unknown.err
    );
    let event = format!("{HEAD}\"alliance.\"\"Strategic alliance\"\".ended\",2018-10,,2,,,,,,s\n");
    assert!(tracked(place.path(), &event, &[]).err.contains("Write 1 where it had happened by then"));
    let dated = format!("{HEAD}saving_cashable,2018-10,,2,,,,,,s\n");
    let ended = tracked(place.path(), &dated, &[]);
    assert!(ended.err.contains("saving_cashable is not told of a date: write year"), "{}", ended.err);
}

#[test]
fn what_cannot_be_asked_is_refused_in_words() {
    let place = place();
    let csv = format!("{HEAD}areas_live,2016-07,,7,,,,,,s\n");
    for (more, said) in [
        (&["--sampler", "sobol"][..], "track samples plainly"),
        (&["--trials", "10"], "track takes from 1,000 to 4,000,000 trials"),
        (&["--as-of", "July 2016"], "--as-of: 'July 2016' is not a month"),
        (&["--discrepancy", "2"], "--discrepancy: a part of the plan's figure from 0 to 1 is wanted"),
        (&["--most", "0"], "--most: a whole number from 1 to 20,000,000 is wanted"),
    ] {
        let ended = tracked(place.path(), &csv, more);
        assert_eq!(ended.code, 2, "{more:?}");
        assert!(ended.err.contains(said), "{said}\n{}", ended.err);
    }
    let alone = scenario("standalone");
    let ended = alliance(
        place.path(),
        ["track", alone.to_str().expect("UTF-8"), "--trials", "1000", "--as-of", "2000-01", "--out", "x"],
    );
    assert_eq!(ended.code, 2, "{}", ended.err);
}
