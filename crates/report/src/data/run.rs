//! What was simulated, and with what: the part of a report that tells two runs apart.

use serde::Serialize;

use crate::left_out::{self, LeftOut};
use engine::alliance::{Alliance, Scenario, SignOff};
use engine::run::Stopped;
use engine::uncertainty::{Sampler, Value};

/// The scenario in short.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScenarioFacts {
    /// Short name.
    pub name: String,
    /// Title.
    pub title: String,
    /// Hash of the resolved scenario.
    pub hash: String,
    /// The simulated financial years.
    pub years: Vec<String>,
    /// Whether there is any alliance.
    pub alone: bool,
    /// What it does not model, most harmful first.
    pub not_modelled: Vec<LeftOut>,
    /// What of it is sound, but was probably not meant, in sentences.
    pub worth_a_look: Vec<String>,
    /// How many of its numbers were invented to start its file from.
    #[serde(skip)]
    pub invented: usize,
    /// Who stands behind it.
    #[serde(skip)]
    pub sign_off: SignOff,
    /// The common ICT platform of each alliance.
    #[serde(skip)]
    pub platforms: Vec<Platform>,
}

/// When a common ICT platform is ready, and whether running it costs something: what tells two scenarios apart in that.
#[derive(Debug, Clone, PartialEq)]
pub struct Platform {
    /// Whether running it costs something.
    pub runs: bool,
    ready: Value,
    slip: Value,
    cancelled: Value,
    cancel_at: Value,
}

impl Platform {
    /// That of an alliance; none where it has none.
    fn of(alliance: &Alliance) -> Option<Self> {
        alliance.has_platform().then(|| Self {
            runs: alliance.platform_runs(),
            ready: alliance.ict_ready.value.clone(),
            slip: alliance.ict_slip.value.clone(),
            cancelled: alliance.ict_cancelled.value.clone(),
            cancel_at: alliance.ict_cancel_at.value.clone(),
        })
    }
}

impl ScenarioFacts {
    /// The facts of a scenario as it is simulated, with the hash of its resolved form and what of that was probably not meant.
    #[must_use]
    pub fn of(scenario: &Scenario, hash: String, worth_a_look: Vec<String>) -> Self {
        Self {
            name: scenario.name.clone(),
            title: scenario.title.clone(),
            hash,
            years: scenario.year_labels(),
            alone: scenario.alliances.is_empty(),
            not_modelled: left_out::of(scenario),
            worth_a_look,
            invented: 0,
            sign_off: scenario.sign_off.clone(),
            platforms: scenario.alliances.iter().filter_map(Platform::of).collect(),
        }
    }

    /// The first simulated year.
    #[must_use]
    pub fn first_year(&self) -> &str {
        self.years.first().map_or("", String::as_str)
    }

    /// The last simulated year.
    #[must_use]
    pub fn last_year(&self) -> &str {
        self.years.last().map_or("", String::as_str)
    }

    /// That numbers of it are invented, where they are.
    #[must_use]
    pub fn is_no_plan(&self) -> Option<String> {
        let (numbers, are) = if self.invented == 1 { ("number", "is") } else { ("numbers", "are") };
        (self.invented > 0)
            .then(|| format!("No forecast of a real plan: {} {numbers} {are} invented to start from.", self.invented))
    }

    /// Its years: `2015/16 to 2022/23`, or the only one.
    #[must_use]
    pub fn span(&self) -> String {
        match &self.years[..] {
            [first, .., last] => format!("{first} to {last}"),
            few => few.concat(),
        }
    }

    /// The same within a sentence: `from 2015/16 to 2022/23`, `in 2015/16`.
    #[must_use]
    pub fn over(&self) -> String {
        format!("{} {}", if self.years.len() > 1 { "from" } else { "in" }, self.span())
    }
}

/// The run, without anything that changes from machine to machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RunIdentity {
    /// Version of the engine.
    pub version: String,
    /// Git commit of the engine, where known.
    pub commit: Option<String>,
    /// Seed.
    pub seed: u64,
    /// Sampler.
    pub sampler: Sampler,
    /// Trials done.
    pub trials: u64,
    /// Trials asked for.
    pub requested_trials: u64,
    /// Why the run stopped.
    pub stopped: Stopped,
}

#[cfg(test)]
mod tests {
    use crate::sample::{Sample, report};

    #[test]
    fn one_year_is_no_span_of_years() {
        let mut scenario = report(Sample::TwoForce).scenario;
        assert_eq!(scenario.over(), format!("from {} to {}", scenario.first_year(), scenario.last_year()));
        scenario.years.truncate(1);
        assert_eq!(scenario.over(), format!("in {}", scenario.first_year()));
    }
}
