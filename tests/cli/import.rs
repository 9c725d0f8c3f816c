//! The way in by a workbook: `new --xlsx` writes it, `import` reads it; nothing is lost, and what is wrong is told with sheet and cell.

use std::fs;
use std::path::Path;

use language::template_kinds;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet};

use super::{alliance, listing, place, scenario, text};

/// A scenario in full, as JSON.
fn resolved(place: &Path, file: &str) -> String {
    let ended = alliance(place, ["check", "--resolved", file]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    ended.out
}

#[test]
fn a_workbook_of_every_kind_and_of_every_shipped_scenario_reads_back_as_the_same() {
    let place = place();
    fs::create_dir(place.path().join("o")).expect("it can be made");
    let shipped = ["two-force", "five-force", "merger-2018", "mandated-merger", "standalone", "three-force"];
    let shipped = shipped.map(|name| scenario(name).to_str().expect("UTF-8").to_owned());
    for kind in template_kinds().into_iter().map(str::to_owned).chain(shipped) {
        let name = Path::new(&kind).file_stem().expect("a name").to_str().expect("UTF-8").to_owned();
        let (book, file) = (format!("{name}.xlsx"), format!("o/{name}.toml"));
        let original = if kind == name { format!("{name}.toml") } else { kind.clone() };
        if kind == name {
            assert_eq!(alliance(place.path(), ["new", &kind, "--out", &original]).code, 0);
        }
        let wrote = alliance(place.path(), ["new", &kind, "--xlsx", "--out", &book]);
        assert!(
            wrote.code == 0 && wrote.out.contains(&format!("alliance import {book}")),
            "{}{}",
            wrote.out,
            wrote.err
        );
        let read = alliance(place.path(), ["import", &book, "--out", &file]);
        assert_eq!(read.code, 0, "{kind}: {}", read.err);
        assert!(
            read.out.contains("all with a source") && read.out.contains(&format!("alliance run {file}")),
            "{}",
            read.out
        );
        assert_eq!(resolved(place.path(), &file), resolved(place.path(), &original), "{kind}");
        for done in [&book, &file] {
            fs::remove_file(place.path().join(done)).expect("it is there");
        }
    }
}

#[test]
fn texts_and_names_that_look_like_something_else_read_back_as_they_were() {
    let place = place();
    let original = include_str!("../bare.toml")
        .replace("\"A\"", "\"# A \\\"x\\\"\"")
        .replace("\"B\"", "\" Unit\"")
        .replace("\"y\"", "\"[y] \"")
        .replace("\"K\"", "\"{K}\"")
        .replace("\"judgement\"", "\"[see p. 3]\"");
    let benefits: String = ["{}", "{x}", "[x]", "#", "\\\"", "x ", "\\\"x\\\"", "1"]
        .iter()
        .enumerate()
        .map(|(k, unit)| {
            format!("[[benefit]]\nname = \"b{k} {unit}\"\nkind = \"economic\"\nunit = \"{unit}\"\nfull_effect = 1\nareas = [\"[y] \"]\nnote = \"{{{unit}\"\n")
        })
        .collect();
    fs::write(place.path().join("odd.toml"), original + &benefits).expect("there is room");
    let whole = resolved(place.path(), "odd.toml");
    let wrote = alliance(place.path(), ["new", "odd.toml", "--xlsx", "--out", "odd.xlsx"]);
    assert_eq!(wrote.code, 0, "{}", wrote.err);
    let read = alliance(place.path(), ["import", "odd.xlsx", "--out", "back.toml"]);
    assert_eq!(read.code, 0, "{}", read.err);
    assert_eq!(resolved(place.path(), "back.toml").replace("back", "odd"), whole);
}

/// A sheet with rows of texts; what reads as a number is one.
fn fill(sheet: &mut Worksheet, rows: &[&[&str]]) {
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            match cell.parse::<f64>() {
                Ok(number) => sheet.write(row, column, number).expect("it can be written"),
                Err(_) => sheet.write(row, column, *cell).expect("it can be written"),
            };
        }
    }
}

