//! Consent to a merger, notices, ends and vesting day (MODEL section 5).

use super::form::{AllianceModel, Compiled, MergerModel};
use super::funding::ForceFunding;
use super::lane::{clamp, max, min};
use super::parameters::{ExitColumns, ForceColumns, MergerColumns};
use crate::alliance::Equalise;
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Stream, elementary};

/// A member of an alliance in one block.
#[derive(Debug, Clone)]
pub(super) struct MemberState {
    /// Share of costs and savings at the start, normalised.
    pub weight: Column,
    /// When it gave notice; ∞ if never.
    pub notice: Column,
    /// When it leaves, `D`; ∞ if never. A member that stays to the end of the alliance leaves with it.
    pub leaves: Column,
    /// Part of the year for which it is in.
    pub inside: Column,
    /// Share of this year's costs.
    pub share: Column,
    /// Part of its saving that is left: 1 until it leaves.
    pub keep: Column,
    /// Gross cashable saving that fell to it last year, as a shortfall against the plan run.
    pub shortfall: Column,
    /// Whether it gives notice this year.
    leaving: Column,
}

impl MemberState {
    pub fn new() -> Self {
        let zero = Column::default();
        Self {
            weight: zero,
            notice: zero,
            leaves: zero,
            inside: zero,
            share: zero,
            keep: zero,
            shortfall: zero,
            leaving: zero,
        }
    }
}

/// The governance of an alliance in one block.
#[derive(Debug)]
pub(super) struct Governance {
    pub exit: ExitColumns,
    pub merger: MergerColumns,
    /// `logit(exit base)`.
    base_logit: Column,
    pub members: Vec<MemberState>,
    /// Whether each keeps what arises in its own costs.
    pub by_origin: bool,
    /// Mean appetite of the members at the start.
    appetite: Column,
    /// When the alliance ends; ∞ if never.
    pub end: Column,
    /// When a merger vests; ∞ if never, or not a merger.
    pub vests: Column,
    /// 1 where a voluntary merger is refused.
    pub refused: Column,
    /// 1 where the merger is withdrawn from this year, after its start.
    pub withdrawn: Column,
    scratch: Box<[Column; 3]>,
}

impl Governance {
    pub fn new(model: &AllianceModel) -> Self {
        let zero = Column::default();
        Self {
            by_origin: model.by_origin,
            exit: ExitColumns::default(),
            merger: MergerColumns::default(),
            base_logit: zero,
            members: vec![MemberState::new(); model.members.len()],
            appetite: zero,
            end: zero,
            vests: zero,
            refused: zero,
            withdrawn: zero,
            scratch: Box::default(),
        }
    }

    /// Draws what is decided before the years are run.
    pub fn open(&mut self, model: &AllianceModel, forces: &[ForceColumns], isa: Isa, stream: &mut Stream<'_>) {
        model.exit.fill(stream, &mut self.exit);
        logit(isa, &mut self.base_logit, &self.exit.base);
        self.appetite = Column::default();
        for (member, state) in model.members.iter().zip(&mut self.members) {
            state.notice = Column::splat(f64::INFINITY);
            state.leaves = Column::splat(f64::INFINITY);
            state.shortfall = Column::default();
            if let Some(weight) = member.weight {
                state.weight = Column::splat(weight);
            }
            add_scaled(isa, &mut self.appetite, &forces[member.force].appetite, 1.0 / model.members.len() as f64);
        }
        self.end = Column::splat(f64::INFINITY);
        self.vests = Column::splat(f64::INFINITY);
        self.refused = Column::default();
        self.withdrawn = Column::default();
    }

    /// Asks the commissioners and the minister. Consent rests on funding paths alone, so it is known beforehand.
    pub fn seek_consent(
        &mut self,
        model: &AllianceModel,
        plan: bool,
        funding: &[ForceFunding],
        isa: Isa,
        stream: &mut Stream<'_>,
    ) {
        let Some(merger) = &model.merger else { return };
        merger.own.fill(stream, &mut self.merger);
        self.vests = Column::splat(merger.vesting);
        if merger.mandated || plan {
            return;
        }
        let [target, chance, draw] = &mut *self.scratch;
        let last = funding.first().map_or(0, |f| f.band_d.len().saturating_sub(1));
        let t = (merger.decision.floor().max(0.0) as usize).min(last);
        equalised_band_d(target, merger.equalise, model, funding, t, isa);
        for (member, (chance_input, draw_input)) in model.members.iter().zip(&merger.consent) {
            stream.fill(*chance_input, 0, chance);
            stream.fill(*draw_input, 0, draw);
            let band_d = &funding[member.force].band_d[t];
            consent(isa, &mut self.refused, chance, &self.merger.rise_aversion, target, band_d, draw);
        }
        stream.fill(merger.minister, 0, draw);
        minister(isa, &mut self.refused, draw, &self.merger.ministerial_approval);
        refuse(isa, &mut self.vests, &mut self.end, &self.refused, merger.decision);
    }
}

