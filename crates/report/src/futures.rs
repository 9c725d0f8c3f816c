//! The answer to a question to kept futures. `alliance futures --format json` is this, as documented in `docs/output.md`.

mod condition;
mod screen;
mod table;

use serde::Serialize;

use super::data::{RunIdentity, ScenarioFacts};
use super::discovery::Share;
use super::figure::Figure;
use super::inputs::Inputs;
use super::words;
use analysis::Measured;
use analysis::futures::{Found, Key, Shown, Told};
use engine::outcomes::Missing;
use engine::statistics::combined;
use engine::units::{Unit, thousands};

pub use condition::in_words;
pub use screen::render;
pub use table::table;

/// Version of the layout of the answer as JSON.
pub const FORMAT: u32 = 1;

/// Groups of fewer futures are no finding.
const LEAST: u64 = 30;
/// Beyond so many standard errors the furthest two of many groups lie apart by more than chance.
const CLEAR: f64 = 3.5;

/// A column of kept futures as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its name in the file.
    pub name: String,
    /// What it is called: `Dorset: reserves in 2018/19`.
    pub label: String,
    /// What it is measured in.
    pub unit: Unit,
    /// What a missing value means.
    pub missing: Missing,
    /// Names of what its values stand for, by position; empty where a value is a number.
    pub names: Vec<String>,
    /// Of what happens or does not: sentences of that it does not, and that it does.
    pub events: Option<[String; 2]>,
    /// Of a number that the scenario states: its address there, by which its values are told.
    pub stated: Option<String>,
}

/// Everything to be shown of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct FuturesReport {
    /// [`FORMAT`].
    pub format: u32,
    /// What was simulated.
    pub scenario: ScenarioFacts,
    /// With what.
    pub run: RunIdentity,
    /// Futures that were kept.
    pub trials: u64,
    /// The condition as it was asked; null where it is about all futures.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// The same in words.
    #[serde(skip)]
    condition_says: Option<String>,
    /// Futures that it is about.
    pub futures: u64,
    /// Share of all that they are.
    pub share: Share,
    /// Futures in which the condition cannot be told, because a figure is not defined there; they are left out.
    pub unknown: u64,
    /// The answer in a few sentences.
    pub findings: Vec<String>,
    /// Figures by which futures are put in groups.
    pub by: Vec<ColumnReport>,
    /// The groups; one where nothing puts them apart.
    pub groups: Vec<GroupReport>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ColumnReport {
    /// Its name.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Its unit.
    pub unit: &'static str,
    /// How a number of the scenario is told on the screen: its name with its unit there, and what values are multiplied by.
    #[serde(skip)]
    pub(crate) told: Option<(String, f64)>,
    /// What stands above groups that it makes, where their own names say what it is.
    #[serde(skip)]
    pub(crate) above_groups: Option<&'static str>,
}

/// A group of futures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GroupReport {
    /// What they have in common, for each column in `by`.
    pub keys: Vec<KeyReport>,
    /// How many there are.
    pub futures: u64,
    /// Share of those that the question is about.
    pub share: Share,
    /// Figures of them.
    pub shown: Vec<ShownReport>,
}

/// What futures of a group have in common.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct KeyReport {
    /// In words: `austerity`, `£1.2m to £3.4m`, `missing`.
    pub says: String,
    /// The lowest value; null where it is missing.
    pub low: Option<f64>,
    /// The highest.
    pub high: Option<f64>,
}

/// A figure of a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShownReport {
    /// Which one.
    #[serde(flatten)]
    pub column: ColumnReport,
    /// Futures in which it is missing.
    pub missing: u64,
    /// What missing means: `never` or `undefined`.
    pub missing_means: &'static str,
    /// Where it is yes or no: the chance of yes.
    pub chance: Option<Share>,
    /// Else its mean over the futures that have it.
    pub mean: Option<Figure>,
    /// On how few futures that mean rests, where it does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rests_on: Option<u64>,
    /// 10th percentile; null where it is never.
    pub p10: Option<Figure>,
    /// Median.
    pub p50: Option<Figure>,
    /// 90th percentile.
    pub p90: Option<Figure>,
}

