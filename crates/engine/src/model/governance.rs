//! The governance of an alliance in one block: who is in, with which share, until when (MODEL section 5).

mod consent;
mod exit;

pub(super) use consent::equalised_band_d;
pub(super) use exit::{decide_exits, open_year};

use super::arithmetic::add_scaled;
use super::form::AllianceModel;
use super::lane::{clamp, progress};
use super::parameters::{AllianceColumns, ExitColumns, ForceColumns, MergerColumns, Parameters};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, vectorised};
use crate::uncertainty::{Stream, elementary};

/// A member of an alliance in one block.
#[derive(Debug, Clone)]
pub(super) struct MemberState {
    /// Share of costs and savings at the start, normalised.
    pub weight: Column,
    /// When it gave notice; ∞ if never.
    pub notice: Column,
    /// When a notice was given that has lapsed since: until vesting day it stood; ∞ if none has.
    pub stood: Column,
    /// When it leaves, `D`; ∞ if never. A member that stays to the end of the alliance leaves with it.
    pub leaves: Column,
    /// Part of the year for which it is in.
    pub inside: Column,
    /// Share of this year's costs.
    pub share: Column,
    /// Part of its saving that is left: 1 until it leaves.
    pub keep: Column,
    /// The same before others' leaving, where that matters.
    bonded: Column,
    /// Its weight at the start.
    pub opening_weight: Column,
    /// Gross cashable saving that fell to it last year, as a shortfall against the plan run.
    pub shortfall: Column,
    /// Whether it gives notice this year.
    leaving: Column,
    /// Log-odds of that.
    odds: Column,
    /// 1 where its commissioner agrees to the merger.
    pub agrees: Column,
    /// 1 where it withdrew from the merger before that had ended.
    pub withdrew: Column,
}

impl MemberState {
    /// What its own leaving leaves of the bond with the others.
    pub const fn bond(&self, loses_scale: bool) -> &Column {
        if loses_scale { &self.bonded } else { &self.keep }
    }

    pub fn new() -> Self {
        let zero = Column::default();
        Self {
            weight: zero,
            notice: zero,
            stood: zero,
            leaves: zero,
            inside: zero,
            share: zero,
            keep: zero,
            bonded: zero,
            opening_weight: zero,
            shortfall: zero,
            leaving: zero,
            odds: zero,
            agrees: zero,
            withdrew: zero,
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
        self.by_origin = model.by_origin;
        self.appetite = Column::default();
        for (member, state) in model.members.iter().zip(&mut self.members) {
            state.notice = Column::splat(f64::INFINITY);
            state.stood = Column::splat(f64::INFINITY);
            state.leaves = Column::splat(f64::INFINITY);
            state.shortfall = Column::default();
            state.agrees = Column::splat(1.0);
            state.withdrew = Column::default();
            if let Some(weight) = member.weight {
                state.weight = Column::splat(weight);
                state.opening_weight = state.weight;
            }
            add_scaled(isa, &mut self.appetite, &forces[member.force].appetite, 1.0 / model.members.len() as f64);
        }
        self.end = Column::splat(f64::INFINITY);
        self.vests = Column::splat(f64::INFINITY);
        self.refused = Column::default();
        self.withdrawn = Column::default();
    }

    /// Shares by the rule that holds from year `t` on, where it is another one; whether that is by origin.
    pub fn rebase(&mut self, model: &AllianceModel, t: usize) -> bool {
        let Some(rule) = model.later_shares.iter().find(|rule| rule.from == t) else { return false };
        self.by_origin = rule.weights.is_none();
        for (state, weight) in self.members.iter_mut().zip(rule.weights.iter().flatten()) {
            state.weight = Column::splat(*weight);
        }
        self.by_origin
    }

    /// Members' parts of year `t`, shares of its costs, and what is kept of their savings.
    pub fn share_out(&mut self, own: &AllianceColumns, loses_scale: bool, t: usize, isa: Isa) {
        let [total, inside, _] = &mut *self.scratch;
        *total = Column::default();
        *inside = Column::default();
        for state in &mut self.members {
            stay(isa, &mut state.inside, &mut state.keep, &state.leaves, &own.retained, &own.unwind, t as f64);
            add_shares(isa, total, inside, &state.weight, &state.inside);
        }
        for state in &mut self.members {
            normalise(isa, &mut state.share, &state.weight, &state.inside, total, inside);
        }
        if loses_scale {
            self.lose_scale(own, t as f64, isa);
        }
    }

    /// Those who stay lose what rested on the size of those who left before them.
    fn lose_scale(&mut self, own: &AllianceColumns, t: f64, isa: Isa) {
        let [lost, ..] = &mut *self.scratch;
        for m in 0..self.members.len() {
            *lost = Column::default();
            // A member that left did not leave before itself: it does not count for itself.
            for leaver in &self.members {
                let (day, stays) = (&self.members[m].leaves, &self.members[m].notice);
                add_lost(isa, lost, &leaver.opening_weight, &leaver.notice, &leaver.leaves, day, stays, &own.unwind, t);
            }
            let state = &mut self.members[m];
            state.bonded = state.keep;
            shed(isa, &mut state.keep, lost, &own.scale_loss);
        }
    }
}

vectorised! {
    fn logit(out: &mut Column, p: &Column) {
        for i in 0..BLOCK {
            out[i] = elementary::ln(p[i] / (1.0 - p[i]));
        }
    }

    /// `in = clamp(D − t, 0, 1)`; `keep = 1 − (1 − retained)·clamp((t + ½ − D)/unwind, 0, 1)`.
    fn stay(inside: &mut Column, keep: &mut Column, leaves: &Column, retained: &Column, unwind: &Column, t: f64) {
        for i in 0..BLOCK {
            inside[i] = clamp(leaves[i] - t, 0.0, 1.0);
            keep[i] = 1.0 - (1.0 - retained[i]) * progress(t + 0.5 - leaves[i], unwind[i]);
        }
    }

    /// Adds the weight of one that left, before `day` where oneself leaves then, as far as what rested on it has been lost.
    fn add_lost(
        lost: &mut Column, weight: &Column, notice: &Column, leaves: &Column, day: &Column, own_notice: &Column, unwind: &Column,
        t: f64,
    ) {
        for i in 0..BLOCK {
            let gone = weight[i] * progress(t + 0.5 - leaves[i], unwind[i]);
            let before = own_notice[i] == f64::INFINITY || leaves[i] < day[i];
            lost[i] += if notice[i] < f64::INFINITY && before { gone } else { 0.0 };
        }
    }

    fn shed(keep: &mut Column, lost: &Column, scale_loss: &Column) {
        for i in 0..BLOCK {
            keep[i] *= 1.0 - scale_loss[i] * lost[i];
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
            let (part, of) = if total[i] > 0.0 { (weight[i] * inside[i], total[i]) } else { (inside[i], all[i]) };
            let of = if of > 0.0 { of } else { 1.0 };
            share[i] = part / of;
        }
    }
}
