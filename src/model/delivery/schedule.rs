//! When implementation begins: delivery slots, what waits for what, first ready first served (MODEL section 3).

use super::{AreaState, Delivery};
use crate::model::arithmetic::plus;
use crate::model::form::AllianceModel;
use crate::model::lane::max;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

impl Delivery {
    /// First ready, first served; ties by priority, then file order.
    pub(super) fn schedule_in_slots(&mut self, model: &AllianceModel, areas: &mut [AreaState], isa: Isa) {
        let [earliest, which, slot, finish] = &mut *self.scratch;
        for free in &mut self.free {
            *free = Column::default();
        }
        for (a, state) in areas.iter_mut().enumerate() {
            self.waiting[a] = state.ready;
            state.begun = Column::splat(f64::INFINITY);
        }
        // An area with predecessors waits until each of them has its slot; then it is ready no sooner than they are live.
        for (a, area) in model.areas.iter().enumerate() {
            for b in &area.after {
                hold_back(isa, &mut self.waiting[a], &areas[*b].ready);
            }
        }
        for _ in 0..areas.len() {
            pick(isa, earliest, which, &self.waiting, &model.queue);
            *slot = Column::splat(f64::INFINITY);
            for free in &self.free {
                lower(isa, slot, free);
            }
            begin(areas, &mut self.waiting, which, earliest, slot, finish);
            for free in &mut self.free {
                take_slot(isa, free, finish, slot);
            }
            release(model, areas, &mut self.waiting, isa);
        }
        for state in areas {
            plus(isa, &mut state.done, &state.begun, &state.duration);
        }
    }
}

/// Starts the picked area of each lane when it is ready and the first slot free, and takes it off the queue; says when it ends,
/// −∞ where none is left. One lane at a time: each has its own area, and to go through all areas for each would cost more.
fn begin(
    areas: &mut [AreaState],
    waiting: &mut [Column],
    which: &Column,
    ready: &Column,
    slot: &Column,
    finish: &mut Column,
) {
    for i in 0..BLOCK {
        finish[i] = f64::NEG_INFINITY;
        if which[i] < 0.0 {
            continue;
        }
        let a = which[i] as usize;
        let (state, start) = (&mut areas[a], max(ready[i], slot[i]));
        finish[i] = start + state.duration[i];
        state.begun[i] = start;
        waiting[a][i] = f64::INFINITY;
    }
}

/// Lets areas go on waiting whose last predecessor has just been scheduled.
fn release(model: &AllianceModel, areas: &[AreaState], waiting: &mut [Column], isa: Isa) {
    for (a, area) in model.areas.iter().enumerate() {
        if area.after.is_empty() {
            continue;
        }
        let mut ready = areas[a].ready;
        for b in &area.after {
            let AreaState { ready: other, begun, duration, .. } = &areas[*b];
            wait_for(isa, &mut ready, other, begun, duration);
        }
        still_waiting(isa, &mut waiting[a], &ready, &areas[a].begun);
    }
}

/// Without a limit of slots, implementation begins as soon as an area is ready.
pub(super) fn schedule_freely(model: &AllianceModel, areas: &mut [AreaState], isa: Isa) {
    for &a in &model.order {
        let mut ready = areas[a].ready;
        for b in &model.areas[a].after {
            let AreaState { ready: other, begun, duration, .. } = &areas[*b];
            wait_for(isa, &mut ready, other, begun, duration);
        }
        let state = &mut areas[a];
        state.begun = ready;
        plus(isa, &mut state.done, &ready, &state.duration);
    }
}

vectorised! {
    /// An area that waits for another is not picked before it, unless the other was dropped.
    fn hold_back(waiting: &mut Column, other_ready: &Column) {
        for i in 0..BLOCK {
            waiting[i] = if other_ready[i] < f64::INFINITY { f64::INFINITY } else { waiting[i] };
        }
    }

    /// The area that is first ready, in order of the queue.
    fn pick[isa](earliest: &mut Column, which: &mut Column, waiting: &[Column], queue: &[usize]) {
        *earliest = Column::splat(f64::INFINITY);
        *which = Column::splat(-1.0);
        for &a in queue {
            pick_earliest(isa, earliest, which, &waiting[a], a as f64);
        }
    }

    fn pick_earliest(earliest: &mut Column, which: &mut Column, waiting: &Column, area: f64) {
        for i in 0..BLOCK {
            let better = waiting[i] < earliest[i];
            earliest[i] = if better { waiting[i] } else { earliest[i] };
            which[i] = if better { area } else { which[i] };
        }
    }

    fn lower(least: &mut Column, other: &Column) {
        for i in 0..BLOCK {
            least[i] = if other[i] < least[i] { other[i] } else { least[i] };
        }
    }

    /// Keeps the first slot that is free at `slot` until `finish`, once: `finish` is −∞ from then on, and where no area was picked.
    fn take_slot(free: &mut Column, finish: &mut Column, slot: &Column) {
        for i in 0..BLOCK {
            let mine = free[i] <= slot[i] && finish[i] > f64::NEG_INFINITY;
            free[i] = if mine { finish[i] } else { free[i] };
            finish[i] = if mine { f64::NEG_INFINITY } else { finish[i] };
        }
    }

    /// Ready no sooner than another is done; one that was dropped (never ready) does not count.
    fn wait_for(ready: &mut Column, other_ready: &Column, other_begun: &Column, other_duration: &Column) {
        for i in 0..BLOCK {
            let later = max(ready[i], other_begun[i] + other_duration[i]);
            ready[i] = if other_ready[i] < f64::INFINITY { later } else { ready[i] };
        }
    }

    /// Joins the queue at `ready` unless already scheduled.
    fn still_waiting(waiting: &mut Column, ready: &Column, begun: &Column) {
        for i in 0..BLOCK {
            waiting[i] = if begun[i] < f64::INFINITY { f64::INFINITY } else { ready[i] };
        }
    }

}
