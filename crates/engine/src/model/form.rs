//! The dense form of a scenario: everything by position, every number an input. No names but the catalogue's.

use std::sync::Arc;

use super::columns::Positions;
use super::lane::Value;
use super::parameters::{
    AllianceInputs, AreaInputs, EconomyInputs, ExitInputs, ForceInputs, MergerInputs, PolicyInputs, ResilienceInputs,
    ReviewInputs, SurgeInputs,
};
use super::reading::ModelInput;
use crate::alliance::{DecisionRule, Equalise, KnownLimit};
use crate::outcomes::Catalogue;
use crate::uncertainty::lanes::Column;
use crate::uncertainty::{Draws, Input};

/// An autoregressive series.
#[derive(Debug, Clone)]
pub(super) struct SeriesModel {
    pub shock: Input,
    pub mean: Vec<Input>,
    pub sd: Input,
    pub persistence: Input,
}

/// The national economy.
#[derive(Debug, Clone)]
pub(super) struct EconomyModel {
    pub own: EconomyInputs,
    /// Index of prices of the first year.
    pub price_level: f64,
    pub inflation: SeriesModel,
    pub pay: SeriesModel,
    pub tax_base_growth: SeriesModel,
}

/// The referendum limit of one year: known, or drawn.
#[derive(Debug, Clone)]
pub(super) struct LimitModel {
    pub pounds: Input,
    pub percent: Input,
}

/// One grant regime.
#[derive(Debug, Clone)]
pub(super) struct RegimeModel {
    pub growth: Input,
    pub sd: Input,
    /// Cumulated chances of next year's regimes.
    pub cumulative: Vec<f64>,
    /// Chance of each of next year's regimes.
    pub next: Vec<f64>,
}

/// Grant and limits.
#[derive(Debug, Clone)]
pub(super) struct FundingModel {
    pub regimes: Vec<RegimeModel>,
    pub initial: usize,
    /// The known regime of each year.
    pub known: Vec<Option<usize>>,
    /// That of the year after the last.
    pub known_after: Option<usize>,
    /// Chance of each regime in each year and the one after the last, for the plan run.
    pub expected: Vec<Vec<f64>>,
    pub draw: Input,
    pub shock: Input,
    pub local_sd: Input,
    pub limits: Vec<LimitModel>,
    /// The limit that is expected in each year of the one after it.
    pub foreseen: Vec<KnownLimit>,
}

/// Surges in a force.
#[derive(Debug, Clone)]
pub(super) struct SurgeModel {
    pub own: SurgeInputs,
    pub draw: Input,
}

/// A force.
#[derive(Debug, Clone)]
pub(super) struct ForceModel {
    pub own: ForceInputs,
    pub policy: PolicyInputs,
    pub surge: Option<SurgeModel>,
    /// Whether officers go down otherwise than spending, in it or in a force that it may merge with.
    pub spares_officers: bool,
    pub shock: Input,
    pub budget: f64,
    pub grant: f64,
    pub tax_base: f64,
    pub band_d: f64,
    pub other: f64,
    pub reserves: f64,
    pub officers: f64,
}

/// What a member of an alliance costs in one of its areas.
#[derive(Debug, Clone)]
pub(super) enum CostShare {
    /// A constant part of the area's own cost column.
    Of(f64),
    /// A cost of its own.
    Own(Input),
}

/// A business area.
#[derive(Debug, Clone)]
pub(super) struct AreaModel {
    pub own: AreaInputs,
    /// Total cost where one is given; 1 where the members have their own.
    pub cost: Input,
    pub shares: Vec<CostShare>,
    pub approved: Input,
    pub meetings: Input,
    pub after: Vec<usize>,
    /// Its class among those of the alliance: those of a class produce the same benefits, or none.
    pub class: usize,
    pub needs_ict: bool,
    pub operational: bool,
}

impl AreaModel {
    /// What it costs member `m`, where that is the same in every lane.
    pub fn fixed_cost(&self, m: usize) -> Option<f64> {
        match (&self.shares[m], self.cost) {
            (CostShare::Of(part), Input::Fixed(cost)) => Some(part * cost),
            (CostShare::Own(Input::Fixed(cost)), _) => Some(*cost),
            _ => None,
        }
    }

    /// What it costs member `m`; `columns` hold what each costs where that is not the same in every lane.
    pub fn cost_of<'a>(&self, m: usize, columns: &'a [Column]) -> Value<'a> {
        self.fixed_cost(m).map_or_else(|| Value::Each(&columns[m]), Value::Same)
    }
}

/// A member of an alliance.
#[derive(Debug, Clone)]
pub(super) struct MemberModel {
    pub force: usize,
    /// Share of savings and costs where it is a constant; `None` for shares by origin.
    pub weight: Option<f64>,
    pub voice: f64,
    pub exit_draw: Input,
    /// For each year, whether an election was at most 2½ years before its middle.
    pub elected: Vec<bool>,
}

/// What is special about a merger.
#[derive(Debug, Clone)]
pub(super) struct MergerModel {
    pub own: MergerInputs,
    pub mandated: bool,
    pub vesting: f64,
    /// The first year that begins on or after vesting day, within the horizon: from then on there is one fund.
    pub fund_from: Option<usize>,
    pub decision: f64,
    pub equalise: Equalise,
    /// Chance and draw of each member's consent.
    pub consent: Vec<(Input, Input)>,
    pub minister: Input,
    /// Alliances whose members all belong to the merger, itself included.
    pub absorbs: Vec<usize>,
}

