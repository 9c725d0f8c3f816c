//! From business case to live, in programme time: submission, boards, consultation, slots, implementation (MODEL section 3).

mod schedule;

use super::arithmetic::{product, times};
use super::form::{AllianceModel, AreaModel, CostShare};
use super::lane::{Value, finite_range, half_inverse_of, max};
use super::parameters::{AllianceColumns, AreaColumns, AreaInputs, Parameters};
use crate::alliance::DecisionRule;
use crate::uncertainty::Stream;
use crate::uncertainty::elementary;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use schedule::Slots;

/// A board passes a case with at least this chance, so that every case is decided some day.
const LEAST_CHANCE: f64 = 1e-6;

/// One business area in one block.
#[derive(Debug, Clone)]
pub(super) struct AreaState {
    pub own: AreaColumns,
    /// Total cost; 1 where the members have their own.
    cost: Column,
    /// What it costs each member, where that is not the same in every lane; see [`AreaModel::cost_of`].
    pub member_cost: Vec<Column>,
    /// 1/(2·ramp), 0 for a step; not set where the ramp is the same in every lane.
    pub half_inverse_ramp: Column,
    /// When submitted, programme time.
    submitted: Column,
    /// When ready for implementation, programme time; ∞ where dropped. Once all are scheduled: until when its one-off cost is spent.
    ready: Column,
    /// Length of implementation. Once all are scheduled: how much of its one-off cost is spent a year.
    duration: Column,
    /// When implementation begins, programme time. Once all are scheduled: from when its one-off cost is spent.
    begun: Column,
    /// When live, programme time; ∞ where dropped.
    pub done: Column,
    /// When live, calendar time; ∞ until it is reached.
    pub live: Column,
    /// Smallest and largest finite programme time at which it is live in any lane, and at which its money is spent: years in which
    /// no lane has anything to do are passed over.
    pub done_range: (f64, f64),
    /// See `done_range`.
    pub spend_range: (f64, f64),
    /// Latest calendar time at which it goes live in any lane; ∞ until that is known.
    pub last_live: f64,
    /// Cost of each member whose saving it realises this year, start prices: set once it will not change any more, and in the last year
    /// wherever the area is live in any lane.
    pub credit: Vec<Column>,
    /// Whether `credit` will not change any more.
    pub is_full: bool,
}

impl AreaState {
    pub fn new(model: &AreaModel) -> Self {
        let fixed = (0..model.shares.len()).all(|m| model.fixed_cost(m).is_some());
        let zero = Column::default();
        Self {
            own: AreaColumns::default(),
            cost: zero,
            member_cost: if fixed { Vec::new() } else { vec![zero; model.shares.len()] },
            half_inverse_ramp: zero,
            submitted: zero,
            ready: zero,
            duration: zero,
            begun: zero,
            done: zero,
            live: zero,
            done_range: (0.0, 0.0),
            spend_range: (0.0, 0.0),
            last_live: f64::INFINITY,
            credit: vec![zero; model.shares.len()],
            is_full: false,
        }
    }

    /// Once all are scheduled: programme time from and until when its one-off cost is spent, and how much that is a year, start prices;
    /// all of it where it is spent at once.
    pub const fn spending(&self) -> [&Column; 3] {
        [&self.begun, &self.ready, &self.duration]
    }
}

/// An area once all are scheduled.
pub(super) struct Scheduled<'a> {
    pub submitted: &'a Column,
    /// From when and until when its one-off cost is spent, programme time: of one that was not dropped, while it is implemented.
    pub begun: &'a mut Column,
    pub ready: &'a mut Column,
    pub done: &'a mut Column,
}

impl AreaState {
    /// Once all are scheduled: what a review may change.
    pub const fn scheduled(&mut self) -> Scheduled<'_> {
        let Self { submitted, begun, ready, done, .. } = self;
        Scheduled { submitted, begun, ready, done }
    }
}

