//! The report of a comparison: options side by side, their paired differences, ranks, regrets, and what the funding regime turns.
//! `summary.json` of a comparison is this, as documented in `docs/output.md`.

pub mod charts;
mod differing;
mod findings;
mod horizon;
mod labels;
mod regimes;
pub mod screen;
mod size;
mod standing;
pub mod table;

use serde::Serialize;

use super::data::{RunIdentity, ScenarioFacts};
use super::figure::{Figure, Spread};
use super::source::Figures;
use super::untold::Untold;
use super::words;
use super::words::tails::{Tail, parted};
use analysis::{self, Alignment, Measure};
use charts::ComparisonCharts;
pub use differing::{Differing, differing};
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId, Owner};
pub(crate) use findings::About;
pub use horizon::{HorizonReport, OtherHorizon};
pub use labels::{BASE, titles};
use regimes::{regimes, turns};
pub use size::Size;
pub use standing::side_by_side;

/// Version of the layout of a comparison's `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of a comparison. The first option is the baseline.
#[derive(Debug, Clone, Serialize)]
pub struct Comparison {
    /// [`FORMAT`].
    pub format: u32,
    /// With what.
    pub run: RunIdentity,
    /// The options, the baseline first.
    pub options: Vec<ScenarioFacts>,
    /// What each option is called: its title, told apart from the others.
    pub labels: Vec<String>,
    /// Over which years they are compared, and in whose prices.
    pub horizon: HorizonReport,
    /// Net present value over the other horizons that the options have themselves.
    pub horizons: Vec<OtherHorizon>,
    /// How large each option is, and what it is worth for its size.
    pub sizes: Vec<Size>,
    /// What was done to make them comparable.
    pub notes: Vec<String>,
    /// In what the options differ. Empty where they are variants of one question, which says so itself, or about different forces.
    pub differing: Vec<Differing>,
    /// The answer in a few sentences, never stronger than the figures allow.
    pub findings: Vec<String>,
    /// What each of them is about.
    #[serde(skip)]
    about: Vec<About>,
    /// Expected value of perfect information on which option is worth most, £m: the expected regret of the one with the best mean. Null
    /// where options are about different forces: nobody chooses between those.
    pub evpi: Option<Figure>,
    /// Whether they are variants of a question, states of the world among them: those are not chosen, and none is told as the best.
    #[serde(skip)]
    pub variants: bool,
    /// What all options have in common, measure by measure.
    pub measures: Vec<MeasureReport>,
    /// Net present value in the futures that each funding regime shapes most.
    pub regimes: Vec<RegimeReport>,
    /// Cashable saving by year from each option's start.
    pub savings: Vec<Vec<SavingYear>>,
    /// What the charts show; the same figures again, laid out.
    #[serde(skip)]
    pub charts: ComparisonCharts,
}

/// What is told beside the figures.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// How the options were made comparable.
    pub alignment: &'a Alignment,
    /// What each is called.
    pub labels: Vec<String>,
    /// Whether they are variants of a question, of which nobody may have the choice.
    pub variants: bool,
    /// In what they differ.
    pub differing: Vec<Differing>,
    /// Measures that the findings and the charts are to tell of besides the usual ones.
    pub asked: &'a [OutcomeId],
}

/// One measure over all options.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureReport {
    /// The outcome.
    pub measure: OutcomeId,
    /// The same for people.
    pub label: String,
    /// Unit.
    pub unit: &'static str,
    /// Which way is better: `higher`, `lower` or `neither`.
    pub better: &'static str,
    /// The options in their order.
    pub options: Vec<Standing>,
    /// Share of futures in which none is first: it never comes, or is not defined, under any.
    pub nobody_first: Option<Figure>,
    /// Positions of the options from the best mean to the worst; *never* and what is undefined stand last. Empty where nobody is ranked.
    pub ranking: Vec<usize>,
    /// Whether it happens or not, so that only its chance is told.
    #[serde(skip)]
    pub event: bool,
    /// Whether every option models it; where not, its figures are null.
    #[serde(skip)]
    pub modelled: bool,
}

/// The name of a promise, whose measure is the chance to keep it.
#[must_use]
pub fn promise_name(promise: &MeasureReport) -> &str {
    words::promise(&promise.measure).unwrap_or(&promise.label)
}