/// The Band D to which the members converge in year `t`.
pub(super) fn equalised_band_d(
    target: &mut Column,
    rule: Equalise,
    model: &AllianceModel,
    funding: &[ForceFunding],
    t: usize,
    isa: Isa,
) {
    let mut tax_base = Column::default();
    *target = Column::splat(match rule {
        Equalise::Highest => f64::NEG_INFINITY,
        Equalise::Lowest => f64::INFINITY,
        Equalise::Average => 0.0,
    });
    for member in &model.members {
        let of = &funding[member.force];
        match rule {
            Equalise::Highest => highest(isa, target, &of.band_d[t]),
            Equalise::Lowest => lowest(isa, target, &of.band_d[t]),
            Equalise::Average => weigh(isa, target, &mut tax_base, &of.band_d[t], &of.tax_base[t]),
        }
    }
    if rule == Equalise::Average {
        divide(isa, target, &tax_base);
    }
}

/// Every decision to leave of year `t`, all on the same past, then applied together.
pub(super) fn decide_exits(
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
        governance[k].decide(&model.alliances[k], &closed, forces, model.first_year, t, isa, stream);
    }
    for state in governance.iter_mut() {
        state.withdrawn = Column::default();
    }
    for k in 0..model.alliances.len() {
        apply_notices(model, governance, k, t, isa);
    }
    for (m, merger) in mergers(model) {
        if merger.vesting >= t as f64 && merger.vesting < t as f64 + 1.0 {
            let vests = governance[m].vests;
            for &k in merger.absorbs.iter().filter(|k| **k != m) {
                governance[k].lapse(&vests, merger.vesting, isa);
            }
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
            withdraw(
                isa,
                &mut own.vests,
                &mut own.end,
                &mut own.withdrawn,
                &leaving,
                &at_once,
                f64::INFINITY,
                now,
                started,
            );
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
            let own = &mut governance[m];
            withdraw(
                isa,
                &mut own.vests,
                &mut own.end,
                &mut own.withdrawn,
                &leaving,
                &leaves,
                merger.vesting,
                now,
                started,
            );
        }
    }
}

