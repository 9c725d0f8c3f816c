//! Quantile functions as tables of cubics: one 32-bit word gives one value, tails included, without `exp`, `ln` or rejection.
//!
//! The word `w` stands for `u = (w + ½)/2³²`. The table lies over `v = min(u, 1−u)` in octaves of `v`, each cut into equal
//! segments (16, or 64 where 16 are too coarse), with a cubic through four Chebyshev nodes on each. Segment and place in it are
//! bits of `v` itself. Tables are built with `libm`, so that they are the same bytes on every platform.

mod by_score;
mod cubic;
mod tabulate;

use super::lanes::{BLOCK, Column, Isa, Words, vectorised};
use std::sync::Arc;
use tabulate::tabulate;

pub use by_score::ScoreTable;
pub use cubic::{Cubic, Place, evaluate};

/// Octaves of each half: `v` is from 2⁻³³ to ½.
const OCTAVES: usize = 32;
/// Segments of a table with 16 an octave.
const COARSE: usize = 2 * OCTAVES * 16;
/// Segments of a table with 64 an octave.
const FINE: usize = 2 * OCTAVES * 64;
/// How many tables with 16 segments an octave one with 64 is as large as.
pub const STEEP: usize = FINE / COARSE;
/// Largest error, as a share of the range from the 0.1th to the 99.9th percentile; beyond these, of that plus the distance from them.
pub const TOLERANCE: f64 = 1e-8;

type Cubics<const N: usize> = Box<[Cubic; N]>;

/// A quantile function as a table of its standard form, which others may share.
#[derive(Debug, Clone)]
pub struct QuantileTable {
    cubics: Arc<Resolution>,
    /// What leads from the standard form to the values, and where these end.
    place: Place,
}

#[derive(Debug)]
enum Resolution {
    Coarse(Cubics<COARSE>),
    Fine(Cubics<FINE>),
}

/// The table would be wrong by this share of the range, above [`TOLERANCE`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Inexact(pub f64);

impl QuantileTable {
    /// Tabulates a quantile function of both tail probabilities; values are kept within the support.
    ///
    /// # Errors
    /// The error of the finer table where it is too large.
    pub fn new(quantile: &dyn Fn(f64, f64) -> f64, support: (f64, f64)) -> Result<Self, Inexact> {
        let (coarse, error) = tabulate::<COARSE>(quantile);
        let cubics = if error <= TOLERANCE {
            Resolution::Coarse(coarse)
        } else {
            let (fine, error) = tabulate::<FINE>(quantile);
            if error > TOLERANCE || error.is_nan() {
                return Err(Inexact(error));
            }
            Resolution::Fine(fine)
        };
        Ok(Self { cubics: Arc::new(cubics), place: Place::within(support) })
    }

    /// How large it is, in tables with 16 segments an octave.
    #[must_use]
    pub fn size(&self) -> usize {
        match *self.cubics {
            Resolution::Coarse(_) => 1,
            Resolution::Fine(_) => STEEP,
        }
    }

    /// The same table in another place.
    #[must_use]
    pub fn moved(&self, place: Place) -> Self {
        Self { cubics: Arc::clone(&self.cubics), place }
    }

    /// Fills `out` with the values of `words`; `segments` is overwritten.
    pub fn fill(&self, isa: Isa, words: &Words, segments: &mut Words, out: &mut Column) {
        match &*self.cubics {
            Resolution::Coarse(cubics) => {
                locate_all::<COARSE>(isa, words, segments, out);
                evaluate(isa, cubics, self.place, segments, out);
            }
            Resolution::Fine(cubics) => {
                locate_all::<FINE>(isa, words, segments, out);
                evaluate(isa, cubics, self.place, segments, out);
            }
        }
    }
}

