//! Contact management: calls answered in time by Erlang C, alone and pooled (MODEL section 7).

use super::form::{Compiled, ContactModel};
use super::governance::Governance;
use super::programme::Programme;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Stream, elementary};

const SECONDS_PER_HOUR: f64 = 3600.0;

/// Contact management in one block.
#[derive(Debug)]
pub(super) struct ContactRooms {
    target: Column,
    agents_saved: Column,
    calls: Vec<Column>,
    aht: Vec<Column>,
    /// Share answered in time by each force alone.
    alone: Vec<Column>,
    /// The same by the pool of all.
    together: Column,
    /// Share answered in time over all forces: alone, and this year.
    pub standalone: Column,
    pub answered: Column,
    scratch: Box<[Column; 6]>,
}

impl ContactRooms {
    pub fn new(model: &ContactModel) -> Self {
        let zero = Column::default();
        let each = vec![zero; model.forces.len()];
        Self {
            target: zero,
            agents_saved: zero,
            calls: each.clone(),
            aht: each.clone(),
            alone: each,
            together: zero,
            standalone: zero,
            answered: zero,
            scratch: Box::default(),
        }
    }

    /// Draws calls and handling times; answers alone, and all together.
    pub fn draw(&mut self, model: &ContactModel, isa: Isa, stream: &mut Stream<'_>) {
        stream.fill(model.target, 0, &mut self.target);
        stream.fill(model.agents_saved, 0, &mut self.agents_saved);
        self.standalone = Column::default();
        let nobody = Column::splat(f64::INFINITY);
        for (c, force) in model.forces.iter().enumerate() {
            stream.fill(force.calls, 0, &mut self.calls[c]);
            stream.fill(force.aht, 0, &mut self.aht[c]);
            let (load, agents, calls) =
                (&mut Column::default(), Column::splat(f64::from(force.agents)), &self.calls[c]);
            add_load(isa, load, &mut Column::default(), &mut Column::default(), calls, &self.aht[c], 0.0, &nobody, 0.0);
            answer(isa, &mut self.alone[c], load, &agents, &self.aht[c], &self.target, force.agents);
        }
        let mut together = Column::default();
        self.pool(model, |_| &nobody, 0.0, &mut together, isa);
        self.together = together;
        let never = Column::splat(f64::INFINITY);
        let mut standalone = Column::default();
        self.weigh(&never, |_| &nobody, &Column::default(), 0.0, &mut standalone, isa);
        self.standalone = standalone;
    }

    /// The share answered in year `t`: pooled over the members still in once the area is live.
    pub fn run_year(
        &mut self,
        model: &Compiled,
        programmes: &[Programme],
        governance: &[Governance],
        t: f64,
        isa: Isa,
    ) {
        let Some(contact) = &model.contact else { return };
        let live = &programmes[contact.alliance].areas[contact.area].live;
        let leaves = |c: usize| &governance[contact.alliance].members[contact.forces[c].member].leaves;
        // The pool is another one only where some of its forces are out and some still in.
        let mut apart = 0;
        (1..contact.forces.len()).for_each(|c| count_apart(isa, &mut apart, leaves(c), leaves(0), t + 0.5));
        let mut pooled = self.together;
        if apart > 0 {
            self.pool(contact, leaves, t + 0.5, &mut pooled, isa);
        }
        let mut answered = Column::default();
        self.weigh(live, leaves, &pooled, t + 0.5, &mut answered, isa);
        self.answered = answered;
    }

