//! Savings: ramp, platform, prices, shares, benefits (MODEL section 4).

use engine::alliance::{Benefit, BenefitKind, Scenario, ShareRule};
use engine::id::{AllianceId, AreaId};

use crate::build::{alliance, area, cost_by_member, fact, fixed, month, scenario, set};
use crate::comes_to;

/// Two equal forces and an alliance with one area live at 1 that saves £2m a year.
fn one_area(years: usize) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    s.alliances.push(k);
    s
}

#[test]
fn a_ramp_of_two_years_is_realised_by_its_integral() {
    let mut s = one_area(4);
    set(&mut s.alliances[0].areas[0].ramp, 2.0);
    // Live at 1. H(1) = 1/4, H(2) = 1, H(3) = 2: years realise 1/4, 3/4, 1 of 10·0.2 = 2.
    comes_to(
        &s,
        &[
            ("alliance.K.area.X.live", 1.0),
            ("saving_cashable[2020/21]", 0.0),
            ("saving_cashable[2021/22]", 0.5),
            ("saving_cashable[2022/23]", 1.5),
            ("saving_cashable[2023/24]", 2.0),
        ],
    );
}

#[test]
fn an_area_that_goes_live_in_mid_year_and_ramps_realises_the_triangle_of_that_half_year() {
    let mut s = one_area(3);
    set(&mut s.alliances[0].areas[0].ramp, 2.0);
    set(&mut s.alliances[0].areas[0].implement, 1.0);
    // Live at ½ + 1 = 1.5: H(0.5) = 0.25/4 = 0.0625, H(1.5) = 2.25/4 = 0.5625; times 2: 0.125 and 2·0.5 = 1.
    comes_to(&s, &[("saving_cashable[2021/22]", 0.125), ("saving_cashable[2022/23]", 1.0)]);
}

#[test]
fn before_the_platform_is_ready_the_workaround_saves_its_share() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    k.areas[0].needs_ict = true;
    set(&mut k.workaround, 0.4);
    set(&mut k.ict_ready, 2.0);
    set(&mut k.ict_slip, 1.25);
    // Platform at 2.5. Year 1: 0.4; year 2: 0.4 + 0.6·½ = 0.7; year 3: 1; times 2.
    comes_to(
        &s,
        &[
            ("alliance.K.ict_ready", 2.5),
            ("saving_cashable[2021/22]", 0.8),
            ("saving_cashable[2022/23]", 1.4),
            ("saving_cashable[2023/24]", 2.0),
        ],
    );
}

#[test]
fn savings_follow_the_cost_index_and_real_savings_the_deflator() {
    let mut s = one_area(2);
    set(&mut s.economy.pay_share, 0.5);
    set(&mut s.economy.pay.mean[0], 0.04);
    set(&mut s.economy.inflation.mean[0], 0.02);
    // X_1 = 1 + 0.5·0.04 + 0.5·0.02 = 1.03; P_1 = 1.02; saving 2·1.03, real 2.06/1.02.
    comes_to(
        &s,
        &[
            ("cost_index[2021/22]", 1.03),
            ("deflator[2021/22]", 1.02),
            ("saving_cashable[2021/22]", 2.06),
            ("saving_cashable_real[2021/22]", 2.06 / 1.02),
            ("steady_saving", 2.06 / 1.02),
        ],
    );
}

#[test]
fn realisation_cuts_every_saving_and_attribution_only_what_is_additional() {
    let mut s = one_area(2);
    let k = &mut s.alliances[0];
    set(&mut k.realisation, 0.5);
    set(&mut k.attributable, 0.75);
    set(&mut k.areas[0].noncashable, 0.1);
    // Gross 2·0.5 = 1, additional 0.75; non-cashable 10·0.1·0.5 = 0.5, its additional part 0.375, a year on: /1.035.
    comes_to(
        &s,
        &[
            ("saving_cashable[2021/22]", 1.0),
            ("saving_additional[2021/22]", 0.75),
            ("saving_noncashable[2021/22]", 0.5),
            ("pv_noncashable", 0.375 / 1.035),
        ],
    );
}

