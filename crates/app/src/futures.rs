//! Questions to the futures that a run kept: which of them, in which groups, with which figures.

use analysis::Reading;
use analysis::futures::{Asked, Condition, Kind, Named, NotAnswered, futures};
use engine::model::{KEPT_INPUT, Model, ModelInput};
use engine::outcomes::{Missing, Outcome, OutcomeId, RowSource};
use engine::run::Interrupt;
use engine::uncertainty::{Sampler, plainly_quoted, quote_key};
use engine::units::Unit;
use language::Loaded;
use report::futures::{AskedOf, Column, FuturesReport, in_words};
use report::inputs::Inputs;
use report::words;

use crate::error::Error;
use crate::limits;
use crate::refused::Field;
use crate::study::{Desk, compiled};

/// What is asked of kept futures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FuturesQuestion {
    /// A condition on them; none: it is about all.
    pub condition: Option<String>,
    /// Columns by whose values they are put in groups.
    pub by: Vec<String>,
    /// Columns of which figures are told.
    pub show: Vec<String>,
}

/// Answers a question to the futures of a run, whose scenario and draws the desk holds.
///
/// # Errors
/// Why there is no answer.
pub fn asked(desk: &Desk<'_>, source: &mut dyn RowSource, question: &FuturesQuestion) -> Result<FuturesReport, Error> {
    let loaded = desk.one()?;
    limits::futures_columns(question.by.len() + question.show.len()).map_err(|why| Field::Show.refused(why))?;
    let columns = columns(loaded, source.names())?;
    let find = |name: &str| position(source.names(), name);
    let find_all = |field: Field, names: &[String]| {
        let each = names.iter().map(|name| find(&plainly_quoted(name)));
        each.collect::<Result<Vec<usize>, _>>().map_err(|why| field.refused(why))
    };
    let word = |name: &str| value(name, loaded, &columns).map_or_else(|| find(name).map(Named::Column), Ok);
    let condition = question.condition.as_ref().map(|text| Condition::read(text, &word)).transpose();
    let asked = Asked {
        condition: condition.map_err(|why| Field::Where.refused(why))?,
        by: find_all(Field::By, &question.by)?,
        show: find_all(Field::Show, &question.show)?,
        kinds: columns.iter().map(kind).collect(),
        error_factor: error_factor(desk.draws.sampler),
    };
    if let Some(named) = asked.show.iter().map(|at| &columns[*at]).find(|column| !column.names.is_empty()) {
        let what = format!("the values of {} have names, and no mean: put the futures in groups by it", named.name);
        return Err(Field::Show.refused(what).such_as(Field::By, &named.name).into());
    }
    let found = found(source, &asked, &columns, &desk.means.interrupt)?;
    let of = |positions: &[usize]| positions.iter().map(|at| columns[*at].clone()).collect::<Vec<Column>>();
    let condition = question.condition.clone().zip(asked.condition.as_ref());
    let condition = condition.map(|(written, read)| {
        let looked_at: Vec<&Column> = read.columns.iter().map(|at| &columns[*at]).collect();
        (written, in_words(&read.test, &looked_at))
    });
    let told = AskedOf { condition, by: of(&asked.by), show: of(&asked.show) };
    let (scenario, run) = desk.told_of(loaded);
    Ok(FuturesReport::build(scenario, run, &told, &found))
}

fn found(
    source: &mut dyn RowSource,
    asked: &Asked,
    columns: &[Column],
    interrupt: &Interrupt,
) -> Result<analysis::futures::Found, Error> {
    futures(source, asked, interrupt).map_err(|why| match why {
        NotAnswered::Asked(why) => Field::Question.refused(why).into(),
        NotAnswered::NotYesOrNo(at) => {
            let name = &columns[at].name;
            let what = format!("{name} is neither yes nor no: compare it");
            Field::Where.refused(what).such_as(Field::Where, format!("{name} > 0")).into()
        }
        NotAnswered::Unread(why) => Error::Failed(why),
        NotAnswered::Stopped(error) => error.into(),
    })
}

fn kind(column: &Column) -> Kind {
    Kind { missing: column.missing, is_event: column.unit == Unit::Flag }
}

/// By how much errors of plain draws may be too small: opposite draws of a pair may agree instead of cancelling.
fn error_factor(sampler: Sampler) -> f64 {
    if sampler == Sampler::Antithetic { std::f64::consts::SQRT_2 } else { 1.0 }
}

/// The value that a word stands for, with the columns that may have it: yes, no, or a funding regime of the scenario, by its place.
fn value(word: &str, loaded: &Loaded, columns: &[Column]) -> Option<Named> {
    let of = |is: &dyn Fn(&Column) -> bool| (0..columns.len()).filter(|at| is(&columns[*at])).collect::<Vec<usize>>();
    let flags = || of(&|column| column.unit == Unit::Flag);
    match word {
        "yes" => Some(Named::Value(1.0, flags())),
        "no" => Some(Named::Value(0.0, flags())),
        word => {
            let mut regimes = loaded.scenario.funding.regimes.iter();
            let at = regimes.position(|regime| regime.name == word || quote_key(&regime.name) == word)?;
            Some(Named::Value(at as f64, of(&|column| !column.names.is_empty())))
        }
    }
}

