//! `alliance what-if`: a commissioned question answered: variants beside the base, keys swept.

use std::path::PathBuf;

use clap::Args;

use super::answer::{Task, Ways};
use super::commissioned::unknown_measures;
use super::compare::side_by_side;
use super::deliver::Made;
use super::manifest::Verb;
use super::options::{Changes, measure};
use super::produce::{compile, ended, full};
use super::progress::check_not_stopped;
use super::questions::{Asked, Swept, SweptKey, point};
use super::{Failure, limits};
use analysis::{Comparison, Measure};
use engine::run;
use language::{self, Axis, Commission, Loaded, Override};
use report::comparison::{self, MeasureReport, table};
use report::page::answers;
use report::what_if::{self, SweepReport, WhatIf, screen};

/// What `what-if` takes.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A commission, or a scenario whose changes stand on the command line
    file: PathBuf,
    /// Sweep a key, such as 'alliance."Strategic alliance".slip=1..2:9' (from, to, steps) or 'KEY=1,1.5,2'; two keys, with ; between
    /// them, make a map
    #[arg(long, value_name = "KEY=VALUES", value_parser = Axis::parse_one_or_two)]
    sweep: Vec<(Axis, Option<Axis>)>,
    /// Tell this measure, such as npv; may be given several times
    #[arg(long, value_name = "NAME", value_parser = measure)]
    measure: Vec<String>,
    #[command(flatten)]
    ways: Ways,
}

/// The changes that make a point of a sweep.
type Point = Vec<Override>;

/// Answers a question.
pub(super) fn run(arguments: &Arguments) -> Result<(), Failure> {
    let commission = language::commission(&arguments.file).map_err(|problems| Failure::input(problems.to_string()))?;
    check_counts(arguments, commission.as_ref()).map_err(Failure::input)?;
    let loaded = load(arguments, commission.as_ref())?;
    if let Some(unknown) = commission.as_ref().and_then(|commission| unknown_measures(commission, &loaded)) {
        return Err(Failure::input(unknown));
    }
    let asked = asked(arguments, commission);
    if loaded.len() == 1 && asked.sweeps.is_empty() {
        let why = "a what-if needs something that is varied: name a commission, or add --set or --sweep";
        return Err(Failure::input(why));
    }
    let stem = arguments.file.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    arguments.ways.answer(&format!("what-if-{stem}"), Verb::WhatIf, &loaded, &asked)
}

/// Whether a question is not too large, before any scenario is read.
fn check_counts(arguments: &Arguments, commission: Option<&Commission>) -> Result<(), String> {
    let in_it = |count: fn(&Commission) -> usize| commission.map_or(0, count);
    let changed = usize::from(!arguments.ways.changes.set.is_empty());
    limits::scenarios(Verb::WhatIf, 1 + in_it(|own| own.variants.len()) + changed)?;
    limits::sweeps(in_it(|own| own.sweeps.len()) + arguments.sweep.len())?;
    limits::measures(in_it(|own| own.measures.len()) + arguments.measure.len())
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
        take(Some("the changes"), arguments.ways.changes.load_after(of_base, base));
    }
    problems.dedup();
    if problems.is_empty() { Ok(loaded) } else { Err(Failure::input(problems.join("\n"))) }
}

fn asked(arguments: &Arguments, commission: Option<Commission>) -> Asked {
    let mut asked = commission.map_or_else(Asked::default, Asked::of);
    asked.measures.extend(arguments.measure.iter().cloned());
    asked.sweeps.extend(arguments.sweep.iter().cloned().map(Swept::by_key));
    asked
}

