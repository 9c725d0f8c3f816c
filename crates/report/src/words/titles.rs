//! Titles of charts: each states the finding that its figures allow, and changes with it.

use super::{Likelihood, TWO_SIDED_95, amount_figure, capital, measure, money, money_figure, percent};
use crate::data::{AllianceReport, ForceReport, Report, Series, TargetReport, YearSpread};
use crate::figure::{Figure, Spread};
use engine::outcomes::{Outcome, OutcomeId};
use engine::statistics::combined;

/// Chances nearer than this are about equal in a title, however small their errors.
const CLEARLY_APART: f64 = 0.02;

/// The measure of the savings fan: that of the first target on it, cash unless that one is in real terms.
#[must_use]
pub fn savings_measure(report: &Report) -> Outcome {
    let known = [Outcome::SavingCashable, Outcome::SavingCashableReal];
    let wanted = |target: &TargetReport| known.into_iter().find(|measure| measure.whole() == target.measure);
    report.targets.iter().find_map(wanted).unwrap_or(known[0])
}

/// The savings fan: the first target on it, else the plan against the median of the last year.
#[must_use]
pub fn savings(report: &Report) -> String {
    let (last, measure) = (report.scenario.last_year(), savings_measure(report));
    if let Some(target) = report.targets.iter().find(|target| target.measure == measure.whole()) {
        let (goal, year) = (super::typed(target.amount, target.unit), &target.year);
        let word = Likelihood::of(target.met).predicate();
        let prices = if measure == Outcome::SavingCashable {
            String::new()
        } else {
            format!(" ({})", super::prices(target.unit))
        };
        let what = capital(measure.label());
        return format!("{what} of {goal} by {year}{prices} is {word}: reached in {} of futures", percent(target.met));
    }
    match report.yearly(measure).and_then(|yearly| yearly.last()) {
        Some(Spread { plan: Some(plan), p50: Some(p50), .. }) => {
            format!(
                "Cashable saving in {last}: {} in the median future, {} in the plan",
                money_figure(*p50),
                money(*plan)
            )
        }
        _ => format!("Cashable saving to {last}"),
    }
}

/// The cumulative net position: how deep, and where it ends.
#[must_use]
pub fn net_position(report: &Report) -> String {
    let last = report.scenario.last_year();
    let (deep, end) = (
        report.whole.peak_funding_need.as_ref().and_then(|spread| spread.p50),
        report.yearly(Outcome::NetCumulative).and_then(|yearly| yearly.last()).and_then(|spread| spread.p50),
    );
    let (Some(deep), Some(end)) = (deep, end) else { return format!("Cumulative net position to {last}") };
    let size = money_figure(Figure { value: end.value.abs(), error: end.error });
    let need = format!("At the median peak funding need is {}", money_figure(deep));
    if end.value.abs() <= TWO_SIDED_95 * end.error {
        format!("{need}; the cumulative net position just breaks even by {last}")
    } else if end.value > 0.0 {
        format!("{need}; by the end of {last} the cumulative net position is {size} up")
    } else {
        format!("{need}; at the end of {last} the cumulative net position is still {size} down")
    }
}

/// The curve of the net present value: chance of loss, chance of the plan.
#[must_use]
pub fn npv(report: &Report) -> String {
    let (Some(npv), Some(loses)) = (&report.whole.npv, report.whole.npv_below_zero) else {
        return "Net present value".to_owned();
    };
    let word = Likelihood::of(loses).predicate();
    let loss = format!("A loss is {word} ({} of futures)", percent(loses));
    match (npv.plan, npv.below_plan) {
        (Some(plan), Some(below)) => {
            format!("{loss}; {} reach the {} of the plan", percent(below.complement()), money(plan))
        }
        _ => loss,
    }
}

/// The bars of payback.
#[must_use]
pub fn payback(report: &Report) -> String {
    let Some(payback) = &report.whole.payback else { return "Payback".to_owned() };
    let never = payback.missing.unwrap_or(Figure { value: 0.0, error: 0.0 });
    let last = report.scenario.last_year();
    let plan = payback
        .plan
        .map_or_else(|| "the plan never pays back".to_owned(), |plan| format!("the plan says {plan:.1} years"));
    match payback.p50 {
        _ if Likelihood::of(never) == Likelihood::AboutEven => {
            format!("About half of futures do not pay back by the end of {last}; {plan}")
        }
        Some(p50) => {
            format!("The median future pays back after {} years, {} never; {plan}", p50.rounded(1), percent(never))
        }
        None => format!("{} of futures do not pay back by the end of {last}; {plan}", percent(never)),
    }
}

