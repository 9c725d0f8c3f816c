//! Faults: kills at chosen system calls and at random moments, calls that fail, a full disk, no rights. Whatever happens, what stands
//! under a name is whole, and the next run leaves nothing hidden behind.
//!
//! The short ones run with all tests. All of them: `cargo test --release --test faults -- --include-ignored --nocapture`, where
//! `FAULTS_MINUTES` says how long kills at random go on and `FAULTS_SEED` which they are. What a machine has no means for is skipped,
//! and said so.
#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Where the program works, with a scenario, and whatever of it has ended well.
struct Ground(TempDir);

/// The results that stand before a fault, and those that are to replace them.
const OLD: &str = "1";
const NEW: &str = "2";

fn program() -> PathBuf {
    assert_cmd::cargo::cargo_bin("alliance")
}

fn seed_of(seed: &str) -> u64 {
    seed.parse().expect("a number")
}

impl Ground {
    fn new() -> Self {
        let ground = Self(tempfile::tempdir().expect("there is room"));
        let bare = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/bare.toml");
        fs::copy(bare, ground.0.path().join("bare.toml")).expect("there is room");
        ground
    }

    /// A run with a seed into a folder, as arguments.
    fn run<'a>(seed: &'a str, out: &'a str) -> Vec<&'a str> {
        vec!["run", "bare.toml", "--trials", "200", "--no-charts", "--replace", "--seed", seed, "--out", out]
    }

