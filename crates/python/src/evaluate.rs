//! The model at given inputs: the door for other people's methods.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use app::evaluate::{Evaluated, Experiments, evaluate as evaluated, quantiles as quantiles_of};
use app::study::Desk;
use app::{Draws, Evaluation, Field, Work};
use engine::uncertainty::Sampler;
use pyo3::buffer::PyBuffer;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PyFrozenSet, PyMemoryView, PySet, PyString};

use crate::arguments::{input_of, kept_of, means, outcomes_of, seed_of, threads_of, trials_or_none, wrong};
use crate::asking::cluster;
use crate::errors::{named, raised_by, refused};
use crate::frame::{Frame, Values};
use crate::released::released;
use crate::scenario::Scenario;
use crate::spread::Study;
use crate::watched::watched;

/// The outcome that is wanted where none is named.
pub const USUAL: &str = "npv";

/// The model at given inputs: a row an experiment. `inputs` holds a column of numbers for each input, by its name as in `set`; what is not
/// given is drawn by the seed. Without `trials` row k is future k, with what is drawn of that trial; with `trials` every row meets the same
/// futures, so many, and its mean outcomes are told with their errors.
#[pyfunction]
#[pyo3(signature = (scenario, inputs, outcomes=None, *, trials=None, client=None, kept=None, seed=2015, threads=0, progress=None))]
pub fn evaluate(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    inputs: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = outcomes_of)] outcomes: Option<Vec<String>>,
    #[pyo3(from_py_with = trials_or_none)] trials: Option<u64>,
    client: Option<&Bound<'_, PyAny>>,
    #[pyo3(from_py_with = kept_of)] kept: Option<PathBuf>,
    #[pyo3(from_py_with = seed_of)] seed: u64,
    #[pyo3(from_py_with = threads_of)] threads: usize,
    progress: Option<&Bound<'_, PyAny>>,
) -> PyResult<Frame> {
    let scenario = Scenario::of(scenario, "scenario")?;
    let asked = Experiments { inputs: columns(inputs)?, outcomes: names(outcomes), is_averaged: trials.is_some() };
    let draws = Draws { trials: trials.unwrap_or(1), seed, sampler: Sampler::Plain, until: None };
    let (outcomes, scenarios) = (asked.outcomes.clone(), std::slice::from_ref(scenario.loaded()));
    let cluster = cluster(py, client, kept)?;
    let found = match cluster {
        None => watched(py, progress, |interrupt| {
            evaluated(&Desk { scenarios, draws: &draws, means: &means(threads, interrupt) }, &asked)
        })?,
        Some((client, kept)) => {
            let means = means(threads, &Arc::default());
            let laid = released(py, || Evaluation::new(&Desk { scenarios, draws: &draws, means: &means }, asked))?;
            let laid = Arc::new(laid.map_err(|error| raised_by(py, &error, plural))?);
            let parts = Study::spread(py, Work::Evaluation(Arc::clone(&laid)), client, kept, progress)?;
            let parts: Vec<&[u8]> = parts.iter().map(|part| &**part).collect();
            released(py, || laid.told_of(&means, &parts))?
        }
    };
    found.map(|found| frame(&outcomes, found)).map_err(|error| raised_by(py, &error, plural))
}

/// Values of an uncertain input at given chances: what lies below it with each of them. A method that samples evenly between 0 and 1 gives
/// an input its own distribution so.
#[pyfunction]
pub fn quantiles(
    py: Python<'_>,
    scenario: &Bound<'_, PyAny>,
    #[pyo3(from_py_with = input_of)] input: &str,
    at: &Bound<'_, PyAny>,
) -> PyResult<Vec<f64>> {
    let chances = numbers(at, "at", "at")?;
    let scenario = Scenario::of(scenario, "scenario")?;
    let singular = |field| match field {
        Field::Inputs => Some("input"),
        Field::Percentile => Some("at"),
        other => named(other),
    };
    released(py, || quantiles_of(scenario.loaded(), input, &chances))?.map_err(|error| raised_by(py, &error, singular))
}

/// What arguments are called where several outcomes are asked for.
pub fn plural(field: Field) -> Option<&'static str> {
    if field == Field::Outcome { Some("outcomes") } else { named(field) }
}

/// Outcomes by name, each once; net present value where none is.
pub fn names(given: Option<Vec<String>>) -> Vec<String> {
    let mut names = given.unwrap_or_else(|| vec![USUAL.to_owned()]);
    let mut met = BTreeSet::new();
    names.retain(|name| met.insert(name.clone()));
    names
}

fn frame(outcomes: &[String], found: Evaluated) -> Frame {
    let mut columns = Vec::new();
    match found {
        Evaluated::Futures(values) => {
            columns.extend(outcomes.iter().cloned().zip(values.into_iter().map(Values::Numbers)));
        }
        Evaluated::Means(rows) => {
            for (k, name) in outcomes.iter().enumerate() {
                let mean = rows.iter().map(|row| row[k].mean.value).collect();
                let error = rows.iter().map(|row| row[k].mean.error).collect();
                let missing = rows.iter().map(|row| Some(row[k].missing)).collect();
                columns.push((name.clone(), Values::Numbers(mean)));
                columns.push((format!("{name}.error"), Values::Numbers(error)));
                columns.push((format!("{name}.missing"), Values::Wholes(missing)));
            }
        }
    }
    Frame::of("evaluated", columns)
}

