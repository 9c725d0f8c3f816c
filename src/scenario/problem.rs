//! What is wrong with a scenario: every problem with its place, the key's path and what would be right.

use std::fmt;

use super::place::Place;

/// At most this many problems are printed; the rest are counted.
const SHOWN: usize = 100;

/// One thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where.
    pub place: Place,
    /// Path of the key, such as `alliance."Southern hub".slip`; empty for the file as a whole.
    pub key: String,
    /// What is wrong, a clause without a full stop.
    pub what: String,
    /// What would be right, a sentence without a full stop.
    pub remedy: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.place)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        write!(f, "{}.", self.what)?;
        if self.remedy.is_empty() { Ok(()) } else { write!(f, " {}.", self.remedy) }
    }
}

/// Every problem found, in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Sorts the problems by file and line and drops what is said twice.
    #[must_use]
    pub fn new(mut problems: Vec<Problem>) -> Self {
        problems.sort();
        problems.dedup();
        Self(problems)
    }

    /// The problems.
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
        match self.0.len() {
            count if count > SHOWN => write!(f, "{count} problems, of which the first {SHOWN} are shown"),
            1 => write!(f, "1 problem"),
            count => write!(f, "{count} problems"),
        }
    }
}

impl std::error::Error for Problems {}
