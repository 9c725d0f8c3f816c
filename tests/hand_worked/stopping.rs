//! Platforms and programmes that are stopped (MODEL section 3), shares that are re-based (section 4), cutting ahead of need (section 6).

use engine::alliance::{Review, Scenario, ShareRule};

use crate::build::{alliance, area, fixed, regime, scenario, set};
use crate::{comes_to, plan_comes_to, year};

/// Two equal forces and an alliance with one area of £10m that is live at 1 and saves £2m.
fn one_area(years: usize) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    s.alliances.push(k);
    s
}

/// A review every year.
fn review(base: f64, weight: f64) -> Review {
    Review {
        every: 1.0,
        base: fixed("alliance.K.review.base", base),
        weight: fixed("alliance.K.review.weight", weight),
    }
}

#[test]
fn a_platform_that_is_stopped_has_cost_money_and_never_serves() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    k.areas[0].needs_ict = true;
    set(&mut k.workaround, 0.5);
    set(&mut k.ict_ready, 1.0);
    set(&mut k.ict_slip, 2.0);
    set(&mut k.ict_capital, 4.0);
    set(&mut k.ict_overrun, 2.0);
    set(&mut k.ict_cancelled, 1.0);
    set(&mut k.ict_cancel_at, 0.5);
    set(&mut k.ict_cancel_cost, 0.25);
    // Due at 2, stopped at 1: 8/2 in year 0; in year 1, on whose first day it is stopped, 0.25 of the other 4. Workarounds give half of 2.
    comes_to(
        &s,
        &[
            ("investment[2020/21]", 4.0),
            ("investment[2021/22]", 1.0),
            ("investment[2022/23]", 0.0),
            ("saving_cashable[2023/24]", 1.0),
            ("alliance.K.ict_ready", f64::NAN),
            ("alliance.K.ict_stopped", 1.0),
        ],
    );
    plan_comes_to(
        &s,
        &[
            ("investment[2021/22]", 4.0),
            ("saving_cashable[2023/24]", 2.0),
            ("alliance.K.ict_stopped", 0.0),
            ("alliance.K.ict_ready", 2.0),
        ],
    );
}

#[test]
fn a_programme_that_is_stopped_gives_up_what_has_not_begun() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    k.review = Some(review(1.0 - 1e-12, 0.0));
    let y = area(k, "Y");
    set(&mut k.areas[y].submit, 2.0);
    set(&mut k.areas[y].oneoff, 5.0);
    set(&mut k.design_share, 0.2);
    set(&mut k.overrun, 3.0);
    set(&mut k.team, 1.0);
    set(&mut k.ict_ready, 3.0);
    set(&mut k.ict_capital, 6.0);
    set(&mut k.ict_cancel_cost, 0.5);
    // The first review is at 1½: Y, ready at 2¼, is given up: 5·0.2·1½/2 = 0.75. The team ends at 1½. The platform has cost 2 a year and then
    // costs half of the other 3: year 0: 1 + 2; year 1: 0.75 + ½ + 1 + 1.5; then nothing. X goes on.
    comes_to(
        &s,
        &[
            ("alliance.K.stopped", 1.0),
            ("alliance.K.stopped_at", 1.5),
            ("alliance.K.areas_given_up", 1.0),
            ("alliance.K.ict_stopped", 1.0),
            ("alliance.K.programme_settled", 1.5),
            ("alliance.K.ended", 0.0),
            ("alliance.K.area.Y.live", f64::NAN),
            ("investment[2020/21]", 3.0),
            ("investment[2021/22]", 3.75),
            ("investment[2022/23]", 0.0),
            ("saving_cashable[2023/24]", 2.0),
        ],
    );
    plan_comes_to(&s, &[("alliance.K.stopped", 0.0), ("alliance.K.areas_given_up", 0.0)]);
    // What has begun at ½ and takes till 3 is finished, and the team stays with it: 1, 1, 1; the platform as before, Y too.
    let k = &mut s.alliances[0];
    let z = area(k, "Z");
    set(&mut k.areas[z].implement, 2.5);
    set(&mut k.areas[z].oneoff, 2.5);
    comes_to(
        &s,
        &[
            ("alliance.K.area.Z.live", 3.0),
            ("alliance.K.programme_settled", 3.0),
            ("investment[2021/22]", 0.75 + 1.0 + 1.0 + 1.5 + 3.0),
            ("investment[2022/23]", 1.0 + 3.0),
            ("alliance.K.areas_given_up", 1.0),
        ],
    );
}

