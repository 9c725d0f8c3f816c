//! The scenarios of the page and the question being counted.

use std::sync::Arc;

use app::question::{CHANGES, Commissioned};
use app::request::{Simulated, scenario_hash};
use app::{Answer, Draws, Engine, Known, Means, Question, Study};
use engine::figures::FIGURES;
use engine::uncertainty::Sampler;
use engine::units::Month;
use language::{Loaded, Override, Problem, Problems};
use serde::{Deserialize, Serialize};

use crate::change::{Changed, Turn, told};
use crate::commission;
use crate::counting::{Counting, Part};
use crate::dials::Board;
use crate::shown::Shown;

/// What a page holds.
#[derive(Debug, Clone, Deserialize)]
pub struct Opening {
    /// Its scenarios.
    pub scenarios: Vec<Simulated>,
    /// The git commit of the engine that wrote the page, where known.
    pub commit: Option<String>,
    /// Changes of every scenario with which the page was written, as `--set` takes them: they are in the scenarios.
    #[serde(default)]
    pub set: Vec<String>,
}

/// What there is once a page is open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    /// Version of the engine.
    pub version: &'static str,
    /// Which figures it makes.
    pub figures: u32,
    /// Its scenarios.
    pub scenarios: Vec<Named>,
}

/// A scenario by its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its title.
    pub title: String,
    /// SHA-256 of its resolved form.
    pub hash: String,
}

/// What of a scenario is looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum View {
    /// The forecast; with changes, what they do to it.
    #[default]
    Answer,
    /// The forecast of the changed scenario by itself.
    Alone,
    /// All scenarios of the page side by side.
    Compare,
}

/// A question.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Ask {
    /// Position of the scenario.
    pub scenario: usize,
    /// What is changed.
    #[serde(default)]
    pub changes: Vec<Turn>,
    /// What is looked at.
    #[serde(default)]
    pub view: View,
    /// Trials at most.
    pub trials: u64,
    /// Seed.
    pub seed: u64,
    /// The question in words, if it has been put in words.
    pub question: Option<String>,
    /// The office that asks.
    pub requested_by: Option<String>,
    /// The month of asking.
    pub date: Option<String>,
    /// Number of this worker, from 0.
    pub worker: u64,
    /// How many workers there are.
    pub workers: u64,
}

/// What was understood of a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// The changes, told.
    pub changes: Vec<Changed>,
    /// Whether nothing but a commission can ask it of the command line.
    pub needs_commission: bool,
}

/// What is to be told.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct Tell {
    /// After so many trials.
    pub trials: u64,
    /// All sections, not only the answer at a glance.
    pub whole: bool,
}

/// What leaves the page.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Export {
    /// A commission that the command line answers.
    Commission,
    /// The same as a command.
    Command,
    /// The figures for programs.
    Json,
    /// The answer as a page of its own.
    Report,
    /// Its tables, one after another.
    Tables,
}

const NOTHING_ASKED: &str = "nothing was asked";

/// The scenarios of a page and the question being counted.
#[derive(Default)]
pub struct Session {
    scenarios: Vec<Loaded>,
    files: Vec<String>,
    before: Vec<String>,
    commit: Option<String>,
    /// What is known of the scenario that was looked at last: its position, the seed, and what was worked out.
    known: Option<(usize, u64, Known)>,
    asked: Option<Asked>,
}

struct Asked {
    ask: Ask,
    texts: Vec<String>,
    study: Study,
    counting: Counting,
    answer: Option<Answer>,
}

