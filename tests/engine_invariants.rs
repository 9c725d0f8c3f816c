//! What must hold whatever the numbers: money conserved, sizes linear, orders irrelevant, draws that stay where they are.

#[path = "engine/blocks.rs"]
mod blocks;
#[path = "engine/change.rs"]
mod change;
#[path = "engine/every.rs"]
mod every;
#[path = "engine/shipped.rs"]
mod shipped;
#[path = "engine/walk.rs"]
mod walk;

use blocks::{Blocks, alike, assert_alike, assert_same_bits};
use change::{
    double_money, fix, rank, reverse_alliances, reverse_areas, reverse_forces, without_events, without_feedback,
};
use engine::alliance::{Alliance, Equalise, Scenario};
use engine::id::AreaId;
use engine::uncertainty::{Distribution, Family, Value, quote_key};
use every::every;
use shipped::{compile, scenario};
use walk::every_quantity;

fn run(scenario: &Scenario, blocks: u64) -> Blocks {
    Blocks::new(compile(scenario), blocks)
}

fn force_keys(scenario: &Scenario) -> Vec<String> {
    scenario.forces.iter().map(|force| format!("force.{}", quote_key(&force.name))).collect()
}

fn alliance_keys(scenario: &Scenario) -> Vec<String> {
    scenario.alliances.iter().map(|k| format!("alliance.{}", quote_key(&k.name))).collect()
}

#[test]
fn what_the_forces_get_and_bear_is_what_the_alliances_save_and_spend() {
    for (name, scenario) in every() {
        let run = run(&scenario, 4);
        let of_forces = |what: &str| run.sum(force_keys(&scenario).iter().map(|f| format!("{f}.{what}")));
        let of_alliances = |what: &str| run.sum(alliance_keys(&scenario).iter().map(|k| format!("{k}.{what}")));
        for year in scenario.year_labels() {
            let same = |whole: &str, parts: &[f64]| {
                assert_alike(&format!("{name}, {whole}[{year}]"), &run.get(&format!("{whole}[{year}]")), parts);
            };
            same("saving_additional", &of_forces(&format!("saving[{year}]")));
            same("saving_cashable", &of_forces(&format!("saving_gross[{year}]")));
            same("net", &of_forces(&format!("net[{year}]")));
            same("saving_cashable", &of_alliances(&format!("saving_cashable[{year}]")));
            same("investment", &of_alliances(&format!("investment[{year}]")));
            same("areas_live", &of_alliances(&format!("areas_live[{year}]")));
        }
        assert_alike(&format!("{name}, npv"), &run.get("npv"), &of_forces("npv"));
        let yearly = |what: &str| run.sum(scenario.year_labels().iter().map(|year| format!("{what}[{year}]")));
        assert_alike(&name, &run.get("total_investment"), &yearly("investment"));
        let last = scenario.year_labels().pop().expect("a year");
        assert_alike(&name, &run.get(&format!("net_cumulative[{last}]")), &yearly("net"));
    }
}

#[test]
fn what_befalls_other_futures_of_a_block_changes_no_bit_of_one() {
    let shipped = scenario("two-force");
    let before = run(&shipped, 4);
    let mut same = 0;
    for area in [0, 7, 15, 31] {
        // Fewer futures in which the area is approved: in those where it still is, nothing else changes.
        let mut rarer = shipped.clone();
        fix(&mut rarer.alliances[0].areas[area].approve, 0.2);
        let name = quote_key(&rarer.alliances[0].areas[area].name);
        let after = run(&rarer, 4);
        let live = after.get(&format!("{}.area.{name}.live", alliance_keys(&rarer)[0]));
        let lanes: Vec<usize> = (0..live.len()).filter(|lane| live[*lane].is_finite()).collect();
        assert!(lanes.len() < live.len() / 3, "it is rarer");
        for outcome in before.names() {
            let of = |all: &[f64]| lanes.iter().map(|lane| all[*lane]).collect::<Vec<_>>();
            let what = format!("{outcome} where {name} is approved all the same");
            assert_same_bits(&what, &of(&before.get(outcome)), &of(&after.get(outcome)));
        }
        same += lanes.len();
    }
    assert!(same > 100, "{same}");
}

