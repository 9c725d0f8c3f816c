//! A question counted in ranges on many machines: what a cluster hands round, and what it puts together.

use std::sync::Arc;

use app::{Engine, Request};
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use crate::arguments::{means, this_engine};
use crate::errors::{raised, refused};
use crate::released::released;
use crate::watched::watched;

/// A question that is counted in ranges of blocks of 128 futures.
#[pyclass(frozen, module = "alliance")]
#[derive(Debug)]
pub struct Study(Arc<app::Study>);

impl Study {
    /// Of a question that may be asked.
    pub const fn new(study: Arc<app::Study>) -> Self {
        Self(study)
    }
}

#[pymethods]
impl Study {
    /// What is asked, as plain data: what any machine with the same engine reads again.
    #[new]
    fn read(py: Python<'_>, request: &str) -> PyResult<Self> {
        let read = || {
            let request: Request = serde_json::from_str(request).map_err(|why| why.to_string())?;
            Ok(request.read())
        };
        let study = released(py, read)?.map_err(|why: String| refused(py, None, &why))?;
        study.map(|study| Self(Arc::new(study))).map_err(|error| raised(py, &error))
    }

    /// The same as JSON.
    #[getter]
    fn request(&self) -> PyResult<String> {
        serde_json::to_string(&self.0.request()).map_err(|why| crate::errors::AllianceError::new_err(why.to_string()))
    }

    /// Blocks of 128 futures that there are to be counted.
    #[getter]
    fn blocks(&self) -> u64 {
        self.0.blocks()
    }

    /// The name of the counts of blocks `first` to `last`, the last left out: a hash of all that decides them, the engine too.
    fn name(&self, py: Python<'_>, first: u64, last: u64) -> PyResult<String> {
        self.0.name_of(&this_engine(), &(first..last)).map_err(|error| raised(py, &error))
    }

    /// The counts of blocks `first` to `last`, the last left out.
    #[pyo3(signature = (first, last, *, threads=1))]
    fn count<'py>(&self, py: Python<'py>, first: u64, last: u64, threads: usize) -> PyResult<Bound<'py, PyBytes>> {
        let counted = watched(py, None, |interrupt| self.0.count(&means(threads, interrupt), first..last))?;
        counted.map(|part| PyBytes::new(py, &part)).map_err(|error| raised(py, &error))
    }

    /// The blocks of a part, which is whole and of this question and this engine.
    fn check(&self, py: Python<'_>, part: &[u8]) -> PyResult<(u64, u64)> {
        let checked = released(py, || self.0.check_part(&means(1, &Arc::default()), part))?;
        checked.map(|blocks| (blocks.start, blocks.end)).map_err(|error| raised(py, &error))
    }
}

/// The engine in words: parts of two engines do not mix.
#[pyfunction(name = "engine")]
pub fn engine_in_words() -> String {
    let Engine { version, figures, commit } = this_engine();
    format!("{version}, figures {figures}, commit {}", commit.as_deref().unwrap_or("unknown"))
}
