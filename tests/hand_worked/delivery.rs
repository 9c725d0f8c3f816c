//! Delivery: cases, boards, slots, order, clock and stall (MODEL section 3).

use engine::alliance::{DecisionRule, Scenario};
use engine::id::AreaId;

use crate::build::{alliance, area, fact, month, scenario, set};
use crate::{comes_to, compare, plan_comes_to, trials};

/// Two forces and an alliance with areas of the names given.
fn areas(years: usize, names: &[&str]) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    for name in names {
        area(&mut k, name);
    }
    s.alliances.push(k);
    s
}

#[test]
fn lateness_delays_submission_and_slip_lengthens_implementation() {
    let mut s = areas(4, &["X"]);
    let k = &mut s.alliances[0];
    set(&mut k.slip, 2.0);
    set(&mut k.consultation, 0.125);
    set(&mut k.areas[0].consultation, 0.25);
    set(&mut k.areas[0].slip, 3.0);
    // ¼·2 + board ¼ + ⅛ + ¼ + ½·3 = 2.625.
    comes_to(&s, &[("alliance.K.area.X.live", 2.625), ("alliance.K.programme_settled", 2.625)]);
}

#[test]
fn one_slot_goes_by_priority_then_file_order_where_areas_are_ready_together() {
    let mut s = areas(6, &["P", "Q", "R"]);
    let k = &mut s.alliances[0];
    k.slots = Some(1);
    for (a, priority) in [2.0, 1.0, 1.0].into_iter().enumerate() {
        k.areas[a].priority = priority;
        set(&mut k.areas[a].implement, 1.0);
    }
    // All ready at ½: Q (½ to 1½), R (to 2½), P (to 3½).
    comes_to(&s, &[("alliance.K.area.Q.live", 1.5), ("alliance.K.area.R.live", 2.5), ("alliance.K.area.P.live", 3.5)]);
}

#[test]
fn a_slot_goes_to_the_first_ready_whatever_its_priority() {
    let mut s = areas(6, &["P", "Q", "R"]);
    let k = &mut s.alliances[0];
    k.slots = Some(1);
    k.areas[1].priority = -5.0;
    for (a, submit) in [0.25, 0.75, 0.5].into_iter().enumerate() {
        set(&mut k.areas[a].submit, submit);
        set(&mut k.areas[a].implement, 1.0);
    }
    // Ready: P ½, R ¾, Q 1. P holds the slot to 1½; R was ready before Q: R to 2½, Q to 3½.
    comes_to(&s, &[("alliance.K.area.P.live", 1.5), ("alliance.K.area.R.live", 2.5), ("alliance.K.area.Q.live", 3.5)]);
}

#[test]
fn two_slots_are_taken_as_they_fall_free() {
    let mut s = areas(6, &["P", "Q", "R"]);
    let k = &mut s.alliances[0];
    k.slots = Some(2);
    for (a, length) in [2.0, 0.5, 1.0].into_iter().enumerate() {
        set(&mut k.areas[a].implement, length);
    }
    // All ready at ½: P to 2½, Q to 1, then R from 1 to 2.
    comes_to(&s, &[("alliance.K.area.P.live", 2.5), ("alliance.K.area.R.live", 2.0)]);
}

#[test]
fn an_area_waits_for_those_that_it_comes_after_but_not_for_dropped_ones() {
    let mut s = areas(6, &["P", "Q", "R"]);
    let k = &mut s.alliances[0];
    set(&mut k.areas[0].implement, 2.0);
    set(&mut k.areas[1].approve, 0.0);
    k.areas[2].after = vec![AreaId(0), AreaId(1)];
    // P live at 2½, Q dropped; R ready at 2½, live at 3.
    comes_to(
        &s,
        &[("alliance.K.area.P.live", 2.5), ("alliance.K.area.Q.live", f64::NAN), ("alliance.K.area.R.live", 3.0)],
    );
}

#[test]
fn a_dropped_case_saves_nothing_holds_no_slot_and_costs_its_design() {
    let mut s = areas(4, &["X", "Y"]);
    let k = &mut s.alliances[0];
    k.slots = Some(1);
    set(&mut k.team, 1.0);
    set(&mut k.design_share, 0.5);
    set(&mut k.areas[0].approve, 0.0);
    set(&mut k.areas[0].oneoff, 2.0);
    set(&mut k.areas[0].submit, 1.6);
    // Design 2·½ = 1 over [0, 1.6]: 0.625 in year 0, 0.375 in year 1. The team stays until X is submitted: 1 and 0.6.
    comes_to(
        &s,
        &[
            ("alliance.K.area.X.live", f64::NAN),
            ("alliance.K.area.X.saving", 0.0),
            ("alliance.K.area.Y.live", 1.0),
            ("alliance.K.programme_settled", 1.6),
            ("investment[2020/21]", 1.625),
            ("investment[2021/22]", 0.975),
            ("investment[2022/23]", 0.0),
        ],
    );
}

