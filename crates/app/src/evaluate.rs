//! The model at inputs that somebody else lays down: experiments of other programs' methods.

use std::collections::BTreeMap;

use analysis::{Averaged, GivenInput, Reading, each_future, same_futures};
use engine::model::{Model, ModelInput};
use engine::run::Settings;
use engine::uncertainty::{Quantity, Sampler, Value, plainly_quoted};
use engine::units::FinancialYear;
use language::{Loaded, Override, Problems};

use crate::error::Error;
use crate::limits;
use crate::refused::{Field, Refused};
use crate::study::{Desk, compiled};

/// What the name of an input's column may begin with, as that of kept futures does.
const INPUT: &str = "input.";

/// Facts of a force, which hold whatever happens.
const FACTS: [&str; 7] = ["budget", "grant_share", "tax_base", "band_d", "reserves", "population", "officers"];

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

/// A column's name taken apart: whose input it is, of which calendar year.
struct Named {
    address: String,
    year: Option<i32>,
}

/// Runs the model of a scenario at given inputs. What is not given is drawn by the seed; each row's future is that of its number, or
/// all rows meet the futures of the draws.
///
/// # Errors
/// Why there is no answer: every input that cannot be given, with what would be right.
pub fn evaluate(desk: &Desk<'_>, asked: &Experiments) -> Result<Evaluated, Error> {
    let loaded = desk.one()?;
    let rows = rows(asked)?;
    if desk.draws.sampler != Sampler::Plain {
        return Err(Field::Sampler.refused("given inputs need plain draws: sampler plain is wanted").into());
    }
    let simulated = if asked.is_averaged { desk.draws.trials } else { 1 };
    limits::evaluated(rows as u64, simulated, asked.inputs.len() + asked.outcomes.len())
        .map_err(|why| Field::Inputs.refused(why))?;
    let numbers = numbers(loaded)?;
    check_ranges(loaded, asked, &numbers)?;
    let widened = widened(loaded, asked, &numbers)?;
    let model = compiled(&widened)?;
    let given = given(&model, asked, &numbers)?;
    let columns = columns(&model, &asked.outcomes)?;
    let interrupt = &*desk.means.interrupt;
    if asked.is_averaged {
        return Ok(Evaluated::Means(same_futures(&model, &given, rows, &desk.settings(), &columns, interrupt)?));
    }
    let settings = Settings { trials: rows as u64, ..desk.settings() };
    Ok(Evaluated::Futures(each_future(&model, &given, &settings, &columns, interrupt)?))
}

/// Values of an uncertain number of a scenario at given chances.
///
/// # Errors
/// Where it is no uncertain number, or a chance does not lie between 0 and 1.
pub fn quantiles(loaded: &Loaded, input: &str, at: &[f64]) -> Result<Vec<f64>, Error> {
    let numbers = numbers(loaded)?;
    let distribution = match numbers.get(&named(input).address).map(|number| &number.value) {
        Some(Value::Uncertain(distribution)) => distribution,
        Some(Value::Fixed(value)) => {
            return Err(Field::Inputs.refused(format!("{input} is fixed at {value}: it has no quantiles")).into());
        }
        None => return Err(unknown(input, &numbers).into()),
    };
    let wrong = at.iter().find(|chance| !(**chance > 0.0 && **chance < 1.0));
    match wrong {
        Some(chance) => {
            Err(Field::Inputs.refused(format!("{chance} is no chance between 0 and 1, both left out")).into())
        }
        None => Ok(at.iter().map(|chance| distribution.quantile(*chance)).collect()),
    }
}

fn unknown(name: &str, numbers: &BTreeMap<String, Quantity>) -> Refused {
    let names: Vec<&str> = numbers.keys().map(String::as_str).collect();
    let remedy = language::remedy(&named(name).address, &names);
    let what = "is no number that the scenario states (a whole number, a date or a choice is set; what is left at its default is stated first)";
    Field::Inputs.refused(format!("{name} {what}. {remedy}"))
}

