//! Exceptions and the problems that they hold, each with its place.

use app::{Error, Field};
use language::{Origin, Problems, Severity};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyKeyboardInterrupt};
use pyo3::prelude::*;

create_exception!(alliance, AllianceError, PyException, "Why there is no answer.");
create_exception!(
    alliance,
    ScenarioError,
    AllianceError,
    "What is wrong with scenarios; `problems` has each problem with its place."
);
create_exception!(
    alliance,
    RequestError,
    AllianceError,
    "What is wrong with a question; `field` names the argument, or is None where it is no single one."
);

/// One thing that is wrong with a scenario, or worth a look.
#[pyclass(frozen, eq, hash, skip_from_py_object, module = "alliance")]
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Problem {
    /// The file; None where it stands in none.
    #[pyo3(get)]
    file: Option<String>,
    /// The line, from 1; of a workbook, the row.
    #[pyo3(get)]
    line: Option<usize>,
    /// The column, from 1.
    #[pyo3(get)]
    column: Option<usize>,
    /// Path of the key; empty for the file as a whole.
    #[pyo3(get)]
    key: String,
    /// What is wrong.
    #[pyo3(get)]
    message: String,
    /// What would be right.
    #[pyo3(get)]
    remedy: String,
    /// `error` or `worth a look`.
    #[pyo3(get)]
    severity: &'static str,
    said: String,
}

#[pymethods]
impl Problem {
    fn __str__(&self) -> &str {
        &self.said
    }

    fn __repr__(&self) -> String {
        format!("<Problem {}>", self.said)
    }
}

impl From<&language::Problem> for Problem {
    fn from(own: &language::Problem) -> Self {
        let file = match &*own.place.origin {
            Origin::File(path) | Origin::Sheet { book: path, .. } => Some(path.display().to_string()),
            Origin::CommandLine(_) | Origin::Kept(_) | Origin::Resolved | Origin::Question => None,
        };
        let counted = |number: usize| (number > 0).then_some(number);
        let (line, column) = (counted(own.place.line), counted(own.place.column));
        let severity = match own.severity {
            Severity::Error => "error",
            Severity::WorthALook => "worth a look",
        };
        let (key, message, remedy) = (own.key.clone(), own.what.clone(), own.remedy.clone());
        Self { file, line, column, key, message, remedy, severity, said: told(&own.to_string(), &own.place.origin) }
    }
}

/// What is said of a problem: a change is made by `set` here, on no command line.
fn told(said: &str, origin: &Origin) -> String {
    match origin {
        Origin::CommandLine(_) => said.replacen("on the command line", "in what is set", 1),
        _ => said.to_owned(),
    }
}

/// Problems as objects.
pub fn listed<'a>(problems: impl IntoIterator<Item = &'a language::Problem>) -> Vec<Problem> {
    problems.into_iter().map(Problem::from).collect()
}

/// The exception that says what is wrong with scenarios.
pub fn unsound(py: Python<'_>, found: &[Problems]) -> PyErr {
    let mut problems = listed(found.iter().flat_map(Problems::list));
    problems.dedup();
    let said: Vec<String> = problems.iter().map(|problem| problem.said.clone()).collect();
    with(py, ScenarioError::new_err(said.join("\n")), "problems", problems)
}

/// The exception that says what is wrong with an argument.
pub fn refused(py: Python<'_>, field: Option<&'static str>, what: &str) -> PyErr {
    let said = field.map_or_else(|| what.to_owned(), |field| format!("{field}: {what}"));
    with(py, RequestError::new_err(said), "field", field)
}

/// The exception that says why there is no answer.
pub fn raised(py: Python<'_>, error: &Error) -> PyErr {
    raised_by(py, error, named)
}

/// The same where arguments have other names.
pub fn raised_by(py: Python<'_>, error: &Error, named: fn(Field) -> Option<&'static str>) -> PyErr {
    match error {
        Error::Problems(problems) => unsound(py, std::slice::from_ref(problems)),
        Error::Refused(why) => {
            let field = named(why.field);
            let said = why.told(named, |field, value| {
                named(field).map_or_else(|| value.to_owned(), |name| format!("{name}={value:?}"))
            });
            with(py, RequestError::new_err(said), "field", field)
        }
        Error::Stopped(_) => PyKeyboardInterrupt::new_err(()),
        Error::Failed(what) => AllianceError::new_err(what.clone()),
    }
}

/// An exception with an attribute.
fn with<'py>(py: Python<'py>, error: PyErr, name: &str, value: impl IntoPyObject<'py>) -> PyErr {
    match error.value(py).setattr(name, value) {
        Ok(()) => error,
        Err(failed) => failed,
    }
}

/// The argument that gives a part of a question; none where no single one does.
pub const fn named(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::Outcome => "outcome",
        Field::Fail => "fail",
        Field::Years => "years",
        Field::Percentile => "percentile",
        Field::Slots => "slots",
        Field::AsOf => "as_of",
        Field::Discrepancy => "discrepancy",
        Field::Most => "most",
        Field::Actuals => "scenario",
        Field::Measures => "measure",
        Field::Sweeps => "sweep",
        Field::Trials => "trials",
        Field::Sampler => "sampler",
        Field::Until => "until",
        Field::Second => "against",
        Field::Scenarios => "scenario",
        Field::Inputs => "inputs",
        Field::Row => "row",
        Field::Pieces => "pieces",
        Field::Format | Field::Question | Field::Where | Field::By | Field::Show | Field::Class | Field::Without => {
            return None;
        }
    })
}
