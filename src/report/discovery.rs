//! The report of the conditions under which a scenario fails. `summary.json` of `discover` is this, as documented in `docs/output.md`.

use std::io::Write;

use serde::Serialize;

use super::chart::overlay::{Curve, Overlay};
use super::chart::{Heading, option_colour};
use super::data::{RunIdentity, ScenarioFacts};
use super::explanation::label;
use super::figure::Figure;
use super::grid::Table;
use super::terminal::answer;
use super::terminal::layout::Laid;
use super::words;
use crate::decisions::Discovery;

/// Version of the layout of a discovery's `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of a discovery.
#[derive(Debug, Clone, Serialize)]
pub struct DiscoveryReport {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// What counts as failure, as it was asked.
    pub fail: String,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Share of all futures that fail.
    pub fails: Figure,
    /// The conditions; empty where none matters.
    pub conditions: Vec<ConditionReport>,
    /// Share of futures under the conditions that fail.
    pub density: Figure,
    /// Share of all failures that lie under the conditions.
    pub coverage: Figure,
    /// Share of futures under the conditions.
    pub support: Figure,
    /// How often the search was repeated on other halves of the trials.
    pub resamples: usize,
    /// Coverage and density on the way, on the half of the futures that the boxes were found on: for the chart alone.
    #[serde(skip)]
    pub peels: Vec<PeelReport>,
}

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionReport {
    /// Key of the input.
    pub key: String,
    /// The condition for people: `realisation is at most 0.43`.
    pub says: String,
    /// Its smallest value; null where it is not restricted from below.
    pub low: Option<f64>,
    /// Its largest value.
    pub high: Option<f64>,
    /// Share of futures that meet it.
    pub meets: Figure,
    /// Standard errors by which failure is more frequent with it than where it alone is not met, on trials not used to find it.
    pub matters: f64,
    /// In how many of the repeated searches the input is restricted.
    pub found_again: usize,
}

/// A box on the way.
#[derive(Debug, Clone, Copy)]
pub struct PeelReport {
    /// Share of failures in it.
    pub coverage: f64,
    /// Share of it that fails.
    pub density: f64,
}

