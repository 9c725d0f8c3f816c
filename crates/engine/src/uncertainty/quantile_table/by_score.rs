//! The quantile function of a normal score, `Q(Φ(z))`, as cubics over an even grid: what is correlated comes as scores.

use std::sync::Arc;

use super::tabulate::{BEYOND, Rule, STENCIL, TAIL, cubic, rule, worse};
use super::{Cubic, Inexact, Place, TOLERANCE, evaluate};
use crate::uncertainty::distribution::{standard_cdf, standard_quantile};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, WHOLE, Words, vectorised};

/// Segments of a unit of score.
const PER_UNIT: f64 = 32.0;
/// Room for scores from −8 to 8.
const SEGMENTS: usize = 512;
/// Scores beyond this are taken as this: words give none beyond 6.4.
const REACH: f64 = 6.5;
/// The segments within reach.
const WITHIN: std::ops::Range<usize> = 48..464;

/// A quantile function by normal score, as a table of its standard form, which others may share.
#[derive(Debug, Clone)]
pub struct ScoreTable {
    cubics: Arc<[Cubic; SEGMENTS]>,
    place: Place,
}

/// Where a segment begins.
fn start(segment: isize) -> f64 {
    segment as f64 / PER_UNIT - 8.0
}

impl ScoreTable {
    /// Tabulates a quantile function of both tail probabilities; values are kept within the support.
    ///
    /// # Errors
    /// The error of the table where it is too large: such a distribution is drawn by word.
    pub fn new(quantile: &dyn Fn(f64, f64) -> f64, support: (f64, f64)) -> Result<Self, Inexact> {
        let at = |z: f64| {
            let (p, q) = standard_cdf(z);
            quantile(p, q)
        };
        let (first, beyond) = (WITHIN.start as isize, BEYOND as isize);
        let edges: Vec<f64> = (first - beyond..=WITHIN.end as isize + beyond).map(|i| at(start(i))).collect();
        // Segments are all alike.
        let rule: Rule = rule(&std::array::from_fn(|i| i as f64 - BEYOND as f64));
        let mut cubics = [Cubic::default(); SEGMENTS];
        for (cubic_of, values) in cubics[WITHIN].iter_mut().zip(edges.windows(STENCIL)) {
            *cubic_of = cubic(&rule, values);
        }
        let error = worst_error(&cubics, &edges[BEYOND..], &at);
        if error > TOLERANCE || error.is_nan() {
            return Err(Inexact(error));
        }
        Ok(Self { cubics: Arc::new(cubics), place: Place::within(support) })
    }

    /// The same table in another place.
    #[must_use]
    pub fn moved(&self, place: Place) -> Self {
        Self { cubics: Arc::clone(&self.cubics), place }
    }

    /// Fills `out` with the values of `scores`; `segments` is overwritten.
    pub fn fill(&self, isa: Isa, scores: &Column, segments: &mut Words, out: &mut Column) {
        locate_all(isa, scores, segments, out);
        evaluate(isa, &self.cubics, self.place, segments, out);
    }
}

/// The largest error as a share of the range: at the start of every segment, whose exact values are `starts`, and in the middle of every
/// fourth.
fn worst_error(cubics: &[Cubic; SEGMENTS], starts: &[f64], at: &dyn Fn(f64) -> f64) -> f64 {
    let tail = standard_quantile(TAIL, 1.0 - TAIL);
    let ends = [at(tail), at(-tail)];
    let mut worst = 0.0;
    for (segment, first) in WITHIN.zip(starts) {
        let z = start(segment as isize);
        let middle = (segment % 4 == 0).then(|| (0.5, at(z + 0.5 / PER_UNIT)));
        for (t, exact) in [(0.0, *first)].into_iter().chain(middle) {
            // In a tail, beside the distance from where it begins.
            let beyond = if z.abs() < -tail { 0.0 } else { (exact - ends[usize::from(z > 0.0)]).abs() };
            worst = worse(worst, &cubics[segment], t, exact, ends[1] - ends[0] + beyond);
        }
    }
    worst
}

vectorised! {
    fn locate_all(scores: &Column, segments: &mut Words, places: &mut Column) {
        for i in 0..BLOCK {
            let z = scores[i];
            let z = if z > -REACH { z } else { -REACH };
            let z = if z < REACH { z } else { REACH };
            let at = z * PER_UNIT + (8.0 * PER_UNIT);
            // A start of a segment may count as the end of the one before: there the two meet.
            let segment = at - 0.5 + WHOLE;
            segments.0[i] = segment.to_bits();
            places[i] = at - (segment - WHOLE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{REACH, ScoreTable};
    use crate::uncertainty::distribution::{Family, standard_cdf};
    use crate::uncertainty::lanes::{BLOCK, Column, Isa, Words};
    use crate::uncertainty::quantile_table::TOLERANCE;
    use crate::uncertainty::quantile_table::tests::curve_of;

    #[test]
    fn tables_of_every_family_are_right_at_scores_that_are_no_edges() {
        let families = [
            Family::Pert { low: 0.1, mode: 0.15, high: 0.9, shape: 4.0 },
            Family::Beta { a: 18.0, b: 1.0 },
            Family::LogNormal { median: 1.6, p90: 2.4 },
            Family::Pareto { low: 1.0, alpha: 5.0 },
            Family::Uniform { low: 2.0, high: 3.0 },
        ];
        let mut scores = Column::default();
        for (i, z) in scores.iter_mut().enumerate() {
            *z = (i as f64 - 63.7) * 0.101_37;
        }
        for family in families {
            let (cut, range) = curve_of(&family);
            let table = ScoreTable::new(&|p, q| cut.quantile(p, q), cut.support()).expect("smooth");
            let mut out = Column::default();
            for isa in Isa::available() {
                table.fill(isa, &scores, &mut Words::default(), &mut out);
                for i in 0..BLOCK {
                    let (p, q) = standard_cdf(scores[i].clamp(-REACH, REACH));
                    let right = cut.quantile(p, q);
                    // Twice what is promised at the places that were looked at.
                    assert!(
                        (out[i] - right).abs() < 2.0 * TOLERANCE * (range + right.abs()),
                        "{family:?} {}",
                        scores[i]
                    );
                }
            }
        }
    }

    #[test]
    fn a_jump_and_a_heavy_tail_are_refused() {
        let jump = ScoreTable::new(&|p, _| if p < 0.3 { 0.0 } else { 1.0 }, (0.0, 1.0));
        assert!(jump.expect_err("a jump is no cubic").0 > 1e-3);
        // Pareto with exponent 1, 1/(1 − Φ(z)), nears z·√(2π)·exp(z²/2): its fourth derivative at 6.5 is some 6.5⁴ times itself.
        let heavy = ScoreTable::new(&|_, q| 1.0 / q, (1.0, f64::INFINITY));
        assert!(heavy.expect_err("too steep").0 > 1e-7);
    }
}
