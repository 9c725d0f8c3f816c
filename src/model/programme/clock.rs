//! The programme clock: when what is due in programme time comes in calendar time (MODEL section 3).

use super::Programme;
use crate::model::arithmetic::product;
use crate::model::form::AllianceModel;
use crate::model::governance::Governance;
use crate::model::lane::{clamp, finite_range, max, min};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Programme {
    /// Sets the clock to the start of the first year. What was reached before is dated before.
    pub fn wind(&mut self, model: &AllianceModel, governance: &Governance, isa: Isa) {
        product(isa, &mut self.platform_due, &self.own.ict_ready, &self.own.ict_slip);
        let begins = begins(model, governance);
        open_clock(isa, &mut self.clock, &begins);
        let due = [(&self.platform_due, &mut self.platform), (&self.delivery.settled, &mut self.settled)];
        for (when, date) in due.into_iter().chain(self.areas.iter_mut().map(|a| (&a.done, &mut a.live))) {
            reached_before(isa, date, when, &begins, &self.clock);
        }
        failed_before(
            isa,
            &mut self.abortive_borne,
            &governance.refused,
            model.merger.as_ref().map_or(0.0, |m| m.decision),
        );
        self.pace = Column::splat(1.0);
    }

    /// Runs the clock through year `t` and dates what it passes.
    pub fn advance(&mut self, model: &AllianceModel, governance: &Governance, t: f64, isa: Isa) {
        let begins = begins(model, governance);
        let [from, ..] = &mut *self.scratch;
        self.opened = self.clock;
        run_clock(isa, from, &mut self.clock, &self.pace, &begins, &governance.end, t);
        self.shown = (finite_range(&self.opened, isa).0, finite_range(&self.clock, isa).1);
        let (opened, clock, pace, end) = (&self.opened, &self.clock, &self.pace, &governance.end);
        reach(isa, &mut self.platform, &self.platform_due, from, opened, clock, pace, end, t);
        reach(isa, &mut self.settled, &self.delivery.settled, from, opened, clock, pace, end, t);
        for area in &mut self.areas {
            // What every lane has passed is dated, what none has come to is not yet.
            if area.done_range.0 <= self.shown.1 && area.done_range.1 >= self.shown.0 {
                reach(isa, &mut area.live, &area.done, from, opened, clock, pace, end, t);
            }
        }
    }

    /// Dates what lies beyond the horizon `years`, had the programme gone on at full pace.
    pub fn look_beyond(&mut self, model: &AllianceModel, governance: &Governance, years: f64, isa: Isa) {
        let begins = begins(model, governance);
        let due = [(&self.platform_due, &mut self.platform), (&self.delivery.settled, &mut self.settled)];
        for (when, date) in due.into_iter().chain(self.areas.iter_mut().map(|a| (&a.done, &mut a.live))) {
            reach_beyond(isa, date, when, &begins, &self.clock, &governance.end, years);
        }
    }
}

/// When the clock starts: on the programme's start; a merger's, on vesting.
fn begins(model: &AllianceModel, governance: &Governance) -> Column {
    if model.merger.is_some() { governance.vests } else { Column::splat(model.start) }
}

vectorised! {
    fn open_clock(clock: &mut Column, begins: &Column) {
        for i in 0..BLOCK {
            clock[i] = max(-begins[i], 0.0);
        }
    }

    fn reached_before(date: &mut Column, when: &Column, begins: &Column, clock: &Column) {
        for i in 0..BLOCK {
            date[i] = if when[i] < clock[i] { begins[i] + when[i] } else { f64::INFINITY };
        }
    }

    /// Part of the cost of a refusal that fell before the first year.
    fn failed_before(borne: &mut Column, refused: &Column, decision: f64) {
        for i in 0..BLOCK {
            borne[i] = refused[i] * clamp(1.0 - decision, 0.0, 1.0);
        }
    }

    /// The clock at the end of year `t`, and the moment from which it ran in it.
    fn run_clock(from: &mut Column, clock: &mut Column, pace: &Column, begins: &Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            from[i] = max(begins[i], t);
            clock[i] += pace[i] * max(min(end[i], t + 1.0) - from[i], 0.0);
        }
    }

    /// Dates a programme time that the clock has come to and that has no date yet. A clock that has started shows 0 even when it stalls.
    fn reach(
        date: &mut Column, when: &Column, from: &Column, opened: &Column, clock: &Column, pace: &Column, end: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            let runs = from[i] < min(end[i], t + 1.0);
            let passed = date[i] == f64::INFINITY && when[i] <= clock[i] && runs;
            let on_the_way = from[i] + (when[i] - opened[i]) / pace[i];
            let at = if when[i] > opened[i] { on_the_way } else { from[i] };
            date[i] = if passed { at } else { date[i] };
        }
    }

    /// Dates a programme time beyond the horizon; leaves at ∞ what an end forestalls.
    fn reach_beyond(date: &mut Column, when: &Column, begins: &Column, clock: &Column, end: &Column, years: f64) {
        for i in 0..BLOCK {
            let at = max(begins[i], years) + (when[i] - clock[i]);
            let reached = if date[i] == f64::INFINITY { at } else { date[i] };
            date[i] = if reached < end[i] { reached } else { f64::INFINITY };
        }
    }
}
