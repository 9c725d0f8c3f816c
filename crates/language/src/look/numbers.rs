//! Numbers that by themselves are out of all proportion: per cent for fractions, months for years, per cent more for factors.

use super::figure::{about, told, typed};
use super::{Level, Look, outside};
use crate::tree::key_path;
use engine::alliance::Scenario;
use engine::uncertainty::{Quantity, quote_key};

/// What a number stands for, and what is easily written instead.
#[derive(Debug, Clone, Copy)]
enum Unit {
    /// A fraction of something; per cent are easily written instead.
    FractionOf(&'static str),
    /// A factor on something; per cent are easily written instead.
    FactorOn(&'static str),
    /// A length of time in years; months or days are easily written instead.
    Years,
}

/// Keys whose numbers are usually between two bounds.
struct Rule {
    keys: &'static [&'static str],
    low: f64,
    high: f64,
    unit: Unit,
}

const fn rule(keys: &'static [&'static str], low: f64, high: f64, unit: Unit) -> Rule {
    Rule { keys, low, high, unit }
}

/// Every key with bounds of its own. Those of shipped scenarios lie well within.
const RULES: [Rule; 21] = [
    rule(
        &["economy.inflation.mean", "economy.pay.mean", "economy.tax_base_growth.mean", "force.*.demand_growth"],
        -0.15,
        0.15,
        Unit::FractionOf("a year"),
    ),
    rule(
        &["economy.inflation.sd", "economy.pay.sd", "economy.tax_base_growth.sd"],
        0.0,
        0.15,
        Unit::FractionOf("a year"),
    ),
    rule(&["economy.limit.percent"], 0.0, 0.15, Unit::FractionOf("of last year's Band D")),
    rule(&["funding.regime.*.growth"], -0.25, 0.25, Unit::FractionOf("a year")),
    rule(&["funding.regime.*.sd", "funding.local_sd"], 0.0, 0.25, Unit::FractionOf("of grant a year")),
    rule(&["force.*.opening_gap"], -0.3, 0.3, Unit::FractionOf("of the budget")),
    rule(&["ledger.max_reserves", "force.*.max_reserves"], 0.0, 1.5, Unit::FractionOf("of spending")),
    rule(&["alliance.*.area.*.saving"], -0.5, 0.5, Unit::FractionOf("of the area's cost")),
    rule(&["alliance.*.area.*.noncashable"], -1.0, 1.0, Unit::FractionOf("of the area's cost")),
    rule(&["alliance.*.realisation"], 0.0, 3.0, Unit::FractionOf("of the saving")),
    rule(&["alliance.*.severance"], 0.0, 5.0, Unit::FractionOf("of a year's saving")),
    rule(&["alliance.*.stall_cut"], 0.0, 0.3, Unit::FractionOf("of spending")),
    rule(&["alliance.*.finance_rate"], 0.0, 0.2, Unit::FractionOf("a year")),
    rule(
        &["alliance.*.review.base"],
        0.0,
        0.3,
        Unit::FractionOf("of the reviews of a programme that saves what was planned"),
    ),
    rule(&["alliance.*.exit.base"], 0.0, 0.5, Unit::FractionOf("a year for each member")),
    rule(&["alliance.*.overrun", "alliance.*.ict_overrun"], 0.5, 5.0, Unit::FactorOn("the cost")),
    rule(&["alliance.*.slip", "alliance.*.ict_slip", "alliance.*.area.*.slip"], 0.5, 5.0, Unit::FactorOn("the time")),
    rule(&["alliance.*.board_cycle"], 0.0, 1.0, Unit::Years),
    rule(&["alliance.*.consultation", "alliance.*.area.*.consultation"], 0.0, 2.0, Unit::Years),
    rule(&["alliance.*.area.*.implement", "alliance.*.area.*.ramp", "alliance.*.exit.notice"], 0.0, 5.0, Unit::Years),
    rule(&["alliance.*.unwind", "alliance.*.merger.equalise_years"], 0.0, 15.0, Unit::Years),
];

/// Looks at every number that the scenario states.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    for note in look.cx.inputs() {
        let Some(number) = note.number.as_ref().filter(|_| !note.is_default) else { continue };
        let names = names_of(&note.path);
        if let Some(rule) = RULES.iter().find(|rule| rule.keys.iter().any(|key| fits(key, &names))) {
            judge(look, &note.path, number, rule);
        }
    }
    plain_numbers(scenario, look);
    pounds(scenario, look);
}

