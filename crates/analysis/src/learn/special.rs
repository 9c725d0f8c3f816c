//! The normal and the gamma distribution, the same bits on every platform.

use engine::uncertainty::elementary::{exp, ln, square};
use std::f64::consts::{FRAC_1_SQRT_2, TAU};

/// Terms or fractions until a sum no longer moves; far more than are needed.
const MOST_TERMS: usize = 500;

/// Chance of at most `z`, standard normal.
pub(super) fn normal_cdf(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// Logarithm of the density of a normal distribution at `x`.
pub(super) fn normal_ln_density(x: f64, mean: f64, variance: f64) -> f64 {
    -0.5 * (square(x - mean) / variance + ln(TAU * variance))
}

/// `ln B(a, b)`.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

/// Chance of at most `x` of a gamma distribution of rate 1: the series of DLMF 8.7.1 below the mean, the continued fraction of DLMF 8.9.2
/// above, by the method of Lentz.
pub(super) fn gamma_cdf(shape: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    let leading = exp(shape * ln(x) - x - libm::lgamma(shape));
    if x < shape + 1.0 {
        let (mut term, mut sum) = (1.0 / shape, 1.0 / shape);
        for k in 1..MOST_TERMS {
            term *= x / (shape + k as f64);
            sum += term;
            if term < sum * 1e-17 {
                break;
            }
        }
        return leading * sum;
    }
    let mut b = x + 1.0 - shape;
    let (mut c, mut d) = (1e300, 1.0 / b);
    let mut fraction = d;
    for k in 1..MOST_TERMS {
        let a = -(k as f64) * (k as f64 - shape);
        b += 2.0;
        d = 1.0 / (a * d + b);
        c = b + a / c;
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    1.0 - leading * fraction
}

/// Where a rising function reaches a value between two ends, after so many halvings of what lies between them.
pub(super) fn bisected(
    rising: impl Fn(f64) -> f64,
    value: f64,
    (mut low, mut high): (f64, f64),
    halvings: usize,
) -> f64 {
    for _ in 0..halvings {
        let middle = 0.5 * (low + high);
        if rising(middle) < value {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gamma_distribution_has_its_closed_forms() {
        for x in [0.01, 0.3, 1.0, 2.0, 2.9, 3.1, 5.0, 12.0, 40.0] {
            // Shape 1: 1 − e^−x. Shape 3: 1 − e^−x·(1 + x + x²/2). Shape ½: 2·Φ(√(2x)) − 1.
            assert!((gamma_cdf(1.0, x) - (1.0 - (-x).exp())).abs() < 1e-14, "{x}");
            let three = 1.0 - (-x).exp() * (1.0 + x + x * x / 2.0);
            assert!((gamma_cdf(3.0, x) - three).abs() < 1e-14, "{x}");
            let half = 2.0 * normal_cdf((2.0 * x).sqrt()) - 1.0;
            assert!((gamma_cdf(0.5, x) - half).abs() < 1e-14, "{x}: {}", gamma_cdf(0.5, x) - half);
        }
        assert!(gamma_cdf(2.0, 0.0).abs() < 1e-300);
    }

    #[test]
    fn a_value_is_found_between_its_ends() {
        // x³ = 2 at 1.259921.
        assert!((bisected(|x| x * x * x, 2.0, (0.0, 9.0), 60) - 1.259_921_049_894_873).abs() < 1e-15);
    }
}