#[test]
fn as_many_slots_as_areas_are_no_limit_at_all() {
    let mut shipped = scenario("two-force");
    // Some wait for others, in a chain.
    for (area, before) in [(1, 6), (6, 30), (31, 6)] {
        shipped.alliances[0].areas[area].after = vec![AreaId(before)];
    }
    let with = |slots: Option<u32>| {
        shipped.alliances[0].slots = slots;
        run(&shipped, 4)
    };
    let [free, enough, many, few] = [None, Some(32), Some(1_000_000), Some(2)].map(with);
    for outcome in free.names() {
        assert_same_bits(outcome, &free.get(outcome), &enough.get(outcome));
        assert_same_bits(outcome, &free.get(outcome), &many.get(outcome));
    }
    let mean = |of: &Blocks| of.get("npv").iter().sum::<f64>();
    assert!(mean(&few) < mean(&free), "two slots hold a programme up");
}

#[test]
fn what_equalisation_raises_is_what_the_members_receive_and_residents_pay() {
    let mut seen = 0.0;
    for (name, mut scenario) in every() {
        // An average raises nothing on the whole.
        let all = scenario.alliances.iter_mut().filter_map(|k| k.merger.as_mut());
        all.for_each(|merger| merger.equalise = Equalise::Highest);
        let run = run(&scenario, 2);
        let mergers = scenario.alliances.iter().filter(|k| k.merger.is_some());
        let keys: Vec<String> = mergers.map(|k| format!("alliance.{}", quote_key(&k.name))).collect();
        for year in scenario.year_labels() {
            let yields = run.sum(keys.iter().map(|k| format!("{k}.equalisation_yield[{year}]")));
            let mut received = vec![0.0; yields.len()];
            let mut paid = vec![0.0; yields.len()];
            for force in force_keys(&scenario) {
                let get = |what: &str| run.get(&format!("{force}.{what}[{year}]"));
                let (funding, grant, precept, other) =
                    (get("funding"), get("grant"), get("precept"), get("other_income"));
                let band_d = get("band_d");
                let in_merger = run.has(&format!("{force}.council_tax_change[{year}]"));
                let change = if in_merger { get("council_tax_change") } else { vec![0.0; yields.len()] };
                for i in 0..yields.len() {
                    received[i] += funding[i] - grant[i] - precept[i] - other[i];
                    // The tax base is the precept over Band D.
                    paid[i] += change[i] * precept[i] / band_d[i];
                }
            }
            assert_alike(&format!("{name}, received {year}"), &yields, &received);
            assert_alike(&format!("{name}, paid {year}"), &yields, &paid);
            seen += yields.iter().map(|y| y.abs()).sum::<f64>();
        }
    }
    assert!(seen > 1.0, "no scenario equalised anything");
}

#[test]
fn twice_the_cost_and_the_money_is_twice_the_saving_and_the_investment() {
    for (name, mut scenario) in every() {
        without_feedback(&mut scenario);
        let once = run(&scenario, 2);
        double_money(&mut scenario);
        let twice = run(&scenario, 2);
        let linear = |column: &str| {
            let stem = column.split('[').next().unwrap_or(column);
            if stem.starts_with("benefit.") || stem.starts_with("target.") {
                return false;
            }
            ["npv", "total_investment", "peak_funding_need", "steady_saving"].contains(&stem)
                || stem.contains("saving")
                || stem == "investment"
                || stem.ends_with(".investment")
                || stem == "net"
                || stem.ends_with(".net")
                || stem == "net_cumulative"
                || (stem.starts_with("force.") && stem.ends_with(".npv"))
                || stem.starts_with("pv_")
        };
        let unchanged = |column: &str| {
            ["payback", "payback_discounted", "benefit_cost_ratio"].contains(&column)
                || column.ends_with(".payback")
                || column.ends_with(".live")
                || column.ends_with(".vested")
                || column.contains(".funding[")
                || column.starts_with("benefit.")
        };
        let mut checked = 0;
        for column in once.names().map(str::to_owned).collect::<Vec<_>>() {
            let factor = if linear(&column) {
                2.0
            } else if unchanged(&column) {
                1.0
            } else {
                continue;
            };
            let scaled: Vec<f64> = once.get(&column).iter().map(|x| factor * x).collect();
            assert_alike(&format!("{name}, {column}"), &scaled, &twice.get(&column));
            checked += 1;
        }
        assert!(checked > 100, "{name}: {checked}");
    }
}