/// Columns by name, of a dict or a frame of any library; a number alone stands for a whole column of it.
fn columns(inputs: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Vec<f64>)>> {
    let names: Vec<String> = match inputs.cast::<PyDict>() {
        Ok(dict) => {
            let name = |key: Bound<'_, PyAny>| {
                let wanted = "the name of an input is wanted as a text";
                key.extract::<String>().map_err(|_| wrong(&key, "inputs", wanted))
            };
            dict.keys().iter().map(name).collect::<PyResult<_>>()?
        }
        Err(_) => {
            let names = inputs.getattr("column_names").or_else(|_| inputs.getattr("columns"));
            let names = names.and_then(|names| names.try_iter()?.map(|name| name?.extract()).collect());
            names.map_err(|_| {
                refused(
                    inputs.py(),
                    Some("inputs"),
                    "a dict of columns, or a frame of polars, pandas or pyarrow, is wanted",
                )
            })?
        }
    };
    let mut met = BTreeSet::new();
    if let Some(twice) = names.iter().find(|name| !met.insert(name.as_str())) {
        let what = format!("two columns are called {twice}: give each input one column");
        return Err(refused(inputs.py(), Some("inputs"), &what));
    }
    let mut read = Vec::with_capacity(names.len());
    for name in names {
        let column = inputs.get_item(&name)?;
        let values = match column.extract::<Option<f64>>() {
            Ok(alone) => Err(alone.unwrap_or(f64::NAN)),
            Err(_) => Ok(numbers(&column, "inputs", &name)?),
        };
        read.push((name, values));
    }
    let rows = read.iter().find_map(|(_, values)| values.as_ref().ok().map(Vec::len)).unwrap_or(1);
    Ok(read.into_iter().map(|(name, values)| (name, values.unwrap_or_else(|alone| vec![alone; rows]))).collect())
}

/// The numbers of a column; what is None, masked or not available is NaN.
fn numbers(column: &Bound<'_, PyAny>, field: &'static str, name: &str) -> PyResult<Vec<f64>> {
    let py = column.py();
    let none = || refused(py, Some(field), &format!("{name} is no column of numbers"));
    let is_text = column.is_instance_of::<PyString>() || column.is_instance_of::<PyBytes>();
    let is_odd = column.is_instance_of::<PyByteArray>()
        || column.is_instance_of::<PyMemoryView>()
        || column.is_instance_of::<PySet>()
        || column.is_instance_of::<PyFrozenSet>()
        || column.is_instance_of::<PyDict>();
    if is_text || is_odd {
        return Err(none());
    }
    let array = column.call_method0("to_numpy").unwrap_or_else(|_| column.clone());
    if let Ok(dimensions) = array.getattr("ndim").and_then(|own| own.extract::<usize>())
        && dimensions != 1
    {
        let shape = array.getattr("shape").map(|shape| shape.to_string()).unwrap_or_default();
        return Err(refused(
            py,
            Some(field),
            &format!("{name} has the shape {shape}: one column of numbers is wanted"),
        ));
    }
    if let Some(values) = of_numpy(&array, none)? {
        return Ok(values);
    }
    if let Ok(buffer) = PyBuffer::<f64>::get(&array) {
        return buffer.to_vec(py);
    }
    let listed = column.call_method0("to_pylist").unwrap_or_else(|_| column.clone());
    let mut values = Vec::new();
    for (row, value) in listed.try_iter().map_err(|_| none())?.enumerate() {
        let value = value?;
        if value.get_type().name()? == "NAType" {
            values.push(f64::NAN);
            continue;
        }
        let number = value.extract::<Option<f64>>().map_err(|_| {
            let told = value.repr().map(|text| text.to_string()).unwrap_or_default();
            refused(py, Some(field), &format!("{name} is {told} in row {}: a number is wanted", row + 1))
        })?;
        values.push(number.unwrap_or(f64::NAN));
    }
    Ok(values)
}

/// Of an array of `NumPy`, whatever the order of its bytes; what is masked is NaN. None for an array of objects and for what is no array.
fn of_numpy(array: &Bound<'_, PyAny>, none: impl Fn() -> PyErr) -> PyResult<Option<Vec<f64>>> {
    let Ok(kind) = array.getattr("dtype").and_then(|own| own.getattr("kind")?.extract::<String>()) else {
        return Ok(None);
    };
    match kind.as_str() {
        "f" | "i" | "u" | "b" => {
            let own = array.call_method1("astype", ("float64",))?;
            let own = if own.hasattr("filled")? { own.call_method1("filled", (f64::NAN,))? } else { own };
            PyBuffer::<f64>::get(&own)?.to_vec(array.py()).map(Some)
        }
        "O" => Ok(None),
        _ => Err(none()),
    }
}
