//! One alliance in one trial: what it is, what has been drawn for it, and who is in it.

use alliance::alliance::{Alliance, AreaCost, Kind, Scenario, ShareRule};

use super::delivery::{Clock, Programme, programme};
use super::source::Source;

/// Consent, notices and end. Members by their position in the alliance.
#[derive(Debug, Clone)]
pub struct Membership {
    /// When the alliance ends.
    pub end: f64,
    /// When each member gave notice, even where it lapsed later.
    pub notice_given: Vec<f64>,
    /// When that notice takes effect; infinite where there is none, or no longer.
    pub notice_ends: Vec<f64>,
    /// A merger that is not consented to.
    pub refused: bool,
    /// When a merger was withdrawn from.
    pub withdrawn: Option<f64>,
}

/// What `implemented_saving` needs of an alliance's draws.
pub struct Drawn {
    pub realisation: f64,
    /// By area.
    pub saving: Vec<f64>,
}

/// One alliance in one trial.
pub struct Collaboration<'a> {
    pub alliance: &'a Alliance,
    pub members: Vec<usize>,
    pub start: f64,
    /// `cost_{a,f}` by area and member.
    pub cost: Vec<Vec<f64>>,
    pub programme: Programme,
    pub clock: Clock,
    pub membership: Membership,
    /// The rule of sharing of each year.
    pub rules: Vec<&'a ShareRule>,
    /// Weights of the members as the rule of each year states them.
    pub weights: Vec<Vec<f64>>,
    /// The members' parts by the first rule, summing to 1.
    pub parts_at_start: Vec<f64>,
    pub drawn: Drawn,
    /// Financed spending still to be borne: by member and year.
    pub instalments: Vec<Vec<f64>>,
}

impl<'a> Collaboration<'a> {
    /// The alliance as it stands before its first year.
    pub fn new(scenario: &'a Scenario, alliance: &'a Alliance, source: &dyn Source) -> Self {
        let members: Vec<usize> = alliance.members.iter().map(|f| f.0).collect();
        let n = members.len();
        let start = alliance.start.time_from(scenario.first_year);
        let clock_start = match &alliance.merger {
            Some(merger) if alliance.kind == Kind::Merger => merger.vesting.time_from(scenario.first_year),
            _ => start,
        };
        let cost = costs(scenario, alliance, source);
        let rules: Vec<&ShareRule> = (0..scenario.years).map(|t| rule(scenario, alliance, t)).collect();
        Self {
            alliance,
            members,
            start,
            programme: programme(alliance, source),
            clock: Clock::new(clock_start),
            membership: Membership {
                end: f64::INFINITY,
                notice_given: vec![f64::INFINITY; n],
                notice_ends: vec![f64::INFINITY; n],
                refused: false,
                withdrawn: None,
            },
            weights: rules.iter().map(|rule| weights(scenario, alliance, rule, &cost)).collect(),
            rules,
            parts_at_start: parts(&weights(scenario, alliance, &alliance.share, &cost), &vec![1.0; n]),
            drawn: Drawn {
                realisation: source.quantity(&alliance.realisation),
                saving: alliance.areas.iter().map(|area| source.quantity(&area.saving)).collect(),
            },
            instalments: vec![vec![0.0; scenario.years]; n],
            cost,
        }
    }

    /// `D_{f,k}`: when a member leaves, by its own notice or because the alliance ends.
    pub fn leaves(&self, m: usize) -> f64 {
        self.membership.notice_ends[m].min(self.membership.end)
    }

    /// `in_{f,t}`: the share of year `t` for which a member is in.
    pub fn stay(&self, m: usize, t: usize) -> f64 {
        (self.leaves(m) - t as f64).clamp(0.0, 1.0)
    }

    /// `L_a` as far as the clock has run; infinite if the area is dropped, not yet live, or too late for the alliance.
    pub fn live(&self, a: usize) -> f64 {
        self.before_end(self.clock.date_so_far(self.programme.cases[a].live))
    }

    /// `I_k`, as far as the clock has run.
    pub fn platform(&self) -> f64 {
        self.before_end(self.clock.date_so_far(self.programme.ict()))
    }

    /// A date, or never where the alliance has ended by then.
    pub fn before_end(&self, date: f64) -> f64 {
        if date < self.membership.end { date } else { f64::INFINITY }
    }

    /// Total cost of an area over the members.
    pub fn total_cost(&self, a: usize) -> f64 {
        self.cost[a].iter().sum()
    }

    /// Shares by which costs of year `t` fall on the members: `w_f·in_{f,t}`, normalised.
    pub fn shares(&self, t: usize) -> Vec<f64> {
        let stays: Vec<f64> = (0..self.members.len()).map(|m| self.stay(m, t)).collect();
        parts(&self.weights[t], &stays)
    }
}

/// Weights times the part of the time for which each is in, made to sum to 1. Where the weights of those who are in come to nothing,
/// they share alike.
pub fn parts(weights: &[f64], stays: &[f64]) -> Vec<f64> {
    let weighted: Vec<f64> = weights.iter().zip(stays).map(|(weight, stay)| weight * stay).collect();
    let parts = if weighted.iter().sum::<f64>() > 0.0 { weighted } else { stays.to_vec() };
    let total: f64 = parts.iter().sum();
    parts.iter().map(|part| if total > 0.0 { part / total } else { 0.0 }).collect()
}

/// The rule of sharing of year `t`: the last one that holds from that year or an earlier one.
fn rule<'a>(scenario: &Scenario, alliance: &'a Alliance, t: usize) -> &'a ShareRule {
    let year = scenario.first_year.plus(t as i32);
    let later = alliance.share_from.iter().filter(|(from, _)| *from <= year).max_by_key(|(from, _)| *from);
    later.map_or(&alliance.share, |(_, rule)| rule)
}

/// `cost_{a,f}`: one total is split by budget.
fn costs(scenario: &Scenario, alliance: &Alliance, source: &dyn Source) -> Vec<Vec<f64>> {
    let budgets: Vec<f64> = alliance.members.iter().map(|f| scenario.forces[f.0].budget.value).collect();
    let all: f64 = budgets.iter().sum();
    let area_cost = |cost: &AreaCost| match cost {
        AreaCost::Total(total) => budgets.iter().map(|budget| source.quantity(total) * budget / all).collect(),
        AreaCost::ByMember(each) => each.iter().map(|cost| source.quantity(cost)).collect(),
    };
    alliance.areas.iter().map(|area| area_cost(&area.cost)).collect()
}

/// Weights of a rule of sharing; for `origin` the members' in-scope costs.
fn weights(scenario: &Scenario, alliance: &Alliance, rule: &ShareRule, cost: &[Vec<f64>]) -> Vec<f64> {
    let of_force = |m: usize| {
        let force = &scenario.forces[alliance.members[m].0];
        match rule {
            ShareRule::Budget => force.budget.value,
            ShareRule::Equal => 1.0,
            ShareRule::Population => force.population.value,
            ShareRule::Origin => cost.iter().map(|area| area[m]).sum(),
            ShareRule::Explicit(weights) => weights[m],
        }
    };
    (0..alliance.members.len()).map(of_force).collect()
}
