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

/// What was found of figures that the model did not foresee.
fn unforeseen(folder: &std::path::Path, line: &str, first: &str) -> (Ended, serde_json::Value) {
    let csv = format!("{HEAD}{line}areas_live,2016-07,,7,,,,,,s\n");
    let ended = tracked(folder, &csv, &["--trials", "4000", "--most", "8000", "--no-charts"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(folder.join("t/summary.json"));
    assert_eq!(summary["foreseen"].as_bool(), Some(false));
    let said = summary["findings"][0].as_str().expect("a sentence");
    assert!(said.starts_with(first), "{said}");
    (ended, summary)
}

#[test]
fn what_the_futures_do_not_reach_is_said_and_nothing_is_learnt_from_it() {
    let place = place();
    // To a hundredth of a per cent a figure is near a handful of futures at most.
    let line = "saving_cashable,,2016/17,3,,,0.0001,0.0001,,s\n";
    let first = "The model did not foresee this: cashable saving (£3m in 2016/17), lies above more than 99.9% of what it expected";
    let (ended, summary) = unforeseen(place.path(), line, first);
    assert_eq!(summary["weights"]["good"].as_bool(), Some(false), "{}", summary["weights"]);
    assert_eq!(summary["weights"]["futures"].as_u64(), Some(8_000));
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("What they reach least is cashable saving (£3m in 2016/17)"), "{}", ended.out);
    let outcomes = summary["outcomes"].as_array().expect("a list");
    assert!(!outcomes.is_empty() && outcomes.iter().all(|own| own["now"].is_null() && !own["then"].is_null()));
    assert!(summary["assumptions"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn a_figure_far_from_every_future_is_not_foreseen_and_weighs_them_nearly_alike() {
    let place = place();
    let line = "saving_cashable,,2016/17,300,,,0.1,0.1,,s\n";
    let (_, summary) =
        unforeseen(place.path(), line, "The model did not foresee this: cashable saving (£300m in 2016/17)");
    // Ten per cent of the way, (1 + e²/4)^(−5/2) changes by some per cent: the other figure decides.
    assert_eq!(summary["weights"]["good"].as_bool(), Some(true), "{}", summary["weights"]);
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
    let said = "told.csv:2:1: actual[0]: saving_cashable is not told of a date. Write year = \"2016/17\"";
    assert!(ended.err.contains(said), "{}", ended.err);
}

#[test]
fn figures_of_a_file_stand_in_the_place_of_those_of_the_scenario_whatever_these_are() {
    let place = place();
    let base = scenario("two-force");
    let own = format!(
        "format = 1\nextends = {:?}\n[[actual]]\nmeasure = \"savings_cashable\"\nyear = \"2017/18\"\nvalue = 1\n",
        base.to_str().expect("UTF-8")
    );
    fs::write(place.path().join("own.toml"), own).expect("there is room");
    fs::write(place.path().join("told.csv"), format!("{HEAD}areas_live,2016-07,,7,,,,,,s\n")).expect("there is room");
    let with = |more: &[&str]| {
        let words =
            ["track", "own.toml", "--trials", "1000", "--most", "1000", "--no-charts", "--replace", "--out", "t"];
        alliance(place.path(), [&words[..], more].concat())
    };
    let alone = with(&[]);
    assert!(alone.code == 2 && alone.err.contains("Did you mean \"saving_cashable\"?"), "{}", alone.err);
    let beside = with(&["--actuals", "told.csv"]);
    assert_eq!(beside.code, 0, "{}", beside.err);
    // What is wrong with a change is told as ever.
    let changed = with(&["--actuals", "told.csv", "--set", "yeers=12"]);
    assert!(changed.code == 2 && changed.err.contains("yeers"), "{}", changed.err);
}

/// A line of figures by which the alliance had ended by then, or had not.
fn ended(date: &str, year: &str, said: &str) -> String {
    format!("\"alliance.\"\"Strategic alliance\"\".ended\",{date},{year},{said},,,,,,s\n")
}

#[test]
fn what_cannot_be_together_is_told_of_its_line() {
    let place = place();
    let more = ["--trials", "1000", "--most", "1000", "--no-charts"];
    // By January 2017 it had not, by the end of the year it had: both may be.
    let both = format!("{HEAD}{}{}", ended("", "2016/17", "yes"), ended("2017-01", "", "no"));
    assert_eq!(tracked(place.path(), &both, &more).code, 0);
    for (lines, said) in [
        (
            [ended("", "2016/17", "no"), ended("2017-01", "", "yes")],
            "had happened by 2016/17 or 2017-01, and had not by the later of them: what has happened stays so. Look at both: the other figure \
             stands on line 2",
        ),
        (
            [ended("", "2016/17", "no"), ended("2017-04", "", "yes")],
            "of 2017-04 is told twice (0 and 1), first on line 2. Leave one out",
        ),
        (
            ["areas_live,2016-07,,7,,,,,,s\n", "areas_live,2016-07,,7,,,,,,s\n"].map(str::to_owned),
            "areas_live of 2016-07 is told twice (7), first on line 2. Leave one out",
        ),
    ] {
        let found = tracked(place.path(), &format!("{HEAD}{}", lines.concat()), &more);
        assert!(found.code == 2 && found.err.starts_with("told.csv:3:1: actual[1]: "), "{}", found.err);
        assert!(found.err.contains(said), "{said}\n{}", found.err);
    }
    let outside = tracked(place.path(), &format!("{HEAD}saving_cashable,,2040/41,2,,,,,,s\n"), &more);
    let said = "told.csv:2:1: actual[0]: 2040/41 is outside the horizon, and so is every figure that was known. The horizon reaches from 2014/15 to \
                2025/26";
    assert!(outside.code == 2 && outside.err.contains(said), "{}", outside.err);
}

#[test]
fn each_figure_is_a_look_at_the_model() {
    let place = place();
    let csv = format!(
        "{HEAD}saving_cashable,,2017/18,1,3,savings,,,,s\nsaving_cashable,,2018/19,1,4,savings,,,,s\nsaving_cashable,,2019/20,1,9,savings,,,,s\n"
    );
    let found = tracked(place.path(), &csv, &["--trials", "2000", "--most", "2000", "--no-charts"]);
    assert_eq!(found.code, 0, "{}", found.err);
    let summary = json(place.path().join("t/summary.json"));
    let ranks =
        summary["figures"].as_array().expect("a list").iter().map(|own| own["two_sided"].as_f64().expect("told"));
    let smallest = ranks.fold(1.0, f64::min);
    let surprise = summary["surprise"].as_f64().expect("told");
    assert!((surprise - (3.0 * smallest).min(1.0)).abs() < 1e-12, "three figures of one series: {summary}");
}

#[test]
fn more_futures_are_run_where_fewer_do_not_do_and_answer_as_if_they_had_been_asked_for() {
    let place = place();
    let csv = format!("{HEAD}saving_cashable,,2017/18,2,4,,,,,s\nareas_live,2016-07,,7,,,,,,s\n");
    let answers = [["1000", "16000"], ["4000", "4000"]].map(|[trials, most]| {
        let found = tracked(place.path(), &csv, &["--trials", trials, "--most", most, "--no-charts"]);
        assert_eq!(found.code, 0, "{}", found.err);
        json(place.path().join("t/summary.json"))
    });
    let [widened, direct] = &answers;
    assert_eq!((widened["run"]["trials"].as_u64(), widened["weights"]["futures"].as_u64()), (Some(1_000), Some(4_000)));
    assert_eq!(widened["weights"]["good"].as_bool(), Some(true), "{}", widened["weights"]);
    // The same futures with the same weights: every figure of now is the same, and not only those of outcomes.
    assert_eq!(widened["weights"], direct["weights"]);
    let now = |answer: &serde_json::Value| -> Vec<serde_json::Value> {
        answer["outcomes"].as_array().expect("a list").iter().map(|own| own["now"].clone()).collect()
    };
    assert!(now(widened).iter().all(|own| !own.is_null()) && now(widened) == now(direct));
    let means = |answer: &serde_json::Value| {
        let all = answer["assumptions"].as_array().expect("a list").iter();
        let mut means: Vec<(String, String)> =
            all.map(|own| (own["key"].to_string(), own["now"].to_string())).collect();
        means.sort();
        means
    };
    assert!(!means(widened).is_empty() && means(widened) == means(direct));
    assert_eq!(widened["swept"], direct["swept"]);
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
