//! A finding that turns, turns its title.

use super::*;
use crate::sample::{Sample, report};

fn set(report: &mut Report, value: f64) {
    report.targets[0].met = Figure { value, error: 0.001 };
}

fn spread(found: &mut Option<Spread>) -> &mut Spread {
    found.as_mut().expect("the sample has it")
}

fn exactly(value: f64) -> Option<Figure> {
    Some(Figure { value, error: 0.01 })
}

#[test]
fn the_title_of_the_savings_fan_turns_with_the_chance_of_the_target() {
    let mut report = report(Sample::TwoForce);
    let mut title = |chance| {
        set(&mut report, chance);
        savings(&report)
    };
    assert_eq!(title(0.03), "Cashable saving of £12m by 2018/19 is a remote chance: reached in 3.0% of futures");
    assert_eq!(title(0.5), "Cashable saving of £12m by 2018/19 is about even: reached in 50% of futures");
    assert_eq!(title(0.97), "Cashable saving of £12m by 2018/19 is almost certain: reached in 97.0% of futures");
}

#[test]
fn the_title_of_the_net_position_turns_from_up_to_down() {
    let mut report = report(Sample::TwoForce);
    let mut title = |end: f64| {
        let yearly =
            report.yearly.iter_mut().find(|yearly| yearly.measure == Outcome::NetCumulative.into()).expect("there");
        yearly.years.last_mut().expect("a year").spread.p50 = exactly(end);
        net_position(&report)
    };
    assert!(title(8.0).ends_with("the cumulative net position is £8.0m up"), "{}", title(8.0));
    assert!(
        title(-8.0).ends_with("at the end of 2025/26 the cumulative net position is still £8.0m down"),
        "{}",
        title(-8.0)
    );
    assert!(title(0.001).contains("just breaks even"), "{}", title(0.001));
}

#[test]
fn the_titles_of_value_and_payback_turn_with_their_figures() {
    let mut report = report(Sample::TwoForce);
    report.whole.npv_below_zero = exactly(0.9);
    assert!(npv(&report).starts_with("A loss is highly likely (90% of futures)"), "{}", npv(&report));
    report.whole.npv_below_zero = exactly(0.02);
    assert!(npv(&report).starts_with("A loss is a remote chance"), "{}", npv(&report));
    spread(&mut report.whole.payback).missing = exactly(0.7);
    spread(&mut report.whole.payback).p50 = None;
    assert!(payback(&report).starts_with("70% of futures do not pay back"), "{}", payback(&report));
    spread(&mut report.whole.payback).missing = exactly(0.1);
    spread(&mut report.whole.payback).p50 = exactly(6.0);
    assert!(payback(&report).starts_with("The median future pays back after 6.0 years"), "{}", payback(&report));
}

#[test]
fn the_title_of_the_areas_names_the_largest_gap_or_says_there_is_none() {
    let mut alliance = report(Sample::TwoForce).alliances.remove(0);
    assert!(areas(&alliance, false).contains("most of all"), "{}", areas(&alliance, false));
    for area in &mut alliance.areas {
        spread(&mut area.saving).plan = Some(0.0);
    }
    assert_eq!(areas(&alliance, false), "no business area saves less than planned on average");
}

#[test]
fn the_title_of_the_forces_names_another_loser_when_the_figures_turn() {
    let mut report = report(Sample::TwoForce);
    let mut title = |first: f64, second: f64| {
        report.forces[0].loses = Some(Figure { value: first, error: 0.001 });
        report.forces[1].loses = Some(Figure { value: second, error: 0.001 });
        force_npv(&report)
    };
    assert!(title(0.4, 0.2).starts_with("Devon & Cornwall is the likeliest"));
    assert!(title(0.2, 0.4).starts_with("Dorset is the likeliest"));
    assert!(title(0.4, 0.4005).starts_with("The forces are about equally likely"));
}