impl Governance {
    /// Who decides to leave in year `t`.
    fn decide(
        &mut self,
        model: &AllianceModel,
        closed: &Column,
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
        let mut total = Column::default();
        for state in &self.members {
            count_undecided(isa, &mut undecided, &state.notice);
            add_weight_inside(isa, &mut total, &state.weight, &state.leaves, t as f64);
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
            weigh_voice(
                isa,
                odds,
                &self.exit.voice_weight,
                &state.weight,
                &state.leaves,
                &total,
                t as f64,
                member.voice,
            );
            stream.fill(member.exit_draw, first_year + t as i32, draw);
            decide(isa, &mut state.leaving, open, &state.notice, odds, draw);
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

    /// Notices and ends at or after vesting day lapse where the merger vests.
    fn lapse(&mut self, vests: &Column, vesting: f64, isa: Isa) {
        for state in &mut self.members {
            lapse(isa, &mut state.notice, &mut state.leaves, vests, vesting);
        }
        lapse_end(isa, &mut self.end, vests, vesting);
    }

    /// Members' parts of year `t`, shares of its costs, and what is kept of their savings.
    pub fn share_out(&mut self, retained: &Column, unwind: &Column, t: usize, isa: Isa) {
        let [total, inside, _] = &mut *self.scratch;
        *total = Column::default();
        *inside = Column::default();
        for state in &mut self.members {
            stay(isa, &mut state.inside, &mut state.keep, &state.leaves, retained, unwind, t as f64);
            add_shares(isa, total, inside, &state.weight, &state.inside);
        }
        for state in &mut self.members {
            normalise(isa, &mut state.share, &state.weight, &state.inside, total, inside);
        }
    }
}

vectorised! {
    fn logit(out: &mut Column, p: &Column) {
        for i in 0..BLOCK {
            out[i] = elementary::ln(p[i] / (1.0 - p[i]));
        }
    }

    fn add_scaled(out: &mut Column, x: &Column, by: f64) {
        for i in 0..BLOCK {
            out[i] += x[i] * by;
        }
    }

    /// A commissioner agrees where a logistic draw is below `logit(consent) − aversion·rise/10`.
    fn consent(refused: &mut Column, chance: &Column, aversion: &Column, target: &Column, band_d: &Column, draw: &Column) {
        for i in 0..BLOCK {
            let odds = elementary::ln(chance[i] / (1.0 - chance[i])) - aversion[i] * (target[i] - band_d[i]) / 10.0;
            refused[i] = if draw[i] < odds { refused[i] } else { 1.0 };
        }
    }

    fn minister(refused: &mut Column, draw: &Column, chance: &Column) {
        for i in 0..BLOCK {
            refused[i] = if draw[i] < chance[i] { refused[i] } else { 1.0 };
        }
    }

    fn refuse(vests: &mut Column, end: &mut Column, refused: &Column, decision: f64) {
        for i in 0..BLOCK {
            vests[i] = if refused[i] > 0.5 { f64::INFINITY } else { vests[i] };
            end[i] = if refused[i] > 0.5 { decision } else { end[i] };
        }
    }

    fn highest(target: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            target[i] = max(target[i], x[i]);
        }
    }

    fn lowest(target: &mut Column, x: &Column) {
        for i in 0..BLOCK {
            target[i] = min(target[i], x[i]);
        }
    }

    fn weigh(sum: &mut Column, weights: &mut Column, x: &Column, weight: &Column) {
        for i in 0..BLOCK {
            sum[i] += x[i] * weight[i];
            weights[i] += weight[i];
        }
    }

    fn divide(x: &mut Column, by: &Column) {
        for i in 0..BLOCK {
            x[i] /= by[i];
        }
    }

    fn count_undecided(count: &mut Column, notice: &Column) {
        for i in 0..BLOCK {
            count[i] += if notice[i] < f64::INFINITY { 0.0 } else { 1.0 };
        }
    }

    fn add_weight_inside(total: &mut Column, weight: &Column, leaves: &Column, t: f64) {
        for i in 0..BLOCK {
            total[i] += weight[i] * clamp(leaves[i] - t, 0.0, 1.0);
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

    /// Adds what it weighs to bear more of the cost than one has of the votes.
    fn weigh_voice(odds: &mut Column, weight: &Column, share: &Column, leaves: &Column, total: &Column, t: f64, voice: f64) {
        for i in 0..BLOCK {
            let borne = share[i] * clamp(leaves[i] - t, 0.0, 1.0) / total[i];
            let borne = if total[i] > 0.0 { borne } else { 0.0 };
            odds[i] += weight[i] * max(borne - voice, 0.0);
        }
    }

    fn decide(leaving: &mut Column, open: &Column, notice: &Column, odds: &Column, draw: &Column) {
        for i in 0..BLOCK {
            let leaves = open[i] > 0.5 && notice[i] == f64::INFINITY && draw[i] < odds[i];
            leaving[i] = if leaves { 1.0 } else { 0.0 };
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

    /// Ends a merger that has not ended, where somebody leaves before `limit`.
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

    fn lapse(notice: &mut Column, leaves: &mut Column, vests: &Column, vesting: f64) {
        for i in 0..BLOCK {
            let lapses = vests[i] < f64::INFINITY && leaves[i] >= vesting;
            notice[i] = if lapses { f64::INFINITY } else { notice[i] };
            leaves[i] = if lapses { f64::INFINITY } else { leaves[i] };
        }
    }

    fn lapse_end(end: &mut Column, vests: &Column, vesting: f64) {
        for i in 0..BLOCK {
            end[i] = if vests[i] < f64::INFINITY && end[i] >= vesting { f64::INFINITY } else { end[i] };
        }
    }

    /// `in = clamp(D − t, 0, 1)`; `keep = 1 − (1 − retained)·clamp((t + ½ − D)/unwind, 0, 1)`.
    fn stay(inside: &mut Column, keep: &mut Column, leaves: &Column, retained: &Column, unwind: &Column, t: f64) {
        for i in 0..BLOCK {
            inside[i] = clamp(leaves[i] - t, 0.0, 1.0);
            keep[i] = 1.0 - (1.0 - retained[i]) * super::lane::progress(t + 0.5 - leaves[i], unwind[i]);
        }
    }

    fn add_shares(total: &mut Column, all: &mut Column, weight: &Column, inside: &Column) {
        for i in 0..BLOCK {
            total[i] += weight[i] * inside[i];
            all[i] += inside[i];
        }
    }

    /// Shares of the members that are in; equal ones where those in have no weight.
    fn normalise(share: &mut Column, weight: &Column, inside: &Column, total: &Column, all: &Column) {
        for i in 0..BLOCK {
            let weighted = weight[i] * inside[i] / total[i];
            let equal = inside[i] / all[i];
            let equal = if all[i] > 0.0 { equal } else { 0.0 };
            share[i] = if total[i] > 0.0 { weighted } else { equal };
        }
    }
}
