//! The report of the conditions under which a scenario fails. `summary.json` of `discover` is this, as documented in `docs/output.md`.

mod findings;

use serde::Serialize;

use super::chart::overlay::{Curve, Of, Overlay};
use super::chart::{Heading, option_colour};
use super::data::{RunIdentity, ScenarioFacts};
use super::figure::Figure;
use super::grid::Table;
use super::inputs::{Inputs, is_sign};
use super::sheet::{Cell, Sheet, with_errors};
use super::terminal::answer;
use super::terminal::layout::Laid;
use super::words;
use analysis::{Discovery, Proportion};

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
    /// The same in words, as it follows *where*: `net present value is below £0m`.
    pub failure: String,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Share of all futures that fail.
    pub fails: Share,
    /// The conditions; empty where none matters.
    pub conditions: Vec<ConditionReport>,
    /// What the failure comes of by definition, which the search leaves out.
    pub by_definition: Vec<OwnCauseReport>,
    /// Share of futures under the conditions that fail.
    pub density: Share,
    /// The same of all other futures.
    pub elsewhere: Share,
    /// Share of all failures that lie under the conditions.
    pub coverage: Share,
    /// Share of futures under the conditions.
    pub support: Share,
    /// How often the search was repeated on other quarters of the trials; 0 where all fail or none, and nothing was sought.
    pub resamples: usize,
    /// The best of the boxes that the search weighed, on the half of the futures that had no part in it, the widest first: for the chart
    /// alone.
    #[serde(skip)]
    pub weighed: Vec<BoxReport>,
}

/// An event that a failure comes of by definition.
#[derive(Debug, Clone, Serialize)]
pub struct OwnCauseReport {
    /// The scenario's own address of the input.
    pub key: String,
    /// The event for people: `the minister refuses Merger`.
    pub says: String,
    /// Share of futures in which it happens.
    pub meets: Share,
}

/// One condition.
#[derive(Debug, Clone, Serialize)]
pub struct ConditionReport {
    /// The scenario's own address of the input.
    pub key: String,
    /// The condition for people: `the case for Finance is refused`.
    pub says: String,
    /// Whether it comes of how things go, so that it goes with failure rather than causes it.
    pub sign: bool,
    /// Its smallest value, of an event 1 where it happens; null where it is not restricted from below.
    pub low: Option<f64>,
    /// Its largest value.
    pub high: Option<f64>,
    /// Share of futures that meet it.
    pub meets: Share,
    /// Share of failures that do, in futures not used to find it.
    pub of_failures: Share,
    /// Standard errors by which failure is more frequent with it than where it alone is not met, on trials not used to find it.
    pub matters: f64,
    /// In how many of the repeated searches the input is restricted.
    pub found_again: usize,
}

/// A share with its standard error and its interval of 95 %.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Share {
    /// The share.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl From<Proportion> for Share {
    fn from(own: Proportion) -> Self {
        Self { value: own.value, error: own.error, low: own.low, high: own.high }
    }
}

impl Share {
    pub(crate) fn percent(self) -> String {
        words::percent(Figure { value: self.value, error: self.error })
    }

    /// With its interval: `64% (62 to 66%)`; alone where the interval says no more.
    pub(crate) fn within(self) -> String {
        let text = self.percent();
        let of = |value: f64, decimals: usize| match format!("{:.decimals$}", value * 100.0) {
            least if value <= 0.0 && least.bytes().all(|b| matches!(b, b'0' | b'.')) => "0".to_owned(),
            most if value >= 1.0 && most.starts_with("100") => "100".to_owned(),
            other => other,
        };
        // As many digits as the share has, and one more where the ends would read the same, or like an end that they are not.
        let usual = usize::from(text.contains('.') || self.value <= 0.0 || self.value >= 1.0);
        let ends = [usual, usual + 1].map(|decimals| (of(self.low, decimals), of(self.high, decimals)));
        let none = |end: &String| !end.bytes().any(|b| matches!(b, b'1'..=b'9'));
        let tells = |(low, high): &(String, String)| {
            low.trim_end_matches(".0") != high.trim_end_matches(".0")
                && (self.low <= 0.0 || !none(low))
                && (self.high >= 1.0 || !high.starts_with("100"))
        };
        match ends.into_iter().find(tells) {
            Some((low, high)) => format!("{text} ({low} to {high}%)"),
            None => text,
        }
    }
}

/// A box of one to four conditions.
#[derive(Debug, Clone, Copy)]
pub struct BoxReport {
    /// Share of failures in it.
    pub coverage: f64,
    /// Share of it that fails.
    pub density: f64,
}

