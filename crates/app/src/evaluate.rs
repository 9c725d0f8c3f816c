//! The model at inputs that somebody else lays down: experiments of other programs' methods.

use analysis::{Averaged, GivenInput, Reading, each_future, same_futures};
use engine::model::{KEPT_INPUT, Model, ModelInput};
use engine::run::Settings;
use engine::uncertainty::lanes::blocks_of;
use engine::uncertainty::{Sampler, Value, plainly_quoted};
use engine::units::FinancialYear;
use language::{Loaded, Number, Override, Problems};

use crate::error::Error;
use crate::explain::column_of;
use crate::limits;
use crate::refused::{Field, Refused};
use crate::request::Draws;
use crate::study::{Desk, compiled};

/// What is evaluated.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Experiments {
    /// Names of inputs, each with a value a row; NaN where it is drawn.
    pub inputs: Vec<(String, Vec<f64>)>,
    /// Names of the outcomes that are wanted.
    pub outcomes: Vec<String>,
    /// Whether every row meets the same futures, all those of the draws; otherwise each row is a future of its own.
    pub is_averaged: bool,
}

/// What was found, by row.
#[derive(Debug, Clone, PartialEq)]
pub enum Evaluated {
    /// Each outcome in the one future of each row; NaN where missing.
    Futures(Vec<Vec<f64>>),
    /// Each row's outcomes over the same futures.
    Means(Vec<Vec<Averaged>>),
}

/// A column of inputs: of which number of the scenario, of which calendar year, with a value a row.
struct Column<'a> {
    name: &'a str,
    number: &'a Number,
    year: Option<i32>,
    values: &'a [f64],
    ends: Ends,
}

/// The least and the greatest value that is given; none where all are drawn.
pub type Ends = Option<(f64, f64)>;

/// A model ready to be evaluated.
#[derive(Debug)]
pub(crate) struct Ready {
    /// The model, in which every input that is given can vary.
    pub model: Model,
    /// What is given.
    pub given: Vec<GivenInput>,
    /// Where the outcomes stand that are wanted.
    pub columns: Vec<usize>,
}

/// Runs the model of a scenario at given inputs. What is not given is drawn by the seed; each row's future is that of its number, or
/// all rows meet the futures of the draws.
///
/// # Errors
/// Why there is no answer: every input that cannot be given, with what would be right.
pub fn evaluate(desk: &Desk<'_>, asked: &Experiments) -> Result<Evaluated, Error> {
    let loaded = desk.one()?;
    check(desk.draws, asked)?;
    let (rows, interrupt) = (rows(asked)?, &*desk.means.interrupt);
    let Ready { model, given, columns } = ready(loaded, asked, &ends_of(asked))?;
    if asked.is_averaged {
        return Ok(Evaluated::Means(same_futures(&model, &given, rows, &desk.settings(), &columns, interrupt)?));
    }
    let settings = Settings { trials: rows as u64, ..desk.settings() };
    let all = 0..blocks_of(settings.trials);
    Ok(Evaluated::Futures(each_future(&model, &given, (&settings, all), &columns, interrupt)?))
}

/// Whether experiments may be evaluated on such draws, and there is room for them.
pub(crate) fn check(draws: &Draws, asked: &Experiments) -> Result<(), Refused> {
    let rows = rows(asked)?;
    if draws.sampler != Sampler::Plain {
        return Err(Field::Sampler.refused("given inputs need plain draws: sampler plain is wanted"));
    }
    let simulated = if asked.is_averaged { draws.trials } else { 1 };
    limits::evaluated(rows as u64, simulated, asked.inputs.len() + asked.outcomes.len())
        .map_err(|why| Field::Inputs.refused(why))
}

/// The model of a scenario made ready for inputs whose values lie between these ends, of which some rows are given.
pub(crate) fn ready(loaded: &Loaded, asked: &Experiments, ends: &[Ends]) -> Result<Ready, Error> {
    let inputs = inputs(loaded, asked, ends)?;
    let model = compiled(&widened(loaded, &inputs)?)?;
    let given = inputs.iter().filter_map(|own| given(&model, own).transpose()).collect::<Result<Vec<_>, _>>()?;
    let find = |name: &String| column_of(&model, &plainly_quoted(name.trim()), Field::Outcome);
    let columns = asked.outcomes.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    if columns.is_empty() {
        return Err(Field::Outcome.refused("name an outcome, such as npv").into());
    }
    Ok(Ready { model, given, columns })
}

/// Values of an uncertain number of a scenario at given chances.
///
/// # Errors
/// Where it is no uncertain number, or a chance does not lie between 0 and 1.
pub fn quantiles(loaded: &Loaded, input: &str, at: &[f64]) -> Result<Vec<f64>, Error> {
    let distribution = match &number(loaded, &plainly_quoted(input.trim()), input)?.quantity.value {
        Value::Uncertain(distribution) => distribution,
        Value::Fixed(value) => {
            return Err(Field::Inputs.refused(format!("{input} is fixed at {value}: it has no quantiles")).into());
        }
    };
    let wrong = at.iter().find(|chance| !(**chance > 0.0 && **chance < 1.0));
    match wrong {
        Some(chance) => {
            Err(Field::Percentile.refused(format!("{chance} is no chance between 0 and 1, both left out")).into())
        }
        None => Ok(at.iter().map(|chance| distribution.quantile(*chance)).collect()),
    }
}

