//! The register of assumptions: every number that a scenario states, where it comes from, who answers for it, and how much it
//! matters; what most needs a second look first (the quality-assurance list that the Aqua Book asks for: HM Treasury 2015).

mod findings;
mod rows;

use serde::Serialize;

use super::data::{RunIdentity, ScenarioFacts};
use super::explanation::{DriverReport, Explanation};
use super::figure::Figure;
use super::inputs::Inputs;
use super::sheet::{Cell, Sheet};
use super::terminal::answer;
use super::{left_out, words};
use engine::outcomes::OutcomeId;
use engine::uncertainty::{Confidence, Distribution, Quantity, Value};
use foreign::safe_text::markdown;
use language::Number;

/// Version of the layout of `summary.json`.
pub const FORMAT: u32 = 1;

/// Rows on the screen; all are in the tables.
const SHOWN: usize = 20;
/// Blocks of a small picture of a distribution.
const BLOCKS: usize = 9;

/// The register.
#[derive(Debug, Clone, Serialize)]
pub struct Register {
    /// [`FORMAT`].
    pub format: u32,
    /// Whose assumptions.
    pub scenario: ScenarioFacts,
    /// With what it was simulated how much each matters.
    pub run: RunIdentity,
    /// The outcome that they matter for.
    pub outcome: OutcomeId,
    /// What stands out, in a few sentences.
    pub findings: Vec<String>,
    /// Every assumption, what most needs a second look first.
    pub assumptions: Vec<Assumption>,
}

/// A number that a scenario states.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assumption {
    /// Its address in the scenario.
    pub key: String,
    /// The same for people.
    pub label: String,
    /// The number; of an uncertain one, its median.
    pub value: f64,
    /// 10th percentile; null where it is not uncertain.
    pub p10: Option<f64>,
    /// 90th percentile.
    pub p90: Option<f64>,
    /// A small picture of its density, from its 1st to its 99th hundredth; empty where it is not uncertain.
    pub picture: String,
    /// What the business case assumes, where that is something else.
    pub plan: Option<f64>,
    /// Where it comes from.
    pub source: Option<String>,
    /// `high`, `medium` or `low`.
    pub confidence: Option<&'static str>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// First-order index: the share of the outcome's variance that knowing it would remove; null where it has no clear effect.
    pub matters: Option<Figure>,
    /// Whether others hang together with it: the index speaks for them too.
    pub correlated: bool,
    /// All that hang together, as one, where others do.
    #[serde(skip)]
    pub group: Option<String>,
}

const fn word(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    }
}

/// A distribution in one line: how much of it lies in each ninth between its 1st and its 99th hundredth.
fn picture(distribution: &Distribution) -> String {
    const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let (low, high) = (distribution.quantile(0.01), distribution.quantile(0.99));
    if low >= high || !low.is_finite() || !high.is_finite() {
        return String::new();
    }
    let edge = |i: usize| low + (high - low) * i as f64 / BLOCKS as f64;
    // From just below the first edge, so that a step there counts.
    let below = |i: usize| distribution.cdf(if i == 0 { low - (high - low) * 1e-9 } else { edge(i) }).0;
    let parts: Vec<f64> = (0..BLOCKS).map(|i| below(i + 1) - below(i)).collect();
    let most = parts.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
    parts.iter().map(|part| HEIGHTS[((part / most * 7.0).round().max(0.0) as usize).min(7)]).collect()
}

