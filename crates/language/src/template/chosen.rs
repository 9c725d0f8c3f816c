//! Which figure of a force goes into a scenario that starts in a year: that year's, another's said to be so, or what stands in for none.

use crate::known::{KnownFact, KnownForce};
use engine::units::FinancialYear;

/// Money of another year is taken from at most so many years away.
const NEAR: i32 = 3;

/// People change slowly: their number is taken from any year.
const ANY: i32 = 100;

/// Share of the budget that stands in for reserves.
const RESERVES: f64 = 0.06;

/// So many forces must be known before the one in their middle stands in.
const MANY: usize = 10;

/// How every source of a figure begins that nobody published and nobody judged.
pub const STAND_IN: &str = "judgement: stand-in";
/// What the source of a number of real forces' starting file is that nobody has found or judged.
pub const INVENTED: &str = "judgement: invented for this starting file of real forces";

/// A figure for a scenario.
#[derive(Debug, Clone, PartialEq)]
pub enum Chosen {
    /// Known of the year.
    Known(KnownFact),
    /// Known of another year.
    Carried(KnownFact),
    /// A figure in place of one that was not found, and why this one.
    StandsIn(f64, String),
    /// Nothing.
    Missing,
}

impl Chosen {
    fn of(fact: &KnownFact, year: FinancialYear) -> Self {
        if fact.year == year { Self::Known(fact.clone()) } else { Self::Carried(fact.clone()) }
    }

    /// The figure, if there is one.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Known(fact) | Self::Carried(fact) => Some(fact.value),
            Self::StandsIn(value, _) => Some(*value),
            Self::Missing => None,
        }
    }
}

/// The figures of a force, each under its key, in the order in which they are written; none where a scenario does without.
pub fn chosen(force: &KnownForce, all: &[KnownForce], year: FinancialYear) -> Vec<(&'static str, Chosen)> {
    let [budget, grant_share] = funding(force, year);
    let reserves = match (force.nearest("reserves", year, NEAR), budget.value()) {
        (Some(fact), _) => Chosen::of(fact, year),
        (None, Some(budget)) => {
            let why = "6 % of the budget, as judged for the five South West forces of 2026/27 (5 to 7.5 %)";
            Chosen::StandsIn(rounded(RESERVES * budget, 10.0), why.to_owned())
        }
        (None, None) => Chosen::Missing,
    };
    let of_year = [&budget, &grant_share].iter().all(|found| matches!(found, Chosen::Known(_)));
    let tax_base = force.fact("tax_base", year).filter(|_| of_year);
    let people = |key| force.nearest(key, year, ANY).map_or(Chosen::Missing, |fact| Chosen::of(fact, year));
    let mut found = vec![("budget", budget), ("grant_share", grant_share), ("band_d", band_d(force, all, year))];
    found.extend(tax_base.map(|fact| ("tax_base", Chosen::of(fact, year))));
    found.extend([("reserves", reserves), ("population", people("population")), ("officers", people("officers"))]);
    found
}

/// Budget and share of grant; where neither is known near the year, what core grant and precept of one year make.
fn funding(force: &KnownForce, year: FinancialYear) -> [Chosen; 2] {
    let near = |key| force.nearest(key, year, NEAR);
    let of = |key| near(key).map_or(Chosen::Missing, |fact| Chosen::of(fact, year));
    let grant = near("core_grant").and_then(|grant| Some((grant, force.fact("precept", grant.year)?)));
    let (None, None, Some((grant, precept))) = (near("budget"), near("grant_share"), grant) else {
        return [of("budget"), of("grant_share")];
    };
    let left_out = if grant.note.is_empty() { String::new() } else { format!(" {}", grant.note) };
    let why = format!("core grant of £{}m{left_out} and precept of £{}m, {}", grant.value, precept.value, grant.year);
    let total = grant.value + precept.value;
    [
        Chosen::StandsIn(rounded(total, 10.0), format!("{why}, added up")),
        Chosen::StandsIn(rounded(grant.value / total, 1e4), why),
    ]
}

fn band_d(force: &KnownForce, all: &[KnownForce], year: FinancialYear) -> Chosen {
    if let Some(fact) = force.nearest("band_d", year, NEAR) {
        return Chosen::of(fact, year);
    }
    let mut known: Vec<f64> = all.iter().filter_map(|force| Some(force.fact("band_d", year)?.value)).collect();
    known.sort_by(f64::total_cmp);
    match known.get(known.len() / 2) {
        Some(middle) if known.len() >= MANY => {
            let why = format!("the middle of the {} forces of which Band D of {year} is known or judged", known.len());
            Chosen::StandsIn(*middle, why)
        }
        _ => Chosen::Missing,
    }
}

fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}
