//! One fund after vesting, and what money above the ceiling does (MODEL section 6).

use engine::alliance::Scenario;

use crate::build::{alliance, area, fact, merge, month, regime, scenario, set};
use crate::{comes_to, year};

/// A (£100m) and B (£300m), which become one force in October 2020: A has a gap of £8m, half of a gap is closed a year.
fn merged(years: usize) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    (s.forces[1].budget, s.forces[1].tax_base) = (fact(300.0), fact(600_000.0));
    set(&mut s.forces[0].opening_gap, 0.08);
    set(&mut s.ledger.gap_closure, 0.5);
    let mut m = alliance("M", &[0, 1]);
    merge(&mut m, &["A", "B"], "2020-10", "2020-10");
    s.alliances.push(m);
    s
}

#[test]
fn from_the_april_after_vesting_there_is_one_fund_of_which_members_have_parts() {
    // E: A 108, B 300, so that v = 108/408 and 300/408. Year 0, each its own: A 100 − 108 = −8, cut 4, reserves 6; B 10.
    // Year 1: reserves 16, c = 4: 400 − (408 − 4) = −4, cut 2, reserves 14. Year 2: 400 − (408 − 6) = −2, cut 1, reserves 13, c = 7.
    // Alone, A cuts 2 and 1 and has 4 and 3 left.
    let v = 108.0 / 408.0;
    comes_to(
        &merged(3),
        &[
            ("alliance.M.vested", 1.0),
            ("force.A.reserves[2020/21]", 6.0),
            ("force.B.reserves[2020/21]", 10.0),
            ("alliance.M.fund.reserves[2020/21]", f64::NAN),
            ("alliance.M.fund.reserves[2021/22]", 14.0),
            ("alliance.M.fund.reserves[2022/23]", 13.0),
            ("force.A.reserves[2021/22]", 14.0 * v),
            ("force.B.reserves[2021/22]", 14.0 * (1.0 - v)),
            ("force.A.planned_cut[2021/22]", 2.0 * v),
            ("force.A.cuts", 4.0 + 3.0 * v),
            ("force.B.cuts", 3.0 * (1.0 - v)),
            ("alliance.M.fund.cuts", 3.0),
            ("force.A.lowest_reserves", 13.0 * v),
            ("alliance.M.fund.lowest_reserves", 13.0),
            ("force.A.officers_cut", 7000.0 / 408.0),
            ("force.B.officers_cut", 7000.0 / 408.0),
            ("alliance.M.fund.officers_cut", 14_000.0 / 408.0),
            ("force.A.reserves_standalone[2022/23]", 3.0),
            ("force.B.reserves_standalone[2022/23]", 10.0),
            ("force.A.cuts_standalone", 7.0),
        ],
    );
}

#[test]
fn the_floor_of_a_merged_force_is_that_of_both_by_their_parts() {
    let mut s = merged(2);
    set(&mut s.ledger.gap_closure, 0.0);
    set(&mut s.ledger.min_reserves, 0.05);
    set(&mut s.ledger.cut_recurrence, 1.0);
    s.forces[1].reserves = fact(30.0);
    // Year 0: A 10 − 8 = 2, floor 5.4: emergency cut 3.4, c = 3.4. B 30. Year 1: 35.4 − 8 + 3.4 = 30.8, floor 0.05·408 = 20.4: none.
    // Alone: A 5.4 − 8 + 3.4 = 0.8, cut 4.6.
    let v = 108.0 / 408.0;
    comes_to(
        &s,
        &[
            ("force.A.emergency_cut[2020/21]", 3.4),
            ("alliance.M.fund.emergency_cut[2021/22]", 0.0),
            ("alliance.M.fund.reserves[2021/22]", 30.8),
            ("alliance.M.fund.floor_breached", 0.0),
            ("force.A.floor_breached", 1.0),
            ("force.B.floor_breached", 0.0),
            ("force.A.reserves[2021/22]", 30.8 * v),
            ("force.A.emergency_cut_standalone[2021/22]", 4.6),
        ],
    );
}

