//! Work done in pieces on many machines: what a cluster hands round, and what it puts together.

use app::counts::ReadyRows;
use app::row::{Row, Wanted};
use app::{Engine, Work};
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyList};

use crate::arguments::{means, this_engine};
use crate::errors::{AllianceError, raised, refused};
use crate::released::released;
use crate::watched::watched;

/// Work that is done in pieces: blocks of 128 futures of a question, or rows of inputs to be evaluated.
#[pyclass(frozen, module = "alliance")]
#[derive(Debug)]
pub struct Study {
    work: Work,
    /// What is kept ready from one range to the next.
    ready: ReadyRows,
}

impl From<Work> for Study {
    fn from(work: Work) -> Self {
        Self { work, ready: ReadyRows::default() }
    }
}

/// A row as it was written.
fn row_of(py: Python<'_>, row: &str) -> PyResult<Row> {
    serde_json::from_str(row).map_err(|why| refused(py, Some("row"), &why.to_string()))
}

fn written(row: &Row) -> PyResult<String> {
    serde_json::to_string(row).map_err(|why| AllianceError::new_err(why.to_string()))
}

impl Study {
    /// The parts of some work, worked out by a cluster.
    ///
    /// # Errors
    /// What went wrong there.
    pub fn spread(
        py: Python<'_>,
        work: Work,
        client: &Bound<'_, PyAny>,
        kept: Option<String>,
        progress: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Vec<PyBackedBytes>> {
        py.import("alliance.cluster")?.getattr("spread")?.call1((Self::from(work), client, kept, progress))?.extract()
    }
}

#[pymethods]
impl Study {
    /// What is asked, as plain data: what any machine with the same engine reads again.
    #[new]
    fn read(py: Python<'_>, request: &str) -> PyResult<Self> {
        released(py, || Work::read(request))?.map(Self::from).map_err(|error| raised(py, &error))
    }

    /// The same as JSON.
    #[getter]
    fn request(&self, py: Python<'_>) -> PyResult<String> {
        self.work.json().map_err(|error| raised(py, &error))
    }

    /// Whether rows may follow from what the parts of others hold.
    #[getter]
    fn staged(&self) -> bool {
        self.work.is_staged()
    }

    /// Bytes that are given to a piece besides what all know.
    #[getter]
    fn width(&self) -> u64 {
        self.work.width()
    }

    /// The rows that are wanted, each with its number of pieces and with how heavy each of them is, as far as the parts that are there tell.
    fn rows<'py>(&self, py: Python<'py>, parts: Vec<PyBackedBytes>) -> PyResult<Bound<'py, PyList>> {
        let work = &self.work;
        let rows = watched(py, None, move |interrupt| {
            work.rows(&means(1, interrupt), &parts.iter().map(|part| &**part).collect::<Vec<&[u8]>>())
        })?;
        let rows = rows.map_err(|error| raised(py, &error))?;
        let told = |own: &Wanted| Ok((written(&own.row)?, own.pieces, own.weight));
        PyList::new(py, rows.iter().map(told).collect::<PyResult<Vec<_>>>()?)
    }

    /// Pieces `first` to `last` of a row in words.
    fn told(&self, py: Python<'_>, row: &str, first: u64, last: u64) -> PyResult<String> {
        Ok(row_of(py, row)?.told(&(first..last)))
    }

    /// What is given to pieces `first` to `last`, the last left out, besides what all know.
    fn given<'py>(&self, py: Python<'py>, first: u64, last: u64) -> PyResult<Bound<'py, PyBytes>> {
        let given = released(py, || self.work.given(&(first..last)))?;
        given.map(|given| PyBytes::new(py, &given)).map_err(|error| raised(py, &error))
    }

    /// The name of the part of pieces `first` to `last` of a row, the last left out: a hash of all that decides it, the engine too.
    fn name(&self, py: Python<'_>, row: &str, first: u64, last: u64) -> PyResult<String> {
        let row = row_of(py, row)?;
        let name = released(py, || self.work.name_of(&this_engine(), &row, &(first..last)))?;
        name.map_err(|error| raised(py, &error))
    }

    /// The part of pieces `first` to `last` of a row, the last left out.
    #[pyo3(signature = (row, first, last, given=b"".as_slice(), *, threads=1))]
    fn count<'py>(
        &self,
        py: Python<'py>,
        row: &str,
        first: u64,
        last: u64,
        given: &[u8],
        threads: usize,
    ) -> PyResult<Bound<'py, PyBytes>> {
        let row = row_of(py, row)?;
        let counted = watched(py, None, |interrupt| {
            self.work.count(&self.ready, &means(threads, interrupt), &row, first..last, given)
        })?;
        counted.map(|part| PyBytes::new(py, &part)).map_err(|error| raised(py, &error))
    }

    /// The row and the pieces of a part, which is whole and of this work and this engine.
    fn check(&self, py: Python<'_>, part: &[u8]) -> PyResult<(String, u64, u64)> {
        let checked = released(py, || self.work.check_part(&means(1, &std::sync::Arc::default()), part))?;
        let place = checked.map_err(|error| raised(py, &error))?;
        Ok((written(&place.row)?, place.pieces.start, place.pieces.end))
    }
}

/// The engine in words: parts of two engines do not mix.
#[pyfunction(name = "engine")]
pub fn engine_in_words() -> String {
    let Engine { version, figures, commit } = this_engine();
    format!("{version}, figures {figures}, commit {}", commit.as_deref().unwrap_or("unknown"))
}
