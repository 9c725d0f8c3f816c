//! What is asked, in plain data: what a manifest keeps, and what is asked again years later.

use std::path::PathBuf;

use engine::uncertainty::Sampler;
use foreign::safe_text::shown_in_line;
use language::Loaded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::limits;
use crate::question::{Question, Verb};
use crate::study::Study;

/// Version of the form of requests.
pub const FORMAT: u32 = 1;

/// A question, on which futures, about which scenarios. It is whole in itself: it names no file that must be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// [`FORMAT`].
    pub format: u32,
    /// What is asked.
    pub question: Question,
    /// Which futures are simulated.
    pub draws: Draws,
    /// What they are futures of; of several, the baseline first.
    pub scenarios: Vec<Simulated>,
}

/// Which futures are simulated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// How many at most.
    pub trials: u64,
    /// Seed.
    pub seed: u64,
    /// How they are sampled.
    #[schemars(with = "String", extend("enum" = ["plain", "antithetic", "latin", "sobol"]))]
    pub sampler: Sampler,
    /// Fewer, where every headline figure is known this well: a part of the figure, between 0 and 1.
    pub until: Option<f64>,
}

/// Which engine answers: two engines need not make the same figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Engine {
    /// Its version.
    pub version: String,
    /// Which figures it makes ([`engine::figures::FIGURES`]).
    pub figures: u32,
    /// The git commit that it was built from, where known.
    pub commit: Option<String>,
}

/// A scenario as it is simulated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Simulated {
    /// Its name.
    pub name: String,
    /// Its title.
    pub title: String,
    /// Files that it was read from.
    pub sources: Vec<String>,
    /// The scenario with every default filled in.
    pub resolved: Json,
}

impl Simulated {
    /// Of a scenario that was read.
    #[must_use]
    pub fn of(loaded: &Loaded) -> Self {
        Self {
            name: loaded.scenario.name.clone(),
            title: loaded.scenario.title.clone(),
            sources: loaded.files.iter().map(|file| shown_in_line(&file.display().to_string()).into_owned()).collect(),
            resolved: loaded.resolved.clone(),
        }
    }

    /// The scenario, read back from its resolved form.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Loaded, Error> {
        let read = language::from_resolved(&self.resolved, &self.name)?;
        Ok(read.with_files(self.sources.iter().map(PathBuf::from).collect()))
    }

    /// Whether its name and title are those that it holds itself, and the files that it was read from, of which it holds nothing, are
    /// names of one line.
    ///
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), String> {
        for (key, said) in [("name", &self.name), ("title", &self.title)] {
            if self.resolved.get(key).and_then(|held| held.as_str()) != Some(said) {
                return Err(format!("{key}: {said:?} is not the {key} of the scenario beside it"));
            }
        }
        let is_odd = |file: &&String| file.is_empty() || shown_in_line(file) != file.as_str();
        match self.sources.iter().find(is_odd) {
            Some(odd) => Err(format!("sources: {odd:?} names no file")),
            None => Ok(()),
        }
    }
}

impl Draws {
    /// What is wrong with them for a question about so many scenarios; the first that is found.
    ///
    /// # Errors
    /// What is wrong, by its key.
    pub fn check(&self, verb: Verb, scenarios: usize) -> Result<(), String> {
        let of = |key: &str, why: String| format!("{key}: {why}");
        limits::trials(self.trials).map_err(|why| of("trials", why))?;
        if let Some(until) = self.until {
            limits::precision(until).map_err(|why| of("until", why))?;
            if verb != Verb::Run {
                return Err(format!("{} has no precision to stop at", verb.name()));
            }
        }
        if verb.looks_at_inputs(scenarios) {
            limits::looked_at(verb, self.sampler, self.trials)?;
        }
        Ok(())
    }
}

impl Verb {
    /// Whether it looks at the inputs of every future, of so many scenarios.
    #[must_use]
    pub const fn looks_at_inputs(self, scenarios: usize) -> bool {
        match self {
            Self::Explain | Self::Discover | Self::Shares | Self::Optimise | Self::Assumptions => true,
            Self::Report => scenarios == 1,
            Self::Run | Self::Compare | Self::WhatIf => false,
        }
    }
}

impl Question {
    /// What is wrong with it; the first that is found.
    ///
    /// # Errors
    /// What is wrong, by its key.
    pub fn check(&self) -> Result<(), String> {
        match self {
            Self::WhatIf(asked) => {
                limits::sweeps(asked.sweeps.len())?;
                limits::measures(asked.measures.len())?;
                asked.check_names()?;
                let mut axes = asked.sweeps.iter().flat_map(|sweep| std::iter::once(&sweep.along).chain(&sweep.across));
                axes.try_for_each(language::Axis::check)
            }
            Self::Optimise { percentile, slots, .. } => {
                if percentile.is_some_and(|percentile| !(1..=99).contains(&percentile)) {
                    return Err("percentile: a whole number from 1 to 99 is wanted".to_owned());
                }
                if slots.is_some_and(|slots| !(1..=limits::SLOTS).contains(&slots)) {
                    return Err(format!("slots: a whole number from 1 to {} is wanted", limits::SLOTS));
                }
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

impl Request {
    /// Whether it may be asked: within every limit that the command line has. The scenarios are not read.
    ///
    /// # Errors
    /// What is wrong; the first that is found.
    pub fn check(&self) -> Result<(), String> {
        if self.format != FORMAT {
            return Err(format!(
                "format: this is request format {}, and this engine reads format {FORMAT}",
                self.format
            ));
        }
        let (verb, scenarios) = (self.question.verb(), self.scenarios.len());
        limits::scenarios(verb, scenarios)?;
        if verb == Verb::Compare && scenarios == 1 {
            return Err("compare takes two scenarios or more".to_owned());
        }
        self.draws.check(verb, scenarios)?;
        self.question.check()?;
        self.scenarios.iter().try_for_each(Simulated::check)
    }

    /// Reads its scenarios.
    ///
    /// # Errors
    /// Every problem of the first that is unsound.
    pub fn read(&self) -> Result<Study, Error> {
        let scenarios = self.scenarios.iter().map(Simulated::read).collect::<Result<_, _>>()?;
        Ok(Study { scenarios, question: self.question.clone(), draws: self.draws.clone() })
    }

    /// SHA-256 of all that decides its answer: question, draws, and scenarios as they are simulated.
    #[must_use]
    pub fn hash(&self) -> String {
        // Plain texts and numbers always have a JSON form.
        let plain = |value: serde_json::Result<String>| value.unwrap_or_default();
        let asked = [plain(serde_json::to_string(&self.question)), plain(serde_json::to_string(&self.draws))];
        let scenarios = self.scenarios.iter().map(|own| scenario_hash(&own.resolved));
        hash(asked.into_iter().chain(scenarios).collect::<Vec<_>>().join("\n").as_bytes())
    }
}

/// The JSON Schema of requests. What a scenario may hold has a schema of its own ([`language::schema`]).
#[must_use]
pub fn schema() -> Json {
    schemars::schema_for!(Request).to_value()
}

/// SHA-256 of a resolved scenario.
#[must_use]
pub fn scenario_hash(resolved: &Json) -> String {
    hash(resolved.to_string().as_bytes())
}

/// SHA-256 of some bytes, in hexadecimal.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Bytes in hexadecimal.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
