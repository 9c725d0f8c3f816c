//! The answer in a few sentences: targets, value, payback, partners, resilience.

use std::cmp::Ordering;

use super::floors;
use super::opening::opening;
use super::reported;
use super::{
    Likelihood, TWO_SIDED_95, amount, amount_beside, becomes, capital, count, figure_beside, first_few, measure, money,
    money_figure, payback, percent, prices, typed,
};
use crate::data::{ForceReport, Report, TargetReport};
use crate::figure::{Figure, Spread};
use engine::outcomes::{Outcome, is_below};

/// A smaller change of officers missing is none to speak of.
const HARDLY: f64 = 0.005;
/// Forces that one sentence names.
const FORCES: usize = 5;
/// Promises that have a sentence of their own.
const PROMISES: usize = 3;

/// The sentences, the answer first.
#[must_use]
pub fn findings(report: &Report) -> Vec<String> {
    if let Some(few) = too_few(report.run.trials) {
        let npv = report.whole.npv.as_ref().and_then(|npv| npv.mean).filter(|_| report.run.trials == 1);
        let value = npv.map_or_else(String::new, |npv| format!(" In it net present value is {}.", money(npv.value)));
        return vec![few + &value];
    }
    let mut said = vec![opening(report)];
    said.extend(losers(report));
    let promises = report.targets.iter().take(PROMISES).enumerate();
    said.extend(promises.map(|(i, target)| promise(target, i == 0, report)));
    said.extend(further(report.targets.len().saturating_sub(PROMISES)));
    said.extend(reported::finding(report));
    said.extend(value(report));
    said.extend(unsettled(report));
    said.extend(payback::told(report));
    said.extend(council_tax(report).map(|(median, plan)| format!("{median}{plan}")));
    said.extend(partners(report));
    said.extend(resilience(report));
    said.extend(running(report));
    said.extend(floors::finding(report));
    said.extend(reserves(report));
    said
}

/// Fewer futures tell no percentile that a sentence could rest on. P10 and P90 have an interval of 95 % between two futures only where the
/// chance that none lies beyond them is at most 2.5 %: 0.9³⁵ is 2.503 %, 0.9³⁶ is 2.25 %.
const FEWEST: u64 = 36;

/// What is said of a handful of futures; none where there are more.
#[must_use]
pub fn too_few(trials: u64) -> Option<String> {
    let (were, them) = match trials {
        FEWEST.. => return None,
        1 => ("One future was".to_owned(), "it"),
        several => (format!("{} futures were", capital(&count(several as usize))), "so few"),
    };
    Some(format!("{were} simulated: no chance and no percentile can be told from {them}, whatever the tables show."))
}

/// That there are more promises than are told.
fn further(promises: usize) -> Option<String> {
    match promises {
        0 => None,
        1 => Some("One more promise stands in the table of targets.".to_owned()),
        more => Some(format!("{} more promises stand in the table of targets.", capital(&count(more)))),
    }
}

/// A promise as one calls it among others: by the year that it is for, or by name where another is for that year too.
fn called(target: &TargetReport, report: &Report) -> String {
    if report.targets.iter().filter(|other| other.year == target.year).count() > 1 {
        format!("the promise \"{}\"", target.name)
    } else {
        format!("the promise for {}", target.year)
    }
}

