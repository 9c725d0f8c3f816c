//! The ledger of a force (MODEL section 6).

use engine::alliance::Scenario;

use crate::build::{alliance, area, fact, fixed, month, regime, scenario, set};
use crate::{comes_to, trials, year};

/// One force on its own, with the policy given: floor, ceiling, gap closure, recurrence.
fn alone(years: usize, policy: [f64; 4]) -> Scenario {
    let mut s = scenario(years, &["A"]);
    set(&mut s.ledger.min_reserves, policy[0]);
    set(&mut s.ledger.max_reserves, policy[1]);
    set(&mut s.ledger.gap_closure, policy[2]);
    set(&mut s.ledger.cut_recurrence, policy[3]);
    s
}

#[test]
fn a_planned_cut_closes_its_share_of_the_gap_and_recurs() {
    let mut s = alone(2, [0.0, 10.0, 0.8, 0.0]);
    set(&mut s.forces[0].opening_gap, 0.1);
    // Year 0: 100 − 110 = −10: cut 8, reserves 10 − 10 + 8 = 8. Year 1: 100 − (110 − 8) = −2: cut 1.6, reserves 7.6.
    // Officers: (8 + 1.6)/110·1000.
    comes_to(
        &s,
        &[
            ("force.A.planned_cut[2020/21]", 8.0),
            ("force.A.reserves[2020/21]", 8.0),
            ("force.A.planned_cut[2021/22]", 1.6),
            ("force.A.reserves[2021/22]", 7.6),
            ("force.A.cuts", 9.6),
            ("force.A.officers_cut", 9600.0 / 110.0),
            ("force.A.lowest_reserves", 7.6),
            ("force.A.cuts_standalone", 9.6),
        ],
    );
}

#[test]
fn a_force_may_have_a_policy_of_its_own() {
    let mut s = alone(1, [0.0, 10.0, 0.8, 0.0]);
    set(&mut s.forces[0].opening_gap, 0.1);
    s.forces[0].ledger.gap_closure = Some(fixed("force.A.gap_closure", 0.3));
    comes_to(&s, &[("force.A.planned_cut[2020/21]", 3.0)]);
}

#[test]
fn cuts_are_restored_when_money_returns_but_never_beyond_what_was_cut() {
    let mut s = alone(3, [0.0, 10.0, 0.8, 0.0]);
    set(&mut s.forces[0].opening_gap, 0.1);
    s.funding.regimes = vec![regime("growth", 0.25, &[1.0])];
    // Year 0: cut 8, reserves 8. Year 1: grant 75: 115 − (110 − 8) = 13: restored 0.8·min(13, 8) = 6.4, reserves 14.6.
    // Year 2: grant 93.75: 133.75 − (110 − 1.6) = 25.35: restored 0.8·1.6 = 1.28, reserves 14.6 + 25.35 − 1.28.
    comes_to(
        &s,
        &[
            ("force.A.restored[2021/22]", 6.4),
            ("force.A.reserves[2021/22]", 14.6),
            ("force.A.restored[2022/23]", 1.28),
            ("force.A.reserves[2022/23]", 38.67),
            ("force.A.officers_cut", 320.0 / 110.0),
        ],
    );
}

#[test]
fn cuts_are_kept_in_start_prices() {
    let mut s = alone(2, [0.0, 10.0, 1.0, 0.0]);
    set(&mut s.forces[0].opening_gap, 0.1);
    set(&mut s.economy.pay.mean[0], 0.1);
    set(&mut s.economy.pay_share, 1.0);
    // Year 0: cut 10, c = 10. Year 1: X = 1.1, E = 121: 100 − (121 − 11) = −10: cut 10, c = 10 + 10/1.1.
    comes_to(
        &s,
        &[("force.A.planned_cut[2021/22]", 10.0), ("force.A.officers_cut", (10.0 + 10.0 / 1.1) / 110.0 * 1000.0)],
    );
}

#[test]
fn below_the_floor_an_emergency_cut_fills_reserves_and_recurs_in_part() {
    let mut s = alone(2, [0.05, 10.0, 0.0, 0.5]);
    s.forces[0].reserves = fact(1.0);
    // Floor 5: cut 4, half recurs: c = 2. Year 1: 100 − (100 − 2) = 2: reserves 7.
    comes_to(
        &s,
        &[
            ("force.A.emergency_cut[2020/21]", 4.0),
            ("force.A.reserves[2020/21]", 5.0),
            ("force.A.reserves[2021/22]", 7.0),
            ("force.A.floor_breached", 1.0),
            ("force.A.officers_cut", 20.0),
            ("force.A.not_viable_years", 0.0),
            ("force.A.lowest_reserves", 5.0),
            ("force.A.cuts", 4.0),
        ],
    );
}

