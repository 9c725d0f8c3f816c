//! How inputs are called: by the scenario's own names and what the model makes of their draws; correlated ones as one.

use crate::inputs::Inputs;
use crate::register::number;
use analysis::{Driver, Reading, Sort};

/// The name of an input, or of several that are correlated.
pub(super) fn of(driver: &Driver, inputs: &Inputs) -> String {
    let (name, how) = named(driver, inputs);
    name + &how
}

/// The same for those who need not know how several hang together.
pub(super) fn plain(driver: &Driver, inputs: &Inputs) -> String {
    let (name, how) = named(driver, inputs);
    if how.starts_with(TIED) { name + " and what is tied to it" } else { name }
}

/// What goes before those that are tied to the strongest.
const TIED: &str = ", tied to ";

/// A name, and how several hang together.
fn named(driver: &Driver, inputs: &Inputs) -> (String, String) {
    match &driver.members[..] {
        [] => {
            let name = inputs.label(&driver.address, driver.reading);
            // What is drawn every year has its effect as the mean of them, which other readings say by themselves.
            let yearly = driver.yearly && driver.reading == Reading::Number;
            (if yearly { format!("{name} (mean of years)") } else { name }, String::new())
        }
        members => group(members, driver.rho, inputs),
    }
}

/// What an input is where it has a value, as it follows *where*: `the case for HR is refused`, `HR: saving is 12%`.
pub(super) fn at(driver: &Driver, value: f64, inputs: &Inputs) -> String {
    let (address, reading) = (&driver.address, driver.reading);
    match reading.sort() {
        Sort::Event if value > 0.5 => inputs.says(address, reading, Some(value), None),
        Sort::Event => inputs.says(address, reading, None, Some(value)),
        Sort::Count => inputs.says(address, reading, Some(value), Some(value)),
        Sort::Quantity if reading == Reading::Number => {
            format!("{} is {}", inputs.label(address, reading), Inputs::amount(address, value))
        }
        Sort::Quantity => format!("{} is {}", inputs.label(address, reading), number(value)),
    }
}

/// `saving of 32 areas, correlated 0.7`; `Northern hub: realisation of savings, tied to lateness and 3 more`, the strongest first.
fn group(members: &[Driver], rho: Option<f64>, inputs: &Inputs) -> (String, String) {
    let mut kinds: Vec<String> = members.iter().map(|member| Inputs::noun(&member.address)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let areas = members.iter().filter(|member| member.address.contains(".area.")).count();
    let of = if areas == members.len() { format!("{areas} areas") } else { format!("{} inputs", members.len()) };
    let how = rho.map_or_else(|| ", correlated".to_owned(), |rho| format!(", correlated {rho}").replace('-', "−"));
    match &kinds[..] {
        [kind] => (format!("{kind} of {of}"), how),
        _ if members.len() <= 2 => {
            let labels: Vec<String> =
                members.iter().map(|member| inputs.label(&member.address, member.reading)).collect();
            (labels.join(" and "), how)
        }
        _ => {
            let labels: Vec<String> =
                members.iter().map(|member| inputs.label(&member.address, member.reading)).collect();
            let owner = labels.first().and_then(|label| label.split_once(": ")).map(|(owner, _)| format!("{owner}: "));
            let owner = owner.filter(|owner| labels.iter().all(|label| label.starts_with(owner.as_str())));
            let owner = owner.unwrap_or_default();
            let own: Vec<String> = labels.iter().map(|label| label[owner.len()..].to_owned()).collect();
            // The strongest stands by itself: the others may go the other way.
            let (strongest, others) = own.split_first().map_or(("", &own[..]), |(one, others)| (one.as_str(), others));
            (format!("{owner}{strongest}"), format!("{TIED}{}", crate::words::first_few(others, 1)))
        }
    }
}
