//! Exits: who leaves, what it costs, what is kept, when it ends (MODEL section 5).

use engine::alliance::Scenario;

use crate::build::{alliance, area, cost_by_member, month, scenario, set};
use crate::comes_to;

/// Three forces whose in-scope costs are 10, 20 and 30, live at 1; A leaves after the election of October 2022 (2.5).
fn a_leaves() -> Scenario {
    let mut s = scenario(7, &["A", "B", "C"]);
    let mut k = alliance("K", &[0, 1, 2]);
    area(&mut k, "X");
    cost_by_member(&mut k.areas[0], &["A", "B", "C"], &[10.0, 20.0, 30.0]);
    leave_after_elections(&mut k);
    s.forces[0].elections = vec![month("2022-10")];
    s.alliances.push(k);
    s
}

/// Odds of e⁻⁴⁶ without an election and e⁵⁴ after one: no draw decides.
fn leave_after_elections(k: &mut engine::alliance::Alliance) {
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 100.0);
}

#[test]
fn a_leaver_shares_up_to_its_day_and_then_keeps_a_fading_part_of_its_own() {
    let mut s = a_leaves();
    set(&mut s.alliances[0].retained, 0.25);
    set(&mut s.alliances[0].unwind, 2.0);
    // Notice at 2.5, a year: D = 3.5. Own savings 2, 4, 6, shared alike: 4 each.
    // Year 3: pool ½·2 + 4 + 6 = 11, weights ½, 1, 1 of 2½: A 11/5 + ½·2 = 3.2, B and C 4.4.
    // Year 4: kept at 4.5: 1 − 0.75·½ = 0.625: A 1.25, B and C (4 + 6)/2 = 5. Year 5: 2 years on: A ¼·2 = 0.5.
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.leaves_at", 3.5),
            ("alliance.K.force.A.left", 1.0),
            ("alliance.K.force.B.left", 0.0),
            ("alliance.K.force.B.leaves_at", f64::NAN),
            ("alliance.K.member_left", 1.0),
            ("alliance.K.ended", 0.0),
            ("force.A.saving[2022/23]", 4.0),
            ("force.A.saving[2023/24]", 3.2),
            ("force.B.saving[2023/24]", 4.4),
            ("force.A.saving[2024/25]", 1.25),
            ("force.C.saving[2024/25]", 5.0),
            ("force.A.saving[2025/26]", 0.5),
        ],
    );
}

#[test]
fn what_ends_after_the_last_year_has_not_ended_by_then() {
    // Notice at 6.5 of 7 years, for a year: A leaves at 7.5, B and C with it where the alliance is of two.
    let mut s = a_leaves();
    s.forces[0].elections = vec![month("2026-10")];
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.left", 0.0),
            ("alliance.K.force.A.leaves_at", f64::NAN),
            ("alliance.K.member_left", 0.0),
            ("alliance.K.ended", 0.0),
            ("alliance.K.ended_at", f64::NAN),
        ],
    );
}

#[test]
fn an_unwinding_without_length_is_a_step() {
    let mut s = a_leaves();
    set(&mut s.alliances[0].retained, 0.25);
    set(&mut s.alliances[0].unwind, 0.0);
    set(&mut s.alliances[0].exit.notice, 0.75);
    // D = 3.25, passed at 3.5: year 3 keeps ¼ of A's 2 at once. Pool ¼·½ + 4 + 6 = 10.125, weights ¼, 1, 1.
    // A: 10.125/9 + ¾·½ = 1.5; B: 10.125·4/9 = 4.5.
    comes_to(&s, &[("force.A.saving[2023/24]", 1.5), ("force.B.saving[2023/24]", 4.5)]);
}

#[test]
fn the_leaver_pays_its_share_of_the_exit_and_those_who_stay_the_rest() {
    let mut s = a_leaves();
    set(&mut s.alliances[0].exit.cost, 8.0);
    set(&mut s.alliances[0].exit.leaver_share, 0.25);
    // 8 in year 3: A 2, B and C 3 each. Without it A nets 2·½·… as shared; look at the money spent.
    comes_to(
        &s,
        &[
            ("investment[2022/23]", 0.0),
            ("investment[2023/24]", 8.0),
            // Kept at 3.5 is still all: A 3.2 − 2, B 4.4 − 3.
            ("force.A.net[2023/24]", 1.2),
            ("force.B.net[2023/24]", 1.4),
            ("force.C.net[2023/24]", 1.4),
        ],
    );
}

#[test]
fn costs_of_the_year_of_leaving_follow_the_part_of_the_year_for_which_each_is_in() {
    let mut s = a_leaves();
    set(&mut s.alliances[0].team, 2.5);
    set(&mut s.alliances[0].areas[0].submit, 5.0);
    // Not settled before 5.75. Year 3: weights ½, 1, 1: A 0.5, B 1, C 1. Year 4: B and C 1.25 each.
    comes_to(
        &s,
        &[
            ("force.A.net[2022/23]", -2.5 / 3.0),
            ("force.A.net[2023/24]", -0.5),
            ("force.B.net[2023/24]", -1.0),
            ("force.A.net[2024/25]", 0.0),
            ("force.B.net[2024/25]", -1.25),
        ],
    );
}

