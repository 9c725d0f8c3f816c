//! What tracking says in a few sentences: the promise now, the value, payback, which assumptions moved, how sure that is.

use super::{Bands, FigureReport, MovedReport, OutcomeReport, Tracking, event};
use crate::explanation::share_with_error;
use crate::figure::Figure;
use crate::words;
use engine::outcomes::Outcome;

/// An assumption that moved by less, in its standard deviations of before, stands where it stood.
pub const MOVED: f64 = 0.2;
/// Among hundreds of assumptions, standard errors beyond which a move is no chance.
const SURE: f64 = 3.5;
/// Assumptions that are named.
const NAMED: usize = 4;

pub(super) fn findings(report: &Tracking) -> Vec<String> {
    let surprised = surprise(report);
    let mut said = Vec::new();
    if !report.foreseen {
        said.push(surprised.clone());
    }
    if report.weights.good {
        said.extend(promises(report));
        said.extend(value(report));
        if said.len() == usize::from(!report.foreseen) {
            said.push(format!("After {} neither a promise nor a value is told: the scenario has none.", known(report)));
        }
        said.extend(payback(report));
        said.extend(moved(report));
        said.extend(swept(report));
    } else {
        said.push(refused(report));
    }
    if report.foreseen {
        said.push(surprised);
    }
    said
}

/// By what was known.
fn known(report: &Tracking) -> String {
    let count = words::count(report.figures.len());
    let s = if report.figures.len() == 1 { "" } else { "s" };
    let until = report.as_of.as_ref().map_or_else(String::new, |month| format!(" known by {}", words::named(month)));
    format!("{count} reported figure{s}{until}")
}

/// The chances of the promises, the first with the horizon.
fn promises(report: &Tracking) -> Vec<String> {
    let chance = |own: &OutcomeReport| Some((own.now?.mean?, own.then.mean?));
    let each = report.targets.iter().enumerate().filter_map(|(k, target)| {
        let (now, then) = chance(report.outcome(&Outcome::Met.of_target(&target.name))?)?;
        let (now, then) = (share_with_error(now), share_with_error(then));
        Some(if k == 0 {
            let over = report.scenario.span();
            format!(
                "After {} the promise \"{}\" has a chance of {now}, where it was {then} before any of them ({over}).",
                known(report),
                target.name
            )
        } else {
            format!("The promise \"{}\" has a chance of {now}, before {then}.", target.name)
        })
    });
    each.collect()
}

/// Net present value now and before.
fn value(report: &Tracking) -> Option<String> {
    let own = report.outcome(&Outcome::Npv.whole())?;
    let now = own.now?;
    let told = |own: &Bands| {
        let at = |figure: Option<Figure>| figure.map_or_else(|| "–".to_owned(), words::money_figure);
        (at(own.p50), at(own.p10), at(own.p90))
    };
    let ((p50, p10, p90), (before, _, _)) = (told(&now), told(&own.then));
    let plan = own.plan.map_or_else(String::new, |plan| format!("; the plan says {}", words::money(plan)));
    let first = if report.targets.is_empty() { format!("After {}, n", known(report)) } else { "N".to_owned() };
    let over = report.scenario.span();
    Some(format!(
        "{first}et present value over {over} is {p50} in the middle, where it was {before}: below {p10} in one future of ten, above {p90} in \
         another{plan}."
    ))
}

/// When it pays back now.
fn payback(report: &Tracking) -> Option<String> {
    let own = report.outcome(&Outcome::Payback.whole())?;
    let years = |own: &Bands| {
        let p50 = own.p50?;
        let month = words::month(report.scenario.first_year(), p50.value);
        Some(month.map_or_else(|| format!("after {} years", p50.rounded(1)), |month| format!("in {month}")))
    };
    let middle = |own: &Bands| years(own).unwrap_or_else(|| "not within the horizon".to_owned());
    Some(format!(
        "In the middle future it pays back {}; before the figures it was {}.",
        middle(&own.now?),
        middle(&own.then)
    ))
}

/// Whether an assumption moved, and surely so.
pub(super) fn is_moved(own: &MovedReport) -> bool {
    let size = own.shift.value.abs();
    size >= MOVED && size > SURE * own.shift.error
}

/// How far in words.
pub(super) fn how_far(own: &MovedReport) -> String {
    let size = own.shift.value.abs();
    let way = if own.shift.value < 0.0 { "lower" } else { "higher" };
    let how = match size {
        1.0.. => "far ",
        0.5.. => "clearly ",
        MOVED.. => "somewhat ",
        _ => "hardly ",
    };
    format!("{how}{way}")
}

fn moved(report: &Tracking) -> Vec<String> {
    let all = &report.assumptions;
    let moved: Vec<&MovedReport> = all.iter().filter(|own| is_moved(own)).collect();
    let rest = all.len() - moved.len();
    if moved.is_empty() {
        return vec![format!(
            "None of {} assumptions clearly moves by {MOVED} of its standard deviation.",
            words::thousands(all.len() as u64)
        )];
    }
    let told = |own: &&MovedReport| format!("{} is {} ({})", own.label, how_far(own), deviations(own.shift));
    let named: Vec<String> = moved.iter().take(NAMED).map(told).collect();
    let more = moved.len().saturating_sub(NAMED);
    let more = if more > 0 { format!("; {more} more moved") } else { String::new() };
    vec![
        format!("Assumptions that the figures move, in standard deviations of before: {}{more}.", words::list(&named)),
        format!("The other {} assumptions do not clearly move by {MOVED} of theirs.", words::thousands(rest as u64)),
    ]
}

