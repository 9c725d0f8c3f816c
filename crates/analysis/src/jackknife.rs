//! A statistic with its standard error, by leaving out one group of trials after another; and the sums that such statistics need.

use engine::uncertainty::elementary::square;

/// Groups of the jackknife, interleaved: trial `i` is in group `i mod 20`.
pub(super) const GROUPS: usize = 20;

/// A value with its standard error.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Measured {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub error: f64,
}

impl Measured {
    /// Whether it is above 0 by more than two standard errors.
    #[must_use]
    pub fn clear(self) -> bool {
        self.value > 2.0 * self.error
    }

    /// Whether one of some hundred such values is above 0: by more than three and a half standard errors, which with twenty groups one
    /// in a thousand is by chance.
    #[must_use]
    pub fn clear_among_many(self) -> bool {
        self.value > 3.5 * self.error
    }
}

/// A statistic over all trials with the error from leaving each group out (delete-a-group jackknife: Efron and Tibshirani 1993,
/// chapter 11).
pub(super) fn jackknife(statistic: impl Fn(Option<usize>) -> f64) -> Measured {
    let value = statistic(None);
    let parts: Vec<f64> = (0..GROUPS).map(|group| statistic(Some(group))).collect();
    let n = GROUPS as f64;
    let mean = parts.iter().sum::<f64>() / n;
    let squares: f64 = parts.iter().map(|part| square(part - mean)).sum();
    Measured { value, error: (squares * (n - 1.0) / n).sqrt() }
}

/// A mean with its plain standard error.
pub(super) fn mean(values: impl Iterator<Item = f64> + Clone) -> Measured {
    let (n, sum) = values.clone().fold((0.0_f64, 0.0), |(n, sum), value| (n + 1.0, sum + value));
    let mean = sum / n;
    // In a second pass, so that what is large and varies little loses no digit.
    let squares: f64 = values.map(|value| square(value - mean)).sum();
    Measured { value: mean, error: (squares / (n - 1.0).max(1.0) / n).sqrt() }
}

/// Solves a system whose matrix is positive definite, by Gauss's elimination.
pub(super) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for k in 0..n {
        let pivot = matrix[k].clone();
        for below in k + 1..n {
            let factor = matrix[below][k] / pivot[k];
            for (cell, above) in matrix[below].iter_mut().zip(&pivot).skip(k) {
                *cell -= factor * above;
            }
            right[below] -= factor * right[k];
        }
    }
    let mut found = vec![0.0; n];
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|column| matrix[k][column] * found[column]).sum();
        found[k] = (right[k] - known) / matrix[k][k];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        // Twenty groups of one: leaving out i gives (190 − i)/19; the jackknife of a mean is s/√n, s² = (20² − 1)/12·20/19 = 35.
        let found = jackknife(|left_out| {
            let kept: Vec<f64> = (0..20).filter(|i| Some(*i) != left_out).map(|i| i as f64).collect();
            kept.iter().sum::<f64>() / kept.len() as f64
        });
        assert!(
            (found.value - 9.5).abs() < 1e-12 && (found.error - (35.0_f64 / 20.0).sqrt()).abs() < 1e-12,
            "{found:?}"
        );
        let plain = mean((0..20).map(f64::from));
        assert!((plain.error - found.error).abs() < 1e-12);
    }

    #[test]
    fn a_small_system_is_solved() {
        // 2x + y = 5, x + 3y = 10: x = 1, y = 3.
        let found = solve(vec![vec![2.0, 1.0], vec![1.0, 3.0]], vec![5.0, 10.0]);
        assert!((found[0] - 1.0).abs() < 1e-12 && (found[1] - 3.0).abs() < 1e-12);
    }
}
