//! Ctrl-C and closed pipes: a clean end.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{listing, place, scenario};

/// Starts a run that would take minutes.
fn start(folder: &Path, more: &[&str]) -> Child {
    let program = assert_cmd::cargo::cargo_bin("alliance");
    Command::new(program)
        .current_dir(folder)
        .args(["run", scenario("two-force").to_str().expect("the path is UTF-8"), "--out", "a/r"])
        .args(more)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts")
}

fn signal(child: &Child, name: &str) {
    let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("there is a kill command");
    assert!(sent.success());
}

/// Waits until the run has opened its folder: from then on it can be interrupted.
fn wait_for_folder(folder: &Path) {
    let started = Instant::now();
    while listing(folder).len() < 2 {
        assert!(started.elapsed() < Duration::from_secs(60), "no folder was opened");
        sleep(Duration::from_millis(20));
    }
    sleep(Duration::from_millis(300));
}

#[test]
fn an_interrupted_run_says_how_far_it_came_and_leaves_nothing() {
    for (name, more) in [("-INT", "--keep-trials"), ("-TERM", "--no-charts")] {
        let place = place();
        let mut child = start(place.path(), &["--trials", "2000000000", more]);
        wait_for_folder(place.path());
        signal(&child, name);
        let mut said = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is UTF-8");
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(130), "{said}");
        let trials = said.strip_prefix("stopped after ").and_then(|rest| rest.split(' ').next());
        let trials: u64 =
            trials.and_then(|number| number.replace(',', "").parse().ok()).unwrap_or_else(|| panic!("{said}"));
        assert!(trials < 2_000_000_000, "{said}");
        assert!(said.contains("nothing was written"), "{said}");
        assert_eq!(listing(place.path()), Vec::<String>::new());
    }
}

#[test]
fn a_reader_who_goes_away_is_no_panic() {
    let place = place();
    let mut child = start(place.path(), &["--trials", "2000", "--no-charts", "--format", "json"]);
    let mut first = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("it is piped"));
    out.read_line(&mut first).expect("it is UTF-8");
    drop(out);
    let mut said = String::new();
    child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is UTF-8");
    assert_eq!(first, "{\n");
    assert_eq!(said, "");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
