//! Arguments that several functions take, read and checked: what is none of their kind is refused by their name. And what it takes to answer.

use std::path::PathBuf;
use std::sync::Arc;

use app::{Engine, Means, limits};
use engine::run::Interrupt;
use engine::uncertainty::Sampler;
use pyo3::exceptions::PyOverflowError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyString};

use crate::errors::refused;

/// What is wanted where a name of an outcome is.
const OUTCOME: &str = "the name of an outcome is wanted, such as \"npv\"";
/// Longest text of a value that is told as it is.
const TOLD: usize = 60;

/// The engine that this package is.
pub fn this_engine() -> Engine {
    Engine::this(option_env!("ALLIANCE_COMMIT"))
}

/// What it takes to answer.
pub fn means(threads: usize, interrupt: &Arc<Interrupt>) -> Means {
    Means { engine: this_engine(), threads, interrupt: interrupt.clone() }
}

/// That an argument is not of its kind.
pub fn wrong(given: &Bound<'_, PyAny>, field: &'static str, wanted: &str) -> PyErr {
    let told = given.repr().ok().and_then(|text| text.extract::<String>().ok());
    let told = told.filter(|text| text.chars().count() <= TOLD && !text.contains('\n'));
    let kind = || given.get_type().name().map_or_else(|_| "this".to_owned(), |name| format!("a {name}"));
    refused(given.py(), Some(field), &format!("{wanted}, not {}", told.unwrap_or_else(kind)))
}

/// A whole number that was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Whole {
    Below0,
    Is(u64),
    /// Larger than any that is taken.
    Beyond,
}

impl Whole {
    /// None for what is none: a truth value, and what has a fraction.
    fn of(given: &Bound<'_, PyAny>) -> PyResult<Option<Self>> {
        if given.is_instance_of::<PyBool>() {
            return Ok(None);
        }
        match given.extract::<u64>() {
            Ok(number) => Ok(Some(Self::Is(number))),
            Err(why) if why.is_instance_of::<PyOverflowError>(given.py()) => {
                Ok(Some(if given.gt(0)? { Self::Beyond } else { Self::Below0 }))
            }
            Err(_) => Ok(None),
        }
    }

    /// The nearest number from 0 that there is.
    const fn nearest(self) -> u64 {
        match self {
            Self::Below0 => 0,
            Self::Is(number) => number,
            Self::Beyond => u64::MAX,
        }
    }

    /// The number, where it is one from 0 to the largest.
    fn is(self) -> Option<u64> {
        if let Self::Is(number) = self { Some(number) } else { None }
    }
}

/// A whole number that is checked; what is none is refused in the words of a number that is too small.
fn checked<T>(
    given: &Bound<'_, PyAny>,
    field: &'static str,
    check: impl Fn(Whole) -> Result<T, String>,
) -> PyResult<T> {
    let wanted = || check(Whole::Below0).err().unwrap_or_else(|| "a whole number is wanted".to_owned());
    match Whole::of(given)? {
        Some(number) => check(number).map_err(|what| refused(given.py(), Some(field), &what)),
        None => Err(wrong(given, field, &wanted())),
    }
}

/// How many trials.
pub fn trials_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    checked(given, "trials", |number| limits::trials(number.nearest()))
}

/// How many trials, where that is told.
pub fn trials_or_none(given: &Bound<'_, PyAny>) -> PyResult<Option<u64>> {
    if given.is_none() { Ok(None) } else { trials_of(given).map(Some) }
}

/// A seed.
pub fn seed_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    let wanted = || format!("a whole number from 0 to {} is wanted", u64::MAX);
    checked(given, "seed", |number| number.is().ok_or_else(wanted))
}

/// How many threads.
pub fn threads_of(given: &Bound<'_, PyAny>) -> PyResult<usize> {
    // Fewer than none are as wrong as more than there may be.
    let number = |own: Whole| own.is().and_then(|own| usize::try_from(own).ok()).unwrap_or(usize::MAX);
    checked(given, "threads", |own| limits::threads(number(own)))
}

/// How many futures at once.
pub fn batch_of(given: &Bound<'_, PyAny>) -> PyResult<u64> {
    let wanted = || "a whole number from 1 is wanted".to_owned();
    checked(given, "batch", |number| Some(number.nearest()).filter(|own| *own > 0).ok_or_else(wanted))
}

/// A whole number from 1 to some other that may be left out.
fn up_to<T: TryFrom<u64>>(given: &Bound<'_, PyAny>, field: &'static str, most: Option<u64>) -> PyResult<Option<T>> {
    if given.is_none() {
        return Ok(None);
    }
    let to = most.map_or_else(String::new, |most| format!(" to {most}"));
    let wanted = || format!("a whole number from 1{to} is wanted");
    let fits = |number: &u64| *number > 0 && most.is_none_or(|most| *number <= most);
    let fitting = |own: Whole| Some(own.nearest()).filter(fits).and_then(|own| T::try_from(own).ok());
    checked(given, field, |own| fitting(own).ok_or_else(wanted)).map(Some)
}

