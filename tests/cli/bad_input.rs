//! Words on the command line that mean nothing, and the help that explains those that do.

use std::fs;

use super::{alliance, listing, place, scenario};

const VERBS: [&str; 5] = ["run", "check", "schema", "new", "replay"];

#[test]
fn unknown_words_end_with_2_and_say_which() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let bad: [(&[&str], &str); 14] = [
        (&["dance"], "dance"),
        (&[], "Usage"),
        (&["run"], "<FILE>"),
        (&["check"], "<FILE"),
        (&["run", file, "--fast"], "--fast"),
        (&["run", file, "--trials", "0"], "from 1 to 4,000,000,000"),
        (&["run", file, "--trials", "4000000001"], "from 1 to 4,000,000,000"),
        (&["run", file, "--trials", "many"], "from 1 to 4,000,000,000"),
        (&["run", file, "--seed", "-1"], "--seed"),
        (&["run", file, "--threads", "100000"], "up to 1024"),
        (&["run", file, "--sampler", "halton"], "plain, antithetic, latin or sobol"),
        (&["run", file, "--until", "0"], "above 0"),
        (&["run", file, "--until", "nan"], "above 0"),
        (&["run", file, "--format", "xml"], "xml"),
    ];
    for (arguments, said) in bad {
        let ended = alliance(place.path(), arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(said), "{arguments:?}: {}", ended.err);
        assert_eq!(ended.out, "", "{arguments:?}");
    }
    assert_eq!(listing(place.path()), Vec::<String>::new());
}

#[test]
fn a_file_that_is_no_scenario_ends_with_2() {
    let place = place();
    fs::write(place.path().join("noise.toml"), [0xff, 0xfe, 0x00, 0x80]).expect("it can be written");
    fs::write(place.path().join("prose.toml"), "Dear Sir or Madam,\n").expect("it can be written");
    fs::write(place.path().join("empty.toml"), "").expect("it can be written");
    fs::create_dir(place.path().join("folder.toml")).expect("it can be made");
    let before = listing(place.path());
    for file in ["noise.toml", "prose.toml", "empty.toml", "folder.toml", "nowhere.toml"] {
        for verb in ["run", "check"] {
            let ended = alliance(place.path(), [verb, file]);
            assert_eq!(ended.code, 2, "{verb} {file}: {}", ended.err);
            assert!(ended.err.contains(file), "{}", ended.err);
        }
    }
    assert_eq!(before, listing(place.path()));
}

#[test]
fn the_help_of_each_verb_explains_each_of_its_options() {
    let place = place();
    let whole = alliance(place.path(), ["--help"]);
    assert_eq!(whole.code, 0);
    for verb in VERBS {
        assert!(whole.out.contains(&format!("  {verb} ")), "{}", whole.out);
        let help = alliance(place.path(), [verb, "--help"]);
        assert_eq!(help.code, 0, "{verb}");
        assert!(help.out.contains(&format!("Usage: alliance {verb}")), "{}", help.out);
        for line in help.out.lines().filter(|line| line.trim_start().starts_with('-')) {
            // A flag, at least two blanks, and what it does.
            let explained = line.trim_start().split_once("  ").is_some_and(|(_, said)| !said.trim().is_empty());
            assert!(explained, "{verb}: {line:?} is not explained");
        }
    }
}

#[test]
fn what_was_probably_meant_is_told_as_it_can_be_typed() {
    let place = place();
    let file = scenario("two-force");
    let commission = file.with_file_name("what-ifs").join("half-the-savings.toml");
    let [file, commission] = [&file, &commission].map(|file| file.to_str().expect("the path is UTF-8"));
    fs::write(place.path().join("empty.toml"), "name = \"x\"\n").expect("it can be written");
    fs::write(place.path().join("text.xlsx"), "no workbook").expect("it can be written");
    fs::write(place.path().join("plan.toml"), "format = 1\n").expect("it can be written");
    let whole = "alliance.\"Strategic alliance\"";
    let bad: [(&[&str], &str); 9] = [
        // A question is no scenario, and has a verb of its own.
        (
            &["run", commission],
            "this is a commission, a question about a scenario, and no scenario. alliance what-if answers it",
        ),
        (&["explain", commission], "alliance what-if answers it"),
        (&["check", file, "--set", "slip=2"], &format!("Did you mean {whole}.slip")),
        (&["check", file, "--set", "alliance.slip=2"], &format!("Did you mean {whole}.slip")),
        (&["check", file, "--set", "area.HR.saving=0.1"], &format!("Did you mean {whole}.area.HR?")),
        (&["check", "empty.toml"], "Write, for example, `first_year = \"2026/27\"`: The first"),
        (&["check", "empty.toml"], "Write, for example, `years = 10`: Number of"),
        (&["import", "text.xlsx"], "it is no .xlsx workbook: it does not begin as one does. Open it in"),
        (&["import", "plan.toml"], "a scenario file already. Run it as it is"),
    ];
    for (arguments, said) in bad {
        let ended = alliance(place.path(), arguments);
        assert_eq!(ended.code, 2, "{arguments:?}: {}", ended.out);
        assert!(ended.err.contains(said), "{arguments:?}: no '{said}' in\n{}", ended.err);
        assert!(!ended.err.contains("Zip error") && !ended.err.contains("EOCD"), "{}", ended.err);
    }
    // What is told works.
    let ended = alliance(place.path(), ["check", file, "--set", &format!("{whole}.slip=2")]);
    assert_eq!(ended.code, 0, "{}", ended.err);
}

#[test]
fn the_version_is_that_of_the_package() {
    let ended = alliance(place().path(), ["--version"]);
    assert_eq!(ended.code, 0);
    assert_eq!(ended.out, format!("alliance {}\n", env!("CARGO_PKG_VERSION")));
}
