//! Whether there is room for what is kept of every future: one limit, whatever is asked.

use std::fmt;

use engine::run::RunError;
use engine::units::thousands;

/// Most figures that are kept at once, each of every future: half a gigabyte and more.
const MOST_KEPT: u64 = 80_000_000;

/// So many figures of every future would be kept at once: more than there is room for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoRoom(pub u64);

impl fmt::Display for NoRoom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} figures of every future would be kept at once; figures times trials are at most {}: take at most {} trials",
            thousands(self.0),
            thousands(MOST_KEPT),
            thousands(MOST_KEPT / self.0.max(1))
        )
    }
}

impl std::error::Error for NoRoom {}

/// Why futures that are to be kept were not run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRun {
    /// There is no room for them.
    NoRoom(NoRoom),
    /// The run was stopped, or threads failed.
    Run(RunError),
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoom(why) => why.fmt(f),
            Self::Run(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotRun {}

impl From<NoRoom> for NotRun {
    fn from(why: NoRoom) -> Self {
        Self::NoRoom(why)
    }
}

impl From<RunError> for NotRun {
    fn from(error: RunError) -> Self {
        Self::Run(error)
    }
}

/// Whether there is room for figures of every trial: of those that a run leaves behind, each takes its place twice while they are put in
/// order; `beside` are at hand besides.
///
/// # Errors
/// Where there is not.
pub fn check_room(trials: u64, run: usize, beside: usize) -> Result<(), NoRoom> {
    let figures = (2 * run + beside) as u64;
    if trials.saturating_mul(figures) <= MOST_KEPT { Ok(()) } else { Err(NoRoom(figures)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_for_so_many_trials_and_for_none_more() {
        // Twice 8 and 24: 40.
        assert_eq!(check_room(2_000_000, 8, 24), Ok(()));
        let told = check_room(2_000_001, 8, 24).expect_err("one too many").to_string();
        assert!(
            told.contains("40 figures of every future") && told.contains("take at most 2,000,000 trials"),
            "{told}"
        );
    }
}
