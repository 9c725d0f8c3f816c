//! A platform that is stopped, and a review at which a board gives up what has not begun (MODEL section 3).

use super::Programme;
use crate::model::arithmetic::{add, product};
use crate::model::delivery::{AreaState, Scheduled};
use crate::model::form::{AllianceModel, ReviewModel};
use crate::model::governance::Governance;
use crate::model::lane::{Value, clamp, finite_range, flag, max, min, overlap, share_spent};
use crate::model::parameters::{Parameters, ReviewColumns};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Stream, elementary};

/// What becomes of a platform and a programme that may be stopped.
#[derive(Debug)]
pub(super) struct Stops {
    /// When the platform was due, had nothing stopped it, and when it is stopped, programme time; ∞ where it is not.
    due: Column,
    until: Column,
    /// 1 where what falls due on its stop has been paid, and where it is stopped by a review of this year.
    paid: Column,
    now: Column,
    draw: Column,
    own: ReviewColumns,
    /// Saving a year of what is live at a review, start prices.
    in_place: Column,
    /// When a review stopped the programme; ∞ where none did.
    at: Column,
    given_up: Column,
    /// Cost of cases given up this year, start prices.
    cases: Column,
}

impl Stops {
    pub fn new() -> Self {
        let zero = Column::default();
        Self {
            due: zero,
            until: zero,
            paid: zero,
            now: zero,
            draw: zero,
            own: ReviewColumns::default(),
            in_place: zero,
            at: zero,
            given_up: zero,
            cases: zero,
        }
    }
}

/// The saving of what is live, against which a review holds it: while the plan run itself is made there is none.
pub(in crate::model) type PlanInPlace = Option<f64>;

impl Programme {
    /// Draws what may stop the platform or the programme.
    pub fn draw_stops(&mut self, model: &AllianceModel, stream: &mut Stream<'_>) {
        if !(model.rules.stops_platform || model.review.is_some()) {
            return;
        }
        let stops = &mut self.stops;
        stops.draw = Column::splat(1.0);
        if let Some(draw) = model.ict_stopped {
            stream.fill(draw, 0, &mut stops.draw);
        }
        if let Some(review) = &model.review {
            review.own.fill(stream, &mut stops.own);
        }
        stops.at = Column::splat(f64::INFINITY);
        (stops.given_up, stops.cases) = (Column::default(), Column::default());
        (stops.paid, stops.now) = (Column::default(), Column::default());
    }

    /// Sets when the platform is stopped by itself: what is stopped is never due.
    pub(super) fn stop_platform(&mut self, isa: Isa) {
        let (stops, own) = (&mut self.stops, &self.own);
        stops.due = self.platform_due;
        stop(isa, &mut stops.until, &mut self.platform_due, &stops.draw, &own.ict_cancelled, &own.ict_cancel_at);
    }

    /// Spending on a platform that may be stopped, start prices, in the year that the clock shows.
    #[inline(always)]
    pub(super) fn build_until_stopped(&mut self, isa: Isa) {
        let stops = &mut self.stops;
        build_until(
            isa,
            &mut self.financed,
            &mut self.other,
            &mut stops.paid,
            &self.own.ict_capital,
            &self.own.ict_overrun,
            &self.own.ict_cancel_cost,
            &self.opened,
            &self.clock,
            &stops.due,
            &stops.until,
            &stops.now,
        );
    }

    /// What cases that were given up this year have cost, start prices.
    #[inline(always)]
    pub(super) fn pay_given_up(&mut self, isa: Isa) {
        let cases = &self.stops.cases;
        add(isa, &mut self.other, cases);
    }

