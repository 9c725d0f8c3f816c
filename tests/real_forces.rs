//! Scenarios of real forces: every force alone, neighbours in pairs and threes, of every kind; the figures are those of the shipped file.
#![expect(clippy::float_cmp, reason = "numbers are read back as they were written")]

use std::path::Path;

use engine::alliance::{Fact, Force};
use engine::units::FinancialYear;
use language::{KnownForce, Loaded, Start, USUAL_YEAR, known_forces, load, named, start, template_kinds};

fn all() -> Vec<KnownForce> {
    known_forces().expect("the shipped files can be read")
}

fn started(all: &[KnownForce], kind: Option<&str>, names: &str, year: FinancialYear) -> Result<Start, String> {
    let forces = named(all, names).unwrap_or_else(|wrong| panic!("{names}: {wrong:?}"));
    start(kind, &forces, all, year)
}

fn loaded(text: &str) -> Result<Loaded, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s.toml");
    std::fs::write(&path, text).expect("written");
    load(&path, &[]).map_err(|problems| problems.to_string())
}

fn facts(force: &Force) -> [(&'static str, &Fact); 7] {
    [
        ("budget", &force.budget),
        ("grant_share", &force.grant_share),
        ("band_d", &force.band_d),
        ("tax_base", &force.tax_base),
        ("reserves", &force.reserves),
        ("population", &force.population),
        ("officers", &force.officers),
    ]
}

/// Every figure has a source; one with the shipped file's source is the shipped file's figure.
fn same_figures(loaded: &Loaded, all: &[KnownForce], year: FinancialYear) {
    assert_eq!(loaded.without_source, Vec::<String>::new());
    for force in &loaded.scenario.forces {
        let known = all.iter().find(|known| known.name == force.name).expect("its name is the shipped file's");
        for (key, fact) in facts(force) {
            let source = fact.provenance.source.as_deref().expect("it has a source");
            let at = format!("{} {key}: {source}", force.name);
            if source.starts_with("computed from budget") || source.starts_with("judgement: stand-in, no figure of ") {
                assert!(known.fact(key, year).is_none() || key == "tax_base", "{at}");
                continue;
            }
            let own = match source.split_once("; the figure of ") {
                None => known.fact(key, year),
                Some((_, carried)) => {
                    let of = carried.split(", carried to ").next().expect("a year").parse().expect("a year");
                    assert!(known.fact(key, year).is_none(), "{at}");
                    known.fact(key, of)
                }
            };
            let own = own.unwrap_or_else(|| panic!("{at}"));
            assert_eq!(fact.value, own.value, "{at}");
            assert!(source.starts_with(&own.source), "{at}");
        }
    }
}

#[test]
fn every_force_alone_is_a_scenario_but_the_one_without_precept() {
    let all = all();
    for force in &all {
        let started = started(&all, None, &force.name, USUAL_YEAR);
        if force.name == "London, City of" {
            assert!(started.expect_err("it is refused").contains("raises no police precept"));
            continue;
        }
        let started = started.unwrap_or_else(|why| panic!("{}: {why}", force.name));
        assert!(started.is_whole, "{}", force.name);
        let loaded = loaded(&started.text).unwrap_or_else(|why| panic!("{}: {why}", force.name));
        same_figures(&loaded, &all, USUAL_YEAR);
        let stand_ins = started.text.matches("# STATE your own").count();
        assert_eq!(loaded.worth_a_look.len(), stand_ins, "{}: {:?}", force.name, loaded.worth_a_look);
        assert_eq!(
            force.is_welsh(),
            started.text.contains("leaves out what the Welsh Government pays"),
            "{}",
            force.name
        );
    }
}

/// Neighbours in pairs, each once.
fn pairs(all: &[KnownForce]) -> Vec<String> {
    let two = |force: &KnownForce| {
        let others = force.borders.iter().map(|border| border.neighbour.clone());
        let own = force.name.clone();
        others.filter(|other| *other > force.name).map(move |other| format!("{own}, {other}")).collect::<Vec<_>>()
    };
    all.iter().flat_map(two).filter(|pair| !pair.contains("London, City of")).collect()
}

const TRIPLES: [&str; 10] = [
    "Bedfordshire, Cambridgeshire, Hertfordshire",
    "Leicestershire, Northamptonshire, Nottinghamshire",
    "Avon & Somerset, Gloucestershire, Wiltshire",
    "Cleveland, Durham, Northumbria",
    "Gwent, South Wales, Dyfed-Powys",
    "Greater Manchester, West Yorkshire, Lancashire",
    "Metropolitan Police, Surrey, Kent",
    "Norfolk, Suffolk, Essex",
    "Warwickshire, West Mercia, West Midlands",
    "Devon & Cornwall, Dorset, Cumbria",
];

#[test]
fn neighbours_of_every_kind_are_sound_and_state_the_shipped_figures() {
    let all = all();
    let pairs = pairs(&all);
    assert_eq!(pairs.len(), 100);
    for names in pairs.iter().map(String::as_str).chain(TRIPLES) {
        for kind in template_kinds() {
            let started = started(&all, Some(kind), names, USUAL_YEAR);
            if kind == "regional" && !TRIPLES.contains(&names) {
                assert!(started.expect_err("two make no hubs").contains("at least 3 forces"));
                continue;
            }
            let started = started.unwrap_or_else(|why| panic!("{names}: {why}"));
            let loaded = loaded(&started.text).unwrap_or_else(|why| panic!("{kind} of {names}: {why}"));
            same_figures(&loaded, &all, USUAL_YEAR);
            let (invented, others): (Vec<_>, Vec<_>) =
                loaded.worth_a_look.iter().partition(|odd| odd.what.contains("of this starting file are invented"));
            assert_eq!(
                invented.len(),
                usize::from(kind != "standalone"),
                "{kind} of {names}: what is invented is told once"
            );
            let odd = others.iter().find(|odd| !odd.what.contains("only stands in"));
            assert!(odd.is_none(), "{kind} of {names}: {odd:?}");
        }
    }
}

#[test]
fn another_year_says_what_is_carried_and_what_must_be_stated_before_the_file_is_read() {
    let all = all();
    for year in 2014..=2026 {
        let year = FinancialYear(year);
        for force in all.iter().filter(|force| force.name != "London, City of") {
            let started = started(&all, None, &force.name, year).unwrap_or_else(|why| panic!("{}: {why}", force.name));
            match loaded(&started.text) {
                Ok(loaded) => {
                    assert!(started.is_whole, "{} {year}", force.name);
                    same_figures(&loaded, &all, year);
                    let carried = started.text.matches(&format!(", not of {year}\n")).count();
                    assert_eq!(carried, started.text.matches(&format!(", carried to {year}\"")).count());
                }
                Err(why) => {
                    assert!(!started.is_whole, "{} {year}: {why}", force.name);
                    for line in why.lines().filter(|line| line.contains(": force.")) {
                        let key = line.split(": the key `").nth(1).and_then(|rest| rest.split('`').next());
                        let key = key.unwrap_or_else(|| panic!("{} {year}: {line}", force.name));
                        assert!(started.text.contains(&format!("# {key:<9} =      # STATE: ")), "{line}");
                    }
                }
            }
        }
    }
    let outside = started(&all, None, "Kent", FinancialYear(2031)).expect_err("nothing is known");
    assert!(outside.contains("Name a year from 2014/15 to 2026/27"), "{outside}");
}

/// What the shipped file of facts gives a scenario is sound by itself, whatever the force and the year.
#[test]
fn every_whole_line_of_the_shipped_facts_is_read_without_an_error() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/data/forces.csv");
    let mut read = 0;
    for force in all() {
        for year in 2014..=2026 {
            let year = FinancialYear(year);
            let needed = ["budget", "grant_share", "band_d", "population", "officers"];
            if needed.iter().any(|key| force.fact(key, year).is_none()) {
                continue;
            }
            let reserves = if force.fact("reserves", year).is_some() { "" } else { "reserves = 5\n" };
            let text = format!(
                "format = 1\ntitle = 't'\nquestion = 'q?'\nfirst_year = '{year}'\nyears = 5\nfacts = '{}'\n\
                 [[force]]\nname = \"{}\"\n{reserves}",
                file.display(),
                force.name
            );
            loaded(&text).unwrap_or_else(|why| panic!("{} {year}: {why}", force.name));
            read += 1;
        }
    }
    assert!(read >= 20, "{read}");
}