/// Segment of a word, and the place in it from 0 to 1.
#[inline(always)]
fn locate<const N: usize>(word: u64) -> (usize, f64) {
    let segments = N / (2 * OCTAVES);
    let bits_of_segment = segments.trailing_zeros();
    let side = word >> 31;
    let m = (word ^ 0_u64.wrapping_sub(side)) & 0x7fff_ffff;
    // (m + ½)/2³², exact: m in the mantissa of a number in [1, 2), less 1.
    let v = f64::from_bits(0x3ff0_0000_0000_0000 | (m << 20) | (1 << 19)) - 1.0;
    let bits = v.to_bits();
    let first = ((1023 - 33) as u64) << bits_of_segment;
    let segment = (bits >> (52 - bits_of_segment)).wrapping_sub(first) + side * (N as u64 / 2);
    let t = f64::from_bits(((bits << bits_of_segment) & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000) - 1.0;
    (segment as usize & (N - 1), t)
}

vectorised! {
    fn locate_all<const N: usize>(words: &Words, segments: &mut Words, places: &mut Column) {
        for i in 0..BLOCK {
            let (segment, t) = locate::<N>(words.0[i]);
            segments.0[i] = segment as u64;
            places[i] = t;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::tabulate::{TAIL, segment_of};
    use super::{COARSE, FINE, QuantileTable, Resolution, TOLERANCE, locate};
    use crate::uncertainty::distribution::{Cut, Distribution, Family, standard_quantile};
    use crate::uncertainty::lanes::{Column, Isa, Words};

    const WHOLE: (f64, f64) = (f64::NEG_INFINITY, f64::INFINITY);

    /// The curve of a family, and its range from where its tails begin.
    pub(super) fn curve_of(family: &Family) -> (Cut, f64) {
        let cut = Distribution::new(family.clone(), None, None).expect("sound").cut().expect("a curve");
        let range = cut.quantile(1.0 - TAIL, TAIL) - cut.quantile(TAIL, 1.0 - TAIL);
        (cut, range)
    }

    #[test]
    fn every_word_falls_into_the_segment_of_its_probability() {
        for w in [0_u64, 1, 2, 3, 1000, 0x7fff_ffff, 0x8000_0000, 0xffff_fffe, 0xffff_ffff, 0x1234_5678, 0xdead_beef] {
            let u = (w as f64 + 0.5) / 4_294_967_296.0;
            let v = u.min(1.0 - u);
            let (segment, t) = locate::<COARSE>(w);
            let (start, width) = segment_of::<COARSE>(segment % (COARSE / 2));
            assert_eq!(segment >= COARSE / 2, u > 0.5);
            assert!((start + width * t - v).abs() < 1e-17, "{w}");
            let (segment, t) = locate::<FINE>(w);
            let (start, width) = segment_of::<FINE>(segment % (FINE / 2));
            assert!((start + width * t - v).abs() < 1e-17, "{w}");
        }
    }

    #[test]
    fn the_normal_table_is_right_at_words_that_are_no_nodes() {
        let table = QuantileTable::new(&standard_quantile, WHOLE).expect("the normal is smooth");
        assert!(matches!(*table.cubics, Resolution::Coarse(_)));
        let mut words = Words::default();
        for (i, w) in words.0.iter_mut().enumerate() {
            *w = (i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
            *w = if i % 4 == 0 { *w >> (i / 8) } else { *w };
        }
        let mut out = Column::default();
        for isa in Isa::available() {
            table.fill(isa, &words, &mut Words::default(), &mut out);
            for (w, z) in words.0.iter().zip(out.iter()) {
                let u = (*w as f64 + 0.5) / 4_294_967_296.0;
                assert!((z - standard_quantile(u, 1.0 - u)).abs() < 6.2 * TOLERANCE, "{isa:?} {w}");
            }
        }
    }

    #[test]
    fn tables_of_every_family_are_right_at_words_that_are_no_edges() {
        let families = [
            Family::Pert { low: 0.1, mode: 0.15, high: 0.9, shape: 4.0 },
            Family::Beta { a: 18.0, b: 1.0 },
            Family::Beta { a: 0.7, b: 2.2 },
            Family::LogNormal { median: 1.6, p90: 2.4 },
            Family::Pareto { low: 1.0, alpha: 3.0 },
            Family::Quantiles { p10: 1.0, p50: 2.0, p90: 4.5 },
        ];
        for family in families {
            let (cut, range) = curve_of(&family);
            let exact = |p: f64, q: f64| cut.quantile(p, q);
            let table = QuantileTable::new(&exact, cut.support()).expect("smooth");
            let mut words = Words::default();
            let mut out = Column::default();
            for round in 0..64_u64 {
                for (i, w) in words.0.iter_mut().enumerate() {
                    let word = (128 * round + i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
                    // Also deep in either tail.
                    *w = if i % 3 == 0 { word >> (i / 5) } else { 0xffff_ffff - (word >> (i / 9)) };
                }
                table.fill(Isa::detect(), &words, &mut Words::default(), &mut out);
                for (w, x) in words.0.iter().zip(out.iter()) {
                    let u = (*w as f64 + 0.5) / 4_294_967_296.0;
                    let right = exact(u, 1.0 - u);
                    // Twice what is promised at the places that were looked at.
                    assert!((x - right).abs() < 2.0 * TOLERANCE * (range + right.abs()), "{family:?} {w}: {x} {right}");
                }
            }
        }
    }

    #[test]
    fn a_steep_tail_gets_the_finer_table_and_a_jump_is_refused() {
        // Pareto with exponent 1: 1/(1−u), wrong by 1e-7 with 16 segments an octave.
        let steep = QuantileTable::new(&|_, q| 1.0 / q, WHOLE).expect("smooth");
        assert!(matches!(*steep.cubics, Resolution::Fine(_)));
        let jump = QuantileTable::new(&|p, _| if p < 0.3 { 0.0 } else { 1.0 }, WHOLE);
        assert!(jump.expect_err("a jump is no cubic").0 > 1e-3);
    }
}
