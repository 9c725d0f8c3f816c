//! Manifests as version 0.1.0 wrote them: read to run again what they describe.

use std::collections::BTreeMap;

use app::question::Commissioned;
use app::request::{hash, scenario_hash};
use app::{Draws, Engine, Question, Request, Simulated, Verb};
use engine::outcomes::Outcome;
use engine::uncertainty::Sampler;
use language::Sweep;
use serde::{Deserialize, Serialize};

use super::{Kept, Manifest, Outputs, first_figures};

/// The form of version 0.1.0.
pub(super) const FORMAT: u64 = 2;

/// Such a manifest.
#[derive(Deserialize)]
pub(super) struct Earlier {
    format: u32,
    recipe: Recipe,
    trials_done: u64,
    commit: Option<String>,
    command_line: String,
    threads: usize,
    instruction_set: String,
    wall_seconds: f64,
    files: BTreeMap<String, String>,
    #[serde(default)]
    asked: Option<Asked>,
    scenarios: Vec<Simulated>,
}

#[derive(Deserialize)]
struct Recipe {
    verb: Verb,
    version: String,
    /// Hash of the scenarios, and of what was asked of them.
    scenario_hash: String,
    seed: u64,
    sampler: Sampler,
    trials: u64,
    until: Option<f64>,
    /// Whether outcomes were kept; inputs never were.
    keep_trials: bool,
    charts: bool,
    #[serde(default)]
    report: bool,
    #[serde(default)]
    xlsx: bool,
}

/// What was asked: all that any verb may ask, in this order.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Asked {
    question: Option<String>,
    requested_by: Option<String>,
    date: Option<String>,
    measures: Vec<String>,
    sweeps: Vec<Sweep>,
    fail: Option<String>,
    percentile: Option<u8>,
    slots: Option<u32>,
}

impl Earlier {
    /// The same in the present form.
    pub fn manifest(self) -> Result<Manifest, String> {
        if self.asked.is_none() != (self.recipe.verb == Verb::Run) {
            return Err("its verb and what was asked do not belong together".to_owned());
        }
        if self.hash() != self.recipe.scenario_hash {
            return Err("the scenario is not the one that its hash names".to_owned());
        }
        let Recipe { verb, version, seed, sampler, trials, until, keep_trials, charts, report, xlsx, .. } = self.recipe;
        let request = Request {
            format: app::request::FORMAT,
            question: question(verb, self.asked.unwrap_or_default()).ok_or("version 0.1.0 had no such verb")?,
            draws: Draws { trials, seed, sampler, until },
            scenarios: self.scenarios,
        };
        Ok(Manifest {
            format: self.format,
            request_hash: request.hash(),
            request,
            engine: Engine { version, figures: first_figures(), commit: self.commit },
            outputs: Outputs { trials: if keep_trials { Kept::Outcomes } else { Kept::Nothing }, charts, report, xlsx },
            trials_done: self.trials_done,
            command_line: self.command_line,
            threads: self.threads,
            instruction_set: self.instruction_set,
            wall_seconds: self.wall_seconds,
            files: self.files,
            sha256: String::new(),
        })
    }

    /// Hash of its scenarios and of what was asked of them, as 0.1.0 took it.
    fn hash(&self) -> String {
        let each: Vec<String> = self.scenarios.iter().map(|own| scenario_hash(&own.resolved)).collect();
        let scenarios = match &each[..] {
            [one] => one.clone(),
            several => hash(several.join("\n").as_bytes()),
        };
        match self.asked.as_ref().map(serde_json::to_string) {
            Some(Ok(asked)) => hash(format!("{scenarios}\n{asked}").as_bytes()),
            _ => scenarios,
        }
    }
}

/// What was asked; none of a verb that came later.
fn question(verb: Verb, asked: Asked) -> Option<Question> {
    let outcome = || asked.measures.first().cloned().unwrap_or_else(|| Outcome::Npv.id().to_owned());
    Some(match verb {
        Verb::Run => Question::Run {},
        Verb::Compare => Question::Compare { years: None },
        Verb::Explain => Question::Explain { outcome: outcome(), years: None },
        Verb::Discover => Question::Discover { fail: asked.fail.unwrap_or_else(Question::a_loss) },
        Verb::Shares => Question::Shares {},
        Verb::Optimise => Question::Optimise { outcome: outcome(), percentile: asked.percentile, slots: asked.slots },
        Verb::Assumptions => Question::Assumptions { outcome: outcome() },
        Verb::Report => Question::Report { years: None },
        Verb::Track => return None,
        Verb::WhatIf => {
            let Asked { question, requested_by, date, measures, sweeps, .. } = asked;
            Question::WhatIf(Commissioned { question, requested_by, date, measures, sweeps })
        }
    })
}
