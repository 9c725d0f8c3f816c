//! The history of measurements: a line of JSON each, and what changed from one to another.

use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::cli::place::Slot;
use crate::cli::{Failure, seal};
use crate::exit_code::Exit;
use foreign::files;

/// Version of a line.
pub(super) const FORMAT: u32 = 2;

/// One measurement of the whole suite.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// [`FORMAT`].
    pub format: u32,
    /// Seconds since 1970.
    pub time: u64,
    pub version: String,
    pub commit: Option<String>,
    pub machine: Machine,
    /// A step of a loop that has nothing to do with the engine, so that machines can be compared.
    pub calibration_ns: f64,
    /// Null where the system does not say.
    pub peak_memory_mb: Option<f64>,
    /// Share of the processors' time that was asked for and went to other machines; null where the system does not say.
    #[serde(default)]
    pub stolen: Option<f64>,
    /// Share of it that other programs of this machine took; null where the system does not say.
    #[serde(default)]
    pub others: Option<f64>,
    pub tasks: Vec<Measured>,
    /// SHA-256 of all the rest of the line; lines of format 1 have none.
    #[serde(default)]
    pub sha256: String,
}

/// Where it was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Machine {
    pub cpu: String,
    pub threads: usize,
    pub instruction_set: String,
}

/// One task, measured several times.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Measured {
    pub name: String,
    pub trials: u64,
    /// Median.
    pub ns_a_trial: f64,
    pub best_ns_a_trial: f64,
    pub trials_a_second: f64,
    /// Relative standard error of the median.
    pub noise: f64,
}

impl Measured {
    /// Whether another measurement is of the same task.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.trials == other.trials
    }
}

/// How a task differs from an earlier measurement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Change {
    /// Time now over time then.
    pub ratio: f64,
    /// Its relative standard error.
    pub noise: f64,
    /// Whether that is more than noise makes.
    pub clear: bool,
}

/// Changes of less are left to chance whatever the noise.
const LEAST: f64 = 0.05;
/// A change is clear from so many standard errors.
const ERRORS: f64 = 4.0;

/// What changed in a task since `before`, which may have been measured on another machine; `None` where it was not measured then.
pub(super) fn change(own: &Measured, record: &Record, before: &Record) -> Option<Change> {
    let then = before.tasks.iter().find(|then| then.is_same(own))?;
    let scale = if record.machine == before.machine { 1.0 } else { before.calibration_ns / record.calibration_ns };
    let ratio = own.ns_a_trial / then.ns_a_trial * scale;
    Some(judge(ratio, own.noise.hypot(then.noise)))
}

/// A change of time whose relative standard error is `noise`.
pub(super) fn judge(ratio: f64, noise: f64) -> Change {
    Change { ratio, noise, clear: ratio.ln().abs() > (ERRORS * noise).max(LEAST) }
}

/// The last line of a history, which must be whole.
pub(super) fn last(path: &Path) -> Result<Record, Failure> {
    let unread = |why: &str| Failure::input(format!("{}: {why}", path.display()));
    let text = text_of(path)?;
    let line = last_line(&text).ok_or_else(|| unread("the history is empty"))?;
    let record = read(line).map_err(|why| unread(&why))?;
    if record.format != FORMAT {
        return Err(unread("it was written by another version of the suite"));
    }
    if !seal::is_whole(line) {
        return Err(unread("the last line was changed or damaged after it was written"));
    }
    Ok(record)
}

/// The last line of a history that another build of the program has just written, in its own format.
pub(super) fn last_of_another(path: &Path) -> Option<Record> {
    let text = text_of(path).ok()?;
    read(last_line(&text)?).ok().filter(|record| (1..=FORMAT).contains(&record.format))
}

fn last_line(text: &str) -> Option<&str> {
    text.lines().rfind(|line| !line.trim().is_empty())
}

fn read(line: &str) -> Result<Record, String> {
    serde_json::from_str(line).map_err(|error| format!("the last line is no measurement: {error}"))
}

/// The text of a history.
fn text_of(path: &Path) -> Result<String, Failure> {
    files::read_text(path, files::HISTORY)
        .map_err(|why| Failure::input(format!("{}: the history cannot be read: {why}", path.display())))
}

/// Makes sure, before minutes of measuring, that a line can be added to a history.
pub(super) fn check(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if !folder.is_none_or(Path::is_dir) {
        let message = format!("{} could not be written: name a file in a folder that is there.", path.display());
        return Err(Failure::input(message));
    }
    Slot::claim(path)?;
    lines(path).map(drop)
}

