//! The one door to the engine: the interpreter is released, and a panic of the engine is an exception like any other.

use foreign::guarded::guarded;
use pyo3::prelude::*;

use crate::errors::AllianceError;

/// Does some work of the engine with the interpreter released.
///
/// # Errors
/// Where it panicked.
pub fn released<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    py.detach(|| guarded(work)).ok_or_else(fault)
}

/// That the engine ended without an answer.
pub fn fault() -> PyErr {
    AllianceError::new_err("the work ended without an answer: this is a fault of the engine")
}
