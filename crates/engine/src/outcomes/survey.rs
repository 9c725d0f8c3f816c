//! A block of one column: which counter each lane adds to, and the sums of their distances from the centre.

use super::layout::{Layout, SET_APART, TAIL, TURNS};
use crate::uncertainty::lanes::{BLOCK, Column, Isa, WHOLE, vectorised};

/// Sums of a block's distances from the centre of its column, in widths of a bin, and of their squares, and how far the farthest lies;
/// the first is NaN where a value is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Survey {
    pub first: f64,
    pub second: f64,
    pub farthest: f64,
}

/// How a survey measures: distance is `(x − centre)·per_width`, and the counter of a distance, in its lowest bits, the nearest whole
/// number to it plus `counter`.
#[derive(Debug, Clone, Copy)]
struct Measure {
    centre: f64,
    per_width: f64,
    counter: f64,
}

/// Finds the counter of each lane, from the column's first one on, in the lowest bits, and adds up what is not missing. Most blocks of
/// most columns lie within the bins, or no more than one width beside them.
#[inline(always)]
pub(super) fn find(layout: &Layout, values: &Column, counters: &mut Column, isa: Isa) -> Survey {
    let counter = WHOLE + (TAIL + layout.bins / 2) as f64;
    let measure = Measure { centre: layout.centre(), per_width: 1.0 / layout.width(), counter };
    let mut found = survey(isa, measure, values, counters);
    let within = found.farthest < layout.half() + 1.0 && !found.first.is_nan();
    if !within {
        let mut present = Column::default();
        leave_out(isa, &mut present, values, layout.centre());
        found = survey(isa, measure, &present, counters);
        locate(isa, counters, values, measure, layout.half(), layout.missing().start as f64);
    }
    let apart = layout.atom(0).start;
    if let Some(refinement) = &layout.refinement {
        refinement.locate(isa, values, counters);
        if layout.atoms.len() > SET_APART {
            refinement.set_apart(values, counters, &layout.atoms, apart);
            return found;
        }
    }
    for (i, atom) in layout.atoms.iter().enumerate() {
        set_apart(isa, counters, values, *atom, layout.atom(i).start as f64 + WHOLE);
    }
    found
}

/// The counter of one value, by the same arithmetic.
pub(super) fn counter_of(layout: &Layout, value: f64) -> usize {
    let mut counters = Column::default();
    let counter = WHOLE + (TAIL + layout.bins / 2) as f64;
    let measure = Measure { centre: layout.centre(), per_width: 1.0 / layout.width(), counter };
    locate_one(&mut counters[0], value, measure, layout.half());
    usize::from(counters[0].to_bits() as u16)
}

/// Which of several counters each lane uses.
static TURN: Column = {
    let mut turn = Column::splat(0.0);
    let mut i = 0;
    while i < BLOCK {
        turn.0[i] = (i % TURNS) as f64;
        i += 1;
    }
    turn
};

vectorised! {
    /// Puts the centre, which adds nothing, in the place of missing values.
    fn leave_out(present: &mut Column, values: &Column, centre: f64) {
        for i in 0..BLOCK {
            present[i] = if values[i].is_nan() { centre } else { values[i] };
        }
    }

    /// Counters in order: the low tail from far to near, the bins, the high tail from near to far, the atoms, missing.
    fn locate(counters: &mut Column, values: &Column, measure: Measure, half: f64, missing: f64) {
        for i in 0..BLOCK {
            let distance = locate_one(&mut counters[i], values[i], measure, half);
            counters[i] = if distance.is_nan() { missing + TURN.0[i] + WHOLE } else { counters[i] };
        }
    }

    /// Gives an exact value its own counters, from the first one on.
    fn set_apart(counters: &mut Column, values: &Column, atom: f64, first: f64) {
        for i in 0..BLOCK {
            counters[i] = if (values[i] - atom).abs() <= 0.0 { first + TURN.0[i] } else { counters[i] };
        }
    }
}