/// What scheduling needs besides the areas.
#[derive(Debug)]
pub(super) struct Delivery {
    /// `−ln(1−q)`, q the chance that a board passes a case.
    refusal_rate: Column,
    /// When the last area is settled, programme time.
    pub settled: Column,
    /// None where their number is not limited.
    slots: Option<Slots>,
    scratch: Box<[Column; 2]>,
}

impl Delivery {
    pub fn new(model: &AllianceModel) -> Self {
        let zero = Column::default();
        let slots = model.slots.map(|slots| Slots::new(model, slots as usize));
        Self { refusal_rate: zero, settled: zero, slots, scratch: Box::default() }
    }

    /// Draws every area and schedules it.
    pub fn draw(
        &mut self,
        model: &AllianceModel,
        own: &AllianceColumns,
        areas: &mut [AreaState],
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        pass_chance(isa, &mut self.refusal_rate, &own.agree, model.decision, model.members.len());
        // One quantity of all areas after another: most share a distribution, whose table then stays at hand.
        for fill in AreaInputs::FILL {
            for (area, state) in model.areas.iter().zip(areas.iter_mut()) {
                fill(&area.own, stream, &mut state.own);
            }
        }
        for (area, state) in model.areas.iter().zip(areas.iter_mut()) {
            stream.fill_own(area.cost, &mut state.cost);
        }
        for (area, state) in model.areas.iter().zip(areas.iter_mut()) {
            self.draw_area(area, own, state, isa, stream);
        }
        match &mut self.slots {
            Some(slots) => slots.schedule(model, areas, isa),
            None => schedule::schedule_freely(model, areas, isa),
        }
        self.settled = Column::default();
        for (area, state) in model.areas.iter().zip(areas) {
            settle(isa, &mut self.settled, &state.done, &state.submitted);
            one_off(
                isa,
                &mut state.begun,
                &mut state.ready,
                &mut state.duration,
                &state.done,
                &state.submitted,
                Value::of(area.own.oneoff, &state.own.oneoff),
                &own.overrun,
                &own.design_share,
            );
            state.done_range = finite_range(&state.done, isa);
            state.spend_range = (finite_range(&state.begun, isa).0, finite_range(&state.ready, isa).1);
        }
    }

    fn draw_area(
        &mut self,
        area: &AreaModel,
        own: &AllianceColumns,
        state: &mut AreaState,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let [approved, meetings] = &mut *self.scratch;
        let (inputs, drawn) = (&area.own, &state.own);
        let (submit, implement) =
            (Value::of(inputs.submit, &drawn.submit), Value::of(inputs.implement, &drawn.implement));
        for (share, column) in area.shares.iter().zip(state.member_cost.iter_mut()) {
            match share {
                CostShare::Of(part) => times(isa, column, &state.cost, Value::Same(*part)),
                CostShare::Own(input) => stream.fill(*input, 0, column),
            }
        }
        stream.fill(area.approved, 0, approved);
        stream.fill(area.meetings, 0, meetings);
        times(isa, &mut state.submitted, &own.slip, submit);
        make_ready(
            isa,
            &mut state.ready,
            &state.submitted,
            meetings,
            &self.refusal_rate,
            &own.board_cycle,
            &own.consultation,
            Value::of(inputs.consultation, &drawn.consultation),
        );
        drop_refused(isa, &mut state.ready, approved, Value::of(inputs.approve, &drawn.approve));
        times(isa, &mut state.duration, &drawn.slip, implement);
        if let Value::Each(ramp) = Value::of(inputs.ramp, &drawn.ramp) {
            invert_ramp(isa, &mut state.half_inverse_ramp, ramp);
        }
    }
}

/// `−ln(1−q)` of the chance `q` that a board of `members` passes a case.
fn pass_chance(isa: Isa, out: &mut Column, agree: &Column, rule: DecisionRule, members: usize) {
    match rule {
        DecisionRule::Lead => refusal_rate(isa, out, agree),
        DecisionRule::Unanimous => {
            let mut q = Column::splat(1.0);
            for _ in 0..members {
                let before = q;
                product(isa, &mut q, &before, agree);
            }
            refusal_rate(isa, out, &q);
        }
        DecisionRule::Majority => {
            let mut q = Column::default();
            for votes in members / 2 + 1..=members {
                add_binomial(isa, &mut q, agree, votes, members, binomial(members, votes));
            }
            refusal_rate(isa, out, &q);
        }
    }
}

