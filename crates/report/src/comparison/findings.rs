//! What a comparison says in a few sentences: which option is best in value, by how much, how surely and over which years; then what it
//! is for its size, what it takes, who keeps promises, what turns the answer.

mod order;
mod verdict;

use super::labels::quoted;
use super::size::{differ, pence};
use super::{Comparison, MeasureReport, OtherHorizon, promise_name};
use crate::figure::Figure;
use crate::words::tails::Tail;
use crate::words::{self, Likelihood, amount_figure, list, measure, money_figure, percent};
use engine::outcomes::{Outcome, OutcomeId};
pub(super) use verdict::{Verdict, tells_apart};

/// What a sentence is about, where another document may have told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About {
    /// A measure that was asked for.
    Measure(OutcomeId),
    /// Which option is best in net present value, where that is clear.
    Verdict,
    /// Something else.
    Other,
}

/// The sentences, most important first, each with what it is about.
pub(super) fn findings(report: &Comparison, asked: &[OutcomeId]) -> Vec<(About, String)> {
    if let Some(few) = words::too_few(report.run.trials) {
        return vec![(About::Other, few)];
    }
    let own = asked.iter().filter(|id| **id != Outcome::Npv.whole() && words::promise(id).is_none());
    let own = own.filter_map(|id| Some((About::Measure(id.clone()), told(report, report.measure(id)?))));
    let mut said: Vec<(About, String)> = own.collect();
    if let Some(npv) = report.measure(&Outcome::Npv.whole()) {
        let verdict = Verdict::of(report, npv);
        let about = if verdict.is_clear() { About::Verdict } else { About::Other };
        said.extend(verdict.says(report, npv).map(|text| (about, text)));
        said.extend(behind_the_verdict(report, npv, &verdict).into_iter().map(|text| (About::Other, text)));
    }
    let promises = report.promises().filter(|promise| tells_apart(promise)).take(2);
    let mut rest: Vec<String> = promises.map(|promise| chances(report, promise)).collect();
    if asked.is_empty() {
        let need = report.measure(&Outcome::PeakFundingNeed.whole()).filter(|need| tells_apart(need));
        rest.extend(need.and_then(|need| needs(report, need)));
    }
    said.extend(rest.into_iter().map(|text| (About::Other, text)));
    said.into_iter().map(|(about, sentence)| (about, words::capital(&sentence))).collect()
}

/// What is told behind the verdict: over other horizons, for the size of options, each against the baseline, what turns it.
fn behind_the_verdict(report: &Comparison, npv: &MeasureReport, verdict: &Verdict) -> Vec<String> {
    match verdict {
        Verdict::Alike => Vec::new(),
        Verdict::Unsettled => each_and_order(report, npv),
        _ => {
            let mut said: Vec<String> = report.horizons.iter().map(|other| over(report, npv, verdict, other)).collect();
            said.extend(for_its_size(report, npv));
            said.extend(each_and_order(report, npv));
            if report.horizon.same_forces {
                said.extend(information(report));
                said.extend(turned(report, verdict));
            }
            said
        }
    }
}

/// Options of the same forces, each against the baseline, and which dominates which.
fn each_and_order(report: &Comparison, npv: &MeasureReport) -> Vec<String> {
    if !report.horizon.same_forces {
        return Vec::new();
    }
    (1..report.options.len()).filter_map(|o| value(report, npv, o)).chain(order::dominated(report, npv)).collect()
}

/// What each option makes of something: `£4m under "A" and £5m under "B"`.
fn each(report: &Comparison, says: impl Fn(usize) -> Option<String>) -> Vec<String> {
    let under = |o: usize| Some(format!("{} {}", says(o)?, report.under(o)));
    (0..report.options.len()).filter_map(under).collect()
}

/// A measure that was asked for: what each option makes of it.
fn told(report: &Comparison, measure: &MeasureReport) -> String {
    if !measure.modelled {
        return format!("{}: not told, as not every option models it.", measure.label);
    }
    let event = measure.event;
    let says = |o: usize| {
        let own = &measure.options[o].own;
        let says = if event { own.mean.map(percent) } else { own.p50.map(|p50| amount_figure(p50, measure.unit)) };
        Some(says.unwrap_or_else(|| never(&measure.options[o])))
    };
    let what = if event { "" } else { ", at the median" };
    // A median by itself would hide that bad futures are worse.
    let tail = measure.parted().filter(|_| !event).map_or_else(String::new, |tail| {
        let at = |o: usize| Some(amount_figure(tail.of(&measure.options[o].own)?, measure.unit));
        let side = if tail == Tail::Low { "below" } else { "above" };
        format!(" In one future of ten it is {side} {}.", list(&each(report, at)))
    });
    format!("{}{what}: {}.{tail}", measure.label, list(&each(report, says)))
}

