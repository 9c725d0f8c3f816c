//! The report of a better order and pace of delivery. `summary.json` of `optimise` is this, as documented in `docs/output.md`.

use serde::Serialize;

use super::comparison::{self, Comparison};
use super::data::{RunIdentity, ScenarioFacts};
use super::figure::{Figure, STANDARD_ERROR};
use super::grid::Table;
use super::terminal::answer;
use super::terminal::layout::{Laid, with_error};
use super::words;
use analysis::{Objective, Optimised, Turn};
use engine::alliance::{Alliance, Scenario};
use engine::outcomes::OutcomeId;

/// Version of the layout of `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of a search.
#[derive(Debug, Clone, Serialize)]
pub struct OptimumReport {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what the search was simulated.
    pub run: RunIdentity,
    /// Seed of the fresh draws on which its result was judged.
    pub fresh_seed: u64,
    /// The outcome that was to be made as good as possible.
    pub outcome: OutcomeId,
    /// What of it: `mean`, `chance` or a percentile such as `P10`.
    pub statistic: String,
    /// Unit.
    pub unit: &'static str,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// The objective as planned, on fresh draws; null where it never comes.
    pub planned: Option<Figure>,
    /// The same with the levers found.
    pub found: Option<Figure>,
    /// By how much it is better (worse: below 0), in the same fresh futures.
    pub gain: Figure,
    /// Whether that is a gain beyond chance.
    pub gains: bool,
    /// How many single turns of a lever were tried.
    pub tried: usize,
    /// The turns that led to the levers found, in their order.
    pub turns: Vec<TurnReport>,
    /// The levers found, as `--set` takes them; empty where none was turned.
    pub changes: Vec<String>,
    /// As planned beside as found, on fresh draws; null where no lever was turned.
    pub comparison: Option<Comparison>,
}

/// One turn of a lever.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurnReport {
    /// For people.
    pub says: String,
    /// What it gained in the search, on the draws of the search: the sum of these flatters.
    pub gain: Figure,
}

/// What a search was about.
#[derive(Debug, Clone, Copy)]
pub struct Sought<'a> {
    /// The scenario as planned.
    pub scenario: &'a Scenario,
    /// What was to be made as good as possible.
    pub objective: &'a Objective,
    /// Seed of the fresh draws.
    pub fresh_seed: u64,
}

impl OptimumReport {
    /// Computes everything that is shown; `changes` are the levers as `--set` takes them.
    #[must_use]
    pub fn build(
        (scenario, run): (ScenarioFacts, RunIdentity),
        sought: Sought<'_>,
        found: &Optimised,
        changes: Vec<String>,
        comparison: Option<Comparison>,
    ) -> Self {
        let finite = |figure: analysis::Measured| figure.value.is_finite().then(|| Figure::from(figure));
        let gain = Figure::from(found.gain);
        let alliances = &sought.scenario.alliances;
        let turn = |(turn, gain): &(Turn, _)| TurnReport { says: says(*turn, alliances), gain: Figure::from(*gain) };
        let statistic = match sought.objective.percentile {
            Some(p) => format!("P{:.0}", p * 100.0),
            None if sought.objective.measure.is_event() => "chance".to_owned(),
            None => "mean".to_owned(),
        };
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            fresh_seed: sought.fresh_seed,
            outcome: sought.objective.measure.outcome.clone(),
            statistic,
            unit: sought.objective.measure.unit.label(),
            findings: Vec::new(),
            planned: finite(found.planned),
            found: finite(found.found),
            gain,
            gains: gain.clear(),
            tried: found.tried,
            turns: found.turns.iter().map(turn).collect(),
            changes,
            comparison,
        };
        report.findings = findings(&report, alliances);
        report
    }

    /// A value of the objective as it is printed.
    fn says(&self, figure: Option<Figure>) -> String {
        let never = || "never".to_owned();
        figure.map_or_else(never, |figure| {
            if self.statistic == "chance" { words::percent(figure) } else { words::amount_figure(figure, self.unit) }
        })
    }

    /// A difference of the objective as it is printed.
    fn says_gain(&self) -> String {
        if self.statistic == "chance" {
            let points = self.gain.times(100.0);
            return format!("{} points", with_error(Some(points), 1, "–"));
        }
        words::amount_figure(self.gain, self.unit)
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// The tables: what was turned, and the plan beside what was found.
    pub(super) fn tables(&self) -> Vec<Laid> {
        let mut table = Table::new(&["Change, one after another", "gain in the search"]);
        let percent = if self.statistic == "chance" { 100.0 } else { 1.0 };
        for turn in &self.turns {
            table.push([turn.says.clone(), with_error(Some(turn.gain.times(percent)), 2, "–")]);
        }
        let compared = self.comparison.iter().flat_map(|compared| comparison::screen::tables(compared, &[]));
        std::iter::once((table, vec![80, 20])).chain(compared).collect()
    }

    /// How it was sought, and what was simulated.
    pub(super) fn terms(&self) -> String {
        let (run, scenario) = (&self.run, &self.scenario);
        format!(
            "Sought among slots, priorities and what waits for what, within the plan's own dependencies: {} single turns tried on at \
             most 4,096 trials of seed {}. Judged on {} fresh trials of seed {}, the same for the plan and for what was found; alliance \
             {}; scenario {} {}. {STANDARD_ERROR}",
            words::thousands(self.tried as u64),
            run.seed,
            words::thousands(run.trials),
            self.fresh_seed,
            run.version,
            scenario.name,
            scenario.hash.chars().take(12).collect::<String>()
        )
    }

    /// What was to be made as good as possible, in words.
    fn what(&self) -> String {
        let what = words::measure(&self.outcome);
        match self.statistic.as_str() {
            "chance" => format!("the {what}"),
            "mean" => format!("mean {what}"),
            percentile => format!("the {percentile} of {what}"),
        }
    }

    /// The question.
    pub(super) fn question(&self) -> String {
        let asked = self.what();
        format!("Which order and pace of delivery is best for {asked}?")
    }

    /// One screen of plain text of so many columns, ending with a line feed.
    #[must_use]
    pub fn render(&self, width: usize) -> String {
        answer(&[self.scenario.title.clone(), self.question()], &self.findings, &self.tables(), &self.terms(), width)
    }
}

