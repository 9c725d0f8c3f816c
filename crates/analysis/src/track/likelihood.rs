//! How likely reported figures are in a future: one multivariate Student density a series, one chance a fact.

use std::f64::consts::PI;

use engine::uncertainty::elementary::{ln, square};

/// Degrees of freedom: with 4 a figure far off weighs little, and still less than one near by.
pub const FREEDOM: f64 = 4.0;

/// A reported amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Amount {
    /// The figure; of a range, its middle.
    pub value: f64,
    /// Scale of its own reporting error, r; above 0.
    pub error: f64,
    /// Scale of what it shares with the other figures of its series, d; at least 0.
    pub discrepancy: f64,
}

impl Amount {
    /// Scale of both together.
    #[must_use]
    pub fn scale(&self) -> f64 {
        (square(self.error) + square(self.discrepancy)).sqrt()
    }
}

/// Figures of one series: Student's t with 4 degrees of freedom and scale matrix S = diag(r²) + d·dᵀ (Kennedy and O'Hagan 2001 on
/// discrepancy; Lange, Little and Taylor 1989 on t). Where the discrepancies are equal, S = diag(r²) + d²·11ᵀ.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    amounts: Vec<Amount>,
    /// 1 + Σ d²/r².
    shared: f64,
    /// The logarithm of the density at the figures themselves.
    at_most: f64,
    /// (4 + n)/2.
    power: f64,
}

impl Series {
    /// Of its figures.
    #[must_use]
    pub fn new(amounts: Vec<Amount>) -> Self {
        let n = amounts.len();
        let shared = 1.0 + amounts.iter().map(|own| square(own.discrepancy / own.error)).sum::<f64>();
        // The determinant lemma: |S| = Π r²·(1 + Σ d²/r²).
        let half_log = amounts.iter().map(|own| ln(own.error)).sum::<f64>() + 0.5 * ln(shared);
        let at_most = log_gamma_of_half(4 + n) - 0.5 * n as f64 * ln(FREEDOM * PI) - half_log;
        Self { amounts, shared, at_most, power: 0.5 * (FREEDOM + n as f64) }
    }

    /// Logarithm of the density of the figures in a future that has these; none has it where one of them is missing.
    #[must_use]
    pub fn log_density(&self, future: impl Iterator<Item = f64>) -> f64 {
        let (mut squares, mut along) = (0.0, 0.0);
        for (own, found) in self.amounts.iter().zip(future) {
            let apart = (own.value - found) / own.error;
            squares += square(apart);
            along += apart * own.discrepancy / own.error;
        }
        // Sherman and Morrison: eᵀS⁻¹e = Σ e²/r² − (Σ e·d/r²)²/(1 + Σ d²/r²).
        let distance = squares - square(along) / self.shared;
        let log = self.at_most - self.power * ln(1.0 + distance.max(0.0) / FREEDOM);
        if squares.is_nan() { f64::NEG_INFINITY } else { log }
    }
}

/// ln Γ(n/2) for n of 4 and more: Γ(2) = 1, Γ(5/2) = ¾·√π, and Γ(x + 1) = x·Γ(x).
fn log_gamma_of_half(n: usize) -> f64 {
    let start = if n.is_multiple_of(2) { 0.0 } else { ln(0.75 * PI.sqrt()) };
    let first = 4 + n % 2;
    start + (first..n).step_by(2).map(|k| ln(0.5 * k as f64)).sum::<f64>()
}

/// Logarithm of the chance of a fact that is told wrongly with a chance: 1 − ε where the future has it, else ε.
#[must_use]
pub fn log_chance(matches: bool, wrong: f64) -> f64 {
    ln(if matches { 1.0 - wrong } else { wrong })
}

