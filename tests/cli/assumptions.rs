//! `assumptions`: the register, its tables and its replay.

use super::{alliance, json, listing, place, scenario, text};

#[test]
fn every_number_stated_is_in_the_register_what_needs_a_second_look_first() {
    let place = place();
    // The alliance's numbers without the source that stands over them.
    let shipped = scenario("lead-force");
    let data = place.path().join("data");
    std::fs::create_dir(&data).expect("it is made");
    for entry in std::fs::read_dir(shipped.with_file_name("data")).expect("it is there") {
        let file = entry.expect("it is readable");
        std::fs::copy(file.path(), data.join(file.file_name())).expect("it is copied");
    }
    let own = text(&shipped);
    let source =
        "source     = \"judgement: no published figure; docs/evidence.md gives the range of comparable programmes\"";
    assert!(own.contains(source), "{own}");
    std::fs::write(place.path().join("own.toml"), own.replacen(source, "", 1)).expect("it is written");
    let ended = alliance(place.path(), ["assumptions", "own.toml", "--trials", "4000", "--report", "--out", "a"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
    let left = listing(&place.path().join("a"));
    assert_eq!(left, ["assumptions.csv", "assumptions.md", "manifest.json", "report.html", "summary.json"]);
    let summary = json(place.path().join("a/summary.json"));
    let all = summary["assumptions"].as_array().expect("a list");
    let sourceless = all.iter().take_while(|own| own["source"].is_null()).count();
    assert!(sourceless > 5 && all[sourceless..].iter().all(|own| !own["source"].is_null()), "{sourceless}");
    assert!(ended.out.contains(&format!("{sourceless} do not say where they come from.")), "{}", ended.out);
    let drawn = all.iter().find(|own| !own["p10"].is_null()).expect("some are uncertain");
    assert!(drawn["picture"].as_str().is_some_and(|picture| picture.chars().count() == 9), "{drawn}");
    // Then what matters most and is least sure.
    let next = &all[sourceless];
    assert!(next["key"].as_str().is_some_and(|key| key.ends_with(".realisation")), "{next}");
    assert!(next["matters"]["value"].as_f64().is_some_and(|index| index > 0.3), "{next}");
    assert_eq!(text(place.path().join("a/assumptions.csv")).lines().count(), 1 + all.len());
    let table = text(place.path().join("a/assumptions.md"));
    assert_eq!(table.lines().filter(|line| line.starts_with("| ")).count(), 2 + all.len());
    // No default is among them, every force's budget is.
    assert!(all.iter().all(|own| own["source"] != "default"));
    assert_eq!(all.iter().filter(|own| own["key"].as_str().is_some_and(|key| key.ends_with(".budget"))).count(), 2);
    let replayed = alliance(place.path(), ["replay", "a", "--threads", "3"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}

#[test]
fn there_are_no_charts_to_be_left_out() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["assumptions", file, "--trials", "2000", "--no-charts"]);
    assert!(ended.code == 2 && ended.err.contains("assumptions draws no charts"), "{}", ended.err);
    let help = alliance(place.path(), ["assumptions", "--help"]);
    assert!(!help.out.contains("--no-charts"), "{}", help.out);
}