/// Numbers that are never uncertain: discount rates, known limits.
fn plain_numbers(scenario: &Scenario, look: &Look<'_>) {
    let rate = rule(&[], -0.1, 0.1, Unit::FractionOf("a year"));
    for (key, value) in [("discount", scenario.appraisal.discount), ("discount_late", scenario.appraisal.discount_late)]
    {
        let path = format!("appraisal.{key}");
        judge(look, &path, &Quantity::fixed(path.clone(), value), &rate);
    }
    let limit = rule(&[], 0.0, 0.15, Unit::FractionOf("of last year's Band D"));
    for (year, known) in &scenario.economy.limit.known {
        let path = format!("economy.limit.known.{}.percent", quote_key(&year.to_string()));
        judge(look, &path, &Quantity::fixed(path.clone(), known.percent), &limit);
    }
}

/// Limits in pounds at Band D, beside the dearest force's Band D.
fn pounds(scenario: &Scenario, look: &Look<'_>) {
    let band_d = scenario.forces.iter().map(|force| force.band_d.value).fold(0.0, f64::max);
    if band_d <= 0.0 {
        return;
    }
    let judge = |path: &str, quantity: &Quantity| {
        if let Some(level) = outside(quantity, 0.0, 0.5 * band_d) {
            let what = format!(
                "{} is £{} a year at Band D, more than half of a whole precept",
                level.told(),
                told(level.value)
            );
            look.odd(path, what, "It is the rise that is allowed, in £ a year: £5 is 5");
        } else if let Some(level) =
            super::levels(quantity).into_iter().find(|level| level.value > 0.0 && level.value < 0.5)
        {
            let what = format!("{} is {}p a year at Band D", level.told(), told(100.0 * level.value));
            look.odd(
                path,
                what,
                format!("If {} % is meant, write percent = {}", told(100.0 * level.value), typed(level.value)),
            );
        }
    };
    judge("economy.limit.pounds", &scenario.economy.limit.pounds);
    for (year, known) in &scenario.economy.limit.known {
        let path = format!("economy.limit.known.{}.pounds", quote_key(&year.to_string()));
        judge(&path, &Quantity::fixed(path.clone(), known.pounds));
    }
}

fn judge(look: &Look<'_>, path: &str, number: &Quantity, rule: &Rule) {
    let Some(level) = outside(number, rule.low, rule.high) else { return };
    let (what, remedy) = match rule.unit {
        Unit::FractionOf(whole) => fraction(level, whole),
        Unit::FactorOn(planned) => factor(level, planned),
        Unit::Years => years(level),
    };
    look.odd(path, what, remedy);
}

fn fraction(level: Level, whole: &str) -> (String, String) {
    let value = level.value;
    let what = format!("{} is {} % {whole}", level.told(), told(100.0 * value));
    let remedy = if value.abs() >= 1.0 {
        format!("It is a fraction: if {} % is meant, write {}", told(value), typed(value / 100.0))
    } else {
        "It is a fraction: 0.02 is 2 %".to_owned()
    };
    (what, remedy)
}

fn factor(level: Level, planned: &str) -> (String, String) {
    let value = level.value;
    let what = format!("{} makes {planned} {} times as much", level.told(), told(value));
    let remedy = match value {
        // Not the number itself: the rest of the distribution may be as it was meant.
        value if !level.what.is_empty() && value < 10.0 => "1 is as planned, 1.2 is 20 % more".to_owned(),
        value if value > 100.0 => format!("If {} % of the plan is meant, write {}", told(value), typed(value / 100.0)),
        value if value >= 1.0 => format!("If {} % more is meant, write {}", told(value), typed(1.0 + value / 100.0)),
        value if value > 0.0 => {
            format!("1 is as planned: if {} % more is meant, write {}", told(100.0 * value), typed(1.0 + value))
        }
        _ => "1 is as planned".to_owned(),
    };
    (what, remedy)
}

/// What a length of time says, and what was probably meant.
pub fn years(level: Level) -> (String, String) {
    let value = level.value;
    let what = format!("{} is {} years", level.told(), told(value));
    let remedy = match value {
        value if (1900.0..2300.0).contains(&value) => {
            "It is a number of years and not a date: half a year is 0.5".to_owned()
        }
        value if value <= 60.0 => {
            format!("It is in years: if {} months are meant, write {}", told(value), about(value / 12.0))
        }
        value => format!("It is in years: if {} days are meant, write {}", told(value), about(value / 365.0)),
    };
    (what, remedy)
}

/// The names of an address, without a position in a list at its end.
fn names_of(path: &str) -> Vec<String> {
    let end = if path.ends_with(']') { path.rfind('[').unwrap_or(path.len()) } else { path.len() };
    key_path(path.get(..end).unwrap_or(path)).unwrap_or_default()
}

/// Whether an address is one that a pattern names; * stands for any name.
fn fits(pattern: &str, names: &[String]) -> bool {
    pattern.split('.').count() == names.len()
        && pattern.split('.').zip(names).all(|(wanted, name)| wanted == "*" || wanted == name)
}
