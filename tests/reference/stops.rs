//! MODEL section 3: platforms that are stopped, and programmes that a review stops.

use engine::alliance::{Alliance, Review};
use engine::uncertainty::{Quantity, Standard, Value};

use super::collaboration::Collaboration;
use super::maths::logit;
use super::source::Source;

/// How a common platform is stopped.
#[derive(Debug, Clone, Copy)]
pub struct PlatformStop {
    /// Programme time, `s`.
    pub reading: f64,
    /// The year in which a review stopped it; nothing where it was stopped by itself.
    pub reviewed_in: Option<usize>,
}

/// How a review stopped a programme.
#[derive(Debug, Clone, Copy)]
pub struct Stop {
    pub year: usize,
    /// Programme time in the middle of that year, `P`.
    pub reading: f64,
}

/// Whether a number is other than 0 for certain.
pub fn may_be(quantity: &Quantity) -> bool {
    !matches!(quantity.value, Value::Fixed(value) if value == 0.0)
}

/// Whether there is a common platform: some area needs it, or capital is spent on it.
pub fn has_platform(alliance: &Alliance) -> bool {
    alliance.areas.iter().any(|area| area.needs_ict) || may_be(&alliance.ict_capital)
}

/// Whether a platform that is due at `due` is stopped by itself, and where. One that is due at once is not, nor is one that nobody builds
/// or needs.
pub fn platform_stop(alliance: &Alliance, due: f64, source: &dyn Source) -> Option<PlatformStop> {
    if !may_be(&alliance.ict_cancelled) || !has_platform(alliance) || due <= 0.0 {
        return None;
    }
    // In the plan run none is stopped: no chance is above 2.
    let u = source.standard(&format!("{}.ict_stopped", alliance.key), Standard::Uniform, 2.0);
    let reading = source.quantity(&alliance.ict_cancel_at) * due;
    (u < source.quantity(&alliance.ict_cancelled)).then_some(PlatformStop { reading, reviewed_in: None })
}

/// Whether the platform stops in the part of year `t` that ends at `until`.
pub fn platform_stops_in(c: &Collaboration, t: usize, until: f64) -> bool {
    let Some(stop) = c.programme.ict_stop else { return false };
    match stop.reviewed_in {
        Some(year) => year == t,
        None => c.clock.at_year(t) <= stop.reading && stop.reading < c.clock.at(t, until),
    }
}

/// Whether the platform has been stopped by the end of the horizon, before the first year perhaps, and not after the end.
pub fn platform_stopped(c: &Collaboration, years: usize) -> bool {
    let is_before =
        |stop: PlatformStop| stop.reading < c.clock.at_year(0) && c.clock.start + stop.reading < c.membership.end;
    let before = c.programme.ict_stop.is_some_and(is_before);
    let stops = |t: usize| {
        let until = (t as f64 + 1.0).min(c.membership.end);
        until > t as f64 && platform_stops_in(c, t, until)
    };
    before || (0..years).any(stops)
}

/// The reviews in the middle of year `t`; `plan` is what the alliances have come to in the plan run.
pub fn reviews(all: &mut [Collaboration], plan: &[Collaboration], (t, calendar): (usize, i32), source: &dyn Source) {
    for (c, planned) in all.iter_mut().zip(plan) {
        let Some(review) = &c.alliance.review else { continue };
        let runs = t as f64 + 0.5 < c.membership.end;
        if !runs || !is_held(review, c.clock.start, t) || c.programme.stop.is_some() || waiting(c, t).is_empty() {
            continue;
        }
        let promised = in_place(planned, t);
        let ratio = if promised > 0.0 { in_place(c, t) / promised } else { 1.0 };
        let odds =
            logit(source.quantity(&review.base)) + source.quantity(&review.weight) * (1.0 - ratio).clamp(0.0, 1.0);
        let key = format!("{}.stopped", c.alliance.key);
        if source.standard_yearly(&key, Standard::Logistic, f64::INFINITY, calendar) < odds {
            stop(c, t);
        }
    }
}

/// Whether a further multiple of `every` since the start has passed in the year up to the middle of year `t`.
fn is_held(review: &Review, start: f64, t: usize) -> bool {
    let passed = |moment: f64| ((moment - start) / review.every + 1e-9).floor();
    let now = passed(t as f64 + 0.5);
    now >= 1.0 && now > passed(t as f64 - 0.5)
}

/// `P`: what the clock shows in the middle of year `t`.
fn reading(c: &Collaboration, t: usize) -> f64 {
    c.clock.at(t, t as f64 + 0.5)
}

/// Approved areas that are yet to begin in the middle of year `t`.
fn waiting(c: &Collaboration, t: usize) -> Vec<usize> {
    let cases = &c.programme.cases;
    (0..cases.len()).filter(|&a| !cases[a].dropped && cases[a].begun > reading(c, t)).collect()
}

/// `A_t`: the yearly saving of what is live in the middle of year `t`, whoever has left.
fn in_place(c: &Collaboration, t: usize) -> f64 {
    let live = (0..c.alliance.areas.len()).filter(|&a| c.programme.cases[a].live <= reading(c, t));
    c.drawn.realisation * live.map(|a| c.drawn.saving[a] * c.total_cost(a)).sum::<f64>()
}

/// Stops a programme in the middle of year `t`.
fn stop(c: &mut Collaboration, t: usize) {
    let reading = reading(c, t);
    for a in waiting(c, t) {
        let case = &mut c.programme.cases[a];
        case.given_up = true;
        case.begun = f64::INFINITY;
        case.live = f64::INFINITY;
    }
    c.programme.stop = Some(Stop { year: t, reading });
    let stopped_before = c.programme.ict_stop.is_some_and(|stop| stop.reading <= reading);
    if has_platform(c.alliance) && c.programme.ict_due > reading && !stopped_before {
        c.programme.ict_stop = Some(PlatformStop { reading, reviewed_in: Some(t) });
    }
}

/// When the programme is settled, by a clock that turns programme time into dates.
pub fn settled(c: &Collaboration, date: impl Fn(f64) -> f64) -> f64 {
    let cases = &c.programme.cases;
    if let Some(stop) = c.programme.stop {
        let to_come = cases.iter().map(|case| case.live).filter(|live| live.is_finite() && *live > stop.reading);
        let last = to_come.fold(f64::NEG_INFINITY, f64::max);
        return if last.is_finite() { date(last) } else { stop.year as f64 + 0.5 };
    }
    let dates = cases.iter().map(|case| date(if case.dropped { case.submitted } else { case.live }));
    dates.fold(c.clock.start, f64::max)
}
