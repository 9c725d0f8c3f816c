//! What every answer says first, and what it does not say: asserted against the figures of the same run.

use std::fs;

use serde_json::Value;

use super::{alliance, json, place, scenario, text};

/// Two forces, two areas, nothing stated that could go wrong but the savings themselves.
const BARE: &str = include_str!("../bare.toml");

fn findings(summary: &Value) -> Vec<String> {
    let all = summary["findings"].as_array().expect("there are findings");
    all.iter().map(|one| one.as_str().unwrap_or_default().to_owned()).collect()
}

#[test]
fn what_is_not_modelled_has_no_sentence_and_no_figure_and_is_listed_instead() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    let ended = alliance(place.path(), ["run", "bare.toml", "--trials", "500", "--out", "out", "--report"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("out/summary.json"));
    for word in ["partner", "incident"] {
        assert!(!findings(&summary).iter().any(|one| one.to_lowercase().contains(word)), "{:?}", findings(&summary));
    }
    let own = &summary["alliances"][0];
    assert!(own["member_left"].is_null() && own["ended"].is_null() && own["members"][0]["left"].is_null(), "{own}");
    assert!(summary["whole"]["years_without_shortfall"].is_null());
    let listed = summary["scenario"]["not_modelled"].as_array().expect("a list");
    let page = text(place.path().join("out/report.html"));
    let checked = alliance(place.path(), ["check", "bare.toml"]);
    for entry in listed {
        let (what, because) = (entry["what"].as_str().expect("text"), entry["because"].as_str().expect("text"));
        assert!(page.contains(what), "{what} is not on the page");
        assert!(checked.out.contains(&format!("{what} is not modelled: {because}.")), "{what}: {}", checked.out);
    }
    let first = listed[0]["what"].as_str().expect("text").to_lowercase();
    let screen = ended.out.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    assert!(screen.contains(&format!("not modelled, and so no part of these figures: {first}")), "{screen}");
}

#[test]
fn every_verb_lists_what_is_not_modelled() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    for verb in ["explain", "discover", "shares", "optimise", "assumptions", "what-if", "report"] {
        let mut line = vec![verb, "bare.toml", "--trials", "1000", "--out", verb];
        if verb == "what-if" {
            line.extend(["--set", "alliance.K.realisation=0.5"]);
        }
        let ended = alliance(place.path(), line);
        assert_eq!(ended.code, 0, "{verb}: {}", ended.err);
        let told = ended.out.matches("Not modelled, and so no part of these figures").count();
        assert_eq!(told, 1, "{verb}: {}", ended.out);
        let summary = json(place.path().join(verb).join("summary.json"));
        let of = if verb == "what-if" { &summary["base"] } else { &summary["scenario"] };
        assert!(of["not_modelled"].as_array().is_some_and(|all| all.len() > 10), "{verb}");
    }
}

/// A chance in the words of the screen.
fn percent(figure: &Value) -> String {
    let (value, error) = (figure["value"].as_f64().expect("a value"), figure["error"].as_f64().expect("an error"));
    report::words::percent(report::Figure { value, error })
}

#[test]
fn a_forecast_opens_with_whether_it_is_kept_and_pays_over_which_years_against_what() {
    let place = place();
    let file = scenario("two-force");
    let ended = alliance(place.path(), ["run", file.to_str().expect("UTF-8"), "--trials", "2000", "--out", "out"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("out/summary.json"));
    let first = findings(&summary).remove(0);
    let whole = &summary["whole"];
    for wanted in [
        summary["targets"][0]["name"].as_str().expect("a name").to_owned(),
        percent(&summary["targets"][0]["met"]),
        percent(&whole["npv_above_zero"]),
        "from 2014/15 to 2025/26, against every force alone".to_owned(),
    ] {
        assert!(first.contains(&wanted), "no {wanted} in: {first}");
    }
    assert!(first.contains("at the median") && first.contains("on average"), "{first}");
    // Above, below and equal to 0 are all futures.
    let sum = whole["npv_above_zero"]["value"].as_f64().expect("a value")
        + whole["npv_below_zero"]["value"].as_f64().expect("a value");
    assert!(sum <= 1.0 + 1e-9, "{sum}");
}

#[test]
fn a_case_that_never_gains_does_not_pay_though_it_never_loses() {
    let place = place();
    // Every case is dropped and costs nothing.
    let text = BARE.replace("oneoff = 5", "approve = 0");
    fs::write(place.path().join("none.toml"), text).expect("written");
    let ended = alliance(place.path(), ["run", "none.toml", "--trials", "500", "--out", "out"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("out/summary.json"));
    let first = findings(&summary).remove(0);
    assert!(first.starts_with("The alliance pays in none of the futures simulated"), "{first}");
    assert!(first.contains("net present value is £0m in every future"), "{first}");
}

#[test]
fn an_answer_with_a_value_that_turns_it_gives_that_value_first() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    // Savings of £18m in scope at an eighth, eight years: some £13m for one-off costs of £10m at a realisation of 1.
    let sweep = "alliance.K.realisation=0.1..1.1:6";
    let change = "alliance.K.realisation=0.5";
    let line = ["what-if", "bare.toml", "--trials", "2000", "--sweep", sweep, "--set", change, "--out", "out"];
    let ended = alliance(place.path(), line);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("out/summary.json"));
    let answer = summary["answer"].as_array().expect("an answer");
    let first = answer[0].as_str().expect("text");
    let switch = &summary["sweeps"][0]["measures"][0]["switches"][0];
    assert_eq!(switch["rises"], true, "{switch}");
    let at = switch["at"]["value"].as_f64().expect("a value");
    let told: f64 = first
        .split_once(" is above ")
        .and_then(|(_, rest)| rest.split_once(" is above "))
        .and_then(|(_, rest)| rest.split([' ', ',', '%']).next()?.parse().ok())
        .unwrap_or_else(|| panic!("no value in: {first}"));
    assert!((told / 100.0 - at).abs() < 0.01, "{told} is not {at}: {first}");
    assert!(first.contains("from 2026/27 to 2033/34, against every force alone"), "{first}");
    assert!(first.contains("under \"the changes\" it is "), "{first}");
    assert!(!ended.out.contains("with with"), "{}", ended.out);
}

