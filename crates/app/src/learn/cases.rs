//! Programmes as they were published turned into cases: factors, and whether each failed.

use analysis::learn::{Case, FAILED, Range, Survival};
use language::{Problem, Problems, Programme, Severity};

/// The cases of programmes, in their order.
///
/// # Errors
/// Every programme whose figures and words say different things of its failing, or that may have delivered nothing or much.
pub(super) fn cases_of(programmes: &[Programme]) -> Result<Vec<Case>, Problems> {
    let (mut cases, mut wrong) = (Vec::new(), Vec::new());
    for own in programmes {
        match case(own) {
            Ok(case) => cases.push(case),
            Err(problem) => wrong.push(problem),
        }
    }
    if wrong.is_empty() { Ok(cases) } else { Err(Problems::new(wrong)) }
}

fn case(own: &Programme) -> Result<Case, Problem> {
    let share = own.delivered.map(factor);
    Ok(Case {
        name: own.name.clone(),
        class: own.class.clone(),
        failed: failed(own, share)?,
        share,
        lateness: own.years.map(factor),
        overrun: own.cost.map(factor),
        survival: own.exposure.map(|(ended, years)| Survival { ended, years }),
    })
}

fn factor([over, under]: [(f64, f64); 2]) -> Range {
    let range = |(low, high)| Range { low, high };
    range(over).over(range(under))
}

/// Whether a programme failed, by its figures or its own word.
fn failed(own: &Programme, share: Option<Range>) -> Result<Option<bool>, Problem> {
    let Some(share) = share else { return Ok(own.failed) };
    let has_failed = share.high <= FAILED;
    let problem = |key: &str, what: String, remedy: &str| Problem {
        severity: Severity::Error,
        place: own.place.clone(),
        key: key.to_owned(),
        what,
        remedy: remedy.to_owned(),
    };
    if own.failed.is_some_and(|said| said != has_failed) {
        let says = if has_failed { "has failed" } else { "has not failed" };
        let what = format!(
            "by its figures \"{}\" {says}: {:.2} of its promise at most, and {FAILED} counts as failed",
            own.name, share.high
        );
        return Err(problem("failed", what, "Leave `failed` empty where figures are written"));
    }
    if !has_failed && share.low <= 0.0 {
        let what = format!(
            "\"{}\" may have delivered nothing or {:.2} of its promise, which is no one case",
            own.name, share.high
        );
        return Err(problem("delivered_low", what, "Write a low end above 0, or leave the figures out"));
    }
    Ok(Some(has_failed))
}