impl DiscoveryReport {
    /// Computes everything that is shown; what counts as failure as it was asked, and in words.
    #[must_use]
    pub fn build(
        scenario: ScenarioFacts,
        run: RunIdentity,
        inputs: &Inputs,
        (fail, failure): (&str, String),
        found: &Discovery,
    ) -> Self {
        let conditions = found.conditions.iter().map(|condition| ConditionReport {
            key: condition.address.clone(),
            says: inputs.says(&condition.address, condition.reading, condition.low, condition.high),
            sign: is_sign(condition.reading),
            low: condition.low,
            high: condition.high,
            meets: condition.meets.into(),
            of_failures: condition.of_failures.into(),
            matters: condition.matters,
            found_again: condition.found_again,
        });
        let by_definition = found.by_definition.iter().map(|own| {
            let (low, high) = if own.happens { (Some(1.0), None) } else { (None, Some(0.0)) };
            let says = inputs.says(&own.address, own.reading, low, high);
            OwnCauseReport { key: own.address.clone(), says, meets: own.meets.into() }
        });
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            fail: fail.to_owned(),
            failure,
            findings: Vec::new(),
            fails: found.fails.into(),
            conditions: conditions.collect(),
            by_definition: by_definition.collect(),
            density: found.density.into(),
            elsewhere: found.elsewhere.into(),
            coverage: found.coverage.into(),
            support: found.support.into(),
            resamples: found.resamples,
            weighed: found.weighed.iter().map(|&(coverage, density)| BoxReport { coverage, density }).collect(),
        };
        report.findings = findings::findings(&report);
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
    #[must_use]
    pub fn table(&self) -> Sheet {
        let first = ["condition", "key", "low", "high"];
        let mut head = with_errors(&first, &["share_of_futures", "share_of_failures"]);
        head.extend(["standard_errors", "found_again"].map(str::to_owned));
        let mut sheet = Sheet::new("conditions", head);
        for own in &self.conditions {
            let cells: [Cell; 10] = [
                (&own.says).into(),
                (&own.key).into(),
                own.low.into(),
                own.high.into(),
                own.meets.value.into(),
                own.meets.error.into(),
                own.of_failures.value.into(),
                own.of_failures.error.into(),
                own.matters.into(),
                own.found_again.into(),
            ];
            sheet.rows.push(cells.into());
        }
        sheet
    }

    /// Coverage and density of the best boxes: the price of a narrower condition; none where all fail or nobody does, or nothing was weighed.
    #[must_use]
    pub fn chart(&self) -> Option<Overlay> {
        let points: Vec<(f64, f64)> =
            self.weighed.iter().rev().map(|held| (held.coverage * 100.0, held.density)).collect();
        if points.len() < 2 {
            return None;
        }
        let title = match self.conditions.len() {
            0 => "The search found no condition that tells when the scenario fails".to_owned(),
            count => format!(
                "{count} condition{}: {} of futures fail under {}, {} of failures lie there",
                if count == 1 { "" } else { "s" },
                self.density.percent(),
                if count == 1 { "it" } else { "them" },
                self.coverage.percent()
            ),
        };
        let subtitle = format!(
            "How many futures fail (upwards) under conditions that hold more of the failures or fewer (to the left): the best of those that the \
             search weighed, in futures that had no part in it{}. Failure: {}",
            if self.conditions.is_empty() { "" } else { "; diamond: the conditions told" },
            self.failure
        );
        Some(Overlay {
            file: "conditions".to_owned(),
            heading: Heading { title, subtitle },
            unit: "% of all failures that lie under the conditions".to_owned(),
            curves: vec![Curve { name: "futures that fail".to_owned(), points, colour: option_colour(1) }],
            of: Some(Of {
                share: "that fail".to_owned(),
                mark: (
                    (self.coverage.value * 100.0, self.density.value),
                    "the conditions told: % of all failures that lie under them".to_owned(),
                ),
            })
            .filter(|_| !self.conditions.is_empty()),
        })
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
        if self.conditions.is_empty() {
            return Vec::new();
        }
        let mut table = Table::new(&["Condition", "of futures", "of failures", "matters by", "found again"])
            .whole_in("conditions.csv");
        for condition in &self.conditions {
            let matters = format!("{:.0} s.e.", condition.matters);
            let again = format!("{} of {}", condition.found_again, self.resamples);
            let (meets, fail) = (condition.meets.percent(), condition.of_failures.percent());
            table.push([condition.says.clone(), meets, fail, matters, again]);
        }
        vec![(table, vec![51, 11, 13, 12, 13])]
    }

    /// What the words of the table mean, and what was simulated.
    pub(super) fn terms(&self) -> String {
        if self.resamples == 0 {
            return self.foot();
        }
        let terms = "In brackets: intervals of 95 %. The conditions were found on half of the futures; shares of failures are those of the \
             other half. of futures, of failures: share of each that meets the condition; matters by: standard errors by which failure \
             is more frequent with the condition than where it alone is not met; found again: searches on other quarters of the futures, out \
             of the same half, that restrict the same input.";
        format!("{terms} {}", self.foot())
    }

    /// The question.
    #[must_use]
    pub fn question(&self) -> String {
        let over = self.scenario.span();
        format!("Under which conditions does it fail? Failure, {over}: {} ({})", self.failure, self.fail)
    }

    /// One screen of plain text of so many columns, ending with a line feed.
    #[must_use]
    pub fn render(&self, width: usize) -> String {
        answer(&[self.scenario.title.clone(), self.question()], &self.findings, &self.tables(), &self.terms(), width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_stands_with_its_interval() {
        let share = Share::from(Proportion::of(640.0, 1_000.0));
        // Middle (640 + 1.92)/1003.84 = 0.63946, half 1.96·√(640·360/1000 + 0.96)/1003.84 = 0.02970.
        assert_eq!(share.within(), "64% (61 to 67%)");
        assert_eq!(Share::from(Proportion::of(0.0, 4_096.0)).within(), "0% (0 to 0.1%)");
        // 12,000 of 100,000: half a width of 0.002; one digit more.
        assert_eq!(Share::from(Proportion::of(12_000.0, 100_000.0)).within(), "12% (11.8 to 12.2%)");
        // All of 50,000: the lower end is 50,000/50,003.84 = 99.992 %.
        assert_eq!(Share::from(Proportion::of(49_970.0, 50_000.0)).within(), "99.9% (99.91 to 99.96%)");
        assert_eq!(Share::from(Proportion::of(50_000.0, 50_000.0)).within(), "100% (99.99 to 100%)");
    }
}
