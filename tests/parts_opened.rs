//! What a part says of itself is held against its question before what it holds is looked at: its form, its row, its pieces, what was given.

use std::ops::Range;
use std::path::Path;

use app::counts::ReadyRows;
use app::evaluate::Experiments;
use app::question::{Commissioned, sweep};
use app::row::{Points, Row};
use app::study::Desk;
use app::{Draws, Engine, Evaluation, Field, Means, Question, Study, Work};
use engine::run::Interrupt;
use engine::uncertainty::Sampler;
use language::load;
use sha2::{Digest, Sha256};

fn means() -> Means {
    let engine = Engine { version: "0".to_owned(), figures: 1, commit: None };
    Means { engine, threads: 1, interrupt: Interrupt::default().into() }
}

fn draws(trials: u64) -> Draws {
    Draws { trials, seed: 3, sampler: Sampler::Plain, until: None }
}

fn study(question: Question, options: usize) -> Study {
    let scenarios = (0..options).map(|k| {
        let mut own = load(Path::new("tests/bare.toml"), &[]).expect("it reads");
        own.rename(&format!("bare-{k}"));
        own
    });
    Study::new(question, draws(5_000), scenarios.collect()).expect("it may be asked")
}

fn swept() -> Question {
    let sweeps = vec![sweep("economy.pay_share=0.7..0.9:13").expect("a sweep")];
    Question::WhatIf(Commissioned { sweeps, ..Commissioned::default() })
}

/// Rows that are futures, or that meet the same futures.
fn evaluation(is_averaged: bool) -> Evaluation {
    let loaded = load(Path::new("tests/bare.toml"), &[]).expect("it reads");
    let (draws, means) = (draws(if is_averaged { 300 } else { 1 }), means());
    let saving = (0..1_000).map(|row| 0.05 + 0.0001 * f64::from(row)).collect();
    let inputs = vec![("alliance.K.area.y.saving".to_owned(), saving)];
    let desk = Desk { scenarios: std::slice::from_ref(&loaded), draws: &draws, means: &means };
    Evaluation::new(&desk, Experiments { inputs, outcomes: vec!["npv".to_owned()], is_averaged }).expect("it may be")
}

fn questions() -> Vec<(Work, Row)> {
    let question = |question, options| Work::Question(study(question, options).into());
    vec![
        (question(Question::Run {}, 1), Row::Scenarios),
        (question(Question::Shares {}, 1), Row::Deal),
        (question(Question::Shares {}, 1), Row::Coalition { alliance: None, forces: vec![0, 1] }),
        (question(swept(), 1), Row::Points(Points { sweep: 0, from: 0, to: 2 })),
        (Work::Evaluation(evaluation(false).into()), Row::Futures),
        (Work::Evaluation(evaluation(true).into()), Row::Means),
    ]
}

/// A part whose first line says something else, its seal made for it.
fn saying(part: &[u8], from: &str, to: &str) -> Vec<u8> {
    let end = part.iter().position(|byte| *byte == b'\n').expect("a line");
    let head = String::from_utf8(part[..end].to_vec()).expect("text");
    assert!(head.contains(from), "{head}");
    let mut other = head.replace(from, to).into_bytes();
    other.extend(&part[end..part.len() - 32]);
    let seal = Sha256::digest(&other);
    other.extend(seal);
    other
}

fn counted(work: &Work, row: &Row) -> Vec<u8> {
    let given = work.given(&(0..3)).expect("given");
    work.count(&ReadyRows::default(), &means(), row, 0..3, &given).expect("counted")
}

#[test]
fn a_part_of_no_pieces_or_of_more_than_there_are_is_refused_in_words() {
    for (work, row) in questions() {
        let part = counted(&work, &row);
        assert_eq!(work.check_part(&means(), &part).expect("whole").pieces, 0..3);
        for pieces in
            ["[3,3]", "[3,0]", "[0,5000]", "[0,18446744073709551615]", "[18446744073709551614,18446744073709551615]"]
        {
            let odd = saying(&part, "\"pieces\":[0,3]", &format!("\"pieces\":{pieces}"));
            let said = work.check_part(&means(), &odd).expect_err("refused").to_string();
            assert!(said.starts_with("pieces: ") && said.contains("is wanted, the first of them 0"), "{row:?}: {said}");
            let told = match &work {
                Work::Question(study) => study.told_of(&means(), &[&odd]).err(),
                Work::Evaluation(evaluation) => evaluation.told_of(&means(), &[&odd]).err(),
            };
            assert_eq!(told.expect("refused").to_string(), said);
        }
    }
}

