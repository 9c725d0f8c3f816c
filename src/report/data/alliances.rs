//! Each alliance: whether it lasts, whether a merger vests, and what each business area brings and when.

use serde::Serialize;

use super::yearly::{Yearly, yearly};
use crate::alliance::{Alliance, Kind, Merger, Scenario};
use crate::report::figure::{Figure, Spread};
use crate::report::source::Figures;
use crate::uncertainty::quote_key;

/// Yearly measures of an alliance.
const YEARLY: [&str; 4] = ["saving_cashable", "investment", "areas_live", "equalisation_yield"];

/// A member and whether it stays.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MemberReport {
    /// The force.
    pub force: String,
    /// Chance that it has left by the end of the horizon; null where leaving is not modelled.
    pub left: Option<Figure>,
    /// When it leaves, years from 1 April of the first year.
    pub leaves_at: Option<Spread>,
}

/// A business area.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AreaReport {
    /// Its name.
    pub name: String,
    /// When it is live, years from 1 April of the first year; missing: never.
    pub live: Option<Spread>,
    /// Its gross cashable saving in the last year, £m cash.
    pub saving: Option<Spread>,
}

/// An alliance over the horizon.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AllianceReport {
    /// Its name.
    pub name: String,
    /// `alliance`, `merger` or `lead force`.
    pub kind: &'static str,
    /// Chance that it has ended before the end of the horizon; null where nothing that the scenario models can end it.
    pub ended: Option<Figure>,
    /// When it ends, years from 1 April of the first year.
    pub ended_at: Option<Spread>,
    /// Chance that some member has left by the end of the horizon; null where leaving is not modelled.
    pub member_left: Option<Figure>,
    /// Chance that the merger vests; null unless it is one.
    pub vested: Option<Figure>,
    /// Whether something that the scenario models can keep the merger from vesting.
    #[serde(skip)]
    pub can_fail: bool,
    /// Whether the merger is imposed by law; null unless it is one.
    pub mandated: Option<bool>,
    /// Vesting day of the merger; null unless it is one.
    pub vesting: Option<String>,
    /// When the common ICT platform is ready, years from 1 April of the first year.
    pub ict_ready: Option<Spread>,
    /// When the last area is settled, years from 1 April of the first year.
    pub programme_settled: Option<Spread>,
    /// The members.
    pub members: Vec<MemberReport>,
    /// The business areas, in file order.
    pub areas: Vec<AreaReport>,
    /// Yearly figures.
    pub yearly: Vec<Yearly>,
}

fn alliance(scenario: &Scenario, figures: &impl Figures, alliance: &Alliance) -> AllianceReport {
    let prefix = format!("alliance.{}.", quote_key(&alliance.name));
    let spread = |measure: &str| Spread::of(figures, &format!("{prefix}{measure}"));
    let chance = |measure: &str| figures.mean(&format!("{prefix}{measure}")).map(Figure::from);
    let merger = alliance.merger.as_ref();
    let leaving = alliance.exit.is_modelled();
    let refusable = merger.is_some_and(Merger::can_be_refused);
    // What ends another alliance of its members may end a merger, and the other way round.
    let happens = |chance: Option<Figure>, modelled: bool| chance.filter(|own| modelled || own.value > 0.0);
    let member = |name: &str| {
        let own = format!("force.{}.", quote_key(name));
        let (left, leaves_at) = (chance(&format!("{own}left")), spread(&format!("{own}leaves_at")));
        let left = happens(left, leaving);
        MemberReport { force: name.to_owned(), left, leaves_at }
    };
    let area = |name: &str| {
        let own = format!("area.{}.", quote_key(name));
        let (live, saving) = (spread(&format!("{own}live")), spread(&format!("{own}saving")));
        AreaReport { name: name.to_owned(), live, saving }
    };
    AllianceReport {
        name: alliance.name.clone(),
        kind: match alliance.kind {
            Kind::Alliance => "alliance",
            Kind::Merger => "merger",
            Kind::LeadForce => "lead force",
        },
        ended: happens(chance("ended"), leaving || refusable),
        ended_at: spread("ended_at"),
        member_left: happens(chance("member_left"), leaving),
        vested: merger.and_then(|_| chance("vested")),
        can_fail: refusable || chance("vested").is_some_and(|vested| vested.value < 1.0),
        mandated: merger.map(|merger| merger.mandated),
        vesting: merger.map(|merger| merger.vesting.to_string()),
        ict_ready: spread("ict_ready"),
        programme_settled: spread("programme_settled"),
        members: alliance.members.iter().map(|id| member(&scenario.forces[id.0].name)).collect(),
        areas: alliance.areas.iter().map(|entry| area(&entry.name)).collect(),
        yearly: YEARLY.iter().filter_map(|measure| yearly(scenario, figures, &prefix, measure)).collect(),
    }
}

pub(super) fn alliances(scenario: &Scenario, figures: &impl Figures) -> Vec<AllianceReport> {
    scenario.alliances.iter().map(|entry| alliance(scenario, figures, entry)).collect()
}
