//! Everything that a block of trials needs while it runs; used again for the next.

use super::appraisal::Cashflow;
use super::contact::ContactRooms;
use super::economy::Economy;
use super::foresight::Foresight;
use super::form::Compiled;
use super::fund::Fund;
use super::funding::{ForceFunding, NationalGrant};
use super::governance::Governance;
use super::ledger::Ledger;
use super::parameters::{ForceColumns, PolicyColumns, ResilienceColumns};
use super::programme::Programme;
use super::resilience::{Cover, Help};
use crate::uncertainty::lanes::Column;

/// One force in one block.
#[derive(Debug)]
pub(super) struct ForceState {
    pub policy: PolicyColumns,
    pub with: Ledger,
    pub alone: Ledger,
    pub cashflow: Cashflow,
    /// What equalisation adds to its Band D and to its funding this year.
    pub band_d_change: Column,
    pub equalisation: Column,
    /// This year's additional and gross saving that fall to it, and its investment as the appraisal counts it.
    pub saving: Column,
    pub gross: Column,
    pub investment: Column,
    pub net: Column,
    /// Additional saving less teams and instalments; other investment and incidents.
    pub structural: Column,
    /// See `structural`.
    pub other: Column,
}

impl ForceState {
    fn new() -> Self {
        let zero = Column::default();
        Self {
            policy: PolicyColumns::default(),
            with: Ledger::new(),
            alone: Ledger::new(),
            cashflow: Cashflow::new(),
            band_d_change: zero,
            equalisation: zero,
            saving: zero,
            gross: zero,
            investment: zero,
            net: zero,
            structural: zero,
            other: zero,
        }
    }
}

/// What savings are held against: those of the plan run.
#[derive(Debug, Clone)]
pub(super) struct PlanSavings {
    /// Gross saving that falls to each member of each alliance in each year.
    pub gross: Vec<Vec<Vec<f64>>>,
    /// Saving a year of what each alliance has live at the review of each year.
    pub in_place: Vec<Vec<f64>>,
}

/// Everything that a block needs while it runs; used again for the next.
#[derive(Debug)]
pub(super) struct Block {
    pub economy: Economy,
    pub grant: NationalGrant,
    pub funding: Vec<ForceFunding>,
    /// Where some force cuts ahead of need.
    pub foresight: Option<Foresight>,
    pub own: Vec<ForceColumns>,
    pub forces: Vec<ForceState>,
    /// The fund of each merger.
    pub funds: Vec<Fund>,
    pub governance: Vec<Governance>,
    pub programmes: Vec<Programme>,
    /// Officers of each force, and the help that forces give each other.
    pub covers: Vec<Cover>,
    pub help: Help,
    pub contact: Option<ContactRooms>,
    pub common: ResilienceColumns,
    pub whole: Cashflow,
    /// Totals of the year over all alliances.
    pub cashable: Column,
    pub noncashable: Column,
    pub additional: Column,
    pub additional_noncashable: Column,
    pub investment: Column,
    /// What of it members would not have borne alone, where that is not all.
    pub additional_investment: Column,
    pub net: Column,
    /// Yield of each alliance's equalisation this year.
    pub yields: Vec<Column>,
    /// Each benefit's size when every area is fully live, for each £m of what its areas cost; 0 where they cost nothing.
    pub effects: Vec<Column>,
    pub scratch: Box<[Column; 3]>,
}

impl Block {
    pub fn new(model: &Compiled) -> Self {
        let zero = Column::default();
        let years = model.years;
        Self {
            economy: Economy::new(years),
            grant: NationalGrant::new(years, model.funding.regimes.len()),
            funding: model.forces.iter().map(|_| ForceFunding::new(years)).collect(),
            foresight: Foresight::new(model),
            own: vec![ForceColumns::default(); model.forces.len()],
            forces: model.forces.iter().map(|_| ForceState::new()).collect(),
            funds: Fund::all(model),
            governance: model.alliances.iter().map(Governance::new).collect(),
            programmes: model.alliances.iter().map(|a| Programme::new(a, years)).collect(),
            covers: model.forces.iter().map(|_| Cover::new()).collect(),
            help: Help::new(model),
            contact: model.contact.as_ref().map(ContactRooms::new),
            common: ResilienceColumns::default(),
            whole: Cashflow::new(),
            cashable: zero,
            noncashable: zero,
            additional: zero,
            additional_noncashable: zero,
            investment: zero,
            additional_investment: zero,
            net: zero,
            yields: vec![zero; model.alliances.len()],
            effects: vec![zero; model.benefits.len()],
            scratch: Box::default(),
        }
    }
}
