//! An alliance and the programme that delivers it.

use super::{Area, DecisionRule, Exit, Merger, Review};
use crate::id::ForceId;
use crate::uncertainty::Quantity;
use crate::units::{FinancialYear, Month};

/// What sort of collaboration an alliance is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Forces keep their identities and decide together.
    Alliance,
    /// The members become one force on vesting day.
    Merger,
    /// One force delivers for the others.
    LeadForce,
}

/// How savings and costs are shared.
#[derive(Debug, Clone, PartialEq)]
pub enum ShareRule {
    /// By first-year budget.
    Budget,
    /// In equal parts.
    Equal,
    /// By population.
    Population,
    /// Each keeps what arises in its own costs.
    Origin,
    /// By weights written in the scenario, in the order of members.
    Explicit(Vec<f64>),
}

/// An alliance of whatever kind, `[[alliance]]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Alliance {
    /// Its name, unique.
    pub name: String,
    /// Prefix of the keys of its draws: `alliance."Southern hub"`.
    pub key: String,
    /// Its kind. Default alliance.
    pub kind: Kind,
    /// Its members, at least two, each once.
    pub members: Vec<ForceId>,
    /// When its programme starts; for a merger, when its team starts.
    pub start: Month,
    /// How business cases are passed. Default unanimous; lead for a merger and a lead force.
    pub decision: DecisionRule,
    /// Chance that one member agrees at one meeting. Default 1.
    pub agree: Quantity,
    /// Years between board meetings. Default 0.25.
    pub board_cycle: Quantity,
    /// The programme's lateness: factor on submission dates. Default 1.
    pub slip: Quantity,
    /// Staff consultation after approval, years. Default 0.
    pub consultation: Quantity,
    /// How many areas can be implemented at once; none: any number.
    pub slots: Option<u32>,
    /// When the common ICT platform is due, years of programme time. Default 0.
    pub ict_ready: Quantity,
    /// Factor on that. Default 1.
    pub ict_slip: Quantity,
    /// Share of the saving that workarounds give before the platform is ready, in [0, 1]. Default 1.
    pub workaround: Quantity,
    /// Share of claimed benefit that turns up. Default 1.
    pub realisation: Quantity,
    /// Share of the saving that the members would not have found alone. Default 1.
    pub attributable: Quantity,
    /// Share of severance and of areas' one-off costs that the members would not have borne alone, in [0, 1]. Default 1.
    pub attributable_cost: Quantity,
    /// Programme team, £m a year in start prices. Default 0.
    pub team: Quantity,
    /// Cost of running what is shared, £m a year in start prices. Default 0.
    pub running: Quantity,
    /// Factor on one-off costs. Default 1.
    pub overrun: Quantity,
    /// Severance, share of a year's saving. Default 0.
    pub severance: Quantity,
    /// Capital for the ICT platform, £m in start prices. Default 0.
    pub ict_capital: Quantity,
    /// Factor on that. Default 1.
    pub ict_overrun: Quantity,
    /// Chance that the ICT platform is stopped, in [0, 1]. Default 0.
    pub ict_cancelled: Quantity,
    /// How much of the way to the platform's readiness has then passed, in (0, 1]. Default 1.
    pub ict_cancel_at: Quantity,
    /// Share of the capital not spent by then that falls due nevertheless, in [0, 1]. Default 0.
    pub ict_cancel_cost: Quantity,
    /// Share of its one-off cost that a dropped area has spent on design. Default 0.
    pub design_share: Quantity,
    /// How savings and costs are shared. Default budget.
    pub share: ShareRule,
    /// Other rules of sharing, each from the year named on, in the order of years. Default none.
    pub share_from: Vec<(FinancialYear, ShareRule)>,
    /// Share of the votes of each member, in the order of members; `1/n` unless given.
    pub voice: Option<Vec<f64>>,
    /// Pace of the programme in a year after heavy emergency cuts, in [0, 1]. Default 1.
    pub stalled_pace: Quantity,
    /// Emergency cuts above this share of a member's spending stall the programme. Default 0.01.
    pub stall_cut: Quantity,
    /// Years over which ICT capital and set-up are borne by the ledgers, whole, at least 1. Default 1.
    pub finance_years: u32,
    /// Interest on it, a fraction a year. Default 0.
    pub finance_rate: Quantity,
    /// Share of a partner's idle officers who can reach a surge in time, in [0, 1]. Default 0.
    pub reach: Quantity,
    /// Share of a leaver's saving that survives its exit, in [0, 1]. Default 0.
    pub retained: Quantity,
    /// Years over which the rest fades, at least 0. Default 1.
    pub unwind: Quantity,
    /// Share of the others' saving that is lost where all scale is lost, in [0, 1]. Default 0.
    pub scale_loss: Quantity,
    /// How far members' own cuts shrink what is in scope, in [0, 1]. Default 0.
    pub overlap: Quantity,
    /// Reviews that may stop the programme; none unless given.
    pub review: Option<Review>,
    /// Leaving.
    pub exit: Exit,
    /// Consent and equalisation; present exactly where `kind` is merger.
    pub merger: Option<Merger>,
    /// Its business areas, in file order.
    pub areas: Vec<Area>,
    /// Part of the areas' total costs that its members bear: 1 but for a coalition of some members.
    pub part: f64,
}
