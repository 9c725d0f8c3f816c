//! How the program ends: one code for each kind of ending.

use std::process::ExitCode;

/// The exit codes of every command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All went well.
    Success = 0,
    /// Something failed that was not the user's doing: a full disk, a folder that cannot be written.
    Failure = 1,
    /// What was asked or given is wrong: a scenario with problems, an unknown option, a folder in the way.
    BadInput = 2,
    /// A replayed run did not give the same bytes.
    Differs = 3,
    /// `check --strict`: all is sound, but something is worth a look.
    WorthALook = 4,
    /// A replayed run was made by other figures than these: that bytes differ is expected.
    OtherFigures = 5,
    /// Stopped from the keyboard; nothing was written.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
