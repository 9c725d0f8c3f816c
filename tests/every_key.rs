//! No key of an alliance is without effect, whatever its kind, but those whose meaning says so.

#[path = "engine/walk.rs"]
mod walk;

use std::collections::BTreeSet;

use engine::alliance::{DecisionRule, Equalise, Scenario, ShareRule};
use engine::model::Model;
use engine::uncertainty::lanes::{Column, Isa};
use engine::uncertainty::{Sampler, Value};
use walk::every_quantity;

/// Three forces in want of money, with surges and calls, and one alliance in which everything is written; `KIND` stands for its kind.
const TEXT: &str = r#"
format = 1
title = "Every key"
source = "judgement: test"
first_year = "2015/16"
years = 10
economy = { pay_share = 0.8, inflation = { mean = 0.02, sd = 0.01, persistence = 0.5 }, pay = { mean = 0.025, sd = 0.01, persistence = 0.5 }, tax_base_growth = { mean = 0.01, sd = 0.01, persistence = 0.5 }, limit = { pounds = 5, percent = 0.02 } }
ledger = { min_reserves = 0.05, max_reserves = 0.08, gap_closure = 0.6, cut_recurrence = 0.7, foresight = 0.4, officers_follow_cuts = 0.7 }
resilience = { chi = 0.5, x_max = 400, incident_cost = 0.001, reimbursed = 0.3 }
[funding]
initial = "bad"
local_sd = 0.01
regime.bad = { growth = -0.03, sd = 0.02 }
regime.good = { growth = 0.03, sd = 0.01 }
transition.bad = { bad = 0.6, good = 0.4 }
transition.good = { bad = 0.3, good = 0.7 }
[[force]]
name = "A"
budget = 120
grant_share = 0.6
band_d = 200
reserves = 7
population = 600000
officers = 1000
opening_gap = 0.03
demand_growth = 0.01
uptake = 0.8
deployable_share = 0.1
mutual_aid = 5
appetite = 0.2
elections = ["2014-05"]
surge = { rate = 2, x_min = 40, alpha = 1.5 }
[[force]]
name = "B"
budget = 100
grant_share = 0.5
band_d = 300
reserves = 6
population = 500000
officers = 900
opening_gap = 0.02
demand_growth = 0.01
uptake = 0.9
deployable_share = 0.1
mutual_aid = 5
appetite = 0.5
elections = ["2016-05"]
surge = { rate = 2, x_min = 40, alpha = 1.5 }
[[force]]
name = "C"
budget = 80
grant_share = 0.55
band_d = 250
reserves = 5
population = 400000
officers = 800
opening_gap = 0.02
demand_growth = 0.01
uptake = 0.9
deployable_share = 0.1
mutual_aid = 5
appetite = 0.9
elections = ["2015-05"]
surge = { rate = 2, x_min = 40, alpha = 1.5 }
[[alliance]]
name = "K"
members = ["A", "B", "C"]
start = "2015-04"
agree = 0.7
board_cycle = 0.3
slip = 1.2
consultation = 0.2
slots = 1
ict_ready = 1.5
ict_slip = 1.3
workaround = 0.4
realisation = { value = 0.8, plan = 1 }
attributable = 0.7
attributable_cost = 0.6
running = 0.3
team = 0.5
overrun = 1.2
severance = 0.3
ict_capital = 2
ict_overrun = 1.2
ict_cancelled = 0.3
ict_cancel_at = 0.6
ict_cancel_cost = 0.4
design_share = 0.2
share = { A = 0.5, B = 0.3, C = 0.2 }
share_from = { "2019/20" = { A = 0.2, B = 0.3, C = 0.5 } }
voice = { A = 0.2, B = 0.3, C = 0.5 }
stalled_pace = 0.5
stall_cut = 0.01
finance_years = 3
finance_rate = 0.05
reach = 0.5
retained = 0.4
unwind = 2
scale_loss = 0.4
overlap = 0.5
review = { every = 2, base = 0.1, weight = 2 }
exit = { base = 0.05, election_weight = 1, loss_weight = 2, appetite_weight = 2, voice_weight = 3, notice = 0.8, cost = 2, leaver_share = 0.6, fixed_share = 0.4 }
KIND
area = [
    { name = "x", cost = 10, saving = 0.2, noncashable = 0.05, submit = 0.2, implement = 0.7, slip = 1.1, approve = 0.9, consultation = 0.1, oneoff = 1, running = 0.2, ramp = 1, needs_ict = true, operational = true },
    { name = "y", cost = 12, saving = 0.1, noncashable = 0.05, submit = 0.5, implement = 0.9, slip = 1.1, approve = 0.8, consultation = 0.1, oneoff = 1, running = 0.2, ramp = 1, after = ["x"] },
    { name = "z", cost = { A = 3, B = 2, C = 1 }, saving = 0.2, noncashable = 0.05, submit = 0.2, implement = 0.3, slip = 1.1, approve = 0.8, consultation = 0.1, oneoff = 1, running = 0.2, ramp = 1, operational = true },
    { name = "w", cost = 5, saving = 0.1, noncashable = 0.05, submit = 1.7, implement = 0.4, slip = 1.1, approve = 0.9, consultation = 0.1, oneoff = 1, running = 0.2, ramp = 1 },
]
[contact]
alliance = "K"
area = "x"
target_s = 15
agents_saved = 0.1
force = [{ name = "A", calls = 150, aht_s = 300, agents = 16 }, { name = "B", calls = 130, aht_s = 300, agents = 15 }, { name = "C", calls = 110, aht_s = 300, agents = 14 }]
[[benefit]]
name = "Quality"
kind = "effectiveness"
unit = "points"
full_effect = 5
areas = "all"
"#;

