//! The progress of a long run, and Ctrl-C.

use std::collections::VecDeque;
use std::io::IsTerminal;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Failure;
use super::produce::ended;
use crate::exit_code::Exit;
use crate::report::words::thousands;
use crate::run::{Interrupt, RunError};

/// Runs shorter than this show no bar.
const PATIENCE: Duration = Duration::from_millis(700);
const REFRESH: Duration = Duration::from_millis(120);

/// The bar's line: short enough for a terminal of 80 columns.
const LINE: &str = "{bar:16} {human_pos} of {human_len} trials{msg}";

/// How fast a run goes: over its last seconds, and without what was done before it was first looked at, in another run perhaps.
#[derive(Debug, Default)]
struct Pace(VecDeque<(Duration, u64)>);

impl Pace {
    /// So far back.
    const WINDOW: Duration = Duration::from_secs(5);

    /// Trials a second, when so many are `done` at a time `now`; `None` as long as nothing can be said.
    fn look(&mut self, now: Duration, done: u64) -> Option<f64> {
        self.0.push_back((now, done));
        while self.0.len() > 2 && now.saturating_sub(self.0[1].0) >= Self::WINDOW {
            self.0.pop_front();
        }
        let (since, before) = self.0[0];
        let (time, trials) = ((now - since).as_secs_f64(), done.saturating_sub(before));
        (time > 0.0 && trials > 0).then(|| trials as f64 / time)
    }
}

/// What a pace says of a run with so many trials left.
fn said(pace: f64, left: u64) -> String {
    let seconds = (left as f64 / pace).ceil() as u64;
    let time = if seconds < 100 { format!("{seconds} s") } else { format!("{} min", seconds.div_ceil(60)) };
    format!(", {} a second, {time} left", thousands(pace as u64))
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
                bar.set_style(style);
            }
            let (started, mut pace) = (Instant::now(), Pace::default());
            while wait.recv_timeout(REFRESH) == Err(mpsc::RecvTimeoutError::Timeout) {
                let done = interrupt.done.load(Ordering::Relaxed);
                bar.set_position(done);
                let pace = pace.look(started.elapsed(), done);
                bar.set_message(pace.map_or_else(String::new, |pace| said(pace, trials.saturating_sub(done))));
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

#[cfg(test)]
mod tests {
    use super::{Duration, Pace, said};

    #[test]
    fn a_pace_is_of_the_last_seconds_and_not_of_what_an_earlier_run_did() {
        let mut pace = Pace::default();
        let at = |seconds: u64| Duration::from_secs(seconds);
        // Ten million were done before; then a million a second, for four seconds, and half of that.
        assert_eq!(pace.look(at(0), 10_000_000), None);
        assert_eq!(pace.look(at(1), 11_000_000), Some(1e6));
        assert_eq!(pace.look(at(4), 14_000_000), Some(1e6));
        for second in 5..=9 {
            pace.look(at(second), 14_000_000 + (second - 4) * 500_000);
        }
        // From 4 s on: 2.5 million in 5 s.
        assert_eq!(pace.look(at(9), 16_500_000), Some(5e5));
        assert_eq!(said(5e5, 10_000_000), ", 500,000 a second, 20 s left");
        assert_eq!(said(5e5, 100_000_000), ", 500,000 a second, 4 min left");
    }
}
