//! The normal distribution, with its quantile and distribution functions accurate far into both tails.

use super::curve::{Curve, Rules};
use std::f64::consts::FRAC_1_SQRT_2;

/// Normal by mean and standard deviation.
pub struct Normal {
    pub mean: f64,
    pub sd: f64,
}

impl Curve for Normal {
    fn check(&self, rules: &mut Rules) {
        if rules.finite(&[("mean", self.mean), ("sd", self.sd)]) && self.sd < 0.0 {
            rules.fail("sd", format!("sd is {}", self.sd), "give an sd of 0 or more");
        }
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        self.mean + self.sd * standard_quantile(p, q)
    }

    fn cdf(&self, x: f64) -> (f64, f64) {
        standard_cdf((x - self.mean) / self.sd)
    }

    fn support(&self) -> (f64, f64) {
        if self.sd > 0.0 { (f64::NEG_INFINITY, f64::INFINITY) } else { (self.mean, self.mean) }
    }
}

/// `Φ(z)` and `1 − Φ(z)`.
pub fn standard_cdf(z: f64) -> (f64, f64) {
    (0.5 * libm::erfc(-z * FRAC_1_SQRT_2), 0.5 * libm::erfc(z * FRAC_1_SQRT_2))
}

/// `Φ⁻¹` at lower tail `p`, upper tail `q = 1 − p`.
pub fn standard_quantile(p: f64, q: f64) -> f64 {
    if p <= q { lower(p) } else { -lower(q) }
}

/// `Φ⁻¹(p)` for `p ≤ ½`: algorithm AS 241 (Wichura 1988), good to about 1e-16 of the value.
fn lower(p: f64) -> f64 {
    let centred = p - 0.5;
    if centred >= -0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(r, &CENTRE);
    }
    let r = libm::sqrt(-libm::log(p));
    if r <= 5.0 { -ratio(r - 1.6, &SHOULDER) } else { -ratio(r - 5.0, &TAIL) }
}

/// Quotient of two polynomials of degree 7, the constant term first.
fn ratio(r: f64, [above, below]: &[[f64; 8]; 2]) -> f64 {
    let horner = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
    horner(above) / horner(below)
}

const CENTRE: [[f64; 8]; 2] = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];
const SHOULDER: [[f64; 8]; 2] = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ],
];
const TAIL: [[f64; 8]; 2] = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ],
];

#[cfg(test)]
mod tests {
    use super::{standard_cdf, standard_quantile};

    #[test]
    fn quantile_and_distribution_function_undo_each_other_in_both_tails() {
        let mut p = 1e-12;
        while p < 0.5 {
            let z = standard_quantile(p, 1.0 - p);
            assert!((standard_cdf(z).0 / p - 1.0).abs() < 1e-13, "{p}");
            assert!((standard_cdf(standard_quantile(1.0 - p, p)).1 / p - 1.0).abs() < 1e-13, "{p}");
            p *= 1.07;
        }
    }

    #[test]
    fn known_percentiles_of_the_normal() {
        assert!((standard_quantile(0.975, 0.025) - 1.959_963_984_540_054).abs() < 1e-14);
        assert!((standard_quantile(0.9, 0.1) - 1.281_551_565_544_600_4).abs() < 1e-14);
    }
}
