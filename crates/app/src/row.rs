//! Rows of futures that a question is made of, in plain data: of each any span of pieces is worked out anywhere, apart from all others.

use std::fmt;
use std::ops::Range;

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

/// A row that is wanted.
#[derive(Debug, Clone, PartialEq)]
pub struct Wanted {
    /// The row.
    pub row: Row,
    /// How many pieces it has.
    pub pieces: u64,
    /// Blocks of futures of one scenario that each of them simulates: how heavy a piece is beside those of other rows.
    pub weight: u64,
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

    /// Some of its pieces in words: which row where a question has several, what pieces are, and which.
    #[must_use]
    pub fn told(&self, pieces: &Range<u64>) -> String {
        format!("{self}{} {} to {}", self.pieces(), pieces.start, pieces.end)
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

    const fn name(&self) -> &'static str {
        match self {
            Self::Budget => "by budget",
            Self::Equal => "in equal parts",
            Self::Population => "by population",
            Self::Origin => "where costs arise",
            Self::Weights(_) => "by weights",
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
            Self::Shared(ways) => {
                let mut names: Vec<&str> = ways.iter().map(Shared::name).collect();
                names.dedup();
                write!(f, "shares {}: ", names.join(", "))
            }
            Self::Coalition { alliance, forces } => {
                let forces: Vec<String> = forces.iter().map(|force| (force + 1).to_string()).collect();
                let of = alliance.map_or_else(String::new, |alliance| format!(" of alliance {}", alliance + 1));
                write!(f, "the coalition of forces {}{of}: ", forces.join(", "))
            }
            Self::Orders(_) => write!(f, "orders of joining: "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_question_are_told_apart() {
        let coalition = |alliance, forces: &[usize]| Row::Coalition { alliance, forces: forces.to_vec() };
        for (row, wanted) in [
            (Row::Scenarios, "blocks 3 to 5"),
            (Row::Means, "rows 3 to 5"),
            (Row::Points(Points { sweep: 1, from: 11, to: 13 }), "points 12 to 13 of sweep 2: blocks 3 to 5"),
            (Row::Deal, "the deal as it is: blocks 3 to 5"),
            (coalition(None, &[0, 2]), "the coalition of forces 1, 3: blocks 3 to 5"),
            (coalition(Some(1), &[0, 2]), "the coalition of forces 1, 3 of alliance 2: blocks 3 to 5"),
            (Row::Shared(vec![Shared::Equal, Shared::Equal]), "shares in equal parts: blocks 3 to 5"),
            (Row::Shared(vec![Shared::Weights(vec![1.0])]), "shares by weights: blocks 3 to 5"),
            (Row::Orders(2_000), "orders of joining: groups 3 to 5"),
        ] {
            assert_eq!(row.told(&(3..5)), wanted);
        }
    }

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
