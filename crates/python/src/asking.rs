//! One function a question, in the words and with the defaults of the command line.

use app::question::{Question, sweep as swept};
use app::study::name_apart;
use app::{Draws, Engine, Means, Study, limits};
use engine::figures::FIGURES;
use engine::uncertainty::{Sampler, plainly_quoted};
use language::Loaded;
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};

use crate::answers::{Answer, Comparison, Discovery, Explanation, Forecast, Optimum, Register, Sharing, WhatIf};
use crate::commission;
use crate::errors::{raised, refused};
use crate::scenario::Scenario;
use crate::watched::watched;

/// On which futures a question is answered, and how.
struct Ways<'a, 'py> {
    draws: Draws,
    threads: usize,
    progress: Option<&'a Bound<'py, PyAny>>,
}

impl<'a, 'py> Ways<'a, 'py> {
    /// Of the arguments that every function takes.
    fn of(
        py: Python<'py>,
        (trials, seed): (i64, i128),
        sampler: &str,
        threads: i64,
        progress: Option<&'a Bound<'py, PyAny>>,
    ) -> PyResult<Self> {
        let wrong = |field: &'static str| move |what: String| refused(py, Some(field), &what);
        let trials = limits::trials(u64::try_from(trials).unwrap_or(0)).map_err(wrong("trials"))?;
        let seed = u64::try_from(seed);
        let seed = seed.map_err(|_| wrong("seed")(format!("a whole number from 0 to {} is wanted", u64::MAX)))?;
        let sampler = sampler.parse().map_err(|_| wrong("sampler")(format!("{} is wanted", Sampler::NAMES)))?;
        let threads = limits::threads(usize::try_from(threads).unwrap_or(usize::MAX)).map_err(wrong("threads"))?;
        Ok(Self { draws: Draws { trials, seed, sampler, until: None }, threads, progress })
    }

    /// Has a question about scenarios answered.
    fn ask<K>(self, py: Python<'py>, question: Question, scenarios: Vec<Loaded>) -> PyResult<Py<K>>
    where
        K: PyClass,
        PyClassInitializer<K>: From<Answer>,
    {
        let study = Study::new(question, self.draws, scenarios).map_err(|error| raised(py, &error))?;
        let engine = Engine {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            figures: FIGURES,
            commit: option_env!("ALLIANCE_COMMIT").map(str::to_owned),
        };
        let threads = self.threads;
        let answer = watched(py, self.progress, |interrupt| {
            study.answer(&Means { engine, threads, interrupt: interrupt.clone() })
        })?;
        let answer = answer.map_err(|error| raised(py, &error))?;
        Py::new(py, PyClassInitializer::<K>::from(Answer::new(study, answer)))
    }
}

/// Scenarios of which no two share a name.
fn apart(scenarios: &[Scenario]) -> Vec<Loaded> {
    let mut loaded: Vec<Loaded> = scenarios.iter().map(|own| own.loaded().clone()).collect();
    name_apart(&mut loaded);
    loaded
}

/// A number of years; what is none is refused as 0 years are.
fn horizon(years: Option<i64>) -> Option<usize> {
    years.map(|years| usize::try_from(years).unwrap_or(0))
}

/// The precision at which a run stops, `0.01` or `"1%"`.
fn precision(until: Option<&Bound<'_, PyAny>>) -> PyResult<Option<f64>> {
    let Some(until) = until else { return Ok(None) };
    let read = match until.extract::<f64>() {
        Ok(part) => limits::precision(part),
        Err(_) => limits::precision_written(&until.extract::<String>()?),
    };
    read.map(Some).map_err(|what| refused(until.py(), Some("until"), &what))
}

/// What is to be expected of a scenario.
#[pyfunction]
#[pyo3(signature = (scenario, *, until=None, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn run(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    until: Option<&Bound<'_, PyAny>>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Forecast>> {
    let mut ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    ways.draws.until = precision(until)?;
    ways.ask(py, Question::Run {}, vec![Scenario::of(scenario)?.loaded().clone()])
}

