//! Distributions compiled by word: from one random word a lane to one value a lane.

use super::distribution::{Cut, Distribution, Family, Triangular};
use super::draws::Standard;
use super::lanes::{BLOCK, Column, Isa, Words, vectorised};
use super::quantile_table::{Inexact, QuantileTable};
use super::tables::Tables;

/// A distribution by random words.
#[derive(Debug)]
pub enum Shape {
    /// One distribution.
    Single(Single),
    /// Several; each comes up from its first word on, chosen by a word of its own.
    Mixture(Vec<(u64, Single)>),
}

/// A distribution that is no mixture.
#[derive(Debug)]
pub enum Single {
    /// One value.
    Constant(f64),
    /// Closed form.
    Uniform { low: f64, high: f64 },
    /// Closed form: its density has a kink that no cubic follows.
    Triangular(Triangle),
    /// Single values by comparison.
    Steps(Steps),
    /// Everything smooth.
    Table(QuantileTable),
}

/// A triangle, cut to bounds: probabilities run from `below` over a width of `within`, leaving `above`.
#[derive(Debug)]
pub struct Triangle {
    low: f64,
    high: f64,
    split: f64,
    rise: f64,
    fall: f64,
    below: f64,
    within: f64,
    above: f64,
}

/// Single values and the first word of each.
#[derive(Debug)]
pub struct Steps {
    values: Vec<f64>,
    thresholds: Vec<u64>,
}

/// Columns that filling needs.
#[derive(Debug, Default)]
pub struct Scratch {
    segments: Words,
    value: Column,
}

/// Beyond this many values a search beats comparing with each.
const FEW: usize = 16;

impl Shape {
    /// One value in every trial.
    pub const fn constant(value: f64) -> Self {
        Self::Single(Single::Constant(value))
    }

    /// Compiles a distribution.
    ///
    /// # Errors
    /// Where a table would be inexact.
    pub fn new(distribution: &Distribution, tables: &Tables) -> Result<Self, Inexact> {
        let Family::Mixture { weights, parts } = distribution.family() else {
            return Single::new(distribution, tables).map(Self::Single);
        };
        let parts = parts.iter().map(|part| Single::new(part, tables)).collect::<Result<Vec<_>, _>>()?;
        Ok(Self::Mixture(thresholds(weights).into_iter().zip(parts).collect()))
    }

    /// Compiles a standard shape.
    ///
    /// # Errors
    /// Where a table would be inexact.
    pub fn standard(shape: Standard) -> Result<Self, Inexact> {
        if shape == Standard::Uniform {
            return Ok(Self::Single(Single::Uniform { low: 0.0, high: 1.0 }));
        }
        QuantileTable::new(&|p, q| shape.quantile(p, q), shape.support())
            .map(|table| Self::Single(Single::Table(table)))
    }

    /// Whether a second word chooses a part.
    pub const fn has_parts(&self) -> bool {
        matches!(self, Self::Mixture(_))
    }

    /// Fills `out` with the values of `words`; `part` chooses the part of a mixture, `scratch` is overwritten.
    pub fn fill(&self, isa: Isa, words: &Words, part: &Words, scratch: &mut Scratch, out: &mut Column) {
        let Scratch { segments, value } = scratch;
        match self {
            Self::Single(single) => single.fill(isa, words, segments, out),
            Self::Mixture(parts) => {
                for (threshold, single) in parts {
                    single.fill(isa, words, segments, value);
                    choose(isa, *threshold, part, value, out);
                }
            }
        }
    }
}

