//! Ctrl-C and closed pipes: a clean end, whatever is being done.

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
    // Kept futures have a most.
    for (name, trials, more) in [("-INT", "1000000", "--keep-trials"), ("-TERM", "2000000000", "--no-charts")] {
        let place = place();
        let mut child = start(place.path(), &["--trials", trials, more]);
        wait_for_folder(place.path());
        signal(&child, name);
        let mut said = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut said).expect("it is UTF-8");
        let ended = child.wait().expect("it ends");
        assert_eq!(ended.code(), Some(130), "{said}");
        let most: u64 = trials.parse().expect("a number");
        let trials = said.strip_prefix("stopped after ").and_then(|rest| rest.split(' ').next());
        let trials: u64 =
            trials.and_then(|number| number.replace(',', "").parse().ok()).unwrap_or_else(|| panic!("{said}"));
        assert!(trials < most, "{said}");
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

/// A scenario of so many forces and areas, over which every verb takes minutes.
pub(super) fn heavy(folder: &Path, forces: usize, areas: usize) {
    let mut text = "format = 1\nfirst_year = \"2026/27\"\nyears = 20\nsource = \"judgement\"\n[economy]\n\
        inflation = { mean = 0.02, sd = 0.01, persistence = 0.6 }\npay = { mean = 0.025, sd = 0.01, persistence = 0.6 }\n"
        .to_owned();
    for f in 0..forces {
        text += &format!(
            "[[force]]\nname = \"F{f:02}\"\nbudget = {}.0\ngrant_share = 0.55\nband_d = 250.0\nreserves = 20.0\n\
             population = {}\nofficers = {}\nsurge = {{ rate = 3, x_min = 30, alpha = 1.6 }}\nelections = [\"2028-05\"]\n",
            100 + 5 * f,
            500_000 + 10_000 * f,
            1_000 + 20 * f
        );
    }
    let members: Vec<String> = (0..forces).map(|f| format!("\"F{f:02}\"")).collect();
    text += &format!(
        "[[alliance]]\nname = \"K\"\nmembers = [{}]\nstart = \"2026-10\"\nslots = 6\nreach = 0.2\n\
         realisation = {{ uniform = {{ low = 0.2, high = 1.2 }} }}\nslip = {{ lognormal = {{ median = 1.25, p90 = 1.75 }}, min = 0.9, plan = 1 }}\n\
         decision = \"majority\"\nagree = 0.8\nexit = {{ base = 0.01, loss_weight = 0.5, notice = 1, cost = 2 }}\n",
        members.join(", ")
    );
    for a in 0..areas {
        text += &format!(
            "[[alliance.area]]\nname = \"Area {a:03}\"\ncost = 8.0\nsaving = {{ pert = {{ low = 0.02, mode = 0.06, high = 0.12 }} }}\n\
             submit = {}\nimplement = 1\noneoff = 0.5\n",
            0.5 + a as f64 * 0.03
        );
    }
    std::fs::write(folder.join("heavy.toml"), text).expect("there is room");
}

/// Asks a command to end after a while, and makes sure that it does soon, says so, and leaves nothing but what was there.
fn stops(folder: &Path, after: Duration, arguments: &[&str]) {
    let before = listing(folder);
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    sleep(after);
    assert!(child.try_wait().expect("it can be asked").is_none(), "{arguments:?} ended before it was stopped");
    signal(&child, "-INT");
    let asked = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        // Generous: machines that run tests are busy. What does not look whether it is to stop takes minutes.
        assert!(asked.elapsed() < Duration::from_secs(15), "{arguments:?} was not stopped");
        sleep(Duration::from_millis(20));
    }
    let ended = child.wait_with_output().expect("it has ended");
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(130), "{arguments:?}: {said}");
    assert!(said.contains("stopped"), "{arguments:?}: {said}");
    assert_eq!(listing(folder), before, "{arguments:?}");
}