/// A promise; what the first sentence has told of it is not told again.
fn promise(target: &TargetReport, is_told: bool, report: &Report) -> String {
    let goal = format!("{} of at least {}", measure(&target.measure), typed(target.amount, target.unit));
    let prices = match prices(target.unit) {
        "" => String::new(),
        prices => format!(" in {prices}"),
    };
    let mut text = if is_told {
        format!("{} is {goal}{prices}", capital(&called(target, report)))
    } else {
        let kept = becomes(&called(target, report), ("is kept", "be kept"), target.met);
        format!("{}: {goal}{prices}", capital(&kept))
    };
    if let (Some(p10), Some(p50), Some(p90)) = (target.outcome.p10, target.outcome.p50, target.outcome.p90) {
        let [low, middle, high] = [p10, p50, p90].map(|figure| figure_beside(figure, target.unit, target.amount));
        text.push_str(&if low == high {
            format!("; it is {middle} in at least eight futures of ten")
        } else {
            format!("; it is {middle} at the median, {low} to {high} in eight futures of ten")
        });
    }
    let plan = target.outcome.plan.map(|plan| amount_beside(plan, target.unit, target.amount));
    if let Some(stands) = plan.and_then(|plan| stands(&target.outcome, &plan)) {
        text.push_str(&format!(". {stands}"));
        if target.outcome.plan.is_some_and(|plan| is_below(plan, target.amount)) {
            text.push_str(": the plan itself does not keep the promise");
        }
    }
    match &target.likely_from {
        Some(year) if *year <= target.year => text.push('.'),
        Some(year) => text.push_str(&format!(". Not before {year} is it more likely than not.")),
        None => text.push_str(&format!(". In no year to {} is it more likely than not.", report.scenario.last_year())),
    }
    text
}

/// Where the plan stands, told as `plan`: "The plan's £12.1m is the P96 outcome".
fn stands(spread: &Spread, plan: &str) -> Option<String> {
    let below = spread.below_plan?;
    if is_every_future(spread) {
        return Some(format!("The plan’s {plan} is what every future gives"));
    }
    let (side, rank) = among(below);
    let side = match side {
        Ordering::Greater => "above ",
        Ordering::Less => "below ",
        Ordering::Equal => "",
    };
    Some(format!("The plan’s {plan} is {side}the {rank} outcome"))
}

/// Whether no future gives anything but the plan.
#[must_use]
pub fn is_every_future(spread: &Spread) -> bool {
    let none = |share: Option<Figure>| share.is_some_and(|share| share.value <= 0.0);
    spread.plan.is_some() && none(spread.below_plan) && none(spread.above_plan)
}

/// The same in a table's cell: "P96", or ">P99" and "<P1" beyond these.
#[must_use]
pub fn rank(below: Figure) -> String {
    let (side, rank) = among(below);
    let side = match side {
        Ordering::Greater => ">",
        Ordering::Less => "<",
        Ordering::Equal => "",
    };
    format!("{side}{rank}")
}

/// Where all trials lie on one side, the other side's share is below this many errors, as an interval of 95 % has it: the error is √2/(n + 4)
/// with n trials, and the share at most 1 − 0.025^(1/n), which is 3.69/n.
const BEYOND_ALL: f64 = 2.61;

/// The rank of what is above a share of the futures, and whether it lies beyond even that: P99 and P1 are the outermost, or, of few futures,
/// those that they tell.
fn among(below: Figure) -> (Ordering, String) {
    let percent = 100.0 * below.value;
    let error = 100.0 * BEYOND_ALL * below.error;
    let (side, rank) = match percent {
        99.5.. => (Ordering::Greater, (percent - error).floor()),
        0.5.. => (Ordering::Equal, percent),
        _ => (Ordering::Less, (percent + error).ceil()),
    };
    (side, format!("P{:.0}", rank.clamp(1.0, 99.0)))
}

/// That the mean has not settled, where a single future or a handful of them makes up much of the spread.
fn unsettled(report: &Report) -> Option<String> {
    let npv = report.whole.npv.as_ref()?;
    let few = super::few_make(npv.rests_on?, report.run.trials);
    let median = money_figure(npv.p50?);
    Some(format!(
        "Do not quote the mean of net present value: {few}, so the mean has not settled and may not exist. The median, {median}, has."
    ))
}

