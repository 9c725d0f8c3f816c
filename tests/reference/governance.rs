//! MODEL section 5: consent to mergers, notices, withdrawals, ends and what they cost.

use alliance::alliance::Scenario;
use alliance::uncertainty::Standard;

use super::collaboration::{Collaboration, parts};
use super::funding::{Paths, calendar, equalisation_target};
use super::maths::logit;
use super::source::Source;

/// Vesting day of a merger.
pub fn vesting(scenario: &Scenario, c: &Collaboration) -> Option<f64> {
    c.alliance.merger.as_ref().map(|merger| merger.vesting.time_from(scenario.first_year))
}

/// Decides on a merger; a refused one ends on its decision date.
pub fn consent(scenario: &Scenario, c: &mut Collaboration, paths: &Paths, source: &dyn Source, is_plan: bool) {
    let Some(merger) = &c.alliance.merger else { return };
    if merger.mandated || is_plan {
        return;
    }
    let decision = merger.decision_date.time_from(scenario.first_year);
    let t = decision.floor().clamp(0.0, (scenario.years - 1) as f64) as usize;
    let target = equalisation_target(paths, &c.members, merger.equalise, t);
    let mut agreed = true;
    for (m, &f) in c.members.iter().enumerate() {
        let rise = target - paths.band_d[f][t];
        let odds = logit(source.quantity(&merger.consent[m])) - source.quantity(&merger.rise_aversion) * rise / 10.0;
        let key = format!("{}.{}.consent", c.alliance.key, scenario.forces[f].key);
        agreed &= source.standard(&key, Standard::Logistic, f64::NEG_INFINITY) < odds;
    }
    let u = source.standard(&format!("{}.minister", c.alliance.key), Standard::Uniform, -1.0);
    agreed &= u < source.quantity(&merger.ministerial_approval);
    if !agreed {
        c.membership.refused = true;
        c.membership.end = decision;
    }
}

/// `t_G`: the year from which the members of a merger keep one fund; nothing where it does not vest.
pub fn fund_from(scenario: &Scenario, c: &Collaboration) -> Option<usize> {
    vesting(scenario, c).filter(|v| c.membership.end > *v).map(|v| v.ceil() as usize)
}

/// Whether all members of `inner` belong to `outer`.
fn all_belong(inner: &Collaboration, outer: &Collaboration) -> bool {
    inner.members.iter().all(|f| outer.members.contains(f))
}

/// Whether a merger is still on its way to vesting, or vested.
fn goes_on(scenario: &Scenario, c: &Collaboration) -> bool {
    vesting(scenario, c).is_some_and(|v| c.membership.end > v)
}

/// The mergers, by position, that take in the whole of alliance `k` and are still to vest or have vested.
fn mergers_over(scenario: &Scenario, all: &[Collaboration], k: usize) -> Vec<usize> {
    (0..all.len()).filter(|&j| j != k && goes_on(scenario, &all[j]) && all_belong(&all[k], &all[j])).collect()
}

/// Decisions at `t + ½` of every alliance, on positions at the end of `t − 1`.
pub fn exits(scenario: &Scenario, all: &mut [Collaboration], shortfall: &[Vec<f64>], t: usize, source: &dyn Source) {
    let moment = t as f64 + 0.5;
    lapse(scenario, all, moment);
    let merged: Vec<Vec<usize>> = all
        .iter()
        .filter(|c| fund_from(scenario, c).is_some_and(|from| from <= t))
        .map(|c| c.members.clone())
        .collect();
    let leaving: Vec<Vec<usize>> = (0..all.len())
        .map(|k| {
            if may_decide(scenario, all, k, moment) {
                decisions(scenario, &all[k], (&shortfall[k], &merged), t, source)
            } else {
                Vec::new()
            }
        })
        .collect();
    let mut withdrawn = Vec::new();
    for k in 0..all.len() {
        if leaving[k].is_empty() {
            continue;
        }
        if all[k].alliance.merger.is_some() {
            withdrawn.push(k);
            continue;
        }
        let leaves = give_notice(&mut all[k], &leaving[k], moment, source);
        for j in mergers_over(scenario, all, k).into_iter().chain(refused_over(all, k)) {
            let voluntary = all[j].alliance.merger.as_ref().is_some_and(|merger| !merger.mandated);
            let vests = vesting(scenario, &all[j]).unwrap_or(f64::INFINITY);
            if voluntary && moment < vests && leaves < vests && moment < all[j].membership.end {
                withdrawn.push(j);
            }
        }
    }
    for k in withdrawn {
        all[k].membership.withdrawn = Some(moment);
        all[k].membership.end = moment;
    }
    // Those that vest before the year is out.
    lapse(scenario, all, t as f64 + 1.0);
}

