//! The answer in plain English: what the variants change, and where a swept key turns the answer.

use super::{SweepReport, SweptMeasure, WhatIf};
use crate::report::comparison::Comparison;
use crate::report::explanation::label;
use crate::report::figure::Figure;
use crate::report::terminal::layout::with_error;
use crate::report::words::{TWO_SIDED_95, amount, amount_figure, capital, list, measure, percent, the_measure};

/// The sentences: the answer first (where a swept key turns it, or, where something else than net present value was asked for, what the
/// variants change), then the details.
pub(super) fn answer(report: &WhatIf) -> Vec<String> {
    let asked = &report.asked.measures;
    let rank = |name: &String| asked.iter().position(|own| own == name).unwrap_or(asked.len());
    let one_key = report.sweeps.iter().filter(|sweep| sweep.across.is_none());
    let mut every: Vec<_> = one_key.flat_map(|sweep| sweep.measures.iter().map(move |swept| (sweep, swept))).collect();
    every.sort_by_key(|(_, swept)| rank(&swept.measure));
    let turning = every.iter().filter(|(_, swept)| !swept.switches.is_empty());
    let mut turning: Vec<String> = turning.map(|(sweep, swept)| turns(report, sweep, swept)).collect();
    let changed = report.comparison.as_ref().and_then(|compared| changed(report, compared));
    let mut said = Vec::new();
    if turning.is_empty() {
        said.extend(changed);
        said.extend(every.first().and_then(|(sweep, swept)| stays(report, sweep, swept)));
    } else if asked.first().is_some_and(|first| first != "npv") {
        said.extend(changed);
        said.append(&mut turning);
    } else {
        said.append(&mut turning);
        said.extend(changed);
    }
    said.extend(report.comparison.iter().flat_map(|compared| compared.findings.iter().cloned()));
    for sweep in &report.sweeps {
        said.extend(sweep.measures.iter().filter_map(|swept| match &sweep.across {
            None => along(sweep, swept),
            Some(across) => over_both(sweep, &across.key, swept),
        }));
    }
    said
}

/// From which year to which.
fn years(report: &WhatIf) -> String {
    format!("from {} to {}", report.base.first_year(), report.base.last_year())
}

/// Against what a measure is counted, where that goes without saying nowhere else.
fn against(swept: &SweptMeasure) -> &'static str {
    if swept.measure == "npv" { ", against every force alone" } else { "" }
}

/// Where the answer turns.
fn turns(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let sides: Vec<String> = swept
        .switches
        .iter()
        .map(|switch| {
            let side = if switch.rises { "above" } else { "below" };
            format!("{side} {}", with_error(Some(switch.at), 3, ""))
        })
        .collect();
    let holds = if swept.event {
        format!("{} is above one half", called(swept))
    } else {
        format!("{} is above 0", called(swept))
    };
    format!(
        "{} where {} is {}, all else as in the base ({}{}).",
        capital(&holds),
        sweep.name,
        sides.join(", or "),
        years(report),
        against(swept)
    )
}

/// That no value of a key turns it.
fn stays(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    let level = if swept.event { 0.5 } else { 0.0 };
    let over = |mean: Figure| Figure { value: mean.value - level, error: mean.error };
    let means: Vec<Figure> = swept.points.iter().map(|point| point.own.mean.map(over)).collect::<Option<_>>()?;
    let (above, below) = (means.iter().all(|mean| mean.clear()), means.iter().all(|mean| mean.times(-1.0).clear()));
    let (first, last) = (swept.points.first()?, swept.points.last()?);
    let side = match (above, below) {
        (true, _) => "above",
        (_, true) => "below",
        _ => return None,
    };
    Some(format!(
        "No value of {} from {} to {} turns the answer: {} stays {side} {} ({}{}).",
        sweep.name,
        amount(first.along, ""),
        amount(last.along, ""),
        called(swept),
        if swept.event { "one half" } else { "0" },
        years(report),
        against(swept)
    ))
}

/// Variants that one sentence tells.
const VARIANTS: usize = 3;
/// A smaller part of the figure itself is no change to speak of.
const HARDLY: f64 = 0.005;