/// The workbook of two small forces and their alliance, with other rows beside.
fn book(path: &Path, more: &[&[&str]], forces: &[&[&str]], areas: &[&[&str]], last: impl FnOnce(&mut Workbook)) {
    let mut book = Workbook::new();
    let mut rows: Vec<&[&str]> = vec![
        &["Key", "Value", "Distribution", "Low", "Mode", "High", "Median", "P90", "Source", "Note"],
        &["format", "1"],
        &["first_year", "2026/27"],
        &["years", "5"],
        &["source", "judgement"],
        &["# Our alliance"],
        &["alliance.Ours.members", "North; South"],
        &["alliance.Ours.agree", "", "pert", "0.7", "0.9", "1"],
    ];
    rows.extend(more);
    fill(book.add_worksheet().set_name("scenario").expect("a name"), &rows);
    let mut rows: Vec<&[&str]> = vec![
        &["Key", "Meaning", "North", "South"],
        &["budget", "£m", "200", "100"],
        &["grant_share", "", "0.5", "0.5"],
        &["band_d", "", "250", "260"],
        &["reserves", "", "20", "10"],
        &["population", "", "1000000", "500000"],
        &["officers", "", "2000", "1000"],
    ];
    rows.extend(forces);
    fill(book.add_worksheet().set_name("Forces").expect("a name"), &rows);
    let mut rows: Vec<&[&str]> = vec![&["Alliance", "name", "cost", "saving", "submit", "implement", "after"]];
    rows.extend(areas);
    fill(book.add_worksheet().set_name("Areas").expect("a name"), &rows);
    last(&mut book);
    book.save(path).expect("it can be saved");
}

