//! Limits of what a scenario holds (docs/limits.md), each tried at the limit and one above it, and files of 10 MB that would take
//! minutes or gigabytes without them.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use language::load;

const BARE: &str = include_str!("bare.toml");

/// What is said of a scenario, beside another file.
fn told_beside(text: &str, csv: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("t.csv"), csv).expect("written");
    let path = folder.path().join("t.toml");
    std::fs::write(&path, text).expect("written");
    load(&path, &[]).map_or_else(|problems| problems.to_string(), |_| String::new())
}

fn told(text: &str) -> String {
    told_beside(text, "")
}

/// So many pieces of text, each made of its number.
fn many(count: usize, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect()
}

/// At the limit nothing is said of it, one above it is told.
fn check(most: usize, said: &str, text: impl Fn(usize) -> String) {
    let at = told(&text(most));
    assert!(!at.contains(said), "{most}: {at:.500}");
    let above = told(&text(most + 1));
    assert!(above.contains(said), "{}: {above:.500}", most + 1);
}

fn list(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(", ")
}

#[test]
fn names_and_texts_have_a_longest() {
    check(200, "a name of 201 characters is too long", |length| {
        BARE.replace("\"K\"", &format!("\"{}\"", "ü".repeat(length)))
    });
    check(200, "a name of 201 characters is too long", |length| {
        BARE.replace("\"Bare\"", &format!("\"{}\"", "ü".repeat(length)))
    });
    check(200, "a name of 201 characters is too long", |length| format!("{BARE}{} = 1\n", "k".repeat(length)));
    // Together with its quotes.
    check(10_000, "source: a text is too long", |length| {
        BARE.replace("\"judgement\"", &format!("\"{}\"", "ü".repeat(length - 2)))
    });
    check(10_000, "a comment is too long", |length| format!("#{}\n{BARE}", "-".repeat(length - 1)));
}

#[test]
fn tables_lists_and_files_have_a_most() {
    check(1_000, "at most 1,000 keys", |count| format!("x = {{ {} }}\n{BARE}", list(count, |i| format!("k{i} = 1"))));
    check(100_000, "at most 100,000 entries", |count| format!("x = [{}]\n{BARE}", list(count, |_| "1".to_owned())));
    check(1_000, "at most 1,000 entries", |count| format!("x = [{}]\n{BARE}", list(count, |_| "\"a\"".to_owned())));
    // Two pieces a line: a line end and, of every line, a word that is none.
    let pieces = |count: usize| format!("{}{}", "\n".repeat(count - 3), "x=1");
    check(500_000, "more than 500,000 words, numbers and marks", |count| pieces(count - 1));
}

#[test]
fn things_of_a_kind_have_a_most() {
    let force = |i: usize| {
        format!(
            "[[force]]\nname = \"F{i}\"\nbudget = 100\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = 500000\nofficers = 900\n"
        )
    };
    check(200, "there are 201 entries", |count| format!("{BARE}{}", many(count - 2, force)));
    // 375 years of forces over eight years are 3,000.
    check(100, "are too many", |count| {
        format!("{}{}", BARE.replace("years = 8", "years = 30"), many(count - 2, force))
    });
    let alliance = |i: usize| format!("[[alliance]]\nname = \"L{i}\"\nmembers = [\"A\", \"B\"]\nstart = \"2026-04\"\n");
    check(100, "there are 101 entries", |count| format!("{BARE}{}", many(count - 1, alliance)));
    let area = |i: usize| {
        format!("[[alliance.area]]\nname = \"R{i}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n")
    };
    check(1_000, "there are 1,001 entries", |count| format!("{BARE}{}", many(count - 2, area)));
    let in_all = |count: usize| {
        format!("{BARE}{}{}{}{}", many(998, area), alliance(0), many(1_000, area), alliance(1))
            + &many(count - 2_000, area)
    };
    check(2_000, "there are 2,001 business areas in all", in_all);
    let benefit = |i: usize| {
        format!("[[benefit]]\nname = \"b{i}\"\nkind = \"economic\"\nunit = \"£m\"\nfull_effect = 1\nareas = \"all\"\n")
    };
    check(200, "there are 201 entries", |count| format!("{BARE}{}", many(count, benefit)));
    let target = |i: usize| {
        format!("[[target]]\nname = \"t{i}\"\nmeasure = \"saving_cashable\"\namount = 1\nyear = \"2030/31\"\n")
    };
    check(200, "there are 201 entries", |count| format!("{BARE}{}", many(count, target)));
    let actual = |_| "[[actual]]\nmeasure = \"saving_cashable\"\nyear = \"2026/27\"\nvalue = 1\n".to_owned();
    check(1_000, "there are 1,001 entries", |count| format!("{BARE}{}", many(count, actual)));
}