/// What another horizon that some of the options have themselves says of the ranking.
fn over(report: &Comparison, npv: &MeasureReport, verdict: &Verdict, other: &OtherHorizon) -> String {
    let whose: Vec<String> = other.of.iter().map(|o| report.quoted(*o)).collect();
    let whose = if whose.len() < 3 { list(&whose) } else { format!("{} of the options", whose.len()) };
    let over = format!("{}, the horizon of {whose} as written,", other.says());
    match (other.best, other.turns, verdict) {
        (Some(best), Some(lead), Verdict::Leads { best: led, .. } | Verdict::SizeForSize { best: led, .. }) => {
            let by = if report.horizon.same_forces {
                money_figure(lead)
            } else {
                format!("{} for each £ of yearly budget in scope", pence(lead))
            };
            format!(
                "The answer turns with the horizon: over {over} {} is ahead of {} on average, by {by}.",
                report.quoted(best),
                report.quoted(*led)
            )
        }
        (Some(best), _, Verdict::Leads { best: led, .. } | Verdict::SizeForSize { best: led, .. })
            if best == *led && other.leads.is_some() =>
        {
            let worth = if report.horizon.same_forces {
                same_worth(npv.options[*led].own.mean, other.means[best])
            } else {
                let rate = other.means[best].and_then(|mean| report.sizes[best].per_pound_of(mean));
                rate.map_or_else(String::new, |rate| {
                    format!(", with {} for each £ of yearly budget in scope", pence(rate))
                })
            };
            format!("Over {over} the same option leads{worth}.")
        }
        (_, _, Verdict::Leads { .. } | Verdict::SizeForSize { .. }) => format!("Over {over} none clearly leads."),
        (Some(best), ..) if report.horizon.same_forces && other.leads.is_some() => {
            let by = other.leads.map(money_figure).unwrap_or_default();
            format!("Over {over} {} is ahead on average, by {by}.", report.quoted(best))
        }
        _ => format!("Over {over} it is not clear either."),
    }
}

/// What the option that leads over another horizon too is worth there, and whether a gain is then a loss or a loss a gain.
fn same_worth(here: Option<Figure>, there: Option<Figure>) -> String {
    let (Some(here), Some(there)) = (here, there) else { return String::new() };
    let turns = |one: Figure, other: Figure| one.clear() && other.times(-1.0).clear();
    let way = if turns(here, there) {
        ", but at a loss against every force alone"
    } else if turns(there, here) {
        ", and there it is a gain against every force alone"
    } else {
        ""
    };
    format!("{way}: its net present value is then {} on average", money_figure(there))
}

/// Options of the same forces, but of different size: which gives most for each £ of yearly budget in scope.
fn for_its_size(report: &Comparison, npv: &MeasureReport) -> Option<String> {
    if !report.horizon.same_forces || !differ(&report.sizes) {
        return None;
    }
    let mut known: Vec<(usize, Figure)> =
        report.sizes.iter().enumerate().filter_map(|(o, size)| Some((o, size.mean?))).collect();
    known.sort_by(|a, b| b.1.value.total_cmp(&a.1.value));
    let (best, next) = (*known.first()?, *known.get(1)?);
    let lead = Figure { value: best.1.value - next.1.value, error: best.1.error + next.1.error };
    if !lead.clear() {
        return Some("For each £ of yearly budget in scope no option clearly gives more than the next.".to_owned());
    }
    let too = if npv.ranking.first() == Some(&best.0) { "size for size too" } else { "size for size" };
    let scope = |o: usize| words::money(report.sizes[o].in_scope);
    Some(format!(
        "Options differ in size. {} does best {too}: {} of net present value on average for each £ of yearly budget in scope ({}), against \
         {} {} ({}).{}",
        words::capital(&report.quoted(best.0)),
        pence(best.1),
        scope(best.0),
        pence(next.1),
        report.under(next.0),
        scope(next.0),
        if report.sizes.iter().any(|size| size.sometimes) {
            " The areas of a merger count in full, although it may go ahead in some futures only."
        } else {
            ""
        }
    ))
}

