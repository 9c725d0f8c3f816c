//! Whether a question may be asked: every rule about it that holds before its scenarios are read, for every way of asking.

use std::collections::HashSet;

use analysis::Comparison;
use engine::units::Month;
use language::LONGEST_TEXT;
use report::words::thousands;

use crate::discover::Condition;
use crate::limits::{self, MOST_TRACKED};
use crate::question::{Commissioned, Question, Verb};
use crate::refused::{Field, Refused};
use crate::request::Draws;
use crate::track;

/// Whether a question may be asked of so many scenarios, on such draws.
///
/// # Errors
/// What is wrong; the first that is found.
pub fn check(question: &Question, draws: &Draws, scenarios: usize) -> Result<(), Refused> {
    let verb = question.verb();
    limits::scenarios(verb, scenarios).map_err(|why| Field::Scenarios.refused(why))?;
    check_draws(draws, verb, scenarios)?;
    match question {
        Question::WhatIf(asked) => check_commissioned(asked, scenarios),
        Question::Compare { years } => check_years(*years),
        Question::Explain { years, .. } | Question::Report { years } => {
            if scenarios == 1 && years.is_some() {
                let why = "this is the horizon over which several scenarios are compared; of one, set its own `years`";
                return Err(Field::Years.refused(why));
            }
            check_years(*years)
        }
        Question::Discover { fail } => Condition::read(fail).map(drop),
        Question::Optimise { percentile, slots, .. } => check_search(*percentile, *slots),
        Question::Track { as_of, discrepancy, most } => check_track(as_of.as_deref(), *discrepancy, *most),
        Question::Run {} | Question::Shares {} | Question::Assumptions { .. } => Ok(()),
    }
}

/// Whether every scenario of a question has a name of its own: by it their rows are told apart.
///
/// # Errors
/// Which name two share.
pub fn check_names<'a>(question: &Question, names: impl IntoIterator<Item = &'a str>) -> Result<(), Refused> {
    // Of a what-if the base goes by its title.
    let (what, titled) = if question.verb() == Verb::WhatIf { ("variants", 1) } else { ("scenarios", 0) };
    let mut seen = HashSet::new();
    match names.into_iter().skip(titled).find(|name| !seen.insert(*name)) {
        Some(twice) => {
            Err(Field::Scenarios.refused(format!("two {what} are called \"{twice}\": give each a name of its own")))
        }
        None => Ok(()),
    }
}

fn check_draws(draws: &Draws, verb: Verb, scenarios: usize) -> Result<(), Refused> {
    limits::trials(draws.trials).map_err(|why| Field::Trials.refused(why))?;
    if let Some(until) = draws.until {
        limits::precision(until).map_err(|why| Field::Until.refused(why))?;
        if verb != Verb::Run {
            return Err(Field::Until.refused(format!("{} has no precision to stop at", verb.name())));
        }
    }
    if verb.looks_at_inputs(scenarios) {
        limits::sampled(verb, draws.sampler).map_err(|why| Field::Sampler.refused(why))?;
        limits::looked_at(verb, draws.trials).map_err(|why| Field::Trials.refused(why))?;
    }
    Ok(())
}

fn check_years(years: Option<usize>) -> Result<(), Refused> {
    match years {
        Some(0) => Err(Field::Years.refused("0 years leave nothing to compare: a whole number from 1 is wanted")),
        _ => Ok(()),
    }
}

fn check_commissioned(asked: &Commissioned, scenarios: usize) -> Result<(), Refused> {
    limits::sweeps(asked.sweeps.len()).map_err(|why| Field::Sweeps.refused(why))?;
    limits::measures(asked.measures.len()).map_err(|why| Field::Measures.refused(why))?;
    check_words(asked).map_err(|why| Field::Question.refused(why))?;
    if scenarios == 1 && asked.sweeps.is_empty() {
        return Err(Field::Question.refused("a what-if needs something that is varied: add a variant or a sweep"));
    }
    let mut seen = HashSet::new();
    if let Some(twice) = asked.sweeps.iter().find(|sweep| !seen.insert(sweep.name.as_str())) {
        return Err(Field::Sweeps.refused(format!(
            "two sweeps are called \"{}\": sweep a key once, or give each a name of its own in a commission",
            twice.name
        )));
    }
    asked.sweeps.iter().try_for_each(|sweep| sweep.check().map_err(|why| Field::Sweeps.refused(why)))
}

/// Whether what is told of the asking could stand in a commission.
fn check_words(asked: &Commissioned) -> Result<(), String> {
    for (key, text) in [("question", &asked.question), ("requested_by", &asked.requested_by)] {
        if text.as_ref().is_some_and(|text| text.chars().count() > LONGEST_TEXT) {
            return Err(format!("{key}: a text of at most {} characters is wanted", thousands(LONGEST_TEXT as u64)));
        }
    }
    asked.date.as_ref().map_or(Ok(()), |date| date.parse::<Month>().map(drop).map_err(|why| format!("date: {why}")))
}

fn check_track(as_of: Option<&str>, discrepancy: f64, most: u64) -> Result<(), Refused> {
    as_of.map(track::month).transpose()?;
    if !(0.0..=1.0).contains(&discrepancy) {
        return Err(Field::Discrepancy.refused("a part of the plan's figure from 0 to 1 is wanted, such as 0.1"));
    }
    if !(1..=MOST_TRACKED).contains(&most) {
        return Err(Field::Most.refused(format!("a whole number from 1 to {} is wanted", thousands(MOST_TRACKED))));
    }
    Ok(())
}

fn check_search(percentile: Option<u8>, slots: Option<u32>) -> Result<(), Refused> {
    if percentile.is_some_and(|percentile| !(1..=99).contains(&percentile)) {
        return Err(Field::Percentile.refused("a whole number from 1 to 99 is wanted"));
    }
    if slots.is_some_and(|slots| !(1..=limits::SLOTS).contains(&slots)) {
        return Err(Field::Slots.refused(format!("a whole number from 1 to {} is wanted", limits::SLOTS)));
    }
    Ok(())
}

impl Verb {
    /// Whether it looks at the inputs of every future, of so many scenarios.
    #[must_use]
    pub const fn looks_at_inputs(self, scenarios: usize) -> bool {
        match self {
            Self::Explain | Self::Discover | Self::Shares | Self::Optimise | Self::Assumptions | Self::Track => true,
            Self::Report => scenarios == 1,
            Self::Run | Self::Compare | Self::WhatIf => false,
        }
    }

    /// How many scenarios it takes, at least and at most.
    #[must_use]
    pub const fn scenarios(self) -> (usize, usize) {
        match self {
            Self::Compare => (2, Comparison::MOST),
            Self::WhatIf => (1, Comparison::MOST),
            Self::Report => (1, limits::ON_A_PAGE),
            Self::Explain => (1, 2),
            Self::Run | Self::Discover | Self::Shares | Self::Optimise | Self::Assumptions | Self::Track => (1, 1),
        }
    }
}
