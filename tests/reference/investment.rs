//! MODEL section 4: what an alliance spends in a year, who bears it, and when the ledgers bear it.

use super::collaboration::Collaboration;
use super::governance::exit_costs;
use super::maths::{overlap, spent};
use super::source::Source;

/// Spending of one alliance in one year, £m cash, by member.
#[derive(Debug, Clone, Default)]
pub struct Investment {
    pub team: Vec<f64>,
    /// ICT capital and merger set-up when spent.
    pub financed: Vec<f64>,
    /// One-offs, design of dropped areas, severance, abortive cost, exit costs.
    pub other: Vec<f64>,
    /// What the ledgers bear in this year of financed spending of this and earlier years.
    pub instalments: Vec<f64>,
}

impl Investment {
    /// All that a member bears, as the appraisal counts it.
    pub fn borne(&self, m: usize) -> f64 {
        self.team[m] + self.financed[m] + self.other[m]
    }
}

/// The spending of year `t`; notes the instalments of what is financed.
pub fn investment(
    c: &mut Collaboration,
    t: usize,
    first_year: engine::units::FinancialYear,
    cost_index: f64,
    source: &dyn Source,
) -> Investment {
    let shares = c.shares(t);
    let mut result = Investment { other: exit_costs(c, t, cost_index, source), ..Investment::default() };
    // Nothing but exit costs is spent once the alliance has ended.
    let until = (t as f64 + 1.0).min(c.membership.end);
    let running = until > t as f64;
    let team = if running { team(c, t, until, source) * cost_index } else { 0.0 };
    let financed = if running {
        (platform(c, t, until, source) + set_up(c, t, until, first_year, source)) * cost_index
    } else {
        0.0
    };
    let other = if running {
        (areas(c, t, until, source) + severance(c, t, until, source) + abortive(c, t, until, first_year, source))
            * cost_index
    } else {
        0.0
    };
    let years = c.alliance.finance_years as usize;
    for (m, share) in shares.iter().enumerate() {
        result.team.push(share * team);
        result.financed.push(share * financed);
        result.other[m] += share * other;
        for due in t..(t + years).min(c.instalments[m].len()) {
            c.instalments[m][due] += share * financed / years as f64;
        }
        result.instalments.push(c.instalments[m][t]);
    }
    result
}

/// The programme team, from `start` until the last area is settled.
fn team(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let mut settled = c.clock.start;
    for a in 0..c.alliance.areas.len() {
        settled = settled.max(c.clock.date_so_far(c.settling(a)));
    }
    source.quantity(&c.alliance.team) * overlap(t as f64, until, c.start, settled)
}

/// What the clock shows at the beginning of year `t` and at `until`.
fn clock_span(c: &Collaboration, t: usize, until: f64) -> (f64, f64) {
    (c.clock.at_year(t), c.clock.at(t, until))
}

/// Capital for the common platform.
fn platform(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let (from, to) = clock_span(c, t, until);
    let capital = source.quantity(&c.alliance.ict_capital) * source.quantity(&c.alliance.ict_overrun);
    capital * spent(from, to, 0.0, c.programme.ict)
}

/// One-offs of areas under implementation, and the design of dropped ones.
fn areas(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let (from, to) = clock_span(c, t, until);
    let mut total = 0.0;
    for (area, case) in c.alliance.areas.iter().zip(&c.programme.cases) {
        let oneoff = source.quantity(&area.oneoff);
        total += if case.dropped {
            oneoff * source.quantity(&c.alliance.design_share) * spent(from, to, 0.0, case.submitted)
        } else {
            oneoff * source.quantity(&c.alliance.overrun) * spent(from, to, case.begun, case.live)
        };
    }
    total
}

/// Severance over the year after an area goes live.
fn severance(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let share = source.quantity(&c.alliance.severance) * source.quantity(&c.alliance.realisation);
    let mut total = 0.0;
    for (a, area) in c.alliance.areas.iter().enumerate() {
        let live = c.live(a);
        if live.is_finite() {
            let in_at_live = (0..c.members.len()).filter(|&m| c.leaves(m) > live);
            let cost: f64 = in_at_live.map(|m| c.cost[a][m]).sum();
            total += share * source.quantity(&area.saving) * cost * spent(t as f64, until, live, live + 1.0);
        }
    }
    total
}

/// Setting up a merger: over the year before vesting, not before consent.
fn set_up(
    c: &Collaboration,
    t: usize,
    until: f64,
    first_year: engine::units::FinancialYear,
    source: &dyn Source,
) -> f64 {
    let Some(merger) = &c.alliance.merger else { return 0.0 };
    if c.membership.refused {
        return 0.0;
    }
    let vesting = merger.vesting.time_from(first_year);
    let decision = merger.decision_date.time_from(first_year);
    let from = if merger.mandated { vesting - 1.0 } else { (vesting - 1.0).max(decision) };
    source.quantity(&merger.setup) * spent(t as f64, until, from, vesting)
}

/// The cost of a merger that is refused or withdrawn from.
fn abortive(
    c: &Collaboration,
    t: usize,
    until: f64,
    first_year: engine::units::FinancialYear,
    source: &dyn Source,
) -> f64 {
    let Some(merger) = &c.alliance.merger else { return 0.0 };
    let decision = merger.decision_date.time_from(first_year);
    let refusal =
        |from: f64, to: f64| if c.membership.refused { overlap(from, to, decision - 1.0, decision) } else { 0.0 };
    let now = match c.membership.withdrawn {
        Some(moment) if c.start <= moment => 1.0 - refusal(f64::NEG_INFINITY, t as f64),
        _ => refusal(t as f64, until),
    };
    source.quantity(&merger.abortive_cost) * now
}
