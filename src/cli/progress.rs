//! How far a verb is, stage by stage, and Ctrl-C.

use std::collections::VecDeque;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{Failure, tell};
use crate::exit_code::Exit;
use engine::run::{Interrupt, Stage};
use report::words::thousands;

/// Work shorter than this shows no bar.
const PATIENCE: Duration = Duration::from_millis(700);
const REFRESH: Duration = Duration::from_millis(120);

/// The bar's line; what is said with it is short enough for a terminal of 80 columns.
const LINE: &str = "{prefix} {bar:10} {msg}";
const WIDTH: usize = 79;
const BAR: usize = 12;

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

/// What is said of a stage beside its name and its bar: how far it is, and, where the line has room, how fast and how long still.
fn said(stage: &Stage, pace: Option<f64>) -> String {
    let done = stage.done.min(stage.total);
    let far = format!("{} of {} {}", thousands(done), thousands(stage.total), stage.of);
    let Some(pace) = pace else { return far };
    let seconds = ((stage.total - done) as f64 / pace).ceil() as u64;
    let left = if seconds < 100 { format!("{seconds} s left") } else { format!("{} min left", seconds.div_ceil(60)) };
    let whole = format!("{far}, {} a second, {left}", thousands(pace as u64));
    let fits = stage.name.chars().count() + BAR + whole.chars().count() <= WIDTH;
    if fits && pace >= 1.0 { whole } else { format!("{far}, {left}") }
}

/// What a bar shows: the stage that the work is in, with a pace of its own.
#[derive(Debug, Default)]
struct Board {
    /// How many stages were begun, and when the present one was first seen.
    begun: usize,
    since: Duration,
    pace: Pace,
}

/// What a bar is to show.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    name: String,
    done: u64,
    total: u64,
    said: String,
}

impl Board {
    /// Looks at the stages at a time; `None` where there is nothing to show yet.
    fn look(&mut self, now: Duration, stages: &[Stage]) -> Option<Shown> {
        let stage = stages.last()?;
        if stages.len() != self.begun {
            *self = Self { begun: stages.len(), since: now, pace: Pace::default() };
        }
        let pace = self.pace.look(now - self.since, stage.done);
        let Stage { name, total, done, .. } = stage;
        Some(Shown { name: name.clone(), done: *done.min(total), total: *total, said: said(stage, pace) })
    }
}

/// A bar on the terminal that follows the stages of some work from a thread of its own.
pub(super) struct Progress {
    finished: mpsc::Sender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Follows work; silent where standard error is not a terminal.
    pub fn follow(interrupt: &Arc<Interrupt>) -> Self {
        let (finished, wait) = mpsc::channel();
        if !std::io::stderr().is_terminal() {
            return Self { finished, thread: None };
        }
        let interrupt = Arc::clone(interrupt);
        let thread = thread::spawn(move || {
            // Whether the sender spoke or went away, the work is over.
            if wait.recv_timeout(PATIENCE) != Err(mpsc::RecvTimeoutError::Timeout) {
                return;
            }
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
            if let Ok(style) = ProgressStyle::with_template(LINE) {
                bar.set_style(style);
            }
            let (started, mut board) = (Instant::now(), Board::default());
            while wait.recv_timeout(REFRESH) == Err(mpsc::RecvTimeoutError::Timeout) {
                let stages = interrupt.stages().clone();
                let Some(shown) = board.look(started.elapsed(), &stages) else { continue };
                bar.set_length(shown.total);
                bar.set_position(shown.done);
                bar.set_prefix(shown.name);
                bar.set_message(shown.said);
            }
            bar.finish_and_clear();
        });
        Self { finished, thread: Some(thread) }
    }
}