    fn start(&self, before: &[&str], arguments: &[&str]) -> Command {
        let mut words = before.iter().copied();
        let mut command = match words.next() {
            Some(first) => {
                let mut command = Command::new(first);
                command.args(words).arg(program());
                command
            }
            None => Command::new(program()),
        };
        command.current_dir(self.0.path()).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn output(&self, before: &[&str], arguments: &[&str]) -> Output {
        self.start(before, arguments).output().expect("it starts")
    }

    /// The same, which must end well.
    fn well(&self, arguments: &[&str]) {
        let ended = self.output(&[], arguments);
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    }

    /// Names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).expect("it can be read");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("it can be read").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// The seed of the results in a folder, every file of which is as the manifest says; `None` where nothing is.
    fn whole(&self, name: &str, after: &str) -> Option<u64> {
        let folder = self.0.path().join(name);
        if !folder.exists() {
            return None;
        }
        let text = fs::read(folder.join("manifest.json")).unwrap_or_else(|error| panic!("{after}: {name}: {error}"));
        let manifest: serde_json::Value =
            serde_json::from_slice(&text).unwrap_or_else(|error| panic!("{after}: {error}"));
        for (file, hash) in manifest["files"].as_object().expect("it names its files") {
            let bytes = fs::read(folder.join(file)).unwrap_or_else(|error| panic!("{after}: {file}: {error}"));
            let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert_eq!(Some(found.as_str()), hash.as_str(), "{after}: {file}");
        }
        manifest["request"]["draws"]["seed"].as_u64()
    }

    /// Nothing but whole results has a name, and after another run nothing hidden is left.
    fn check(&self, after: &str, replaces: bool, may_be_aside: bool) {
        let found = self.whole("r", after);
        assert!(
            found != Some(0) && (found.is_some() || !replaces || may_be_aside),
            "{after}: nothing stands under the name"
        );
        self.well(&Self::run("3", "other"));
        let names = self.names();
        for name in names.iter().filter(|name| name.as_str() != "bare.toml") {
            assert!(["r", "r-2", "other"].contains(&name.as_str()), "{after}: {names:?}");
            assert!(self.whole(name, after).is_some(), "{after}");
        }
        assert!(!replaces || names.iter().any(|name| name == "r"), "{after}: the earlier results are gone: {names:?}");
        for name in ["r", "r-2", "other"] {
            let _ = fs::remove_dir_all(self.0.path().join(name));
        }
    }
}

/// Whether a command can be used here; says so where not.
fn can(what: &str, command: &mut Command) -> bool {
    let can = command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !can {
        eprintln!("SKIPPED: {what} cannot be used here");
    }
    can
}

fn has_strace() -> bool {
    can("strace", Command::new("strace").args(["-o", "/dev/null", "true"]))
}

/// Tries a fault at every one of some calls, with and without results that are to be replaced, and with and without the exchange.
fn at_every(calls: &str, fault: &str, check: impl Fn(&Ground, &str, bool, bool, &Output)) {
    const FALLBACK: &str = "renameat2:error=EINVAL";
    let (mut tried, ground) = (0, Ground::new());
    for (replaces, fallback) in [(false, false), (true, false), (false, true), (true, true)] {
        for call in calls.split(',').filter(|call| !(fallback && *call == "renameat2")) {
            for when in 1.. {
                if replaces {
                    ground.well(&Ground::run(OLD, "r"));
                }
                let inject = format!("inject={call}:{fault}:when={when}");
                let also = format!("inject={FALLBACK}");
                let trace = format!("trace={call},renameat2");
                let mut strace = vec!["strace", "-f", "-qq", "-o", "trace.txt", "-e", &trace, "-e", &inject];
                if fallback {
                    strace.extend(["-e", &also]);
                }
                let ended = ground.output(&strace, &Ground::run(NEW, "r"));
                let trace = fs::read_to_string(ground.0.path().join("trace.txt")).unwrap_or_default();
                let _ = fs::remove_file(ground.0.path().join("trace.txt"));
                let struck = |line: &str| line.contains(&format!(" {call}(")) && line.contains("(INJECTED)");
                let killed = trace.contains("+++ killed by SIGKILL");
                let fault_came = killed || trace.lines().any(struck);
                let after = format!("{call} {when}, {fault}, replaces {replaces}, fallback {fallback}");
                check(&ground, &after, replaces, fallback, &ended);
                if !fault_came {
                    break;
                }
                tried += 1;
            }
        }
    }
    eprintln!("{fault} at {tried} calls of {calls}");
    assert!(tried > 5, "{fault} came at {tried} calls: strace does not do what is asked of it");
}

fn killed_at(calls: &str) {
    if has_strace() {
        at_every(calls, "signal=KILL", |ground, after, replaces, fallback, _| ground.check(after, replaces, fallback));
    }
}

#[test]
fn killed_at_any_call_that_names_something_a_run_leaves_old_or_new() {
    killed_at("rename,renameat2,mkdir");
}

#[test]
#[ignore = "takes minutes"]
fn killed_at_any_other_call_that_changes_the_disk_a_run_leaves_old_or_new() {
    killed_at("fsync,unlink,unlinkat,rmdir,write,link,linkat,openat,flock,fchmod,chmod");
}

fn failing(calls: &str, error: &str) {
    if !has_strace() {
        return;
    }
    at_every(calls, &format!("error={error}"), |ground, after, replaces, fallback, ended| {
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(!said.contains("panicked"), "{after}: {said}");
        match ended.status.code() {
            Some(0) => assert_eq!(ground.whole("r", after), Some(seed_of(NEW)), "{after}"),
            Some(1 | 2) => assert!(!said.is_empty() || after.starts_with("write"), "{after}: nothing was said"),
            other => panic!("{after}: ended with {other:?}: {said}"),
        }
        ground.check(after, replaces, fallback);
    });
}

#[test]
fn where_naming_or_flushing_fails_a_run_says_so_and_leaves_old_or_new() {
    failing("rename,renameat2,mkdir,fsync", "EIO");
}

#[test]
#[ignore = "takes minutes"]
fn where_any_write_fails_a_run_says_so_and_leaves_old_or_new() {
    for error in ["ENOSPC", "EDQUOT", "EACCES"] {
        failing("write,rename,renameat2,mkdir,fsync,unlink,unlinkat,rmdir,flock,chmod", error);
    }
}

/// Numbers that a seed makes (Steele, Lea and Flood 2014).
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
#[ignore = "takes minutes"]
fn killed_at_random_every_verb_leaves_what_is_whole() {
    let mut state = number("FAULTS_SEED", 2015);
    let (until, started) = (Duration::from_secs(60 * number("FAULTS_MINUTES", 1)), Instant::now());
    let (ground, mut kills) = (Ground::new(), 0);
    ground.well(&["new", "two-force", "--xlsx", "--out", "book.xlsx"]);
    let run = Ground::run(NEW, "r");
    let kept = [&run[..], &["--keep-trials"]].concat();
    let counted =
        [&run[..4], &["--seed", NEW, "--replace", "--out", "r", "--checkpoint", "c", "--every", "0"]].concat();
    let verbs: [&[&str]; 5] = [
        &run,
        &kept,
        &counted,
        &["shard", "bare.toml", "--trials", "20000", "--part", "1/1", "--keep-trials", "--out", "x.part"],
        &["import", "book.xlsx", "--out", "own.toml", "--replace"],
    ];
    while started.elapsed() < until {
        let verb = verbs[random(&mut state) as usize % verbs.len()];
        let mut child = ground.start(&[], verb).spawn().expect("it starts");
        std::thread::sleep(Duration::from_micros(random(&mut state) % 60_000));
        let _ = child.kill();
        let _ = child.wait();
        kills += 1;
        let after = format!("kill {kills} of {verb:?}");
        ground.whole("r", &after);
        if ground.0.path().join("own.toml").exists() {
            ground.well(&["check", "own.toml"]);
        }
        if random(&mut state).is_multiple_of(4) {
            // Whatever was left, the same commands end well and leave nothing hidden.
            verbs.iter().for_each(|verb| ground.well(verb));
            ground.well(&["merge", "x.part", "--no-charts", "--replace", "--out", "merged"]);
            assert_eq!(
                ground.names(),
                ["bare.toml", "book.xlsx", "merged", "own.toml", "r", "x.parquet", "x.part"],
                "{after}"
            );
        }
    }
    eprintln!("{kills} kills at random, seed {}", number("FAULTS_SEED", 2015));
}

#[test]
fn on_a_full_disk_a_run_leaves_what_was_there() {
    if !can(
        "a disk of its own (unshare, mount)",
        Command::new("unshare").args(["-rm", "mount", "-t", "tmpfs", "none", "/mnt"]),
    ) {
        return;
    }
    let ground = Ground::new();
    let script = r#"
        mount -t tmpfs -o size=${SIZE}k none disk && cd disk && cp ../bare.toml . || exit 99
        "$ALLIANCE" run bare.toml --trials 200 --no-charts --seed 1 --out r > /dev/null || exit 98
        dd if=/dev/zero of=filler bs=1k count=$SIZE 2> /dev/null
        truncate -s -${FREE}k filler
        "$ALLIANCE" run bare.toml --trials 20000 --keep-trials --seed 2 --replace --out r > /dev/null; code=$?
        ls -A | tr '\n' ' '; rm filler
        "$ALLIANCE" replay r > /dev/null || exit 97
        exit $code
    "#;
    fs::create_dir(ground.0.path().join("disk")).expect("there is room");
    for free in [4, 8, 16, 40, 100, 200, 400] {
        let mut command = Command::new("unshare");
        command.args(["-rm", "sh", "-c", script]).current_dir(ground.0.path()).env("ALLIANCE", program());
        let ended = command.env("SIZE", "1000").env("FREE", free.to_string()).output().expect("it starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{free} kB: {said}");
        assert_eq!(String::from_utf8_lossy(&ended.stdout), "bare.toml filler r ", "{free} kB: {said}");
        assert!(said.contains("No space left") && !said.contains("panicked"), "{free} kB: {said}");
    }
}

#[test]
fn without_rights_a_run_says_so_and_leaves_nothing() {
    let (ground, root) =
        (Ground::new(), fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0));
    let nobody = ["setpriv", "--reuid=65534", "--clear-groups"];
    let before: &[&str] = if root { &nobody } else { &[] };
    if root
        && !can("another user (setpriv)", Command::new("setpriv").args(&nobody[1..]).arg(program()).arg("--version"))
    {
        return;
    }
    let rights = |mode| {
        let rights = std::os::unix::fs::PermissionsExt::from_mode(mode);
        fs::set_permissions(ground.0.path(), rights).expect("it is ours");
    };
    rights(0o555);
    let run = Ground::run(NEW, "r");
    for arguments in
        [&run[..], &["new", "merger", "--out", "own.toml"], &["shard", "bare.toml", "--part", "1/2", "--out", "x"]]
    {
        let ended = ground.output(before, arguments);
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("Permission denied"), "{arguments:?}: {said}");
    }
    rights(0o755);
    assert_eq!(ground.names(), ["bare.toml"]);
}
