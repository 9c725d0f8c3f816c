//! What is wrong with a scenario: every problem with its place, the key's path and what would be right.

use std::collections::HashSet;
use std::fmt;
use std::sync::Arc;

use super::limits::{PROBLEMS, SHOWN};
use super::place::Place;
use engine::units::thousands;
use foreign::safe_text::shown_in_line;

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

/// How a problem of syntax begins of which it is clear what was meant.
pub const UNREADABLE: &str = "this cannot be read: ";

impl Problem {
    /// The key, what is wrong with it and the remedy, without the place.
    #[must_use]
    pub fn without_place(&self) -> String {
        let (key, what, remedy) = (shown_in_line(&self.key), shown_in_line(&self.what), shown_in_line(&self.remedy));
        let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
        match &*remedy {
            "" => format!("{key}{what}."),
            asks if asks.ends_with('?') => format!("{key}{what}. {asks}"),
            _ => format!("{key}{what}. {remedy}."),
        }
    }

    fn is_syntax(&self) -> bool {
        self.what.starts_with(SYNTAX) || self.what.starts_with(UNREADABLE)
    }
}

/// Problems as they are found: so many are kept, the others counted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    kept: Vec<Problem>,
    /// Errors among those found, kept or not.
    errors: usize,
    /// How many were found and not kept.
    more: usize,
}

impl Found {
    /// Adds a problem.
    pub fn push(&mut self, problem: Problem) {
        self.errors += usize::from(problem.severity == Severity::Error);
        if self.is_full() { self.more += 1 } else { self.kept.push(problem) }
    }

    /// Counts errors that need not be put in words: enough are kept.
    pub fn count(&mut self, errors: usize) {
        self.errors += errors;
        self.more += errors;
    }

    /// Whether further problems are only counted.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.kept.len() >= PROBLEMS
    }

    /// How many were found.
    #[must_use]
    pub fn len(&self) -> usize {
        self.kept.len() + self.more
    }

    /// Whether none was found.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.kept.is_empty()
    }

    /// How many errors were found.
    #[must_use]
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// Those kept.
    #[must_use]
    pub fn kept(&self) -> &[Problem] {
        &self.kept
    }

    /// Adds what was found elsewhere.
    pub fn append(&mut self, other: Self) {
        let kept = other.kept.iter().filter(|problem| problem.severity == Severity::Error).count();
        other.kept.into_iter().for_each(|problem| self.push(problem));
        self.errors += other.errors - kept;
        self.more += other.more;
    }
}

impl From<Vec<Problem>> for Found {
    fn from(problems: Vec<Problem>) -> Self {
        let mut found = Self::default();
        problems.into_iter().for_each(|problem| found.push(problem));
        found
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", shown_in_line(&self.place.to_string()))?;
        if self.severity == Severity::WorthALook {
            write!(f, "worth a look: ")?;
        }
        write!(f, "{}", self.without_place())
    }
}

/// Every problem found, errors before what is worth a look, each in the order of files and lines.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems {
    kept: Vec<Problem>,
    more: usize,
}

impl Problems {
    /// Sorts the problems by file and line, drops what is said twice, and what is only the echo of a syntax error in its line.
    #[must_use]
    pub fn new(found: impl Into<Found>) -> Self {
        let Found { mut kept, more, .. } = found.into();
        let line = |place: &Place| (Arc::clone(&place.origin), place.line);
        let broken: HashSet<_> =
            kept.iter().filter(|problem| problem.is_syntax()).map(|problem| line(&problem.place)).collect();
        kept.retain(|problem| problem.is_syntax() || broken.is_empty() || !broken.contains(&line(&problem.place)));
        kept.sort();
        kept.dedup();
        Self { kept, more }
    }

    /// The same problems, each told anew.
    #[must_use]
    pub(super) fn told(self, anew: impl Fn(&Problem) -> Problem) -> Self {
        Self { kept: self.kept.iter().map(anew).collect(), ..self }
    }

    /// The problems, and what is worth a look beside them.
    #[must_use]
    pub fn list(&self) -> &[Problem] {
        &self.kept
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in self.kept.iter().take(SHOWN) {
            writeln!(f, "{problem}")?;
        }
        let odd = self.kept.iter().filter(|problem| problem.severity == Severity::WorthALook).count();
        match self.kept.len() - odd + self.more {
            1 => write!(f, "1 problem")?,
            count => write!(f, "{} problems", thousands(count as u64))?,
        }
        if odd > 0 {
            write!(f, " and {odd} worth a look")?;
        }
        match self.kept.len() {
            kept if kept <= SHOWN => Ok(()),
            _ if self.more > 0 => write!(f, ", of which {SHOWN} are shown"),
            _ => write!(f, ", of which the first {SHOWN} are shown"),
        }
    }
}

impl std::error::Error for Problems {}
