//! Text is text: nothing foreign commands a terminal, breaks a chart or a page, or begins a formula.

use std::fs;

use super::{alliance, listing, place, text};

const BARE: &str = include_str!("../bare.toml");

/// What is said of a scenario by `check`.
fn checked(scenario: &str) -> (i32, String, String) {
    let place = place();
    fs::write(place.path().join("s.toml"), scenario).expect("written");
    let ended = alliance(place.path(), ["check", "s.toml"]);
    (ended.code, ended.out, ended.err)
}

#[test]
fn control_characters_and_marks_of_direction_are_refused_in_every_text() {
    for (written, position) in [
        ("\\u001b[31mRED", "U+001B"),
        ("a\\u0007", "U+0007"),
        ("a\\u0000b", "U+0000"),
        ("a\\u202eb", "U+202E"),
        ("a\\u2066b", "U+2066"),
        ("a\\u009bb", "U+009B"),
    ] {
        for key in ["Bare", "judgement", "A", "K", "y"] {
            let (code, _, err) = checked(&BARE.replace(&format!("\"{key}\""), &format!("\"{written}\"")));
            assert_eq!(code, 2, "{key}: {written}");
            assert!(err.contains(position) && err.contains("s.toml:"), "{key}: {written}: {err}");
            assert!(
                !err.chars().any(|c| c.is_control() && c != '\n' || ('\u{202a}'..='\u{202e}').contains(&c)),
                "{err:?}"
            );
        }
    }
    // A line break within a name; a source may run over several lines, a title may not.
    assert!(checked(&BARE.replace("\"K\"", "\"K\\nx\"")).2.contains("a line break or a tab"));
    assert!(checked(&BARE.replace("\"Bare\"", "\"Bare\\nx\"")).2.contains("a line break or a tab"));
    assert_eq!(checked(&BARE.replace("\"judgement\"", "\"judgement\\nof two\"")).0, 0);
}

#[test]
fn what_is_told_of_a_file_commands_no_terminal() {
    let (code, _, err) = checked("format = 1\n\"\\u001b[31m\" = 1\n\"a\\u202eb\" = 1\nx = \"\\u0007\"\n");
    assert_eq!(code, 2);
    assert!(
        err.contains("\\u001b[31m") && !err.contains('\u{1b}') && !err.contains('\u{202e}') && !err.contains('\u{7}'),
        "{err:?}"
    );
    let place = place();
    let ended = alliance(place.path(), ["check", "a\u{1b}[31m.toml", "--set", "x\u{7}"]);
    assert!(ended.code == 2 && !ended.err.contains(['\u{1b}', '\u{7}']), "{:?}", ended.err);
    let ended = alliance(place.path(), ["run", "--\u{1b}[31m"]);
    assert!(ended.code == 2 && !ended.err.contains('\u{1b}'), "{:?}", ended.err);
}

#[test]
fn no_cell_of_a_table_begins_a_formula_and_markdown_stays_text() {
    let place = place();
    let name = "=HYPERLINK(\\\"http://x\\\",\\\"y\\\")";
    let scenario = BARE.replace("\"A\"", &format!("\"{name}\"")).replace("name = \"y\"", "name = \"@SUM(A1)\"");
    let scenario = scenario.replace("\"judgement\"", "\"+1|<img src=x> [a](b)\"");
    fs::write(place.path().join("f.toml"), scenario).expect("written");
    let ended = alliance(place.path(), ["assumptions", "f.toml", "--trials", "1024", "--out", "a"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let ended = alliance(place.path(), ["run", "f.toml", "--trials", "256", "--out", "o"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let mut guarded = 0;
    for file in ["a/assumptions.csv", "o/annual.csv", "o/forces.csv", "o/areas.csv"] {
        for line in text(place.path().join(file)).lines() {
            for cell in line.split(',') {
                let cell = cell.trim_matches('"');
                assert!(cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@']), "{file}: {line}");
                guarded += usize::from(cell.starts_with("'=") || cell.starts_with("'@") || cell.starts_with("'+"));
            }
        }
    }
    assert!(guarded > 10, "{guarded}");
    let markdown = text(place.path().join("a/assumptions.md"));
    assert!(
        markdown.contains("+1\\|\\<img src=x> \\[a\\](b)") && !markdown.replace("\\<img", "").contains("<img"),
        "{markdown:.2000}"
    );
}

#[test]
fn names_of_folders_and_files_are_made_safe() {
    let place = place();
    let more = "[[alliance]]\nname = \"k\"\nmembers = [\"A\", \"B\"]\nstart = \"2026-04\"\n[[alliance.area]]\nname = \"z\"\ncost = 1\n\
                saving = 0.1\nsubmit = 0\nimplement = 1\n";
    let scenario = format!("name = \"CON: a*b?\"\n{BARE}{more}").replace("\"K\"", &format!("\"{}\"", "Ü/".repeat(90)));
    fs::create_dir_all(place.path().join("deep/er")).expect("made");
    let inner = place.path().join("deep/er");
    fs::write(inner.join("s.toml"), scenario).expect("written");
    let ended = alliance(&inner, ["run", "s.toml", "--trials", "256"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let ended = alliance(&inner, ["page", "s.toml"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let left = listing(place.path());
    assert!(left.iter().any(|path| path.ends_with(".html")), "{left:?}");
    assert!(left.iter().all(|path| path == "deep" || path.starts_with("deep/er")), "{left:?}");
    for path in left {
        let name = path.rsplit('/').next().unwrap_or_default();
        assert!(name.len() < 200 && !name.contains([':', '*', '?', '"', '<', '>', '|', '\\']), "{path}");
    }
}

#[test]
fn charts_of_many_show_the_largest_and_say_how_many_more_there_are() {
    let place = place();
    let mut scenario = BARE.to_owned();
    for i in 0..98 {
        scenario +=
            &format!("[[alliance.area]]\nname = \"R{i}\"\ncost = 0.1\nsaving = 0.1\nsubmit = 0\nimplement = 1\n");
    }
    fs::write(place.path().join("s.toml"), scenario).expect("written");
    let ended = alliance(place.path(), ["run", "s.toml", "--trials", "256", "--out", "o"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let chart = text(place.path().join("o/charts/area-savings.svg"));
    assert!(chart.contains("the 40 largest, and 60 more"), "{chart:.500}");
    assert!(chart.contains("aria-label=\"Road traffic\""));
}

#[cfg(unix)]
#[test]
fn the_name_that_a_file_gives_its_scenario_commands_nothing_either() {
    let place = place();
    let untitled = BARE.replace("title = \"Bare\"\n", "");
    fs::write(place.path().join("a\u{1b}[31m\u{202e}\u{7}.toml"), untitled).expect("written");
    let file = "a\u{1b}[31m\u{202e}\u{7}.toml";
    let ended = alliance(place.path(), ["run", file, "--trials", "256", "--report", "--xlsx", "--out", "o"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for name in ["report.html", "summary.json", "manifest.json", "charts/npv-exceedance.svg"] {
        let text = text(place.path().join("o").join(name));
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{name}");
    }
}
