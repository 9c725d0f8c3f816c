//! The report of what drives an outcome. `summary.json` of `explain` is this, as documented in `docs/output.md`.

pub mod charts;
mod findings;
mod names;
pub mod screen;
pub mod table;

use serde::Serialize;

use super::data::{RunIdentity, ScenarioFacts};
use super::figure::Figure;
use super::inputs::{Inputs, is_sign};
use super::words;
use analysis::{self, Explained, Measured, Near, Proportion, Sort, is_own_cause};
use charts::ExplanationCharts;
use engine::alliance::Scenario;
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::units::Unit;
pub(crate) use findings::unsettled;

/// Version of the layout of an explanation's `summary.json`.
pub const FORMAT: u32 = 2;

/// Everything to be shown of an explanation.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// The outcome.
    pub outcome: OutcomeId,
    /// The same for people.
    pub label: String,
    /// Unit.
    pub unit: &'static str,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Mean of the outcome.
    pub mean: Figure,
    /// On how few trials that mean rests, where it does: then neither it nor any share of variance has settled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<u64>,
    /// Whether it differs from future to future; where not, nothing drives it.
    pub varies: bool,
    /// Trials in which it is defined.
    pub defined: usize,
    /// Trials in which it is missing: they are left out.
    pub missing: usize,
    /// Trials of each run in which some inputs were drawn again, for total indices and for themes.
    pub designed: u64,
    /// Name of the option that it is weighed against; null: not going ahead.
    pub against: Option<String>,
    /// Expected value of perfect information on that decision, £m present value; null where nothing is decided by this outcome.
    pub evpi: Option<Figure>,
    /// Themes, the largest total index first.
    pub themes: Vec<ThemeReport>,
    /// Events that the outcome comes of by definition, which are no findings about it.
    pub by_definition: Vec<String>,
    /// Inputs, correlated ones as one, the largest first-order index first, among equals the widest swing.
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