/// Which rules act in an alliance: what is known to do nothing is no work.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rules {
    /// Members would have borne some costs of change alone.
    pub shares_costs: bool,
    /// What is shared, or an area, costs something to run.
    pub runs: bool,
    /// There is a common ICT platform.
    pub platform: bool,
    /// The platform may be stopped, by itself or with the programme.
    pub stops_platform: bool,
    /// What is financed bears interest.
    pub interest: bool,
    /// An exit costs less where less is live.
    pub exit_by_scope: bool,
    /// Those who stay lose scale.
    pub scale: bool,
    /// Members' own cuts shrink what is in scope.
    pub overlap: bool,
}

/// Whether an input is anything but a known value.
pub(super) fn differs(input: Input, value: f64) -> bool {
    !matches!(input, Input::Fixed(own) if (own - value).abs() <= 0.0)
}

/// Members of an alliance that become one force, with others beside them.
#[derive(Debug, Clone)]
pub(super) struct JoinedModel {
    /// The merger that joins them.
    pub merger: usize,
    /// The first year of their one fund.
    pub from: usize,
    /// Their positions among the members, the first in the order of names first.
    pub members: Vec<usize>,
}

/// A rule of sharing from a year on.
#[derive(Debug, Clone)]
pub(super) struct LaterShares {
    pub from: usize,
    /// The weight of each member; none for shares by origin.
    pub weights: Option<Vec<f64>>,
}

/// Reviews of a programme.
#[derive(Debug, Clone)]
pub(super) struct ReviewModel {
    pub own: ReviewInputs,
    pub draw: Input,
    /// For each year, whether one is held.
    pub held: Vec<bool>,
}

/// An alliance.
#[derive(Debug, Clone)]
pub(super) struct AllianceModel {
    pub own: AllianceInputs,
    pub exit: ExitInputs,
    pub decision: DecisionRule,
    pub start: f64,
    pub slots: Option<u32>,
    pub finance_years: usize,
    pub rules: Rules,
    pub by_origin: bool,
    /// Other rules of sharing, in the order of years.
    pub later_shares: Vec<LaterShares>,
    pub members: Vec<MemberModel>,
    pub merger: Option<MergerModel>,
    pub review: Option<ReviewModel>,
    /// Whether the platform is stopped, where it may be.
    pub ict_stopped: Option<Input>,
    pub areas: Vec<AreaModel>,
    /// Classes of areas that produce the same benefits.
    pub classes: usize,
    /// Members that a merger joins, while the alliance has others besides: they decide as one.
    pub joined: Vec<JoinedModel>,
    /// Areas in the order in which ties for a slot are broken.
    pub queue: Vec<usize>,
    /// Areas in an order in which each comes after those it waits for.
    pub order: Vec<usize>,
}

/// Contact management in one force.
#[derive(Debug, Clone)]
pub(super) struct ContactForceModel {
    /// Its position among the alliance's members.
    pub member: usize,
    pub calls: Input,
    pub aht: Input,
    pub agents: u32,
}

/// Contact management.
#[derive(Debug, Clone)]
pub(super) struct ContactModel {
    pub alliance: usize,
    pub area: usize,
    pub target: Input,
    pub agents_saved: Input,
    pub forces: Vec<ContactForceModel>,
}

/// A benefit.
#[derive(Debug, Clone)]
pub(super) struct BenefitModel {
    pub full_effect: Input,
    /// The classes of areas that produce it: alliance and class.
    pub classes: Vec<(usize, usize)>,
}

/// A target: its measure's first column, its amount, its year.
#[derive(Debug, Clone)]
pub(super) struct TargetModel {
    pub measure: usize,
    pub amount: f64,
    pub year: usize,
}

/// Everything compiled from a scenario.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    pub first_year: i32,
    pub years: usize,
    pub economy: EconomyModel,
    pub funding: FundingModel,
    pub forces: Vec<ForceModel>,
    /// Whether some force cuts ahead of need.
    pub looks_ahead: bool,
    pub alliances: Vec<AllianceModel>,
    pub resilience: ResilienceInputs,
    pub contact: Option<ContactModel>,
    pub benefits: Vec<BenefitModel>,
    pub targets: Vec<TargetModel>,
    /// Time of each report date.
    pub report_dates: Vec<f64>,
    /// Real discount factor of each year.
    pub discount: Vec<f64>,
    /// Time at which the first year starts, from which paybacks are told.
    pub starts: f64,
    /// For each outcome, whether it is counted; what is not is kept only with rows.
    pub counted: Vec<bool>,
    pub draws: Arc<Draws>,
    pub catalogue: Catalogue,
    pub at: Positions,
    /// The correlation of each group of correlated quantities, where it is one number.
    pub rhos: Vec<Option<f64>>,
    /// What each draw is to people.
    pub inputs: Vec<ModelInput>,
}

impl Compiled {
    /// The alliances that a force is in, each with its place among the members.
    pub fn memberships(&self, force: usize) -> impl Iterator<Item = (usize, usize)> {
        let place = move |alliance: &AllianceModel| alliance.members.iter().position(|member| member.force == force);
        self.alliances.iter().enumerate().filter_map(move |(k, alliance)| Some((k, place(alliance)?)))
    }
}