#[test]
fn in_the_plan_run_every_case_is_approved_at_its_first_meeting() {
    let mut s = areas(4, &["X"]);
    set(&mut s.alliances[0].agree, 0.1);
    set(&mut s.alliances[0].areas[0].approve, 0.0);
    // ¼ + ¼ + ½.
    plan_comes_to(&s, &[("alliance.K.area.X.live", 1.0)]);
}

/// Meetings that X needs, from its live date: live = ¼ + N/4 + ½.
fn meetings(rule: DecisionRule, agree: f64, members: &[usize], cycle: f64) -> Vec<f64> {
    let mut s = scenario(60, &["A", "B", "C"]);
    let mut k = alliance("K", members);
    k.decision = rule;
    set(&mut k.agree, agree);
    set(&mut k.board_cycle, cycle);
    area(&mut k, "X");
    s.alliances.push(k);
    trials(&s).iter().map(|(_, found)| ((found["alliance.K.area.X.live"] - 0.75) / cycle).round()).collect()
}

#[test]
fn meetings_are_geometric_in_the_chance_that_the_rule_gives() {
    // A chance of 10⁻⁵ a meeting measures the draw: N·(−ln(1 − 10⁻⁵)) lies within 10⁻⁵ above e = −ln(1 − u). So many
    // meetings must come before the last year: one every 10⁻⁵ of a year.
    let draws = meetings(DecisionRule::Lead, 1e-5, &[0, 1, 2], 1e-5);
    let cases = [
        // Two of two at 0.5: 0.25. Two or three of three at 0.4: 3·0.16·0.6 + 0.064 = 0.352. One of two: more than half needs both.
        (DecisionRule::Unanimous, 0.5, vec![0, 1], 0.25),
        (DecisionRule::Majority, 0.4, vec![0, 1, 2], 0.352),
        (DecisionRule::Majority, 0.5, vec![0, 1], 0.25),
        (DecisionRule::Lead, 0.3, vec![0, 1], 0.3),
    ];
    for (rule, agree, members, q) in cases {
        for (needed, draw) in meetings(rule, agree, &members, 0.25).iter().zip(&draws) {
            let e = draw * -(1.0 - 1e-5_f64).ln();
            let by_hand = (e / -(1.0_f64 - q).ln()).ceil().max(1.0);
            assert!((needed - by_hand).abs() < 0.5, "{rule:?} at {agree}: {needed} meetings, by hand {by_hand}");
        }
    }
}

#[test]
fn a_programme_that_started_before_the_first_year_has_run_and_its_past_is_not_counted() {
    let mut s = areas(3, &["X"]);
    let k = &mut s.alliances[0];
    k.start = month("2019-10");
    set(&mut k.areas[0].submit, 0.0);
    set(&mut k.areas[0].implement, 1.0);
    set(&mut k.areas[0].oneoff, 4.0);
    // Start −½. Implementation ¼ to 1¼ in programme time, −¼ to ¾ in calendar time: live at ¾; a quarter of 4 lies before year 0.
    comes_to(
        &s,
        &[
            ("alliance.K.area.X.live", 0.75),
            ("investment[2020/21]", 3.0),
            ("saving_cashable[2020/21]", 0.5),
            ("total_investment", 3.0),
        ],
    );
}

#[test]
fn heavy_emergency_cuts_stall_the_clock_in_the_next_year() {
    let mut s = areas(4, &["X"]);
    s.forces[0].reserves = fact(1.0);
    set(&mut s.ledger.min_reserves, 0.05);
    let k = &mut s.alliances[0];
    set(&mut k.stalled_pace, 0.5);
    set(&mut k.areas[0].implement, 1.5);
    set(&mut k.areas[0].oneoff, 3.0);
    // A's floor is 5: emergency cut 4 and its half of the one-off, 4.5 %, in year 0, and 0.5 %, too little, later. Clock: 0, 1, 1½ (year 1 at half pace), 2½. X implements from ½ to 2
    // in programme time: 2½ in calendar time. One-offs of 3 over 1½: 1 (½ to 1), 1 (1 to 1½), 1 (1½ to 2).
    comes_to(
        &s,
        &[
            ("force.A.emergency_cut[2020/21]", 4.5),
            ("force.A.emergency_cut[2021/22]", 0.5),
            ("alliance.K.area.X.live", 2.5),
            ("investment[2020/21]", 1.0),
            ("investment[2021/22]", 1.0),
            ("investment[2022/23]", 1.0),
        ],
    );
}

#[test]
fn a_pace_of_nothing_holds_everything_until_the_year_is_over() {
    let mut s = areas(4, &["X"]);
    s.forces[0].reserves = fact(1.0);
    set(&mut s.ledger.min_reserves, 0.05);
    set(&mut s.alliances[0].stalled_pace, 0.0);
    set(&mut s.alliances[0].areas[0].implement, 1.0);
    // Live at programme time 1½; year 1 does not count: calendar 2½.
    compare(&trials(&s), &[("alliance.K.area.X.live", 2.5)]);
}
