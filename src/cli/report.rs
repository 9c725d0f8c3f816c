//! `alliance report`: a page and a workbook to put before a board: a forecast with what drives it, whether the deal is fair, and what
//! is assumed; or several scenarios compared.

use std::path::PathBuf;

use clap::Args;

use super::answer::{Task, Ways};
use super::compare::{HorizonAsked, compare, load_all};
use super::deliver::Made;
use super::explain::{check_trials, explained};
use super::manifest::{Recipe, Verb, scenario_hash};
use super::options::Output;
use super::produce::{forecast_tables, full, produce, write_documents, write_tables};
use super::questions::Asked;
use super::shares::shared;
use super::{Failure, limits};
use crate::exit_code::Exit;
use report::explanation::table;
use report::inputs::Inputs;
use report::page::board;
use report::register::Register;
use report::terminal;

/// What `report` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A scenario file, or up to six to be compared, the baseline first
    #[arg(required = true)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    horizon: HorizonAsked,
    #[command(flatten)]
    ways: Ways,
}

/// Writes a page for a board.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    if arguments.files.len() == 1 {
        check_trials(Verb::Report, &arguments.ways.draws)?;
        if arguments.horizon.years.is_some() {
            let message =
                "--years is the horizon over which several scenarios are compared; of one, write --set years=N";
            return Err(Failure::input(message));
        }
    }
    limits::scenarios(Verb::Report, arguments.files.len()).map_err(Failure::input)?;
    let loaded = load_all(&arguments.files, &arguments.ways.changes)?;
    let name = format!("report-{}", loaded.first().map_or("", |own| &own.scenario.name));
    let mut ways = arguments.ways.clone();
    // Both, unless one alone is asked for.
    let Output { report, xlsx, .. } = &mut ways.output;
    if *report == *xlsx {
        (*report, *xlsx) = (true, true);
    }
    ways.answer(&name, Verb::Report, &loaded, &Asked { years: arguments.horizon.years, ..Asked::default() })
}

/// Writes the page of a task.
pub(super) fn report(task: &Task<'_>) -> Result<Made, Failure> {
    let [one] = task.loaded else { return compare(task) };
    // The forecast is that of `run`: it names its scenario alone, and its page is a part of the board's.
    let scenario_hash = scenario_hash(&one.resolved);
    let recipe = Recipe { report: false, xlsx: false, scenario_hash, ..task.recipe.clone() };
    let (forecast, _) = produce(one, &recipe, task.means, task.folder, None)?;
    let drivers = explained(task)?;
    // Of the same trials as the forecast: a figure that both print is one. What cannot be told is left out, and the page says why.
    let deal = match shared(&Task { recipe: &recipe, ..*task }) {
        Err(failure) if failure.exit == Exit::BadInput => Err(failure.message),
        told => Ok(told?),
    };
    let register = Register::build(&one.assumptions, &Inputs::of(&one.scenario), &drivers);
    let mut tables = forecast_tables(&forecast)?;
    let more = [full("drivers", |out| table::drivers(&drivers, out))?, full("assumptions", |out| register.csv(out))?];
    write_tables(&more, task.folder)?;
    tables.extend(more);
    let charts = [(forecast.charts.all(), ""), (drivers.charts.all(), "")];
    let page = || board(&forecast, &drivers, deal.as_ref().map_err(String::as_str), &register);
    write_documents((task.recipe, task.means), page, &tables, &charts, task.folder)?;
    task.made(forecast.to_json(), terminal::render(&forecast))
}