impl Register {
    /// The register of a scenario's `stated` numbers, with what each does to the outcome explained.
    #[must_use]
    pub fn build<'a>(stated: impl Iterator<Item = &'a Number>, inputs: &Inputs, explained: &Explanation) -> Self {
        let mut assumptions: Vec<Assumption> =
            stated.map(|own| assumption(&own.address, &own.quantity, inputs, Some(explained))).collect();
        assumptions.sort_by(|a, b| urgency(b).total_cmp(&urgency(a)));
        let mut register = Self {
            format: FORMAT,
            scenario: explained.scenario.clone(),
            run: explained.run.clone(),
            outcome: explained.outcome.clone(),
            findings: Vec::new(),
            assumptions,
        };
        register.findings = findings::findings(&register);
        register
    }

    /// Those of low or unstated confidence that matter most, with the share of variance of each.
    pub(super) fn weakest(&self) -> Vec<(String, Figure)> {
        findings::weakest(self)
    }

    /// How many rest on judgement; none where none does.
    pub(super) fn judged(&self) -> Option<String> {
        findings::judged(self)
    }

    /// The register as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// `assumptions.csv`.
    #[must_use]
    pub fn sheet(&self) -> Sheet {
        list(&self.assumptions)
    }

    /// `assumptions.md`: the whole register as a Markdown table.
    #[must_use]
    pub fn markdown(&self) -> String {
        let table = self.table(usize::MAX);
        let line = |cells: &[String]| {
            format!("| {} |\n", cells.iter().map(|cell| markdown(cell)).collect::<Vec<_>>().join(" | "))
        };
        let mut text = format!("# Assumptions: {}\n\n", markdown(&self.scenario.title));
        self.findings.iter().for_each(|finding| text += &format!("- {}\n", markdown(finding)));
        text += &format!("\n{}|{}\n", line(&table.head), " --- |".repeat(table.head.len()));
        table.rows.iter().for_each(|row| text += &line(row));
        text += &left_out::odd_markdown(std::slice::from_ref(&self.scenario));
        text += &left_out::markdown(std::slice::from_ref(&self.scenario));
        text + &format!("\n{}\n", self.terms())
    }

    /// One screen of plain text of so many columns, ending with a line feed.
    #[must_use]
    pub fn render(&self, width: usize) -> String {
        let question = format!(
            "What is assumed, on which evidence, and how much does it matter for {}?",
            words::measure(&self.outcome)
        );
        answer(&[self.scenario.title.clone(), question], &self.findings, &[self.laid()], &self.terms(), width)
    }

    /// What the words of the table mean, and what was simulated.
    pub(super) fn terms(&self) -> String {
        let run = &self.run;
        format!(
            "In order of what most needs a second look: no source first, then by what it matters times how unsure it is (low confidence, or \
             none stated, counts three times, medium twice). value: the number, or the median of an uncertain one; picture: its density from \
             the 1st to the 99th hundredth; matters: share of the variance of {} that knowing it would remove (first-order index), –: no clear \
             effect, *: correlated with others, the share is that of all of them together. Defaults are left out. {} trials, seed {}; alliance {}; scenario \
             {} {}.",
            words::measure(&self.outcome),
            words::thousands(run.trials),
            run.seed,
            run.version,
            self.scenario.name,
            self.scenario.hash.chars().take(12).collect::<String>()
        )
    }
}

/// Every number that a scenario states with its evidence, how much it matters left open: `assumptions.csv` without that.
#[must_use]
pub fn stated<'a>(numbers: impl Iterator<Item = &'a Number>, inputs: &Inputs) -> Sheet {
    let all: Vec<Assumption> = numbers.map(|own| assumption(&own.address, &own.quantity, inputs, None)).collect();
    list(&all)
}

fn list(assumptions: &[Assumption]) -> Sheet {
    let head = [
        "assumption",
        "key",
        "value",
        "p10",
        "p90",
        "picture",
        "plan",
        "source",
        "confidence",
        "owner",
        "note",
        "matters",
        "matters_error",
    ];
    let mut sheet = Sheet::new("assumptions", head);
    for own in assumptions {
        let cells: [Cell; 11] = [
            (&own.label).into(),
            (&own.key).into(),
            own.value.into(),
            own.p10.into(),
            own.p90.into(),
            (&own.picture).into(),
            own.plan.into(),
            own.source.clone().into(),
            own.confidence.into(),
            own.owner.clone().into(),
            own.note.clone().into(),
        ];
        sheet.rows.push(cells.into_iter().chain(Figure::cells(own.matters)).collect());
    }
    sheet
}

