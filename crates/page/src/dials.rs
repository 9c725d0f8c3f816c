//! The numbers of a scenario as dials, and its rules as levers: what each is called, where it comes from, how far it may be turned.

use engine::alliance::{Alliance, DecisionRule, Scenario, ShareRule};
use engine::uncertainty::{Confidence, Distribution, Quantity, Value, names_of_key, quote_key};
use language::{Loaded, Override, Range};
use report::inputs::Inputs;
use serde::Serialize;
use serde_json::Value as Json;

use crate::change::of_number;
use crate::moved::{Reach, moved, reach};
use engine::units::{power_of_ten, ten_to};

/// Points of the curve that shows how a number is drawn.
const POINTS: usize = 49;

/// How many times as wide a dial makes a distribution at a time.
const WIDER: f64 = 1.25;

/// A number that can be turned.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dial {
    /// Its address.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What the scenario states, in words.
    pub states: String,
    /// The plan's value.
    pub plan: f64,
    /// The same in words.
    pub plan_words: String,
    /// Median, or the number itself.
    pub p50: f64,
    /// What a dial may do to it; none where it is not drawn.
    pub reach: Option<Reach>,
    /// Whether it can be made wider as it stands: what lies against an end of what it may be cannot.
    pub can_widen: bool,
    /// The ends between which the slider moves.
    pub ends: [f64; 2],
    /// How far it moves at a time.
    pub step: f64,
    /// How it is drawn: heights from 0 to 1 at even distances from end to end; empty where it is not drawn.
    pub curve: Vec<f64>,
    /// Where it comes from.
    pub source: String,
    /// How sure that is.
    pub confidence: &'static str,
}

/// A rule, a date or a whole number that somebody decides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lever {
    /// Its address.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// What can be chosen; empty where a month or a number is written.
    pub choices: Vec<String>,
    /// What the scenario has, as it is written.
    pub now: String,
    /// What is written, in an example.
    pub example: &'static str,
}

/// Dials and levers of a scenario.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Board {
    /// Every number that the scenario states.
    pub dials: Vec<Dial>,
    /// What is decided.
    pub levers: Vec<Lever>,
}

impl Board {
    /// Those of a scenario.
    #[must_use]
    pub fn of(loaded: &Loaded) -> Self {
        let inputs = Inputs::of(&loaded.scenario);
        // One of a list has no address of its own that a change could name.
        let can_be_set = |key: &str| Override::parse(&format!("{key}=0")).is_ok();
        let numbers = loaded.assumptions().filter(|own| can_be_set(&own.address));
        Self {
            dials: numbers.filter_map(|own| dial(&own.address, &own.quantity, own.range, &inputs)).collect(),
            levers: levers(&loaded.scenario),
        }
    }
}

/// What a resolved scenario holds under an address, where names name the parts of lists.
#[must_use]
pub fn resolved_at<'a>(resolved: &'a Json, key: &str) -> Option<&'a Json> {
    names_of_key(key)?.iter().try_fold(resolved, |at, name| match at {
        Json::Array(all) => all.iter().find(|one| one.get("name").and_then(Json::as_str) == Some(name)),
        other => other.get(name),
    })
}

/// A rule as its address says it: `Strategic alliance: share`.
#[must_use]
pub fn plain_name(key: &str) -> String {
    let mut names = names_of_key(key).unwrap_or_else(|| vec![key.to_owned()]);
    let last = names.pop().unwrap_or_default().replace('_', " ");
    match names.pop() {
        Some(owner) if !["economy", "funding", "ledger", "exit", "merger"].contains(&owner.as_str()) => {
            format!("{owner}: {last}")
        }
        Some(room) => format!("{room}: {last}"),
        None => last,
    }
}

fn dial(key: &str, number: &Quantity, range: Range, inputs: &Inputs) -> Option<Dial> {
    let plan = number.plan_value();
    let (p50, drawn) = match &number.value {
        Value::Fixed(value) => (*value, None),
        Value::Uncertain(own) => (own.quantile(0.5), Some(own)),
    };
    let ends = within(ends(p50, plan, drawn), p50, drawn, range);
    if !(ends[0].is_finite() && ends[1].is_finite() && ends[0] < ends[1]) {
        return None;
    }
    let label = inputs.name(key);
    Some(Dial {
        key: key.to_owned(),
        label,
        states: of_number(key, number),
        plan,
        plan_words: Inputs::stated(key, plan),
        p50,
        reach: drawn.map(reach),
        can_widen: drawn.is_some_and(|own| reach(own) == Reach::Whole && moved(own, p50, WIDER, range).is_some()),
        ends,
        step: step(ends),
        curve: drawn.map_or_else(Vec::new, |own| curve(own, ends)),
        source: number.provenance.source.clone().unwrap_or_default(),
        confidence: number.provenance.confidence.map_or("", |sure| match sure {
            Confidence::High => "high",
            Confidence::Medium => "medium",
            Confidence::Low => "low",
        }),
    })
}