impl DiscoveryReport {
    /// Computes everything that is shown.
    #[must_use]
    pub fn build(scenario: ScenarioFacts, run: RunIdentity, fail: &str, found: &Discovery) -> Self {
        let conditions = found.conditions.iter().map(|condition| ConditionReport {
            key: condition.key.clone(),
            says: says(condition),
            low: condition.low,
            high: condition.high,
            meets: condition.meets.into(),
            matters: condition.matters,
            found_again: condition.found_again,
        });
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            fail: fail.to_owned(),
            findings: Vec::new(),
            fails: found.fails.into(),
            conditions: conditions.collect(),
            density: found.density.into(),
            coverage: found.coverage.into(),
            support: found.support.into(),
            resamples: found.resamples,
            peels: found.peels.iter().map(|&(coverage, density)| PeelReport { coverage, density }).collect(),
        };
        report.findings = findings(&report);
        report
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// `conditions.csv`.
    ///
    /// # Errors
    /// Where the writer fails.
    pub fn table(&self, out: impl Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record([
            "condition",
            "key",
            "low",
            "high",
            "share_of_futures",
            "share_of_futures_error",
            "standard_errors",
            "found_again",
        ])?;
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| value.to_string());
        for condition in &self.conditions {
            writer.write_record([
                condition.says.clone(),
                condition.key.clone(),
                number(condition.low),
                number(condition.high),
                condition.meets.value.to_string(),
                condition.meets.error.to_string(),
                condition.matters.to_string(),
                condition.found_again.to_string(),
            ])?;
        }
        writer.flush()?;
        Ok(())
    }

    /// Coverage and density on the way: the price of a narrower condition.
    #[must_use]
    pub fn chart(&self) -> Overlay {
        let points = self.peels.iter().rev().map(|peel| (peel.coverage * 100.0, peel.density)).collect();
        let title = match self.conditions.len() {
            0 => "No condition tells when the scenario fails".to_owned(),
            count => format!(
                "{count} condition{}: {} of futures fail under {}, {} of failures lie there",
                if count == 1 { "" } else { "s" },
                words::percent(self.density),
                if count == 1 { "it" } else { "them" },
                words::percent(self.coverage)
            ),
        };
        let subtitle =
            format!("How many futures fail (upwards) as conditions get narrower (to the left). Failure: {}", self.fail);
        Overlay {
            file: "peeling".to_owned(),
            heading: Heading { title, subtitle },
            unit: "% of all failures that lie under the conditions".to_owned(),
            curves: vec![Curve { name: "futures that fail".to_owned(), points, colour: option_colour(1) }],
        }
    }

    /// The foot of the chart.
    #[must_use]
    pub fn foot(&self) -> String {
        let hash: String = self.scenario.hash.chars().take(12).collect();
        let (run, name) = (&self.run, &self.scenario.name);
        let trials = words::thousands(run.trials);
        format!(
            "Source: alliance {}, scenario {name} ({hash}). {trials} trials, plain sampler, seed {}.",
            run.version, run.seed
        )
    }

    /// The conditions.
    pub(super) fn tables(&self) -> Vec<Laid> {
        let mut table = Table::new(&["Condition", "of futures", "matters by", "found again"]);
        for condition in &self.conditions {
            let meets = words::percent(condition.meets);
            let matters = format!("{:.0} s.e.", condition.matters);
            let again = format!("{} of {}", condition.found_again, self.resamples);
            table.push([condition.says.clone(), meets, matters, again]);
        }
        vec![(table, vec![56, 14, 14, 16])]
    }

    /// What the words of the table mean, and what was simulated.
    pub(super) fn terms(&self) -> String {
        let terms = "The conditions were found on one half of the futures and judged on the other. matters by: standard errors by which \
             failure is more frequent with the condition than where it alone is not met; found again: searches on other halves that \
             restrict the same input.";
        format!("{terms} {}", self.foot())
    }

    /// One screen of plain text, ending with a line feed.
    #[must_use]
    pub fn render(&self) -> String {
        let question = format!("Under which conditions does it fail? Failure: {}", self.fail);
        answer(&[self.scenario.title.clone(), question], &self.findings, &self.tables(), &self.terms())
    }
}

fn says(condition: &crate::decisions::Condition) -> String {
    let name = format!("{}{}", label(&condition.key), if condition.yearly { " (mean of years)" } else { "" });
    let number = |value: f64| {
        let decimals = if value.abs() >= 100.0 {
            0
        } else if value.abs() >= 1.0 {
            2
        } else {
            3
        };
        format!("{value:.decimals$}").replace('-', "−")
    };
    match (condition.low, condition.high) {
        (Some(low), Some(high)) => format!("{name} is between {} and {}", number(low), number(high)),
        (Some(low), None) => format!("{name} is at least {}", number(low)),
        (None, Some(high)) => format!("{name} is at most {}", number(high)),
        (None, None) => name,
    }
}

fn findings(report: &DiscoveryReport) -> Vec<String> {
    let mut said = vec![format!("It fails in {} of futures.", words::percent(report.fails))];
    if report.conditions.is_empty() {
        said.push("No condition on single inputs tells when: whatever narrows it down on one half of the futures fails on the other.".to_owned());
        return said;
    }
    let each: Vec<String> = report.conditions.iter().map(|condition| condition.says.clone()).collect();
    if report.fails.value > 0.5 {
        said.push("It fails more often than not: the opposite condition tells when it succeeds.".to_owned());
    }
    said.push(format!(
        "Where {}, it fails in {} of futures. {} of all failures lie there, and {} of all futures.",
        words::list(&each),
        words::percent(report.density),
        words::percent(report.coverage),
        words::percent(report.support)
    ));
    said
}