#[test]
fn correlations_have_a_most() {
    let correlation = |_| "[[correlation]]\nquantities = [\"a\", \"b\"]\nrho = 0.1\n".to_owned();
    check(200, "there are 201 entries", |count| format!("{BARE}{}", many(count, correlation)));
    let names =
        |count: usize| format!("[[correlation]]\nquantities = [{}]\nrho = 0.1\n", list(count, |i| format!("\"a{i}\"")));
    check(200, "there are 201 entries", |count| format!("{BARE}{}", names(count)));
    check(1_000, "names and patterns in all correlations", |count| {
        format!("{BARE}{}{}", many(5, |_| names(199)), names(count - 5 * 199))
    });
    check(10, "has more than 10 stars", |count| {
        format!("{BARE}[[correlation]]\nquantities = [\"{}\"]\nrho = 0.1\n", "a*".repeat(count))
    });
    let rows = |count: usize| list(count, |_| "[1]".to_owned());
    check(200, "there are 201 entries", |count| {
        format!("{BARE}[[correlation]]\nquantities = [\"a\"]\nmatrix = [{}]\n", rows(count))
    });
}

#[test]
fn csv_files_have_a_most() {
    let scenario = BARE.replace("start = ", "areas = \"t.csv\"\nstart = ");
    let csv = |most: usize, said: &str, text: &dyn Fn(usize) -> String| {
        let at = told_beside(&scenario, &text(most));
        assert!(!at.contains(said), "{most}: {at:.500}");
        let above = told_beside(&scenario, &text(most + 1));
        assert!(above.contains(said), "{}: {above:.500}", most + 1);
    };
    let head = "name,cost,saving,submit,implement";
    csv(100_000, "too many lines. At most 100,000 are read", &|count| {
        format!("{head}\n{}", many(count, |i| format!("n{i},1,.1,1,1\n")))
    });
    csv(500, "which are too many. At most 500 are read", &|count| format!("{head}{}\n", ",x".repeat(count - 5)));
    csv(10_000, "too many characters. At most 10,000 are read", &|count| {
        format!("{head}\n{},1,.1,1,1\n", "n".repeat(count))
    });
    // 2,000 lines of 500 cells, heads included.
    let wide = |lines: usize| {
        format!("{head}{}\n{}", ",".repeat(495), many(lines - 1, |_| format!("n,1,.1,1,1{}\n", ",".repeat(495))))
    };
    csv(2_000, "too many cells. At most 1,000,000 are read", &wide);
}

#[test]
fn problems_beyond_those_kept_are_counted() {
    // 400 areas with ten unknown keys each, of which a thousand are kept.
    let area = |i: usize| {
        let unknown = many(10, |key| format!("zz{key} = 1\n"));
        format!("[[alliance.area]]\nname = \"R{i}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n{unknown}")
    };
    let told = told(&format!("{BARE}{}", many(400, area)));
    assert!(told.ends_with("4,000 problems, of which 100 are shown"), "{told:.300}");
    assert_eq!(told.lines().count(), 101);
}

