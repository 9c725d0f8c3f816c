//! Each alliance: whether it lasts, whether a merger vests, and what each business area brings and when.

use serde::Serialize;

use super::yearly::{YearSpread, Yearly, yearly};
use crate::figure::{Figure, Spread};
use crate::source::Figures;
use engine::alliance::{Alliance, Kind, Merger, Scenario};
use engine::outcomes::{Outcome, Owner};

/// Yearly measures of an alliance.
const YEARLY: [Outcome; 4] =
    [Outcome::SavingCashable, Outcome::Investment, Outcome::AreasLive, Outcome::EqualisationYield];

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

/// The one fund of a merged force, over the futures in which the merger has vested.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FundReport {
    /// Lowest reserves at the end of any of its years, £m.
    pub lowest_reserves: Option<Spread>,
    /// Chance that its reserves fall to their floor.
    pub floor_breached: Option<Figure>,
    /// Officers that its recurring cuts of the last year stand for.
    pub officers_cut: Option<Spread>,
    /// Its planned and emergency cuts, £m.
    pub cuts: Option<Spread>,
    /// Its reserves by year, from its first, £m.
    pub reserves: Vec<YearSpread>,
    /// Cuts that it plans, by year, £m.
    pub planned_cut: Vec<YearSpread>,
    /// Cuts that reserves at the floor force, by year, £m.
    pub emergency_cut: Vec<YearSpread>,
    /// Chance that its reserves fall to their floor in the year.
    pub at_floor: Vec<YearChance>,
}

/// The chance of something in a year, or by its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct YearChance {
    /// The financial year.
    pub year: String,
    /// The chance.
    pub chance: Figure,
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
    /// Net present value of the whole scenario over the futures in which it vests; null unless it is a merger.
    pub npv_if_vested: Option<Spread>,
    /// Share of those futures in which it is above 0.
    pub pays_if_vested: Option<Figure>,
    /// Net present value over the futures in which it does not vest: what trying for it costs, where it is all there is.
    pub npv_if_not_vested: Option<Spread>,
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
    /// Chance that the platform is stopped; null where nothing that the scenario models can stop it.
    pub ict_stopped: Option<Figure>,
    /// Chance that a review stops the programme; null where there are no reviews.
    pub stopped: Option<Figure>,
    /// When it does, years from 1 April of the first year.
    pub stopped_at: Option<Spread>,
    /// Chance that it has by the end of each year.
    pub stopped_by: Vec<YearChance>,
    /// Whether the platform may be stopped by itself, and not only with the programme.
    #[serde(skip)]
    pub stops_by_itself: bool,
    /// Whether running what is shared costs something from the platform's readiness on.
    #[serde(skip)]
    pub platform_runs: bool,
    /// Business areas that are then given up.
    pub areas_given_up: Option<Spread>,
    /// The fund of the merged force; null unless it is a merger that vests within the horizon.
    pub fund: Option<FundReport>,
    /// The members.
    pub members: Vec<MemberReport>,
    /// The business areas, in file order.
    pub areas: Vec<AreaReport>,
    /// Yearly figures.
    pub yearly: Vec<Yearly>,
}

