//! The report of what drives an outcome. `summary.json` of `explain` is this, as documented in `docs/output.md`.

pub mod charts;
pub mod screen;
pub mod table;

use serde::Serialize;

use super::data::{RunIdentity, ScenarioFacts};
use super::figure::Figure;
use super::words;
use crate::decisions::{self, Explained, Measured};
use crate::units::Unit;
use charts::ExplanationCharts;

/// Version of the layout of an explanation's `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of an explanation.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// Name of the outcome.
    pub outcome: String,
    /// The same for people.
    pub label: String,
    /// Unit.
    pub unit: &'static str,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Mean of the outcome.
    pub mean: Figure,
    /// Trials in which it is defined.
    pub defined: usize,
    /// Trials in which it is missing: they are left out.
    pub missing: usize,
    /// Trials of each run in which some inputs were drawn again, for total indices and for themes.
    pub designed: u64,
    /// Name of the option that it is weighed against; null: not going ahead.
    pub against: Option<String>,
    /// Expected value of perfect information on that decision, £m present value; null where there is nothing to decide.
    pub evpi: Option<Figure>,
    /// Themes, the largest total index first.
    pub themes: Vec<ThemeReport>,
    /// Inputs, the largest first-order index first.
    pub drivers: Vec<DriverReport>,
    /// What the charts show.
    #[serde(skip)]
    pub charts: ExplanationCharts,
}

/// A theme.
#[derive(Debug, Clone, Serialize)]
pub struct ThemeReport {
    /// Its name.
    pub theme: &'static str,
    /// How many inputs it has.
    pub inputs: usize,
    /// Share of variance that knowing all of it would remove; null where it is not clear of 0.
    pub first: Option<Figure>,
    /// Share of variance that would be left if all else were known; null where it is not clear of 0.
    pub total: Option<Figure>,
    /// Value of knowing it before deciding, £m.
    pub evppi: Option<Figure>,
}

/// An input.
#[derive(Debug, Clone, Serialize)]
pub struct DriverReport {
    /// Key of its draw.
    pub key: String,
    /// The same for people.
    pub label: String,
    /// Its theme.
    pub theme: &'static str,
    /// Whether it is drawn every year: the effect is that of its mean over the years.
    pub yearly: bool,
    /// Whether it hangs together with other inputs.
    pub correlated: bool,
    /// Mean of the outcome where the input is near its 10th percentile.
    pub low: Figure,
    /// The same near its 90th percentile.
    pub high: Figure,
    /// First-order index; null where it is not clear of 0.
    pub first: Option<Figure>,
    /// Total index of the strongest; null for others, and where it is not clear of 0.
    pub total: Option<Figure>,
    /// Rank correlation with the outcome.
    pub rank_correlation: Figure,
    /// Value of knowing it before deciding, £m.
    pub evppi: Option<Figure>,
}

/// Another option that is decided between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Against {
    /// Its name.
    pub name: String,
    /// What was done to make the two comparable.
    pub notes: Vec<String>,
}

impl From<Measured> for Figure {
    fn from(measured: Measured) -> Self {
        Self { value: measured.value, error: measured.error }
    }
}

/// An index that is more than chance: nobody is told of a negative share.
fn clear(index: Measured) -> Option<Figure> {
    index.clear().then(|| index.into())
}