fn assumption(key: &str, number: &Quantity, inputs: &Inputs, explained: Option<&Explanation>) -> Assumption {
    // What is correlated matters together: the share of one alone would be counted in that of each other again.
    let is = |driver: &DriverReport| driver.draw == number.key;
    let driver =
        explained.and_then(|found| found.drivers.iter().find(|driver| is(driver) || driver.members.iter().any(is)));
    let (value, p10, p90, drawn) = match &number.value {
        Value::Fixed(value) => (*value, None, None, String::new()),
        Value::Uncertain(own) => (own.quantile(0.5), Some(own.quantile(0.1)), Some(own.quantile(0.9)), picture(own)),
    };
    let source = &number.provenance;
    let planned = number.plan_value();
    Assumption {
        key: key.to_owned(),
        label: inputs.name(key),
        value,
        p10,
        p90,
        picture: drawn,
        plan: ((planned - value).abs() > 1e-12).then_some(planned),
        source: source.source.clone(),
        confidence: source.confidence.map(word),
        owner: source.owner.clone(),
        note: source.note.clone(),
        matters: driver.and_then(|driver| driver.first),
        correlated: driver.is_some_and(|driver| driver.correlated),
        group: driver.filter(|driver| driver.correlated).map(|driver| driver.label.clone()),
    }
}

/// How much an assumption needs a second look.
fn urgency(own: &Assumption) -> f64 {
    let unsure = match own.confidence {
        Some("high") => 1.0,
        Some("medium") => 2.0,
        _ => 3.0,
    };
    // A share is at most 1: what has no source stands before everything.
    let sourceless = if own.source.is_none() { 10.0 } else { 0.0 };
    let uncertain = if own.p10.is_some() { 1e-9 } else { 0.0 };
    sourceless + unsure * (own.matters.map_or(0.0, |index| index.value) + uncertain)
}

/// A number as people write it: three or four digits.
pub(super) fn number(value: f64) -> String {
    let decimals = match value.abs() {
        size if size >= 100.0 || (value - value.round()).abs() < 1e-9 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 3,
    };
    format!("{value:.decimals$}").replace('-', "−")
}

/// A value of an assumption in its unit.
fn amount(own: &Assumption, value: f64) -> String {
    Inputs::amount(&own.key, value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::Family;

    fn drawn(family: Family) -> String {
        picture(&Distribution::new(family, None, None).expect("it is sound"))
    }

    #[test]
    fn a_picture_is_as_high_as_its_density() {
        assert_eq!(drawn(Family::Uniform { low: 0.0, high: 1.0 }), "█████████");
        let triangle = drawn(Family::Triangular { low: 0.0, mode: 0.5, high: 1.0 });
        assert_eq!(triangle.chars().nth(4), Some('█'));
        assert_eq!(triangle.chars().rev().collect::<String>(), triangle, "it is symmetric");
        assert_eq!(drawn(Family::Discrete { values: vec![2.0], weights: vec![1.0] }), "");
    }

    #[test]
    fn what_has_no_source_comes_first_and_then_what_matters_and_is_unsure() {
        let one = |source: Option<&str>, confidence, matters: Option<f64>| Assumption {
            key: String::new(),
            label: String::new(),
            value: 1.0,
            p10: matters,
            p90: matters,
            picture: String::new(),
            plan: None,
            source: source.map(str::to_owned),
            confidence,
            owner: None,
            note: None,
            matters: matters.map(|value| Figure { value, error: 0.01 }),
            correlated: false,
            group: None,
        };
        let order = [
            one(None, Some("high"), None),
            one(Some("a"), None, Some(0.2)),
            one(Some("a"), Some("high"), Some(0.5)),
            one(Some("a"), Some("medium"), Some(0.2)),
            one(Some("a"), Some("low"), None),
        ];
        let found: Vec<f64> = order.iter().map(urgency).collect();
        assert!(found.windows(2).all(|pair| pair[0] > pair[1]), "{found:?}");
    }
}
