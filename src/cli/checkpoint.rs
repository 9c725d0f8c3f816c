//! Long runs survive: what was counted is kept in a file every so often, and the same command goes on from there.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use super::Failure;
use super::manifest::Recipe;
use super::part::{Header, Part};
use super::produce::{ended, sources};
use crate::exit_code::Exit;
use crate::model::Model;
use crate::outcomes::Accumulator;
use crate::run::{Interrupt, RunError, Runner, Settings, Stopped};
use crate::scenario::Loaded;
use crate::statistics::Forecast;

/// A file in which a run keeps what it has counted.
pub(super) struct Checkpoint {
    path: PathBuf,
    every: Duration,
    header: Header,
    /// What an earlier run of the same command left there.
    earlier: Option<Part>,
}

impl Checkpoint {
    /// A checkpoint at `path`; where there is one already, it must be of the same run.
    pub fn open(path: &Path, every: Duration, loaded: &Loaded, recipe: &Recipe) -> Result<Self, Failure> {
        let names = (loaded.scenario.name.as_str(), loaded.scenario.title.as_str());
        let header = Header::new(names, recipe, sources(loaded), &loaded.resolved);
        let earlier = path.exists().then(|| Part::read(path)).transpose()?;
        if let Some(part) = &earlier {
            let differences = part.differences(recipe);
            if !differences.is_empty() || part.header.part.is_some() {
                let what = if differences.is_empty() { "it is a part".to_owned() } else { differences.join("; ") };
                let message = format!("{} is of another run: {what}. Name another file, or delete it.", path.display());
                return Err(Failure::input(message));
            }
        }
        Ok(Self { path: path.to_owned(), every, header, earlier })
    }

    /// Trials that need not be done again.
    pub fn trials_done(&self) -> Option<u64> {
        let block = self.earlier.as_ref()?.header.blocks.1;
        Some((block * crate::uncertainty::lanes::BLOCK as u64).min(self.header.recipe.trials))
    }

    /// Runs a model from where the checkpoint stands to its end.
    pub fn run(
        &self,
        model: &Model,
        settings: &Settings,
        interrupt: &Interrupt,
    ) -> Result<(Forecast, Stopped), Failure> {
        let runner = Runner::new(model, settings, interrupt).map_err(|error| ended(&error))?;
        let (next, before) = match &self.earlier {
            Some(part) => (part.header.blocks.1, part.counted(runner.plan())?),
            None => (0, runner.nothing()),
        };
        interrupt.done.store(runner.trials_before(next), Ordering::Relaxed);
        // What stands when the keyboard stops a run in the middle of a chunk.
        let mut last: Option<(u64, Accumulator)> = None;
        let mut written = Instant::now();
        let mut keep = |next: u64, counted: &dyn Fn() -> Accumulator| {
            let counted = counted();
            if written.elapsed() >= self.every {
                self.write(next, &counted).map_err(|failure| failure.message)?;
                written = Instant::now();
            }
            last = Some((next, counted));
            Ok(())
        };
        let result = runner.count(next..runner.blocks(), before, None, Some(&mut keep));
        match result {
            Ok((counted, stopped)) => Ok((runner.forecast(&counted), stopped)),
            Err(RunError::Interrupted(trials)) => {
                if let Some((next, counted)) = &last {
                    self.write(*next, counted)?;
                }
                let message = format!(
                    "stopped after {trials} trials, which {} keeps; the same command goes on from there",
                    self.path.display()
                );
                Err(Failure::new(Exit::Interrupted, message))
            }
            Err(error) => Err(ended(&error)),
        }
    }

    fn write(&self, next: u64, counted: &Accumulator) -> Result<(), Failure> {
        let mut header = self.header.clone();
        header.blocks = (0, next);
        header.write(&self.path, counted)
    }

    /// Takes the file away, once the results are in place.
    pub fn finish(&self) {
        // One that cannot be removed does no harm: the same run would only go on from it.
        let _ = std::fs::remove_file(&self.path);
    }
}