const MERGER: &str = r#"kind = "merger"
decision = "lead"
merger = { mandated = MANDATED, vesting = "2017-04", decision_date = "2016-10", consent = 0.9, rise_aversion = 0.05, ministerial_approval = 0.9, setup = 3, abortive_cost = 1, equalise = "highest", equalise_years = 3 }"#;

/// Of a merger, whose members leave only by withdrawing before it vests: without notice, cost or a saving that could fall short.
const OF_A_MERGER: [&str; 8] = [
    "exit.cost",
    "exit.fixed_share",
    "exit.leaver_share",
    "exit.loss_weight",
    "exit.notice",
    "retained",
    "scale_loss",
    "unwind",
];

/// Of a mandated one besides: nobody is asked and nobody withdraws. With it as the only alliance appetites weigh nothing either.
const OF_A_MANDATED_MERGER: [&str; 15] = [
    "exit.appetite_weight",
    "exit.base",
    "exit.election_weight",
    "exit.voice_weight",
    "merger.abortive_cost",
    "merger.consent.A",
    "merger.consent.B",
    "merger.consent.C",
    "merger.decision_date",
    "merger.ministerial_approval",
    "merger.rise_aversion",
    "voice",
    "force.A.appetite",
    "force.B.appetite",
    "force.C.appetite",
];

fn load(kind: &str) -> Scenario {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("scenario.toml");
    std::fs::write(&path, TEXT.replace("KIND", kind)).expect("written");
    language::load(&path, &[]).unwrap_or_else(|problems| panic!("{problems}")).scenario
}

/// Every outcome of the plan and of 1,024 trials, as bits.
fn outcomes(scenario: &Scenario) -> Vec<Vec<u64>> {
    let model = Model::compile(scenario).expect("a scenario that compiles");
    let bits = |column: &Column| column.iter().map(|x| x.to_bits()).collect::<Vec<u64>>();
    let mut worker = model.worker(Isa::detect());
    let trials =
        (0..8).flat_map(|block| worker.run_block(3, Sampler::Plain, block).iter().map(bits).collect::<Vec<_>>());
    let plan = model.plan().iter().map(|x| x.to_bits()).collect();
    std::iter::once(plan).chain(trials).collect()
}

type Change = fn(&mut Scenario);

