//! Ranges of a run, counted anywhere and in any order, give the bytes of one machine; what is damaged, missing, twice or of another run is
//! refused.

use std::path::Path;

use app::counts::ReadyRows;
use app::evaluate::{Experiments, evaluate};
use app::question::{Commissioned, sweep};
use app::row::{Points, Row, Wanted};
use app::{Draws, Engine, Evaluation, Means, Question, Study, Work};
use engine::run::Interrupt;
use engine::uncertainty::Sampler;
use language::{Loaded, Override, load};
use sha2::{Digest, Sha256};

fn means() -> Means {
    let engine = Engine { version: "0".to_owned(), figures: 1, commit: None };
    Means { engine, threads: 1, interrupt: Interrupt::default().into() }
}

fn read(changes: &[&str]) -> Loaded {
    let changes: Vec<Override> = changes.iter().map(|text| Override::parse(text).expect("a change")).collect();
    load(Path::new("tests/bare.toml"), &changes).expect("it reads")
}

fn study(question: Question, scenarios: Vec<Loaded>, trials: u64, sampler: Sampler) -> Study {
    Study::new(question, Draws { trials, seed: 3, sampler, until: None }, scenarios).expect("it may be asked")
}

/// A sweep of keys, told by some measures.
fn swept(sweeps: &[&str], measures: &[&str]) -> Question {
    let sweeps = sweeps.iter().map(|text| sweep(text).expect("a sweep")).collect();
    let measures = measures.iter().map(|name| (*name).to_owned()).collect();
    Question::WhatIf(Commissioned { sweeps, measures, ..Commissioned::default() })
}

/// How the deal of one of the examples is shared.
fn of(name: &str, trials: u64) -> Study {
    let path = format!("scenarios/{name}.toml");
    study(Question::Shares {}, vec![load(Path::new(&path), &[]).expect("it reads")], trials, Sampler::Plain)
}

/// The same of nine forces, of which not every coalition is run.
fn of_nine() -> Study {
    let text = std::fs::read_to_string("tests/bare.toml").expect("it is there");
    let (head, rest) = text.split_once("[[force]]").expect("forces");
    let (_, alliance) = rest.split_once("[[alliance]]").expect("an alliance");
    let force = |k: usize| {
        format!(
            "[[force]]\nname = \"F{k}\"\nbudget = {}\ngrant_share = 0.6\nband_d = 200\nreserves = 10\npopulation = {}\nofficers = {}\n",
            100 - 5 * k,
            500_000 - 20_000 * k,
            900 - 50 * k
        )
    };
    let forces: String = (0..9).map(force).collect();
    let names: Vec<String> = (0..9).map(|k| format!("F{k}")).collect();
    let alliance = alliance.replace("[\"A\", \"B\"]", &format!("{names:?}"));
    let place = tempfile::tempdir().expect("a folder");
    let path = place.path().join("nine.toml");
    std::fs::write(&path, format!("{head}{forces}[[alliance]]{alliance}")).expect("written");
    study(Question::Shares {}, vec![load(&path, &[]).expect("it reads")], 1_000, Sampler::Plain)
}

fn plain() -> Study {
    study(Question::Run {}, vec![read(&[])], 5_000, Sampler::Plain)
}

/// The parts of so many pieces each, of all rows as far as they are known: again and again, until nothing more is wanted.
fn parts(study: &Study, each: usize) -> Vec<Vec<u8>> {
    let (mut parts, mut known): (Vec<Vec<u8>>, usize) = (Vec::new(), 0);
    loop {
        let there: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
        let rows = study.rows(&means(), &there).expect("its rows");
        if rows.len() == known {
            return parts;
        }
        for Wanted { row, pieces, .. } in &rows[known..] {
            let ends = |from: u64| from..(from + each as u64).min(*pieces);
            let starts = (0..*pieces).step_by(each);
            parts.extend(starts.map(|from| study.count(&means(), row, ends(from)).expect("counted")));
        }
        known = rows.len();
    }
}

fn count(study: &Study, blocks: std::ops::Range<u64>) -> Vec<u8> {
    study.count(&means(), &Row::Scenarios, blocks).expect("counted")
}

fn told(study: &Study, parts: &[Vec<u8>]) -> Result<String, String> {
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    let answer = study.told_of(&means(), &parts).map_err(|error| error.to_string())?;
    Ok(answer.document(study).json().expect("it is written"))
}

fn sealed(mut part: Vec<u8>) -> Vec<u8> {
    let seal = Sha256::digest(&part);
    part.extend(seal);
    part
}

