//! `report` begins with one page for those who decide, which is a file of its own too.

use super::{alliance, place, scenario, text};

#[test]
fn a_report_begins_with_one_page_for_those_who_decide() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let mut arguments = vec!["report", &file, "--trials", "2000", "--quiet", "--out", "r"];
    let signed = [
        "prepared_by=\"A. <b>\"",
        "approved_by=\"C. D.\"",
        "dated=\"November 2026\"",
        "status=\"draft\"",
        "marking=\"OFFICIAL\"",
    ];
    signed.iter().for_each(|change| arguments.extend(["--set", change]));
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let brief = text(place.path().join("r/brief.html"));
    for part in [
        "Will the alliance save £12m a year by 2018/19",
        "What this supports",
        "Do not promise &quot;£12m a year by 2018/19&quot;",
        "What net present value hangs on",
        "What would change it",
        "What it leaves open",
        "rest on judgement",
        "A. &lt;b&gt;",
        "C. D.",
        "November 2026",
        "draft",
        "OFFICIAL",
        "2,000 futures, seed 2015",
    ] {
        assert!(brief.contains(part), "{part}: {brief}");
    }
    assert_eq!((brief.matches("<svg").count(), brief.matches("<h1>").count()), (1, 1));
    // The whole report holds it before all else.
    let report = text(place.path().join("r/report.html"));
    let at = |what: &str| report.find(what).unwrap_or_else(|| panic!("{what} is not there"));
    assert!(at("What this supports") < at("In short"));
    // Who signed it changes no figure.
    let plain = alliance(place.path(), ["report", &file, "--trials", "2000", "--quiet", "--out", "p"]);
    assert_eq!(plain.code, 0, "{}", plain.err);
    let figures = |folder: &str| {
        let summary: serde_json::Value = super::json(place.path().join(folder).join("summary.json"));
        (summary["whole"].clone(), summary["findings"].clone())
    };
    assert_eq!(figures("r"), figures("p"));
    assert!(text(place.path().join("p/brief.html")).contains("not stated"));
    let replayed = alliance(place.path(), ["replay", "r"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
}