impl MeasureReport {
    /// The tail that goes the other way from the baseline than the median does, under some option.
    fn parted(&self) -> Option<Tail> {
        let (base, others) = self.options.split_first()?;
        others.iter().find_map(|other| parted(&base.own, &other.own, self.measure.outcome.better()))
    }

    /// An option in which no force states incidents says nothing of officers missing: that is not the same as none. Nobody is ranked then.
    fn leave_out_what_is_not_modelled(&mut self, scenarios: &[Scenario]) {
        let told = |o: usize| Untold::of(&scenarios[o], &self.measure) != Some(Untold::NoIncidents);
        let told: Vec<bool> = (0..scenarios.len()).map(told).collect();
        self.modelled = told.iter().all(|told| *told);
        if self.modelled {
            return;
        }
        self.nobody_first = None;
        for (standing, told) in self.options.iter_mut().zip(told) {
            let own = if told { standing.own.clone() } else { Spread::default() };
            *standing = Standing { own, above_zero: None, first: None, regret: None, against: None };
        }
        self.ranking.clear();
    }
}

/// How one option stands in one measure.
#[derive(Debug, Clone, Serialize)]
pub struct Standing {
    /// Its own distribution; of an event, the mean is its chance.
    pub own: Spread,
    /// Chance that it is above 0; none for an event.
    pub above_zero: Option<Figure>,
    /// Share of futures in which it is the best, shared where several are.
    pub first: Option<Figure>,
    /// How much better the best option of the same future is; none for an event.
    pub regret: Option<Regret>,
    /// Against the baseline; none for the baseline itself.
    pub against: Option<Against>,
}

/// How much is lost by choosing an option, in the measure's unit.
#[derive(Debug, Clone, Serialize)]
pub struct Regret {
    /// Its mean: expected regret.
    pub expected: Option<Figure>,
    /// What it exceeds in one future of a hundred.
    pub p99: Option<Figure>,
    /// The largest met in any trial, to a bin of the counts: it grows with the trials and bears no error.
    pub largest_met: Option<f64>,
}

/// An option against the baseline, future by future.
#[derive(Debug, Clone, Serialize)]
pub struct Against {
    /// The difference, option less baseline.
    pub difference: Spread,
    /// Chance that it is strictly better.
    pub better: Option<Figure>,
    /// Chance that it is strictly worse; what is left is the chance that both are the same.
    pub worse: Option<Figure>,
    /// `first`, `second` or `none`: the order in which it dominates the baseline; null for an event.
    pub dominates: Option<&'static str>,
    /// The order in which the baseline dominates it.
    pub dominated: Option<&'static str>,
}

/// Net present value where one funding regime rules most of the years.
#[derive(Debug, Clone, Serialize)]
pub struct RegimeReport {
    /// The regime's name in the baseline.
    pub regime: String,
    /// Share of futures.
    pub share: Option<Figure>,
    /// Mean net present value of each option in them.
    pub means: Vec<Option<Figure>>,
    /// Mean difference of each from the baseline in them; null for the baseline.
    pub differences: Vec<Option<Figure>>,
    /// The option with the best mean.
    pub best: Option<usize>,
    /// Whether that is another than over all futures, beyond the Monte Carlo error.
    pub turns: bool,
}

/// Cashable saving of one year.
#[derive(Debug, Clone, Serialize)]
pub struct SavingYear {
    /// The financial year of the option.
    pub year: String,
    /// £m.
    pub saving: Spread,
}

/// What it is worth to know beforehand which option will be worth most (Raiffa and Schlaifer 1961).
fn perfect_information(measures: &[MeasureReport]) -> Option<Figure> {
    let npv = measures.iter().find(|measure| measure.measure == Outcome::Npv.whole())?;
    npv.options[*npv.ranking.first()?].regret.as_ref()?.expected
}

