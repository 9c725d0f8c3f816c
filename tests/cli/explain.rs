//! `explain`: its folder, its replay, and what it refuses.

use super::{alliance, json, listing, place, scenario, text};

#[test]
fn an_explanation_leaves_a_summary_a_table_a_tornado_and_a_manifest_that_replays() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["explain", file, "--trials", "3000", "--threads", "1", "--out", "e"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for said in ["What drives net present value?", "realisation", "Governance", "Knowing everything"] {
        assert!(ended.out.contains(said), "no '{said}' in\n{}", ended.out);
    }
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("e"));
    assert_eq!(
        left,
        ["charts", "charts/tornado.png", "charts/tornado.svg", "drivers.csv", "manifest.json", "summary.json"]
    );
    let summary = json(place.path().join("e/summary.json"));
    let drivers = summary["drivers"].as_array().expect("a list");
    let shares = drivers.iter().flat_map(|driver| [&driver["first"], &driver["total"]]);
    let mut told = 0;
    for share in shares.filter(|share| !share.is_null()) {
        told += 1;
        assert!(share["value"].as_f64().is_some_and(|value| value > 0.0), "no negative share is told: {share}");
    }
    assert!(told > 1);
    let table = text(place.path().join("e/drivers.csv"));
    let rows: usize = drivers.iter().map(|driver| 1 + driver["members"].as_array().map_or(0, Vec::len)).sum();
    assert_eq!(table.lines().count(), 1 + 6 + rows);
    let replayed = alliance(place.path(), ["replay", "e", "--threads", "3"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

#[test]
fn nobody_chooses_by_net_present_value_between_scenarios_of_different_forces() {
    let place = place();
    let (two, five) = (scenario("two-force"), scenario("five-force"));
    let [two, five] = [&two, &five].map(|file| file.to_str().expect("the path is UTF-8"));
    let explain = ["explain", two, "--against", five, "--trials", "1000", "--no-charts", "--out", "e"];
    let ended = alliance(place.path(), explain);
    assert_eq!(ended.code, 2, "{}", ended.out);
    assert!(
        ended.err.contains("these are about different forces") && ended.err.contains("do not rank them"),
        "{}",
        ended.err
    );
    // A force that is in both may choose by its own share.
    assert!(ended.err.contains("--outcome 'force.\"Devon & Cornwall\".npv'"), "{}", ended.err);
    let ended = alliance(place.path(), [&explain[..], &["--outcome", "force.Dorset.npv"]].concat());
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("The two are about different forces"), "{}", ended.out);
}

#[test]
fn a_mean_of_some_futures_only_says_of_which() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(
        place.path(),
        ["explain", file, "--outcome", "payback", "--trials", "2000", "--no-charts", "--out", "e"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Payback, mean in the "), "{said}");
    assert!(said.contains("of futures in which it pays back: "), "{said}");
    // Shares of few trials stand with their errors.
    assert!(said.contains('±') && said.contains("may stand in either order"), "{said}");
}

#[test]
fn what_cannot_be_explained_is_refused_and_leaves_nothing() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    for (more, said) in [
        (vec!["--outcome", "nvp"], "Did you mean \"npv\"?"),
        (vec!["--sampler", "sobol"], "samples plainly"),
        (vec!["--outcome", "payback", "--against", file], "--against: between two scenarios"),
        (vec!["--trials", "10"], "from 1,000 to 4,000,000"),
        (vec!["--trials", "2000", "--outcome", "alliance.\"Strategic alliance\".area.HR.live"], ""),
    ] {
        let ended = alliance(place.path(), [&["explain", file, "--no-charts", "--out", "e"], &more[..]].concat());
        if said.is_empty() {
            assert_eq!(ended.code, 0, "{}", ended.err);
        } else {
            assert_eq!(ended.code, 2, "{}", ended.out);
            assert!(ended.err.contains(said), "no '{said}' in\n{}", ended.err);
            assert_eq!(listing(place.path()), Vec::<String>::new());
        }
    }
}

#[test]
fn tied_inputs_are_named_after_the_strongest_whose_way_low_and_high_go() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["explain", file, "--trials", "3000", "--no-charts", "--out", "e"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("• Strategic alliance: realisation of savings, tied to "), "{said}");
    assert!(said.contains("where Strategic alliance: realisation of savings is"), "{said}");
    let summary = json(place.path().join("e/summary.json"));
    let group = &summary["drivers"][0];
    let (low, high) = (&group["low"]["value"], &group["high"]["value"]);
    assert!(low.as_f64() < high.as_f64(), "more that turns up is worth more: {low} to {high}");
    assert!(group["rank_correlation"]["value"].as_f64() > Some(0.0));
    assert_eq!(group["members"][0]["key"], "alliance.\"Strategic alliance\".realisation");
}

