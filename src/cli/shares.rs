//! `alliance shares`: is the deal fair to each force, and would some do better by themselves.

use std::path::PathBuf;

use clap::Args;

use super::Failure;
use super::answer::{Task, Ways};
use super::deliver::Made;
use super::explain::check_trials;
use super::manifest::Verb;
use super::produce::{ended, full, told_uncompiled};
use super::questions::Asked;
use analysis::{self, NoShares};
use report::page::answers;
use report::sharing::{SharingReport, screen, table};

/// What `shares` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Scenario file
    file: PathBuf,
    #[command(flatten)]
    ways: Ways,
}

/// Asks whether a deal is fair and stable.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let loaded = arguments.ways.changes.load(&arguments.file)?;
    check_trials(Verb::Shares, &arguments.ways.draws)?;
    let name = format!("shares-{}", loaded.scenario.name);
    arguments.ways.answer(&name, Verb::Shares, &[loaded], &Asked::default())
}

/// Answers that for the scenario of a task.
pub(super) fn shares(task: &Task<'_>) -> Result<Made, Failure> {
    let report = shared(task)?;
    let tables = [
        full("coalitions", |out| table::coalitions(&report, out))?,
        full("sharing", |out| table::sharing(&report, out))?,
    ];
    task.write(report.to_json(), || answers::shares(&report), &tables, &[(vec![&report.chart()], &report.foot())])?;
    task.made(report.to_json(), screen::render(&report))
}

/// How the deal of a task's scenario is shared.
pub(super) fn shared(task: &Task<'_>) -> Result<SharingReport, Failure> {
    let loaded = task.one()?;
    let scenario = &loaded.scenario;
    let interrupt = &task.means.interrupt;
    let result = analysis::shares(scenario, &task.settings()?, interrupt);
    let found = result.map_err(|why| match why {
        NoShares::NoAlliance | NoShares::TooMuch(_) => Failure::input(why.to_string()),
        NoShares::Run(error) => ended(&error),
        NoShares::Compile(error) => told_uncompiled(loaded, &error),
    })?;
    let (of, run) = task.told_of(loaded);
    Ok(SharingReport::build(of, run, scenario, &found))
}
