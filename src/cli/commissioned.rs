//! A commission checked: its base, each variant, and each value of each sweep.

use std::path::Path;

use super::Failure;
use super::check::{count, sound};
use super::options::Changes;
use analysis::Measure;
use app::{Error, limits};
use engine::model::Model;
use language::{self, Axis, Commission, Loaded, Problem, Problems, Severity};

/// What is said of a commission and its scenarios, and how much of it is worth a look.
pub(super) fn check(
    file: &Path,
    (commission, own): &(Commission, Problems),
    changes: &Changes,
) -> Result<(String, usize), Failure> {
    limits::commission(commission).map_err(|why| Failure::input(format!("{}: {why}.", file.display())))?;
    let mut problems = Vec::new();
    if !own.list().is_empty() {
        problems.push(own.to_string());
    }
    // Where it names no base, that has been told.
    if commission.base.as_os_str().is_empty() {
        return Err(Failure::input(problems.join("\n")));
    }
    let base = keep(changes.load_after(&commission.changes, &commission.base), &mut problems);
    let mut loaded: Vec<Loaded> = Vec::new();
    for variant in &commission.variants {
        let read = language::load(&variant.file, &variant.changes);
        let read = read.map_err(|found| Failure::input(format!("variant \"{}\":\n{found}", variant.name)));
        loaded.extend(keep(read, &mut problems));
    }
    let mut all = true;
    if let Some(base) = &base {
        let axes: Vec<&Axis> =
            commission.sweeps.iter().flat_map(|sweep| std::iter::once(&sweep.along).chain(&sweep.across)).collect();
        let size = base.resolved.to_string().len();
        let read = limits::swept(&axes, size).map_err(|why| Failure::input(format!("{}: {why}.", file.display())))?;
        all = axes.iter().zip(&read).all(|(axis, read)| axis.values.len() == read.len());
        axes.iter().zip(&read).for_each(|(axis, values)| problems.extend(swept(base, axis, values)));
    }
    if let Some(base) = base {
        loaded.insert(0, base);
    }
    problems.extend(unknown_measures(commission, &loaded));
    if !problems.is_empty() {
        return Err(Failure::input(problems.join("\n")));
    }
    let mut text = format!(
        "{}: sound. A commission about {}: {}, {}.\n",
        file.display(),
        commission.base.display(),
        count(commission.variants.len(), "variant"),
        count(commission.sweeps.len(), "sweep")
    );
    if !all {
        text += "  Its base is large: of each swept key only the ends were read. what-if reads every value before it runs.\n";
    }
    if let Some(base) = loaded.first() {
        text += &sound(&commission.base, base);
    }
    let mut notes: Vec<&Problem> = loaded.iter().flat_map(|loaded| &loaded.worth_a_look).collect();
    notes.sort();
    notes.dedup();
    notes.iter().for_each(|note| text += &format!("{note}\n"));
    Ok((text, notes.len()))
}

/// A scenario that reads and compiles; else what is wrong with it is kept.
fn keep(read: Result<Loaded, Failure>, problems: &mut Vec<String>) -> Option<Loaded> {
    let checked = read.and_then(|loaded| match Model::check(&loaded.scenario) {
        Ok(()) => Ok(loaded),
        Err(error) => Err(Error::uncompiled_of(&loaded, &error).into()),
    });
    checked.map_err(|failure| problems.push(failure.message)).ok()
}

/// What is wrong with some values of a swept key.
fn swept(base: &Loaded, axis: &Axis, values: &[f64]) -> Vec<String> {
    let mut told = Vec::new();
    for value in values {
        let change = axis.change(*value);
        let read = change.and_then(|change| language::changed(&base.resolved, &[change], &base.scenario.name));
        told.extend(read.err().map(|problems| problems.to_string()));
    }
    told.dedup();
    told
}

/// Measures that the scenarios do not have.
pub(super) fn unknown_measures(commission: &Commission, loaded: &[Loaded]) -> Option<String> {
    if commission.measures.is_empty() || loaded.is_empty() {
        return None;
    }
    let models: Vec<Model> = loaded.iter().filter_map(|loaded| Model::compile(&loaded.scenario).ok()).collect();
    let known = Measure::names(&models);
    let unknown = commission.measures.iter().filter(|(name, _)| Measure::of(&models, name).is_none());
    let problem = |(name, at): &(String, language::Place)| {
        let told = language::unknown_measure(name, &known);
        let (what, remedy) = told.split_once(". ").map_or((told.as_str(), ""), |(what, remedy)| (what, remedy));
        let (key, what, remedy) = ("measures".to_owned(), what.to_owned(), remedy.to_owned());
        Problem { severity: Severity::Error, place: at.clone(), key, what, remedy }
    };
    let problems: Vec<Problem> = unknown.map(problem).collect();
    (!problems.is_empty()).then(|| Problems::new(problems).to_string())
}