/// Answers the question of a task about its first scenario.
pub(super) fn what_if(task: &Task<'_>) -> Result<Made, Failure> {
    check_measures(task)?;
    let Some(base) = task.loaded.first() else { return Err(Failure::input("there is no scenario to ask about")) };
    let points = |swept| Ok((swept, Swept::points(swept)?));
    let swept: Vec<(&Swept, Vec<Point>)> = task.asked.sweeps.iter().map(points).collect::<Result<_, Failure>>()?;
    check_points(task, base, swept.iter().flat_map(|(_, points)| points))?;
    let variants = if task.loaded.len() > 1 { Some(side_by_side(task)?) } else { None };
    if !task.asked.sweeps.is_empty() {
        let runs = task.asked.chunks(Comparison::MOST - 1);
        task.means.interrupt.begin("Running the points of sweeps", task.recipe.trials * runs);
    }
    let sweeps = swept.iter().map(|(swept, points)| sweep(task, base, swept, points)).collect::<Result<_, _>>()?;
    let (of, run) = task.told_of(base);
    let report = WhatIf::build(task.asked.of_whom(), run, of, variants, sweeps);
    write(&report, task)?;
    task.made(report.to_json(), screen::render(&report))
}

/// A point that is no sound scenario is told before anything is run. None is kept: there may be ten thousands, each as large as the base.
fn check_points<'a>(
    task: &Task<'_>,
    base: &Loaded,
    points: impl Iterator<Item = &'a Point> + Clone,
) -> Result<(), Failure> {
    let interrupt = &task.means.interrupt;
    interrupt.begin_of("Reading the points of sweeps", points.clone().count() as u64, "points");
    for changes in points {
        check_not_stopped(interrupt)?;
        point(base, changes)?;
        interrupt.stepped(1);
    }
    Ok(())
}

fn write(report: &WhatIf, task: &Task<'_>) -> Result<(), Failure> {
    let compared = report.comparison.iter().map(|found| (found.charts.all(), found.charts.foot.as_str()));
    let swept = (report.charts.all(), report.charts.foot.as_str());
    let mut tables = Vec::new();
    if let Some(found) = &report.comparison {
        tables.push(full("comparison", |out| table::comparison(found, out))?);
    }
    if !report.sweeps.is_empty() {
        tables.push(full("sweeps", |out| what_if::table::sweeps(report, out))?);
    }
    task.write(report.to_json(), || answers::what_if(report), &tables, &compared.chain([swept]).collect::<Vec<_>>())
}

/// Every measure asked for is one that all scenarios of the question have.
fn check_measures(task: &Task<'_>) -> Result<(), Failure> {
    let models = task.models()?;
    let mut unknown = task.asked.measures.iter().filter(|wanted| Measure::of(&models, wanted).is_none());
    match unknown.next() {
        Some(wanted) => Err(Failure::input(language::unknown_measure(wanted, &Measure::names(&models)))),
        None => Ok(()),
    }
}

/// Sweeps one or two keys of the base: some points at a time, each beside the base on the same draws.
fn sweep(task: &Task<'_>, base: &Loaded, swept: &Swept, points: &[Point]) -> Result<SweepReport, Failure> {
    let mut chunks: Vec<Vec<MeasureReport>> = Vec::new();
    for some in points.chunks(Comparison::MOST - 1) {
        chunks.push(chunk(task, base, some)?);
    }
    let chosen = task.asked.chosen(chunks.first().map(Vec::as_slice).unwrap_or_default());
    Ok(SweepReport::gather(
        &swept.name,
        swept.along.report(),
        swept.across.as_ref().map(SweptKey::report),
        &chunks,
        &chosen,
    ))
}

fn chunk(task: &Task<'_>, base: &Loaded, points: &[Point]) -> Result<Vec<MeasureReport>, Failure> {
    let points: Vec<Loaded> = points.iter().map(|changes| point(base, changes)).collect::<Result<_, _>>()?;
    let compiled = |point: &Loaded| {
        check_not_stopped(&task.means.interrupt)?;
        compile(&point.scenario, base)
    };
    let models: Result<_, _> = std::iter::once(base).chain(&points).map(compiled).collect();
    let options =
        Comparison::over(models?, base.scenario.funding.regimes.len(), &task.asked.outcomes(), &[], Vec::new());
    let options = options.map_err(|why| Failure::input(why.to_string()))?;
    let ran = run::run(&options, &task.settings()?, &task.means.interrupt, None);
    let (forecast, _) = ran.map_err(|error| ended(&error))?;
    Ok(comparison::side_by_side(options.measures(), points.len() + 1, &forecast))
}