#[test]
fn an_area_that_goes_live_after_a_member_has_left_saves_it_nothing_and_severs_nobody_there() {
    let mut s = a_leaves();
    let k = &mut s.alliances[0];
    set(&mut k.areas[0].submit, 3.25);
    set(&mut k.severance, 0.5);
    // Live at 4 after D = 3.5: 4 + 6 in B and C only, 5 each; severance ½·0.2·50 = 5 over [4, 5].
    comes_to(&s, &[("force.A.saving[2024/25]", 0.0), ("force.B.saving[2024/25]", 5.0), ("investment[2024/25]", 5.0)]);
}

/// Two forces, own savings 2 and 4; A leaves at 3.5, and the alliance with it.
fn the_pair_breaks() -> Scenario {
    let mut s = scenario(6, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    cost_by_member(&mut k.areas[0], &["A", "B"], &[10.0, 20.0]);
    leave_after_elections(&mut k);
    s.forces[0].elections = vec![month("2022-10")];
    s.alliances.push(k);
    s
}

#[test]
fn an_alliance_of_two_ends_when_one_leaves_and_nothing_more_is_spent() {
    let mut s = the_pair_breaks();
    let k = &mut s.alliances[0];
    let late = area(k, "Late");
    set(&mut k.areas[late].submit, 2.75);
    set(&mut k.areas[late].implement, 1.0);
    set(&mut k.areas[late].oneoff, 4.0);
    set(&mut k.team, 1.0);
    set(&mut k.retained, 0.5);
    // Late would be implemented from 3 to 4; until 3.5 it costs 2, the team ½. It never goes live.
    // From 3.5 each keeps its own, fading over a year to a half: at 4.5 A keeps 1, B 2.
    comes_to(
        &s,
        &[
            ("alliance.K.ended", 1.0),
            ("alliance.K.ended_at", 3.5),
            ("alliance.K.force.B.left", 1.0),
            ("alliance.K.area.Late.live", f64::NAN),
            ("alliance.K.programme_settled", f64::NAN),
            ("investment[2023/24]", 2.5),
            ("investment[2024/25]", 0.0),
            ("force.A.saving[2023/24]", 2.5),
            ("force.A.saving[2024/25]", 1.0),
            ("force.B.saving[2024/25]", 2.0),
            ("areas_live[2022/23]", 1.0),
            ("areas_live[2023/24]", 0.0),
        ],
    );
}

#[test]
fn the_one_who_remains_pays_the_rest_of_the_exit() {
    let mut s = the_pair_breaks();
    set(&mut s.alliances[0].exit.cost, 8.0);
    set(&mut s.alliances[0].exit.leaver_share, 0.25);
    // Year 3: each has 3 by halves until 3.5 and its own after: A ½·3 + ½·2 = 2.5 − 2; B 3.5 − 6.
    comes_to(&s, &[("force.A.net[2023/24]", 0.5), ("force.B.net[2023/24]", -2.5)]);
}

#[test]
fn those_who_leave_together_pay_one_exit_in_equal_parts() {
    let mut s = the_pair_breaks();
    s.forces[1].elections = vec![month("2022-10")];
    set(&mut s.alliances[0].exit.cost, 8.0);
    set(&mut s.alliances[0].exit.leaver_share, 0.25);
    // Nobody is left: 4 each.
    comes_to(&s, &[("investment[2023/24]", 8.0), ("force.A.net[2023/24]", -1.5), ("force.B.net[2023/24]", -0.5)]);
}

#[test]
fn a_third_member_without_notice_pays_for_both_exits() {
    let mut s = a_leaves();
    s.forces[1].elections = vec![month("2022-10")];
    set(&mut s.alliances[0].exit.cost, 8.0);
    set(&mut s.alliances[0].exit.leaver_share, 0.25);
    // A and B leave at 3.5: 2 each; C, alone, pays 6 for each and is out as well.
    comes_to(&s, &[("investment[2023/24]", 16.0), ("alliance.K.ended_at", 3.5), ("alliance.K.force.C.left", 1.0)]);
}

#[test]
fn notice_is_given_in_the_two_and_a_half_years_after_an_election_only() {
    let mut s = a_leaves();
    s.forces[0].elections = vec![month("2017-10"), month("2024-11")];
    // −2.5 was 3 years before 0.5. 4 + 7/12 lies after 4.5: decided at 5.5, out at 6.5.
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 6.5)]);
    s.forces[0].elections = vec![month("2018-04")];
    // −2 was exactly 2.5 years before 0.5.
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 1.5)]);
}

