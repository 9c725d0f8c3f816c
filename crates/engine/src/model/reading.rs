//! What each draw is to people: the scenario's own name for it, and what the model makes of it. A draw behind an approval is a number
//! between 0 and 1 that means nothing by itself; the approval is what is told, counted and weighed.

use super::form::{AllianceModel, Compiled};
use crate::alliance::{Scenario, own_address};
use crate::id::{AllianceId, AreaId, ForceId};
use crate::uncertainty::Input;

/// A draw as the model reads it.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelInput {
    /// The scenario's own address of it, never that of something whose draws it borrows: `alliance."South West".area.Finance.approved`.
    pub address: String,
    /// What it comes to; the first is the usual one. Several where no single number says all (years in each regime).
    pub readings: Vec<Reading>,
}

/// What the model makes of a draw, a number a trial.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reading {
    /// The number itself, in its own unit; of what is drawn every year, the mean over the years.
    Number,
    /// Whether an area's business case is approved: 1, or 0 where it is dropped.
    Approved(AllianceId, AreaId),
    /// At how many meetings an area's business case is decided.
    Meetings(AllianceId, AreaId),
    /// Whether a member's commissioner agrees to the merger: 1, or 0 where the commissioner refuses.
    Agrees(AllianceId, ForceId),
    /// Whether the minister approves the merger: 1 or 0.
    MinisterApproves(AllianceId),
    /// Whether a member gives notice, or withdraws from a merger, within the horizon: 1 or 0.
    Leaves(AllianceId, ForceId),
    /// Whether the common ICT platform is to be stopped: 1 or 0.
    IctStopped(AllianceId),
    /// Whether a review stops the programme within the horizon: 1 or 0.
    Stopped(AllianceId),
    /// Years of the horizon in a funding regime, by its position.
    YearsIn(usize),
    /// Officers that the largest surge of any year calls for in a force; 0 where there is none.
    LargestSurge(ForceId),
    /// The same, mean over the years.
    MeanSurge(ForceId),
    /// How far a national series lies above what is expected of it, mean over the years, a fraction a year.
    Above(National),
    /// How far a force's grant grows above the national one, mean over the years, a fraction a year.
    GrantAbove(ForceId),
}

/// A national series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum National {
    /// Non-pay prices.
    Inflation,
    /// Pay awards.
    Pay,
    /// Growth of the council-tax base.
    TaxBase,
    /// Growth of government grant, against that of its regimes.
    Grant,
}

/// What sort of number a reading is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A quantity in a unit.
    Quantity,
    /// 1 where something happens, 0 where not.
    Event,
    /// How often something happens, or for how long: a whole number.
    Count,
}

impl Reading {
    /// What sort of number it is.
    #[must_use]
    pub const fn sort(self) -> Sort {
        match self {
            Self::Approved(..)
            | Self::Agrees(..)
            | Self::MinisterApproves(_)
            | Self::Leaves(..)
            | Self::IctStopped(_)
            | Self::Stopped(_) => Sort::Event,
            Self::Meetings(..) | Self::YearsIn(_) => Sort::Count,
            _ => Sort::Quantity,
        }
    }

    /// Whether it is known only once the trial was run: what happened before has a part in it.
    #[must_use]
    pub const fn is_lived(self) -> bool {
        matches!(self, Self::Agrees(..) | Self::Leaves(..) | Self::Stopped(_))
    }
}

/// What every draw is, in the order of the draws.
pub(super) fn inputs(compiled: &Compiled, scenario: &Scenario) -> Vec<ModelInput> {
    let info = compiled.draws.info();
    let mut found: Vec<ModelInput> = info
        .iter()
        .map(|draw| ModelInput { address: own_address(scenario, &draw.key), readings: vec![Reading::Number] })
        .collect();
    let mut read = |input: Input, readings: Vec<Reading>| {
        if let Input::Drawn(position) = input {
            found[position].readings = readings;
        }
    };
    let economy = &compiled.economy;
    read(economy.inflation.shock, vec![Reading::Above(National::Inflation)]);
    read(economy.pay.shock, vec![Reading::Above(National::Pay)]);
    read(economy.tax_base_growth.shock, vec![Reading::Above(National::TaxBase)]);
    read(compiled.funding.shock, vec![Reading::Above(National::Grant)]);
    // The first is the leanest.
    let mut regimes: Vec<usize> = (0..scenario.funding.regimes.len()).collect();
    let growth = |r: &usize| scenario.funding.regimes[*r].growth.plan_value();
    regimes.sort_by(|a, b| growth(a).total_cmp(&growth(b)));
    read(compiled.funding.draw, regimes.into_iter().map(Reading::YearsIn).collect());
    for (f, force) in compiled.forces.iter().enumerate() {
        read(force.shock, vec![Reading::GrantAbove(ForceId(f))]);
        if let Some(surge) = &force.surge {
            read(surge.draw, vec![Reading::LargestSurge(ForceId(f)), Reading::MeanSurge(ForceId(f))]);
        }
    }
    for (k, alliance) in compiled.alliances.iter().enumerate() {
        of_alliance(AllianceId(k), alliance, &mut read);
    }
    found
}

fn of_alliance(k: AllianceId, alliance: &AllianceModel, read: &mut impl FnMut(Input, Vec<Reading>)) {
    for member in &alliance.members {
        read(member.exit_draw, vec![Reading::Leaves(k, ForceId(member.force))]);
    }
    for (a, area) in alliance.areas.iter().enumerate() {
        read(area.approved, vec![Reading::Approved(k, AreaId(a))]);
        read(area.meetings, vec![Reading::Meetings(k, AreaId(a))]);
    }
    if let Some(draw) = alliance.ict_stopped {
        read(draw, vec![Reading::IctStopped(k)]);
    }
    if let Some(review) = &alliance.review {
        read(review.draw, vec![Reading::Stopped(k)]);
    }
    if let Some(merger) = &alliance.merger {
        read(merger.minister, vec![Reading::MinisterApproves(k)]);
        for (member, (_, draw)) in alliance.members.iter().zip(&merger.consent) {
            read(*draw, vec![Reading::Agrees(k, ForceId(member.force))]);
        }
    }
}
