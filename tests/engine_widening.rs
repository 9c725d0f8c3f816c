//! Every number that may be uncertain, made uncertain, moves some outcome; whatever moves none has a reason here.

#[path = "engine/shipped.rs"]
mod shipped;
#[path = "engine/walk.rs"]
mod walk;

use engine::alliance::{Alliance, Scenario};
use engine::model::Model;
use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use engine::uncertainty::{Distribution, Family, Quantity, Sampler, Value};
use shipped::compile;
use walk::every_quantity;

/// Blocks of every outcome: 512 trials, among which the largest surges are met.
const BLOCKS: u64 = 4;

/// What a quantity is without its uncertainty: the middle of its own distribution.
fn middle(quantity: &Quantity) -> f64 {
    match &quantity.value {
        Value::Fixed(value) => *value,
        Value::Uncertain(distribution) => distribution.plan_value(),
    }
}

/// The scenario with every quantity known, its plan as it was, and forces that differ in appetite: what is left to chance are
/// events and shocks.
fn settled(mut scenario: Scenario) -> Scenario {
    scenario.correlations.clear();
    every_quantity(&mut scenario, &mut |quantity| {
        quantity.plan = Some(quantity.plan_value());
        quantity.value = Value::Fixed(middle(quantity));
    });
    for (f, force) in scenario.forces.iter_mut().enumerate() {
        force.appetite.value = Value::Fixed(0.3 + 0.1 * f as f64);
    }
    scenario
}

/// The same with a gap of a tenth of spending, nothing in reserve and members who leave readily.
fn in_hard_times(mut scenario: Scenario) -> Scenario {
    scenario.ledger.gap_closure.value = Value::Fixed(0.2);
    for force in &mut scenario.forces {
        force.opening_gap.value = Value::Fixed(0.1);
        force.reserves.value = 0.0;
        if let Some(own) = &mut force.ledger.gap_closure {
            own.value = Value::Fixed(0.2);
        }
    }
    for k in &mut scenario.alliances {
        k.exit.base.value = Value::Fixed(10.0 * middle(&k.exit.base));
    }
    scenario
}

/// Names of quantities that are probabilities or shares, at most 1.
const SHARES: [&str; 33] = [
    "pay_share",
    "uptake",
    "deployable_share",
    "appetite",
    "agree",
    "workaround",
    "attributable",
    "design_share",
    "stalled_pace",
    "reach",
    "retained",
    "leaver_share",
    "approve",
    "ministerial_approval",
    "consent",
    "chi",
    "reimbursed",
    "gap_closure",
    "cut_recurrence",
    "base",
    "persistence",
    "agents_saved",
    "saving",
    "min_reserves",
    "attributable_cost",
    "ict_cancelled",
    "ict_cancel_at",
    "ict_cancel_cost",
    "fixed_share",
    "scale_loss",
    "overlap",
    "foresight",
    "officers_follow_cuts",
];

/// Half to one and a half times the value; from nothing to a fifth where it is nothing. The plan stays where it was.
fn widen(quantity: &mut Quantity) {
    let value = middle(quantity);
    let (low, high) = match value {
        // Pounds of council tax count where they exceed the percentage.
        0.0 if quantity.key == "economy.limit.pounds" => (0.0, 20.0),
        0.0 => (0.0, 0.2),
        value if value < 0.0 => (1.5 * value, 0.5 * value),
        value => (0.5 * value, 1.5 * value),
    };
    let parts: Vec<&str> = quantity.key.split('.').collect();
    let is_share = SHARES.iter().any(|share| parts.last() == Some(share)) || parts.contains(&"consent");
    let high = if is_share { high.min(0.999) } else { high };
    let low = if parts.last() == Some(&"alpha") { low.max(1.05) } else { low };
    let uniform = Distribution::new(Family::Uniform { low, high }, None, None).expect("low is below high");
    quantity.value = Value::Uncertain(uniform);
}

/// One block of a scenario's outcomes.
fn futures(model: &Model, block: u64) -> Vec<Column> {
    model.worker(Isa::detect()).run_block(9, Sampler::Plain, block).to_vec()
}

/// Whether any outcome of any trial differs by more than rounding.
fn moved(base: &[Column], wide: &[Column]) -> bool {
    let differs = |a: f64, b: f64| a.is_nan() != b.is_nan() || (a - b).abs() > 1e-9 * a.abs().max(1.0);
    base.iter().zip(wide).any(|(a, b)| (0..BLOCK).any(|i| differs(a[i], b[i])))
}

/// Those of some quantities that move nothing in a scenario.
fn idle(scenario: &Scenario, keys: &[String]) -> Vec<String> {
    let base = compile(scenario);
    let base: Vec<Vec<Column>> = (0..BLOCKS).map(|block| futures(&base, block)).collect();
    let still = |key: &&String| {
        let mut wide = scenario.clone();
        every_quantity(&mut wide, &mut |quantity| {
            if quantity.key == **key {
                widen(quantity);
            }
        });
        let wide = compile(&wide);
        !(0..BLOCKS).any(|block| moved(&base[block as usize], &futures(&wide, block)))
    };
    keys.iter().filter(still).cloned().collect()
}

/// Whether the members of an alliance can leave it, and leaving costs and unwinds something.
fn can_be_left(k: &Alliance) -> bool {
    k.merger.is_none() && middle(&k.exit.base) > 0.0
}

