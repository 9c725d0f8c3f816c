//! Under which conditions a scenario fails.

use analysis::{Failure, Sign};
use engine::model::Model;
use engine::outcomes::{Missing, Outcome};
use engine::uncertainty::plainly_quoted;
use engine::units::Unit;
use language::Loaded;
use report::inputs::Inputs;
use report::{DiscoveryReport, words};

use crate::error::Error;
use crate::explain::{check_told, column_of};
use crate::refused::{Field, Refused};
use crate::study::{Desk, compiled};

/// Finds the conditions of a failure.
///
/// # Errors
/// Why there is no answer.
pub fn discovered(desk: &Desk<'_>, fail: &str) -> Result<DiscoveryReport, Error> {
    let loaded = desk.one()?;
    let model = compiled(loaded)?;
    let failure = Condition::read(fail)?.of(loaded, &model)?;
    let outcome = &model.catalogue().columns()[failure.column];
    if let Some(id) = &outcome.outcome {
        check_told(&loaded.scenario, id, Field::Fail, |other| format!("{other} < 1"))?;
    }
    let found = analysis::discover(&model, failure, &desk.settings(), &desk.means.interrupt);
    let found = found?;
    let (of, run) = desk.told_of(loaded);
    let words = match &outcome.outcome {
        Some(id) => words::failure(id, outcome.unit, &failure, fail),
        None => format!("{fail} holds"),
    };
    Ok(DiscoveryReport::build(of, run, &Inputs::of(&loaded.scenario), (fail, words), &found))
}

/// What counts as failure, as it is written: an outcome held against a level.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition<'a> {
    text: &'a str,
    outcome: &'a str,
    sign: Sign,
    level: &'a str,
}

impl<'a> Condition<'a> {
    /// Reads `OUTCOME < LEVEL`; whether there is such an outcome only a scenario tells.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(text: &'a str) -> Result<Self, Refused> {
        // A promise's name in quotes may hold a sign: the last one counts.
        let (outcome, sign, level) = Sign::last_in(text).ok_or_else(|| wrong(text))?;
        let read = Self { text, outcome, sign, level };
        if let Some(turned) = read.turned() {
            return Err(Field::Fail.refused(format!("\"{text}\": the outcome stands first: write \"{turned}\"")));
        }
        // What was meant by a number in another form depends on the outcome.
        if language::number_meant(read.level, "£m").is_none() {
            read.number("")?;
        }
        Ok(read)
    }

    /// The same with the outcome first, where a number stands there.
    fn turned(&self) -> Option<String> {
        let Self { outcome, sign, level, .. } = *self;
        let sign = sign.turned().written();
        let is_turned = outcome.parse::<f64>().is_ok() && level.parse::<f64>().is_err() && !level.is_empty();
        is_turned.then(|| format!("{level} {sign} {outcome}"))
    }

    /// Whether what stands before the sign is a comparison of its own, or is joined to one.
    fn is_one_of_several(&self) -> bool {
        let is_joining = |word: &str| ["and", "or", "not"].iter().any(|joining| word.eq_ignore_ascii_case(joining));
        let mut unquoted = self.outcome.split('"').step_by(2);
        unquoted.any(|part| part.contains(['<', '>', '=']) || part.split_whitespace().any(is_joining))
    }

    /// The level as a number; `unit` is what it is of, for what is said of one that is none.
    fn number(&self, unit: &str) -> Result<f64, Refused> {
        let Self { text, level, .. } = *self;
        match level.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            Ok(_) => Err(Field::Fail.refused(format!("\"{text}\": {level} is not a finite number"))),
            Err(_) => Err(match language::number_meant(level, unit) {
                Some(hint) => {
                    Field::Fail.refused(format!("\"{text}\": \"{level}\" is no number as it is written here. {hint}."))
                }
                None => wrong(text),
            }),
        }
    }

    /// The same of a scenario.
    fn of(&self, loaded: &Loaded, model: &Model) -> Result<Failure, Refused> {
        let name = match (self.outcome, loaded.scenario.targets.first()) {
            ("target_met", Some(target)) => Outcome::Met.of_target(&target.name).name(),
            ("target_met", None) => return Err(Field::Fail.refused("the scenario has no target: name an outcome")),
            (name, _) => plainly_quoted(name),
        };
        let column = column_of(model, &name, Field::Fail).map_err(|unknown| {
            if !self.is_one_of_several() {
                return unknown;
            }
            let what = format!("\"{}\": one comparison is wanted, of one outcome with a number", self.text);
            Field::Fail.refused(what).such_as(Field::Fail, "npv < 0")
        })?;
        let spec = &model.catalogue().columns()[column];
        let is_money = matches!(spec.unit, Unit::Millions | Unit::MillionsReal | Unit::MillionsPresent);
        let level = self.number(if is_money { "£m" } else { "" })?;
        Ok(Failure { column, never: spec.missing == Missing::Never, sign: self.sign, level })
    }
}

/// What to say of what is no condition.
fn wrong(text: &str) -> Refused {
    Field::Fail
        .refused(format!("\"{text}\" is no condition: write an outcome, one of {}, and a number", Sign::ALL))
        .such_as(Field::Fail, "npv < 0")
}