/// Share of Student's t with 4 degrees of freedom below `t`: ½ + ¼·s·(1.5 − s²/8), s = t/√(1 + t²/4).
#[must_use]
pub fn below(t: f64) -> f64 {
    if t.is_infinite() {
        return if t > 0.0 { 1.0 } else { 0.0 };
    }
    let s = t / (1.0 + square(t) / FREEDOM).sqrt();
    0.5 + 0.25 * s * (1.5 - square(s) / 8.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Solves `a·x = b` by elimination, and gives the determinant of `a`.
    fn solved(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> (Vec<f64>, f64) {
        let n = b.len();
        let mut determinant = 1.0;
        for i in 0..n {
            determinant *= a[i][i];
            for j in i + 1..n {
                let factor = a[j][i] / a[i][i];
                let above = a[i].clone();
                a[j].iter_mut().zip(above).for_each(|(cell, above)| *cell -= factor * above);
                b[j] -= factor * b[i];
            }
        }
        let mut x = vec![0.0; n];
        for i in (0..n).rev() {
            let rest: f64 = (i + 1..n).map(|k| a[i][k] * x[k]).sum();
            x[i] = (b[i] - rest) / a[i][i];
        }
        (x, determinant)
    }

    #[test]
    fn the_density_is_that_of_the_matrix_inverted_directly() {
        let amounts = [(1.7, 0.2, 0.9), (3.0, 0.5, 0.9), (7.0, 1.5, 2.0)];
        let amounts: Vec<Amount> =
            amounts.iter().map(|&(value, error, discrepancy)| Amount { value, error, discrepancy }).collect();
        let future = [1.1, 4.2, 9.0];
        let scale = |i: usize, j: usize| {
            let own = if i == j { amounts[i].error.powi(2) } else { 0.0 };
            own + amounts[i].discrepancy * amounts[j].discrepancy
        };
        let matrix: Vec<Vec<f64>> = (0..3).map(|i| (0..3).map(|j| scale(i, j)).collect()).collect();
        let apart: Vec<f64> = amounts.iter().zip(future).map(|(own, found)| own.value - found).collect();
        let (solution, determinant) = solved(matrix, apart.clone());
        let distance: f64 = apart.iter().zip(&solution).map(|(e, s)| e * s).sum();
        // Γ(7/2) = 2.5·1.5·0.5·√π = 3.323351; Γ(2) = 1; (4π)^1.5.
        let at_most = (1.875 * PI.sqrt()).ln() - 1.5 * (4.0 * PI).ln() - 0.5 * determinant.ln();
        let direct = at_most - 3.5 * (1.0 + distance / 4.0).ln();
        let found = Series::new(amounts).log_density(future.into_iter());
        assert!((found - direct).abs() < 1e-12, "{found} and {direct}");
    }

    #[test]
    fn one_figure_has_the_density_of_students_t() {
        // At its own value, scale 5 = √(3² + 4²): Γ(2.5)/(Γ(2)·√(4π)·5) = 1.329340/(3.544908·5) = 0.075.
        let one = Series::new(vec![Amount { value: 10.0, error: 3.0, discrepancy: 4.0 }]);
        assert!((one.log_density([10.0].into_iter()).exp() - 0.075).abs() < 1e-6);
        // One scale away: (1 + 1/4)^−2.5 = 0.572433 of that.
        assert!((one.log_density([15.0].into_iter()).exp() / 0.075 - 0.572_433).abs() < 1e-5);
        assert!(one.log_density([f64::NAN].into_iter()).is_infinite(), "a future without the figure has no weight");
    }

    #[test]
    fn five_reports_of_one_number_are_hardly_more_than_one() {
        // Discrepancy 1, reporting error 0.1: S has 1.01 on its diagonal and 1 beside it. All shifted by 2, one figure is at a distance of
        // 4/1.01 = 3.960; five are in the direction of S's largest eigenvalue, 0.01 + 5, so that they are at 5·4/5.01 = 3.992.
        let of = |n: usize| Series::new(vec![Amount { value: 0.0, error: 0.1, discrepancy: 1.0 }; n]);
        let distance = |n: usize| {
            let own = of(n);
            let log = own.log_density(vec![2.0; n].into_iter()) - own.log_density(vec![0.0; n].into_iter());
            4.0 * ((-log / (0.5 * (4.0 + n as f64))).exp() - 1.0)
        };
        assert!((distance(1) - 4.0 / 1.01).abs() < 1e-9 && (distance(5) - 20.0 / 5.01).abs() < 1e-9);
    }

    #[test]
    fn the_share_below_is_that_of_tables() {
        // Student's t, 4 degrees of freedom: 90 % below 1.533206, 97.5 % below 2.776445, 99.5 % below 4.604095.
        for (t, share) in [(0.0, 0.5), (1.533_206, 0.9), (2.776_445, 0.975), (4.604_095, 0.995), (-2.776_445, 0.025)] {
            assert!((below(t) - share).abs() < 1e-6, "{t}: {}", below(t));
        }
        assert_eq!((below(f64::INFINITY), below(f64::NEG_INFINITY)), (1.0, 0.0));
    }
}