/// Areas of an alliance: how many fall short of the plan, and where most money is missing.
#[must_use]
pub fn areas(alliance: &AllianceReport, several: bool) -> String {
    let known = |spread: &Option<Spread>| spread.as_ref().and_then(|spread| Some((spread.plan?, spread.mean?)));
    let figures: Vec<(&str, f64, Figure)> = alliance
        .areas
        .iter()
        .filter_map(|area| known(&area.saving).map(|(plan, mean)| (area.name.as_str(), plan, mean)))
        .collect();
    let short = |(_, plan, mean): &&(&str, f64, Figure)| mean.value + TWO_SIDED_95 * mean.error < *plan;
    let (count, all) = (figures.iter().filter(short).count(), figures.len());
    let whose = if several { format!("{}: ", alliance.name) } else { String::new() };
    let gap = |figure: &(&str, f64, Figure)| figure.1 - figure.2.value;
    match figures.iter().filter(short).max_by(|a, b| gap(a).total_cmp(&gap(b))) {
        None => format!("{whose}no business area saves less than planned on average"),
        Some((name, plan, mean)) => format!(
            "{whose}{} of {all} areas save less than planned on average, most of all {name} ({} of {})",
            if count == all { "all".to_owned() } else { count.to_string() },
            money_figure(*mean),
            money(*plan)
        )
        .replace(&format!("all of {all} areas"), &format!("all {all} areas")),
    }
}

/// Areas live: the year end at which the median future is furthest from the plan.
#[must_use]
pub fn areas_live(report: &Report) -> String {
    let Some(yearly) = report.yearly(Outcome::AreasLive) else { return "Business areas live".to_owned() };
    let both =
        |entry: &YearSpread| Some((entry.year.clone(), entry.spread.plan?.round(), entry.spread.p50?.value.round()));
    let ends: Vec<(String, f64, f64)> = yearly.years.iter().filter_map(both).collect();
    let gap = |end: &&(String, f64, f64)| (end.1 - end.2).abs();
    // The first of equals: when it matters is when it starts.
    match ends.iter().rev().max_by(|a, b| gap(a).total_cmp(&gap(b))) {
        Some((year, plan, median)) if (plan - median).abs() >= 1.0 => {
            let areas = if (plan - 1.0).abs() < 0.5 { "area" } else { "areas" };
            format!("By the end of {year} the plan has {plan} {areas} live, the median future {median}")
        }
        Some(_) => "The median future keeps to the plan for areas live".to_owned(),
        None => "Business areas live".to_owned(),
    }
}

/// Reserves: whose reach their floor, with the alliances and alone.
#[must_use]
pub fn reserves(report: &Report) -> String {
    super::floors::title(report)
}

/// Running costs: what they come to in the last year, beside the plan.
#[must_use]
pub fn running(report: &Report) -> String {
    let last = report.scenario.last_year();
    match report.yearly(Outcome::RunningCost).and_then(|yearly| yearly.last()) {
        Some(Spread { plan: Some(plan), mean: Some(mean), .. }) => format!(
            "Running what is shared costs {} in {last} on average; the plan has {}",
            money_figure(*mean),
            money(*plan)
        ),
        _ => format!("What running what is shared costs to {last}"),
    }
}

/// Stops: the programme likeliest to be stopped by a review, and the platform likeliest to be stopped.
#[must_use]
pub fn stops(report: &Report) -> String {
    let last = report.scenario.last_year();
    let most = |of: fn(&AllianceReport) -> Option<Figure>| {
        let all = report.alliances.iter().filter_map(|alliance| Some((alliance.name.as_str(), of(alliance)?)));
        all.max_by(|a, b| a.1.value.total_cmp(&b.1.value))
    };
    let several = report.alliances.len() > 1;
    let whose = |name: &str| if several { format!(" of {name}") } else { String::new() };
    let programme = most(|alliance| alliance.stopped)
        .map(|(name, chance)| format!("a review stops the programme{} in {} of futures", whose(name), percent(chance)));
    let ict = most(|alliance| alliance.ict_stopped)
        .map(|(name, chance)| format!("the common ICT{} is stopped in {}", whose(name), percent(chance)));
    let told: Vec<String> = programme.into_iter().chain(ict).collect();
    format!("By the end of {last} {}", told.join(", "))
}

/// The fund of a merged force: its reserves of the last year, and whether they fall to their floor.
#[must_use]
pub fn fund(alliance: &AllianceReport, last: &str) -> String {
    let fund = alliance.fund.as_ref();
    let median = fund.and_then(|fund| fund.reserves.last()).and_then(|year| year.spread.p50);
    let may_fail = alliance.vested.is_some_and(|vested| vested.value < 1.0);
    match (median, fund.and_then(|fund| fund.floor_breached)) {
        (Some(median), Some(floor)) => format!(
            "{} reserves of {} at the median in {last}; they fall to their floor in {} of {} futures",
            if may_fail { "Where it vests, the merged force has" } else { "The merged force has" },
            money_figure(median),
            percent(floor),
            if may_fail { "these" } else { "all" }
        ),
        _ => format!("The fund of {} to {last}", alliance.name),
    }
}