/// A scenario that extends a shipped data file from another folder is not told of faults in it.
#[test]
fn a_shipped_data_file_is_extended_by_any_forces_from_any_folder() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/data");
    for (file, year) in
        [("england-2014", "2015/16"), ("england-2026", "2025/26"), ("devon-cornwall-dorset-2014", "2014/15")]
    {
        for names in [&["Bedfordshire"][..], &["Kent", "Essex"], &["Gwent", "South Wales", "Dyfed-Powys"]] {
            let path = data.join(file).with_extension("toml");
            let mut text = format!(
                "format = 1\nextends = '{}'\ntitle = 't'\nquestion = 'q?'\nfirst_year = '{year}'\nyears = 10\nsource = 'judgement: ours'\n",
                path.display()
            );
            for name in names {
                text += &format!(
                    "[[force]]\nname = '{name}'\nbudget = 156\ngrant_share = 0.57\nband_d = 279\nreserves = 10\npopulation = 700000\nofficers = 1500\n"
                );
            }
            let loaded = loaded(&text).unwrap_or_else(|why| panic!("{file}: {why}"));
            assert_eq!(loaded.worth_a_look, [], "{file} with {names:?}");
        }
    }
}

#[test]
fn what_extends_a_shipped_data_file_takes_facts_that_it_leaves_out_from_the_file_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = Path::new("scenarios/data/england-2026.toml").canonicalize().expect("it is there");
    let path = folder.path().join("s.toml");
    let text = format!(
        "format = 1\nextends = {:?}\ntitle = \"Kent\"\nfirst_year = \"2025/26\"\nyears = 5\nsource = \"judgement\"\n\
         [[force]]\nname = \"Kent\"\nreserves = 20\npopulation = 1900000\n",
        data.to_string_lossy()
    );
    std::fs::write(&path, text).expect("written");
    let loaded = load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}"));
    let all = all();
    let kent = all.iter().find(|force| force.name == "Kent").expect("it is known");
    let known = |key: &str| kent.facts.iter().find(|fact| fact.key == key && fact.year == FinancialYear(2025));
    let own = &loaded.scenario.forces[0];
    for (key, found) in [("budget", &own.budget), ("band_d", &own.band_d), ("officers", &own.officers)] {
        let known = known(key).expect("it is known");
        assert_eq!(found.value.to_bits(), known.value.to_bits(), "{key}");
        assert_eq!(found.provenance.source.as_deref(), Some(known.source.as_str()), "{key}");
    }
}
