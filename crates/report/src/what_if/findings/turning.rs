//! Where a swept key turns the answer, or that no value of it does.

use super::super::plan::plan_kept;
use super::super::{SweepReport, SweptMeasure, Switch, WhatIf};
use super::{against, called, years};
use crate::figure::Figure;
use crate::inputs::Inputs;
use crate::words::capital;

/// Where the answer turns.
pub(super) fn turns(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> String {
    let sides: Vec<String> = swept
        .switches
        .iter()
        .map(|switch| {
            let side = if switch.rises { "above" } else { "below" };
            format!("{side} {}", found(&sweep.along.key, switch))
        })
        .collect();
    let holds = format!("{} is above {}", called(swept), level_says(swept));
    format!(
        "{} where {} is {}, all else as in the base{} ({}{}).",
        capital(&holds),
        sweep.name,
        sides.join(", or "),
        plan_kept(sweep),
        years(report),
        against(&swept.measure)
    )
}

/// The level that turns it, in words.
pub(super) fn level_says(swept: &SweptMeasure) -> String {
    if swept.event { "one half".to_owned() } else { swept.level.unwrap_or_default().to_string() }
}

/// Where a switch lies: a value by a straight line between those swept, with its error, or only between which two.
pub(super) fn found(key: &str, switch: &Switch) -> String {
    if switch.is_between() {
        let [from, to] = [switch.from, switch.to].map(|value| Inputs::stated(key, value));
        format!("a value between {from} and {to}")
    } else {
        format!("{} (by a straight line between values swept)", Inputs::found(key, switch.at, true))
    }
}

/// That no value of a key turns it.
pub(super) fn stays(report: &WhatIf, sweep: &SweepReport, swept: &SweptMeasure) -> Option<String> {
    // An amount that turns nothing is no answer.
    let level = swept.level?;
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
        level_says(swept),
        years(report),
        against(&swept.measure)
    ))
}
