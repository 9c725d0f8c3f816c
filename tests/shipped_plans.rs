//! The plan runs of the shipped scenarios say what their authors published.

use std::path::Path;

use engine::model::Model;
use language::load;

/// A compiled scenario whose plan can be asked for outcomes by name.
struct Plan(Model);

impl Plan {
    fn of(name: &str) -> Self {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
        let loaded = load(&path, &[]).unwrap_or_else(|problems| panic!("{name} does not load:\n{problems}"));
        Self(Model::compile(&loaded.scenario).unwrap_or_else(|error| panic!("{name} does not compile: {error}")))
    }

    fn get(&self, outcome: &str) -> f64 {
        let position = self.0.catalogue().position(outcome).unwrap_or_else(|| panic!("{outcome} is an outcome"));
        self.0.plan()[position]
    }

    /// A yearly outcome summed over the financial years that start in `years`.
    fn sum(&self, outcome: &str, years: std::ops::RangeInclusive<i32>) -> f64 {
        years.map(|year| self.get(&format!("{outcome}[{year}/{:02}]", (year + 1) % 100))).sum()
    }
}

fn assert_between(what: &str, found: f64, low: f64, high: f64) {
    assert!((low..=high).contains(&found), "{what}: {found}, not between {low} and {high}");
}

#[test]
fn the_two_forces_plan_12_million_in_2018_19() {
    let plan = Plan::of("two-force");
    assert_between("£m in 2018/19", plan.get("saving_cashable[2018/19]"), 11.9, 12.3);
    assert_between("target met", plan.get("target.\"£12m a year by 2018/19\".met"), 1.0, 1.0);
}

#[test]
fn the_two_forces_plan_every_case_in_time_for_march_2016_and_every_area_live_by_2018() {
    let plan = Plan::of("two-force");
    assert_between("live by March 2018", plan.get("areas_live[2017/18]"), 32.0, 32.0);
    assert_between("implemented in July 2016", plan.get("implemented_saving[2016-07]"), 1.889, 4.5);
}

#[test]
fn the_three_forces_plan_50_to_75_million_for_60_million() {
    let plan = Plan::of("three-force");
    assert_between("£m in 2019/20", plan.get("saving_cashable[2019/20]"), 50.0, 75.0);
    assert_between("investment, £m", plan.get("total_investment"), 55.0, 65.0);
    // Four years from the first: 2015/16 to 2018/19, and a tail of ramping down.
    assert_between("in the first four years", plan.sum("investment", 2015..=2018), 50.0, 60.0);
}

#[test]
fn the_merger_plans_over_70_million_in_ten_years_for_over_3_million() {
    let plan = Plan::of("merger-2018");
    assert_between("ten years from vesting, £m", plan.sum("alliance.Merger.saving_cashable", 2020..=2029), 70.0, 75.0);
    assert_between("cost of the merger, £m", plan.sum("alliance.Merger.investment", 2014..=2029), 3.0, 7.5);
    assert_between("vested", plan.get("alliance.Merger.vested"), 1.0, 1.0);
}

#[test]
fn the_southern_hub_plans_what_the_two_forces_plan() {
    let five = Plan::of("five-force").get("alliance.\"Southern hub\".saving_cashable[2018/19]");
    let two = Plan::of("two-force").get("saving_cashable[2018/19]");
    assert!((five - two).abs() < 1e-9, "{five} is not {two}");
}

#[test]
fn the_range_rises_from_nothing_by_a_lead_force_to_the_alliance() {
    let saving = |name: &str| Plan::of(name).get("saving_cashable[2018/19]");
    assert_between("no alliance", saving("standalone"), 0.0, 0.0);
    assert_between("a lead force", saving("lead-force"), 6.0, 7.0);
}

#[test]
fn the_mandated_merger_vests_in_2030_and_plans_5_per_cent_of_the_budget() {
    let plan = Plan::of("mandated-merger");
    assert_between("before vesting", plan.sum("saving_cashable", 2026..=2029), 0.0, 0.0);
    // 5.3 % of £1,502.8m is £80m, in prices of 2026/27.
    assert_between("real saving in 2036/37", plan.get("saving_cashable_real[2036/37]"), 78.0, 88.0);
}

#[test]
fn the_benchmark_compiles_and_pays() {
    assert_between("net present value", Plan::of("benchmarks/benchmark").get("npv"), 10.0, 200.0);
}