#[test]
fn ranges_in_any_order_give_the_bytes_of_one_machine() {
    let other = |name: &str, change: &str| {
        let mut other = read(&[change]);
        other.rename(name);
        other
    };
    let two = || vec![read(&[]), other("other", "economy.pay_share=0.7")];
    for study in [
        plain(),
        study(Question::Run {}, vec![read(&[])], 5_000, Sampler::Latin),
        study(Question::Compare { years: None }, two(), 3_000, Sampler::Plain),
        study(Question::WhatIf(Commissioned::default()), two(), 3_000, Sampler::Sobol),
        study(swept(&["economy.pay_share=0.7..0.9:3"], &[]), vec![read(&[])], 3_000, Sampler::Plain),
        // More points than are run at once, a measure that is asked for, and a variant beside them.
        study(
            swept(&["economy.pay_share=0.7..0.9:13", "alliance.K.slip=1..2:2;economy.pay_share=0.7..0.9:2"], &["npv"]),
            two(),
            1_000,
            Sampler::Antithetic,
        ),
        of("two-force", 1_000),
        // Every coalition.
        of("three-force", 1_000),
        // Nine forces, of which orders of joining are drawn.
        of_nine(),
    ] {
        let whole = study.answer(&means()).expect("answered").document(&study).json().expect("written");
        // Each range compiles what it runs: of coalitions there are many.
        let shares = matches!(study.question(), Question::Shares {});
        for each in if shares { vec![5] } else { vec![1, 7, 1_000] } {
            let mut ranges = parts(&study, each);
            ranges.reverse();
            let again = ranges[0].clone();
            ranges.push(again);
            assert!(told(&study, &ranges).expect("told") == whole, "{each} blocks a part");
        }
    }
}

#[test]
fn every_flipped_bit_of_a_part_is_found() {
    let study = plain();
    let part = count(&study, 0..3);
    let place = study.check_part(&means(), &part).expect("whole");
    assert_eq!((place.row, place.pieces, place.given), (Row::Scenarios, 0..3, None));
    for at in (0..part.len()).step_by(101).chain([part.len() - 1]) {
        let mut flipped = part.clone();
        flipped[at] ^= 4;
        assert!(study.check_part(&means(), &flipped).is_err(), "byte {at}");
    }
    for length in [0, 1, 31, 32, 33, part.len() - 1] {
        assert!(study.check_part(&means(), &part[..length]).is_err(), "{length} bytes");
    }
}

#[test]
fn gaps_overlaps_and_strangers_are_named() {
    let study = plain();
    let all = parts(&study, 10);
    let refused = |parts: &[Vec<u8>]| told(&study, parts).expect_err("refused");
    let said = refused(&[all[1].clone(), all[3].clone()]);
    assert_eq!(said, "of 40 blocks, blocks 0 to 10 are missing, blocks 20 to 30 are missing");
    assert_eq!(refused(&[]), "of 40 blocks, blocks 0 to 40 are missing");
    let mut overlapping = all.clone();
    overlapping.push(count(&study, 5..15));
    assert!(refused(&overlapping).contains("blocks 5 to 10 are in two parts"), "{}", refused(&overlapping));
    // The same range with other counts, its seal made for them: one of two machines is wrong, and nobody knows which.
    let mut faulty = all[0][..all[0].len() - 32].to_vec();
    let last = faulty.len() - 1;
    faulty[last] ^= 1;
    let mut two = all.clone();
    two.push(sealed(faulty.clone()));
    assert!(refused(&two).contains("blocks 0 to 10 were counted twice, and differ"));
    // The counts of one range under the name of another.
    let body = |part: &[u8]| part.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    let (from, end) = (body(&all[0]), body(&all[1]));
    let mixed = [&all[0][..from], &all[1][end..all[1].len() - 32]].concat();
    let other = count(&study, 0..11);
    let short = [&all[0][..from], &other[body(&other)..other.len() - 32]].concat();
    assert!(
        told(&study, &[&[sealed(short)], &all[1..]].concat()).expect_err("refused").contains("holds what is of others")
    );
    // Of the same number of futures it cannot be told: the seal is what holds them together.
    assert!(study.check_part(&means(), &mixed).is_err());
    let others = [
        self::study(Question::Run {}, vec![read(&["economy.pay_share=0.7"])], 5_000, Sampler::Plain),
        self::study(Question::Run {}, vec![read(&[])], 5_001, Sampler::Plain),
    ];
    for other in others {
        let stranger = count(&other, 0..10);
        assert!(refused(&[&[stranger], &all[1..]].concat()).contains("a part is of another question"));
    }
    let mut newer = means();
    newer.engine.figures = 2;
    let stranger = study.count(&newer, &Row::Scenarios, 0..10).expect("counted");
    assert!(
        refused(&[&[stranger], &all[1..]].concat())
            .contains("counted by engine 0, figures 2; this is engine 0, figures 1")
    );
}

#[test]
fn what_is_no_range_of_the_run_is_refused() {
    let study = plain();
    for range in [0..0, 3..3, 0..41, 40..41] {
        assert!(
            study
                .count(&means(), &Row::Scenarios, range)
                .expect_err("refused")
                .to_string()
                .contains("are none; a range of its 40 blocks is wanted")
        );
    }
    let names: Vec<String> = [0..3, 0..4]
        .iter()
        .map(|range| study.name_of(&means().engine, &Row::Scenarios, range).expect("a name"))
        .collect();
    assert!(names[0] != names[1] && names[0].len() == 64);
}