fn alliance(scenario: &Scenario, figures: &impl Figures, alliance: &Alliance) -> AllianceReport {
    let named = || alliance.name.clone();
    let owner = Owner::Alliance(named());
    let spread_of = |outcome: Outcome, owner: &Owner| Spread::of(figures, &outcome.of(owner.clone()).name());
    let chance_of = |outcome: Outcome, owner: &Owner| figures.mean(&outcome.of(owner.clone()).name()).map(Figure::from);
    let (spread, chance) = (|outcome| spread_of(outcome, &owner), |outcome| chance_of(outcome, &owner));
    let merger = alliance.merger.as_ref();
    let leaving = alliance.exit.is_modelled();
    let refusable = merger.is_some_and(Merger::can_be_refused);
    // What ends another alliance of its members may end a merger, and the other way round.
    let happens = |chance: Option<Figure>, modelled: bool| chance.filter(|own| modelled || own.value > 0.0);
    let there = |spread: &Spread| spread.p50.is_some();
    let above_zero = |name: &str| figures.chance_at_most(name, 0.0).map(|most| Figure::from(most).complement());
    let member = |name: &str| {
        let own = Owner::Member { alliance: named(), force: name.to_owned() };
        let (left, leaves_at) = (chance_of(Outcome::Left, &own), spread_of(Outcome::LeavesAt, &own));
        let left = happens(left, leaving);
        MemberReport { force: name.to_owned(), left, leaves_at }
    };
    let area = |name: &str| {
        let own = Owner::Area { alliance: named(), area: name.to_owned() };
        let (live, saving) = (spread_of(Outcome::Live, &own), spread_of(Outcome::Saving, &own));
        AreaReport { name: name.to_owned(), live, saving }
    };
    AllianceReport {
        name: alliance.name.clone(),
        kind: match alliance.kind {
            Kind::Alliance => "alliance",
            Kind::Merger => "merger",
            Kind::LeadForce => "lead force",
        },
        ended: happens(chance(Outcome::Ended), leaving || refusable),
        ended_at: spread(Outcome::EndedAt),
        member_left: happens(chance(Outcome::MemberLeft), leaving),
        vested: merger.and_then(|_| chance(Outcome::Vested)),
        npv_if_vested: spread(Outcome::NpvIfVested).filter(there),
        pays_if_vested: above_zero(&Outcome::NpvIfVested.of(owner.clone()).name()),
        npv_if_not_vested: spread(Outcome::NpvIfNotVested).filter(there),
        can_fail: refusable || chance(Outcome::Vested).is_some_and(|vested| vested.value < 1.0),
        mandated: merger.map(|merger| merger.mandated),
        vesting: merger.map(|merger| merger.vesting.to_string()),
        ict_ready: spread(Outcome::IctReady),
        programme_settled: spread(Outcome::ProgrammeSettled),
        ict_stopped: chance(Outcome::IctStopped),
        stopped: chance(Outcome::Stopped),
        stopped_at: spread(Outcome::StoppedAt),
        stopped_by: stopped_by(scenario, figures, &owner),
        stops_by_itself: alliance.can_stop_ict(),
        platform_runs: alliance.platform_runs(),
        areas_given_up: spread(Outcome::AreasGivenUp),
        fund: merger.and_then(|_| fund(scenario, figures, &Owner::Fund(named()))),
        members: alliance.members.iter().map(|id| member(&scenario.forces[id.0].name)).collect(),
        areas: alliance.areas.iter().map(|entry| area(&entry.name)).collect(),
        yearly: YEARLY.iter().filter_map(|outcome| yearly(scenario, figures, &owner, (*outcome).into())).collect(),
    }
}

/// The chance that a review has stopped the programme by the end of each year; empty where there are no reviews.
fn stopped_by(scenario: &Scenario, figures: &impl Figures, owner: &Owner) -> Vec<YearChance> {
    let name = Outcome::StoppedAt.of(owner.clone()).name();
    let by = |(t, year): (usize, String)| {
        let later = figures.chance_at_least(&name, t as f64 + 1.0)?;
        Some(YearChance { year, chance: Figure::from(later).complement() })
    };
    scenario.year_labels().into_iter().enumerate().filter_map(by).collect()
}

fn fund(scenario: &Scenario, figures: &impl Figures, owner: &Owner) -> Option<FundReport> {
    let name = |outcome: Outcome| outcome.of(owner.clone()).name();
    let spread = |outcome: Outcome| Spread::of(figures, &name(outcome));
    let years = |outcome: Outcome| -> Vec<YearSpread> {
        let year = |year: String| {
            let spread = Spread::of(figures, &outcome.of(owner.clone()).at(&year).name());
            spread.filter(|spread| spread.mean.is_some()).map(|spread| YearSpread { year, spread })
        };
        scenario.year_labels().into_iter().filter_map(year).collect()
    };
    // Reserves at their floor force a cut, and nothing else does.
    let at_floor = |year: String| {
        let none = figures.chance_at_most(&Outcome::EmergencyCut.of(owner.clone()).at(&year).name(), 0.0)?;
        Some(YearChance { year, chance: Figure::from(none).complement() })
    };
    let reserves = years(Outcome::Reserves);
    let at_floor = reserves.iter().filter_map(|entry| at_floor(entry.year.clone())).collect();
    (!reserves.is_empty()).then(|| FundReport {
        lowest_reserves: spread(Outcome::LowestReserves),
        floor_breached: figures.mean(&name(Outcome::FloorBreached)).map(Figure::from),
        officers_cut: spread(Outcome::OfficersCut),
        cuts: spread(Outcome::Cuts),
        planned_cut: years(Outcome::PlannedCut),
        emergency_cut: years(Outcome::EmergencyCut),
        at_floor,
        reserves,
    })
}

pub(super) fn alliances(scenario: &Scenario, figures: &impl Figures) -> Vec<AllianceReport> {
    scenario.alliances.iter().map(|entry| alliance(scenario, figures, entry)).collect()
}
