//! The Gaussian copula in columns: words to normal scores, scores mixed, and, where no smooth curve leads from a score to a value,
//! mixed scores back to words: so every family can be correlated, kinked, discrete and mixed ones too.

use super::distribution::standard_cdf;
use super::draws::Standard;
use super::lanes::{BLOCK, Column, Isa, WHOLE, Words, vectorised};
use super::quantile_table::Inexact;
use super::sampler::{Sampler, Source};
use super::shape::Shape;

/// Grid points of `Φ(−z)`: `z` in steps of 1/64 from 0; beyond 6.3 less is left than half a word.
const POINTS: usize = 512;
const STEP: f64 = 1.0 / 64.0;
const LAST: f64 = 6.4;

/// Where a correlated draw gets its normal score from: weights on the scores of coordinates.
pub type Loadings = Vec<(f64, Source)>;

/// Tables of `Φ⁻¹` and `Φ`.
#[derive(Debug)]
pub struct Copula {
    normal: Shape,
    /// Cubics of `Φ(−z)` around each grid point.
    tail: Box<[[f64; 4]; POINTS]>,
}

/// Columns that mixing needs.
#[derive(Debug, Default)]
pub struct Scratch {
    score: Column,
    /// The scores mixed last.
    pub sum: Column,
    spare: Column,
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
        let mut tail = Box::new([[0.0; 4]; POINTS]);
        for (i, cubic) in tail.iter_mut().enumerate() {
            *cubic = around(i as f64 * STEP);
        }
        Ok(Self { normal: Shape::standard(Standard::Normal)?, tail })
    }

    /// The weighted sums of the normal scores of several coordinates, for one block: left in `scratch`, `words` overwritten.
    pub fn mix(&self, loadings: &Loadings, at: &Place, scratch: &mut Scratch, words: &mut Words) {
        scratch.sum = Column::splat(0.0);
        let unused = Words([0; BLOCK]);
        for (i, (weight, source)) in loadings.iter().enumerate() {
            let last = i + 1 == loadings.len();
            if !last || scratch.factor_of != Some((source.hash, *at)) {
                at.sampler.words(at.isa, source, at.seed, at.year, at.block, words);
                let score = if last { &mut scratch.factor } else { &mut scratch.score };
                self.normal.fill(at.isa, words, &unused, &mut scratch.spare, score);
            }
            if last {
                scratch.factor_of = Some((source.hash, *at));
            }
            add(at.isa, *weight, if last { &scratch.factor } else { &scratch.score }, &mut scratch.sum);
        }
    }

    /// The words of normal scores.
    pub fn words(&self, isa: Isa, scores: &Column, out: &mut Words) {
        to_words(isa, &self.tail, scores, out);
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

    fn to_words(tail: &[[f64; 4]; POINTS], scores: &Column, out: &mut Words) {
        const HALF: f64 = 2_147_483_647.0; // the last word of the lower half
        for i in 0..BLOCK {
            let z = scores.0[i];
            let size = z.abs();
            let size = if size < LAST { size } else { LAST };
            let rounded = size / STEP + WHOLE;
            let c = &tail[rounded.to_bits() as usize & (POINTS - 1)];
            let t = size / STEP - (rounded - WHOLE);
            let v = ((c[3] * t + c[2]) * t + c[1]) * t + c[0];
            let place = v * 4_294_967_296.0 - 0.5;
            let place = if place > 0.0 { place } else { 0.0 };
            let place = if place < HALF { place } else { HALF };
            let word = (place + WHOLE).to_bits() & 0xffff_ffff;
            out.0[i] = if z < 0.0 { word } else { word ^ 0xffff_ffff };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, Copula, Scratch, Words, to_words};
    use crate::uncertainty::lanes::Isa;

    #[test]
    fn a_word_comes_back_from_its_normal_score() {
        let copula = Copula::new().expect("the normal is smooth");
        let mut words = Words::default();
        for (i, w) in words.0.iter_mut().enumerate() {
            *w = (i as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (32 + i / 10);
        }
        let (mut scratch, mut score, mut back) = (Scratch::default(), Column::default(), Words::default());
        for isa in Isa::available() {
            copula.normal.fill(isa, &words, &Words::default(), &mut scratch.spare, &mut score);
            to_words(isa, &copula.tail, &score, &mut back);
            for (a, b) in words.0.iter().zip(&back.0) {
                // The normal table is right to 1e-8 of 6.2, at most 6.2e-8·0.4·2³² = 106 words; in fact far less.
                assert!(a.abs_diff(*b) <= 20, "{isa:?} {a} {b}");
            }
        }
    }
}
