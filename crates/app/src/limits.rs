//! The numbers that may be asked for, and that what is stored may hold, at most, in one place: docs/limits.md lists them.

use crate::question::Verb;
use engine::run::{self, MOST_TRIALS};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::BLOCK;
use language::{Axis, Commission};
use report::words::thousands;

/// More threads than this help nobody and may exhaust a machine.
pub const THREADS: usize = 1024;
/// Most parts of a run.
pub const PARTS: u64 = 1_000_000;
/// Most trials whose inputs are looked at: every one is kept in memory, outcome and inputs.
const LOOKED_AT: u64 = 4_000_000;
/// Fewest: below, groups of trials hold next to nothing.
pub const FEWEST_LOOKED_AT: u64 = 1_000;
/// Most futures that tracking runs: the weight of each is kept, with copies of it in order up to a gigabyte.
pub const MOST_TRACKED: u64 = 20_000_000;
/// Most scenarios of one page.
pub const ON_A_PAGE: usize = 6;
/// Most sweeps of a question.
pub const SWEEPS: usize = 24;
/// Most bytes of a base, every default filled in, that `check` reads for the values of sweeps, each as often as it is read.
const SWEPT: usize = 12_000_000;
/// Most measures that an answer is asked for.
pub const MEASURES: usize = 100;
/// Most figures of a trial that are kept: those of 4,096 trials wait in memory to be stored.
const KEPT_FIGURES: usize = 17_000;
/// Most columns of a file of trials, times its row groups: 2.5 kB of each stay in memory until it is complete.
const KEPT_CHUNKS: u64 = 500_000;
/// Most columns that a question to kept futures tells or puts them in groups by.
const FUTURES_COLUMNS: usize = 50;
/// Most figures of an evaluation: those of every row, given and found.
const EVALUATED: u64 = 400_000_000;
/// Most delivery slots that are tried.
pub const SLOTS: u32 = 1_000;
/// Most seconds between two checkpoints: a year.
pub const EVERY: u64 = 31_536_000;

/// Whether a run has so many trials.
///
/// # Errors
/// What would be right.
pub fn trials(trials: u64) -> Result<u64, String> {
    let wanted = || format!("a whole number from 1 to {} is wanted", thousands(MOST_TRIALS));
    (1..=MOST_TRIALS).contains(&trials).then_some(trials).ok_or_else(wanted)
}

/// Whether a question to kept futures may name so many columns.
///
/// # Errors
/// What would be right.
pub fn futures_columns(columns: usize) -> Result<(), String> {
    let wanted = || format!("at most {FUTURES_COLUMNS} columns may be asked for at once");
    (columns <= FUTURES_COLUMNS).then_some(()).ok_or_else(wanted)
}

/// Whether so many rows can be evaluated, each in so many futures, with so many columns given and asked for.
///
/// # Errors
/// What would be right.
pub fn evaluated(rows: u64, futures: u64, columns: usize) -> Result<(), String> {
    if rows.saturating_mul(futures) > MOST_TRIALS {
        return Err(format!("rows times trials are at most {}", thousands(MOST_TRIALS)));
    }
    at_once(rows, columns)
}

/// Whether so many columns of so many rows are held at once.
///
/// # Errors
/// What would be right.
pub fn at_once(rows: u64, columns: usize) -> Result<(), String> {
    let most = EVALUATED / columns.max(1) as u64;
    let wanted = || format!("at most {} rows of so many columns: take them some at a time", thousands(most));
    (rows <= most).then_some(()).ok_or_else(wanted)
}

/// Whether there are so many threads.
///
/// # Errors
/// What would be right.
pub fn threads(threads: usize) -> Result<usize, String> {
    let wanted = || format!("a whole number up to {THREADS} is wanted; 0 is one a core");
    (threads <= THREADS).then_some(threads).ok_or_else(wanted)
}

