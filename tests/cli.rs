//! The program from outside: what each verb prints, leaves behind and ends with.

#[path = "cli/accessible.rs"]
mod accessible;
#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/asked.rs"]
mod asked;
#[path = "cli/assumptions.rs"]
mod assumptions;
#[path = "cli/bad_input.rs"]
mod bad_input;
#[path = "cli/bench.rs"]
mod bench;
#[path = "cli/brief.rs"]
mod brief;
#[path = "cli/check.rs"]
mod check;
#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/discover.rs"]
mod discover;
#[path = "cli/explain.rs"]
mod explain;
#[path = "cli/folder.rs"]
mod folder;
#[path = "cli/forces.rs"]
mod forces;
#[path = "cli/foreign_text.rs"]
mod foreign_text;
#[path = "cli/futures.rs"]
mod futures;
#[cfg(unix)]
#[path = "cli/guide.rs"]
mod guide;
#[path = "cli/import.rs"]
mod import;
#[path = "cli/interrupt.rs"]
mod interrupt;
#[path = "cli/learn.rs"]
mod learn;
#[path = "cli/limits.rs"]
mod limits;
#[cfg(target_os = "linux")]
#[path = "cli/memory.rs"]
mod memory;
#[path = "cli/merger_told.rs"]
mod merger_told;
#[path = "cli/new.rs"]
mod new;
#[path = "cli/optimise.rs"]
mod optimise;
#[path = "cli/options.rs"]
mod options;
#[path = "cli/outcomes.rs"]
mod outcomes;
#[path = "cli/page.rs"]
mod page;
#[path = "cli/parquet.rs"]
mod parquet;
#[path = "cli/parts.rs"]
mod parts;
#[path = "cli/placing.rs"]
mod placing;
#[cfg(unix)]
#[path = "cli/quoted.rs"]
mod quoted;
#[cfg(unix)]
#[path = "cli/reference.rs"]
mod reference;
#[path = "cli/replay.rs"]
mod replay;
#[path = "cli/results.rs"]
mod results;
#[path = "cli/room.rs"]
mod room;
#[path = "cli/said.rs"]
mod said;
#[path = "cli/sealed.rs"]
mod sealed;
#[path = "cli/shares.rs"]
mod shares;
#[path = "cli/stopping.rs"]
mod stopping;
#[path = "cli/track.rs"]
mod track;
#[path = "cli/unsettled.rs"]
mod unsettled;
#[path = "cli/valid.rs"]
mod valid;
#[path = "cli/what_if.rs"]
mod what_if;
#[path = "cli/what_if_told.rs"]
mod what_if_told;
#[path = "cli/workbook.rs"]
mod workbook;
#[path = "cli/worth_a_look.rs"]
mod worth_a_look;

use std::path::{Path, PathBuf};

use assert_cmd::Command;
use tempfile::TempDir;

/// Path of a shipped scenario.
fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"))
}

/// An empty folder to work in.
fn place() -> TempDir {
    tempfile::tempdir().expect("there is room for temporary files")
}

/// What the program printed and ended with.
#[derive(Debug)]
struct Ended {
    code: i32,
    out: String,
    err: String,
}

/// Runs the program in a folder.
fn alliance<S: AsRef<std::ffi::OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = S>) -> Ended {
    let mut command = Command::cargo_bin("alliance").expect("the program is built before its tests");
    let output = command.current_dir(folder).args(arguments).output().expect("the program starts");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("the program prints UTF-8");
    Ended { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// `run` of a shipped scenario without charts, 1,000 trials unless told otherwise.
fn run(folder: &Path, name: &str, more: &[&str]) -> Ended {
    let file = scenario(name);
    let mut arguments = vec!["run", file.to_str().expect("the path is UTF-8"), "--no-charts"];
    if !more.contains(&"--trials") {
        arguments.extend(["--trials", "1000"]);
    }
    arguments.extend(more);
    alliance(folder, arguments)
}

/// The same, which must end well.
fn run_well(folder: &Path, name: &str, more: &[&str]) -> Ended {
    let ended = run(folder, name, more);
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended
}

/// Every file and folder below `root` by its path within, sorted.
fn listing(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().expect("the folder can be read") {
            let path = entry.expect("the entry can be read").path();
            found.push(path.strip_prefix(root).expect("it lies below").to_string_lossy().into_owned());
            if path.is_dir() {
                folders.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The text of a file.
fn text(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A file as JSON.
fn json(path: impl AsRef<Path>) -> serde_json::Value {
    serde_json::from_str(&text(path)).expect("it is JSON")
}