#[test]
fn a_row_that_a_question_has_not_is_refused() {
    let sweep = study(swept(&["economy.pay_share=0.7..0.9:3"], &[]), vec![read(&[])], 1_000, Sampler::Plain);
    let points = |from, to| Row::Points(Points { sweep: 0, from, to });
    let shares = of("two-force", 1_000);
    let odd = |alliance, forces: &[usize]| Row::Coalition { alliance, forces: forces.to_vec() };
    for (study, row) in [
        (plain(), points(0, 1)),
        (sweep.clone(), points(2, 5)),
        (sweep.clone(), points(2, 1)),
        (sweep.clone(), Row::Points(Points { sweep: 1, from: 0, to: 1 })),
        (sweep, Row::Scenarios),
        (shares.clone(), Row::Scenarios),
        (shares.clone(), Row::Means),
        (shares.clone(), odd(None, &[0, 9])),
        (shares.clone(), odd(Some(3), &[0, 1])),
        (shares, Row::Shared(Vec::new())),
    ] {
        let said = study.count(&means(), &row, 0..1).expect_err("refused").to_string();
        assert!(said.contains("no such row of futures"), "{row:?}: {said}");
    }
}

#[test]
fn of_shares_too_gaps_and_figures_of_others_are_named() {
    let study = of("two-force", 1_000);
    let all = parts(&study, 3);
    assert!(
        told(&study, &all[1..])
            .expect_err("refused")
            .contains("the deal as it is: of 8 blocks, blocks 0 to 3 are missing")
    );
    let last = told(&study, &all[..all.len() - 1]).expect_err("refused");
    assert!(last.contains("shares by weights: of 8 blocks, blocks 6 to 8 are missing"), "{last}");
    let body = |part: &[u8]| part.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    let mut short = all.clone();
    let end = short[0].len() - 40;
    short[0] = sealed(all[0][..end].to_vec());
    assert!(body(&all[0]) < end && told(&study, &short).expect_err("refused").contains("holds what is of others"));
}

/// Two inputs, one of them fixed in the scenario and given in some rows alone.
fn experiments(rows: usize, is_averaged: bool) -> Experiments {
    let saving = (0..rows).map(|row| if row % 5 == 0 { f64::NAN } else { 0.05 + 0.1 * row as f64 / rows as f64 });
    let share = (0..rows).map(|row| if row % 3 == 0 { 0.6 + 0.2 * row as f64 / rows as f64 } else { f64::NAN });
    let inputs = vec![
        ("alliance.K.area.y.saving".to_owned(), saving.collect()),
        ("economy.pay_share".to_owned(), share.collect::<Vec<f64>>()),
    ];
    Experiments { inputs, outcomes: vec!["npv".to_owned(), "payback".to_owned()], is_averaged }
}

#[test]
fn rows_of_given_inputs_in_any_ranges_are_those_of_one_machine() {
    let (loaded, means) = (read(&[]), means());
    for (rows, is_averaged, trials) in [(1_000, false, 1), (50, true, 300)] {
        let draws = Draws { trials, seed: 3, sampler: Sampler::Plain, until: None };
        let desk = app::study::Desk { scenarios: std::slice::from_ref(&loaded), draws: &draws, means: &means };
        let whole = evaluate(&desk, &experiments(rows, is_averaged)).expect("evaluated");
        let laid = Evaluation::new(&desk, experiments(rows, is_averaged)).expect("it may be evaluated");
        let work = Work::Evaluation(laid.clone().into());
        // Whoever works out a piece has read the rest of it from plain data.
        let there = Work::read(&work.json().expect("written")).expect("read");
        let (row, pieces) = laid.row();
        for each in [1, 3, 100] {
            let one = |from: u64| {
                let span = from..(from + each).min(pieces);
                there
                    .count(&ReadyRows::default(), &means, &row, span.clone(), &laid.given(&span).expect("given"))
                    .expect("counted")
            };
            let mut parts: Vec<Vec<u8>> = (0..pieces).step_by(each as usize).map(one).collect();
            parts.reverse();
            let all: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
            // Bit by bit: what is missing is NaN, which equals nothing.
            let found = laid.told_of(&means, &all).expect("told");
            assert_eq!(format!("{found:?}"), format!("{whole:?}"), "{each} pieces a part");
            let gap = laid.told_of(&means, &all[1..]).expect_err("refused").to_string();
            assert!(gap.contains("are missing"), "{gap}");
        }
        // Other values than those that belong there, and too few of them.
        let [given, other] = [0..1, 1..2].map(|span| laid.given(&span).expect("given"));
        let ready = ReadyRows::default();
        let stranger = there.count(&ready, &means, &row, 0..1, &other).expect("counted");
        let said = laid.check_part(&means, &stranger).expect_err("refused").to_string();
        assert!(said.contains("of other values"), "{said}");
        assert!(
            there.count(&ready, &means, &row, 0..1, &given[8..]).is_err()
                && there.count(&ready, &means, &row, 0..pieces + 1, &given).is_err()
        );
        assert!(there.count(&ready, &means, &Row::Scenarios, 0..1, &given).is_err());
    }
}
