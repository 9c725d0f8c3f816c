//! `alliance check`: are these scenarios sound?

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::Changes;
use super::{Failure, print};
use crate::exit_code::Exit;
use crate::model::Model;

/// What `check` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario files
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print each scenario with every default filled in, as JSON
    #[arg(long)]
    resolved: bool,
    #[command(flatten)]
    changes: Changes,
}

/// Checks each file; all problems of all files are told.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut problems = Vec::new();
    for file in &arguments.files {
        match check(file, arguments) {
            Ok(text) => print(&text),
            Err(failure) => problems.push(failure),
        }
    }
    match problems.len() {
        0 => Ok(()),
        _ => {
            let exit = problems[0].exit;
            let text: Vec<String> = problems.into_iter().map(|failure| failure.message).collect();
            Err(Failure::new(exit, text.join("\n\n")))
        }
    }
}

fn check(file: &Path, arguments: &Arguments) -> Result<String, Failure> {
    let loaded = arguments.changes.load(file)?;
    // What only compiling finds: a correlation that is none, keys that collide.
    Model::check(&loaded.scenario).map_err(|error| super::uncompiled(file, &error))?;
    if arguments.resolved {
        let text = serde_json::to_string_pretty(&loaded.resolved)
            .map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
        return Ok(text + "\n");
    }
    let scenario = &loaded.scenario;
    let areas: usize = scenario.alliances.iter().map(|alliance| alliance.areas.len()).sum();
    let mut text = format!(
        "{}: sound. {}, {}, {}, {} to {}. Inputs without a source: {}.\n",
        file.display(),
        count(scenario.forces.len(), "force"),
        count(scenario.alliances.len(), "alliance"),
        count(areas, "business area"),
        scenario.first_year,
        scenario.first_year.plus(scenario.years as i32 - 1),
        if loaded.without_source.is_empty() { "none".to_owned() } else { loaded.without_source.len().to_string() },
    );
    for key in &loaded.without_source {
        text += &format!("  {key}\n");
    }
    Ok(text)
}

fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