/// Writes the counter of a value that is not missing, and returns its distance from the centre in bin widths.
#[inline(always)]
fn locate_one(counter: &mut f64, value: f64, measure: Measure, half: f64) -> f64 {
    let distance = (value - measure.centre) * measure.per_width;
    let beyond = distance.abs() - half;
    let out = octave(beyond);
    let tail = if distance < 0.0 { TAIL as f64 - 1.0 - out } else { TAIL as f64 + 2.0 * half + out };
    *counter = if beyond > 0.0 { tail + WHOLE } else { distance + measure.counter };
    distance
}

/// Octave of a distance in bin widths: 0 below 1, then 1 + ⌊log₂⌋, at most `TAIL − 1`.
#[inline(always)]
fn octave(distance: f64) -> f64 {
    let bits = (distance + 1.0).to_bits() >> 52;
    let octave = f64::from_bits(WHOLE.to_bits() | bits) - (WHOLE + 1023.0);
    if octave < TAIL as f64 - 1.0 { octave } else { TAIL as f64 - 1.0 }
}

/// Values are added up in so many strands, which end in one by halves: the same order on every instruction set.
const STRANDS: usize = 16;

/// Surveys a column in one pass. Loops with sums in arrays do not stay in registers, so the vectors are written out.
#[inline(always)]
fn survey(isa: Isa, measure: Measure, values: &Column, counters: &mut Column) -> Survey {
    match isa {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "an `Isa` names a set that this machine has")]
        // SAFETY: as the reason says.
        Isa::Avx512(_) => unsafe { abreast::eight(measure, values, counters) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "an `Isa` names a set that this machine has")]
        // SAFETY: as the reason says.
        Isa::Avx2(_) => unsafe { abreast::four(measure, values, counters) },
        _ => one_by_one(measure, values, counters),
    }
}

fn one_by_one(measure: Measure, values: &Column, counters: &mut Column) -> Survey {
    let (mut first, mut second, mut farthest) = ([0.0; STRANDS], [0.0; STRANDS], 0.0);
    for i in 0..BLOCK {
        let distance = (values[i] - measure.centre) * measure.per_width;
        counters[i] = distance + measure.counter;
        first[i % STRANDS] += distance;
        second[i % STRANDS] += distance * distance;
        farthest = if distance.abs() > farthest { distance.abs() } else { farthest };
    }
    let mut half = STRANDS / 2;
    while half > 0 {
        for i in 0..half {
            first[i] += first[i + half];
            second[i] += second[i + half];
        }
        half /= 2;
    }
    Survey { first: first[0], second: second[0], farthest }
}

/// Several lanes abreast, with the same roundings as one by one.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vectors are loaded and stored through pointers")]
mod abreast {
    use std::arch::x86_64::*;

    use super::{Column, Measure, STRANDS, Survey};

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2")]
    #[inline]
    pub fn eight(measure: Measure, values: &Column, counters: &mut Column) -> Survey {
        let [centre, per_width, counter] =
            [measure.centre, measure.per_width, measure.counter].map(|x| _mm512_set1_pd(x));
        let (mut first, mut second, mut farthest) =
            ([_mm512_setzero_pd(); 2], [_mm512_setzero_pd(); 2], [_mm512_setzero_pd(); 2]);
        let chunks = values.as_chunks::<STRANDS>().0.iter().zip(counters.as_chunks_mut::<STRANDS>().0);
        for (values, counters) in chunks {
            for k in 0..2 {
                // SAFETY: a chunk is twice eight numbers.
                let x = unsafe { _mm512_loadu_pd(values.as_ptr().add(8 * k)) };
                let distance = _mm512_mul_pd(_mm512_sub_pd(x, centre), per_width);
                // SAFETY: as above.
                unsafe { _mm512_storeu_pd(counters.as_mut_ptr().add(8 * k), _mm512_add_pd(distance, counter)) };
                first[k] = _mm512_add_pd(first[k], distance);
                second[k] = _mm512_add_pd(second[k], _mm512_mul_pd(distance, distance));
                // Of a missing value, the second is kept.
                farthest[k] = _mm512_max_pd(_mm512_abs_pd(distance), farthest[k]);
            }
        }
        let fold = |x: __m512d| _mm256_add_pd(_mm512_castpd512_pd256(x), _mm512_extractf64x4_pd::<1>(x));
        Survey {
            first: sum(fold(_mm512_add_pd(first[0], first[1]))),
            second: sum(fold(_mm512_add_pd(second[0], second[1]))),
            farthest: _mm512_reduce_max_pd(_mm512_max_pd(farthest[0], farthest[1])),
        }
    }

