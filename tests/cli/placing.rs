//! What is put in place, and what is printed, from outside: other people's things are left alone, and a failure says so.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use super::{alliance, listing, place, run, run_well, scenario, text};

/// A command in a shell, for limits and redirections: its code and what it said.
#[cfg(unix)]
fn shell(folder: &Path, script: &str) -> (i32, String) {
    let ended = Command::new("sh")
        .current_dir(folder)
        .args(["-c", script])
        .env("ALLIANCE", assert_cmd::cargo::cargo_bin("alliance"))
        .env("SCENARIO", scenario("two-force"))
        .output()
        .expect("there is a shell");
    (ended.status.code().unwrap_or(-1), String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
fn names_that_lead_astray_are_refused_before_anything_is_touched() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let before = listing(place.path());
    for out in [".", "..", "r/.", "r/..", "./", "gone/../r", "gone/../../x"] {
        let refused = run(place.path(), "two-force", &["--out", out]);
        assert_eq!(refused.code, 2, "{out}: {}", refused.err);
        let refused = alliance(place.path(), ["new", "merger", "--out", out]);
        assert_eq!(refused.code, 2, "{out}: {}", refused.err);
    }
    let refused = alliance(place.path(), ["new", "merger", "--out", "own/"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_eq!(before, listing(place.path()));
    // Detours over what is there are none of these.
    for out in ["r/../r", "./r"] {
        run_well(place.path(), "two-force", &["--out", out]);
    }
    assert_eq!(before, listing(place.path()));
}

#[test]
fn what_was_changed_or_put_among_the_results_is_told_by_name() {
    let place = place();
    run_well(place.path(), "two-force", &["--out", "r"]);
    let annual = place.path().join("r/annual.csv");
    fs::write(&annual, text(&annual) + "ours\n").expect("there is room");
    let refused = run(place.path(), "two-force", &["--out", "r"]);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("r also holds annual.csv, which was changed after the run"), "{}", refused.err);
    assert!(text(&annual).ends_with("ours\n"));
    // What was taken away is made again.
    fs::remove_file(&annual).expect("it was there");
    run_well(place.path(), "two-force", &["--out", "r"]);
    assert!(annual.exists());
    fs::create_dir(place.path().join("r/drafts")).expect("it was not there");
    let refused = run(place.path(), "two-force", &["--out", "r"]);
    assert!(refused.code == 2 && refused.err.contains("r also holds drafts"), "{}", refused.err);
}

/// A run that works for a while, and what is done meanwhile.
fn meanwhile(folder: &Path, trials: &str, more: &[&str], act: impl FnOnce()) -> (i32, String) {
    let file = scenario("two-force");
    let child = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
        .current_dir(folder)
        .args(["run", file.to_str().expect("the path is UTF-8"), "--trials", trials, "--no-charts"])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    while !listing(folder).iter().any(|name| name.contains(".alliance-") && name.ends_with("/new/r")) {
        std::thread::sleep(Duration::from_millis(5));
    }
    act();
    let ended = child.wait_with_output().expect("it ends");
    (ended.status.code().unwrap_or(-1), String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
fn what_comes_while_a_run_works_is_left_alone_and_the_results_are_kept() {
    let place = place();
    let (code, said) = meanwhile(place.path(), "400000", &["--out", "r"], || {
        fs::create_dir(place.path().join("r")).expect("it is not there");
        fs::write(place.path().join("r/notes.txt"), "ours").expect("there is room");
    });
    assert_eq!(code, 2, "{said}");
    assert!(said.contains("r-2"), "{said}");
    assert_eq!(text(place.path().join("r/notes.txt")), "ours");
    assert!(place.path().join("r-2/manifest.json").exists());
    // The same where something is to be replaced.
    fs::remove_dir_all(place.path().join("r")).expect("it was there");
    run_well(place.path(), "two-force", &["--out", "r"]);
    let (code, said) = meanwhile(place.path(), "400000", &["--out", "r", "--replace"], || {
        fs::write(place.path().join("r/notes.txt"), "ours").expect("there is room");
    });
    assert_eq!(code, 2, "{said}");
    assert_eq!(text(place.path().join("r/notes.txt")), "ours");
    assert!(place.path().join("r-3/manifest.json").exists() && place.path().join("r/manifest.json").exists());
    assert!(!listing(place.path()).iter().any(|name| name.starts_with('.')));
}

#[test]
fn two_runs_into_one_folder_both_end_with_their_results() {
    let place = place();
    // The same run: whoever comes second is done.
    let (code, said) = meanwhile(place.path(), "400000", &["--out", "r"], || {
        run_well(place.path(), "two-force", &["--trials", "400000", "--out", "r"]);
    });
    assert_eq!(code, 0, "{said}");
    assert_eq!(listing(place.path()).iter().filter(|name| !name.contains('/')).count(), 1);
    fs::remove_dir_all(place.path().join("r")).expect("it was there");
    // Another: one wins, the other says where its results are.
    let (code, said) = meanwhile(place.path(), "400000", &["--out", "r"], || {
        run_well(place.path(), "two-force", &["--seed", "7", "--out", "r"]);
    });
    assert_eq!(code, 2, "{said}");
    assert!(place.path().join("r-2/manifest.json").exists() && place.path().join("r/manifest.json").exists());
}

#[test]
fn a_checkpoint_replaces_nothing_that_came_meanwhile() {
    let place = place();
    let (code, said) = meanwhile(place.path(), "1000000", &["--out", "r", "--checkpoint", "c", "--every", "0"], || {
        while !place.path().join("c").exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        fs::write(place.path().join("own"), "ours").expect("there is room");
        fs::rename(place.path().join("own"), place.path().join("c")).expect("there is room");
    });
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("c was put there or changed meanwhile") && said.contains("goes on without"), "{said}");
    assert_eq!(text(place.path().join("c")), "ours");
}

#[test]
fn a_workbook_is_not_replaced_by_the_scenario_made_of_it() {
    let place = place();
    let made = alliance(place.path(), ["new", "merger", "--xlsx", "--out", "own.toml"]);
    assert_eq!(made.code, 0, "{}", made.err);
    let before = fs::read(place.path().join("own.toml")).expect("it is there");
    let refused = alliance(place.path(), ["import", "own.toml", "--replace"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert!(before == fs::read(place.path().join("own.toml")).expect("it is there"));
}

#[test]
fn a_part_and_its_trials_do_not_share_a_name() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let refused = alliance(place.path(), ["shard", file, "--part", "1/2", "--keep-trials", "--out", "x.parquet"]);
    assert_eq!(refused.code, 2, "{}", refused.err);
    assert_eq!(listing(place.path()), Vec::<String>::new());
}

#[cfg(unix)]
#[test]
fn pipes_links_and_what_is_read_only_are_left_as_they_are() {
    let place = place();
    let (file, folder) = (scenario("two-force"), place.path());
    let file = file.to_str().expect("the path is UTF-8");
    assert!(Command::new("mkfifo").current_dir(folder).arg("pipe").status().expect("there is mkfifo").success());
    std::os::unix::fs::symlink("nothing", folder.join("dangling")).expect("there is room");
    fs::write(folder.join("locked"), "ours").expect("there is room");
    let readonly = |name: &str| {
        let mut rights = fs::metadata(folder.join(name)).expect("it is there").permissions();
        rights.set_readonly(true);
        fs::set_permissions(folder.join(name), rights).expect("it is ours");
    };
    readonly("locked");
    let before = listing(folder);
    for name in ["pipe", "dangling", "locked", "/dev/null"] {
        for arguments in [
            &["run", file, "--trials", "200", "--out", name][..],
            &["run", file, "--trials", "200", "--out", "r", "--checkpoint", name, "--every", "0"],
            &["shard", file, "--trials", "200", "--part", "1/2", "--out", name],
            &["new", "merger", "--out", name],
            &["bench", "--history", name, "--rounds", "3"],
        ] {
            let refused = alliance(folder, arguments);
            assert_eq!(refused.code, 2, "{arguments:?}: {}", refused.err);
        }
    }
    assert_eq!(before, listing(folder));
    assert!(folder.join("dangling").is_symlink() && text(folder.join("locked")) == "ours");
    // A link to results stays one, and what it leads to is renewed.
    run_well(folder, "two-force", &["--out", "real"]);
    std::os::unix::fs::symlink("real", folder.join("link")).expect("there is room");
    for out in ["link", "link/"] {
        run_well(folder, "two-force", &["--out", out, "--seed", "7", "--replace"]);
    }
    assert!(folder.join("link").is_symlink());
    assert_eq!(super::json(folder.join("real/summary.json"))["run"]["seed"], 7);
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_printed_is_a_failure() {
    let place = place();
    let full = || File::options().write(true).open("/dev/full").expect("it is there");
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    alliance(place.path(), ["new", "merger", "--xlsx", "--out", "book.xlsx"]);
    alliance(place.path(), ["shard", file, "--trials", "200", "--part", "1/1", "--out", "whole.part"]);
    run_well(place.path(), "two-force", &["--out", "replayed"]);
    for arguments in [
        &["--help"][..],
        &["--version"],
        &["run", "--help"],
        &["schema"],
        &["check", file],
        &["check", file, "--resolved"],
        &["new", "merger"],
        &["new", "merger", "--out", "own.toml"],
        &["new", "merger", "--xlsx"],
        &["import", "book.xlsx"],
        &["run", file, "--trials", "200", "--no-charts", "--format", "json", "--out", "r"],
        &["run", file, "--trials", "200", "--no-charts", "--out", "r"],
        &["shard", file, "--trials", "200", "--part", "1/2"],
        &["merge", "whole.part", "--no-charts"],
        &["replay", "replayed"],
    ] {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin("alliance"));
        let ended = command.current_dir(place.path()).args(arguments).stdout(full()).output().expect("it starts");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(said.contains("standard output could not be written"), "{arguments:?}: {said}");
    }
    // What was made is there all the same.
    assert!(place.path().join("r/manifest.json").exists() && place.path().join("own.toml").exists());
}

#[test]
fn a_name_below_a_file_is_refused_before_anything_is_run() {
    let place = place();
    fs::write(place.path().join("f"), "ours").expect("there is room");
    alliance(place.path(), ["new", "merger", "--xlsx", "--out", "book.xlsx"]);
    let file = scenario("standalone");
    let file = file.to_str().expect("the path is UTF-8");
    alliance(place.path(), ["shard", file, "--trials", "200", "--part", "1/1", "--out", "whole.part"]);
    let before = listing(place.path());
    for below in ["f/x", "f/x/y"] {
        for arguments in [
            &["run", file, "--out", below][..],
            &["run", file, "--checkpoint", below],
            &["run", file, "--report", "--xlsx", "--out", below],
            &["compare", file, file, "--out", below],
            &["shard", file, "--part", "1/2", "--out", below],
            &["merge", "whole.part", "--out", below],
            &["new", "merger", "--out", below],
            &["new", "merger", "--xlsx", "--out", below],
            &["import", "book.xlsx", "--out", below],
            &["bench", "--history", below],
        ] {
            let refused = alliance(place.path(), arguments);
            assert_eq!(refused.code, 2, "{arguments:?}: {}", refused.err);
            assert!(!refused.err.contains("os error"), "{arguments:?}: {}", refused.err);
        }
    }
    assert_eq!(before, listing(place.path()));
    let refused = run(place.path(), "standalone", &["--out", "f/x"]);
    assert!(refused.err.contains("f is no folder"), "{}", refused.err);
    // A folder that is not there is made for results alone.
    let refused = alliance(place.path(), ["new", "merger", "--out", "gone/x.toml"]);
    assert!(refused.code == 2 && refused.err.contains("a folder that is there"), "{}", refused.err);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_written_whole_is_not_there() {
    let place = place();
    alliance(place.path(), ["new", "merger", "--xlsx", "--out", "book.xlsx"]);
    fs::write(place.path().join("old.toml"), "ours").expect("there is room");
    let before = listing(place.path());
    for words in [
        "new merger --out own.toml",
        "new merger --xlsx --out own.xlsx",
        "import book.xlsx --out own.toml",
        "import book.xlsx --out old.toml --replace",
        "run $SCENARIO --trials 200 --out r",
        "run $SCENARIO --trials 4096 --keep-trials --no-charts --out r",
        "report $SCENARIO --trials 1000 --out r",
        "shard $SCENARIO --trials 4096 --part 1/1 --keep-trials --out x.part",
    ] {
        let (code, said) = shell(place.path(), &format!("ulimit -f 4; exec \"$ALLIANCE\" {words} > /dev/null"));
        assert_eq!(code, 1, "{words}: {said}");
        assert!(said.contains("too large") && !said.contains("panicked"), "{words}: {said}");
        assert_eq!(before, listing(place.path()), "{words}");
    }
    assert_eq!(text(place.path().join("old.toml")), "ours");
}

#[test]
fn a_checkpoint_at_the_place_of_the_results_is_refused_before_anything_is_run() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    fs::create_dir(place.path().join("q")).expect("there is room");
    for checkpoint in ["r", "r/c", "./r/../r/c", "q/../r/c"] {
        let refused =
            alliance(place.path(), ["run", file, "--trials", "200", "--out", "r", "--checkpoint", checkpoint]);
        assert_eq!(refused.code, 2, "{checkpoint}: {}", refused.err);
        assert_eq!(listing(place.path()), ["q"], "{checkpoint}");
    }
}
