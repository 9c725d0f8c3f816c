//! How inputs are called: by the scenario's own names and what the model makes of their draws; correlated ones as one.

use super::label;
use crate::alliance::Scenario;
use crate::decisions::{Driver, National, Reading};
use crate::id::ForceId;

/// The name of an input, or of several that are correlated.
pub(super) fn of(driver: &Driver, scenario: &Scenario) -> String {
    match &driver.members[..] {
        [] => single(driver, scenario),
        members => group(members, driver.rho),
    }
}

fn single(driver: &Driver, scenario: &Scenario) -> String {
    let force = |f: ForceId| scenario.forces.get(f.0).map_or("", |force| force.name.as_str());
    match driver.reading {
        Reading::YearsIn(regime) => {
            let name = scenario.funding.regimes.get(regime).map_or("", |regime| regime.name.as_str());
            format!("funding: years of {name}")
        }
        Reading::LargestSurge(f) => format!("{}: largest surge of any year", force(f)),
        Reading::MeanSurge(f) => format!("{}: surges, mean of years", force(f)),
        Reading::Above(series) => match series {
            National::Inflation => "inflation above what is expected".to_owned(),
            National::Pay => "pay awards above what is expected".to_owned(),
            National::TaxBase => "growth of the tax base above what is expected".to_owned(),
            National::Grant => "grant above what is expected of its regimes".to_owned(),
        },
        Reading::GrantAbove(f) => format!("{}: grant above the national one", force(f)),
        Reading::Number if driver.yearly => format!("{} (mean of years)", label(&driver.address)),
        _ => label(&driver.address),
    }
}

/// `saving of 32 areas, correlated 0.7`; `slip and overrun, correlated`.
fn group(members: &[Driver], rho: Option<f64>) -> String {
    let last = |member: &Driver| label(&member.address).rsplit(": ").next().unwrap_or_default().to_owned();
    let mut kinds: Vec<String> = members.iter().map(last).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let areas = members.iter().filter(|member| member.address.contains(".area.")).count();
    let of = if areas == members.len() { format!("{areas} areas") } else { format!("{} inputs", members.len()) };
    let how = rho.map_or_else(|| "correlated".to_owned(), |rho| format!("correlated {rho}").replace('-', "−"));
    match &kinds[..] {
        [kind] => format!("{kind} of {of}, {how}"),
        _ if members.len() <= 2 => {
            let labels: Vec<String> = members.iter().map(|member| label(&member.address)).collect();
            format!("{}, {how}", labels.join(" and "))
        }
        _ => format!("{of} ({}), {how}", crate::report::words::first_few(&kinds, 3)),
    }
}
