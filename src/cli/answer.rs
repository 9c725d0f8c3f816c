//! Questions about scenarios: what every verb that answers one takes, and one way from there to delivered results.

use std::path::Path;
use std::time::Instant;

use clap::Args;

use super::deliver::{Made, deliver};
use super::manifest::{Manifest, Recipe, Verb};
use super::options::{Changes, Draws, Output};
use super::produce::{Charts, Means, compile, facts, manifest, produce, write_answer};
use super::questions::Asked;
use super::{Failure, assumptions, compare, discover, explain, notes, optimise, shares, what_if};
use engine::model::Model;
use engine::run::{Settings, Stopped};
use engine::uncertainty::lanes::Isa;
use language::Loaded;
use report::page::Page;
use report::tables::Full;
use report::{RunIdentity, ScenarioFacts, left_out, terminal};

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
    /// Has a question about scenarios answered; `name` begins the name of the folder.
    pub fn answer(&self, name: &str, verb: Verb, loaded: &[Loaded], asked: &Asked) -> Result<(), Failure> {
        let recipe = self.draws.recipe_of(verb, loaded, asked, &self.output);
        let recipe = &recipe;
        deliver(
            (name, recipe),
            &self.output,
            self.draws.threads,
            |failure| failure,
            |means, folder| Task { loaded, asked, recipe, means, folder, started: Instant::now() }.perform(),
        )?;
        notes::foot(loaded);
        Ok(())
    }
}

/// A question being answered, for the first time or again.
pub(super) struct Task<'a> {
    /// What it is about; of several, the baseline first.
    pub loaded: &'a [Loaded],
    pub asked: &'a Asked,
    pub recipe: &'a Recipe,
    pub means: &'a Means,
    /// To be filled, but for the manifest.
    pub folder: &'a Path,
    pub started: Instant,
}

impl Task<'_> {
    /// Does what the recipe says and fills the folder.
    pub fn perform(&self) -> Result<Made, Failure> {
        match self.recipe.verb {
            Verb::Run => {
                let (report, manifest) = produce(self.one()?, self.recipe, self.means, self.folder, None)?;
                Made::new(manifest, report.to_json(), terminal::render(&report))
            }
            Verb::Compare => compare::compare(self),
            Verb::WhatIf => what_if::what_if(self),
            Verb::Explain => explain::explain(self),
            Verb::Discover => discover::discover(self),
            Verb::Optimise => optimise::optimise(self),
            Verb::Assumptions => assumptions::assumptions(self),
            Verb::Report => super::report::report(self),
            Verb::Shares => shares::shares(self),
        }
    }

    /// The only scenario.
    pub fn one(&self) -> Result<&Loaded, Failure> {
        match self.loaded {
            [one] => Ok(one),
            _ => Err(Failure::input("what was done is of one scenario; the manifest names several")),
        }
    }

    /// Every scenario compiled as it is.
    pub fn models(&self) -> Result<Vec<Model>, Failure> {
        self.loaded.iter().map(|loaded| compile(&loaded.scenario, loaded)).collect()
    }

    /// The settings of a run of all the recipe's trials.
    pub fn settings(&self) -> Result<Settings, Failure> {
        let Recipe { trials, seed, .. } = *self.recipe;
        let sampler = self.recipe.sampler.parse().map_err(Failure::input)?;
        Ok(Settings { trials, seed, sampler, threads: self.means.threads, isa: Isa::detect(), until: None })
    }

    /// What a report says of a scenario and of the run.
    pub fn told_of(&self, loaded: &Loaded) -> (ScenarioFacts, RunIdentity) {
        let facts = facts(self.recipe, self.means, loaded, self.recipe.trials, Stopped::Done);
        (ScenarioFacts::of(&loaded.scenario, &facts), RunIdentity::of(&facts))
    }

    /// Writes what every answer leaves.
    pub fn write(
        &self,
        json: Result<String, serde_json::Error>,
        page: impl FnOnce() -> Page,
        tables: &[Full],
        charts: &[Charts<'_>],
    ) -> Result<(), Failure> {
        write_answer((self.recipe, self.means), json, page, tables, charts, self.folder)
    }

    /// What was made, with its manifest.
    pub fn made(&self, json: Result<String, serde_json::Error>, screen: String) -> Result<Made, Failure> {
        let options: Vec<ScenarioFacts> = self.loaded.iter().map(|loaded| self.told_of(loaded).0).collect();
        // The screen of a forecast says it already.
        let forecast = self.recipe.verb == Verb::Report && options.len() == 1;
        let screen = if forecast { screen } else { screen + &left_out::paragraph(&options) };
        let manifest = manifest(self.loaded, self.recipe, self.means, self.recipe.trials, self.started);
        Made::new(Manifest { asked: Some(self.asked.clone()), ..manifest }, json, screen)
    }
}
