//! `discover`: the conditions of a failure, its folder and replay, and what it refuses.

use super::{alliance, json, listing, place, scenario, text};

#[test]
fn the_conditions_of_a_loss_are_found_judged_and_replayed() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["discover", file, "--trials", "4000", "--threads", "1", "--out", "d"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("d"));
    assert_eq!(
        left,
        ["charts", "charts/peeling.png", "charts/peeling.svg", "conditions.csv", "manifest.json", "summary.json"]
    );
    let summary = json(place.path().join("d/summary.json"));
    let conditions = summary["conditions"].as_array().expect("a list");
    // Whatever else: too little of what was promised turns up.
    let realisation =
        conditions.iter().find(|found| found["key"].as_str().is_some_and(|key| key.ends_with(".realisation")));
    assert!(realisation.is_some_and(|found| found["high"].as_f64().is_some_and(|high| high < 0.7)), "{conditions:?}");
    let share = |name: &str| summary[name]["value"].as_f64().expect("a share");
    assert!(share("density") > 1.5 * share("fails") && share("coverage") > share("support"));
    assert_eq!(text(place.path().join("d/conditions.csv")).lines().count(), 1 + conditions.len());
    let replayed = alliance(place.path(), ["replay", "d", "--threads", "4"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

#[test]
fn a_promise_with_any_name_is_asked_for_and_nonsense_is_refused() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let discover = |fail: &str| {
        alliance(
            place.path(),
            ["discover", file, "--trials", "1000", "--no-charts", "--replace", "--out", "d", "--fail", fail],
        )
    };
    for fail in ["target.\"£12m a year by 2022/23\".met < 1", "target_met<1", "payback >= 8", "lowest"] {
        let ended = discover(fail);
        if fail == "lowest" {
            assert_eq!(ended.code, 2);
            assert!(ended.err.contains("such as 'npv < 0'"), "{}", ended.err);
        } else {
            assert_eq!(ended.code, 0, "{fail}: {}", ended.err);
        }
    }
    assert!(discover("nvp < 0").err.contains("Did you mean \"npv\"?"));
    assert!(discover("npv < much").err.contains("and a number"));
}
