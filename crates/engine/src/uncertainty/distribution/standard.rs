//! One standard form for all distributions that differ by place and scale alone, so that they share a table.

use super::{Distribution, Family};

impl Distribution {
    /// The standard form, and the shift and scale that lead back from it: `x = shift + scale·z`. A distribution that has no such
    /// form is its own. Shapes are rounded to 40 binary digits, far below the error of a table, so that equal ones are equal.
    pub(in crate::uncertainty) fn standard(&self) -> (Self, f64, f64) {
        let (family, shift, scale) = match self.family {
            Family::Pert { low, mode, high, shape } if high > low => {
                let range = high - low;
                (Family::Pert { low: 0.0, mode: rounded((mode - low) / range), high: 1.0, shape }, low, range)
            }
            Family::Normal { mean, sd } if sd > 0.0 => (Family::Normal { mean: 0.0, sd: 1.0 }, mean, sd),
            Family::LogNormal { median, p90 } if p90 > median => {
                (Family::LogNormal { median: 1.0, p90: rounded(p90 / median) }, 0.0, median)
            }
            Family::Pareto { low, alpha } => (Family::Pareto { low: 1.0, alpha }, 0.0, low),
            _ => return (self.clone(), 0.0, 1.0),
        };
        let bound = |x: f64| rounded((x - shift) / scale);
        (Self { family, min: self.min.map(bound), max: self.max.map(bound) }, shift, scale)
    }
}

/// `x` to 40 binary digits.
fn rounded(x: f64) -> f64 {
    f64::from_bits((x.to_bits() + (1 << 11)) & !((1 << 12) - 1))
}

#[cfg(test)]
mod tests {
    use super::{Distribution, Family, rounded};

    fn made(family: Family, min: Option<f64>, max: Option<f64>) -> Distribution {
        Distribution::new(family, min, max).expect("valid")
    }

    #[test]
    fn a_distribution_is_its_standard_form_shifted_and_scaled() {
        let cases = [
            made(Family::Pert { low: 2.0, mode: 3.1, high: 7.0, shape: 4.0 }, None, None),
            made(Family::Pert { low: -2.0, mode: 0.1, high: 7.0, shape: 3.0 }, Some(-1.0), Some(5.0)),
            made(Family::Normal { mean: 3.0, sd: 0.2 }, None, Some(3.1)),
            made(Family::LogNormal { median: 1.3, p90: 2.2 }, Some(0.4), None),
            made(Family::Pareto { low: 70.0, alpha: 1.6 }, None, Some(9000.0)),
            made(Family::Beta { a: 2.0, b: 5.0 }, None, None),
        ];
        for distribution in cases {
            let (standard, shift, scale) = distribution.standard();
            for p in [1e-6, 0.01, 0.3, 0.5, 0.9, 0.999_999] {
                let (own, led_back) = (distribution.quantile(p), shift + scale * standard.quantile(p));
                assert!(
                    (own - led_back).abs() <= 1e-9 * own.abs().max(scale),
                    "{distribution:?} at {p}: {own} {led_back}"
                );
            }
        }
    }

    #[test]
    fn a_tenth_either_way_is_one_shape_whatever_the_size() {
        let around =
            |x: f64| made(Family::Pert { low: 0.9 * x, mode: x, high: 1.3 * x, shape: 4.0 }, None, None).standard().0;
        assert!((1..200).all(|i| around(0.37 * f64::from(i)) == around(1.0)));
        assert!((rounded(0.1) - 0.1).abs() < 1e-12 && rounded(1.0).to_bits() == 1.0_f64.to_bits());
    }
}