/// Whether a run has such a part, of so many.
///
/// # Errors
/// What would be right.
pub fn part((part, of): (u64, u64)) -> Result<(u64, u64), String> {
    let wanted =
        || format!("a part of so many is wanted, such as 3/64, counted from 1; at most {} parts", thousands(PARTS));
    (of <= PARTS && (1..=of).contains(&part)).then_some((part, of)).ok_or_else(wanted)
}

/// Whether a run may stop at such a precision.
///
/// # Errors
/// What would be right.
pub fn precision(part: f64) -> Result<f64, String> {
    let wanted = || "a percentage above 0 and below 100 is wanted, such as 1%".to_owned();
    (part > 0.0 && part < 1.0).then_some(part).ok_or_else(wanted)
}

/// Reads the precision at which a run may stop, `1%` or `0.01`.
///
/// # Errors
/// What would be right.
pub fn precision_written(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |number| (number, 100.0));
    precision(number.trim().parse::<f64>().unwrap_or(f64::NAN) / scale)
}

/// Whether inputs of such draws can be looked at.
///
/// # Errors
/// What would be right.
pub fn sampled(verb: Verb, sampler: Sampler) -> Result<(), String> {
    match sampler {
        Sampler::Plain => Ok(()),
        _ => Err(format!("{} samples plainly: its errors are those of independent trials", verb.name())),
    }
}

/// Whether the inputs of so many trials can be looked at: not too few, not too many.
///
/// # Errors
/// What would be right.
pub fn looked_at(verb: Verb, trials: u64) -> Result<(), String> {
    if (FEWEST_LOOKED_AT..=LOOKED_AT).contains(&trials) {
        return Ok(());
    }
    let (fewest, most) = (thousands(FEWEST_LOOKED_AT), thousands(LOOKED_AT));
    Err(format!("{} takes from {fewest} to {most} trials", verb.name()))
}

/// Whether what is done can be done with so many scenarios; asked before they are read.
///
/// # Errors
/// What would be right.
pub fn scenarios(verb: Verb, count: usize) -> Result<(), String> {
    let (fewest, most) = verb.scenarios();
    match count {
        0 => Err("there is no scenario".to_owned()),
        _ if count < fewest => Err(format!("{} takes two scenarios or more", verb.name())),
        _ if count <= most => Ok(()),
        _ if verb == Verb::Report => Err(format!("{count} scenarios; a page compares at most {most}")),
        _ if most > 2 => Err(format!("{count} scenarios; at most {most} are compared")),
        _ => Err(format!("{count} scenarios; {} takes at most {most}", verb.name())),
    }
}

/// Whether a question may sweep so often.
///
/// # Errors
/// What would be right.
pub fn sweeps(count: usize) -> Result<(), String> {
    if count <= SWEEPS { Ok(()) } else { Err(format!("{count} sweeps; a question has at most {SWEEPS}")) }
}

/// The values of swept keys that `check` reads, of a base of so many bytes: all; where that is too much the ends of each, and of whole
/// ends the first between them that is not whole. A key that takes both ends takes what lies between.
///
/// # Errors
/// What would be right.
pub fn swept(axes: &[&Axis], size: usize) -> Result<Vec<Vec<f64>>, String> {
    let within = |values: &[Vec<f64>]| values.iter().map(Vec::len).sum::<usize>().saturating_mul(size) <= SWEPT;
    let all: Vec<Vec<f64>> = axes.iter().map(|axis| axis.values.clone()).collect();
    if within(&all) {
        return Ok(all);
    }
    let ends: Vec<Vec<f64>> = all.iter().map(|values| ends(values)).collect();
    if within(&ends) {
        return Ok(ends);
    }
    Err(format!(
        "{} swept keys of a base of {:.1} MB with every default filled in; keys times MB are at most {}: sweep fewer keys",
        axes.len(),
        size as f64 / 1e6,
        SWEPT / 2_000_000
    ))
}

