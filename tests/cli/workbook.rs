//! `--xlsx`: the workbook reads back, its cells are typed, and it says what the other results say.

use calamine::{Data, DataType, Reader, Xlsx, open_workbook};

use super::{alliance, json, place, scenario};

type Book = Xlsx<std::io::BufReader<std::fs::File>>;

pub(super) fn book(path: &std::path::Path) -> Book {
    open_workbook(path).expect("it opens")
}

pub(super) fn rows(book: &mut Book, sheet: &str) -> Vec<Vec<Data>> {
    let range = book.worksheet_range(sheet).expect("the sheet is there");
    range.rows().map(<[Data]>::to_vec).collect()
}

fn says(row: &[Data], text: &str) -> bool {
    row.iter().any(|cell| matches!(cell, Data::String(own) if own.contains(text)))
}

#[test]
fn a_forecast_is_a_workbook_of_typed_cells_that_agree_with_the_summary_and_replay_to_the_byte() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let ended = alliance(place.path(), ["run", &file, "--trials", "4000", "--xlsx", "--no-charts", "--out", "o"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("o/summary.json"));
    let mut book = book(&place.path().join("o/report.xlsx"));
    let sheets = ["Summary", "Charts", "Annual", "Forces", "Areas", "Benefits", "Assumptions", "Provenance"];
    assert_eq!(book.sheet_names(), sheets);

    // The first sheet: the title, each finding, and the plan as numbers.
    let first = rows(&mut book, "Summary");
    assert!(says(&first[0], summary["scenario"]["title"].as_str().expect("text")));
    for finding in summary["findings"].as_array().expect("a list") {
        let finding = finding.as_str().expect("text");
        assert!(first.iter().any(|row| says(row, finding)), "no '{finding}'");
    }
    let npv = first.iter().find(|row| says(row, "Net present value, £m")).expect("a row");
    let median = summary["whole"]["npv"]["p50"]["value"].as_f64().expect("a number");
    let shown = npv[3].as_f64().expect("typed");
    assert!((shown - median).abs() <= 0.05 + 1e-9, "{shown} is not {median} to one decimal");

    // A sheet of figures: every digit, and the same number of rows as the file.
    let annual = rows(&mut book, "Annual");
    let csv = std::fs::read_to_string(place.path().join("o/annual.csv")).expect("it is there");
    assert_eq!(annual.len(), csv.lines().count());
    let mean = annual[0].iter().position(|cell| cell == &Data::String("Mean".to_owned())).expect("a column");
    let last = csv.lines().find(|line| line.starts_with(",saving_cashable,£m,2025/26")).expect("a row");
    let exact: f64 = last.split(',').nth(5).expect("a cell").parse().expect("a number");
    let of_year = |row: &&Vec<Data>| says(row, "Cashable saving") && says(row, "2025/26");
    let row = annual.iter().find(of_year).expect("a row");
    assert!((row[mean].as_f64().expect("typed") - exact).abs() < 1e-12);

    // What is missing is said where anything is: nothing of savings, payback as never.
    let means = annual[0].iter().position(|cell| cell == &Data::String("Missing means".to_owned()));
    assert!(means.is_none_or(|means| row[means] == Data::Empty), "{row:?}");
    assert!(
        annual
            .iter()
            .all(|row| !says(row, "undefined") || row.iter().any(|cell| cell.as_f64().is_some_and(|x| x > 0.0)))
    );

    // Every sheet of figures is a named table.
    book.load_tables().expect("they load");
    for name in ["Annual", "Forces", "Areas", "Benefits", "Assumptions"] {
        assert!(book.table_names().iter().any(|table| *table == name), "no table {name}: {:?}", book.table_names());
    }
    assert!(
        rows(&mut book, "Provenance").iter().any(|row| says(row, summary["scenario"]["hash"].as_str().expect("text")))
    );
    let replayed = alliance(place.path(), ["replay", "o"]);
    assert!(replayed.code == 0 && replayed.out.contains("every byte agrees"), "{}{}", replayed.out, replayed.err);
}

#[test]
fn every_verb_that_answers_leaves_a_workbook_with_a_sheet_for_each_of_its_tables() {
    let place = place();
    let file = |name: &str| scenario(name).to_string_lossy().into_owned();
    let (one, other) = (file("two-force"), file("lead-force"));
    let verbs: [(&[&str], &[&str]); 6] = [
        (&["compare", &one, &other], &["Summary", "Charts", "Comparison", "Provenance"]),
        (&["explain", &one], &["Summary", "Drivers", "Provenance"]),
        (
            &["what-if", &one, "--set", "alliance.\"Strategic alliance\".slip=1.2"],
            &["Summary", "Charts", "Comparison", "Provenance"],
        ),
        (&["discover", &one, "--fail", "npv < 0"], &["Summary", "Charts", "Conditions", "Provenance"]),
        (&["shares", &one], &["Summary", "Coalitions", "Sharing", "Provenance"]),
        (&["assumptions", &one], &["Summary", "Assumptions", "Provenance"]),
    ];
    for (verb, sheets) in verbs {
        let name = verb[0];
        // The register draws none.
        let charts: &[&str] = if name == "assumptions" { &[] } else { &["--no-charts"] };
        let more = [&["--trials", "2000", "--xlsx", "--out", name], charts].concat();
        let ended = alliance(place.path(), verb.iter().chain(&more).copied().collect::<Vec<_>>());
        assert_eq!(ended.code, 0, "{name}: {}", ended.err);
        let mut book = book(&place.path().join(name).join("report.xlsx"));
        assert_eq!(book.sheet_names(), sheets, "{name}");
        for sheet in sheets {
            let filled = rows(&mut book, sheet).iter().flatten().filter(|cell| !cell.is_empty()).count();
            assert!(filled > 0 || *sheet == "Charts", "{name}: {sheet} is empty");
        }
    }
}
