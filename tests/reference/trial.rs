//! One trial: the years in their order (MODEL section 3), from the paths of funding to unmet demand.

use engine::alliance::{Equalise, Scenario};

use super::collaboration::{Collaboration, parts};
use super::foresight::ahead;
use super::fund::Fund;
use super::funding::{Paths, calendar, equalisation_change, paths};
use super::governance::{consent, exits, fund_from, vesting};
use super::investment::{Investment, investment};
use super::ledger::{Flows, Ledger, policy};
use super::resilience::{Officers, answered, answered_alone, deployable, help, surge};
use super::savings::{Savings, benefit, left_in_scope, savings};
use super::source::Source;
use super::stops::reviews;

/// All that happens in one trial. Lists by alliance, force or member come before lists by year.
pub struct Trial<'a> {
    pub paths: Paths,
    pub all: Vec<Collaboration<'a>>,
    pub savings: Vec<Vec<Savings>>,
    pub investment: Vec<Vec<Investment>>,
    /// `d* − d` by alliance, year and member; nothing but for vested mergers.
    pub band_d_change: Vec<Vec<Vec<f64>>>,
    /// `Y_t` by alliance and year.
    pub equalisation_yield: Vec<Vec<f64>>,
    /// What equalisation adds to the funding of a force.
    pub equalisation: Vec<Vec<f64>>,
    /// With the alliances; of a merged force's former member its part.
    pub ledgers: Vec<Ledger>,
    /// By alliance: of a merger that has vested.
    pub funds: Vec<Option<Fund>>,
    pub standalone: Vec<Ledger>,
    pub surge: Vec<Vec<f64>>,
    pub unmet: Vec<Vec<f64>>,
    pub unmet_standalone: Vec<Vec<f64>>,
    pub benefits: Vec<Vec<f64>>,
    pub contact: Vec<f64>,
    pub contact_standalone: Vec<f64>,
}

/// Runs one trial; `plan` is the plan run, or nothing where this is the plan run itself.
pub fn run<'a>(scenario: &'a Scenario, source: &dyn Source, plan: Option<&Trial>) -> Trial<'a> {
    let paths = paths(scenario, source, plan.is_none());
    let mut all: Vec<Collaboration> =
        scenario.alliances.iter().map(|a| Collaboration::new(scenario, a, source)).collect();
    for c in &mut all {
        consent(scenario, c, &paths, source, plan.is_none());
    }
    let ledger = |f: usize| Ledger::new(policy(scenario, f, source), scenario.forces[f].reserves.value);
    let forces = scenario.forces.len();
    let mut trial = Trial {
        paths,
        savings: vec![Vec::new(); all.len()],
        investment: vec![Vec::new(); all.len()],
        band_d_change: vec![Vec::new(); all.len()],
        equalisation_yield: vec![Vec::new(); all.len()],
        all,
        equalisation: vec![Vec::new(); forces],
        ledgers: (0..forces).map(ledger).collect(),
        funds: vec![None; scenario.alliances.len()],
        standalone: (0..forces).map(ledger).collect(),
        surge: vec![Vec::new(); forces],
        unmet: vec![Vec::new(); forces],
        unmet_standalone: vec![Vec::new(); forces],
        benefits: vec![Vec::new(); scenario.benefits.len()],
        contact: Vec::new(),
        contact_standalone: Vec::new(),
    };
    for t in 0..scenario.years {
        run_clocks(&mut trial, t, source, plan.is_none());
        if let Some(plan) = plan {
            let shortfall = shortfalls(&trial, plan, t);
            exits(scenario, &mut trial.all, &shortfall, t, source);
            reviews(&mut trial.all, &plan.all, (t, calendar(scenario, t)), source);
        }
        equalise(scenario, &mut trial, t, source);
        save_and_spend(scenario, &mut trial, (t, plan.is_none()), source);
        run_ledgers(scenario, &mut trial, t, source);
        meet_surges(scenario, &mut trial, t, source);
        serve_calls(scenario, &mut trial, t, source);
        for (b, effect) in scenario.benefits.iter().enumerate() {
            trial.benefits[b].push(benefit(effect, &trial.all, t, source));
        }
    }
    trial
}

