//! The cubics of a table's segments, and the values of a block's lanes by them: most of the time that drawing takes.

use crate::uncertainty::lanes::{BLOCK, Column, Isa, Words};

/// A cubic on one segment, from the constant on: one load fetches it.
#[derive(Debug, Clone, Copy, Default)]
#[repr(C, align(32))]
pub struct Cubic(pub [f64; 4]);

impl Cubic {
    /// Its value at `t`, 0 to 1.
    #[inline(always)]
    pub fn at(&self, t: f64) -> f64 {
        ((self.0[3] * t + self.0[2]) * t + self.0[1]) * t + self.0[0]
    }
}

/// What leads from a table to values: `x = shift + scale·z`, kept within `low` and `high`.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Added.
    pub shift: f64,
    /// Factor, above 0.
    pub scale: f64,
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
}

impl Place {
    /// As the table has it, within a support.
    pub const fn within((low, high): (f64, f64)) -> Self {
        Self { shift: 0.0, scale: 1.0, low, high }
    }

    #[inline(always)]
    fn of(self, z: f64) -> f64 {
        let x = self.shift + self.scale * z;
        let x = if x > self.low { x } else { self.low };
        if x < self.high { x } else { self.high }
    }
}

/// Turns the places of lanes in their segments, 0 to 1, into values. Of a segment's number, only what tells `N` apart counts, a power
/// of two.
///
/// Gathering coefficients takes twice as long as one load a lane, which fetches its whole cubic, and shuffles that make columns of
/// these. A loop over lanes becomes gathers; so the shuffles are written out.
pub fn evaluate<const N: usize>(isa: Isa, cubics: &[Cubic; N], place: Place, segments: &Words, lanes: &mut Column) {
    const { assert!(N.is_power_of_two()) };
    match isa {
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "an `Isa` names a set that this machine has")]
        // SAFETY: as the reason says.
        Isa::Avx512(_) => unsafe { abreast::eight(cubics, place, segments, lanes) },
        #[cfg(target_arch = "x86_64")]
        #[expect(unsafe_code, reason = "an `Isa` names a set that this machine has")]
        // SAFETY: as the reason says.
        Isa::Avx2(_) => unsafe { abreast::four(cubics, place, segments, lanes) },
        _ => {
            for i in 0..BLOCK {
                lanes[i] = place.of(cubics[segments.0[i] as usize & (N - 1)].at(lanes[i]));
            }
        }
    }
}

/// Several lanes abreast, with the same roundings as one by one.
#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "vectors are loaded and stored through pointers")]
mod abreast {
    use std::arch::x86_64::*;

    use super::{Column, Cubic, Place, Words};

    impl Cubic {
        /// All coefficients.
        #[target_feature(enable = "avx2")]
        fn row(&self) -> __m256d {
            // SAFETY: a cubic is four numbers, aligned to their size.
            unsafe { _mm256_load_pd(self.0.as_ptr()) }
        }

