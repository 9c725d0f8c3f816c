//! `[[alliance]]`: a collaboration of whatever kind and the programme that delivers it.

use std::collections::HashMap;

use super::area::{NamedArea, area};
use super::governance::{exit, merger, review};
use super::sharing::{later_rules, share_rule};
use super::{factor, money, share, years};
use crate::describe::Default;
use crate::reader::{Names, Range, Reader, Spec, Weights};
use crate::suggest;
use engine::alliance::{Alliance, Area, DecisionRule, Force, Kind};
use engine::id::{AreaId, ForceId};
use engine::units::Month;

const KINDS: [(&str, Kind); 3] =
    [("alliance", Kind::Alliance), ("merger", Kind::Merger), ("lead force", Kind::LeadForce)];
const RULES: [(&str, DecisionRule); 3] =
    [("unanimous", DecisionRule::Unanimous), ("majority", DecisionRule::Majority), ("lead", DecisionRule::Lead)];

/// Reads an alliance.
pub fn alliance(r: &mut Reader<'_>, forces: &[Force]) -> Alliance {
    let name = r.text("name", Default::Required, "Its name, unique among the alliances.").unwrap_or_default();
    r.draws_as("Borrow the draws of the alliance so named, to pair two scenarios whose names differ.");
    let kind = r.choice("kind", &KINDS, Kind::Alliance, "alliance", "What sort of collaboration it is.");
    let (members, names) = members(r, forces);
    let (usual, preset) =
        if kind == Kind::Alliance { (DecisionRule::Unanimous, "unanimous") } else { (DecisionRule::Lead, "lead") };
    let start = "When its programme starts; for a merger, when its team starts.";
    let start = r.month("start", Default::Required, start).unwrap_or(Month { year: 1900, month: 1 });
    let areas = areas(r, &names);
    Alliance {
        key: r.key.clone(),
        kind,
        members,
        start,
        decision: r.choice(
            "decision",
            &RULES,
            usual,
            preset,
            "How boards pass a business case; lead unless written for a merger or a lead force.",
        ),
        agree: r.quantity(share("agree", "Chance that one member agrees at one meeting.").or(1.0)),
        board_cycle: r.quantity(years("board_cycle", "Time between board meetings.").or(0.25)),
        slip: r.quantity(factor("slip", "The programme's lateness: factor on submission dates.")),
        consultation: r.quantity(years("consultation", "Staff consultation after approval.").or(0.0)),
        slots: r.whole(
            "slots",
            (1, 1_000_000),
            Default::Word("any number"),
            "How many areas can be implemented at once.",
        ),
        ict_ready: r.quantity(years("ict_ready", "When the common ICT platform is due, in programme time.").or(0.0)),
        ict_slip: r.quantity(factor("ict_slip", "Lateness of the platform: factor on that time.")),
        workaround: r.quantity(
            share("workaround", "Share of the saving that workarounds give before the platform is ready.").or(1.0),
        ),
        realisation: r.quantity(
            Spec::new("realisation", "share", Range::FROM_0, "Share of claimed benefit that turns up; may exceed 1.")
                .or(1.0),
        ),
        attributable: r.quantity(
            share("attributable", "Share of the saving that the members would not have found alone.").or(1.0),
        ),
        attributable_cost: r.quantity(
            share("attributable_cost", "Share of severance and of areas' one-off costs that the members would not have borne alone.")
                .or(1.0),
        ),
        team: r.quantity(money("team", "Programme team, a year.").or(0.0)),
        running: r.quantity(
            money("running", "Cost a year of running what is shared, from the ICT platform's readiness on.").or(0.0),
        ),
        overrun: r.quantity(Spec::new("overrun", "factor", Range::FROM_0, "Factor on one-off costs.").or(1.0)),
        severance: r.quantity(
            Spec::new(
                "severance",
                "share of a year's saving",
                Range::FROM_0,
                "Severance, spent in the year after an area goes live.",
            )
            .or(0.0),
        ),
        ict_capital: r.quantity(money("ict_capital", "Capital for the ICT platform.").or(0.0)),
        ict_overrun: r.quantity(Spec::new("ict_overrun", "factor", Range::FROM_0, "Factor on that.").or(1.0)),
        ict_cancelled: r.quantity(share("ict_cancelled", "Chance that the ICT platform is stopped.").or(0.0)),
        ict_cancel_at: r.quantity(
            Spec::new("ict_cancel_at", "share", Range::PART, "Where it is stopped: share of the time to its readiness that has then passed.")
                .or(1.0),
        ),
        ict_cancel_cost: r.quantity(
            share("ict_cancel_cost", "Where it is stopped: share of the capital not yet spent that falls due nevertheless.")
                .or(0.0),
        ),
        design_share: r.quantity(
            share("design_share", "Share of its one-off cost that a dropped area has spent on design.").or(0.0),
        ),
        share: share_rule(r, &names),
        share_from: later_rules(r, &names),
        voice: match r.weights::<()>(
            "voice",
            &names,
            &[],
            None,
            "Share of the votes of each member, all of them, summing to 1; equal unless written.",
        ) {
            Some(Weights::Each(voice)) if voice.len() == names.known.len() && names.others.is_empty() => Some(voice),
            _ => None,
        },
        stalled_pace: r
            .quantity(share("stalled_pace", "Pace of the programme in a year after heavy emergency cuts.").or(1.0)),
        stall_cut: r.quantity(
            Spec::new(
                "stall_cut",
                "share of spending",
                Range::FROM_0,
                "Emergency cuts above this share of a member's spending stall the programme.",
            )
            .or(0.01),
        ),
        finance_years: r
            .whole(
                "finance_years",
                (1, 60),
                Default::Number(1.0),
                "Years over which ICT capital and set-up are borne by the ledgers.",
            )
            .unwrap_or(1),
        finance_rate: r.quantity(
            Spec::new("finance_rate", "fraction a year", Range::FROM_0, "Interest on that; the appraisal never counts it.").or(0.0),
        ),
        reach: r.quantity(share("reach", "Share of a partner's idle officers who can reach a surge in time.").or(0.0)),
        retained: r.quantity(
            share("retained", "Share of a leaver's saving that survives its exit; no effect in a merger.").or(0.0),
        ),
        unwind: r.quantity(years("unwind", "How long the rest takes to fade; no effect in a merger.").or(1.0)),
        scale_loss: r.quantity(
            share("scale_loss", "Share of their saving that those who stay would lose had all scale gone; no effect in a merger.").or(0.0),
        ),
        overlap: r.quantity(
            share("overlap", "How far members' own cuts shrink what is in scope, and with it the saving: 1, by the share of spending that they cut.")
                .or(0.0),
        ),
        review: r.optional_table("review", "Reviews at which the board may stop a programme that fails; without it there are none.", review),
        exit: r.table("exit", "Leaving.", exit),
        merger: r
            .optional_table("merger", "Consent and equalisation; exactly where kind is merger.", |r| merger(r, &names)),
        areas,
        part: 1.0,
        name,
    }
}