/// Stall test, then the clocks; nothing stalls in the plan run, and nobody leaves.
fn run_clocks(trial: &mut Trial, t: usize, source: &dyn Source, is_plan: bool) {
    for k in 0..trial.all.len() {
        let c = &trial.all[k];
        let stall_cut = source.quantity(&c.alliance.stall_cut);
        let hard_pressed = |m: usize| {
            t > 0 && c.leaves(m) > t as f64 && {
                let (cut, spending) = emergency(trial, c.members[m], t - 1);
                cut > stall_cut * spending
            }
        };
        let stalled = !is_plan && (0..c.members.len()).any(hard_pressed);
        let pace = if stalled { source.quantity(&c.alliance.stalled_pace) } else { 1.0 };
        trial.all[k].clock.advance(pace);
    }
}

/// Emergency cuts and spending of a force in a year, or of the fund that it was part of.
fn emergency(trial: &Trial, f: usize, t: usize) -> (f64, f64) {
    let spending = |f: usize| trial.paths.expenditure[f][t];
    for fund in trial.funds.iter().flatten().filter(|fund| fund.members.contains(&f)) {
        if let Some(year) = fund.year(t) {
            return (year.emergency_cut, fund.members.iter().map(|&f| spending(f)).sum());
        }
    }
    (trial.ledgers[f].years[t].emergency_cut, spending(f))
}

/// `shortfall_{f,k,t−1}` by alliance and member.
fn shortfalls(trial: &Trial, plan: &Trial, t: usize) -> Vec<Vec<f64>> {
    let of_member = |k: usize, m: usize| {
        if t == 0 {
            return 0.0;
        }
        let promised = plan.savings[k][t - 1].gross[m];
        if promised == 0.0 { 0.0 } else { (1.0 - trial.savings[k][t - 1].gross[m] / promised).clamp(0.0, 1.0) }
    };
    let members = |k: usize| trial.all[k].members.len();
    (0..trial.all.len()).map(|k| (0..members(k)).map(|m| of_member(k, m)).collect()).collect()
}

/// Savings, costs and their shares.
fn save_and_spend(scenario: &Scenario, trial: &mut Trial, (t, is_plan): (usize, bool), source: &dyn Source) {
    let x = trial.paths.cost_index[t];
    for (k, c) in trial.all.iter_mut().enumerate() {
        let cut = |f: usize| trial.ledgers[f].closing().1 / trial.paths.expenditure[f][0];
        let left = |&f: &usize| if is_plan { 1.0 } else { left_in_scope(c.alliance, cut(f), source) };
        let left: Vec<f64> = c.members.iter().map(left).collect();
        trial.savings[k].push(savings(c, t, x, &left, source));
        trial.investment[k].push(investment(c, t, scenario.first_year, x, source));
    }
}

/// Whether a merger goes ahead on its vesting day `v`.
fn vests(c: &Collaboration, v: f64) -> bool {
    c.membership.end > v
}

/// Band D and the pooled yield of vested mergers.
fn equalise(scenario: &Scenario, trial: &mut Trial, t: usize, source: &dyn Source) {
    for f in 0..scenario.forces.len() {
        trial.equalisation[f].push(0.0);
    }
    for (k, c) in trial.all.iter().enumerate() {
        let mut change = vec![0.0; c.members.len()];
        if let (Some(merger), Some(v)) = (&c.alliance.merger, vesting(scenario, c))
            && vests(c, v)
        {
            let years = source.quantity(&merger.equalise_years);
            change = equalisation_change(&trial.paths, &c.members, merger.equalise, years, v, t);
        }
        // At the average by tax base as much is given up as is raised.
        let even = c.alliance.merger.as_ref().is_none_or(|merger| merger.equalise == Equalise::Average);
        let raised = |(&f, rise): (&usize, &f64)| trial.paths.tax_base[f][t] * rise / 1e6;
        let yielded: f64 = if even { 0.0 } else { c.members.iter().zip(&change).map(raised).sum() };
        let shares = parts(&c.weights[t], &vec![1.0; c.members.len()]);
        for (&f, share) in c.members.iter().zip(shares) {
            trial.equalisation[f][t] += share * yielded;
        }
        trial.band_d_change[k].push(change);
        trial.equalisation_yield[k].push(yielded);
    }
}