/// From where to where a slider moves: what is drawn from its first to its last hundredth, and a little more; twice what is fixed.
fn ends(p50: f64, plan: f64, drawn: Option<&Distribution>) -> [f64; 2] {
    let Some(own) = drawn else {
        return match p50 {
            value if value.abs() > 0.0 => [value.min(0.0) * 2.0, value.max(0.0) * 2.0],
            _ => [0.0, 1.0],
        };
    };
    let (low, high) = own.support();
    let (first, last) = (own.quantile(0.01), own.quantile(0.99));
    let more = (last - first) * 0.1;
    [(first - more).max(low).min(plan), (last + more).min(high).max(plan)]
}

/// Ends at which a number may be, and to which it can be moved.
fn within([low, high]: [f64; 2], p50: f64, drawn: Option<&Distribution>, range: Range) -> [f64; 2] {
    /// Of the way to an end, what is left of it at each try.
    const NEARER: f64 = 0.9;
    const TRIES: usize = 40;
    let may_be = |to: f64| {
        let can_move = drawn.is_none_or(|own| reach(own) == Reach::Fix || moved(own, to, 1.0, range).is_some());
        range.holds(to) && can_move
    };
    [low.max(range.low), high.min(range.high)].map(|end| {
        let nearer = std::iter::successors(Some(end), |end| Some(p50 + (end - p50) * NEARER));
        nearer.take(TRIES).find(|end| may_be(*end)).unwrap_or(p50)
    })
}

/// A hundredth of the way or less, as a number that is easily read.
fn step([low, high]: [f64; 2]) -> f64 {
    let part = (high - low) / 100.0;
    let scale = ten_to(power_of_ten(part));
    let times = part / scale;
    scale
        * if times >= 5.0 {
            5.0
        } else if times >= 2.0 {
            2.0
        } else {
            1.0
        }
}

fn curve(drawn: &Distribution, [low, high]: [f64; 2]) -> Vec<f64> {
    let width = (high - low) / POINTS as f64;
    let below = |x: f64| drawn.cdf(x).0;
    let parts: Vec<f64> = (0..POINTS)
        .map(|i| {
            let from = low + width * i as f64;
            (below(from + width) - below(from)).max(0.0)
        })
        .collect();
    let most = parts.iter().copied().fold(0.0, f64::max);
    if most > 0.0 { parts.iter().map(|part| (part / most * 1000.0).round() / 1000.0).collect() } else { Vec::new() }
}

fn levers(scenario: &Scenario) -> Vec<Lever> {
    let mut all: Vec<Lever> = scenario.alliances.iter().flat_map(of_alliance).collect();
    let regimes: Vec<String> = scenario.funding.regimes.iter().map(|regime| regime.name.clone()).collect();
    let first = regimes.get(scenario.funding.initial).cloned().unwrap_or_default();
    let several = regimes.len() > 1;
    let lever =
        |key: String, label: String, choices: Vec<String>, now: String| Lever { key, label, choices, now, example: "" };
    if several {
        all.push(lever(
            "funding.initial".to_owned(),
            "Funding: regime of the first year".to_owned(),
            regimes.clone(),
            first,
        ));
        for (year, regime) in &scenario.funding.known {
            let now = regimes.get(*regime).cloned().unwrap_or_default();
            let key = format!("funding.known.\"{year}\"");
            all.push(lever(key, format!("Funding: regime of {year}"), regimes.clone(), now));
        }
    }
    all
}

/// What is decided of one alliance.
fn of_alliance(own: &Alliance) -> Vec<Lever> {
    let key = |last: &str| format!("alliance.{}.{last}", quote_key(&own.name));
    let choice = |last: &str, label: &str, choices: &[&str], now: &str| Lever {
        key: key(last),
        label: format!("{}: {label}", own.name),
        choices: choices.iter().map(|&word| word.to_owned()).collect(),
        now: now.to_owned(),
        example: "",
    };
    let written =
        |last: &str, label: &str, now: String, example| Lever { now, example, ..choice(last, label, &[], "") };
    let share = match &own.share {
        ShareRule::Budget => "budget",
        ShareRule::Equal => "equal",
        ShareRule::Population => "population",
        ShareRule::Origin => "origin",
        ShareRule::Explicit(_) => "",
    };
    let decision = match own.decision {
        DecisionRule::Unanimous => "unanimous",
        DecisionRule::Majority => "majority",
        DecisionRule::Lead => "lead",
    };
    let slots = own.slots.map_or_else(String::new, |slots| slots.to_string());
    vec![
        choice("share", "savings and costs are shared by", &["budget", "equal", "population", "origin"], share),
        choice("decision", "boards decide", &["unanimous", "majority", "lead"], decision),
        written("slots", "areas implemented at once", slots, "6"),
        written("start", "start", own.start.to_string(), "2016-04"),
    ]
}
