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

/// Two forces whose alliance gains or loses the same in every future: each area's saving is written in.
fn sure(saving: f64, team: f64) -> String {
    let force = |name: &str, budget: f64| {
        format!(
            "[[force]]\nname = \"{name}\"\nbudget = {budget}\ngrant_share = 0.5\nband_d = 200.0\nreserves = 10.0\n\
             population = 1000000\nofficers = 1000\n"
        )
    };
    format!(
        "format = 1\ntitle = \"sure\"\nfirst_year = \"2026/27\"\nyears = 6\nsource = \"judgement: test\"\n{}{}\
         [[alliance]]\nname = \"K\"\nmembers = [\"A\", \"B\"]\nstart = \"2026-04\"\nteam = {team}\n\
         [[alliance.area]]\nname = \"HR\"\ncost = 10.0\nsaving = {saving}\nsubmit = 0.5\nimplement = 0.5\n",
        force("A", 200.0),
        force("B", 100.0)
    )
}

#[test]
fn a_loss_is_told_as_a_loss_and_shared_by_what_each_takes_away() {
    let place = place();
    std::fs::write(place.path().join("loss.toml"), sure(-0.1, 1.0)).expect("it is written");
    let ended = alliance(place.path(), ["shares", "loss.toml", "--trials", "1000", "--no-charts", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Together the forces lose £"), "{said}");
    assert!(said.contains("Each of them takes something away (Shapley value): A £"), "{said}");
    assert!(said.contains("so by value alone the deal is not stable") && !said.contains("adds nothing"), "{said}");
    let summary = json(place.path().join("s/summary.json"));
    let number = |value: &serde_json::Value| value["value"].as_f64().expect("a number");
    let rules = summary["rules"].as_array().expect("a list");
    let shapley = rules.iter().find(|rule| rule["rule"] == "Shapley").expect("parts of a loss are parts");
    for force in 0..2 {
        let (given, adds) = (number(&shapley["forces"][force]["npv"]), number(&summary["forces"][force]["adds"]));
        assert!(adds < 0.0 && (given - adds).abs() < 1e-9, "{given} of {adds}");
    }
    assert!(summary["no_shapley"].is_null() && shapley["stable"] == false);
}

#[test]
fn a_sure_gain_is_stable_and_nobody_is_told_as_likeliest_who_never_would() {
    let place = place();
    std::fs::write(place.path().join("gain.toml"), sure(0.2, 0.0)).expect("it is written");
    let ended = alliance(place.path(), ["shares", "gain.toml", "--trials", "1000", "--no-charts", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("so by value alone the deal is stable"), "{said}");
    assert!(said.contains("Shared in any other of the ways tried it would be stable too."), "{said}");
    assert!(!said.contains("would most often do better"), "{said}");
    let summary = json(place.path().join("s/summary.json"));
    assert!(summary["rules"].as_array().expect("a list").iter().all(|rule| rule["stable"] == true));
}

#[test]
fn where_nothing_is_saved_or_spent_there_are_no_parts_of_it() {
    let place = place();
    std::fs::write(place.path().join("nothing.toml"), sure(0.0, 0.0)).expect("it is written");
    let ended = alliance(place.path(), ["shares", "nothing.toml", "--trials", "1000", "--no-charts", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("in K no member adds or takes away anything"), "{said}");
    assert!(said.contains("neither gain nor lose anything"), "{said}");
}

#[test]
fn what_nine_forces_add_is_told_from_drawn_orders_and_stands_in_the_report() {
    let place = place();
    super::interrupt::heavy(place.path(), 9, 4);
    let run = |arguments: &[&str]| {
        let ended = alliance(place.path(), arguments.to_vec());
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out
    };
    let out = run(&["shares", "heavy.toml", "--trials", "2000", "--threads", "1", "--out", "s"]);
    let said = out.split_whitespace().collect::<Vec<_>>().join(" ");
    let summary = json(place.path().join("s/summary.json"));
    // 2,000 coalitions, of which an order and its reverse pass through 2·7: 142 pairs at the most; 16 blocks share 128 of them.
    assert_eq!(summary["orders"], 256);
    assert_eq!(summary["coalitions"].as_array().map(Vec::len), Some(9));
    assert!(said.contains("drawn orders of joining") && said.contains("larger groups are not tried"), "{said}");
    assert!(!said.contains("so by value alone the deal is stable") && !said.contains("or smaller group"), "{said}");
    let number = |value: &serde_json::Value| value["value"].as_f64().expect("a number");
    let adds: f64 = summary["forces"].as_array().expect("a list").iter().map(|force| number(&force["adds"])).sum();
    assert!((adds - number(&summary["worth"])).abs() < 1e-9, "{adds}");
    assert!(summary["rules"].as_array().expect("a list").iter().all(|rule| rule["stable"] != true));
    let replayed = alliance(place.path(), ["replay", "s", "--threads", "3"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
    run(&["report", "heavy.toml", "--trials", "2000", "--no-charts", "--report", "--out", "r"]);
    let page = text(place.path().join("r/report.html"));
    assert!(page.contains("Is the deal fair") && page.contains("drawn orders of joining"));
}

#[test]
fn a_report_leaves_out_what_cannot_be_told_and_says_why() {
    let place = place();
    let file = scenario("standalone");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["report", file, "--trials", "2000", "--no-charts", "--report", "--out", "r"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let page = text(place.path().join("r/report.html"));
    assert!(page.contains("This is left out: no force is in an alliance: there is nothing to share."));
}

#[test]
fn a_chance_to_leave_is_told_only_where_leaving_is_modelled() {
    let place = place();
    for (name, models) in [("five-force", true), ("mandated-merger", false)] {
        let file = scenario(name);
        let file = file.to_str().expect("the path is UTF-8");
        let ended = alliance(place.path(), ["shares", file, "--trials", "1000", "--out", name]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        assert_eq!(json(place.path().join(name).join("summary.json"))["leaving"], models, "{name}");
        assert_eq!(ended.out.contains("Chance to leave"), models, "{}", ended.out);
    }
}
