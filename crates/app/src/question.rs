//! What can be asked of scenarios.

use engine::outcomes::{Outcome, OutcomeId};
use language::{Axis, Commission, Sweep};
use report::inputs::Inputs;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::limits;

/// What is asked. Scenarios are not part of it: of several, the baseline is the first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "verb", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Question {
    /// What is to be expected of a scenario?
    Run {},
    /// Which of several scenarios is better, and for whom?
    Compare {
        /// Financial years over which they are compared; none: those of the longest.
        #[schemars(range(min = 1))]
        years: Option<usize>,
    },
    /// What if some things were otherwise?
    WhatIf(Commissioned),
    /// What drives an outcome?
    Explain {
        /// Its name.
        outcome: String,
        /// Financial years over which it is compared with another scenario's.
        #[schemars(range(min = 1))]
        years: Option<usize>,
    },
    /// Under which conditions does a scenario fail?
    Discover {
        /// What counts as failure, such as `npv < 0`.
        fail: String,
    },
    /// Is the deal fair to each force?
    Shares {},
    /// Which order and pace of delivery is better?
    Optimise {
        /// Name of the outcome to be made as good as possible.
        outcome: String,
        /// A percentile of it instead of its mean, in per cent.
        #[schemars(range(min = 1, max = 99))]
        percentile: Option<u8>,
        /// Most delivery slots of an alliance; none: as many as the plan has.
        #[schemars(range(min = 1, max = limits::SLOTS))]
        slots: Option<u32>,
    },
    /// What is assumed, on which evidence, and how much does it matter?
    Assumptions {
        /// Name of the outcome that it matters for.
        outcome: String,
    },
    /// What do reported figures say of the plan?
    Track {
        /// The month up to which figures count, such as `2016-07`; none: all of them.
        as_of: Option<String>,
        /// What figure and forecast may differ by though both are right, as a part of the plan's figure.
        #[schemars(range(min = 0, max = 1))]
        discrepancy: f64,
        /// Most futures that are run where fewer do not reach the figures.
        #[schemars(range(min = 1, max = limits::MOST_TRACKED))]
        most: u64,
    },
    /// What is to be put before a board?
    Report {
        /// As of a comparison, where there are several scenarios.
        #[schemars(range(min = 1))]
        years: Option<usize>,
    },
}

/// A commissioned question: variants are scenarios of their own.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Commissioned {
    /// The question in words.
    pub question: Option<String>,
    /// The office that asks.
    pub requested_by: Option<String>,
    /// The month of asking.
    pub date: Option<String>,
    /// Names of the measures that the answer must tell; none: the usual ones.
    #[schemars(length(max = limits::MEASURES))]
    pub measures: Vec<String>,
    /// What is varied step by step.
    #[schemars(length(max = limits::SWEEPS))]
    pub sweeps: Vec<Sweep>,
}

impl From<&Commission> for Commissioned {
    fn from(own: &Commission) -> Self {
        let Commission { question, requested_by, date, measures, sweeps, .. } = own.clone();
        let measures = measures.into_iter().map(|(name, _)| name).collect();
        Self { question, requested_by, date, measures, sweeps }
    }
}

impl Commissioned {
    /// The measures; what names no outcome was refused before.
    #[must_use]
    pub fn outcomes(&self) -> Vec<OutcomeId> {
        self.measures.iter().filter_map(|name| name.parse().ok()).collect()
    }
}

/// What a variant is called that was made of changes without a name of their own.
pub const CHANGES: &str = "the changes";

/// Reads one or two swept keys, such as `alliance."Strategic alliance".slip=1..2:9`, as a sweep that goes by their names.
///
/// # Errors
/// What would be right.
pub fn sweep(text: &str) -> Result<Sweep, String> {
    let (along, across) = Axis::parse_one_or_two(text)?;
    let names: Vec<String> =
        std::iter::once(&along).chain(&across).map(|axis| Inputs::default().name(&axis.key)).collect();
    Ok(Sweep { name: names.join(" and "), along, across })
}

/// A question without its particulars, as the command line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verb {
    /// One scenario is run.
    Run,
    /// Scenarios are compared.
    Compare,
    /// A commissioned question is answered.
    WhatIf,
    /// An outcome is explained.
    Explain,
    /// The conditions of a failure are sought.
    Discover,
    /// Coalitions and ways to share are tried.
    Shares,
    /// A better order and pace of delivery is sought.
    Optimise,
    /// Assumptions are put in a register.
    Assumptions,
    /// Futures are weighed by reported figures.
    Track,
    /// A page for a board is written.
    Report,
}

impl Verb {
    /// Its name on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Run => "run",
            Self::Compare => "compare",
            Self::WhatIf => "what-if",
            Self::Explain => "explain",
            Self::Discover => "discover",
            Self::Shares => "shares",
            Self::Optimise => "optimise",
            Self::Assumptions => "assumptions",
            Self::Track => "track",
            Self::Report => "report",
        }
    }
}

impl Question {
    /// Which one it is.
    #[must_use]
    pub const fn verb(&self) -> Verb {
        match self {
            Self::Run {} => Verb::Run,
            Self::Compare { .. } => Verb::Compare,
            Self::WhatIf(_) => Verb::WhatIf,
            Self::Explain { .. } => Verb::Explain,
            Self::Discover { .. } => Verb::Discover,
            Self::Shares {} => Verb::Shares,
            Self::Optimise { .. } => Verb::Optimise,
            Self::Assumptions { .. } => Verb::Assumptions,
            Self::Track { .. } => Verb::Track,
            Self::Report { .. } => Verb::Report,
        }
    }

    /// The question in words, where it was asked in words.
    #[must_use]
    pub fn in_words(&self) -> Option<&str> {
        match self {
            Self::WhatIf(asked) => asked.question.as_deref(),
            _ => None,
        }
    }

    /// What counts as failure unasked.
    #[must_use]
    pub fn a_loss() -> String {
        format!("{} < 0", Outcome::Npv)
    }
}