/// An input, or several that are correlated.
#[derive(Debug, Clone, Serialize)]
pub struct DriverReport {
    /// Its address in the scenario; of several, that of the first.
    pub key: String,
    /// Key of its draw.
    #[serde(skip)]
    pub draw: String,
    /// The same for people.
    pub label: String,
    /// The same for those who need not know how several hang together.
    #[serde(skip)]
    pub plain: String,
    /// Its theme.
    pub theme: &'static str,
    /// What sort of number it is: `quantity`, `event`, `count` or `group`.
    pub sort: &'static str,
    /// Whether it is drawn every year: the effect is that of its mean over the years, or of what the years come to.
    pub yearly: bool,
    /// Whether it hangs together with other inputs.
    pub correlated: bool,
    /// Whether the inputs of a group are low together and high together.
    #[serde(skip)]
    pub together: bool,
    /// Whether other inputs have a part in whether it happens.
    pub shared: bool,
    /// Whether it comes of how things go, so that it goes with the outcome rather than causes it.
    pub sign: bool,
    /// The input where it is low: near its 10th percentile, or a value that it has; null for a group.
    pub low_input: Option<f64>,
    /// The same where it is high.
    pub high_input: Option<f64>,
    /// What the input is there, in words that follow *where*; null for a group.
    pub low_says: Option<String>,
    /// The same where it is high.
    pub high_says: Option<String>,
    /// Whether these are single values.
    #[serde(skip)]
    pub exact: bool,
    /// Mean of the outcome where the input is low; of a group whose inputs do not go the same way, where its strongest is.
    pub low: Figure,
    /// The same where it is high.
    pub high: Figure,
    /// First-order index; null where it is not clear of 0.
    pub first: Option<Figure>,
    /// Total index of the strongest; null for others, and where it is not clear of 0.
    pub total: Option<Figure>,
    /// Rank correlation with the outcome.
    pub rank_correlation: Figure,
    /// Value of knowing it before deciding, £m.
    pub evppi: Option<Figure>,
    /// The inputs of a group, each by itself: their shares overlap.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<DriverReport>,
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

/// A share of variance as it is told: an estimate may lie beyond 100 %, what it estimates does not.
#[must_use]
pub fn share(figure: Figure) -> String {
    // All but for the rounding of sums is all.
    let value = if figure.value > 1.0 - 1e-6 { 1.0 } else { figure.value };
    words::percent(Figure { value, ..figure })
}

/// The same with its error, where that shows: shares that lie apart by less may stand in either order.
#[must_use]
pub fn share_with_error(figure: Figure) -> String {
    let text = share(figure);
    let number = text.strip_suffix('%').filter(|number| number.starts_with(|first: char| first.is_ascii_digit()));
    let Some(number) = number else { return text };
    let decimals = number.split_once('.').map_or(0, |(_, digits)| digits.len());
    let error = format!("{:.decimals$}", figure.error * 100.0);
    let shows = error.bytes().any(|digit| (b'1'..=b'9').contains(&digit));
    if shows { format!("{number} ±{error}%") } else { text }
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
        of: &Scenario,
        (outcome, unit): (&OutcomeId, Unit),
        found: &Explained,
        against: Option<Against>,
    ) -> Self {
        let inputs = Inputs::of(of);
        let theme = |theme: &analysis::ThemeEffect| ThemeReport {
            theme: theme.theme.name(),
            inputs: theme.inputs,
            first: clear(theme.closed),
            total: clear(theme.total),
            evppi: theme.evppi.map(Figure::from),
        };
        // What the outcome means is no finding about it.
        let (own_causes, told): (Vec<_>, Vec<_>) =
            found.drivers.iter().partition(|own| is_own_cause(outcome, &own.address, own.reading));
        let by_definition = own_causes.iter().map(|own| inputs.label(&own.address, own.reading)).collect();
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            outcome: outcome.clone(),
            label: words::row_name(outcome),
            unit: unit.label(),
            findings: Vec::new(),
            mean: found.mean.into(),
            rests_on: found.rests_on,
            varies: found.varies,
            defined: found.trials,
            missing: found.missing,
            designed: found.designed,
            against: against.as_ref().map(|other| other.name.clone()),
            evpi: found.evpi.map(Figure::from),
            themes: found.themes.iter().map(theme).collect(),
            by_definition,
            drivers: told.into_iter().map(|own| driver(own, &inputs)).collect(),
            charts: ExplanationCharts::default(),
        };
        report.findings = findings::findings(&report);
        report.findings.extend(against.into_iter().flat_map(|other| other.notes));
        report.charts = ExplanationCharts::of(&report);
        report
    }

    /// The decision that information is weighed by: `deciding whether to go ahead`.
    #[must_use]
    pub fn decision(&self) -> String {
        let by = match &self.outcome {
            OutcomeId { owner: Owner::Force(force), outcome: Outcome::Npv, .. } => format!(" by the share of {force}"),
            _ => String::new(),
        };
        match &self.against {
            Some(other) => format!("choosing between \"{}\" and \"{other}\"{by}", self.scenario.title),
            None => format!("deciding{by} whether to go ahead"),
        }
    }

    /// A mean of the outcome as it is printed: of an event, its chance.
    #[must_use]
    pub fn says(&self, figure: Figure) -> String {
        if self.unit == Unit::Flag.label() {
            words::percent(figure)
        } else if self.unit == Unit::Count.label() {
            figure.rounded(2)
        } else {
            words::amount_figure(figure, self.unit)
        }
    }

    /// Of an outcome that some futures do not have, of which the mean is told: ` in the 63% of futures in which it pays back`.
    #[must_use]
    pub fn of_those(&self) -> String {
        if self.missing == 0 {
            return String::new();
        }
        let there = self.run.trials.saturating_sub(self.missing as u64);
        let Proportion { value, error, .. } = Proportion::of(there as f64, self.run.trials as f64);
        let share = words::percent(Figure { value, error });
        format!(" in the {share} of futures in which {}", words::comes(&self.outcome))
    }

    /// Whether its sign means something: an amount of money, which may be a gain or a loss.
    #[must_use]
    pub fn can_turn(&self) -> bool {
        self.outcome.outcome == Outcome::Npv
    }

    /// Inputs with a clear effect that may be its causes.
    pub fn clear_causes(&self) -> impl Iterator<Item = &DriverReport> {
        self.clear_drivers().filter(|driver| !driver.sign)
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

/// An input, or a group with its members.
fn driver(own: &analysis::Driver, inputs: &Inputs) -> DriverReport {
    let group = !own.members.is_empty();
    let members: Vec<DriverReport> = own.members.iter().map(|member| driver(member, inputs)).collect();
    let together = own.rho.is_some_and(|rho| rho > 0.0);
    let (low, high) = (own.effect.low, own.effect.high);
    // Inputs that do not go the same way are low together at neither end: the ends and the rank are those of the strongest.
    let (least, most, rank_correlation) = match members.first() {
        Some(strongest) if !together => (strongest.low, strongest.high, strongest.rank_correlation),
        _ => (low.outcome.into(), high.outcome.into(), own.effect.rank.into()),
    };
    let input = |near: Near| (!group).then_some(near.input);
    DriverReport {
        key: own.address.clone(),
        draw: own.key.clone(),
        label: names::of(own, inputs),
        plain: names::plain(own, inputs),
        theme: own.theme.name(),
        sort: match own.reading.sort() {
            _ if group => "group",
            Sort::Quantity => "quantity",
            Sort::Event => "event",
            Sort::Count => "count",
        },
        yearly: own.yearly,
        correlated: own.correlated,
        together,
        shared: own.reading.is_lived(),
        sign: !group && is_sign(own.reading),
        low_input: input(low),
        high_input: input(high),
        low_says: input(low).map(|value| names::at(own, value, inputs)),
        high_says: input(high).map(|value| names::at(own, value, inputs)),
        exact: low.exact && high.exact && !group,
        low: least,
        high: most,
        first: own.effect.first.clear_among_many().then(|| own.effect.first.into()),
        total: own.total.and_then(clear),
        rank_correlation,
        evppi: own.evppi.map(Figure::from),
        members,
    }
}