/// Funding: the force whose funding of the last year is least certain.
#[must_use]
pub fn funding(report: &Report) -> String {
    let last = report.scenario.last_year();
    let ends = |force: &ForceReport| {
        let spread = force.yearly(Outcome::Funding)?.last()?;
        Some((spread.p10?, spread.p50?, spread.p90?))
    };
    let width = |(p10, p50, p90): &(Figure, Figure, Figure)| (p90.value - p10.value) / p50.value.abs().max(1e-9);
    let widest = report
        .forces
        .iter()
        .filter_map(|force| Some((&force.name, ends(force)?)))
        .max_by(|a, b| width(&a.1).total_cmp(&width(&b.1)));
    match widest {
        Some((name, (p10, _, p90))) => {
            let (low, high) = (money_figure(p10), money_figure(p90));
            format!("Funding of {name} in {last} lies between {low} and {high} in eight futures of ten")
        }
        None => format!("Funding to {last}"),
    }
}

/// Each force's share of the value: who is likeliest to lose.
#[must_use]
pub fn force_npv(report: &Report) -> String {
    let mut chances: Vec<(&str, Figure)> =
        report.forces.iter().filter_map(|force| Some((force.name.as_str(), force.loses?))).collect();
    chances.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    match &chances[..] {
        [] => "Shares of the net present value".to_owned(),
        [(name, chance)] => format!("{name} loses in {} of futures", percent(*chance)),
        [(most, high), .., (least, low)] => {
            let apart =
                (high.value - low.value).abs() > (TWO_SIDED_95 * combined(high.error, low.error)).max(CLEARLY_APART);
            if apart {
                format!(
                    "{most} is the likeliest to lose ({} of futures), {least} the least ({})",
                    percent(*high),
                    percent(*low)
                )
            } else {
                format!("The forces are about equally likely to lose ({} of futures)", percent(*high))
            }
        }
    }
}

/// Council tax: what the merger changes at Band D in the last year.
#[must_use]
pub fn council_tax(report: &Report) -> String {
    let last = report.scenario.last_year();
    let merger = report.alliances.iter().find(|alliance| alliance.vested.is_some());
    let vested = merger.and_then(|merger| merger.vested);
    if let Some(vested) = vested.filter(|vested| vested.value < 0.5) {
        return format!("The merger changes council tax only if it vests: {} of futures", percent(vested));
    }
    let all = vested
        .filter(|vested| vested.value < 1.0)
        .map_or_else(String::new, |vested| format!(", over all futures (it vests in {})", percent(vested)));
    let change = |force: &ForceReport| {
        let p50 = force.yearly(Outcome::CouncilTaxChange)?.last()?.p50?;
        let pounds = amount_figure(Figure { value: p50.value.abs(), error: p50.error }, "£ a year at Band D");
        let clear = p50.value.abs() > (TWO_SIDED_95 * p50.error).max(0.5);
        let says = match (clear, p50.value > 0.0) {
            (false, _) => "nothing".to_owned(),
            (true, true) => format!("{pounds} more"),
            (true, false) => format!("{pounds} less"),
        };
        Some((p50.value, says, force.name.clone()))
    };
    let mut found: Vec<(f64, String, String)> = report.forces.iter().filter_map(change).collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    match &found[..] {
        [] => "Council tax at Band D".to_owned(),
        [(_, says, name)] => {
            format!("In {last} the merger costs a Band D household in {name} {says} a year at the median{all}")
        }
        [(_, most, first), .., (_, least, last_name)] => {
            format!(
                "In {last} the merger costs a Band D household in {first} {most}, in {last_name} {least} a year at the median{all}"
            )
        }
    }
}

/// Surges: short of officers together and alone.
#[must_use]
pub fn surge(report: &Report) -> String {
    let last = report.scenario.last_year();
    let mean = |series: Series| report.yearly(series)?.last()?.mean;
    let joint = mean(Outcome::Shortfall.into()).filter(|_| !report.scenario.alone);
    match (joint, mean(Series::alone(Outcome::Shortfall))) {
        (Some(joint), Some(alone)) => {
            let apart = (joint.value - alone.value).abs() > TWO_SIDED_95 * combined(joint.error, alone.error);
            let (with, without) = (percent(joint), percent(alone));
            match (apart, joint.value < alone.value) {
                (true, true) => format!(
                    "Together, a force runs short of officers in {with} of futures in {last}; alone in {without}"
                ),
                (true, false) => format!(
                    "The alliance makes shortages of officers likelier: {with} of futures in {last}, alone {without}"
                ),
                (false, _) => format!("The alliance hardly changes shortages of officers: {with} of futures in {last}"),
            }
        }
        (None, Some(alone)) => format!("A force runs short of officers in {} of futures in {last}", percent(alone)),
        _ => "Shortages of officers at large incidents".to_owned(),
    }
}

/// The subtitle of a fan of a measure.
#[must_use]
pub fn subtitle(name: &OutcomeId, rest: &str) -> String {
    format!("{}{rest}", capital(&measure(name)))
}

pub use super::reported::title as reported;

#[cfg(test)]
mod tests;
