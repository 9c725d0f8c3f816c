//! MODEL section 3: the programme of one alliance, in programme time, and the clock that turns it into dates.

use std::cmp::Ordering;

use engine::alliance::{Alliance, DecisionRule};
use engine::uncertainty::Standard;

use super::maths::majority;
use super::source::Source;
use super::stops::{PlatformStop, Stop, platform_stop};

/// One business area in programme time; infinite where it never comes.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    pub submitted: f64,
    /// Its business case does not pass.
    pub dropped: bool,
    /// A review stopped the programme before it began.
    pub given_up: bool,
    /// Ready as far as its own case goes (areas that it comes after are left to [`schedule`]).
    pub cleared: f64,
    pub begun: f64,
    pub live: f64,
    /// Length of the implementation.
    pub length: f64,
}

/// The programme of one alliance in programme time.
pub struct Programme {
    pub cases: Vec<Case>,
    /// When the common platform is due.
    pub ict_due: f64,
    /// When and where it is stopped.
    pub ict_stop: Option<PlatformStop>,
    /// How a review stopped the programme.
    pub stop: Option<Stop>,
}

impl Programme {
    /// When the common platform is ready; never where it is stopped.
    pub fn ict(&self) -> f64 {
        if self.ict_stop.is_some() { f64::INFINITY } else { self.ict_due }
    }
}

/// Draws the cases of an alliance and gives them their slots.
pub fn programme(alliance: &Alliance, source: &dyn Source) -> Programme {
    let mut cases: Vec<Case> = (0..alliance.areas.len()).map(|a| case(alliance, a, source)).collect();
    schedule(alliance, &mut cases);
    let ict_due = source.quantity(&alliance.ict_ready) * source.quantity(&alliance.ict_slip);
    Programme { cases, ict_due, ict_stop: platform_stop(alliance, ict_due, source), stop: None }
}

/// Chance that a case passes at one meeting.
fn pass_chance(alliance: &Alliance, source: &dyn Source) -> f64 {
    let agree = source.quantity(&alliance.agree);
    let n = alliance.members.len();
    let q = match alliance.decision {
        DecisionRule::Unanimous => agree.powi(n as i32),
        DecisionRule::Majority => majority(n, agree),
        DecisionRule::Lead => agree,
    };
    q.max(1e-6)
}

/// One area up to the end of its consultation.
fn case(alliance: &Alliance, a: usize, source: &dyn Source) -> Case {
    let area = &alliance.areas[a];
    let submitted = source.quantity(&area.submit) * source.quantity(&alliance.slip);

    let q = pass_chance(alliance, source);
    let e = source.standard(&format!("{}.meetings", area.key), Standard::Exponential, 0.0);
    let meetings = if q >= 1.0 { 1.0 } else { (e / -(1.0 - q).ln()).ceil().max(1.0) };
    let passed = submitted + meetings * source.quantity(&alliance.board_cycle);

    let u = source.standard(&format!("{}.approved", area.key), Standard::Uniform, -1.0);
    let dropped = u >= source.quantity(&area.approve);
    Case {
        submitted,
        dropped,
        given_up: false,
        cleared: passed + source.quantity(&alliance.consultation) + source.quantity(&area.consultation),
        begun: f64::INFINITY,
        live: f64::INFINITY,
        length: source.quantity(&area.implement) * source.quantity(&area.slip),
    }
}

/// Moments that are no farther apart are one: what rounding leaves of dates that coincide, some microseconds, in years.
const TIE: f64 = 1e-12;

/// Gives slots: at each moment a free slot goes to the area that was ready first, ties by priority, then file order.
fn schedule(alliance: &Alliance, cases: &mut [Case]) {
    let mut now = f64::NEG_INFINITY;
    loop {
        while let Some(a) = next_to_begin(alliance, cases, now) {
            cases[a].begun = now;
            cases[a].live = now + cases[a].length;
        }
        // The next event: an area becomes ready, or one goes live and frees its slot.
        let events = (0..cases.len()).flat_map(|a| [ready(alliance, cases, a), cases[a].live]);
        let next = events.filter(|&moment| moment > now).fold(f64::INFINITY, f64::min);
        if next.is_infinite() {
            return;
        }
        now = next;
    }
}

/// When an area that has not been dropped is ready; infinite while an area that it comes after has not begun.
fn ready(alliance: &Alliance, cases: &[Case], a: usize) -> f64 {
    if cases[a].dropped {
        return f64::INFINITY;
    }
    let mut moment = cases[a].cleared;
    for other in &alliance.areas[a].after {
        if !cases[other.0].dropped {
            moment = moment.max(cases[other.0].live);
        }
    }
    moment
}

/// The area, if any, that takes a slot now.
fn next_to_begin(alliance: &Alliance, cases: &[Case], now: f64) -> Option<usize> {
    let busy = cases.iter().filter(|case| case.begun <= now && case.live > now + TIE).count();
    if alliance.slots.is_some_and(|slots| busy >= slots as usize) {
        return None;
    }
    let waiting = (0..cases.len()).filter(|&a| cases[a].begun.is_infinite() && ready(alliance, cases, a) <= now + TIE);
    waiting.min_by(|&a, &b| {
        let (ready_a, ready_b) = (ready(alliance, cases, a), ready(alliance, cases, b));
        let at_once = (ready_a - ready_b).abs() <= TIE;
        let by_ready = if at_once { Ordering::Equal } else { ready_a.total_cmp(&ready_b) };
        let by_priority = alliance.areas[a].priority.total_cmp(&alliance.areas[b].priority);
        by_ready.then(by_priority).then(a.cmp(&b))
    })
}

/// The programme clock: 0 on its start, running at each year's pace.
#[derive(Debug, Clone)]
pub struct Clock {
    pub start: f64,
    /// `p_t`, one more entry than years run.
    readings: Vec<f64>,
    paces: Vec<f64>,
}

impl Clock {
    /// A clock that has run at pace 1 up to `t = 0` where it started before.
    pub fn new(start: f64) -> Self {
        Self { start, readings: vec![(-start).max(0.0)], paces: Vec::new() }
    }

    /// When it starts to run in year `t`.
    fn running_from(&self, t: usize) -> f64 {
        self.start.clamp(t as f64, t as f64 + 1.0)
    }

    /// Runs the next year.
    pub fn advance(&mut self, pace: f64) {
        let t = self.paces.len();
        self.readings.push(self.readings[t] + pace * (t as f64 + 1.0 - self.running_from(t)));
        self.paces.push(pace);
    }

    /// `p_t`.
    pub fn at_year(&self, t: usize) -> f64 {
        self.readings[t]
    }

    /// What it shows at a moment of year `t`.
    pub fn at(&self, t: usize, moment: f64) -> f64 {
        self.readings[t] + self.paces[t] * (moment - self.running_from(t)).max(0.0)
    }

    /// The moment at which it first shows `x`, as far as it has run; infinite if not yet.
    pub fn date_so_far(&self, x: f64) -> f64 {
        if x <= self.readings[0] {
            return self.start + x;
        }
        for t in 0..self.paces.len() {
            if x <= self.readings[t + 1] {
                return self.running_from(t) + (x - self.readings[t]) / self.paces[t];
            }
        }
        f64::INFINITY
    }

    /// The moment at which it first shows `x`, running on at pace 1 after the years run.
    pub fn date(&self, x: f64) -> f64 {
        let known = self.date_so_far(x);
        let years = self.paces.len();
        if known.is_finite() { known } else { self.start.max(years as f64) + (x - self.readings[years]) }
    }
}
