//! Scenarios made up at random from a seed, with everything in them that the model knows: for comparisons, not for sense.

use engine::alliance::{
    Alliance, Benefit, BenefitKind, Contact, ContactForce, DecisionRule, Equalise, Kind, KnownLimit, Scenario,
    ShareRule, Surge, Target,
};
use engine::id::{AllianceId, AreaId, ForceId};
use engine::uncertainty::{Correlation, Provenance, Quantity, Structure, quote_key};
use engine::units::Month;

use crate::build::{alliance, area, cost_by_member, fact, fixed, merge, regime, scenario};
use crate::dice::Dice;

const FORCES: [&str; 5] = ["Avon and Somerset", "Devon & Cornwall", "Dorset", "Gloucestershire", "Wiltshire"];
const ALLIANCES: [&str; 3] = ["Northern hub", "Southern-hub", "Region"];
const AREAS: [&str; 6] = ["Finance", "ICT \"core\"", "Dogs", "Roads policing", "Contact", "Fleet"];

/// The scenario of a seed.
pub fn generate(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let n = 1 + dice.below(5);
    let years = 3 + dice.below(8);
    let mut s = forces(n, years, &mut dice);
    if n >= 2 {
        for name in &ALLIANCES[..dice.below(4)] {
            let made = collaboration(&s, name, &mut dice);
            s.alliances.push(made);
        }
    }
    resilience(&mut s, &mut dice);
    results(&mut s, &mut dice);
    correlate(&mut s, &mut dice);
    s
}

/// The scenario of a seed in which three forces or more have alliances that they leave one after another.
pub fn falling_apart(seed: u64) -> Scenario {
    let mut dice = Dice::new(seed);
    let n = 3 + dice.below(3);
    let years = 7 + dice.below(4);
    let mut s = forces(n, years, &mut dice);
    for name in &ALLIANCES[..1 + dice.below(2)] {
        let members = dice.subset(n, 3);
        let mut k = alliance(name, &members);
        k.start = month_at(&s, dice.below(24) as i32 - 6);
        programme(&mut k, &mut dice);
        sharing(&mut k, &mut dice);
        exit(&mut k, &mut dice);
        fall_apart(&mut k, &mut dice);
        let names: Vec<&str> = members.iter().map(|&f| s.forces[f].name.as_str()).collect();
        for name in &AREAS[..2 + dice.below(3)] {
            business_area(&mut k, name, &names, &mut dice);
        }
        s.alliances.push(k);
    }
    s
}

/// So many forces, their economy and their funding, and no alliance.
fn forces(n: usize, years: usize, dice: &mut Dice) -> Scenario {
    let mut s = scenario(years, &FORCES[..n]);
    s.first_year.0 = 2015 + dice.below(12) as i32;
    economy(&mut s, dice);
    funding(&mut s, dice);
    for f in 0..n {
        force(&mut s, f, dice);
    }
    s
}

fn economy(s: &mut Scenario, dice: &mut Dice) {
    let economy = &mut s.economy;
    dice.vary(&mut economy.pay_share, 0.5, 0.9);
    for series in [&mut economy.inflation, &mut economy.pay, &mut economy.tax_base_growth] {
        series.mean = (0..=dice.below(3)).map(|i| fixed(&format!("{}.mean[{i}]", series.key), 0.02)).collect();
        for mean in &mut series.mean {
            dice.vary(mean, 0.0, 0.05);
        }
        dice.vary(&mut series.sd, 0.0, 0.03);
        dice.vary(&mut series.persistence, 0.0, 0.9);
    }
    dice.vary(&mut economy.limit.pounds, 0.0, 14.0);
    dice.vary(&mut economy.limit.percent, 0.0, 0.03);
    if dice.chance(0.5) {
        let year = s.first_year.plus(1 + dice.below(3) as i32);
        economy
            .limit
            .known
            .insert(year, KnownLimit { pounds: dice.between(0.0, 10.0), percent: dice.between(0.0, 0.03) });
    }
    let ledger = &mut s.ledger;
    dice.vary(&mut ledger.min_reserves, 0.0, 0.08);
    dice.vary(&mut ledger.max_reserves, 0.08, 0.25);
    dice.vary(&mut ledger.gap_closure, 0.0, 1.0);
    dice.vary(&mut ledger.cut_recurrence, 0.0, 1.0);
}

