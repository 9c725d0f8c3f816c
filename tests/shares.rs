//! Coalitions and ways to share: against the whole, against proportions worked out by hand, and draw by draw.

use std::path::Path;

use analysis::{Deals, Run, Shares, Sharing, adds_by_orders, coalition, shares, sharing};
use engine::alliance::{AreaCost, Scenario, ShareRule};
use engine::model::Model;
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::Isa;
use engine::uncertainty::{Quantity, Sampler};
use language::load;

const SETTINGS: Settings =
    Settings { trials: 2_000, seed: 5, sampler: Sampler::Plain, threads: 2, isa: Isa::Baseline, until: None };

fn scenario(name: &str) -> Scenario {
    load(&Path::new("scenarios").join(format!("{name}.toml")), &[]).expect("it is sound").scenario
}

fn compiled(scenario: &Scenario) -> Model {
    Model::compile(scenario).expect("it compiles")
}

fn outcome(scenario: &Scenario, name: &str) -> Vec<f64> {
    let model = compiled(scenario);
    let column = model.catalogue().position(name).unwrap_or_else(|| panic!("{name} is an outcome"));
    let worker = || sample::worker(&model, &SETTINGS, &[column]);
    sample::outcomes(worker, &SETTINGS, &Interrupt::default(), &[column]).expect("it runs").remove(0)
}

fn answer(scenario: &Scenario) -> Shares {
    shares(scenario, &SETTINGS, &Interrupt::default()).expect("there are alliances")
}

#[test]
fn the_coalition_of_all_is_the_whole_trial_by_trial() {
    for name in ["two-force", "five-force", "merger-2018"] {
        let whole = scenario(name);
        let all = coalition(&whole, |_| true, |_| true).expect("alliances are left");
        assert_eq!(outcome(&all, "npv"), outcome(&whole, "npv"), "{name}");
    }
}

#[test]
fn a_force_alone_has_no_alliance_and_a_pair_bears_its_part_of_every_cost() {
    let whole = scenario("three-force");
    assert!(coalition(&whole, |_| true, |force| force == 1).is_none());
    let pair = coalition(&whole, |_| true, |force| force != 2).expect("two are left");
    assert_eq!(pair.alliances[0].members.len(), 2);
    // Areas of a total cost are split by budget: in the plan the pair saves its part of what all save.
    let budget = |f: usize| whole.forces[f].budget.value;
    let part = (budget(0) + budget(1)) / (budget(0) + budget(1) + budget(2));
    let planned = |scenario: &Scenario| {
        let model = compiled(scenario);
        let last = scenario.first_year.plus(scenario.years as i32 - 1);
        let column = model.catalogue().position(&format!("saving_cashable[{last}]")).expect("it is an outcome");
        model.plan()[column]
    };
    let (of_pair, of_all) = (planned(&pair), planned(&whole));
    assert!((of_pair - part * of_all).abs() < 1e-9 * of_all, "{of_pair} of {of_all}, a part of {part}");
}

#[test]
fn what_belongs_to_a_member_goes_with_it() {
    let mut whole = scenario("three-force");
    let alliance = &mut whole.alliances[0];
    alliance.share = ShareRule::Explicit(vec![1.0, 2.0, 3.0]);
    alliance.voice = Some(vec![0.5, 0.3, 0.2]);
    let cost = |name: &str, value| Quantity::fixed(name, value);
    alliance.areas[0].cost = AreaCost::ByMember(vec![cost("x", 1.0), cost("y", 2.0), cost("z", 3.0)]);
    let part = coalition(&whole, |_| true, |force| force != 1).expect("two are left");
    let pair = &part.alliances[0];
    assert_eq!(pair.members.iter().map(|member| member.0).collect::<Vec<_>>(), [0, 2]);
    assert_eq!(pair.share, ShareRule::Explicit(vec![1.0, 3.0]));
    assert_eq!(pair.areas[0].cost, AreaCost::ByMember(vec![cost("x", 1.0), cost("z", 3.0)]));
    // Votes of 0.5 and 0.2 of 0.7.
    let voice = pair.voice.as_ref().expect("they have voices");
    assert!((voice[0] - 5.0 / 7.0).abs() < 1e-15 && (voice[1] - 2.0 / 7.0).abs() < 1e-15, "{voice:?}");
    // A merger asks those for consent who are in it.
    let merged = coalition(&scenario("mandated-merger"), |_| true, |force| force < 2).expect("two are left");
    assert_eq!(merged.alliances[0].merger.as_ref().map(|merger| merger.consent.len()), Some(2));
    compiled(&part);
    compiled(&merged);
}

