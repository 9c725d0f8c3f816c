//! The rules of the house that the compiler does not keep: who may import whom within a crate, files that a reader can hold in mind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// No file is longer.
const MOST_LINES: usize = 400;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every Rust file below some folders of the repository, by its path from the repository, with its text.
fn sources(folders: &[&str]) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(root()).expect("it lies below").to_string_lossy().replace('\\', "/");
                found.insert(name, read(&path));
            }
        }
    }
    found
}

/// All code of the program.
fn program() -> BTreeMap<String, String> {
    sources(&["src", "crates"])
}

/// The table of a crate's `lib.rs` under a head: its first column, and the words of its second.
fn table(crate_name: &str, head: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = read(&root().join("crates").join(crate_name).join("src/lib.rs"));
    let lines = text.lines().map(|line| line.trim_start_matches("//!").trim());
    let rows = lines.skip_while(|line| !line.starts_with(head)).skip(2).take_while(|line| line.starts_with('|'));
    rows.map(|row| {
        let mut cells = row.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches('`').to_owned());
        let (first, second) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let words = second.split(", ").filter(|word| *word != "nothing").map(|word| word.trim_matches('`').to_owned());
        (first, words.collect())
    })
    .collect()
}

/// The code of a file: no comments, and a word of it is not part of a longer one.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(|line| line.split("//").next().unwrap_or_default())
}

/// What stands before each `::name` is no part of a longer word.
fn uses(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
    })
}

/// Rooms of ours that a line names as `crate::room`, also within `use crate::{a::…, b::…}`.
fn rooms_named(line: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rest in line.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let mut depth = 0;
            for part in group.split_inclusive([',', '{', '}']) {
                if depth == 0 {
                    found.insert(part.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
                }
                depth += i32::from(part.ends_with('{')) - i32::from(part.ends_with('}'));
            }
        } else {
            found.insert(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
        }
    }
    found.remove("");
    found
}

/// The name of the first folder, or of the file, below a crate's `src`.
fn room(file: &str) -> &str {
    let below = file.split_once("/src/").map_or(file, |(_, below)| below);
    below.trim_end_matches(".rs").split('/').next().unwrap_or_default()
}

