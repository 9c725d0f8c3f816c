//! When implementation begins: delivery slots, what waits for what, first ready first served (MODEL section 3).

use super::{AreaState, Delivery};
use crate::model::arithmetic::plus;
use crate::model::form::{AllianceModel, AreaModel};
use crate::model::lane::{max, min};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Lanes that are scheduled together: what all areas need of them stays in the first cache.
const TILE: usize = 32;
/// One value for each of them.
pub(super) type Tile = [f64; TILE];

impl Delivery {
    /// First ready, first served; ties by priority, then file order.
    pub(super) fn schedule_in_slots(&mut self, model: &AllianceModel, areas: &mut [AreaState], isa: Isa) {
        for part in 0..BLOCK / TILE {
            serve(isa, model, areas, &mut self.waiting, &mut self.free, part);
        }
        for state in areas {
            plus(isa, &mut state.done, &state.begun, &state.duration);
        }
    }
}

/// Without a limit of slots, implementation begins as soon as an area is ready.
pub(super) fn schedule_freely(model: &AllianceModel, areas: &mut [AreaState], isa: Isa) {
    for &a in &model.order {
        for part in 0..BLOCK / TILE {
            begin_when_ready(isa, &model.areas[a], areas, a, part);
        }
        let state = &mut areas[a];
        plus(isa, &mut state.done, &state.begun, &state.duration);
    }
}

/// One tile of a column.
#[inline(always)]
fn tile(column: &Column, part: usize) -> &Tile {
    &column.as_chunks().0[part]
}

/// One tile of a column, to be changed.
#[inline(always)]
fn tile_mut(column: &mut Column, part: usize) -> &mut Tile {
    &mut column.as_chunks_mut().0[part]
}

/// The area that is first ready, in order of the queue, and when; −1 and ∞ where none waits.
#[inline(always)]
fn pick(waiting: &[Tile], queue: &[usize]) -> (Tile, Tile) {
    let (mut which, mut earliest) = ([-1.0; TILE], [f64::INFINITY; TILE]);
    for &a in queue {
        let ready = &waiting[a];
        for j in 0..TILE {
            let better = ready[j] < earliest[j];
            which[j] = if better { a as f64 } else { which[j] };
            earliest[j] = min(ready[j], earliest[j]);
        }
    }
    (which, earliest)
}

/// When the first slot is free.
#[inline(always)]
fn first_free(free: &[Tile]) -> Tile {
    let mut first = [f64::INFINITY; TILE];
    for slot in free {
        for j in 0..TILE {
            first[j] = min(first[j], slot[j]);
        }
    }
    first
}

/// Starts the picked area of each lane when it is ready and the first slot free, and takes it off the queue; says when it ends,
/// −∞ where none is left. One lane at a time: each has its own area, and to go through all areas for each would cost more.
#[inline(always)]
fn begin(areas: &mut [AreaState], waiting: &mut [Tile], which: &Tile, ready: &Tile, first: &Tile, part: usize) -> Tile {
    let mut finish = [f64::NEG_INFINITY; TILE];
    for j in 0..TILE {
        if which[j] < 0.0 {
            continue;
        }
        let a = which[j] as usize;
        let (state, start) = (&mut areas[a], max(ready[j], first[j]));
        finish[j] = start + state.duration[part * TILE + j];
        state.begun[part * TILE + j] = start;
        waiting[a][j] = f64::INFINITY;
    }
    finish
}

/// Keeps the first slot that is free at `first` until `finish`, once; none where no area was picked.
#[inline(always)]
fn take_slot(free: &mut [Tile], mut finish: Tile, first: &Tile) {
    for slot in free {
        for j in 0..TILE {
            let mine = slot[j] <= first[j] && finish[j] > f64::NEG_INFINITY;
            slot[j] = if mine { finish[j] } else { slot[j] };
            finish[j] = if mine { f64::NEG_INFINITY } else { finish[j] };
        }
    }
}

/// Lets areas go on waiting whose last predecessor has just been scheduled.
#[inline(always)]
fn release(model: &AllianceModel, areas: &[AreaState], waiting: &mut [Tile], part: usize) {
    for (a, area) in model.areas.iter().enumerate().filter(|(_, area)| !area.after.is_empty()) {
        let (ready, begun) = (when_ready(area, areas, a, part), tile(&areas[a].begun, part));
        for j in 0..TILE {
            waiting[a][j] = if begun[j] < f64::INFINITY { f64::INFINITY } else { ready[j] };
        }
    }
}

/// When an area is ready: no sooner than those are done that it waits for; one that was dropped (never ready) does not count.
#[inline(always)]
fn when_ready(area: &AreaModel, areas: &[AreaState], a: usize, part: usize) -> Tile {
    let mut ready = *tile(&areas[a].ready, part);
    for b in &area.after {
        let AreaState { ready: other, begun, duration, .. } = &areas[*b];
        let (other, begun, duration) = (tile(other, part), tile(begun, part), tile(duration, part));
        for j in 0..TILE {
            let later = max(ready[j], begun[j] + duration[j]);
            ready[j] = if other[j] < f64::INFINITY { later } else { ready[j] };
        }
    }
    ready
}

vectorised! {
    /// Schedules one tile: as many picks as there are areas.
    fn serve(model: &AllianceModel, areas: &mut [AreaState], waiting: &mut [Tile], free: &mut [Tile], part: usize) {
        free.fill([0.0; TILE]);
        for (state, waiting) in areas.iter_mut().zip(waiting.iter_mut()) {
            *waiting = *tile(&state.ready, part);
            *tile_mut(&mut state.begun, part) = [f64::INFINITY; TILE];
        }
        // An area that waits for another is not picked before it has its slot, unless the other was dropped: until then, the other's
        // end is never.
        release(model, areas, waiting, part);
        for _ in 0..areas.len() {
            let (which, ready) = pick(waiting, &model.queue);
            let first = first_free(free);
            let finish = begin(areas, waiting, &which, &ready, &first, part);
            take_slot(free, finish, &first);
            release(model, areas, waiting, part);
        }
    }

    fn begin_when_ready(area: &AreaModel, areas: &mut [AreaState], a: usize, part: usize) {
        *tile_mut(&mut areas[a].begun, part) = when_ready(area, areas, a, part);
    }
}
