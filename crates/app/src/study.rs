//! A question with its scenarios read, and what it takes to answer it.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::alliance::Scenario;
use engine::model::{Basis, Model};
use engine::run::{Interrupt, Settings, Stopped};
use engine::uncertainty::lanes::Isa;
use language::Loaded;
use report::{RunIdentity, ScenarioFacts};

use crate::answer::Answer;
use crate::error::Error;
use crate::question::Question;
use crate::refused::Field;
use crate::request::{Draws, Engine, FORMAT, Request, Simulated, hash_of, scenario_hash};
use crate::{assumptions, board, compare, discover, explain, forecast, optimise, rules, shares, track, what_if};

/// A question about scenarios that were read. There is none that may not be asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Study {
    question: Question,
    draws: Draws,
    scenarios: Vec<Loaded>,
}

/// What it takes to answer, and what changes no figure of the answer but the engine that it names.
#[derive(Debug, Clone)]
pub struct Means {
    /// The engine that the answer names.
    pub engine: Engine,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// How the work is watched and stopped.
    pub interrupt: Arc<Interrupt>,
}

/// Scenarios, draws and means: what every question is answered from.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// What the question is about; of several, the baseline first.
    pub scenarios: &'a [Loaded],
    /// Which futures are simulated.
    pub draws: &'a Draws,
    /// What it takes.
    pub means: &'a Means,
}

impl Study {
    /// A question about scenarios, of several the baseline first.
    ///
    /// # Errors
    /// Why it may not be asked.
    pub fn new(question: Question, draws: Draws, scenarios: Vec<Loaded>) -> Result<Self, Error> {
        rules::check(&question, &draws, scenarios.len())?;
        rules::check_names(&question, scenarios.iter().map(|own| own.scenario.name.as_str()))?;
        Ok(Self { question, draws, scenarios })
    }

    /// What is asked.
    #[must_use]
    pub const fn question(&self) -> &Question {
        &self.question
    }

    /// Which futures are simulated.
    #[must_use]
    pub const fn draws(&self) -> &Draws {
        &self.draws
    }

    /// What it is about; of several, the baseline first; never none.
    #[must_use]
    pub fn scenarios(&self) -> &[Loaded] {
        &self.scenarios
    }

    /// The same over so many trials.
    ///
    /// # Errors
    /// Why it may not be asked of so many.
    pub fn over(&self, trials: u64) -> Result<Self, Error> {
        let draws = Draws { trials, ..self.draws.clone() };
        Self::new(self.question.clone(), draws, self.scenarios.clone())
    }

    /// The same as plain data.
    #[must_use]
    pub fn request(&self) -> Request {
        Request {
            format: FORMAT,
            question: self.question.clone(),
            draws: self.draws.clone(),
            scenarios: self.scenarios.iter().map(Simulated::of).collect(),
        }
    }

    /// The hash of the same ([`Request::hash`]).
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&self.question, &self.draws, self.scenarios.iter().map(|own| &own.resolved))
    }

    /// What it is answered from.
    #[must_use]
    pub fn desk<'a>(&'a self, means: &'a Means) -> Desk<'a> {
        Desk { scenarios: &self.scenarios, draws: &self.draws, means }
    }

    /// Answers it.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn answer(&self, means: &Means) -> Result<Answer, Error> {
        let desk = self.desk(means);
        Ok(match &self.question {
            Question::Run {} => Answer::Forecast(Box::new(forecast::forecast(&desk)?)),
            Question::Compare { years } => Answer::Comparison(Box::new(compare::compared(&desk, *years)?)),
            Question::WhatIf(asked) => Answer::WhatIf(Box::new(what_if::what_if(&desk, asked)?)),
            Question::Explain { outcome, years } => {
                Answer::Explanation(Box::new(explain::explained(&desk, outcome, *years)?))
            }
            Question::Discover { fail } => Answer::Discovery(Box::new(discover::discovered(&desk, fail)?)),
            Question::Shares {} => Answer::Sharing(Box::new(shares::shared(&desk)?)),
            Question::Optimise { outcome, percentile, slots } => {
                Answer::Optimum(Box::new(optimise::optimised(&desk, outcome, *percentile, *slots)?))
            }
            Question::Assumptions { outcome } => Answer::Register(Box::new(assumptions::register(
                desk.one()?,
                &explain::explained(&desk, outcome, None)?,
            ))),
            Question::Track { as_of, discrepancy, most } => {
                let wanted = track::Wanted { as_of: as_of.as_deref(), discrepancy: *discrepancy, most: *most };
                Answer::Tracking(Box::new(track::tracked(&desk, wanted)?))
            }
            Question::Report { years } if self.scenarios.len() > 1 => {
                Answer::Comparison(Box::new(compare::compared(&desk, *years)?))
            }
            Question::Report { .. } => Answer::Board(Box::new(board::board(&desk)?)),
        })
    }
}

impl Desk<'_> {
    /// The only scenario.
    ///
    /// # Errors
    /// Where there are several.
    pub fn one(&self) -> Result<&Loaded, Error> {
        match self.scenarios {
            [one] => Ok(one),
            _ => Err(Field::Scenarios.refused("this is asked of one scenario").into()),
        }
    }

    /// Every scenario compiled as it is.
    ///
    /// # Errors
    /// What of the first is wrong.
    pub fn models(&self) -> Result<Vec<Model>, Error> {
        self.scenarios.iter().map(compiled).collect()
    }

    /// The settings of a run of all the trials.
    #[must_use]
    pub fn settings(&self) -> Settings {
        let Draws { trials, seed, sampler, .. } = *self.draws;
        Settings { trials, seed, sampler, threads: self.means.threads, isa: Isa::detect(), until: None }
    }

    /// What an answer says of a run of so many trials.
    #[must_use]
    pub fn ran(&self, trials: u64, stopped: Stopped) -> RunIdentity {
        let Engine { version, commit, .. } = self.means.engine.clone();
        let Draws { trials: requested_trials, seed, sampler, .. } = *self.draws;
        RunIdentity { version, commit, seed, sampler, trials, requested_trials, stopped }
    }

    /// What an answer says of a scenario and of a run of all the trials.
    #[must_use]
    pub fn told_of(&self, loaded: &Loaded) -> (ScenarioFacts, RunIdentity) {
        (facts(&loaded.scenario, loaded), self.ran(self.draws.trials, Stopped::AllTrials))
    }
}

/// Gives scenarios that share a name names of their own, the second `-2` and so on: two files of one name in two folders are two options.
pub fn name_apart(scenarios: &mut [Loaded]) {
    let mut met: BTreeMap<String, usize> = BTreeMap::new();
    for one in scenarios {
        let times = met.entry(one.scenario.name.clone()).or_default();
        *times += 1;
        if *times > 1 {
            one.rename(&format!("{}-{times}", one.scenario.name));
        }
    }
}

/// What an answer says of a scenario that was simulated as it was loaded, or over other years.
#[must_use]
pub fn facts(simulated: &Scenario, loaded: &Loaded) -> ScenarioFacts {
    let facts = ScenarioFacts::of(simulated, scenario_hash(&loaded.resolved), loaded.odd());
    ScenarioFacts { invented: loaded.invented(), ..facts }
}

/// Compiles a scenario.
///
/// # Errors
/// What is wrong is told of the file that it came from.
pub fn compiled(loaded: &Loaded) -> Result<Model, Error> {
    Model::compile_on(&loaded.scenario, Basis::default()).map_err(|error| Error::uncompiled_of(loaded, &error))
}