    /// Holds the review of year `t`, if there is one: where it stops the programme, what has not begun is given up.
    pub fn review(
        &mut self,
        model: &AllianceModel,
        governance: &Governance,
        t: usize,
        plan: PlanInPlace,
        first_year: i32,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let Some(review) = &model.review else { return };
        (self.stops.cases, self.stops.now) = (Column::default(), Column::default());
        if !review.held[t] {
            return;
        }
        let begins = super::clock::begins(model, governance);
        let [clock, stopping, last, ..] = &mut *self.scratch;
        let middle = t as f64 + 0.5;
        show(isa, clock, &self.clock, &self.pace, &begins, middle, t as f64);
        self.stops.in_place = Column::default();
        let (earliest, latest) = finite_range(clock, isa);
        for (state, cost) in self.areas.iter().zip(&self.total_cost).filter(|(state, _)| state.done_range.0 <= latest) {
            add_in_place(isa, &mut self.stops.in_place, &state.done, clock, &state.own.saving, cost);
        }
        let claimed = self.stops.in_place;
        product(isa, &mut self.stops.in_place, &claimed, &self.own.realisation);
        let Some(plan) = plan else { return };
        stream.fill(review.draw, first_year + t as i32, last);
        let stops = &mut self.stops;
        decide(
            isa,
            stopping,
            &stops.in_place,
            plan,
            &stops.own.base,
            &stops.own.weight,
            last,
            &begins,
            &governance.end,
            &stops.at,
            middle,
        );
        *last = Column::default();
        // Few lanes stop: each is looked at by itself. An area that is live in every lane is neither pending nor awaited.
        for lane in 0..BLOCK {
            if stopping[lane] < 0.5 {
                continue;
            }
            let areas = self.areas.iter_mut().zip(&model.areas).filter(|(state, _)| state.done_range.1 > earliest);
            let mut given_up = 0.0;
            for (state, area) in areas {
                let oneoff = Value::of(area.own.oneoff, &state.own.oneoff).at(lane);
                match state.give_up(lane, clock[lane]) {
                    Some(written) => {
                        given_up += 1.0;
                        stops.cases[lane] += oneoff * self.own.design_share[lane] * written;
                    }
                    None if state.done[lane] < f64::INFINITY => last[lane] = max(last[lane], state.done[lane]),
                    None => {}
                }
            }
            // With nothing to give up there is nothing to stop.
            if given_up > 0.0 {
                (stops.given_up[lane], stops.at[lane]) = (given_up, middle);
            } else {
                stopping[lane] = 0.0;
            }
        }
        settle(isa, &mut self.delivery.settled, &mut self.settled, stopping, last, clock, middle);
        if model.rules.platform {
            stop_unready(isa, &mut stops.until, &mut stops.now, &mut self.platform_due, &stops.due, stopping, clock);
        }
    }

    /// The saving of what is live at this year's review in the plan run.
    pub fn in_place(&self) -> f64 {
        self.stops.in_place[0]
    }

    /// Whether the platform was stopped by the end of the horizon.
    pub fn platform_stopped(&self, out: &mut Column, isa: Isa) {
        was_stopped(isa, out, &self.stops.until, &self.clock, &self.stops.paid);
    }

    /// When the programme was stopped, and how many areas were given up then.
    pub const fn stopped(&self) -> (&Column, &Column) {
        (&self.stops.at, &self.stops.given_up)
    }
}

impl AreaState {
    /// Drops an area that was approved and has not begun at a clock for good, in one lane: the part of its case that was written. None of
    /// its one-off cost is spent. None where it has begun or was dropped before.
    fn give_up(&mut self, lane: usize, clock: f64) -> Option<f64> {
        let Scheduled { submitted, begun, ready, done } = self.scheduled();
        if done[lane] == f64::INFINITY || begun[lane] <= clock {
            return None;
        }
        (begun[lane], ready[lane], done[lane]) = (f64::INFINITY, f64::INFINITY, f64::INFINITY);
        Some(if submitted[lane] > 0.0 { min(clock / submitted[lane], 1.0) } else { 1.0 })
    }
}

impl ReviewModel {
    /// Years in which a review is held: those in which a further multiple of `every` has passed by the middle.
    pub fn years(every: f64, start: f64, years: usize) -> Vec<bool> {
        let passed = |t: f64| ((t - start) / every + 1e-9).floor();
        (0..years).map(|t| t as f64 + 0.5).map(|t| passed(t) >= 1.0 && passed(t) > passed(t - 1.0)).collect()
    }
}