        /// The two coefficients from `first` on, 0 or 2.
        #[target_feature(enable = "avx2")]
        fn half<const FIRST: usize>(&self) -> __m128d {
            const { assert!(FIRST == 0 || FIRST == 2) };
            // SAFETY: of four numbers, aligned to their size, two from an even one on.
            unsafe { _mm_load_pd(self.0.as_ptr().add(FIRST)) }
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2")]
    pub fn eight<const N: usize>(cubics: &[Cubic; N], place: Place, segments: &Words, lanes: &mut Column) {
        let [shift, scale, low, high] = [place.shift, place.scale, place.low, place.high].map(|x| _mm512_set1_pd(x));
        let lower = _mm512_setr_epi64(0, 1, 8, 9, 4, 5, 12, 13);
        let upper = _mm512_setr_epi64(2, 3, 10, 11, 6, 7, 14, 15);
        for (segments, lanes) in segments.0.as_chunks::<8>().0.iter().zip(lanes.as_chunks_mut::<8>().0) {
            let row = |lane: usize| cubics[segments[lane] as usize & (N - 1)].row();
            let rows = |lane: usize| _mm512_insertf64x4::<1>(_mm512_castpd256_pd512(row(lane)), row(lane + 4));
            let (a, b, c, d) = (rows(0), rows(1), rows(2), rows(3));
            // Of lanes 0, 1, 4, 5 and of 2, 3, 6, 7: the even coefficients and the odd ones.
            let (even_ab, odd_ab) = (_mm512_unpacklo_pd(a, b), _mm512_unpackhi_pd(a, b));
            let (even_cd, odd_cd) = (_mm512_unpacklo_pd(c, d), _mm512_unpackhi_pd(c, d));
            let c0 = _mm512_permutex2var_pd(even_ab, lower, even_cd);
            let c1 = _mm512_permutex2var_pd(odd_ab, lower, odd_cd);
            let c2 = _mm512_permutex2var_pd(even_ab, upper, even_cd);
            let c3 = _mm512_permutex2var_pd(odd_ab, upper, odd_cd);
            // SAFETY: a chunk is eight numbers.
            let t = unsafe { _mm512_loadu_pd(lanes.as_ptr()) };
            let z = _mm512_add_pd(_mm512_mul_pd(c3, t), c2);
            let z = _mm512_add_pd(_mm512_mul_pd(z, t), c1);
            let z = _mm512_add_pd(_mm512_mul_pd(z, t), c0);
            let x = _mm512_add_pd(shift, _mm512_mul_pd(scale, z));
            let x = _mm512_min_pd(_mm512_max_pd(x, low), high);
            // SAFETY: as above.
            unsafe { _mm512_storeu_pd(lanes.as_mut_ptr(), x) };
        }
    }

    #[target_feature(enable = "avx2")]
    pub fn four<const N: usize>(cubics: &[Cubic; N], place: Place, segments: &Words, lanes: &mut Column) {
        let [shift, scale, low, high] = [place.shift, place.scale, place.low, place.high].map(|x| _mm256_set1_pd(x));
        for (segments, lanes) in segments.0.as_chunks::<4>().0.iter().zip(lanes.as_chunks_mut::<4>().0) {
            let cubic = |lane: usize| &cubics[segments[lane] as usize & (N - 1)];
            let (a, b, c, d) = (cubic(0), cubic(1), cubic(2), cubic(3));
            let join = |low: __m128d, high: __m128d| _mm256_insertf128_pd::<1>(_mm256_castpd128_pd256(low), high);
            // Of lanes 0 and 2, and of 1 and 3: the first two coefficients and the last two.
            let (first_ac, first_bd) = (join(a.half::<0>(), c.half::<0>()), join(b.half::<0>(), d.half::<0>()));
            let (last_ac, last_bd) = (join(a.half::<2>(), c.half::<2>()), join(b.half::<2>(), d.half::<2>()));
            let (c0, c1) = (_mm256_unpacklo_pd(first_ac, first_bd), _mm256_unpackhi_pd(first_ac, first_bd));
            let (c2, c3) = (_mm256_unpacklo_pd(last_ac, last_bd), _mm256_unpackhi_pd(last_ac, last_bd));
            // SAFETY: a chunk is four numbers.
            let t = unsafe { _mm256_loadu_pd(lanes.as_ptr()) };
            let z = _mm256_add_pd(_mm256_mul_pd(c3, t), c2);
            let z = _mm256_add_pd(_mm256_mul_pd(z, t), c1);
            let z = _mm256_add_pd(_mm256_mul_pd(z, t), c0);
            let x = _mm256_add_pd(shift, _mm256_mul_pd(scale, z));
            let x = _mm256_min_pd(_mm256_max_pd(x, low), high);
            // SAFETY: as above.
            unsafe { _mm256_storeu_pd(lanes.as_mut_ptr(), x) };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Column, Cubic, Isa, Place, Words, evaluate};

    #[test]
    fn every_lane_has_the_value_of_its_own_cubic_at_its_own_place() {
        // Segment s: s + 2s·t − s·t² + 3·t³, all exact in binary.
        let cubics: [Cubic; 64] = std::array::from_fn(|s| Cubic([s as f64, 2.0 * s as f64, -(s as f64), 3.0]));
        let place = Place { shift: 1.0, scale: 2.0, low: 20.0, high: 200.0 };
        let mut segments = Words::default();
        for (i, segment) in segments.0.iter_mut().enumerate() {
            // Bits beyond the sixth tell nothing.
            *segment = (i as u64 * 37) | 1 << 40;
        }
        for isa in Isa::available() {
            let mut lanes = Column::default();
            (0..BLOCK).for_each(|i| lanes[i] = i as f64 / 128.0);
            evaluate(isa, &cubics, place, &segments, &mut lanes);
            for (i, x) in lanes.iter().enumerate() {
                let (s, t) = ((i * 37 % 64) as f64, i as f64 / 128.0);
                let right = 1.0 + 2.0 * (s + 2.0 * s * t - s * t * t + 3.0 * t * t * t);
                assert!((x - right.clamp(20.0, 200.0)).abs() <= 0.0, "{isa:?}, lane {i}: {x} is not {right}");
            }
        }
    }
}
