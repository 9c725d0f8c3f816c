//! The question that a run answers: the scenario's own, or one made of its targets, alliances and forces.

use super::{count, list};
use engine::alliance::{Alliance, Kind, Scenario};

/// The scenario's question, or one made of what it holds.
#[must_use]
pub fn question(scenario: &Scenario) -> String {
    if let Some(question) = &scenario.question {
        return question.clone();
    }
    let last = scenario.first_year.plus(scenario.years as i32 - 1);
    let forces: Vec<String> = scenario.forces.iter().map(|force| force.name.clone()).collect();
    if scenario.alliances.is_empty() {
        return match &forces[..] {
            [one] => format!("Where does {one} stand by {last} on its own?"),
            several => format!("Where do {} stand by {last}, each on its own?", list(several)),
        };
    }
    let who = match &scenario.alliances[..] {
        [one] => format!("the {}", kind(one)),
        several => format!("the {} collaborations", count(several.len())),
    };
    match scenario.targets.first() {
        Some(target) => {
            format!("Will {who} keep the promise ({}), and what will each force gain or lose?", target.name)
        }
        None => format!("What will {who} bring by {last}, and what will each force gain or lose?"),
    }
}

fn kind(alliance: &Alliance) -> &'static str {
    match alliance.kind {
        Kind::Alliance => "alliance",
        Kind::Merger => "merger",
        Kind::LeadForce => "lead force",
    }
}