/// What was asked, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct AskedOf {
    /// The condition as it was written, and in words.
    pub condition: Option<(String, String)>,
    /// Columns by which futures are put in groups.
    pub by: Vec<Column>,
    /// Columns that are told.
    pub show: Vec<Column>,
}

impl FuturesReport {
    /// Puts an answer in words.
    #[must_use]
    pub fn build(scenario: ScenarioFacts, run: RunIdentity, asked: &AskedOf, found: &Found) -> Self {
        let group = |own: &analysis::futures::Group| GroupReport {
            keys: own.keys.iter().zip(&asked.by).map(|(key, column)| column.key(*key)).collect(),
            futures: own.futures,
            share: own.share.into(),
            shown: own.shown.iter().zip(&asked.show).map(|(shown, column)| column.shown(shown)).collect(),
        };
        let mut report = Self {
            format: FORMAT,
            scenario,
            run,
            trials: found.trials,
            condition: asked.condition.as_ref().map(|(written, _)| written.clone()),
            condition_says: asked.condition.as_ref().map(|(_, says)| says.clone()),
            futures: found.futures,
            share: found.share.into(),
            unknown: found.unknown,
            findings: Vec::new(),
            by: asked.by.iter().map(Column::report).collect(),
            groups: found.groups.iter().map(group).collect(),
        };
        report.findings = report.found();
        report
    }

    /// The answer as JSON.
    ///
    /// # Errors
    /// Where it has no such form: never in practice.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// Between which groups the first figure lies furthest apart, where that is clear though the two were chosen for it; nothing where some
    /// group is too small, or tells no figure for all of its futures.
    fn parted(&self) -> Option<String> {
        let figure = |group: &GroupReport| {
            let shown = group.shown.first().filter(|shown| group.futures >= LEAST && shown.missing == 0)?;
            let chance = shown.chance.map(|chance| Figure { value: chance.value, error: chance.error });
            chance.or(shown.mean.filter(|_| shown.rests_on.is_none()))
        };
        let told: Vec<(&GroupReport, Figure)> =
            self.groups.iter().map(|group| Some((group, figure(group)?))).collect::<Option<_>>()?;
        let by = |a: &&(&GroupReport, Figure), b: &&(&GroupReport, Figure)| a.1.value.total_cmp(&b.1.value);
        let (low, high) = (told.iter().min_by(by)?, told.iter().max_by(by)?);
        let clear = high.1.value - low.1.value > CLEAR * combined(high.1.error, low.1.error);
        let shown = self.groups.first()?.shown.first().filter(|_| clear)?;
        let says = |figure: Figure| match (&shown.column.told, shown.chance) {
            (Some((_, factor)), _) => figure.times(*factor).rounded(1),
            (None, Some(_)) => words::percent(figure),
            (None, None) => words::amount_figure(figure, shown.column.unit),
        };
        let average = if shown.chance.is_some() { "" } else { " on average" };
        Some(format!(
            "{} is {}{average} where {}, and {} where {}.",
            shown.column.label,
            says(high.1),
            self.place(high.0),
            says(low.1),
            self.place(low.0)
        ))
    }

    /// What the futures of a group have in common, within a sentence.
    fn place(&self, group: &GroupReport) -> String {
        let each = group.keys.iter().zip(&self.by).map(|(key, column)| match &column.above_groups {
            Some(_) => key.says.clone(),
            None => format!("{} is {}", words::uncapital(&column.label), key.says),
        });
        each.collect::<Vec<_>>().join(" and ")
    }