/// The number of rows, the same for every input.
fn rows(asked: &Experiments) -> Result<usize, Refused> {
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

fn named(name: &str) -> Named {
    let plain = plainly_quoted(name.trim());
    let own = plain.strip_prefix(INPUT).unwrap_or(&plain);
    let year = own.strip_suffix(']').and_then(|text| text.rsplit_once('['));
    match year.map(|(before, year)| (before, year.parse::<FinancialYear>())) {
        Some((before, Ok(year))) => Named { address: before.to_owned(), year: Some(year.0) },
        _ => Named { address: own.to_owned(), year: None },
    }
}

/// Every number of a scenario by its address, those that it does not state too.
fn numbers(loaded: &Loaded) -> Result<BTreeMap<String, Quantity>, Problems> {
    Ok(language::from_resolved(&loaded.resolved, &loaded.scenario.name)?.assumptions.into_iter().collect())
}

/// The least and the greatest value that is given; none where all are drawn.
fn ends(values: &[f64]) -> Option<(f64, f64)> {
    let there = values.iter().copied().filter(|value| !value.is_nan());
    there.fold(None, |ends, value| {
        Some(ends.map_or((value, value), |(low, high): (f64, f64)| (low.min(value), high.max(value))))
    })
}

/// Whether every input is a number of the scenario, finite, and within the range of its key.
fn check_ranges(loaded: &Loaded, asked: &Experiments, numbers: &BTreeMap<String, Quantity>) -> Result<(), Error> {
    let mut met = Vec::new();
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for (name, values) in &asked.inputs {
        let own = named(name);
        if !numbers.contains_key(&own.address) {
            return Err(unknown(name, numbers).into());
        }
        let last = own.address.rsplit('.').next().unwrap_or_default();
        if own.address.starts_with("force.") && FACTS.contains(&last) {
            let what = format!("{name} is a fact of a force, which is set and not given: change the scenario with set");
            return Err(Field::Inputs.refused(what).into());
        }
        if met.contains(&(own.address.clone(), own.year)) {
            return Err(Field::Inputs.refused(format!("{name} is given twice")).into());
        }
        if let Some(row) = values.iter().position(|value| value.is_infinite()) {
            return Err(Field::Inputs
                .refused(format!(
                    "{name} is {} in row {}: a finite number is wanted, or none where it is drawn",
                    values[row],
                    row + 1
                ))
                .into());
        }
        if let Some((least, most)) = ends(values) {
            low.push(set(&own.address, &format!("{least:?}"))?);
            high.push(set(&own.address, &format!("{most:?}"))?);
        }
        met.push((own.address, own.year));
    }
    // All at their ends at once is quick; only where that fails is each looked at by itself, as rows need not combine what the ends do.
    let holds = |changes: &[Override]| language::changed(&loaded.resolved, changes, &loaded.scenario.name).map(drop);
    if holds(&low).and_then(|()| holds(&high)).is_ok() {
        return Ok(());
    }
    for (name, values) in &asked.inputs {
        let Some((least, most)) = ends(values) else { continue };
        for end in [least, most] {
            let change = set(&named(name).address, &format!("{end:?}"))?;
            let Err(problems) = holds(std::slice::from_ref(&change)) else { continue };
            let row = values.iter().position(|value| value.to_bits() == end.to_bits()).map_or(0, |row| row + 1);
            let told = problems.list().first().map(|problem| format!("{}. {}", problem.what, problem.remedy));
            let what = format!("{name} cannot be {end} as in row {row}: {}", told.unwrap_or_default());
            return Err(Field::Inputs.refused(what).into());
        }
    }
    Ok(())
}

fn set(address: &str, value: &str) -> Result<Override, Problems> {
    Override::parse(&format!("{address}={value}"))
}

/// The scenario in which every input that is given can vary: a fixed number becomes one that is drawn, its plan what it is.
fn widened(loaded: &Loaded, asked: &Experiments, numbers: &BTreeMap<String, Quantity>) -> Result<Loaded, Problems> {
    let mut changes = Vec::new();
    for (name, values) in &asked.inputs {
        let address = named(name).address;
        let (Some(Value::Fixed(fixed)), Some((low, high))) =
            (numbers.get(&address).map(|own| &own.value), ends(values))
        else {
            continue;
        };
        let (low, high) = (low.min(*fixed), high.max(*fixed));
        if low < high {
            changes.push(set(
                &address,
                &format!("{{ uniform = {{ low = {low:?}, high = {high:?} }}, plan = {fixed:?} }}"),
            )?);
        }
    }
    if changes.is_empty() {
        Ok(loaded.clone())
    } else {
        language::changed(&loaded.resolved, &changes, &loaded.scenario.name)
    }
}

/// The draws that are given; a number that the scenario fixes is what it is wherever no value is given.
fn given(model: &Model, asked: &Experiments, numbers: &BTreeMap<String, Quantity>) -> Result<Vec<GivenInput>, Refused> {
    let mut all = Vec::new();
    for (name, values) in &asked.inputs {
        let own = named(name);
        let known =
            |input: &ModelInput| input.address == own.address && input.readings.first() == Some(&Reading::Number);
        // A fixed number that is given as it is stays as it is.
        let Some(draw) = model.inputs().iter().position(known) else { continue };
        let years = model.years();
        let is_yearly = model.draws().info()[draw].yearly;
        let year = match (is_yearly, own.year) {
            (false, None) => 0,
            (true, Some(year)) if years.contains(&year) => year,
            (true, _) => {
                let example = format!("{}[{}]", own.address, FinancialYear(years.end - 1));
                return Err(
                    Field::Inputs.refused(format!("{name} is drawn every year: name the year, such as {example}"))
                );
            }
            (false, Some(_)) => return Err(Field::Inputs.refused(format!("{name} is drawn once: name no year"))),
        };
        let mut values = values.clone();
        if let Some(Value::Fixed(fixed)) = numbers.get(&own.address).map(|number| &number.value) {
            values.iter_mut().filter(|value| value.is_nan()).for_each(|value| *value = *fixed);
        }
        all.push(GivenInput { draw, year, values });
    }
    Ok(all)
}

/// Positions of outcomes.
fn columns(model: &Model, outcomes: &[String]) -> Result<Vec<usize>, Refused> {
    let catalogue = model.catalogue();
    let find = |name: &String| {
        let plain = plainly_quoted(name.trim());
        catalogue.position(&plain).ok_or_else(|| {
            let names: Vec<&str> = catalogue.columns().iter().map(|column| column.name.as_str()).collect();
            Field::Outcome.refused(format!("no outcome is called {name}. {}", language::remedy(&plain, &names)))
        })
    };
    if outcomes.is_empty() {
        return Err(Field::Outcome.refused("name an outcome, such as npv"));
    }
    outcomes.iter().map(find).collect()
}
