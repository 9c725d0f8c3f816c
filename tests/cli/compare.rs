//! `compare`: scenarios side by side, its folder, and its replay.

use super::{alliance, json, listing, place, scenario};

fn file(name: &str) -> String {
    scenario(name).to_string_lossy().into_owned()
}

#[test]
fn a_comparison_leaves_a_summary_a_table_charts_and_a_manifest_that_replays() {
    let place = place();
    let (base, other) = (file("two-force"), file("lead-force"));
    let ended = alliance(place.path(), ["compare", &base, &other, "--trials", "3000", "--out", "c"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for said in [
        "Baseline: Devon & Cornwall and Dorset: strategic alliance",
        "baseline",
        "3,000 trials, the same draws",
        "Tables and charts: c",
    ] {
        assert!(ended.out.contains(said), "no '{said}' in\n{}", ended.out);
    }
    let (charts, left): (Vec<String>, Vec<String>) =
        listing(&place.path().join("c")).into_iter().partition(|name| name.starts_with("charts"));
    assert_eq!(left, ["comparison.csv", "manifest.json", "summary.json"]);
    assert_eq!(charts.len(), 11, "a folder of five charts, each as SVG and PNG: {charts:?}");
    let summary = json(place.path().join("c/summary.json"));
    let npv = &summary["measures"][0];
    assert_eq!(npv["measure"], "npv");
    assert!(npv["options"][0]["against"].is_null() && npv["options"][1]["against"]["better"]["error"].is_f64());
    let table = std::fs::read_to_string(place.path().join("c/comparison.csv")).expect("it is there");
    let mut lines = table.lines();
    let cells = |line: &str| line.split(',').count();
    let head = lines.next().map(cells);
    assert!(table.contains("lead-force,npv") && head == Some(15), "{head:?}");
    let replayed = alliance(place.path(), ["replay", "c"]);
    assert_eq!(replayed.code, 0, "{}", replayed.err);
    assert!(
        replayed.out.contains("13 files, every byte agrees") || replayed.out.contains("12 files, every byte agrees")
    );
}

#[test]
fn titles_of_charts_name_a_leader_only_where_it_leads_clearly() {
    let place = place();
    let base = file("two-force");
    // The same scenario under another name: nothing tells the two apart.
    let twin = format!("format = 1\nextends = \"{base}\"\n");
    std::fs::write(place.path().join("twin.toml"), twin).expect("it can be written");
    for (other, leads) in [(file("lead-force"), true), ("twin.toml".to_owned(), false)] {
        let ended = alliance(place.path(), ["compare", &base, &other, "--trials", "2000", "--replace", "--out", "c"]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let title = |chart: &str| {
            let text =
                std::fs::read_to_string(place.path().join(format!("c/charts/{chart}.svg"))).expect("it is drawn");
            (
                text.contains("has the highest net present value") || text.contains("is highest under"),
                text.contains("clearly") || text.contains("all but the same"),
            )
        };
        assert_eq!(title("npv-exceedance"), (leads, !leads), "{other}");
        assert_eq!(title("savings"), (leads, !leads), "{other}");
    }
}

#[test]
fn a_horizon_that_is_asked_for_is_kept_for_the_replay_and_one_scenario_takes_none() {
    let place = place();
    let (one, other) = (file("two-force"), file("merger-2018"));
    let asked = ["compare", &one, &other, "--years", "10", "--trials", "500", "--no-charts", "--out", "c"];
    let ended = alliance(place.path(), asked);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("over the 10 years to 2023/24"), "{}", ended.out);
    let summary = json(place.path().join("c/summary.json"));
    let years = |at: usize| summary["horizons"][at]["years"].as_u64();
    assert_eq!((summary["horizon"]["years"].as_u64(), years(0), years(1)), (Some(10), Some(12), Some(16)));
    assert_eq!(alliance(place.path(), ["replay", "c"]).code, 0);
    for verb in ["report", "explain"] {
        let ended = alliance(place.path(), [verb, &one, "--years", "10"]);
        assert!(
            ended.code == 2 && ended.err.contains("--years: this is the horizon over which several"),
            "{}",
            ended.err
        );
    }
    let ended = alliance(place.path(), ["compare", &one, &other, "--years", "61"]);
    assert!(
        ended.code == 2 && ended.err.contains("--years: ") && ended.err.contains("fewer years: 60 at most"),
        "{}",
        ended.err
    );
}

#[test]
fn the_baseline_may_be_named_and_json_is_the_summary() {
    let place = place();
    let (one, other) = (file("two-force"), file("standalone"));
    let arguments = [
        "compare",
        &one,
        &other,
        "--against",
        &other,
        "--trials",
        "500",
        "--format",
        "json",
        "--no-charts",
        "--out",
        "c",
    ];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert_eq!(ended.out, std::fs::read_to_string(place.path().join("c/summary.json")).expect("it is there"));
    let summary = json(place.path().join("c/summary.json"));
    assert_eq!(summary["options"][0]["name"], "standalone");
    assert_eq!(summary["options"].as_array().map(Vec::len), Some(2));
}

#[test]
fn one_scenario_alone_and_every_bad_file_are_refused() {
    let place = place();
    let one = file("two-force");
    let ended = alliance(place.path(), ["compare", &one]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("compare takes two scenarios or more"), "{}", ended.err);
    let ended = alliance(place.path(), ["compare", &one, "nowhere.toml", "elsewhere.toml"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("nowhere.toml") && ended.err.contains("elsewhere.toml"), "{}", ended.err);
    assert_eq!(listing(place.path()), Vec::<String>::new());
}

/// A scenario of so many forces in one alliance.
fn of_many(title: &str, forces: usize) -> String {
    let names: Vec<String> = (0..forces).map(|k| format!("\"F{k}\"")).collect();
    let force = |name: &String| {
        format!(
            "[[force]]\nname = {name}\nbudget = 100\ngrant_share = 0.25\ntax_base = 500000\nband_d = 150\nreserves = 20\n\
             population = 1000000\nofficers = 2000\n"
        )
    };
    format!(
        "format = 1\ntitle = \"{title}\"\nfirst_year = \"2014/15\"\nyears = 3\nsource = \"judgement\"\n{}\
         [[alliance]]\nname = \"A\"\nmembers = [{}]\nstart = \"2015-03\"\n\
         [[alliance.area]]\nname = \"R\"\ncost = 5\nsaving = 0.1\nsubmit = 0.5\nimplement = 0.5\n",
        names.iter().map(force).collect::<String>(),
        names.join(", ")
    )
}

#[test]
fn more_forces_than_fit_on_a_screen_are_told_in_part_and_every_one_in_the_table() {
    let place = place();
    for (file, title) in [("a.toml", "one"), ("b.toml", "two")] {
        std::fs::write(place.path().join(file), of_many(title, 90)).expect("there is room");
    }
    let draws = ["--trials", "200", "--no-charts"];
    for question in [
        &["compare", "a.toml", "b.toml"][..],
        &["what-if", "a.toml", "--set", "alliance.A.slip=1.5"],
        &["report", "a.toml", "b.toml"],
    ] {
        let ended = alliance(place.path(), question.iter().chain(&draws).chain(&["--out", "r", "--replace"]));
        assert_eq!(ended.code, 0, "{question:?}: {}", ended.err);
        assert!(ended.out.contains("And 85 more: comparison.csv has them all."), "{}", ended.out);
        assert!(ended.out.lines().all(|line| line.chars().count() <= 100), "{}", ended.out);
        let table = std::fs::read_to_string(place.path().join("r/comparison.csv")).expect("it is there");
        assert!(table.contains("force.F89.npv"));
    }
    for question in [&["run", "a.toml"][..], &["assumptions", "a.toml"], &["explain", "a.toml"]] {
        let ended = alliance(place.path(), question.iter().chain(&["--trials", "1000", "--out", "s", "--replace"]));
        assert_eq!(ended.code, 0, "{question:?}: {}", ended.err);
    }
}

#[test]
fn a_rare_disaster_is_never_said_to_be_at_least_as_likely_to_reach_any_amount() {
    let place = place();
    let base = file("two-force");
    // One future in 500 costs two to four thousand times as much as planned; all others cost a little less.
    let rare = "overrun = { mixture = { weights = [0.998, 0.002], parts = [{ uniform = { low = 0.5, high = 0.9 } }, \
                { uniform = { low = 200, high = 400 } }] }, plan = 1 }";
    let set = format!("alliance.\"Strategic alliance\".{rare}");
    let ended =
        alliance(place.path(), ["what-if", &base, "--set", &set, "--trials", "20000", "--no-charts", "--out", "w"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let summary = json(place.path().join("w/summary.json"));
    let npv = &summary["comparison"]["measures"][0]["options"][1];
    assert_eq!(npv["against"]["dominates"], "none", "{said}");
    assert!(!said.contains("\"the changes\" is at least as likely"), "{said}");
    assert!(!said.contains("\"the changes\" is the safer"), "{said}");
}

#[test]
fn what_no_force_states_is_null_and_not_nought() {
    let place = place();
    let force = |name: &str| {
        format!(
            "[[force]]\nname = \"{name}\"\nbudget = 100.0\ngrant_share = 0.5\nband_d = 250.0\nreserves = 20.0\n\
             population = 1000000\nofficers = 2000\n"
        )
    };
    for (name, saving) in [("a", 0.1), ("b", 0.2)] {
        let text = format!(
            "format = 1\ntitle = \"{name}\"\nfirst_year = \"2026/27\"\nyears = 5\nsource = \"judgement: test\"\n{}{}\
             [[alliance]]\nname = \"K\"\nmembers = [\"A\", \"B\"]\nstart = \"2026-04\"\n\
             [[alliance.area]]\nname = \"F\"\ncost = 10.0\nsaving = {saving}\nsubmit = 0\nimplement = 1\noneoff = 1.0\n",
            force("A"),
            force("B")
        );
        std::fs::write(place.path().join(format!("{name}.toml")), text).expect("it is written");
    }
    let ended =
        alliance(place.path(), ["compare", "a.toml", "b.toml", "--trials", "1000", "--no-charts", "--out", "c"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.out.contains("Officers missing"), "{}", ended.out);
    let summary = json(place.path().join("c/summary.json"));
    let missing = summary["measures"].as_array().expect("a list").iter().find(|own| own["measure"] == "unmet_total");
    let missing = missing.expect("it is told to be null");
    assert!(missing["options"][0]["own"]["p50"].is_null() && missing["options"][1]["first"].is_null(), "{missing}");
    // What every future gives is said to be so.
    let ended = alliance(place.path(), ["run", "a.toml", "--trials", "1000", "--no-charts", "--out", "r"]);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Every future gives the plan’s") && !said.contains("below the P1"), "{said}");
}

#[test]
fn where_payback_never_comes_nobody_is_first() {
    let place = place();
    let (base, alone) = (file("two-force"), file("standalone"));
    let ended = alliance(place.path(), ["compare", &base, &alone, "--trials", "2000", "--no-charts", "--out", "c"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("c/summary.json"));
    let measures = summary["measures"].as_array().expect("a list");
    let payback = measures.iter().find(|own| own["measure"] == "payback").expect("payback is told");
    // Without an alliance nothing ever pays back.
    assert_eq!(payback["options"][1]["first"]["value"], 0.0, "{payback}");
}

#[test]
fn a_comparison_tells_first_in_what_the_options_differ() {
    let place = place();
    let base = file("two-force");
    let own = format!(
        "format = 1\nextends = {base:?}\ntitle = \"Slower\"\n[[alliance]]\nname = \"Strategic alliance\"\nslots = 4\nboard_cycle = {{ value = 0.25, source = \"the diary\" }}\n\
         [alliance.slip]\nuniform = {{ low = 1, high = 2 }}\nplan = 1\nsource = \"our last three\"\n"
    );
    std::fs::write(place.path().join("slower.toml"), own).expect("written");
    let ended = alliance(place.path(), ["compare", &base, "slower.toml", "--trials", "500", "--out", "c"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told = &json(place.path().join("c/summary.json"))["differing"];
    let row = |k: usize| {
        let texts = |key: &str| told[k][key].to_string();
        (texts("address"), texts("options"), told[k]["sources"][1].to_string())
    };
    let address = |key: &str| format!("{:?}", format!("alliance.\"Strategic alliance\".{key}"));
    assert_eq!(told.as_array().map(Vec::len), Some(3), "{told}");
    assert_eq!(row(0), (address("slots"), "[\"9\",\"4\"]".to_owned(), "null".to_owned()));
    assert_eq!(row(1).0, address("board_cycle"));
    assert_eq!(row(1).2, "\"the diary\"");
    // Evenly between 1 and 2: P10 and P90 are 1.1 and 1.9.
    assert!(row(2).0 == address("slip") && row(2).1.contains("1.1") && row(2).1.contains("1.9"), "{told}");
    assert_eq!(row(2).2, "\"our last three\"");
    // What one states and the other leaves at its default differs by what it is; what is the same is not told, wherever it stands.
    let bare = include_str!("../bare.toml");
    let also = bare.replacen("[[alliance]]", "[economy]\npay_share = 0.7\n[[alliance]]", 1);
    for (name, text) in [("bare.toml", bare), ("also.toml", &also)] {
        std::fs::write(place.path().join(name), text).expect("written");
    }
    let ended_too = alliance(place.path(), ["compare", "bare.toml", "also.toml", "--trials", "500", "--out", "d"]);
    assert_eq!(ended_too.code, 0, "{}", ended_too.err);
    let default = &json(place.path().join("d/summary.json"))["differing"];
    assert_eq!(default.as_array().map(Vec::len), Some(1), "{default}");
    assert_eq!(default[0]["options"].to_string(), "[\"75%\",\"70%\"]", "{default}");
    let title = "In what they differ (of uncertain numbers P10 to P90)";
    let first = ended.out.lines().position(|line| line == title).expect("it is told");
    // An option without the alliance hides nothing of what the others differ in, and of five options there is a table as well.
    let standalone = file("standalone");
    let asked = ["compare", &base, "slower.toml", &standalone, "--trials", "200", "--out", "three"];
    assert_eq!(alliance(place.path(), asked).code, 0);
    let three = &json(place.path().join("three/summary.json"))["differing"];
    let slots =
        three.as_array().expect("a list").iter().find(|own| own["address"] == "alliance.\"Strategic alliance\".slots");
    assert_eq!(slots.expect("it is told")["options"].to_string(), "[\"9\",\"4\",null]");
    let text = std::fs::read_to_string(place.path().join("slower.toml")).expect("it is there");
    for (k, slots) in ["a.toml", "b.toml", "c.toml"].iter().zip(2..) {
        std::fs::write(place.path().join(k), text.replace("slots = 4", &format!("slots = {slots}"))).expect("written");
    }
    let many = ["compare", &base, "slower.toml", "a.toml", "b.toml", "c.toml", "--trials", "200", "--out", "five"];
    let five = alliance(place.path(), many);
    assert!(five.out.contains("other in") && five.out.contains("4 of 4"), "{}", five.out);
    assert!(ended.out.lines().skip(first + 1).any(|line| line.starts_with("Net present value")), "{}", ended.out);
    let same = alliance(place.path(), ["compare", &base, &base, "--trials", "500", "--out", "same"]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(!same.out.contains("In what they differ"), "{}", same.out);
    // A matrix has no names: that it is another is told all the same; a number that reads the same says so of itself alone.
    let odd = format!(
        "format = 1\nextends = {base:?}\n[[alliance]]\nname = \"Strategic alliance\"\nboard_cycle = 0.17000001\n\
         [[correlation]]\nname = \"late, dear and short\"\nmatrix = [[1, 0.5, 0.4, 0.3, -0.3], [0.5, 1, 0.3, 0.5, -0.3], \
         [0.4, 0.3, 1, 0.4, -0.2], [0.3, 0.5, 0.4, 1, -0.2], [-0.3, -0.3, -0.2, -0.2, 1]]\n"
    );
    std::fs::write(
        place.path().join("odd.toml"),
        odd.replacen("[[1, 0.5", "[[1, 0.45", 1).replacen("[0.5, 1", "[0.45, 1", 1),
    )
    .expect("written");
    let ended = alliance(place.path(), ["compare", &base, "odd.toml", &base, "--trials", "200", "--out", "odd"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let told = json(place.path().join("odd/summary.json"))["differing"].to_string();
    assert!(
        told.contains("\"0.17 years\",\"0.17 years, another\",\"0.17 years\"") && told.contains("entries, another"),
        "{told}"
    );
}

#[test]
fn the_better_of_two_losses_is_called_a_loss() {
    let place = place();
    let bare = include_str!("../bare.toml");
    for (name, cost) in [("dear", 60), ("dearer", 90)] {
        let text = bare.replace("oneoff = 5", &format!("oneoff = {cost}")).replace("\"Bare\"", &format!("\"{name}\""));
        std::fs::write(place.path().join(format!("{name}.toml")), text).expect("written");
    }
    std::fs::write(place.path().join("bare.toml"), bare.replace("oneoff = 5", "oneoff = 0")).expect("written");
    let first = |files: [&str; 2], out: &str| {
        let ended = alliance(place.path(), ["compare", files[0], files[1], "--trials", "500", "--out", out]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        json(place.path().join(out).join("summary.json"))["findings"][0].as_str().expect("a sentence").to_owned()
    };
    let said = first(["dear.toml", "dearer.toml"], "losses");
    assert!(
        said.contains("is the better option") && said.ends_with("Even that is a loss against every force alone."),
        "{said}"
    );
    let said = first(["dear.toml", "bare.toml"], "gain");
    assert!(said.contains("is the better option") && !said.contains("a loss"), "{said}");
}
