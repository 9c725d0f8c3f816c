//! What is too large, too many, or no plain file is refused before it is read; docs/limits.md lists the limits.

use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::sealed::with_manifest;
use super::{Ended, alliance, place, run_well, scenario};

/// Asserts that a verb is refused as bad input, with these words.
fn refused(ended: &Ended, said: &str) {
    assert!(ended.code == 2 && ended.err.contains(said), "{}: {}", ended.code, ended.err);
    assert!(!ended.err.contains("panicked"), "{}", ended.err);
}

#[test]
fn a_manifest_meets_the_limits_of_the_command_line_though_its_hash_holds() {
    let place = place();
    run_well(place.path(), "standalone", &["--out", "r"]);
    let manifest = place.path().join("r/manifest.json");
    let whole = fs::read(&manifest).expect("it is there");
    let scenarios = serde_json::from_slice::<Value>(&whole).expect("JSON")["request"]["scenarios"].clone();
    let many = vec![scenarios[0].clone(); 13];
    let sweep = json!({ "name": "x", "along": { "key": "years", "values": [1, 2] }, "across": null });
    let long = json!({ "name": "x", "along": { "key": "economy.pay_share", "values": (0..42).collect::<Vec<_>>() }, "across": null });
    let cases: [(&str, Value, &str); 25] = [
        ("/request/draws/trials", 0.into(), "trials: a whole number"),
        ("/request/draws/trials", 5_000_000_000_u64.into(), "trials: a whole number"),
        ("/request/draws/until", json!(0), "until: a percentage"),
        ("/request/draws/sampler", "dice".into(), "unknown variant `dice`"),
        ("/engine/figures", 99.into(), "made by figures 99; this program makes figures"),
        ("/engine/version", "\u{7}".into(), "this is no version"),
        ("/request/question/verb", "divine".into(), "unknown variant `divine`"),
        ("/request/question/verb", "compare".into(), "compare takes two scenarios or more"),
        ("/request/question/verb", "explain".into(), "missing field `outcome`"),
        ("/request_hash", "0".into(), "what was asked is not what its hash names"),
        ("/threads", 1025.into(), "threads: a whole number up to 1024"),
        ("/engine/commit", "\u{1b}[2J".into(), "this is no commit"),
        ("/files", json!({ "/dev/zero": "0" }), "is no file of a folder of results"),
        ("/files", json!({ "../../x": "0" }), "is no file of a folder of results"),
        ("/trials_done", 0.into(), "trials_done: 0 trials are not those of a run of"),
        ("/trials_done", 3_999_999.into(), "trials_done: 3999999 trials are not those"),
        ("/wall_seconds", json!(-1), "wall_seconds: a number from 0"),
        ("/request/scenarios/0/name", "other".into(), "name: \"other\" is not the name of the scenario"),
        ("/request/scenarios/0/title", "Other".into(), "title: \"Other\" is not the title of the scenario"),
        ("/request/scenarios/0/sources", json!([""]), "sources: \"\" names no file"),
        ("/request/scenarios/0/sources", json!(["a\nb"]), "sources: \"a\\nb\" names no file"),
        ("/request/scenarios", json!([]), "there is no scenario"),
        ("/request/scenarios", json!(many), "13 scenarios; run takes at most 1"),
        ("/request/question", json!({ "verb": "what-if", "sweeps": [sweep] }), "years cannot be swept"),
        (
            "/request/question",
            json!({ "verb": "what-if", "sweeps": vec![long; 25] }),
            "25 sweeps; a question has at most 24",
        ),
    ];
    for (key, value, said) in cases {
        fs::write(&manifest, &whole).expect("there is room");
        with_manifest(&manifest, |own| {
            let (above, last) = key.rsplit_once('/').expect("a path");
            own.pointer_mut(above).expect("it is there")[last] = value.clone();
            // The hash is to be at the end.
            let seal = own.as_object_mut().expect("a manifest").shift_remove("sha256").expect("it is there");
            own["sha256"] = seal;
        });
        let ended = alliance(place.path(), ["replay", "r"]);
        refused(&ended, said);
        // As a folder of results it is none that may be written over.
        assert_eq!(alliance(place.path(), ["replay", "r/manifest.json"]).code, 2);
    }
    fs::write(&manifest, &whole).expect("there is room");
    assert_eq!(alliance(place.path(), ["replay", "r"]).code, 0);
}