/// What is typed as a number otherwise than it is written here, with what would be right.
fn meant(name: &str) -> Option<String> {
    let hint = language::number_meant(name.trim_matches('"'), "")?;
    Some(format!("{name} is no number as it is written here. {hint}"))
}

/// The place of a column; an input may be named without what its column begins with.
fn position(names: &[String], name: &str) -> Result<usize, String> {
    let at = |wanted: &str| names.iter().position(|own| own == wanted);
    if let Some(found) = at(name).or_else(|| at(&format!("{KEPT_INPUT}{name}"))) {
        return Ok(found);
    }
    let yearly = format!("{name}[");
    let of_year = names.iter().find(|own| own.strip_prefix(KEPT_INPUT).unwrap_or(own).starts_with(&yearly));
    let last = |own: &&String| own.rsplit('.').next().is_some_and(|part| part == name || part.starts_with(&yearly));
    if let Some(hint) = unquoted(names, name).or_else(|| other_years(names, name)) {
        return Err(hint);
    }
    Err(match (of_year, names.iter().find(last)) {
        (Some(own), _) => format!("{name} has a value for each year: name one, such as {own}"),
        (None, Some(own)) => format!("no column is called {name} alone: name whose it is, such as {own}"),
        (None, None) => meant(name).unwrap_or_else(|| {
            let all: Vec<&str> = names.iter().map(String::as_str).collect();
            format!("no column is called {name}. {}", language::remedy(name, &all))
        }),
    })
}

/// That a name stands in quotation marks as a whole, where without them it is a column.
fn unquoted(names: &[String], name: &str) -> Option<String> {
    let inner = name.strip_prefix('"')?.strip_suffix('"')?;
    position(names, inner).ok()?;
    Some(format!("no column is called {name}: write {inner}, without quotation marks around the whole"))
}

/// That a name is one of other years, and which.
fn other_years(names: &[String], name: &str) -> Option<String> {
    let (before, year) = name.strip_suffix(']')?.rsplit_once('[')?;
    let of = |own: &&String| {
        own.strip_prefix(KEPT_INPUT).unwrap_or(own).rsplit_once('[').is_some_and(|(own, _)| own == before)
    };
    let year_of = |own: &String| own.rsplit_once('[').map(|(_, year)| year.trim_end_matches(']').to_owned());
    let mut years: Vec<String> = names.iter().filter(of).filter_map(year_of).collect();
    years.sort();
    years.dedup();
    let (first, last) = (years.first()?, years.last()?);
    Some(format!("{before} has no value for {year}: its years are {first} to {last}"))
}

/// What the columns of a file are to people; those that the scenario does not know are numbers under their own names.
fn columns(loaded: &Loaded, names: &[String]) -> Result<Vec<Column>, Error> {
    let model = compiled(loaded)?;
    let words = Inputs::of(&loaded.scenario);
    let regimes: Vec<String> = loaded.scenario.funding.regimes.iter().map(|regime| regime.name.clone()).collect();
    let of = |name: &String| match name.strip_prefix(KEPT_INPUT) {
        Some(address) => input(name, address, &model, &words, &regimes),
        None => outcome(name, &model, &regimes),
    };
    Ok(names.iter().map(of).collect())
}

fn outcome(name: &str, model: &Model, regimes: &[String]) -> Column {
    let catalogue = model.catalogue();
    let spec = catalogue.position(name).map(|at| &catalogue.columns()[at]);
    let id: Option<&OutcomeId> = spec.and_then(|spec| spec.outcome.as_ref());
    let is_regime = id.is_some_and(|id| id.outcome == Outcome::Regime);
    Column {
        name: name.to_owned(),
        label: id.map_or_else(|| name.to_owned(), words::row_name),
        unit: spec.map_or(Unit::Count, |spec| spec.unit),
        missing: spec.map_or(Missing::Undefined, |spec| spec.missing),
        names: if is_regime { regimes.to_vec() } else { Vec::new() },
        events: id.and_then(|id| Some([words::event(id, false)?, words::event(id, true)?])),
        stated: None,
    }
}

fn input(name: &str, address: &str, model: &Model, words: &Inputs, regimes: &[String]) -> Column {
    let known = |own: &&ModelInput| own.address == address;
    // What is drawn every year has a column a year.
    let yearly = address.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let (own, year) = match (model.inputs().iter().find(known), yearly) {
        (None, Some((before, year))) => (before, Some(year)),
        _ => (address, None),
    };
    let reading = model.inputs().iter().find(|input| input.address == own).and_then(|input| input.readings.first());
    let reading = reading.copied().unwrap_or(Reading::Number);
    let is_regime = matches!(reading, Reading::YearsIn(_));
    Column {
        name: name.to_owned(),
        label: year.map_or_else(|| words.label(own, reading), |year| words.in_year(own, reading, year)),
        unit: Inputs::unit(own, reading),
        missing: Missing::Undefined,
        names: if is_regime { regimes.to_vec() } else { Vec::new() },
        events: None,
        stated: (reading == Reading::Number).then(|| own.to_owned()),
    }
}
