//! Ranges of a run, counted anywhere and in any order, give the bytes of one machine; what is damaged, missing, twice or of another run is
//! refused.

use std::path::Path;

use app::question::Commissioned;
use app::{Draws, Engine, Means, Question, Study};
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

fn plain() -> Study {
    study(Question::Run {}, vec![read(&[])], 5_000, Sampler::Plain)
}

/// The parts of so many blocks each.
fn parts(study: &Study, each: usize) -> Vec<Vec<u8>> {
    let starts = (0..study.blocks()).step_by(each);
    starts.map(|from| study.count(&means(), from..(from + each as u64).min(study.blocks())).expect("counted")).collect()
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
    ] {
        let whole = study.answer(&means()).expect("answered").document(&study).json().expect("written");
        for each in [1, 7, 1_000] {
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
    let part = study.count(&means(), 0..3).expect("counted");
    assert_eq!(study.check_part(&means(), &part).expect("whole"), 0..3);
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
    overlapping.push(study.count(&means(), 5..15).expect("counted"));
    assert!(refused(&overlapping).contains("blocks 5 to 10 are in two parts"), "{}", refused(&overlapping));
    // The same range with other counts, its seal made for them: one of two machines is wrong, and nobody knows which.
    let mut faulty = all[0][..all[0].len() - 32].to_vec();
    let last = faulty.len() - 1;
    faulty[last] ^= 1;
    let mut two = all.clone();
    two.push(sealed(faulty.clone()));
    assert!(refused(&two).contains("blocks 0 to 10 were counted twice, with different counts"));
    // The counts of one range under the name of another.
    let body = |part: &[u8]| part.iter().position(|byte| *byte == b'\n').expect("a line") + 1;
    let (from, end) = (body(&all[0]), body(&all[1]));
    let mixed = [&all[0][..from], &all[1][end..all[1].len() - 32]].concat();
    let other = study.count(&means(), 0..11).expect("counted");
    let short = [&all[0][..from], &other[body(&other)..other.len() - 32]].concat();
    assert!(
        told(&study, &[&[sealed(short)], &all[1..]].concat())
            .expect_err("refused")
            .contains("holds the counts of others")
    );
    // Of the same number of futures it cannot be told: the seal is what holds them together.
    assert!(study.check_part(&means(), &mixed).is_err());
    let others = [
        self::study(Question::Run {}, vec![read(&["economy.pay_share=0.7"])], 5_000, Sampler::Plain),
        self::study(Question::Run {}, vec![read(&[])], 5_001, Sampler::Plain),
    ];
    for other in others {
        let stranger = other.count(&means(), 0..10).expect("counted");
        assert!(refused(&[&[stranger], &all[1..]].concat()).contains("a part is of another question"));
    }
    let mut newer = means();
    newer.engine.figures = 2;
    let stranger = study.count(&newer, 0..10).expect("counted");
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
            study.count(&means(), range).expect_err("refused").to_string().contains("is no range of its 40 blocks")
        );
    }
    let names: Vec<String> =
        [0..3, 0..4].iter().map(|range| study.name_of(&means().engine, range).expect("a name")).collect();
    assert!(names[0] != names[1] && names[0].len() == 64);
}
