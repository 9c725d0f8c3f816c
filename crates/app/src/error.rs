//! Why there is no answer.

use std::fmt;
use std::path::Path;

use analysis::NotRun;
use engine::model::CompileError;
use engine::run::RunError;
use language::{Loaded, Problems};
use report::words::thousands;

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
    /// What is wrong with what was asked, in words.
    Input(String),
    /// It was stopped from outside after so many trials.
    Stopped(u64),
    /// What failed.
    Failed(String),
}

impl Error {
    /// What is wrong with what was asked.
    pub fn input(message: impl Into<String>) -> Self {
        Self::Input(message.into())
    }

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
                let file = loaded.files.first().map_or(Path::new(&loaded.scenario.name), |file| file.as_path());
                Self::Input(format!("{}: {error}", file.display()))
            }
        }
    }

    /// What kind it is of.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Problems(_) | Self::Input(_) => Kind::Input,
            Self::Stopped(_) => Kind::Stopped,
            Self::Failed(_) => Kind::Failed,
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problems(problems) => problems.fmt(f),
            Self::Input(message) | Self::Failed(message) => f.write_str(message),
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
            NotRun::NoRoom(why) => Self::input(why.to_string()),
            NotRun::Run(error) => error.into(),
        }
    }
}

impl From<Problems> for Error {
    fn from(problems: Problems) -> Self {
        Self::Problems(problems)
    }
}