    fn found(&self) -> Vec<String> {
        let trials = thousands(self.trials);
        let mut all = vec![match &self.condition_says {
            None => format!("All {trials} futures are looked at."),
            Some(says) if self.futures == 0 => {
                let most = words::percent(Figure { value: self.share.high, error: 0.0 });
                let most = if most.starts_with("under") { most } else { format!("at most {most}") };
                format!("In none of the {trials} futures {says}: the chance of that is {most}.")
            }
            Some(says) => {
                format!("In {} of {trials} futures {says}: {}.", thousands(self.futures), self.share.within())
            }
        }];
        all.splice(0..0, self.parted());
        if self.unknown > 0 {
            let (futures, them) =
                if self.unknown == 1 { ("future", "it is left out") } else { ("futures", "they are left out") };
            all.push(format!(
                "In {} {futures} the condition cannot be told, because a figure in it is not defined there; {them}.",
                thousands(self.unknown)
            ));
        }
        let mut alone: Vec<String> = Vec::new();
        for shown in self.groups.iter().flat_map(|group| &group.shown).filter(|shown| shown.rests_on.is_some()) {
            if !alone.contains(&shown.column.label) {
                alone.push(shown.column.label.clone());
            }
        }
        if !alone.is_empty() {
            let list = words::list(&alone);
            all.push(format!("A mean of {list} rests on few futures: it has not settled, and its error is too small."));
        }
        all
    }
}

impl Column {
    fn report(&self) -> ColumnReport {
        let told = self.stated.as_ref().map(|address| Inputs::axis(&self.label, address));
        let above_groups = self.events.as_ref().map(|_| "What happens");
        ColumnReport { name: self.name.clone(), label: self.label.clone(), unit: self.unit.label(), told, above_groups }
    }

    /// A value in words.
    fn says(&self, value: f64) -> String {
        let named = (value >= 0.0).then(|| self.names.get(value.round() as usize)).flatten();
        match (named, self.unit) {
            (Some(name), _) => name.clone(),
            (None, Unit::Flag) => {
                let happens = value > 0.5;
                let of = |events: &[String; 2]| events[usize::from(happens)].clone();
                self.events.as_ref().map_or_else(|| if happens { "yes" } else { "no" }.to_owned(), of)
            }
            (None, unit) => match &self.stated {
                Some(address) => Inputs::amount(address, value),
                None => words::amount(value, unit.label()),
            },
        }
    }

    /// A value as it was written in a condition.
    fn says_written(&self, value: f64) -> String {
        match &self.stated {
            Some(address) => Inputs::stated(address, value),
            None if self.names.is_empty() && self.unit != Unit::Flag => words::typed(value, self.unit.label()),
            None => self.says(value),
        }
    }

    fn key(&self, key: Key) -> KeyReport {
        let (says, ends) = match key {
            Key::Value(value) => (self.says(value), Some((value, value))),
            Key::From(low, high) => {
                let (from, to) = (self.says(low), self.says(high));
                (if from == to { from } else { format!("{from} to {to}") }, Some((low, high)))
            }
            Key::Missing if self.missing == Missing::Never => ("never".to_owned(), None),
            Key::Missing => ("not defined".to_owned(), None),
        };
        KeyReport { says, low: ends.map(|ends| ends.0), high: ends.map(|ends| ends.1) }
    }

    fn shown(&self, shown: &Shown) -> ShownReport {
        let figure = |own: Measured| Figure { value: own.value, error: own.error };
        let mut report = ShownReport {
            column: self.report(),
            missing: shown.missing,
            missing_means: if self.missing == Missing::Never { "never" } else { "undefined" },
            chance: None,
            mean: None,
            rests_on: None,
            p10: None,
            p50: None,
            p90: None,
        };
        match &shown.told {
            Told::Nothing => {}
            Told::Chance(chance) => report.chance = Some((*chance).into()),
            Told::Spread { mean, rests_on, p10, p50, p90 } => {
                report.mean = Some(figure(*mean));
                report.rests_on = *rests_on;
                (report.p10, report.p50, report.p90) = (p10.map(figure), p50.map(figure), p90.map(figure));
            }
        }
        report
    }
}