fn says(turn: Turn, alliances: &[Alliance]) -> String {
    let several = alliances.len() > 1;
    let of = |k: usize| if several { format!(" ({})", alliances[k].name) } else { String::new() };
    let area = |k: usize, a: usize| &alliances[k].areas[a].name;
    match turn {
        Turn::Slots { alliance, to } => format!("slots: {to}{}", of(alliance)),
        Turn::First { alliance, area: a } => {
            format!("{} first where two are ready at once{}", area(alliance, a), of(alliance))
        }
        Turn::Last { alliance, area: a } => {
            format!("{} last where two are ready at once{}", area(alliance, a), of(alliance))
        }
        Turn::After { alliance, area: a, other } => {
            format!("{} after {}{}", area(alliance, a), area(alliance, other), of(alliance))
        }
    }
}

/// In how many futures what was found is better than the plan, and in how many worse.
fn how_often(report: &OptimumReport) -> Option<String> {
    let compared = report.comparison.as_ref()?;
    let measure = compared.measure(&report.outcome)?;
    let against = measure.options.get(1)?.against.as_ref()?;
    let (better, worse) = (against.better?, against.worse?);
    Some(format!(
        "In {} of futures what was found is better than the plan in this, in {} it is worse.",
        words::percent(better),
        words::percent(worse)
    ))
}

fn findings(report: &OptimumReport, alliances: &[Alliance]) -> Vec<String> {
    let mut said = Vec::new();
    let what = report.what();
    let planned = report.says(report.planned);
    let over = report.scenario.span();
    if report.turns.is_empty() {
        said.push(format!(
            "The plan’s own: none of the orders and paces of delivery that were tried is clearly better ({what}, {over}: {planned})."
        ));
    } else if report.gains {
        let changes = match report.turns.len() {
            1 => "one change to the order or pace of delivery improves".to_owned(),
            several => format!("{} changes to the order and pace of delivery improve", words::count(several)),
        };
        let found = report.says(report.found);
        // Both ends may print alike where the gain, which is paired, is known better than either.
        let ends =
            if found == planned { format!(" (as planned {planned})") } else { format!(", from {planned} to {found}") };
        said.push(format!(
            "A better one was found: {changes} {what} ({over}) by {}{ends}, on futures that the search has not seen.",
            report.says_gain()
        ));
        said.extend(how_often(report));
    } else {
        said.push(format!(
            "The plan’s own: what looked better in the search is not clearly better on futures that it has not seen ({what}, {over}: {}, \
             as planned {planned}).",
            report.says(report.found)
        ));
    }
    let unlimited: Vec<String> =
        alliances.iter().filter(|alliance| alliance.slots.is_none()).map(|alliance| alliance.name.clone()).collect();
    if !unlimited.is_empty() {
        said.push(format!(
            "Any number of areas can be implemented at once in {}: there the order matters little.",
            words::list(&unlimited)
        ));
    }
    if report.gains && report.turns.iter().any(|turn| turn.says.starts_with("slots")) {
        said.push(
            "A slot costs nothing in the model: whether the people for it are there is to be judged outside."
                .to_owned(),
        );
    }
    said
}
