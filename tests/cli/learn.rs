//! `learn`: what programmes of the past say, and assumptions that a scenario takes.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{alliance, place, scenario, text};

fn shipped() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/data/programmes.csv").to_string_lossy().into_owned()
}

fn answer(folder: &Path, more: &[&str]) -> Value {
    let file = shipped();
    let ended = alliance(folder, [&["learn", file.as_str(), "--format", "json"], more].concat());
    assert_eq!(ended.code, 0, "{more:?}: {}", ended.err);
    serde_json::from_str(&ended.out).expect("JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

#[test]
fn the_first_sentence_says_what_the_class_delivers_and_how_often_it_fails() {
    let place = place();
    let found = answer(place.path(), &["--class", "alliance"]);
    let first = found["findings"][0].as_str().expect("a sentence");
    assert!(first.starts_with("A new programme of the class \"alliance\" would deliver between"), "{first}");
    assert!(first.contains("failing outright"), "{first}");
    // One of four failed; three others are drawn towards each other.
    assert_eq!((found["failing"]["told"].as_u64(), found["failing"]["failed"].as_u64()), (Some(4), Some(1)));
    assert_eq!(found["share"]["cases"].as_u64(), Some(3));
    // Three ends in 82 years: Gamma(3.5, 82), mean 3.5/82.
    assert!((number(&found["exit"]["mean"]) - 3.5 / 82.0).abs() < 1e-12);
    for case in found["cases"].as_array().expect("cases") {
        assert!(!case["source"].as_str().unwrap_or_default().is_empty(), "{case}");
    }
    // Beliefs: whole first; fame undone makes failing rarer.
    let beliefs = found["beliefs"].as_array().expect("beliefs");
    let failing: Vec<f64> = beliefs.iter().map(|own| number(&own["failing"])).collect();
    assert!((failing[0] - number(&found["failing"]["chance"])).abs() < 1e-15);
    assert!(failing[1] < failing[0] && failing[2] < failing[1], "{failing:?}");
    let said = alliance(place.path(), ["learn", &shipped(), "--class", "alliance"]);
    assert!(
        said.out.contains("realisation = { mixture =") && said.out.lines().all(|line| !line.contains("NaN")),
        "{}",
        said.out
    );
}

#[test]
fn a_programme_is_left_out_and_names_that_are_not_there_are_told() {
    let place = place();
    let whole = answer(place.path(), &["--class", "alliance"]);
    let without = answer(place.path(), &["--class", "alliance", "--without", "Devon & Cornwall and Dorset"]);
    assert_eq!(without["failing"]["told"].as_u64(), Some(3));
    assert!(number(&without["exit"]["years"]) < number(&whole["exit"]["years"]));
    for (more, wanted) in [
        (["--class", "aliance"], "--class: no class is called \"aliance\". Did you mean \"alliance\"?"),
        (
            ["--without", "Kent and Esex"],
            "--without: no programme is called \"Kent and Esex\". Did you mean \"Kent and Essex\"?",
        ),
    ] {
        let ended = alliance(place.path(), [&["learn", shipped().as_str()][..], &more].concat());
        assert!(ended.code == 2 && ended.err.contains(wanted), "{}", ended.err);
    }
}

#[test]
fn what_changes_or_draws_a_scenario_needs_one_and_then_has_an_effect() {
    let place = place();
    for words in [["--set", "years=12"], ["--trials", "5000"], ["--seed", "3"], ["--sampler", "plain"]] {
        let ended = alliance(place.path(), [&["learn", shipped().as_str()][..], &words].concat());
        assert!(ended.code == 2 && ended.err.contains("--for <SCENARIO>"), "{words:?}: {}", ended.err);
    }
    let file = scenario("two-force");
    let found = |more: &[&str]| {
        let words = [&["--for", file.to_str().expect("UTF-8"), "--trials", "1000"], more].concat();
        answer(place.path(), &words)["bases"][0].clone()
    };
    let usual = found(&[]);
    assert_eq!((usual["futures"].as_u64(), usual["is_met"].as_bool()), (Some(1_000), Some(true)));
    let more: [&[&str]; 2] = [&["--seed", "3"], &["--set", "alliance.\"Strategic alliance\".exit.election_weight=1.5"]];
    for more in more {
        assert_ne!(found(more)["stated_rate"], usual["stated_rate"], "{more:?}");
    }
    let sobol =
        alliance(place.path(), ["learn", &shipped(), "--for", file.to_str().expect("UTF-8"), "--sampler", "sobol"]);
    assert!(sobol.code == 2 && sobol.err.contains("sampler plain is wanted"), "{}", sobol.err);
}

#[test]
fn a_rate_of_few_futures_is_not_said_to_be_met() {
    let place = place();
    let file = scenario("two-force");
    let words = ["learn", &shipped(), "--for", file.to_str().expect("UTF-8"), "--trials", "500"];
    let said = alliance(place.path(), words).out;
    let line = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(line.contains("is not met: that takes 1,000 futures or more, and there were 500"), "{said}");
    assert!(said.contains("# No exit.base is written: ") && !said.contains("exit.base   ="), "{said}");
}

#[test]
fn what_is_written_is_read_whatever_the_programmes_are_called_and_did() {
    let place = place();
    let base = scenario("two-force");
    let base = base.to_str().expect("UTF-8");
    let many = |row: &dyn Fn(usize) -> String| (0..400).map(row).collect::<String>();
    let head = "class,programme,promised,delivered,planned_years,actual_years,ended,exposure,source\n";
    let files = [
        // All alike: three digits would make one of the three percentiles.
        many(&|k| format!("a,P{k},1,1.004,1,1.005,no,9,s\n")),
        // Nearly all failed: the chance is 1 to three digits.
        many(&|k| format!("a,P{k},1,{},,,,,s\n", if k < 3 { "0.5" } else { "0" })),
        // Further apart than any number of a scenario.
        "a,P,1,1,0.0000001,1000000000000,no,9,s\na,Q,1,0.9,1,0.0000001,no,9,s\n".to_owned(),
        // A class as long as a cell may be, so that with anything beside it a text would be too long, in characters that turn the direction of writing.
        format!("\"{} \u{202e}\"\"x\"\" \\\",P,1,0.7,1,2,no,9,s\n", "long ".repeat(1_990)),
    ];
    for (k, rows) in files.iter().enumerate() {
        fs::write(place.path().join("x.csv"), format!("{head}{rows}")).expect("there is room");
        let out = format!("o{k}.toml");
        let ended = alliance(place.path(), ["learn", "x.csv", "--for", base, "--trials", "1000", "--out", &out]);
        assert_eq!(ended.code, 0, "{k}: {}", ended.err);
        let checked = alliance(place.path(), ["check", &out]);
        let written = text(place.path().join(&out));
        assert_eq!(checked.code, 0, "{k}: {}\n{}", checked.err, written.chars().take(3_000).collect::<String>());
        assert_eq!(written.contains("# No slip is written"), k == 2, "{k}: {written}");
    }
}

#[test]
fn what_is_said_of_a_programme_is_printed_beside_it() {
    let place = place();
    let found = answer(place.path(), &["--class", "alliance"]);
    let first = &found["cases"][0];
    assert_eq!(first["confidence"], "low", "{first}");
    assert!(first["note"].as_str().is_some_and(|own| own.starts_with("4.3 years from the first case")), "{first}");
    let table = alliance(place.path(), ["learn", &shipped(), "--format", "csv"]).out;
    assert!(table.lines().next().is_some_and(|head| head.ends_with("source,confidence,note")), "{table}");
}

#[test]
fn what_is_printed_for_every_shipped_scenario_is_read_and_meets_the_rate() {
    let place = place();
    for (k, name) in ["two-force", "three-force", "five-force", "lead-force"].into_iter().enumerate() {
        let (file, out) = (scenario(name), format!("learnt-{k}.toml"));
        let file = file.to_str().expect("UTF-8");
        let found = answer(place.path(), &["--class", "alliance", "--for", file, "--trials", "2000", "--out", &out]);
        for base in found["bases"].as_array().expect("bases") {
            assert_eq!(base["is_met"].as_bool(), Some(true), "{name}: {base}");
            let (rate, wanted) = (number(&base["rate"]["value"]), number(&base["wanted"]));
            // The same futures: rates move by one notice at a time, and bases are written to four digits.
            assert!((rate / wanted - 1.0).abs() < 0.01, "{name}: {base}");
        }
        let checked = alliance(place.path(), ["check", &out]);
        assert_eq!(checked.code, 0, "{name}: {}\n{}", checked.err, text(place.path().join(&out)));
        let resolved = alliance(place.path(), ["check", "--resolved", &out]);
        assert!(resolved.out.contains("mixture") && resolved.out.contains("alliance learn"), "{}", resolved.out);
        // The same rate once the scenario states the base.
        let again = answer(place.path(), &["--class", "alliance", "--for", &out, "--trials", "2000"]);
        for (base, before) in
            again["bases"].as_array().expect("bases").iter().zip(found["bases"].as_array().expect("bases"))
        {
            assert_eq!(base["stated"], before["base"], "{name}");
        }
    }
}

#[test]
fn lines_without_a_scenario_are_read_under_an_alliance() {
    let place = place();
    for class in ["alliance", "shared services", "ICT", "merger"] {
        let out = format!("{class}.txt");
        let wrote = alliance(place.path(), ["learn", &shipped(), "--class", class, "--out", &out]);
        assert!(wrote.code == 0 && wrote.out.ends_with(&format!("Wrote {out}.\n")), "{}", wrote.err);
        let lines = text(place.path().join(&out));
        let base = scenario("two-force");
        let own = format!(
            "format = 1\nextends = {:?}\n[[alliance]]\nname = \"Strategic alliance\"\n{lines}",
            base.to_str().expect("UTF-8")
        );
        fs::write(place.path().join("own.toml"), own).expect("there is room");
        let checked = alliance(place.path(), ["check", "own.toml"]);
        assert_eq!(checked.code, 0, "{class}: {}\n{lines}", checked.err);
        let again = alliance(place.path(), ["learn", &shipped(), "--class", class, "--out", &out]);
        assert!(again.code == 2 && again.err.contains("Choose another name"), "{}", again.err);
    }
}

#[test]
fn what_is_wrong_with_a_file_is_told_at_once_with_line_and_column() {
    let place = place();
    let file =
        "class,programme,promised,delivered_low,delivered_high,failed\na,A,10,0,5,\na,B,10,3,4,yes\na,C,10,4,5,\n";
    fs::write(place.path().join("x.csv"), file).expect("there is room");
    let ended = alliance(place.path(), ["learn", "x.csv"]);
    assert_eq!(ended.code, 2);
    for wanted in [
        "x.csv:2:1: delivered_low: \"A\" may have delivered nothing or 0.50 of its promise, which is no one case. Write a low end above 0",
        "x.csv:3:1: failed: by its figures \"B\" has not failed: 0.40 of its promise at most, and 0.2 counts as failed.",
    ] {
        assert!(ended.err.contains(wanted), "{}", ended.err);
    }
    let missing = alliance(place.path(), ["learn", "y.csv"]);
    assert!(missing.code == 2 && missing.err.contains("y.csv"), "{}", missing.err);
    // A merger takes what is learnt of benefits, and has no base.
    let merger = scenario("mandated-merger");
    let found =
        answer(place.path(), &["--for", merger.to_str().expect("UTF-8"), "--out", "m.toml", "--trials", "1000"]);
    assert_eq!(found["bases"], Value::Array(Vec::new()));
    assert_eq!(alliance(place.path(), ["check", "m.toml"]).code, 0);
}

#[test]
fn where_nothing_is_known_nothing_is_told() {
    let place = place();
    let file = "class,programme,planned_years,actual_years,ended,exposure,source\na,A,2,3,no,5,s\n";
    fs::write(place.path().join("x.csv"), file).expect("there is room");
    let ended = alliance(place.path(), ["learn", "x.csv", "--format", "json"]);
    let found: Value = serde_json::from_str(&ended.out).expect("JSON");
    assert_eq!(
        (&found["failing"]["chance"], &found["delivered"], &found["overrun"]),
        (&Value::Null, &Value::Null, &Value::Null)
    );
    assert!(found["findings"][0].as_str().is_some_and(|own| own.starts_with("Nothing is known of what programmes")));
    let toml = found["toml"].as_str().expect("lines");
    assert!(!toml.contains("realisation") && toml.contains("slip"), "{toml}");
}

#[test]
fn the_answer_is_the_same_on_any_number_of_threads() {
    let place = place();
    let file = scenario("two-force");
    let printed = ["1", "2", "3"].map(|threads| {
        let more = ["--for", file.to_str().expect("UTF-8"), "--trials", "2000", "--threads", threads];
        answer(place.path(), &more)
    });
    assert!(printed[0] == printed[1] && printed[1] == printed[2]);
}

/// The rows of the table of shipped scenarios: class, and who is left out.
const SHIPPED: [(&str, &str, &[&str]); 6] = [
    ("two-force", "alliance", &["Devon & Cornwall and Dorset"]),
    ("lead-force", "alliance", &["Devon & Cornwall and Dorset"]),
    ("three-force", "alliance", &["Leicestershire, Northamptonshire and Nottinghamshire"]),
    (
        "five-force",
        "alliance",
        &["Devon & Cornwall and Dorset", "Avon & Somerset, Gloucestershire and Wiltshire: Tri-Force"],
    ),
    ("merger-2018", "merger", &["Devon & Cornwall and Dorset"]),
    ("mandated-merger", "merger", &[]),
];

#[test]
fn the_table_of_shipped_scenarios_has_the_figures_of_the_program() {
    let (place, page) = (place(), text(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/learning.md")));
    for (name, class, without) in SHIPPED {
        let mut arguments = vec!["learn".to_owned(), shipped(), "--class".to_owned(), class.to_owned()];
        arguments.extend(without.iter().flat_map(|own| ["--without".to_owned(), (*own).to_owned()]));
        let said = alliance(place.path(), arguments).out;
        let row = page.lines().find(|line| line.starts_with(&format!("| `{name}`"))).expect("a row");
        let figures = |head: &str| {
            let line = said.lines().find(|line| line.starts_with(head)).unwrap_or_else(|| panic!("{head}: {said}"));
            let cells: Vec<&str> = line.split_whitespace().collect();
            format!("→ {}", cells[cells.len() - 3..].join(", "))
        };
        for head in ["the same where it does not fail", "Actual by planned time", "Actual by planned cost"] {
            assert!(row.contains(&figures(head)), "{name}: {}\n{row}", figures(head));
        }
        let whole = said.split_whitespace().collect::<Vec<_>>().join(" ");
        let chance = whole.split("with a chance of ").nth(1).and_then(|rest| rest.split('%').next()).expect("a chance");
        assert!(row.contains(&format!("→ {chance}% (")), "{name}: {chance}\n{row}");
    }
}