#[test]
fn every_room_of_the_engine_imports_only_what_its_map_allows() {
    let rooms = table("engine", "| room | may import |");
    let files = sources(&["crates/engine/src"]);
    let there: BTreeSet<&str> = files.keys().map(|file| room(file)).filter(|room| *room != "lib").collect();
    assert_eq!(there, rooms.keys().map(String::as_str).collect(), "every room has its row, and no other");
    let mut broken = Vec::new();
    for (file, text) in files.iter().filter(|(file, _)| room(file) != "lib") {
        for line in code(text) {
            let named = rooms_named(line).into_iter().filter(|named| named != room(file));
            let foreign = named.filter(|named| !rooms[room(file)].contains(named));
            broken.extend(foreign.map(|named| format!("{file} may not import {named}: {}", line.trim())));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_map_of_the_engine_has_no_circle() {
    let rooms = table("engine", "| room | may import |");
    let mut open: BTreeSet<&String> = rooms.keys().collect();
    while !open.is_empty() {
        let free: Vec<&String> = open
            .iter()
            .copied()
            .filter(|room| rooms[*room].is_disjoint(&open.iter().map(|r| (*r).clone()).collect()))
            .collect();
        assert!(!free.is_empty(), "these import each other: {open:?}");
        open.retain(|room| !free.contains(room));
    }
}

#[test]
fn charts_compute_nothing_and_every_library_of_the_report_stays_in_its_room() {
    let files = sources(&["crates/report/src"]);
    let homes = table("report", "| crate | may be used in |");
    assert!(homes.len() > 4, "the table of the report was not found: {homes:?}");
    let mut broken = Vec::new();
    for (file, text) in &files {
        for line in code(text) {
            let chart = room(file) == "chart" && !line.contains("use engine::team::Team;");
            let computes = chart && ["engine::", "analysis::", "language::"].iter().any(|path| uses(line, path));
            let strays = homes.iter().any(|(name, homes)| {
                (uses(line, &format!("{name}::")) || line.trim() == format!("use {name};"))
                    && !homes.contains(room(file))
            });
            if computes || strays {
                broken.push(format!("{file}: {}", line.trim()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_file_opens_with_its_subject_and_is_not_too_long() {
    for (file, text) in sources(&["src", "crates", "tests", "benches"]) {
        assert!(text.starts_with("//! "), "{file} does not open with its subject");
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{file} has {lines} lines: more than {MOST_LINES}");
    }
    let mut lengths: Vec<usize> = program().values().map(|text| text.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 150, "half of the files have more than {median} lines");
}

#[test]
fn everything_that_the_model_names_as_code_is_there() {
    let (text, sources) = (read(&root().join("docs/model.md")), program());
    let items: BTreeSet<&str> = sources
        .values()
        .flat_map(|text| code(text))
        .flat_map(|line| ["fn ", "struct ", "enum "].into_iter().flat_map(|kind| line.split(kind).skip(1)))
        .map(|rest| rest.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default())
        .collect();
    let named = text.split("\n\n").filter_map(|paragraph| paragraph.strip_prefix("Code: "));
    let (mut checked, mut gone) = (0, Vec::new());
    for name in named.flat_map(|paragraph| paragraph.split('`').skip(1).step_by(2)) {
        let is_file = |suffix: &str| sources.keys().any(|file| format!("/{file}").ends_with(suffix));
        let there = if name.ends_with(".rs") {
            is_file(&format!("/{}", name.trim_start_matches("src/")))
        } else if name.ends_with('/') {
            sources.keys().any(|file| file.contains(name))
        } else {
            items.contains(name)
        };
        checked += 1;
        if !there {
            gone.push(name);
        }
    }
    assert!(checked > 50 && gone.is_empty(), "{checked} looked at, not there: {gone:?}");
}

#[test]
fn nothing_is_left_undone_silenced_or_left_to_panic() {
    for (file, text) in program() {
        // Tests of a file stand at its end.
        let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for line in code(program) {
            for word in [".unwrap()", "todo!", "unimplemented!", "#[allow", "#![allow", "dbg!", "panic!("] {
                assert!(!line.contains(word), "{file} holds {word}: {}", line.trim());
            }
        }
    }
}

#[test]
fn every_file_is_read_by_one_function_that_refuses_devices_pipes_and_sizes() {
    for (file, text) in
        program().iter().filter(|(file, _)| *file != "crates/foreign/src/files.rs" && !file.ends_with("/tests.rs"))
    {
        let program = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code(program) {
            for word in ["fs::read(", "fs::read_to_string(", "File::open("] {
                // A folder is opened only to be flushed.
                let reads = line.contains(word) && !line.contains(".sync_all()");
                assert!(!reads, "{file} reads by itself: {}", line.trim());
            }
        }
    }
}

#[test]
fn the_engine_is_called_from_python_through_one_door() {
    let doors = ["crates/python/src/released.rs", "crates/python/src/watched.rs"];
    for (file, text) in sources(&["crates/python/src"]) {
        let released = code(&text).any(|line| line.contains(".detach(") || line.contains("thread::"));
        assert!(
            !released || doors.contains(&file.as_str()),
            "{file} releases the interpreter by itself: use released()"
        );
    }
}

#[test]
fn the_rules_find_what_breaks_them() {
    let named = |line| rooms_named(line).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(named("use crate::model::Model;"), "model");
    assert_eq!(named("    let x = crate::run::run(crate::units::Unit::Flag);"), "run units");
    assert_eq!(named("use crate::{alliance::{Area, Force}, model, units::Unit};"), "alliance model units");
    assert_eq!(named("use super::Failure;"), "");
    assert!(uses("use csv::Writer;", "csv::") && uses("-> csv::Result<()>", "csv::"));
    assert!(!uses("use super::csv::read;", "csv::") && !uses("tsv_csv::read", "csv::"));
    assert_eq!(code("a // crate::cli").next(), Some("a "));
}
