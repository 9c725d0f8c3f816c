//! `new`: a starting file of each kind that checks and runs.

use std::fs;

use language::template_kinds;

use super::{alliance, listing, place, text};

#[test]
fn a_new_file_of_every_kind_is_sound_and_runs() {
    let place = place();
    assert!(template_kinds().len() >= 6);
    for kind in template_kinds() {
        let file = format!("{kind}.toml");
        let wrote = alliance(place.path(), ["new", kind, "--out", &file]);
        assert_eq!(wrote.code, 0, "{}", wrote.err);
        assert!(wrote.out.contains(&format!("alliance check {file}")), "{}", wrote.out);
        assert!(text(place.path().join(&file)).starts_with('#'), "{kind} opens with no comment");
        let checked = alliance(place.path(), ["check", &file]);
        assert_eq!(checked.code, 0, "{kind}: {}", checked.err);
        assert!(checked.out.contains("Inputs without a source: none"), "{}", checked.out);
        let ran = alliance(place.path(), ["run", &file, "--trials", "500", "--no-charts", "--out", kind]);
        assert_eq!(ran.code, 0, "{kind}: {}", ran.err);
    }
}

#[test]
fn without_a_file_it_is_printed() {
    let place = place();
    let printed = alliance(place.path(), ["new", "merger"]);
    assert_eq!(printed.code, 0);
    assert!(printed.out.contains("format = 1") || printed.out.contains("format     = 1"), "{}", printed.out);
    assert_eq!(listing(place.path()), Vec::<String>::new());
}

#[test]
fn a_file_that_exists_is_never_overwritten() {
    let place = place();
    fs::write(place.path().join("mine.toml"), "mine").expect("it can be written");
    let ended = alliance(place.path(), ["new", "merger", "--out", "mine.toml"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("exists already"), "{}", ended.err);
    assert_eq!(text(place.path().join("mine.toml")), "mine");
}

#[test]
fn an_unknown_kind_is_told_which_there_are() {
    let ended = alliance(place().path(), ["new", "marriage"]);
    assert_eq!(ended.code, 2);
    for kind in template_kinds() {
        assert!(ended.err.contains(kind), "{}", ended.err);
    }
}

#[test]
fn a_folder_that_is_not_there_is_refused() {
    let ended = alliance(place().path(), ["new", "merger", "--out", "no/where.toml"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("no/where.toml could not be written"), "{}", ended.err);
}
