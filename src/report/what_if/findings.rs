//! The answer in plain English: what the variants change, and where a swept key turns the answer.

use super::{SweepReport, SweptMeasure, WhatIf};
use crate::report::figure::Figure;
use crate::report::terminal::layout::with_error;
use crate::report::words::{TWO_SIDED_95, amount, amount_figure, measure, percent};

/// The sentences: of the variants first, then of each sweep.
pub(super) fn answer(report: &WhatIf) -> Vec<String> {
    let mut said = report.comparison.as_ref().map_or_else(Vec::new, |comparison| comparison.findings.clone());
    for sweep in &report.sweeps {
        said.extend(sweep.measures.iter().filter_map(|swept| match &sweep.across {
            None => along(sweep, swept),
            Some(across) => over_both(sweep, &across.key, swept),
        }));
    }
    said
}

/// A mean as people say it: an amount, or the chance of an event.
fn says(swept: &SweptMeasure, figure: Figure) -> String {
    if swept.event { percent(figure) } else { amount_figure(figure, swept.unit) }
}

/// What the measure is called.
fn called(swept: &SweptMeasure) -> String {
    if swept.event {
        format!("the {}", measure(&swept.measure))
    } else {
        format!("{} on average", measure(&swept.measure))
    }
}

/// The last part of a key's path.
pub(super) fn short(key: &str) -> &str {
    key.rsplit('.').next().unwrap_or(key)
}

fn along(sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    let (first, last) = (swept.points.first()?, swept.points.last()?);
    let (from, to) = (first.own.mean?, last.own.mean?);
    let clear = (to.value - from.value).abs() > TWO_SIDED_95 * to.error.hypot(from.error);
    let goes = match (clear, to.value > from.value) {
        (false, _) => "hardly moves",
        (true, true) => "rises",
        (true, false) => "falls",
    };
    let (start, end) = (amount(first.along, ""), amount(last.along, ""));
    let mut text = format!(
        "As {} goes from {start} to {end}, {} {goes}, from {} to {}.",
        sweep.name,
        called(swept),
        says(swept, from),
        says(swept, to)
    );
    for switch in &swept.switches {
        let at = with_error(Some(switch.at), 3, "");
        let level = if swept.event { "one half".to_owned() } else { "0".to_owned() };
        let way = if switch.rises { "above" } else { "below" };
        text.push_str(&format!(" It passes {way} {level} at {at}."));
    }
    Some(text)
}

fn over_both(sweep: &SweepReport, across: &str, swept: &SweptMeasure) -> Option<String> {
    let value = |point: &&super::SweptPoint| point.own.mean.map_or(f64::NAN, |mean| mean.value);
    let known: Vec<_> = swept.points.iter().filter(|point| point.own.mean.is_some()).collect();
    let high = known.iter().max_by(|a, b| value(a).total_cmp(&value(b)))?;
    let low = known.iter().min_by(|a, b| value(a).total_cmp(&value(b)))?;
    let place = |point: &super::SweptPoint| {
        let second =
            point.across.map_or_else(String::new, |second| format!(" and {} {}", short(across), amount(second, "")));
        format!("{} {}{second}", short(&sweep.along.key), amount(point.along, ""))
    };
    let level = if swept.event { 0.5 } else { 0.0 };
    let above = known.iter().filter(|point| value(point) > level).count();
    Some(format!(
        "{}: {} lies between {} ({}) and {} ({}); it is above {} at {above} of {} points.",
        sweep.name,
        called(swept),
        says(swept, low.own.mean?),
        place(low),
        says(swept, high.own.mean?),
        place(high),
        if swept.event { "one half" } else { "0" },
        known.len()
    ))
}
