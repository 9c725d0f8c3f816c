//! What stands out in a register of assumptions, in sentences.

use super::{Assumption, Register};
use crate::explanation::share;
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
    let judged = |own: &&Assumption| own.source.as_deref().is_some_and(|source| source.starts_with("judgement"));
    let judgement = all.iter().filter(judged).count();
    if judgement > 0 {
        said.push(format!("{judgement} rest on judgement."));
    }
    let weak: Vec<String> = all
        .iter()
        .filter(|own| matches!(own.confidence, None | Some("low")))
        .filter_map(|own| Some((own.group.as_ref().unwrap_or(&own.label), own.matters?)))
        .fold(Vec::new(), |mut named: Vec<String>, (label, index)| {
            // What hangs together is told once.
            let told = format!("{label} ({} of the variance of {})", share(index), words::measure(&register.outcome));
            if named.len() < WEAKEST && !named.contains(&told) {
                named.push(told);
            }
            named
        });
    said.push(if weak.is_empty() {
        "None that clearly matters by itself is of low or unstated confidence.".to_owned()
    } else {
        format!("Of low or unstated confidence, and mattering most: {}.", words::list(&weak))
    });
    said
}
