//! The members of an alliance: their weights, when their elections fall, and who of them become one.

use crate::alliance::{Alliance, Force, Scenario, ShareRule};
use crate::model::form::{JoinedModel, LaterShares, MemberModel};
use crate::uncertainty::{DrawsBuilder, Standard};
use crate::units::FinancialYear;

/// Those members of an alliance, two at least, that a merger joins while others are in it besides.
pub(super) fn joined(scenario: &Scenario, alliance: &Alliance) -> Vec<JoinedModel> {
    let name = |m: &usize| &scenario.forces[alliance.members[*m].0].name;
    let of = |(merger, whole): (usize, &Alliance)| {
        let from = whole.merger.as_ref()?.fund_from(scenario.first_year, scenario.years)?;
        let mut members: Vec<usize> =
            (0..alliance.members.len()).filter(|m| whole.members.contains(&alliance.members[*m])).collect();
        members.sort_by(|a, b| name(a).cmp(name(b)));
        let some = members.len() > 1 && members.len() < alliance.members.len();
        some.then_some(JoinedModel { merger, from, members })
    };
    scenario.alliances.iter().enumerate().filter_map(of).collect()
}

/// The weights of the members by a rule, summing to 1; none for shares by origin.
fn weights(scenario: &Scenario, alliance: &Alliance, rule: &ShareRule) -> Option<Vec<f64>> {
    let each = |of: fn(&Force) -> f64| alliance.members.iter().map(|f| of(&scenario.forces[f.0])).collect::<Vec<f64>>();
    let raw = match rule {
        ShareRule::Budget => each(|force| force.budget.value),
        ShareRule::Equal => each(|_| 1.0),
        ShareRule::Population => each(|force| force.population.value),
        ShareRule::Explicit(weights) => weights.clone(),
        ShareRule::Origin => return None,
    };
    let total: f64 = raw.iter().sum();
    Some(raw.iter().map(|weight| weight / total).collect())
}

/// Rules of sharing that hold from later years on; one of a year before the first would hold from the first on.
pub(super) fn later_shares(scenario: &Scenario, alliance: &Alliance) -> Vec<LaterShares> {
    let of = |(year, rule): &(FinancialYear, ShareRule)| {
        let from = usize::try_from(year.0 - scenario.first_year.0).unwrap_or(0);
        LaterShares { from, weights: weights(scenario, alliance, rule) }
    };
    alliance.share_from.iter().map(of).collect()
}

/// The members of an alliance.
pub(super) fn members(scenario: &Scenario, alliance: &Alliance, draws: &mut DrawsBuilder) -> Vec<MemberModel> {
    let n = alliance.members.len();
    let weights = weights(scenario, alliance, &alliance.share);
    (0..n)
        .map(|m| {
            let force = &scenario.forces[alliance.members[m].0];
            MemberModel {
                force: alliance.members[m].0,
                weight: weights.as_ref().map(|w| w[m]),
                voice: alliance.voice.as_ref().map_or(1.0 / n as f64, |v| v[m]),
                exit_draw: draws.standard_yearly(
                    &format!("{}.{}.exit", alliance.key, force.key),
                    Standard::Logistic,
                    f64::INFINITY,
                ),
                elected: (0..scenario.years).map(|t| recently_elected(scenario, force, t)).collect(),
            }
        })
        .collect()
}

/// Whether an election of the force fell in the 2½ years up to the middle of year `t`.
fn recently_elected(scenario: &Scenario, force: &Force, t: usize) -> bool {
    force.elections.iter().any(|date| {
        let since = t as f64 + 0.5 - date.time_from(scenario.first_year);
        (0.0..=2.5).contains(&since)
    })
}
