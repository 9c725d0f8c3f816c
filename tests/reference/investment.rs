//! MODEL section 4: what an alliance spends in a year, who bears it, and when the ledgers bear it.

use super::collaboration::Collaboration;
use super::governance::exit_costs;
use super::maths::{overlap, spent};
use super::running::running;
use super::source::Source;
use super::stops::{platform_stops_in, settled};

/// Spending of one alliance in one year, £m cash, by member.
#[derive(Debug, Clone, Default)]
pub struct Investment {
    pub team: Vec<f64>,
    pub running: Vec<f64>,
    /// ICT capital and merger set-up when spent.
    pub financed: Vec<f64>,
    /// One-offs of areas, design of dropped ones, severance.
    pub change: Vec<f64>,
    /// What of these the members would not have borne alone.
    pub additional_change: Vec<f64>,
    /// Abortive cost, exit costs, what falls due for a platform that is stopped.
    pub other: Vec<f64>,
    /// What the ledgers bear in this year of financed spending of this and earlier years.
    pub instalments: Vec<f64>,
}

impl Investment {
    /// All that a member bears.
    pub fn borne(&self, m: usize) -> f64 {
        self.team[m] + self.running[m] + self.financed[m] + self.change[m] + self.other[m]
    }

    /// What it would not have borne alone, as the appraisal counts it.
    pub fn additional(&self, m: usize) -> f64 {
        self.team[m] + self.running[m] + self.financed[m] + self.additional_change[m] + self.other[m]
    }
}

/// The spending of year `t`; notes the payments for what is financed.
pub fn investment(
    c: &mut Collaboration,
    t: usize,
    first_year: engine::units::FinancialYear,
    cost_index: f64,
    source: &dyn Source,
) -> Investment {
    let shares = c.shares(t);
    let mut result = Investment {
        other: exit_costs(c, t, cost_index, source),
        running: running(c, t, cost_index, source),
        ..Investment::default()
    };
    // Nothing but the costs of exits, and of running what is kept, is spent once the alliance has ended.
    let until = (t as f64 + 1.0).min(c.membership.end);
    let (mut team_spent, mut financed, mut change, mut other) = (0.0, 0.0, 0.0, 0.0);
    if until > t as f64 {
        team_spent = team(c, t, until, source) * cost_index;
        financed = (platform(c, t, until, source) + set_up(c, t, until, first_year, source)) * cost_index;
        change = (areas(c, t, until, source) + severance(c, t, until, source)) * cost_index;
        other = (stopped_platform(c, t, until, source) + abortive(c, t, until, first_year, source)) * cost_index;
    }
    let years = c.alliance.finance_years as usize;
    let payment = payment(financed, years, source.quantity(&c.alliance.finance_rate));
    let additional = source.quantity(&c.alliance.attributable_cost) * change;
    for (m, share) in shares.iter().enumerate() {
        result.team.push(share * team_spent);
        result.financed.push(share * financed);
        result.change.push(share * change);
        result.additional_change.push(share * additional);
        result.other[m] += share * other;
        for due in t..(t + years).min(c.instalments[m].len()) {
            c.instalments[m][due] += share * payment;
        }
        result.instalments.push(c.instalments[m][t]);
    }
    result
}

/// One of `n` equal yearly payments for what was spent, the first at once: an annuity in advance. Their present values, `1 + v + … + vⁿ⁻¹`
/// of them, sum to what was spent; so written, little is lost to rounding where the rate is low.
fn payment(spent: f64, n: usize, rate: f64) -> f64 {
    let v = 1.0 / (1.0 + rate);
    spent / (0..n).map(|year| v.powi(year as i32)).sum::<f64>()
}

/// The programme team, from `start` until the programme is settled.
fn team(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let settled = settled(c, |x| c.clock.date_so_far(x));
    source.quantity(&c.alliance.team) * overlap(t as f64, until, c.start, settled)
}

/// What the clock shows at the beginning of year `t` and at `until`.
fn clock_span(c: &Collaboration, t: usize, until: f64) -> (f64, f64) {
    (c.clock.at_year(t), c.clock.at(t, until))
}

/// What the common platform costs in all.
fn capital(c: &Collaboration, source: &dyn Source) -> f64 {
    source.quantity(&c.alliance.ict_capital) * source.quantity(&c.alliance.ict_overrun)
}

/// Capital for the common platform: spent evenly until it is due, but only up to where it is stopped.
fn platform(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let (from, to) = clock_span(c, t, until);
    let due = c.programme.ict_due;
    let share = match c.programme.ict_stop {
        Some(stop) => overlap(from, to, 0.0, stop.reading.min(due)) / due,
        None => spent(from, to, 0.0, due),
    };
    capital(c, source) * share
}

/// What falls due of the rest of the capital when the platform is stopped.
fn stopped_platform(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    match c.programme.ict_stop {
        Some(stop) if platform_stops_in(c, t, until) => {
            let rest = 1.0 - stop.reading / c.programme.ict_due;
            source.quantity(&c.alliance.ict_cancel_cost) * capital(c, source) * rest
        }
        _ => 0.0,
    }
}

/// One-offs of areas under implementation, and the design of dropped ones.
fn areas(c: &Collaboration, t: usize, until: f64, source: &dyn Source) -> f64 {
    let (from, to) = clock_span(c, t, until);
    let mut total = 0.0;
    for (area, case) in c.alliance.areas.iter().zip(&c.programme.cases) {
        let oneoff = source.quantity(&area.oneoff);
        let design = oneoff * source.quantity(&c.alliance.design_share);
        total += match c.programme.stop {
            _ if case.dropped => design * spent(from, to, 0.0, case.submitted),
            Some(stop) if case.given_up && stop.year == t => design * written(stop.reading, case.submitted),
            _ if case.given_up => 0.0,
            _ => oneoff * source.quantity(&c.alliance.overrun) * spent(from, to, case.begun, case.live),
        };
    }
    total
}

/// How much of a case was written when its programme was stopped.
fn written(stopped: f64, submitted: f64) -> f64 {
    if submitted > 0.0 { (stopped / submitted).min(1.0) } else { 1.0 }
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
