//! What messages spell out works when it is typed, what is set has its effect or says why not, and what is wrong is told where it stands.

use std::path::Path;

use language::{Override, changed, commission, load};

const BARE: &str = include_str!("bare.toml");

/// What is said of a text with changes; nothing where all is sound.
fn told(text: &str, changes: &[&str]) -> String {
    told_beside(text, changes, "")
}

fn told_beside(text: &str, changes: &[&str], csv: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    std::fs::write(&file, text).expect("written");
    std::fs::write(folder.path().join("t.csv"), csv).expect("written");
    match read(&file, changes) {
        Ok(_) => String::new(),
        Err(problems) => problems.replace(&format!("{}/", folder.path().display()), ""),
    }
}

fn read(file: &Path, changes: &[&str]) -> Result<language::Loaded, String> {
    let changes = changes.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, _>>();
    let changes = changes.map_err(|problems| problems.to_string())?;
    load(file, &changes).map_err(|problems| problems.to_string())
}

#[test]
fn the_example_of_every_key_that_is_missing_is_read() {
    let first = told(&BARE.replace("format = 1\n", ""), &[]);
    assert!(first.contains("Write, for example, `format = 1`"), "{first}");
    let future = told(&BARE.replace("format = 1", "format = 1.5"), &[]);
    assert!(future.contains("this is format 1.5, and this engine reads format 1. Write format = 1,"), "{future}");
    for line in BARE.lines().filter(|line| line.contains(" = ") && !line.contains("name =")) {
        let (key, _) = line.split_once(" = ").expect("a key");
        let without = BARE.replacen(&format!("{line}\n"), "", 1);
        let said = told(&without, &[]);
        let missing = format!("the key `{key}` is missing. Write, for example, `");
        let Some((_, example)) = said.split_once(&missing) else { continue };
        let example = example.split('`').next().expect("an example");
        let typed = BARE.replacen(&format!("{line}\n"), &format!("{example}\n"), 1);
        let again = told(&typed, &[]);
        // What is typed is read; whether it fits its neighbours is another question.
        assert!(!again.contains(&format!("{key}: ")) || key == "members", "{key}: {again}");
    }
}

#[test]
fn a_name_with_a_quote_in_it_is_set_as_messages_spell_it() {
    let text = BARE.replace("name = \"A\"", "name = 'A\"=;0'").replace("members = [\"A\"", "members = ['A\"=;0'");
    for spelt in [
        "force.\"A\\\"=;0\".opening_gap=0.01",
        "force.'A\"=;0'.opening_gap=0.01",
        "force.\"A\\u0022=;0\".opening_gap=0.01",
    ] {
        assert_eq!(told(&text, &[spelt]), "", "{spelt}");
    }
}

#[test]
fn what_is_too_steep_is_told_where_it_stands_and_with_all_else() {
    let steep = BARE.replacen("oneoff = 5", "oneoff = { pareto = { low = 0.001, alpha = 0.22 } }", 1);
    let line = 1 + steep.lines().position(|line| line.contains("pareto")).expect("it is there");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    std::fs::write(&file, &steep).expect("written");
    let whole = "alliance.K.area.\"Road traffic\".oneoff: this distribution is too steep to be tabulated to 1e-8";
    // By itself it is found when it is compiled.
    let loaded = read(&file, &[]).expect("it reads");
    let Err(engine::model::CompileError::Draws(errors)) = engine::model::Model::check(&loaded.scenario) else {
        panic!("it compiles")
    };
    let said = loaded.wrong_draws(&errors).to_string();
    assert!(said.contains(&format!("t.toml:{line}:")) && said.contains(whole), "{said}");
    // Beside another problem both are told.
    let said = told(&steep.replace("officers = 700", "officers = -700"), &[]);
    assert!(
        said.contains(whole) && said.contains("officers: -700 is out of range") && said.contains("2 problems"),
        "{said}"
    );
    // Where it is refused for its size already, that is told alone.
    let said = told(&BARE.replacen("oneoff = 5", "oneoff = { lognormal = { median = 1e-9, p90 = 1e9 } }", 1), &[]);
    assert!(said.contains("is out of all proportion") && !said.contains("too steep"), "{said}");
}

#[test]
fn a_number_laid_over_one_for_each_member_replaces_it_whole_and_the_other_way() {
    let each = BARE.replacen("cost = 10", "cost = { A = 6, B = 4 }", 1);
    let key = "alliance.K.area.\"Road traffic\".cost";
    for value in ["{ uniform = { low = 1, high = 2 } }", "3", "{ value = 3, source = \"x\" }", "{ A = 1, B = 2 }"] {
        assert_eq!(told(&each, &[&format!("{key}={value}")]), "", "{value}");
    }
    assert_eq!(told(&each, &[&format!("{key}.A=5")]), "", "one of them");
    let one = BARE.replacen("cost = 10", "cost = { uniform = { low = 9, high = 11 } }", 1);
    assert_eq!(told(&one, &[&format!("{key}={{ A = 6, B = {{ uniform = {{ low = 1, high = 2 }} }} }}")]), "");
}

#[test]
fn what_a_change_breaks_is_told_at_the_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    std::fs::write(&file, BARE).expect("written");
    let loaded = read(&file, &[]).expect("it reads");
    let change = Override::parse("force.A.budget=1").expect("a change");
    let said = changed(&loaded.resolved, &[change], "t").expect_err("too little").to_string();
    assert!(said.starts_with("on the command line: force.A."), "{said}");
    assert!(said.contains("with force.A.budget = 1, ") && !said.contains("with every default filled in"), "{said}");
}

