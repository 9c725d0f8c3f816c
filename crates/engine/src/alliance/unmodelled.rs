//! What a scenario leaves at a value that cannot go wrong. Such a thing is *not modelled*, which is not the same as no risk.

mod finance;
mod table;

use super::{Alliance, Area, Exit, Force, Merger, Scenario};
use crate::uncertainty::{Quantity, Value, quote_key};
use table::Of;

/// How much is told wrongly where something is not modelled: the order in which it is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Harm {
    /// The saving, or the whole collaboration, may not come or not last.
    High,
    /// It comes later, costs more, or is less certain than is told.
    Medium,
    /// Smaller sums, and what surrounds the collaboration.
    Low,
}

impl Harm {
    /// `high`, `medium` or `low`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// Something that can go wrong, or would help, and that a scenario does not model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotModelled {
    /// Its key in an alliance, a business area, a force or the scenario, such as `exit.base`.
    pub key: &'static str,
    /// What is not modelled, as the beginning of a sentence: `Partners leaving`.
    pub what: &'static str,
    /// Why: `no alliance states exit`.
    pub because: String,
    /// The alliances, areas or forces that do not, where others do: `Merger`.
    pub only_in: Option<String>,
    /// How harmful that is.
    pub harm: Harm,
    /// Whether it would help: left out, figures are worse than they would be with it.
    pub helps: bool,
    /// One change that models it, as `--set` takes it; a correlation is a table to be added to the file.
    pub example: String,
}

impl NotModelled {
    /// The sentence: "Partners leaving is not modelled: no alliance states `exit`."
    #[must_use]
    pub fn says(&self) -> String {
        format!("{} is not modelled: {}.", self.what, self.because)
    }
}

/// Whether one alliance, area or force models something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stand {
    /// It can go wrong.
    Modelled,
    /// There is nothing that could.
    Irrelevant,
    /// Left out.
    Default,
    /// Stated, at a value that cannot go wrong.
    Set,
}

/// What a scenario does not model: what can go wrong, most harmful first, then what would help.
#[must_use]
pub fn not_modelled(scenario: &Scenario) -> Vec<NotModelled> {
    let mut found: Vec<NotModelled> = table::ROWS
        .iter()
        .chain(finance::ROWS)
        .filter_map(|row| {
            let Missing { because, only_in, example } = row.of.missing(scenario, row.short(), row.key, row.example)?;
            Some(NotModelled {
                key: row.key,
                what: row.what,
                because,
                only_in,
                harm: row.harm,
                helps: row.helps,
                example,
            })
        })
        .collect();
    found.sort_by_key(|own| (own.helps, own.harm));
    found
}

/// That something is not modelled.
struct Missing {
    because: String,
    only_in: Option<String>,
    example: String,
}

impl Of {
    /// Why it is not modelled, and a change that models it; none where it is, or where there is nothing to model.
    fn missing(&self, scenario: &Scenario, short: &str, key: &str, value: &str) -> Option<Missing> {
        let alliances = &scenario.alliances;
        let alliance_key = |k: usize| format!("alliance.{}", quote_key(&alliances[k].name));
        match self {
            Self::Whole(stand, because) => {
                let example = if key.starts_with('[') { value.to_owned() } else { format!("{key}={value}") };
                stand(scenario).then(|| Missing { because: (*because).to_owned(), only_in: None, example })
            }
            Self::Alliance(stand) => {
                let stands: Vec<Stand> = alliances.iter().map(|own| stand(scenario, own)).collect();
                let names = |k: usize| alliances[k].name.clone();
                let (because, only_in, first) = told(&stands, "alliance", short, names)?;
                Some(Missing { because, only_in, example: format!("{}.{key}={value}", alliance_key(first)) })
            }
            Self::Area(stand) => {
                let stands: Vec<Stand> =
                    alliances.iter().map(|own| all(own.areas.iter().map(|area| stand(own, area)))).collect();
                let names = |k: usize| format!("the areas of {}", alliances[k].name);
                let (because, only_in, first) = told(&stands, "business area", short, names)?;
                let area = alliances[first].areas.first().map_or_else(String::new, |area| quote_key(&area.name));
                Some(Missing {
                    because,
                    only_in,
                    example: format!("{}.area.{area}.{key}={value}", alliance_key(first)),
                })
            }
            Self::Force(stand) => {
                let stands: Vec<Stand> = scenario.forces.iter().map(|own| stand(scenario, own)).collect();
                let names = |f: usize| scenario.forces[f].name.clone();
                let (because, only_in, first) = told(&stands, "force", short, names)?;
                Some(Missing {
                    because,
                    only_in,
                    example: format!("force.{}.{key}={value}", quote_key(&scenario.forces[first].name)),
                })
            }
        }
    }
}

/// How several stand together: modelled where any is.
fn all(stands: impl Iterator<Item = Stand>) -> Stand {
    let stands: Vec<Stand> = stands.collect();
    let any = |wanted: Stand| stands.contains(&wanted);
    match () {
        () if any(Stand::Modelled) => Stand::Modelled,
        () if any(Stand::Set) => Stand::Set,
        () if any(Stand::Default) => Stand::Default,
        () => Stand::Irrelevant,
    }
}

