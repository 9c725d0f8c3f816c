//! The report of what reported figures say of a plan. `summary.json` of `track` is this, as documented in `docs/tracking.md`.

mod chart;
mod findings;
pub mod screen;
pub mod table;

use serde::{Serialize, Serializer};

use super::chart::over_years::OverYears;
use super::data::{RunIdentity, ScenarioFacts};
use super::figure::Figure;
use super::inputs::Inputs;
use super::words;
use analysis::Measured;
use analysis::track::{Distribution, Moved, Tracked, UNFORESEEN};
use engine::alliance::{Scenario, Target, When};
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::units::FinancialYear;

/// Version of the layout of `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of tracking.
#[derive(Debug, Clone, Serialize)]
pub struct Tracking {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what; further futures stand under `weights`.
    pub run: RunIdentity,
    /// The month up to which figures count; null: all of them.
    pub as_of: Option<String>,
    /// The discrepancy of a figure that has none of its own, as a part of the plan's figure.
    pub discrepancy: f64,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// The figures that count.
    pub figures: Vec<FigureReport>,
    /// Figures that became known later.
    pub later: usize,
    /// Figures of years or dates outside the horizon.
    pub outside: usize,
    /// The smallest two-sided rank times the number of figures, at most 1.
    pub surprise: f64,
    /// Whether that is 0.02 or more.
    pub foreseen: bool,
    /// Whether the weights of futures do.
    pub weights: Weights,
    /// Outcomes before and after the figures: chances, values, savings by year, what the figures are of.
    pub outcomes: Vec<OutcomeReport>,
    /// Every assumption that differs from future to future, what moved furthest first; empty where the weights do not do.
    pub assumptions: Vec<MovedReport>,
    /// The first promise, or net present value, with other discrepancies.
    pub swept: Vec<SweptReport>,
    #[serde(skip)]
    first_year: FinancialYear,
    #[serde(skip)]
    targets: Vec<Target>,
    #[serde(skip)]
    chart: Option<OverYears>,
}

/// A reported figure and how far it was foreseen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FigureReport {
    /// What it is a figure of.
    pub measure: OutcomeId,
    /// The financial year or month.
    #[serde(serialize_with = "as_text")]
    pub when: When,
    /// The month from which it was known.
    pub known: String,
    /// The figure; of a range, its low reading; of a fact, 1 or 0.
    pub value: f64,
    /// The high reading of a range.
    pub high: Option<f64>,
    /// Unit, as printed.
    pub unit: &'static str,
    /// Whether it is a fact: something that had happened or not.
    pub fact: bool,
    /// The figures that it is read together with.
    pub series: String,
    /// What was counted.
    pub definition: Option<String>,
    /// Scale of its own error; of a fact, the chance that it was told wrongly.
    pub error: f64,
    /// Scale of its discrepancy; 0 of a fact.
    pub discrepancy: f64,
    /// The plan's figure; null where it has none.
    pub plan: Option<f64>,
    /// Where it was reported.
    pub source: Option<String>,
    /// Its rank in the prior predictive distribution.
    pub below: Figure,
    /// Twice the smaller of the parts below and above.
    pub two_sided: f64,
}

/// When a figure was measured, as it is printed.
fn as_text<S: Serializer>(when: &When, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(when)
}

/// Whether the weights of futures do.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Weights {
    /// Futures that were run.
    pub futures: u64,
    /// How many unweighted futures tell as much.
    pub effective: f64,
    /// Shape of the tail of the weights; null where most of it is one tie.
    pub shape: Option<f64>,
    /// The largest shape that does.
    pub limit: f64,
    /// Whether they do.
    pub good: bool,
    /// Position of the figure that the futures reach least, where they do not.
    pub unreached: Option<usize>,
}

/// An outcome before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeReport {
    /// Which.
    pub outcome: OutcomeId,
    /// Unit, as printed.
    pub unit: &'static str,
    /// Value in the plan run; null where it never comes or is not defined there.
    pub plan: Option<f64>,
    /// Over all futures alike.
    pub then: Bands,
    /// Over the weighted futures; null where the weights do not do.
    pub now: Option<Bands>,
}

/// An outcome over futures; a percentile is null where it never comes at that rank.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bands {
    /// Mean of the futures in which it is there; of what happens or does not, the chance.
    pub mean: Option<Figure>,
    /// 10th percentile.
    pub p10: Option<Figure>,
    /// 25th percentile.
    pub p25: Option<Figure>,
    /// Median.
    pub p50: Option<Figure>,
    /// 75th percentile.
    pub p75: Option<Figure>,
    /// 90th percentile.
    pub p90: Option<Figure>,
}

/// How far an assumption moved.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MovedReport {
    /// The scenario's own address of it.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// Mean before.
    pub then: f64,
    /// Standard deviation before.
    pub then_sd: f64,
    /// Mean now.
    pub now: f64,
    /// Standard deviation now.
    pub now_sd: f64,
    /// How far the mean moved, in standard deviations of before.
    pub shift: Figure,
}

/// The answer with another discrepancy.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SweptReport {
    /// As a part of the plan's figure.
    pub discrepancy: f64,
    /// How many unweighted futures tell as much.
    pub effective: f64,
    /// The chance to keep the first promise, or mean net present value.
    pub value: Figure,
}

/// What was asked, and which figures count.
#[derive(Debug, Clone)]
pub struct Reported {
    /// The month up to which figures count.
    pub as_of: Option<String>,
    /// The discrepancy as a part of the plan's figure.
    pub discrepancy: f64,
    /// The figures that count, without their ranks.
    pub figures: Vec<FigureReport>,
    /// Figures that became known later.
    pub later: usize,
    /// Figures outside the horizon.
    pub outside: usize,
}

