//! `--report`: one page that needs nothing else, whole for those who cannot see it, the same each time; and `alliance page`.

use super::{accessible, alliance, json, place, scenario, text};

/// How often a text stands in another.
fn count(page: &str, part: &str) -> usize {
    page.matches(part).count()
}

/// What every page must be.
fn sound(page: &str, findings: &serde_json::Value) {
    accessible::check(page);
    for outside in ["http://", "https://", "<script", "@import", "url(", "<img", "<link"] {
        assert!(!page.contains(outside), "the page asks for {outside}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">") && page.contains("name=\"viewport\""));
    let plain = page.replace("&amp;", "&").replace("&quot;", "\"").replace('\u{2060}', "");
    for finding in findings.as_array().expect("a list") {
        let finding = finding.as_str().expect("a sentence");
        assert!(plain.contains(finding), "no '{finding}'");
    }
    assert_eq!(count(page, "<h1>"), 1);
    let (charts, figures) = (count(page, "<svg "), count(page, "<figure>"));
    assert!(charts > 0 && charts == figures && charts == count(page, "role=\"img\" aria-label=\""), "{charts} charts");
    // Behind each chart stand its values.
    for figure in page.split("<figure>").skip(1) {
        let figure = figure.split("</figure>").next().expect("it ends");
        let data = figure.split("<details>").nth(1).expect("its values");
        assert!(data.contains("<th scope=\"row\">") && data.contains("<td"), "{data}");
    }
    // Every section is reached from the top.
    for i in 1..=count(page, "<h2 ") {
        assert!(page.contains(&format!("href=\"#s{i}\"")) && page.contains(&format!("<section id=\"s{i}\"")), "{i}");
    }
    assert!(!page.contains("NaN") && !page.contains("inf<"));
}

#[test]
fn every_answer_has_a_page_that_replays() {
    let place = place();
    let (two, lead) = (scenario("two-force"), scenario("lead-force"));
    let (two, lead) = (two.to_str().expect("UTF-8"), lead.to_str().expect("UTF-8"));
    let change = "alliance.\"Lead force\".slip=2";
    let sweep = "alliance.\"Lead force\".slip=1,2";
    for (name, asked) in [
        ("compare", vec!["compare", two, lead]),
        ("what-if", vec!["what-if", lead, "--set", change, "--sweep", sweep, "--measure", "payback"]),
        ("explain", vec!["explain", lead]),
        ("discover", vec!["discover", lead]),
        ("shares", vec!["shares", lead]),
    ] {
        let rest = ["--trials", "2000", "--no-charts", "--report", "--out", name];
        let ended = alliance(place.path(), [&asked[..], &rest[..]].concat());
        assert_eq!(ended.code, 0, "{name}: {}", ended.err);
        let summary = json(place.path().join(name).join("summary.json"));
        let said = if name == "what-if" { &summary["answer"] } else { &summary["findings"] };
        let page = text(place.path().join(name).join("report.html"));
        sound(&page, said);
        assert!(
            name != "compare"
                || page.contains("<th scope=\"col\">Devon &amp; Cornwall delivers enabling services… median</th>"),
            "{page}"
        );
        let replayed = alliance(place.path(), ["replay", name, "--threads", "3"]);
        assert_eq!(replayed.code, 0, "{}", replayed.err);
    }
}

