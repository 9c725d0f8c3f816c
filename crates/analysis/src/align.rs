//! Options made comparable: one stated horizon for all, prices of one named year, the baseline's promises asked of all, and what was
//! done for that.

use std::collections::BTreeMap;
use std::fmt;

use engine::alliance::{Scenario, Target};
use engine::model::Basis;
use engine::uncertainty::Quantity;
use engine::units::FinancialYear;

/// Over which years options are compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Horizon {
    /// The earliest first year of any option: present values and prices are those of this year.
    pub first: FinancialYear,
    /// Financial years counted: from `first` where options are aligned by calendar, else from each one's own start.
    pub years: usize,
    /// Whether options are aligned by calendar: all are about the same forces.
    pub calendar: bool,
    /// Whether all options start in `first`.
    pub together: bool,
    /// Whether all options are about the same forces.
    pub same_forces: bool,
    /// What was asked for; none: the longest.
    pub asked: Option<usize>,
}

impl Horizon {
    /// The last year that counts, where all options end in the same.
    #[must_use]
    pub fn last(&self) -> Option<FinancialYear> {
        (self.calendar || self.together).then(|| self.first.plus(self.years as i32 - 1))
    }
}

/// Another horizon, which some of the scenarios have themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHorizon {
    /// Its years, counted as those of [`Horizon::years`].
    pub years: usize,
    /// The options that have it.
    pub options: Vec<usize>,
    /// The years of each option within it.
    pub each: Vec<usize>,
}

/// What options were made to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// Over which years.
    pub horizon: Horizon,
    /// Horizons of the scenarios themselves that are others, the shortest first.
    pub others: Vec<OwnHorizon>,
    /// The scenarios over the longest of these, where that is longer than the horizon; else none.
    pub further: Vec<Scenario>,
    /// The basis of each option's money.
    pub bases: Vec<Basis>,
    /// What was done, and what that leaves out.
    pub notes: Vec<String>,
}

/// Why options cannot be compared over one horizon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unaligned {
    /// A scenario would have to run for more years than one can.
    TooLong {
        /// Its name.
        name: String,
        /// Years that it has.
        own: usize,
        /// Years that it would need.
        needed: usize,
        /// The longest horizon that can be asked for.
        longest: usize,
    },
    /// A scenario starts after the horizon has ended.
    StartsLater {
        /// Its name.
        name: String,
        /// Its first year.
        first: FinancialYear,
        /// The last year of the horizon.
        last: FinancialYear,
        /// The shortest horizon that can be asked for.
        shortest: usize,
    },
    /// No horizon has no year.
    NoYears,
}

impl fmt::Display for Unaligned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { name, own, needed, longest } => {
                write!(
                    f,
                    "{name} has {own} years and would have to be extended to {needed}; a scenario has {MOST_YEARS} at most."
                )?;
                if *longest > 0 {
                    write!(f, " Compare over fewer years: {longest} at most.")
                } else {
                    write!(f, " Bring the first years of the scenarios closer together.")
                }
            }
            Self::StartsLater { name, first, last, shortest } => write!(
                f,
                "{name} starts in {first}, after the horizon ends in {last}: nothing of it would be counted. Compare over more years: \
                 {shortest} at least."
            ),
            Self::NoYears => write!(f, "0 years leave nothing to compare. Write 1 to {MOST_YEARS}."),
        }
    }
}

impl std::error::Error for Unaligned {}

/// The years of a scenario at most, as the scenario language allows.
const MOST_YEARS: usize = 60;

