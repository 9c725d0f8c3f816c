//! The answer in plain English: what the variants change, and where a swept key turns the answer.

use super::{SweepReport, SweptMeasure, Switch, WhatIf};
use crate::comparison::{Comparison, MeasureReport, Standing};
use crate::figure::Figure;
use crate::inputs::Inputs;
use crate::words::{self, TWO_SIDED_95, amount, amount_figure, capital, list, measure, percent, promise, the_measure};
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::statistics::combined;
use language::Axis;

/// The sentences: the answer first (the chances that were asked for, by variant; else where a swept key turns it, or, where something else
/// than net present value was asked for, what the variants change), then the details.
pub(super) fn answer(report: &WhatIf) -> Vec<String> {
    if let Some(few) = words::too_few(report.run.trials) {
        return vec![few];
    }
    let asked = &report.asked.measures;
    let rank = |name: &OutcomeId| asked.iter().position(|own| own == name).unwrap_or(asked.len());
    let one_key = report.sweeps.iter().filter(|sweep| sweep.across.is_none());
    let mut every: Vec<_> = one_key.flat_map(|sweep| sweep.measures.iter().map(move |swept| (sweep, swept))).collect();
    every.sort_by_key(|(_, swept)| rank(&swept.measure));
    let turning = every.iter().filter(|(_, swept)| !swept.switches.is_empty());
    let mut turning: Vec<String> = turning.map(|(sweep, swept)| turns(report, sweep, swept)).collect();
    let mut said: Vec<String> = report.comparison.iter().filter_map(|compared| chances(report, compared)).collect();
    let told = if said.is_empty() { Vec::new() } else { told_events(report) };
    let changed = report.comparison.as_ref().and_then(|compared| changed(report, compared, &told));
    if turning.is_empty() {
        said.extend(changed);
        said.extend(every.first().and_then(|(sweep, swept)| stays(report, sweep, swept)));
    } else if asked.first().is_some_and(|first| *first != Outcome::Npv.whole()) {
        said.extend(changed);
        said.append(&mut turning);
    } else {
        said.append(&mut turning);
        said.extend(changed);
    }
    let again = |finding: &&String| told.iter().any(|event| finding.starts_with(&format!("{}: ", event.label)));
    let compared = report.comparison.iter().flat_map(|compared| &compared.findings);
    said.extend(compared.filter(|finding| !again(finding)).cloned());
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
    report.base.over()
}

/// Against what a measure is counted, where that goes without saying nowhere else.
fn against(swept: &SweptMeasure) -> &'static str {
    if swept.measure == Outcome::Npv.whole() { ", against every force alone" } else { "" }
}

/// Where the answer turns.
fn turns(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let sides: Vec<String> = swept
        .switches
        .iter()
        .map(|switch| {
            let side = if switch.rises { "above" } else { "below" };
            format!("{side} {}", found(&sweep.along.key, switch))
        })
        .collect();
    let holds = if swept.event {
        format!("{} is above one half", called(swept))
    } else {
        format!("{} is above 0", called(swept))
    };
    format!(
        "{} where {} is {}, all else as in the base{} ({}{}).",
        capital(&holds),
        sweep.name,
        sides.join(", or "),
        plan(sweep),
        years(report),
        against(swept)
    )
}

/// Where a switch lies: a value by a straight line between those swept, with its error, or only between which two.
fn found(key: &str, switch: &Switch) -> String {
    if switch.is_between() {
        let [from, to] = [switch.from, switch.to].map(|value| Inputs::stated(key, value));
        format!("a value between {from} and {to}")
    } else {
        format!("{} (by a straight line between values swept)", Inputs::found(key, switch.at, true))
    }
}

/// What the plan has while a key is swept that members hold the outcome against.
fn plan(sweep: &SweepReport) -> String {
    let last = sweep.along.key.rsplit('.').next().unwrap_or_default();
    match sweep.along.plan {
        Some(_) => " and with the plan kept".to_owned(),
        None if LATER.contains(&last) || PROMISED.contains(&last) => {
            ", with the same in the plan, so that members miss nothing that they were promised".to_owned()
        }
        None => String::new(),
    }
}