/// Mergers over alliance `k` that will be refused.
fn refused_over(all: &[Collaboration], k: usize) -> Vec<usize> {
    (0..all.len()).filter(|&j| j != k && all[j].membership.refused && all_belong(&all[k], &all[j])).collect()
}

/// Whether the members of an alliance decide at this moment.
fn may_decide(scenario: &Scenario, all: &[Collaboration], k: usize, moment: f64) -> bool {
    let c = &all[k];
    if moment < c.start || moment >= c.membership.end || staying(c).len() < 2 {
        return false;
    }
    if let Some(merger) = &c.alliance.merger
        && (merger.mandated || vesting(scenario, c).is_some_and(|v| v <= moment))
    {
        return false;
    }
    mergers_over(scenario, all, k).iter().all(|&j| vesting(scenario, &all[j]).is_some_and(|v| v > moment))
}

/// Members without a standing notice.
fn staying(c: &Collaboration) -> Vec<usize> {
    (0..c.members.len()).filter(|&m| c.membership.notice_ends[m].is_infinite()).collect()
}

/// By which shares costs fall on the members who are in in the middle of year `t`, each counted wholly; nothing on those who have left.
fn shares_amid(c: &Collaboration, t: usize) -> Vec<f64> {
    let is_in = |m: usize| if c.leaves(m) > t as f64 + 0.5 { 1.0 } else { 0.0 };
    parts(&c.weights[t], &(0..c.members.len()).map(is_in).collect::<Vec<f64>>())
}

/// Who of those without notice decides to leave; `merged` are the forces of each fund, which decide as one.
fn decisions(
    scenario: &Scenario,
    c: &Collaboration,
    (shortfall, merged): (&[f64], &[Vec<usize>]),
    t: usize,
    source: &dyn Source,
) -> Vec<usize> {
    let mut leaving = Vec::new();
    for m in staying(c) {
        let fund = merged.iter().find(|forces| forces.contains(&c.members[m]));
        let as_one = |other: usize| other == m || fund.is_some_and(|forces| forces.contains(&c.members[other]));
        let deciding: Vec<usize> = staying(c).into_iter().filter(|&other| as_one(other)).collect();
        let odds: f64 = deciding.iter().map(|&m| log_odds(scenario, c, m, shortfall[m], t, source)).sum();
        // The draw is that of the first by name, whether or not it has given notice itself.
        let all_of_it = (0..c.members.len()).filter(|&other| as_one(other)).map(|other| c.members[other]);
        let first = all_of_it.min_by_key(|&f| &scenario.forces[f].name).unwrap_or(c.members[m]);
        let key = format!("{}.{}.exit", c.alliance.key, scenario.forces[first].key);
        let draw = source.standard_yearly(&key, Standard::Logistic, f64::INFINITY, calendar(scenario, t));
        if draw < odds / deciding.len() as f64 {
            leaving.push(m);
        }
    }
    leaving
}