fn value(report: &Report) -> Option<String> {
    let npv = report.whole.npv.as_ref()?;
    let loses = report.whole.npv_below_zero?;
    let (low, high) = (money_figure(npv.p10?), money_figure(npv.p90?));
    let spread = if low == high {
        format!("Net present value is {low} in at least eight futures of ten")
    } else {
        format!("Net present value lies between {low} and {high} in eight futures of ten")
    };
    let plan = match (npv.plan, npv.below_plan) {
        (Some(plan), Some(_)) if is_every_future(npv) => format!(" Every future gives the plan’s {}.", money(plan)),
        (Some(plan), Some(below)) => {
            let kept =
                becomes(&format!("the plan’s {}", money(plan)), ("is reached", "be reached"), below.complement());
            format!(" {}.", capital(&kept))
        }
        _ => String::new(),
    };
    Some(format!("{spread}; it is below £0m in {} of {}.{plan}", percent(loses), super::all_futures(report)))
}

/// What a merger does to council tax, in two sentences: in futures, and by the plan where that changes it; none without one.
#[must_use]
pub fn council_tax(report: &Report) -> Option<(String, String)> {
    let merges = report.alliances.iter().any(|alliance| alliance.kind == "merger");
    let told = report.forces.iter().any(|force| force.yearly(Outcome::CouncilTaxChange).is_some());
    let plan = |force: &ForceReport| {
        let change = force.yearly(Outcome::CouncilTaxChange)?.last()?.plan.filter(|change| change.abs() >= 0.5)?;
        let way = if change > 0.0 { "more" } else { "less" };
        Some(format!("{} {way} in {}", amount(change.abs().round(), "£ a year at Band D"), force.name))
    };
    let planned: Vec<String> = report.forces.iter().filter_map(plan).collect();
    let plan = match planned.len() {
        0 => String::new(),
        _ => format!(
            " By the plan a Band D household pays {} in {} than without it.",
            first_few(&planned, FORCES),
            report.scenario.last_year()
        ),
    };
    (merges && told).then(|| (format!("{}.", super::titles::council_tax(report)), plan))
}

fn losers(report: &Report) -> Option<String> {
    let mut chances: Vec<(&str, Figure)> =
        report.forces.iter().filter_map(|force| Some((force.name.as_str(), force.loses?))).collect();
    chances.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    if chances.len() < 2 {
        return None;
    }
    let median = |name: &str| {
        let of = report.forces.iter().find(|force| force.name == name)?.npv.as_ref()?.p50?;
        Some(format!(" (median {})", money_figure(of)))
    };
    let each: Vec<String> = chances
        .iter()
        .map(|(name, chance)| format!("{name} in {}{}", percent(*chance), median(name).unwrap_or_default()))
        .collect();
    let merged = report.alliances.iter().any(|alliance| alliance.fund.is_some());
    let whose = if merged {
        "Each force’s own share of net present value (after a merger, that of its former area’s residents)"
    } else {
        "Each force’s own share of net present value"
    };
    Some(format!("{whose} is below £0m in this share of {}: {}.", super::all_futures(report), first_few(&each, FORCES)))
}

fn partners(report: &Report) -> Option<String> {
    let last = report.scenario.last_year();
    let each: Vec<(&str, Figure, Option<Figure>)> = report
        .alliances
        .iter()
        .filter(|alliance| alliance.kind != "merger")
        .filter_map(|alliance| Some((alliance.name.as_str(), alliance.member_left?, alliance.ended)))
        .collect();
    let ends = |ended: &Option<Figure>| ended.map_or_else(String::new, percent);
    match &each[..] {
        [] => None,
        // Of one among several, its name says which.
        [(_, left, ended)] if report.alliances.len() == 1 => {
            let ended = if ended.is_some() {
                format!("; the collaboration has ended in {}", ends(ended))
            } else {
                String::new()
            };
            Some(format!("A partner has left by the end of {last} in {} of futures{ended}.", percent(*left)))
        }
        several => {
            let told = several.iter().map(|(name, left, ended)| match ended {
                Some(_) => format!("{name} {}, ended in {}", percent(*left), ends(ended)),
                None => format!("{name} {}", percent(*left)),
            });
            let told: Vec<String> = told.collect();
            Some(format!("A partner has left by the end of {last} in this share of futures: {}.", told.join("; ")))
        }
    }
}

