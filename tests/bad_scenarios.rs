//! The corpus of bad scenarios: every file in `tests/bad` says in comments which problems it has, and has no other. Those in `tests/odd`
//! are sound, and say so what is worth a look in them.
//!
//! `# expect: 12: alliance."X".slip: out of range` stands for a problem in line 12 of the file whose key is that path and
//! whose text contains what follows. A problem in another file begins with that file's name: `# expect: cells.csv:3: …`.

use std::path::{Path, PathBuf};

use language::{Problem, Severity, load};

fn files() -> Vec<PathBuf> {
    files_of("tests/bad")
}

fn files_of(folder: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("there");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    files
}

fn problems(path: &Path) -> Vec<Problem> {
    load(path, &[]).expect_err(&format!("{} is bad", path.display())).list().to_vec()
}

/// Where a problem stands and what it is about, as an expectation writes it: `12: key: `.
fn heading(problem: &Problem, file: &Path) -> String {
    let place = problem.place.to_string();
    let mut parts = place.rsplitn(3, ':');
    let (_, line, other) = (parts.next(), parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let other = Path::new(other);
    let name = if other == file {
        String::new()
    } else {
        other.file_name().map(|name| format!("{}:", name.to_string_lossy())).unwrap_or_default()
    };
    format!("{name}{line}: {}: ", problem.key)
}

#[test]
fn every_bad_file_has_the_problems_that_it_says_and_no_other() {
    let faults: Vec<String> = files().iter().flat_map(|file| unexpected(file, &problems(file))).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// What was found and is not expected by a file's comments, and the other way round.
fn unexpected(file: &Path, found: &[Problem]) -> Vec<String> {
    let mut faults = Vec::new();
    let text = String::from_utf8_lossy(&std::fs::read(file).expect("there")).replace('\r', "\n");
    let mut expected: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("# expect: ")).collect();
    for problem in found {
        let heading = heading(problem, file);
        let (text, sentences) =
            (format!("{} {}", problem.what, problem.remedy), format!("{}. {}", problem.what, problem.remedy));
        let is_meant = |part: &str| text.contains(part) || sentences.contains(part);
        let met = expected.iter().position(|line| line.strip_prefix(&heading).is_some_and(is_meant));
        match met {
            Some(position) => {
                expected.remove(position);
            }
            None => faults.push(format!("{}: not expected:\n# expect: {heading}{sentences}", file.display())),
        }
    }
    faults.extend(expected.iter().map(|line| format!("{}: missing: {line}", file.display())));
    faults
}

#[test]
fn every_odd_file_is_sound_and_what_it_says_is_worth_a_look_in_it_and_nothing_else() {
    let files = files_of("tests/odd");
    assert!(files.len() >= 10);
    let mut faults = Vec::new();
    for file in files {
        let loaded = load(&file, &[]).unwrap_or_else(|problems| panic!("{}\n{problems}", file.display()));
        assert!(loaded.worth_a_look.iter().all(|note| note.severity == Severity::WorthALook));
        assert!(!loaded.worth_a_look.is_empty(), "{}", file.display());
        faults.extend(unexpected(&file, &loaded.worth_a_look));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_is_worth_a_look_in_the_shipped_scenarios_and_the_starting_files() {
    let shipped = files_of("scenarios");
    assert!(shipped.len() >= 7);
    for file in shipped.into_iter().chain(files_of("crates/language/src/template")).chain(files_of("tests/odd/data")) {
        let loaded = load(&file, &[]).unwrap_or_else(|problems| panic!("{}\n{problems}", file.display()));
        assert_eq!(loaded.worth_a_look, [], "{}", file.display());
    }
}

#[test]
fn every_bad_file_has_two_faults_or_more_and_the_corpus_has_twenty_files_or_more() {
    let files = files();
    assert!(files.len() >= 20);
    for file in files {
        assert!(problems(&file).len() >= 2, "{}", file.display());
    }
}

#[test]
fn every_problem_says_what_would_be_right() {
    for file in files() {
        for problem in problems(&file) {
            assert!(!problem.remedy.is_empty(), "{problem}");
        }
    }
}

#[test]
fn a_file_of_a_hundred_megabytes_is_refused_before_it_is_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("large.toml");
    // A sparse file: its length is set, nothing is written.
    std::fs::File::create(&path).and_then(|file| file.set_len(100_000_000)).expect("made");
    let problems = load(&path, &[]).expect_err("too large");
    assert!(problems.to_string().contains("has 100.0 MB"), "{problems}");
}
