//! What is asked, in plain data: what a manifest keeps, and what is asked again years later.

use std::path::PathBuf;

use analysis::Comparison;
use engine::figures::FIGURES;
use engine::run::MOST_TRIALS;
use engine::uncertainty::Sampler;
use foreign::safe_text::shown_in_line;
use language::Loaded;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::error::Error;
use crate::question::Question;
use crate::refused::{Field, Refused};
use crate::rules;
use crate::study::Study;

/// Version of the form of requests.
pub const FORMAT: u32 = 1;

/// A question, on which futures, about which scenarios. It is whole in itself: it names no file that must be there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Version of the form of requests.
    #[schemars(extend("const" = FORMAT))]
    pub format: u32,
    /// What is asked.
    pub question: Question,
    /// Which futures are simulated.
    pub draws: Draws,
    /// What they are futures of; of several, the baseline first.
    #[schemars(length(min = 1, max = Comparison::MOST))]
    pub scenarios: Vec<Simulated>,
}

/// Which futures are simulated.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draws {
    /// How many at most.
    #[schemars(range(min = 1, max = MOST_TRIALS))]
    pub trials: u64,
    /// Seed.
    pub seed: u64,
    /// How they are sampled.
    #[schemars(with = "String", extend("enum" = ["plain", "antithetic", "latin", "sobol"]))]
    pub sampler: Sampler,
    /// Fewer, where every headline figure is known this well: a part of the figure, between 0 and 1.
    #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1))]
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

impl Engine {
    /// This engine, built from a commit where that is known.
    #[must_use]
    pub fn this(commit: Option<&str>) -> Self {
        Self { version: env!("CARGO_PKG_VERSION").to_owned(), figures: FIGURES, commit: commit.map(str::to_owned) }
    }
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
    pub fn check(&self) -> Result<(), Refused> {
        let wrong = |what: String| Err(Field::Scenarios.refused(what).of(shown_in_line(&self.name)));
        for (key, said) in [("name", &self.name), ("title", &self.title)] {
            if self.resolved.get(key).and_then(|held| held.as_str()) != Some(said) {
                return wrong(format!("{key}: {said:?} is not the {key} of the scenario beside it"));
            }
        }
        let is_odd = |file: &&String| file.is_empty() || shown_in_line(file) != file.as_str();
        match self.sources.iter().find(is_odd) {
            Some(odd) => wrong(format!("sources: {odd:?} names no file")),
            None => Ok(()),
        }
    }
}

impl Request {
    /// Whether it may be asked. What its scenarios hold is not looked at.
    ///
    /// # Errors
    /// What is wrong; the first that is found.
    pub fn check(&self) -> Result<(), Refused> {
        if self.format != FORMAT {
            let what = format!("this is request format {}, and this engine reads format {FORMAT}", self.format);
            return Err(Field::Format.refused(what));
        }
        rules::check(&self.question, &self.draws, self.scenarios.len())?;
        self.scenarios.iter().try_for_each(Simulated::check)
    }

    /// Reads its scenarios.
    ///
    /// # Errors
    /// What is wrong with the request, or every problem of the first scenario that is unsound.
    pub fn read(&self) -> Result<Study, Error> {
        self.check()?;
        let scenarios = self.scenarios.iter().map(Simulated::read).collect::<Result<_, _>>()?;
        Study::new(self.question.clone(), self.draws.clone(), scenarios)
    }

    /// SHA-256 of all that decides its answer: question, draws, and scenarios as they are simulated.
    #[must_use]
    pub fn hash(&self) -> String {
        hash_of(&self.question, &self.draws, self.scenarios.iter().map(|own| &own.resolved))
    }
}

/// The hash of a request, by its parts.
pub(crate) fn hash_of<'a>(question: &Question, draws: &Draws, resolved: impl Iterator<Item = &'a Json>) -> String {
    // Plain texts and numbers always have a JSON form.
    let plain = |value: serde_json::Result<String>| value.unwrap_or_default();
    let asked = [plain(serde_json::to_string(question)), plain(serde_json::to_string(draws))];
    hash(asked.into_iter().chain(resolved.map(scenario_hash)).collect::<Vec<_>>().join("\n").as_bytes())
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
