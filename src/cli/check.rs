//! `alliance check`: are these scenarios and commissions sound?

use std::path::{Path, PathBuf};

use clap::Args;

use super::options::Changes;
use super::{Failure, commissioned, notes, print};
use crate::exit_code::Exit;
use engine::alliance::{Scenario, not_modelled};
use engine::model::Model;
use language::{self, Loaded};

/// What `check` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario files, or commissions with the scenarios that they are about
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print each scenario with every default filled in, as JSON
    #[arg(long)]
    resolved: bool,
    /// End with 4 where something is sound, but worth a look
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    changes: Changes,
}

/// Checks each file; all problems of all files are told.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let mut problems = Vec::new();
    let mut odd = 0;
    for file in &arguments.files {
        match check(file, arguments) {
            Ok((text, found)) => {
                print(&text)?;
                odd += found;
            }
            Err(failure) => problems.push(failure),
        }
    }
    match problems.len() {
        0 if odd > 0 && arguments.strict => {
            Err(Failure::new(Exit::WorthALook, format!("--strict: {}", notes::count(odd))))
        }
        0 => Ok(()),
        _ => {
            let exit = problems[0].exit;
            let text: Vec<String> = problems.into_iter().map(|failure| failure.message).collect();
            Err(Failure::new(exit, text.join("\n\n")))
        }
    }
}

/// What is said of a file, and how much of it is worth a look.
fn check(file: &Path, arguments: &Arguments) -> Result<(String, usize), Failure> {
    // What cannot be read at all is told once, by the reader of scenarios.
    let is_text = std::fs::metadata(file).is_ok_and(|kind| kind.is_file());
    if let Some(commission) = language::commission_with_problems(&language::Disk, file)
        .or_else(|found| if is_text { Err(found) } else { Ok(None) })
        .map_err(|found| Failure::input(found.to_string()))?
    {
        if arguments.resolved {
            let message = format!("{}: it is a commission; --resolved prints scenarios.", file.display());
            return Err(Failure::input(message));
        }
        return commissioned::check(file, &commission, &arguments.changes);
    }
    let loaded = arguments.changes.load(file)?;
    // What only compiling finds: a correlation that is none, keys that collide.
    Model::check(&loaded.scenario).map_err(|error| app::Error::uncompiled_of(&loaded, &error))?;
    if arguments.resolved {
        notes::foot([&loaded]);
        let text = serde_json::to_string_pretty(&loaded.resolved)
            .map_err(|error| Failure::new(Exit::Failure, error.to_string()))?;
        return Ok((text + "\n", loaded.worth_a_look.len()));
    }
    let text = sound(file, &loaded) + &notes::all(&loaded.worth_a_look);
    Ok((text, loaded.worth_a_look.len()))
}

/// What is in a sound scenario, and what is without a source.
pub(super) fn sound(file: &Path, loaded: &Loaded) -> String {
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
    text + &left_out(scenario)
}

/// What the scenario does not model: what can go wrong, most harmful first, and what would help, each with a change that models it.
fn left_out(scenario: &Scenario) -> String {
    let (help, wrong): (Vec<_>, Vec<_>) = not_modelled(scenario).into_iter().partition(|own| own.helps);
    let heads = ["Can go wrong and is not modelled, most harmful first", "Would help and is not modelled"];
    let mut text = String::new();
    for (head, all) in heads.into_iter().zip([wrong, help]).filter(|(_, all)| !all.is_empty()) {
        text += &format!("  {head}. Each line ends with a change that models it:\n");
        for own in all {
            // A table takes one line here.
            let example = own.example.replace('\n', "; ").replacen("; ", " ", 1);
            text += &format!("  - {} E.g. {example}\n", own.says());
        }
    }
    text
}

/// So many of something.
pub(super) fn count(number: usize, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}