/// The ends of some rising values, and of whole ends the first between them that is not whole.
fn ends(values: &[f64]) -> Vec<f64> {
    let is_whole = |value: &f64| value.fract().abs() < f64::EPSILON;
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return Vec::new() };
    let odd = values.iter().find(|value| !is_whole(value)).filter(|_| is_whole(first) && is_whole(last));
    [first].into_iter().chain(odd).chain([last]).copied().collect()
}

/// Whether every one of so many trials may be kept, with so many outcomes and inputs each.
///
/// # Errors
/// What would be right.
pub fn kept(outcomes: usize, inputs: usize, trials: u64) -> Result<(), String> {
    let figures = outcomes + inputs;
    let fewer = if inputs > 0 { ", keep outcomes alone" } else { "" };
    if figures > KEPT_FIGURES {
        return Err(format!(
            "{} figures of every trial would be kept, and at most {} can be: keep them of fewer forces, alliances or years{fewer}",
            thousands(figures as u64),
            thousands(KEPT_FIGURES as u64)
        ));
    }
    let group = run::ROW_CHUNK * BLOCK as u64;
    let most = KEPT_CHUNKS / figures.max(1) as u64 * group;
    if trials <= most {
        return Ok(());
    }
    Err(format!(
        "of {} figures a trial, at most {} trials can be kept: take fewer{fewer}, or keep other seeds in runs of their own",
        thousands(figures as u64),
        thousands(most)
    ))
}

/// Whether so many measures may be asked for.
///
/// # Errors
/// What would be right.
pub fn measures(count: usize) -> Result<(), String> {
    if count <= MEASURES { Ok(()) } else { Err(format!("{count} measures; an answer tells at most {MEASURES}")) }
}

