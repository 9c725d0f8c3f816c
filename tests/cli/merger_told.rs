//! What is told of a merger that may be refused, and of a starting file whose numbers are invented.

use super::{alliance, json, place, text};

fn findings(summary: &serde_json::Value, key: &str) -> Vec<String> {
    summary[key].as_array().expect("sentences").iter().map(|one| one.as_str().expect("text").to_owned()).collect()
}

#[test]
fn a_merger_that_may_be_refused_is_told_by_what_it_is_worth_where_it_goes_ahead() {
    let place = place();
    assert_eq!(alliance(place.path(), ["new", "merger", "--out", "m.toml"]).code, 0);
    let ended =
        alliance(place.path(), ["report", "m.toml", "--trials", "20000", "--quiet", "--no-charts", "--out", "r"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("r/summary.json"));
    let first = &findings(&summary, "findings")[0];
    for part in [
        "the merger goes ahead (",
        "where it goes ahead, it is likely to pay (",
        "% of those futures)",
        "trying costs £1.3m",
    ] {
        assert!(first.contains(part), "{part}: {first}");
    }
    let merger = &summary["alliances"][0];
    let of = |value: &serde_json::Value, path: &str| {
        value.pointer(path).and_then(serde_json::Value::as_f64).expect("a number")
    };
    // Futures with and without it make up all: the means, weighed by the chance.
    let vested = of(merger, "/vested/value");
    let all =
        vested * of(merger, "/npv_if_vested/mean/value") + (1.0 - vested) * of(merger, "/npv_if_not_vested/mean/value");
    assert!((all - of(&summary, "/whole/npv/mean/value")).abs() < 1e-9, "{all}");
    let brief = text(place.path().join("r/brief.html"));
    for part in ["all futures, those without the merger among them", "For whom, over all futures", "Band D household"] {
        assert!(brief.contains(part), "{part}: {brief}");
    }
    // Beside another collaboration no verdict is its own.
    let file = super::scenario("merger-2018").to_string_lossy().into_owned();
    let ended = alliance(place.path(), ["report", &file, "--trials", "2000", "--quiet", "--no-charts", "--out", "o"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let brief = text(place.path().join("o/brief.html"));
    assert!(brief.contains("No verdict on going ahead") && !brief.contains("Value speaks"), "{brief}");
}

#[test]
fn what_follows_from_invented_numbers_is_called_no_forecast_once() {
    let place = place();
    assert_eq!(alliance(place.path(), ["new", "--forces", "Kent, Essex", "--out", "ours.toml"]).code, 0);
    let ended = alliance(place.path(), ["run", "ours.toml", "--trials", "2000", "--no-charts", "--out", "r"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = findings(&json(place.path().join("r/summary.json")), "findings");
    assert!(
        said[1].starts_with("No forecast of a real plan: ") && said[1].ends_with(" are invented to start from."),
        "{said:?}"
    );
    let change = "economy.pay_share=0.7";
    let ended = alliance(
        place.path(),
        ["what-if", "ours.toml", "--set", change, "--trials", "1000", "--no-charts", "--out", "w"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out.matches("No forecast of a real plan").count(), 1, "{}", ended.out);
    let ended = alliance(place.path(), ["assumptions", "ours.toml", "--trials", "2000", "--out", "a"]);
    assert!(ended.out.contains("are invented to start from"), "{}", ended.out);
}