#[test]
fn no_file_of_10_mb_takes_long() {
    let areas = |count: usize, more: &str| {
        many(count, |i| {
            format!("[[alliance.area]]\nname = \"R{i}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n{more}")
        })
    };
    let of = |piece: &str| piece.repeat(9_900_000 / piece.len());
    let mut files: Vec<(String, String)> = [
        ",",
        "[",
        "{",
        "=",
        "\"",
        "'",
        "\n",
        "a.",
        "a ",
        "a=\n",
        "[[force]]\n",
        "{a=1},",
        "1,",
        "\u{a0}",
        "\u{a0}\n",
        "\"\\q\"\n",
        "x=20%\n",
        "\u{1}",
    ]
    .into_iter()
    .map(|piece| (format!("{piece:?} again and again"), format!("{BARE}{}", of(piece))))
    .collect();
    files.push(("one long text".to_owned(), format!("x = \"{}\"\n{BARE}", of("\\q"))));
    files.push(("values that stand bare".to_owned(), format!("{}{BARE}", many(82_000, |i| format!("k{i} = 20%\n")))));
    files.push(("unknown keys".to_owned(), format!("{BARE}{}", areas(900, &many(60, |i| format!("sub{i}mit = 1\n"))))));
    let mut patterns = String::new();
    for i in 0..200 {
        let _ = writeln!(
            patterns,
            "[[correlation]]\nquantities = [\"alliance.*.area.*.s*\", \"*a*r*e*a*s*{i}*\"]\nrho = 0.1"
        );
    }
    files.push(("correlations".to_owned(), format!("{BARE}{}{patterns}", areas(900, ""))));
    let uncertain = areas(200, "").replace("saving = 0.1", "saving = { uniform = { low = 0.1, high = 0.2 } }");
    let entry =
        |i: usize, j: usize| if i == j { "1".to_owned() } else { format!("{}", ((i + j) % 19) as f64 / 10.0 - 0.9) };
    let matrix = list(200, |i| format!("[{}]", list(200, |j| entry(i, j))));
    let names = list(200, |i| format!("\"alliance.K.area.R{i}.saving\""));
    files.push((
        "a matrix".to_owned(),
        format!("{BARE}{uncertain}[[correlation]]\nquantities = [{names}]\nmatrix = [{matrix}]\n"),
    ));
    for (what, text) in files {
        let begun = Instant::now();
        let said = told(&text);
        assert!(!said.is_empty(), "{what}");
        // Five seconds of a processor by itself, and this is neither the release build nor alone on its machine.
        assert!(begun.elapsed() < Duration::from_secs(30), "{what} took {:?}", begun.elapsed());
    }
}

#[test]
fn files_count_as_often_as_they_are_named() {
    // A megabyte in 8,000 long lines: nineteen times and the scenario itself are below 20 MB, twenty-one times are not.
    let csv = format!("y\n{}", many(8_000, |i| format!("0.1{:0120}\n", i % 1_000)));
    assert!((980_000..1_000_000).contains(&csv.len()), "{}", csv.len());
    let named = |times: usize| {
        let area = |i| {
            format!(
                "[[alliance.area]]\nname = \"E{i}\"\ncost = 1\nsaving = {{ empirical = {{ file = \"t.csv\", column = \"y\" }} }}\n\
                 submit = 0\nimplement = 1\n"
            )
        };
        told_beside(&format!("{BARE}{}", many(times, area)), &csv)
    };
    assert_eq!(named(19), "");
    let above = named(21);
    assert!(above.contains("come to more than 20 MB") && above.contains("name it less often"), "{above:.500}");
}

#[test]
fn shapes_and_values_of_distributions_have_a_most() {
    let shape = |written: &str| told(&BARE.replacen("{ uniform = { low = 0.05, high = 0.2 } }", written, 1));
    let beyond = "beyond the limit of shapes";
    for (at, above) in [
        ("{ beta = { a = 1e6, b = 3 } }", "{ beta = { a = 1000001, b = 3 } }"),
        ("{ beta = { a = 3, b = 1e6 } }", "{ beta = { a = 3, b = 1e200 } }"),
        ("{ beta = { a = 0.01, b = 3 } }", "{ beta = { a = 0.0099, b = 3 } }"),
        (
            "{ pert = { low = 0, mode = 0.1, high = 1, shape = 1e6 } }",
            "{ pert = { low = 0, mode = 0.1, high = 1, shape = 1000001 } }",
        ),
    ] {
        assert!(!shape(at).contains(beyond), "{at}");
        let said = shape(above);
        assert!(said.contains("t.toml:30:") && said.contains(beyond) && said.contains("1,000,000"), "{above}: {said}");
    }
    // 99,998 values, named ten times and eleven times: a file has 100,000 lines at most.
    let csv = format!("y\n{}", "1\n2\n".repeat(49_999));
    let named = |times: usize| {
        let area = |i| {
            format!(
                "[[alliance.area]]\nname = \"E{i}\"\ncost = 1\nsaving = 0.1\nsubmit = 0\nimplement = 1\n\
                 oneoff = {{ empirical = {{ file = \"t.csv\", column = \"y\" }}, max = 90 }}\n"
            )
        };
        told_beside(&format!("{BARE}{}", many(times, area)), &csv)
    };
    assert_eq!(named(10), "");
    let above = named(11);
    assert!(
        above.contains("hold more than 1,000,000 values and weights") && above.contains("1 problem"),
        "{above:.500}"
    );
}