fn funding(s: &mut Scenario, dice: &mut Dice) {
    let names = ["austerity", "flat cash", "growth"];
    let n = 1 + dice.below(3);
    s.funding.regimes.clear();
    for name in &names[..n] {
        let mut made = regime(name, 0.0, &dice.chances(n));
        dice.vary(&mut made.growth, -0.08, 0.06);
        dice.vary(&mut made.sd, 0.0, 0.03);
        s.funding.regimes.push(made);
    }
    s.funding.initial = dice.below(n);
    for t in 0..s.years {
        if dice.chance(0.15) {
            s.funding.known.insert(s.first_year.plus(t as i32), dice.below(n));
        }
    }
    dice.vary(&mut s.funding.local_sd, 0.0, 0.02);
}

fn force(s: &mut Scenario, f: usize, dice: &mut Dice) {
    let (first, years) = (s.first_year.0, s.years);
    let force = &mut s.forces[f];
    let (budget, band_d) = (dice.between(90.0, 320.0), dice.between(140.0, 290.0));
    let grant_share = dice.between(0.4, 0.75);
    force.budget = fact(budget);
    force.grant_share = fact(grant_share);
    force.band_d = fact(band_d);
    force.tax_base = fact(budget * (1.0 - grant_share) * dice.between(0.8, 1.0) * 1e6 / band_d);
    force.reserves = fact(budget * dice.between(0.01, 0.2));
    force.population = fact(dice.between(300_000.0, 1_700_000.0));
    force.officers = fact(dice.between(900.0, 3200.0));
    // One force in twenty is beyond rescue.
    let (least, most) = if dice.chance(0.05) { (0.8, 1.6) } else { (-0.03, 0.06) };
    dice.vary(&mut force.opening_gap, least, most);
    dice.vary(&mut force.demand_growth, 0.0, 0.01);
    dice.vary(&mut force.uptake, 0.0, 1.0);
    dice.vary(&mut force.deployable_share, 0.03, 0.2);
    dice.vary(&mut force.appetite, 0.0, 1.0);
    let prefix = force.key.clone();
    if dice.chance(0.75) {
        let mut q = |field: &str, low, high| {
            let mut made = fixed(&format!("{prefix}.surge.{field}"), low);
            dice.vary(&mut made, low, high);
            made
        };
        force.surge =
            Some(Surge { rate: q("rate", 0.0, 3.0), x_min: q("x_min", 20.0, 120.0), alpha: q("alpha", 1.2, 3.0) });
    }
    for _ in 0..dice.below(3) {
        force
            .elections
            .push(Month { year: first - 3 + dice.below(years + 4) as i32, month: 1 + dice.below(12) as u32 });
    }
    let own = &mut force.ledger;
    for (slot, field, low, high) in [
        (&mut own.min_reserves, "min_reserves", 0.0, 0.08),
        (&mut own.max_reserves, "max_reserves", 0.08, 0.2),
        (&mut own.gap_closure, "gap_closure", 0.0, 1.0),
        (&mut own.cut_recurrence, "cut_recurrence", 0.0, 1.0),
    ] {
        if dice.chance(0.15) {
            let mut made = fixed(&format!("{}.{field}", force.key), low);
            dice.vary(&mut made, low, high);
            *slot = Some(made);
        }
    }
}

