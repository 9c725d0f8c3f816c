//! Which reported figures count: those known by a month, within the horizon, each told once.

use engine::alliance::{Actual, Scenario, When};
use engine::outcomes::OutcomeId;
use engine::units::Month;
use language::{Loaded, Place, Problem, Problems, Severity};

use crate::error::Error;
use crate::refused::Field;

/// A figure and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    /// The figure.
    pub own: &'a Actual,
    position: usize,
    place: Option<&'a Place>,
}

impl Placed<'_> {
    /// What is wrong with it, of the line in which it stands.
    pub fn wrong(&self, what: impl Into<String>, remedy: impl Into<String>) -> Error {
        let (what, remedy, key) = (what.into(), remedy.into(), format!("actual[{}]", self.position));
        match self.place {
            Some(place) => {
                Problems::new(vec![Problem { severity: Severity::Error, place: place.clone(), key, what, remedy }])
                    .into()
            }
            None => Field::Actuals.refused(format!("{what}. {remedy}")).into(),
        }
    }

    /// The line in which it stands, as another line names it.
    fn line(&self) -> String {
        self.place.filter(|place| place.line > 0).map_or_else(String::new, |place| format!(" on line {}", place.line))
    }
}

/// The figures of a scenario.
#[derive(Debug)]
pub(super) struct Known<'a> {
    /// Those that count.
    pub within: Vec<Placed<'a>>,
    /// How many became known later.
    pub later: usize,
    /// How many are of years or dates outside the horizon.
    pub outside: usize,
}

impl<'a> Known<'a> {
    /// Those that were known by a month; without one, all.
    pub fn by(loaded: &'a Loaded, as_of: Option<Month>) -> Result<Self, Error> {
        let all: Vec<Placed<'a>> = placed(loaded);
        if all.is_empty() {
            let what = "the scenario has no reported figure: name a file of them, or write [[actual]]";
            return Err(Field::Actuals.refused(what).into());
        }
        let (known, later): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|placed| as_of.is_none_or(|month| placed.own.known_from() <= month));
        let (within, outside): (Vec<_>, Vec<_>) =
            known.into_iter().partition(|placed| is_within(&loaded.scenario, placed.own));
        if within.is_empty() {
            return Err(none_counts(&loaded.scenario, &later, &outside));
        }
        check_once(&within)?;
        Ok(Self { within, later: later.len(), outside: outside.len() })
    }
}

fn placed(loaded: &Loaded) -> Vec<Placed<'_>> {
    let place = |position: usize| loaded.actual_places.get(position);
    let all = loaded.scenario.actuals.iter().enumerate();
    all.map(|(position, own)| Placed { own, position, place: place(position) }).collect()
}

/// That no figure counts: the first that is outside the horizon, or from when one counts.
fn none_counts(scenario: &Scenario, later: &[Placed<'_>], outside: &[Placed<'_>]) -> Error {
    if let Some(first) = outside.first() {
        let (begin, end) = (scenario.first_year, scenario.first_year.plus(scenario.years as i32 - 1));
        let what = format!("{} is outside the horizon, and so is every figure that was known", first.own.when);
        return first.wrong(what, format!("The horizon reaches from {begin} to {end}"));
    }
    let from = later.iter().map(|placed| placed.own.known_from()).min();
    let from = from.map_or_else(String::new, |from| format!(": the first is known from {from}"));
    Field::AsOf.refused(format!("no figure was known by then{from}")).into()
}

/// Whether a figure is of a year or a date of the horizon.
fn is_within(scenario: &Scenario, own: &Actual) -> bool {
    let (first, years) = (scenario.first_year, scenario.years as i32);
    match own.when {
        When::Year(year) => (first.0..first.0 + years).contains(&year.0),
        When::Date(date) => (0.0..=f64::from(years)).contains(&date.time_from(first)),
    }
}

/// Whether no figure is told twice, and nothing that had happened by one month is told not to have happened by a later one.
fn check_once(within: &[Placed<'_>]) -> Result<(), Error> {
    for (k, first) in within.iter().enumerate() {
        for second in within[k + 1..].iter().filter(|second| second.own.measure == first.own.measure) {
            let is_event = is_event(first.own);
            if is_same(first.own, second.own, is_event) {
                return Err(twice(first, second));
            }
            if is_event && is_undone(first.own, second.own) {
                return Err(undone(first, second));
            }
        }
    }
    Ok(())
}

/// Whether it is told of what happens on some day or never.
fn is_event(own: &Actual) -> bool {
    own.measure.parse().is_ok_and(|id: OutcomeId| id.outcome.dated_by().is_some())
}

/// Whether two figures of one measure are of the same outcome: what had happened by the end of a year had happened by that date.
fn is_same(one: &Actual, other: &Actual, is_event: bool) -> bool {
    if is_event { one.when.end() == other.when.end() } else { one.when == other.when }
}

/// Whether what had happened by one month had not by a later one.
fn is_undone(one: &Actual, other: &Actual) -> bool {
    let (early, late) = if one.when.end() <= other.when.end() { (one, other) } else { (other, one) };
    early.value > 0.5 && late.value < 0.5
}

fn twice(first: &Placed<'_>, second: &Placed<'_>) -> Error {
    let (one, other) = (first.own, second.own);
    let told = if (one.value - other.value).abs() > 0.0 {
        format!("{} and {}", one.value, other.value)
    } else {
        one.value.to_string()
    };
    let too = if first.line().is_empty() { String::new() } else { format!(", first{}", first.line()) };
    let what = format!("{} of {} is told twice ({told}){too}", other.measure, other.when);
    second.wrong(what, "Leave one out, or write both readings of an amount as value and high")
}

fn undone(first: &Placed<'_>, second: &Placed<'_>) -> Error {
    let (measure, one, other) = (&first.own.measure, first.own.when, second.own.when);
    let what = format!(
        "{measure} had happened by {one} or {other}, and had not by the later of them: what has happened stays so"
    );
    second.wrong(what, format!("Look at both: the other figure stands{}", first.line()))
}
