//! The answer to "which option is better?", and whether there is one.

use super::super::horizon::largest;
use super::super::size::pence;
use super::super::{Comparison, MeasureReport, lead};
use crate::figure::Figure;
use crate::words::{few_make, list, money_figure, money_with_error, percent};

/// Which option is better in net present value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Verdict {
    /// Next to no difference on average.
    Alike,
    /// One leads the next by so much, beyond the error.
    Leads { best: usize, next: usize, by: Figure },
    /// Two lead, and these trials do not tell which.
    Unclear { one: usize, other: usize, apart: Figure },
    /// Options of different forces: one leads for each £ of yearly budget in scope.
    SizeForSize { best: usize, next: usize },
    /// Options of different forces, none of which clearly leads for its size.
    UnclearForSize,
    /// A few futures make up much of the spread of a mean that would decide it.
    Unsettled,
}

impl Verdict {
    pub(crate) fn of(report: &Comparison, npv: &MeasureReport) -> Self {
        match if report.horizon.same_forces { by_amount(npv) } else { by_size(report) } {
            Self::Alike => Self::Alike,
            verdict if hangs_on_what_has_not_settled(npv, verdict) => Self::Unsettled,
            verdict => verdict,
        }
    }

    /// Whether it says which leads, or that none does by anything worth a word.
    pub(crate) const fn is_clear(self) -> bool {
        matches!(self, Self::Alike | Self::Leads { .. })
    }

    /// The first sentence, and what has to be said with it.
    pub(crate) fn says(&self, report: &Comparison, npv: &MeasureReport) -> Option<String> {
        let (over, prices) = (report.horizon.says(), format!("in {} prices", report.horizon.prices));
        match *self {
            Self::Alike => Some(alike(report, npv, &over, &prices)),
            Self::Leads { best, next, by } => {
                let how_sure = if report.options.len() == 2 { ahead(npv, best)? } else { first(report, npv, best)? };
                let (next, what) = if report.options.len() == 2 {
                    (report.quoted(next), "better")
                } else {
                    (format!("the next, {}", report.quoted(next)), "best")
                };
                let mean = npv.options[best].own.mean?;
                let own = money_figure(mean);
                let answer = if report.variants {
                    let best = report.under(best);
                    // A state of the world is not chosen.
                    let most = if what == "better" { "higher" } else { "highest" };
                    format!("Net present value is {most} on average {best}: over {over} it is {own}")
                } else {
                    let best = report.quoted(best);
                    format!("{best} is the {what} option on average: over {over} its net present value is {own}")
                };
                let even = if is_loss(mean) { " Even that is a loss against every force alone." } else { "" };
                Some(format!(
                    "{answer}, {} higher than that of {next}, {prices}; {how_sure}.{even}",
                    money_with_error(by)
                ))
            }
            Self::Unclear { one, other, apart } => Some(format!(
                "It is not clear {} on average: over {over} the mean net present values of {} and {} differ by {}, \
                 {prices}, which is within the error of these trials.",
                if report.variants {
                    "under which variant net present value is higher"
                } else {
                    "which option is better"
                },
                report.quoted(one),
                report.quoted(other),
                money_with_error(apart)
            )),
            Self::SizeForSize { best, next } => {
                let (one, other) = (report.sizes[best].mean?, report.sizes[next].mean?);
                let what = if report.options.len() == 2 { "better" } else { "best" };
                let even = if is_loss(one) { " Even that is a loss." } else { "" };
                Some(format!(
                    "Size for size {} is the {what} option on average: over {over} its net present value is {} for each £ of yearly budget in \
                     scope, {prices}, against {} for {}. The options are about different forces, so £m do not rank them.{even}{}",
                    report.quoted(best),
                    pence(one),
                    pence(other),
                    if what == "better" { report.quoted(next) } else { format!("the next, {}", report.quoted(next)) },
                    without_scope(report)
                ))
            }
            Self::UnclearForSize => Some(format!(
                "It is not clear which option is best: they are about different forces, so £m do not rank them, and for each £ of yearly \
                 budget in scope none clearly leads over {over}.{}",
                without_scope(report)
            )),
            Self::Unsettled => unsettled(report, npv, &over, &prices),
        }
    }
}

