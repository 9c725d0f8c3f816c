//! How work is watched and stopped from outside: which stage it is in, and how far that is.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::blocks::RunError;

/// The word for steps that are simulated trials.
const TRIALS: &str = "trials";

/// A stage of some work: so many steps, of which so many are done. Its steps never become fewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// What is done, in a few words for people.
    pub name: String,
    /// What its steps are, such as `trials`.
    pub of: &'static str,
    /// How many there are.
    pub total: u64,
    /// How many are done.
    pub done: u64,
}

/// How work is watched and stopped from outside.
#[derive(Debug, Default)]
pub struct Interrupt {
    /// Set to stop the work.
    pub stop: AtomicBool,
    /// Trials simulated so far, in all stages.
    done: AtomicU64,
    /// The stages so far, the present one last.
    stages: Mutex<Vec<Stage>>,
}

impl Interrupt {
    /// Begins a stage of so many simulated trials.
    pub fn begin(&self, name: impl Into<String>, trials: u64) {
        self.begin_of(name, trials, TRIALS);
    }

    /// Begins a stage of so many other steps.
    pub fn begin_of(&self, name: impl Into<String>, total: u64, of: &'static str) {
        self.stages().push(Stage { name: name.into(), of, total, done: 0 });
    }

    /// Says that so many trials more were simulated.
    pub fn simulated(&self, trials: u64) {
        self.done.fetch_add(trials, Ordering::Relaxed);
        if let Some(stage) = self.stages().last_mut().filter(|stage| stage.of == TRIALS) {
            stage.done += trials;
        }
    }

    /// Says that so many steps more of the present stage are done, where they are not trials.
    pub fn stepped(&self, steps: u64) {
        if let Some(stage) = self.stages().last_mut().filter(|stage| stage.of != TRIALS) {
            stage.done += steps;
        }
    }

    /// The stages so far, the present one last.
    pub fn stages(&self) -> MutexGuard<'_, Vec<Stage>> {
        self.stages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Trials simulated so far, in all stages.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.done.load(Ordering::Relaxed)
    }

    /// Whether the work is to stop.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Goes on only where the work is not to stop.
    ///
    /// # Errors
    /// [`RunError::Interrupted`] where it is.
    pub fn check(&self) -> Result<(), RunError> {
        if self.is_stopped() { Err(RunError::Interrupted(self.trials())) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stage_counts_its_own_steps_and_trials_are_counted_in_all() {
        let interrupt = Interrupt::default();
        interrupt.simulated(5);
        interrupt.begin("running", 100);
        interrupt.simulated(60);
        interrupt.begin_of("looking", 4, "inputs");
        interrupt.simulated(10);
        interrupt.stepped(1);
        let stages = interrupt.stages().clone();
        let told: Vec<(&str, u64, u64)> = stages.iter().map(|s| (s.name.as_str(), s.done, s.total)).collect();
        assert_eq!(told, [("running", 60, 100), ("looking", 1, 4)]);
        assert_eq!(interrupt.trials(), 75);
        assert_eq!(interrupt.check(), Ok(()));
        interrupt.stop.store(true, Ordering::Relaxed);
        assert_eq!(interrupt.check(), Err(RunError::Interrupted(75)));
    }
}
