//! A commissioned question: variants beside the base, keys swept.

use analysis::{Comparison, Measure, Refused};
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::run::{self, Stopped};
use engine::statistics;
use language::{Axis, Loaded, Override, Sweep};
use report::comparison::{self, MeasureReport};
use report::what_if::{Asked, SweepReport, WhatIf, moves_plan};

use crate::compare::{Called, side_by_side, too_large};
use crate::countable::Countable;
use crate::counts::no_row;
use crate::error::Error;
use crate::question::Commissioned;
use crate::refused::Field;
use crate::row::{Points, Row};
use crate::study::{Desk, compiled};

/// The changes that make a point of a sweep.
type Point = Vec<Override>;

/// Answers a question about the first scenario.
///
/// # Errors
/// Why there is no answer.
pub fn what_if(desk: &Desk<'_>, asked: &Commissioned) -> Result<WhatIf, Error> {
    let rows = rows(desk, asked)?;
    let outcomes = asked.outcomes();
    let several = desk.scenarios.len() > 1;
    let variants = several.then(|| side_by_side(desk, None, &outcomes, Called::Variants)).transpose()?;
    let swept: Vec<Points> = rows.iter().filter_map(points_of).collect();
    if !swept.is_empty() {
        desk.means.interrupt.begin("Running the points of sweeps", desk.draws.trials * swept.len() as u64);
    }
    let one = |own: &Points| {
        let options = options(desk, asked, *own)?;
        let (forecast, _) = run::run(&options, &desk.settings(), &desk.means.interrupt, None)?;
        Ok((*own, beside_base(&options, *own, &forecast)))
    };
    let swept = swept.iter().map(one).collect::<Result<Vec<_>, Error>>()?;
    Ok(told(desk, asked, base(desk)?, variants, gathered(asked, &swept)))
}

/// What is made of a row of futures that was counted, and what it says.
type Counted = (Countable, statistics::Forecast);

/// The answer by what was counted of each row.
///
/// # Errors
/// Those of counting.
pub fn told_of(
    desk: &Desk<'_>,
    asked: &Commissioned,
    all_of: impl Fn(&Row) -> Result<Counted, Error>,
) -> Result<WhatIf, Error> {
    let (mut variants, mut swept) = (None, Vec::new());
    for row in rows(desk, asked)? {
        match (all_of(&row)?, points_of(&row)) {
            ((Countable::SideBySide(ready), figures), None) => {
                let how = (asked.outcomes(), Called::Variants);
                variants = Some(ready.told(desk, (&how.0, how.1), &figures, Stopped::AllTrials));
            }
            ((Countable::Points(options), figures), Some(own)) => {
                swept.push((own, beside_base(&options, own, &figures)));
            }
            _ => return Err(no_row()),
        }
    }
    Ok(told(desk, asked, base(desk)?, variants, gathered(asked, &swept)))
}

/// The rows of futures that are run, each as many as there are: the variants beside the base where there are any, and the points of sweeps,
/// so many at a time as there is room for.
///
/// # Errors
/// What is wrong with what is asked; a point that is no sound scenario is told before anything is run.
pub fn rows(desk: &Desk<'_>, asked: &Commissioned) -> Result<Vec<Row>, Error> {
    let models = desk.models()?;
    check_measures(&models, asked)?;
    let at_once = models.first().map_or(1, Comparison::beside);
    drop(models);
    let swept = asked.sweeps.iter().map(points).collect::<Result<Vec<Vec<Point>>, Error>>()?;
    check_points(desk, base(desk)?, swept.iter().flatten())?;
    let mut rows = if desk.scenarios.len() > 1 { vec![Row::Scenarios] } else { Vec::new() };
    for (sweep, points) in swept.iter().enumerate() {
        let end = |from: usize| (from + at_once).min(points.len());
        rows.extend((0..points.len()).step_by(at_once).map(|from| Row::Points(Points { sweep, from, to: end(from) })));
    }
    Ok(rows)
}

/// The scenario that is asked about.
fn base<'a>(desk: &Desk<'a>) -> Result<&'a Loaded, Error> {
    desk.scenarios.first().ok_or_else(|| too_large(&Refused::TooFew))
}

/// Whether a question sweeps such points.
#[must_use]
pub fn has(asked: &Commissioned, own: Points) -> bool {
    let count = |axis: &Axis| axis.values.len();
    let all = |sweep: &Sweep| count(&sweep.along) * sweep.across.as_ref().map_or(1, count);
    own.from < own.to && asked.sweeps.get(own.sweep).is_some_and(|sweep| own.to <= all(sweep))
}

const fn points_of(row: &Row) -> Option<Points> {
    if let Row::Points(points) = row { Some(*points) } else { None }
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

/// What every sweep says, by what its points say beside the base.
fn gathered(asked: &Commissioned, swept: &[(Points, Vec<MeasureReport>)]) -> Vec<SweepReport> {
    let told = |(sweep, own): (usize, &Sweep)| {
        let some = swept.iter().filter(|(points, _)| points.sweep == sweep).map(|(_, told)| told.clone());
        let some: Vec<Vec<MeasureReport>> = some.collect();
        let chosen = chosen(&asked.outcomes(), some.first().map(Vec::as_slice).unwrap_or_default());
        SweepReport::gather(own.clone(), &some, &chosen)
    };
    asked.sweeps.iter().enumerate().map(told).collect()
}

/// The measures that sweeps tell: those asked for, else net present value and the promises.
fn chosen(asked: &[OutcomeId], told: &[MeasureReport]) -> Vec<OutcomeId> {
    if !asked.is_empty() {
        return asked.to_vec();
    }
    let usual = |id: &OutcomeId| *id == Outcome::Npv.whole() || matches!(id.owner, Owner::Target(_));
    told.iter().map(|measure| measure.measure.clone()).filter(usual).collect()
}

/// Some points of a sweep beside the base, on the same draws.
///
/// # Errors
/// Where there are no such points, or why they cannot be held side by side.
pub fn options(desk: &Desk<'_>, asked: &Commissioned, own: Points) -> Result<Comparison, Error> {
    let base = base(desk)?;
    let all = points(asked.sweeps.get(own.sweep).ok_or_else(no_row)?)?;
    let some = all.get(own.from..own.to).ok_or_else(no_row)?;
    let some: Vec<Loaded> = some.iter().map(|changes| point(base, changes)).collect::<Result<_, _>>()?;
    let of_base = |point: &Loaded| {
        desk.means.interrupt.check()?;
        // What does not compile is told of the file that the base came from.
        compiled(&point.clone().with_files(base.files.clone()))
    };
    let models = std::iter::once(base).chain(&some).map(of_base).collect::<Result<Vec<_>, Error>>()?;
    let regimes = base.scenario.funding.regimes.len();
    Comparison::over(models, regimes, &asked.outcomes(), &[], Vec::new()).map_err(|why| too_large(&why))
}

/// What is said of points beside the base.
fn beside_base(options: &Comparison, own: Points, figures: &statistics::Forecast) -> Vec<MeasureReport> {
    comparison::side_by_side(options.measures(), own.to - own.from + 1, figures)
}
