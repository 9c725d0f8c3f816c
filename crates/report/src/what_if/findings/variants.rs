//! What the variants of a question change: chances, how long something lasts, means.

use super::super::WhatIf;
use super::{against, years};
use crate::comparison::{Comparison, MeasureReport, Standing};
use crate::figure::Figure;
use crate::words::{amount_figure, capital, list, month, percent, the_measure};
use engine::outcomes::{Outcome, OutcomeId, Owner};

/// Variants that one sentence tells.
const VARIANTS: usize = 3;
/// A smaller part of the figure itself is no change to speak of.
const HARDLY: f64 = 0.005;

/// Chances that the first finding tells, a sentence each.
const CHANCES: usize = 3;
/// Chances that lie apart by less are told as one.
const APART: f64 = 0.01;

/// The first chances that were asked for, of the base and of each variant, and the measures that are told by it; of net present value, that
/// it is above 0. None where fewer than two were asked for: then [`changed`] tells more.
pub(super) fn chances(report: &WhatIf, compared: &Comparison) -> Option<(String, Vec<OutcomeId>)> {
    if compared.options.len() > VARIANTS + 1 {
        return None;
    }
    let asked = || report.asked.measures.iter().filter_map(|name| compared.measure(name));
    // How long something lasts says how often it ends, too.
    let lasts = asked().find(|told| told.measure.outcome == Outcome::EndedAt);
    let told_of = |told: &MeasureReport, text: String| (text, told.measure.clone());
    let lasting = lasts.and_then(|told| Some(told_of(told, how_long(told, compared)?)));
    let lasts = lasts.filter(|_| lasting.is_some());
    let is_said = |told: &MeasureReport| {
        let same = lasts.is_some_and(|lasts| lasts.measure.owner == told.measure.owner);
        told.measure.outcome == Outcome::Ended && same
    };
    let lasts_on = asked().find(|told| is_said(told)).map(|told| told.measure.clone());
    let each = asked().filter(|told| !is_said(told));
    let each = each.filter_map(|told| Some(told_of(told, chance_of_each(told, compared)?)));
    let (each, told): (Vec<String>, Vec<OutcomeId>) = lasting.into_iter().chain(each).take(CHANCES).unzip();
    let (first, rest) = each.split_first().filter(|(_, rest)| !rest.is_empty())?;
    let rest: String = rest.iter().map(|own| format!(" {}.", capital(own))).collect();
    Some((format!("{}, {first}.{rest}", capital(&years(report))), told.into_iter().chain(lasts_on).collect()))
}

/// In how many futures something lasts to the end, and after how long it has ended in one of ten, in the base and under each variant.
fn how_long(told: &MeasureReport, compared: &Comparison) -> Option<String> {
    let Owner::Alliance(name) = &told.measure.owner else { return None };
    let each = |figures: Vec<String>| {
        let all = figures.iter().enumerate().map(|(o, figure)| format!("{figure} {}", compared.under(o)));
        list(&all.collect::<Vec<_>>())
    };
    let share = |standing: &Standing| Some(percent(standing.own.missing?));
    let lasts = told.options.iter().map(share).collect::<Option<Vec<_>>>()?;
    let first = compared.options.first()?.first_year();
    let by = |standing: &Standing| month(first, standing.own.p10?.value);
    let ended = told.options.iter().map(by).collect::<Option<Vec<_>>>();
    let ended =
        ended.map_or_else(String::new, |ended| format!("; in one future in ten it has ended by {}", each(ended)));
    Some(format!("{name} lasts to the end in this share of futures: {}{ended}", each(lasts)))
}

/// `the chance that Dorset loses is 44% in the base, 42% under "both want it alike" and 47% under "one of them does not"`.
fn chance_of_each(told: &MeasureReport, compared: &Comparison) -> Option<String> {
    let event = told.event;
    if !event && told.measure != Outcome::Npv.whole() {
        return None;
    }
    let chance = |standing: &Standing| if event { standing.own.mean } else { standing.above_zero };
    let all: Vec<Figure> = told.options.iter().map(chance).collect::<Option<_>>()?;
    let (base, others) = all.split_first()?;
    let what = the_measure(&told.measure);
    let start = if event {
        format!("{what} is {} in the base", percent(*base))
    } else {
        format!("{what} is above 0 in {} of futures in the base", percent(*base))
    };
    if others.iter().all(|own| (own.value - base.value).abs() < APART) {
        let every = if others.len() == 1 { compared.under(1) } else { "under every variant".to_owned() };
        return Some(format!("{start}, and within one percentage point of that {every}"));
    }
    let each = others.iter().enumerate().map(|(k, own)| format!("{} {}", percent(*own), compared.under(k + 1)));
    Some(format!("{start}, {}", list(&each.collect::<Vec<_>>())))
}

