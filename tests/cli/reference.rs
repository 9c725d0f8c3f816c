//! What the program says of itself: every example of a command's help works when it is typed; completions and the manual name every command.

use std::path::Path;

use super::guide::words;
use super::{alliance, place};

/// The commands of the program, as its help lists them.
fn verbs(folder: &Path) -> Vec<String> {
    let help = alliance(folder, ["--help"]);
    assert_eq!(help.code, 0, "{}", help.err);
    let listed = help.out.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let named = listed.filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|name| !name.is_empty()));
    named.filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The examples in the help of a command.
fn examples(folder: &Path, verb: &str) -> Vec<String> {
    let help = alliance(folder, [verb, "--help"]);
    assert_eq!(help.code, 0, "{verb}: {}", help.err);
    let told = help.out.split_once("Examples:\n").map_or("", |(_, examples)| examples);
    told.lines().map(|line| line.trim().to_owned()).take_while(|line| !line.is_empty()).collect()
}

/// The words of an example, with few trials and stars written out.
fn typed(line: &str) -> Vec<String> {
    let mut typed: Vec<String> = Vec::new();
    for word in words(line.strip_prefix("alliance ").expect("a command of the program")) {
        match word.strip_suffix("*.toml") {
            Some(folder) => {
                let files = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
                let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
                typed.extend(names.filter(|name| name.ends_with(".toml")).map(|name| format!("{folder}{name}")));
            }
            None => typed.push(word),
        }
    }
    if let Some(at) = typed.iter().position(|word| word == "--trials") {
        typed.drain(at..at + 2);
    }
    let drawn = [
        "run",
        "compare",
        "what-if",
        "explain",
        "discover",
        "learn",
        "shares",
        "optimise",
        "assumptions",
        "track",
        "report",
        "shard",
    ];
    // What is learnt is drawn for a scenario alone.
    let draws = typed[0] != "learn" || typed.iter().any(|word| word == "--for");
    if draws && drawn.contains(&typed[0].as_str()) {
        typed.extend(["--trials", "1000"].map(str::to_owned));
    }
    typed
}

#[test]
fn every_example_of_the_help_works_when_it_is_typed() {
    let place = place();
    std::os::unix::fs::symlink(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios"), place.path().join("scenarios"))
        .expect("a link");
    // What `replay` runs again is there.
    let before = ["run", "scenarios/two-force.toml", "--trials", "500", "--no-charts", "--out", "output/my-run"];
    assert_eq!(alliance(place.path(), before).code, 0);
    let mut shown = 0;
    for verb in verbs(place.path()) {
        let lines = examples(place.path(), &verb);
        for line in &lines {
            let ended = alliance(place.path(), typed(line));
            assert_eq!(ended.code, 0, "{line}\n{}", ended.err);
            shown += 1;
        }
        let own = format!("alliance {verb} ");
        assert!(lines.is_empty() || lines.iter().any(|line| line.starts_with(&own)), "{lines:?}");
    }
    assert!(shown >= 20, "{shown}");
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let place = place();
    let verbs = verbs(place.path());
    assert!(verbs.len() >= 19 && verbs.contains(&"what-if".to_owned()), "{verbs:?}");
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let made = alliance(place.path(), ["completions", shell]);
        assert_eq!(made.code, 0, "{shell}: {}", made.err);
        for word in verbs.iter().map(String::as_str).chain(["keep-trials", "percentile"]) {
            assert!(made.out.contains(word), "{shell} does not complete {word}");
        }
    }
    assert_eq!(alliance(place.path(), ["completions", "dosshell"]).code, 2);
    let manual = alliance(place.path(), ["manual"]);
    assert_eq!(manual.code, 0, "{}", manual.err);
    assert!(manual.out.contains(".TH alliance 1"), "{}", &manual.out[..200]);
    // As it is written for `man`, a hyphen has a stroke before it.
    let plain = manual.out.replace("\\-", "-");
    for verb in &verbs {
        assert!(plain.contains(&format!("alliance {verb}")), "the manual does not tell of {verb}");
    }
    for option in ["--until", "--keep-trials", "--sweep", "--percentile", "--against"] {
        assert!(plain.contains(option), "the manual does not tell of {option}");
    }
}