/// A month so many months after 1 April of the first year.
fn month_at(s: &Scenario, months: i32) -> Month {
    let since = s.first_year.0 * 12 + 3 + months;
    Month { year: since.div_euclid(12), month: since.rem_euclid(12) as u32 + 1 }
}

fn collaboration(s: &Scenario, name: &str, dice: &mut Dice) -> Alliance {
    let members = dice.subset(s.forces.len(), 2);
    let names: Vec<&str> = members.iter().map(|&f| s.forces[f].name.as_str()).collect();
    let horizon = s.years as i32 * 12;
    let mut k = alliance(name, &members);
    let start = dice.below((horizon + 12) as usize) as i32 - 18;
    k.start = month_at(s, start);
    k.kind = if dice.chance(0.2) { Kind::LeadForce } else { Kind::Alliance };
    let rival =
        s.alliances.iter().any(|other| other.merger.is_some() && other.members.iter().any(|f| members.contains(&f.0)));
    if dice.chance(0.4) && !rival {
        merger(s, &mut k, &names, start, dice);
    }
    k.decision = [DecisionRule::Unanimous, DecisionRule::Majority, DecisionRule::Lead][dice.below(3)];
    programme(&mut k, dice);
    sharing(&mut k, dice);
    exit(&mut k, dice);
    for name in &AREAS[..dice.below(7)] {
        business_area(&mut k, name, &names, dice);
    }
    k
}

fn merger(s: &Scenario, k: &mut Alliance, names: &[&str], start: i32, dice: &mut Dice) {
    let horizon = s.years as i32 * 12;
    let vesting = (start + dice.below(40) as i32).min(horizon - 1);
    let decision = vesting - [0, 3, 7, 12, 20][dice.below(5)];
    merge(k, names, &month_at(s, decision).to_string(), &month_at(s, vesting).to_string());
    k.start = month_at(s, start.min(vesting));
    let merger = k.merger.as_mut().expect("just merged");
    merger.mandated = dice.chance(0.3);
    merger.equalise = [Equalise::Highest, Equalise::Average, Equalise::Lowest][dice.below(3)];
    for consent in &mut merger.consent {
        dice.vary(consent, 0.5, 1.0);
    }
    dice.vary(&mut merger.rise_aversion, 0.0, 1.0);
    dice.vary(&mut merger.ministerial_approval, 0.5, 1.0);
    dice.vary(&mut merger.setup, 0.0, 9.0);
    dice.vary(&mut merger.abortive_cost, 0.0, 4.0);
    dice.or_zero(&mut merger.equalise_years, 0.5, 6.0);
}

fn programme(k: &mut Alliance, dice: &mut Dice) {
    dice.vary(&mut k.agree, 0.3, 1.0);
    dice.or_zero(&mut k.board_cycle, 0.05, 0.4);
    dice.lateness(&mut k.slip);
    dice.or_zero(&mut k.consultation, 0.0, 0.5);
    k.slots = if dice.chance(0.6) { Some(1 + dice.below(3) as u32) } else { None };
    dice.or_zero(&mut k.ict_ready, 0.0, 3.0);
    dice.lateness(&mut k.ict_slip);
    dice.vary(&mut k.workaround, 0.0, 1.0);
    dice.bimodal(&mut k.realisation);
    dice.vary(&mut k.attributable, 0.4, 1.0);
    dice.vary(&mut k.team, 0.0, 2.0);
    dice.lateness(&mut k.overrun);
    dice.vary(&mut k.severance, 0.0, 1.0);
    dice.vary(&mut k.ict_capital, 0.0, 8.0);
    dice.lateness(&mut k.ict_overrun);
    dice.vary(&mut k.design_share, 0.0, 0.5);
    k.finance_years = 1 + dice.below(5) as u32;
    dice.or_zero(&mut k.stalled_pace, 0.0, 1.0);
    dice.vary(&mut k.stall_cut, 0.0, 0.02);
    dice.vary(&mut k.reach, 0.0, 1.0);
}

