//! When implementation begins: delivery slots, what waits for what, first ready first served (MODEL section 3).

use super::AreaState;
use crate::model::arithmetic::plus;
use crate::model::form::{AllianceModel, AreaModel};
use crate::model::lane::{max, min};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// Lanes that are scheduled together: what all areas need of them stays in the first cache.
const TILE: usize = 32;
/// One value for each of them.
type Tile = [f64; TILE];

/// The delivery slots of one tile of lanes, and the areas that wait for them.
#[derive(Debug)]
pub(super) struct Slots {
    /// By place in the queue.
    turns: Vec<Turn>,
    slots: Vec<Slot>,
    /// Places of areas that wait for others.
    dependants: Vec<usize>,
    places: Places,
}

/// One area that waits for a slot.
#[derive(Debug, Clone, Copy, Default)]
struct Turn {
    /// When it is ready, with its place as [`Places`] write it; ∞ once it has been served.
    waiting: Tile,
    /// When it is ready; once it has been served, when it begins.
    moment: Tile,
    duration: Tile,
}

/// One delivery slot.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// When it is next free, with its number as [`Places`] write it.
    next: Tile,
    /// When it is next free.
    free: Tile,
}

/// Writes a place into the lowest bits of a moment, so that the smallest of such moments tells whose it is, and of those at one moment the
/// first. Moments that differ in these bits alone count as one: by some microseconds with dozens of places, a millisecond with thousands.
#[derive(Debug, Clone, Copy)]
struct Places {
    mask: u64,
}

impl Places {
    fn up_to(places: usize) -> Self {
        Self { mask: places.next_power_of_two() as u64 - 1 }
    }

    /// A moment of the programme's time with a place; what never comes is later than all else.
    #[inline(always)]
    fn write(self, moment: f64, place: usize) -> f64 {
        f64::from_bits((min(moment, f64::MAX).to_bits() & !self.mask) | place as u64)
    }

    #[inline(always)]
    fn read(self, moment: f64) -> usize {
        (moment.to_bits() & self.mask) as usize
    }
}

impl Slots {
    pub fn new(model: &AllianceModel, slots: usize) -> Self {
        let areas = model.areas.len();
        let waits = |place: &usize| !model.areas[model.queue[*place]].after.is_empty();
        Self {
            turns: vec![Turn::default(); areas],
            // No more than there are areas are ever used.
            slots: vec![Slot::default(); slots.min(areas)],
            dependants: (0..areas).filter(waits).collect(),
            places: Places::up_to(areas),
        }
    }

    /// First ready, first served; ties by priority, then file order.
    pub fn schedule(&mut self, model: &AllianceModel, areas: &mut [AreaState], isa: Isa) {
        for part in 0..BLOCK / TILE {
            serve(isa, self, model, areas, part);
        }
        for state in areas {
            plus(isa, &mut state.done, &state.begun, &state.duration);
        }
    }

    /// Every slot is free, every area waits.
    #[inline(always)]
    fn open(&mut self, model: &AllianceModel, areas: &[AreaState], part: usize) {
        for (number, slot) in self.slots.iter_mut().enumerate() {
            *slot = Slot { next: [self.places.write(0.0, number); TILE], free: [0.0; TILE] };
        }
        for (place, (turn, a)) in self.turns.iter_mut().zip(&model.queue).enumerate() {
            turn.moment = *tile(&areas[*a].ready, part);
            turn.duration = *tile(&areas[*a].duration, part);
            for j in 0..TILE {
                turn.waiting[j] = self.places.write(turn.moment[j], place);
            }
        }
    }

    /// Tells the areas when they begin; never, those that have not been served.
    #[inline(always)]
    fn tell(&self, model: &AllianceModel, areas: &mut [AreaState], part: usize) {
        for (turn, a) in self.turns.iter().zip(&model.queue) {
            let begun = tile_mut(&mut areas[*a].begun, part);
            for (begun, (waiting, moment)) in begun.iter_mut().zip(turn.waiting.iter().zip(&turn.moment)) {
                *begun = if *waiting == f64::INFINITY { *moment } else { f64::INFINITY };
            }
        }
    }