#[test]
fn what_stays_in_a_coalition_draws_what_it_drew_in_the_whole() {
    // Savings and slips hang together across the three alliances, of which the coalition of two has only two.
    let whole = scenario("five-force");
    let part = coalition(&whole, |_| true, |force| force < 2).expect("the southern hub is left");
    assert!(part.alliances.len() < whole.alliances.len());
    let (of_whole, of_part) = (compiled(&whole), compiled(&part));
    let mut correlated = 0;
    for (position, info) in of_part.draws().info().iter().enumerate().filter(|(_, info)| info.varies) {
        let there = of_whole.draws().info().iter().position(|other| other.key == info.key).expect("it is in the whole");
        let draws = |model: &Model, at| sample::input(model, &SETTINGS, at);
        assert_eq!(draws(&of_part, position), draws(&of_whole, there), "{}", info.key);
        correlated += usize::from(info.correlation.is_some());
    }
    assert!(correlated > 10, "{correlated}");
}

#[test]
fn what_the_forces_add_is_what_they_are_worth_together() {
    for name in ["two-force", "five-force"] {
        let found = answer(&scenario(name));
        let sum: f64 = found.shapley.iter().map(|own| own.value).sum();
        assert!((sum - found.worth.value).abs() < 1e-9, "{name}: {sum}, {}", found.worth.value);
        let own = found.rules.iter().find(|rule| rule.own).expect("the deal is among them");
        for (i, player) in own.players.iter().enumerate() {
            assert!((found.surplus[i].value - (player.npv.value - found.shapley[i].value)).abs() < 1e-9);
        }
        let players = found.players.len();
        assert_eq!(found.coalitions.len(), (1 << players) - 2);
        // A force by itself has nothing to gain or lose beside what the deal gives it.
        for alone in found.coalitions.iter().filter(|own| own.members.len() == 1) {
            assert!(alone.alone.value.abs() < f64::EPSILON);
            assert!((alone.gain.value + own.players[alone.members[0]].npv.value).abs() < 1e-9);
        }
    }
}

#[test]
fn of_two_forces_each_adds_half_and_a_way_to_share_is_the_scenario_so_changed() {
    let whole = scenario("two-force");
    let found = answer(&whole);
    assert!((found.shapley[0].value - found.worth.value / 2.0).abs() < 1e-9);
    let rule = |name: Sharing| found.rules.iter().find(|rule| rule.sharing == name).expect("it is tried");
    let npv = outcome(&sharing(&whole, |_| ShareRule::Equal), "force.Dorset.npv");
    let mean = npv.iter().sum::<f64>() / npv.len() as f64;
    let dorset = whole.forces.iter().position(|force| force.name == "Dorset").expect("it is there");
    assert!((rule(Sharing::Equal).players[dorset].npv.value - mean).abs() < 1e-9);
    // In equal shares the smaller force has more than by budget.
    assert!(rule(Sharing::Equal).players[dorset].npv.value > rule(Sharing::Budget).players[dorset].npv.value);
    assert!(rule(Sharing::Budget).own);
}

#[test]
fn drawn_orders_agree_with_all_of_them_on_the_same_futures() {
    for name in ["three-force", "five-force"] {
        let whole = scenario(name);
        let exact = answer(&whole);
        let drawn = adds_by_orders(&whole, &SETTINGS, &Interrupt::default(), 200).expect("there are alliances");
        let sum: f64 = drawn.iter().map(|own| own.value).sum();
        assert!((sum - exact.worth.value).abs() < 1e-9, "{name}: {sum}, {}", exact.worth.value);
        for (own, all) in drawn.iter().zip(&exact.shapley) {
            // Both saw the same 2,000 futures, so that they differ by less than the stated error, which holds that of the futures too.
            assert!((own.value - all.value).abs() < 3.0 * own.error, "{name}: {own:?}, {all:?}");
            // 16 groups know their error to about a fifth. Each order sees a part of the futures alone, and the choice of few orders adds its own.
            assert!(own.error > 0.5 * all.error && own.error < 6.0 * all.error, "{name}: {own:?}, {all:?}");
        }
    }
}

#[test]
fn figures_of_spans_put_together_are_those_of_the_whole_run() {
    let (whole, interrupt) = (scenario("three-force"), Interrupt::default());
    let deals = Deals::new(&whole, &SETTINGS, &interrupt).expect("there are alliances");
    let rules = vec![ShareRule::Equal; whole.alliances.len()];
    let pair =
        Run::Coalition { alliance: None, forces: whole.alliances[0].members[..2].iter().map(|own| own.0).collect() };
    for run in [Run::Deal, Run::Shared(rules), pair, Run::Orders(12)] {
        let shape = deals.shape(&run).expect("it is one of its runs");
        let all = deals.figures(&run, 0..shape.pieces).expect("it runs");
        assert!(all.len() == shape.columns && all.iter().all(|column| column.len() as u64 == shape.places), "{run:?}");
        let mut found = vec![Vec::new(); shape.columns];
        for (from, to) in [(0, 1), (1, 5), (5, shape.pieces)] {
            let some = deals.figures(&run, from..to).expect("it runs");
            assert_eq!(some[0].len() as u64, shape.places_in(&(from..to)), "{run:?}");
            found.iter_mut().zip(some).for_each(|(column, more)| column.extend(more));
        }
        assert_eq!(found, all, "{run:?}");
    }
}
