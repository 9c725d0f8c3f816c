//! Another build of the program, measured in turn with this one: whatever else the machine does falls on both.

use std::path::Path;
use std::process::Command;

use super::history::{self, Change, Measured, Record, judge};
use super::suite::{self, median};
use crate::cli::Failure;
use crate::cli::place::Scratch;

/// Rounds of a turn: as few as a median can be taken of.
const ROUNDS: u32 = 3;

/// Measurements of this program and of another, turn by turn.
pub(super) struct Turns {
    own: Vec<Record>,
    other: Vec<Record>,
}

impl Turns {
    /// Measures both until each had `rounds` rounds. The other goes first, so that what is no such program is told before minutes of
    /// measuring.
    pub fn take(program: &Path, scenarios: &Path, threads: usize, rounds: u32) -> Result<Self, Failure> {
        let mut turns = Self { own: Vec::new(), other: Vec::new() };
        for turn in 0..rounds.div_ceil(ROUNDS) {
            if turn % 2 == 0 {
                turns.other.push(measure(program, scenarios, threads)?);
                turns.own.push(suite::measure(scenarios, threads, ROUNDS)?);
            } else {
                turns.own.push(suite::measure(scenarios, threads, ROUNDS)?);
                turns.other.push(measure(program, scenarios, threads)?);
            }
        }
        Ok(turns)
    }

    /// Rounds that each program had.
    pub const fn rounds(&self) -> u32 {
        self.own.len() as u32 * ROUNDS
    }

    /// Version and commit of the other program.
    pub fn other(&self) -> String {
        self.other.last().map_or_else(String::new, |record| match &record.commit {
            Some(commit) => format!("{}, commit {commit}", record.version),
            None => record.version.clone(),
        })
    }

    /// All turns of this program as one measurement.
    pub fn together(&self) -> Option<Record> {
        let mut all = self.own.last()?.clone();
        let mut steps: Vec<f64> = self.own.iter().map(|turn| turn.calibration_ns).collect();
        all.calibration_ns = median(&mut steps);
        // The worst turn, where any system says.
        all.stolen = self.own.iter().filter_map(|turn| turn.stolen).reduce(f64::max);
        all.others = self.own.iter().filter_map(|turn| turn.others).reduce(f64::max);
        for task in &mut all.tasks {
            let turns = of(&self.own, task);
            let mut medians: Vec<f64> = turns.iter().map(|turn| turn.ns_a_trial).collect();
            task.ns_a_trial = median(&mut medians);
            task.best_ns_a_trial = turns.iter().map(|turn| turn.best_ns_a_trial).fold(f64::INFINITY, f64::min);
            task.trials_a_second = 1e9 / task.ns_a_trial;
            task.noise = noise(&turns);
        }
        Some(all)
    }

    /// How a task differs from the other program's: the median of the turns' ratios.
    pub fn change(&self, task: &Measured) -> Option<Change> {
        let (own, other) = (of(&self.own, task), of(&self.other, task));
        if own.len() != other.len() || own.is_empty() {
            return None;
        }
        let mut ratios: Vec<f64> =
            own.iter().zip(&other).map(|(own, other)| own.ns_a_trial / other.ns_a_trial).collect();
        Some(judge(median(&mut ratios), noise(&own).hypot(noise(&other))))
    }
}

/// A task in every turn in which it was measured.
fn of<'a>(turns: &'a [Record], task: &Measured) -> Vec<&'a Measured> {
    turns.iter().flat_map(|turn| turn.tasks.iter().find(|then| then.is_same(task))).collect()
}

/// Relative standard error of what is taken over turns, of which each has its own.
fn noise(turns: &[&Measured]) -> f64 {
    turns.iter().map(|turn| turn.noise * turn.noise).sum::<f64>().sqrt() / turns.len() as f64
}

/// Has the other program measure itself for a turn.
fn measure(program: &Path, scenarios: &Path, threads: usize) -> Result<Record, Failure> {
    let scratch = Scratch::open()?;
    let kept = scratch.path().join("history.jsonl");
    let mut command = Command::new(program);
    command.arg("bench").arg("--scenarios").arg(scenarios).arg("--history").arg(&kept);
    command.args(["--rounds", &ROUNDS.to_string(), "--threads", &threads.to_string()]);
    let failed = |why: &str| Failure::input(format!("{}: it cannot be measured: {why}", program.display()));
    let ended = command.output().map_err(|error| failed(&error.to_string()))?;
    if ended.status.success() {
        history::last_of_another(&kept).ok_or_else(|| failed("it is no program of this kind, or one of another format"))
    } else {
        let said = String::from_utf8_lossy(&ended.stderr);
        Err(failed(format!("{}: {}", ended.status, said.trim()).trim_end_matches([':', ' '])))
    }
}