/// An outcome that is told: which, its unit, its value in the plan run.
pub type Plan = (OutcomeId, &'static str, Option<f64>);

impl Tracking {
    /// Computes everything that is shown; `told` are the outcomes that were asked for, in the same order.
    #[must_use]
    pub fn build(
        (facts, run): (ScenarioFacts, RunIdentity),
        scenario: &Scenario,
        reported: Reported,
        told: Vec<Plan>,
        found: &Tracked,
    ) -> Self {
        let inputs = Inputs::of(scenario);
        let mut figures = reported.figures;
        for (own, rank) in figures.iter_mut().zip(&found.ranks) {
            (own.below, own.two_sided) = (Figure::from(rank.below), rank.two_sided);
        }
        let trust = &found.trust;
        let weights = Weights {
            futures: trust.futures,
            effective: trust.effective,
            shape: trust.shape,
            limit: trust.limit,
            good: trust.is_good(),
            unreached: trust.unreached,
        };
        let headline = headline(scenario);
        let at = told.iter().position(|own| own.0 == headline);
        let swept = found.swept.iter().filter_map(|own| {
            let value = Figure::from(*own.means.get(at?)?);
            Some(SweptReport { discrepancy: own.part, effective: own.effective, value })
        });
        let mut report = Self {
            format: FORMAT,
            scenario: facts,
            run,
            as_of: reported.as_of,
            discrepancy: reported.discrepancy,
            findings: Vec::new(),
            figures,
            later: reported.later,
            outside: reported.outside,
            surprise: found.surprise,
            foreseen: found.surprise >= UNFORESEEN,
            weights,
            swept: swept.collect(),
            outcomes: told
                .into_iter()
                .zip(&found.outcomes)
                .map(|(told, own)| outcome(told, &own.then, own.now.as_ref()))
                .collect(),
            assumptions: assumptions(&found.inputs, &inputs),
            first_year: scenario.first_year,
            targets: scenario.targets.clone(),
            chart: None,
        };
        report.findings = findings::findings(&report);
        report.chart = chart::savings(&report);
        report
    }

    /// An outcome, where it is told.
    fn outcome(&self, id: &OutcomeId) -> Option<&OutcomeReport> {
        self.outcomes.iter().find(|own| own.outcome == *id)
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// Savings by year before and after; none where there are none.
    #[must_use]
    pub fn chart(&self) -> Option<&OverYears> {
        self.chart.as_ref()
    }

    /// The foot of the chart.
    #[must_use]
    pub fn foot(&self) -> String {
        let hash: String = self.scenario.hash.chars().take(12).collect();
        let (run, name, futures) = (&self.run, &self.scenario.name, words::thousands(self.weights.futures));
        format!(
            "Source: alliance {}, scenario {name} ({hash}). {futures} futures, plain sampler, seed {}.",
            run.version, run.seed
        )
    }

    /// The question.
    #[must_use]
    pub fn question(&self) -> String {
        let known =
            self.as_of.as_ref().map_or_else(|| "so far".to_owned(), |month| format!("by {}", words::named(month)));
        format!("What do the figures reported {known} say of the plan?")
    }
}

/// What a fact says had happened, and when: `Hub had ended by October 2018`.
pub(crate) fn event(id: &OutcomeId, when: &str) -> String {
    let by = if id.outcome.dated_by().is_some() { "by" } else { "in" };
    format!("{} {by} {when}", happened(id))
}

fn happened(id: &OutcomeId) -> String {
    match (&id.owner, id.outcome) {
        (_, Outcome::Shortfall) if id.alone => "a force standing alone was short of officers".to_owned(),
        (_, Outcome::Shortfall) => "a force was short of officers".to_owned(),
        (Owner::Alliance(name), Outcome::Ended) => format!("{name} had ended"),
        (Owner::Alliance(name), Outcome::Stopped) => format!("a review had stopped the programme of {name}"),
        (Owner::Member { alliance, force }, Outcome::Left) => format!("{force} had left {alliance}"),
        _ => words::measure(id),
    }
}

/// What is answered first: the chance to keep the first promise, else net present value.
pub(crate) fn headline(scenario: &Scenario) -> OutcomeId {
    scenario.targets.first().map_or_else(|| Outcome::Npv.whole(), |target| Outcome::Met.of_target(&target.name))
}

fn outcome((outcome, unit, plan): Plan, then: &Distribution, now: Option<&Distribution>) -> OutcomeReport {
    OutcomeReport {
        outcome,
        unit,
        plan: plan.filter(|plan| plan.is_finite()),
        then: then.into(),
        now: now.map(Bands::from),
    }
}

impl From<&Distribution> for Bands {
    fn from(own: &Distribution) -> Self {
        let finite = |own: Measured| own.value.is_finite().then(|| Figure::from(own));
        let [p10, p25, p50, p75, p90] = own.percentiles.map(|own| own.and_then(finite));
        Self { mean: finite(own.mean), p10, p25, p50, p75, p90 }
    }
}

fn assumptions(found: &[Moved], inputs: &Inputs) -> Vec<MovedReport> {
    let of = |own: &Moved| MovedReport {
        key: own.address.clone(),
        label: inputs.label(&own.address, own.reading),
        then: own.then.0,
        then_sd: own.then.1,
        now: own.now.0,
        now_sd: own.now.1,
        shift: own.shift.into(),
    };
    let mut all: Vec<MovedReport> = found.iter().map(of).collect();
    all.sort_by(|a, b| b.shift.value.abs().total_cmp(&a.shift.value.abs()));
    all
}
