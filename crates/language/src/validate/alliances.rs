//! Rules of alliances: weights, mergers, the order of areas, keys of draws.

use std::collections::HashMap;

use super::{ROUNDING, Report, address};
use engine::alliance::{Alliance, Kind, Scenario, ShareRule};
use engine::uncertainty::quote_key;

/// Written shares of savings and of votes sum to 1.
pub fn check_weights(scenario: &Scenario, report: &Report<'_>) {
    for alliance in &scenario.alliances {
        let later = alliance.share_from.iter().map(|(year, rule)| (format!("share_from.\"{year}\""), explicit(rule)));
        let first = [("share", explicit(&alliance.share)), ("voice", alliance.voice.as_ref())];
        for (key, weights) in first.into_iter().map(|(key, weights)| (key.to_owned(), weights)).chain(later) {
            let Some(weights) = weights else { continue };
            let sum: f64 = weights.iter().sum();
            if (sum - 1.0).abs() > ROUNDING {
                let path = format!("{}.{key}", address("alliance", &alliance.name));
                report.at(&path, format!("the weights sum to {sum:.6}"), "Make them sum to 1");
            }
        }
    }
}

/// The weights of a rule that writes them.
fn explicit(rule: &ShareRule) -> Option<&Vec<f64>> {
    match rule {
        ShareRule::Explicit(weights) => Some(weights),
        _ => None,
    }
}

/// `merger` is written exactly where `kind` is merger.
pub fn check_kind_and_merger(scenario: &Scenario, report: &Report<'_>) {
    for alliance in &scenario.alliances {
        let path = address("alliance", &alliance.name);
        match (alliance.kind, &alliance.merger) {
            (Kind::Merger, None) => {
                let what = "the kind is merger, but the table `merger` is missing or cannot be read";
                report.missing(&path, what, "Write merger = { vesting = \"2020-04\", … }, or another kind");
            }
            (Kind::Alliance | Kind::LeadForce, Some(_)) => {
                report.at(
                    &format!("{path}.merger"),
                    "only a merger has the table `merger`",
                    "Write kind = \"merger\", or leave the table out",
                );
            }
            _ => {}
        }
    }
}

/// A force can merge once.
pub fn check_one_merger_a_force(scenario: &Scenario, report: &Report<'_>) {
    let mut mergers: HashMap<usize, &str> = HashMap::new();
    for alliance in scenario.alliances.iter().filter(|alliance| alliance.kind == Kind::Merger) {
        for member in &alliance.members {
            if let (Some(first), Some(force)) =
                (mergers.insert(member.0, &alliance.name), scenario.forces.get(member.0))
            {
                let path = format!("{}.members", address("alliance", &alliance.name));
                let what = format!("{} is a member of the merger \"{first}\" too", force.name);
                report.at(&path, what, "A force can merge once: leave it out of one of them");
            }
        }
    }
}

/// No area comes, round a circle, after itself.
pub fn check_after(scenario: &Scenario, report: &Report<'_>) {
    for alliance in &scenario.alliances {
        if let Some(circle) = circle(alliance) {
            let names: Vec<&str> =
                circle.iter().filter_map(|area| alliance.areas.get(*area)).map(|area| area.name.as_str()).collect();
            let first = names.first().copied().unwrap_or_default();
            let path = format!("{}.area.{}.after", address("alliance", &alliance.name), quote_key(first));
            let what = match names.as_slice() {
                [one] => format!("{one} is to come after itself"),
                several => {
                    format!("the areas wait for one another in a circle: {} after {first}", several.join(" after "))
                }
            };
            report.at(&path, what, "Take one `after` out");
        }
    }
}

/// The first circle of areas that wait for one another: areas whose predecessors are all placed are placed, until none is left.
fn circle(alliance: &Alliance) -> Option<Vec<usize>> {
    let mut waits: Vec<usize> = alliance.areas.iter().map(|area| area.after.len()).collect();
    let mut followers: Vec<Vec<usize>> = vec![Vec::new(); waits.len()];
    for (position, area) in alliance.areas.iter().enumerate() {
        for before in &area.after {
            followers[before.0].push(position);
        }
    }
    let mut free: Vec<usize> = (0..waits.len()).filter(|area| waits[*area] == 0).collect();
    while let Some(area) = free.pop() {
        for &follower in &followers[area] {
            waits[follower] -= 1;
            if waits[follower] == 0 {
                free.push(follower);
            }
        }
    }
    // Every area still waiting has a predecessor still waiting: walking back from one must return to where it was.
    let mut path = vec![waits.iter().position(|count| *count > 0)?];
    loop {
        let before = alliance.areas[*path.last()?].after.iter().find(|before| waits[before.0] > 0)?.0;
        if let Some(start) = path.iter().position(|area| *area == before) {
            return Some(path.split_off(start));
        }
        path.push(before);
    }
}

/// No two forces, alliances or areas draw under the same key.
pub fn check_draw_keys(scenario: &Scenario, report: &Report<'_>) {
    let mut seen: HashMap<String, String> = HashMap::new();
    let mut check = |key: &str, path: String| {
        if let Some(first) = seen.get(key) {
            if *first == path {
                return; // the same name twice, which has been reported
            }
            let what = format!("it would draw under the same key, {key}, as {first}");
            report.at(
                &format!("{path}.draws_as"),
                what,
                "Let only one of them draw as the other, by another `draws_as`",
            );
        } else {
            seen.insert(key.to_owned(), path);
        }
    };
    for force in &scenario.forces {
        check(&force.key, address("force", &force.name));
    }
    for alliance in &scenario.alliances {
        let path = address("alliance", &alliance.name);
        check(&alliance.key, path.clone());
        for area in &alliance.areas {
            check(&area.key, format!("{path}.area.{}", quote_key(&area.name)));
        }
    }
}
