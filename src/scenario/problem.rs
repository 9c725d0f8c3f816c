//! What is wrong with a scenario: every problem with its place, the key's path and what would be right.

use std::fmt;
use std::path::Path;

use super::draws_words::words;
use super::place::{Origin, Place};
use crate::uncertainty::DrawsError;

/// At most this many problems are printed; the rest are counted.
pub const SHOWN: usize = 100;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It cannot be used.
    Error,
    /// It can be used, but something else was probably meant.
    WorthALook,
}

/// One thing that is wrong, or worth a look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// Path of the key, such as `alliance."Southern hub".slip`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, a clause without a full stop.
    pub what: String,
    /// What would be right, a sentence without a full stop.
    pub remedy: String,
}

/// How every problem of syntax begins.
pub const SYNTAX: &str = "this is not TOML: ";

impl Problem {
    fn is_syntax(&self) -> bool {
        self.what.starts_with(SYNTAX)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if self.severity == Severity::WorthALook {
            write!(f, "worth a look: ")?;
        }
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        write!(f, "{}.", self.what)?;
        let stop = if self.remedy.ends_with('?') { "" } else { "." };
        if self.remedy.is_empty() { Ok(()) } else { write!(f, " {}{stop}", self.remedy) }
    }
}

/// Every problem found, errors before what is worth a look, each in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts the problems by file and line, drops what is said twice, and what is only the echo of a syntax error in its line.
    #[must_use]
    pub fn new(mut problems: Vec<Problem>) -> Self {
        let broken: Vec<Place> =
            problems.iter().filter(|problem| problem.is_syntax()).map(|problem| problem.place.clone()).collect();
        let in_broken_line =
            |place: &Place| broken.iter().any(|other| other.origin == place.origin && other.line == place.line);
        problems.retain(|problem| problem.is_syntax() || !in_broken_line(&problem.place));
        problems.sort();
        problems.dedup();
        Self(problems)
    }

    /// What compiling the draws of a scenario found wrong, as problems of its file.
    #[must_use]
    pub fn from_draws(file: &Path, errors: &[DrawsError]) -> Self {
        let place = Place::whole(Origin::File(file.to_owned()));
        let problem = |error: &DrawsError| {
            let (what, remedy) = words(error);
            Problem { severity: Severity::Error, place: place.clone(), key: String::new(), what, remedy }
        };
        Self::new(errors.iter().map(problem).collect())
    }

    /// The problems, and what is worth a look beside them.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.0.iter().take(SHOWN) {
            writeln!(f, "{problem}")?;
        }
        let odd = self.0.iter().filter(|problem| problem.severity == Severity::WorthALook).count();
        match self.0.len() - odd {
            1 => write!(f, "1 problem")?,
            count => write!(f, "{count} problems")?,
        }
        if odd > 0 {
            write!(f, " and {odd} worth a look")?;
        }
        if self.0.len() > SHOWN { write!(f, ", of which the first {SHOWN} are shown") } else { Ok(()) }
    }
}

impl std::error::Error for Problems {}
