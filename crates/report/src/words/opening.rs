//! The first sentence of a forecast: whether the plan is kept and whether it pays, over which years, against what, how surely.

use super::{Likelihood, TWO_SIDED_95, capital, count, list, money, money_figure, money_with_error, percent};
use crate::data::{Report, TargetReport};
use crate::figure::{Figure, Spread};

/// What becomes of something with this chance: "*the promise* is unlikely to *be kept* (31% of futures)", where what happens is told
/// as `(is kept, be kept)`.
#[must_use]
pub fn becomes(subject: &str, happens: (&str, &str), chance: Figure) -> String {
    becomes_of(subject, happens, chance, "futures")
}

/// The same of some futures.
fn becomes_of(subject: &str, (happens, happen): (&str, &str), chance: Figure, futures: &str) -> String {
    let share = percent(chance);
    if chance.value <= 0.0 && chance.error <= 0.1 {
        return format!("{subject} {happens} in none of the futures simulated");
    }
    if chance.value >= 1.0 && chance.error <= 0.1 {
        return format!("{subject} {happens} in every future simulated");
    }
    match Likelihood::of(chance) {
        Likelihood::Unknown => {
            format!("there are too few futures to say whether {subject} {happens} ({share} of them)")
        }
        Likelihood::Remote => format!("{subject} has only a remote chance to {happen} ({share} of {futures})"),
        Likelihood::RealisticPossibility => {
            format!("there is a realistic possibility that {subject} {happens} ({share} of {futures})")
        }
        Likelihood::AboutEven => format!("the chance is about even that {subject} {happens} ({share} of {futures})"),
        sure => format!("{subject} is {} to {happen} ({share} of {futures})", sure.predicate()),
    }
}

/// All futures, where some are without a merger that they are about.
#[must_use]
pub fn all_futures(report: &Report) -> &'static str {
    match report.may_fail().count() {
        0 => "futures",
        1 => "all futures, those without the merger among them",
        _ => "all futures, those without a merger among them",
    }
}

/// The sentence.
pub(super) fn opening(report: &Report) -> String {
    let mut clauses: Vec<String> = Vec::new();
    for alliance in report.alliances.iter().filter(|alliance| alliance.can_fail) {
        let Some(vested) = alliance.vested else { continue };
        let merger = match alliance.name.to_lowercase().as_str() {
            "merger" | "the merger" => "the merger".to_owned(),
            _ => format!("the merger \"{}\"", alliance.name),
        };
        clauses.push(becomes(&merger, ("goes ahead", "go ahead"), vested));
    }
    // What a merger is worth where it goes ahead belongs to whether it does.
    let vested = pays_if_vested(report);
    let pays = if report.scenario.alone { alone(report) } else { pays(report).filter(|_| vested.is_none()) };
    clauses.extend(vested);
    clauses.extend(report.targets.first().map(promise));
    clauses.extend(pays);
    let text = capital(&clauses.join("; "));
    if text.is_empty() { text } else { text + "." }
}

fn promise(target: &TargetReport) -> String {
    becomes(&format!("the promise \"{}\"", target.name), ("is kept", "be kept"), target.met)
}

/// The collaboration as people call it.
pub(super) fn who(report: &Report) -> String {
    match &report.alliances[..] {
        [one] if one.kind == "lead force" => "the lead-force arrangement".to_owned(),
        [one] => format!("the {}", one.kind),
        several => format!("the {} collaborations together", count(several.len())),
    }
}

/// Of a merger that may fail and is all there is: whether it pays where it goes ahead, and what it costs where it does not.
fn pays_if_vested(report: &Report) -> Option<String> {
    let [merger] = &report.alliances[..] else { return None };
    let (npv, pays) = (merger.npv_if_vested.as_ref()?, merger.pays_if_vested?);
    let fails = merger.npv_if_not_vested.as_ref().filter(|_| merger.can_fail)?;
    let over = report.scenario.over();
    let verdict = becomes_of("it", ("pays", "pay"), pays, "those futures");
    let trying = fails.p50?;
    let else_is = if trying.value < 0.0 {
        format!("where it does not, trying costs {} at the median", money_figure(trying.times(-1.0)))
    } else {
        format!("where it does not, it is {} at the median", money_figure(trying))
    };
    Some(format!(
        "where it goes ahead, {verdict}: {over}, against every force alone, net present value is then {}; {else_is}",
        if npv.rests_on.is_some() { format!("{} at the median", money_figure(npv.p50?)) } else { middle(npv)? }
    ))
}

fn pays(report: &Report) -> Option<String> {
    let (npv, above) = (report.whole.npv.as_ref()?, report.whole.npv_above_zero?);
    let verb = if report.alliances.len() > 1 { ("pay", "pay") } else { ("pays", "pay") };
    let subject = who(report);
    let over = report.scenario.over();
    let verdict = becomes(&subject, verb, above)
        .replace("together is ", "together are ")
        .replace("together has ", "together have ");
    // A mean that has not settled is no part of an answer.
    let value = if npv.rests_on.is_some() {
        format!("{} at the median", money_figure(npv.p50?))
    } else {
        format!("{}{}", middle(npv)?, turned(npv, above))
    };
    let refused = if report.alliances.iter().any(|alliance| alliance.can_fail) {
        match report.alliances.len() {
            1 => " (futures in which the merger does not go ahead are counted too)",
            _ => " (futures without the merger are counted too; a comparison with the others alone tells what it adds)",
        }
    } else {
        ""
    };
    Some(format!("{verdict}: {over}, against every force alone, net present value is {value}{refused}"))
}

/// Where most futures say one thing and the average another, that.
fn turned(npv: &Spread, above: Figure) -> &'static str {
    let Some(mean) = npv.mean.filter(|mean| mean.value.abs() > TWO_SIDED_95 * mean.error) else { return "" };
    match (above.value > 0.5, mean.value > 0.0) {
        (true, false) => ": most futures gain, but the losses of the others weigh more",
        (false, true) => ": most futures do not gain, but the gains of the others weigh more",
        _ => "",
    }
}

/// Median and mean of an amount of money together, or its one value.
#[must_use]
pub fn middle(spread: &Spread) -> Option<String> {
    let median = spread.p50?;
    let same = |other: Figure| (other.value - median.value).abs() <= 1e-9 * median.value.abs().max(1.0);
    Some(match spread.mean {
        Some(mean) if mean.error <= 0.0 && same(mean) => format!("{} in every future", money(mean.value)),
        Some(mean) => format!("{} at the median and {} on average", money_figure(median), money_with_error(mean)),
        None => format!("{} at the median", money_figure(median)),
    })
}

/// Without an alliance: whose reserves run out.
fn alone(report: &Report) -> Option<String> {
    let mut chances: Vec<(&str, Figure)> =
        report.forces.iter().filter_map(|own| Some((own.name.as_str(), own.floor_breached_standalone?))).collect();
    chances.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let over = report.scenario.over();
    let each: Vec<String> = match &chances[..] {
        [] => return None,
        [most, .., least] if chances.len() > 3 => vec![
            format!("{} in {} (the most)", most.0, percent(most.1)),
            format!("{} in {} (the least)", least.0, percent(least.1)),
        ],
        few => few.iter().map(|(name, chance)| format!("{name} in {}", percent(*chance))).collect(),
    };
    Some(format!("alone, {over}, a force’s reserves fall to their floor: {} of futures", list(&each)))
}
