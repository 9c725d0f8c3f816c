//! The order and pace of delivery: a search over slots, priorities and what waits for what, on common draws (sample average
//! approximation: Kleywegt, Shapiro and Homem-de-Mello 2002), judged on fresh ones so that nothing is gained by luck.

use super::jackknife::Measured;
use super::objective::Objective;
use engine::model::{Levers, Model, Worker};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::lanes::Column;

/// Trials of a first look at a turn of a lever, and of a closer one.
const LOOK: u64 = 512;
/// See [`LOOK`].
const CLOSE: u64 = 4_096;
/// Turns that are looked at closely after each round of first looks.
const CLOSELY: usize = 40;
/// Most rounds.
const ROUNDS: usize = 4;
/// Standard errors by which a turn must gain in the closer look.
const CLEARLY: f64 = 3.0;
/// Part of the largest gain of a turn that every other must reach: what changes next to nothing only clutters a plan.
const WORTHWHILE: f64 = 0.1;

/// Most turns of levers that are looked at in a round: all are kept, and each is some blocks of futures.
pub const MOST_TURNS: usize = 100_000;

/// One turn of a lever. Alliances and areas are positions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    /// So many slots.
    Slots {
        /// Whose.
        alliance: usize,
        /// How many.
        to: u32,
    },
    /// An area goes first where two are ready at once.
    First {
        /// Of which alliance.
        alliance: usize,
        /// Which.
        area: usize,
    },
    /// It goes last.
    Last {
        /// Of which alliance.
        alliance: usize,
        /// Which.
        area: usize,
    },
    /// It waits until another is live.
    After {
        /// Of which alliance.
        alliance: usize,
        /// Which waits.
        area: usize,
        /// For which.
        other: usize,
    },
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Optimised {
    /// The levers as they were found best, one entry an alliance.
    pub levers: Vec<Levers>,
    /// The turns that led there, each with what it gained in the search.
    pub turns: Vec<(Turn, Measured)>,
    /// How many turns were looked at.
    pub tried: usize,
    /// The objective on fresh draws, as planned.
    pub planned: Measured,
    /// The same with the levers found.
    pub found: Measured,
    /// By how much it is better, on fresh draws in the same futures.
    pub gain: Measured,
}

/// Seed of the fresh draws on which the result is judged.
#[must_use]
pub const fn fresh(seed: u64) -> u64 {
    seed.wrapping_add(1)
}

/// How many turns there are to be looked at in a round, so that it is known before any is made: with areas they grow as their square.
#[must_use]
pub fn turns(planned: &[Levers], most: Option<u32>) -> usize {
    let of = |own: &Levers| {
        let areas = own.priority.len();
        slots(own, most) as usize + areas * (areas + 2)
    };
    planned.iter().map(of).sum()
}

/// Most slots of an alliance that are tried.
fn slots(planned: &Levers, most: Option<u32>) -> u32 {
    let areas = planned.priority.len() as u32;
    most.or(planned.slots).unwrap_or(areas).min(areas)
}

/// Seeks levers that make the objective, the outcome in column `column`, as good as possible; at most `most` slots where given, else
/// no more than the plan has. The dependencies of the plan stay.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn optimise(
    model: &Model,
    planned: &[Levers],
    (column, objective): (usize, &Objective),
    most: Option<u32>,
    settings: &Settings,
    interrupt: &Interrupt,
) -> Result<Optimised, RunError> {
    let mut search = Search { model, column, objective, settings, interrupt, tried: 0 };
    let mut levers = planned.to_vec();
    let (mut turns, mut largest) = (Vec::new(), 0.0_f64);
    let close = CLOSE.min(settings.trials);
    interrupt.begin("Running the plan", close);
    let mut now = search.run(&levers, close, settings.seed)?;
    for round in 1..=ROUNDS {
        let mut better = false;
        let promising = search.promising(round, &levers, planned, most, &now)?;
        interrupt.begin_of(format!("Round {round}: a closer look"), promising.len() as u64, "turns");
        for turn in promising {
            interrupt.stepped(1);
            let Some(next) = turned(&levers, turn) else { continue };
            let run = search.run(&next, close, settings.seed)?;
            let gain = objective.gain(&now, &run);
            if gain.value > CLEARLY * gain.error && gain.value > WORTHWHILE * largest {
                largest = gain.value.max(largest);
                (levers, now, better) = (next, run, true);
                turns.push((turn, gain));
            }
        }
        if !better {
            break;
        }
    }
    interrupt.begin("Judging on fresh futures", 2 * settings.trials);
    let base = search.run(planned, settings.trials, fresh(settings.seed))?;
    let run = search.run(&levers, settings.trials, fresh(settings.seed))?;
    let gain = objective.gain(&base, &run);
    let (planned, found) = (objective.value(&base), objective.value(&run));
    Ok(Optimised { levers, turns, tried: search.tried, planned, found, gain })
}

struct Search<'a> {
    model: &'a Model,
    column: usize,
    objective: &'a Objective,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    tried: usize,
}

