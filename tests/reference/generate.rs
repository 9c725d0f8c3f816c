//! Scenarios made up at random from a seed, with everything in them that the model knows: for comparisons, not for sense.

use alliance::alliance::{Benefit, BenefitKind, Contact, ContactForce, KnownLimit, Scenario, Surge, Target};
use alliance::id::{AllianceId, AreaId, ForceId};
use alliance::uncertainty::{Correlation, Provenance, Quantity, Structure, quote_key};
use alliance::units::Month;

use crate::build::{fact, fixed, regime, scenario};
use crate::collaborations::{ALLIANCES, by_quarters, collaboration, falling, merging_beside, month_at};
use crate::dice::Dice;
use crate::stated::{self, Rule};

const FORCES: [&str; 5] = ["Avon and Somerset", "Devon & Cornwall", "Dorset", "Gloucestershire", "Wiltshire"];

/// The scenario of a seed, with some of the rules that may be left out.
pub fn generate(seed: u64) -> Scenario {
    let mut s = resting(seed);
    stated::some(&mut s, seed);
    s
}

/// The scenario of a seed, with one of the rules that may be left out.
pub fn stating(seed: u64, rule: Rule) -> Scenario {
    let mut s = resting(seed);
    stated::state(&mut s, rule, &mut Dice::new(!seed));
    s
}

/// The scenario of a seed without them.
pub fn resting(seed: u64) -> Scenario {
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
        let made = falling(&s, name, &members, &mut dice);
        s.alliances.push(made);
    }
    stated::some(&mut s, seed);
    s
}

/// The scenario of a seed in which forces merge within the horizon that are in other alliances too, and in which reserves are short or
/// spill over; some of the rules that may be left out are stated where `states`.
pub fn merging(seed: u64, states: bool) -> Scenario {
    let mut dice = Dice::new(seed);
    let n = 3 + dice.below(3);
    let years = 5 + dice.below(6);
    let mut s = forces(n, years, &mut dice);
    // The order of names is not that of the file, nor that of the keys of draws.
    for (f, name) in dice.subset(FORCES.len(), n).into_iter().enumerate().take(n) {
        s.forces[f].name = FORCES[name].to_owned();
    }
    dice.vary(&mut s.ledger.max_reserves, 0.0, 0.08);
    dice.vary(&mut s.ledger.min_reserves, 0.0, 0.04);
    for force in &mut s.forces {
        force.reserves = fact(force.budget.value * dice.between(0.0, 0.06));
        dice.vary(&mut force.opening_gap, -0.05, 0.05);
    }
    for made in merging_beside(&s, &mut dice) {
        s.alliances.push(made);
    }
    resilience(&mut s, &mut dice);
    results(&mut s, &mut dice);
    if states {
        stated::some(&mut s, seed);
    }
    s
}

/// The scenario of a seed in which everything that has a date falls on the first day of a quarter, so that dates coincide.
pub fn coinciding(seed: u64) -> Scenario {
    let mut s = generate(seed);
    let mut dice = Dice::new(seed ^ 0xDA7E);
    s.alliances.iter_mut().for_each(|k| by_quarters(k, &mut dice));
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
        let exists = measure != "force.Dorset.reserves" || s.forces.iter().any(|force| force.name == "Dorset");
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
    let drawn = |q: &Quantity| matches!(q.value, alliance::uncertainty::Value::Uncertain(_));
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
