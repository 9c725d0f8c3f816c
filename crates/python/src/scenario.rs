//! A scenario: read from a file, a text or a dict, with changes in the words of `--set`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use app::Error;
use engine::model::Model;
use language::{Given, Loaded, Override, Problems, text_to_toml};
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyString};
use serde_json::Value as Json;

use crate::arguments::{changes_of, wrong};
use crate::errors::{Problem, listed, refused, unsound};
use crate::released::released;

/// What a text is called in what is said of it.
const TEXT: &str = "scenario.toml";
/// What a dict is called that has no name.
const DICT: &str = "scenario";

/// What a scenario is read from.
#[derive(Debug, Clone, PartialEq)]
pub enum Source {
    /// A file on the disk, with the files that it names.
    File(PathBuf),
    /// A text that names no file.
    Text(String),
    /// Plain data, such as `Scenario.resolved`.
    Data(Json),
}

/// A scenario that was read and found sound.
#[pyclass(frozen, skip_from_py_object, module = "alliance")]
#[derive(Debug, Clone)]
pub struct Scenario {
    source: Source,
    changes: Vec<Override>,
    loaded: Loaded,
}

impl Source {
    /// Of a path, a text of several lines, or a dict.
    fn of(source: &Bound<'_, PyAny>, field: &'static str) -> PyResult<Self> {
        let py = source.py();
        if let Ok(data) = source.cast::<PyDict>() {
            let written = py.import("json")?.call_method1("dumps", (data,));
            let text: String = written.and_then(|text| text.extract()).map_err(|why| {
                refused(
                    py,
                    Some(field),
                    &format!("a dict of numbers, texts, lists and dicts is wanted: {}", why.value(py)),
                )
            })?;
            let read = serde_json::from_str(&text);
            return read.map(Self::Data).map_err(|why| refused(py, Some(field), &why.to_string()));
        }
        match source.extract::<String>() {
            Ok(text) if text.contains('\n') => Ok(Self::Text(text)),
            _ => source.extract::<PathBuf>().map(Self::File).map_err(|_| {
                wrong(source, field, "a scenario is wanted: a path, a text of several lines, a dict or a Scenario")
            }),
        }
    }

    fn read(&self, changes: &[Override]) -> Result<Loaded, Problems> {
        match self {
            Self::File(path) => language::load(path, changes),
            Self::Text(text) => {
                let given = Given(BTreeMap::from([(PathBuf::from(TEXT), text.clone().into_bytes())]));
                language::load_from(&given, Path::new(TEXT), changes)
            }
            Self::Data(data) => {
                let name = data.get("name").and_then(Json::as_str).unwrap_or(DICT);
                language::changed(data, changes, name)
            }
        }
    }
}

impl Scenario {
    /// Of whatever a scenario may be given as, by the argument `field`.
    pub fn of(source: &Bound<'_, PyAny>, field: &'static str) -> PyResult<Self> {
        match source.cast::<Self>() {
            Ok(own) => Ok(own.get().clone()),
            Err(_) => Self::read(source.py(), Source::of(source, field)?, Vec::new()),
        }
    }

    fn read(py: Python<'_>, source: Source, changes: Vec<Override>) -> PyResult<Self> {
        match released(py, || source.read(&changes))? {
            Ok(loaded) => Ok(Self { source, changes, loaded }),
            Err(found) => Err(unsound(py, &[found])),
        }
    }

    /// Of a file with changes.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn of_file(py: Python<'_>, path: &Path, changes: &[Override]) -> PyResult<Result<Self, Problems>> {
        let source = Source::File(path.to_owned());
        let read = released(py, || source.read(changes))?;
        Ok(read.map(|loaded| Self { source, changes: changes.to_vec(), loaded }))
    }

    /// The path, where it is one that is given.
    pub fn path(of: &Bound<'_, PyAny>) -> Option<PathBuf> {
        match Source::of(of, "scenario") {
            Ok(Source::File(path)) => Some(path),
            _ => None,
        }
    }

    /// The same with changes laid over it.
    pub fn with(&self, py: Python<'_>, changes: &Bound<'_, PyDict>, field: &'static str) -> PyResult<Self> {
        let more = overrides(changes, field)?;
        Self::read(
            py,
            self.source.clone(),
            self.changes.iter().cloned().chain(more.into_iter().map(|change| change.after(&self.changes))).collect(),
        )
    }

    /// The scenario as it was read.
    pub const fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Whether it was read from the same, with the same changes.
    pub fn is(&self, other: &Self) -> bool {
        self.source == other.source && self.changes == other.changes
    }
}

