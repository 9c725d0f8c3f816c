//! Long runs survive a kill, and parts of a run put together are the run.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::sealed::{bytes_of, rehashed_run, with_header};
use super::{Ended, alliance, json, place, run_well, scenario};

/// Files of two folders of results hold the same bytes, the manifests' hashes say.
fn same(one: &Path, other: &Path) {
    let files = |folder: &Path| json(folder.join("manifest.json"))["files"].clone();
    assert!(files(one).as_object().is_some_and(|files| files.len() > 3));
    assert_eq!(files(one), files(other));
}

fn shard(folder: &Path, name: &str, part: &str, out: &str, more: &[&str]) -> Ended {
    let file = scenario(name);
    let mut arguments = vec!["shard", file.to_str().expect("the path is UTF-8"), "--part", part, "--out", out];
    arguments.extend(more);
    let ended = alliance(folder, arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended
}

#[test]
fn parts_put_together_in_any_order_are_the_run_of_one_machine() {
    let place = place();
    for sampler in ["plain", "antithetic", "latin", "sobol"] {
        // 10,003 trials end in the middle of a block; threads differ from part to part.
        let more = ["--trials", "10003", "--sampler", sampler];
        for (part, threads) in [("1/3", "1"), ("2/3", "2"), ("3/3", "5")] {
            let out = format!("{sampler}-{}.part", &part[..1]);
            shard(place.path(), "merger-2018", part, &out, &[&more[..], &["--threads", threads]].concat());
        }
        let part = |k: u32| format!("{sampler}-{k}.part");
        let out = format!("merged-{sampler}");
        let ended = alliance(place.path(), ["merge", &part(3), &part(1), &part(2), "--no-charts", "--out", &out]);
        assert_eq!(ended.code, 0, "{}", ended.err);
        let whole = format!("whole-{sampler}");
        let run = run_well(place.path(), "merger-2018", &[&more[..], &["--out", &whole]].concat());
        same(&place.path().join(&out), &place.path().join(whole));
        let findings = |ended: &Ended| ended.out.lines().take(30).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(findings(&ended), findings(&run));
        let replayed = alliance(place.path(), ["replay", &out]);
        assert_eq!(replayed.code, 0, "{}", replayed.err);
    }
}

#[test]
fn trials_kept_with_the_parts_put_together_are_those_of_one_machine() {
    let place = place();
    // 10,003 trials are three chunks of 4,096: four parts, of which the first is empty.
    let more = ["--trials", "10003", "--keep-trials"];
    for k in 1..=4 {
        let made = shard(place.path(), "merger-2018", &format!("{k}/4"), &format!("{k}.part"), &more);
        let empty =
            "Part 1 of 4 holds no trials: there are 10,003 trials, which are 3 chunks of 4,096, fewer than the parts";
        assert_eq!(made.out.contains(empty), k == 1, "{}", made.out);
    }
    let merge = |more: &[&str]| {
        alliance(place.path(), [&["merge", "2.part", "4.part", "1.part", "3.part", "--no-charts"], more].concat())
    };
    let ended = merge(&["--out", "merged"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    run_well(place.path(), "merger-2018", &[&more[..], &["--out", "whole"]].concat());
    let trials = |folder: &str| std::fs::read(place.path().join(folder).join("trials.parquet")).expect("it is there");
    assert!(trials("merged") == trials("whole") && trials("whole").len() > 100_000);
    same(&place.path().join("merged"), &place.path().join("whole"));
    // Making a part again replaces it; trials that are damaged or gone are told, all of them, and nothing is written.
    shard(place.path(), "merger-2018", "4/4", "4.part", &more);
    std::fs::remove_file(place.path().join("1.parquet")).expect("it was there");
    std::fs::copy(place.path().join("2.parquet"), place.path().join("3.parquet")).expect("there is room");
    let ended = merge(&["--out", "again"]);
    assert_eq!(ended.code, 2, "{}", ended.out);
    for said in ["1.parquet: the trials of 1.part cannot be read", "3.parquet: these are not the trials of 3.part"] {
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    assert!(!place.path().join("again").exists());
    // Parts with and without do not mix; trials of another part are not overwritten.
    shard(place.path(), "merger-2018", "1/4", "bare.part", &more[..2]);
    let ended = alliance(place.path(), ["merge", "2.part", "bare.part"]);
    assert!(ended.err.contains("bare.part: of another run than 2.part: trials kept none, not all."), "{}", ended.err);
    std::fs::rename(place.path().join("2.part"), place.path().join("other.part")).expect("there is room");
    let file = scenario("merger-2018");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), [&["shard", file, "--part", "2/4", "--out", "2.part"], &more[..]].concat());
    assert!(ended.code == 2 && ended.err.contains("2.parquet exists and is not of this part"), "{}", ended.err);
}

#[test]
fn more_parts_than_blocks_are_still_the_whole() {
    let place = place();
    for k in 1..=5 {
        shard(place.path(), "standalone", &format!("{k}/5"), &format!("{k}.part"), &["--trials", "200"]);
    }
    let ended = alliance(
        place.path(),
        ["merge", "1.part", "2.part", "3.part", "4.part", "5.part", "--no-charts", "--out", "merged"],
    );
    assert_eq!(ended.code, 0, "{}", ended.err);
    run_well(place.path(), "standalone", &["--trials", "200", "--out", "whole"]);
    same(&place.path().join("merged"), &place.path().join("whole"));
}

#[test]
fn parts_that_do_not_belong_together_are_all_told_and_nothing_is_written() {
    let place = place();
    let few = ["--trials", "2000"];
    for (part, out) in [("1/4", "1.part"), ("2/4", "2.part")] {
        shard(place.path(), "standalone", part, out, &few);
    }
    shard(place.path(), "standalone", "3/4", "seed.part", &[&few[..], &["--seed", "7"]].concat());
    shard(place.path(), "standalone", "3/5", "five.part", &few);
    shard(place.path(), "lead-force", "3/4", "other.part", &few);
    let merge = |parts: &[&str]| {
        let ended = alliance(place.path(), [&["merge", "--out", "merged"], parts].concat());
        assert_eq!(ended.code, 2, "{}", ended.out);
        assert!(!place.path().join("merged").exists());
        ended.err
    };
    assert_eq!(merge(&["1.part", "2.part"]).trim(), "of 4 parts these are missing: 3, 4.");
    let twice = merge(&["1.part", "2.part", "1.part"]);
    assert!(twice.contains("part 1 is there twice") && twice.contains("missing: 3, 4"), "{twice}");
    let strangers = merge(&["1.part", "seed.part", "five.part", "other.part", "nowhere.part"]);
    for said in [
        "seed.part: of another run than 1.part: seed 7, not 2015.",
        "five.part: of another run than 1.part: parts 5, not 4.",
        "other.part: of another run than 1.part: scenario hash",
        "nowhere.part: it cannot be read",
    ] {
        assert!(strangers.contains(said), "{strangers}");
    }
    let bytes = std::fs::read(place.path().join("1.part")).expect("it is there");
    std::fs::write(place.path().join("cut.part"), &bytes[..bytes.len() - 1]).expect("there is room");
    assert!(
        merge(&["cut.part", "2.part"])
            .contains("cut.part: it is damaged or cut short; make it again with the same shard")
    );
}

#[test]
fn a_place_that_cannot_take_the_counts_is_told_before_anything_is_run() {
    let place = place();
    std::fs::write(place.path().join("notes.txt"), "mine").expect("there is room");
    std::fs::create_dir(place.path().join("folder")).expect("there is room");
    let file = scenario("standalone");
    let file = file.to_str().expect("the path is UTF-8");
    // So many trials would take hours.
    let long = ["--trials", "4000000000"];
    for (out, said) in [
        ("notes.txt", "notes.txt exists and is not of this part of this run"),
        ("folder", "folder is a folder, where a file is wanted"),
        ("notes.txt/1.part", "notes.txt/1.part cannot be made"),
    ] {
        let ended = alliance(place.path(), [&["shard", file, "--part", "1/2", "--out", out], &long[..]].concat());
        assert!(ended.code == 1 || ended.code == 2, "{}", ended.out);
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    for (kept, said) in [
        ("notes.txt", "it is no part of a run and no checkpoint"),
        ("folder", "folder is a folder, where a file is wanted"),
        ("notes.txt/kept", "notes.txt/kept cannot be made"),
    ] {
        let ended = alliance(place.path(), [&["run", file, "--checkpoint", kept], &long[..]].concat());
        assert!(ended.code == 1 || ended.code == 2, "{}", ended.out);
        assert!(ended.err.contains(said), "{}", ended.err);
    }
    assert_eq!(std::fs::read_to_string(place.path().join("notes.txt")).expect("it is there"), "mine");
    let left = std::fs::read_dir(place.path()).expect("it is there").count();
    assert_eq!(left, 2, "nothing is left behind");
    // The same part may be made again, another may not take its place.
    shard(place.path(), "standalone", "1/2", "1.part", &["--trials", "500"]);
    shard(place.path(), "standalone", "1/2", "1.part", &["--trials", "500"]);
    let other = ["shard", file, "--part", "2/2", "--out", "1.part", "--trials", "500"];
    assert_eq!(alliance(place.path(), other).code, 2);
}

#[test]
fn counts_of_other_figures_are_neither_merged_nor_gone_on_from() {
    let place = place();
    shard(place.path(), "standalone", "1/1", "1.part", &["--trials", "500"]);
    let file = |name: &str| place.path().join(name);
    // Version 0.1.0 named no figures: its own were 1. Another form of the header changes nothing of that.
    with_header(&file("1.part"), &file("old.part"), |header| {
        header["engine"].as_object_mut().expect("an engine").remove("figures");
        header["alliance_counts"] = 3.into();
    });
    with_header(&file("1.part"), &file("new.part"), |header| header["engine"]["figures"] = 99.into());
    let scenario = scenario("standalone");
    let run = ["run", scenario.to_str().expect("UTF-8"), "--trials", "500", "--checkpoint"];
    for (name, figures) in [("old.part", "1"), ("new.part", "99")] {
        let said = format!("{name}: its counts were made by figures {figures}; this program makes figures ");
        for asked in [vec!["merge", "1.part", name], [&run[..], &[name]].concat()] {
            let refused = alliance(place.path(), asked);
            assert!(refused.code == 2 && refused.err.contains(&said), "{}", refused.err);
        }
    }
    assert!(!place.path().join("output").exists());
}

#[test]
fn counts_of_another_engine_are_refused() {
    let place = place();
    shard(place.path(), "standalone", "1/1", "1.part", &["--trials", "500"]);
    with_header(&place.path().join("1.part"), &place.path().join("kept"), |header| {
        header["engine"]["commit"] = "0123456789ab".into();
        header["part"] = serde_json::Value::Null;
    });
    let file = scenario("standalone");
    let run = ["run", file.to_str().expect("UTF-8"), "--trials", "500", "--checkpoint", "kept"];
    let refused = alliance(place.path(), run);
    assert_eq!(refused.code, 2);
    assert!(refused.err.contains("engine commit 0123456789ab, not "), "{}", refused.err);
}

#[test]
fn a_part_out_of_range_is_refused() {
    let place = place();
    let file = scenario("standalone");
    for part in ["0/4", "5/4", "third"] {
        let ended = alliance(place.path(), ["shard", file.to_str().expect("UTF-8"), "--part", part]);
        assert_eq!(ended.code, 2);
        assert!(ended.err.contains("such as 3/64"), "{}", ended.err);
    }
}

/// Starts a long run that keeps a checkpoint after every chunk, and ends it once there is one.
#[cfg(unix)]
fn killed(folder: &Path, signal: &str) -> std::process::Output {
    let run = Command::new(assert_cmd::cargo::cargo_bin("alliance"))
        .current_dir(folder)
        .args(["run", scenario("standalone").to_str().expect("UTF-8"), "--trials", "600000", "--no-charts"])
        .args(["--checkpoint", "kept", "--every", "0", "--out", "resumed"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let began = Instant::now();
    while !folder.join("kept").exists() {
        assert!(began.elapsed() < Duration::from_secs(60), "no checkpoint was written");
        std::thread::sleep(Duration::from_millis(2));
    }
    let sent = Command::new("kill").args([signal, &run.id().to_string()]).status().expect("there is a kill command");
    assert!(sent.success());
    run.wait_with_output().expect("it ends")
}

#[cfg(unix)]
#[test]
fn a_run_that_was_killed_goes_on_and_ends_with_the_same_bytes() {
    for signal in ["-KILL", "-INT"] {
        let place = place();
        let ended = killed(place.path(), signal);
        assert!(!ended.status.success());
        assert!(!place.path().join("resumed").exists());
        let kept = place.path().join("kept");
        assert!(kept.exists());
        if signal == "-INT" {
            let said = String::from_utf8_lossy(&ended.stderr).into_owned();
            assert!(said.contains("the same command goes on from there"), "{said}");
            assert_eq!(ended.status.code(), Some(130));
        }
        let long = ["--trials", "600000"];
        // Another run does not go on from it.
        let file = scenario("standalone");
        let other = ["run", file.to_str().expect("UTF-8"), "--trials", "5000", "--checkpoint", "kept"];
        let refused = alliance(place.path(), other);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("kept is of another run: trials 600000, not 5000"), "{}", refused.err);
        // Nobody can make a checkpoint again: one that was cut is to go, and the run to begin anew.
        let bytes = std::fs::read(&kept).expect("it is there");
        std::fs::write(place.path().join("cut"), &bytes[..bytes.len() - 1]).expect("there is room");
        let refused = alliance(place.path(), ["run", file.to_str().expect("UTF-8"), "--checkpoint", "cut"]);
        assert_eq!(refused.code, 2);
        assert!(refused.err.contains("cut: it is damaged or cut short; delete it and give"), "{}", refused.err);
        let more = [&long[..], &["--checkpoint", "kept", "--out", "resumed"]].concat();
        let (header, _) = bytes_of(&kept);
        let before = header["wall_seconds"].as_f64().expect("it is told");
        assert!(before > 0.0);
        let resumed = run_well(place.path(), "standalone", &more);
        let all = json(place.path().join("resumed/manifest.json"))["wall_seconds"].as_f64().expect("it is told");
        assert!(all > before, "{all} s in all, {before} s before the kill");
        assert!(resumed.err.contains("Going on after "), "{}", resumed.err);
        assert!(!kept.exists(), "a checkpoint is not left behind");
        run_well(place.path(), "standalone", &[&long[..], &["--out", "whole"]].concat());
        same(&place.path().join("resumed"), &place.path().join("whole"));
    }
}

#[test]
fn a_header_that_does_not_hold_is_refused_though_its_hash_does() {
    let place = place();
    shard(place.path(), "standalone", "1/3", "1.part", &["--trials", "2000"]);
    let file = |name: &str| place.path().join(name);
    let long = "9".repeat(400);
    let cases: [(&str, serde_json::Value, &str); 18] = [
        ("/draws/trials", 0.into(), "trials: a whole number from 1 to 4,000,000,000"),
        ("/draws/trials", 4_000_000_001_u64.into(), "trials: a whole number from 1 to 4,000,000,000"),
        ("/draws/trials", u64::MAX.into(), "trials: a whole number from 1 to 4,000,000,000"),
        ("/draws/until", 7.into(), "until: a percentage"),
        ("/draws/sampler", "lottery".into(), "unknown variant `lottery`"),
        ("/scenario/resolved", 1.into(), "is not the name of the scenario"),
        ("/draws", serde_json::json!({ "verb": "divine" }), "it is no part of a run and no checkpoint"),
        ("/engine/version", "0.2\u{1b}[2J".into(), "version: this is no version"),
        ("/part", serde_json::json!([1, u64::MAX]), "part: a part of so many"),
        ("/part", serde_json::json!([1, 1_000_001]), "at most 1,000,000 parts"),
        ("/part", serde_json::json!([4, 3]), "part: a part of so many"),
        ("/part", serde_json::json!([2, 3]), "are not those of its part"),
        (
            "/blocks",
            serde_json::json!([0, u64::MAX]),
            "are not those of its part; make it again with the same shard command",
        ),
        ("/scenario/name", "../../evil".into(), "is not the name of the scenario"),
        ("/scenario/name", "other".into(), "name: \"other\" is not the name of the scenario"),
        ("/scenario/title", "Other".into(), "title: \"Other\" is not the title of the scenario"),
        ("/scenario/sources", serde_json::json!(["\u{1b}[2J"]), "names no file"),
        ("/wall_seconds", (-1).into(), "wall_seconds: a number from 0"),
    ];
    for (key, value, said) in cases {
        with_header(&file("1.part"), &file("x.part"), |header| {
            *header.pointer_mut(key).expect("it is there") = value.clone();
        });
        let ended = alliance(place.path(), ["merge", "x.part"]);
        assert!(ended.code == 2 && ended.err.contains(said), "{key} = {value}: {} {}", ended.code, ended.err);
    }
    // A changed scenario is not the one that the hash names; where that is made anew, its counts are of another model or of other trials.
    with_header(&file("1.part"), &file("x.part"), |header| {
        header["scenario"]["resolved"]["years"] = 9.into();
    });
    let ended = alliance(place.path(), ["merge", "x.part"]);
    assert!(ended.code == 2 && ended.err.contains("not what its hash names"), "{}", ended.err);
    with_header(&file("1.part"), &file("x.part"), |header| {
        let scenario = &mut header["scenario"];
        scenario["name"] = "../../evil".into();
        scenario["resolved"]["name"] = "../../evil".into();
        rehashed_run(header);
    });
    let ended = alliance(place.path(), ["merge", "x.part"]);
    assert!(ended.code == 2 && ended.err.contains("names no folder of results"), "{}", ended.err);
    // What is no number of a request, and another form, older or newer.
    with_header(&file("1.part"), &file("x.part"), |header| header["draws"]["seed"] = long.into());
    assert_eq!(alliance(place.path(), ["merge", "x.part"]).code, 2);
    for form in [5, 7] {
        with_header(&file("1.part"), &file("x.part"), |header| header["alliance_counts"] = form.into());
        let ended = alliance(place.path(), ["merge", "x.part"]);
        assert!(ended.code == 2 && ended.err.contains(&format!("its form is {form}, where")), "{}", ended.err);
    }
    assert!(!file("output").exists());
}

#[test]
fn counts_of_other_trials_than_the_header_names_are_refused() {
    let place = place();
    let file = |name: &str| place.path().join(name);
    for part in ["1/2", "2/2"] {
        shard(place.path(), "standalone", part, &format!("{}.part", &part[..1]), &["--trials", "1000"]);
    }
    // The counts of the second half, 488 trials, under the header of the first, 512: trials counted twice, others never.
    let (header, _) = bytes_of(&file("1.part"));
    with_header(&file("2.part"), &file("x.part"), |own| *own = header);
    let ended = alliance(place.path(), ["merge", "x.part", "2.part", "--no-charts"]);
    assert!(ended.code == 2 && ended.err.contains("x.part: its counts are not those of the blocks"), "{}", ended.err);
    // A checkpoint that says to hold more than it counts.
    let name = scenario("standalone");
    let run = ["run", name.to_str().expect("UTF-8"), "--trials", "1000", "--no-charts", "--checkpoint", "kept"];
    with_header(&file("1.part"), &file("kept"), |own| {
        own["part"] = serde_json::Value::Null;
        own["blocks"] = serde_json::json!([0, 8]);
    });
    let ended = alliance(place.path(), run);
    assert!(ended.code == 2 && ended.err.contains("kept: its counts are not those of the blocks"), "{}", ended.err);
    // One that holds what it says is gone on from.
    with_header(&file("1.part"), &file("kept"), |own| own["part"] = serde_json::Value::Null);
    let ended = alliance(place.path(), run);
    assert!(ended.code == 0 && ended.err.contains("Going on after 512 trials."), "{}", ended.err);
}
