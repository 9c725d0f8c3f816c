//! Options that several verbs share.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use super::manifest::{Kept, Outputs};
use app::study::name_apart;
use app::{Field, limits};
use engine::uncertainty::{Sampler, plainly_quoted};
use language::{Loaded, Origin, Override, Problem, Problems};
use report::words::thousands;

/// Changes to a scenario from the command line.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Changes {
    /// Override a key, such as 'alliance."Strategic alliance".slip=1.2'; may be given several times
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub set: Vec<String>,
}

impl Changes {
    /// Loads a scenario with these changes.
    pub fn load(&self, file: &Path) -> Result<Loaded, Failure> {
        self.load_after(&[], file)
    }

    /// The same, with other changes before them.
    pub fn load_after(&self, before: &[Override], file: &Path) -> Result<Loaded, Failure> {
        self.load_by(before, |overrides| language::load(file, overrides))
    }

    /// Loads a scenario with these changes, and figures of a file in the place of its own.
    pub fn load_with_actuals(&self, file: &Path, actuals: &Path) -> Result<Loaded, Failure> {
        self.load_by(&[], |overrides| language::load_with_actuals(file, overrides, actuals))
    }

    /// Loads what is read with the changes; the problems of both are told at once.
    fn load_by(
        &self,
        before: &[Override],
        read: impl Fn(&[Override]) -> Result<Loaded, Problems>,
    ) -> Result<Loaded, Failure> {
        let mut overrides = before.to_vec();
        let mut problems = Vec::new();
        for text in &self.set {
            match Override::parse(text) {
                Ok(found) => overrides.push(found.after(before)),
                Err(found) => problems.push(found.to_string()),
            }
        }
        match read(&overrides) {
            Ok(loaded) if problems.is_empty() => Ok(loaded),
            Ok(_) => Err(Failure::input(problems.join("\n"))),
            Err(found) => {
                problems.push(found.to_string());
                // A change may be told where it meets what stands in the file, which by itself is right.
                let of_file = |problem: &Problem| !matches!(*problem.place.origin, Origin::CommandLine(_));
                let changed = !self.set.is_empty() && found.list().iter().any(of_file);
                if changed && read(before).is_ok() {
                    problems.push("Without --set this is sound: one of the changes is what is wrong.".to_owned());
                }
                Err(Failure::input(problems.join("\n")))
            }
        }
    }

    /// Loads every file with these changes; the problems of all are told at once.
    pub fn load_all(&self, files: &[&PathBuf]) -> Result<Vec<Loaded>, Failure> {
        let (mut loaded, mut problems) = (Vec::new(), Vec::new());
        for file in files {
            match self.load(file) {
                Ok(scenario) => loaded.push(scenario),
                Err(failure) => problems.push(failure.message),
            }
        }
        if !problems.is_empty() {
            return Err(Failure::input(problems.join("\n")));
        }
        name_apart(&mut loaded);
        Ok(loaded)
    }
}

/// Which futures are simulated, and with how many threads.
#[derive(Debug, Clone, Args)]
pub(super) struct Draws {
    /// Trials: possible futures simulated in all
    #[arg(long, default_value_t = 100_000, value_parser = trials)]
    pub trials: u64,
    /// Seed of the draws
    #[arg(long, default_value_t = 2015, allow_negative_numbers = true, value_parser = seed)]
    pub seed: u64,
    /// Threads [default: one a core]
    #[arg(long, default_value_t = 0, hide_default_value = true, value_parser = threads)]
    pub threads: usize,
    /// How futures are sampled: plain, antithetic, latin or sobol
    #[arg(long, default_value = "plain", value_parser = sampler)]
    pub sampler: Sampler,
}

impl Draws {
    /// The same as a question holds them, to be stopped where a precision is reached.
    pub fn wire(&self, until: Option<f64>) -> app::Draws {
        app::Draws { trials: self.trials, seed: self.seed, sampler: self.sampler, until }
    }
}

