//! Questions about scenarios: what every verb that answers one takes, and one way from there to delivered results.

use std::path::{Path, PathBuf};
use std::time::Instant;

use app::{Answer, Question, Study, rules};
use clap::Args;

use super::checkpoint::Checkpoint;
use super::deliver::{Made, deliver};
use super::manifest::Outputs;
use super::options::{Changes, Draws, Output};
use super::produce::{Means, forecast, manifest, write_answer};
use super::{Failure, notes, screen_width};
use language::Loaded;

/// How a question is answered: on which futures, with which changes, and where the answer goes.
#[derive(Debug, Clone, Args)]
pub(super) struct Ways {
    #[command(flatten)]
    pub draws: Draws,
    #[command(flatten)]
    pub changes: Changes,
    #[command(flatten)]
    pub output: Output,
}

impl Ways {
    /// Has a question about the scenarios of some files answered, with the same changes in each.
    pub fn ask<'a>(&self, question: Question, files: impl IntoIterator<Item = &'a PathBuf>) -> Result<(), Failure> {
        let files: Vec<&PathBuf> = files.into_iter().collect();
        self.check(&question, files.len())?;
        let loaded = self.changes.load_all(&files)?;
        let name = format!("{}-{}", question.verb().name(), loaded.first().map_or("", |own| &own.scenario.name));
        self.answer(&name, question, loaded)
    }

    /// Whether a question may be asked of so many scenarios, before any is read.
    pub fn check(&self, question: &Question, scenarios: usize) -> Result<(), Failure> {
        Ok(rules::check(question, &self.draws.wire(None), scenarios).map_err(app::Error::from)?)
    }

    /// Has a question about scenarios answered; `name` begins the name of the folder.
    pub fn answer(&self, name: &str, question: Question, scenarios: Vec<Loaded>) -> Result<(), Failure> {
        let study = Study::new(question, self.draws.wire(None), scenarios)?;
        let outputs = self.output.outputs();
        deliver(
            (name, &study, &outputs),
            &self.output,
            self.draws.threads,
            |failure| failure,
            |means, folder| Job { study: &study, outputs: &outputs, means, folder, started: Instant::now() }.perform(),
        )?;
        if !self.output.quiet {
            notes::foot(study.scenarios());
        }
        Ok(())
    }
}

/// A question being answered into a folder, for the first time or again.
pub(super) struct Job<'a> {
    pub study: &'a Study,
    pub outputs: &'a Outputs,
    pub means: &'a Means,
    /// To be filled, but for the manifest.
    pub folder: &'a Path,
    pub started: Instant,
}

impl Job<'_> {
    /// Answers and fills the folder.
    pub fn perform(&self) -> Result<Made, Failure> {
        match self.study.question() {
            Question::Run {} => self.leave(&forecast(self, None)?),
            _ => self.leave(&self.study.answer(&self.means.app)?),
        }
    }

    /// The same of a run that goes on from what it kept.
    pub fn resume(&self, checkpoint: Option<&Checkpoint>) -> Result<Made, Failure> {
        self.leave(&forecast(self, checkpoint)?)
    }

    /// Writes what an answer leaves.
    pub fn leave(&self, answer: &Answer) -> Result<Made, Failure> {
        let document = answer.document(self.study);
        let json = document.json()?;
        write_answer(self, &document, &json)?;
        let trials = answer.trials().unwrap_or(self.study.draws().trials);
        let manifest = manifest(self.study, self.outputs, self.means, trials, self.started);
        Ok(Made { manifest, json, screen: document.screen(screen_width()) })
    }
}
