//! MODEL section 6: what a force expects of next year's balance.

use alliance::alliance::Scenario;

use super::funding::{Paths, expected_growth, known_regime};
use super::source::Source;

/// What a force, or a merged one, expects of the year after, £m cash.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ahead {
    /// Funding of its own less spending without the alliances and before cuts.
    pub balance: f64,
    /// `X'`: the cost index by which its cuts will count.
    pub cost_index: f64,
}

/// What force `f` expects in year `t`.
pub fn ahead(scenario: &Scenario, paths: &Paths, f: usize, t: usize, source: &dyn Source) -> Ahead {
    let force = &scenario.forces[f];
    let s = source.quantity(&scenario.economy.pay_share);
    let (inflation, pay, base_growth) = (paths.inflation_ahead[t], paths.pay_ahead[t], paths.tax_base_growth_ahead[t]);
    let cost_growth = s * pay + (1.0 - s) * inflation;

    let grant = paths.grant[f][t] * (1.0 + grant_growth(scenario, paths, t, source)).max(0.01);
    let (pounds, percent) = limit(scenario, t);
    let band_d = paths.band_d[f][t];
    let rise = source.quantity(&force.uptake) * f64::max(pounds, percent * band_d);
    let precept = paths.tax_base[f][t] * (1.0 + base_growth) * (band_d + rise) / 1e6;
    let other = paths.other[f][t] * (1.0 + inflation);
    let spending = paths.expenditure[f][t] * (1.0 + cost_growth + source.quantity(&force.demand_growth));
    Ahead { balance: grant + precept + other - spending, cost_index: paths.cost_index[t] * (1.0 + cost_growth) }
}

/// National growth of grant that year `t` lets expect of the next: known, or by the row of its regime.
fn grant_growth(scenario: &Scenario, paths: &Paths, t: usize, source: &dyn Source) -> f64 {
    let regimes = &scenario.funding.regimes;
    match (paths.regime[t], known_regime(scenario, t + 1)) {
        // In the plan run grant is foreseen to grow as it will.
        (None, _) => expected_growth(scenario, source)[t + 1],
        (Some(_), Some(known)) => source.quantity(&regimes[known].growth),
        (Some(now), None) => {
            regimes.iter().zip(&regimes[now].next).map(|(next, chance)| chance * source.quantity(&next.growth)).sum()
        }
    }
}

/// The referendum limit that year `t` lets expect of the next: known, or both figures at their plan values.
fn limit(scenario: &Scenario, t: usize) -> (f64, f64) {
    let limit = &scenario.economy.limit;
    match limit.known.get(&scenario.first_year.plus(t as i32 + 1)) {
        Some(known) => (known.pounds, known.percent),
        None => (limit.pounds.plan_value(), limit.percent.plan_value()),
    }
}