#[test]
fn the_page_for_a_board_holds_forecast_drivers_deal_and_assumptions_and_replays() {
    let place = place();
    let (two, lead) = (scenario("two-force"), scenario("lead-force"));
    let (two, lead) = (two.to_str().expect("UTF-8"), lead.to_str().expect("UTF-8"));
    let ended = alliance(place.path(), ["report", lead, "--trials", "2000", "--no-charts", "--out", "r"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let page = text(place.path().join("r/report.html"));
    sound(&page, &json(place.path().join("r/summary.json"))["findings"]);
    for section in ["What drives it", "Is the deal fair", "Assumptions", "Method and limits", "Where this comes from"] {
        assert!(page.contains(section), "no '{section}'");
    }
    // The forecast is that of `run`, and names the same scenario.
    let run = alliance(place.path(), ["run", lead, "--trials", "2000", "--no-charts", "--out", "run"]);
    assert_eq!(run.code, 0, "{}", run.err);
    assert_eq!(text(place.path().join("run/summary.json")), text(place.path().join("r/summary.json")));
    for name in ["r", "several"] {
        if name == "several" {
            let ended = alliance(
                place.path(),
                ["report", two, lead, "--trials", "2000", "--sampler", "sobol", "--no-charts", "--out", "several"],
            );
            assert_eq!(ended.code, 0, "{}", ended.err);
            sound(
                &text(place.path().join("several/report.html")),
                &json(place.path().join("several/summary.json"))["findings"],
            );
        }
        let replayed = alliance(place.path(), ["replay", name, "--threads", "3"]);
        assert_eq!(replayed.code, 0, "{}", replayed.err);
    }
    for (asked, other) in [("report.html", "report.xlsx"), ("report.xlsx", "report.html")] {
        let flag = if asked == "report.html" { "--report" } else { "--xlsx" };
        let one = alliance(
            place.path(),
            ["report", two, lead, "--trials", "200", "--no-charts", "--replace", "--out", "one", flag],
        );
        assert_eq!(one.code, 0, "{}", one.err);
        let place = place.path().join("one");
        assert!(place.join(asked).exists() && !place.join(other).exists(), "{flag} alone");
    }
    let seven = alliance(place.path(), ["report", two, two, two, two, two, two, two]);
    assert!(seven.code == 2 && seven.err.contains("at most 6"), "{}", seven.err);
}

#[test]
fn the_page_of_a_forecast_is_whole_and_replays() {
    let place = place();
    for name in ["two-force", "mandated-merger", "standalone"] {
        let file = scenario(name);
        let file = file.to_str().expect("the path is UTF-8");
        let run = ["run", file, "--trials", "1000", "--no-charts", "--report", "--out", name];
        let ended = alliance(place.path(), run);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let page = text(place.path().join(name).join("report.html"));
        sound(&page, &json(place.path().join(name).join("summary.json"))["findings"]);
        // A value for whoever points at a year.
        assert!(name == "standalone" || page.contains("<title>2018/19: P10 ") || page.contains("<title>2030/31: P10 "));
        let replayed = alliance(place.path(), ["replay", name, "--threads", "3"]);
        assert_eq!(replayed.code, 0, "{}", replayed.err);
    }
    let without = alliance(
        place.path(),
        ["run", scenario("standalone").to_str().expect("UTF-8"), "--trials", "100", "--no-charts", "--out", "w"],
    );
    assert!(without.code == 0 && !place.path().join("w/report.html").exists(), "only where it is asked for");
}

#[test]
fn a_page_whose_dials_turn_is_named_after_its_scenario_and_replaces_nothing_unasked() {
    let place = place();
    let lead = scenario("lead-force");
    let lead = lead.to_str().expect("UTF-8");
    let written = alliance(place.path(), ["page", lead]);
    assert!(written.code == 0 && written.out.contains("lead-force.html"), "{}", written.err);
    let page = text(place.path().join("lead-force.html"));
    assert!(page.starts_with("<!doctype html>") && !page.contains("https://"), "{page:.300}");
    let again = alliance(place.path(), ["page", lead]);
    assert!(again.code != 0 && again.err.contains("--replace"), "{}", again.err);
    let replaced = alliance(place.path(), ["page", lead, "--set", "economy.pay_share=0.7", "--replace"]);
    assert_eq!(replaced.code, 0, "{}", replaced.err);
    assert_ne!(text(place.path().join("lead-force.html")), page, "the change is in it");
}
