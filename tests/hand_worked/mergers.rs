//! Mergers: equalisation, consent, set-up, refusal, withdrawal, lapse (MODEL sections 2 and 5).

use engine::alliance::{Alliance, DecisionRule, Equalise, Scenario};
use engine::model::Model;
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;

use crate::build::{alliance, area, fact, merge, month, scenario, set};
use crate::{comes_to, first_trial, plans, trials};

/// A (Band D £200, 200,000 homes) and B (£100, 100,000 homes) merge.
fn merger(years: usize, decision: &str, vesting: &str) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    s.forces[1].band_d = fact(100.0);
    s.forces[1].tax_base = fact(100_000.0);
    let mut m = alliance("M", &[0, 1]);
    merge(&mut m, &["A", "B"], decision, vesting);
    area(&mut m, "X");
    s.alliances.push(m);
    s
}

/// The merger's own part.
fn of(m: &mut Alliance) -> &mut engine::alliance::Merger {
    m.merger.as_mut().expect("a merger")
}

#[test]
fn council_tax_converges_to_the_highest_and_the_yield_is_pooled() {
    let mut s = merger(4, "2020-10", "2021-04");
    of(&mut s.alliances[0]).equalise = Equalise::Highest;
    set(&mut of(&mut s.alliances[0]).equalise_years, 2.0);
    // Vesting at 1: year 0 0, year 1 ½, year 2 all of B's £100. Yield 100,000·£50 = £5m, then £10m; shared alike.
    comes_to(
        &s,
        &[
            ("alliance.M.vested", 1.0),
            ("force.B.council_tax[2020/21]", 100.0),
            ("force.B.council_tax[2021/22]", 150.0),
            ("force.B.council_tax_change[2022/23]", 100.0),
            ("force.A.council_tax_change[2022/23]", 0.0),
            ("force.B.band_d[2022/23]", 100.0),
            ("alliance.M.equalisation_yield[2021/22]", 5.0),
            ("force.A.funding[2021/22]", 102.5),
            ("force.A.funding[2022/23]", 105.0),
            ("force.A.reserves[2021/22]", 12.5),
            ("force.A.reserves_standalone[2021/22]", 10.0),
        ],
    );
}

#[test]
fn convergence_to_the_average_by_tax_base_yields_nothing() {
    let mut s = merger(3, "2020-10", "2021-10");
    set(&mut of(&mut s.alliances[0]).equalise_years, 1.0);
    // Target (40 + 10)·10⁶/300,000 = £166.67. Vesting at 1.5: half way at the end of year 1.
    let average = 500.0 / 3.0;
    comes_to(
        &s,
        &[
            ("force.A.council_tax[2021/22]", 200.0 + (average - 200.0) / 2.0),
            ("force.B.council_tax[2022/23]", average),
            ("alliance.M.equalisation_yield[2022/23]", 0.0),
        ],
    );
}

#[test]
fn convergence_to_the_lowest_gives_money_back_at_once_where_it_has_no_length() {
    let mut s = merger(3, "2020-10", "2021-10");
    of(&mut s.alliances[0]).equalise = Equalise::Lowest;
    set(&mut of(&mut s.alliances[0]).equalise_years, 0.0);
    // A from £200 to £100: −£20m a year.
    comes_to(
        &s,
        &[
            ("alliance.M.equalisation_yield[2020/21]", 0.0),
            ("alliance.M.equalisation_yield[2021/22]", -20.0),
            ("npv", 2.0 * (0.5 / 1.035_f64.powi(2))),
        ],
    );
}

#[test]
fn a_merger_s_programme_counts_from_vesting_and_its_team_from_its_start() {
    let mut s = merger(4, "2020-10", "2021-10");
    set(&mut s.alliances[0].team, 2.0);
    // Vesting 1.5, X live at 2.5: the team is paid from 0 to 2.5.
    comes_to(
        &s,
        &[
            ("alliance.M.area.X.live", 2.5),
            ("alliance.M.programme_settled", 2.5),
            ("investment[2020/21]", 2.0),
            ("investment[2022/23]", 1.0),
            ("saving_cashable[2022/23]", 1.0),
        ],
    );
}

#[test]
fn set_up_is_spent_over_the_year_before_vesting_but_not_before_consent() {
    let mut s = merger(4, "2020-10", "2022-07");
    set(&mut of(&mut s.alliances[0]).setup, 4.0);
    // Vesting at 2.25: [1.25, 2.25]: 3 and 1.
    comes_to(&s, &[("investment[2021/22]", 3.0), ("investment[2022/23]", 1.0)]);
    of(&mut s.alliances[0]).decision_date = month("2022-01");
    // From 1.75: 2 and 2.
    comes_to(&s, &[("investment[2021/22]", 2.0), ("investment[2022/23]", 2.0)]);
}

