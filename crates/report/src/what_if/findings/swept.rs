//! What becomes of each measure as one key is swept, or two.

use super::super::plan::late_helps;
use super::super::{SweepReport, SweptMeasure, SweptPoint, WhatIf};
use super::turning::{found, level_says};
use super::{against, called, says, years};
use crate::figure::Figure;
use crate::inputs::Inputs;
use crate::words::{TWO_SIDED_95, measure, percent};
use engine::statistics::combined;
use language::Axis;

/// A sentence a measure.
pub(super) fn along(report: &WhatIf, sweep: &SweepReport) -> Vec<String> {
    let told = |swept: &SweptMeasure| match &sweep.across {
        None => over_one(sweep, swept),
        Some(across) => over_both(report, sweep, &across.key, swept),
    };
    sweep.measures.iter().filter_map(told).collect()
}

fn over_one(sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    let (first, last) = (swept.points.first()?, swept.points.last()?);
    // Of what may never come there is no mean over all futures: how often it does not is told.
    let never = swept.may_not_come();
    let of = |point: &SweptPoint| if never { point.own.missing } else { point.own.mean };
    let (from, to) = (of(first)?, of(last)?);
    let told = |own: Figure| if never { percent(own) } else { says(swept, own) };
    let at = |point: &SweptPoint| Inputs::stated(&sweep.along.key, point.along);
    let between: Vec<(&SweptPoint, Figure)> =
        swept.points[1..swept.points.len() - 1].iter().filter_map(|point| Some((point, of(point)?))).collect();
    // What prints like an end is none beyond it.
    let shows = |extreme: &(&SweptPoint, Figure)| ![from, to].iter().any(|end| told(*end) == told(extreme.1));
    let goes = match extremes((first, from), (last, to), &between).map(|extreme| extreme.filter(shows)) {
        [Some((high, most)), Some((low, least))] => format!(
            "goes up and down: it is {} at first, {} at the highest (at {}), {} at the lowest (at {}) and {} in the end",
            told(from),
            told(most),
            at(high),
            told(least),
            at(low),
            told(to)
        ),
        [Some((high, most)), None] => {
            format!("rises, from {} to {} at {}, and then falls to {}", told(from), told(most), at(high), told(to))
        }
        [None, Some((low, least))] => {
            format!("falls, from {} to {} at {}, and then rises to {}", told(from), told(least), at(low), told(to))
        }
        [None, None] => match (apart((first, from), (last, to)), told(from) == told(to), to.value > from.value) {
            (false, true, _) => format!("stays at {}", told(from)),
            (false, ..) => format!("hardly moves, from {} to {}", told(from), told(to)),
            (true, _, true) => format!("rises, from {} to {}", told(from), told(to)),
            (true, _, false) => format!("falls, from {} to {}", told(from), told(to)),
        },
    };
    let what = if never {
        format!("the share of futures in which it never comes ({})", measure(&swept.measure))
    } else {
        called(swept)
    };
    let mut text = format!("As {} goes from {} to {}, {what} {goes}.", sweep.name, at(first), at(last));
    if apart((first, from), (last, to)) && to.value > from.value && !never && sweep.along.plan.is_none() {
        text.push_str(late_helps(&sweep.along.key, swept));
    }
    for switch in &swept.switches {
        let at = found(&sweep.along.key, switch);
        let level = level_says(swept);
        let way = if switch.rises { "above" } else { "below" };
        text.push_str(&format!(" It passes {way} {level} at {at}."));
    }
    Some(text)
}

/// Whether the figures of two points lie apart beyond their errors: those of the differences from the base where both have one, as these are
/// of the same futures.
fn apart(one: (&SweptPoint, Figure), other: (&SweptPoint, Figure)) -> bool {
    let paired = one.0.difference.zip(other.0.difference).filter(|_| !one.0.own.may_not_come());
    let errors = paired.map_or((one.1.error, other.1.error), |(one, other)| (one.error, other.error));
    (other.1.value - one.1.value).abs() > TWO_SIDED_95 * combined(errors.0, errors.1)
}

