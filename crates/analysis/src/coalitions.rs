//! Coalitions: a scenario as it would be if only some of its forces collaborated, and other rules of sharing.

use engine::alliance::{Alliance, AreaCost, Contact, Scenario, ShareRule};
use engine::id::{AllianceId, ForceId};

/// Forces that are in some alliance, in the scenario's order.
#[must_use]
pub fn players(scenario: &Scenario) -> Vec<usize> {
    let is_in = |f: &usize| scenario.alliances.iter().any(|alliance| alliance.members.contains(&ForceId(*f)));
    (0..scenario.forces.len()).filter(is_in).collect()
}

/// The scenario with only some of its forces collaborating: each of the alliances `of` among those of its members that are
/// `inside`, none where fewer than two are. Areas cost what these members bear of them; teams, ICT, one-off and set-up costs are
/// those of the whole. Promises, benefits and what happened are of the whole and are left out. `None` where no alliance is left.
#[must_use]
pub fn coalition(whole: &Scenario, of: impl Fn(usize) -> bool, inside: impl Fn(usize) -> bool) -> Option<Scenario> {
    let mut part = whole.clone();
    let mut kept = vec![None; whole.alliances.len()];
    part.alliances.clear();
    for (k, alliance) in whole.alliances.iter().enumerate().filter(|(k, _)| of(*k)) {
        let stays: Vec<bool> = alliance.members.iter().map(|member| inside(member.0)).collect();
        if stays.iter().filter(|stays| **stays).count() >= 2 {
            kept[k] = Some(AllianceId(part.alliances.len()));
            part.alliances.push(among(alliance, &stays, whole));
        }
    }
    part.contact = whole.contact.as_ref().and_then(|contact| {
        let alliance = kept[contact.alliance.0]?;
        let forces = contact.forces.iter().filter(|own| inside(own.force.0)).cloned().collect();
        Some(Contact { alliance, forces, ..contact.clone() })
    });
    part.benefits.clear();
    part.targets.clear();
    part.actuals.clear();
    part.report_dates.clear();
    part.correlations.iter_mut().for_each(|correlation| correlation.partial = true);
    (!part.alliances.is_empty()).then_some(part)
}

/// An alliance among those of its members that stay.
fn among(whole: &Alliance, stays: &[bool], scenario: &Scenario) -> Alliance {
    let mut alliance = whole.clone();
    let budget = |members: &[ForceId]| members.iter().map(|m| scenario.forces[m.0].budget.value).sum::<f64>();
    keep(&mut alliance.members, stays);
    alliance.part = whole.part * budget(&alliance.members) / budget(&whole.members);
    let later = alliance.share_from.iter_mut().map(|(_, rule)| rule);
    for rule in std::iter::once(&mut alliance.share).chain(later) {
        let ShareRule::Explicit(weights) = rule else { continue };
        keep(weights, stays);
        // Those who were to have no share have equal ones among themselves.
        if weights.iter().sum::<f64>() <= 0.0 {
            weights.fill(1.0);
        }
    }
    if let Some(voice) = &mut alliance.voice {
        keep(voice, stays);
        let all: f64 = voice.iter().sum();
        let equal = 1.0 / voice.len() as f64;
        voice.iter_mut().for_each(|own| *own = if all > 0.0 { *own / all } else { equal });
    }
    if let Some(merger) = &mut alliance.merger {
        keep(&mut merger.consent, stays);
    }
    for area in &mut alliance.areas {
        if let AreaCost::ByMember(costs) = &mut area.cost {
            keep(costs, stays);
        }
    }
    alliance
}

/// Keeps what belongs to those that stay.
fn keep<T>(each: &mut Vec<T>, stays: &[bool]) {
    let mut stays = stays.iter();
    each.retain(|_| stays.next().copied().unwrap_or(false));
}

/// The scenario with every alliance sharing by the rule that is given for it.
#[must_use]
pub fn sharing(scenario: &Scenario, rule: impl Fn(usize) -> ShareRule) -> Scenario {
    let mut other = scenario.clone();
    for (k, alliance) in other.alliances.iter_mut().enumerate() {
        alliance.share = rule(k);
        alliance.share_from.clear();
    }
    other
}
