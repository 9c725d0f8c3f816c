//! Leaving: who gives notice, what ends, what lapses on vesting day (MODEL section 5).

use super::Governance;
use crate::model::arithmetic::lowest;
use crate::model::form::{AllianceModel, Compiled, MergerModel};
use crate::model::lane::{flag, max};
use crate::model::parameters::ForceColumns;
use crate::uncertainty::Stream;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};

/// On the first day of year `t`: notices lapse where a merger vests on it.
pub(in crate::model) fn open_year(model: &Compiled, governance: &mut [Governance], t: usize, isa: Isa) {
    let first = t as f64;
    lapse_notices(model, governance, |vesting| (vesting - first).abs() <= 0.0, isa);
}

/// Every decision to leave of year `t`, all on the same past, then applied together.
pub(in crate::model) fn decide_exits(
    model: &Compiled,
    governance: &mut [Governance],
    forces: &[ForceColumns],
    t: usize,
    isa: Isa,
    stream: &mut Stream<'_>,
) {
    for k in 0..model.alliances.len() {
        // Nobody leaves once a merger that takes in every member has vested.
        let mut closed = Column::splat(f64::INFINITY);
        for (m, merger) in mergers(model) {
            if merger.absorbs.contains(&k) {
                lowest(isa, &mut closed, &governance[m].vests);
            }
        }
        let joined = &model.alliances[k].joined;
        let joined: Vec<(&[usize], Column)> = joined
            .iter()
            .filter(|own| t >= own.from)
            .map(|own| (own.members.as_slice(), governance[own.merger].vests))
            .collect();
        governance[k].decide(&model.alliances[k], &closed, &joined, forces, model.first_year, t, isa, stream);
    }
    for state in governance.iter_mut() {
        state.withdrawn = Column::default();
    }
    for k in 0..model.alliances.len() {
        apply_notices(model, governance, k, t, isa);
    }
    // Those that vest later in the year.
    let first = t as f64;
    lapse_notices(model, governance, |vesting| vesting > first && vesting < first + 1.0, isa);
}

/// Notices lapse in alliances all of whose members are in a merger that vests on a day of those asked for.
fn lapse_notices(model: &Compiled, governance: &mut [Governance], on: impl Fn(f64) -> bool, isa: Isa) {
    for (m, merger) in mergers(model).filter(|(_, merger)| on(merger.vesting)) {
        let vests = governance[m].vests;
        for &k in merger.absorbs.iter().filter(|k| **k != m) {
            governance[k].lapse(&vests, merger.vesting, isa);
        }
    }
}

/// The mergers of a model with their positions.
fn mergers(model: &Compiled) -> impl Iterator<Item = (usize, &MergerModel)> {
    model.alliances.iter().enumerate().filter_map(|(k, alliance)| Some((k, alliance.merger.as_ref()?)))
}

/// Turns this year's decisions in alliance `k` into notices, ends and withdrawals.
fn apply_notices(model: &Compiled, governance: &mut [Governance], k: usize, t: usize, isa: Isa) {
    let now = t as f64 + 0.5;
    if model.alliances[k].merger.is_some() {
        // A notice in a merger before it vests is nothing but a withdrawal from it.
        let started = model.alliances[k].start <= now;
        let own = &mut governance[k];
        for m in 0..own.members.len() {
            let leaving = own.members[m].leaving;
            // Whoever leaves, leaves at once: no date is too late.
            let at_once = Column::default();
            // Members of a day all withdraw: an end of just now does not count before them.
            note_withdrawal(isa, &mut own.members[m].withdrew, &leaving, &own.end, now);
            own.withdraw(&leaving, &at_once, f64::INFINITY, now, started, isa);
        }
        return;
    }
    governance[k].give_notice(now, isa);
    for (m, merger) in mergers(model) {
        if merger.mandated || !merger.absorbs.contains(&k) {
            continue;
        }
        for member in 0..governance[k].members.len() {
            let (leaving, leaves) = (governance[k].members[member].leaving, governance[k].members[member].leaves);
            let started = model.alliances[m].start <= now;
            governance[m].withdraw(&leaving, &leaves, merger.vesting, now, started, isa);
        }
    }
}