fn sharing(k: &mut Alliance, dice: &mut Dice) {
    let n = k.members.len();
    k.share = match dice.below(5) {
        0 => ShareRule::Budget,
        1 => ShareRule::Equal,
        2 => ShareRule::Population,
        3 => ShareRule::Origin,
        _ => {
            // Some bear nothing.
            let mut weights: Vec<f64> =
                (0..n).map(|_| if dice.chance(0.25) { 0.0 } else { dice.between(0.2, 3.0) }).collect();
            weights[0] = weights[0].max(0.5);
            ShareRule::Explicit(weights)
        }
    };
    if dice.chance(0.4) {
        k.voice = Some(dice.chances(n));
    }
}

fn exit(k: &mut Alliance, dice: &mut Dice) {
    if dice.chance(0.7) {
        dice.vary(&mut k.exit.base, 0.0, 0.35);
    }
    dice.vary(&mut k.exit.election_weight, 0.0, 2.0);
    dice.vary(&mut k.exit.loss_weight, 0.0, 3.0);
    dice.vary(&mut k.exit.appetite_weight, 0.0, 3.0);
    dice.vary(&mut k.exit.voice_weight, 0.0, 6.0);
    dice.or_zero(&mut k.exit.notice, 0.0, 2.0);
    dice.vary(&mut k.exit.cost, 0.0, 6.0);
    dice.vary(&mut k.exit.leaver_share, 0.0, 1.0);
    dice.vary(&mut k.retained, 0.0, 1.0);
    dice.or_zero(&mut k.unwind, 0.0, 3.0);
    if k.members.len() >= 3 && dice.chance(0.6) {
        fall_apart(k, dice);
    }
}

/// Members leave one after another, at any time of the year, and who bears how much of the costs decides who is next.
fn fall_apart(k: &mut Alliance, dice: &mut Dice) {
    dice.vary(&mut k.exit.base, 0.02, 0.15);
    dice.vary(&mut k.exit.voice_weight, 5.0, 40.0);
    dice.vary(&mut k.exit.notice, 0.2, 1.8);
    k.voice = Some(dice.chances(k.members.len()));
}

fn business_area(k: &mut Alliance, name: &str, members: &[&str], dice: &mut Dice) {
    let a = area(k, name);
    if dice.chance(0.5) {
        let costs: Vec<f64> = members.iter().map(|_| dice.between(0.0, 9.0)).collect();
        cost_by_member(&mut k.areas[a], members, &costs);
    }
    for earlier in 0..a {
        if dice.chance(0.2) {
            k.areas[a].after.push(AreaId(earlier));
        }
    }
    let area = &mut k.areas[a];
    area.priority = [0.0, 0.0, 1.0, -1.0][dice.below(4)];
    area.needs_ict = dice.chance(0.4);
    area.operational = dice.chance(0.4);
    dice.vary(&mut area.saving, 0.0, 0.3);
    dice.vary(&mut area.noncashable, 0.0, 0.1);
    dice.or_zero(&mut area.submit, 0.0, 2.0);
    dice.or_zero(&mut area.implement, 0.1, 2.0);
    dice.lateness(&mut area.slip);
    dice.vary(&mut area.approve, 0.6, 1.0);
    dice.or_zero(&mut area.consultation, 0.0, 0.3);
    dice.vary(&mut area.oneoff, 0.0, 3.0);
    dice.or_zero(&mut area.ramp, 0.0, 2.5);
}

