//! A dial turned or a lever pulled: the change in the words of `--set`, and in words for people.

use engine::uncertainty::{Quantity, Value};
use language::{Loaded, Override, Range};
use report::inputs::Inputs;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::dials::resolved_at;
use crate::moved::{Reach, moved, reach, written};

/// What is done to a number or a rule.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Turn {
    /// Fixed at a value.
    Fix {
        /// Its address.
        key: String,
        /// The value.
        to: f64,
    },
    /// Its median moved, and its width changed, within its own family.
    Move {
        /// Its address.
        key: String,
        /// The median.
        to: f64,
        /// How many times as wide as before.
        width: f64,
    },
    /// A change as `--set` takes it.
    Set {
        /// `KEY=VALUE`.
        text: String,
    },
}

/// A change, told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Its address.
    pub key: String,
    /// As `--set` takes it.
    pub text: String,
    /// For people: `lateness: 1.25 times → 1.6 times`.
    pub words: String,
}

/// Where a number comes from that somebody tries: it is not that of the number that it stands for.
const TRIED: &str = "source = \"judgement: tried on the page\", confidence = \"low\"";

impl Turn {
    /// As `--set` takes it; none where it changes nothing. What the plan has stays as it is.
    ///
    /// # Errors
    /// Why a number cannot be moved there.
    pub fn text(&self, base: &Loaded) -> Result<Option<String>, String> {
        let (key, to) = match self {
            Self::Set { text } => return Ok(Some(text.clone())),
            Self::Fix { key, to } | Self::Move { key, to, .. } => (key, *to),
        };
        let number = base.number(key);
        // A fact has no plan beside it.
        let plan = number.filter(|own| !own.is_fact).map(|own| format!(", plan = {}", own.quantity.plan_value()));
        let (plan, range) = (plan.unwrap_or_default(), range(base, key));
        let stated = match (self, number.map(|own| &own.quantity.value)) {
            (Self::Move { width, .. }, Some(Value::Uncertain(drawn))) if reach(drawn) != Reach::Fix => {
                if drawn.quantile(0.5).total_cmp(&to).is_eq() && width.total_cmp(&1.0).is_eq() {
                    return Ok(None);
                }
                written(&moved(drawn, to, *width, range).ok_or_else(|| beyond(base, key, to))?)
            }
            (_, Some(Value::Fixed(own))) if own.total_cmp(&to).is_eq() => return Ok(None),
            _ => format!("value = {to}"),
        };
        Ok(Some(format!("{key}={{ {stated}{plan}, {TRIED} }}")))
    }
}

/// What a number may be.
fn range(base: &Loaded, key: &str) -> Range {
    base.number(key).map_or(Range::ANY, |own| own.range)
}

/// That a number cannot be moved so far, or be so wide.
fn beyond(base: &Loaded, key: &str, to: f64) -> String {
    let (name, range) = (Inputs::of(&base.scenario).name(key), range(base, key));
    let around = Inputs::stated(key, to);
    format!(
        "{name}: so wide around {around} it would reach beyond what it may be ({range}). Move it less far, make it narrower, or fix it."
    )
}

/// Tells a change of `base` that made `changed`.
#[must_use]
pub fn told(base: &Loaded, changed: &Loaded, text: &str) -> Changed {
    let key = Override::parse(text).map_or_else(|_| text.to_owned(), |change| change.key());
    let inputs = Inputs::of(&base.scenario);
    let (before, after) = (value(base, &key), value(changed, &key));
    let name = if Inputs::knows(&key) || base.number(&key).is_some() {
        inputs.name(&key)
    } else {
        crate::dials::plain_name(&key)
    };
    Changed { words: format!("{name}: {before} → {after}"), key, text: text.to_owned() }
}

/// What a scenario has under an address, for people.
fn value(loaded: &Loaded, key: &str) -> String {
    match loaded.number(key) {
        Some(number) => of_number(key, &number.quantity),
        None => {
            resolved_at(&loaded.resolved, key).map_or_else(|| "as the rules say".to_owned(), |found| plain(key, found))
        }
    }
}

/// A number, or what it is drawn from: `1.25 times (8 in 10: 0.95 to 1.75)`.
#[must_use]
pub fn of_number(key: &str, number: &Quantity) -> String {
    match &number.value {
        Value::Fixed(value) => Inputs::stated(key, *value),
        Value::Uncertain(drawn) => {
            let short = |p: f64| Inputs::amount(key, drawn.quantile(p));
            format!("{} (8 in 10: {} to {})", short(0.5), short(0.1), short(0.9))
        }
    }
}

fn plain(key: &str, found: &Json) -> String {
    match found {
        Json::Number(number) => number.as_f64().map_or_else(|| number.to_string(), |own| Inputs::stated(key, own)),
        Json::String(text) => text.clone(),
        Json::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Json::Object(parts) if parts.contains_key("value") => plain(key, &parts["value"]),
        Json::Null => "none".to_owned(),
        Json::Array(all) => all.iter().map(|one| plain(key, one)).collect::<Vec<_>>().join(", "),
        Json::Object(parts) => {
            parts.iter().map(|(name, one)| format!("{name} {}", plain(key, one))).collect::<Vec<_>>().join(", ")
        }
    }
}
