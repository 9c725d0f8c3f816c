//! `exp`, `ln` and the square without branches, the same bits on every platform and instruction set.
//!
//! Only `+ − × ÷`, comparisons and bit operations: a plain loop over a block vectorises, and every set of instructions gives
//! the same result. The approximations are those of fdlibm (Sun Microsystems 1993), good to 1 unit in the last place.

use super::lanes::WHOLE;
use std::f64::consts::LOG2_E;

/// Leading bits of ln 2: `k·LN2_HIGH` is exact for the exponents of an f64.
const LN2_HIGH: f64 = f64::from_bits(0x3fe6_2e42_fee0_0000);
/// ln 2 − `LN2_HIGH`.
const LN2_LOW: f64 = f64::from_bits(0x3dea_39ef_3579_3c76);
/// 1.5·2⁵²: adding it leaves the nearest whole number in the low bits.
const ROUNDER: f64 = 6_755_399_441_055_744.0;

/// `x²`.
#[inline(always)]
#[must_use]
pub fn square(x: f64) -> f64 {
    x * x
}

/// `eˣ`: 0 at −∞ and where it is below the smallest f64, ∞ where it is above the largest, NaN for NaN.
#[inline(always)]
#[must_use]
pub fn exp(x: f64) -> f64 {
    // Coefficients of fdlibm's e_exp.c.
    const P1: f64 = f64::from_bits(0x3fc5_5555_5555_553e);
    const P2: f64 = f64::from_bits(0xbf66_c16c_16be_bd93);
    const P3: f64 = f64::from_bits(0x3f11_566a_af25_de2c);
    const P4: f64 = f64::from_bits(0xbebb_bd41_c5d2_6bf1);
    const P5: f64 = f64::from_bits(0x3e66_3769_72be_a4d0);
    // Beyond these e^x is ∞ or 0, and still is after rounding.
    let x = if x > 710.0 { 710.0 } else { x };
    let x = if x < -746.0 { -746.0 } else { x };
    let rounded = x * LOG2_E + ROUNDER;
    let n = rounded - ROUNDER;
    // n + 2048 is positive, so that the shifts below are those of unsigned words.
    let biased = rounded.to_bits().wrapping_sub(ROUNDER.to_bits()).wrapping_add(2048);
    let high = x - n * LN2_HIGH;
    let low = n * LN2_LOW;
    let r = high - low;
    let z = r * r;
    let c = r - z * (P1 + z * (P2 + z * (P3 + z * (P4 + z * P5))));
    let y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    // 2ⁿ in two factors, so that results below 2⁻¹⁰²² are rounded once and those above the range become ∞.
    let half = biased >> 1;
    let first = f64::from_bits(half.wrapping_sub(1) << 52);
    let second = f64::from_bits(biased.wrapping_sub(half).wrapping_sub(1) << 52);
    y * first * second
}

/// Natural logarithm: −∞ at 0, NaN below, ∞ at ∞, NaN for NaN.
#[inline(always)]
#[must_use]
pub fn ln(x: f64) -> f64 {
    // Coefficients of fdlibm's e_log.c.
    const L1: f64 = f64::from_bits(0x3fe5_5555_5555_5593);
    const L2: f64 = f64::from_bits(0x3fd9_9999_9997_fa04);
    const L3: f64 = f64::from_bits(0x3fd2_4924_9422_9359);
    const L4: f64 = f64::from_bits(0x3fcc_71c5_1d8e_78af);
    const L5: f64 = f64::from_bits(0x3fc7_4664_96cb_03de);
    const L6: f64 = f64::from_bits(0x3fc3_9a09_d078_c69f);
    const L7: f64 = f64::from_bits(0x3fc2_f112_df3e_5244);
    /// Bits of √½: the fraction is taken in [√½, √2).
    const ROOT_HALF: u64 = 0x3fe6_a09e_0000_0000;
    const ONE: u64 = 0x3ff0_0000_0000_0000;
    let subnormal = x < f64::MIN_POSITIVE;
    let scaled = if subnormal { x * 18_014_398_509_481_984.0 } else { x }; // 2⁵⁴
    let shifted = scaled.to_bits().wrapping_add(ONE - ROOT_HALF);
    let exponent = f64::from_bits(WHOLE.to_bits() | (shifted >> 52)) - (WHOLE + 1023.0);
    let k = if subnormal { exponent - 54.0 } else { exponent };
    let f = f64::from_bits((shifted & 0x000f_ffff_ffff_ffff).wrapping_add(ROOT_HALF)) - 1.0;
    let half_square = 0.5 * f * f;
    let s = f / (2.0 + f);
    let z = s * s;
    let w = z * z;
    let even = w * (L2 + w * (L4 + w * L6));
    let odd = z * (L1 + w * (L3 + w * (L5 + w * L7)));
    let y = s * (half_square + (odd + even)) + k * LN2_LOW - half_square + f + k * LN2_HIGH;
    let y = if x < f64::INFINITY { y } else { x }; // ∞ and NaN are themselves
    let y = if x > 0.0 { y } else { f64::NAN };
    if x == 0.0 { f64::NEG_INFINITY } else { y }
}

#[cfg(test)]
mod tests {
    use super::{exp, ln};

    /// Distance in units in the last place.
    fn ulps(a: f64, b: f64) -> u64 {
        a.to_bits().abs_diff(b.to_bits())
    }

    #[test]
    fn exp_agrees_with_libm_to_one_unit_in_the_last_place() {
        let mut x = -745.0;
        while x < 709.7 {
            assert!(ulps(exp(x), libm::exp(x)) <= 1, "{x}: {} {}", exp(x), libm::exp(x));
            x += 0.003_713;
        }
        for i in -2000..2000 {
            let x = f64::from(i) * 1.7e-5;
            assert!(ulps(exp(x), libm::exp(x)) <= 1, "{x}");
        }
    }

    #[test]
    fn exp_handles_the_ends_of_the_range() {
        assert_eq!(exp(f64::NEG_INFINITY).to_bits(), 0);
        assert_eq!(exp(-1e300).to_bits(), 0);
        assert_eq!(exp(-746.0).to_bits(), 0);
        assert_eq!(exp(-745.0).to_bits(), 1);
        assert_eq!(exp(0.0).to_bits(), 1.0_f64.to_bits());
        assert!(exp(709.78).is_finite());
        assert!(exp(709.79).is_infinite() && exp(1e300).is_infinite() && exp(f64::INFINITY).is_infinite());
        assert!(exp(f64::NAN).is_nan());
    }

    #[test]
    fn ln_agrees_with_libm_to_one_unit_in_the_last_place() {
        let mut x = 5e-324;
        while x < 1e308 {
            assert!(ulps(ln(x), libm::log(x)) <= 1, "{x}: {} {}", ln(x), libm::log(x));
            x *= 1.001_37;
            x = if x < 1e-320 { x * 2.0 } else { x };
        }
        for i in 1..200_000 {
            let x = f64::from(i) * 1e-5;
            assert!(ulps(ln(x), libm::log(x)) <= 1, "{x}");
        }
    }

    #[test]
    fn ln_handles_the_ends_of_the_range() {
        assert_eq!(ln(0.0).to_bits(), f64::NEG_INFINITY.to_bits());
        assert_eq!(ln(-0.0).to_bits(), f64::NEG_INFINITY.to_bits());
        assert_eq!(ln(1.0).to_bits(), 0);
        assert_eq!(ln(f64::INFINITY).to_bits(), f64::INFINITY.to_bits());
        assert!(ln(-1.0).is_nan() && ln(f64::NEG_INFINITY).is_nan() && ln(f64::NAN).is_nan());
    }
}
