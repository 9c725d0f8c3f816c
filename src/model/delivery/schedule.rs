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

/// The areas that wait for a delivery slot, in order of the queue, and the slots, of one tile of lanes.
#[derive(Debug)]
pub(super) struct Slots {
    /// When each area is ready.
    ready: Vec<Tile>,
    /// The same with its place in the queue as [`Places`] write it; ∞ once it has been served.
    waiting: Vec<Tile>,
    /// When each slot is next free.
    free: Vec<Tile>,
    /// The same with its number.
    next: Vec<Tile>,
    places: Places,
}

/// Writes a place into the lowest bits of a moment, so that the smallest of such moments tells whose it is, and of those at one moment the
/// first. Moments that differ in these bits alone, by some microseconds at most, count as one.
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
    pub fn new(model: &AllianceModel) -> Self {
        let slots = model.slots.map_or(0, |slots| slots as usize);
        let areas = if slots > 0 { model.areas.len() } else { 0 };
        let tiles = |count| vec![Tile::default(); count];
        Self {
            ready: tiles(areas),
            waiting: tiles(areas),
            free: tiles(slots),
            next: tiles(slots),
            places: Places::up_to(areas.max(slots)),
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
    fn open(&mut self, model: &AllianceModel, areas: &mut [AreaState], part: usize) {
        for (slot, (free, next)) in self.free.iter_mut().zip(&mut self.next).enumerate() {
            *free = [0.0; TILE];
            *next = [self.places.write(0.0, slot); TILE];
        }
        for (place, a) in model.queue.iter().enumerate() {
            *tile_mut(&mut areas[*a].begun, part) = [f64::INFINITY; TILE];
            self.ready[place] = *tile(&areas[*a].ready, part);
            self.join(place);
        }
    }

    /// Lets an area wait for a slot from when it is ready.
    #[inline(always)]
    fn join(&mut self, place: usize) {
        for (waiting, ready) in self.waiting[place].iter_mut().zip(&self.ready[place]) {
            *waiting = self.places.write(*ready, place);
        }
    }

    /// Lets areas wait whose last predecessor has just been scheduled. One that waits for another is not served before that has its
    /// slot, unless the other was dropped: until then, the other's end is never.
    #[inline(always)]
    fn release(&mut self, model: &AllianceModel, areas: &[AreaState], part: usize) {
        for (place, a) in model.queue.iter().enumerate().filter(|(_, a)| !model.areas[**a].after.is_empty()) {
            self.ready[place] = when_ready(&model.areas[*a], areas, *a, part);
            self.join(place);
            for (waiting, begun) in self.waiting[place].iter_mut().zip(tile(&areas[*a].begun, part)) {
                *waiting = if *begun < f64::INFINITY { f64::INFINITY } else { *waiting };
            }
        }
    }

    /// Starts in each lane the area that is first ready, as soon as the first slot is free; whether any lane had one. One lane at a
    /// time: each has its own area and slot, and to go through all of them for each would cost more.
    #[inline(always)]
    fn begin(&mut self, model: &AllianceModel, areas: &mut [AreaState], part: usize) -> bool {
        let (areas_next, slots_next) = (soonest(&self.waiting), soonest(&self.next));
        let never = self.places.write(f64::INFINITY, 0);
        let mut any = false;
        for j in 0..TILE {
            if areas_next[j] >= never {
                continue;
            }
            any = true;
            let (place, slot) = (self.places.read(areas_next[j]), self.places.read(slots_next[j]));
            let state = &mut areas[model.queue[place]];
            let begun = max(self.ready[place][j], self.free[slot][j]);
            let done = begun + state.duration[part * TILE + j];
            state.begun[part * TILE + j] = begun;
            self.waiting[place][j] = f64::INFINITY;
            self.free[slot][j] = done;
            self.next[slot][j] = self.places.write(done, slot);
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
fn soonest(moments: &[Tile]) -> Tile {
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
        while slots.begin(model, areas, part) {
            slots.release(model, areas, part);
        }
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
