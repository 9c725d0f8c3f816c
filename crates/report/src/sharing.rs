//! The report of whether a deal is fair and stable. `summary.json` of `shares` is this, as documented in `docs/output.md`.

mod findings;
pub mod screen;
pub mod table;

use serde::Serialize;

use super::chart::Heading;
use super::chart::matrix::{Cell, Matrix};
use super::data::{RunIdentity, ScenarioFacts};
use super::figure::Figure;
use super::words;
use analysis::{Shares, Sharing};
use engine::alliance::Scenario;

/// Version of the layout of `summary.json`.
pub const FORMAT: u32 = 1;

/// Everything to be shown of how a deal is shared.
#[derive(Debug, Clone, Serialize)]
pub struct SharingReport {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// Coalitions and ways to share that were run: of all trials, or, where orders of joining were drawn, coalitions of a part each.
    pub runs: u64,
    /// Orders of joining that were drawn for what each force adds; null where every coalition was run.
    pub orders: Option<u64>,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// What all forces in alliances are worth together: mean net present value, £m.
    pub worth: Figure,
    /// The forces.
    pub forces: Vec<ForceShare>,
    /// Every coalition of fewer than all, the one that would gain most alone first; where orders were drawn, each force alone.
    pub coalitions: Vec<CoalitionReport>,
    /// Ways to share.
    pub rules: Vec<RuleReport>,
    /// Whether leaving is modelled; where not, every chance to leave is 0 by that alone.
    pub leaving: bool,
    /// Why Shapley values are not among them; null where they are.
    pub no_shapley: Option<String>,
}

/// What a force adds and is given.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ForceShare {
    /// Its name.
    pub name: String,
    /// What it adds: its Shapley value, £m.
    pub adds: Figure,
    /// What the deal gives it beyond that, £m, in the same futures.
    pub surplus: Figure,
}

/// A coalition of fewer than all.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CoalitionReport {
    /// Its members.
    pub members: Vec<String>,
    /// Mean net present value if only they collaborated, £m.
    pub alone: Figure,
    /// What the deal gives them together, £m.
    pub inside: Figure,
    /// The first less the second in the same futures, £m.
    pub gain: Figure,
    /// Chance that they would do better alone.
    pub better: Figure,
}

/// A way to share.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleReport {
    /// Its name: `budget`, `equal`, `population`, `origin`, `Shapley`, or `as it is`.
    pub rule: &'static str,
    /// Whether it is that of the scenario.
    pub own: bool,
    /// Mean net present value of all, £m.
    pub whole: Figure,
    /// Chance that some member leaves some alliance.
    pub someone_leaves: Figure,
    /// Each force, as in [`SharingReport::forces`].
    pub forces: Vec<ForceOutcome>,
    /// Coalitions that would clearly do better alone on average, the largest gain first.
    pub blocked_by: Vec<Blocking>,
    /// Whether no coalition would do better alone on average (it lies in the core); null where the trials do not tell.
    pub stable: Option<bool>,
}

/// What a way to share gives one force.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ForceOutcome {
    /// Mean share of net present value, £m.
    pub npv: Figure,
    /// Chance that it is below 0.
    pub loses: Figure,
    /// Chance that it leaves an alliance.
    pub leaves: Figure,
}

/// A coalition that would do better alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Blocking {
    /// Its members.
    pub members: Vec<String>,
    /// What it would gain, £m.
    pub gain: Figure,
}

/// A way to share as people call it.
const fn name(sharing: Sharing) -> &'static str {
    match sharing {
        Sharing::Written => "as it is",
        Sharing::Budget => "budget",
        Sharing::Equal => "equal",
        Sharing::Population => "population",
        Sharing::Origin => "origin",
        Sharing::Shapley => "Shapley",
    }
}

