//! Present values, payback, targets (MODEL section 8).

use engine::alliance::{Scenario, Target};
use engine::uncertainty::Provenance;

use crate::build::{alliance, area, scenario, set};
use crate::{comes_to, trials, year};

/// Areas that cost a one-off in one year and save nothing, beside X, live at 1, that saves £2m a year.
fn flows(years: usize, oneoffs: &[(usize, f64)]) -> Scenario {
    let mut s = scenario(years, &["A", "B"]);
    let mut k = alliance("K", &[0, 1]);
    area(&mut k, "X");
    for (t, cost) in oneoffs {
        let a = area(&mut k, &format!("Cost {t}"));
        set(&mut k.areas[a].saving, 0.0);
        set(&mut k.areas[a].submit, *t as f64);
        set(&mut k.areas[a].oneoff, *cost);
    }
    s.alliances.push(k);
    s
}

#[test]
fn present_value_takes_out_prices_and_then_the_green_book_rate() {
    let mut s = flows(3, &[(0, 3.0)]);
    set(&mut s.economy.inflation.mean[0], 0.1);
    set(&mut s.economy.pay_share, 0.0);
    // Prices and costs both rise by 10 %: real flows −3, 2, 2.
    let saving = 2.0 / 1.035 + 2.0 / 1.035_f64.powi(2);
    comes_to(
        &s,
        &[
            ("net[2021/22]", 2.2),
            ("pv_saving", saving),
            ("pv_investment", 3.0),
            ("npv", saving - 3.0),
            ("benefit_cost_ratio", saving / 3.0),
            ("force.A.npv", (saving - 3.0) / 2.0),
            ("force.A.loses", 0.0),
        ],
    );
}

#[test]
fn after_thirty_years_the_late_rate_applies() {
    let s = flows(33, &[(0, 0.0)]);
    // 2 a year from year 1 to 32; years 31 and 32 by 1.03 beyond 30.
    let early: f64 = (1..=30).map(|t| 2.0 / 1.035_f64.powi(t)).sum();
    let late = 2.0 / 1.035_f64.powi(30) * (1.0 / 1.03 + 1.0 / 1.03_f64.powi(2));
    comes_to(&s, &[("pv_saving", early + late)]);
}

#[test]
fn payback_is_the_last_crossing_and_linear_within_the_year() {
    let s = flows(5, &[(0, 1.0), (2, 4.0)]);
    // Net −1, 2, 2 − 4, 2, 2; cumulative −1, 1, −1, 1, 3: crosses at 1½ and, for good, half way through year 3.
    comes_to(
        &s,
        &[
            ("net_cumulative[2022/23]", -1.0),
            ("payback", 3.5),
            ("force.A.payback", 3.5),
            ("peak_funding_need", 1.0),
            ("total_investment", 5.0),
        ],
    );
}

#[test]
fn discounted_payback_comes_later() {
    let s = flows(4, &[(0, 3.0)]);
    // −3, then 2/1.035 = 1.93237 and 2/1.035² = 1.86702: −1.06763 to 0.79939 in year 2.
    let (first, second) = (2.0 / 1.035, 2.0 / 1.035_f64.powi(2));
    comes_to(&s, &[("payback", 2.5), ("payback_discounted", 2.0 + (3.0 - first) / second)]);
}

#[test]
fn payback_never_comes_where_it_ends_negative_and_is_at_once_where_nothing_was_ever_owed() {
    comes_to(&flows(3, &[(0, 30.0)]), &[("payback", f64::NAN), ("force.B.loses", 1.0), ("peak_funding_need", 30.0)]);
    comes_to(&flows(3, &[]), &[("payback", 0.0), ("benefit_cost_ratio", f64::NAN), ("peak_funding_need", 0.0)]);
    let idle = scenario(3, &["A"]);
    comes_to(&idle, &[("payback", f64::NAN), ("npv", 0.0), ("force.A.payback", f64::NAN)]);
}

#[test]
fn a_target_is_met_in_its_year_and_first_in_another() {
    let mut s = flows(4, &[]);
    set(&mut s.alliances[0].areas[0].ramp, 2.0);
    for (name, amount, due) in
        [("half", 0.5, "2021/22"), ("more", 1.0, "2021/22"), ("all", 2.0, "2023/24"), ("too much", 2.5, "2023/24")]
    {
        s.targets.push(Target {
            name: name.to_owned(),
            measure: "saving_cashable".to_owned(),
            amount,
            year: year(due),
            provenance: Provenance::default(),
        });
    }
    // 0, 0.5, 1.5, 2.
    comes_to(
        &s,
        &[
            ("target.half.met", 1.0),
            ("target.half.first_year", 1.0),
            ("target.more.met", 0.0),
            ("target.more.first_year", 2.0),
            ("target.all.met", 1.0),
            ("target.all.first_year", 3.0),
            ("target.\"too much\".met", 0.0),
            ("target.\"too much\".first_year", f64::NAN),
        ],
    );
}

#[test]
fn what_comes_out_even_pays_back_in_its_last_year_and_is_worth_exactly_nothing() {
    let mut s = flows(10, &[]);
    let k = &mut s.alliances[0];
    set(&mut k.board_cycle, 0.0);
    let x = &mut k.areas[0];
    for (quantity, value) in
        [(&mut x.saving, 0.02), (&mut x.submit, 0.0), (&mut x.implement, 0.0), (&mut x.oneoff, 2.0)]
    {
        set(quantity, value);
    }
    s.appraisal.discount = 0.0;
    // 0.2 a year for ten years, 2 spent in the first: even at the end. In floating point ten times 0.2 less 2 is −2.8·10⁻¹⁶.
    for (by, outcomes) in trials(&s) {
        for name in ["npv", "net_cumulative[2029/30]", "force.A.npv", "force.A.loses"] {
            assert!(outcomes[name].abs() <= 0.0, "{name} by the {by} is {}", outcomes[name]);
        }
    }
    comes_to(&s, &[("payback", 10.0), ("payback_discounted", 10.0), ("force.A.payback", 10.0)]);
}