/// Years over which scenarios are compared, where that is told.
pub fn years_of(given: &Bound<'_, PyAny>) -> PyResult<Option<usize>> {
    up_to(given, "years", None)
}

/// A percentile, where one is told.
pub fn percentile_of(given: &Bound<'_, PyAny>) -> PyResult<Option<u8>> {
    up_to(given, "percentile", Some(99))
}

/// Delivery slots, where that is told.
pub fn slots_of(given: &Bound<'_, PyAny>) -> PyResult<Option<u32>> {
    up_to(given, "slots", Some(limits::SLOTS.into()))
}

/// The precision at which a run stops, `0.01` or `"1%"`, where that is told.
pub fn until_of(given: &Bound<'_, PyAny>) -> PyResult<Option<f64>> {
    if given.is_none() {
        return Ok(None);
    }
    let said = |what: &String| refused(given.py(), Some("until"), what);
    if let Ok(text) = given.extract::<String>() {
        return limits::precision_written(&text).map(Some).map_err(|what| said(&what));
    }
    let number = if given.is_instance_of::<PyBool>() { None } else { given.extract::<f64>().ok() };
    match (limits::precision(number.unwrap_or(f64::NAN)), number) {
        (Ok(part), _) => Ok(Some(part)),
        (Err(what), Some(_)) => Err(said(&what)),
        (Err(what), None) => Err(wrong(given, "until", &what)),
    }
}

/// The name of a sampler.
pub fn sampler_of<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    let name = text(given, "sampler", &format!("{} is wanted", Sampler::NAMES))?;
    sampler_named(given.py(), name).map(|_| name)
}

/// A sampler by its name.
pub fn sampler_named(py: Python<'_>, name: &str) -> PyResult<Sampler> {
    name.parse().map_err(|_| refused(py, Some("sampler"), &format!("{} is wanted", Sampler::NAMES)))
}

fn text<'a>(given: &'a Bound<'_, PyAny>, field: &'static str, wanted: &str) -> PyResult<&'a str> {
    let text = given.cast::<PyString>().map_err(|_| wrong(given, field, wanted))?;
    text.to_str().map_err(|_| wrong(given, field, wanted))
}

/// The name of an outcome.
pub fn outcome_of<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(given, "outcome", OUTCOME)
}

/// What counts as failure.
pub fn fail_of<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(given, "fail", "a condition is wanted, such as \"npv < 0\"")
}

/// The name of an input.
pub fn input_of<'a>(given: &'a Bound<'_, PyAny>) -> PyResult<&'a str> {
    text(given, "input", "the name of an uncertain number is wanted, as in `set`")
}

/// Texts in a list, or one alone; none where nothing is given.
fn texts(given: &Bound<'_, PyAny>, field: &'static str, wanted: &str) -> PyResult<Option<Vec<String>>> {
    if given.is_none() {
        return Ok(None);
    }
    if given.is_instance_of::<PyString>() {
        return text(given, field, wanted).map(|one| Some(vec![one.to_owned()]));
    }
    given.extract().map(Some).map_err(|_| wrong(given, field, wanted))
}

/// What is swept.
pub fn sweeps_of(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    let wanted = "a list of swept keys is wanted, such as [\"economy.pay_share=0.7..0.9:5\"]";
    texts(given, "sweep", wanted)
}

/// Measures that are asked for.
pub fn measures_of(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    texts(given, "measure", "a list of names of outcomes is wanted")
}

/// Names of outcomes; none where none is given.
pub fn outcomes_of(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    texts(given, "outcomes", "a list of names of outcomes is wanted")
}

/// Names of inputs that are kept; none where none is given.
pub fn inputs_of(given: &Bound<'_, PyAny>) -> PyResult<Option<Vec<String>>> {
    texts(given, "inputs", "a list of names of inputs is wanted")
}

/// Changes by key, where there are any.
pub fn changes_of<'a, 'py>(
    given: Option<&'a Bound<'py, PyAny>>,
    field: &'static str,
) -> PyResult<Option<&'a Bound<'py, PyDict>>> {
    let wanted = "a dict of changes is wanted, such as {\"economy.pay_share\": 0.8}";
    let Some(given) = given else { return Ok(None) };
    given.cast::<PyDict>().map(Some).map_err(|_| wrong(given, field, wanted))
}

/// Where parts are kept, if they are.
pub fn kept_of(given: &Bound<'_, PyAny>) -> PyResult<Option<PathBuf>> {
    let wanted = "a folder, or an address that fsspec knows, is wanted";
    if given.is_none() { Ok(None) } else { given.extract().map(Some).map_err(|_| wrong(given, "kept", wanted)) }
}