#[test]
fn the_titles_of_surges_and_areas_live_turn_with_their_figures() {
    let mut report = report(Sample::TwoForce);
    let mut title = |joint: f64, alone: f64| {
        for (measure, value) in [(Outcome::Shortfall.into(), joint), (Series::alone(Outcome::Shortfall), alone)] {
            let yearly = report.yearly.iter_mut().find(|yearly| yearly.measure == measure).expect("there");
            yearly.years.last_mut().expect("a year").spread.mean = Some(Figure { value, error: 0.001 });
        }
        surge(&report)
    };
    assert!(title(0.1, 0.2).starts_with("Together, a force runs short"));
    assert!(title(0.2, 0.1).contains("likelier"));
    assert!(title(0.1, 0.1001).contains("hardly changes"));
    let yearly = report.yearly.iter_mut().find(|yearly| yearly.measure == Outcome::AreasLive.into()).expect("there");
    for entry in &mut yearly.years {
        entry.spread.p50 = entry.spread.plan.and_then(exactly);
    }
    assert_eq!(areas_live(&report), "The median future keeps to the plan for areas live");
}

#[test]
fn the_title_of_council_tax_turns_from_more_to_less_and_with_consent() {
    let mut report = report(Sample::Merger);
    assert!(
        council_tax(&report).starts_with("The merger changes council tax only if it vests"),
        "{}",
        council_tax(&report)
    );
    report.alliances[1].vested = exactly(1.0);
    let mut title = |change: f64| {
        for (force, sign) in report.forces.iter_mut().zip([1.0, -1.0]) {
            let yearly = force
                .yearly
                .iter_mut()
                .find(|yearly| yearly.measure == Outcome::CouncilTaxChange.into())
                .expect("there");
            yearly.years.last_mut().expect("a year").spread.p50 = exactly(sign * change);
        }
        council_tax(&report)
    };
    assert_eq!(
        title(9.0),
        "In 2029/30 the merger costs a Band D household in Devon & Cornwall £9 more, in Dorset £9 less a year at the median"
    );
    assert_eq!(
        title(-9.0),
        "In 2029/30 the merger costs a Band D household in Dorset £9 more, in Devon & Cornwall £9 less a year at the median"
    );
}

#[test]
fn the_titles_of_reserves_and_funding_name_the_worst_off() {
    let mut report = report(Sample::TwoForce);
    report.forces[0].floor_breached = exactly(0.9);
    report.forces[1].floor_breached = exactly(0.1);
    assert!(
        reserves(&report).starts_with("Reserves of Devon & Cornwall fall to their floor in 90%"),
        "{}",
        reserves(&report)
    );
    report.forces[1].floor_breached = exactly(0.95);
    assert!(reserves(&report).starts_with("Reserves of Dorset"), "{}", reserves(&report));
    let yearly =
        report.forces[1].yearly.iter_mut().find(|yearly| yearly.measure == Outcome::Funding.into()).expect("there");
    yearly.years.last_mut().expect("a year").spread.p90 = exactly(900.0);
    assert!(funding(&report).starts_with("Funding of Dorset"), "{}", funding(&report));
}

#[test]
fn what_was_reported_lies_outside_where_all_its_readings_do() {
    let told = |ranks: &[(f64, f64)]| reported(ranks);
    assert_eq!(told(&[(0.5, 0.5), (0.4, 0.95)]), "What was reported lies within eight futures of ten");
    assert_eq!(
        told(&[(0.95, 0.95), (0.91, 0.99), (0.4, 0.95)]),
        "Of 3 figures that were reported 2 lie outside eight futures of ten, all above"
    );
    assert_eq!(
        told(&[(0.02, 0.02), (0.5, 0.5)]),
        "Of 2 figures that were reported one lies outside eight futures of ten, below them"
    );
    assert_eq!(
        told(&[(0.02, 0.02), (0.95, 0.95)]),
        "Of 2 figures that were reported 2 lie outside eight futures of ten, on either side"
    );
}