    #[target_feature(enable = "avx2")]
    #[inline]
    pub fn four(measure: Measure, values: &Column, counters: &mut Column) -> Survey {
        let [centre, per_width, counter] =
            [measure.centre, measure.per_width, measure.counter].map(|x| _mm256_set1_pd(x));
        let sign = _mm256_set1_pd(-0.0);
        let (mut first, mut second, mut farthest) =
            ([_mm256_setzero_pd(); 4], [_mm256_setzero_pd(); 4], _mm256_setzero_pd());
        let chunks = values.as_chunks::<STRANDS>().0.iter().zip(counters.as_chunks_mut::<STRANDS>().0);
        for (values, counters) in chunks {
            for k in 0..4 {
                // SAFETY: a chunk is four times four numbers.
                let x = unsafe { _mm256_loadu_pd(values.as_ptr().add(4 * k)) };
                let distance = _mm256_mul_pd(_mm256_sub_pd(x, centre), per_width);
                // SAFETY: as above.
                unsafe { _mm256_storeu_pd(counters.as_mut_ptr().add(4 * k), _mm256_add_pd(distance, counter)) };
                first[k] = _mm256_add_pd(first[k], distance);
                second[k] = _mm256_add_pd(second[k], _mm256_mul_pd(distance, distance));
                // Of a missing value, the second is kept.
                farthest = _mm256_max_pd(_mm256_andnot_pd(sign, distance), farthest);
            }
        }
        let fold = |x: [__m256d; 4]| sum(_mm256_add_pd(_mm256_add_pd(x[0], x[2]), _mm256_add_pd(x[1], x[3])));
        let pair = _mm_max_pd(_mm256_castpd256_pd128(farthest), _mm256_extractf128_pd::<1>(farthest));
        let farthest = _mm_cvtsd_f64(_mm_max_sd(pair, _mm_unpackhi_pd(pair, pair)));
        Survey { first: fold(first), second: fold(second), farthest }
    }

