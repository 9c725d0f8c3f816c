//! The programme clock: when what is due in programme time comes in calendar time (MODEL section 3).

use super::Programme;
use crate::model::arithmetic::product;
use crate::model::delivery::AreaState;
use crate::model::form::AllianceModel;
use crate::model::governance::Governance;
use crate::model::lane::{STRANDS, clamp, finite_range, max, min};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Programme {
    /// Sets the clock to the start of the first year. What was reached before is dated before.
    pub fn wind(&mut self, model: &AllianceModel, governance: &Governance, isa: Isa) {
        product(isa, &mut self.platform_due, &self.own.ict_ready, &self.own.ict_slip);
        if model.rules.stops_platform {
            self.stop_platform(isa);
        }
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
        self.long_live = Column::default();
        self.members.iter_mut().for_each(|member| member.full.clear());
        self.settled_areas = 0;
        self.last_platform = f64::INFINITY;
        self.latest_platform_due = finite_range(&self.platform_due, isa).1;
        for area in &mut self.areas {
            area.last_live = f64::INFINITY;
            area.is_full = false;
        }
    }

    /// Runs the clock through year `t` and dates what it passes.
    pub fn advance(&mut self, model: &AllianceModel, governance: &Governance, t: f64, isa: Isa) {
        let begins = begins(model, governance);
        let [from, years, ..] = &mut *self.scratch;
        self.opened = self.clock;
        run_clock(isa, from, &mut self.clock, years, &self.pace, &begins, &governance.end, t);
        self.shown = shown(&self.opened, &self.clock, &begins, &governance.end, t, isa);
        let (opened, clock, years, end) = (&self.opened, &self.clock, &*years, &governance.end);
        reach(isa, &mut self.platform, &self.platform_due, from, opened, clock, years, end, t);
        reach(isa, &mut self.settled, &self.delivery.settled, from, opened, clock, years, end, t);
        if self.last_platform == f64::INFINITY && self.latest_platform_due < self.shown.0 {
            self.last_platform = finite_range(&self.platform, isa).1;
        }
        go_live(isa, &mut self.areas, self.shown, from, opened, clock, years, end, t);
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
pub(super) fn begins(model: &AllianceModel, governance: &Governance) -> Column {
    if model.merger.is_some() { governance.vests } else { Column::splat(model.start) }
}

/// Earliest start of the clocks that run this year or may run later, and latest end of all: programme time before the one has been
/// dealt with in every lane, and none has come to what lies beyond the other.
fn shown(opened: &Column, clock: &Column, begins: &Column, end: &Column, t: f64, isa: Isa) -> (f64, f64) {
    let mut range = [[f64::INFINITY; STRANDS], [f64::NEG_INFINITY; STRANDS]];
    show(isa, &mut range, opened, clock, begins, end, t);
    (range[0].iter().fold(f64::INFINITY, |a, b| min(a, *b)), range[1].iter().fold(f64::NEG_INFINITY, |a, b| max(a, *b)))
}

vectorised! {
    fn show(range: &mut [[f64; STRANDS]; 2], opened: &Column, clock: &Column, begins: &Column, end: &Column, t: f64) {
        let [low, high] = range;
        for start in (0..BLOCK).step_by(STRANDS) {
            for j in 0..STRANDS {
                let i = start + j;
                let runs = end[i] > t && begins[i] < f64::INFINITY;
                low[j] = if runs { min(low[j], opened[i]) } else { low[j] };
                high[j] = max(high[j], clock[i]);
            }
        }
    }

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

    /// The clock at the end of year `t`, the moment from which it ran in it, and the years that a year of programme time takes.
    fn run_clock(
        from: &mut Column, clock: &mut Column, years: &mut Column, pace: &Column, begins: &Column, end: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            from[i] = max(begins[i], t);
            years[i] = 1.0 / pace[i];
            clock[i] += pace[i] * max(min(end[i], t + 1.0) - from[i], 0.0);
        }
    }

    /// Dates a programme time that the clock has come to and that has no date yet, if that comes before the end. A clock that has started,
    /// on the last moment of the year at the latest, shows 0 even when it stalls.
    fn reach(
        date: &mut Column, when: &Column, from: &Column, opened: &Column, clock: &Column, years: &Column, end: &Column, t: f64,
    ) {
        for i in 0..BLOCK {
            let runs = from[i] <= t + 1.0;
            let on_the_way = from[i] + (when[i] - opened[i]) * years[i];
            let at = if when[i] > opened[i] { on_the_way } else { from[i] };
            let passed = date[i] == f64::INFINITY && when[i] <= clock[i] && runs && at < end[i];
            date[i] = if passed { at } else { date[i] };
        }
    }

    /// Dates the areas that the clock has come to. What every lane has passed is dated, what none has come to is not yet.
    fn go_live[isa](
        areas: &mut [AreaState], shown: (f64, f64), from: &Column, opened: &Column, clock: &Column, years: &Column, end: &Column, t: f64,
    ) {
        for area in areas {
            if area.done_range.0 <= shown.1 && area.done_range.1 >= shown.0 {
                reach(isa, &mut area.live, &area.done, from, opened, clock, years, end, t);
            } else if area.done_range.1 < shown.0 && area.last_live == f64::INFINITY {
                area.last_live = finite_range(&area.live, isa).1;
            }
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