#[test]
fn the_order_of_forces_areas_and_alliances_changes_nothing() {
    for (name, mut scenario) in every() {
        scenario.alliances.iter_mut().for_each(rank);
        let as_listed = run(&scenario, 2);
        for (what, reverse) in [
            ("forces", reverse_forces as fn(&mut Scenario)),
            ("areas", reverse_areas),
            ("alliances", reverse_alliances),
        ] {
            let mut other = scenario.clone();
            reverse(&mut other);
            let reversed = run(&other, 2);
            assert_eq!(as_listed.names().count(), reversed.names().count());
            for column in as_listed.names() {
                assert_alike(
                    &format!("{name} with {what} reversed, {column}"),
                    &as_listed.get(column),
                    &reversed.get(column),
                );
            }
        }
    }
}

/// The live dates of an alliance's areas, by area.
fn live_dates(run: &Blocks, alliance: &Alliance) -> Vec<(String, Vec<f64>)> {
    let prefix = format!("alliance.{}.area", quote_key(&alliance.name));
    let dates = alliance.areas.iter().map(|area| format!("{prefix}.{}.live", quote_key(&area.name)));
    dates.map(|name| (name.clone(), run.get(&name))).collect()
}

#[test]
fn one_more_member_under_unanimity_never_speeds_a_decision() {
    let mut larger = scenario("five-force");
    without_feedback(&mut larger);
    let hub = larger.alliances.iter().position(|k| k.members.len() == 3).expect("the northern hub");
    larger.alliances[hub].slots = None;
    // A board that stops what is late would leave one of the two without dates.
    larger.alliances[hub].review = None;
    larger.alliances[hub].decision = engine::alliance::DecisionRule::Unanimous;
    fix(&mut larger.alliances[hub].agree, 0.8);
    let mut smaller = larger.clone();
    let k = &mut smaller.alliances[hub];
    k.members.pop();
    k.voice = None;
    k.share = engine::alliance::ShareRule::Budget;
    let (more, fewer) = (run(&larger, 8), run(&smaller, 8));
    let (mut later, mut all) = (0, 0);
    let areas = &larger.alliances[hub];
    for ((name, three), (_, two)) in live_dates(&more, areas).iter().zip(live_dates(&fewer, areas)) {
        for (three, two) in three.iter().zip(two) {
            assert!(three.is_nan() == two.is_nan() && (three.is_nan() || *three >= two), "{name}: {three} and {two}");
            later += usize::from(*three > two + 0.01);
            all += 1;
        }
    }
    // The chance of a pass falls from 0.64 to 0.512: more than one case in ten needs another meeting.
    assert!(later * 10 > all, "only {later} of {all} cases are later");
}

#[test]
fn without_spread_and_events_every_trial_is_the_plan() {
    for (name, mut scenario) in every() {
        scenario.correlations.clear();
        every_quantity(&mut scenario, &mut |quantity| {
            let plan = quantity.plan_value();
            fix(quantity, plan);
        });
        without_events(&mut scenario);
        let run = run(&scenario, 2);
        let plan = run.model.plan();
        for (position, column) in run.names().enumerate().filter(|(_, column)| !column.starts_with("regime[")) {
            let planned = vec![plan[position]; 512];
            let found = run.get(column);
            // The plan's growth of grant is an expectation over regimes, the same number by another sum.
            let differs = found.iter().zip(&planned).find(|(a, b)| !alike(**a, **b));
            assert!(differs.is_none(), "{name}, {column}: {differs:?}");
        }
    }
}

