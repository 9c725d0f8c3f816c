//! Why draws cannot be compiled.

use std::fmt;

use super::super::tables::MOST_TABLES;
use crate::units::thousands;

/// Why draws cannot be compiled.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawsError {
    /// Two keys have one hash.
    Collision(String, String),
    /// A key stands for two different quantities.
    Conflict(String),
    /// A correlation names nothing that is drawn.
    NothingDrawn(String),
    /// A quantity is in two correlations.
    Twice(String),
    /// A correlation joins what is drawn every year (the first) with what is drawn once (the second).
    Mixed(String, String),
    /// A correlation's numbers are out of range or out of shape.
    Malformed(String),
    /// A matrix is not a correlation matrix; the nearest valid one is given.
    NotACorrelation(Vec<Vec<f64>>),
    /// A quantile table would be wrong by more than 1e-8 of the range.
    Inexact(String),
    /// The tables of all uncertain numbers together would come to more than [`MOST_TABLES`].
    TooManyTables,
}

impl fmt::Display for DrawsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Collision(a, b) => write!(f, "{a} and {b} have the same hash; rename one of them"),
            Self::Conflict(key) => write!(f, "{key} stands for two different quantities; rename one of them"),
            Self::NothingDrawn(names) => write!(f, "the correlation of {names} names nothing that is uncertain"),
            Self::Twice(key) => write!(f, "{key} is correlated twice; a quantity may be in one correlation"),
            Self::Mixed(yearly, once) => {
                write!(f, "{yearly} is drawn every year and {once} once; correlate them separately")
            }
            Self::Malformed(problem) => write!(f, "correlation: {problem}"),
            Self::NotACorrelation(nearest) => {
                write!(f, "the matrix is not positive definite; the nearest valid one is")?;
                for row in nearest {
                    let row: Vec<String> = row.iter().map(|x| format!("{x:.4}")).collect();
                    write!(f, "\n  [{}]", row.join(", "))?;
                }
                Ok(())
            }
            Self::Inexact(key) => {
                write!(f, "{key} is too steep to be tabulated to 1e-8; give a milder shape, or min and max")
            }
            Self::TooManyTables => write!(
                f,
                "the uncertain numbers have too many shapes, and would take more than {} tables; let more of them share one",
                thousands(MOST_TABLES as u64)
            ),
        }
    }
}

impl std::error::Error for DrawsError {}
