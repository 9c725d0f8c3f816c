//! What was asked of scenarios, as the manifest keeps it, and the scenarios that sweeps stand for.

use serde::{Deserialize, Serialize};

use super::Failure;
use engine::outcomes::{Outcome, OutcomeId, Owner};
use language::{self, Axis, Commission, Loaded, Override, Sweep};
use report::comparison::MeasureReport;
use report::inputs::Inputs;
use report::what_if::{self, AxisReport};

/// What was asked; variants are scenarios of their own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    pub question: Option<String>,
    pub requested_by: Option<String>,
    pub date: Option<String>,
    /// Measures to be told, or the outcome to be explained.
    pub measures: Vec<String>,
    pub sweeps: Vec<Swept>,
    /// What counts as failure.
    pub fail: Option<String>,
    /// Percentile that is sought, in per cent.
    pub percentile: Option<u8>,
    /// Most slots that are tried.
    pub slots: Option<u32>,
    /// Years over which scenarios are compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub years: Option<usize>,
}

/// One sweep.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Swept {
    pub name: String,
    pub along: SweptKey,
    pub across: Option<SweptKey>,
}

/// A key and its values.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SweptKey {
    pub key: String,
    pub values: Vec<f64>,
    /// What the plan has all the while.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan: Option<f64>,
}

impl Asked {
    /// The question of a commission.
    pub fn of(commission: Commission) -> Self {
        Self {
            question: commission.question,
            requested_by: commission.requested_by,
            date: commission.date,
            measures: commission.measures.into_iter().map(|(name, _)| name).collect(),
            sweeps: commission.sweeps.into_iter().map(Swept::of).collect(),
            ..Self::default()
        }
    }

    /// The same without its sweeps.
    pub fn of_whom(&self) -> what_if::Asked {
        what_if::Asked {
            question: self.question.clone(),
            requested_by: self.requested_by.clone(),
            date: self.date.clone(),
            measures: self.outcomes(),
        }
    }

    /// The measures that sweeps tell: those asked for, else net present value and the promises.
    pub fn chosen(&self, told: &[MeasureReport]) -> Vec<OutcomeId> {
        let asked = self.outcomes();
        if !asked.is_empty() {
            return asked;
        }
        let usual = |id: &OutcomeId| *id == Outcome::Npv.whole() || matches!(id.owner, Owner::Target(_));
        told.iter().map(|measure| measure.measure.clone()).filter(usual).collect()
    }

    /// The measures; what names no outcome was refused before.
    pub fn outcomes(&self) -> Vec<OutcomeId> {
        self.measures.iter().filter_map(|name| name.parse().ok()).collect()
    }

    /// How many runs its sweeps take where so many points are run at once.
    pub fn chunks(&self, at_once: usize) -> u64 {
        let points =
            |swept: &Swept| swept.along.values.len() * swept.across.as_ref().map_or(1, |axis| axis.values.len());
        self.sweeps.iter().map(|swept| points(swept).div_ceil(at_once) as u64).sum()
    }
}

impl Swept {
    fn of(sweep: Sweep) -> Self {
        Self { name: sweep.name, along: SweptKey::of(sweep.along), across: sweep.across.map(SweptKey::of) }
    }

    /// A sweep without a name of its own.
    pub fn by_key((along, across): (Axis, Option<Axis>)) -> Self {
        let names: Vec<String> =
            std::iter::once(&along).chain(&across).map(|axis| Inputs::default().name(&axis.key)).collect();
        let name = names.join(" and ");
        Self { name, along: SweptKey::of(along), across: across.map(SweptKey::of) }
    }

    /// The changes that make its points: each value of the first key within each of the second.
    pub fn points(&self) -> Result<Vec<Vec<Override>>, Failure> {
        let seconds: Vec<Option<Override>> = match &self.across {
            Some(axis) => axis.changes()?.into_iter().map(Some).collect(),
            None => vec![None],
        };
        let firsts = self.along.changes()?;
        let within = |second: Option<Override>| {
            firsts.iter().map(move |first| std::iter::once(first.clone()).chain(second.clone()).collect())
        };
        Ok(seconds.into_iter().flat_map(within).collect())
    }
}

/// The base with some changes: a point of a sweep.
pub(super) fn point(base: &Loaded, changes: &[Override]) -> Result<Loaded, Failure> {
    let point = language::changed(&base.resolved, changes, &base.scenario.name);
    point.map_err(|problems| Failure::input(problems.to_string()))
}

impl SweptKey {
    fn of(axis: Axis) -> Self {
        Self { key: axis.key, values: axis.values, plan: axis.plan }
    }

    fn changes(&self) -> Result<Vec<Override>, Failure> {
        let axis = Axis { key: self.key.clone(), values: self.values.clone(), plan: self.plan, at: None };
        let change = |value: &f64| axis.change(*value).map_err(|problems| Failure::input(problems.to_string()));
        self.values.iter().map(change).collect()
    }

    pub fn report(&self) -> AxisReport {
        AxisReport { key: self.key.clone(), values: self.values.clone(), plan: self.plan }
    }
}
