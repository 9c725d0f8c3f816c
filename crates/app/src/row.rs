//! Rows of futures that a question is made of, in plain data: of each any span of pieces is worked out anywhere, apart from all others.

use std::fmt;

use analysis::Run;
use engine::alliance::ShareRule;
use serde::{Deserialize, Serialize};

/// A row of futures. Its pieces are blocks of 128 futures unless something else is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Row {
    /// The scenarios of the question, side by side where there are several.
    Scenarios,
    /// Some points of a sweep beside the base.
    Points(Points),
    /// The deal as it is.
    Deal,
    /// The deal with another way to share for each alliance.
    Shared(Vec<Shared>),
    /// Some forces if only they collaborated, in all alliances or in one: positions in the scenario.
    Coalition {
        /// The alliance; none: all.
        alliance: Option<usize>,
        /// The forces.
        forces: Vec<usize>,
    },
    /// Coalitions that drawn orders of joining pass through, at most so many; a piece is a group of orders.
    Orders(u64),
    /// Inputs that are given, each row of them in a future of its own.
    Futures,
    /// Inputs that are given, each row of them in the same futures; a piece is a row.
    Means,
}

/// Points of a sweep that are run at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Points {
    /// Position of the sweep in the question.
    pub sweep: usize,
    /// The first point.
    pub from: usize,
    /// The first that is not among them.
    pub to: usize,
}

/// A way to share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Shared {
    /// By budget.
    Budget,
    /// In equal parts.
    Equal,
    /// By population.
    Population,
    /// Each keeps what arises in its own costs.
    Origin,
    /// By weights, in the order of members.
    Weights(Vec<f64>),
}

impl Row {
    /// The row of a run that sharing asks for.
    #[must_use]
    pub fn of(run: &Run) -> Self {
        match run {
            Run::Deal => Self::Deal,
            Run::Shared(rules) => Self::Shared(rules.iter().map(Shared::of).collect()),
            Run::Coalition { alliance, forces } => Self::Coalition { alliance: *alliance, forces: forces.clone() },
            Run::Orders(runs) => Self::Orders(*runs),
        }
    }

    /// The run that sharing asks for; none for other rows.
    #[must_use]
    pub fn run(&self) -> Option<Run> {
        match self {
            Self::Deal => Some(Run::Deal),
            Self::Shared(ways) => Some(Run::Shared(ways.iter().map(Shared::rule).collect())),
            Self::Coalition { alliance, forces } => {
                Some(Run::Coalition { alliance: *alliance, forces: forces.clone() })
            }
            Self::Orders(runs) => Some(Run::Orders(*runs)),
            Self::Scenarios | Self::Points(_) | Self::Futures | Self::Means => None,
        }
    }

    /// What its pieces are.
    #[must_use]
    pub const fn pieces(&self) -> &'static str {
        match self {
            Self::Orders(_) => "groups",
            Self::Means => "rows",
            _ => "blocks",
        }
    }
}

impl Shared {
    fn of(rule: &ShareRule) -> Self {
        match rule {
            ShareRule::Budget => Self::Budget,
            ShareRule::Equal => Self::Equal,
            ShareRule::Population => Self::Population,
            ShareRule::Origin => Self::Origin,
            ShareRule::Explicit(weights) => Self::Weights(weights.clone()),
        }
    }

    fn rule(&self) -> ShareRule {
        match self {
            Self::Budget => ShareRule::Budget,
            Self::Equal => ShareRule::Equal,
            Self::Population => ShareRule::Population,
            Self::Origin => ShareRule::Origin,
            Self::Weights(weights) => ShareRule::Explicit(weights.clone()),
        }
    }
}

/// What is said of it in front of its pieces; nothing where a question has no other.
impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenarios | Self::Futures | Self::Means => Ok(()),
            Self::Points(Points { sweep, from, to }) => {
                write!(f, "points {} to {to} of sweep {}: ", from + 1, sweep + 1)
            }
            Self::Deal => write!(f, "the deal as it is: "),
            Self::Shared(_) => write!(f, "another way to share: "),
            Self::Coalition { forces, .. } => write!(f, "a coalition of {} forces: ", forces.len()),
            Self::Orders(_) => write!(f, "orders of joining: "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_the_runs_of_sharing_are_the_same_there_and_back_and_through_json() {
        // A weight whose shortest decimal is long comes back to the bit.
        let rules = vec![ShareRule::Explicit(vec![1.0 / 3.0, 2.0 / 3.0]), ShareRule::Budget, ShareRule::Equal];
        let more = vec![ShareRule::Population, ShareRule::Origin];
        for run in [
            Run::Deal,
            Run::Shared(rules),
            Run::Shared(more),
            Run::Coalition { alliance: Some(1), forces: vec![0, 2] },
            Run::Orders(2_000),
        ] {
            let row = Row::of(&run);
            let text = serde_json::to_string(&row).expect("it is written");
            assert_eq!(serde_json::from_str::<Row>(&text).expect("it is read").run(), Some(run), "{text}");
        }
    }
}