/// Keys that are no quantities, each with a change.
const PLAIN: [(&str, Change); 16] = [
    ("start", |s| s.alliances[0].start = "2015-10".parse().expect("a month")),
    ("decision", |s| {
        let decision = &mut s.alliances[0].decision;
        *decision = if *decision == DecisionRule::Lead { DecisionRule::Unanimous } else { DecisionRule::Lead };
    }),
    ("slots", |s| s.alliances[0].slots = None),
    ("share", |s| s.alliances[0].share = ShareRule::Equal),
    ("share_from", |s| s.alliances[0].share_from.clear()),
    ("review.every", |s| s.alliances[0].review.iter_mut().for_each(|review| review.every = 3.0)),
    ("voice", |s| s.alliances[0].voice = None),
    ("finance_years", |s| s.alliances[0].finance_years = 1),
    ("area.z.priority", |s| s.alliances[0].areas[2].priority = -1.0),
    ("area.y.after", |s| s.alliances[0].areas[1].after.clear()),
    ("area.x.needs_ict", |s| s.alliances[0].areas[0].needs_ict = false),
    ("area.z.operational", |s| s.alliances[0].areas[2].operational = false),
    ("merger.vesting", |s| {
        s.alliances[0].merger.iter_mut().for_each(|m| m.vesting = "2017-10".parse().expect("a month"));
    }),
    ("merger.decision_date", |s| {
        s.alliances[0].merger.iter_mut().for_each(|m| m.decision_date = "2016-06".parse().expect("a month"));
    }),
    ("merger.mandated", |s| s.alliances[0].merger.iter_mut().for_each(|m| m.mandated = !m.mandated)),
    ("merger.equalise", |s| s.alliances[0].merger.iter_mut().for_each(|m| m.equalise = Equalise::Lowest)),
];

/// The keys of the alliance without effect, and all others of the scenario.
fn without_effect(kind: &str) -> BTreeSet<String> {
    let scenario = load(kind);
    let before = outcomes(&scenario);
    let mut keys = Vec::new();
    every_quantity(&mut scenario.clone(), &mut |quantity| keys.push(quantity.key.clone()));
    let mut still = BTreeSet::new();
    for key in keys {
        let mut changed = scenario.clone();
        every_quantity(&mut changed, &mut |quantity| {
            if quantity.key == key {
                let Value::Fixed(value) = quantity.value else { panic!("{key} is known") };
                quantity.value = Value::Fixed(if value.abs() > 0.0 { 0.8 * value } else { 0.3 });
            }
        });
        if outcomes(&changed) == before {
            still.insert(key.strip_prefix("alliance.K.").unwrap_or(&key).to_owned());
        }
    }
    for (key, change) in
        PLAIN.iter().filter(|(key, _)| scenario.alliances[0].merger.is_some() || !key.starts_with("merger"))
    {
        let mut changed = scenario.clone();
        change(&mut changed);
        if outcomes(&changed) == before {
            still.insert((*key).to_owned());
        }
    }
    still
}

fn names<'a>(keys: impl IntoIterator<Item = &'a str>) -> BTreeSet<String> {
    keys.into_iter().map(str::to_owned).collect()
}

#[test]
fn every_key_of_an_alliance_moves_some_outcome() {
    assert_eq!(without_effect("kind = \"alliance\"\ndecision = \"unanimous\""), BTreeSet::new());
}

#[test]
fn every_key_of_a_lead_force_scheme_moves_some_outcome() {
    assert_eq!(without_effect("kind = \"lead force\""), BTreeSet::new());
}

#[test]
fn every_key_of_a_merger_moves_some_outcome_but_what_comes_after_leaving() {
    assert_eq!(without_effect(&MERGER.replace("MANDATED", "false")), names(OF_A_MERGER));
}

#[test]
fn every_key_of_a_mandated_merger_moves_some_outcome_but_what_asks_somebody() {
    let expected = OF_A_MERGER.into_iter().chain(OF_A_MANDATED_MERGER);
    assert_eq!(without_effect(&MERGER.replace("MANDATED", "true")), names(expected));
}