#[test]
fn a_part_in_an_older_form_or_in_a_newer_one_is_told_so() {
    let (work, row) = questions().remove(0);
    let part = counted(&work, &row);
    // The first form: it named the question otherwise, and had no row.
    let end = part.iter().position(|byte| *byte == b'\n').expect("a line");
    let head = String::from_utf8(part[..end].to_vec()).expect("text");
    let engine = r#"{"version":"0","figures":1,"commit":null}"#;
    let first = format!(r#"{{"alliance_range":1,"request":"{}","engine":{engine},"blocks":[0,3]}}"#, "0".repeat(64));
    for (other, wanted) in [
        (saying(&part, &head, &first), "a part is in an older form, 1, where this engine reads 2"),
        (saying(&part, "\"alliance_part\":2", "\"alliance_part\":3,\"more\":0"), "a part is in a newer form, 3, where"),
    ] {
        let said = work.check_part(&means(), &other).expect_err("refused").to_string();
        assert!(said.starts_with(wanted), "{said}");
    }
    let said = work.check_part(&means(), &saying(&part, &head, "nothing")).expect_err("refused").to_string();
    assert!(said.contains("damaged"), "{said}");
}

#[test]
fn a_row_that_is_not_there_has_no_name_and_no_part() {
    for (work, row) in questions() {
        let part = counted(&work, &row);
        let written = serde_json::to_string(&row).expect("written");
        let another = r#"{"points":{"sweep":0,"from":3,"to":99}}"#;
        let odd = saying(&part, &format!("\"row\":{written}"), &format!("\"row\":{another}"));
        let said = work.check_part(&means(), &odd).expect_err("refused").to_string();
        assert_eq!(said, "row: what is asked has no such row of futures", "{row:?}");
        if let Work::Evaluation(own) = &work {
            assert!(own.name_of(&means().engine, &Row::Scenarios, &(0..1)).is_err());
            assert!(own.name_of(&means().engine, &row, &(0..1)).is_ok());
        }
    }
}

#[test]
fn whoever_has_no_values_gives_none() {
    let own = evaluation(false);
    assert!(
        own.given(&(0..8)).is_ok() && own.given(&(0..9)).is_err() && own.given(&Range { start: 2, end: 1 }).is_err()
    );
    // The last piece has what is left.
    assert_eq!(own.given(&(7..8)).expect("given").len(), 8 * (1_000 - 7 * 128));
    let read = Work::read(&Work::Evaluation(own.into()).json().expect("written")).expect("read");
    let said = read.given(&(0..1)).expect_err("refused").to_string();
    assert!(said.contains("come with each piece"), "{said}");
}

#[test]
fn pieces_weigh_what_they_simulate() {
    let weights = |work: &Work| -> Vec<(u64, u64)> {
        let rows = work.rows(&means(), &[]).expect("rows");
        rows.iter().map(|own| (own.pieces, own.weight)).collect()
    };
    let question = |question, options| Work::Question(study(question, options).into());
    assert_eq!(weights(&question(Question::Run {}, 1)), [(40, 1)]);
    assert_eq!(weights(&question(Question::Compare { years: None }, 3)), [(40, 3)]);
    // Two variants, each with the base; eleven points and two, each lot with the base.
    assert_eq!(weights(&question(swept(), 2)), [(40, 2), (40, 12), (40, 3)]);
    assert_eq!(weights(&question(Question::Shares {}, 1)), [(40, 1)]);
    // 300 futures are three blocks, in each row.
    assert_eq!(weights(&Work::Evaluation(evaluation(true).into())), [(1_000, 3)]);
    assert_eq!(weights(&Work::Evaluation(evaluation(false).into())), [(8, 1)]);
}

#[test]
fn what_is_kept_ready_from_range_to_range_changes_no_byte_and_stays_small() {
    let study = study(swept(), 2);
    let (means, kept) = (means(), ReadyRows::default());
    let rows = study.rows(&means, &[]).expect("rows");
    assert_eq!(rows.len(), 3);
    for span in [0..3, 5..9, 2..40] {
        for row in rows.iter().chain(&rows) {
            let by_kept = study.count_by(&kept, &means, &row.row, span.clone()).expect("counted");
            assert!(by_kept == study.count(&means, &row.row, span.clone()).expect("counted"), "{row:?}");
            assert!((1..=2).contains(&kept.len()));
        }
    }
    assert!(study.count_by(&kept, &means, &rows[2].row, 3..99).is_err());
    let strange = Row::Points(Points { sweep: 0, from: 5, to: 99 });
    assert!(study.count_by(&kept, &means, &strange, 0..1).is_err());
    let field = |error: app::Error| if let app::Error::Refused(why) = error { Some(why.field) } else { None };
    assert_eq!(study.count(&means, &strange, 0..1).err().and_then(field), Some(Field::Row));
    assert_eq!(study.count(&means, &Row::Scenarios, 3..3).err().and_then(field), Some(Field::Pieces));
}
