//! MODEL section 7: surges, help between members, unmet demand, contact management.

use alliance::alliance::{Contact, ContactForce, Scenario};
use alliance::uncertainty::Standard;

use super::collaboration::Collaboration;
use super::funding::calendar;
use super::ledger::LedgerYear;
use super::savings::bond;
use super::source::Source;

/// The largest surge of year `t` in force `f`, officers.
pub fn surge(scenario: &Scenario, f: usize, t: usize, source: &dyn Source) -> f64 {
    let force = &scenario.forces[f];
    let Some(surge) = &force.surge else { return 0.0 };
    let key = format!("{}.surge", force.key);
    let gumbel = source.standard_yearly(&key, Standard::Gumbel, f64::NEG_INFINITY, calendar(scenario, t));
    // Gumbel g = −ln(−ln u), so that 1/(−ln u) = exp g.
    let incidents = source.quantity(&surge.rate) * gumbel.exp();
    let x_min = source.quantity(&surge.x_min);
    let largest = x_min * incidents.powf(1.0 / source.quantity(&surge.alpha));
    if largest > x_min { largest.min(source.quantity(&scenario.resilience.x_max)) } else { 0.0 }
}

/// `C_{f,t}`, with a year of a ledger.
pub fn deployable(
    scenario: &Scenario,
    f: usize,
    year: &LedgerYear,
    opening_expenditure: f64,
    source: &dyn Source,
) -> f64 {
    let force = &scenario.forces[f];
    let gone = year.officers_follow_cuts * year.c / opening_expenditure;
    force.officers.value * source.quantity(&force.deployable_share) * (1.0 - gone)
}

/// What each force can spare and needs in a year.
pub struct Officers {
    pub deployable: Vec<f64>,
    pub surge: Vec<f64>,
}

/// Officers whom `g` sends to `f`: through one alliance only, the one that gives most.
pub fn help(
    scenario: &Scenario,
    all: &[Collaboration],
    officers: &Officers,
    (g, f): (usize, usize),
    t: usize,
    source: &dyn Source,
) -> f64 {
    let chi = source.quantity(&scenario.resilience.chi);
    let idle = (officers.deployable[g] - chi * officers.surge[g]).max(0.0);
    let mut most: f64 = 0.0;
    for c in all {
        let position = |force: usize| c.members.iter().position(|&member| member == force);
        if let (Some(giver), Some(taker)) = (position(g), position(f)) {
            let keep = bond(c, giver, t, source).min(bond(c, taker, t, source));
            let sent = operational(c, giver, taker, t) * source.quantity(&c.alliance.reach) * idle * keep;
            most = most.max(sent);
        }
    }
    most
}

/// `π`: the cost-weighted share of the operational areas that are live between two members.
fn operational(c: &Collaboration, giver: usize, taker: usize, t: usize) -> f64 {
    let left = c.leaves(giver).min(c.leaves(taker));
    let mut live = 0.0;
    let mut all = 0.0;
    for (a, area) in c.alliance.areas.iter().enumerate() {
        if area.operational {
            all += c.total_cost(a);
            if c.live(a) <= t as f64 + 0.5 && c.live(a) < left {
                live += c.total_cost(a);
            }
        }
    }
    if all > 0.0 { live / all } else { 0.0 }
}

/// Share of calls answered within the target by Erlang C.
pub fn erlang_c(calls_an_hour: f64, handling_s: f64, agents: f64, target_s: f64) -> f64 {
    let load = calls_an_hour * handling_s / 3600.0;
    if load >= agents {
        return 0.0;
    }
    // Σ_{i<N} A^i/i!, and the term A^N/N! after it.
    let mut sum = 0.0;
    let mut term = 1.0;
    for i in 0..agents as u32 {
        sum += term;
        term = term * load / f64::from(i + 1);
    }
    let all_busy = term * agents / (agents - load);
    let waits = all_busy / (sum + all_busy);
    1.0 - waits * (-(agents - load) * target_s / handling_s).exp()
}

/// Share of calls answered in time over all forces with contact data, each alone.
pub fn answered_alone(contact: &Contact, source: &dyn Source) -> f64 {
    let answered = |force: &ContactForce| alone(contact, force, source);
    weighted(contact, source, &answered)
}

/// The same with those pooled who are in an alliance that pools them in year `t`.
pub fn answered(contact: &Contact, all: &[Collaboration], t: usize, source: &dyn Source) -> f64 {
    let c = &all[contact.alliance.0];
    let middle = t as f64 + 0.5;
    let pooled = |force: &ContactForce| {
        let m = c.members.iter().position(|&member| member == force.force.0);
        m.is_some_and(|m| c.live(contact.area.0) <= middle && c.leaves(m) > middle)
    };
    let (mut calls, mut agents, mut work) = (0.0, 0.0, 0.0);
    for force in contact.forces.iter().filter(|force| pooled(force)) {
        calls += source.quantity(&force.calls);
        agents += f64::from(force.agents);
        work += source.quantity(&force.calls) * source.quantity(&force.aht_s);
    }
    let together = (agents * (1.0 - source.quantity(&contact.agents_saved))).floor();
    let answered = |force: &ContactForce| {
        if pooled(force) {
            erlang_c(calls, work / calls, together, source.quantity(&contact.target_s))
        } else {
            alone(contact, force, source)
        }
    };
    weighted(contact, source, &answered)
}

/// One force on its own.
fn alone(contact: &Contact, force: &ContactForce, source: &dyn Source) -> f64 {
    let (calls, handling) = (source.quantity(&force.calls), source.quantity(&force.aht_s));
    erlang_c(calls, handling, f64::from(force.agents), source.quantity(&contact.target_s))
}

/// The mean over forces, weighted by calls.
fn weighted(contact: &Contact, source: &dyn Source, answered: &dyn Fn(&ContactForce) -> f64) -> f64 {
    let mut above = 0.0;
    let mut below = 0.0;
    for force in &contact.forces {
        let calls = source.quantity(&force.calls);
        above += calls * answered(force);
        below += calls;
    }
    above / below
}
