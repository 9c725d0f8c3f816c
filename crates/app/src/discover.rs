//! Under which conditions a scenario fails.

use analysis::{Against, Failure};
use engine::model::Model;
use engine::outcomes::{Missing, Outcome, OutcomeId};
use engine::uncertainty::plainly_quoted;
use engine::units::Unit;
use language::Loaded;
use report::inputs::Inputs;
use report::{DiscoveryReport, Untold, words};

use crate::error::Error;
use crate::explain::column_of;
use crate::study::{Desk, compiled};

/// Finds the conditions of a failure.
///
/// # Errors
/// Why there is no answer.
pub fn discovered(desk: &Desk<'_>, fail: &str) -> Result<DiscoveryReport, Error> {
    let loaded = desk.one()?;
    let model = compiled(loaded)?;
    let failure = read(fail, loaded, &model)?;
    let outcome = &model.catalogue().columns()[failure.column];
    let told = outcome.outcome.as_ref().and_then(|id| Some((id, Untold::of(&loaded.scenario, id)?)));
    if let Some((id, untold)) = told {
        let asking = |other: &OutcomeId| format!("--fail '{other} < 1'");
        return Err(Error::input(untold.says(&loaded.scenario, id, asking)));
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

/// Reads `OUTCOME < LEVEL`.
fn read(text: &str, loaded: &Loaded, model: &Model) -> Result<Failure, Error> {
    let wrong =
        || Error::input(format!("--fail '{text}': write an outcome, <, <=, > or >=, and a number, such as 'npv < 0'"));
    let signs = [("<=", Against::AtMost), (">=", Against::AtLeast), ("<", Against::Below), (">", Against::Above)];
    // A promise's name in quotes may hold such a sign: the last one counts.
    let found = signs.iter().filter_map(|(sign, against)| Some((text.rfind(sign)?, sign.len(), *against)));
    let (at, length, comparison) = found
        .min_by_key(|(at, length, _)| (std::cmp::Reverse(*at + *length), std::cmp::Reverse(*length)))
        .ok_or_else(wrong)?;
    let name = text[..at].trim();
    let first = loaded.scenario.targets.first();
    let name = match (name, first) {
        ("target_met", Some(target)) => Outcome::Met.of_target(&target.name).name(),
        ("target_met", None) => return Err(Error::input("the scenario has no target: name an outcome")),
        (name, _) => plainly_quoted(name),
    };
    let column = column_of(model, &name)?;
    let written = text[at + length..].trim();
    let is_money =
        matches!(model.catalogue().columns()[column].unit, Unit::Millions | Unit::MillionsReal | Unit::MillionsPresent);
    let level = match written.parse::<f64>() {
        Ok(level) if level.is_finite() => level,
        Ok(_) => return Err(Error::input(format!("--fail '{text}': {written} is not a finite number"))),
        Err(_) => {
            let hint = language::number_meant(written, if is_money { "£m" } else { "" }).ok_or_else(wrong)?;
            return Err(Error::input(format!(
                "--fail '{text}': \"{written}\" is no number as it is written here. {hint}."
            )));
        }
    };
    let never = model.catalogue().columns()[column].missing == Missing::Never;
    Ok(Failure { column, never, comparison, level })
}