vectorised! {
    /// Where a uniform draw is below the chance, the platform is stopped on its way and never due. One that is there at once is not.
    fn stop(until: &mut Column, due: &mut Column, draw: &Column, chance: &Column, at: &Column) {
        for i in 0..BLOCK {
            let stops = draw[i] < chance[i] && due[i] > 0.0;
            until[i] = if stops { at[i] * due[i] } else { f64::INFINITY };
            due[i] = if stops { f64::INFINITY } else { due[i] };
        }
    }

    fn build_until(
        financed: &mut Column, other: &mut Column, paid: &mut Column, capital: &Column, overrun: &Column, cancel_cost: &Column,
        opened: &Column, clock: &Column, due: &Column, until: &Column, now: &Column,
    ) {
        for i in 0..BLOCK {
            let whole = capital[i] * overrun[i];
            let stops = until[i] < f64::INFINITY;
            let spread = overlap(opened[i], clock[i], 0.0, until[i]) / due[i];
            let all = share_spent(opened[i], clock[i], 0.0, due[i]);
            financed[i] += whole * if stops { spread } else { all };
            let passes = now[i] > 0.5 || opened[i] <= until[i] && until[i] < clock[i];
            let falls_due = stops && passes && paid[i] < 0.5;
            let rest = whole * cancel_cost[i] * (1.0 - until[i] / due[i]);
            other[i] += if falls_due { rest } else { 0.0 };
            paid[i] = if falls_due { 1.0 } else { paid[i] };
        }
    }

    /// The clock at the moment `middle` of year `t`.
    fn show(out: &mut Column, clock: &Column, pace: &Column, begins: &Column, middle: f64, t: f64) {
        for i in 0..BLOCK {
            out[i] = clock[i] + pace[i] * max(middle - max(begins[i], t), 0.0);
        }
    }

    fn add_in_place(out: &mut Column, done: &Column, clock: &Column, saving: &Column, cost: &Column) {
        for i in 0..BLOCK {
            out[i] += if done[i] <= clock[i] { saving[i] * cost[i] } else { 0.0 };
        }
    }

    /// 1 where a programme is stopped, if something is yet to begin.
    fn decide(
        stopping: &mut Column, in_place: &Column, plan: f64, base: &Column, weight: &Column, draw: &Column, begins: &Column, end: &Column,
        stopped: &Column, middle: f64,
    ) {
        for i in 0..BLOCK {
            let reached = in_place[i] / plan;
            let reached = if plan > 0.0 { reached } else { 1.0 };
            let odds = elementary::ln(base[i] / (1.0 - base[i])) + weight[i] * clamp(1.0 - reached, 0.0, 1.0);
            let runs = begins[i] <= middle && middle < end[i] && stopped[i] == f64::INFINITY;
            stopping[i] = flag(runs && draw[i] < odds);
        }
    }

    /// A programme that is stopped is settled when the last area that has begun is live, at once where none is still to come.
    fn settle(due: &mut Column, settled: &mut Column, stopping: &Column, last: &Column, clock: &Column, middle: f64) {
        for i in 0..BLOCK {
            let stops = stopping[i] > 0.5;
            due[i] = if stops { last[i] } else { due[i] };
            let at_once = stops && last[i] <= clock[i] && settled[i] == f64::INFINITY;
            settled[i] = if at_once { middle } else { settled[i] };
        }
    }

    /// Stops a platform that is not ready at the clock of a review, nor stopped before.
    fn stop_unready(
        until: &mut Column, now: &mut Column, platform_due: &mut Column, due: &Column, stopping: &Column, clock: &Column,
    ) {
        for i in 0..BLOCK {
            let stops = stopping[i] > 0.5 && due[i] > clock[i] && until[i] > clock[i];
            until[i] = if stops { clock[i] } else { until[i] };
            now[i] = flag(stops);
            platform_due[i] = if stops { f64::INFINITY } else { platform_due[i] };
        }
    }

    fn was_stopped(out: &mut Column, until: &Column, clock: &Column, paid: &Column) {
        for i in 0..BLOCK {
            out[i] = flag(until[i] < clock[i] || paid[i] > 0.5);
        }
    }
}
