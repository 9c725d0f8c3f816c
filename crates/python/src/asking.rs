//! One function a question, in the words and with the defaults of the command line.

use std::path::PathBuf;
use std::sync::Arc;

use app::question::{Question, sweep as swept};
use app::study::name_apart;
use app::{Draws, Study, Work};
use engine::uncertainty::{Sampler, plainly_quoted};
use language::Loaded;
use pyo3::PyClass;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::PyTuple;

use crate::answers::{
    Answer, Comparison, Discovery, Explanation, Forecast, Optimum, Register, Report, Sharing, WhatIf,
};
use crate::arguments::{
    changes_of, fail_of, kept_of, means, measures_of, outcome_of, percentile_of, sampler_named, sampler_of, seed_of,
    slots_of, sweeps_of, threads_of, trials_of, until_of, years_of,
};
use crate::commission;
use crate::errors::{raised, refused};
use crate::released::released;
use crate::scenario::Scenario;
use crate::spread;
use crate::watched::watched;

/// On which futures a question is answered, and how.
struct Ways<'a, 'py> {
    draws: Draws,
    threads: usize,
    progress: Option<&'a Bound<'py, PyAny>>,
    /// The cluster that counts, and where it keeps what it counted.
    cluster: Option<Cluster<'a, 'py>>,
}

impl<'a, 'py> Ways<'a, 'py> {
    /// Of the arguments that every function takes.
    fn of(
        (trials, seed): (u64, u64),
        sampler: Sampler,
        threads: usize,
        progress: Option<&'a Bound<'py, PyAny>>,
    ) -> Self {
        Self { draws: Draws { trials, seed, sampler, until: None }, threads, progress, cluster: None }
    }

