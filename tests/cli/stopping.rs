//! `--until`: stop when the figures are known well enough, and say so.

use super::{json, place, run_well};

#[test]
fn enough_precision_stops_a_run_early_and_says_so() {
    let place = place();
    let ended = run_well(place.path(), "two-force", &["--until", "2%", "--trials", "1_000_000", "--out", "r"]);
    assert!(ended.out.contains("enough for the precision asked for"), "{}", ended.out);
    let run = &json(place.path().join("r/summary.json"))["run"];
    assert_eq!(run["stopped"], "precise");
    assert_eq!(run["requested_trials"], 1_000_000);
    let done = run["trials"].as_u64().expect("a number");
    assert!(done < 100_000 && done.is_power_of_two(), "{done} trials");
    assert_eq!(json(place.path().join("r/manifest.json"))["trials_done"], done);
}

#[test]
fn what_is_asked_for_is_reached() {
    let place = place();
    run_well(place.path(), "two-force", &["--until", "0.5%", "--trials", "1000000", "--out", "r"]);
    let summary = json(place.path().join("r/summary.json"));
    assert_eq!(summary["run"]["stopped"], "precise");
    let met = summary["targets"][1]["met"]["error"].as_f64().expect("a number");
    assert!(met <= 0.005, "the chance is known to {met}");
    let npv = &summary["whole"]["npv"];
    let figure = |name: &str, part: &str| npv[name][part].as_f64().expect("a number");
    let size = figure("mean", "value").abs().max(figure("p90", "value") - figure("p10", "value"));
    assert!(figure("mean", "error") <= 0.005 * size);
}

#[test]
fn too_few_trials_for_the_precision_are_owned_up_to() {
    let place = place();
    let ended = run_well(place.path(), "two-force", &["--until", "0.01%", "--trials", "3000", "--out", "r"]);
    assert!(ended.out.contains("too few for the precision asked for"), "{}", ended.out);
    let run = &json(place.path().join("r/summary.json"))["run"];
    assert_eq!(run["stopped"], "out_of_trials");
    assert_eq!(run["trials"], 3000);
}

#[test]
fn a_tighter_precision_takes_more_trials() {
    let place = place();
    let trials = |until: &str| {
        run_well(place.path(), "two-force", &["--until", until, "--trials", "1000000", "--out", until]);
        json(place.path().join(until).join("summary.json"))["run"]["trials"].as_u64().expect("a number")
    };
    assert!(trials("0.2%") > trials("1%"));
}
