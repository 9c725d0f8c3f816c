//! Long runs survive: what was counted is kept in a file every so often, and the same command goes on from there.

use std::path::Path;
use std::time::{Duration, Instant};

use super::manifest::Kept as Trials;
use super::part::{Header, Part};
use super::place::Slot;
use super::progress::interruptible;
use super::{Failure, tell};
use crate::exit_code::Exit;
use app::Study;
use engine::model::Model;
use engine::outcomes::Accumulator;
use engine::run::{Interrupt, RunError, Runner, Settings, Stopped};
use engine::statistics::Forecast;
use report::words::thousands;

/// A file in which a run keeps what it has counted.
pub(super) struct Checkpoint {
    slot: Slot,
    every: Duration,
    header: Header,
    /// What an earlier run of the same command left there.
    earlier: Option<Part>,
}

impl Checkpoint {
    /// A checkpoint at `path`; where there is one already, it must be of the same run.
    pub fn open(path: &Path, every: Duration, study: &Study) -> Result<Self, Failure> {
        let header = Header::new(study, Trials::Nothing, None);
        // Claimed before it is read: what comes there later is seen.
        let slot = Slot::claim(path)?;
        let earlier = path.is_file().then(|| Part::read(path, &interruptible())).transpose()?;
        if let Some(part) = &earlier {
            let differences = part.header.differences(&header);
            if !differences.is_empty() {
                let (here, why) = (path.display(), differences.join("; "));
                let message = format!("{here} is of another run: {why}. Name another file, or delete it.");
                return Err(Failure::input(message));
            }
        }
        Ok(Self { slot, every, header, earlier })
    }

    /// Runs a model from where the checkpoint stands to its end.
    pub fn run(
        &self,
        model: &Model,
        settings: &Settings,
        interrupt: &Interrupt,
    ) -> Result<(Forecast, Stopped), Failure> {
        let runner = Runner::new(model, settings, interrupt).map_err(app::Error::from)?;
        let (start, before) = match &self.earlier {
            Some(part) => (part.header.blocks.1, part.counted(runner.plan())?),
            None => (0, runner.nothing()),
        };
        let done = runner.trials_before(start);
        interrupt.begin("Running the futures", settings.trials);
        interrupt.simulated(done);
        if start > 0 {
            tell(&format!("Going on after {} trials.", thousands(done)));
        }
        let now = Instant::now();
        let mut kept = Kept { checkpoint: self, last: None, stored: start, began: now, written: now };
        let mut keep = |next, counted| kept.take(next, counted);
        let result = runner.count(start..runner.blocks(), before, None, Some(&mut keep));
        kept.store();
        match result {
            Ok((counted, stopped)) => Ok((runner.forecast(&counted), stopped)),
            Err(RunError::Interrupted(_)) if kept.stored > 0 => {
                let (trials, file) = (thousands(runner.trials_before(kept.stored)), self.slot.path.display());
                let message = format!("stopped; {file} keeps {trials} trials; the same command goes on from there");
                Err(Failure::new(Exit::Interrupted, message))
            }
            Err(error) => Err(app::Error::from(error).into()),
        }
    }

    /// Seconds that the runs took from which this one goes on.
    pub fn earlier_seconds(&self) -> f64 {
        self.earlier.as_ref().map_or(0.0, |part| part.header.wall_seconds)
    }

    /// What to say of a run that was stopped after all was counted.
    pub fn goes_on_after(&self, failure: &Failure) -> Failure {
        let message = format!("{}; {} keeps what was counted", failure.message, self.slot.path.display());
        Failure::new(failure.exit, message)
    }

    /// Takes the file away, once the results are in place.
    pub fn finish(&self) {
        self.slot.take_away();
    }
}

/// What stands when the keyboard, or the end, stops a run between two writes.
struct Kept<'a> {
    checkpoint: &'a Checkpoint,
    last: Option<(u64, Accumulator)>,
    /// First block that the file does not hold.
    stored: u64,
    began: Instant,
    written: Instant,
}

impl Kept<'_> {
    fn take(&mut self, next: u64, counted: Accumulator) {
        self.last = Some((next, counted));
        if self.written.elapsed() >= self.checkpoint.every {
            self.store();
            self.written = Instant::now();
        }
    }

    /// Writes what is not written yet. A file that cannot be written ends no run: its user is told, and it goes on.
    fn store(&mut self) {
        let Some((next, counted)) = self.last.take() else { return };
        let seconds = self.checkpoint.earlier_seconds() + self.began.elapsed().as_secs_f64();
        match self.checkpoint.slot.write(&self.checkpoint.header, (0, next), seconds, &counted) {
            Ok(()) => self.stored = next,
            Err(failure) => tell(&format!("{}; the run goes on without.", failure.message)),
        }
    }
}