/// Whether the mean of an option that is not behind in every future has not settled, or that of the one that leads.
fn hangs_on_what_has_not_settled(npv: &MeasureReport, verdict: Verdict) -> bool {
    let leads = match verdict {
        Verdict::Leads { best, .. } | Verdict::SizeForSize { best, .. } => Some(best),
        _ => None,
    };
    let never_first =
        |o: usize| leads.is_some_and(|best| best != o) && npv.options[o].first.is_some_and(|own| own.value <= 0.0);
    (0..npv.options.len()).any(|o| npv.options[o].own.rests_on.is_some() && !never_first(o))
}

/// That means do not decide, as some have not settled; and what the medians are, and how often each is ahead.
fn unsettled(report: &Comparison, npv: &MeasureReport, over: &str, prices: &str) -> Option<String> {
    let rests =
        |o: usize| Some(format!("{}: {}", report.under(o), few_make(npv.options[o].own.rests_on?, report.run.trials)));
    let resting: Vec<String> = (0..npv.options.len()).filter_map(rests).collect();
    let which =
        if report.variants { "under which variant net present value is higher" } else { "which option is better" };
    let median = |o: usize| Some(format!("{} {}", money_figure(npv.options[o].own.p50?), report.under(o)));
    let medians: Vec<String> = (0..npv.options.len()).filter_map(median).collect();
    let ranks = report.horizon.same_forces;
    let most = largest(&npv.options.iter().map(|standing| standing.first.filter(|_| ranks)).collect::<Vec<_>>());
    let often = most.and_then(|o| {
        let first = percent(npv.options[o].first?);
        Some(format!("; {} comes first most often, in {first} of futures, ties shared", report.quoted(o)))
    });
    Some(format!(
        "It is not clear {which} on average: means of net present value have not settled ({}). At the median over {over} it is {}, \
         {prices}{}.",
        resting.join("; "),
        list(&medians),
        often.unwrap_or_default()
    ))
}

/// Whether a mean lies clearly below £0m, which is what every force alone comes to.
fn is_loss(mean: Figure) -> bool {
    mean.times(-1.0).clear()
}

/// Whether any option differs from the baseline by what is worth a sentence: a hundredth of the baseline's own size.
pub(crate) fn tells_apart(measure: &MeasureReport) -> bool {
    let size = measure.options.first().map_or(0.0, |base| {
        let ends = [base.own.p10, base.own.p90, base.own.mean].into_iter().flatten();
        ends.map(|figure| figure.value.abs()).fold(0.0, f64::max)
    });
    let against = measure.options.iter().filter_map(|standing| standing.against.as_ref());
    against.filter_map(|against| against.difference.mean).any(|mean| mean.value.abs() > 0.005 * size)
}

fn by_amount(npv: &MeasureReport) -> Verdict {
    let (Some(best), Some(next)) = (npv.ranking.first().copied(), npv.ranking.get(1).copied()) else {
        return Verdict::Alike;
    };
    let from_base = |o: usize| npv.options[o].against.as_ref().and_then(|against| against.difference.mean);
    match lead(best, next, from_base) {
        Some(_) if !tells_apart(npv) => Verdict::Alike,
        Some(by) if by.clear() => Verdict::Leads { best, next, by },
        Some(apart) => Verdict::Unclear { one: best, other: next, apart },
        None => Verdict::Alike,
    }
}

