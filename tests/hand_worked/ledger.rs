//! The ledger of a force (MODEL section 6).

use alliance::alliance::Scenario;

use crate::build::{fact, fixed, regime, scenario, set};
use crate::comes_to;

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