fn members(r: &mut Reader<'_>, forces: &[Force]) -> (Vec<ForceId>, Names) {
    let written = r.texts("members", Default::Required, "Its members, names of forces, at least two.");
    let known: Vec<&str> = forces.iter().map(|force| force.name.as_str()).collect();
    let mut ids: Vec<ForceId> = Vec::new();
    let mut names = Names { what: "member", ..Names::default() };
    for (name, node) in &written {
        let path = r.address("members");
        match known.iter().position(|force| force == name) {
            Some(position) if ids.contains(&ForceId(position)) => {
                r.cx.problem(&node.at, &path, format!("\"{name}\" is a member twice"), "Name each member once");
            }
            Some(position) => {
                ids.push(ForceId(position));
                // The part of its own key that names the force, so that what is borrowed with `draws_as` pairs here too.
                let key = forces[position].key.strip_prefix("force.").unwrap_or(name).to_owned();
                names.known.push((name.clone(), key));
            }
            None => {
                names.others.push(name.clone());
                r.cx.missing(&node.at, &path, format!("there is no force \"{name}\""), suggest::remedy(name, &known));
            }
        }
    }
    if written.len() < 2 && r.has("members") {
        r.problem(
            "members",
            format!("an alliance needs at least two members, this has {}", written.len()),
            "Name two forces or more",
        );
    }
    (ids, names)
}

fn areas(r: &mut Reader<'_>, names: &Names) -> Vec<Area> {
    r.consumed_text(
        "areas",
        "A CSV file with one business area a line; what stands under [[alliance.area]] amends it.",
    );
    let named = r.tables("area", "A business area.", |r, _| area(r, names));
    let known: Vec<String> = named.iter().map(|named| named.area.name.clone()).collect();
    // Of two of one name the first.
    let positions: HashMap<&str, usize> =
        known.iter().enumerate().rev().map(|(position, name)| (name.as_str(), position)).collect();
    let mut areas = Vec::new();
    for NamedArea { mut area, after } in named {
        for (name, node) in after {
            match positions.get(name.as_str()) {
                Some(position) => area.after.push(AreaId(*position)),
                None if r.cx.is_full() => r.cx.count(),
                None => {
                    let path = format!("{}.{}.after", r.address("area"), engine::uncertainty::quote_key(&area.name));
                    let known: Vec<&str> = known.iter().map(String::as_str).collect();
                    let parts: Vec<&str> = name.split(',').map(str::trim).collect();
                    let remedy = if parts.len() > 1 && parts.iter().any(|part| positions.contains_key(part)) {
                        let list: Vec<String> = parts.iter().map(|part| format!("\"{part}\"")).collect();
                        format!(
                            "Name several apart: {} in a CSV file, after = [{}] in a scenario file",
                            parts.join(";"),
                            list.join(", ")
                        )
                    } else {
                        suggest::remedy(&name, &known)
                    };
                    let what = format!("there is no area \"{name}\" in this alliance");
                    r.cx.missing(&node.at, &path, what, remedy);
                }
            }
        }
        areas.push(area);
    }
    areas
}