impl Explanation {
    /// Computes everything that is shown of an outcome, given by its name and unit.
    #[must_use]
    pub fn build(
        scenario: ScenarioFacts,
        run: RunIdentity,
        (outcome, unit): (&str, Unit),
        found: &Explained,
        against: Option<Against>,
    ) -> Self {
        let theme = |theme: &decisions::ThemeEffect| ThemeReport {
            theme: theme.theme.name(),
            inputs: theme.inputs,
            first: clear(theme.closed),
            total: clear(theme.total),
            evppi: theme.evppi.map(Figure::from),
        };
        let driver = |driver: &decisions::Driver| DriverReport {
            key: driver.key.clone(),
            label: label(&driver.key),
            theme: driver.theme.name(),
            yearly: driver.yearly,
            correlated: driver.correlated,
            low: driver.effect.low.into(),
            high: driver.effect.high.into(),
            first: clear(driver.effect.first),
            total: driver.total.and_then(clear),
            rank_correlation: driver.effect.rank.into(),
            evppi: driver.evppi.map(Figure::from),
        };
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            outcome: outcome.to_owned(),
            label: words::row_name(outcome),
            unit: unit.label(),
            findings: Vec::new(),
            mean: found.mean.into(),
            defined: found.trials,
            missing: found.missing,
            designed: found.designed,
            against: against.as_ref().map(|other| other.name.clone()),
            evpi: found.evpi.map(Figure::from),
            themes: found.themes.iter().map(theme).collect(),
            drivers: found.drivers.iter().map(driver).collect(),
            charts: ExplanationCharts::default(),
        };
        report.findings = findings(&report);
        report.findings.extend(against.into_iter().flat_map(|other| other.notes));
        report.charts = ExplanationCharts::of(&report);
        report
    }

    /// The decision that information is weighed by: `deciding whether to go ahead`.
    #[must_use]
    pub fn decision(&self) -> String {
        match &self.against {
            Some(other) => format!("choosing between {} and {other}", self.scenario.name),
            None => "deciding whether to go ahead".to_owned(),
        }
    }

    /// A mean of the outcome as it is printed: of an event, its chance.
    #[must_use]
    pub fn says(&self, figure: Figure) -> String {
        if self.unit == Unit::Flag.label() { words::percent(figure) } else { words::amount_figure(figure, self.unit) }
    }

    /// Inputs with a clear effect.
    pub fn clear_drivers(&self) -> impl Iterator<Item = &DriverReport> {
        self.drivers.iter().filter(|driver| driver.first.is_some())
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

/// A key as people read it: names in quotes stand by themselves, the words before them go.
#[must_use]
pub fn label(key: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let (mut part, mut quoted) = (String::new(), false);
    for letter in key.chars() {
        match letter {
            '"' => quoted = !quoted,
            '.' if !quoted => parts.push(std::mem::take(&mut part)),
            other => part.push(other),
        }
    }
    parts.push(part);
    let kinds = ["alliance", "force", "area", "regime", "benefit"];
    let named = |(i, part): &(usize, &String)| i + 1 == parts.len() || !kinds.contains(&part.as_str());
    let kept: Vec<String> = parts.iter().enumerate().filter(named).map(|(_, part)| part.replace('_', " ")).collect();
    kept.join(": ")
}

fn findings(report: &Explanation) -> Vec<String> {
    let mut said = Vec::new();
    let strongest: Vec<String> = report
        .clear_drivers()
        .take(3)
        .filter_map(|driver| Some(format!("{} ({})", driver.label, words::percent(driver.first?))))
        .collect();
    let what = words::measure(&report.outcome);
    if strongest.is_empty() {
        said.push(format!("No input by itself has a clear effect on {what}."));
    } else {
        said.push(format!("Most of what can be told about {what} from one input alone: {}.", words::list(&strongest)));
    }
    if let Some(driver) = report.clear_drivers().next() {
        said.push(format!(
            "Near the 10th percentile of {} it is {} on average, near the 90th {}.",
            driver.label,
            report.says(driver.low),
            report.says(driver.high)
        ));
    }
    let themes: Vec<String> = report
        .themes
        .iter()
        .filter_map(|theme| Some(format!("{} {}", theme.theme, words::percent(theme.total?))))
        .collect();
    if !themes.is_empty() {
        said.push(format!(
            "Share of its variance that each theme has a part in (they overlap where themes work together): {}.",
            words::list(&themes)
        ));
    }
    let unclear = report.drivers.iter().filter(|driver| driver.first.is_none()).count();
    if unclear > 0 {
        said.push(format!(
            "{unclear} of {} uncertain inputs have no clear effect by themselves.",
            report.drivers.len()
        ));
    }
    said.extend(information(report));
    said
}

/// What it is worth to know more before going ahead.
fn information(report: &Explanation) -> Option<String> {
    let evpi = report.evpi?;
    let best = report.drivers.iter().filter_map(|driver| Some((driver, driver.evppi?)));
    let best = best.max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
    let all = words::money_figure(evpi);
    Some(if best.1.clear() {
        format!(
            "Knowing everything before {} would be worth {all}; of single inputs most {} ({}).",
            report.decision(),
            best.0.label,
            words::money_figure(best.1)
        )
    } else {
        format!(
            "Knowing everything before {} would be worth {all}; no single input by itself would turn the decision.",
            report.decision()
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_reads_as_names_and_what_is_meant() {
        assert_eq!(label("alliance.\"Strategic alliance\".area.HR.saving"), "Strategic alliance: HR: saving");
        assert_eq!(label("force.\"D. & C.\".surge"), "D. & C.: surge");
        assert_eq!(label("funding.regime"), "funding: regime");
        assert_eq!(label("economy.pay_share"), "economy: pay share");
    }
}
