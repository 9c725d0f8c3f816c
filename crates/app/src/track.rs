//! What reported figures say of a plan: which of them count, what each stands beside, and the futures weighed by them.

mod known;

use analysis::P10_TO_P90;
use analysis::track::{Asked, Figure, Told};
use engine::alliance::{Actual, Scenario, When};
use engine::model::Model;
use engine::outcomes::{ColumnSpec, Outcome, OutcomeId, Owner};
use engine::units::{Month, Unit};
use language::Loaded;
use report::Untold;
use report::tracking::{FigureReport, Plan, Reported, Tracking};

use crate::error::Error;
use crate::refused::{Field, Refused};
use crate::study::{Desk, compiled};
use known::{Known, Placed};

/// The discrepancy of figures that have none of their own, as a part of the plan's figure.
pub const DISCREPANCY: f64 = 0.1;
/// Futures that are run at most where fewer do not do.
pub const MOST: u64 = 4_000_000;
/// The chance that a fact was told wrongly.
const WRONG: f64 = 0.02;
/// The scale of a figure's own error where neither it nor a range is given, as a part of the plan's figure: a quarter of the usual discrepancy.
const ERROR: f64 = 0.025;

/// What is asked of tracking.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The month up to which figures count; none: all of them.
    pub as_of: Option<&'a str>,
    /// The discrepancy as a part of the plan's figure.
    pub discrepancy: f64,
    /// Most futures.
    pub most: u64,
}

/// Reads the month up to which figures count.
///
/// # Errors
/// What would be right.
pub fn month(text: &str) -> Result<Month, Refused> {
    text.parse().map_err(|why: String| Field::AsOf.refused(why))
}

/// Says what reported figures say of a plan.
///
/// # Errors
/// Why there is no answer.
pub fn tracked(desk: &Desk<'_>, wanted: Wanted<'_>) -> Result<Tracking, Error> {
    let loaded = desk.one()?;
    let as_of = wanted.as_of.map(month).transpose()?;
    let Known { within, later, outside } = Known::by(loaded, as_of)?;
    // A date on which something was reported has its outcomes like those of the scenario's own reports.
    let mut dated = loaded.clone();
    for date in within.iter().filter_map(|placed| date_of_report(placed.own)) {
        if !dated.scenario.report_dates.contains(&date) {
            dated.scenario.report_dates.push(date);
        }
    }
    let model = compiled(&dated)?;
    let (figures, reports) = figures(&dated, &model, &within, wanted.discrepancy)?;
    let (columns, told) = asked(&loaded.scenario, &model, &figures);
    let asked = Asked { figures: &figures, columns: &columns, part: wanted.discrepancy, most: wanted.most };
    let found = analysis::track::track(&model, &asked, &desk.settings(), &desk.means.interrupt)?;
    let reported = Reported {
        as_of: as_of.map(|month| month.to_string()),
        discrepancy: wanted.discrepancy,
        figures: reports,
        later,
        outside,
    };
    Ok(Tracking::build(desk.told_of(loaded), &loaded.scenario, reported, told, &found))
}

/// The date of a programme report; none of a year, and none of something that happens or does not.
fn date_of_report(own: &Actual) -> Option<Month> {
    match own.when {
        When::Date(date) if !OutcomeId::names_fact(&own.measure) => Some(date),
        _ => None,
    }
}

