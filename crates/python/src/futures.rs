//! Inputs and outcomes of every future, as frames of some thousands.

use std::sync::Mutex;

use app::rows::{Batch, Batches};
use app::study::Desk;
use app::{Draws, Field};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

use crate::arguments::{
    batch_of, inputs_of, means, outcomes_of, sampler_named, sampler_of, seed_of, threads_of, trials_of,
};
use crate::errors::{raised, raised_by};
use crate::evaluate::{names, plural};
use crate::frame::{Frame, Values};
use crate::scenario::Scenario;
use crate::watched::watched;

/// Futures one batch after another, each a frame.
#[pyclass(frozen, module = "alliance")]
#[derive(Debug)]
pub struct Futures(Mutex<Batches>);

/// Inputs and outcomes of every future, as frames of `batch` futures each: what a run with the same seed simulates. All inputs that are drawn
/// are given unless some are named.
#[pyfunction]
#[pyo3(signature = (scenario, outcomes=None, *, inputs=None, batch=100_000, trials=100_000, seed=2015, sampler="plain", threads=0))]
pub fn futures(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = outcomes_of)] outcomes: Option<Vec<String>>,
    #[pyo3(from_py_with = inputs_of)] inputs: Option<Vec<String>>,
    #[pyo3(from_py_with = batch_of)] batch: u64,
    #[pyo3(from_py_with = trials_of)] trials: u64,
    #[pyo3(from_py_with = seed_of)] seed: u64,
    #[pyo3(from_py_with = sampler_of)] sampler: &str,
    #[pyo3(from_py_with = threads_of)] threads: usize,
) -> PyResult<Futures> {
    let scenario = Scenario::of(scenario, "scenario")?;
    let outcomes = names(outcomes);
    let mut met = std::collections::BTreeSet::new();
    let inputs = inputs.map(|all| all.into_iter().filter(|name| met.insert(name.clone())).collect());
    let draws = Draws { trials, seed, sampler: sampler_named(py, sampler)?, until: None };
    let made = watched(py, None, |interrupt| {
        let means = means(threads, interrupt);
        let desk = Desk { scenarios: std::slice::from_ref(scenario.loaded()), draws: &draws, means: &means };
        Batches::new(&desk, &outcomes, inputs, batch)
    })?;
    // Of so many at once as a batch has: how many there are in all was looked at before.
    let named = |field| if field == Field::Trials { Some("batch") } else { plural(field) };
    made.map(|made| Futures(Mutex::new(made))).map_err(|error| raised_by(py, &error, named))
}

#[pymethods]
impl Futures {
    const fn __iter__(own: PyRef<'_, Self>) -> PyRef<'_, Self> {
        own
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Frame>> {
        let found = watched(py, None, |interrupt| {
            let mut batches = self.0.lock().map_err(|_| ())?;
            batches.watch(interrupt);
            Ok(batches.next_batch().map(|batch| batch.map(|batch| frame(batches.names(), batch))))
        })?;
        match found {
            Ok(found) => found.map_err(|error| raised(py, &error)),
            Err(()) => Err(PyRuntimeError::new_err("these futures ended with a fault before")),
        }
    }
}

fn frame(names: &[String], batch: Batch) -> Frame {
    let rows = batch.columns.first().map_or(0, Vec::len) as u64;
    let trials = Values::Wholes((batch.first..batch.first + rows).map(Some).collect());
    let columns = names.iter().cloned().zip(batch.columns.into_iter().map(Values::Numbers));
    Frame::of("futures", std::iter::once(("trial".to_owned(), trials)).chain(columns).collect())
}