/// What the alliances bring to and take from force `f` in year `t`: recurring, and other investment.
fn from_alliances(trial: &Trial, f: usize, t: usize) -> (f64, f64) {
    let (mut recurring, mut other) = (0.0, 0.0);
    for (k, c) in trial.all.iter().enumerate() {
        if let Some(m) = c.members.iter().position(|&member| member == f) {
            let spent = &trial.investment[k][t];
            recurring += trial.savings[k][t].additional[m] - spent.team[m] - spent.running[m] - spent.instalments[m];
            other += spent.other[m] + spent.additional_change[m];
        }
    }
    (recurring, other)
}

/// The year's surges, then the ledgers: standalone, with the alliances, and of merged forces.
fn run_ledgers(scenario: &Scenario, trial: &mut Trial, t: usize, source: &dyn Source) {
    let resilience = &scenario.resilience;
    let x = trial.paths.cost_index[t];
    let mut flows = Vec::new();
    for f in 0..scenario.forces.len() {
        let demand = surge(scenario, f, t, source);
        trial.surge[f].push(demand);
        let incidents =
            demand * source.quantity(&resilience.incident_cost) * x * (1.0 - source.quantity(&resilience.reimbursed));
        let (recurring, other_investment) = from_alliances(trial, f, t);
        let alone = Flows {
            funding: trial.paths.own_funding(f, t),
            expenditure: trial.paths.expenditure[f][t],
            cost_index: x,
            recurring: 0.0,
            other_investment: 0.0,
            incidents,
            ahead: ahead(scenario, &trial.paths, f, t, source),
            equalisation: 0.0,
        };
        trial.standalone[f].run(&alone);
        flows.push(Flows { equalisation: trial.equalisation[f][t], recurring, other_investment, ..alone });
    }
    open_funds(scenario, trial, t);
    let mut merged = Vec::new();
    for fund in trial.funds.iter_mut().flatten() {
        fund.run(&flows, &mut trial.ledgers);
        merged.extend(fund.members.clone());
    }
    for (f, own) in flows.iter().enumerate() {
        if !merged.contains(&f) {
            trial.ledgers[f].run(own);
        }
    }
}

/// Mergers that have vested by 1 April of year `t` keep one fund from then on.
fn open_funds(scenario: &Scenario, trial: &mut Trial, t: usize) {
    let spending: Vec<f64> = trial.paths.expenditure.iter().map(|path| path[0]).collect();
    for (k, c) in trial.all.iter().enumerate() {
        if fund_from(scenario, c) == Some(t) {
            trial.funds[k] = Some(Fund::open(&c.members, t, &trial.ledgers, &spending));
        }
    }
}

/// Help and unmet demand.
fn meet_surges(scenario: &Scenario, trial: &mut Trial, t: usize, source: &dyn Source) {
    let forces = scenario.forces.len();
    let able = |ledger: &[Ledger], f: usize| {
        deployable(scenario, f, &ledger[f].years[t], trial.paths.expenditure[f][0], source)
    };
    let officers = Officers {
        deployable: (0..forces).map(|f| able(&trial.ledgers, f)).collect(),
        surge: (0..forces).map(|f| trial.surge[f][t]).collect(),
    };
    for f in 0..forces {
        let helped: f64 =
            (0..forces).filter(|&g| g != f).map(|g| help(scenario, &trial.all, &officers, (g, f), t, source)).sum();
        let alone = able(&trial.standalone, f);
        let aid = source.quantity(&scenario.forces[f].mutual_aid);
        trial.unmet[f].push((officers.surge[f] - officers.deployable[f] - helped - aid).max(0.0));
        trial.unmet_standalone[f].push((officers.surge[f] - alone - aid).max(0.0));
    }
}

/// Contact management, where given.
fn serve_calls(scenario: &Scenario, trial: &mut Trial, t: usize, source: &dyn Source) {
    if let Some(contact) = &scenario.contact {
        trial.contact.push(answered(contact, &trial.all, t, source));
        trial.contact_standalone.push(answered_alone(contact, source));
    }
}
