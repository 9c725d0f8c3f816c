//! What a finance officer asks after: interest, running costs, costs that come anyway, what an exit leaves, what cuts cut (MODEL
//! sections 4 to 7).

use engine::alliance::{AreaCost, Scenario, Surge};

use crate::build::{alliance, area, cost_by_member, fixed, month, scenario, set};
use crate::{comes_to, plan_comes_to};

/// Two equal forces and an alliance with one area of £10m that is live at 1 and saves £2m.
fn one_area(years: usize) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    s.alliances.push(k);
    s
}

/// Three forces whose in-scope costs are 10, 20 and 30, live at 1; A gives notice at 2½ and leaves at 3½.
fn a_leaves() -> Scenario {
    let mut s = scenario(7, &["A", "B", "C"]);
    let mut k = alliance("K", &[0, 1, 2]);
    area(&mut k, "X");
    cost_by_member(&mut k.areas[0], &["A", "B", "C"], &[10.0, 20.0, 30.0]);
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 100.0);
    s.forces[0].elections = vec![month("2022-10")];
    s.alliances.push(k);
    s
}

#[test]
fn what_is_financed_is_paid_with_interest_in_equal_payments_from_the_year_of_spending_on() {
    let mut s = scenario(4, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    set(&mut k.ict_capital, 12.0);
    set(&mut k.ict_ready, 1.0);
    k.finance_years = 3;
    set(&mut k.finance_rate, 0.1);
    s.alliances.push(k);
    // 12·0.1/(1.1·(1 − 1.1⁻³)) = 4.386707 a year, half each; the appraisal counts 12 in year 0.
    let half = 0.5 * 12.0 * 0.1 / (1.1 * (1.0 - 1.0 / 1.331));
    comes_to(
        &s,
        &[
            ("npv", -12.0),
            ("force.A.net[2021/22]", 0.0),
            ("force.A.reserves[2020/21]", 10.0 - half),
            ("force.A.reserves[2022/23]", 10.0 - 3.0 * half),
            ("force.A.reserves[2023/24]", 10.0 - 3.0 * half),
        ],
    );
}

#[test]
fn costs_of_change_that_members_would_have_borne_anyway_are_reported_and_not_appraised() {
    let mut s = one_area(3);
    let k = &mut s.alliances[0];
    set(&mut k.attributable_cost, 0.25);
    set(&mut k.team, 1.0);
    set(&mut k.areas[0].oneoff, 6.0);
    set(&mut k.severance, 1.5);
    // Year 0: one-off 6 and team 1, of which 6/4 + 1 = 2.5 are additional. Year 1: severance 1.5·2 = 3, of which 0.75.
    // A, half: 10 − 1.25 = 8.75; then saving 1 less 0.375.
    comes_to(
        &s,
        &[
            ("investment[2020/21]", 7.0),
            ("additional_investment[2020/21]", 2.5),
            ("investment[2021/22]", 3.0),
            ("additional_investment[2021/22]", 0.75),
            ("total_investment", 10.0),
            ("pv_investment", 2.5 + 0.75 / 1.035),
            ("net[2020/21]", -2.5),
            ("force.A.net[2020/21]", -1.25),
            ("force.A.reserves[2020/21]", 8.75),
            ("force.A.reserves[2021/22]", 9.375),
            ("peak_funding_need", 2.5),
        ],
    );
}

#[test]
fn running_costs_begin_when_there_is_something_to_run_and_recur() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    set(&mut k.running, 1.0);
    set(&mut k.areas[0].running, 0.5);
    set(&mut s.ledger.gap_closure, 1.0);
    // No platform: from 1 on, when X is live. Year 1: 1.5, half each, structural: saving 1 − 0.75, so that nothing is cut.
    comes_to(
        &s,
        &[
            ("running_cost[2020/21]", 0.0),
            ("running_cost[2021/22]", 1.5),
            ("investment[2021/22]", 1.5),
            ("alliance.K.investment[2022/23]", 1.5),
            ("net[2021/22]", 0.5),
            ("force.A.reserves[2021/22]", 10.25),
            ("force.A.planned_cut[2021/22]", 0.0),
        ],
    );
    let k = &mut s.alliances[0];
    set(&mut k.ict_capital, 2.0);
    set(&mut k.ict_ready, 1.5);
    // The platform is ready at 1½: ½·1 + 0.5 in year 1. Structural: 1 − 0.5 − capital (2/3)/2 = 1/6.
    comes_to(&s, &[("running_cost[2021/22]", 1.0), ("force.A.reserves[2021/22]", 10.0 + 1.0 / 6.0)]);
}

#[test]
fn a_leaver_goes_on_running_what_it_keeps() {
    let mut s = a_leaves();
    let k = &mut s.alliances[0];
    set(&mut k.retained, 0.25);
    set(&mut k.unwind, 2.0);
    set(&mut k.areas[0].running, 6.0);
    // By cost 1, 2 and 3 of the 6 arise in A, B and C; equal shares of savings of 2, 4 and 6.
    // Year 3, A in for half: pool ½ + 2 + 3 = 5.5 by ½, 1, 1: A 1.1 + ½ = 1.6 of a saving of 3.2; B 2.2 of 4.4.
    // Year 4: A keeps 0.625: 0.625 of 1.25; B (2 + 3)/2 = 2.5 of 5.
    comes_to(
        &s,
        &[
            ("force.A.net[2022/23]", 2.0),
            ("force.A.net[2023/24]", 1.6),
            ("force.B.net[2023/24]", 2.2),
            ("force.A.net[2024/25]", 0.625),
            ("force.B.net[2024/25]", 2.5),
            ("running_cost[2024/25]", 5.625),
        ],
    );
}

