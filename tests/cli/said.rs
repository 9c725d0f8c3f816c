//! What the screens say: one word for one thing, and no more than the figures hold.

use super::{alliance, place, scenario, text};

/// The screen of a verb about a scenario, in one line.
fn screen(verb: &str, name: &str, more: &[&str]) -> String {
    let place = place();
    let file = scenario(name);
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), [&[verb, file, "--no-charts", "--out", "s"], more].concat());
    assert_eq!(ended.code, 0, "{verb} {name}: {}", ended.err);
    ended.out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn one_future_tells_no_chance() {
    let said = screen("run", "two-force", &["--trials", "1"]);
    assert!(said.contains("One future was simulated: no chance and no percentile can be told from it"), "{said}");
    assert!(!said.contains("futures of ten;") && !said.contains("of them)"), "{said}");
    let said = screen("run", "two-force", &["--trials", "3"]);
    assert!(said.contains("Three futures were simulated: no chance"), "{said}");
}

#[test]
fn a_merger_that_did_not_come_about_has_not_vested_and_the_furthest_figures_are_shown() {
    let place = place();
    let file = scenario("merger-2018");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["run", file, "--trials", "2000", "--no-charts", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(ended.out.contains("%, never vested"), "{}", ended.out);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("shown are the 5 furthest from the middle of their forecast, 7 more"), "{said}");
    // Funding lay beyond 98 of 100 futures; savings of a merger that most futures do not have lay in their midst.
    let section = ended.out.split("What happened").nth(1).expect("there is a table");
    assert!(section.contains("Devon & Cornwall: funding 2023/24"), "{section}");
    assert!(!section.contains("Merger: cashable saving 2024/25"), "{section}");
}

#[test]
fn what_hangs_together_is_one_row_of_assumptions_with_its_members_counted() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["assumptions", file, "--trials", "20000", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let lines = || ended.out.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let group = "saving of 32 areas, correlated 0.7 32 numbers";
    assert_eq!(lines().filter(|line| line.starts_with(group)).count(), 1, "{}", ended.out);
    // None of its members has a row of its own.
    assert_eq!(lines().filter(|line| line.contains(": saving ")).count(), 0, "{}", ended.out);
    // The tables hold every one.
    let table = text(place.path().join("s/assumptions.csv"));
    assert_eq!(table.lines().filter(|line| line.contains(".saving\",")).count(), 32, "{table}");
}

#[test]
fn uncertain_numbers_and_drawn_inputs_are_told_apart() {
    let explained = screen("explain", "two-force", &["--trials", "2000"]);
    assert!(
        explained.contains("inputs that are drawn (uncertain numbers, events and what happens each year)"),
        "{explained}"
    );
    assert!(!explained.contains("uncertain inputs"), "{explained}");
}

#[test]
fn where_one_leaves_and_all_do_the_chance_is_that_of_the_alliance() {
    let said = screen("shares", "two-force", &["--trials", "2000"]);
    assert!(said.contains("The chance is that of the alliance, and the same for each force"), "{said}");
    let said = screen("shares", "three-force", &["--trials", "2000"]);
    assert!(!said.contains("The chance is that of the alliance"), "{said}");
}

#[test]
fn a_promise_that_lateness_helps_says_why() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let key = "alliance.\"Strategic alliance\"";
    let sweep = format!("{key}.realisation=0.2..1:5;{key}.slip=0.9,1.2,1.5,2,3");
    let ended =
        alliance(place.path(), ["what-if", file, "--sweep", &sweep, "--trials", "20000", "--no-charts", "--out", "s"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("Later can help a promise: what is swept is so in the plan too"), "{said}");
}

#[test]
fn no_way_of_sampling_is_offered_that_is_refused() {
    let place = place();
    for verb in ["explain", "discover", "shares", "optimise", "assumptions"] {
        let help = alliance(place.path(), [verb, "--help"]).out;
        let line = help.lines().find(|line| line.contains("--sampler")).expect("it is there");
        assert!(line.contains("plain, the one way") && !line.contains("sobol"), "{verb}: {line}");
    }
    let help = alliance(place.path(), ["run", "--help"]).out;
    assert!(help.contains("plain, antithetic, latin or sobol"), "{help}");
}

#[test]
fn money_of_one_year_has_one_unit_in_every_table_and_chart() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let key = "alliance.\"Strategic alliance\".realisation";
    let (sweep, set) = (format!("{key}=0.4,0.6"), format!("{key}=0.5"));
    let ended =
        alliance(place.path(), ["what-if", file, "--sweep", &sweep, "--set", &set, "--trials", "1000", "--out", "w"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.out.contains("present value, by") && ended.out.contains("£m, 2014/15 prices, by"), "{}", ended.out);
    assert_eq!(alliance(place.path(), ["run", file, "--trials", "1000", "--out", "r"]).code, 0);
    for chart in [
        "w/charts/sweep-1-1.svg",
        "w/charts/npv-exceedance.svg",
        "r/charts/npv-exceedance.svg",
        "r/charts/force-npv.svg",
    ] {
        assert!(text(place.path().join(chart)).contains("£m, 2014/15 prices"), "{chart}");
    }
}