#[test]
fn partners_who_leave_and_boards_that_stop_go_with_an_outcome() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["explain", file, "--trials", "4000", "--no-charts", "--out", "e"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let (first, rest) = said.split_once(" most; in brackets").expect("what moves it most");
    assert!(!first.contains("gives notice"), "{first}");
    assert!(rest.contains("with net present value. They are also signs of how things go"), "{rest}");
    let summary = json(place.path().join("e/summary.json"));
    for driver in summary["drivers"].as_array().expect("a list") {
        let label = driver["label"].as_str().expect("a text");
        assert_eq!(
            driver["sign"] == true,
            label.contains("gives notice") || label.contains("stopped by a review"),
            "{label}"
        );
    }
    // That a review stops the programme explains nothing of the programme being stopped.
    let stopped = "alliance.\"Strategic alliance\".stopped";
    let asked = ["explain", file, "--trials", "4000", "--no-charts", "--out", "s", "--outcome", stopped];
    let ended = alliance(place.path(), asked);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.out.contains("programme stopped by a review (100%)"), "{}", ended.out);
}

#[test]
fn a_choice_between_two_tells_the_years_over_which_both_are_counted() {
    let place = place();
    let [two, lead] = ["two-force", "lead-force"].map(|name| scenario(name).to_string_lossy().into_owned());
    let ended = alliance(
        place.path(),
        ["explain", &two, "--against", &lead, "--years", "9", "--trials", "1000", "--no-charts", "--out", "e"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    let years = json(place.path().join("e/summary.json"))["scenario"]["years"].clone();
    let years: Vec<&str> = years.as_array().expect("a list").iter().filter_map(serde_json::Value::as_str).collect();
    assert_eq!((years.len(), years.first(), years.last()), (9, Some(&"2014/15"), Some(&"2022/23")));
}

#[test]
fn what_an_outcome_comes_of_by_definition_is_named_and_left_out() {
    let place = place();
    let file = scenario("merger-2018");
    let file = file.to_str().expect("the path is UTF-8");
    let asked = ["explain", file, "--outcome", "alliance.Merger.vested", "--trials", "20000", "--out", "v"];
    let ended = alliance(place.path(), asked);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("v/summary.json"));
    let named: Vec<&str> =
        summary["by_definition"].as_array().expect("a list").iter().filter_map(|own| own.as_str()).collect();
    // A notice to leave the alliance before the day ends the merger too.
    let wanted = [
        "Devon & Cornwall: commissioner agrees",
        "Dorset: commissioner agrees",
        "Merger: minister approves",
        "Devon & Cornwall: gives notice to leave Strategic alliance",
        "Dorset: gives notice to leave Strategic alliance",
    ];
    assert!(wanted.iter().all(|own| named.contains(own)) && named.len() == 5, "{named:?}");
    let first = summary["findings"][0].as_str().expect("a sentence");
    assert!(
        first.starts_with("The chance that Merger vests comes of these by definition") && first.contains(wanted[2]),
        "{first}"
    );
    let second = summary["findings"][1].as_str().expect("a sentence");
    assert!(second.contains("No other cause by itself accounts for 1% of the variance"), "{second}");
    let drivers = summary["drivers"].as_array().expect("a list");
    assert!(drivers.iter().all(|own| !named.contains(&own["label"].as_str().unwrap_or_default())));
    // Of another outcome they are inputs like any.
    let asked = ["explain", file, "--trials", "4000", "--format", "json", "--out", "n"];
    let other: serde_json::Value = serde_json::from_str(&alliance(place.path(), asked).out).expect("JSON");
    assert_eq!(other["by_definition"], serde_json::json!([]));
}
