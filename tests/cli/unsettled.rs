//! Where a mean has not settled no verdict rests on it: comparisons, questions and explanations say so and go by what has.

use std::fs;

use super::{alliance, json, place};

const BARE: &str = include_str!("../bare.toml");

/// A bare scenario whose cost of change has a tail without a mean, from a least factor on.
fn heavy(title: &str, low: f64) -> String {
    let overrun = format!("start = \"2026-04\"\noverrun = {{ pareto = {{ low = {low}, alpha = 0.9 }} }}");
    BARE.replace("start = \"2026-04\"", &overrun).replace("title = \"Bare\"", &format!("title = \"{title}\""))
}

fn sentences(summary: &serde_json::Value, key: &str) -> Vec<String> {
    summary[key].as_array().expect("sentences").iter().map(|one| one.as_str().expect("text").to_owned()).collect()
}

#[test]
fn options_are_not_ranked_by_means_that_have_not_settled() {
    let place = place();
    fs::write(place.path().join("a.toml"), heavy("first", 1.0)).expect("written");
    fs::write(place.path().join("b.toml"), heavy("second", 1.1)).expect("written");
    let arguments = ["compare", "a.toml", "b.toml", "--trials", "20000", "--no-charts", "--out", "c"];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = sentences(&json(place.path().join("c/summary.json")), "findings");
    assert!(said[0].starts_with("It is not clear which option is better on average"), "{said:?}");
    assert!(said[0].contains("At the median over") && said[0].contains("comes first most often, in"), "{said:?}");
    // Neither what is worth knowing by the means nor, where it has not settled either, the difference of the two.
    let told = said.join(" ");
    assert!(!told.contains("Knowing beforehand") && !told.contains(" on average, by"), "{told}");
}

#[test]
fn what_variants_come_to_is_told_at_the_median_where_means_have_not_settled() {
    let place = place();
    fs::write(place.path().join("a.toml"), heavy("first", 1.0)).expect("written");
    let key = "alliance.K.overrun = { pareto = { low = 1.2, alpha = 0.9 } }";
    let ended =
        alliance(place.path(), ["what-if", "a.toml", "--set", key, "--trials", "20000", "--no-charts", "--out", "w"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = sentences(&json(place.path().join("w/summary.json")), "answer");
    assert!(said[0].contains(" at the median in the base") && !said[0].contains("on average"), "{said:?}");
}

#[test]
fn shares_of_a_variance_that_has_not_settled_are_said_not_to_have() {
    let place = place();
    fs::write(place.path().join("a.toml"), heavy("first", 1.0)).expect("written");
    let ended = alliance(place.path(), ["explain", "a.toml", "--trials", "20000", "--no-charts", "--out", "e"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("e/summary.json"));
    assert_eq!(summary["rests_on"], 1);
    let said = sentences(&summary, "findings");
    assert!(
        said[0].contains("has not settled, nor has its mean: a single future makes up more than a quarter"),
        "{said:?}"
    );
    assert!(said[0].contains("Go by the ranks: "), "{said:?}");
}

#[test]
fn a_difference_that_is_the_same_in_every_future_has_settled() {
    let place = place();
    fs::write(place.path().join("a.toml"), BARE).expect("written");
    // £1m more, spent half a year in: by rounding alone futures differ in the fifteenth digit.
    let change = "alliance.K.area.y.oneoff=6";
    let ended = alliance(
        place.path(),
        ["what-if", "a.toml", "--set", change, "--trials", "20000", "--no-charts", "--out", "w"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("w/summary.json"));
    let said = sentences(&summary, "answer");
    assert!(said[0].contains("£0.98m lower"), "{said:?}");
    assert!(
        said.iter().any(|one| one.contains("differs by −£0.98m on average, and by −£0.98m in at least")),
        "{said:?}"
    );
}

#[test]
fn a_page_for_a_board_goes_by_no_share_that_has_not_settled() {
    let place = place();
    fs::write(place.path().join("a.toml"), heavy("first", 1.0)).expect("written");
    let ended =
        alliance(place.path(), ["report", "a.toml", "--trials", "20000", "--no-charts", "--quiet", "--out", "r"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let brief = fs::read_to_string(place.path().join("r/brief.html")).expect("there");
    assert!(brief.contains("has not settled, nor has its mean") && brief.contains("at the median"), "{brief}");
    for left_out in ["hangs on", "What would change it", "Worth finding out first"] {
        assert!(!brief.contains(left_out), "{left_out}: {brief}");
    }
}

#[test]
fn an_option_that_is_never_first_does_not_unsettle_the_verdict() {
    let place = place();
    let text = |title: &str, overrun: &str, oneoff: &str| {
        let with = format!("start = \"2026-04\"\n{overrun}");
        let named = BARE.replace("title = \"Bare\"", &format!("title = \"{title}\"")).replace("oneoff = 5", oneoff);
        named.replace("start = \"2026-04\"", &with)
    };
    fs::write(place.path().join("a.toml"), text("sound", "", "oneoff = 1")).expect("written");
    // From ten times the cost on: behind in every future.
    let tail = "overrun = { pareto = { low = 10, alpha = 0.9 } }";
    fs::write(place.path().join("b.toml"), text("heavy", tail, "oneoff = 5")).expect("written");
    let ended =
        alliance(place.path(), ["compare", "a.toml", "b.toml", "--trials", "20000", "--no-charts", "--out", "c"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = sentences(&json(place.path().join("c/summary.json")), "findings");
    assert!(said[0].starts_with("\"sound\" is the better option on average"), "{said:?}");
}