#[test]
fn more_than_is_compared_is_refused_before_it_is_read() {
    let place = place();
    // Files that are not there: it is their number that is told.
    let files: Vec<String> = (0..3_000).map(|k| format!("{k}.toml")).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let ended = alliance(place.path(), [&["compare"], &files[..]].concat());
    refused(&ended, "3000 scenarios; at most 12 are compared");
    refused(&alliance(place.path(), [&["report"], &files[..]].concat()), "a page compares at most 6");
    let of = |what: &str, count: usize| {
        let each: String = (0..count).map(|k| what.replace("#", &k.to_string())).collect();
        fs::write(place.path().join("c.toml"), format!("format = 1\nbase = \"gone.toml\"\n{each}"))
            .expect("there is room");
    };
    for (what, count, said) in [
        ("[[variant]]\nname = \"v#\"\nset = [\"years=12\"]\n", 12, "13 scenarios; at most 12 are compared"),
        (
            "[[sweep]]\nname = \"s#\"\nkey = \"economy.pay_share\"\nvalues = [0.1, 0.2]\n",
            25,
            "25 sweeps; a question has at most 24",
        ),
    ] {
        of(what, count);
        for verb in ["what-if", "check"] {
            refused(&alliance(place.path(), [verb, "c.toml"]), said);
        }
        // One fewer is read, and then its base is missed.
        of(what, count - 1);
        refused(&alliance(place.path(), ["check", "c.toml"]), "gone.toml");
    }
    let file = scenario("standalone");
    let sets: Vec<String> = (0..1_001).map(|k| format!("--set=years={}", 8 + k % 2)).collect();
    let asked = [&["check", file.to_str().expect("UTF-8")], &sets.iter().map(String::as_str).collect::<Vec<_>>()[..]];
    refused(&alliance(place.path(), asked.concat()), "1001 changes; at most 1000 are taken");
}

#[cfg(unix)]
#[test]
fn pipes_devices_and_large_files_are_refused_wherever_something_is_read() {
    let place = place();
    let at = |name: &str| place.path().join(name);
    let pipe = |path: &Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().expect("there is mkfifo").success());
    };
    pipe(&at("p"));
    std::os::unix::fs::symlink("/dev/zero", at("z")).expect("a link");
    // Of no bytes on the disk, and yet too large.
    fs::File::create(at("large")).and_then(|file| file.set_len(5_000_000_000)).expect("a file with a hole");
    fs::create_dir(at("o")).expect("there is room");
    pipe(&at("o/manifest.json"));
    let file = scenario("standalone");
    let file = file.to_str().expect("UTF-8");
    fs::create_dir_all(at("usual/data")).expect("there is room");
    fs::write(at("usual/s.toml"), include_str!("../bare.toml")).expect("there is room");
    pipe(&at("usual/data/forces.csv"));
    for named in ["extends", "facts"] {
        fs::write(
            at(&format!("{named}.toml")),
            format!("format = 1\n{named} = \"p\"\nfirst_year = \"2015/16\"\nyears = 3\n"),
        )
        .expect("there is room");
    }
    fs::write(at("c.toml"), "format = 1\nbase = \"z\"\n[[variant]]\nname = \"v\"\nset = [\"years=3\"]\n")
        .expect("there is room");
    for odd in ["p", "z", "large"] {
        let said = if odd == "large" { "5000.0 MB" } else { "no plain file" };
        for asked in [
            &["check", odd][..],
            &["run", odd],
            &["what-if", odd, "--set", "years=3"],
            &["import", odd],
            &["new", odd, "--xlsx", "--out", "new.xlsx"],
            &["replay", odd],
            &["merge", odd],
            &["compare", file, odd],
            &["compare", file, "--against", odd],
            &["bench", "--against", odd],
        ] {
            let ended = alliance(place.path(), asked);
            refused(&ended, said);
        }
    }
    for asked in [
        &["check", "extends.toml"][..],
        &["check", "facts.toml"],
        &["check", "usual/s.toml"],
        &["check", "c.toml"],
        &["what-if", "c.toml"],
        &["replay", "o"],
        &["check", "usual/s.toml", "--set", "facts='../p'"],
    ] {
        refused(&alliance(place.path(), asked), "no plain file");
    }
    refused(&alliance(place.path(), ["bench", "--history", "p"]), "p ");
    refused(&alliance(place.path(), ["run", file, "--trials", "64", "--out", "o"]), "holds no results");
}

