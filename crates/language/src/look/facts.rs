//! Facts of a force beside one another: budget, officers and residents; reserves, Band D and tax base.

use super::Look;
use super::figure::{meant, money, told, typed, write_money};
use engine::alliance::{Force, Scenario};
use engine::uncertainty::quote_key;

/// Pounds of budget for each officer. English and Welsh forces have 80,000 to 150,000.
const FOR_EACH_OFFICER: (f64, f64) = (15e3, 1.5e6);

/// Pounds of budget for each resident. Forces have 150 to 400, the City of London some 15,000.
const FOR_EACH_RESIDENT: (f64, f64) = (20.0, 100e3);

/// Residents for each officer. Forces have 250 to 700, the City of London some 9.
const RESIDENTS_FOR_EACH_OFFICER: (f64, f64) = (3.0, 20e3);

/// Band D equivalents for each resident: 0.25 to 0.45 where there are households at all.
const HOMES_FOR_EACH_RESIDENT: (f64, f64) = (0.05, 1.5);

/// Police precepts at Band D, £ a year: 90 to 400.
const BAND_D: (f64, f64) = (10.0, 2000.0);

/// Fewest residents of a force; the City of London has 8,600.
const FEWEST: f64 = 1000.0;

fn holds((low, high): (f64, f64), value: f64) -> bool {
    // What could not be read is no number, and has been told.
    value.is_nan() || (low..=high).contains(&value)
}

/// Looks at the facts of every force.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for force in &scenario.forces {
        let path = |key: &str| format!("force.{}.{key}", quote_key(&force.name));
        let sized = size(force, &path, look);
        reserves(force, &path, look);
        if !holds(BAND_D, force.band_d.value) {
            let band_d = force.band_d.value;
            let remedy =
                match [0.01, 1e-3, 100.0].map(|factor| band_d * factor).into_iter().find(|value| holds(BAND_D, *value))
                {
                    Some(meant) => format!("It is in £ a year: if £{} is meant, write {}", told(meant), typed(meant)),
                    None => "It is in £ a year: £187.11 is 187.11".to_owned(),
                };
            look.odd(
                &path("band_d"),
                format!("{} is a police precept of £{} a year at Band D", told(band_d), told(band_d)),
                remedy,
            );
        } else if sized {
            tax_base(force, &path, look);
        }
    }
}

/// Whether budget, officers and residents go together: the one that fits neither of the others is told.
fn size(force: &Force, path: &impl Fn(&str) -> String, look: &Look<'_>) -> bool {
    let (budget, officers, residents) = (force.budget.value, force.officers.value, force.population.value);
    let by_officer = |budget: f64, officers: f64| holds(FOR_EACH_OFFICER, budget * 1e6 / officers);
    let by_resident = |budget: f64, residents: f64| holds(FOR_EACH_RESIDENT, budget * 1e6 / residents);
    let beside = |residents: f64, officers: f64| holds(RESIDENTS_FOR_EACH_OFFICER, residents / officers);
    match (by_officer(budget, officers), by_resident(budget, residents), beside(residents, officers)) {
        (true, true, _) if residents >= FEWEST || residents.is_nan() => return true,
        (true, true, true) | (true, false, _) | (true, true, false) => {
            let likely =
                meant(residents, |value| value >= FEWEST && by_resident(budget, value) && beside(value, officers));
            let what = format!(
                "{} for the residents makes {} for each officer, and a budget of {} for each resident",
                told(residents),
                told(residents / officers),
                money(budget / residents)
            );
            look.odd(&path("population"), what, counted("residents", likely, "1,000,000 residents are 1000000"));
        }
        (false, true, _) => {
            let likely = meant(officers, |value| by_officer(budget, value) && beside(residents, value));
            let what = format!(
                "{} for the officers makes one for {} residents, and a budget of {} for each officer",
                told(officers),
                told(residents / officers),
                money(budget / officers)
            );
            look.odd(&path("officers"), what, counted("officers", likely, "2,000 officers are 2000"));
        }
        (false, false, _) => {
            let likely = meant(budget, |value| by_officer(value, officers) && by_resident(value, residents));
            let what =
                format!("{} is {} a year, {} for each officer", told(budget), money(budget), money(budget / officers));
            look.odd(&path("budget"), what, write_money(likely));
        }
    }
    false
}

fn counted(what: &str, likely: Option<f64>, example: &str) -> String {
    match likely {
        Some(likely) => format!("If {} {what} are meant, write {}", told(likely), typed(likely)),
        None => format!("Write how many there are: {example}"),
    }
}

/// Reserves above a year's budget.
fn reserves(force: &Force, path: &impl Fn(&str) -> String, look: &Look<'_>) {
    let (reserves, budget) = (force.reserves.value, force.budget.value);
    if reserves > budget {
        let likely = meant(reserves, |value| (0.001 * budget..=budget).contains(&value));
        let what = format!(
            "{} of reserves are {}, above the budget of {} a year",
            told(reserves),
            money(reserves),
            money(budget)
        );
        look.odd(&path("reserves"), what, write_money(likely));
    }
}

/// A tax base, written or computed, beside residents and budget.
fn tax_base(force: &Force, path: &impl Fn(&str) -> String, look: &Look<'_>) {
    let (homes, residents, budget) = (force.tax_base.value, force.population.value, force.budget.value);
    let is_usual = |homes: f64| holds(HOMES_FOR_EACH_RESIDENT, homes / residents);
    let precept = homes * force.band_d.value / 1e6;
    if !look.cx.has(&path("tax_base")) {
        // What the budget leaves: next to nothing where all of it is grant.
        if homes / residents > HOMES_FOR_EACH_RESIDENT.1 {
            let what = format!(
                "the budget leaves {} to the precept, which at £{} a year is {} Band D homes for {} residents",
                money(precept),
                told(force.band_d.value),
                told(homes.round()),
                told(residents)
            );
            look.odd(&path("grant_share"), what, "Look at budget, grant_share, band_d and population");
        }
        return;
    }
    let income = precept + budget * force.grant_share.value;
    if !is_usual(homes) {
        let likely = meant(homes, is_usual);
        let what = format!("{} Band D homes for {} residents", told(homes), told(residents));
        look.odd(&path("tax_base"), what, counted("homes", likely, "300,000 Band D homes are 300000"));
    } else if income < 0.6 * budget {
        let what = format!(
            "grant and precept are {} of a budget of {}; the rest counts as other income",
            money(income),
            money(budget)
        );
        look.odd(&path("grant_share"), what, "Look at budget, grant_share, tax_base and band_d");
    }
}
