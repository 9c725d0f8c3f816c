//! `optimise`: its folder, its replay, the scenario that it writes, and what it refuses.

use super::{accessible, alliance, json, listing, place, scenario, text};

#[test]
fn what_was_found_replays_and_is_a_scenario_that_gives_the_same_gain() {
    let place = place();
    // A scenario of its own, so that the file it writes can be put beside it.
    let shipped = scenario("lead-force");
    let base = format!(
        "format = 1\nextends = \"{}\"\n[[alliance]]\nname = \"Lead force\"\nslots = 2\n",
        shipped.to_str().expect("the path is UTF-8")
    );
    std::fs::write(place.path().join("few-slots.toml"), base).expect("it is written");
    let ended = alliance(
        place.path(),
        ["optimise", "few-slots.toml", "--trials", "1000", "--threads", "1", "--report", "--xlsx", "--out", "o"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("o"));
    accessible::check(&text(place.path().join("o/report.html")));
    for file in ["charts/npv-difference.svg", "comparison.csv", "optimised.toml", "report.xlsx", "summary.json"] {
        assert!(left.iter().any(|name| name == file), "{file} in {left:?}");
    }
    let summary = json(place.path().join("o/summary.json"));
    let gain = summary["gain"]["value"].as_f64().expect("a number");
    assert!(summary["gains"] == true && gain > 0.0, "{summary}");
    let replayed = alliance(place.path(), ["replay", "o", "--threads", "4"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
    // The same futures once more, from the file.
    std::fs::copy(place.path().join("o/optimised.toml"), place.path().join("better.toml")).expect("it is copied");
    assert!(text(place.path().join("better.toml")).contains("extends = \"few-slots.toml\""));
    let again = ["compare", "few-slots.toml", "better.toml", "--trials", "1000", "--seed", "2016", "--out", "c"];
    let ended = alliance(place.path(), again);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let compared = json(place.path().join("c/summary.json"));
    let npv = compared["measures"].as_array().expect("a list").iter().find(|m| m["measure"] == "npv").expect("npv");
    let mean = npv["options"][1]["against"]["difference"]["mean"]["value"].as_f64().expect("a number");
    assert!((mean - gain).abs() < 1e-6, "{mean} and {gain}");
}

#[test]
fn what_cannot_be_sought_is_refused() {
    let place = place();
    let (file, alone) = (scenario("two-force"), scenario("standalone"));
    let (file, alone) = (file.to_str().expect("UTF-8"), alone.to_str().expect("UTF-8"));
    for (arguments, wanted) in [
        (vec![file, "--outcome", "payback"], "add a percentile"),
        (vec![file, "--outcome", "npw"], "Did you mean \"npv\"?"),
        (vec![alone], "there is no order to seek"),
        (
            vec![file, "--percentile", "10", "--outcome", "force.Dorset.loses"],
            "leave the percentile out to seek its chance",
        ),
        (vec![file, "--percentile", "100"], "100 is not in 1..=99"),
        (vec![file, "--slots", "0"], "0 is not in 1.."),
    ] {
        let ended = alliance(place.path(), [&["optimise"], &arguments[..]].concat());
        assert!(ended.code == 2 && ended.err.contains(wanted), "{wanted}: {}", ended.err);
        assert!(listing(place.path()).is_empty(), "nothing is left behind");
    }
}