#[test]
fn what_people_type_becomes_what_they_mean() {
    let place = place();
    let path = place.path().join("ours.xlsx");
    let more: [&[&str]; 3] = [
        &["alliance.Ours.slip", "", "Lognormal", "", "", "", "1.2", "1.8", "Smith 2020"],
        &["alliance.Ours.exit.base"],
        &["report_dates", "2027-04; 2028-04"],
    ];
    let areas: [&[&str]; 2] =
        [&["", "Finance", "6", "0.1", "0.5", "1"], &["Ours", "Legal", "2", "0.1", "0.5", "1", "Finance"]];
    book(&path, &more, &[&["elections", "", "2028-05", ""]], &areas, |book| {
        // A spreadsheet likes to make a date of 2026-10: 1 October 2026.
        let sheet = book.worksheet_from_name("scenario").expect("it is there");
        let date = ExcelDateTime::from_ymd(2026, 10, 1).expect("a date");
        sheet.write(11, 0, "alliance.Ours.start").expect("it can be written");
        sheet.write_with_format(11, 1, &date, &Format::new().set_num_format("mmm yy")).expect("it can be written");
    });
    let read = alliance(place.path(), ["import", "ours.xlsx"]);
    assert_eq!(read.code, 0, "{}", read.err);
    let scenario: serde_json::Value = serde_json::from_str(&resolved(place.path(), "ours.toml")).expect("JSON");
    let ours = &scenario["alliance"][0];
    assert_eq!(ours["start"], "2026-10");
    assert_eq!(ours["members"], serde_json::json!(["North", "South"]));
    assert_eq!(ours["slip"]["lognormal"], serde_json::json!({ "median": 1.2, "p90": 1.8 }));
    assert_eq!(ours["slip"]["source"], "Smith 2020");
    assert_eq!(scenario["report_dates"], serde_json::json!(["2027-04", "2028-04"]));
    assert_eq!(ours["area"][1]["after"], serde_json::json!(["Finance"]));
    assert_eq!(scenario["force"][0]["elections"], serde_json::json!(["2028-05"]));
    let ran = alliance(place.path(), ["run", "ours.toml", "--trials", "200", "--no-charts"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn everything_wrong_is_told_at_once_with_sheet_and_cell_and_nothing_is_written() {
    let place = place();
    let path = place.path().join("bad.xlsx");
    let more: [&[&str]; 15] = [
        &["alliance.Ours.start", "2026-10"],
        &["alliance.Ours.slipp", "1.2"],
        &["alliance.Ours.realisation", "", "", "0.5"],
        &["years", "6"],
        &["alliance Ours team", "1"],
        &["", "3"],
        &["alliance.Ours.team", "[1, 2"],
        &["extends", "other.toml"],
        &["alliance.Ours.attributable", "", "pert", "0.9", "0.5", "1"],
        &["alliance.Ours.slip", "", "prt", "1", "2", "3"],
        &["alliance.Ours.consultation", "", "pert", "1", "", "3"],
        &["alliance.Ours.overrun", "", "beta"],
        &["alliance.Ours.stalled_pace", "55%"],
        &["alliance.Ours.members", "North, South"],
        &["report_dates", "April 2027"],
    ];
    let forces: [&[&str]; 2] = [&["budgets", "", "1", "2"], &["uptake", "", "1.5", "x"]];
    let areas: [&[&str]; 5] = [
        &["Theirs", "Finance", "6", "0.1", "0.5", "1"],
        &["Ours", "Legal", "2", "1.5", "0.5", "1", "Legal, Finance", "", "", "beside"],
        &["Ours", "Legal", "2", "0.1", "0.5", "1"],
        &["Ours", "", "2", "0.1", "0.5", "1"],
        &["Us", "Fleet", "2", "0.1", "0.5", "1"],
    ];
    book(&path, &more, &forces, &areas, |book| {
        let sheet = book.worksheet_from_name("Forces").expect("it is there");
        sheet.write(0, 4, "Comments").expect("it can be written").write(2, 4, "ask Jo").expect("it can be written");
        sheet.write(0, 5, "# Ours").expect("it can be written").write(2, 5, "a remark").expect("it can be written");
        let sheet = book.worksheet_from_name("Areas").expect("it is there");
        sheet.write(0, 7, "slots please").expect("it can be written");
        sheet.write(0, 8, "savings").expect("it can be written");
        let broken = rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!");
        sheet.write_formula(2, 5, broken).expect("it can be written");
    });
    let ended = alliance(place.path(), ["import", "bad.xlsx"]);
    assert_eq!(ended.code, 2, "{}", ended.out);
    for said in [
        "sheet scenario, cell A10: alliance.Ours.slipp: there is no key `slipp` here. Did you mean \"slip\"?",
        "sheet scenario, cell D11: alliance.Ours.realisation: Low without a distribution.",
        "sheet scenario, cell A12: years: the key stands twice; the first is in bad.xlsx, sheet scenario, cell A4.",
        "sheet scenario, cell A13: \"alliance Ours team\" is no key.",
        "sheet scenario, cell B14: this row has no key.",
        "sheet scenario, cell B15: alliance.Ours.team: this is neither text nor TOML",
        "sheet scenario, cell A16: extends: a workbook holds the whole scenario",
        "sheet scenario, cell D17: alliance.Ours.attributable.pert.low",
        "sheet Forces, cell A8: there is no key `budgets` here. Did you mean \"budget\"?",
        "sheet Forces, cell C9: force.North.uptake",
        "sheet Forces, cell D9: force.South.uptake",
        "sheet Areas, cell A2: there is no alliance \"Theirs\"",
        "sheet Areas, cell D3: alliance.Ours.area.Legal.saving",
        "sheet Areas, cell B4: the area \"Legal\" is there twice",
        "sheet Areas, cell A5: this area has no name",
        "sheet Areas, cell H1: \"slots please\" is no key",
        "sheet Areas, cell I1: there is no key `savings` here. Did you mean \"saving\"?",
        "sheet Areas, cell J3: this column has no name",
        "sheet Areas, cell A6: there is no alliance",
        "sheet Forces, cell E1: \"Comments\" is no force with a number in its column",
        "sheet scenario, cell C18: alliance.Ours.slip: there is no distribution \"prt\". Did you mean \"pert\"?",
        "sheet scenario, cell E19: alliance.Ours.consultation: Mode of the pert is missing. Fill it in.",
        "sheet scenario, cell C20: alliance.Ours.overrun: the parameters of beta have no columns",
        "sheet scenario, cell B21: alliance.Ours.stalled_pace: a number is wanted here, this is \"55%\". Write 0.55.",
        "sheet scenario, cell B22: alliance.Ours.members",
        "sheet scenario, cell B23: report_dates",
        "sheet Areas, cell G3: alliance.Ours.area.Legal.after: a list with semicolons between its parts is wanted here, \
         this is \"Legal, Finance\". Write Legal; Finance.",
        "sheet Areas, cell F3: the formula of this cell has no result: #DIV/0!",
    ] {
        assert!(ended.err.contains(said), "'{said}' is not in\n{}", ended.err);
    }
    assert_eq!(listing(place.path()), ["bad.xlsx"]);
}

#[test]
fn a_file_that_is_there_is_replaced_only_where_asked() {
    let place = place();
    assert_eq!(alliance(place.path(), ["new", "standalone", "--xlsx"]).code, 0);
    fs::write(place.path().join("standalone.toml"), "mine").expect("it can be written");
    let ended = alliance(place.path(), ["import", "standalone.xlsx"]);
    assert!(
        ended.code == 2 && ended.err.contains("exists already") && ended.err.contains("--replace"),
        "{}",
        ended.err
    );
    assert_eq!(text(place.path().join("standalone.toml")), "mine");
    let ended = alliance(place.path(), ["import", "standalone.xlsx", "--replace"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(text(place.path().join("standalone.toml")).starts_with("# Made from standalone.xlsx"));
    assert_eq!(listing(place.path()), ["standalone.toml", "standalone.xlsx"]);
    let again = alliance(place.path(), ["new", "standalone", "--xlsx"]);
    assert!(again.code == 2 && again.err.contains("exists already"), "{}", again.err);
}

#[test]
fn what_is_no_workbook_of_ours_is_refused_in_words() {
    let place = place();
    let told = |name: &str, said: &str| {
        let ended = alliance(place.path(), ["import", name]);
        assert!(ended.code == 2 && ended.err.contains(said), "{name}: {} {}", ended.code, ended.err);
    };
    told("none.xlsx", "there is no such file");
    fs::write(place.path().join("text.xlsx"), "format = 1").expect("it can be written");
    told("text.xlsx", "it is no .xlsx workbook: it does not begin as one does");
    assert_eq!(alliance(place.path(), ["new", "merger", "--xlsx"]).code, 0);
    let whole = fs::read(place.path().join("merger.xlsx")).expect("it is there");
    fs::write(place.path().join("half.xlsx"), &whole[..whole.len() / 2]).expect("it can be written");
    told("half.xlsx", "it is no .xlsx workbook that can be read");
    let mut other = Workbook::new();
    other.add_worksheet().set_name("Sheet1").expect("a name").write(0, 0, "x").expect("it can be written");
    other.save(place.path().join("other.xlsx")).expect("it can be saved");
    told("other.xlsx", "there is no sheet Scenario. Call it so; the sheets are Sheet1.");
    let run = alliance(place.path(), ["run", "merger.xlsx"]);
    assert!(run.code == 2 && run.err.contains("`alliance import merger.xlsx`"), "{}", run.err);
    // A cell in the last corner of a sheet is no table of seventeen thousand million cells.
    book(&place.path().join("corner.xlsx"), &[], &[], &[], |book| {
        let sheet = book.worksheet_from_name("scenario").expect("it is there");
        sheet.write(1_048_575, 16_383, "x").expect("it can be written");
    });
    told("corner.xlsx", "cell XFD1048576: only 10000 rows and 1000 columns are read");
    let ended = alliance(place.path(), ["new", "marriage", "--xlsx"]);
    assert!(ended.code == 2 && ended.err.contains("no kind of collaboration"), "{}", ended.err);
    let ended = alliance(place.path(), ["new", "no/where.toml", "--xlsx"]);
    assert!(ended.code == 2 && ended.err.contains("no such file"), "{}", ended.err);
}
