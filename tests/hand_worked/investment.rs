//! What is spent, when, and when the ledgers bear it (MODEL section 4).

use engine::alliance::Scenario;

use crate::build::{alliance, area, fact, scenario, set};
use crate::comes_to;

/// Two equal forces and an alliance with one area live at 1.
fn one_area(years: usize) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    s.alliances.push(k);
    s
}

#[test]
fn the_team_is_paid_until_the_last_area_is_settled() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    set(&mut k.team, 2.0);
    set(&mut k.areas[0].implement, 1.75);
    // Live at ¼ + ¼ + 1¾ = 2¼: 2, 2, ½, 0.
    comes_to(
        &s,
        &[
            ("investment[2020/21]", 2.0),
            ("investment[2021/22]", 2.0),
            ("investment[2022/23]", 0.5),
            ("investment[2023/24]", 0.0),
            ("alliance.K.investment[2022/23]", 0.5),
        ],
    );
}

#[test]
fn spending_follows_the_cost_index_of_its_year() {
    let mut s = one_area(3);
    set(&mut s.economy.pay_share, 1.0);
    set(&mut s.economy.pay.mean[0], 0.1);
    let k = &mut s.alliances[0];
    set(&mut k.areas[0].implement, 1.0);
    set(&mut k.areas[0].oneoff, 6.0);
    set(&mut k.overrun, 1.5);
    // 6·1.5 = 9 over [½, 1½]: 4.5 and 4.5·1.1.
    comes_to(&s, &[("investment[2020/21]", 4.5), ("investment[2021/22]", 4.95), ("total_investment", 9.45)]);
}

#[test]
fn a_one_off_of_an_implementation_without_length_falls_in_one_year() {
    let mut s = one_area(3);
    let k = &mut s.alliances[0];
    set(&mut k.areas[0].submit, 0.75);
    set(&mut k.areas[0].implement, 0.0);
    set(&mut k.areas[0].oneoff, 3.0);
    // Begun and live at 1, the first moment of year 1.
    comes_to(&s, &[("investment[2020/21]", 0.0), ("investment[2021/22]", 3.0)]);
}

#[test]
fn severance_is_paid_over_the_year_after_an_area_goes_live() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    set(&mut k.areas[0].implement, 0.75);
    set(&mut k.severance, 1.5);
    set(&mut k.realisation, 0.5);
    // Live at 1¼. 1.5·0.2·0.5·10 = 1.5 over [1¼, 2¼]: 1.125 and 0.375.
    comes_to(&s, &[("investment[2021/22]", 1.125), ("investment[2022/23]", 0.375)]);
}

#[test]
fn financed_capital_weighs_on_the_ledgers_by_instalments_and_on_the_appraisal_when_spent() {
    let mut s = scenario(4, &["A", "B"]);
    s.forces[1].budget = fact(300.0);
    s.forces[1].tax_base = fact(600_000.0);
    let mut k = alliance("K", &[0, 1]);
    k.share = engine::alliance::ShareRule::Budget;
    set(&mut k.ict_capital, 8.0);
    set(&mut k.ict_overrun, 1.5);
    set(&mut k.ict_ready, 1.0);
    k.finance_years = 3;
    s.alliances.push(k);
    // 12 in year 0: A a quarter, 3, by 1 a year; B 9, by 3 a year. No gap is closed, so reserves of 10 bear them.
    comes_to(
        &s,
        &[
            ("investment[2020/21]", 12.0),
            ("total_investment", 12.0),
            ("force.A.net[2020/21]", -3.0),
            ("force.A.reserves[2020/21]", 9.0),
            ("force.A.reserves[2022/23]", 7.0),
            ("force.A.reserves[2023/24]", 7.0),
            ("force.B.reserves[2020/21]", 7.0),
            ("force.B.reserves[2022/23]", 1.0),
            ("force.B.reserves[2023/24]", 1.0),
        ],
    );
}

#[test]
fn instalments_due_after_the_horizon_are_not_counted() {
    let mut s = scenario(2, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    set(&mut k.ict_capital, 8.0);
    set(&mut k.ict_ready, 2.0);
    k.finance_years = 4;
    s.alliances.push(k);
    // 4 a year spent, 2 each: ½ in year 0, ½ + ½ in year 1; four more instalments of each force lie beyond.
    comes_to(
        &s,
        &[("force.A.reserves[2020/21]", 9.5), ("force.A.reserves[2021/22]", 8.5), ("npv", -4.0 - 4.0 / 1.035)],
    );
}

#[test]
fn a_planned_cut_answers_instalments_but_not_one_offs() {
    let mut s = one_area(2);
    set(&mut s.ledger.gap_closure, 1.0);
    let k = &mut s.alliances[0];
    set(&mut k.team, 1.0);
    set(&mut k.ict_capital, 6.0);
    set(&mut k.ict_ready, 1.0);
    k.finance_years = 2;
    set(&mut k.areas[0].oneoff, 4.0);
    // Year 0, each force: team ½ and instalment 3/2 are structural and closed by a cut of 2; the one-off of 2 is not.
    comes_to(&s, &[("force.A.planned_cut[2020/21]", 2.0), ("force.A.reserves[2020/21]", 8.0)]);
}