    /// Share answered by the pool of the forces that leave after `now`.
    fn pool<'a>(
        &mut self,
        model: &ContactModel,
        leaves: impl Fn(usize) -> &'a Column,
        now: f64,
        out: &mut Column,
        isa: Isa,
    ) {
        let [load, calls, agents, aht, ..] = &mut *self.scratch;
        (*load, *calls, *agents) = (Column::default(), Column::default(), Column::default());
        for (c, force) in model.forces.iter().enumerate() {
            add_load(isa, load, calls, agents, &self.calls[c], &self.aht[c], f64::from(force.agents), leaves(c), now);
        }
        staff(isa, agents, aht, &self.agents_saved, load, calls);
        answer(isa, out, load, agents, aht, &self.target, model.forces.iter().map(|f| f.agents).sum());
    }

    /// Mean share answered, weighted by calls: pooled where the area is live and the force in, else alone.
    fn weigh<'a>(
        &mut self,
        live: &Column,
        leaves: impl Fn(usize) -> &'a Column,
        pooled: &Column,
        now: f64,
        out: &mut Column,
        isa: Isa,
    ) {
        let [.., sum, weights] = &mut *self.scratch;
        (*sum, *weights) = (Column::default(), Column::default());
        for (c, calls) in self.calls.iter().enumerate() {
            add_answered(isa, sum, weights, calls, &self.alone[c], pooled, live, leaves(c), now);
        }
        mean(isa, out, sum, weights);
    }
}

vectorised! {
    /// Counts the lanes in which one of two forces is still in and the other is not.
    fn count_apart(count: &mut u64, leaves: &Column, other: &Column, now: f64) {
        for i in 0..BLOCK {
            *count += u64::from((leaves[i] > now) != (other[i] > now));
        }
    }

    fn add_load(
        load: &mut Column, calls: &mut Column, agents: &mut Column, own_calls: &Column, aht: &Column, own_agents: f64,
        leaves: &Column, now: f64,
    ) {
        for i in 0..BLOCK {
            let inside = leaves[i] > now;
            load[i] += if inside { own_calls[i] * aht[i] / SECONDS_PER_HOUR } else { 0.0 };
            calls[i] += if inside { own_calls[i] } else { 0.0 };
            agents[i] += if inside { own_agents } else { 0.0 };
        }
    }

    /// Agents of the pool, rounded down, and its mean handling time, seconds.
    fn staff(agents: &mut Column, aht: &mut Column, saved: &Column, load: &Column, calls: &Column) {
        for i in 0..BLOCK {
            agents[i] = (agents[i] * (1.0 - saved[i])).floor();
            let mean = load[i] * SECONDS_PER_HOUR / calls[i];
            aht[i] = if calls[i] > 0.0 { mean } else { 1.0 };
        }
    }

    /// Share answered within the target: `1 − C(n, a)·exp(−(n − a)·target/aht)`, C by the recursion of Erlang B (Erlang 1917).
    fn answer(out: &mut Column, load: &Column, agents: &Column, aht: &Column, target: &Column, most: u32) {
        let mut blocked = Column::splat(1.0);
        for n in 1..=most {
            let n = f64::from(n);
            for i in 0..BLOCK {
                let carried = load[i] * blocked[i];
                let next = carried / (n + carried);
                blocked[i] = if n <= agents[i] { next } else { blocked[i] };
            }
        }
        for i in 0..BLOCK {
            let (n, a, b) = (agents[i], load[i], blocked[i]);
            let waits = n * b / (n - a * (1.0 - b));
            let in_time = 1.0 - waits * elementary::exp(-(n - a) * target[i] / aht[i]);
            out[i] = if a < n { in_time } else { 0.0 };
        }
    }

    fn add_answered(
        sum: &mut Column, weights: &mut Column, calls: &Column, alone: &Column, pooled: &Column, live: &Column, leaves: &Column,
        now: f64,
    ) {
        for i in 0..BLOCK {
            let shared = live[i] <= now && live[i] < leaves[i] && leaves[i] > now;
            sum[i] += calls[i] * if shared { pooled[i] } else { alone[i] };
            weights[i] += calls[i];
        }
    }

    fn mean(out: &mut Column, sum: &Column, weights: &Column) {
        for i in 0..BLOCK {
            let mean = sum[i] / weights[i];
            out[i] = if weights[i] > 0.0 { mean } else { 1.0 };
        }
    }
}