impl Comparison {
    /// Computes everything that is shown of options, which are `scenarios` over the common horizon.
    #[must_use]
    pub fn build(
        scenarios: &[Scenario],
        measures: &[Measure],
        figures: &impl Figures,
        (options, run): (Vec<ScenarioFacts>, RunIdentity),
        told: Told<'_>,
    ) -> Self {
        let Told { alignment, labels, variants, differing, asked } = told;
        let count = options.len();
        let mut measures = side_by_side(measures, count, figures);
        measures.iter_mut().for_each(|measure| measure.leave_out_what_is_not_modelled(scenarios));
        let regimes = regimes(scenarios, &measures, count, figures);
        let npv = measures.iter().find(|measure| measure.measure == Outcome::Npv.whole());
        let size = |npv| {
            scenarios
                .iter()
                .zip(&alignment.bases)
                .enumerate()
                .map(move |(o, (own, on))| Size::of(own, on.price_level, npv, o))
        };
        let sizes: Vec<Size> = npv.into_iter().flat_map(size).collect();
        let over = (&alignment.horizon, &alignment.others[..]);
        let horizons = npv.map_or_else(Vec::new, |npv| horizon::others(over, npv, &sizes, figures));
        let evpi = perfect_information(&measures).filter(|_| alignment.horizon.same_forces);
        let savings = options.iter().enumerate().map(|(o, option)| savings(o, option, figures)).collect();
        let mut report = Self {
            format: FORMAT,
            run,
            options,
            labels,
            horizon: HorizonReport::of(&alignment.horizon),
            horizons,
            sizes,
            notes: alignment.notes.clone(),
            differing,
            findings: Vec::new(),
            about: Vec::new(),
            evpi,
            variants,
            measures,
            regimes,
            savings,
            charts: ComparisonCharts::default(),
        };
        (report.about, report.findings) = findings::findings(&report, asked).into_iter().unzip();
        report.charts = ComparisonCharts::of(&report, figures, asked);
        report
    }

    /// One measure.
    #[must_use]
    pub fn measure(&self, id: &OutcomeId) -> Option<&MeasureReport> {
        self.measures.iter().find(|measure| measure.measure == *id)
    }

    /// An option's label within a sentence.
    #[must_use]
    pub fn quoted(&self, option: usize) -> String {
        self.called(option, &self.labels[option])
    }

    /// The same by another label; the base of variants is no name, and stands without quotation marks.
    pub(crate) fn called(&self, option: usize, label: &str) -> String {
        if self.is_base(option) { BASE.to_owned() } else { labels::quoted(label) }
    }

    const fn is_base(&self, option: usize) -> bool {
        self.variants && option == 0
    }

    /// Where an option holds, within a sentence.
    #[must_use]
    pub fn under(&self, option: usize) -> String {
        self.under_as(option, &self.labels[option])
    }

    /// The same by another label.
    pub(crate) fn under_as(&self, option: usize, label: &str) -> String {
        let how = if self.is_base(option) { "in" } else { "under" };
        format!("{how} {}", self.called(option, label))
    }

    /// The findings without those about what was told before.
    pub(crate) fn findings_but(&self, is_told: impl Fn(&About) -> bool) -> Vec<String> {
        let all = self.about.iter().zip(&self.findings);
        all.filter(|(about, _)| !is_told(about)).map(|(_, finding)| finding.clone()).collect()
    }

    /// Promises that all options share.
    pub fn promises(&self) -> impl Iterator<Item = &MeasureReport> {
        self.measures.iter().filter(|measure| words::promise(&measure.measure).is_some())
    }

    /// Forces that all options have: name, share of net present value, chance to lose.
    pub fn forces(&self) -> impl Iterator<Item = (String, &MeasureReport, &MeasureReport)> {
        self.measures.iter().filter_map(|npv| {
            let Owner::Force(force) = &npv.measure.owner else { return None };
            let loses =
                self.measure(&Outcome::Loses.of_force(force)).filter(|_| npv.measure.outcome == Outcome::Npv)?;
            Some((force.clone(), npv, loses))
        })
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }
}

/// By how much one option is above another, from the difference of each from the baseline.
fn lead(one: usize, other: usize, from_base: impl Fn(usize) -> Option<Figure>) -> Option<Figure> {
    let from_base = |o: usize| if o == 0 { Some(Figure { value: 0.0, error: 0.0 }) } else { from_base(o) };
    let (one, other) = (from_base(one)?, from_base(other)?);
    Some(Figure { value: one.value - other.value, error: one.error + other.error })
}

fn savings(o: usize, option: &ScenarioFacts, figures: &impl Figures) -> Vec<SavingYear> {
    let year = |(t, year): (usize, &String)| {
        Some(SavingYear { year: year.clone(), saving: Spread::of(figures, &analysis::saving(o, t))? })
    };
    option.years.iter().enumerate().filter_map(year).collect()
}