/// The measure of which it is told what each variant changes: that asked for first, else net present value.
fn measure_told<'a>(report: &WhatIf, compared: &'a Comparison) -> Option<&'a MeasureReport> {
    let asked = report.asked.measures.iter().find_map(|name| compared.measure(name));
    asked
        .filter(|told| !told.options.iter().any(|standing| standing.own.may_not_come()))
        .or_else(|| compared.measure(&Outcome::Npv.whole()))
}

/// Whether what is told of the variants tells the net present value of each.
pub(super) fn tells_value(report: &WhatIf, compared: &Comparison) -> bool {
    let npv = Outcome::Npv.whole();
    let changed = measure_told(report, compared).is_some_and(|told| told.measure == npv);
    changed && compared.options.len() <= VARIANTS + 1
}

/// Measures that are told whole: of net present value only the chance was.
fn amounts(is_told: &[OutcomeId]) -> impl Iterator<Item = &OutcomeId> {
    is_told.iter().filter(|id| **id != Outcome::Npv.whole())
}

/// What each variant changes: the measure asked for first, else net present value, over the horizon unless that stands before; nothing where
/// the measure is among those told before.
pub(super) fn changed(report: &WhatIf, compared: &Comparison, (over, is_told): (bool, &[OutcomeId])) -> Option<String> {
    let told = measure_told(report, compared)?;
    if amounts(is_told).any(|id| *id == told.measure) {
        return None;
    }
    let settled = told.options.iter().all(|standing| standing.own.rests_on.is_none());
    let with_chance = !is_told.contains(&told.measure);
    let chance = |standing: &Standing, futures: &str| {
        let above = standing.above_zero.filter(|_| told.measure == Outcome::Npv.whole() && with_chance);
        above.map_or_else(String::new, |above| format!(", and above 0 in {}{futures}", percent(above)))
    };
    let figure = |standing: &Standing| if settled { standing.own.mean } else { standing.own.p50 };
    let says = |figure: Figure| if told.event { percent(figure) } else { amount_figure(figure, told.unit) };
    let base = told.options.first()?;
    let mut each = Vec::new();
    for (k, standing) in told.options.iter().enumerate().skip(1).take(VARIANTS) {
        let how = change(told, base, standing).filter(|_| settled);
        let it = how.map_or_else(|| Some(says(figure(standing)?)), Some)?;
        each.push(format!("{} it is {it}{}", compared.under(k), chance(standing, "")));
    }
    let average = match (told.event, settled) {
        (true, _) => "",
        (_, true) => " on average",
        (_, false) => " at the median",
    };
    let over = if over { format!("{}{}, ", years(report), against(&told.measure)) } else { String::new() };
    let start = capital(&format!("{over}{}", the_measure(&told.measure)));
    Some(format!(
        "{start} is {}{average} in the base{}; {}.",
        says(figure(base)?),
        chance(base, " of futures"),
        each.join("; ")
    ))
}

/// What a mean, or a chance, is under a variant, and by how much it differs from that of the base: `£5.5m, £0.40m lower`.
fn change(told: &MeasureReport, base: &Standing, standing: &Standing) -> Option<String> {
    let (own, difference) = (standing.own.mean?, &standing.against.as_ref()?.difference);
    let mean = difference.mean?;
    let size = Figure { value: mean.value.abs(), error: mean.error };
    // A difference that prints as nothing, or is nothing beside the figure itself, is none to speak of.
    if base.own.mean.is_some_and(|base| size.value <= HARDLY * base.value.abs()) {
        return Some("all but the same".to_owned());
    }
    // One that has not settled is not told.
    if difference.rests_on.is_some() {
        return None;
    }
    if !size.clear() {
        return Some("not clearly higher or lower".to_owned());
    }
    let way = if mean.value > 0.0 { "higher" } else { "lower" };
    Some(if told.event {
        format!("{}, {} percentage points {way}", percent(own), size.times(100.0).rounded(1))
    } else {
        format!("{}, {} {way}", amount_figure(own, told.unit), amount_figure(size, told.unit))
    })
}