impl Drop for Progress {
    /// Takes the bar away.
    fn drop(&mut self) {
        // A thread that has ended already needs no message.
        let _ = self.finished.send(());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What Ctrl-C finds: the work to be stopped, and what is to go where nobody waits for that.
#[derive(Debug, Default)]
pub(super) struct Held {
    interrupt: Option<Arc<Interrupt>>,
    half_filled: Vec<PathBuf>,
}

static HELD: Mutex<Held> = Mutex::new(Held { interrupt: None, half_filled: Vec::new() });

fn held() -> MutexGuard<'static, Held> {
    HELD.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Catches Ctrl-C from now on. As long as nothing is being written that ends the program at once; after [`interruptible`] it stops
/// the work, and a second Ctrl-C removes what is half filled and ends the program at once.
pub(super) fn catch() -> Result<(), Failure> {
    let end = || {
        let held = held();
        match &held.interrupt {
            Some(interrupt) if !interrupt.stop.swap(true, Ordering::Relaxed) => {}
            found => {
                if found.is_none() {
                    tell("stopped; nothing was written");
                }
                for path in &held.half_filled {
                    // The program ends whether or not this succeeds.
                    let _ = std::fs::remove_dir_all(path);
                }
                std::process::exit(Exit::Interrupted as i32);
            }
        }
    };
    ctrlc::set_handler(end).map_err(|error| Failure::io("Ctrl-C cannot be caught", error))
}

/// The work that Ctrl-C stops from now on, where it is looked at often enough.
pub(super) fn interruptible() -> Arc<Interrupt> {
    Arc::clone(held().interrupt.get_or_insert_default())
}

/// A folder that goes where a second Ctrl-C ends the program.
pub(super) fn half_filled(path: &Path) {
    held().half_filled.push(path.to_owned());
}

/// Whether this process is filling a folder.
pub(super) fn is_half_filled(path: &Path) -> bool {
    held().half_filled.iter().any(|half| half == path)
}

/// The same folder is gone, or is to stay.
pub(super) fn no_longer_half_filled(path: &Path) {
    held().forget(path);
}

/// As long as this is held, Ctrl-C waits.
pub(super) fn undisturbed() -> MutexGuard<'static, Held> {
    held()
}

impl Held {
    /// A folder stays whatever happens.
    pub fn forget(&mut self, path: &Path) {
        self.half_filled.retain(|half| half != path);
    }
}

/// Whether Ctrl-C came while tables and charts were made: results that nobody waits for are not put in place.
pub(super) fn check_not_stopped(interrupt: &Interrupt) -> Result<(), Failure> {
    Ok(interrupt.check().map_err(app::Error::from)?)
}

#[cfg(test)]
mod tests {
    use super::{BAR, Board, Duration, Interrupt, Pace, WIDTH, said};

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
    }

    #[test]
    fn a_line_tells_stage_and_time_and_its_pace_where_there_is_room() {
        let interrupt = Interrupt::default();
        interrupt.begin("Running the futures", 12_000_000);
        interrupt.simulated(2_000_000);
        let stage = interrupt.stages()[0].clone();
        assert_eq!(said(&stage, None), "2,000,000 of 12,000,000 trials");
        // Ten million at half a million a second.
        assert_eq!(said(&stage, Some(5e5)), "2,000,000 of 12,000,000 trials, 20 s left");
        assert_eq!(said(&stage, Some(5e4)), "2,000,000 of 12,000,000 trials, 4 min left");
        interrupt.begin_of("Drawing charts", 24, "charts");
        interrupt.stepped(4);
        let stage = interrupt.stages()[1].clone();
        assert_eq!(said(&stage, Some(5.0)), "4 of 24 charts, 5 a second, 4 s left");
        for stage in interrupt.stages().iter() {
            assert!(stage.name.len() + BAR + said(stage, Some(5e5)).len() <= WIDTH);
        }
    }

    #[test]
    fn a_bar_names_its_stage_and_never_runs_backwards_within_it() {
        let interrupt = Interrupt::default();
        let mut board = Board::default();
        let mut shown = Vec::new();
        let mut look = |second| {
            let stages = interrupt.stages().clone();
            if let Some(now) = board.look(Duration::from_secs(second), &stages) {
                shown.push((now.name, now.done, now.total));
            }
        };
        look(0);
        interrupt.begin("one", 1_000);
        look(1);
        for second in 2..6 {
            interrupt.simulated(300);
            look(second);
        }
        interrupt.begin_of("two", 2, "inputs");
        look(6);
        // Trials are no steps of it.
        interrupt.simulated(300);
        look(7);
        interrupt.stepped(1);
        look(8);
        let one = [0, 300, 600, 900, 1_000].map(|done| ("one".to_owned(), done, 1_000));
        let two = [0, 0, 1].map(|done| ("two".to_owned(), done, 2));
        assert_eq!(shown, one.into_iter().chain(two).collect::<Vec<_>>());
    }

    #[test]
    fn the_pace_of_a_stage_is_its_own() {
        let interrupt = Interrupt::default();
        let mut board = Board::default();
        let mut look =
            |second| board.look(Duration::from_secs(second), &interrupt.stages().clone()).map(|now| now.said);
        interrupt.begin("one", 1_000_000);
        look(0);
        interrupt.simulated(500_000);
        assert_eq!(look(1).as_deref(), Some("500,000 of 1,000,000 trials, 500,000 a second, 1 s left"));
        interrupt.begin("two", 100);
        assert_eq!(look(2).as_deref(), Some("0 of 100 trials"));
        interrupt.simulated(10);
        assert_eq!(look(3).as_deref(), Some("10 of 100 trials, 10 a second, 9 s left"));
    }
}
