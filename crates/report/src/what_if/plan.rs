//! What becomes of the plan where a question changes what members are promised: they hold what comes against it, and may leave for it.

use super::{SweepReport, SweptMeasure};
use crate::words::promise;
use language::Loaded;

/// Keys of a time, or of a factor on one: more of them is later.
const LATER: [&str; 6] = ["slip", "ict_slip", "ict_ready", "submit", "implement", "board_cycle"];

/// Other keys of what members are promised.
const PROMISED: [&str; 4] = ["realisation", "saving", "overrun", "oneoff"];

/// What the plan has while a key is swept that members hold the outcome against.
pub(super) fn plan_kept(sweep: &SweepReport) -> String {
    match sweep.along.plan {
        Some(_) => " and with the plan kept".to_owned(),
        None if is_promised(&sweep.along.key) => {
            ", with the same in the plan, so that members miss nothing that they were promised".to_owned()
        }
        None => String::new(),
    }
}

/// Whether a key is one of what members are promised.
fn is_promised(key: &str) -> bool {
    let last = key.rsplit('.').next().unwrap_or_default();
    LATER.contains(&last) || PROMISED.contains(&last)
}

/// Whether a variant has another plan than the base in anything that members are promised, and some of them may leave for it.
#[must_use]
pub fn moves_plan(base: &Loaded, variant: &Loaded) -> bool {
    let leaving = |own: &Loaded| own.scenario.alliances.iter().any(|alliance| alliance.exit.is_modelled());
    let starts = |own: &Loaded| -> Vec<_> { own.scenario.alliances.iter().map(|alliance| alliance.start).collect() };
    if !leaving(variant) {
        return false;
    }
    let promised = |own: &Loaded| -> Vec<(String, f64)> {
        let numbers = own.numbers.iter().filter(|number| is_promised(&number.address));
        numbers.map(|number| (number.address.clone(), number.quantity.plan_value())).collect()
    };
    promised(base) != promised(variant) || starts(base) != starts(variant)
}

/// That the plan is another under some variants, given by how each is told.
pub(super) fn note(under: &[String]) -> Option<String> {
    (!under.is_empty()).then(|| {
        format!(
            "The plan changes too {}: members hold what comes against the changed plan, not against that of the base.",
            crate::words::list(under)
        )
    })
}

/// Why a promise may be kept more often where a programme is later; nothing of other keys and measures.
pub(super) fn late_helps(key: &str, swept: &SweptMeasure) -> &'static str {
    let is_time = key.rsplit('.').next().is_some_and(|last| LATER.contains(&last));
    if is_time && promise(&swept.measure).is_some() {
        " Later can help a promise: what is swept is so in the plan too, so that members miss less of what it held out by then, and leave \
         less often."
    } else {
        ""
    }
}
