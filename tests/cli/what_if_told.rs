//! What-ifs: what is said of the base, of variants that the plan shares or that are called like it, and of two keys.

use super::{alliance, json, place, scenario};

#[test]
fn a_change_that_the_plan_makes_too_is_said_to_be_one() {
    let place = place();
    let base = scenario("two-force").to_string_lossy().into_owned();
    let told = |change: &str| {
        let arguments =
            ["what-if", &base, "--set", change, "--trials", "1000", "--no-charts", "--replace", "--out", "w"];
        let ended = alliance(place.path(), arguments);
        assert_eq!(ended.code, 0, "{}", ended.err);
        json(place.path().join("w/summary.json"))["answer"][1].as_str().unwrap_or_default().to_owned()
    };
    let plan = "The plan changes too under \"the changes\"";
    assert!(told("alliance.\"Strategic alliance\".slip=2").starts_with(plan));
    assert!(!told("alliance.\"Strategic alliance\".slip={ value = 2, plan = 1 }").starts_with(plan));
    assert!(!told("economy.pay_share=0.7").starts_with(plan));
}

#[test]
fn a_late_platform_saves_its_running_cost_and_that_is_told() {
    let place = place();
    let file = scenario("two-force");
    let file = file.to_str().expect("the path is UTF-8");
    let late = "alliance.\"Strategic alliance\".ict_slip={ value = 3, plan = 1 }";
    let arguments = ["what-if", file, "--set", late, "--trials", "1000", "--no-charts", "--out", "w"];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = ended.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains("its running cost is saved"), "{said}");
    let file = scenario("what-ifs/half-the-savings");
    let file = file.to_str().expect("the path is UTF-8");
    let ended = alliance(place.path(), ["what-if", file, "--trials", "1000", "--no-charts", "--out", "h"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    assert!(!ended.out.contains("running cost"), "{}", ended.out);
    assert!(!ended.out.contains("at 0 of"), "{}", ended.out);
}

#[test]
fn a_variant_that_is_called_like_the_base_is_told_from_it() {
    let place = place();
    let base = scenario("two-force").to_string_lossy().into_owned();
    let text = format!(
        "format = 1\nbase = \"{base}\"\nmeasures = [\"total_investment\", \"npv\"]\n[[variant]]\nname = \"The base\"\nset = ['economy.discount = 0.04']\n"
    )
    .replace("economy.discount", "appraisal.discount");
    std::fs::write(place.path().join("q.toml"), text).expect("written");
    let ended = alliance(place.path(), ["what-if", "q.toml", "--trials", "2000", "--no-charts", "--out", "q"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = json(place.path().join("q/summary.json"))["answer"].to_string();
    assert!(said.contains("in the base; under \\\"The base\\\" it is all but the same"), "{said}");
    // What was asked for too is told: net present value, as the answer begins with investment.
    assert!(said.contains("Net present value is higher on average in the base"), "{said}");
}

#[test]
fn two_keys_are_told_with_their_years_and_by_the_level_of_the_measure() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let keys = "alliance.\"Strategic alliance\".realisation=0.2,0.6,1; alliance.\"Strategic alliance\".slip=1,2";
    let arguments = [
        "what-if",
        &file,
        "--sweep",
        keys,
        "--measure",
        "benefit_cost_ratio",
        "--measure",
        "total_investment",
        "--trials",
        "1000",
        "--no-charts",
        "--out",
        "w",
    ];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let summary = json(place.path().join("w/summary.json"));
    let said: Vec<String> = summary["answer"].as_array().expect("sentences").iter().map(ToString::to_string).collect();
    assert!(said[0].contains("(from 2014/15 to 2025/26): benefit–cost ratio on average lies between"), "{said:?}");
    assert!(said[0].contains("it is above 1 at ") && said[0].contains(" of 6 combinations"), "{said:?}");
    assert!(!said[1].contains("it is above"), "an amount of investment turns nothing: {said:?}");
}

#[test]
fn a_ratio_turns_at_one_and_an_amount_at_nothing() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let key = "alliance.\"Strategic alliance\".realisation=0.1,0.4,0.7,1";
    let arguments = [
        "what-if",
        &file,
        "--sweep",
        key,
        "--measure",
        "benefit_cost_ratio",
        "--measure",
        "total_investment",
        "--trials",
        "1000",
        "--no-charts",
        "--out",
        "w",
    ];
    let ended = alliance(place.path(), arguments);
    assert_eq!(ended.code, 0, "{}", ended.err);
    let said = json(place.path().join("w/summary.json"))["answer"].to_string();
    assert!(
        said.contains("benefit–cost ratio on average is above 1 where")
            || said.contains("Benefit–cost ratio on average is above 1 where"),
        "{said}"
    );
    assert!(!said.contains("investment on average stays above 0"), "{said}");
}
