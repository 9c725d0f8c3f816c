//! What a class says, as its cases, and the belief in them, change.

use super::*;
use crate::learn::{Range, Survival};

fn case(class: &str, low: f64, high: f64) -> Case {
    Case {
        name: format!("{class} {low}"),
        class: class.to_owned(),
        share: Some(Range { low, high }),
        failed: Some(high <= FAILED),
        lateness: Some(Range { low: 1.5, high: 2.0 + low }),
        overrun: None,
        survival: Some(Survival { ended: low < 0.5, years: 10.0 }),
    }
}

fn cases() -> Vec<Case> {
    vec![case("a", 0.0, 0.1), case("a", 0.3, 0.5), case("a", 0.7, 0.8), case("a", 1.1, 1.2), case("b", 1.5, 1.9)]
}

#[test]
fn a_class_is_counted_and_its_percentiles_rise() {
    let found = learn(&cases(), "a", Belief::WHOLE);
    assert_eq!((found.cases, found.told, found.failed), (4, 4, 1));
    assert!(found.failing > 0.15 && found.failing < 0.4, "{}", found.failing);
    assert!(found.failing_within[0] < found.failing && found.failing < found.failing_within[1]);
    let share = found.share.expect("three cases");
    assert!(!share.of_all_classes && share.cases.len() == 3);
    let [p10, p50, p90] = share.percentiles;
    assert!(p10 < p50 && p50 < p90 && p50 > 0.5 && p50 < 0.9, "{:?}", share.percentiles);
    // Failed or not, less is delivered.
    assert!(found.delivered.is_some_and(|all| all[0] < p10 && all[1] < p50 && all[2] < p90));
    // The shape of the chance below: failing·x/0.2 is 10 % at x = 0.02/failing.
    assert!((found.delivered.map_or(0.0, |all| all[0]) - 0.02 / found.failing).abs() < 0.02);
    let exit = found.exit.expect("alliances");
    assert!((exit.mean() - 2.5 / 40.0).abs() < 1e-15);
    // Each case is drawn towards the middle of the others.
    assert!(share.cases[0].believed[1] > 0.387 && share.cases[2].believed[1] < 1.149);
}

#[test]
fn a_class_of_one_case_takes_those_of_all_classes() {
    let found = learn(&cases(), "b", Belief::WHOLE);
    let share = found.share.expect("cases");
    assert!(share.of_all_classes && share.cases.len() == 4 && found.overrun.is_none());
    let unknown = learn(&cases(), "c", Belief::WHOLE);
    assert!(unknown.cases == 0 && unknown.exit.is_none() && unknown.failing > found.failing);
}

#[test]
fn fame_makes_failures_rarer_and_less_belief_makes_forecasts_wider() {
    let [whole, fame, half] =
        [(0.0, 1.0), (1.0, 1.0), (0.0, 0.25)].map(|(fame, power)| learn(&cases(), "a", Belief { fame, power }));
    assert!(fame.failing < whole.failing);
    let wide = |own: &Learnt| own.share.as_ref().map_or(0.0, |share| share.percentiles[2] / share.percentiles[0]);
    assert!(wide(&half) > wide(&whole) && half.failing_within[1] - half.failing_within[0] > 0.0);
    let [own, all] = [&half, &whole].map(|own| own.exit.map_or(0.0, |exit| exit.quantile(0.9) / exit.quantile(0.1)));
    assert!(own > all, "{own} {all}");
}
