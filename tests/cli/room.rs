//! What a run would hold at once is bounded before it begins, and the message says what to take less of.

use std::fs;

use super::{Ended, alliance, place, text};

/// Asserts that a verb is refused as bad input, with these words, and leaves nothing.
fn refused(ended: &Ended, said: &str) {
    assert!(ended.code == 2 && ended.err.contains(said), "{}: {}", ended.code, ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
}

/// So many forces in an alliance of one area, over so many years, with more areas.
fn scenario(forces: usize, years: usize, more: &str) -> String {
    let force = |i: usize| {
        format!(
            "[[force]]\nname = \"F{i}\"\nbudget = 100\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = 500000\nofficers = 900\n"
        )
    };
    let names: Vec<String> = (0..forces).map(|i| format!("\"F{i}\"")).collect();
    format!(
        "format = 1\ntitle = \"Large\"\nfirst_year = \"2026/27\"\nyears = {years}\nsource = \"judgement\"\n{}\
         [[alliance]]\nname = \"A\"\nmembers = [{}]\nstart = \"2026-04\"\n\
         [[alliance.area]]\nname = \"R\"\ncost = 5\nsaving = 0.1\nsubmit = 0.5\nimplement = 0.5\n{more}",
        (0..forces).map(force).collect::<String>(),
        names.join(", ")
    )
}

/// Areas from one number to another, each with two distributions of a shape of their own, and a one-off cost.
fn areas(numbers: std::ops::Range<usize>, oneoff: impl Fn(usize) -> String) -> String {
    let area = |k: usize| {
        format!(
            "[[alliance.area]]\nname = \"R{k}\"\ncost = 0.001\nsaving = {{ pert = {{ low = 0, mode = 0.1, high = 0.3{k:04} }} }}\n\
             submit = 0.5\nimplement = {{ pert = {{ low = 0, mode = 0.3, high = 1.7{k:04} }} }}\noneoff = {}\n",
            oneoff(k)
        )
    };
    numbers.map(area).collect()
}

#[test]
fn tables_of_quantiles_have_a_most_that_two_thousand_areas_keep_within() {
    let place = place();
    let check = |text: String| {
        fs::write(place.path().join("t.toml"), text).expect("there is room");
        alliance(place.path(), ["check", "t.toml"])
    };
    // Two shapes an area and one that all have: 3,997.
    let all = |_| "{ pert = { low = 0.01, mode = 0.02, high = 0.04 } }".to_owned();
    let second = "[[alliance]]\nname = \"B\"\nmembers = [\"F0\", \"F1\"]\nstart = \"2026-04\"\n";
    let few = check(scenario(2, 5, &format!("{}{second}{}", areas(1..1_000, all), areas(1_000..1_999, all))));
    assert_eq!(few.code, 0, "{:.1000}", few.err);
    // The tail of a lognormal so wide is steep, and its table as large as four: with the two of each area 5,994.
    let wide = |k: usize| format!("{{ lognormal = {{ median = 0.00{k:04}, p90 = 5 }} }}");
    let many = check(scenario(2, 5, &areas(1..1_000, wide)));
    refused(&many, "the uncertain numbers have too many shapes, and would take more than 5,000 tables. ");
    assert!(many.err.contains("share a table"), "{}", many.err);
}

#[test]
fn what_is_run_side_by_side_has_a_most_and_sweeps_take_fewer_points_at_a_time() {
    let place = place();
    let write = |name: &str, text: String| fs::write(place.path().join(name), text).expect("there is room");
    write("large.toml", scenario(200, 15, ""));
    let twelve: Vec<String> = (0..12).map(|_| "large.toml".to_owned()).collect();
    let asked = ["compare"].into_iter().chain(twelve.iter().map(String::as_str)).chain(["--trials", "100"]);
    refused(&alliance(place.path(), asked), "figures of every future would be held at once");
    refused(
        &alliance(place.path(), ["run", "large.toml", "--trials", "5000", "--keep-trials", "--out", "o"]),
        "--keep-trials: ",
    );
    assert!(!place.path().join("o").exists());
    write(
        "small.toml",
        scenario(2, 5, &areas(0..15, |k| format!("{{ uniform = {{ low = 0.01, high = 0.1{k:02} }} }}"))),
    );
    refused(
        &alliance(place.path(), ["discover", "small.toml", "--trials", "4000000"]),
        "figures times trials are at most 80,000,000: take at most",
    );
    refused(
        &alliance(place.path(), ["explain", "small.toml", "--trials", "4000000"]),
        "figures times trials are at most 80,000,000: take at most",
    );
}

#[test]
fn two_sweeps_of_one_key_and_names_that_are_too_long_are_refused() {
    let place = place();
    fs::write(place.path().join("t.toml"), scenario(2, 5, "")).expect("there is room");
    let sweep = "--sweep=alliance.A.slip=1,2";
    let ask = |more: &[&str]| {
        alliance(place.path(), [&["what-if", "t.toml", "--trials", "100", "--no-charts", sweep], more].concat())
    };
    refused(&ask(&[sweep]), "two sweeps are called");
    let long = "o".repeat(256);
    refused(&ask(&["--out", &long]), "is longer than a name may be here. Choose a shorter one.");
    refused(
        &alliance(place.path(), ["new", "two-force", "--out", &format!("{long}.toml")]),
        "is longer than a name may be",
    );
    // All that is wrong with a commission is told, as `check` tells it.
    fs::write(place.path().join("c.toml"), "format = 1\nbase = \"t.toml\"\nmeasures = [\"nvp\"]\n")
        .expect("there is room");
    let (asked, checked) = (alliance(place.path(), ["what-if", "c.toml"]), alliance(place.path(), ["check", "c.toml"]));
    for said in ["nothing is varied", "nvp"] {
        refused(&asked, said);
        refused(&checked, said);
    }
    // A swept value that breaks a rule of several keys is told where the sweep is written.
    fs::write(
        place.path().join("s.toml"),
        "format = 1\nbase = \"t.toml\"\n[[sweep]]\nkey = \"force.F0.budget\"\nvalues = [1, 2]\n",
    )
    .expect("there is room");
    for verb in ["check", "what-if"] {
        let ended = alliance(place.path(), [verb, "s.toml"]);
        refused(&ended, "s.toml:4:");
        assert!(
            ended.err.contains("with force.F0.budget = 1, ") && !ended.err.contains("in the resolved"),
            "{}",
            ended.err
        );
    }
    assert!(text(place.path().join("s.toml")).contains("budget"));
}
