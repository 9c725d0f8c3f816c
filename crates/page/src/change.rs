//! A dial turned or a lever pulled: the change in the words of `--set`, and in words for people.

use engine::uncertainty::{Distribution, Quantity, Value};
use language::{Loaded, Override};
use report::inputs::Inputs;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::dials::{number_of, resolved_at};

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
    /// Its median moved, and what lies between its 10th and its 90th percentile made wider or narrower.
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
    /// As `--set` takes it. What the plan has stays as it is.
    #[must_use]
    pub fn text(&self, base: &Loaded) -> String {
        let beside = |key: &str| {
            let plan = number_of(base, key).map(|own| format!(", plan = {}", own.plan_value())).unwrap_or_default();
            format!("{plan}, {TRIED}")
        };
        match self {
            Self::Fix { key, to } => format!("{key}={{ value = {to}{} }}", beside(key)),
            Self::Move { key, to, width } => match number_of(base, key).map(|own| &own.value) {
                Some(Value::Uncertain(drawn)) => format!("{key}={{ {}{} }}", moved(drawn, *to, *width), beside(key)),
                _ => Self::Fix { key: key.clone(), to: *to }.text(base),
            },
            Self::Set { text } => text.clone(),
        }
    }
}

/// A metalog about another median. Where what was drawn had ends, it keeps them, and nine tenths of the way to each lie within its
/// percentiles at the most.
fn moved(drawn: &Distribution, to: f64, width: f64) -> String {
    const NEAR: f64 = 0.9;
    let (low, high) = drawn.support();
    let [p10, p50, p90] = [0.1, 0.5, 0.9].map(|p| drawn.quantile(p));
    let inside = |x: f64| x.max(low + (p50 - low) * (1.0 - NEAR)).min(high - (high - p50) * (1.0 - NEAR));
    let to = if low.is_finite() || high.is_finite() { inside(to) } else { to };
    let p10 = (to - (p50 - p10) * width).max(to - (to - low) * NEAR);
    let p90 = (to + (p90 - p50) * width).min(to + (high - to) * NEAR);
    let [p10, to, p90] = [p10, to, p90].map(plainly);
    let mut text = format!("quantiles = {{ p10 = {p10}, p50 = {to}, p90 = {p90} }}");
    if low.is_finite() {
        text += &format!(", min = {low}");
    }
    if high.is_finite() {
        text += &format!(", max = {high}");
    }
    text
}

/// A number to six digits.
fn plainly(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}

/// Tells a change of `base` that made `changed`.
#[must_use]
pub fn told(base: &Loaded, changed: &Loaded, text: &str) -> Changed {
    let key = Override::parse(text).map_or_else(|_| text.to_owned(), |change| change.key());
    let inputs = Inputs::of(&base.scenario);
    let (before, after) = (value(base, &key), value(changed, &key));
    let name = if Inputs::knows(&key) || number_of(base, &key).is_some() {
        inputs.name(&key)
    } else {
        crate::dials::plain_name(&key)
    };
    Changed { words: format!("{name}: {before} → {after}"), key, text: text.to_owned() }
}

/// What a scenario has under an address, for people.
fn value(loaded: &Loaded, key: &str) -> String {
    match number_of(loaded, key) {
        Some(number) => of_number(key, number),
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