#[test]
fn a_longer_horizon_leaves_earlier_years_alone() {
    for (name, scenario) in every() {
        let mut longer = scenario.clone();
        longer.years += 5;
        let (short, long) = (run(&scenario, 2), run(&longer, 2));
        let labels = scenario.year_labels();
        let yearly = |column: &&str| labels.iter().any(|year| column.ends_with(&format!("[{year}]")));
        let mut checked = 0;
        for column in short.names().filter(yearly) {
            let what = format!("{name}, {column}");
            assert_same_bits(&what, &short.get(column), &long.get(column));
            checked += 1;
        }
        assert!(checked > 200, "{name}: {checked}");
    }
}

#[test]
fn a_force_that_has_nothing_to_do_with_it_moves_no_draw() {
    for (name, scenario) in every() {
        let mut more = scenario.clone();
        let mut stranger = scenario.forces[0].clone();
        stranger.name = "Elsewhere".to_owned();
        let own = stranger.key.clone();
        stranger.key = "force.Elsewhere".to_owned();
        stranger.surge = None;
        more.forces.push(stranger);
        let last = more.forces.len() - 1;
        let mut moved = more.clone();
        // The stranger's own quantities get its own keys.
        let rename = |quantity: &mut engine::uncertainty::Quantity| {
            quantity.key = quantity.key.replacen(&own, "force.Elsewhere", 1);
        };
        let stranger = &mut moved.forces[last];
        [
            &mut stranger.opening_gap,
            &mut stranger.demand_growth,
            &mut stranger.uptake,
            &mut stranger.deployable_share,
            &mut stranger.appetite,
        ]
        .into_iter()
        .for_each(rename);
        let (without, with) = (run(&scenario, 2), run(&moved, 2));
        assert!(with.has("force.Elsewhere.npv"));
        for column in without.names() {
            assert_same_bits(&format!("{name}, {column}"), &without.get(column), &with.get(column));
        }
    }
}

#[test]
fn making_one_number_uncertain_moves_no_other_draw() {
    let known = scenario("two-force");
    let mut uncertain = known.clone();
    let triangle = Family::Triangular { low: 100.0, mode: 200.0, high: 300.0 };
    let effect = &mut uncertain.benefits[0].full_effect;
    effect.value = Value::Uncertain(Distribution::new(triangle, None, None).expect("a triangle"));
    let key = format!("benefit.{}[", quote_key(&uncertain.benefits[0].name));
    let (before, after) = (run(&known, 2), run(&uncertain, 2));
    let mut changed = 0;
    for column in before.names() {
        if column.starts_with(&key) {
            changed += usize::from(before.get(column) != after.get(column));
        } else {
            assert_same_bits(column, &before.get(column), &after.get(column));
        }
    }
    assert!(changed > 5, "{changed}");
}

#[test]
fn scenarios_that_share_names_meet_the_same_futures() {
    let two = scenario("two-force");
    let alone = run(&two, 2);
    for other in ["merger-2018", "five-force", "standalone", "lead-force"] {
        let other_scenario = scenario(other);
        let run = run(&other_scenario, 2);
        for year in two.year_labels() {
            for national in ["inflation", "pay_award", "regime", "tax_base_growth", "cost_index", "deflator"] {
                let column = format!("{national}[{year}]");
                assert_same_bits(&format!("{other}, {column}"), &alone.get(&column), &run.get(&column));
            }
            for force in force_keys(&two).iter().filter(|f| run.has(&format!("{f}.npv"))) {
                for own in ["grant", "precept", "other_income", "expenditure", "band_d", "surge", "reserves_standalone"]
                {
                    let column = format!("{force}.{own}[{year}]");
                    assert_same_bits(&format!("{other}, {column}"), &alone.get(&column), &run.get(&column));
                }
            }
        }
    }
}

#[test]
fn a_hub_that_borrows_an_alliance_s_draws_delivers_as_it_does() {
    let (mut two, mut five) = (scenario("two-force"), scenario("five-force"));
    without_feedback(&mut two);
    without_feedback(&mut five);
    let hub = five.alliances.iter().find(|k| k.name == "Southern hub").expect("the southern hub").clone();
    let (alone, region) = (run(&two, 2), run(&five, 2));
    for ((name, in_region), (_, by_itself)) in
        live_dates(&region, &hub).iter().zip(live_dates(&alone, &two.alliances[0]))
    {
        assert_same_bits(name, in_region, &by_itself);
    }
}
