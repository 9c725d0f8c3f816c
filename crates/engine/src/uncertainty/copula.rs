//! The Gaussian copula in columns: words to normal scores, scores mixed, and, where no smooth curve leads from a score to a value,
//! mixed scores back to words: so every family can be correlated, kinked, discrete and mixed ones too.

use super::distribution::{standard_cdf, standard_quantile};
use super::lanes::{BLOCK, Column, Isa, WHOLE, Words, vectorised};
use super::quantile_table::{self, Cubic, Inexact, QuantileTable, evaluate};
use super::sampler::{Sampler, Source};

/// Grid points of `Φ(−z)`: `z` in steps of 1/64 from 0; beyond 6.3 less is left than half a word.
const POINTS: usize = 512;
const STEP: f64 = 1.0 / 64.0;
const LAST: f64 = 6.4;

/// Where a correlated draw gets its normal score from: weights on the scores of coordinates.
pub type Loadings = Vec<(f64, Source)>;

/// Tables of `Φ⁻¹` and `Φ`.
#[derive(Debug)]
pub struct Copula {
    normal: QuantileTable,
    /// Cubics of `Φ(−z)` around each grid point.
    tail: Box<[Cubic; POINTS]>,
}

/// Columns that mixing needs.
#[derive(Debug, Default)]
pub struct Scratch {
    score: Column,
    /// The scores mixed last.
    pub sum: Column,
    segments: Words,
    /// Score of the last coordinate mixed in: a common factor is needed again by the next member.
    factor: Column,
    factor_of: Option<(u64, Place)>,
}

impl Copula {
    /// Builds both tables.
    ///
    /// # Errors
    /// Never in practice: where the table of the normal would be inexact.
    pub fn new() -> Result<Self, Inexact> {
        let mut tail = Box::new([Cubic::default(); POINTS]);
        for (i, cubic) in tail.iter_mut().enumerate() {
            *cubic = Cubic(around(i as f64 * STEP));
        }
        let normal = QuantileTable::new(&standard_quantile, (f64::NEG_INFINITY, f64::INFINITY))?;
        Ok(Self { normal, tail })
    }

    /// The weighted sums of the normal scores of several coordinates, for one block: left in `scratch`, `words` overwritten.
    pub fn mix(&self, loadings: &Loadings, at: &Place, scratch: &mut Scratch, words: &mut Words) {
        scratch.sum = Column::splat(0.0);
        for (i, (weight, source)) in loadings.iter().enumerate() {
            let last = i + 1 == loadings.len();
            if !last || scratch.factor_of != Some((source.hash, *at)) {
                at.sampler.words(at.isa, source, at.seed, at.year, at.block, words);
                let score = if last { &mut scratch.factor } else { &mut scratch.score };
                self.normal.fill(at.isa, words, &mut scratch.segments, score);
            }
            if last {
                scratch.factor_of = Some((source.hash, *at));
            }
            add(at.isa, *weight, if last { &scratch.factor } else { &scratch.score }, &mut scratch.sum);
        }
    }

    /// The words of the normal scores mixed last.
    pub fn words(&self, isa: Isa, scratch: &mut Scratch, out: &mut Words) {
        let Scratch { sum: scores, score: places, segments, .. } = scratch;
        locate_all(isa, scores, segments, places);
        // Places of words in the lower half, whose last is this.
        let place = quantile_table::Place { shift: -0.5, scale: 4_294_967_296.0, low: 0.0, high: 2_147_483_647.0 };
        evaluate(isa, &self.tail, place, segments, places);
        to_words(isa, places, scores, out);
    }
}

/// Which points are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub isa: Isa,
    pub sampler: Sampler,
    pub seed: u64,
    pub year: u32,
    pub block: u64,
}

/// The Taylor cubic of `Φ(−z)` around a grid point, in units of the step.
fn around(z: f64) -> [f64; 4] {
    let density = libm::exp(-0.5 * z * z) / libm::sqrt(2.0 * std::f64::consts::PI);
    let h = STEP;
    [standard_cdf(z).1, -density * h, density * z * h * h / 2.0, -density * (z * z - 1.0) * h * h * h / 6.0]
}

vectorised! {
    fn add(weight: f64, score: &Column, sum: &mut Column) {
        for i in 0..BLOCK {
            sum.0[i] += weight * score.0[i];
        }
    }

    fn locate_all(scores: &Column, segments: &mut Words, places: &mut Column) {
        for i in 0..BLOCK {
            let size = scores[i].abs();
            let size = if size < LAST { size } else { LAST };
            let rounded = size / STEP + WHOLE;
            segments.0[i] = rounded.to_bits();
            places[i] = size / STEP - (rounded - WHOLE);
        }
    }

    fn to_words(places: &Column, scores: &Column, out: &mut Words) {
        for i in 0..BLOCK {
            let word = (places[i] + WHOLE).to_bits() & 0xffff_ffff;
            out.0[i] = if scores[i] < 0.0 { word } else { word ^ 0xffff_ffff };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Copula, Scratch, Words};
    use crate::uncertainty::lanes::Isa;

    #[test]
    fn a_word_comes_back_from_its_normal_score() {
        let copula = Copula::new().expect("the normal is smooth");
        let mut words = Words::default();
        for (i, w) in words.0.iter_mut().enumerate() {
            *w = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (32 + i / 10);
        }
        let (mut scratch, mut back) = (Scratch::default(), Words::default());
        for isa in Isa::available() {
            copula.normal.fill(isa, &words, &mut scratch.segments, &mut scratch.sum);
            copula.words(isa, &mut scratch, &mut back);
            for (a, b) in words.0.iter().zip(&back.0) {
                // The normal table is right to 1e-8 of 6.2, at most 6.2e-8·0.4·2³² = 106 words; in fact far less.
                assert!(a.abs_diff(*b) <= 20, "{isa:?} {a} {b}");
            }
        }
    }
}