#[test]
fn a_changed_form_is_that_of_the_file_with_the_same_changes() {
    let title = "title = \"Bare\"\n";
    assert!(BARE.contains(title));
    let named = BARE.replacen(title, &format!("name = \"own\"\n{title}"), 1);
    let named_after = BARE.replacen(title, &format!("{title}name = \"own\"\n"), 1);
    let untitled = BARE.replacen(title, "", 1);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    for text in [BARE, named.as_str(), named_after.as_str(), untitled.as_str()] {
        std::fs::write(&file, text).expect("written");
        let base = read(&file, &[]).expect("it reads").resolved;
        for change in ["years=9", "name=other", "title=Other", "question=why"] {
            // A form states the title, which a file without one has from its name: it is another file once either changes.
            if text == untitled && ["name=", "title="].iter().any(|key| change.starts_with(key)) {
                continue;
            }
            let own = changed(&base, &[Override::parse(change).expect("a change")], "t").expect("it reads");
            let of_file = read(&file, &[change]).expect("it reads");
            assert_eq!(own.resolved.to_string(), of_file.resolved.to_string(), "{change} in\n{text}");
        }
    }
}

#[test]
fn what_is_set_or_named_twice_is_refused() {
    let twice = ["years=9", "alliance.K.slip=1.1", "years=10"];
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("t.toml");
    std::fs::write(&file, BARE).expect("written");
    let loaded = read(&file, &[]).expect("it reads");
    // Whoever reads a scenario with changes, from its file or from its resolved form, is told.
    let change = |text: &&str| Override::parse(text).expect("a change");
    let together: Vec<Override> = twice.iter().map(change).collect();
    let of_form = changed(&loaded.resolved, &together, "t").expect_err("twice").to_string();
    assert!(of_form.contains("years: it is set twice"), "{of_form}");
    let first = &together[..2];
    let again = change(&"years=10").after(first);
    assert!(changed(&loaded.resolved, &[first, &[again]].concat(), "t").is_ok(), "a later turn may");
    let said = told(BARE, &twice);
    assert!(said.contains("years: it is set twice, and the first change would have no effect"), "{said}");
    assert!(said.ends_with("1 problem"), "{said}");
    assert_eq!(told(BARE, &["alliance.K.slip=1.1", "force.A.opening_gap=0.01"]), "");
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("b.toml"), BARE).expect("written");
    let file = folder.path().join("c.toml");
    let ask = |second: &str| {
        let text = format!(
            "format = 1\nbase = \"b.toml\"\n[[sweep]]\nkey = \"alliance.K.slip\"\nvalues = [1, 2]\n[[sweep]]\n{second}values = [3, 4]\n"
        );
        std::fs::write(&file, text).expect("written");
        commission(&file).map(drop).map_err(|problems| problems.to_string())
    };
    let said = ask("key = \"alliance.K.slip\"\n").expect_err("twice");
    assert!(said.contains(":6:") && said.contains("two sweeps are called \"alliance.K.slip\""), "{said}");
    assert_eq!(ask("name = \"again\"\nkey = \"alliance.K.slip\"\n"), Ok(()));
}

#[test]
fn what_commands_at_either_end_of_a_cell_is_refused_and_blanks_are_not() {
    let text = BARE.replace("start = ", "areas = \"t.csv\"\nstart = ");
    let cell = |name: &str| told_beside(&text, &[], &format!("name,cost,saving,submit,implement\n{name},1,0.1,1,1\n"));
    assert_eq!(cell(" \u{a0}F\u{200b} "), "");
    for mark in ['\u{1b}', '\0', '\u{202e}', '\u{200f}'] {
        for name in [format!("F{mark}"), format!("{mark}F"), format!(" F{mark} ")] {
            let said = cell(&name);
            assert!(said.contains("t.csv:2:") && said.contains("U+"), "{mark:?}: {said}");
        }
    }
    let said = told_beside(&text, &[], "name,cost,saving,submit,implement\nF,1\u{1b},0.1,1,1\n");
    assert!(said.contains("t.csv:2:"), "{said}");
}

#[test]
fn a_number_beyond_all_measure_is_refused_with_its_unit() {
    let said = told(BARE, &["force.A.budget=12500000000000"]);
    assert!(said.contains("Write a number from -1e12 to 1e12. It is in £m: £12,500,000 is 12.5"), "{said}");
    assert_eq!(told(BARE, &["force.A.budget=1e11"]), "");
    for drawn in [
        "{ uniform = { low = 1e13, high = 2e13 } }",
        "{ lognormal = { median = 1e13, p90 = 2e13 } }",
        "{ normal = { mean = 1e150, sd = 1 }, min = 0 }",
    ] {
        let said = told(BARE, &[&format!("alliance.K.team={drawn}")]);
        assert!(said.contains("is out of all proportion"), "{drawn}: {said}");
    }
}

#[test]
fn a_text_of_a_named_thing_is_told_with_its_name() {
    let said = told(BARE, &["alliance.K.team={value=1, source=\"x\\u0007\"}"]);
    assert!(said.contains("alliance.K.team.source"), "{said}");
}

#[test]
fn extreme_numbers_are_told_in_few_digits() {
    let said = told(BARE, &["force.A.budget=1e308"]) + &told(BARE, &["force.A.tax_base=1e308"]);
    assert!(!said.contains("inf") && !said.contains("00000000000000000000"), "{said}");
    let said = told(BARE, &["years=9223372036854775807"]);
    assert!(said.contains("9.223372036854776e18 is out of range"), "{said}");
}
