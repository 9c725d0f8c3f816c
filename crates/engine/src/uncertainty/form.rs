//! How a compiled draw comes to its values: by random words, or, where it is correlated, by normal scores.

use super::distribution::{Distribution, Family};
use super::draws::Standard;
use super::lanes::{BLOCK, Column, Isa, Words, vectorised};
use super::quantile_table::ScoreTable;
use super::shape::Shape;
use super::tables::Tables;

/// A distribution, ready to be drawn from.
#[derive(Debug)]
pub enum Form {
    /// By random words.
    ByWord(Shape),
    /// By normal scores, which correlated draws come as.
    ByScore(Scored),
}

/// A distribution that values follow smoothly from normal scores.
#[derive(Debug)]
pub enum Scored {
    /// Normal: the score, shifted and scaled.
    Normal { mean: f64, sd: f64 },
    /// Everything else.
    Table(ScoreTable),
}

impl Scored {
    /// Compiles a distribution; `None` where it has to be drawn by word.
    pub fn new(distribution: &Distribution, tables: &Tables) -> Option<Self> {
        if distribution.constant().is_some() || distribution.steps().is_some() {
            return None;
        }
        let support = distribution.cut()?.support();
        match *distribution.family() {
            Family::Mixture { .. } | Family::Triangular { .. } => None,
            Family::Normal { mean, sd } if support == (f64::NEG_INFINITY, f64::INFINITY) => {
                Some(Self::Normal { mean, sd })
            }
            _ => tables.by_score(distribution, support).ok().map(Self::Table),
        }
    }

    /// Compiles a standard shape.
    pub fn standard(shape: Standard) -> Option<Self> {
        match shape {
            Standard::Normal => Some(Self::Normal { mean: 0.0, sd: 1.0 }),
            _ => ScoreTable::new(&|p, q| shape.quantile(p, q), shape.support()).ok().map(Self::Table),
        }
    }

    /// Fills `out` with the values of `scores`; `segments` is overwritten.
    pub fn fill(&self, isa: Isa, scores: &Column, segments: &mut Words, out: &mut Column) {
        match self {
            Self::Normal { mean, sd } => scaled(isa, *mean, *sd, scores, out),
            Self::Table(table) => table.fill(isa, scores, segments, out),
        }
    }
}

vectorised! {
    fn scaled(mean: f64, sd: f64, scores: &Column, out: &mut Column) {
        for i in 0..BLOCK {
            out.0[i] = mean + sd * scores.0[i];
        }
    }
}