/// What each variant changes: the measure asked for first, else net present value.
fn changed(report: &WhatIf, compared: &Comparison) -> Option<String> {
    let asked = report.asked.measures.iter().find_map(|name| compared.measure(name));
    let told = asked.or_else(|| compared.measure("npv"))?;
    let base = told.options.first()?;
    let event = base.regret.is_none();
    let size = |figure: Figure| Figure { value: figure.value.abs(), error: figure.error };
    let mut each = Vec::new();
    for (standing, option) in told.options.iter().zip(&compared.options).skip(1).take(VARIANTS) {
        let mean = standing.against.as_ref()?.difference.mean?;
        let clear = size(mean).clear();
        let way = if mean.value > 0.0 { "higher" } else { "lower" };
        let by = if event {
            format!("{} percentage points", mean.times(100.0).times(mean.value.signum()).rounded(1))
        } else {
            amount_figure(size(mean), told.unit)
        };
        // A difference that prints as nothing, or is nothing beside the figure itself, is none to speak of.
        let hardly = base.own.mean.is_some_and(|own| mean.value.abs() < HARDLY * own.value.abs());
        each.push(if hardly {
            format!("under \"{}\" it is all but the same", option.name)
        } else if clear {
            format!("under \"{}\" it is {by} {way}", option.name)
        } else {
            format!("under \"{}\" it is not clearly higher or lower", option.name)
        });
    }
    let (start, mean) = (the_measure(&told.measure), base.own.mean?);
    let now = if event { percent(mean) } else { amount_figure(mean, told.unit) };
    let average = if event { "" } else { " on average" };
    let pays = |standing: &crate::report::comparison::Standing, name: &str| {
        standing.above_zero.map(|above| format!("{} {name}", percent(above)))
    };
    let chances: Vec<String> = told
        .options
        .iter()
        .zip(&compared.options)
        .take(VARIANTS + 1)
        .enumerate()
        .filter_map(|(o, (standing, option))| {
            pays(standing, &if o == 0 { "in the base".to_owned() } else { format!("under \"{}\"", option.name) })
        })
        .collect();
    let chances = if told.measure == "npv" && !chances.is_empty() {
        format!(" Share of futures in which it is above 0: {}.", list(&chances))
    } else {
        String::new()
    };
    let over = if told.measure == "npv" {
        format!("{}, against every force alone, ", years(report))
    } else {
        format!("{}, ", years(report))
    };
    Some(format!("{}{start} is {now}{average} in the base; {}.{chances}", capital(&over), each.join("; ")))
}

/// A mean as people say it: an amount, or the chance of an event.
fn says(swept: &SweptMeasure, figure: Figure) -> String {
    if swept.event { percent(figure) } else { amount_figure(figure, swept.unit) }
}

/// What the measure is called.
fn called(swept: &SweptMeasure) -> String {
    if swept.event { the_measure(&swept.measure) } else { format!("{} on average", measure(&swept.measure)) }
}

/// The last part of a key's path, as people call it.
pub(super) fn short(key: &str) -> String {
    label(key).rsplit(": ").next().unwrap_or_default().to_owned()
}

fn along(sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    let (first, last) = (swept.points.first()?, swept.points.last()?);
    // Of what may never come there is no mean over all futures: how often it does not is told.
    let never = first.own.missing_means == "never";
    let of = |point: &super::SweptPoint| if never { point.own.missing } else { point.own.mean };
    let (from, to) = (of(first)?, of(last)?);
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
        if never {
            format!("the share of futures in which it never comes ({})", measure(&swept.measure))
        } else {
            called(swept)
        },
        if never { percent(from) } else { says(swept, from) },
        if never { percent(to) } else { says(swept, to) }
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
    let as_low = |point: &&&super::SweptPoint| {
        point.own.mean.zip(low.own.mean).is_some_and(|(own, low)| says(swept, own) == says(swept, low))
    };
    let lowest = known.iter().filter(as_low).count();
    let level = if swept.event { 0.5 } else { 0.0 };
    let above = known.iter().filter(|point| value(point) > level).count();
    Some(format!(
        "{}: {} lies between {} ({}) and {} ({}); it is above {} at {above} of {} points.",
        sweep.name,
        called(swept),
        says(swept, low.own.mean?),
        if lowest > 1 { format!("at {lowest} points") } else { place(low) },
        says(swept, high.own.mean?),
        place(high),
        if swept.event { "one half" } else { "0" },
        known.len()
    ))
}