/// A workbook of which one file is replaced.
fn book(folder: &Path, replaced: &str, content: &[u8]) {
    let made = alliance(folder, ["new", "two-force", "--xlsx", "--out", "good.xlsx"]);
    assert!(made.code == 0 || folder.join("good.xlsx").exists(), "{}", made.err);
    let good = fs::File::open(folder.join("good.xlsx")).expect("it is there");
    let mut good = zip::ZipArchive::new(good).expect("an archive");
    let mut out = ZipWriter::new(fs::File::create(folder.join("bad.xlsx")).expect("there is room"));
    for k in 0..good.len() {
        let file = good.by_index_raw(k).expect("it is there");
        if file.name().expect("it has a name") != replaced {
            out.raw_copy_file(file).expect("there is room");
        }
    }
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    out.start_file(replaced, options).expect("there is room");
    out.write_all(content).expect("there is room");
    out.finish().expect("there is room");
}

#[test]
fn a_workbook_that_unpacks_to_too_much_is_refused_whatever_it_says() {
    let place = place();
    let import = || alliance(place.path(), ["import", "bad.xlsx", "--out", "o.toml"]);
    let sheet = "xl/worksheets/sheet2.xml";
    book(place.path(), sheet, &vec![b'a'; 51_000_000]);
    refused(&import(), "it unpacks to more than 50 MB");
    // The same, said to be 100 bytes long: it is counted, not believed.
    let mut bytes = fs::read(place.path().join("bad.xlsx")).expect("it is there");
    let large = 51_000_000_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == large).collect();
    assert!(!places.is_empty());
    places.iter().for_each(|at| bytes[*at..at + 4].copy_from_slice(&100_u32.to_le_bytes()));
    fs::write(place.path().join("bad.xlsx"), &bytes).expect("there is room");
    let ended = import();
    assert_eq!(ended.code, 2, "{}", ended.err);
    assert!(ended.err.contains("50 MB") || ended.err.contains("no .xlsx workbook"), "{}", ended.err);
    // 100 bytes, said to be 4 GB: as much room would be made for them.
    book(place.path(), sheet, &[b'a'; 4_001]);
    let mut bytes = fs::read(place.path().join("bad.xlsx")).expect("it is there");
    let small = 4_001_u32.to_le_bytes();
    let places: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..at + 4] == small).collect();
    places.iter().for_each(|at| bytes[*at..at + 4].copy_from_slice(&0xffff_fff0_u32.to_le_bytes()));
    fs::write(place.path().join("bad.xlsx"), &bytes).expect("there is room");
    refused(&import(), "it unpacks to more than 50 MB");
    // A million cells without a result are told as so many problems, not one a cell.
    let cells = r##"<c t="e"><v>#REF!</v></c>"##.repeat(1_000_000);
    let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let text = format!(r#"<worksheet xmlns="{namespace}"><sheetData><row>{cells}</row></sheetData></worksheet>"#);
    book(place.path(), sheet, text.as_bytes());
    refused(&import(), "#REF!");
    // An address beyond what a number holds, over which the reader of workbooks may panic.
    for cell in
        [r#"<row r="99999999999999"><c><v>1</v></c></row>"#, r#"<row r="1"><c r="ZZZZZZZZZ9"><v>1</v></c></row>"#]
    {
        let text = format!(r#"<worksheet xmlns="{namespace}"><sheetData>{cell}</sheetData></worksheet>"#);
        book(place.path(), sheet, text.as_bytes());
        assert_eq!(import().code, 2);
        refused(&import(), "bad.xlsx");
    }
    assert!(!place.path().join("o.toml").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn threads_are_one_a_core_whatever_the_environment_of_a_library_says() {
    let place = place();
    let file = scenario("standalone");
    let arguments = ["run", file.to_str().expect("UTF-8"), "--trials", "2000000000", "--out", "o", "--no-charts"];
    let mut run = std::process::Command::new(assert_cmd::cargo::cargo_bin("alliance"))
        .current_dir(place.path())
        .args(arguments)
        .envs([("RAYON_NUM_THREADS", "300"), ("RAYON_RS_NUM_CPUS", "300"), ("POLARS_MAX_THREADS", "300")])
        .stderr(std::process::Stdio::null())
        .spawn()
        .expect("the program starts");
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = || {
        let status = fs::read_to_string(format!("/proc/{}/status", run.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("Threads:")).map(str::trim);
        line.and_then(|number| number.parse::<usize>().ok()).unwrap_or(0)
    };
    let most = (0..15).map(|_| (std::thread::sleep(std::time::Duration::from_millis(100)), threads()).1).max();
    run.kill().expect("it runs");
    run.wait().expect("it ends");
    // Beside them the main thread, that which catches Ctrl-C, and that of a bar.
    assert!(most.is_some_and(|most| most >= cores && most <= cores + 4), "{most:?} threads on {cores} cores");
}

#[test]
fn a_commission_of_many_values_on_a_large_base_is_checked_or_refused_in_time() {
    let place = place();
    let area = |k: usize| {
        format!("[[alliance.area]]\nname = \"R{k}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n")
    };
    let check = |areas: usize, sweeps: usize| {
        let base = include_str!("../bare.toml").to_owned() + &(0..areas).map(area).collect::<String>();
        let sweep =
            |k: usize| format!("[[sweep]]\nkey = 'alliance.K.area.R{k}.saving'\nfrom = 0.1\nto = 0.5\nsteps = 41\n");
        let own = (0..sweeps).map(sweep).collect::<String>();
        fs::write(place.path().join("base.toml"), base).expect("there is room");
        fs::write(place.path().join("c.toml"), format!("format = 1\nbase = \"base.toml\"\n{own}"))
            .expect("there is room");
        let begun = std::time::Instant::now();
        let ended = alliance(place.path(), ["check", "c.toml"]);
        // Five seconds of a processor by itself, and neither is it alone on its machine.
        assert!(begun.elapsed() < std::time::Duration::from_secs(60), "{:?}", begun.elapsed());
        ended
    };
    let few = check(30, 2);
    assert!(few.code == 0 && !few.out.contains("only the ends"), "{}", few.out);
    let large = check(900, 2);
    assert!(large.code == 0 && large.out.contains("of each swept key only the ends were read"), "{}", large.err);
    refused(&check(990, 24), "24 swept keys of a base of 0.");
}

#[test]
fn what_would_keep_too_much_or_look_too_long_is_refused_before_it_runs() {
    let place = place();
    let write = |name: &str, text: String| fs::write(place.path().join(name), text).expect("there is room");
    let bare = include_str!("../bare.toml");
    let area = |k: usize| {
        format!("[[alliance.area]]\nname = \"R{k}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n")
    };
    write("wide.toml", bare.to_owned() + &(0..320).map(area).collect::<String>());
    refused(
        &alliance(place.path(), ["optimise", "wide.toml", "--trials", "1000"]),
        "turns of levers; at most 100,000 are looked at",
    );
    let force = |k: usize| {
        format!(
            "[[force]]\nname = \"F{k}\"\nbudget = 100\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = 500000\nofficers = 900\n"
        )
    };
    let members: String = (0..8).map(|k| format!(", \"F{k}\"")).collect();
    let many = bare.replace("\"A\", \"B\"]", &format!("\"A\", \"B\"{members}]"));
    write("many.toml", many + &(0..8).map(force).collect::<String>());
    refused(
        &alliance(place.path(), ["shares", "many.toml", "--trials", "4000000"]),
        "40 figures of every future would be kept at once",
    );
}
