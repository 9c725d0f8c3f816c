//! Economy and funding (MODEL section 2).

use engine::alliance::KnownLimit;

use crate::build::{fact, fixed, regime, scenario, set};
use crate::{comes_to, plan_comes_to, trials, year};

#[test]
fn inflation_is_a_stationary_autoregression_around_its_mean_path() {
    let mut s = scenario(5, &["A"]);
    let inflation = &mut s.economy.inflation;
    inflation.mean = vec![fixed("economy.inflation.mean[0]", 0.0), fixed("economy.inflation.mean[1]", 0.03)];
    set(&mut inflation.sd, 0.01);
    let without = trials(&s);
    set(&mut s.economy.inflation.persistence, 0.6);
    let with = trials(&s);
    for ((by, z), (_, x)) in without.iter().zip(&with) {
        // Without persistence x_t = 0.03 + 0.01·z_t: that gives the z. With it e_1 = 0.01·z_1, then
        // e_t = 0.6·e_{t−1} + 0.01·0.8·z_t, since √(1 − 0.36) = 0.8.
        let shock = |label: &str| (z[&format!("inflation[{label}]")] - 0.03) / 0.01;
        let mut e = 0.01 * shock("2021/22");
        for label in ["2021/22", "2022/23", "2023/24", "2024/25"] {
            if label != "2021/22" {
                e = 0.6 * e + 0.008 * shock(label);
            }
            let found = x[&format!("inflation[{label}]")];
            assert!((found - 0.03 - e).abs() < 1e-12, "{by}, {label}: {found}, by hand {}", 0.03 + e);
        }
    }
}

#[test]
fn the_last_entry_of_a_mean_path_holds_on() {
    let mut s = scenario(4, &["A"]);
    let mean = [0.5, 0.1, 0.2].iter().enumerate();
    s.economy.inflation.mean = mean.map(|(i, x)| fixed(&format!("economy.inflation.mean[{i}]"), *x)).collect();
    // Nothing grows by the entry of year 0: 1, 1.1, 1.1·1.2, 1.1·1.2·1.2.
    comes_to(
        &s,
        &[
            ("deflator[2020/21]", 1.0),
            ("deflator[2021/22]", 1.1),
            ("deflator[2022/23]", 1.32),
            ("deflator[2023/24]", 1.584),
        ],
    );
}

#[test]
fn in_the_plan_run_grant_grows_by_the_chain_s_expected_growth_given_the_known_years() {
    let mut s = scenario(5, &["A"]);
    s.funding.regimes = vec![regime("down", -0.1, &[0.5, 0.5]), regime("up", 0.1, &[0.0, 1.0])];
    s.funding.known.insert(year("2022/23"), 0);
    // Year 1: ½·(−0.1) + ½·0.1 = 0. Year 2 is known: −0.1. Year 3: 0 again. Year 4: ¼·(−0.1) + ¾·0.1 = 0.05.
    plan_comes_to(
        &s,
        &[
            ("force.A.grant[2020/21]", 60.0),
            ("force.A.grant[2021/22]", 60.0),
            ("force.A.grant[2022/23]", 54.0),
            ("force.A.grant[2023/24]", 54.0),
            ("force.A.grant[2024/25]", 56.7),
        ],
    );
}

#[test]
fn a_known_regime_is_imposed_and_the_chain_goes_on_from_it() {
    let mut s = scenario(4, &["A"]);
    s.funding.regimes = vec![regime("down", -0.1, &[1.0, 0.0]), regime("up", 0.1, &[0.0, 1.0])];
    s.funding.known.insert(year("2022/23"), 1);
    // Down for sure, then up by decree and for ever: 60, 54, 59.4, 65.34.
    comes_to(
        &s,
        &[
            ("regime[2021/22]", 0.0),
            ("regime[2022/23]", 1.0),
            ("force.A.grant[2021/22]", 54.0),
            ("force.A.grant[2022/23]", 59.4),
            ("force.A.grant[2023/24]", 65.34),
        ],
    );
}

#[test]
fn grant_never_falls_by_more_than_99_per_cent() {
    let mut s = scenario(2, &["A"]);
    s.funding.regimes = vec![regime("gone", -3.0, &[1.0])];
    comes_to(&s, &[("force.A.grant[2021/22]", 0.6)]);
}

#[test]
fn band_d_rises_by_the_share_taken_of_the_greater_limit() {
    let mut s = scenario(3, &["A"]);
    set(&mut s.forces[0].uptake, 0.5);
    set(&mut s.economy.limit.pounds, 5.0);
    set(&mut s.economy.limit.percent, 0.03);
    s.economy.limit.known.insert(year("2022/23"), KnownLimit { pounds: 10.0, percent: 0.0 });
    set(&mut s.economy.tax_base_growth.mean[0], 0.01);
    // Year 1: max(5, 6)·½: 203; precept 202,000·203 = £41.006m. Year 2, known: +5: 208; 204,020·208 = £42.43616m.
    comes_to(
        &s,
        &[
            ("force.A.band_d[2021/22]", 203.0),
            ("force.A.precept[2021/22]", 41.006),
            ("force.A.band_d[2022/23]", 208.0),
            ("force.A.precept[2022/23]", 42.436_16),
        ],
    );
}

#[test]
fn other_income_is_what_grant_and_precept_leave_and_follows_prices() {
    let mut s = scenario(2, &["A"]);
    s.forces[0].band_d = fact(150.0);
    set(&mut s.economy.inflation.mean[0], 0.1);
    // 100 − 60 − 30 = 10, then 11. Funding 60 + 30 + 11.
    comes_to(
        &s,
        &[
            ("force.A.other_income[2020/21]", 10.0),
            ("force.A.other_income[2021/22]", 11.0),
            ("force.A.funding[2021/22]", 101.0),
        ],
    );
}

#[test]
fn spending_grows_with_pay_prices_and_demand_from_its_opening_gap() {
    let mut s = scenario(2, &["A"]);
    set(&mut s.forces[0].opening_gap, 0.02);
    set(&mut s.forces[0].demand_growth, 0.01);
    set(&mut s.economy.pay.mean[0], 0.03);
    set(&mut s.economy.inflation.mean[0], 0.05);
    // 102; growth 0.8·0.03 + 0.2·0.05 + 0.01 = 0.044: 106.488.
    comes_to(&s, &[("force.A.expenditure[2020/21]", 102.0), ("force.A.expenditure[2021/22]", 106.488)]);
}