#[test]
fn a_refused_merger_costs_its_abortive_cost_and_ends_on_the_decision_date() {
    let mut s = merger(4, "2021-10", "2022-04");
    let m = &mut s.alliances[0];
    set(&mut of(m).consent[1], 0.0);
    set(&mut of(m).setup, 4.0);
    set(&mut of(m).abortive_cost, 3.0);
    m.finance_years = 5;
    set(&mut m.team, 1.0);
    // Decision at 1.5: abortive 3 over [0.5, 1.5], not financed; team 1 and ½.
    comes_to(
        &s,
        &[
            ("alliance.M.vested", 0.0),
            ("alliance.M.ended", 1.0),
            ("alliance.M.ended_at", 1.5),
            ("alliance.M.area.X.live", f64::NAN),
            ("investment[2020/21]", 2.5),
            ("investment[2021/22]", 2.0),
            ("investment[2022/23]", 0.0),
            ("force.A.reserves[2020/21]", 8.75),
            ("force.B.council_tax_change[2023/24]", 0.0),
        ],
    );
}

#[test]
fn a_rise_in_council_tax_that_is_abhorred_enough_brings_refusal() {
    let mut s = merger(4, "2021-10", "2022-04");
    of(&mut s.alliances[0]).equalise = Equalise::Highest;
    set(&mut of(&mut s.alliances[0]).consent[1], 0.5);
    set(&mut of(&mut s.alliances[0]).rise_aversion, 10.0);
    // B's Band D would rise by £100: log-odds 0 − 10·10 = −100.
    comes_to(&s, &[("alliance.M.vested", 0.0)]);
    of(&mut s.alliances[0]).equalise = Equalise::Lowest;
    set(&mut of(&mut s.alliances[0]).consent[0], 0.5);
    // It stays; A's falls by £100: log-odds +100. B is asked with a chance of ½: make it sure.
    set(&mut of(&mut s.alliances[0]).consent[1], 1.0);
    comes_to(&s, &[("alliance.M.vested", 1.0)]);
}

#[test]
fn the_minister_can_refuse_but_nobody_refuses_a_mandated_merger() {
    let mut s = merger(4, "2021-10", "2022-04");
    set(&mut of(&mut s.alliances[0]).ministerial_approval, 0.0);
    comes_to(&s, &[("alliance.M.vested", 0.0)]);
    of(&mut s.alliances[0]).mandated = true;
    comes_to(&s, &[("alliance.M.vested", 1.0)]);
}

/// A leaves whatever it may leave after its election at 1.25 (July 2021).
fn with_election(mut s: Scenario, k: usize) -> Scenario {
    s.forces[0].elections = vec![month("2021-07")];
    set(&mut s.alliances[k].exit.base, 1e-20);
    set(&mut s.alliances[k].exit.election_weight, 100.0);
    s
}

#[test]
fn withdrawal_before_vesting_ends_a_voluntary_merger_and_costs_its_abortive_cost_at_once() {
    let mut s = with_election(merger(5, "2020-10", "2022-04"), 0);
    let m = &mut s.alliances[0];
    set(&mut of(m).setup, 4.0);
    set(&mut of(m).abortive_cost, 3.0);
    set(&mut m.exit.cost, 50.0);
    // Set-up over [1, 2]; A withdraws at 1.5: 2 are spent, 3 more are lost in that year; no exit cost, no notice.
    comes_to(
        &s,
        &[
            ("alliance.M.vested", 0.0),
            ("alliance.M.ended_at", 1.5),
            ("investment[2020/21]", 0.0),
            ("investment[2021/22]", 5.0),
            ("investment[2022/23]", 0.0),
        ],
    );
}

#[test]
fn who_withdraws_from_a_merger_that_would_be_refused_still_pays_no_more_than_its_abortive_cost() {
    let mut s = with_election(merger(5, "2021-11", "2022-04"), 0);
    let m = &mut s.alliances[0];
    set(&mut of(m).consent[1], 0.0);
    set(&mut of(m).abortive_cost, 12.0);
    // Decision at 1 + 7/12; spending from 7/12: 5 of 12 in year 0, the other 7 in year 1 on withdrawal at 1.5.
    comes_to(&s, &[("alliance.M.ended_at", 1.5), ("investment[2020/21]", 5.0), ("investment[2021/22]", 7.0)]);
}

#[test]
fn nobody_leaves_a_vested_merger_nor_a_mandated_one() {
    let vested = with_election(merger(6, "2020-05", "2021-04"), 0);
    comes_to(&vested, &[("alliance.M.vested", 1.0), ("alliance.M.ended", 0.0)]);
    let mut mandated = with_election(merger(6, "2020-10", "2023-04"), 0);
    of(&mut mandated.alliances[0]).mandated = true;
    comes_to(&mandated, &[("alliance.M.vested", 1.0), ("alliance.M.member_left", 0.0)]);
}