/// Puts every scenario on one horizon: that of `asked` years, else the longest of their own. Each is extended by its own rules; what
/// lies beyond is cut. Scenarios of the same forces are aligned by calendar, others are counted from their own starts; all in prices
/// of the earliest first year. Promises of the first, the baseline, are asked of every other of the same forces.
///
/// # Errors
/// Where a scenario cannot be extended so far, or starts after the horizon.
pub fn align(scenarios: &mut [Scenario], asked: Option<usize>) -> Result<Alignment, Unaligned> {
    let first = scenarios.iter().map(|own| own.first_year).min().unwrap_or(FinancialYear(0));
    let together = scenarios.iter().all(|own| own.first_year == first);
    let same_forces = scenarios.iter().all(|own| forces(own) == forces(&scenarios[0]));
    let calendar = same_forces;
    let starts: Vec<usize> =
        scenarios.iter().map(|own| usize::try_from(own.first_year.0 - first.0).unwrap_or_default()).collect();
    let shifts: Vec<usize> = starts.iter().map(|start| if calendar { *start } else { 0 }).collect();
    let ends: Vec<usize> = scenarios.iter().zip(&shifts).map(|(own, shift)| own.years + shift).collect();
    let years = asked.or_else(|| ends.iter().copied().max()).unwrap_or_default();
    let horizon = Horizon { first, years, calendar, together, same_forces, asked };
    check(scenarios, &horizon, &shifts)?;
    let mut notes = notes(scenarios, &horizon, &starts);
    let others = others(&ends, &shifts, years);
    let longest = others.last().map_or(years, |other| other.years.max(years));
    let mut further = Vec::new();
    if longest > years {
        further = scenarios.to_vec();
        further.iter_mut().zip(&shifts).for_each(|(own, shift)| stretch(own, longest - shift));
    }
    let bases = bases(scenarios, &starts, calendar);
    scenarios.iter_mut().zip(&shifts).for_each(|(own, shift)| stretch(own, years - shift));
    if same_forces {
        let asked_too = ask(scenarios);
        if !asked_too.is_empty() {
            notes.push(format!("What the baseline promises is asked of {} too.", quoted(&asked_too)));
        }
    }
    Ok(Alignment { horizon, others, further, bases, notes })
}

/// The names of a scenario's forces, whatever their order.
fn forces(scenario: &Scenario) -> Vec<&str> {
    let mut names: Vec<&str> = scenario.forces.iter().map(|force| force.name.as_str()).collect();
    names.sort_unstable();
    names
}

fn check(scenarios: &[Scenario], horizon: &Horizon, shifts: &[usize]) -> Result<(), Unaligned> {
    let years = horizon.years;
    if years == 0 {
        return Err(Unaligned::NoYears);
    }
    let latest = shifts.iter().copied().max().unwrap_or_default();
    let longest = if latest < MOST_YEARS { MOST_YEARS } else { 0 };
    for (own, shift) in scenarios.iter().zip(shifts) {
        let name = own.name.clone();
        if *shift >= years {
            let last = horizon.first.plus(years as i32 - 1);
            return Err(Unaligned::StartsLater { name, first: own.first_year, last, shortest: latest + 1 });
        }
        let needed = years - shift;
        if needed > MOST_YEARS {
            return Err(Unaligned::TooLong { name, own: own.years, needed, longest });
        }
    }
    Ok(())
}

/// The horizons of the scenarios that are not `years`, the shortest first; only those in which every option has a year.
fn others(ends: &[usize], shifts: &[usize], years: usize) -> Vec<OwnHorizon> {
    let latest = shifts.iter().copied().max().unwrap_or_default();
    let mut found: Vec<usize> = ends.iter().copied().filter(|end| *end != years && *end > latest).collect();
    found.sort_unstable();
    found.dedup();
    let of = |end: usize| OwnHorizon {
        years: end,
        options: (0..ends.len()).filter(|o| ends[*o] == end).collect(),
        each: shifts.iter().map(|shift| end - shift).collect(),
    };
    found.into_iter().filter(|end| *end - shifts.iter().min().unwrap_or(&0) <= MOST_YEARS).map(of).collect()
}

/// What £1 of the earliest year costs in the first year of each, by the planned path of prices of the option that starts first.
fn bases(scenarios: &[Scenario], starts: &[usize], calendar: bool) -> Vec<Basis> {
    let earliest = scenarios.iter().zip(starts).find(|(_, start)| **start == 0).map(|(own, _)| own);
    let rise = |year: usize| {
        let mean = earliest.map(|own| &own.economy.inflation.mean[..]).unwrap_or_default();
        mean.get(year).or(mean.last()).map_or(0.0, Quantity::plan_value)
    };
    let level = |start: usize| (1..=start).map(|year| 1.0 + rise(year)).product();
    let basis = |start: &usize| Basis { price_level: level(*start), starts: if calendar { *start } else { 0 } };
    starts.iter().map(basis).collect()
}

