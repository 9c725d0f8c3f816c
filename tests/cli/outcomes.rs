//! `alliance outcomes`: every name that it lists can be asked for.

use serde_json::Value;

use super::{alliance, place, scenario};

#[test]
fn what_can_be_asked_for_is_listed_once_with_its_unit_and_can_be_asked_for() {
    let place = place();
    let file = scenario("two-force").to_string_lossy().into_owned();
    let listed = alliance(place.path(), ["outcomes", &file, "--format", "json"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    let all: Vec<Value> = serde_json::from_str(&listed.out).expect("a list");
    let names: Vec<&str> = all.iter().map(|own| own["name"].as_str().expect("a name")).collect();
    assert!(
        names.len() > 200 && names.contains(&"npv") && names.contains(&"force.Dorset.reserves[2020/21]"),
        "{names:?}"
    );
    assert!(all.iter().all(|own| !own["meaning"].as_str().expect("a text").is_empty()));
    // One of each kind: a figure of the whole, of a force, of a year, of a business area.
    let area = names.iter().find(|name| name.contains(".area.")).expect("an area has outcomes");
    for name in ["npv", "force.Dorset.npv", "saving_cashable[2018/19]", area] {
        let told = alliance(
            place.path(),
            ["what-if", &file, "--set", "economy.pay_share=0.8", "--measure", name, "--trials", "256", "--no-charts"],
        );
        assert_eq!(told.code, 0, "{name}: {}", told.err);
    }
    let text = alliance(place.path(), ["outcomes", &file, "--find", "reserves"]);
    assert!(text.out.contains("force.Dorset.reserves[2014/15] … force.Dorset.reserves[2025/26]"), "{}", text.out);
    assert!(text.out.lines().count() < 100 && !text.out.contains("\nnpv\n"), "{}", text.out);
    // What is set is so before anything is listed.
    let longer = alliance(place.path(), ["outcomes", &file, "--find", "reserves", "--set", "years=14"]);
    assert!(longer.out.contains("force.Dorset.reserves[2014/15] … force.Dorset.reserves[2027/28]"), "{}", longer.err);
    let wrong = alliance(place.path(), ["outcomes", &file, "--set", "years=0"]);
    assert!(wrong.code == 2 && wrong.err.contains("on the command line: years"), "{} {}", wrong.out, wrong.err);
    let none = alliance(place.path(), ["outcomes", &file, "--find", "unicorns"]);
    assert!(none.code == 2 && none.err.contains("no outcome of"), "{}", none.err);
}