/// A shift with its sign, to the digits earned.
pub(super) fn deviations(shift: Figure) -> String {
    let text = shift.rounded(1);
    if text.starts_with('−') { text } else { format!("+{text}") }
}

/// How much the answer depends on what forecast and figure may differ by.
fn swept(report: &Tracking) -> Option<String> {
    let (first, last) = (report.swept.first()?, report.swept.last()?);
    let told = |own: &super::SweptReport| match report.targets.first() {
        Some(_) => words::percent(own.value),
        None => words::money_figure(own.value),
    };
    let part = |own: &super::SweptReport| format!("{:.0}%", own.discrepancy * 100.0);
    let thin = report.swept.iter().find(|own| own.effective < analysis::track::FEWEST);
    let thin = thin.map_or_else(String::new, |own| {
        format!(
            " With {} it rests on {} effective futures, which is too few to trust.",
            part(own),
            whole(own.effective)
        )
    });
    Some(format!(
        "It is assumed that figure and forecast may differ by {:.0}% of the plan's figure though both are right; with {} the first answer is \
         {}, with {} {}.{thin}",
        report.discrepancy * 100.0,
        part(first),
        told(first),
        part(last),
        told(last)
    ))
}

/// A number with two decimals and a true minus.
pub(super) fn decimal(number: f64) -> String {
    format!("{number:.2}").replace('-', "−")
}

/// A number of futures in words.
pub(super) fn whole(number: f64) -> String {
    words::thousands(number.round().max(0.0) as u64)
}

/// A figure within a sentence.
fn figure(own: &FigureReport) -> String {
    let of = words::measure(&own.measure);
    match (own.fact, own.high) {
        (true, _) => {
            let is = if own.value > 0.5 { "that" } else { "not that" };
            format!("{is} {}", event(&own.measure, &words::named(&own.when.to_string())))
        }
        (false, Some(high)) => {
            format!(
                "{of} ({} to {} in {})",
                words::typed(own.value, own.unit),
                words::typed(high, own.unit),
                words::named(&own.when.to_string())
            )
        }
        (false, None) => {
            format!("{of} ({} in {})", words::typed(own.value, own.unit), words::named(&own.when.to_string()))
        }
    }
}

/// Where so large a share of sound models sees one as far out, that is nothing unusual.
const USUAL: f64 = 0.2;

/// How far the figures were foreseen: before anything is learnt from them.
fn surprise(report: &Tracking) -> String {
    let Some(most) = report.figures.iter().min_by(|a, b| a.two_sided.total_cmp(&b.two_sided)) else {
        return String::new();
    };
    let told = if most.fact {
        let chance = words::percent(Figure { value: most.two_sided, error: most.below.error });
        format!("{}, had a chance of {chance} to be told so", figure(most))
    } else {
        format!(
            "{}, lies above {} of what it expected, error and discrepancy included",
            figure(most),
            words::percent(most.below).replace("over ", "more than ").replace("under ", "less than ")
        )
    };
    let how_often = how_often(report.figures.len(), report.surprise);
    if report.foreseen {
        format!("The model foresaw these figures: the most surprising, {told}; {how_often}.")
    } else {
        format!("The model did not foresee this: {told}; {how_often}.")
    }
}

/// How often the most surprising of some figures is as surprising where the model is sound.
pub(super) fn how_often(figures: usize, surprise: f64) -> String {
    let chance = words::percent(Figure { value: surprise, error: 0.0 });
    let among = if figures == 1 { String::new() } else { format!("among {} figures ", words::count(figures)) };
    if surprise >= USUAL {
        return format!("{among}that is nothing unusual");
    }
    let share = match chance.as_str() {
        "0%" => "next to no sound model".to_owned(),
        under if under.starts_with("under") => format!("{under} of sound models"),
        _ => format!("at most {chance} of sound models"),
    };
    format!("{among}one so far out comes in {share}")
}

/// Why nothing is learnt.
fn refused(report: &Tracking) -> String {
    let own = &report.weights;
    let which = own
        .unreached
        .and_then(|k| report.figures.get(k))
        .map_or_else(String::new, |least| format!(" What they reach least is {}.", figure(least)));
    let tail = match own.shape {
        Some(shape) if shape > own.limit => {
            format!(", and the tail of their weights has shape {}, where {:.2} would do", decimal(shape), own.limit)
        }
        _ => String::new(),
    };
    format!(
        "After {} no chance is told over {}: {} futures tell as much about them as {} would, where {} are wanted{tail}.{which}",
        known(report),
        report.scenario.span(),
        words::thousands(own.futures),
        whole(own.effective),
        whole(analysis::track::FEWEST)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_told_as_what_happened() {
        let told = |name: &str, when: &str| event(&name.parse().expect("an outcome"), when);
        assert_eq!(told("shortfall", "2016/17"), "a force was short of officers in 2016/17");
        assert_eq!(told("alliance.Hub.ended", "October 2018"), "Hub had ended by October 2018");
    }

    #[test]
    fn how_rare_a_figure_is_is_told_without_a_chance_of_none() {
        let told = [(3, 0.15), (1, 0.3), (3, 1.0), (2, 1e-6), (1, 0.0)].map(|(n, surprise)| how_often(n, surprise));
        assert_eq!(
            told,
            [
                "among three figures one so far out comes in at most 15% of sound models",
                "that is nothing unusual",
                "among three figures that is nothing unusual",
                "among two figures one so far out comes in under 0.1% of sound models",
                "one so far out comes in next to no sound model",
            ]
        );
    }
}
