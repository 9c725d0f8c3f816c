//! What a comparison says in a few sentences: which option is best in value, how surely, what it takes, who loses, what turns it.

use super::{Comparison, MeasureReport, promise_name};
use crate::report::figure::Figure;
use crate::report::words::{self, Likelihood, amount_figure, capital, list, measure, money_figure, percent};

/// The sentences, most important first.
pub(super) fn findings(report: &Comparison, asked: &[String]) -> Vec<String> {
    let mut said: Vec<String> = asked
        .iter()
        .filter(|name| *name != "npv" && words::promise(name).is_none())
        .filter_map(|name| told(report, report.measure(name)?))
        .collect();
    let npv = report.measure("npv");
    if let Some(npv) = npv.filter(|npv| tells_apart(npv)) {
        said.extend(leader(report, npv));
        said.extend(information(report));
        said.extend((1..report.options.len()).filter_map(|o| value(report, npv, o)));
        said.extend(dominated(report, npv));
    } else if npv.is_some() {
        said.push("Net present value is all but the same with every option.".to_owned());
    }
    said.extend(
        report.promises().filter(|promise| tells_apart(promise)).take(2).map(|promise| chances(report, promise)),
    );
    if asked.is_empty() {
        said.extend(
            report.measure("peak_funding_need").filter(|need| tells_apart(need)).and_then(|need| needs(report, need)),
        );
    }
    said.extend(npv.filter(|npv| tells_apart(npv)).map_or_else(Vec::new, |_| turned(report)));
    said
}

/// Whether any option differs from the baseline by what is worth a sentence: a hundredth of the baseline's own size.
pub(super) fn tells_apart(measure: &MeasureReport) -> bool {
    let size = measure.options.first().map_or(0.0, |base| {
        let ends = [base.own.p10, base.own.p90, base.own.mean].into_iter().flatten();
        ends.map(|figure| figure.value.abs()).fold(0.0, f64::max)
    });
    let against = measure.options.iter().filter_map(|standing| standing.against.as_ref());
    against.filter_map(|against| against.difference.mean).any(|mean| mean.value.abs() > 0.005 * size)
}

/// A measure that was asked for: what each option makes of it.
fn told(report: &Comparison, measure: &MeasureReport) -> Option<String> {
    let event = measure.options.first()?.regret.is_none();
    let each: Vec<String> = measure
        .options
        .iter()
        .zip(&report.options)
        .map(|(standing, option)| {
            let says = if event {
                standing.own.mean.map(percent)
            } else {
                standing.own.p50.map(|p50| amount_figure(p50, measure.unit))
            };
            format!("{} with {}", says.unwrap_or_else(|| "never".to_owned()), option.name)
        })
        .collect();
    let what = if event { "" } else { ", at the median" };
    Some(format!("{}{what}: {}.", measure.label, list(&each)))
}

/// By how much the best option leads the next on average.
pub(super) fn lead(npv: &MeasureReport) -> Option<Figure> {
    let from_base = |o: usize| match &npv.options[o].against {
        Some(against) => against.difference.mean,
        None => Some(Figure { value: 0.0, error: 0.0 }),
    };
    let (first, second) = (from_base(*npv.ranking.first()?)?, from_base(*npv.ranking.get(1)?)?);
    Some(Figure { value: first.value - second.value, error: first.error.hypot(second.error) })
}

/// The best expected value, where the interval of its lead over the next is clear.
fn leader(report: &Comparison, npv: &MeasureReport) -> Option<String> {
    let (best, next) = (*npv.ranking.first()?, *npv.ranking.get(1)?);
    let lead = lead(npv)?;
    let name = &report.options[best].name;
    let often = percent(npv.options[best].first?);
    Some(if lead.clear() {
        format!(
            "On average {name} is worth most: {} more than {}. It comes first in {often} of futures, equals sharing the place.",
            money_figure(lead),
            report.options[next].name
        )
    } else {
        let names = [name.clone(), report.options[next].name.clone()];
        format!("Which of {} is worth most on average cannot be told from these trials.", list(&names))
    })
}

/// What it is worth to know more before choosing, where that is clear.
fn information(report: &Comparison) -> Option<String> {
    let evpi = report.evpi.filter(|evpi| evpi.clear())?;
    Some(format!(
        "Knowing beforehand which will be worth most would itself be worth {} on average.",
        money_figure(evpi)
    ))
}

fn value(report: &Comparison, npv: &MeasureReport, o: usize) -> Option<String> {
    let against = npv.options[o].against.as_ref()?;
    let (p10, p50, p90) = (against.difference.p10?, against.difference.p50?, against.difference.p90?);
    let better = against.better?;
    let same =
        same(report, npv, o).map_or_else(String::new, |same| format!("; in {same} of futures they are the same"));
    Some(format!(
        "{} against {}: net present value differs by {} at the median ({} to {} in eight futures of ten). {} that it is the better of the two{same}.",
        capital(&report.options[o].name),
        report.options[0].name,
        money_figure(p50),
        money_figure(p10),
        money_figure(p90),
        Likelihood::of(better).opening(better)
    ))
}

/// Of two options, the share of futures in which they are worth the same, where it is worth telling: who comes first shares those.
fn same(report: &Comparison, npv: &MeasureReport, o: usize) -> Option<String> {
    let (first, better) = (npv.options[o].first?, npv.options[o].against.as_ref()?.better?);
    // First is better, or half of the same.
    let same = Figure { value: 2.0 * (first.value - better.value), error: 2.0 * (first.error + better.error) };
    (report.options.len() == 2 && same.value >= LEAST_SAME && same.clear()).then(|| percent(same))
}

/// Fewer futures in which two options are the same are not told of.
const LEAST_SAME: f64 = 0.01;

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

fn needs(report: &Comparison, need: &MeasureReport) -> Option<String> {
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
