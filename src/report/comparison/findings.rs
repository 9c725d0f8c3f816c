//! What a comparison says in a few sentences: which option is best in value, how surely, what it takes, who loses, what turns it.

use super::{Comparison, MeasureReport, promise_name};
use crate::report::figure::Figure;
use crate::report::words::{Likelihood, TWO_SIDED_95, amount_figure, capital, list, measure, money_figure, percent};

/// The sentences, most important first.
pub(super) fn findings(report: &Comparison) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(npv) = report.measure("npv") {
        said.extend(leader(report, npv));
        said.extend((1..report.options.len()).filter_map(|o| value(report, npv, o)));
        said.extend(dominated(report, npv));
    }
    said.extend(report.promises().take(2).map(|promise| chances(report, promise)));
    said.extend(need(report));
    said.extend(turned(report));
    said
}

/// The best expected value, where the interval of its lead over the next is clear.
fn leader(report: &Comparison, npv: &MeasureReport) -> Option<String> {
    let (best, next) = (*npv.ranking.first()?, *npv.ranking.get(1)?);
    let from_base = |o: usize| match &npv.options[o].against {
        Some(against) => against.difference.mean,
        None => Some(Figure { value: 0.0, error: 0.0 }),
    };
    let (first, second) = (from_base(best)?, from_base(next)?);
    let error = first.error.hypot(second.error);
    let name = &report.options[best].name;
    let often = percent(npv.options[best].first?);
    Some(if first.value - second.value > TWO_SIDED_95 * error {
        format!(
            "On average {name} is worth most: {} more than {}. It comes first in {often} of futures.",
            money_figure(Figure { value: first.value - second.value, error }),
            report.options[next].name
        )
    } else {
        let names = [name.clone(), report.options[next].name.clone()];
        format!("Which of {} is worth most on average cannot be told from these trials.", list(&names))
    })
}

fn value(report: &Comparison, npv: &MeasureReport, o: usize) -> Option<String> {
    let against = npv.options[o].against.as_ref()?;
    let (p10, p50, p90) = (against.difference.p10?, against.difference.p50?, against.difference.p90?);
    let better = against.better?;
    Some(format!(
        "{} against {}: net present value differs by {} at the median ({} to {} in eight futures of ten). {} that it is the better of the two.",
        capital(&report.options[o].name),
        report.options[0].name,
        money_figure(p50),
        money_figure(p10),
        money_figure(p90),
        Likelihood::of(better).opening(better)
    ))
}

fn dominated(report: &Comparison, npv: &MeasureReport) -> Vec<String> {
    let base = &report.options[0].name;
    let told = |(o, standing): (usize, &super::Standing)| {
        let against = standing.against.as_ref()?;
        let name = &report.options[o].name;
        let say = |order: &str, one: &str, other: &str| match order {
            "first" => Some(format!("At every percentile of net present value {one} is at least as good as {other}.")),
            "second" => Some(format!(
                "Whoever dislikes risk prefers the net present value of {one} to that of {other} (second-order dominance)."
            )),
            _ => None,
        };
        say(against.dominates?, name, base).or_else(|| say(against.dominated?, base, name))
    };
    npv.options.iter().enumerate().filter_map(told).collect()
}

fn chances(report: &Comparison, promise: &MeasureReport) -> String {
    let each: Vec<String> = promise
        .options
        .iter()
        .zip(&report.options)
        .filter_map(|(standing, option)| Some(format!("with {} in {}", option.name, percent(standing.own.mean?))))
        .collect();
    format!("The promise \"{}\" is kept {} of futures.", promise_name(promise), list(&each))
}

fn need(report: &Comparison) -> Option<String> {
    let need = report.measure("peak_funding_need")?;
    let each: Vec<String> = need
        .options
        .iter()
        .zip(&report.options)
        .filter_map(|(standing, option)| {
            Some(format!("{} with {}", amount_figure(standing.own.p90?, need.unit), option.name))
        })
        .collect();
    (each.len() > 1).then(|| format!("In one future of ten {} exceeds {}.", measure(&need.measure), list(&each)))
}

fn turned(report: &Comparison) -> Vec<String> {
    let told = |regime: &super::RegimeReport| {
        let best = regime.best.filter(|_| regime.turns)?;
        Some(format!(
            "Where \"{}\" rules most years the ranking turns: {} is then worth most on average.",
            regime.regime, report.options[best].name
        ))
    };
    let turns: Vec<String> = report.regimes.iter().filter_map(told).collect();
    if turns.is_empty() && report.regimes.len() > 1 {
        return vec!["No funding regime turns which option is worth most on average.".to_owned()];
    }
    turns
}