impl Session {
    /// Reads the scenarios of the page.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn open(&mut self, opening: &Opening) -> Result<Opened, String> {
        let read = opening.scenarios.iter().map(Simulated::read).collect::<Result<Vec<_>, _>>();
        self.scenarios = read.map_err(|error| error.to_string())?;
        self.files = opening.scenarios.iter().map(|own| own.sources.first().cloned().unwrap_or_default()).collect();
        self.before.clone_from(&opening.set);
        self.commit.clone_from(&opening.commit);
        self.known = None;
        self.asked = None;
        let named = |own: &Loaded| Named { title: own.scenario.title.clone(), hash: scenario_hash(&own.resolved) };
        let scenarios = self.scenarios.iter().map(named).collect();
        Ok(Opened { version: env!("CARGO_PKG_VERSION"), figures: FIGURES, scenarios })
    }

    /// Dials and levers of a scenario.
    ///
    /// # Errors
    /// That there is no such scenario.
    pub fn dials(&self, scenario: &usize) -> Result<Board, String> {
        self.scenario(*scenario).map(Board::of)
    }

    fn scenario(&self, position: usize) -> Result<&Loaded, String> {
        self.scenarios.get(position).ok_or_else(|| "the page has no such scenario".to_owned())
    }

    /// Makes a question ready to be counted.
    ///
    /// # Errors
    /// What is wrong with the changes, in words.
    pub fn ask(&mut self, ask: &Ask) -> Result<Understood, String> {
        self.asked = None;
        if let Some(Err(why)) = ask.date.as_ref().map(|date| date.parse::<Month>()) {
            return Err(format!("Month: {why}."));
        }
        let base = self.scenario(ask.scenario)?.clone();
        let texts =
            ask.changes.iter().filter_map(|turn| turn.text(&base).transpose()).collect::<Result<Vec<_>, _>>()?;
        let changed = if texts.is_empty() { None } else { Some(changed(&base, &texts)?) };
        let changes = changed.iter().flat_map(|own| texts.iter().map(|text| told(&base, own, text))).collect();
        let study = self.study(ask, base, changed)?;
        let needs_commission = self.for_command(ask, &texts, study.draws()).needs_commission();
        let part = Part { number: ask.worker, of: ask.workers };
        let is_known = self.know(&study)?;
        let known = self.known.as_ref().map(|(_, _, known)| known).filter(|_| is_known);
        let counting = Counting::new(&study, &self.means(), part, known).map_err(|error| error.to_string())?;
        self.asked = Some(Asked { ask: ask.clone(), texts, study, counting, answer: None });
        Ok(Understood { changes, needs_commission })
    }

    /// A question as the command line asks it.
    fn for_command<'a>(&'a self, ask: &'a Ask, changes: &'a [String], draws: &'a Draws) -> commission::Asked<'a> {
        commission::Asked { files: &self.files, before: &self.before, ask, changes, draws }
    }

    /// Has at hand what is known of the first scenario of a question, where it is one of the page's as it stands; says whether it is.
    fn know(&mut self, study: &Study) -> Result<bool, String> {
        let first = study.scenarios().first();
        let Some(at) = self.scenarios.iter().position(|own| first == Some(own)) else { return Ok(false) };
        // What a baseline made is of one seed.
        let is_new = self.known.as_ref().is_none_or(|(own, seed, _)| (*own, *seed) != (at, study.draws().seed));
        if is_new {
            let known = Known::of(&self.scenarios[at]).map_err(|error| error.to_string())?;
            self.known = Some((at, study.draws().seed, known));
        }
        Ok(true)
    }

    fn study(&self, ask: &Ask, base: Loaded, changed: Option<Loaded>) -> Result<Study, String> {
        let (question, scenarios) = match (ask.view, changed) {
            (View::Compare, _) => (Question::Compare { years: None }, self.scenarios.clone()),
            (View::Alone, Some(own)) => (Question::Run {}, vec![own]),
            (View::Answer, Some(mut own)) => {
                own.rename(CHANGES);
                let asked = Commissioned {
                    question: ask.question.clone(),
                    requested_by: ask.requested_by.clone(),
                    date: ask.date.clone(),
                    ..Commissioned::default()
                };
                (Question::WhatIf(asked), vec![base, own])
            }
            (View::Answer | View::Alone, None) => (Question::Run {}, vec![base]),
        };
        let draws = Draws { trials: ask.trials, seed: ask.seed, sampler: Sampler::Plain, until: None };
        Study::new(question, draws, scenarios).map_err(|why| why.to_string())
    }

    fn means(&self) -> Means {
        Means { engine: Engine::this(self.commit.as_deref()), threads: 1, interrupt: Arc::default() }
    }

    fn asked(&mut self) -> Result<&mut Asked, String> {
        self.asked.as_mut().ok_or_else(|| NOTHING_ASKED.to_owned())
    }

    /// Does the next piece of work towards so many trials; says whether any is left for this worker.
    ///
    /// # Errors
    /// That nothing was asked.
    pub fn count(&mut self, trials: u64) -> Result<bool, String> {
        self.asked().map(|asked| asked.counting.count(trials.min(asked.ask.trials)))
    }

    /// What this worker counted since it was asked last, as bytes.
    ///
    /// # Errors
    /// That nothing was asked.
    pub fn take(&mut self) -> Result<Vec<u8>, String> {
        self.asked().map(|asked| asked.counting.take())
    }

    /// Adds what a worker counted.
    ///
    /// # Errors
    /// Where these are no counts of the question.
    pub fn merge(&mut self, counted: &[u8]) -> Result<(), String> {
        self.asked()?.counting.merge(counted)
    }

    /// The answer after so many trials.
    ///
    /// # Errors
    /// Where they were not all counted.
    pub fn tell(&mut self, tell: &Tell) -> Result<Shown, String> {
        let means = self.means();
        let asked = self.asked()?;
        asked.study = asked.study.over(tell.trials).map_err(|why| why.to_string())?;
        let answer = asked.counting.told(&asked.study, &means)?;
        let shown = Shown::of(&answer, &asked.study, *tell)?;
        asked.answer = Some(answer);
        Ok(shown)
    }

    /// What leaves the page.
    ///
    /// # Errors
    /// That nothing was told yet.
    pub fn export(&self, wanted: &Export) -> Result<String, String> {
        let asked = self.asked.as_ref().ok_or(NOTHING_ASKED)?;
        let for_command = self.for_command(&asked.ask, &asked.texts, asked.study.draws());
        match wanted {
            Export::Commission => return for_command.commission(),
            Export::Command => return Ok(for_command.command()),
            Export::Json | Export::Report | Export::Tables => {}
        }
        let answer = asked.answer.as_ref().ok_or("nothing was told yet")?;
        let document = answer.document(&asked.study);
        Ok(match wanted {
            Export::Report => document.page().render(),
            Export::Tables => {
                let one =
                    |table: &report::sheet::Sheet| format!("{}\n{}", table.name, String::from_utf8_lossy(&table.csv()));
                document.tables().iter().map(one).collect::<Vec<_>>().join("\n")
            }
            _ => document.json().map_err(|error| error.to_string())?,
        })
    }
}

/// The base with changes laid over it.
fn changed(base: &Loaded, texts: &[String]) -> Result<Loaded, String> {
    // There is no command line, where they would stand.
    let told = |found: Problems| found.list().iter().map(Problem::without_place).collect::<Vec<_>>().join("\n");
    let changes = texts.iter().map(|text| Override::parse(text)).collect::<Result<Vec<_>, _>>().map_err(told)?;
    language::changed(&base.resolved, &changes, &base.scenario.name).map_err(told)
}