#[test]
fn each_share_rule_shares_the_pool_in_its_own_way() {
    // All £10m arise in A, so the saving of 2 does too. B has thrice the budget and a quarter of the population.
    let shares = [
        (ShareRule::Budget, 0.5, 1.5),
        (ShareRule::Equal, 1.0, 1.0),
        (ShareRule::Population, 1.6, 0.4),
        (ShareRule::Origin, 2.0, 0.0),
        (ShareRule::Explicit(vec![3.0, 7.0]), 0.6, 1.4),
    ];
    for (rule, a, b) in shares {
        let mut s = one_area(2);
        s.forces[1].budget = fact(300.0);
        s.forces[1].population = fact(125_000.0);
        s.alliances[0].share = rule;
        cost_by_member(&mut s.alliances[0].areas[0], &["A", "B"], &[10.0, 0.0]);
        comes_to(&s, &[("force.A.saving[2021/22]", a), ("force.B.saving[2021/22]", b)]);
    }
}

#[test]
fn a_total_cost_is_split_by_budget() {
    let mut s = one_area(2);
    s.forces[1].budget = fact(300.0);
    s.alliances[0].share = ShareRule::Origin;
    // 10 split 100 : 300 is 2.5 and 7.5; a fifth of each.
    comes_to(&s, &[("force.A.saving[2021/22]", 0.5), ("force.B.saving[2021/22]", 1.5)]);
}

#[test]
fn a_benefit_is_realised_by_the_cost_of_its_areas_that_is_live() {
    let mut s = one_area(3);
    let k = &mut s.alliances[0];
    let late = area(k, "Late");
    set(&mut k.areas[late].submit, 1.75);
    cost_by_member(&mut k.areas[late], &["A", "B"], &[15.0, 15.0]);
    s.benefits.push(Benefit {
        name: "Calls answered".to_owned(),
        kind: BenefitKind::Effectiveness,
        unit: "points".to_owned(),
        objective: "Service".to_owned(),
        full_effect: fixed("benefit.\"Calls answered\".full_effect", 8.0),
        areas: vec![(AllianceId(0), AreaId(0)), (AllianceId(0), AreaId(late))],
    });
    // X (10) live at 1, Late (30) at 1.75 + 0.25 + 0.5 = 2.5: year 1: 8·10/40; year 2: 8·(10 + 15)/40.
    comes_to(
        &s,
        &[
            ("benefit.\"Calls answered\"[2020/21]", 0.0),
            ("benefit.\"Calls answered\"[2021/22]", 2.0),
            ("benefit.\"Calls answered\"[2022/23]", 5.0),
        ],
    );
}

#[test]
fn implemented_saving_counts_whole_areas_that_are_live_on_the_date() {
    let mut s = one_area(3);
    let k = &mut s.alliances[0];
    let late = area(k, "Late");
    set(&mut k.areas[late].submit, 1.5);
    set(&mut k.areas[0].ramp, 5.0);
    set(&mut s.economy.pay.mean[0], 0.1);
    s.economy.pay.mean.push(fixed("economy.pay.mean[1]", 0.1));
    set(&mut s.economy.pay_share, 1.0);
    s.report_dates = vec![month("2021-03"), month("2021-04"), month("2022-06"), month("2022-07")];
    // X live at 1 = April 2021, Late at 1.5 + 0.75 = 2.25 = July 2022. X_1 = 1.1, X_2 = 1.21; ramps do not matter.
    comes_to(
        &s,
        &[
            ("implemented_saving[2021-03]", 0.0),
            ("implemented_saving[2021-04]", 2.2),
            ("implemented_saving[2022-06]", 2.42),
            ("implemented_saving[2022-07]", 4.84),
            ("areas_live[2020/21]", 1.0),
            ("areas_live[2021/22]", 1.0),
            ("areas_live[2022/23]", 2.0),
        ],
    );
}
