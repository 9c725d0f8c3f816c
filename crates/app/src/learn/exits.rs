//! How often alliances of a scenario see a first notice, and the bases at which that is as often as in a class.

use analysis::Measured;
use analysis::learn::{is_met, solve};
use engine::alliance::{Alliance, Kind, Scenario};
use engine::model::Model;
use engine::outcomes::{Outcome, Owner};
use engine::run::sample;
use engine::uncertainty::elementary::square;
use engine::uncertainty::{Sampler, Value, quote_key};
use language::{Loaded, Override};
use report::learning::{Base, rounded_base};

use crate::error::Error;
use crate::explain::column_of;
use crate::refused::Field;
use crate::study::{Desk, compiled};

/// Bases of all alliances that members may leave by giving notice, each found by halving while all are changed at once.
///
/// A notice is seen on the day on which it is given: with `exit.notice` at 0 members leave on that day, and until the first of them
/// does nothing else differs.
///
/// # Errors
/// Where futures are not drawn plainly, or the run is stopped.
pub(super) fn solved(desk: &Desk<'_>, wanted: f64) -> Result<Vec<Base>, Error> {
    let loaded = desk.one()?;
    if desk.draws.sampler != Sampler::Plain {
        return Err(Field::Sampler.refused("rates need plain draws: sampler plain is wanted").into());
    }
    let alliances: Vec<&Alliance> = loaded.scenario.alliances.iter().filter(|own| own.kind != Kind::Merger).collect();
    let names: Vec<&str> = alliances.iter().map(|own| own.name.as_str()).collect();
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let stated = rates(desk, loaded, &names, &[])?;
    let mut tried = |bases: &[f64]| -> Result<Vec<f64>, Error> {
        Ok(rates(desk, loaded, &names, bases)?.iter().map(|rate| rate.value).collect())
    };
    let found: Vec<f64> = solve(names.len(), wanted, &mut tried)?.into_iter().map(rounded_base).collect();
    let met = rates(desk, loaded, &names, &found)?;
    let base = |k: usize| Base {
        alliance: names[k].to_owned(),
        stated: match &alliances[k].exit.base.value {
            Value::Fixed(value) => Some(*value),
            Value::Uncertain(_) => None,
        },
        stated_rate: stated[k].into(),
        base: found[k],
        rate: met[k].into(),
        wanted,
        futures: desk.draws.trials,
        is_met: is_met(met[k].value, wanted, desk.draws.trials),
    };
    Ok((0..names.len()).map(base).collect())
}

/// First notices by alliance years, of each alliance, at some bases; none given: at those that are stated.
fn rates(desk: &Desk<'_>, loaded: &Loaded, names: &[&str], bases: &[f64]) -> Result<Vec<Measured>, Error> {
    let mut changes = Vec::new();
    for (k, name) in names.iter().enumerate() {
        let exit = format!("alliance.{}.exit", quote_key(name));
        changes.push(Override::parse(&format!("{exit}.notice=0"))?);
        if let Some(base) = bases.get(k) {
            changes.push(Override::parse(&format!("{exit}.base={base:?}"))?);
        }
    }
    let changed = language::changed(&loaded.resolved, &changes, &loaded.scenario.name)?;
    let model = compiled(&changed)?;
    let told: Vec<&Alliance> =
        changed.scenario.alliances.iter().filter(|own| names.contains(&own.name.as_str())).collect();
    let of_each = told.iter().map(|own| columns(&model, &changed.scenario, own)).collect::<Result<Vec<_>, _>>()?;
    let (settings, interrupt, all) = (desk.settings(), &desk.means.interrupt, of_each.concat());
    interrupt.begin("Counting notices", settings.trials);
    let values = sample::outcomes(|| sample::worker(&model, &settings, &all), &settings, interrupt, &all)?;
    let mut left = values.as_slice();
    let mut found = Vec::new();
    for (alliance, columns) in told.iter().zip(&of_each) {
        let (own, others) = left.split_at(columns.len());
        let begin = alliance.start.time_from(changed.scenario.first_year);
        found.push(rate(own, begin, changed.scenario.years as f64));
        left = others;
    }
    Ok(found)
}

/// When the alliance ended, and when each member left.
fn columns(model: &Model, scenario: &Scenario, alliance: &Alliance) -> Result<Vec<usize>, Error> {
    let left = alliance.members.iter().map(|id| {
        let (alliance, force) = (alliance.name.clone(), scenario.forces[id.0].name.clone());
        Outcome::LeavesAt.of(Owner::Member { alliance, force })
    });
    let all = std::iter::once(Outcome::EndedAt.of_alliance(&alliance.name)).chain(left);
    Ok(all.map(|id| column_of(model, &id.name(), Field::Outcome)).collect::<Result<Vec<_>, _>>()?)
}

/// First notices by the years until them, until the end or the horizon; the error is that of a ratio of means, by linearisation.
fn rate(values: &[Vec<f64>], begin: f64, horizon: f64) -> Measured {
    let (ended, left) = values.split_at(1);
    let trial = |k: usize| {
        let first = left.iter().map(|member| member[k]).fold(f64::INFINITY, f64::min);
        let until = ended.first().map_or(f64::NAN, |own| own[k]).min(horizon);
        let is_notice = first <= until;
        (f64::from(u8::from(is_notice)), (first.min(until) - begin).max(0.0))
    };
    let trials = ended.first().map_or(0, Vec::len);
    let (notices, years) = (0..trials).map(trial).fold((0.0, 0.0), |(n, y), (own, more)| (n + own, y + more));
    let value = notices / years;
    let squares: f64 = (0..trials).map(trial).map(|(own, more)| square(own - value * more)).sum();
    Measured { value, error: squares.sqrt() / years }
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn notices_are_counted_by_the_years_until_the_first() {
        let never = f64::NAN;
        // From 1 to 11: a notice after 4 years; none in 10; ended after 6 by something else; a second notice counts no more.
        let ended = vec![5.0, never, 7.0, 3.5];
        let left = vec![vec![5.0, never, never, 3.5], vec![never, never, never, 6.0]];
        let found = rate(&[vec![ended], left].concat(), 1.0, 11.0);
        // 2 notices in 4 + 10 + 6 + 2.5 = 22.5 years: 0.088889. Residuals 1 − 4·R, −10·R, −6·R, 1 − 2.5·R: 0.644444, −0.888889, −0.533333,
        // 0.777778; squares 0.415309 + 0.790123 + 0.284444 + 0.604938 = 2.094815, root 1.447348, by 22.5: 0.064327.
        assert!((found.value - 2.0 / 22.5).abs() < 1e-12 && (found.error - 0.064_327).abs() < 1e-6, "{found:?}");
    }
}