#[test]
fn cells_of_business_areas_count_as_often_as_they_are_named() {
    // 50,000 cells a file, named by twenty alliances or by twenty-one.
    let csv = format!(
        "name,cost,saving,submit,implement{}\n{}",
        ",".repeat(495),
        many(99, |i| { format!("n{i},.01,.1,1,1{}\n", ",".repeat(495)) })
    );
    let named = |times: usize| {
        let alliance = |i: usize| {
            format!("[[alliance]]\nname = \"L{i}\"\nmembers = [\"A\", \"B\"]\nstart = \"2026-04\"\nareas = \"t.csv\"\n")
        };
        told_beside(&format!("{BARE}{}", many(times, alliance)), &csv)
    };
    let (at, above) = (named(20), named(21));
    assert!(!at.contains("cells"), "{at:.500}");
    assert!(
        above.contains("come to more than 1,000,000 cells") && above.contains("name it less often"),
        "{above:.500}"
    );
}

#[test]
fn keys_that_patterns_are_held_against_have_a_most() {
    let area = |i: usize| {
        format!("[[alliance.area]]\nname = \"R{i}\"\ncost = 0.01\nsaving = 0.1\nsubmit = 0\nimplement = 1\n")
    };
    let told = |pattern: &str, times: usize| {
        let list = list(5, |_| format!("\"{pattern}\""));
        let own = many(times, |_| format!("[[correlation]]\nquantities = [{list}]\nrho = 0.1\n"));
        told(&format!("{BARE}{}{own}", many(900, area)))
    };
    let beyond = "held against";
    // Some ten thousand keys, each held against five times as many patterns.
    let above = told("*l*i*a*n*e*s*v*i*x*", 200);
    assert!(above.contains(beyond) && above.contains("At most 2,000,000 are taken"), "{above:.500}");
    assert!(!told("*l*i*a*n*e*s*v*i*x*", 20).contains(beyond));
    assert!(!told("alliance.K.area.R1.*a*v*", 200).contains(beyond), "few keys begin so");
}

#[test]
fn what_stands_member_by_member_has_a_most() {
    let force = |i: usize| {
        format!(
            "[[force]]\nname = \"F{i}\"\nbudget = 100\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = 500000\nofficers = 900\n"
        )
    };
    let names = list(48, |i| format!("\"F{i}\""));
    // Two members in K, 48 in each of the others, over sixty years: 482 are within 30,000, 530 are not.
    let alliances = |count: usize| {
        let alliance = |i: usize| format!("[[alliance]]\nname = \"L{i}\"\nmembers = [{names}]\nstart = \"2026-04\"\n");
        let bare = BARE.replace("years = 8", "years = 60");
        told(&format!("{bare}{}{}", many(48, force), many(count, alliance)))
    };
    let above = alliances(11);
    assert!(!alliances(10).contains("are too many"), "within");
    assert!(above.contains("530 members of alliances over 60 years are too many"), "{above:.500}");
    assert!(above.contains("at most 30,000"), "{above:.500}");
    // Of ten costs an area, 10,000 are a thousand areas.
    let costs = list(10, |i| format!("F{i} = 0.001"));
    let areas = |count: usize| {
        many(count, |i| {
            format!(
                "[[alliance.area]]\nname = \"R{i}\"\ncost = {{ {costs} }}\nsaving = 0.1\nsubmit = 0\nimplement = 1\n"
            )
        })
    };
    let names = list(10, |i| format!("\"F{i}\""));
    let alliance = |i: usize| format!("[[alliance]]\nname = \"L{i}\"\nmembers = [{names}]\nstart = \"2026-04\"\n");
    let by_member = |second: usize| {
        told(&format!("{BARE}{}{}{}{}{}", many(10, force), alliance(0), areas(600), alliance(1), areas(second)))
    };
    assert!(!by_member(400).contains("by member"), "{:.500}", by_member(400));
    let above = by_member(401);
    assert!(above.contains("there are 10,010 costs of business areas by member"), "{above:.500}");
}