/// The figures as they are weighed, and as they are told.
fn figures(
    loaded: &Loaded,
    model: &Model,
    known: &[Placed<'_>],
    part: f64,
) -> Result<(Vec<Figure>, Vec<FigureReport>), Error> {
    let mut series: Vec<String> = Vec::new();
    let mut found = (Vec::new(), Vec::new());
    for (position, placed) in known.iter().enumerate() {
        let (own, (figure, unit)) = (placed.own, figure(loaded, model, placed)?);
        let is_fact = matches!(figure.told, Told::Fact { .. });
        let name = own.series.clone().unwrap_or_else(|| own.measure.clone());
        // Each fact is a series by itself.
        let key = if is_fact { format!("{name} {position}") } else { name.clone() };
        let number = series.iter().position(|known| *known == key).unwrap_or_else(|| {
            series.push(key);
            series.len() - 1
        });
        let figure = Figure { series: number, ..figure };
        found.1.push(told(own, model, &figure, (name, unit), part));
        found.0.push(figure);
    }
    Ok(found)
}

/// A figure and the outcome that it stands beside, with its unit.
fn figure(loaded: &Loaded, model: &Model, placed: &Placed<'_>) -> Result<(Figure, Unit), Error> {
    let (own, first) = (placed.own, loaded.scenario.first_year);
    let unknown =
        |name: &str| placed.wrong(format!("the scenario has no {name}"), "alliance outcomes lists what it has");
    let id: OutcomeId = own.measure.parse().map_err(|_| unknown(&own.measure))?;
    let fact = |by| Told::Fact { happened: own.value > 0.5, wrong: own.error.unwrap_or(WRONG), by };
    if let Some(dated) = id.outcome.dated_by() {
        let name = OutcomeId { outcome: dated, ..id }.name();
        let column = model.catalogue().position(&name).ok_or_else(|| unknown(&name))?;
        let by = own.when.end().time_from(first);
        return Ok((Figure { column, series: 0, told: fact(Some(by)) }, Unit::Flag));
    }
    let Some(column) = model.catalogue().position(&own.outcome()) else {
        let (has, wanted) = match own.when {
            When::Date(_) => ("a date", "year = \"2016/17\""),
            When::Year(_) => ("a year", "date = \"2016-07\""),
        };
        return Err(placed.wrong(format!("{} is not told of {has}", own.measure), format!("Write {wanted}")));
    };
    let unit = model.catalogue().columns()[column].unit;
    if unit == Unit::Flag {
        return Ok((Figure { column, series: 0, told: fact(None) }, unit));
    }
    let plan = model.plan()[column];
    let value = own.high.map_or(own.value, |high| f64::midpoint(own.value, high));
    let basis = if plan.is_finite() && plan.abs() > 0.0 { plan.abs() } else { value.abs() };
    let range = own.high.map(|high| (high - own.value) / P10_TO_P90).filter(|range| *range > 0.0);
    let error = own.error.or(range).unwrap_or(ERROR * basis);
    if error <= 0.0 {
        let what = "the plan and the figure are both 0, so that nothing says how far off it may be";
        return Err(placed.wrong(what, "Give it an error and a discrepancy"));
    }
    Ok((Figure { column, series: 0, told: Told::Amount { value, error, discrepancy: own.discrepancy, basis } }, unit))
}

/// A figure as it is told, without its rank.
fn told(own: &Actual, model: &Model, figure: &Figure, (series, unit): (String, Unit), part: f64) -> FigureReport {
    let (fact, error, discrepancy) = match (figure.told, figure.amount(part)) {
        (Told::Fact { wrong, .. }, _) => (true, wrong, 0.0),
        (_, amount) => {
            (false, amount.map_or(f64::NAN, |own| own.error), amount.map_or(f64::NAN, |own| own.discrepancy))
        }
    };
    let nothing = report::Figure { value: f64::NAN, error: f64::NAN };
    FigureReport {
        // What names no outcome was refused.
        measure: own.measure.parse().unwrap_or_else(|_| Outcome::Npv.whole()),
        when: own.when,
        known: own.known_from().to_string(),
        value: own.value,
        high: own.high,
        unit: unit.label(),
        fact,
        series,
        definition: own.definition.clone(),
        error,
        discrepancy,
        plan: Some(model.plan()[figure.column]).filter(|plan| plan.is_finite() && !fact),
        source: own.provenance.source.clone(),
        below: nothing,
        two_sided: f64::NAN,
    }
}

/// The outcomes that are told, by column: promises, chances, values, savings by year, what the figures are of.
fn asked(scenario: &Scenario, model: &Model, figures: &[Figure]) -> (Vec<usize>, Vec<Plan>) {
    let mut ids: Vec<OutcomeId> = Vec::new();
    for target in &scenario.targets {
        ids.push(Outcome::Met.of_target(&target.name));
        ids.extend(target.measure.parse::<OutcomeId>().map(|id| id.at(target.year)));
    }
    for alliance in &scenario.alliances {
        ids.extend([Outcome::Ended, Outcome::MemberLeft, Outcome::Stopped].map(|own| own.of_alliance(&alliance.name)));
    }
    let whole = [Outcome::Npv, Outcome::Payback, Outcome::TotalInvestment, Outcome::SteadySaving];
    ids.extend(whole.map(Outcome::whole));
    ids.extend(scenario.forces.iter().map(|force| Outcome::Npv.of(Owner::Force(force.name.clone()))));
    // What the scenario tells nothing of is not asked.
    ids.retain(|id| Untold::of(scenario, id).is_none());
    let catalogue = model.catalogue();
    let mut columns: Vec<usize> = ids.iter().filter_map(|id| catalogue.position(&id.name())).collect();
    let first = model.cashable_savings();
    columns.extend(first..first + scenario.years);
    // A fact stands beside a time, which is told as a chance already.
    columns.extend(figures.iter().filter(|own| matches!(own.told, Told::Amount { .. })).map(|own| own.column));
    let mut seen = std::collections::HashSet::new();
    columns.retain(|column| seen.insert(*column));
    let spec = |column: &usize| &catalogue.columns()[*column];
    columns.retain(|column| spec(column).outcome.is_some());
    let told = |column: &usize| {
        let ColumnSpec { outcome, unit, .. } = spec(column);
        Some((outcome.clone()?, unit.label(), Some(model.plan()[*column])))
    };
    let plans = columns.iter().filter_map(told).collect();
    (columns, plans)
}