fn resilience(s: &mut Scenario, dice: &mut Dice) {
    dice.vary(&mut s.resilience.chi, 0.0, 1.0);
    dice.vary(&mut s.resilience.x_max, 300.0, 2500.0);
    dice.vary(&mut s.resilience.incident_cost, 0.0, 0.01);
    dice.vary(&mut s.resilience.reimbursed, 0.0, 0.9);
    let with_areas = s.alliances.iter().position(|k| !k.areas.is_empty());
    let Some(k) = with_areas.filter(|_| dice.chance(0.5)) else { return };
    let members = &s.alliances[k].members;
    let mut contact = Contact {
        alliance: AllianceId(k),
        area: AreaId(dice.below(s.alliances[k].areas.len())),
        target_s: fixed("contact.target_s", 10.0),
        agents_saved: fixed("contact.agents_saved", 0.0),
        forces: Vec::new(),
    };
    dice.vary(&mut contact.target_s, 5.0, 40.0);
    dice.vary(&mut contact.agents_saved, 0.0, 0.2);
    for &ForceId(f) in members {
        if contact.forces.is_empty() || dice.chance(0.8) {
            let prefix = format!("contact.force.{}", quote_key(&s.forces[f].name));
            let agents = 4 + dice.below(20) as u32;
            let mut calls = fixed(&format!("{prefix}.calls"), 0.0);
            dice.vary(&mut calls, f64::from(agents) * 7.0, f64::from(agents) * 13.0);
            let mut aht_s = fixed(&format!("{prefix}.aht_s"), 300.0);
            dice.vary(&mut aht_s, 200.0, 400.0);
            contact.forces.push(ContactForce { force: ForceId(f), calls, aht_s, agents });
        }
    }
    s.contact = Some(contact);
}

fn results(s: &mut Scenario, dice: &mut Dice) {
    let measures = ["saving_cashable", "saving_cashable_real", "net_cumulative", "areas_live", "force.Dorset.reserves"];
    for measure in measures {
        let exists = measure != "force.Dorset.reserves" || s.forces.len() >= 3;
        if exists && dice.chance(0.4) {
            s.targets.push(Target {
                name: format!("{measure} due"),
                measure: measure.to_owned(),
                amount: dice.between(0.0, 6.0),
                year: s.first_year.plus(dice.below(s.years) as i32),
                provenance: Provenance::default(),
            });
        }
    }
    for _ in 0..dice.below(3) {
        let date = month_at(s, dice.below(s.years * 12) as i32);
        if !s.report_dates.contains(&date) {
            s.report_dates.push(date);
        }
    }
    let all: Vec<(AllianceId, AreaId)> = (0..s.alliances.len())
        .flat_map(|k| (0..s.alliances[k].areas.len()).map(move |a| (AllianceId(k), AreaId(a))))
        .collect();
    let areas: Vec<(AllianceId, AreaId)> = all.into_iter().filter(|_| dice.chance(0.4)).collect();
    if !areas.is_empty() {
        let mut full_effect = fixed("benefit.Quality.full_effect", 0.0);
        dice.vary(&mut full_effect, -3.0, 8.0);
        s.benefits.push(Benefit {
            name: "Quality".to_owned(),
            kind: BenefitKind::Effectiveness,
            unit: "points".to_owned(),
            objective: "Service".to_owned(),
            full_effect,
            areas,
        });
    }
}

/// A common factor over what an alliance draws, and a matrix of two series.
fn correlate(s: &mut Scenario, dice: &mut Dice) {
    let drawn = |q: &Quantity| matches!(q.value, engine::uncertainty::Value::Uncertain(_));
    if s.alliances.iter().flat_map(|k| &k.areas).any(|area| drawn(&area.saving)) && dice.chance(0.6) {
        let quantities = vec!["alliance.*.area.*.saving".to_owned()];
        s.correlations.push(Correlation {
            quantities,
            structure: Structure::Common(dice.between(0.0, 0.9)),
            partial: false,
        });
    }
    if dice.chance(0.5) {
        let quantities = vec!["economy.inflation".to_owned(), "economy.pay".to_owned()];
        let r = dice.between(-0.8, 0.8);
        s.correlations.push(Correlation {
            quantities,
            structure: Structure::Matrix(vec![vec![1.0, r], vec![r, 1.0]]),
            partial: false,
        });
    }
}