/// Turns draws into the number of the meeting that decides a case.
pub(super) fn count_meetings(model: &AllianceModel, agree: &Column, meetings: &mut Column, isa: Isa) {
    let mut refusal = Column::default();
    pass_chance(isa, &mut refusal, agree, model.decision, model.members.len());
    decide_at(isa, meetings, &refusal);
}

/// The meeting that decides a case: `max(1, ⌈e/−ln(1−q)⌉)`.
#[inline(always)]
fn meetings_until(draw: f64, refusal: f64) -> f64 {
    max((draw / refusal).ceil(), 1.0)
}

/// Number of ways to choose `k` of `n`.
fn binomial(n: usize, k: usize) -> f64 {
    (0..k).fold(1.0, |ways, i| ways * (n - i) as f64 / (i + 1) as f64)
}

vectorised! {
    fn decide_at(meetings: &mut Column, refusal: &Column) {
        for i in 0..BLOCK {
            meetings[i] = meetings_until(meetings[i], refusal[i]);
        }
    }

    fn refusal_rate(out: &mut Column, q: &Column) {
        for i in 0..BLOCK {
            out[i] = -elementary::ln(1.0 - max(q[i], LEAST_CHANCE));
        }
    }

    /// Adds the chance of exactly `votes` of `members`.
    fn add_binomial(q: &mut Column, agree: &Column, votes: usize, members: usize, ways: f64) {
        for i in 0..BLOCK {
            let mut chance = ways;
            for _ in 0..votes {
                chance *= agree[i];
            }
            for _ in votes..members {
                chance *= 1.0 - agree[i];
            }
            q[i] += chance;
        }
    }

    /// Submitted, passed at meeting `max(1, ⌈e/−ln(1−q)⌉)`, consulted.
    fn make_ready(
        out: &mut Column, submitted: &Column, meetings: &Column, refusal: &Column, cycle: &Column, consultation: &Column,
        own_consultation: Value<'_>,
    ) {
        own_consultation.each(|i, own_consultation| {
            let n = meetings_until(meetings[i], refusal[i]);
            out[i] = submitted[i] + n * cycle[i] + consultation[i] + own_consultation;
        });
    }

    /// Never ready where the case is dropped.
    fn drop_refused(ready: &mut Column, draw: &Column, approve: Value<'_>) {
        approve.each(|i, approve| ready[i] = if draw[i] < approve { ready[i] } else { f64::INFINITY });
    }

    fn invert_ramp(half_inverse: &mut Column, ramp: &Column) {
        for i in 0..BLOCK {
            half_inverse[i] = half_inverse_of(ramp[i]);
        }
    }

    /// Settled when live, or, dropped, when submitted; the last of all areas.
    fn settle(last: &mut Column, done: &Column, submitted: &Column) {
        for i in 0..BLOCK {
            last[i] = max(last[i], if done[i] < f64::INFINITY { done[i] } else { submitted[i] });
        }
    }

    /// The one-off cost over implementation; of a dropped area, design alone, until it was submitted.
    fn one_off(
        begun: &mut Column, ready: &mut Column, duration: &mut Column, done: &Column, submitted: &Column, oneoff: Value<'_>,
        overrun: &Column, design_share: &Column,
    ) {
        oneoff.each(|i, oneoff| {
            let dropped = done[i] == f64::INFINITY;
            let from = if dropped { 0.0 } else { begun[i] };
            let to = if dropped { submitted[i] } else { done[i] };
            let spend = oneoff * if dropped { design_share[i] } else { overrun[i] };
            (begun[i], ready[i]) = (from, to);
            duration[i] = if to > from { spend / (to - from) } else { spend };
        });
    }
}