impl Governance {
    /// Who decides to leave in year `t`.
    fn decide(
        &mut self,
        model: &AllianceModel,
        closed: &Column,
        joined: &[(&[usize], Column)],
        forces: &[ForceColumns],
        first_year: i32,
        t: usize,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let now = t as f64 + 0.5;
        for state in &mut self.members {
            state.leaving = Column::default();
        }
        if now < model.start || model.merger.as_ref().is_some_and(|merger| merger.mandated) {
            return;
        }
        let [open, odds, draw] = &mut *self.scratch;
        let mut undecided = Column::default();
        let (mut inside, mut weights) = (Column::default(), Column::default());
        for state in &self.members {
            count_undecided(isa, &mut undecided, &state.notice);
            count_inside(isa, &mut inside, &mut weights, &state.weight, &state.leaves, now);
        }
        may_decide(isa, open, &undecided, &self.end, closed, now);
        for (member, state) in model.members.iter().zip(&mut self.members) {
            let elected = if member.elected[t] { 1.0 } else { 0.0 };
            log_odds(
                isa,
                odds,
                &self.base_logit,
                elected,
                &self.exit.election_weight,
                &self.exit.loss_weight,
                &state.shortfall,
                &self.exit.appetite_weight,
                &forces[member.force].appetite,
                &self.appetite,
            );
            weigh_voice(isa, odds, &self.exit.voice_weight, &state.weight, &inside, &weights, member.voice);
            stream.fill(member.exit_draw, first_year + t as i32, draw);
            decide(isa, &mut state.leaving, open, &state.notice, odds, draw);
            if !joined.is_empty() {
                state.odds = *odds;
            }
        }
        for (members, vests) in joined {
            self.decide_as_one(members, vests, model, first_year + t as i32, isa, stream);
        }
    }

    /// Those members that a merger has joined decide by one draw on the mean of their log-odds.
    fn decide_as_one(
        &mut self,
        members: &[usize],
        vests: &Column,
        model: &AllianceModel,
        year: i32,
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let [open, odds, draw] = &mut *self.scratch;
        let Some(first) = members.first() else { return };
        stream.fill(model.members[*first].exit_draw, year, draw);
        *odds = Column::default();
        let mut deciding = Column::default();
        for m in members {
            let state = &self.members[*m];
            add_odds(isa, odds, &mut deciding, &state.odds, &state.notice);
        }
        mean(isa, odds, &deciding);
        for m in members {
            let state = &mut self.members[*m];
            let alone = state.leaving;
            decide(isa, &mut state.leaving, open, &state.notice, odds, draw);
            unless_merged(isa, &mut state.leaving, &alone, vests);
        }
    }

    /// Sets leaving dates; ends the alliance, for who remains too, where fewer than two are without notice.
    fn give_notice(&mut self, now: f64, isa: Isa) {
        let [staying, last, _] = &mut *self.scratch;
        *staying = Column::default();
        *last = Column::splat(f64::NEG_INFINITY);
        for state in &mut self.members {
            give_notice(isa, &mut state.notice, &mut state.leaves, &state.leaving, &self.exit.notice, now);
            count_undecided(isa, staying, &state.notice);
            latest(isa, last, &state.notice, &state.leaves);
        }
        end_if_alone(isa, &mut self.end, staying, last);
        for state in &mut self.members {
            leave_with_the_rest(isa, &mut state.leaves, &state.notice, &self.end);
        }
    }

    /// Ends a merger that has not ended, where somebody leaves before `limit`; it counts as withdrawn from once it has `started`.
    fn withdraw(&mut self, leaving: &Column, leaves: &Column, limit: f64, now: f64, started: bool, isa: Isa) {
        let Self { vests, end, withdrawn, .. } = self;
        withdraw(isa, vests, end, withdrawn, leaving, leaves, limit, now, started);
    }

    /// Notices and ends at or after vesting day lapse where the merger vests.
    fn lapse(&mut self, vests: &Column, vesting: f64, isa: Isa) {
        for state in &mut self.members {
            lapse(isa, &mut state.notice, &mut state.stood, &mut state.leaves, vests, vesting);
        }
        lapse_end(isa, &mut self.end, vests, vesting);
    }
}