#[test]
fn every_verb_ends_soon_after_it_is_asked_to_and_leaves_nothing() {
    let place = place();
    heavy(place.path(), 12, 60);
    let sweep = "--sweep=alliance.K.slip=1..2:40";
    for arguments in [
        &["run", "heavy.toml", "--trials", "100_000_000"][..],
        &["run", "heavy.toml", "--trials", "200_000", "--keep-trials"],
        &["run", "heavy.toml", "--trials", "100_000_000", "--sampler", "sobol", "--until", "0.001%"],
        &["shard", "heavy.toml", "--part", "1/2", "--trials", "100_000_000", "--out", "1.part"],
        &["shard", "heavy.toml", "--part", "1/2", "--trials", "200_000", "--keep-trials", "--out", "1.part"],
        &["compare", "heavy.toml", "heavy.toml", "--trials", "100_000_000"],
        &["what-if", "heavy.toml", "--set", "years=12", "--trials", "100_000_000"],
        &["what-if", "heavy.toml", sweep, "--trials", "100_000"],
        &["optimise", "heavy.toml", "--trials", "4_000_000"],
        // Of more trials more would be kept than is taken.
        &["shares", "heavy.toml", "--trials", "1_600_000"],
        &["explain", "heavy.toml", "--trials", "500_000"],
        &["discover", "heavy.toml", "--trials", "500_000"],
        &["assumptions", "heavy.toml", "--trials", "500_000"],
        &["report", "heavy.toml", "--trials", "500_000"],
        &["bench", "--scenarios", &scenario("two-force").parent().expect("it has a folder").to_string_lossy()],
    ] {
        stops(place.path(), Duration::from_millis(1_000), arguments);
    }
}

#[test]
fn a_verb_of_several_stages_ends_soon_in_whichever_it_is() {
    let place = place();
    // Few enough trials that the first stage is short: what follows is what takes long.
    heavy(place.path(), 12, 60);
    for arguments in [
        &["explain", "heavy.toml", "--trials", "20_000"][..],
        &["discover", "heavy.toml", "--trials", "20_000"],
        &["shares", "heavy.toml", "--trials", "20_000"],
        &["optimise", "heavy.toml", "--trials", "1_000"],
        &["assumptions", "heavy.toml", "--trials", "20_000"],
        &["report", "heavy.toml", "--trials", "20_000"],
    ] {
        for after in [300, 3_000] {
            let folder = place.path();
            let before = listing(folder);
            let mut child = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
                .current_dir(folder)
                .args(arguments)
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts");
            sleep(Duration::from_millis(after));
            if child.try_wait().expect("it can be asked").is_some() {
                std::fs::remove_dir_all(folder.join("output")).expect("it has ended with results");
                break;
            }
            signal(&child, "-INT");
            let asked = Instant::now();
            while child.try_wait().expect("it can be asked").is_none() {
                assert!(asked.elapsed() < Duration::from_secs(15), "{arguments:?} was not stopped after {after} ms");
                sleep(Duration::from_millis(20));
            }
            let code = child.wait().expect("it has ended").code();
            if code == Some(0) {
                // It was done at that very moment.
                std::fs::remove_dir_all(folder.join("output")).expect("it has ended with results");
                break;
            }
            assert_eq!(code, Some(130), "{arguments:?} after {after} ms");
            assert_eq!(listing(folder), before, "{arguments:?} after {after} ms");
        }
    }
}

#[test]
fn merge_and_replay_end_soon_too() {
    let place = place();
    heavy(place.path(), 12, 60);
    // Parts of many trials with their rows take a while to be checked and joined; a replay to be run again.
    let run = |arguments: &[&str]| super::alliance(place.path(), arguments.to_vec());
    let made = run(&["run", "heavy.toml", "--trials", "60_000", "--no-charts", "--out", "r"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let manifest = place.path().join("r/manifest.json");
    super::sealed::with_manifest(&manifest, |manifest| {
        manifest["request"]["draws"]["trials"] = 90_000_000.into();
        manifest["trials_done"] = 90_000_000.into();
        super::sealed::rehashed(manifest);
    });
    stops(place.path(), Duration::from_millis(1_500), &["replay", "r"]);
    std::fs::remove_dir_all(place.path().join("r")).expect("it was there");
    for part in ["1/2", "2/2"] {
        let out = format!("{}.part", &part[..1]);
        let arguments = ["shard", "heavy.toml", "--part", part, "--trials", "16_384", "--keep-trials", "--out", &out];
        let made = run(&arguments);
        assert_eq!(made.code, 0, "{}", made.err);
    }
    let before = listing(place.path());
    // At whichever moment: before, while, or after the parts are put together.
    for after in [20, 100, 200, 400, 800] {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
            .current_dir(place.path())
            .args(["merge", "1.part", "2.part", "--out", "merged"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        sleep(Duration::from_millis(after));
        if child.try_wait().expect("it can be asked").is_some() {
            break;
        }
        signal(&child, "-INT");
        let code = child.wait().expect("it ends").code();
        if code == Some(0) {
            std::fs::remove_dir_all(place.path().join("merged")).expect("it was whole by then");
        } else {
            assert_eq!(code, Some(130));
        }
        assert_eq!(listing(place.path()), before, "after {after} ms");
    }
}