    /// The sum of four numbers by halves.
    #[target_feature(enable = "avx2")]
    #[inline]
    fn sum(x: __m256d) -> f64 {
        let pair = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd::<1>(x));
        _mm_cvtsd_f64(_mm_add_sd(pair, _mm_unpackhi_pd(pair, pair)))
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Column, Isa, Layout, Measure, find, locate, one_by_one, survey};
    use crate::outcomes::layout::TAIL;
    use crate::outcomes::{Catalogue, Missing, Tier};
    use crate::uncertainty::lanes::WHOLE;
    use crate::units::Unit;

    /// A layout made by 1,024 even values.
    fn layout() -> Layout {
        let mut catalogue = Catalogue::default();
        catalogue.add("x".to_owned(), Unit::Millions, "made by hand", Tier::Yearly, Missing::Undefined);
        let mut first: Vec<f64> = (0..1024).map(|i| 3.0 + 0.013 * f64::from(i)).collect();
        Layout::choose(&catalogue.columns()[0], f64::NAN, &mut first)
    }

    /// 128 values that lie evenly between two places, in bin widths from the centre.
    fn evenly(layout: &Layout, from: f64, to: f64) -> Column {
        let mut values = Column::default();
        for (i, value) in values.iter_mut().enumerate() {
            let place = from + (to - from) * (i as f64 + 0.37) / BLOCK as f64;
            *value = layout.centre() + layout.width() * place;
        }
        values
    }

    fn measure(layout: &Layout) -> Measure {
        let counter = WHOLE + (TAIL + layout.bins / 2) as f64;
        Measure { centre: layout.centre(), per_width: 1.0 / layout.width(), counter }
    }

    #[test]
    fn a_block_within_the_bins_is_counted_as_one_with_tails_would_be() {
        let layout = layout();
        // 256 bins over the core, an eighth of these on either side, and one around the centre.
        assert_eq!(layout.bins, 321);
        let half = 160.5;
        // Within the bins and one width beside them; then far beyond either end, where the tails are looked at.
        for (from, to) in
            [(-half, half), (-half - 1.0, half + 1.0), (-half - 1.0, -158.0), (158.0, half + 1.0), (-500.0, 900.0)]
        {
            let values = evenly(&layout, from, to);
            let (mut counters, mut right) = (Column::default(), Column::default());
            let found = find(&layout, &values, &mut counters, Isa::detect());
            let missing = layout.missing().start as f64;
            locate(Isa::Baseline, &mut right, &values, measure(&layout), half, missing);
            assert_eq!(counters, right, "from {from} to {to}");
            let distances = || values.iter().map(|x| (x - layout.centre()) / layout.width());
            let (first, second): (f64, f64) = (distances().sum(), distances().map(|d| d * d).sum());
            assert!((found.first - first).abs() < 1e-9 && (found.second - second).abs() < 1e-12 * second.max(1.0));
        }
    }

    #[test]
    fn a_bin_begins_and_ends_half_a_width_from_a_whole_distance_and_tails_double() {
        // 321 bins: the middle one is counter 64 + 160; half of them reach 160.5 widths.
        let layout = layout();
        let counter_at = |distance: f64, beside: f64| {
            let mut values = Column::splat(layout.centre());
            (values[3], values[4]) = (layout.centre() + layout.width() * distance, beside);
            let mut counters = Column::default();
            find(&layout, &values, &mut counters, Isa::detect());
            (counters[3].to_bits() & 0xffff) as usize
        };
        // Where all lie within, and where one is missing or far out, so that the others are looked at for tails.
        for beside in [layout.centre(), f64::NAN, 1e12] {
            for (distance, right) in [
                (0.0, 224),
                (0.49, 224),
                (0.51, 225),
                (-0.51, 223),
                (160.4, 384),
                // Octaves of what lies beyond: below 1, to 3, to 7, to 15.
                (160.6, 385),
                (161.4, 385),
                (161.6, 386),
                (163.4, 386),
                (163.6, 387),
                (170.0, 388),
                (-160.4, 64),
                (-160.6, 63),
                (-161.4, 63),
                (-161.6, 62),
                (-163.6, 61),
                (-170.0, 60),
                (-1e300, 0),
            ] {
                assert_eq!(counter_at(distance, beside), right, "{distance} beside {beside}");
            }
        }
    }

    #[test]
    fn every_instruction_set_finds_the_same_bits() {
        let layout = layout();
        let mut values = evenly(&layout, -170.0, 150.0);
        for missing in [false, true] {
            values[77] = if missing { f64::NAN } else { values[77] };
            let mut right = Column::default();
            let one = one_by_one(measure(&layout), &values, &mut right);
            assert_eq!(one.first.is_nan(), missing);
            for isa in Isa::available() {
                let mut counters = Column::default();
                let found = survey(isa, measure(&layout), &values, &mut counters);
                let bits = |s: super::Survey| {
                    [s.first, s.second, s.farthest].map(|x| if x.is_nan() { 1 } else { x.to_bits() })
                };
                assert_eq!(bits(found), bits(one), "{isa:?}");
                assert!(
                    counters
                        .iter()
                        .zip(right.iter())
                        .all(|(a, b)| a.to_bits() == b.to_bits() || a.is_nan() && b.is_nan())
                );
            }
        }
    }

    #[test]
    fn one_missing_value_is_missing_and_no_distance() {
        let layout = layout();
        let mut values = evenly(&layout, -100.0, 100.0);
        let alone = (values[5] - layout.centre()) / layout.width();
        let mut counters = Column::default();
        let whole = find(&layout, &values, &mut counters, Isa::detect());
        values[5] = f64::NAN;
        let found = find(&layout, &values, &mut counters, Isa::detect());
        let counter = (counters[5].to_bits() & 0xffff) as usize;
        assert!(layout.missing().contains(&counter));
        assert!((whole.first - found.first - alone).abs() < 1e-9);
        assert!((whole.second - found.second - alone * alone).abs() < 1e-6);
    }
}