vectorised! {
    fn count_undecided(count: &mut Column, notice: &Column) {
        for i in 0..BLOCK {
            count[i] += if notice[i] < f64::INFINITY { 0.0 } else { 1.0 };
        }
    }

    /// Counts a member that is still in, wholly, whenever in the year it is to leave.
    fn count_inside(inside: &mut Column, weights: &mut Column, weight: &Column, leaves: &Column, now: f64) {
        for i in 0..BLOCK {
            let is_in = leaves[i] > now;
            inside[i] += flag(is_in);
            weights[i] += if is_in { weight[i] } else { 0.0 };
        }
    }

    /// Decisions are taken while the alliance runs, before any vesting, by two undecided members at least.
    fn may_decide(open: &mut Column, undecided: &Column, end: &Column, closed: &Column, now: f64) {
        for i in 0..BLOCK {
            open[i] = if undecided[i] > 1.5 && now < end[i] && now < closed[i] { 1.0 } else { 0.0 };
        }
    }

    fn log_odds(
        odds: &mut Column, base: &Column, elected: f64, election_weight: &Column, loss_weight: &Column, shortfall: &Column,
        appetite_weight: &Column, appetite: &Column, mean_appetite: &Column,
    ) {
        for i in 0..BLOCK {
            odds[i] = base[i] + election_weight[i] * elected + loss_weight[i] * shortfall[i]
                + appetite_weight[i] * (appetite[i] - mean_appetite[i]).abs();
        }
    }

    /// Adds what it weighs to bear more of the cost than one has of the votes. Who decides is in; where those in have no weight, they
    /// share equally.
    fn weigh_voice(odds: &mut Column, weight: &Column, share: &Column, inside: &Column, weights: &Column, voice: f64) {
        for i in 0..BLOCK {
            let (part, of) = if weights[i] > 0.0 { (share[i], weights[i]) } else { (1.0, max(inside[i], 1.0)) };
            odds[i] += weight[i] * max(part / of - voice, 0.0);
        }
    }

    fn decide(leaving: &mut Column, open: &Column, notice: &Column, odds: &Column, draw: &Column) {
        for i in 0..BLOCK {
            let leaves = open[i] > 0.5 && notice[i] == f64::INFINITY && draw[i] < odds[i];
            leaving[i] = if leaves { 1.0 } else { 0.0 };
        }
    }

    /// Adds the log-odds of a member without notice.
    fn add_odds(sum: &mut Column, count: &mut Column, odds: &Column, notice: &Column) {
        for i in 0..BLOCK {
            let decides = notice[i] == f64::INFINITY;
            sum[i] += if decides { odds[i] } else { 0.0 };
            count[i] += flag(decides);
        }
    }

    fn mean(sum: &mut Column, count: &Column) {
        for i in 0..BLOCK {
            sum[i] /= max(count[i], 1.0);
        }
    }

    /// Each decides alone where the merger has not vested.
    fn unless_merged(leaving: &mut Column, alone: &Column, vests: &Column) {
        for i in 0..BLOCK {
            leaving[i] = if vests[i] < f64::INFINITY { leaving[i] } else { alone[i] };
        }
    }

    fn give_notice(notice: &mut Column, leaves: &mut Column, leaving: &Column, length: &Column, now: f64) {
        for i in 0..BLOCK {
            notice[i] = if leaving[i] > 0.5 { now } else { notice[i] };
            leaves[i] = if leaving[i] > 0.5 { now + length[i] } else { leaves[i] };
        }
    }

    fn latest(last: &mut Column, notice: &Column, leaves: &Column) {
        for i in 0..BLOCK {
            last[i] = if notice[i] < f64::INFINITY { max(last[i], leaves[i]) } else { last[i] };
        }
    }

    fn end_if_alone(end: &mut Column, staying: &Column, last: &Column) {
        for i in 0..BLOCK {
            end[i] = if staying[i] < 1.5 && last[i] > f64::NEG_INFINITY { last[i] } else { end[i] };
        }
    }

    fn leave_with_the_rest(leaves: &mut Column, notice: &Column, end: &Column) {
        for i in 0..BLOCK {
            leaves[i] = if notice[i] < f64::INFINITY { leaves[i] } else { end[i] };
        }
    }

    fn withdraw(
        vests: &mut Column, end: &mut Column, withdrawn: &mut Column, leaving: &Column, leaves: &Column, limit: f64, now: f64,
        started: bool,
    ) {
        for i in 0..BLOCK {
            let ends = leaving[i] > 0.5 && leaves[i] < limit && end[i] > now;
            vests[i] = if ends { f64::INFINITY } else { vests[i] };
            end[i] = if ends { now } else { end[i] };
            withdrawn[i] = if ends && started { 1.0 } else { withdrawn[i] };
        }
    }

    fn note_withdrawal(withdrew: &mut Column, leaving: &Column, end: &Column, now: f64) {
        for i in 0..BLOCK {
            withdrew[i] = if leaving[i] > 0.5 && end[i] >= now { 1.0 } else { withdrew[i] };
        }
    }

    fn lapse(notice: &mut Column, stood: &mut Column, leaves: &mut Column, vests: &Column, vesting: f64) {
        for i in 0..BLOCK {
            let lapses = vests[i] < f64::INFINITY && leaves[i] >= vesting;
            stood[i] = if lapses { notice[i] } else { stood[i] };
            notice[i] = if lapses { f64::INFINITY } else { notice[i] };
            leaves[i] = if lapses { f64::INFINITY } else { leaves[i] };
        }
    }

    fn lapse_end(end: &mut Column, vests: &Column, vesting: f64) {
        for i in 0..BLOCK {
            end[i] = if vests[i] < f64::INFINITY && end[i] >= vesting { f64::INFINITY } else { end[i] };
        }
    }
}