/// A history so far, nothing where there is none; what is no history is not added to.
fn lines(path: &Path) -> Result<String, Failure> {
    if !path.exists() {
        return Ok(String::new());
    }
    let text = text_of(path)?;
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    if last_line(&text).is_none_or(|line| read(line).is_err()) {
        let message = format!("{}: the last line is no measurement. Name another file.", path.display());
        return Err(Failure::input(message));
    }
    Ok(if text.ends_with('\n') { text } else { text + "\n" })
}

/// How often a line is added anew where somebody else adds one meanwhile.
const ATTEMPTS: u32 = 10;

/// Adds a line to a history.
pub(super) fn append(path: &Path, record: &Record) -> Result<(), Failure> {
    let line =
        serde_json::to_string(record).map_err(|error| Failure::io("the measurement could not be told", error))?;
    let line = seal::sealed(&line);
    for _ in 1..ATTEMPTS {
        let slot = Slot::claim(path)?;
        let text = format!("{}{line}\n", lines(path)?);
        match slot.put(text.as_bytes()) {
            Err(failure) if failure.exit == Exit::BadInput => {}
            ended => return ended,
        }
    }
    Slot::claim(path)?.put(format!("{}{line}\n", lines(path)?).as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn record(cpu: &str, calibration_ns: f64, ns_a_trial: f64, noise: f64) -> Record {
        let machine = Machine { cpu: cpu.to_owned(), threads: 2, instruction_set: "AVX2".to_owned() };
        let task = Measured {
            name: "two-force".to_owned(),
            trials: 1000,
            ns_a_trial,
            best_ns_a_trial: ns_a_trial,
            trials_a_second: 1e9 / ns_a_trial,
            noise,
        };
        Record {
            format: FORMAT,
            time: 0,
            version: "0".to_owned(),
            commit: None,
            machine,
            calibration_ns,
            peak_memory_mb: None,
            stolen: None,
            others: None,
            tasks: vec![task],
            sha256: String::new(),
        }
    }

    #[test]
    fn no_bit_of_the_last_line_may_flip_and_no_other_line_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("history");
        append(&path, &record("before", 2.0, 1.0, 0.02)).expect("there is room");
        let first = fs::read(&path).expect("it is there").len();
        append(&path, &record("a", 1.0, 4000.0, 0.01)).expect("there is room");
        let whole = fs::read(&path).expect("it is there");
        let told = |record: &Record| serde_json::to_string(record).expect("JSON");
        let record = told(&last(&path).expect("it is whole"));
        for bit in 0..8 * whole.len() {
            let mut bytes = whole.clone();
            bytes[bit / 8] ^= 1 << (bit % 8);
            fs::write(&path, bytes).expect("there is room");
            match last(&path) {
                Ok(read) => assert!(bit / 8 < first && told(&read) == record, "bit {bit}"),
                Err(failure) => assert_eq!(failure.exit, Exit::BadInput),
            }
        }
        // An older suite wrote no hash: its lines are refused, but for those that another build has just written.
        let old =
            record.replace("\"format\":2", "\"format\":1").split(",\"sha256\"").next().map(|text| format!("{text}}}"));
        fs::write(&path, old.expect("a line")).expect("there is room");
        assert!(last(&path).is_err_and(|failure| failure.message.contains("another version of the suite")));
        assert!(last_of_another(&path).is_some());
    }

    #[test]
    fn what_is_slower_beyond_noise_is_told_and_what_is_within_it_is_not() {
        let before = record("a", 1.0, 4000.0, 0.01);
        let of = |now: &Record| change(&now.tasks[0], now, &before).expect("the same task");
        // A tenth more at errors of 1 % each: ln 1.1 = 0.095 is above 4·√2·0.01 = 0.057.
        assert!(of(&record("a", 1.0, 4400.0, 0.01)).clear);
        // At errors of 2 % and 1 %: 4·√(0.0004 + 0.0001) = 0.089 is below; at 3 %, 0.126 is above 0.095.
        assert!(of(&record("a", 1.0, 4400.0, 0.02)).clear && !of(&record("a", 1.0, 4400.0, 0.03)).clear);
        // 4 % is left to chance.
        assert!(!of(&record("a", 1.0, 4160.0, 0.0)).clear);
        // A machine whose loop takes twice as long may take twice as long.
        let other = of(&record("b", 2.0, 8000.0, 0.01));
        assert!((other.ratio - 1.0).abs() < 1e-12 && !other.clear);
    }
}
