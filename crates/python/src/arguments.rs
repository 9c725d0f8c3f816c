//! Arguments that several functions take, read and checked; and what it takes to answer.

use std::sync::Arc;

use app::{Engine, Means, limits};
use engine::run::Interrupt;
use engine::uncertainty::Sampler;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;

use crate::errors::refused;

/// The engine that this package is.
pub fn this_engine() -> Engine {
    Engine::this(option_env!("ALLIANCE_COMMIT"))
}

/// What it takes to answer.
pub fn means(threads: usize, interrupt: &Arc<Interrupt>) -> Means {
    Means { engine: this_engine(), threads, interrupt: interrupt.clone() }
}

/// A whole number that was given; none where it is below 0 or larger than any that is taken.
fn whole<T: TryFrom<u64>>(given: &Bound<'_, PyAny>) -> PyResult<Option<T>> {
    match given.extract::<u64>() {
        Ok(number) => Ok(T::try_from(number).ok()),
        Err(why) if why.is_instance_of::<PyOverflowError>(given.py()) => Ok(None),
        Err(why) => Err(why),
    }
}

/// How many trials.
pub fn trials_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    let number = whole(given)?.unwrap_or(if given.gt(0)? { u64::MAX } else { 0 });
    limits::trials(number).map_err(|what| refused(given.py(), Some("trials"), &what))
}

/// How many trials, where that is told.
pub fn trials_or_none(given: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    if given.is_none() { Ok(None) } else { trials_of(given).map(Some) }
}

/// A seed.
pub fn seed_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    let wanted = || refused(given.py(), Some("seed"), &format!("a whole number from 0 to {} is wanted", u64::MAX));
    whole(given)?.ok_or_else(wanted)
}

/// How many threads.
pub fn threads_of(given: &Bound<'_, PyAny>) -> PyResult<usize> {
    let number = whole(given)?.unwrap_or(usize::MAX);
    limits::threads(number).map_err(|what| refused(given.py(), Some("threads"), &what))
}

/// A number that may be left out; what is none that is taken is refused as 0 is.
pub fn optional<T: TryFrom<u64> + Default>(given: &Bound<'_, PyAny>) -> PyResult<Option<T>> {
    if given.is_none() { Ok(None) } else { Ok(Some(whole(given)?.unwrap_or_default())) }
}

/// How many futures at once.
pub fn batch_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    let number = whole(given)?.unwrap_or(if given.gt(0)? { u64::MAX } else { 0 });
    if number > 0 { Ok(number) } else { Err(refused(given.py(), Some("batch"), "a whole number from 1 is wanted")) }
}

/// A sampler by its name.
pub fn sampler_named(py: Python<'_>, name: &str) -> PyResult<Sampler> {
    name.parse().map_err(|_| refused(py, Some("sampler"), &format!("{} is wanted", Sampler::NAMES)))
}