#[test]
fn a_sweep_that_changes_nothing_has_a_sentence_and_no_chart() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    // No area waits for a platform.
    let line = ["what-if", "bare.toml", "--trials", "500", "--sweep", "alliance.K.workaround=0,0.5,1", "--out", "out"];
    let ended = alliance(place.path(), line);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!place.path().join("out/charts/sweep-1-1.svg").exists());
    let answer = json(place.path().join("out/summary.json"))["answer"].to_string();
    assert!(answer.contains("stays at"), "{answer}");
}

#[test]
fn nothing_has_one_form() {
    let zero = |error| report::words::money_figure(report::Figure { value: 0.0, error });
    assert_eq!([zero(0.0), zero(0.4), zero(0.001)], ["£0m", "£0m", "£0m"].map(str::to_owned));
    assert_eq!(report::words::money(0.0), "£0m");
}

#[test]
fn a_mean_that_rests_on_one_future_is_said_not_to_have_settled() {
    let place = place();
    // A Pareto tail of 0.9 has no mean; one of 5 has a mean and a variance.
    for (alpha, unsettled) in [(0.9, true), (5.0, false)] {
        let file = BARE.replace(
            "start = \"2026-04\"",
            &format!("start = \"2026-04\"\noverrun = {{ pareto = {{ low = 1, alpha = {alpha} }} }}"),
        );
        fs::write(place.path().join("tail.toml"), file).expect("written");
        let ended = alliance(
            place.path(),
            ["run", "tail.toml", "--trials", "20000", "--no-charts", "--replace", "--out", "out"],
        );
        assert_eq!(ended.code, 0, "{}", ended.err);
        let summary = json(place.path().join("out/summary.json"));
        let rests_on = &summary["whole"]["npv"]["rests_on"];
        assert_eq!(rests_on == 1, unsettled, "{alpha}: {rests_on}");
        assert_eq!(rests_on.is_null(), !unsettled, "{alpha}: {rests_on}");
        let said = findings(&summary).join(" ");
        assert_eq!(said.contains("Do not quote the mean of net present value"), unsettled, "{said}");
    }
}

#[test]
fn a_mean_that_rests_on_a_handful_of_futures_is_said_not_to_have_settled() {
    let place = place();
    // One future in 2,000 costs a thousand times as much: ten of 20,000, give or take three.
    let file = BARE.replace(
        "start = \"2026-04\"",
        "start = \"2026-04\"\noverrun = { mixture = { weights = [1999, 1], parts = [{ uniform = { low = 1, high = 1.2 } }, \
         { uniform = { low = 990, high = 1000 } }] } }",
    );
    fs::write(place.path().join("rare.toml"), file).expect("written");
    let arguments = ["run", "rare.toml", "--trials", "20000", "--no-charts", "--out", "out"];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("out/summary.json"));
    assert_eq!(summary["whole"]["npv"]["rests_on"], 10, "{}", summary["whole"]["npv"]);
    let said = findings(&summary).join(" ");
    assert!(said.contains("10 futures of 20,000 make up more than half of its spread"), "{said}");
    assert!(!said.contains("on average"), "{said}");
}

#[test]
fn of_fewer_futures_than_tell_a_percentile_no_sentence_is_made_of_one() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    for (trials, told) in [("10", false), ("35", false), ("36", true)] {
        let arguments = ["run", "bare.toml", "--trials", trials, "--no-charts", "--replace", "--out", "out"];
        let ended = alliance(place.path(), arguments);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let said = findings(&json(place.path().join("out/summary.json"))).join(" ");
        assert_eq!(said.contains("no chance and no percentile can be told"), !told, "{trials}: {said}");
        assert_eq!(said.contains("in eight futures of ten"), told, "{trials}: {said}");
    }
}

#[test]
fn nothing_is_said_of_options_or_variants_after_a_handful_of_futures() {
    let place = place();
    fs::write(place.path().join("bare.toml"), BARE).expect("written");
    fs::write(place.path().join("other.toml"), BARE.replace("cost = 10", "cost = 12")).expect("written");
    let sweep = "--sweep=alliance.K.realisation=0.2..1:3";
    for (arguments, sentences) in
        [(&["compare", "bare.toml", "other.toml"][..], "findings"), (&["what-if", "bare.toml", sweep], "answer")]
    {
        let more = ["--trials", "10", "--no-charts", "--replace", "--out", "out"];
        let ended = alliance(place.path(), arguments.iter().copied().chain(more));
        assert_eq!(ended.code, 0, "{}", ended.err);
        let summary = json(place.path().join("out/summary.json"));
        let said = summary[sentences].as_array().expect("sentences");
        assert!(said.len() == 1 && said[0].as_str().is_some_and(|said| said.contains("so few")), "{said:?}");
    }
}
