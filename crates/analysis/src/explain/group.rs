//! Correlated inputs as one: knowing one tells of the others, so that the shares of each would overlap.

use std::collections::BTreeMap;

use super::Driver;
use super::study::{Found, Study, order};
use crate::cells::Ranked;
use crate::sensitivity::Response;
use engine::run::{RunError, sample};

/// Puts the inputs of each correlation together; those that stand by themselves stay as they are.
pub(super) fn grouped(study: &Study<'_>, single: Vec<Found>, outcome: &Response<'_>) -> Result<Vec<Found>, RunError> {
    let info = study.model.draws().info();
    let mut groups: BTreeMap<usize, Vec<Found>> = BTreeMap::new();
    let mut found = Vec::new();
    for one in single {
        match info[one.positions[0]].correlation {
            Some(correlation) => groups.entry(correlation).or_default().push(one),
            None => found.push(one),
        }
    }
    let groups: Vec<(usize, Vec<Found>)> = groups.into_iter().collect();
    study.interrupt.begin_of("Joining correlated inputs", groups.len() as u64, "groups");
    let joined = sample::each(study.settings, study.interrupt, groups.len(), |k| {
        let (correlation, members) = &groups[k];
        together(study, study.model.rho(*correlation), members, outcome)
    })?;
    for ((_, members), group) in groups.into_iter().zip(joined) {
        match group {
            Some(mut group) => {
                let known = members.into_iter().flat_map(|member| {
                    group.driver.members.push(member.driver);
                    member.known
                });
                group.known = known.collect();
                group.driver.members.sort_by(order);
                found.push(group);
            }
            None => found.extend(members),
        }
    }
    Ok(found)
}

/// Inputs of one correlation as one; none where it is only one that varies.
fn together(study: &Study<'_>, rho: Option<f64>, members: &[Found], outcome: &Response<'_>) -> Option<Found> {
    let mut members: Vec<&Found> = members.iter().collect();
    members.sort_by(|a, b| order(&a.driver, &b.driver));
    let first = &members.first().filter(|_| members.len() > 1)?.driver;
    // Their ranks added up, each the way in which it goes with the strongest.
    let mut score: Vec<f64> = Vec::new();
    for member in &members {
        let values = study.defined(&study.read(member.positions[0], member.driver.reading));
        let ranks = Ranked::new(&values).ranks;
        if score.is_empty() {
            score = ranks;
            continue;
        }
        let middle = ranks.len() as f64 / 2.0;
        let way: f64 = score.iter().zip(&ranks).map(|(a, b)| (a - middle) * (b - middle)).sum();
        score
            .iter_mut()
            .zip(&ranks)
            .for_each(|(sum, rank)| *sum += if way < 0.0 { 2.0 * middle - rank } else { *rank });
    }
    score.iter_mut().for_each(|sum| *sum /= members.len() as f64);
    let mut effect = outcome.effect(&Ranked::new(&score))?;
    // To know all of them is to know each: where the group's own share is lost in its error, that of its strongest is what is known of it.
    let best = members.iter().map(|member| member.driver.effect.first).max_by(|a, b| a.value.total_cmp(&b.value));
    if let Some(best) = best.filter(|best| best.clear_among_many() && !effect.first.clear_among_many()) {
        effect.first = best;
    }
    let keys: Vec<&str> = members.iter().map(|member| member.driver.key.as_str()).collect();
    let driver = Driver {
        key: keys.join(", "),
        effect,
        evppi: study.worth_of(members.iter().copied()),
        total: None,
        members: Vec::new(),
        rho,
        ..first.clone()
    };
    Some(Found { positions: members.iter().map(|member| member.positions[0]).collect(), driver, known: Vec::new() })
}