/// The number of a scenario under an address, which was written as `name`.
fn number<'a>(loaded: &'a Loaded, address: &str, name: &str) -> Result<&'a Number, Refused> {
    loaded.number(address).ok_or_else(|| {
        let names: Vec<&str> = loaded.numbers.iter().map(|own| own.address.as_str()).collect();
        let remedy = language::remedy(address, &names);
        let what = "is no number that may be uncertain (a whole number, a date or a choice is set in the scenario)";
        Field::Inputs.refused(format!("{name} {what}. {remedy}"))
    })
}

/// The number of rows, the same for every input.
pub(crate) fn rows(asked: &Experiments) -> Result<usize, Refused> {
    let rows = asked.inputs.first().map_or(0, |(_, values)| values.len());
    let other = asked.inputs.iter().find(|(_, values)| values.len() != rows);
    match other {
        Some((name, values)) => Err(Field::Inputs.refused(format!(
            "{name} has {} values and {} has {rows}: every column has one a row",
            values.len(),
            asked.inputs[0].0,
        ))),
        None if rows == 0 => {
            Err(Field::Inputs.refused("there is no row: give a column for each input, with a value a row"))
        }
        None => Ok(rows),
    }
}

/// The columns, each with the number that it gives; every value finite, or NaN, and what the number may be.
fn inputs<'a>(loaded: &'a Loaded, asked: &'a Experiments, ends: &[Ends]) -> Result<Vec<Column<'a>>, Refused> {
    let (mut read, mut wrong): (Vec<Column<'a>>, Vec<String>) = Default::default();
    for ((name, values), ends) in asked.inputs.iter().zip(ends) {
        match input(loaded, name, values, *ends) {
            Ok(own)
                if read.iter().any(|other| other.number.address == own.number.address && other.year == own.year) =>
            {
                wrong.push(format!("{name} is given twice"));
            }
            Ok(own) => read.push(own),
            Err(why) => wrong.push(why.what),
        }
    }
    if wrong.is_empty() { Ok(read) } else { Err(Field::Inputs.refused(wrong.join("; "))) }
}

fn input<'a>(loaded: &'a Loaded, name: &'a str, values: &'a [f64], ends: Ends) -> Result<Column<'a>, Refused> {
    let plain = plainly_quoted(name.trim());
    let own = plain.strip_prefix(KEPT_INPUT).unwrap_or(&plain);
    let dated = own.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    let (address, year) = match dated.and_then(|(before, year)| Some((before, year.parse::<FinancialYear>().ok()?))) {
        Some((before, year)) => (before, Some(year.0)),
        None => (own, None),
    };
    let number = number(loaded, address, name)?;
    if number.is_fact {
        return Err(Field::Inputs.refused(format!("{name} is a fact, which is set in the scenario and not given")));
    }
    let odd = |value: &f64| !(value.is_nan() || value.is_finite() && number.range.holds(*value));
    if let Some(row) = values.iter().position(odd) {
        let (value, range) = (values[row], number.range);
        let what = format!("{name} is {value} in row {}: it is to be {range}, or none where it is drawn", row + 1);
        return Err(Field::Inputs.refused(what));
    }
    Ok(Column { name, number, year, values, ends })
}

/// The ends of the values of each input.
pub(crate) fn ends_of(asked: &Experiments) -> Vec<Ends> {
    let wider = |ends: Ends, value: f64| {
        Some(ends.map_or((value, value), |(low, high): (f64, f64)| (low.min(value), high.max(value))))
    };
    let ends = |values: &[f64]| values.iter().copied().filter(|value| !value.is_nan()).fold(None, wider);
    asked.inputs.iter().map(|(_, values)| ends(values)).collect()
}

/// The scenario in which every input that is given can vary: a fixed number becomes one that is drawn, its plan what it is.
fn widened(loaded: &Loaded, inputs: &[Column<'_>]) -> Result<Loaded, Problems> {
    let mut changes = Vec::new();
    for own in inputs {
        let (Value::Fixed(fixed), Some((low, high))) = (&own.number.quantity.value, own.ends) else { continue };
        let (low, high, address) = (low.min(*fixed), high.max(*fixed), &own.number.address);
        if low < high {
            let drawn = format!("{{ uniform = {{ low = {low:?}, high = {high:?} }}, plan = {fixed:?} }}");
            changes.push(Override::parse(&format!("{address}={drawn}"))?);
        }
    }
    if changes.is_empty() {
        return Ok(loaded.clone());
    }
    language::changed(&loaded.resolved, &changes, &loaded.scenario.name)
}

/// The draw that a column gives; a number that the scenario fixes is what it is wherever no value is given, and stays as it is where
/// none is another.
fn given(model: &Model, own: &Column<'_>) -> Result<Option<GivenInput>, Refused> {
    let (name, address) = (own.name, &own.number.address);
    let known = |input: &ModelInput| input.address == *address && input.readings.first() == Some(&Reading::Number);
    let Some(draw) = model.inputs().iter().position(known) else { return Ok(None) };
    let years = model.years();
    let year = match (model.draws().info()[draw].yearly, own.year) {
        (false, None) => 0,
        (true, Some(year)) if years.contains(&year) => year,
        (true, _) => {
            let example = format!("{address}[{}]", FinancialYear(years.end - 1));
            return Err(Field::Inputs.refused(format!("{name} is drawn every year: name the year, such as {example}")));
        }
        (false, Some(_)) => return Err(Field::Inputs.refused(format!("{name} is drawn once: name no year"))),
    };
    let mut values = own.values.to_vec();
    if let Value::Fixed(fixed) = own.number.quantity.value {
        values.iter_mut().filter(|value| value.is_nan()).for_each(|value| *value = fixed);
    }
    Ok(Some(GivenInput { draw, year, values }))
}