/// Which of several scenarios is better, and for whom; the first is the baseline unless `against` names it.
#[pyfunction]
#[pyo3(signature = (*scenarios, against=None, years=None, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn compare(
    py: Python<'_>,
    scenarios: &Bound<'_, PyTuple>,
    against: Option<&Bound<'_, PyAny>>,
    years: Option<i64>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Comparison>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    let mut all: Vec<Scenario> = against.map(Scenario::of).transpose()?.into_iter().collect();
    for own in scenarios.iter() {
        let read = Scenario::of(&own)?;
        // The baseline stands first, once.
        if against.is_none() || !all.first().is_some_and(|base| base.is(&read)) {
            all.push(read);
        }
    }
    ways.ask(py, Question::Compare { years: horizon(years) }, apart(&all))
}

/// What if some things were otherwise: a commission, or a scenario with changes (`set`) or swept keys (`sweep`).
#[pyfunction]
#[pyo3(signature = (scenario, *, set=None, sweep=None, measure=None, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn what_if(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    set: Option<&Bound<'_, PyDict>>,
    sweep: Option<Vec<String>>,
    measure: Option<Vec<String>>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<WhatIf>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    let commission::Asked { mut question, scenarios } = commission::read(scenario, set)?;
    question.measures.extend(measure.into_iter().flatten().map(|name| plainly_quoted(&name)));
    for text in sweep.into_iter().flatten() {
        question.sweeps.push(swept(&text).map_err(|what| refused(py, Some("sweep"), &what))?);
    }
    ways.ask(py, Question::WhatIf(question), scenarios)
}

/// What drives an outcome, and what it would be worth to know it.
#[pyfunction]
#[pyo3(signature = (scenario, *, outcome="npv", against=None, years=None, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn explain(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    outcome: &str,
    against: Option<&Bound<'_, PyAny>>,
    years: Option<i64>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Explanation>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    let mut all = vec![Scenario::of(scenario)?];
    all.extend(against.map(Scenario::of).transpose()?);
    ways.ask(py, Question::Explain { outcome: plainly_quoted(outcome), years: horizon(years) }, apart(&all))
}

/// Under which conditions a scenario fails.
#[pyfunction]
#[pyo3(signature = (scenario, *, fail="npv < 0", trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn discover(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    fail: &str,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Discovery>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    ways.ask(py, Question::Discover { fail: fail.to_owned() }, vec![Scenario::of(scenario)?.loaded().clone()])
}

/// Whether the deal is fair to each force, and who would do better without the others.
#[pyfunction]
#[pyo3(signature = (scenario, *, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn shares(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Sharing>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    ways.ask(py, Question::Shares {}, vec![Scenario::of(scenario)?.loaded().clone()])
}

/// A better order and pace of delivery, and what it gains on fresh draws.
#[pyfunction]
#[pyo3(signature = (scenario, *, outcome="npv", percentile=None, slots=None, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn optimise(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    outcome: &str,
    percentile: Option<i64>,
    slots: Option<i64>,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Optimum>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    let percentile = percentile.map(|own| u8::try_from(own).unwrap_or(0));
    let slots = slots.map(|own| u32::try_from(own).unwrap_or(0));
    let question = Question::Optimise { outcome: plainly_quoted(outcome), percentile, slots };
    ways.ask(py, question, vec![Scenario::of(scenario)?.loaded().clone()])
}

/// Every number that a scenario states, its evidence, and how much it matters.
#[pyfunction]
#[pyo3(signature = (scenario, *, outcome="npv", trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
pub fn assumptions(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    outcome: &str,
    trials: i64,
    seed: i128,
    sampler: &str,
    threads: i64,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Py<Register>> {
    let ways = Ways::of(py, (trials, seed), sampler, threads, progress)?;
    ways.ask(
        py,
        Question::Assumptions { outcome: plainly_quoted(outcome) },
        vec![Scenario::of(scenario)?.loaded().clone()],
    )
}