#[test]
fn a_review_stops_what_saves_less_than_planned() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    k.review = Some(review(1e-12, 200.0));
    let y = area(k, "Y");
    set(&mut k.areas[y].submit, 2.0);
    // All that was promised: odds of e⁻²⁸.
    comes_to(&s, &[("alliance.K.stopped", 0.0), ("alliance.K.stopped_at", f64::NAN)]);
    // Half of it: 200·½ more.
    let k = &mut s.alliances[0];
    set(&mut k.realisation, 0.5);
    k.realisation.plan = Some(1.0);
    comes_to(&s, &[("alliance.K.stopped", 1.0), ("alliance.K.areas_given_up", 1.0)]);
    // Nothing is left to be given up where all has begun.
    s.alliances[0].areas.truncate(1);
    comes_to(&s, &[("alliance.K.stopped", 0.0)]);
}

#[test]
fn shares_are_those_of_the_rule_of_the_year() {
    let mut s = one_area(4);
    let k = &mut s.alliances[0];
    set(&mut k.ict_capital, 4.0);
    set(&mut k.ict_ready, 1.0);
    k.finance_years = 2;
    k.share_from = vec![(year("2021/22"), ShareRule::Explicit(vec![0.25, 0.75])), (year("2022/23"), ShareRule::Origin)];
    // Capital of 4 is spent in year 0, half each, and paid in years 0 and 1. Savings of 2: ½ and 1½ in year 1, then where they arise.
    comes_to(
        &s,
        &[
            ("force.A.net[2020/21]", -2.0),
            ("force.A.saving[2021/22]", 0.5),
            ("force.B.saving[2021/22]", 1.5),
            ("force.A.reserves[2021/22]", 10.0 - 1.0 - 1.0 + 0.5),
            ("force.A.saving[2022/23]", 1.0),
        ],
    );
}

/// One force that closes all of its gap each year.
fn looking_ahead(years: usize, foresight: f64) -> Scenario {
    let mut s = scenario(years, &["A"]);
    set(&mut s.ledger.gap_closure, 1.0);
    set(&mut s.ledger.foresight, foresight);
    s
}

#[test]
fn a_force_that_foresees_a_lean_year_cuts_before_it_and_its_reserves_rise() {
    for (foresight, cuts, reserves) in [(1.0, [6.0, 0.0], [16.0, 16.0]), (0.5, [3.0, 3.0], [13.0, 13.0])] {
        let mut s = looking_ahead(3, foresight);
        s.funding.regimes = vec![regime("flat", 0.0, &[1.0, 0.0]), regime("lean", -0.1, &[1.0, 0.0])];
        s.funding.known = [(year("2021/22"), 1), (year("2022/23"), 0)].into_iter().collect();
        // Grant 60, then 54. In year 0 the balance is 0, next year's −6: all or half of it is cut at once. Year 1: 94 − (100 − c), after
        // which nothing changes.
        comes_to(
            &s,
            &[
                ("force.A.planned_cut[2020/21]", cuts[0]),
                ("force.A.planned_cut[2021/22]", cuts[1]),
                ("force.A.reserves[2020/21]", reserves[0]),
                ("force.A.reserves[2021/22]", reserves[1]),
                ("force.A.planned_cut[2022/23]", 0.0),
                ("force.A.planned_cut_standalone[2020/21]", cuts[0]),
            ],
        );
    }
}

#[test]
fn what_is_not_known_of_next_year_is_expected() {
    let mut s = looking_ahead(1, 1.0);
    s.funding.regimes = vec![regime("flat", 0.0, &[0.5, 0.5]), regime("lean", -0.2, &[0.5, 0.5])];
    set(&mut s.economy.pay_share, 1.0);
    s.economy.pay.mean.push(fixed("economy.pay.mean[1]", 0.05));
    set(&mut s.economy.limit.pounds, 10.0);
    set(&mut s.forces[0].uptake, 0.5);
    // Grant 60·(1 − 0.5·0.2) = 54, precept 200,000·£205 = 41, spending 105: −10, in the only year of the horizon too.
    comes_to(&s, &[("force.A.planned_cut[2020/21]", 10.0), ("force.A.reserves[2020/21]", 20.0)]);
}

#[test]
fn nothing_is_restored_that_next_year_cannot_bear() {
    let mut s = looking_ahead(2, 1.0);
    set(&mut s.forces[0].opening_gap, 0.1);
    s.funding.regimes = vec![regime("rich", 0.2, &[0.0, 1.0]), regime("lean", -0.125, &[0.0, 1.0])];
    s.funding.known = [(year("2021/22"), 0), (year("2022/23"), 1)].into_iter().collect();
    // Year 0: 100 − 110 = −10, next year 112 − 110 = 2: cut 10. Year 1: grant 72: 112 − (110 − 10) = 12, next year's 63 + 40 − 100 = 3:
    // 3 restored of 10.
    comes_to(&s, &[("force.A.planned_cut[2020/21]", 10.0), ("force.A.restored[2021/22]", 3.0)]);
}