/// Why it is left out or cannot go wrong, where others are modelled where that is, and the first such place; none where nowhere.
fn told(
    stands: &[Stand],
    noun: &str,
    short: &str,
    name: impl Fn(usize) -> String,
) -> Option<(String, Option<String>, usize)> {
    let missing: Vec<usize> = (0..stands.len()).filter(|i| matches!(stands[*i], Stand::Default | Stand::Set)).collect();
    let first = *missing.first()?;
    let everywhere = !stands.contains(&Stand::Modelled);
    let set = missing.iter().any(|i| stands[*i] == Stand::Set);
    let names: Vec<String> = missing.iter().map(|i| name(*i)).collect();
    let each = match &names[..] {
        [one] => one.clone(),
        [some @ .., last] if names.len() <= 3 => format!("{} and {last}", some.join(", ")),
        [one, two, ..] => format!("{one}, {two} and {} more", names.len() - 2),
        [] => return None,
    };
    let because = match (set, everywhere) {
        (true, true) => format!("`{short}` leaves no room for it in any {noun}"),
        (true, false) => format!("`{short}` leaves no room for it in {each}"),
        (false, true) => format!("no {noun} states `{short}`"),
        (false, false) => {
            format!(
                "{each} {} no `{short}`",
                if names.len() == 1 && noun != "business area" { "states" } else { "state" }
            )
        }
    };
    Some((because, (!everywhere).then_some(each), first))
}

/// Whether a number is known to be no less than this.
fn at_least(quantity: &Quantity, value: f64) -> Stand {
    fixed(quantity, |own| own >= value)
}

/// Whether a number is known to be no more than this.
fn at_most(quantity: &Quantity, value: f64) -> Stand {
    fixed(quantity, |own| own <= value)
}

fn fixed(quantity: &Quantity, harmless: impl Fn(f64) -> bool) -> Stand {
    match quantity.value {
        Value::Fixed(value) if harmless(value) => {
            let left_out = !quantity.is_stated();
            if left_out { Stand::Default } else { Stand::Set }
        }
        _ => Stand::Modelled,
    }
}

/// Whether a number is known.
fn is_known(quantity: &Quantity) -> bool {
    matches!(quantity.value, Value::Fixed(_))
}

impl Exit {
    /// Whether members can leave.
    #[must_use]
    pub fn is_modelled(&self) -> bool {
        !self.base.is_none()
    }
}

impl Merger {
    /// Whether a commissioner or the minister can refuse it.
    #[must_use]
    pub fn can_be_refused(&self) -> bool {
        let sure = |chance: &Quantity| matches!(chance.value, Value::Fixed(value) if value >= 1.0);
        !(self.mandated || self.consent.iter().all(sure) && sure(&self.ministerial_approval))
    }
}

impl Alliance {
    /// Whether the common ICT platform may be stopped by itself.
    #[must_use]
    pub fn can_stop_ict(&self) -> bool {
        !self.ict_cancelled.is_none()
    }

    /// Whether there is a common ICT platform: an area waits for it, or capital is spent on it.
    #[must_use]
    pub fn has_platform(&self) -> bool {
        self.needs_ict() || !self.ict_capital.is_none()
    }

    /// Whether running that platform costs something.
    #[must_use]
    pub fn platform_runs(&self) -> bool {
        self.has_platform() && self.running.value != Value::Fixed(0.0)
    }

    /// Whether changing areas costs money, or people are paid to leave.
    #[must_use]
    pub fn has_costs_of_change(&self) -> bool {
        self.has_one_off_costs() || !self.severance.is_none()
    }

    /// Whether members would have borne some of the costs of change alone.
    #[must_use]
    pub fn shares_costs_of_change(&self) -> bool {
        at_least(&self.attributable_cost, 1.0) == Stand::Modelled
    }

    /// Whether running what is shared, or one of its areas, costs something.
    #[must_use]
    pub fn has_running_costs(&self) -> bool {
        !self.running.is_none() || self.areas.iter().any(|area| !area.running.is_none())
    }

    /// Whether some business area waits for the common ICT platform.
    fn needs_ict(&self) -> bool {
        self.areas.iter().any(|area| area.needs_ict)
    }

    /// Whether implementing some area costs money.
    fn has_one_off_costs(&self) -> bool {
        self.areas.iter().any(|area| !area.oneoff.is_none())
    }
}

impl Scenario {
    /// Whether some force can meet a large incident.
    #[must_use]
    pub fn has_incidents(&self) -> bool {
        self.forces.iter().any(Force::meets_incidents)
    }
}

impl Force {
    fn meets_incidents(&self) -> bool {
        self.surge.as_ref().is_some_and(|surge| !surge.rate.is_none())
    }
}

impl Area {
    fn is_sure(&self) -> bool {
        at_least(&self.approve, 1.0) != Stand::Modelled
    }
}
