//! Names that are all but the same: they differ by blanks, hyphens or capitals only.

use std::collections::HashMap;

use super::Look;
use crate::heads::folded;
use engine::alliance::Scenario;
use engine::uncertainty::quote_key;

/// Looks at every list of names.
pub fn look(scenario: &Scenario, look: &Look<'_>) {
    alike("force", scenario.forces.iter().map(|force| force.name.as_str()), look);
    alike("alliance", scenario.alliances.iter().map(|alliance| alliance.name.as_str()), look);
    for alliance in &scenario.alliances {
        let list = format!("alliance.{}.area", quote_key(&alliance.name));
        alike(&list, alliance.areas.iter().map(|area| area.name.as_str()), look);
        alliance.areas.iter().for_each(|area| total(&list, &area.name, look));
    }
    alike("benefit", scenario.benefits.iter().map(|benefit| benefit.name.as_str()), look);
    alike("target", scenario.targets.iter().map(|target| target.name.as_str()), look);
    alike("funding.regime", scenario.funding.regimes.iter().map(|regime| regime.name.as_str()), look);
}

fn alike<'a>(list: &str, names: impl Iterator<Item = &'a str>, look: &Look<'_>) {
    let mut seen: HashMap<String, &str> = HashMap::new();
    for name in names.filter(|name| !folded(name).is_empty()) {
        match seen.get(&folded(name)) {
            Some(first) if *first != name => {
                let what = format!("\"{name}\" and \"{first}\" differ by blanks, marks or capitals only");
                look.odd(&format!("{list}.{}", quote_key(name)), what, "If they are the same, leave one out");
            }
            Some(_) => {}
            None => {
                seen.insert(folded(name), name);
            }
        }
    }
}

/// A line of sums among the areas.
fn total(list: &str, name: &str, look: &Look<'_>) {
    if ["total", "totals", "grandtotal", "subtotal", "sum", "gesamt", "summe"].contains(&folded(name).as_str()) {
        let what = format!("\"{name}\" counts as a business area like any other");
        look.odd(&format!("{list}.{}", quote_key(name)), what, "If it is the sum of the others, leave it out");
    }
}