/// The merger, and an alliance of the same two forces that A would leave with the notice given.
fn with_alliance(vesting: &str, notice: f64, mandated: bool) -> Scenario {
    let mut s = merger(6, "2020-10", vesting);
    of(&mut s.alliances[0]).mandated = mandated;
    s.alliances.push(alliance("K", &[0, 1]));
    set(&mut s.alliances[1].exit.notice, notice);
    set(&mut s.alliances[1].exit.cost, 8.0);
    with_election(s, 1)
}

#[test]
fn a_notice_that_would_end_at_or_after_vesting_lapses_with_it() {
    // Notice at 1.5 for 2.5; vesting at 2.25.
    for mandated in [false, true] {
        comes_to(
            &with_alliance("2022-07", 1.0, mandated),
            &[
                ("alliance.M.vested", 1.0),
                ("alliance.K.ended", 0.0),
                ("alliance.K.ended_at", f64::NAN),
                ("alliance.K.force.A.leaves_at", f64::NAN),
                ("total_investment", 0.0),
            ],
        );
    }
}

#[test]
fn a_notice_that_ends_before_vesting_withdraws_from_a_voluntary_merger() {
    // Notice at 1.5 for 2; vesting at 2.25.
    comes_to(
        &with_alliance("2022-07", 0.5, false),
        &[
            ("alliance.M.vested", 0.0),
            ("alliance.M.ended_at", 1.5),
            ("alliance.K.ended_at", 2.0),
            ("total_investment", 8.0),
        ],
    );
}

#[test]
fn a_notice_that_ends_before_vesting_stands_beside_a_mandated_merger() {
    comes_to(
        &with_alliance("2022-07", 0.5, true),
        &[("alliance.M.vested", 1.0), ("alliance.K.ended_at", 2.0), ("total_investment", 8.0)],
    );
}

#[test]
fn the_average_by_tax_base_yields_exactly_nothing() {
    let mut s = merger(4, "2020-10", "2021-04");
    (s.forces[0].band_d, s.forces[1].band_d) = (fact(207.33), fact(161.71));
    (s.forces[0].tax_base, s.forces[1].tax_base) = (fact(190_001.0), fact(70_003.0));
    // Σ tax base·(average − d) = 0, whatever rounding makes of it.
    for (by, outcomes) in trials(&s).into_iter().chain(plans(&s)) {
        for year in s.year_labels() {
            let raised = outcomes[&format!("alliance.M.equalisation_yield[{year}]")];
            assert!(raised.abs() <= 0.0, "{raised} in {year} by the {by}");
        }
    }
}

#[test]
fn council_tax_that_is_equal_already_does_not_change_at_all() {
    let mut s = merger(4, "2020-10", "2021-04");
    for rule in [Equalise::Highest, Equalise::Average, Equalise::Lowest] {
        of(&mut s.alliances[0]).equalise = rule;
        (s.forces[0].band_d, s.forces[1].band_d) = (fact(161.71), fact(161.71));
        (s.forces[0].tax_base, s.forces[1].tax_base) = (fact(190_001.0), fact(70_003.0));
        let outcomes = first_trial(&s);
        for name in ["force.A.council_tax_change[2023/24]", "force.B.council_tax_change[2023/24]"] {
            assert!(outcomes[name].abs() <= 0.0, "{name} with {rule:?} is {}", outcomes[name]);
        }
    }
}

#[test]
fn boards_of_a_merger_decide_as_it_says() {
    // Agreed with ½ by each of two at a meeting every quarter, all else at once: N meetings, N geometric, live at ¼·N. Lead q = ½, N = 2:
    // 0.5; unanimous and majority q = ¼, N = 4: 1.0. Variance of N is (1 − q)/q²: 2 and 12.
    for (rule, live, variance) in
        [(DecisionRule::Lead, 0.5, 2.0), (DecisionRule::Unanimous, 1.0, 12.0), (DecisionRule::Majority, 1.0, 12.0)]
    {
        let mut s = merger(40, "2020-04", "2020-04");
        let m = &mut s.alliances[0];
        m.decision = rule;
        set(&mut m.agree, 0.5);
        set(&mut m.areas[0].submit, 0.0);
        set(&mut m.areas[0].implement, 0.0);
        let model = Model::compile(&s).expect("a scenario that compiles");
        let position = model.catalogue().position("alliance.M.area.X.live").expect("an outcome");
        let mut worker = model.worker(Isa::detect());
        let dates: Vec<f64> =
            (0..64).flat_map(|block| worker.run_block(7, Sampler::Plain, block)[position].to_vec()).collect();
        let mean = dates.iter().sum::<f64>() / dates.len() as f64;
        let error = 0.25 * (variance / dates.len() as f64).sqrt();
        assert!((mean - live).abs() < 4.0 * error, "{rule:?}: live at {mean} ± {error}, by hand {live}");
    }
}