    /// Lets areas wait whose last predecessor has just been scheduled. One that waits for another is not served before that has its
    /// slot, unless the other was dropped: until then, the other's end is never.
    #[inline(always)]
    fn release(&mut self, model: &AllianceModel, areas: &mut [AreaState], part: usize) {
        if self.dependants.is_empty() {
            return;
        }
        self.tell(model, areas, part);
        for place in &self.dependants {
            let (a, turn) = (model.queue[*place], &mut self.turns[*place]);
            let ready = when_ready(&model.areas[a], areas, a, part);
            for (ready, (waiting, moment)) in ready.iter().zip(turn.waiting.iter_mut().zip(&mut turn.moment)) {
                let waits = *waiting < f64::INFINITY;
                *moment = if waits { *ready } else { *moment };
                *waiting = if waits { self.places.write(*ready, *place) } else { f64::INFINITY };
            }
        }
    }

    /// Starts in each lane the area that is first ready, as soon as the first slot is free; whether any lane had one. One lane at a
    /// time: each has its own area and slot, and to go through all of them for each would cost more.
    #[inline(always)]
    fn begin(&mut self) -> bool {
        let first_ready = soonest(self.turns.iter().map(|turn| &turn.waiting));
        let first_free = soonest(self.slots.iter().map(|slot| &slot.next));
        let never = self.places.write(f64::INFINITY, 0);
        let mut any = false;
        for j in 0..TILE {
            if first_ready[j] >= never {
                continue;
            }
            any = true;
            let number = self.places.read(first_free[j]);
            let (turn, slot) = (&mut self.turns[self.places.read(first_ready[j])], &mut self.slots[number]);
            turn.moment[j] = max(turn.moment[j], slot.free[j]);
            turn.waiting[j] = f64::INFINITY;
            slot.free[j] = turn.moment[j] + turn.duration[j];
            slot.next[j] = self.places.write(slot.free[j], number);
        }
        any
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

/// The soonest moment of each lane.
#[inline(always)]
fn soonest<'a>(moments: impl Iterator<Item = &'a Tile>) -> Tile {
    let mut first = [f64::INFINITY; TILE];
    for moment in moments {
        for j in 0..TILE {
            first[j] = min(moment[j], first[j]);
        }
    }
    first
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
    /// Schedules one tile: as many rounds as there are areas, each of which serves one in every lane.
    fn serve(slots: &mut Slots, model: &AllianceModel, areas: &mut [AreaState], part: usize) {
        slots.open(model, areas, part);
        slots.release(model, areas, part);
        while slots.begin() {
            slots.release(model, areas, part);
        }
        slots.tell(model, areas, part);
    }

    fn begin_when_ready(area: &AreaModel, areas: &mut [AreaState], a: usize, part: usize) {
        *tile_mut(&mut areas[a].begun, part) = when_ready(area, areas, a, part);
    }
}

#[cfg(test)]
mod tests {
    use super::Places;

    #[test]
    fn the_soonest_moment_says_whose_it_is_and_what_differs_by_rounding_is_one_moment() {
        let places = Places::up_to(33);
        let first = |moments: &[f64]| {
            let written = moments.iter().enumerate().map(|(place, moment)| places.write(*moment, place));
            places.read(written.fold(f64::INFINITY, f64::min))
        };
        assert_eq!(first(&[2.0, 1.5, 1.6]), 1);
        // 0.1 + 0.2 is 0.30000000000000004: later than 0.3 by rounding alone.
        assert_eq!(first(&[0.1 + 0.2, 0.3]), 0);
        assert_eq!(first(&[0.3, 0.1 + 0.2]), 0);
        // A second is 3·10⁻⁸ years.
        assert_eq!(first(&[11.0 + 3e-8, 11.0]), 1);
        assert_eq!(first(&[f64::INFINITY, 0.0, 0.0]), 1);
        // What never comes is after all else, and nothing that comes is after it.
        let never = places.write(f64::INFINITY, 0);
        assert!((0..33).all(|place| places.write(f64::INFINITY, place) >= never && places.write(1e9, place) < never));
        assert!((0..33).all(|place| places.read(places.write(7.3, place)) == place));
    }
}
