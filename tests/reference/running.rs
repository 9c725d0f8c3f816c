//! MODEL section 4: what running a shared service costs, in common and for each area.

use engine::alliance::Alliance;

use super::collaboration::Collaboration;
use super::maths::overlap;
use super::savings::bond;
use super::source::Source;
use super::stops::{has_platform, may_be};

/// What running costs each member in year `t`, at its prices.
pub fn running(c: &Collaboration, t: usize, cost_index: f64, source: &dyn Source) -> Vec<f64> {
    let n = c.members.len();
    let own: Vec<f64> = (0..n).map(|m| of_areas(c, m, t, source)).collect();
    let pool: f64 = (0..n).map(|m| own[m] * c.stay(m, t)).sum();
    let shared = common(c, t, source) + pool;
    let borne = |(m, share): (usize, &f64)| own[m] * (1.0 - c.stay(m, t)) + share * shared;
    c.shares(t).iter().enumerate().map(|own| borne(own) * cost_index).collect()
}

/// Whether anything of an alliance may cost money to run.
pub fn runs(alliance: &Alliance) -> bool {
    may_be(&alliance.running) || alliance.areas.iter().any(|area| may_be(&area.running))
}

/// What runs in common, first-year prices: from the platform's readiness, or the first area's where there is no platform, to the end.
fn common(c: &Collaboration, t: usize, source: &dyn Source) -> f64 {
    let first_live = (0..c.alliance.areas.len()).map(|a| c.live(a)).fold(f64::INFINITY, f64::min);
    let from = if has_platform(c.alliance) { c.platform() } else { first_live };
    source.quantity(&c.alliance.running) * overlap(t as f64, t as f64 + 1.0, from, c.membership.end)
}

/// What the areas of a member cost to run, first-year prices, as far as it was in when they went live and keeps what it had.
fn of_areas(c: &Collaboration, m: usize, t: usize, source: &dyn Source) -> f64 {
    let mut total = 0.0;
    for (a, area) in c.alliance.areas.iter().enumerate() {
        let live = c.live(a);
        if live < c.leaves(m) {
            let cost = c.total_cost(a);
            let part = if cost > 0.0 { c.cost[a][m] / cost } else { 1.0 / c.members.len() as f64 };
            total += source.quantity(&area.running) * part * overlap(t as f64, t as f64 + 1.0, live, f64::INFINITY);
        }
    }
    total * bond(c, m, t, source)
}
