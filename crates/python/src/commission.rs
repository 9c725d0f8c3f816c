//! A commissioned question read from its file: the base, its variants, what is asked.

use std::path::Path;

use app::question::{CHANGES, Commissioned};
use app::{Error, Field, limits};
use language::{Loaded, Problems};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::errors::{raised, unsound};
use crate::released::released;
use crate::scenario::Scenario;

/// What is asked, and of which scenarios, the base first.
pub struct Asked {
    /// What is asked.
    pub question: Commissioned,
    /// The base and every variant.
    pub scenarios: Vec<Loaded>,
}

/// Reads a commission, or takes what is no commission for a scenario. `changes` make one variant more.
pub fn read(of: &Bound<'_, PyAny>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Asked> {
    let mut asked = match commissioned(of)? {
        Some((asked, base)) => return with_changes(of.py(), asked, &base, changes),
        None => Asked { question: Commissioned::default(), scenarios: Vec::new() },
    };
    let base = Scenario::of(of, "scenario")?;
    asked.scenarios.push(base.loaded().clone());
    with_changes(of.py(), asked, &base, changes)
}

fn with_changes(
    py: Python<'_>,
    mut asked: Asked,
    base: &Scenario,
    changes: Option<&Bound<'_, PyDict>>,
) -> PyResult<Asked> {
    if let Some(changes) = changes.filter(|changes| !changes.is_empty()) {
        let mut changed = base.with(py, changes, "set")?.loaded().clone();
        changed.rename(CHANGES);
        asked.scenarios.push(changed);
    }
    Ok(asked)
}

/// The commission of a file with its base; none where it is none.
fn commissioned(of: &Bound<'_, PyAny>) -> PyResult<Option<(Asked, Scenario)>> {
    let py = of.py();
    let Some(path) = Scenario::path(of) else { return Ok(None) };
    let wrong = |found: Problems| unsound(py, &[found]);
    let Some(commission) = released(py, || language::commission(Path::new(&path)))?.map_err(wrong)? else {
        return Ok(None);
    };
    let fits = limits::commission(&commission);
    fits.map_err(|why| raised(py, &Error::from(Field::Scenarios.refused(why))))?;
    let base = Scenario::of_file(py, &commission.base, &commission.changes);
    let variants = commission.variants.iter().map(|variant| Scenario::of_file(py, &variant.file, &variant.changes));
    let (mut scenarios, mut found) = (Vec::new(), Vec::new());
    let names = std::iter::once(None).chain(commission.variants.iter().map(|variant| Some(&variant.name)));
    let mut first = None;
    for (read, name) in std::iter::once(base).chain(variants).zip(names) {
        match read? {
            Ok(own) => {
                let mut loaded = own.loaded().clone();
                name.into_iter().for_each(|name| loaded.rename(name));
                scenarios.push(loaded);
                first.get_or_insert(own);
            }
            Err(problems) => found.push(problems),
        }
    }
    match first {
        Some(base) if found.is_empty() => {
            Ok(Some((Asked { question: Commissioned::from(&commission), scenarios }, base)))
        }
        _ => Err(unsound(py, &found)),
    }
}
