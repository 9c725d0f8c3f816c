//! `[funding]`: government grant and its regimes.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::describe::{Default, KeyDoc, Kind};
use crate::reader::{Names, Range, Reader, Scope, Spec};
use crate::suggest;
use crate::tree::Entry;
use engine::alliance::{Funding, Regime};
use engine::uncertainty::{Quantity, quote_key};
use engine::units::FinancialYear;

/// The regime of a scenario that names none.
const ONLY: &str = "flat cash";

const GROWTH: Spec =
    Spec::new("growth", "fraction a year", Range::ABOVE_MINUS_1, "Growth of grant in cash under this regime.");
const SD: Spec = Spec::new(
    "sd",
    "fraction a year",
    Range::FROM_0,
    "Standard deviation of the year's national shock under this regime.",
)
.or(0.0);

/// Reads `[funding]`.
pub fn funding(r: &mut Reader<'_>) -> Funding {
    let local = "Standard deviation of each force's own shock to its grant.";
    let local_sd = r.quantity(Spec::new("local_sd", "fraction a year", Range::FROM_0, local).or(0.0));
    let mut regimes: Vec<Regime> = r
        .map("regime", "<regime>", "A national funding regime, such as regime.austerity. Without any there is one, \"flat cash\", with growth 0.", |r, name| Regime {
            name: name.to_owned(),
            growth: r.quantity(GROWTH),
            sd: r.quantity(SD),
            next: Vec::new(),
        })
        .into_iter()
        .map(|(_, regime, _)| regime)
        .collect();
    if regimes.is_empty() {
        regimes.push(only(r));
    }
    let known = regimes.iter().map(|regime| (regime.name.clone(), quote_key(&regime.name))).collect();
    let names = Names { what: "regime", known, others: Vec::new() };
    transition(r, &names, &mut regimes);
    let initial = initial(r, &names);
    Funding { initial, known: known_years(r, &names), local_sd, regimes }
}

fn only(r: &mut Reader<'_>) -> Regime {
    let zero = |name| {
        let mut quantity = Quantity::fixed(format!("funding.regime.{}.{name}", quote_key(ONLY)), 0.0);
        quantity.provenance.source = Some("default".to_owned());
        quantity
    };
    let resolved = json!({ "value": 0.0, "source": "default" });
    let mut regime = serde_json::Map::new();
    regime.insert(ONLY.to_owned(), json!({ "growth": resolved, "sd": resolved }));
    r.put_json("regime", Json::Object(regime));
    Regime { name: ONLY.to_owned(), growth: zero("growth"), sd: zero("sd"), next: Vec::new() }
}

/// Rows of the chain; a single regime needs none.
fn transition(r: &mut Reader<'_>, names: &Names, regimes: &mut [Regime]) {
    let chance = KeyDoc {
        name: "<regime>",
        kind: Kind::Plain(Range::SHARE),
        default: Default::Number(0.0),
        unit: "probability",
        doc: "Its chance next year; a row sums to 1.",
    };
    let row = KeyDoc {
        name: "<regime>",
        kind: Kind::Map(Box::new(chance)),
        default: Default::Required,
        unit: "",
        doc: "Chances of next year's regime after a year of this one.",
    };
    let meaning = "The chances of each regime next year, a row for each regime: transition.austerity = { austerity = 0.7, growth = 0.3 }. Left out where there is one regime.";
    let description =
        KeyDoc { name: "transition", kind: Kind::Map(Box::new(row)), default: Default::None, unit: "", doc: meaning };
    let spec = Spec::new("the chance", "probability", Range::SHARE, "");
    let rows = r.entries(description, |scope, entry| {
        let from = names.position(scope, entry)?;
        let table = entry.node.table().or_else(|| {
            scope.wrong_type(&entry.node, "a row of chances", "Write for example { austerity = 0.7, growth = 0.3 }");
            None
        })?;
        let mut next = vec![0.0; names.known.len()];
        for entry in &table.0 {
            if let Some(to) = names.position(scope, entry) {
                next[to] = scope.in_range(entry, &spec).unwrap_or(f64::NAN);
            }
        }
        let row = names.known.iter().zip(&next).map(|((name, _), chance)| (name.clone(), json!(chance))).collect();
        Some(((from, next), Json::Object(row)))
    });
    for (from, next) in rows {
        regimes[from].next = next;
    }
    let is_alone = regimes.len() == 1;
    for (position, regime) in regimes.iter_mut().enumerate().filter(|(_, regime)| regime.next.is_empty()) {
        if !is_alone {
            let what = format!("the row for \"{}\" is missing", regime.name);
            let remedy = format!(
                "Write transition.{} = {{ … }}, a chance for each regime of the next year",
                quote_key(&regime.name)
            );
            r.missing_part("transition", what, remedy);
        }
        regime.next = vec![0.0; names.known.len()];
        regime.next[position] = 1.0;
    }
}

fn regime_of(scope: &Scope<'_>, names: &Names, entry: &Entry) -> Option<usize> {
    let Some(text) = entry.node.text() else {
        scope.wrong_type(&entry.node, "a regime's name", "Write the name in double quotes");
        return None;
    };
    let position = names.known.iter().position(|(name, _)| name == text);
    if position.is_none() {
        let known: Vec<&str> = names.known.iter().map(|(name, _)| name.as_str()).collect();
        scope.missing(&entry.node.at, format!("there is no regime \"{text}\""), suggest::remedy(text, &known));
    }
    position
}

fn initial(r: &mut Reader<'_>, names: &Names) -> usize {
    let written = r.has("initial");
    let text = r.text("initial", Default::Word("the only regime"), "The regime of the first year.");
    if let Some(text) = text {
        if let Some(position) = names.known.iter().position(|(name, _)| *name == text) {
            return position;
        }
        let known: Vec<&str> = names.known.iter().map(|(name, _)| name.as_str()).collect();
        r.missing_part("initial", format!("there is no regime \"{text}\""), suggest::remedy(&text, &known));
    } else if !written && names.known.len() > 1 {
        r.missing_part(
            "initial",
            "the key `initial` is missing".to_owned(),
            "Say which regime holds in the first year".to_owned(),
        );
    } else if let Some((name, _)) = names.known.first() {
        r.put_text("initial", name);
    }
    0
}

fn known_years(r: &mut Reader<'_>, names: &Names) -> BTreeMap<FinancialYear, usize> {
    let year =
        KeyDoc { name: "<year>", kind: Kind::Text, default: Default::None, unit: "", doc: "The regime of that year." };
    let meaning =
        "Years whose regime is known, such as known.\"2015/16\" = \"austerity\"; earlier years are not changed by it.";
    let description =
        KeyDoc { name: "known", kind: Kind::Map(Box::new(year)), default: Default::None, unit: "", doc: meaning };
    let years = r.entries(description, |scope, entry| {
        let year: Option<FinancialYear> = entry
            .key
            .parse()
            .map_err(|error: String| scope.problem(&entry.at, error, "Write the year in quotes, as known.\"2015/16\""))
            .ok();
        let regime = regime_of(scope, names, entry)?;
        Some(((year?, regime), json!(names.known[regime].0)))
    });
    years.into_iter().collect()
}
