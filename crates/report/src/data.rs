//! The report: everything that is shown of a run, already computed. `summary.json` is this, as documented in `docs/output.md`.

mod alliances;
mod charts;
mod forces;
mod run;
mod targets;
mod whole;
mod yearly;

pub use alliances::{AllianceReport, AreaReport, FundReport, MemberReport, YearChance};
pub use charts::Charts;
pub use forces::ForceReport;
pub use run::{RunIdentity, ScenarioFacts};
pub use targets::{ActualReport, TargetReport};
pub use whole::{NpvPoint, PaybackYear, Whole};
pub use yearly::{Benefit, Series, YearSpread, Yearly};

use serde::Serialize;

use super::source::Figures;
use super::words;
use engine::alliance::Scenario;

/// Version of the layout of `summary.json`; a field that is renamed or removed makes a new one.
pub const FORMAT: u32 = 1;

/// Everything to be shown of one run. The same scenario, seed, trials and version give the same bytes.
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// The question that the run answers.
    pub question: String,
    /// The answer in a few sentences, never stronger than the figures allow.
    pub findings: Vec<String>,
    /// Figures of the whole scenario over the horizon.
    pub whole: Whole,
    /// What was promised, and its chances.
    pub targets: Vec<TargetReport>,
    /// What is known to have happened, beside the forecast.
    pub actuals: Vec<ActualReport>,
    /// Yearly figures of the whole scenario.
    pub yearly: Vec<Yearly>,
    /// The forces.
    pub forces: Vec<ForceReport>,
    /// The alliances.
    pub alliances: Vec<AllianceReport>,
    /// The benefits map, realised by year.
    pub benefits: Vec<Benefit>,
    /// The distribution of the net present value.
    pub npv_distribution: Vec<NpvPoint>,
    /// When the investment has paid back, a share of futures a year; the rest never.
    pub payback_years: Vec<PaybackYear>,
    /// What the charts show; the same figures again, laid out.
    #[serde(skip)]
    pub charts: Charts,
}

impl Report {
    /// Computes everything that is shown.
    #[must_use]
    pub fn build(scenario: &Scenario, figures: &impl Figures, (facts, run): (ScenarioFacts, RunIdentity)) -> Self {
        let mut report = Self {
            format: FORMAT,
            scenario: facts,
            run,
            question: words::question(scenario),
            findings: Vec::new(),
            whole: Whole::of(scenario, figures),
            targets: targets::targets(scenario, figures),
            actuals: targets::actuals(scenario, figures),
            yearly: yearly::whole(scenario, figures),
            forces: forces::forces(scenario, figures),
            alliances: alliances::alliances(scenario, figures),
            benefits: yearly::benefits(scenario, figures),
            npv_distribution: whole::npv_distribution(scenario, figures),
            payback_years: whole::payback_years(scenario, figures),
            charts: Charts::default(),
        };
        report.findings = words::findings(&report);
        // What the answer must not be taken for stands right behind it.
        let behind = report.findings.len().min(1);
        report.findings.splice(behind..behind, report.scenario.is_no_plan());
        report.charts = Charts::of(&report, scenario, figures);
        report
    }

    /// The mergers that may fail, and of which it is told what the scenario is worth where they do.
    pub fn may_fail(&self) -> impl Iterator<Item = &AllianceReport> {
        self.alliances.iter().filter(|own| own.can_fail && own.npv_if_not_vested.is_some())
    }

    /// The yearly figures of this measure of the whole scenario.
    #[must_use]
    pub fn yearly(&self, series: impl Into<Series>) -> Option<&Yearly> {
        let series = series.into();
        self.yearly.iter().find(|yearly| yearly.measure == series)
    }

    /// The report as JSON, as in `summary.json`.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{Sample, report, run, sample};
    use engine::outcomes::Outcome;

    fn json(report: &Report) -> serde_json::Value {
        serde_json::from_str(&report.to_json().expect("plain values")).expect("JSON")
    }

    #[test]
    fn a_summary_is_the_same_each_time_and_names_nothing_of_the_machine() {
        let (first, again) = (report(Sample::TwoForce), report(Sample::TwoForce));
        let text = first.to_json().expect("plain");
        assert_eq!(text, again.to_json().expect("plain"));
        assert!(["threads", "seconds", "command_line"].iter().all(|word| !text.contains(word)));
    }

    #[test]
    fn a_payback_that_never_comes_is_null_and_counted() {
        let json = json(&report(Sample::TwoForce));
        let payback = &json["whole"]["payback"];
        assert!(payback["p90"].is_null() && payback["missing_means"] == "never", "{payback}");
        assert!(payback["missing"]["value"].as_f64().is_some_and(|share| share > 0.1), "{payback}");
    }

    #[test]
    fn the_shares_of_payback_years_and_never_add_up_to_one() {
        let report = report(Sample::TwoForce);
        let never = report.whole.payback.as_ref().and_then(|payback| payback.missing).map_or(0.0, |never| never.value);
        let sum: f64 = report.payback_years.iter().map(|year| year.share.value).sum();
        assert!((sum + never - 1.0).abs() < 1e-9, "{sum} and {never}");
    }

    #[test]
    fn the_first_likely_year_is_the_first_whose_median_reaches_the_amount() {
        let (mut scenario, futures) = sample(Sample::TwoForce);
        scenario.targets[0].amount = 7.0;
        let report = Report::build(&scenario, &futures, run(&scenario));
        let medians: Vec<f64> = report
            .yearly(Outcome::SavingCashable)
            .expect("there")
            .years
            .iter()
            .map(|year| year.spread.p50.map_or(0.0, |p50| p50.value))
            .collect();
        let first = medians.iter().position(|median| *median >= 7.0).map(|t| report.scenario.years[t].clone());
        assert!(first.is_some(), "the sample reaches it: {medians:?}");
        assert_eq!(report.targets[0].likely_from, first);
    }

    #[test]
    fn a_scenario_without_alliance_values_none() {
        let report = report(Sample::Alone);
        assert!(report.whole.npv.is_none() && report.forces[0].npv.is_none() && report.alliances.is_empty());
        assert!(report.forces[0].floor_breached_standalone.is_some());
    }
}
