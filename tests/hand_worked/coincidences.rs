//! Dates that fall on one day, and notices that lapse (MODEL sections 3 and 5).

use crate::build::{alliance, area, fact, merge, month, scenario, set};
use crate::comes_to;

/// Odds of e⁻⁴⁶ without an election and e⁵⁴ after one: no draw decides.
fn leave_after_elections(k: &mut engine::alliance::Alliance, notice: f64) {
    set(&mut k.exit.base, 1e-20);
    set(&mut k.exit.election_weight, 100.0);
    set(&mut k.exit.notice, notice);
}

#[test]
fn a_notice_that_lapses_on_vesting_day_stood_until_then() {
    let mut s = scenario(4, &["A", "B", "C"]);
    s.forces[0].elections = vec![month("2020-06")];
    s.forces[1].elections = vec![month("2021-07")];
    let mut k = alliance("K", &[0, 1, 2]);
    leave_after_elections(&mut k, 1.2);
    set(&mut k.exit.cost, 1.0);
    set(&mut k.exit.leaver_share, 0.4);
    s.alliances.push(k);
    let mut m = alliance("M", &[0, 1, 2]);
    merge(&mut m, &["A", "B", "C"], "2020-10", "2022-01");
    m.merger.as_mut().expect("a merger").mandated = true;
    s.alliances.push(m);
    // A's notice at 0.5 runs out at 1.7, before vesting day, 1.75: it leaves. B's, given at 1.5, would run to 2.7 and lapses at 1.75, but
    // it stood at 1.7. Of the exit cost of 1, A bears 0.4 and C, alone without notice, 0.6.
    comes_to(
        &s,
        &[
            ("alliance.K.force.A.leaves_at", 1.7),
            ("alliance.K.force.B.leaves_at", f64::NAN),
            ("alliance.K.ended", 0.0),
            ("force.A.net[2021/22]", -0.4),
            ("force.B.net[2021/22]", 0.0),
            ("force.C.net[2021/22]", -0.6),
        ],
    );
}

#[test]
fn what_is_due_on_the_day_an_alliance_ends_never_comes() {
    let mut s = scenario(4, &["A", "B"]);
    s.forces[0].elections = vec![month("2020-06")];
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    leave_after_elections(&mut k, 0.5);
    set(&mut k.retained, 1.0);
    set(&mut k.ict_ready, 1.0);
    set(&mut k.workaround, 0.5);
    k.areas[0].needs_ict = true;
    set(&mut k.areas[0].implement, 0.25);
    s.alliances.push(k);
    // Live at ¼ + ¼ + ¼. Notice at ½ ends the pair at 1, the day on which the platform is due: workarounds give half of 2 for good.
    comes_to(
        &s,
        &[
            ("alliance.K.ended_at", 1.0),
            ("alliance.K.area.X.live", 0.75),
            ("alliance.K.ict_ready", f64::NAN),
            ("saving_cashable[2021/22]", 1.0),
            ("saving_cashable[2022/23]", 1.0),
        ],
    );
}

#[test]
fn an_area_live_on_the_1_april_of_the_start_is_live_by_the_end_of_the_year_before() {
    let mut s = scenario(4, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    k.start = month("2021-04");
    set(&mut k.board_cycle, 0.0);
    area(&mut k, "X");
    set(&mut k.areas[0].submit, 0.0);
    set(&mut k.areas[0].implement, 0.0);
    s.alliances.push(k);
    // Submitted, decided and done at once: live at 1, which is the last moment of 2020/21 and the first of 2021/22; nothing is saved before.
    comes_to(
        &s,
        &[
            ("alliance.K.area.X.live", 1.0),
            ("areas_live[2020/21]", 1.0),
            ("areas_live[2021/22]", 1.0),
            ("saving_cashable[2020/21]", 0.0),
            ("saving_cashable[2021/22]", 2.0),
        ],
    );
}

#[test]
fn a_notice_that_runs_to_vesting_day_has_lapsed_when_programmes_slow() {
    let mut s = scenario(5, &["A", "B"]);
    s.forces[0].elections = vec![month("2021-07")];
    s.forces[0].reserves = fact(5.0);
    s.forces[1].reserves = fact(50.0);
    set(&mut s.ledger.min_reserves, 0.05);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    set(&mut k.areas[0].implement, 1.25);
    set(&mut k.team, 4.0);
    set(&mut k.stalled_pace, 0.5);
    leave_after_elections(&mut k, 0.5);
    s.alliances.push(k);
    let mut m = alliance("M", &[0, 1]);
    merge(&mut m, &["A", "B"], "2020-10", "2022-04");
    m.merger.as_mut().expect("a merger").mandated = true;
    s.alliances.push(m);
    // A, at its floor of 5, meets its half of the team, 2 a year, by emergency cuts of 2 %: the clock shows 1 after year 0, 1½ after year
    // 1. A's notice, given at 1½, runs to vesting day, 2, and lapses: A slows year 2 too. X, due at ½ + 1¼, is live at 2 + ¼·2.
    comes_to(
        &s,
        &[
            ("force.A.emergency_cut[2020/21]", 2.0),
            ("force.A.emergency_cut[2021/22]", 2.0),
            ("alliance.K.ended", 0.0),
            ("alliance.K.area.X.live", 2.5),
        ],
    );
}