#[test]
fn emergency_cuts_recur_up_to_half_of_spending_and_such_years_are_not_viable() {
    let mut s = alone(1, [1.0, 10.0, 0.0, 1.0]);
    s.forces[0].officers = fact(1000.0);
    // Floor 100: cut 90, limited to 50.
    comes_to(
        &s,
        &[("force.A.emergency_cut[2020/21]", 90.0), ("force.A.not_viable_years", 1.0), ("force.A.officers_cut", 500.0)],
    );
}

#[test]
fn reserves_above_the_ceiling_are_reinvested_but_a_force_need_not_spend_what_it_opened_with() {
    let mut s = alone(2, [0.0, 0.08, 0.0, 0.0]);
    set(&mut s.forces[0].opening_gap, -0.05);
    // E = 95: 5 a year over. Ceiling max(0.08·95 = 7.6, opening 10) = 10.
    comes_to(
        &s,
        &[
            ("force.A.reinvestment[2020/21]", 5.0),
            ("force.A.reserves[2020/21]", 10.0),
            ("force.A.reinvestment[2021/22]", 5.0),
        ],
    );
    set(&mut s.ledger.max_reserves, 0.12);
    // Ceiling 0.12·95 = 11.4.
    comes_to(&s, &[("force.A.reinvestment[2020/21]", 3.6), ("force.A.reinvestment[2021/22]", 5.0)]);
}

#[test]
fn an_emergency_cut_gives_back_nothing_of_planned_cuts_beyond_half_of_spending() {
    let mut s = scenario(4, &["A", "B"]);
    for force in &mut s.forces {
        (force.grant_share, force.tax_base, force.reserves) = (fact(0.9), fact(50_000.0), fact(3.0));
    }
    set(&mut s.ledger.min_reserves, 0.03);
    set(&mut s.ledger.gap_closure, 1.0);
    set(&mut s.ledger.cut_recurrence, 0.8);
    s.funding.regimes = vec![regime("flat", 0.0, &[1.0, 0.0]), regime("collapse", -0.7, &[1.0, 0.0])];
    s.funding.known = [(year("2021/22"), 1), (year("2022/23"), 0)].into_iter().collect();
    let mut k = alliance("K", &[0, 1]);
    k.start = month("2022-04");
    set(&mut k.board_cycle, 0.0);
    let x = area(&mut k, "X");
    let x = &mut k.areas[x];
    for (quantity, value) in
        [(&mut x.saving, 0.0), (&mut x.submit, 0.0), (&mut x.implement, 1.0), (&mut x.oneoff, 10.0)]
    {
        set(quantity, value);
    }
    s.alliances.push(k);
    // Grant 90, precept 10. Year 1: 27 + 10 = 37 for 100: planned cut 63. Year 2: 37 − (100 − 63) = 0; reserves 3 − 5 = −2, floor 3:
    // emergency cut 5, c = max(63, min(63 + 0.8·5, ½·100)) = 63. Year 3: 37 − (100 − 63) = 0: nothing more is cut.
    comes_to(
        &s,
        &[
            ("force.A.planned_cut[2021/22]", 63.0),
            ("force.A.planned_cut[2022/23]", 0.0),
            ("force.A.emergency_cut[2022/23]", 5.0),
            ("force.A.planned_cut[2023/24]", 0.0),
            ("force.A.reserves[2023/24]", 3.0),
            ("force.A.officers_cut", 630.0),
            ("force.A.not_viable_years", 1.0),
            ("force.A.officers_cut_standalone", 630.0),
            ("force.A.not_viable_years_standalone", 0.0),
        ],
    );
}

#[test]
fn reserves_on_their_floor_are_not_below_it() {
    let mut s = alone(3, [0.07, 0.07, 0.8, 1.0]);
    // 0.07·100 is 7.000000000000001 in floating point, and grant and precept of 0.64 and 0.36 add up to 100 but for rounding.
    (s.forces[0].reserves, s.forces[0].grant_share, s.forces[0].tax_base) = (fact(7.0), fact(0.64), fact(36e6 / 200.3));
    s.forces[0].band_d = fact(200.3);
    for (by, outcomes) in trials(&s) {
        for name in [
            "floor_breached",
            "officers_cut",
            "cuts",
            "not_viable_years",
            "planned_cut[2022/23]",
            "reinvestment[2022/23]",
        ] {
            assert!(
                outcomes[&format!("force.A.{name}")].abs() <= 0.0,
                "{name} by the {by}: {}",
                outcomes[&format!("force.A.{name}")]
            );
        }
    }
}