impl Single {
    fn new(distribution: &Distribution, tables: &Tables) -> Result<Self, Inexact> {
        if let Some(value) = distribution.constant() {
            return Ok(Self::Constant(value));
        }
        if let Some(steps) = distribution.steps() {
            let (values, weights): (Vec<f64>, Vec<f64>) = steps.0.into_iter().unzip();
            return Ok(Self::Steps(Steps { values, thresholds: thresholds(&weights) }));
        }
        let Some(cut) = distribution.cut() else {
            unreachable!("a mixture's parts are no mixtures, the rest is a curve")
        };
        match *distribution.family() {
            Family::Uniform { .. } => Ok(Self::Uniform { low: cut.support().0, high: cut.support().1 }),
            Family::Triangular { low, mode, high } => {
                Ok(Self::Triangular(Triangle::new(&Triangular { low, mode, high }, &cut)))
            }
            _ => tables.by_word(distribution, cut.support()).map(Self::Table),
        }
    }

    fn fill(&self, isa: Isa, words: &Words, segments: &mut Words, out: &mut Column) {
        match self {
            Self::Constant(value) => *out = Column::splat(*value),
            Self::Uniform { low, high } => uniform(isa, *low, *high, words, out),
            Self::Triangular(triangle) => triangular(isa, triangle, words, out),
            Self::Steps(steps) => steps.fill(isa, words, out),
            Self::Table(table) => table.fill(isa, words, segments, out),
        }
    }
}

impl Steps {
    fn fill(&self, isa: Isa, words: &Words, out: &mut Column) {
        if self.values.len() > FEW {
            for (x, w) in out.iter_mut().zip(&words.0) {
                *x = self.values[self.thresholds.partition_point(|t| t <= w).saturating_sub(1)];
            }
            return;
        }
        *out = Column::splat(self.values[0]);
        for (value, threshold) in self.values.iter().zip(&self.thresholds).skip(1) {
            step(isa, *threshold, *value, words, out);
        }
    }
}

impl Triangle {
    fn new(t: &Triangular, cut: &Cut) -> Self {
        let range = t.high - t.low;
        let (below, within, above) = cut.window();
        Self {
            low: t.low,
            high: t.high,
            split: t.split(),
            rise: range * (t.mode - t.low),
            fall: range * (t.high - t.mode),
            below,
            within,
            above,
        }
    }
}

/// The first word of each of several weighted outcomes: word `w` stands for `u = (w + ½)/2³²`.
fn thresholds(weights: &[f64]) -> Vec<u64> {
    let total: f64 = weights.iter().sum();
    let mut below = 0.0;
    weights
        .iter()
        .map(|w| {
            let first = libm::ceil(below / total * 4_294_967_296.0 - 0.5).max(0.0);
            below += w;
            first as u64
        })
        .collect()
}

/// `u` and `1 − u` of a word, both exact.
#[inline(always)]
fn tails(word: u64) -> (f64, f64) {
    // word·2²⁰ + 2¹⁹ in the mantissa of a number in [1, 2), less 1.
    let u = f64::from_bits(0x3ff0_0000_0000_0000 | (word << 20) | (1 << 19)) - 1.0;
    (u, 1.0 - u)
}

vectorised! {
    fn uniform(low: f64, high: f64, words: &Words, out: &mut Column) {
        let range = high - low;
        for i in 0..BLOCK {
            let (u, _) = tails(words.0[i]);
            let x = low + range * u;
            out.0[i] = if x < high { x } else { high };
        }
    }

    fn triangular(t: &Triangle, words: &Words, out: &mut Column) {
        for i in 0..BLOCK {
            let (u, v) = tails(words.0[i]);
            let p = t.below + u * t.within;
            let q = t.above + v * t.within;
            let left = p < t.split;
            let root = (if left { p * t.rise } else { q * t.fall }).sqrt();
            out.0[i] = if left { t.low + root } else { t.high - root };
        }
    }

    fn step(threshold: u64, value: f64, words: &Words, out: &mut Column) {
        for i in 0..BLOCK {
            out.0[i] = if words.0[i] >= threshold { value } else { out.0[i] };
        }
    }

    fn choose(threshold: u64, part: &Words, value: &Column, out: &mut Column) {
        for i in 0..BLOCK {
            out.0[i] = if part.0[i] >= threshold { value.0[i] } else { out.0[i] };
        }
    }
}