/// That no value of a key turns it.
fn stays(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    // A date is after the start whatever is swept: that is no answer.
    if swept.points.iter().any(|point| point.own.missing_means == "never") {
        return None;
    }
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
        Inputs::stated(&sweep.along.key, first.along),
        Inputs::stated(&sweep.along.key, last.along),
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

/// Chances that the first sentence tells.
const CHANCES: usize = 3;
/// Chances that lie apart by less are told as one.
const APART: f64 = 0.005;

/// The first chances that were asked for, of the base and of each variant; of net present value, that it is above 0. None where fewer than
/// two were asked for: then [`changed`] tells more.
fn chances(report: &WhatIf, compared: &Comparison) -> Option<String> {
    if compared.options.len() > VARIANTS + 1 {
        return None;
    }
    let asked = || report.asked.measures.iter().filter_map(|name| compared.measure(name));
    // How long something lasts says how often it ends, too.
    let lasts = asked().find(|told| told.measure.outcome == Outcome::EndedAt);
    let is_said = |told: &&MeasureReport| {
        told.measure.outcome == Outcome::Ended && lasts.is_some_and(|lasts| lasts.measure.owner == told.measure.owner)
    };
    let each = asked().filter(|told| !is_said(told)).filter_map(|told| chance_of_each(told, compared));
    let each: Vec<String> =
        lasts.and_then(|told| how_long(told, compared)).into_iter().chain(each).take(CHANCES).collect();
    (each.len() > 1).then(|| format!("{}: {}.", capital(&years(report)), each.join("; ")))
}

/// In how many futures something lasts to the end, and after how long it has ended in one of ten, in the base and under each variant.
fn how_long(told: &MeasureReport, compared: &Comparison) -> Option<String> {
    let Owner::Alliance(name) = &told.measure.owner else { return None };
    let names = || compared.options.iter().skip(1).map(|option| format!("under \"{}\"", option.name));
    let each = |figures: Vec<String>| {
        let where_is = std::iter::once("in the base".to_owned()).chain(names());
        list(&figures.iter().zip(where_is).map(|(figure, place)| format!("{figure} {place}")).collect::<Vec<_>>())
    };
    let share = |standing: &Standing| Some(format!("in {} of futures", percent(standing.own.missing?)));
    let lasts = told.options.iter().map(share).collect::<Option<Vec<_>>>()?;
    let years = |standing: &Standing| Some(amount_figure(standing.own.p10?, told.unit));
    let ended = told.options.iter().map(years).collect::<Option<Vec<_>>>();
    let ended =
        ended.map_or_else(String::new, |ended| format!("; one future in ten has seen it end after {}", each(ended)));
    Some(format!("{name} lasts to the end {}{ended}", each(lasts)))
}

/// The events among the chances that the first sentence tells: told once.
fn told_events(report: &WhatIf) -> Vec<&MeasureReport> {
    let Some(compared) = &report.comparison else { return Vec::new() };
    let asked = report.asked.measures.iter().filter_map(|name| compared.measure(name));
    let chances = asked.filter(|told| told.event || told.measure == Outcome::Npv.whole()).take(CHANCES);
    chances.filter(|told| told.event).collect()
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
    let start = if event {
        format!("{} is {} in the base", the_measure(&told.measure), percent(*base))
    } else {
        format!("{} is above 0 in {} of futures in the base", the_measure(&told.measure), percent(*base))
    };
    if others.iter().all(|own| (own.value - base.value).abs() < APART) {
        return Some(format!("{start}, and within half a percentage point of that under every variant"));
    }
    let names = compared.options.iter().skip(1);
    let each = others.iter().zip(names).map(|(own, option)| format!("{} under \"{}\"", percent(*own), option.name));
    Some(format!("{start}, {}", list(&each.collect::<Vec<_>>())))
}

/// What each variant changes: the measure asked for first, else net present value.
fn changed(report: &WhatIf, compared: &Comparison, is_told: &[&MeasureReport]) -> Option<String> {
    let asked = report.asked.measures.iter().find_map(|name| compared.measure(name));
    let told = asked
        .filter(|told| !told.options.iter().any(|standing| standing.own.may_not_come()))
        .or_else(|| compared.measure(&Outcome::Npv.whole()))?;
    if is_told.iter().any(|event| event.measure == told.measure) {
        return None;
    }
    let base = told.options.first()?;
    let event = told.event;
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
    let pays = |standing: &Standing, name: &str| standing.above_zero.map(|above| format!("{} {name}", percent(above)));
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
    let chances = if told.measure == Outcome::Npv.whole() && !chances.is_empty() {
        format!(" Share of futures in which it is above 0: {}.", list(&chances))
    } else {
        String::new()
    };
    let over = if told.measure == Outcome::Npv.whole() {
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

fn along(sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    let (first, last) = (swept.points.first()?, swept.points.last()?);
    // Of what may never come there is no mean over all futures: how often it does not is told.
    let never = swept.may_not_come();
    let of = |point: &super::SweptPoint| if never { point.own.missing } else { point.own.mean };
    let (from, to) = (of(first)?, of(last)?);
    let clear = (to.value - from.value).abs() > TWO_SIDED_95 * combined(to.error, from.error);
    let goes = match (clear, to.value > from.value) {
        (false, _) => "hardly moves",
        (true, true) => "rises",
        (true, false) => "falls",
    };
    let [start, end] = [first, last].map(|point| Inputs::stated(&sweep.along.key, point.along));
    let [says_from, says_to] = [from, to].map(|own| if never { percent(own) } else { says(swept, own) });
    let goes = match (clear, says_from == says_to) {
        (false, true) => format!("stays at {says_from}"),
        _ => format!("{goes}, from {says_from} to {says_to}"),
    };
    let mut text = format!(
        "As {} goes from {start} to {end}, {} {goes}.",
        sweep.name,
        if never {
            format!("the share of futures in which it never comes ({})", measure(&swept.measure))
        } else {
            called(swept)
        }
    );
    if clear && to.value > from.value && !never && sweep.along.plan.is_none() {
        text.push_str(late_helps(&sweep.along.key, swept));
    }
    for switch in &swept.switches {
        let at = found(&sweep.along.key, switch);
        let level = if swept.event { "one half".to_owned() } else { "0".to_owned() };
        let way = if switch.rises { "above" } else { "below" };
        text.push_str(&format!(" It passes {way} {level} at {at}."));
    }
    Some(text)
}

/// Keys of a time, or of a factor on one: more of them is later.
const LATER: [&str; 6] = ["slip", "ict_slip", "ict_ready", "submit", "implement", "board_cycle"];

/// Other keys of what members are promised.
const PROMISED: [&str; 4] = ["realisation", "saving", "overrun", "oneoff"];

/// Why a promise may be kept more often where a programme is later; nothing of other keys and measures.
fn late_helps(key: &str, swept: &SweptMeasure) -> &'static str {
    let is_time = key.rsplit('.').next().is_some_and(|last| LATER.contains(&last));
    if is_time && promise(&swept.measure).is_some() {
        " Later can help a promise: what is swept is so in the plan too, so that members miss less of what it held out by then, and leave \
         less often."
    } else {
        ""
    }
}

fn over_both(sweep: &SweepReport, across: &str, swept: &SweptMeasure) -> Option<String> {
    // Of a date that may never come there is no mean over all futures: how often it comes is told.
    let dates = swept.may_not_come();
    let figure = |point: &super::SweptPoint| if dates { point.comes() } else { point.own.mean };
    let says = |own: Figure| if dates { percent(own) } else { says(swept, own) };
    let known: Vec<_> = swept.points.iter().filter_map(|point| Some((point, figure(point)?))).collect();
    let (high, highest) = known.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let (low, lowest) = known.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let place = |point: &super::SweptPoint| {
        let at = |key: &str, value: f64| format!("{} {}", Inputs::noun(key), Inputs::stated(key, value));
        let second = point.across.map_or_else(String::new, |second| format!(" and {}", at(across, second)));
        format!("{}{second}", at(&sweep.along.key, point.along))
    };
    let as_low = known.iter().filter(|(_, own)| says(*own) == says(*lowest)).count();
    let (level, what) = match (swept.event, dates) {
        (true, _) | (_, true) => (0.5, "one half".to_owned()),
        _ => (0.0, amount(0.0, swept.unit)),
    };
    let above = match known.iter().filter(|(_, own)| own.value > level).count() {
        0 => "none".to_owned(),
        all if all == known.len() => "all".to_owned(),
        some => some.to_string(),
    };
    let latest = |at: f64, axis: &Axis| axis.values.iter().all(|value| *value <= at);
    let second = sweep.across.as_ref().filter(|axis| high.across.is_some_and(|at| latest(at, axis)));
    let first = Some(&sweep.along).filter(|axis| latest(high.along, axis));
    let why = [first, second]
        .into_iter()
        .flatten()
        .filter(|axis| axis.plan.is_none())
        .map(|axis| late_helps(&axis.key, swept));
    let why = why.max_by_key(|why| why.len()).unwrap_or_default();
    Some(format!(
        "{}: {} lies between {} ({}) and {} ({}); it is above {what} at {above} of {} combinations of values.{why}",
        sweep.name,
        if dates {
            format!("the share of futures in which it comes ({})", measure(&swept.measure))
        } else {
            called(swept)
        },
        says(*lowest),
        if as_low > 1 { format!("at {as_low} combinations") } else { place(low) },
        says(*highest),
        place(high),
        known.len()
    ))
}
