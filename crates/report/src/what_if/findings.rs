//! The answer in plain English: what the variants change, and where a swept key turns the answer.

mod swept;
mod turning;
mod variants;

use super::{SweptMeasure, WhatIf};
use crate::comparison::About;
use crate::figure::Figure;
use crate::words::{self, amount_figure, measure, percent, the_measure};
use engine::outcomes::{Outcome, OutcomeId};

/// The sentences: the answer first (the chances that were asked for, by variant; else where a swept key turns it and, with it, what the
/// variants change), then the details.
pub(super) fn answer(report: &WhatIf) -> Vec<String> {
    if let Some(few) = words::too_few(report.run.trials) {
        return vec![few];
    }
    let asked = &report.asked.measures;
    let rank = |name: &OutcomeId| asked.iter().position(|own| own == name).unwrap_or(asked.len());
    let one_key = report.sweeps.iter().filter(|sweep| sweep.across.is_none());
    let mut every: Vec<_> = one_key.flat_map(|sweep| sweep.measures.iter().map(move |swept| (sweep, swept))).collect();
    every.sort_by_key(|(_, swept)| rank(&swept.measure));
    let mut turns = every.iter().filter(|(_, swept)| !swept.switches.is_empty()).peekable();
    let (chances, told) = report.comparison.as_ref().and_then(|own| variants::chances(report, own)).unzip();
    let told: Vec<OutcomeId> = told.unwrap_or_default();
    let changed = |over: bool| report.comparison.as_ref().and_then(|own| variants::changed(report, own, (over, &told)));
    // What few variants come to says which leads.
    let tells_value = report.comparison.as_ref().is_some_and(|own| variants::tells_value(report, own));
    let mut said: Vec<String> = Vec::from_iter(chances);
    let is_npv = asked.first().is_none_or(|first| *first == Outcome::Npv.whole());
    match turns.peek() {
        None => {
            said.extend(changed(true));
            said.extend(every.first().and_then(|(sweep, swept)| turning::stays(report, sweep, swept)));
        }
        // Where it turns and what the variants come to are one answer.
        Some((sweep, swept)) if is_npv && said.is_empty() && swept.measure == Outcome::Npv.whole() => {
            said.push(
                std::iter::once(turning::turns(report, sweep, swept))
                    .chain(changed(false))
                    .collect::<Vec<_>>()
                    .join(" "),
            );
            said.extend(turns.skip(1).map(|(sweep, swept)| turning::turns(report, sweep, swept)));
        }
        Some(_) => {
            said.extend(changed(true));
            said.extend(turns.map(|(sweep, swept)| turning::turns(report, sweep, swept)));
        }
    }
    let compared = report.comparison.iter();
    let is_told = |about: &About| match about {
        About::Measure(measure) => told.contains(measure),
        About::Verdict => tells_value,
        About::Other => false,
    };
    said.extend(compared.flat_map(|own| own.findings_but(is_told)));
    said.extend(report.sweeps.iter().flat_map(|sweep| swept::along(report, sweep)));
    said
}

/// From which year to which.
fn years(report: &WhatIf) -> String {
    report.base.over()
}

/// Against what a measure is counted, where that goes without saying nowhere else.
fn against(measure: &OutcomeId) -> &'static str {
    if *measure == Outcome::Npv.whole() { ", against every force alone" } else { "" }
}

/// A mean as people say it: an amount, or the chance of an event.
fn says(swept: &SweptMeasure, figure: Figure) -> String {
    if swept.event { percent(figure) } else { amount_figure(figure, swept.unit) }
}

/// What the measure is called.
fn called(swept: &SweptMeasure) -> String {
    if swept.event { the_measure(&swept.measure) } else { format!("{} on average", measure(&swept.measure)) }
}
