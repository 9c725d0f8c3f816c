//! Why there is no answer.

use std::fmt;

use analysis::NotRun;
use engine::model::CompileError;
use engine::run::RunError;
use language::{Loaded, Problems};
use report::words::thousands;

use crate::refused::{Field, Refused};

/// What kind of thing keeps an answer from coming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something is wrong with what was asked.
    Input,
    /// It was stopped from outside.
    Stopped,
    /// The machine failed: no threads, no room.
    Failed,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Error {
    /// What is wrong with scenarios, each problem with its place.
    Problems(Problems),
    /// What is wrong with what was asked.
    Refused(Box<Refused>),
    /// It was stopped from outside after so many trials.
    Stopped(u64),
    /// What failed.
    Failed(String),
}

impl Error {
    /// What failed.
    pub fn failed(error: impl fmt::Display) -> Self {
        Self::Failed(error.to_string())
    }

    /// What is wrong with a scenario that reads well but does not compile, as it was loaded, or changed since: it is told of the file that
    /// it came from, and of an uncertain number where it stands.
    #[must_use]
    pub fn uncompiled_of(loaded: &Loaded, error: &CompileError) -> Self {
        match error {
            CompileError::Draws(errors) => Self::Problems(loaded.wrong_draws(errors)),
            CompileError::UnknownMeasure(_) | CompileError::NamedTwice(_) => {
                Field::Scenarios.refused(error).of(called(loaded)).into()
            }
        }
    }

    /// What kind it is of.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Problems(_) | Self::Refused(_) => Kind::Input,
            Self::Stopped(_) => Kind::Stopped,
            Self::Failed(_) => Kind::Failed,
        }
    }
}

/// What a scenario is called in what is said of it: its file, else its name.
fn called(loaded: &Loaded) -> String {
    loaded.files.first().map_or_else(|| loaded.scenario.name.clone(), |file| file.display().to_string())
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => problems.fmt(f),
            Self::Refused(refused) => refused.fmt(f),
            Self::Failed(message) => f.write_str(message),
            Self::Stopped(trials) => write!(f, "stopped after {} trials; nothing was written", thousands(*trials)),
        }
    }
}

impl std::error::Error for Error {}

impl From<RunError> for Error {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Interrupted(trials) => Self::Stopped(trials),
            RunError::Threads(_) | RunError::Rows(_) => Self::failed(error),
        }
    }
}

impl From<NotRun> for Error {
    fn from(why: NotRun) -> Self {
        match why {
            NotRun::NoRoom(why) => Field::Trials.refused(why).into(),
            NotRun::Run(error) => error.into(),
        }
    }
}

impl From<Refused> for Error {
    fn from(refused: Refused) -> Self {
        Self::Refused(Box::new(refused))
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}
