//! Answers: figures, words, a page, charts and frames, laid out when they are asked for.

use std::sync::Arc;

use app::{Document, Study};
use pyo3::prelude::*;
use pyo3::types::PyDict;
use report::chart::inline;
use report::terminal::WIDTH;

use crate::errors::raised;
use crate::frame::Frame;
use crate::released::released;

/// An answer.
#[pyclass(frozen, subclass, module = "alliance")]
#[derive(Debug)]
pub struct Answer {
    study: Arc<Study>,
    answer: Arc<app::Answer>,
}

impl Answer {
    /// The answer to a study.
    pub fn new(study: Arc<Study>, answer: app::Answer) -> Self {
        Self { study, answer: Arc::new(answer) }
    }

    fn document(&self) -> Document<'_> {
        self.answer.document(&self.study)
    }

    fn json(&self, py: Python<'_>) -> PyResult<String> {
        released(py, || self.document().json())?.map_err(|error| raised(py, &error))
    }
}

#[pymethods]
impl Answer {
    /// The figures as JSON: the bytes that `--format json` prints and `summary.json` holds.
    fn to_json(&self, py: Python<'_>) -> PyResult<String> {
        self.json(py)
    }

    /// The same as dicts, lists and numbers.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        Ok(py.import("json")?.call_method1("loads", (self.json(py)?,))?.cast_into()?)
    }

    /// Its tables by name, every digit in them.
    fn to_frames<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let all = PyDict::new(py);
        for sheet in released(py, || self.document().tables())? {
            all.set_item(sheet.name, Frame::new(&sheet))?;
        }
        Ok(all)
    }

    /// What the command line prints.
    #[getter]
    fn text(&self, py: Python<'_>) -> PyResult<String> {
        released(py, || self.document().screen(WIDTH))
    }

    /// The page, which needs nothing else: no network, no script.
    #[getter]
    fn html(&self, py: Python<'_>) -> PyResult<String> {
        released(py, || self.document().page().render())
    }

    /// What was found, in sentences, the most important first.
    #[getter]
    fn findings(&self) -> Vec<&str> {
        self.answer.findings().iter().map(String::as_str).collect()
    }

    /// Its charts as SVG, by name.
    fn charts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let drawn: Vec<(String, String)> = released(py, || {
            let sets = self.document().charts();
            let of = |set: &app::Charts<'_>| -> Vec<(String, String)> {
                set.all().iter().map(|chart| (chart.name(), inline(&chart.scene(&set.foot)))).collect()
            };
            sets.iter().flat_map(of).collect()
        })?;
        let all = PyDict::new(py);
        drawn.into_iter().try_for_each(|(name, svg)| all.set_item(name, svg))?;
        Ok(all)
    }

    fn __repr__(own: &Bound<'_, Self>) -> PyResult<String> {
        let kind = own.get_type().name()?;
        let first = own.get().answer.findings().first().map_or("", String::as_str);
        Ok(format!("<{kind}: {first}>"))
    }

    /// The page in a notebook, its look kept apart from that of the notebook.
    fn _repr_html_(&self, py: Python<'_>) -> PyResult<String> {
        let page = self.html(py)?.replace('&', "&amp;").replace('"', "&quot;");
        Ok(format!("<iframe srcdoc=\"{page}\" style=\"width: 100%; height: 45em; border: 0\"></iframe>"))
    }
}

/// Kinds of answers, one a question.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[pyclass(frozen, extends = Answer, module = "alliance")]
        #[derive(Debug)]
        pub struct $kind;

        impl From<Answer> for PyClassInitializer<$kind> {
            fn from(own: Answer) -> Self {
                PyClassInitializer::from(own).add_subclass($kind)
            }
        }
    )*};
}

kinds! {
    /// What is to be expected of a scenario.
    Forecast,
    /// Scenarios side by side.
    Comparison,
    /// All of it on one page.
    Report,
    /// A commissioned question answered.
    WhatIf,
    /// What drives an outcome.
    Explanation,
    /// When a scenario fails.
    Discovery,
    /// Whether a deal is fair.
    Sharing,
    /// A better order and pace of delivery.
    Optimum,
    /// Every number that a scenario states, and how much it matters.
    Register,
}