/// The highest and the lowest of the points between two ends, each where it lies clearly beyond both ends.
fn extremes<'a>(
    from: (&SweptPoint, Figure),
    to: (&SweptPoint, Figure),
    between: &[(&'a SweptPoint, Figure)],
) -> [Option<(&'a SweptPoint, Figure)>; 2] {
    let by_value = |a: &&(&SweptPoint, Figure), b: &&(&SweptPoint, Figure)| a.1.value.total_cmp(&b.1.value);
    let beyond = |own: (&SweptPoint, Figure)| apart(own, from) && apart(own, to);
    let (low, high) = (from.1.value.min(to.1.value), from.1.value.max(to.1.value));
    let highest = between.iter().max_by(by_value).filter(|own| own.1.value > high && beyond(**own));
    let lowest = between.iter().min_by(by_value).filter(|own| own.1.value < low && beyond(**own));
    [highest.copied(), lowest.copied()]
}

fn over_both(report: &WhatIf, sweep: &SweepReport, across: &str, swept: &SweptMeasure) -> Option<String> {
    // Of a date that may never come there is no mean over all futures: how often it comes is told.
    let dates = swept.may_not_come();
    let figure = |point: &SweptPoint| if dates { point.comes() } else { point.own.mean };
    let says = |own: Figure| if dates { percent(own) } else { says(swept, own) };
    let known: Vec<_> = swept.points.iter().filter_map(|point| Some((point, figure(point)?))).collect();
    let (high, highest) = known.iter().max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let (low, lowest) = known.iter().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let place = |point: &SweptPoint| {
        let at = |key: &str, value: f64| format!("{} {}", Inputs::noun(key), Inputs::stated(key, value));
        let second = point.across.map_or_else(String::new, |second| format!(" and {}", at(across, second)));
        format!("{}{second}", at(&sweep.along.key, point.along))
    };
    let as_low = known.iter().filter(|(_, own)| says(*own) == says(*lowest)).count();
    // Of dates it is told how often they come.
    let level = if dates { Some(0.5) } else { swept.level };
    let above = level.map_or_else(String::new, |level| {
        let what = if dates { "one half".to_owned() } else { level_says(swept) };
        let above = match known.iter().filter(|(_, own)| own.value > level).count() {
            0 => "none".to_owned(),
            all if all == known.len() => "all".to_owned(),
            some => some.to_string(),
        };
        format!("; it is above {what} at {above} of {} combinations of values", known.len())
    });
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
        "{} ({}{}): {} lies between {} ({}) and {} ({}){above}.{why}",
        sweep.name,
        years(report),
        against(&swept.measure),
        if dates {
            format!("the share of futures in which it comes ({})", measure(&swept.measure))
        } else {
            called(swept)
        },
        says(*lowest),
        if as_low > 1 { format!("at {as_low} combinations") } else { place(low) },
        says(*highest),
        place(high)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Spread;
    use engine::outcomes::Outcome;

    fn told(means: &[f64]) -> String {
        let point = |(k, mean): (usize, &f64)| {
            let own = Spread { mean: Some(Figure { value: *mean, error: 0.1 }), ..Spread::default() };
            SweptPoint { along: 1.0 + k as f64, across: None, own, difference: None, better: None }
        };
        let swept = SweptMeasure {
            measure: Outcome::Npv.whole(),
            label: "Net present value".to_owned(),
            unit: "£m",
            shown_unit: "£m".to_owned(),
            event: false,
            points: means.iter().enumerate().map(point).collect(),
            level: Some(0.0),
            switches: Vec::new(),
        };
        let key = "economy.discount".to_owned();
        let along = Axis { key, values: (1..=means.len()).map(|k| k as f64).collect(), plan: None, at: None };
        let sweep = SweepReport { name: "it".to_owned(), along, across: None, measures: vec![swept] };
        over_one(&sweep, &sweep.measures[0])
            .expect("a sentence")
            .split_once("on average ")
            .expect("a mean")
            .1
            .to_owned()
    }

    #[test]
    fn what_turns_between_the_ends_is_no_rise_and_no_fall() {
        assert!(told(&[5.0, 6.0, 7.0]).starts_with("rises, from £5.0m to £7.0m."));
        // The highest lies 1.0 and 0.5 above the ends, by errors of √2·0.1 = 0.14.
        assert!(told(&[5.0, 6.0, 5.5]).starts_with("rises, from £5.0m to £6.0m at "));
        assert!(told(&[5.0, 6.0, 5.5]).ends_with("and then falls to £5.5m."));
        assert!(told(&[5.0, 4.0, 4.5]).starts_with("falls, from £5.0m to £4.0m at "));
        let both = told(&[5.0, 6.0, 4.0, 5.1]);
        assert!(both.starts_with("goes up and down: it is £5.0m at first, £6.0m at the highest (at "), "{both}");
        // Within the errors nothing turns.
        assert!(told(&[5.0, 5.2, 5.1]).starts_with("hardly moves, from £5.0m to £5.1m."));
        assert!(told(&[5.0, 6.1, 6.0]).starts_with("rises, from £5.0m to £6.0m."));
    }
}
