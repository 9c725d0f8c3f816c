//! `share` and `share_from` of an alliance: how savings and costs are shared, and from which year on otherwise.

use crate::describe::{Default, KeyDoc, Kind};
use crate::reader::meant::year as year_meant;
use crate::reader::{Names, Reader, Weights, weights_kind, weights_of};
use engine::alliance::ShareRule;
use engine::units::FinancialYear;

/// The rules that have a word.
const SHARES: [(&str, ShareRule); 4] = [
    ("budget", ShareRule::Budget),
    ("equal", ShareRule::Equal),
    ("population", ShareRule::Population),
    ("origin", ShareRule::Origin),
];

/// Reads `share`.
pub fn share_rule(r: &mut Reader<'_>, names: &Names) -> ShareRule {
    let meaning = "How savings and costs are shared: by first-year budget, in equal parts, by population, by where they arise, or by weights of every member, summing to 1.";
    let read = r.weights("share", names, &SHARES, Some("budget"), meaning);
    read.and_then(|read| rule(read, names)).unwrap_or(ShareRule::Budget)
}

/// Reads `share_from`, in the order of years.
pub fn later_rules(r: &mut Reader<'_>, names: &Names) -> Vec<(FinancialYear, ShareRule)> {
    let meaning = "How they are shared from a year on, where that changes: share_from.\"2028/29\" = \"equal\", or weights of every member; until then by share. Financed spending stays with those who bore it.";
    let year = KeyDoc {
        name: "<year>",
        kind: weights_kind(&SHARES),
        default: Default::None,
        unit: "",
        doc: "The rule, or the weights, from that year on.",
    };
    let description =
        KeyDoc { name: "share_from", kind: Kind::Map(Box::new(year)), default: Default::None, unit: "", doc: meaning };
    let mut rules = r.entries(description, |scope, entry| {
        let year: Option<FinancialYear> = entry
            .key
            .parse()
            .map_err(|error: String| {
                let what = error.split("; ").next().unwrap_or(&error);
                let remedy = year_meant(&entry.key).unwrap_or_else(|| {
                    "It is to be a financial year after the scenario's first, in quotes, as \"2015/16\" is one"
                        .to_owned()
                });
                scope.problem(&entry.at, what, remedy);
            })
            .ok();
        let (share, json) = weights_of(scope, &entry.node, names, &SHARES, "share_from")?;
        Some(((year?, rule(share, names)?), json))
    });
    rules.sort_by_key(|(year, _)| *year);
    rules
}

/// The rule of what was read; none where weights are missing, which has been told.
fn rule(read: Weights<ShareRule>, names: &Names) -> Option<ShareRule> {
    match read {
        Weights::Each(weights) => {
            let whole = weights.len() == names.known.len() && names.others.is_empty();
            whole.then_some(ShareRule::Explicit(weights))
        }
        Weights::Word(rule) => Some(rule),
    }
}
