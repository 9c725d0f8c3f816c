//! The progress of a long run, and Ctrl-C.

use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::Failure;
use super::produce::ended;
use crate::exit_code::Exit;
use crate::run::{Interrupt, RunError};

/// Runs shorter than this show no bar.
const PATIENCE: Duration = Duration::from_millis(700);
const REFRESH: Duration = Duration::from_millis(120);

/// The bar's line: short enough for a terminal of 80 columns.
const LINE: &str = "{bar:16} {human_pos} of {human_len} trials, {rate} a second, {eta} left";

/// Trials a second, without decimals.
fn rate(state: &ProgressState, out: &mut dyn std::fmt::Write) {
    // Where it cannot be written, the bar says less.
    let _ = write!(out, "{}", HumanCount(state.per_sec() as u64));
}

/// A bar on the terminal that follows a run from a thread of its own.
pub(super) struct Progress {
    finished: mpsc::Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Follows a run of `trials` trials, which has yet to begin; silent where standard error is not a terminal.
    pub fn follow(interrupt: &Arc<Interrupt>, trials: u64) -> Self {
        // What an earlier stage has done is no part of this one.
        interrupt.done.store(0, Ordering::Relaxed);
        let (finished, wait) = mpsc::channel();
        if !std::io::stderr().is_terminal() {
            return Self { finished, thread: None };
        }
        let interrupt = Arc::clone(interrupt);
        let thread = thread::spawn(move || {
            // Whether the sender spoke or went away, the run is over.
            if wait.recv_timeout(PATIENCE) != Err(mpsc::RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(Some(trials), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(LINE) {
                bar.set_style(style.with_key("rate", rate));
            }
            while wait.recv_timeout(REFRESH) == Err(mpsc::RecvTimeoutError::Timeout) {
                bar.set_position(interrupt.done.load(Ordering::Relaxed));
            }
            bar.finish_and_clear();
        });
        Self { finished, thread: Some(thread) }
    }

    /// Takes the bar away.
    pub fn finish(mut self) {
        // A thread that has ended already needs no message.
        let _ = self.finished.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A run's interrupt that Ctrl-C sets; a second Ctrl-C removes the half-filled folder and ends the program at once.
pub(super) fn interruptible(half_filled: Option<&Path>) -> Result<Arc<Interrupt>, Failure> {
    let interrupt = Arc::new(Interrupt::default());
    let held = Arc::clone(&interrupt);
    let half_filled = half_filled.map(Path::to_owned);
    ctrlc::set_handler(move || {
        if held.stop.swap(true, Ordering::Relaxed) {
            if let Some(folder) = &half_filled {
                // The program ends whether or not this succeeds.
                let _ = std::fs::remove_dir_all(folder);
            }
            std::process::exit(Exit::Interrupted as i32);
        }
    })
    .map_err(|error| Failure::io("Ctrl-C cannot be caught", error))?;
    Ok(interrupt)
}

/// Whether Ctrl-C came while tables and charts were made: results that nobody waits for are not put in place.
pub(super) fn check_not_stopped(interrupt: &Interrupt) -> Result<(), Failure> {
    if interrupt.stop.load(Ordering::Relaxed) {
        return Err(ended(&RunError::Interrupted(interrupt.done.load(Ordering::Relaxed))));
    }
    Ok(())
}