fn by_size(report: &Comparison) -> Verdict {
    let mut rates: Vec<Option<Figure>> = report.sizes.iter().map(|size| size.mean).collect();
    let Some(best) = largest(&rates) else { return Verdict::UnclearForSize };
    let one = rates[best].take();
    match (one, largest(&rates).and_then(|next| Some((next, rates[next]?)))) {
        (Some(one), Some((next, other))) => {
            let lead = Figure { value: one.value - other.value, error: one.error + other.error };
            if lead.clear() { Verdict::SizeForSize { best, next } } else { Verdict::UnclearForSize }
        }
        _ => Verdict::UnclearForSize,
    }
}

fn alike(report: &Comparison, npv: &MeasureReport, over: &str, prices: &str) -> String {
    let means = npv.options.iter().filter_map(|standing| standing.against.as_ref()?.difference.mean);
    let most = means.reduce(|a, b| if b.value.abs() > a.value.abs() { b } else { a });
    let size = most.map(|most| Figure { value: most.value.abs(), error: most.error });
    let same = size.is_some_and(|size| size.value + size.error <= 0.0);
    let by = size.filter(|_| !same).map_or_else(String::new, |size| {
        format!(": means differ from that of {} by {} at the most, {prices}", report.quoted(0), money_with_error(size))
    });
    if report.variants {
        let as_good = if same { "the same" } else { "all but the same" };
        return format!("Net present value over {over} is {as_good} on average{by}.");
    }
    let by = if same { ": it is the same".to_owned() } else { by };
    let none = if report.options.len() > 2 { "None" } else { "Neither" };
    format!("{none} is better, as far as net present value over {over} goes{by}.")
}

/// Of two options: in how many futures the one that leads on average is ahead.
fn ahead(npv: &MeasureReport, best: usize) -> Option<String> {
    let against = npv.options[1].against.as_ref()?;
    let (better, worse) = (against.better?, against.worse?);
    let (ahead, behind) = if best == 1 { (better, worse) } else { (worse, better) };
    let same = Figure { value: (1.0 - better.value - worse.value).max(0.0), error: better.error.max(worse.error) };
    if behind.value <= 0.0 && same.value <= 0.0 {
        return Some("it is ahead in every future that was simulated".to_owned());
    }
    let rest = if same.value >= super::LEAST_SAME {
        format!("behind in {} and level in {}", percent(behind), percent(same))
    } else {
        format!("behind in {}", percent(behind))
    };
    Some(format!("it is ahead in {} of futures, {rest}", percent(ahead)))
}

fn first(report: &Comparison, npv: &MeasureReport, best: usize) -> Option<String> {
    let often = |o: usize| npv.options[o].first;
    let own = often(best)?;
    let most = largest(&(0..npv.options.len()).map(often).collect::<Vec<_>>())?;
    let more = often(most)?;
    let lead = Figure { value: more.value - own.value, error: more.error + own.error };
    let mut other = if lead.clear() {
        format!("; more often {} does, in {}", report.quoted(most), percent(more))
    } else {
        String::new()
    };
    // Of what is left, the one that is first the most often.
    let is_told = |o: usize| o == best || (o == most && lead.clear());
    let rest: Vec<Option<Figure>> = (0..npv.options.len()).map(|o| often(o).filter(|_| !is_told(o))).collect();
    if let Some(next) = largest(&rest) {
        let share = rest[next]?;
        if share.value >= super::LEAST_SAME {
            other.push_str(&format!("; {} does in {}", report.quoted(next), percent(share)));
        }
    }
    Some(format!("it comes first in {} of futures, ties shared{other}", percent(own)))
}

fn without_scope(report: &Comparison) -> String {
    let none: Vec<String> =
        (0..report.sizes.len()).filter(|o| report.sizes[*o].mean.is_none()).map(|o| report.quoted(o)).collect();
    match none.len() {
        0 => String::new(),
        1 => format!(" {} has no budget in scope and is left out of this.", list(&none)),
        _ => format!(" {} have no budget in scope and are left out of this.", list(&none)),
    }
}
