//! The keys that a scenario may leave out, stated in made-up scenarios: alone and together, at their edges too.

use alliance::alliance::{Alliance, KnownLimit, Review, Scenario};
use alliance::uncertainty::Quantity;

use crate::build::{fixed, set};
use crate::collaborations::share_rule;
use crate::dice::Dice;

/// Rules that rest unless a scenario states their keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    Foresight,
    OfficersFollowCuts,
    MutualAid,
    IctStopped,
    Review,
    Overlap,
    ScaleLoss,
    Running,
    Interest,
    AttributableCost,
    ExitFixedShare,
    ShareFrom,
}

pub const RULES: [Rule; 12] = [
    Rule::Foresight,
    Rule::OfficersFollowCuts,
    Rule::MutualAid,
    Rule::IctStopped,
    Rule::Review,
    Rule::Overlap,
    Rule::ScaleLoss,
    Rule::Running,
    Rule::Interest,
    Rule::AttributableCost,
    Rule::ExitFixedShare,
    Rule::ShareFrom,
];

/// States some of the rules, or none, or all.
pub fn some(s: &mut Scenario, seed: u64) {
    let mut dice = Dice::new(seed ^ 0x5EED);
    let chance = [0.2, 0.5, 0.8, 1.0][dice.below(4)];
    for rule in RULES {
        if dice.chance(chance) {
            state(s, rule, &mut dice);
        }
    }
}

/// States one rule wherever it can be.
pub fn state(s: &mut Scenario, rule: Rule, dice: &mut Dice) {
    match rule {
        Rule::Foresight => foresight(s, dice),
        Rule::OfficersFollowCuts => officers_follow_cuts(s, dice),
        Rule::MutualAid => s.forces.iter_mut().for_each(|force| edge(&mut force.mutual_aid, 0.0, 150.0, dice)),
        Rule::ShareFrom => share_from(s, dice),
        _ => s.alliances.iter_mut().for_each(|k| of_alliance(k, rule, dice)),
    }
}

/// Between two bounds, or at one of them, and so known.
fn edge(quantity: &mut Quantity, low: f64, high: f64, dice: &mut Dice) {
    match dice.below(5) {
        0 => set(quantity, low),
        1 => set(quantity, high),
        _ => dice.vary(quantity, low, high),
    }
}

/// Next year is looked at, what is known of the year after the last too; some forces look more closely than others.
fn foresight(s: &mut Scenario, dice: &mut Dice) {
    edge(&mut s.ledger.foresight, 0.0, 1.0, dice);
    for force in &mut s.forces {
        if dice.chance(0.3) {
            let mut own = fixed(&format!("{}.foresight", force.key), 0.0);
            edge(&mut own, 0.0, 1.0, dice);
            force.ledger.foresight = Some(own);
        }
    }
    let after = s.first_year.plus(s.years as i32);
    if dice.chance(0.3) {
        s.funding.known.insert(after, dice.below(s.funding.regimes.len()));
    }
    if dice.chance(0.3) {
        s.economy.limit.known.insert(after, KnownLimit { pounds: dice.between(0.0, 10.0), percent: 0.01 });
    }
    // A path of means that reaches beyond the last year.
    if dice.chance(0.3) {
        let series = &mut s.economy.pay;
        series.mean = (0..=s.years + 1).map(|i| fixed(&format!("{}.mean[{i}]", series.key), 0.02)).collect();
        series.mean.iter_mut().for_each(|mean| dice.vary(mean, 0.0, 0.06));
    }
}

fn officers_follow_cuts(s: &mut Scenario, dice: &mut Dice) {
    edge(&mut s.ledger.officers_follow_cuts, 0.0, 1.0, dice);
    for force in &mut s.forces {
        if dice.chance(0.3) {
            let mut own = fixed(&format!("{}.officers_follow_cuts", force.key), 0.0);
            edge(&mut own, 0.0, 1.0, dice);
            force.ledger.officers_follow_cuts = Some(own);
        }
    }
}

/// Other rules from a later year on, or from two.
fn share_from(s: &mut Scenario, dice: &mut Dice) {
    let (first, years) = (s.first_year, s.years);
    for k in &mut s.alliances {
        let n = k.members.len();
        let mut from: Vec<usize> = (0..1 + dice.below(3)).map(|_| 1 + dice.below(years - 1)).collect();
        from.sort_unstable();
        from.dedup();
        k.share_from = from.into_iter().map(|t| (first.plus(t as i32), share_rule(n, dice))).collect();
    }
}

fn of_alliance(k: &mut Alliance, rule: Rule, dice: &mut Dice) {
    match rule {
        Rule::IctStopped => ict_stopped(k, dice),
        Rule::Review => review(k, dice),
        Rule::Overlap => edge(&mut k.overlap, 0.0, 1.0, dice),
        Rule::ScaleLoss => edge(&mut k.scale_loss, 0.0, 1.0, dice),
        Rule::Running => running(k, dice),
        Rule::Interest => interest(k, dice),
        Rule::AttributableCost => edge(&mut k.attributable_cost, 0.0, 1.0, dice),
        Rule::ExitFixedShare => edge(&mut k.exit.fixed_share, 0.0, 1.0, dice),
        Rule::Foresight | Rule::OfficersFollowCuts | Rule::MutualAid | Rule::ShareFrom => {}
    }
}

/// A platform that may be stopped, at once or on the last day.
fn ict_stopped(k: &mut Alliance, dice: &mut Dice) {
    edge(&mut k.ict_cancelled, 0.0, 1.0, dice);
    if dice.chance(0.3) {
        set(&mut k.ict_cancel_at, 1.0);
    } else {
        let least = [1e-6, 0.05][dice.below(2)];
        edge(&mut k.ict_cancel_at, least, 1.0, dice);
    }
    edge(&mut k.ict_cancel_cost, 0.0, 1.0, dice);
    if dice.chance(0.6) {
        dice.vary(&mut k.ict_ready, 0.5, 4.0);
    }
}

/// Reviews of a programme that is long, where it begins area by area.
fn review(k: &mut Alliance, dice: &mut Dice) {
    let every = [1.0, 1.0, 1.5, 2.0, 3.0][dice.below(5)];
    let mut review = Review {
        every,
        base: fixed(&format!("{}.review.base", k.key), 0.0),
        weight: fixed(&format!("{}.review.weight", k.key), 0.0),
    };
    if dice.chance(0.85) {
        dice.vary(&mut review.base, 0.02, 0.7);
    }
    edge(&mut review.weight, 0.0, 8.0, dice);
    k.review = Some(review);
    if dice.chance(0.5) {
        k.slots = Some(1);
        k.areas.iter_mut().for_each(|area| dice.vary(&mut area.implement, 0.3, 2.5));
    }
}

fn running(k: &mut Alliance, dice: &mut Dice) {
    edge(&mut k.running, 0.0, 1.5, dice);
    for area in &mut k.areas {
        edge(&mut area.running, 0.0, 0.8, dice);
    }
    if dice.chance(0.3) {
        // No platform: it runs from the first area on.
        set(&mut k.ict_capital, 0.0);
        k.areas.iter_mut().for_each(|area| area.needs_ict = false);
    }
}

fn interest(k: &mut Alliance, dice: &mut Dice) {
    match dice.below(5) {
        0 => set(&mut k.finance_rate, 1e-10),
        1 => set(&mut k.finance_rate, 1e-5),
        _ => edge(&mut k.finance_rate, 0.0, 0.12, dice),
    }
    k.finance_years = [1, 2, 5, 20][dice.below(4)];
}