/// Changes from a dict whose keys are paths of keys.
fn overrides(changes: &Bound<'_, PyDict>, field: &'static str) -> PyResult<Vec<Override>> {
    let py = changes.py();
    let (mut read, mut found) = (Vec::new(), Vec::new());
    for (key, value) in changes {
        let key = key.extract::<String>().map_err(|_| wrong(&key, field, "the path of a key is wanted as a text"))?;
        let value = match value.cast::<PyString>() {
            // As on the command line: what is no number, list or table is a text.
            Ok(text) => text.to_str()?.to_owned(),
            Err(_) => toml(&value, field)?,
        };
        match Override::parse(&format!("{key}={value}")) {
            Ok(change) => read.push(change),
            Err(problems) => found.push(problems),
        }
    }
    if found.is_empty() { Ok(read) } else { Err(unsound(py, &found)) }
}

/// A value as the scenario language writes it.
fn toml(value: &Bound<'_, PyAny>, field: &'static str) -> PyResult<String> {
    if let Ok(flag) = value.cast::<PyBool>() {
        return Ok(flag.is_true().to_string());
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text_to_toml(text.to_str()?));
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(value.str()?.to_string());
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(format!("{:?}", number.extract::<f64>()?).replace("NaN", "nan"));
    }
    if let Ok(items) = value.cast::<PyList>() {
        let items = items.iter().map(|item| toml(&item, field)).collect::<PyResult<Vec<_>>>()?;
        return Ok(format!("[{}]", items.join(", ")));
    }
    if let Ok(table) = value.cast::<PyDict>() {
        let entry = |(key, value): (Bound<'_, PyAny>, Bound<'_, PyAny>)| {
            let key =
                key.extract::<String>().map_err(|_| wrong(&key, field, "the name of a key is wanted as a text"))?;
            Ok(format!("{} = {}", text_to_toml(&key), toml(&value, field)?))
        };
        let entries = table.iter().map(entry).collect::<PyResult<Vec<_>>>()?;
        return Ok(format!("{{ {} }}", entries.join(", ")));
    }
    Err(wrong(value, field, "a number, a text, a bool, a list or a dict can be set"))
}

#[pymethods]
impl Scenario {
    /// Reads a scenario from a path, from a text of several lines that names no other file, or from a dict.
    #[staticmethod]
    fn load(source: &Bound<'_, PyAny>) -> PyResult<Self> {
        Self::of(source, "source")
    }

    /// What is worth a look, and what only compiling finds wrong.
    fn check(&self, py: Python<'_>) -> PyResult<Vec<Problem>> {
        let compiled = released(py, || Model::check(&self.loaded.scenario))?;
        let wrong = match compiled.map_err(|why| Error::uncompiled_of(&self.loaded, &why)) {
            Err(Error::Problems(problems)) => problems,
            _ => Problems::default(),
        };
        Ok(listed(wrong.list().iter().chain(&self.loaded.worth_a_look)))
    }

    /// The same scenario with changes, such as `{"economy.pay_share": 0.8}`. A text is taken as behind `--set`.
    fn set(&self, py: Python<'_>, changes: &Bound<'_, PyAny>) -> PyResult<Self> {
        match changes_of(Some(changes), "changes")? {
            Some(changes) => self.with(py, changes, "changes"),
            None => Ok(self.clone()),
        }
    }

    /// The scenario with every default filled in.
    #[getter]
    fn resolved<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(py.import("json")?.call_method1("loads", (self.loaded.resolved.to_string(),))?.cast_into()?)
    }

    /// Its short name.
    #[getter]
    fn name(&self) -> &str {
        &self.loaded.scenario.name
    }

    /// Its title.
    #[getter]
    fn title(&self) -> &str {
        &self.loaded.scenario.title
    }

    fn __repr__(&self) -> String {
        format!("<Scenario {}: {}>", self.name(), self.title())
    }
}