/// Log-odds that a member gives notice.
fn log_odds(scenario: &Scenario, c: &Collaboration, m: usize, shortfall: f64, t: usize, source: &dyn Source) -> f64 {
    let exit = &c.alliance.exit;
    let n = c.members.len() as f64;
    let appetite = |f: usize| source.quantity(&scenario.forces[f].appetite);
    let mean_appetite = c.members.iter().map(|&f| appetite(f)).sum::<f64>() / n;
    let f = c.members[m];
    let after_election = scenario.forces[f].elections.iter().any(|date| {
        let since = t as f64 + 0.5 - date.time_from(scenario.first_year);
        (0.0..=2.5).contains(&since)
    });
    let voice = c.alliance.voice.as_ref().map_or(1.0 / n, |voice| voice[m]);
    logit(source.quantity(&exit.base))
        + source.quantity(&exit.election_weight) * f64::from(u8::from(after_election))
        + source.quantity(&exit.loss_weight) * shortfall
        + source.quantity(&exit.appetite_weight) * (appetite(f) - mean_appetite).abs()
        + source.quantity(&exit.voice_weight) * (shares_amid(c, t)[m] - voice).max(0.0)
}

/// Notes the notices and, where fewer than two members are without, the end. Returns when the notices take effect.
fn give_notice(c: &mut Collaboration, leaving: &[usize], moment: f64, source: &dyn Source) -> f64 {
    let leaves = moment + source.quantity(&c.alliance.exit.notice);
    for &m in leaving {
        c.membership.notice_given[m] = moment;
        c.membership.notice_ends[m] = leaves;
    }
    if staying(c).len() < 2 {
        let given = c.membership.notice_ends.iter().filter(|date| date.is_finite());
        c.membership.end = given.fold(f64::NEG_INFINITY, |latest, &date| latest.max(date));
    }
    leaves
}

/// Where a merger has vested by `moment`, notices in the alliances that it takes in lapse, and their end if it is not yet past.
fn lapse(scenario: &Scenario, all: &mut [Collaboration], moment: f64) {
    for k in 0..all.len() {
        for j in mergers_over(scenario, all, k) {
            let vests = vesting(scenario, &all[j]).unwrap_or(f64::INFINITY);
            if vests <= moment {
                let membership = &mut all[k].membership;
                for date in &mut membership.notice_ends {
                    if *date >= vests {
                        *date = f64::INFINITY;
                    }
                }
                if membership.end >= vests && all[k].alliance.merger.is_none() {
                    membership.end = f64::INFINITY;
                }
            }
        }
    }
}

/// What an exit at a date costs, first-year prices: part of it goes by how much is live.
fn exit_cost(c: &Collaboration, date: f64, source: &dyn Source) -> f64 {
    let areas = 0..c.alliance.areas.len();
    let all: f64 = areas.clone().map(|a| c.total_cost(a)).sum();
    let live: f64 = areas.filter(|&a| c.live(a) < date).map(|a| c.total_cost(a)).sum();
    let part = if all > 0.0 { live / all } else { 1.0 };
    let fixed = source.quantity(&c.alliance.exit.fixed_share);
    source.quantity(&c.alliance.exit.cost) * (fixed + (1.0 - fixed) * part)
}

/// What the exits of year `t` cost each member: the leaver its share, those without notice by then the rest.
pub fn exit_costs(c: &Collaboration, t: usize, cost_index: f64, source: &dyn Source) -> Vec<f64> {
    let n = c.members.len();
    let leaver_share = source.quantity(&c.alliance.exit.leaver_share);
    let mut borne = vec![0.0; n];
    for m in 0..n {
        let date = c.membership.notice_ends[m];
        if date < t as f64 || date >= t as f64 + 1.0 {
            continue;
        }
        let cost = exit_cost(c, date, source) * cost_index;
        let rest: Vec<usize> = (0..n).filter(|&other| c.membership.notice_given[other] > date).collect();
        if rest.is_empty() {
            let together = c.membership.notice_ends.iter().filter(|other| (**other - date).abs() < 1e-12).count();
            borne[m] += cost / together as f64;
        } else {
            borne[m] += cost * leaver_share;
            for other in &rest {
                borne[*other] += cost * (1.0 - leaver_share) / rest.len() as f64;
            }
        }
    }
    borne
}
