//! `share` and `share_from` of an alliance: how savings and costs are shared, and from which year on otherwise.

use serde_json::json;

use crate::describe::{Default, KeyDoc, Kind};
use crate::reader::meant::year as year_meant;
use crate::reader::{Names, Reader, Share, weights_kind, weights_of};
use engine::alliance::ShareRule;
use engine::units::FinancialYear;

const SHARES: [&str; 4] = ["budget", "equal", "population", "origin"];

/// Reads `share`.
pub fn share_rule(r: &mut Reader<'_>, names: &Names) -> ShareRule {
    let meaning = "How savings and costs are shared: by first-year budget, in equal parts, by population, by where they arise, or by weights of every member, summing to 1.";
    rule(r.weights("share", names, &SHARES, Some("budget"), meaning), names).unwrap_or(ShareRule::Budget)
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
        Some(((year?, rule(share, names)?), json.unwrap_or_else(|| json!(SHARES[0]))))
    });
    rules.sort_by_key(|(year, _)| *year);
    rules
}

/// The rule of what was read; none where weights are missing, which has been told.
fn rule(read: Share<f64>, names: &Names) -> Option<ShareRule> {
    match read {
        Share::Each(weights) => {
            let whole = weights.len() == names.known.len() && names.others.is_empty();
            whole.then_some(ShareRule::Explicit(weights))
        }
        Share::All(word) => Some(match word as usize {
            1 => ShareRule::Equal,
            2 => ShareRule::Population,
            3 => ShareRule::Origin,
            _ => ShareRule::Budget,
        }),
    }
}