/// What it is worth to know more before choosing, where that is clear.
fn information(report: &Comparison) -> Option<String> {
    let evpi = report.evpi.filter(|evpi| evpi.clear() && !report.variants)?;
    Some(format!(
        "Knowing beforehand which option will be worth most would itself be worth {} on average.",
        words::worth(evpi)
    ))
}

fn value(report: &Comparison, npv: &MeasureReport, o: usize) -> Option<String> {
    let against = npv.options[o].against.as_ref()?;
    let difference = &against.difference;
    let (mean, p10, p50, p90) = (difference.mean?, difference.p10?, difference.p50?, difference.p90?);
    let (better, worse) = (against.better?, against.worse?);
    let same = Figure { value: (1.0 - better.value - worse.value).max(0.0), error: better.error.max(worse.error) };
    let option = report.quoted(o);
    let (more, less) = if report.variants {
        (format!("it is higher {}", report.under(o)), "lower")
    } else {
        (format!("{option} is the better of the two"), "worse")
    };
    let rest = if same.value >= LEAST_SAME {
        format!("in {} it is {less}, in {} they are the same", percent(worse), percent(same))
    } else {
        format!("in {} it is {less}", percent(worse))
    };
    let (joined, spread) = match [p10, p50, p90].map(money_figure) {
        [low, _, high] if low == high && p10.value.abs() <= 1e-9 => {
            (", and ", "not at all in at least eight futures of ten".to_owned())
        }
        [low, _, high] if low == high => (", and ", format!("by {low} in at least eight futures of ten")),
        [low, middle, high] => {
            (", ", format!("by {middle} at the median, and {low} to {high} in eight futures of ten"))
        }
    };
    // A mean that has not settled is no part of an answer.
    let by = match difference.rests_on {
        Some(_) => spread,
        None => format!("by {} on average{joined}{spread}", money_figure(mean)),
    };
    let how = if better.value >= 1.0 {
        format!("In every future {more}")
    } else if worse.value >= 1.0 {
        format!("In every future it is {less}")
    } else {
        format!("{} that {more}; {rest}", Likelihood::of(better).opening(better))
    };
    Some(format!(
        "{} less {}: net present value differs {by}. {how}.",
        words::capital(&report.quoted(o)),
        report.quoted(0),
    ))
}

/// Fewer futures in which two options are the same are not told of.
const LEAST_SAME: f64 = 0.001;

fn chances(report: &Comparison, promise: &MeasureReport) -> String {
    let each = each(report, |o| promise.options[o].own.mean.map(percent));
    format!("The promise {} is kept in this share of futures: {}.", quoted(promise_name(promise)), list(&each))
}

fn needs(report: &Comparison, need: &MeasureReport) -> Option<String> {
    let each = each(report, |o| need.options[o].own.p90.map(|p90| amount_figure(p90, need.unit)));
    (each.len() > 1).then(|| format!("In nine futures of ten {} stays within {}.", measure(&need.measure), list(&each)))
}

/// What the funding regime turns: only where there is an answer that it could turn.
fn turned(report: &Comparison, verdict: &Verdict) -> Vec<String> {
    if !matches!(verdict, Verdict::Leads { .. }) {
        return Vec::new();
    }
    let told = |regime: &super::RegimeReport| {
        let best = regime.best.filter(|_| regime.turns)?;
        let regime = quoted(&regime.regime);
        Some(if report.variants {
            format!("Where {regime} rules most years, net present value is highest on average {}.", report.under(best))
        } else {
            let best = report.quoted(best);
            format!("Where {regime} rules most years the ranking turns: {best} is then worth most on average.")
        })
    };
    let turns: Vec<String> = report.regimes.iter().filter_map(told).collect();
    if turns.is_empty() && report.regimes.len() > 1 && !report.variants {
        return vec!["No funding regime clearly turns which option is worth most on average.".to_owned()];
    }
    turns
}

/// What is said where the median never comes: in how many futures it does not; or that it is not defined.
fn never(standing: &super::Standing) -> String {
    match standing.own.missing {
        Some(missing) if standing.own.missing_means == "never" => format!("never (in {} of futures)", percent(missing)),
        _ => "not defined".to_owned(),
    }
}