impl Search<'_> {
    /// The outcome in every trial with these levers.
    fn run(&self, levers: &[Levers], trials: u64, seed: u64) -> Result<Vec<f64>, RunError> {
        let settings = Settings { trials, seed, ..self.settings.clone() };
        let columns = [self.column];
        let worker = || {
            let mut worker = sample::worker(self.model, &settings, &columns);
            worker.turn(levers);
            worker
        };
        let run = sample::outcomes(worker, &settings, self.interrupt, &columns)?;
        Ok(run.into_iter().next().unwrap_or_default())
    }

    /// The turns that gain most at first look.
    fn promising(
        &mut self,
        round: usize,
        levers: &[Levers],
        planned: &[Levers],
        most: Option<u32>,
        now: &[f64],
    ) -> Result<Vec<Turn>, RunError> {
        let settings = Settings { trials: LOOK.min(now.len() as u64), ..self.settings.clone() };
        let mut turns = possible(levers, planned, most);
        // Of large alliances there are ten thousands: what each leads to is worked out again when it is looked at, not kept.
        turns.retain(|turn| !self.interrupt.is_stopped() && turned(levers, *turn).is_some());
        self.interrupt.begin_of(format!("Round {round}: a look at every turn"), turns.len() as u64, "turns");
        let start = || sample::worker(self.model, &settings, &[self.column]);
        let ready = |worker: &mut Worker<'_>, k: usize| {
            if let Some(next) = turned(levers, turns[k]) {
                worker.turn(&next);
            }
        };
        let take = |values: &mut Vec<f64>, run: &[Column], lanes: usize| values.extend_from_slice(&run[0][..lanes]);
        let means = (&settings, self.interrupt);
        let runs = sample::gathered_of_each(start, ready, take, turns.len(), means, &[self.column])?;
        self.tried += turns.len();
        let gain = |run: &Vec<f64>| self.objective.gain(&now[..settings.trials as usize], run).value;
        let mut found: Vec<(Turn, f64)> = turns.iter().zip(&runs).map(|(turn, run)| (*turn, gain(run))).collect();
        found.retain(|(_, gain)| *gain > 0.0);
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        Ok(found.into_iter().take(CLOSELY).map(|(turn, _)| turn).collect())
    }
}

/// Every single turn of a lever.
fn possible(levers: &[Levers], planned: &[Levers], most: Option<u32>) -> Vec<Turn> {
    let mut turns = Vec::new();
    for (alliance, own) in levers.iter().enumerate() {
        let areas = own.priority.len();
        turns.extend(
            (1..=slots(&planned[alliance], most))
                .filter(|to| own.slots != Some(*to))
                .map(|to| Turn::Slots { alliance, to }),
        );
        turns.extend((0..areas).map(|area| Turn::First { alliance, area }));
        turns.extend((0..areas).map(|area| Turn::Last { alliance, area }));
        let pairs = (0..areas).flat_map(|area| (0..areas).map(move |other| (area, other)));
        turns.extend(pairs.map(|(area, other)| Turn::After { alliance, area, other }));
    }
    turns
}

/// The levers after a turn; `None` where it changes nothing or would make areas wait for each other in a circle.
fn turned(levers: &[Levers], turn: Turn) -> Option<Vec<Levers>> {
    let mut next = levers.to_vec();
    match turn {
        Turn::Slots { alliance, to } => {
            let own = &mut next[alliance].slots;
            (*own != Some(to)).then(|| *own = Some(to))?;
        }
        Turn::First { alliance, area } => {
            let own = &mut next[alliance].priority;
            let least =
                own.iter().copied().enumerate().filter(|(a, _)| *a != area).map(|(_, p)| p).fold(f64::MAX, f64::min);
            (own[area] >= least).then(|| own[area] = least - 1.0)?;
        }
        Turn::Last { alliance, area } => {
            let own = &mut next[alliance].priority;
            let most =
                own.iter().copied().enumerate().filter(|(a, _)| *a != area).map(|(_, p)| p).fold(f64::MIN, f64::max);
            (own[area] <= most).then(|| own[area] = most + 1.0)?;
        }
        Turn::After { alliance, area, other } => {
            let own = &mut next[alliance];
            let circle = area == other || own.waits(other, area);
            (!circle && !own.waits(area, other)).then(|| own.after[area].push(other))?;
        }
    }
    Some(next)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levers() -> Vec<Levers> {
        vec![Levers { slots: Some(2), priority: vec![0.0, 0.0, 1.0], after: vec![vec![], vec![0], vec![]] }]
    }

    #[test]
    fn a_turn_changes_one_lever_and_makes_no_circle() {
        let after = |area, other| turned(&levers(), Turn::After { alliance: 0, area, other });
        assert!(after(0, 0).is_none(), "an area never waits for itself");
        assert!(after(0, 1).is_none(), "1 waits for 0");
        assert!(after(1, 0).is_none(), "it does already");
        assert_eq!(after(0, 2).expect("it may")[0].after, [vec![2], vec![0], vec![]]);
        let slots = |to| turned(&levers(), Turn::Slots { alliance: 0, to });
        assert!(slots(2).is_none() && slots(1).expect("fewer")[0].slots == Some(1));
        let first = turned(&levers(), Turn::First { alliance: 0, area: 2 }).expect("it was last");
        assert_eq!(first[0].priority, [0.0, 0.0, -1.0]);
        assert!(turned(&levers(), Turn::Last { alliance: 0, area: 2 }).is_none(), "it is last");
    }

    #[test]
    fn no_more_slots_are_tried_than_planned_unless_asked_for() {
        let slots = |most| {
            let turns = possible(&levers(), &levers(), most);
            turns.iter().filter(|turn| matches!(turn, Turn::Slots { .. })).count()
        };
        assert_eq!((slots(None), slots(Some(3)), slots(Some(9))), (1, 2, 2));
        // The slots that it has are no turn.
        for most in [None, Some(3)] {
            assert_eq!(turns(&levers(), most), possible(&levers(), &levers(), most).len() + 1);
        }
    }
}