    /// Has a question about scenarios answered.
    fn ask<K>(self, py: Python<'py>, question: Question, scenarios: Vec<Loaded>) -> PyResult<Py<K>>
    where
        K: PyClass,
        PyClassInitializer<K>: From<Answer>,
    {
        let study = released(py, || Study::new(question, self.draws.clone(), scenarios))?;
        let study = Arc::new(study.map_err(|error| raised(py, &error))?);
        let threads = self.threads;
        let parts = self.counted(py, &study)?;
        let answer = watched(py, self.progress, |interrupt| {
            let means = means(threads, interrupt);
            match &parts {
                None => study.answer(&means),
                Some(parts) => study.told_of(&means, &parts.iter().map(|part| &**part).collect::<Vec<&[u8]>>()),
            }
        })?;
        let answer = answer.map_err(|error| raised(py, &error))?;
        Py::new(py, PyClassInitializer::<K>::from(Answer::new(study, answer)))
    }

    /// On a cluster.
    fn on(self, py: Python<'py>, client: Option<&'a Bound<'py, PyAny>>, kept: Option<PathBuf>) -> PyResult<Self> {
        Ok(Self { cluster: cluster(py, client, kept)?, ..self })
    }

    /// The parts that a cluster counted; none where there is none.
    fn counted(&self, py: Python<'py>, study: &Arc<Study>) -> PyResult<Option<Vec<PyBackedBytes>>> {
        let Some((client, kept)) = &self.cluster else { return Ok(None) };
        released(py, || study.may_be_counted())?.map_err(|error| raised(py, &error))?;
        spread::Study::spread(py, Work::Question(Arc::clone(study)), client, kept.clone(), self.progress).map(Some)
    }
}

/// The cluster that counts, and where it keeps what it counted.
type Cluster<'a, 'py> = (&'a Bound<'py, PyAny>, Option<String>);

/// A cluster, where one is given.
pub fn cluster<'a, 'py>(
    py: Python<'py>,
    client: Option<&'a Bound<'py, PyAny>>,
    kept: Option<PathBuf>,
) -> PyResult<Option<Cluster<'a, 'py>>> {
    match client {
        Some(client) => Ok(Some((client, kept.map(|kept| kept.to_string_lossy().into_owned())))),
        None if kept.is_some() => Err(refused(py, Some("kept"), "parts are kept where a client counts: give a client")),
        None => Ok(None),
    }
}

/// The only scenario that a question is about.
fn one(scenario: &Bound<'_, PyAny>) -> PyResult<Vec<Loaded>> {
    Ok(vec![Scenario::of(scenario, "scenario")?.loaded().clone()])
}

/// Scenarios of which no two share a name.
fn apart(scenarios: &[Scenario]) -> Vec<Loaded> {
    let mut loaded: Vec<Loaded> = scenarios.iter().map(|own| own.loaded().clone()).collect();
    name_apart(&mut loaded);
    loaded
}

/// Questions as functions: each takes what it asks, and then, as all do, on which futures it is answered and how.
macro_rules! questions {
    ($($(#[$doc:meta])* fn $name:ident[$($signature:tt)*]($($own:tt)*)($py:ident, $ways:ident) -> $kind:ident $body:block)*) => {$(
        $(#[$doc])*
        #[pyfunction]
        #[pyo3(signature = ($($signature)*, trials=100_000, seed=2015, sampler="plain", threads=0, progress=None))]
        pub fn $name(
            $py: Python<'_>,
            $($own)*
            #[pyo3(from_py_with = trials_of)] trials: u64,
            #[pyo3(from_py_with = seed_of)] seed: u64,
            #[pyo3(from_py_with = sampler_of)] sampler: &str,
            #[pyo3(from_py_with = threads_of)] threads: usize,
            progress: Option<&Bound<'_, PyAny>>,
        ) -> PyResult<Py<$kind>> {
            let $ways = Ways::of((trials, seed), sampler_named($py, sampler)?, threads, progress);
            $body
        }
    )*};
}

questions! {
    /// What is to be expected of a scenario.
    fn run[scenario, *, until=None, client=None, kept=None](
        scenario: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = until_of)] until: Option<f64>,
        client: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = kept_of)] kept: Option<PathBuf>,
    )(py, ways) -> Forecast {
        let ways = ways.on(py, client, kept)?;
        let ways = Ways { draws: Draws { until, ..ways.draws }, ..ways };
        ways.ask(py, Question::Run {}, one(scenario)?)
    }

    /// Which of several scenarios is better, and for whom; the first is the baseline unless `against` names it.
    fn compare[*scenarios, against=None, years=None, client=None, kept=None](
        scenarios: &Bound<'_, PyTuple>,
        against: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = years_of)] years: Option<usize>,
        client: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = kept_of)] kept: Option<PathBuf>,
    )(py, ways) -> Comparison {
        let ways = ways.on(py, client, kept)?;
        let mut all: Vec<Scenario> = against.map(|own| Scenario::of(own, "against")).transpose()?.into_iter().collect();
        for own in scenarios.iter() {
            let read = Scenario::of(&own, "scenario")?;
            // The baseline stands first, once.
            if against.is_none() || !all.first().is_some_and(|base| base.is(&read)) {
                all.push(read);
            }
        }
        ways.ask(py, Question::Compare { years }, apart(&all))
    }

    /// What if some things were otherwise: a commission, or a scenario with changes (`set`) or swept keys (`sweep`).
    fn what_if[scenario, *, set=None, sweep=None, measure=None, client=None, kept=None](
        scenario: &Bound<'_, PyAny>,
        set: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = sweeps_of)] sweep: Option<Vec<String>>,
        #[pyo3(from_py_with = measures_of)] measure: Option<Vec<String>>,
        client: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = kept_of)] kept: Option<PathBuf>,
    )(py, ways) -> WhatIf {
        let ways = ways.on(py, client, kept)?;
        let commission::Asked { mut question, scenarios } = commission::read(scenario, changes_of(set, "set")?)?;
        question.measures.extend(measure.iter().flatten().map(|name| plainly_quoted(name)));
        for text in sweep.into_iter().flatten() {
            question.sweeps.push(swept(&text).map_err(|what| refused(py, Some("sweep"), &what))?);
        }
        ways.ask(py, Question::WhatIf(question), scenarios)
    }

    /// All of it on one page: what is to be expected, what drives it, when it fails, what each force gets; of several scenarios, the
    /// comparison with each of them.
    fn report[*scenarios, years=None](
        scenarios: &Bound<'_, PyTuple>,
        #[pyo3(from_py_with = years_of)] years: Option<usize>,
    )(py, ways) -> Report {
        let all = scenarios.iter().map(|own| Scenario::of(&own, "scenario")).collect::<PyResult<Vec<_>>>()?;
        ways.ask(py, Question::Report { years }, apart(&all))
    }

    /// What drives an outcome, and what it would be worth to know it.
    fn explain[scenario, *, outcome="npv", against=None, years=None](
        scenario: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = outcome_of)] outcome: &str,
        against: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = years_of)] years: Option<usize>,
    )(py, ways) -> Explanation {
        let mut all = vec![Scenario::of(scenario, "scenario")?];
        all.extend(against.map(|own| Scenario::of(own, "against")).transpose()?);
        ways.ask(py, Question::Explain { outcome: plainly_quoted(outcome), years }, apart(&all))
    }

    /// Under which conditions a scenario fails.
    fn discover[scenario, *, fail="npv < 0"](
        scenario: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = fail_of)] fail: &str,
    )(py, ways) -> Discovery {
        ways.ask(py, Question::Discover { fail: fail.to_owned() }, one(scenario)?)
    }

    /// Whether the deal is fair to each force, and who would do better without the others.
    fn shares[scenario, *, client=None, kept=None](
        scenario: &Bound<'_, PyAny>,
        client: Option<&Bound<'_, PyAny>>,
        #[pyo3(from_py_with = kept_of)] kept: Option<PathBuf>,
    )(py, ways) -> Sharing {
        let ways = ways.on(py, client, kept)?;
        ways.ask(py, Question::Shares {}, one(scenario)?)
    }

    /// A better order and pace of delivery, and what it gains on fresh draws.
    fn optimise[scenario, *, outcome="npv", percentile=None, slots=None](
        scenario: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = outcome_of)] outcome: &str,
        #[pyo3(from_py_with = percentile_of)] percentile: Option<u8>,
        #[pyo3(from_py_with = slots_of)] slots: Option<u32>,
    )(py, ways) -> Optimum {
        let question = Question::Optimise { outcome: plainly_quoted(outcome), percentile, slots };
        ways.ask(py, question, one(scenario)?)
    }

    /// Every number that a scenario states, its evidence, and how much it matters.
    fn assumptions[scenario, *, outcome="npv"](
        scenario: &Bound<'_, PyAny>,
        #[pyo3(from_py_with = outcome_of)] outcome: &str,
    )(py, ways) -> Register {
        ways.ask(py, Question::Assumptions { outcome: plainly_quoted(outcome) }, one(scenario)?)
    }
}
