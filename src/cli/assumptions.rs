//! `alliance assumptions`: every number that a scenario states, its evidence, and how much it matters.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::answer::{Task, Ways};
use super::deliver::Made;
use super::explain::{check_trials, explained};
use super::manifest::Verb;
use super::produce::write_table;
use super::questions::Asked;
use crate::report::page::answers;
use crate::report::register::Register;

/// What `assumptions` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome that assumptions matter for, such as npv
    #[arg(long, value_name = "NAME", default_value = "npv")]
    outcome: String,
    #[command(flatten)]
    ways: Ways,
}

/// Makes a register of assumptions.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    check_trials("assumptions", &arguments.ways.draws)?;
    let asked = Asked { measures: vec![arguments.outcome.clone()], ..Asked::default() };
    let name = format!("assumptions-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Verb::Assumptions, &[loaded], &asked)
}

/// Makes the register of the scenario of a task.
pub(super) fn assumptions(task: &Task<'_>) -> Result<Made, Failure> {
    let loaded = task.one()?;
    let report = Register::build(&loaded.assumptions, &explained(task)?);
    task.write(report.to_json(), || answers::register(&report), &[])?;
    write_table("assumptions.csv", task.folder, |file| report.csv(file))?;
    fs::write(task.folder.join("assumptions.md"), report.markdown())
        .map_err(|error| Failure::io("assumptions.md could not be written", error))?;
    task.made(report.to_json(), report.render())
}
