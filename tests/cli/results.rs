//! What a run leaves behind and prints.

use super::{alliance, json, listing, place, run_well, scenario, text};

#[test]
fn a_run_leaves_a_summary_tables_a_manifest_and_charts() {
    let place = place();
    let file = scenario("two-force");
    let ended =
        alliance(place.path(), ["run", file.to_str().expect("the path is UTF-8"), "--trials", "1000", "--out", "a/b"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.ends_with("Tables and charts: a/b\n"), "{}", ended.out);
    let left = listing(&place.path().join("a/b"));
    for wanted in ["annual.csv", "areas.csv", "charts", "forces.csv", "manifest.json", "summary.json"] {
        assert!(left.iter().any(|name| name == wanted), "{wanted} is not among {left:?}");
    }
    let ending =
        |ending: &str| left.iter().filter(|name| name.starts_with("charts/") && name.ends_with(ending)).count();
    assert!(ending(".svg") >= 8, "{left:?}");
    assert_eq!(ending(".svg"), ending(".png"));
    let hashed = json(place.path().join("a/b/manifest.json"));
    let hashed = hashed["files"].as_object().expect("the manifest names files");
    for name in left.iter().filter(|name| *name != "charts" && *name != "manifest.json") {
        assert_eq!(hashed[name].as_str().map(str::len), Some(64), "{name}");
    }
}

#[test]
fn every_row_of_a_table_has_as_many_cells_as_its_head() {
    let place = place();
    run_well(place.path(), "five-force", &["--out", "r"]);
    for name in ["annual.csv", "forces.csv", "areas.csv"] {
        let mut table = csv::Reader::from_path(place.path().join("r").join(name)).expect("it is there");
        let rows = table.records().inspect(|row| assert!(row.is_ok(), "{name}: {row:?}")).count();
        assert!(rows > 10, "{name} has {rows} rows");
    }
}

#[test]
fn json_on_the_screen_is_the_summary_and_the_same_each_time() {
    let place = place();
    let first = run_well(place.path(), "two-force", &["--format", "json", "--out", "r"]);
    assert_eq!(first.out, text(place.path().join("r/summary.json")));
    let read: serde_json::Value = serde_json::from_str(&first.out).expect("it is JSON and nothing else");
    assert_eq!(read["format"], 1);
    assert_eq!(read["run"]["trials"], 1000);
    let second = run_well(place.path(), "two-force", &["--format", "json", "--out", "s"]);
    assert_eq!(first.out, second.out);
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let place = place();
    let bytes = |threads: &str| {
        run_well(place.path(), "merger-2018", &["--threads", threads, "--trials", "70003", "--out", threads]);
        ["summary.json", "annual.csv", "forces.csv", "areas.csv"]
            .map(|name| text(place.path().join(threads).join(name)))
    };
    assert_eq!(bytes("1"), bytes("2"));
}

#[test]
fn every_sampler_gives_a_forecast_of_its_own_that_agrees_within_its_errors() {
    let place = place();
    let npv = |sampler: &str| {
        run_well(place.path(), "two-force", &["--sampler", sampler, "--trials", "65536", "--out", sampler]);
        let summary = json(place.path().join(sampler).join("summary.json"));
        assert_eq!(summary["run"]["sampler"], sampler);
        let figure = |name: &str| summary["whole"]["npv"]["mean"][name].as_f64().expect("a number");
        (figure("value"), figure("error"))
    };
    let (plain, plain_error) = npv("plain");
    for sampler in ["latin", "sobol"] {
        let (value, error) = npv(sampler);
        assert!((value - plain).abs() > 1e-12, "{sampler} drew what plain drew");
        // Five standard errors of the difference: one false alarm in 1.7 million.
        assert!((value - plain).abs() < 5.0 * plain_error.hypot(error), "{sampler}: {value} against {plain}");
        assert!(error < plain_error, "{sampler} is no more precise: {error} against {plain_error}");
    }
}

#[test]
fn a_change_on_the_command_line_changes_the_forecast_and_is_kept_in_the_manifest() {
    let place = place();
    let slip = "alliance.\"Strategic alliance\".slip=3";
    run_well(place.path(), "two-force", &["--out", "r"]);
    run_well(place.path(), "two-force", &["--out", "s", "--set", slip]);
    let steady = |folder: &str| {
        let summary = json(place.path().join(folder).join("summary.json"));
        summary["targets"][0]["met"]["value"].as_f64().expect("a chance")
    };
    assert!(steady("s") < steady("r"), "three times the time, and {} not below {}", steady("s"), steady("r"));
    let manifest = json(place.path().join("s/manifest.json"));
    assert_eq!(
        manifest["request"]["scenarios"][0]["resolved"]["alliance"][0]["slip"]["value"], 3.0,
        "{}",
        manifest["request"]["scenarios"][0]["resolved"]["alliance"][0]["slip"]
    );
    assert!(manifest["command_line"].as_str().is_some_and(|line| line.contains(slip)));
}

#[test]
fn stops_running_costs_and_merged_funds_are_drawn_only_where_they_are_modelled() {
    let place = place();
    for (name, drawn) in [
        ("standalone", &[][..]),
        ("two-force", &["running-cost.svg", "stops.svg"]),
        ("mandated-merger", &["merged-fund.svg", "running-cost.svg", "stops.svg"]),
    ] {
        let file = scenario(name);
        let file = file.to_str().expect("the path is UTF-8");
        let ended = alliance(place.path(), ["run", file, "--trials", "600", "--report", "--out", name]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let charts = listing(&place.path().join(name).join("charts"));
        let wanted = ["merged-fund.svg", "running-cost.svg", "stops.svg"];
        let found: Vec<&str> = wanted.into_iter().filter(|own| charts.iter().any(|file| file == own)).collect();
        assert_eq!(found, drawn, "{name}");
        let page = text(place.path().join(name).join("report.html"));
        assert_eq!(page.contains("Running what is shared costs"), name != "standalone", "{name}");
    }
    let table = text(place.path().join("mandated-merger/annual.csv"));
    for measure in ["reserves", "planned cut", "emergency cut"] {
        assert!(table.contains(&format!("{measure} of the merged force")), "{measure}");
    }
}

#[test]
fn a_screen_tells_running_costs_areas_for_each_stop_and_the_base_of_a_merger_that_may_not_vest() {
    let place = place();
    let said = |name: &str| {
        let file = scenario(name);
        let file = file.to_str().expect("the path is UTF-8");
        let ended = alliance(place.path(), ["run", file, "--trials", "4000", "--no-charts", "--replace", "--out", "r"]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let mandated = said("mandated-merger");
    assert!(
        mandated.contains("Running cost 2040/41, £m") && mandated.contains("Running what is shared costs £"),
        "{mandated}"
    );
    assert!(
        mandated.contains("of futures; a stop gives up ") && mandated.contains("by itself or by a review"),
        "{mandated}"
    );
    assert!(mandated.contains("Reserves of the merged force (South West force) fall to their floor in "), "{mandated}");
    let proposed = said("merger-2018");
    // Of few futures no mean is told.
    let few = proposed.split("Merger: a review stops the programme in ").nth(1).expect("it is told");
    assert!(
        few.split(". ").next().is_some_and(|one| one.contains("of futures (it vests in") && !one.contains("gives up")),
        "{few}"
    );
    assert!(mandated.contains("counts nothing for it in that year"), "{mandated}");
    assert!(
        proposed.contains("of futures in which it vests") && proposed.contains("of futures (it vests in "),
        "{proposed}"
    );
}