/// Why a quantity of an alliance has no effect.
fn reason_in_alliance(scenario: &Scenario, k: &Alliance, name: &str) -> Option<&'static str> {
    let mandated = k.merger.as_ref().is_some_and(|merger| merger.mandated);
    let never_exits = middle(&k.exit.base) == 0.0;
    match name {
        _ if mandated && (name.starts_with("exit.") || name.starts_with("merger.consent")) => {
            Some("nobody is asked about a mandated merger, and nobody leaves it")
        }
        "merger.rise_aversion" | "merger.ministerial_approval" | "merger.abortive_cost" if mandated => {
            Some("a mandated merger cannot be refused")
        }
        "exit.notice" | "exit.cost" | "exit.leaver_share" | "exit.fixed_share" | "retained" | "unwind"
        | "scale_loss"
            if !can_be_left(k) =>
        {
            Some("nobody leaves, or leaving is nothing but withdrawing from a merger")
        }
        "exit.election_weight" | "exit.loss_weight" | "exit.appetite_weight" | "exit.voice_weight" if never_exits => {
            Some("a chance of 0 stays 0 whatever weighs")
        }
        "design_share" if k.areas.iter().all(|area| middle(&area.approve) >= 1.0) => Some("no case is dropped"),
        "reach" if !somebody_helps(scenario, true) => Some("there is no surge, or no operational area"),
        "exit.fixed_share" if middle(&k.exit.cost) == 0.0 => Some("an exit costs nothing"),
        "ict_cancelled" | "ict_cancel_at" | "ict_cancel_cost" if !k.has_platform() => Some("there is no platform"),
        "ict_cancel_at" | "ict_cancel_cost" if !k.can_stop_ict() && k.review.is_none() => {
            Some("no platform is stopped")
        }
        "attributable_cost" if !k.has_costs_of_change() => Some("change costs nothing"),
        "review.base" | "review.weight" if k.merger.is_some() && !mandated => {
            Some("it rarely vests, and all its areas have begun by the first review")
        }
        "finance_rate" if k.finance_years == 1 || !is_financed(k) => Some("nothing is financed"),
        "stall_cut" if middle(&k.stalled_pace) >= 1.0 => Some("a stalled programme is no slower"),
        _ => None,
    }
}

/// Whether something is borne by the ledgers in parts.
fn is_financed(k: &Alliance) -> bool {
    middle(&k.ict_capital) > 0.0 || k.merger.as_ref().is_some_and(|merger| middle(&merger.setup) > 0.0)
}

/// Whether officers may help a partner in a surge.
fn somebody_helps(scenario: &Scenario, whatever_the_reach: bool) -> bool {
    let reaches = |k: &Alliance| whatever_the_reach || middle(&k.reach) > 0.0;
    scenario.forces.iter().any(|force| force.surge.is_some())
        && scenario.alliances.iter().any(|k| reaches(k) && k.areas.iter().any(|area| area.operational))
}

/// Why a quantity has no effect in a scenario; `None` where it ought to have one.
fn reason(scenario: &Scenario, key: &str) -> Option<&'static str> {
    let no_surge = scenario.forces.iter().all(|force| force.surge.is_none());
    let in_alliance = scenario.alliances.iter().find_map(|k| Some((k, key.strip_prefix(&format!("{}.", k.key))?)));
    if let Some((k, name)) = in_alliance {
        return reason_in_alliance(scenario, k, name);
    }
    let own_floor = scenario.forces.iter().all(|force| force.ledger.min_reserves.is_some());
    match key {
        "ledger.min_reserves" if own_floor => Some("every force has a floor of its own"),
        "resilience.chi" if !somebody_helps(scenario, false) => Some("nobody helps"),
        "resilience.x_max" | "resilience.incident_cost" | "resilience.reimbursed" if no_surge => Some("no surge"),
        _ if key.ends_with(".mutual_aid") && no_surge => Some("no surge"),
        _ if key.ends_with(".deployable_share") && no_surge => Some("no surge"),
        _ if key.ends_with(".appetite") && !scenario.alliances.iter().any(can_be_left) => Some("nobody leaves"),
        _ => None,
    }
}

fn check(name: &str) {
    let scenario = settled(shipped::scenario(name));
    let mut keys = Vec::new();
    every_quantity(&mut scenario.clone(), &mut |quantity| keys.push(quantity.key.clone()));
    assert!(keys.len() > 50, "{}", keys.len());
    let idle = idle(&in_hard_times(scenario.clone()), &idle(&scenario, &keys));
    let unexplained: Vec<&String> = idle.iter().filter(|key| reason(&scenario, key).is_none()).collect();
    assert!(unexplained.is_empty(), "{name}: {} numbers move nothing: {unexplained:#?}", unexplained.len());
}

#[test]
fn every_number_of_two_force_moves_some_outcome() {
    check("two-force");
}
#[test]
fn every_number_of_merger_2018_moves_some_outcome() {
    check("merger-2018");
}
#[test]
fn every_number_of_five_force_moves_some_outcome() {
    check("five-force");
}
#[test]
fn every_number_of_three_force_moves_some_outcome() {
    check("three-force");
}
#[test]
fn every_number_of_mandated_merger_moves_some_outcome() {
    check("mandated-merger");
}
#[test]
fn every_number_of_lead_force_moves_some_outcome() {
    check("lead-force");
}
#[test]
fn every_number_of_standalone_moves_some_outcome() {
    check("standalone");
}
#[test]
fn every_number_of_benchmark_moves_some_outcome() {
    check("benchmarks/benchmark");
}