fn trials(text: &str) -> Result<u64, String> {
    // What is no number is refused with the numbers that are taken.
    limits::trials(text.replace('_', "").parse().unwrap_or(0))
}

fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("a whole number from 0 to {} is wanted", thousands(u64::MAX)))
}

fn sampler(text: &str) -> Result<Sampler, String> {
    text.parse().map_err(|_| format!("{} is wanted", Sampler::NAMES))
}

/// What of every trial is kept.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Keeping {
    /// Keep every trial in a Parquet file, outcomes and inputs, some kilobytes each; =outcomes leaves the inputs out
    #[arg(long, value_name = "WHAT", value_enum, num_args = 0..=1, require_equals = true, default_missing_value = "all", hide_possible_values = true)]
    keep_trials: Option<Kept>,
}

impl Keeping {
    /// What is kept.
    pub fn kept(&self) -> Kept {
        self.keep_trials.unwrap_or(Kept::Nothing)
    }
}

/// Where results go.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Destination {
    /// Folder of results [default: output/<name>-<hash>]
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Replace the folder, and all that lies in it, even where it holds the results of another run
    #[arg(long)]
    pub replace: bool,
}

/// What is made of results, and where they go.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct Output {
    /// Write report.html too: findings, charts and tables on one page for a browser, a phone or paper
    #[arg(long)]
    pub report: bool,
    /// Write report.xlsx too: the same as a workbook for a spreadsheet
    #[arg(long)]
    pub xlsx: bool,
    /// Draw no charts
    #[arg(long)]
    pub no_charts: bool,
    /// How the report is printed: text for people, json for machines
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    pub format: Format,
    /// Print only where the results are
    #[arg(short, long, conflicts_with = "format")]
    pub quiet: bool,
    #[command(flatten)]
    pub destination: Destination,
}

impl Output {
    /// What is made of an answer; no trial is kept.
    pub fn outputs(&self) -> Outputs {
        Outputs { trials: Kept::Nothing, charts: !self.no_charts, report: self.report, xlsx: self.xlsx }
    }
}

/// How results are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
}

/// How rows of a table are printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum TableFormat {
    #[default]
    Text,
    Json,
    Csv,
}

/// Reads the name of an outcome, each of its parts quoted or not.
#[expect(clippy::unnecessary_wraps, reason = "what reads an argument may fail")]
pub(super) fn measure(text: &str) -> Result<String, String> {
    Ok(plainly_quoted(text))
}

/// Reads a number of threads.
pub(super) fn threads(text: &str) -> Result<usize, String> {
    limits::threads(text.parse().unwrap_or(usize::MAX))
}

/// The option that gives a part of a question; none where no option, or more than one, does.
pub(super) const fn named(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Outcome => "--outcome",
        Field::Fail => "--fail",
        Field::Years => "--years",
        Field::Percentile => "--percentile",
        Field::Slots => "--slots",
        Field::AsOf => "--as-of",
        Field::Discrepancy => "--discrepancy",
        Field::Most => "--most",
        Field::Actuals => "--actuals",
        Field::Trials => "--trials",
        Field::Sampler => "--sampler",
        Field::Until => "--until",
        Field::Second => "--against",
        Field::Where => "--where",
        Field::By => "--by",
        Field::Show => "--show",
        Field::Class => "--class",
        Field::Without => "--without",
        Field::Format
        | Field::Question
        | Field::Measures
        | Field::Sweeps
        | Field::Scenarios
        | Field::Inputs
        | Field::Row
        | Field::Pieces => {
            return None;
        }
    })
}

/// A part of a question as it is typed.
pub(super) fn written(field: Field, value: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    let value =
        if value.chars().all(is_plain) { value.to_owned() } else { format!("'{}'", value.replace('\'', "'\\''")) };
    named(field).map_or_else(|| value.clone(), |option| format!("{option} {value}"))
}