#[test]
fn a_merger_that_does_not_vest_leaves_each_its_own() {
    let mut s = merged(3);
    if let Some(merger) = &mut s.alliances[0].merger {
        set(&mut merger.ministerial_approval, 0.0);
    }
    comes_to(
        &s,
        &[
            ("alliance.M.vested", 0.0),
            ("force.A.reserves[2022/23]", 3.0),
            ("force.B.reserves[2022/23]", 10.0),
            ("alliance.M.fund.reserves[2022/23]", f64::NAN),
            ("alliance.M.fund.cuts", f64::NAN),
        ],
    );
}

#[test]
fn emergency_cuts_of_the_fund_stall_what_its_former_members_are_in() {
    let mut s = merged(4);
    set(&mut s.ledger.gap_closure, 0.0);
    (s.forces[0].reserves, s.forces[1].reserves) = (fact(9.0), fact(9.0));
    set(&mut s.forces[0].opening_gap, 0.06);
    // A alone: 3 left, then it cuts. Together: 18 − 6 − 6 = 6, 0, and in year 3 nothing is left: emergency cut 6, 1.5 % of 406.
    set(&mut s.alliances[0].stalled_pace, 0.5);
    set(&mut s.alliances[0].stall_cut, 0.01);
    area(&mut s.alliances[0], "X");
    let x = &mut s.alliances[0].areas[0];
    set(&mut x.saving, 0.0);
    set(&mut x.submit, 1.25);
    set(&mut x.implement, 3.0);
    s.years = 6;
    // Vesting at ½: live at 4½ of programme time, 5 by the calendar; slow from year 4 on: 3½ at the end of year 3, then ½ a year:
    // by the end of year 5 it has come to 4½, which is then.
    comes_to(
        &s,
        &[
            ("alliance.M.fund.emergency_cut[2022/23]", 0.0),
            ("alliance.M.fund.emergency_cut[2023/24]", 6.0),
            ("force.B.emergency_cut[2023/24]", 6.0 * 300.0 / 406.0),
            ("alliance.M.area.X.live", 6.0),
        ],
    );
}

#[test]
fn former_members_leave_another_alliance_together() {
    let mut s = scenario(6, &["A", "B", "C"]);
    let mut k = alliance("K", &[0, 1, 2]);
    area(&mut k, "X");
    // Odds of e⁻⁴⁶ without an election and e⁹⁵⁴ after one: A alone would leave; on the mean of both, e⁴⁵⁴, A and B do.
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 1000.0);
    s.forces[0].elections = vec![month("2022-10")];
    s.alliances.push(k);
    comes_to(&s, &[("alliance.K.force.A.leaves_at", 3.5), ("alliance.K.force.B.leaves_at", f64::NAN)]);
    let mut m = alliance("M", &[1, 0]);
    merge(&mut m, &["B", "A"], "2021-04", "2021-04");
    s.alliances.push(m);
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.leaves_at", 3.5),
            ("alliance.K.force.B.leaves_at", 3.5),
            // C is left alone.
            ("alliance.K.ended_at", 3.5),
        ],
    );
}

#[test]
fn what_recurs_above_the_ceiling_takes_cuts_back_before_it_is_reinvested() {
    let mut s = scenario(3, &["A"]);
    set(&mut s.forces[0].opening_gap, 0.1);
    set(&mut s.ledger.max_reserves, 0.1);
    set(&mut s.ledger.gap_closure, 0.5);
    s.funding.regimes = vec![regime("flat", 0.0, &[1.0, 0.0]), regime("rise", 0.5, &[1.0, 0.0])];
    s.funding.known = [(year("2021/22"), 1), (year("2022/23"), 0)].into_iter().collect();
    // Year 0: 100 − 110 = −10: cut 5, reserves 5. Year 1: 130 − (110 − 5) = 25: restored 0.5·5 = 2.5; reserves 5 + 22.5 = 27.5, ceiling 11,
    // excess 16.5, of which min(16.5, 2.5, 25 − 2.5) = 2.5 undo what is left of cuts: restored 5 in all, 14 reinvested.
    // Year 2: 130 − 110 = 20, all of it reinvested.
    comes_to(
        &s,
        &[
            ("force.A.restored[2021/22]", 5.0),
            ("force.A.reinvestment[2021/22]", 14.0),
            ("force.A.reserves[2021/22]", 11.0),
            ("force.A.restored[2022/23]", 0.0),
            ("force.A.reinvestment[2022/23]", 20.0),
            ("force.A.officers_cut", 0.0),
        ],
    );
}
