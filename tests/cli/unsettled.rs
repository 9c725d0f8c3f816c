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