#[test]
fn who_pays_more_than_it_governs_is_the_one_to_leave() {
    let mut s = a_leaves();
    s.forces[0].elections.clear();
    let k = &mut s.alliances[0];
    k.share = engine::alliance::ShareRule::Explicit(vec![6.0, 2.0, 2.0]);
    k.voice = Some(vec![0.2, 0.4, 0.4]);
    set(&mut k.exit.voice_weight, 250.0);
    // A bears 0.6 and has 0.2 of the votes: log-odds −46 + 250·0.4 = 54; the others −46.
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 1.5), ("alliance.K.force.B.leaves_at", f64::NAN)]);
}

#[test]
fn the_odd_one_out_in_appetite_leaves() {
    let mut s = a_leaves();
    s.forces[0].elections.clear();
    set(&mut s.forces[0].appetite, 1.0);
    set(&mut s.forces[1].appetite, 0.25);
    set(&mut s.forces[2].appetite, 0.25);
    set(&mut s.alliances[0].exit.appetite_weight, 170.0);
    // Mean ½: distances ½, ¼, ¼: log-odds −46 + 85 = 39, −46 + 42.5 = −3.5: raise the bar by the base.
    set(&mut s.alliances[0].exit.base, 1e-28);
    // logit 10⁻²⁸ = −64.5: A 20.5, B and C −22.
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 1.5), ("alliance.K.force.B.leaves_at", f64::NAN)]);
}

#[test]
fn a_saving_that_falls_short_of_the_plan_drives_out() {
    let mut s = a_leaves();
    s.forces[0].elections.clear();
    set(&mut s.alliances[0].exit.loss_weight, 100.0);
    let realisation = &mut s.alliances[0].realisation;
    set(realisation, 0.0);
    realisation.plan = Some(1.0);
    // The plan saves from year 1; the trial saves nothing: shortfall 1 in year 1, decided at 2.5, all three out at 3.5.
    comes_to(
        &s,
        &[("alliance.K.force.A.leaves_at", 3.5), ("alliance.K.force.C.leaves_at", 3.5), ("alliance.K.ended_at", 3.5)],
    );
}

/// Budgets 80, 70 and 50, costs shared by them; A has .08 of the votes and gives notice in the first year.
fn a_has_no_voice(voice: [f64; 3], notice: f64) -> Scenario {
    let mut s = scenario(6, &["A", "B", "C"]);
    let mut k = alliance("K", &[0, 1, 2]);
    k.share = engine::alliance::ShareRule::Explicit(vec![80.0, 70.0, 50.0]);
    k.voice = Some(voice.to_vec());
    set(&mut k.exit.base, 1e-12);
    set(&mut k.exit.voice_weight, 1000.0);
    set(&mut k.exit.notice, notice);
    s.alliances.push(k);
    s
}

#[test]
fn costs_are_compared_with_votes_among_the_members_still_in() {
    // logit 10⁻¹² = −27.6. At 0.5 A bears 80/200 = .4 and has .08 of the votes: −27.6 + 1000·.32 > 0: out at 1.25. B bears .35 of .5.
    // At 1.5 B bears 70/120 = .583: −27.6 + 83.3 = 55.7: out at 2.25, and C, alone, with it. Had A counted by its quarter of the year, B
    // would have borne 70/140 = .5: −27.6, and stayed until 3.25.
    let s = a_has_no_voice([0.08, 0.5, 0.42], 0.75);
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.leaves_at", 1.25),
            ("alliance.K.force.B.leaves_at", 2.25),
            ("alliance.K.force.C.leaves_at", 2.25),
            ("alliance.K.ended_at", 2.25),
        ],
    );
}

#[test]
fn who_leaves_later_in_the_year_still_counts_wholly_when_the_others_decide() {
    // A leaves at 1.75. At 1.5 it is in: B bears 70/200 = .35 of .37. At 2.5 it is out: 70/120 = .583, −27.6 + 213 > 0: out at 3.75. Had A
    // counted by three quarters at 1.5, B would have borne 70/180 = .389: −27.6 + 1000·.019 is not yet 0, with a weight of 5,000 it is 67.
    let mut s = a_has_no_voice([0.08, 0.37, 0.55], 1.25);
    set(&mut s.alliances[0].exit.voice_weight, 5000.0);
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 1.75), ("alliance.K.force.B.leaves_at", 3.75)]);
}

#[test]
fn who_leaves_on_the_day_of_decision_is_no_longer_in() {
    // A leaves at 1.5; at 1.5 B bears 70/120 = .583 of .5: out at 2.5.
    comes_to(&a_has_no_voice([0.08, 0.5, 0.42], 1.0), &[("alliance.K.force.B.leaves_at", 2.5)]);
}

#[test]
fn those_left_without_any_weight_bear_the_costs_equally_and_may_mind() {
    let mut s = a_has_no_voice([0.1, 0.45, 0.45], 0.75);
    s.alliances[0].share = engine::alliance::ShareRule::Explicit(vec![1.0, 0.0, 0.0]);
    // A bears all until 1.25. At 1.5 B and C bear ½ each of .45: −27.6 + 1000·.05 = 22.4: both out at 2.25.
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.leaves_at", 1.25),
            ("alliance.K.force.B.leaves_at", 2.25),
            ("alliance.K.force.C.leaves_at", 2.25),
        ],
    );
}