/// Whether a commission is not too large, before any scenario that it names is read.
///
/// # Errors
/// What would be right.
pub fn commission(own: &Commission) -> Result<(), String> {
    scenarios(Verb::WhatIf, 1 + own.variants.len())?;
    sweeps(own.sweeps.len())?;
    measures(own.measures.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use analysis::futures::{DEEPEST, MOST_CHARACTERS, MOST_FIGURES, MOST_GROUPS, MOST_VALUES};
    use analysis::{Comparison, MOST_TURNS};
    use foreign::files;

    #[test]
    fn limits_hold_what_they_name_and_nothing_beyond() {
        assert!(trials(1).is_ok() && trials(MOST_TRIALS).is_ok() && trials(0).is_err());
        assert!(trials(MOST_TRIALS + 1).is_err_and(|why| why.contains("4,000,000,000")));
        assert!(threads(0).is_ok() && threads(1024).is_ok() && threads(1025).is_err());
        assert!(part((3, 64)).is_ok() && part((PARTS, PARTS)).is_ok());
        assert!([(0, 4), (5, 4), (1, 0), (1, PARTS + 1), (1, u64::MAX)].into_iter().all(|own| part(own).is_err()));
        assert!(precision(0.01).is_ok());
        assert!([0.0, 1.0, -0.1, f64::NAN, f64::INFINITY].into_iter().all(|own| precision(own).is_err()));
        assert!(looked_at(Verb::Explain, 4_000_000).is_ok());
        assert!(sampled(Verb::Explain, Sampler::Sobol).is_err());
        assert!(looked_at(Verb::Explain, 4_000_001).is_err());
        assert!(
            scenarios(Verb::Compare, 12).is_ok()
                && scenarios(Verb::Compare, 1).is_err()
                && scenarios(Verb::Compare, 13).is_err()
        );
        assert!(scenarios(Verb::Report, 6).is_ok() && scenarios(Verb::Report, 7).is_err());
        assert!(scenarios(Verb::Run, 2).is_err() && scenarios(Verb::Run, 0).is_err());
        assert!(sweeps(SWEEPS).is_ok() && sweeps(SWEEPS + 1).is_err());
        let axis = |values: &[f64]| Axis { key: "x".to_owned(), values: values.to_vec(), plan: None, at: None };
        let (whole, broken) = (axis(&[1.0, 1.5, 2.0, 3.0]), axis(&[0.5, 1.0, 2.5]));
        let read = |size| swept(&[&whole, &broken], size);
        assert_eq!(read(SWEPT / 7), Ok(vec![whole.values.clone(), broken.values.clone()]));
        assert_eq!(read(SWEPT / 6), Ok(vec![vec![1.0, 1.5, 3.0], vec![0.5, 2.5]]));
        assert!(read(SWEPT / 5).is_ok() && read(SWEPT / 4).is_err_and(|why| why.contains("2 swept keys")));
        assert!(kept(16_000, 1_000, 4_096).is_ok() && kept(17_000, 1, 1).is_err());
        // 500,000 columns times row groups: of 2,000 columns 250 row groups, which hold 250 times 4,096 trials.
        assert!(kept(1_500, 500, 1_024_000).is_ok());
        let inputs = kept(1_500, 500, 1_024_001).expect_err("too many");
        assert!(inputs.contains("at most 1,024,000 trials") && inputs.contains("outcomes alone"), "{inputs}");
        // What was done already is not advised.
        assert!(kept(2_000, 0, 1_024_001).is_err_and(|why| !why.contains("outcomes alone")));
        assert!(futures_columns(50).is_ok() && futures_columns(51).is_err_and(|why| why.contains("at most 50")));
        assert!(measures(MEASURES).is_ok() && measures(MEASURES + 1).is_err());
    }

    /// The page has a row for each limit, with its figure.
    #[test]
    fn every_limit_of_what_is_asked_stands_on_the_page_of_limits() {
        let page = include_str!("../../../docs/limits.md");
        let has = |what: &str, figure: &str| {
            let of =
                |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
            let rows = page.lines().filter(|line| line.starts_with('|')).map(of);
            rows.into_iter().any(|cells| cells[0].starts_with(what) && cells[1] == figure)
        };
        let megabytes = |bytes: u64| format!("{} MB", bytes / 1_000_000);
        let limits = [
            ("size of a scenario", megabytes(files::SCENARIO)),
            ("size of a manifest", megabytes(files::MANIFEST)),
            ("size of a part or checkpoint", format!("{} GB", files::COUNTS / 1_000_000_000)),
            ("size of a history", megabytes(files::HISTORY)),
            ("trials of a run", thousands(MOST_TRIALS)),
            ("trials of `explain`", format!("{} to {}", thousands(FEWEST_LOOKED_AT), thousands(LOOKED_AT))),
            ("futures that `track` weighs", thousands(MOST_TRACKED)),
            ("figures of a future of all scenarios", thousands(Comparison::MOST_FIGURES as u64)),
            ("figures of a trial that `--keep-trials` keeps", thousands(KEPT_FIGURES as u64)),
            ("columns of a question to kept futures", FUTURES_COLUMNS.to_string()),
            ("figures of kept futures that are held at once", thousands(MOST_FIGURES as u64)),
            ("groups of futures", thousands(MOST_GROUPS as u64)),
            ("values of a column of `--by`", MOST_VALUES.to_string()),
            ("characters of a condition on kept futures", thousands(MOST_CHARACTERS as u64)),
            ("brackets and nots within one another", DEEPEST.to_string()),
            ("columns of `trials.parquet` times its row groups", thousands(KEPT_CHUNKS)),
            ("turns of levers", thousands(MOST_TURNS as u64)),
            ("threads", thousands(THREADS as u64)),
            ("parts of a run", thousands(PARTS)),
            ("seconds between two checkpoints", thousands(EVERY)),
            ("delivery slots", thousands(u64::from(SLOTS))),
            ("scenarios or variants compared", Comparison::MOST.to_string()),
            ("scenarios of one page", ON_A_PAGE.to_string()),
            ("sweeps of a question", SWEEPS.to_string()),
            ("what `check` reads for the values of sweeps", megabytes(SWEPT as u64)),
            ("measures asked for", MEASURES.to_string()),
        ];
        for (what, figure) in limits {
            assert!(has(what, &figure), "{what}: {figure}");
        }
    }
}
