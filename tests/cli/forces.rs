//! `alliance forces` lists what is known; `alliance new --forces` makes scenarios of it that run.

use std::fs;

use language::{KnownForce, known_forces, template_kinds};
use serde_json::Value;

use super::{alliance, listing, place, text};

fn all() -> Vec<KnownForce> {
    known_forces().expect("the shipped files can be read")
}

#[test]
fn every_force_is_listed_with_its_facts_sources_and_neighbours() {
    let place = place();
    let listed = alliance(place.path(), ["forces", "--format", "json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    let listed: Vec<Value> = serde_json::from_str(&listed.out).expect("a list");
    assert_eq!(listed.len(), 43);
    for (listed, known) in listed.iter().zip(all()) {
        assert_eq!(listed["force"], known.name);
        assert_eq!(listed["borders"].as_array().map(Vec::len), Some(known.borders.len()));
        let facts = listed["facts"].as_array().expect("a list");
        assert_eq!(facts.len(), known.facts.len());
        assert!(
            facts.iter().all(|fact| !fact["source"].as_str().unwrap_or_default().is_empty() && fact["value"].is_f64())
        );
    }
    let table = alliance(place.path(), ["forces", "--near", "dorset police", "--format", "csv"]);
    let lines: Vec<&str> = table.out.lines().collect();
    assert_eq!(lines[0], "force,borders_on,year,fact,unit,value,source,confidence,note");
    let near = ["Dorset", "Avon & Somerset", "Devon & Cornwall", "Hampshire", "Wiltshire"];
    let facts: usize =
        all().iter().filter(|force| near.contains(&force.name.as_str())).map(|force| force.facts.len()).sum();
    assert_eq!(lines.len(), 1 + facts);
    let said = alliance(place.path(), ["forces", "--near", "Dorset"]);
    for name in near {
        assert!(said.out.contains(&format!("\n{name}\n")), "{}", said.out);
    }
    assert!(said.out.contains("2025/26: core grant £86m, precept £96.1m"), "{}", said.out);
    // What is judged says so, what is published does not.
    let dorset =
        said.out.split("\nDorset\n").nth(1).and_then(|rest| rest.split("borders on").next()).expect("it is listed");
    assert!(dorset.contains('*') && dorset.contains("core grant £86m,"), "{dorset}");
    assert_eq!(listing(place.path()), Vec::<String>::new());
    let wrong = alliance(place.path(), ["forces", "--near", "Dorest"]);
    assert!(wrong.code == 2 && wrong.err.contains("Did you mean \"Dorset\"?"), "{}", wrong.err);
}

#[test]
fn pairs_and_threes_of_forces_run() {
    let place = place();
    let kinds = template_kinds();
    let mut ran = 0;
    let mut tried = |kind: &str, names: &str| {
        let file = format!("{ran}.toml");
        let wrote = alliance(place.path(), ["new", "--forces", names, "--kind", kind, "--out", &file]);
        assert_eq!(wrote.code, 0, "{kind} of {names}: {}", wrote.err);
        let folder = format!("o{ran}");
        let ended = alliance(place.path(), ["run", &file, "--trials", "2048", "--no-charts", "--out", &folder]);
        assert_eq!(ended.code, 0, "{kind} of {names}: {}", ended.err);
        ran += 1;
    };
    let all = all();
    let pairs = all.iter().flat_map(|force| {
        let later = force.borders.iter().filter(|border| border.neighbour > force.name);
        later.map(|border| format!("{}, {}", force.name, border.neighbour))
    });
    for (position, names) in pairs.filter(|names| !names.contains("London, City of")).enumerate() {
        let of_two: Vec<&str> = kinds.iter().copied().filter(|kind| *kind != "regional").collect();
        tried(of_two[position % of_two.len()], &names);
    }
    for kind in kinds {
        tried(kind, "Bedfordshire, Cambridgeshire and Hertfordshire");
        tried(kind, "Gwent, South Wales, Met, Greater Manchester");
    }
    assert_eq!(ran, 100 + 2 * template_kinds().len());
}

#[test]
fn what_is_carried_stood_in_for_or_missing_is_said_at_once() {
    let place = place();
    let wrote = alliance(place.path(), ["new", "--forces", "Bedfordshire, Gwent", "--out", "s.toml"]);
    for said in [
        "STATE reserves: no figure of 2025/26 was found, and another only stands in for it. Of: all forces.",
        "STATE budget: no figure of 2025/26 was found, and another only stands in for it. Of: Gwent.",
        "Population: the figure of 2020/21, not of 2025/26. Of: all forces.",
        "Not comparable: the grant of Gwent leaves out what the Welsh Government pays",
        "Invented: the collaboration",
    ] {
        assert!(wrote.out.contains(said), "{said}\n{}", wrote.out);
        assert!(text(place.path().join("s.toml")).contains(said), "{said}");
    }
    let checked = alliance(place.path(), ["check", "s.toml"]);
    assert!(checked.out.contains("Inputs without a source: none"), "{}", checked.out);
    assert!(
        checked.out.contains("force.Gwent.band_d: ") && checked.out.contains("only stands in for a figure"),
        "{}",
        checked.out
    );
    let early = alliance(place.path(), ["new", "--forces", "Kent, Essex", "--year", "2016/17", "--out", "e.toml"]);
    assert!(
        early.code == 0 && early.out.contains("It cannot be read before what is missing is stated"),
        "{}",
        early.out
    );
    assert_eq!(alliance(place.path(), ["check", "e.toml"]).code, 2);
    // Without a file the scenario alone is on standard output.
    let printed = alliance(place.path(), ["new", "--forces", "Kent, Essex"]);
    assert!(printed.out.starts_with("# Kent and Essex") && printed.err.contains("STATE reserves"), "{}", printed.err);
}

#[test]
fn a_workbook_of_real_forces_reads_back_as_the_file() {
    let place = place();
    let names = "Devon and Cornwall, Dorset";
    assert_eq!(alliance(place.path(), ["new", "--forces", names, "--out", "a.toml"]).code, 0);
    assert_eq!(alliance(place.path(), ["new", "--forces", names, "--xlsx", "--out", "b.xlsx"]).code, 0);
    assert_eq!(alliance(place.path(), ["import", "b.xlsx", "--out", "b.toml"]).code, 0);
    let resolved = |file: &str| alliance(place.path(), ["check", "--resolved", file]).out.replace("\"b\"", "\"a\"");
    assert_eq!(resolved("a.toml"), resolved("b.toml"));
}

#[test]
fn wrong_names_kinds_and_years_are_refused_with_what_would_be_right() {
    let place = place();
    for (arguments, said) in [
        (&["--forces", "Kent, Essx, Yorkshire"][..], "Did you mean \"Essex\"?\n\"Yorkshire\" is none of"),
        (&["--forces", "Kent, Kent Police"], "\"Kent\" is named twice"),
        (&["--forces", "Kent, City of London"], "raises no police precept"),
        (&["--forces", "Kent", "--kind", "merger"], "at least 2 forces"),
        (&["--forces", "Kent, Essex", "--kind", "marriage"], "'marriage' is no kind of collaboration"),
        (&["--forces", "Kent, Essex", "--year", "2025"], "is not a financial year"),
        (&["--forces", "Kent, Essex", "--year", "2031/32"], "Name a year from 2014/15 to 2026/27"),
        (&["merger", "--forces", "Kent, Essex", "--kind", "merger"], "cannot be used with"),
        (&["merger", "--year", "2025/26"], "--forces <NAMES>"),
        (&[], "<KIND>"),
    ] {
        let ended = alliance(place.path(), ["new"].iter().chain(arguments));
        assert_eq!(ended.code, 2, "{arguments:?}");
        assert!(ended.err.contains(said), "{arguments:?}: {}", ended.err);
    }
    assert_eq!(listing(place.path()), Vec::<String>::new());
    fs::write(place.path().join("mine.toml"), "mine").expect("it can be written");
    let ended = alliance(place.path(), ["new", "--forces", "Kent, Essex", "--out", "mine.toml"]);
    assert!(ended.code == 2 && ended.err.contains("exists already"), "{}", ended.err);
}