fn resilience(report: &Report) -> Option<String> {
    let reduction = report.whole.unmet_reduction?;
    let clear = reduction.value.abs() > (TWO_SIDED_95 * reduction.error).max(HARDLY);
    let size = percent(Figure { value: reduction.value.abs(), error: reduction.error });
    let how = match (clear, reduction.value > 0.0) {
        (true, true) => format!("{size} fewer"),
        (true, false) => format!("{size} more"),
        (false, _) => "hardly fewer or more".to_owned(),
    };
    Some(format!("Officers missing at large incidents are on average {how} than with each force alone."))
}

/// What running what is shared costs in the last year, where something is stated to cost.
fn running(report: &Report) -> Option<String> {
    let last = report.yearly(Outcome::RunningCost)?.last()?;
    let plan = match last.plan? {
        none if none.abs() <= 0.0 => "counts nothing for it in that year".to_owned(),
        some => format!("has {}", money(some)),
    };
    let [mean, low, high] = [last.mean?, last.p10?, last.p90?].map(money_figure);
    let when = if report.alliances.iter().any(|alliance| alliance.platform_runs) {
        " It is paid from the day on which the common ICT is ready and while the collaboration lasts; nothing is paid while that is late, or where \
         it is stopped."
    } else {
        ""
    };
    let year = report.scenario.last_year();
    Some(format!(
        "Running what is shared costs {mean} in {year} on average, {low} to {high} in eight futures of ten: part of the investment told here. The plan \
         {plan}.{when}"
    ))
}

/// Without an alliance: the reserves of each force.
fn reserves(report: &Report) -> Vec<String> {
    if !report.scenario.alone {
        return Vec::new();
    }
    let last = report.scenario.last_year();
    let each = |force: &ForceReport| {
        let chance = force.floor_breached_standalone?;
        let cuts = force.cuts_standalone.as_ref()?.p50?;
        let opening = Likelihood::of(chance).opening(chance);
        Some(format!(
            "{opening} that reserves of {} fall to their floor by {last}; its cuts come to {} at the median.",
            force.name,
            money_figure(cuts)
        ))
    };
    report.forces.iter().filter_map(each).collect()
}

#[cfg(test)]
mod tests {
    use super::{Figure, partners, promise, rank};
    use crate::sample::{Sample, report};

    #[test]
    fn which_collaboration_has_ended_is_said_where_there_are_several() {
        let mut report = report(Sample::TwoForce);
        assert!(partners(&report).is_some_and(|told| told.contains("; the collaboration has ended in")));
        let mut other = report.alliances[0].clone();
        (other.member_left, other.ended) = (None, None);
        other.name = "Other".to_owned();
        report.alliances.push(other);
        let told = partners(&report).expect("members of one may leave");
        assert!(told.contains(&format!("futures: {} ", report.alliances[0].name)), "{told}");
        assert!(!told.contains("the collaboration"), "{told}");
    }

    #[test]
    fn a_promise_is_told_as_it_was_typed() {
        let mut report = report(Sample::TwoForce);
        for amount in [2.04, 1.96] {
            report.targets[0].amount = amount;
            let told = promise(&report.targets[0], true, &report);
            assert!(told.contains(&format!("of at least £{amount}m")), "{told}");
        }
    }

    #[test]
    fn a_rank_beyond_the_outermost_says_so() {
        let of = |value: f64, error: f64| rank(Figure { value, error });
        let told = [0.0, 0.004, 0.006, 0.5, 0.958, 0.994, 0.996, 1.0].map(|below| of(below, 1e-4));
        assert_eq!(told, ["<P1", "<P1", "P1", "P50", "P96", "P99", ">P99", ">P99"]);
        // 36 futures, none beyond: 0.025^(1/36) is 90.3 %; 368: 99.0 %.
        let error = |trials: f64| 2f64.sqrt() / (trials + 4.0);
        let told = [36.0, 368.0].map(|trials| [of(1.0, error(trials)), of(0.0, error(trials))]);
        assert_eq!(told, [[">P90", "<P10"], [">P99", "<P1"]]);
    }
}
