//! What a later or a stopped platform seems to save: its running cost, which nobody pays while it is not there.

use super::WhatIf;
use crate::data::ScenarioFacts;

/// Keys of an alliance that move the day on which its platform is ready, or whether it ever is.
const KEYS: [&str; 4] = ["ict_ready", "ict_slip", "ict_cancelled", "ict_cancel_at"];

/// That part of what the answer tells is running cost saved, where a variant or a sweep moves a platform that costs something to run.
pub(super) fn note(report: &WhatIf) -> Option<String> {
    let runs = |own: &ScenarioFacts| own.platforms.iter().any(|platform| platform.runs);
    let moves = |own: &ScenarioFacts| own.platforms != report.base.platforms && (runs(own) || runs(&report.base));
    let by_variant = report.comparison.iter().flat_map(|compared| compared.options.iter().skip(1)).any(moves);
    let is_key = |key: &str| KEYS.iter().any(|own| key.rsplit('.').next() == Some(own));
    let axes = report.sweeps.iter().flat_map(|sweep| std::iter::once(&sweep.along).chain(&sweep.across));
    let by_sweep = runs(&report.base) && axes.into_iter().any(|axis| is_key(&axis.key));
    (by_variant || by_sweep).then(|| {
        "A common ICT platform that comes late, or is stopped, is not run until then: its running cost is saved, and told here as part of the \
         difference. That is no gain by being late: nobody has the use of it either."
            .to_owned()
    })
}
