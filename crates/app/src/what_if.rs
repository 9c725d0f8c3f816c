//! A commissioned question: variants beside the base, keys swept.

use analysis::{Comparison, Measure, Refused};
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::run;
use language::{Axis, Loaded, Override, Sweep};
use report::comparison::{self, MeasureReport};
use report::what_if::{Asked, SweepReport, WhatIf, moves_plan};

use crate::compare::{Called, side_by_side, too_large};
use crate::error::Error;
use crate::question::Commissioned;
use crate::refused::Field;
use crate::study::{Desk, compiled};

/// The changes that make a point of a sweep.
type Point = Vec<Override>;

/// Answers a question about the first scenario.
///
/// # Errors
/// Why there is no answer.
pub fn what_if(desk: &Desk<'_>, asked: &Commissioned) -> Result<WhatIf, Error> {
    let models = desk.models()?;
    check_measures(&models, asked)?;
    let Some(base) = desk.scenarios.first() else { return Err(too_large(&Refused::TooFew)) };
    let with_points = |sweep| Ok((sweep, points(sweep)?));
    let swept: Vec<(&Sweep, Vec<Point>)> = asked.sweeps.iter().map(with_points).collect::<Result<_, Error>>()?;
    check_points(desk, base, swept.iter().flat_map(|(_, points)| points))?;
    let outcomes = asked.outcomes();
    let several = desk.scenarios.len() > 1;
    let variants = several.then(|| side_by_side(desk, None, &outcomes, Called::Variants)).transpose()?;
    let at_once = models.first().map_or(1, Comparison::beside);
    drop(models);
    if !swept.is_empty() {
        let runs: u64 = swept.iter().map(|(_, points)| points.len().div_ceil(at_once) as u64).sum();
        desk.means.interrupt.begin("Running the points of sweeps", desk.draws.trials * runs);
    }
    let sweeps = swept.iter().map(|(own, points)| sweep(desk, base, &outcomes, own, (points, at_once)));
    let sweeps = sweeps.collect::<Result<_, _>>()?;
    Ok(told(desk, asked, base, variants, sweeps))
}

/// What variants and sweeps say.
#[must_use]
pub fn told(
    desk: &Desk<'_>,
    asked: &Commissioned,
    base: &Loaded,
    variants: Option<report::Comparison>,
    sweeps: Vec<SweepReport>,
) -> WhatIf {
    let (of, run) = desk.told_of(base);
    let whom = Asked {
        question: asked.question.clone(),
        requested_by: asked.requested_by.clone(),
        date: asked.date.clone(),
        measures: asked.outcomes(),
    };
    let each = desk.scenarios.iter().enumerate().skip(1);
    let plan_moved: Vec<usize> = each.filter(|(_, own)| moves_plan(base, own)).map(|(o, _)| o).collect();
    WhatIf::build(whom, run, of, variants, sweeps, &plan_moved)
}

/// The changes that make the points of a sweep: each value of the first key within each of the second.
fn points(sweep: &Sweep) -> Result<Vec<Point>, Error> {
    let changes = |axis: &Axis| axis.values.iter().map(|value| axis.change(*value)).collect::<Result<Vec<_>, _>>();
    let seconds: Vec<Option<Override>> = match &sweep.across {
        Some(axis) => changes(axis)?.into_iter().map(Some).collect(),
        None => vec![None],
    };
    let firsts = changes(&sweep.along)?;
    let within = |second: Option<Override>| {
        firsts.iter().map(move |first| std::iter::once(first.clone()).chain(second.clone()).collect())
    };
    Ok(seconds.into_iter().flat_map(within).collect())
}

/// The base with some changes: a point of a sweep.
fn point(base: &Loaded, changes: &[Override]) -> Result<Loaded, Error> {
    Ok(language::changed(&base.resolved, changes, &base.scenario.name)?)
}

/// A point that is no sound scenario is told before anything is run. None is kept: there may be ten thousands, each as large as the base.
fn check_points<'a>(
    desk: &Desk<'_>,
    base: &Loaded,
    points: impl Iterator<Item = &'a Point> + Clone,
) -> Result<(), Error> {
    let interrupt = &desk.means.interrupt;
    interrupt.begin_of("Reading the points of sweeps", points.clone().count() as u64, "points");
    for changes in points {
        interrupt.check()?;
        point(base, changes)?;
        interrupt.stepped(1);
    }
    Ok(())
}

/// Every measure asked for is one that all scenarios of the question have.
fn check_measures(models: &[Model], asked: &Commissioned) -> Result<(), Error> {
    let mut unknown = asked.measures.iter().filter(|wanted| Measure::of(models, wanted).is_none());
    match unknown.next() {
        Some(wanted) => Err(Field::Measures.refused(language::unknown_measure(wanted, &Measure::names(models))).into()),
        None => Ok(()),
    }
}

/// Sweeps one or two keys of the base: so many points at a time as there is room for, each beside the base on the same draws.
fn sweep(
    desk: &Desk<'_>,
    base: &Loaded,
    asked: &[OutcomeId],
    own: &Sweep,
    (points, at_once): (&[Point], usize),
) -> Result<SweepReport, Error> {
    let mut chunks: Vec<Vec<MeasureReport>> = Vec::new();
    for some in points.chunks(at_once) {
        chunks.push(chunk(desk, base, asked, some)?);
    }
    let chosen = chosen(asked, chunks.first().map(Vec::as_slice).unwrap_or_default());
    Ok(SweepReport::gather(own.clone(), &chunks, &chosen))
}

/// The measures that sweeps tell: those asked for, else net present value and the promises.
fn chosen(asked: &[OutcomeId], told: &[MeasureReport]) -> Vec<OutcomeId> {
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let usual = |id: &OutcomeId| *id == Outcome::Npv.whole() || matches!(id.owner, Owner::Target(_));
    told.iter().map(|measure| measure.measure.clone()).filter(usual).collect()
}

fn chunk(desk: &Desk<'_>, base: &Loaded, asked: &[OutcomeId], points: &[Point]) -> Result<Vec<MeasureReport>, Error> {
    let points: Vec<Loaded> = points.iter().map(|changes| point(base, changes)).collect::<Result<_, _>>()?;
    let of_base = |point: &Loaded| {
        desk.means.interrupt.check()?;
        // What does not compile is told of the file that the base came from.
        compiled(&point.clone().with_files(base.files.clone()))
    };
    let models = std::iter::once(base).chain(&points).map(of_base).collect::<Result<Vec<_>, Error>>()?;
    let options = Comparison::over(models, base.scenario.funding.regimes.len(), asked, &[], Vec::new());
    let options = options.map_err(|why| too_large(&why))?;
    let (forecast, _) = run::run(&options, &desk.settings(), &desk.means.interrupt, None)?;
    Ok(comparison::side_by_side(options.measures(), points.len() + 1, &forecast))
}
