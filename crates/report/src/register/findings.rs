//! What stands out in a register of assumptions, in sentences.

use super::{Assumption, Register};
use crate::explanation::share;
use crate::figure::Figure;
use crate::words;

/// Assumptions of low confidence that are named.
const WEAKEST: usize = 3;

/// Sentences, the answer first.
pub(super) fn findings(register: &Register) -> Vec<String> {
    let all = &register.assumptions;
    let uncertain = all.iter().filter(|own| own.p10.is_some()).count();
    let mut said = vec![format!("{} numbers are stated, {uncertain} of them uncertain.", all.len())];
    let without = all.iter().filter(|own| own.source.is_none()).count();
    said.push(match without {
        0 => "Every one says where it comes from.".to_owned(),
        1 => "One does not say where it comes from.".to_owned(),
        several => format!("{several} do not say where they come from."),
    });
    said.extend(judged(register));
    let told = |(label, index): (String, Figure)| {
        format!("{label} ({} of the variance of {})", share(index), words::measure(&register.outcome))
    };
    let weak: Vec<String> = weakest(register).into_iter().map(told).collect();
    said.push(if weak.is_empty() {
        "None that clearly matters by itself is of low or unstated confidence.".to_owned()
    } else {
        format!("Of low or unstated confidence, and mattering most: {}.", words::list(&weak))
    });
    said
}

/// How many rest on judgement; none where none does.
pub(super) fn judged(register: &Register) -> Option<String> {
    let judged = |own: &&Assumption| own.source.as_deref().is_some_and(|source| source.starts_with("judgement"));
    let judgement = register.assumptions.iter().filter(judged).count();
    let invented = match register.scenario.invented {
        0 => String::new(),
        some => format!(", {some} of which are invented to start from"),
    };
    (judgement > 0)
        .then(|| format!("{judgement} of {} numbers rest on judgement{invented}.", register.assumptions.len()))
}

/// Those of low or unstated confidence that matter most, with the share of variance of each: what hangs together is one.
pub(super) fn weakest(register: &Register) -> Vec<(String, Figure)> {
    let weak = register.assumptions.iter().filter(|own| matches!(own.confidence, None | Some("low")));
    let mut named: Vec<(String, Figure)> = Vec::new();
    for (label, index) in weak.filter_map(|own| Some((own.group.as_ref().unwrap_or(&own.label), own.matters?))) {
        if named.len() < WEAKEST && !named.iter().any(|(other, _)| other == label) {
            named.push((label.clone(), index));
        }
    }
    named
}