/// What is said of starts and lengths, starts first.
fn notes(scenarios: &[Scenario], horizon: &Horizon, starts: &[usize]) -> Vec<String> {
    let mut notes = Vec::new();
    let first = horizon.first;
    if !horizon.together {
        let each: Vec<String> =
            scenarios.iter().map(|own| format!("\"{}\" in {}", own.title, own.first_year)).collect();
        let how = if horizon.calendar {
            format!(
                "All are counted by calendar, in prices and present values of {first}; an option counts nothing before its own first year"
            )
        } else {
            format!(
                "They are about different forces: each is counted from its own start, in prices of {first} and present values of its own \
                 first year"
            )
        };
        notes.push(format!("The options start in different years: {}. {how}.", list(&each)));
        let later = bases(scenarios, starts, horizon.calendar);
        let mut told: Vec<(FinancialYear, f64)> =
            scenarios.iter().zip(&later).map(|(own, basis)| (own.first_year, basis.price_level)).collect();
        told.sort_by_key(|(year, _)| *year);
        told.dedup_by_key(|(year, _)| *year);
        let worth: Vec<String> = told
            .iter()
            .filter(|(year, level)| *year > first && (level - 1.0).abs() > 1e-12)
            .map(|(year, level)| format!("£1 of {year} counts as £{:.2}", 1.0 / level))
            .collect();
        if let Some(own) = scenarios.iter().find(|own| own.first_year == first).filter(|_| !worth.is_empty()) {
            notes.push(format!("By the price path that \"{}\" plans with, {}.", own.title, list(&worth)));
        }
    } else if !horizon.same_forces {
        notes.push("The options are about different forces.".to_owned());
    }
    notes.extend(lengths(scenarios, horizon, starts));
    notes
}

/// Which scenarios are extended and which are cut, those of one length together.
fn lengths(scenarios: &[Scenario], horizon: &Horizon, starts: &[usize]) -> Vec<String> {
    let mut found: BTreeMap<(usize, usize), Vec<String>> = BTreeMap::new();
    for (own, start) in scenarios.iter().zip(starts) {
        let years = horizon.years - if horizon.calendar { *start } else { 0 };
        if own.years != years {
            found.entry((own.years, years)).or_default().push(own.title.clone());
        }
    }
    let says = |((own, years), titles): ((usize, usize), Vec<String>)| {
        let (are, their) = if titles.len() > 1 { ("are", "their") } else { ("is", "its") };
        let titles = quoted(&titles);
        if own > years {
            return format!("Of the {own} years of {titles} the first {years} are counted.");
        }
        format!(
            "{titles} {are} extended from {own} to {years} years by {their} own rules: the last value of each yearly path holds on, what is \
             drawn each year is drawn on, and no dates such as elections are added."
        )
    };
    found.into_iter().map(says).collect()
}

fn quoted(titles: &[String]) -> String {
    list(&titles.iter().map(|title| format!("\"{title}\"")).collect::<Vec<_>>())
}

fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// Asks every promise of the first that is about the whole of it of the others; returns the titles of those that had not made it.
fn ask(scenarios: &mut [Scenario]) -> Vec<String> {
    let mut asked = Vec::new();
    let Some((base, others)) = scenarios.split_first_mut() else { return asked };
    for scenario in others {
        // What belongs to a force or an alliance may not be there.
        let common = base.targets.iter().filter(|target| !target.measure.contains('.'));
        let within = |target: &&Target| (scenario.first_year..=last_year(scenario)).contains(&target.year);
        let made = |name: &str, own: &[Target]| own.iter().any(|target| target.name == name);
        let new: Vec<Target> =
            common.filter(within).filter(|target| !made(&target.name, &scenario.targets)).cloned().collect();
        if !new.is_empty() {
            asked.push(scenario.title.clone());
            scenario.targets.extend(new);
        }
    }
    asked
}

fn last_year(scenario: &Scenario) -> FinancialYear {
    scenario.first_year.plus(scenario.years as i32 - 1)
}

/// Extends a scenario to so many years, or cuts it.
fn stretch(scenario: &mut Scenario, years: usize) {
    if scenario.years == years {
        return;
    }
    scenario.years = years;
    let (first, last) = (scenario.first_year, last_year(scenario));
    scenario.targets.retain(|target| target.year <= last);
    scenario.report_dates.retain(|date| date.time_from(first) < years as f64);
    // What happened is no part of a comparison.
    scenario.actuals.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_horizon_of_the_scenarios_in_which_some_option_has_no_year_is_left_out() {
        // Starts 0 and 5, ends 4 and 9 by calendar: over the 4 years of the first the other has not begun.
        assert_eq!(others(&[4, 9], &[0, 5], 9), []);
        // Ends 8 and 9: over 8 years the second has three.
        let found = others(&[8, 9], &[0, 5], 9);
        assert_eq!(found, [OwnHorizon { years: 8, options: vec![0], each: vec![8, 3] }]);
    }
}