impl SharingReport {
    /// Computes everything that is shown; `whole` is the scenario that was looked at.
    #[must_use]
    pub fn build(scenario: ScenarioFacts, run: RunIdentity, whole: &Scenario, found: &Shares) -> Self {
        let forces: Vec<&str> = whole.forces.iter().map(|force| force.name.as_str()).collect();
        let of = |player: usize| forces[found.players[player]].to_owned();
        let names = |members: &[usize]| members.iter().map(|player| of(*player)).collect::<Vec<String>>();
        let mut coalitions: Vec<CoalitionReport> = found
            .coalitions
            .iter()
            .map(|own| CoalitionReport {
                members: names(&own.members),
                alone: own.alone.into(),
                inside: own.inside.into(),
                gain: own.gain.into(),
                better: own.better.into(),
            })
            .collect();
        coalitions.sort_by(|a, b| b.gain.value.total_cmp(&a.gain.value));
        let rule = |own: &analysis::RuleOutcome| RuleReport {
            rule: name(own.sharing),
            own: own.own,
            whole: own.whole.into(),
            someone_leaves: own.someone_leaves.into(),
            forces: own
                .players
                .iter()
                .map(|p| ForceOutcome { npv: p.npv.into(), loses: p.loses.into(), leaves: p.leaves.into() })
                .collect(),
            blocked_by: own
                .blocked_by
                .iter()
                .map(|(c, gain)| Blocking { members: names(&found.coalitions[*c].members), gain: (*gain).into() })
                .collect(),
            stable: own.stable,
        };
        let unshared = |why| findings::unshared(why, &whole.alliances);
        let force =
            |i: usize| ForceShare { name: of(i), adds: found.shapley[i].into(), surplus: found.surplus[i].into() };
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            runs: found.runs,
            orders: found.orders,
            findings: Vec::new(),
            worth: found.worth.into(),
            forces: (0..found.players.len()).map(force).collect(),
            coalitions,
            rules: found.rules.iter().map(rule).collect(),
            leaving: whole.alliances.iter().any(|alliance| alliance.exit.is_modelled()),
            no_shapley: found.unshared.map(unshared),
        };
        report.findings = findings::findings(&report);
        report
    }

    /// The scenario's own way to share.
    #[must_use]
    pub fn own(&self) -> Option<&RuleReport> {
        self.rules.iter().find(|rule| rule.own)
    }

    /// The report as JSON.
    ///
    /// # Errors
    /// Never in practice: every field is a plain value.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self).map(|json| json + "\n")
    }

    /// Each force by each way to share.
    #[must_use]
    pub fn chart(&self) -> Matrix {
        let value = |r: usize, f: usize| self.rules[r].forces[f];
        let each = (0..self.rules.len()).flat_map(|r| (0..self.forces.len()).map(move |f| (r, f)));
        let largest = each.map(|(r, f)| value(r, f).npv.value.abs()).fold(f64::MIN_POSITIVE, f64::max);
        let cell = |r: usize, f: usize| Cell {
            shade: value(r, f).npv.value / largest,
            value: words::money_figure(value(r, f).npv),
            note: format!("leaves in {}", words::percent(value(r, f).leaves)),
        };
        let row = |(f, force): (usize, &ForceShare)| {
            let adds = Cell {
                shade: force.adds.value / largest,
                value: words::money_figure(force.adds),
                note: "Shapley value".to_owned(),
            };
            let rules = (0..self.rules.len()).map(|r| cell(r, f));
            (force.name.clone(), std::iter::once(adds).chain(rules).collect())
        };
        let head = |rule: &RuleReport| format!("{}{}", rule.rule, if rule.own { " (the deal)" } else { "" });
        Matrix {
            file: "sharing".to_owned(),
            heading: Heading {
                title: findings::title(self),
                subtitle: format!(
                    "What each force adds, and its mean share of net present value by each way to share, £m, {} prices; chance that it leaves",
                    self.scenario.first_year()
                ),
            },
            columns: std::iter::once("adds".to_owned()).chain(self.rules.iter().map(head)).collect(),
            rows: self.forces.iter().enumerate().map(row).collect(),
        }
    }

    /// How much was run for it.
    fn of_runs(&self) -> String {
        let (runs, trials) = (words::thousands(self.runs), words::thousands(self.run.trials));
        match self.orders {
            Some(orders) => format!(
                "{runs} runs for {} drawn orders of joining, among which {trials} trials are shared out",
                words::thousands(orders)
            ),
            None => format!("{runs} runs of {trials} trials on the same draws"),
        }
    }

    /// The foot of the chart.
    #[must_use]
    pub fn foot(&self) -> String {
        let hash: String = self.scenario.hash.chars().take(12).collect();
        let (run, name) = (&self.run, &self.scenario.name);
        format!(
            "Source: alliance {}, scenario {name} ({hash}) and its coalitions. {}, plain sampler, seed {}.",
            run.version,
            self.of_runs(),
            run.seed
        )
    }
}
