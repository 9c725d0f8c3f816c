//! Collaborations made up at random: mergers, programmes, shares, exits and business areas.

use engine::alliance::{Alliance, DecisionRule, Equalise, Kind, Scenario, ShareRule};
use engine::id::AreaId;
use engine::uncertainty::Quantity;
use engine::units::Month;

use crate::build::{alliance, area, cost_by_member, merge, set};
use crate::dice::Dice;

pub const ALLIANCES: [&str; 3] = ["Northern hub", "Southern-hub", "Region"];
const AREAS: [&str; 6] = ["Finance", "ICT \"core\"", "Dogs", "Roads policing", "Contact", "Fleet"];

/// A month so many months after 1 April of the first year.
pub fn month_at(s: &Scenario, months: i32) -> Month {
    let since = s.first_year.0 * 12 + 3 + months;
    Month { year: since.div_euclid(12), month: since.rem_euclid(12) as u32 + 1 }
}

/// A collaboration of whatever kind between some of the forces.
pub fn collaboration(s: &Scenario, name: &str, dice: &mut Dice) -> Alliance {
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
    merger_vesting(s, k, names, (start, vesting), dice);
}

/// An alliance of some forces that leave it one after another.
pub fn falling(s: &Scenario, name: &str, members: &[usize], dice: &mut Dice) -> Alliance {
    let mut k = alliance(name, members);
    k.start = month_at(s, dice.below(24) as i32 - 6);
    programme(&mut k, dice);
    sharing(&mut k, dice);
    exit(&mut k, dice);
    fall_apart(&mut k, dice);
    let names: Vec<&str> = members.iter().map(|&f| s.forces[f].name.as_str()).collect();
    for name in &AREAS[..2 + dice.below(3)] {
        business_area(&mut k, name, &names, dice);
    }
    k
}

/// A merger that vests within the horizon, on 1 April as often as not, and alliances beside it that its members are in, with others or alone.
pub fn merging_beside(s: &Scenario, dice: &mut Dice) -> Vec<Alliance> {
    let n = s.forces.len();
    let members = dice.subset(n, 2);
    let names: Vec<&str> = members.iter().map(|&f| s.forces[f].name.as_str()).collect();
    let mut merger = alliance(ALLIANCES[0], &members);
    let vesting = if dice.chance(0.5) { 12 * dice.below(s.years) } else { dice.below(12 * s.years) } as i32;
    merger_vesting(s, &mut merger, &names, (vesting - dice.below(30) as i32, vesting), dice);
    let agreed = merger.merger.as_mut().expect("just merged");
    agreed.consent.iter_mut().for_each(|consent| dice.vary(consent, 0.9, 1.0));
    dice.vary(&mut agreed.ministerial_approval, 0.8, 1.0);
    dice.vary(&mut agreed.rise_aversion, 0.0, 0.1);
    programme(&mut merger, dice);
    sharing(&mut merger, dice);
    dice.vary(&mut merger.exit.base, 0.0, 0.05);
    for name in &AREAS[..dice.below(4)] {
        business_area(&mut merger, name, &names, dice);
    }
    let mut made = vec![merger];
    for name in &ALLIANCES[1..2 + dice.below(2)] {
        let mut beside = dice.subset(n, 2);
        // All merged forces and one more, as often as not.
        if dice.chance(0.5) {
            beside.extend(members.iter().filter(|f| !beside.contains(f)).copied().collect::<Vec<usize>>());
        }
        made.push(falling(s, name, &beside, dice));
    }
    made
}

/// Has everything of an alliance that has a date fall on the first day of a quarter.
pub fn by_quarters(k: &mut Alliance, dice: &mut Dice) {
    let quarter = |month: Month| Month { month: (month.month - 1) / 3 * 3 + 1, ..month };
    k.start = quarter(k.start);
    if let Some(merger) = &mut k.merger {
        merger.vesting = quarter(merger.vesting);
        merger.decision_date = quarter(merger.decision_date);
    }
    let mut quarters = |quantity: &mut Quantity, least: usize, most: usize| {
        quantity.plan = None;
        set(quantity, (least + dice.below(most + 1 - least)) as f64 / 4.0);
    };
    quarters(&mut k.board_cycle, 0, 2);
    quarters(&mut k.consultation, 0, 1);
    quarters(&mut k.slip, 4, 4);
    quarters(&mut k.ict_slip, 4, 4);
    quarters(&mut k.ict_ready, 0, 12);
    quarters(&mut k.ict_cancel_at, 1, 4);
    quarters(&mut k.stalled_pace, 0, 4);
    quarters(&mut k.stall_cut, 0, 0);
    quarters(&mut k.exit.notice, 0, 4);
    quarters(&mut k.unwind, 0, 4);
    for area in &mut k.areas {
        quarters(&mut area.submit, 0, 4);
        quarters(&mut area.consultation, 0, 1);
        quarters(&mut area.implement, 0, 6);
        quarters(&mut area.slip, 4, 4);
        quarters(&mut area.ramp, 0, 4);
    }
}

/// Makes a merger of it that starts and vests so many months after 1 April of the first year.
pub fn merger_vesting(s: &Scenario, k: &mut Alliance, names: &[&str], (start, vesting): (i32, i32), dice: &mut Dice) {
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

pub fn programme(k: &mut Alliance, dice: &mut Dice) {
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

pub fn sharing(k: &mut Alliance, dice: &mut Dice) {
    let n = k.members.len();
    k.share = share_rule(n, dice);
    if dice.chance(0.4) {
        k.voice = Some(dice.chances(n));
    }
}

pub fn exit(k: &mut Alliance, dice: &mut Dice) {
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

/// A rule of sharing between so many members.
pub fn share_rule(n: usize, dice: &mut Dice) -> ShareRule {
    match dice.below(5) {
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
    }
}

/// Members leave one after another, at any time of the year, and who bears how much of the costs decides who is next.
pub fn fall_apart(k: &mut Alliance, dice: &mut Dice) {
    dice.vary(&mut k.exit.base, 0.02, 0.15);
    dice.vary(&mut k.exit.voice_weight, 5.0, 40.0);
    dice.vary(&mut k.exit.notice, 0.2, 1.8);
    k.voice = Some(dice.chances(k.members.len()));
}

pub fn business_area(k: &mut Alliance, name: &str, members: &[&str], dice: &mut Dice) {
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
