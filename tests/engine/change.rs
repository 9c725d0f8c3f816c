//! Changes to whole scenarios: other orders, other sizes, events switched off.

use engine::alliance::{Alliance, AreaCost, Scenario, ShareRule};
use engine::id::{AllianceId, AreaId, ForceId};
use engine::uncertainty::{Distribution, Family, Quantity, Value};

/// Sets a quantity to a known number, in the plan too.
pub fn fix(quantity: &mut Quantity, value: f64) {
    quantity.value = Value::Fixed(value);
    quantity.plan = None;
}

/// Nobody leaves, no programme stalls, and what an area saves does not depend on how many others are live.
pub fn without_feedback(scenario: &mut Scenario) {
    for k in &mut scenario.alliances {
        fix(&mut k.exit.base, 0.0);
        fix(&mut k.stalled_pace, 1.0);
        fix(&mut k.overlap, 0.0);
    }
}

/// Every event but surges switched off: cases pass at once, mergers are agreed, no platform and no programme is stopped, regimes grow
/// alike.
pub fn without_events(scenario: &mut Scenario) {
    without_feedback(scenario);
    for k in &mut scenario.alliances {
        fix(&mut k.agree, 1.0);
        fix(&mut k.ict_cancelled, 0.0);
        k.review = None;
        k.areas.iter_mut().for_each(|area| fix(&mut area.approve, 1.0));
        if let Some(merger) = &mut k.merger {
            fix(&mut merger.rise_aversion, 0.0);
            fix(&mut merger.ministerial_approval, 1.0);
            merger.consent.iter_mut().for_each(|consent| fix(consent, 1.0));
        }
    }
    for regime in &mut scenario.funding.regimes {
        fix(&mut regime.growth, -0.004);
        fix(&mut regime.sd, 0.0);
    }
    fix(&mut scenario.funding.local_sd, 0.0);
    for series in [&mut scenario.economy.inflation, &mut scenario.economy.pay, &mut scenario.economy.tax_base_growth] {
        fix(&mut series.sd, 0.0);
    }
    for force in &mut scenario.forces {
        force.surge = None;
    }
}

/// Doubles every cost of a business area and every sum of money that a programme spends.
pub fn double_money(scenario: &mut Scenario) {
    for k in &mut scenario.alliances {
        [&mut k.team, &mut k.running, &mut k.ict_capital, &mut k.exit.cost].into_iter().for_each(double);
        if let Some(merger) = &mut k.merger {
            [&mut merger.setup, &mut merger.abortive_cost].into_iter().for_each(double);
        }
        for area in &mut k.areas {
            double(&mut area.oneoff);
            double(&mut area.running);
            match &mut area.cost {
                AreaCost::Total(total) => double(total),
                AreaCost::ByMember(each) => each.iter_mut().for_each(double),
            }
        }
    }
}

fn double(quantity: &mut Quantity) {
    quantity.plan = quantity.plan.map(|plan| 2.0 * plan);
    quantity.value = match &quantity.value {
        Value::Fixed(value) => Value::Fixed(2.0 * value),
        Value::Uncertain(distribution) => Value::Uncertain(doubled(distribution)),
    };
}

/// The distribution of twice the number, for the families that shipped scenarios use for money.
fn doubled(distribution: &Distribution) -> Distribution {
    let family = match distribution.family().clone() {
        Family::Uniform { low, high } => Family::Uniform { low: 2.0 * low, high: 2.0 * high },
        Family::Triangular { low, mode, high } => {
            Family::Triangular { low: 2.0 * low, mode: 2.0 * mode, high: 2.0 * high }
        }
        Family::Pert { low, mode, high, shape } => {
            Family::Pert { low: 2.0 * low, mode: 2.0 * mode, high: 2.0 * high, shape }
        }
        Family::LogNormal { median, p90 } => Family::LogNormal { median: 2.0 * median, p90: 2.0 * p90 },
        other => panic!("the test does not know how to double {other:?}"),
    };
    let (min, max) = (distribution.min(), distribution.max());
    Distribution::new(family, min.map(|x| 2.0 * x), max.map(|x| 2.0 * x)).expect("twice a distribution is one")
}

/// Lists the forces the other way round, and the members of every alliance with what is listed by member.
pub fn reverse_forces(scenario: &mut Scenario) {
    let last = scenario.forces.len() - 1;
    scenario.forces.reverse();
    for k in &mut scenario.alliances {
        k.members = k.members.iter().rev().map(|f| ForceId(last - f.0)).collect();
        if let Some(voice) = &mut k.voice {
            voice.reverse();
        }
        for rule in std::iter::once(&mut k.share).chain(k.share_from.iter_mut().map(|(_, rule)| rule)) {
            if let ShareRule::Explicit(weights) = rule {
                weights.reverse();
            }
        }
        if let Some(merger) = &mut k.merger {
            merger.consent.reverse();
        }
        for area in &mut k.areas {
            if let AreaCost::ByMember(each) = &mut area.cost {
                each.reverse();
            }
        }
    }
    if let Some(contact) = &mut scenario.contact {
        contact.forces.reverse();
        contact.forces.iter_mut().for_each(|force| force.force = ForceId(last - force.force.0));
    }
}

/// Lists the areas of every alliance the other way round.
pub fn reverse_areas(scenario: &mut Scenario) {
    let last: Vec<usize> = scenario.alliances.iter().map(|k| k.areas.len().saturating_sub(1)).collect();
    for (k, last) in scenario.alliances.iter_mut().zip(&last) {
        k.areas.reverse();
        for area in &mut k.areas {
            area.after.iter_mut().for_each(|before| *before = AreaId(last - before.0));
        }
    }
    for benefit in &mut scenario.benefits {
        benefit.areas.iter_mut().for_each(|(k, area)| *area = AreaId(last[k.0] - area.0));
    }
    if let Some(contact) = &mut scenario.contact {
        contact.area = AreaId(last[contact.alliance.0] - contact.area.0);
    }
}

/// Lists the alliances the other way round.
pub fn reverse_alliances(scenario: &mut Scenario) {
    let last = scenario.alliances.len().saturating_sub(1);
    scenario.alliances.reverse();
    for benefit in &mut scenario.benefits {
        benefit.areas.iter_mut().for_each(|(k, _)| *k = AllianceId(last - k.0));
    }
    if let Some(contact) = &mut scenario.contact {
        contact.alliance = AllianceId(last - contact.alliance.0);
    }
}

/// Breaks the ties that are left to file order by a priority of each area's own.
pub fn rank(alliance: &mut Alliance) {
    let mut order: Vec<usize> = (0..alliance.areas.len()).collect();
    order.sort_by(|a, b| alliance.areas[*a].priority.total_cmp(&alliance.areas[*b].priority).then(a.cmp(b)));
    for (rank, area) in order.into_iter().enumerate() {
        alliance.areas[area].priority = rank as f64;
    }
}
