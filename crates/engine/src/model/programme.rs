//! An alliance's programme in one block: what its clock, its savings and its spending share (MODEL sections 3 and 4).

mod clock;
mod running;
mod savings;
mod spending;
mod stopping;

use super::delivery::{AreaState, Delivery};
use super::form::AllianceModel;
use super::governance::Governance;
use super::parameters::AllianceColumns;
use crate::uncertainty::lanes::{BLOCK, Column, vectorised};
use stopping::Stops;

/// What areas that are live save a member in a year, start prices: of each, its cost, times `φ`, times what of that it saves. All of it,
/// before the alliance's realisation.
#[derive(Debug, Clone)]
struct Worth {
    /// Cashable saving.
    cashable: Column,
    noncashable: Column,
    /// Cost in scope of each class of areas.
    cost: Vec<Column>,
}

/// What a member saves in a year before sharing, and what falls to it.
#[derive(Debug, Clone)]
pub(super) struct MemberYear {
    /// Gross, in its own costs.
    own: Worth,
    /// The same of the first areas alone whose realised part will not change any more.
    full: Worth,
    /// Saving, before the alliance's realisation, for which people leave this year.
    severance: Column,
    /// Gross cashable saving that falls to it.
    pub gross: Column,
    /// Cost of exits that it pays.
    pub exit_cost: Column,
    /// Financed spending that it bore, each year.
    pub financed: Vec<Column>,
    /// This year's instalment of it.
    pub instalment: Column,
    /// Running costs that it bears by itself this year; before that is known, all that arise in it, start prices.
    pub running: Column,
    /// What its own cuts have left in scope.
    pub left: Column,
}

/// An alliance's programme in one block.
#[derive(Debug)]
pub(super) struct Programme {
    pub own: AllianceColumns,
    pub areas: Vec<AreaState>,
    pub delivery: Delivery,
    /// Programme time at the start and the end of the year.
    opened: Column,
    clock: Column,
    /// Earliest `opened` and latest `clock` of any lane: what lies beyond needs no work this year.
    shown: (f64, f64),
    pub pace: Column,
    /// When the ICT platform is ready, programme time and calendar time.
    platform_due: Column,
    pub platform: Column,
    stops: Stops,
    /// When the last area is settled, calendar time.
    pub settled: Column,
    /// Latest calendar time at which the platform is ready in any lane; ∞ until that is known.
    last_platform: f64,
    /// The same in programme time, known from the start.
    latest_platform_due: f64,
    /// Part of the cost of a failed merger that has been borne.
    abortive_borne: Column,
    pub members: Vec<MemberYear>,
    /// This year: gross cashable, gross non-cashable, team, financed and other spending.
    pub cashable: Column,
    pub noncashable: Column,
    pub team: Column,
    pub financed: Column,
    pub other: Column,
    pub investment: Column,
    /// Of that, what members would have borne alone, and running costs.
    pub anyway: Column,
    pub running: Column,
    /// Each payment for £1 that is financed, where it bears interest.
    payment: Column,
    /// Areas live at the end of the year.
    pub live: Column,
    /// Areas live of those whose realised part will not change any more.
    long_live: Column,
    /// How many of the first areas are those that are added up once for all.
    settled_areas: usize,
    /// Cost of each class of areas whose saving is realised and kept, start prices: their costs, times `φ`, times what is kept.
    pub credit: Vec<Column>,
    /// In-scope cost of each area over all members, start prices.
    pub total_cost: Vec<Column>,
    /// The same of each class of areas.
    pub class_cost: Vec<Column>,
    scratch: Box<[Column; 6]>,
}

impl Worth {
    /// Nothing is live.
    fn clear(&mut self) {
        (self.cashable, self.noncashable) = (Column::default(), Column::default());
        self.cost.fill(Column::default());
    }

    fn copy(&mut self, other: &Self) {
        (self.cashable, self.noncashable) = (other.cashable, other.noncashable);
        self.cost.copy_from_slice(&other.cost);
    }
}

impl Programme {
    /// Makes room for what the model's levers have become.
    pub fn turned(&mut self, model: &AllianceModel) {
        self.delivery = Delivery::new(model);
    }

    pub fn new(model: &AllianceModel, years: usize) -> Self {
        let zero = Column::default();
        let worth = Worth { cashable: zero, noncashable: zero, cost: vec![zero; model.classes] };
        let member = MemberYear {
            own: worth.clone(),
            full: worth,
            severance: zero,
            gross: zero,
            exit_cost: zero,
            financed: vec![zero; years],
            instalment: zero,
            running: zero,
            left: Column::splat(1.0),
        };
        Self {
            own: AllianceColumns::default(),
            areas: model.areas.iter().map(AreaState::new).collect(),
            delivery: Delivery::new(model),
            opened: zero,
            clock: zero,
            shown: (0.0, 0.0),
            pace: zero,
            platform_due: zero,
            platform: zero,
            stops: Stops::new(),
            settled: zero,
            last_platform: f64::INFINITY,
            latest_platform_due: 0.0,
            abortive_borne: zero,
            members: vec![member; model.members.len()],
            cashable: zero,
            noncashable: zero,
            team: zero,
            financed: zero,
            other: zero,
            investment: zero,
            anyway: zero,
            running: zero,
            payment: zero,
            live: zero,
            long_live: zero,
            settled_areas: 0,
            credit: vec![zero; model.classes],
            total_cost: vec![zero; model.areas.len()],
            class_cost: vec![zero; model.classes],
            scratch: Box::default(),
        }
    }
}

vectorised! {
    /// Nothing is live in an alliance that has ended.
    fn end_live(count: &mut Column, end: &Column, t: f64) {
        for i in 0..BLOCK {
            count[i] = if end[i] > t + 1.0 { count[i] } else { 0.0 };
        }
    }

    /// Savings and spending of year `t`, the `last` one or not, in total and, before sharing, by member.
    pub(super) fn run_year[isa](
        programme: &mut Programme, model: &AllianceModel, governance: &Governance, cost_index: &Column, t: f64, last: bool,
    ) {
        for member in &mut programme.members {
            member.own.copy(&member.full);
            member.severance = Column::default();
        }
        programme.live = programme.long_live;
        for (a, area) in model.areas.iter().enumerate().skip(programme.settled_areas) {
            programme.run_area(a, area, governance, t, last, isa);
        }
        programme.settle_areas(model, isa);
        end_live(isa, &mut programme.live, &governance.end, t);
        programme.add_up_savings(model, governance, cost_index, isa);
        programme.spend(model, governance, cost_index, t, isa);
    }
}
