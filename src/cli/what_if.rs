//! `alliance what-if`: a commissioned question answered: variants beside the base, keys swept.

use std::path::PathBuf;

use app::Question;
use app::question::{self, Commissioned};
use clap::Args;

use super::Failure;
use super::answer::Ways;
use super::commissioned::{self, unknown_measures};
use super::options::{Changes, measure};
use language::{Commission, Loaded, Problems, Sweep};

/// What `what-if` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A commission, or a scenario whose changes stand on the command line
    file: PathBuf,
    /// Sweep a key, such as 'alliance."Strategic alliance".slip=1..2:9' (from, to, steps) or 'KEY=1,1.5,2'; two keys, with ; between
    /// them, make a map
    #[arg(long, value_name = "KEY=VALUES", value_parser = question::sweep)]
    sweep: Vec<Sweep>,
    /// Tell this measure, such as npv; may be given several times
    #[arg(long, value_name = "NAME", value_parser = measure)]
    measure: Vec<String>,
    #[command(flatten)]
    ways: Ways,
}

/// Answers a question.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let commission = read(arguments)?;
    let question = Question::WhatIf(asked(arguments, commission.as_ref()));
    let changed = usize::from(!arguments.ways.changes.set.is_empty());
    arguments.ways.check(&question, 1 + commission.as_ref().map_or(0, |own| own.variants.len()) + changed)?;
    let loaded = load(arguments, commission.as_ref())?;
    if let Some(unknown) = commission.as_ref().and_then(|commission| unknown_measures(commission, &loaded)) {
        return Err(Failure::input(unknown));
    }
    let stem = arguments.file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    arguments.ways.answer(&format!("what-if-{stem}"), question, loaded)
}

/// The commission, where the file is one. What is wrong with it is told with all that is wrong with its scenarios, as `check` tells it.
fn read(arguments: &Arguments) -> Result<Option<Commission>, Failure> {
    let failed = |found: Problems| Failure::input(found.to_string());
    match language::commission_with_problems(&language::Disk, &arguments.file).map_err(failed)? {
        Some((commission, found)) if !found.list().is_empty() => {
            let both = (commission, found);
            let checked = commissioned::check(&arguments.file, &both, &arguments.ways.changes);
            Err(checked.err().unwrap_or_else(|| failed(both.1)))
        }
        own => Ok(own.map(|(commission, _)| commission)),
    }
}

/// The base and every variant; the problems of all are told at once.
fn load(arguments: &Arguments, commission: Option<&Commission>) -> Result<Vec<Loaded>, Failure> {
    let (mut loaded, mut problems) = (Vec::new(), Vec::new());
    let mut take = |name: Option<&str>, result: Result<Loaded, Failure>| match result {
        Ok(mut scenario) => {
            if let Some(name) = name {
                scenario.rename(name);
            }
            loaded.push(scenario);
        }
        Err(failure) => problems.push(failure.message),
    };
    let base = commission.map_or(&arguments.file, |commission| &commission.base);
    let of_base = commission.map_or(&[][..], |commission| &commission.changes[..]);
    take(None, Changes::default().load_after(of_base, base));
    for variant in commission.iter().flat_map(|commission| &commission.variants) {
        let read = language::load(&variant.file, &variant.changes);
        take(Some(&variant.name), read.map_err(|found| Failure::input(found.to_string())));
    }
    if !arguments.ways.changes.set.is_empty() {
        take(Some(question::CHANGES), arguments.ways.changes.load_after(of_base, base));
    }
    problems.dedup();
    if problems.is_empty() { Ok(loaded) } else { Err(Failure::input(problems.join("\n"))) }
}

/// What is asked, in the commission and on the command line.
fn asked(arguments: &Arguments, commission: Option<&Commission>) -> Commissioned {
    let mut asked = commission.map_or_else(Commissioned::default, Commissioned::from);
    asked.measures.extend(arguments.measure.iter().cloned());
    asked.sweeps.extend(arguments.sweep.iter().cloned());
    asked
}
