//! Which option dominates which: those that stand to the baseline in the same way in one sentence.

use super::super::{Comparison, MeasureReport};
use crate::words::list;

/// A way of standing to the baseline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    /// It is at least as likely to reach any amount.
    Better,
    /// The baseline is.
    Worse,
    /// It is safer.
    Safer,
    /// The baseline is.
    LessSafe,
}

const ALL: [Way; 4] = [Way::Better, Way::Worse, Way::Safer, Way::LessSafe];

/// The sentences.
pub(super) fn dominated(report: &Comparison, npv: &MeasureReport) -> Vec<String> {
    let stands: Vec<Option<Way>> = (0..npv.options.len()).map(|o| way(npv, o)).collect();
    let of = |own: Way| {
        let some: Vec<String> =
            (0..stands.len()).filter(|o| stands[*o] == Some(own)).map(|o| report.quoted(o)).collect();
        (!some.is_empty()).then(|| says(own, &some, &report.quoted(0)))
    };
    ALL.into_iter().filter_map(of).collect()
}

/// How an option stands to the baseline in both distributions; the second order is about means, and holds only where these have settled.
fn way(npv: &MeasureReport, o: usize) -> Option<Way> {
    let against = npv.options[o].against.as_ref()?;
    let settled = [o, 0].iter().all(|o| npv.options[*o].own.rests_on.is_none());
    match (against.dominates?, against.dominated?) {
        ("first", _) => Some(Way::Better),
        (_, "first") => Some(Way::Worse),
        ("second", _) if settled => Some(Way::Safer),
        (_, "second") if settled => Some(Way::LessSafe),
        _ => None,
    }
}

fn says(way: Way, some: &[String], base: &str) -> String {
    let (is, each, their, any_of) = match some {
        [one] => ("is", "is", "its", one.clone()),
        several => ("are", "are each", "their", format!("any of {}", list(several))),
    };
    let some = list(some);
    let any_amount = "Whatever amount of net present value is asked for,";
    let worst = |whose: &str| {
        format!(
            "of any share of the worst futures, however small or large, {whose} mean net present value is at least as good"
        )
    };
    let as_far = "as far as these trials tell";
    match way {
        Way::Better => format!("{any_amount} {some} {each} at least as likely to reach it as {base}, {as_far}."),
        Way::Worse => format!("{any_amount} {base} is at least as likely to reach it as {any_of}, {as_far}."),
        Way::Safer => format!("{some} {is} safer than {base}: {}, {as_far}.", worst(their)),
        Way::LessSafe => format!("{base} is safer than {any_of}: {}, {as_far}.", worst("its")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_stand_alike_share_a_sentence() {
        let some = ["\"A\"", "\"B\""].map(str::to_owned);
        let starts = |way, text: &str| {
            let said = says(way, &some, "the base");
            assert!(said.contains(text), "{said}");
        };
        starts(Way::Better, "\"A\" and \"B\" are each at least as likely to reach it as the base");
        starts(Way::Worse, "the base is at least as likely to reach it as any of \"A\" and \"B\"");
        starts(
            Way::Safer,
            "are safer than the base: of any share of the worst futures, however small or large, their mean",
        );
        starts(
            Way::LessSafe,
            "the base is safer than any of \"A\" and \"B\": of any share of the worst futures, however small or large, its",
        );
        assert!(says(Way::Safer, &some[..1], "the base").starts_with("\"A\" is safer than the base"));
    }
}
