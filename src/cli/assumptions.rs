//! `alliance assumptions`: every number that a scenario states, its evidence, and how much it matters.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::answer::{Task, Ways};
use super::deliver::Made;
use super::explain::{check_trials, explained};
use super::manifest::Verb;
use super::options::measure;
use super::produce::{full, write};
use super::questions::Asked;
use engine::outcomes::Outcome;
use report::inputs::Inputs;
use report::page::answers;
use report::register::Register;

/// What `assumptions` takes.
#[derive(Debug, Args)]
#[command(mut_arg("no_charts", |option| option.hide(true)))]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    /// The outcome that assumptions matter for, such as npv
    #[arg(long, value_name = "NAME", default_value_t = Outcome::Npv.id().to_owned(), value_parser = measure)]
    outcome: String,
    #[command(flatten)]
    ways: Ways,
}

/// Makes a register of assumptions.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    if arguments.ways.output.no_charts {
        return Err(Failure::input("assumptions draws no charts: leave --no-charts out"));
    }
    check_trials(Verb::Assumptions, &arguments.ways.draws)?;
    let asked = Asked { measures: vec![arguments.outcome.clone()], ..Asked::default() };
    let name = format!("assumptions-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Verb::Assumptions, &[loaded], &asked)
}

/// Makes the register of the scenario of a task.
pub(super) fn assumptions(task: &Task<'_>) -> Result<Made, Failure> {
    let loaded = task.one()?;
    let report = Register::build(&loaded.assumptions, &Inputs::of(&loaded.scenario), &explained(task)?);
    let table = full("assumptions", |out| report.csv(out))?;
    task.write(report.to_json(), || answers::register(&report), &[table], &[])?;
    write("assumptions.md", task.folder, report.markdown().as_bytes())?;
    task.made(report.to_json(), report.render())
}
