//! Memory does not grow with the number of trials.

use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use super::{place, scenario};

/// Peak resident memory of a run in kB, read while it runs.
fn peak(folder: &Path, name: &str, trials: &str) -> u64 {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
        .current_dir(folder)
        .args(["run", scenario(name).to_str().expect("the path is UTF-8")])
        .args(["--no-charts", "--threads", "2", "--trials", trials])
        .stdout(Stdio::null())
        .spawn()
        .expect("the program starts");
    let status = format!("/proc/{}/status", child.id());
    let mut highest = 0;
    while child.try_wait().expect("it can be waited for").is_none() {
        let text = std::fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kb = line.and_then(|rest| rest.trim().trim_end_matches("kB").trim().parse().ok());
        highest = highest.max(kb.unwrap_or(0));
        sleep(Duration::from_millis(2));
    }
    assert!(child.wait().expect("it has ended").success());
    highest
}

#[test]
#[ignore = "11 million trials take some seconds on idle cores: cargo test --release --test cli memory -- --ignored"]
fn ten_million_trials_take_no_more_memory_than_one_million() {
    let place = place();
    for name in ["standalone", "benchmarks/benchmark"] {
        let (one, ten) = (peak(place.path(), name, "1_000_000"), peak(place.path(), name, "10_000_000"));
        println!("{name}: {one} kB at 1 million trials, {ten} kB at 10 million");
        assert!(one > 1000, "{name}: the peak was not seen");
        assert!((ten as f64) < 1.1 * one as f64, "{name}: {ten} kB against {one} kB");
    }
}