#[test]
fn an_exit_costs_less_where_less_is_live() {
    let mut s = a_leaves();
    let k = &mut s.alliances[0];
    set(&mut k.exit.cost, 6.0);
    set(&mut k.exit.fixed_share, 0.25);
    let y = area(k, "Y");
    k.areas[y].cost = AreaCost::Total(fixed("alliance.K.area.Y.cost", 60.0));
    set(&mut k.areas[y].submit, 5.0);
    // Of 120 in scope 60 are live at 3½: 6·(¼ + ¾·½) = 3.75; half for A, a quarter each for B and C.
    comes_to(
        &s,
        &[
            ("investment[2023/24]", 3.75),
            ("force.A.net[2023/24]", 0.5 * 4.4 + 0.5 * 2.0 - 1.875),
            ("force.B.net[2023/24]", 4.4 - 0.9375),
        ],
    );
}

#[test]
fn those_who_stay_lose_the_scale_that_went() {
    let mut s = a_leaves();
    let k = &mut s.alliances[0];
    set(&mut k.unwind, 2.0);
    set(&mut k.scale_loss, 0.5);
    // Year 4, a year after A, a third of all: lost 0.5·⅓·½ = 1/12. B and C share (4 + 6)·11/12. Year 6: 0.5·⅓ = 1/6. A itself fades: ½, 0.
    comes_to(
        &s,
        &[
            ("force.B.saving[2023/24]", 4.4),
            ("force.B.saving[2024/25]", 5.0 * 11.0 / 12.0),
            ("force.B.saving[2026/27]", 5.0 * 5.0 / 6.0),
            ("force.A.saving[2024/25]", 1.0),
        ],
    );
}

#[test]
fn of_two_the_one_who_stays_loses_scale_besides_what_the_end_takes() {
    let mut s = one_area(6);
    let k = &mut s.alliances[0];
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 100.0);
    set(&mut k.retained, 0.5);
    set(&mut k.unwind, 0.0);
    set(&mut k.scale_loss, 0.5);
    s.forces[0].elections = vec![month("2022-10")];
    // A leaves at 3½, and that is the end. Of 1 each, half is left in year 4; B, who gave no notice, loses half of A's half besides.
    comes_to(&s, &[("force.A.saving[2024/25]", 0.5), ("force.B.saving[2024/25]", 0.5 * 0.75)]);
}

#[test]
fn what_a_member_has_cut_alone_cannot_be_saved_by_sharing() {
    let mut s = one_area(2);
    set(&mut s.forces[0].opening_gap, 0.1);
    set(&mut s.ledger.gap_closure, 0.8);
    set(&mut s.alliances[0].overlap, 0.5);
    // A cuts 8 of 110 in year 0. In year 1 its saving of 1 is 1 − ½·8/110, B's is 1. The plan counts what was in scope.
    let left = 1.0 - 4.0 / 110.0;
    comes_to(
        &s,
        &[
            ("saving_cashable[2021/22]", 1.0 + left),
            ("force.B.saving[2021/22]", 0.5 * (1.0 + left)),
            ("alliance.K.area.X.saving", 1.0 + left),
        ],
    );
    plan_comes_to(&s, &[("saving_cashable[2021/22]", 2.0)]);
}

#[test]
fn officers_may_go_down_by_less_than_spending_and_national_aid_comes_whatever_happens() {
    let mut s = scenario(2, &["A"]);
    set(&mut s.forces[0].opening_gap, 0.1);
    set(&mut s.ledger.gap_closure, 0.8);
    set(&mut s.ledger.officers_follow_cuts, 0.5);
    s.forces[0].surge = Some(Surge {
        rate: fixed("force.A.surge.rate", 1e30),
        x_min: fixed("force.A.surge.x_min", 1.0),
        alpha: fixed("force.A.surge.alpha", 1.5),
    });
    set(&mut s.resilience.x_max, 400.0);
    // c = 8, then 9.6, of 110. 300 can be sent, less half of 8/110 of them: 400 − 300·(1 − 4/110) in year 0.
    let missing = 400.0 - 300.0 * (1.0 - 4.0 / 110.0);
    comes_to(&s, &[("unmet_officers[2020/21]", missing), ("force.A.officers_cut", 4800.0 / 110.0)]);
    set(&mut s.forces[0].mutual_aid, 60.0);
    comes_to(
        &s,
        &[("unmet_officers[2020/21]", missing - 60.0), ("unmet_officers_standalone[2020/21]", missing - 60.0)],
    );
}

#[test]
fn a_payment_at_a_rate_of_nearly_nothing_is_not_blurred_by_rounding() {
    let mut s = scenario(2, &["A", "B"]);
    set(&mut s.ledger.gap_closure, 1.0);
    let mut k = alliance("K", &[0, 1]);
    set(&mut k.ict_capital, 1000.0);
    set(&mut k.ict_ready, 1.0);
    k.finance_years = 20;
    set(&mut k.finance_rate, 1e-8);
    s.alliances.push(k);
    // 1000/(1 + v + … + v¹⁹) = 50·(1 + 9.5·10⁻⁸), half each.
    comes_to(&s, &[("force.A.planned_cut[2020/21]", 25.000_002_375)]);
}
