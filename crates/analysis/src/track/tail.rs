//! How heavy the tail of some weights is: the shape of the generalised Pareto distribution that fits the largest of them.

use engine::uncertainty::elementary::{exp, ln};

/// Fewest weights of a tail that its shape is told of.
const FEWEST: usize = 5;
/// Largest weights that are looked at: three times the root of all, at most a fifth of them (Vehtari and others 2024).
const ROOTS: f64 = 3.0;
const PART: f64 = 0.2;
/// Observations of shape ½ that the estimate is drawn towards.
const PRIOR: f64 = 10.0;

/// Shape k̂ of the tail of some weights, which are raw, neither smoothed nor cut. None where the tail is too short or most of it is one tie:
/// then it is not Pareto's, and the effective sample size alone decides.
#[must_use]
pub fn shape(weights: &[f64]) -> Option<f64> {
    let all = weights.len() as f64;
    let most = (PART * all).min(ROOTS * all.sqrt()).ceil() as usize;
    if most < FEWEST || most >= weights.len() {
        return None;
    }
    let mut sorted = weights.to_vec();
    let first = sorted.len() - most;
    sorted.select_nth_unstable_by(first - 1, f64::total_cmp);
    let cut = sorted[first - 1];
    let tail = &mut sorted[first..];
    tail.sort_unstable_by(f64::total_cmp);
    if longest_tie(tail) * 2 > tail.len() {
        return None;
    }
    let beyond: Vec<f64> = tail.iter().map(|own| own - cut).filter(|own| *own > 0.0).collect();
    (beyond.len() >= FEWEST).then(|| pareto(&beyond))
}

/// How often the most frequent of some sorted values stands there.
fn longest_tie(sorted: &[f64]) -> usize {
    sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(<[f64]>::len).max().unwrap_or_default()
}

/// Shape of the generalised Pareto distribution of some sorted values above 0: the posterior mean of Zhang and Stephens (2009), drawn
/// towards ½ as Vehtari and others (2024) do.
fn pareto(sorted: &[f64]) -> f64 {
    let n = sorted.len() as f64;
    let (Some(largest), Some(quarter)) = (sorted.last(), sorted.get((n / 4.0 + 0.5) as usize - 1)) else {
        return f64::NAN;
    };
    let shape_at = |b: f64| sorted.iter().map(|x| ln(1.0 - b * x)).sum::<f64>() / n;
    let count = 30 + n.sqrt() as usize;
    let grid: Vec<(f64, f64)> = (1..=count)
        .map(|j| {
            let b = (1.0 - (count as f64 / (j as f64 - 0.5)).sqrt()) / (3.0 * quarter) + 1.0 / largest;
            let k = shape_at(b);
            (b, n * (ln(-b / k) - k - 1.0))
        })
        .filter(|(_, log)| log.is_finite())
        .collect();
    let highest = grid.iter().map(|own| own.1).fold(f64::NEG_INFINITY, f64::max);
    let (sum, weighted) = grid.iter().fold((0.0, 0.0), |(sum, weighted), (b, log)| {
        let weight = exp(log - highest);
        (sum + weight, weighted + weight * b)
    });
    (n * shape_at(weighted / sum) + PRIOR * 0.5) / (n + PRIOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::key::{hash, mix};

    /// Draws of the generalised Pareto distribution of scale 1: ((1 − u)^−k − 1)/k.
    fn draws(k: f64, count: u64) -> Vec<f64> {
        let uniform = |i: u64| ((mix(mix(hash("pareto")) ^ i) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64;
        (0..count).map(|i| if k.abs() < 1e-9 { -uniform(i).ln() } else { (uniform(i).powf(-k) - 1.0) / k }).collect()
    }

    #[test]
    fn the_shape_of_paretos_own_draws_is_found() {
        // The tail of a generalised Pareto distribution has its own shape. 3·√100,000 = 949 values: the error is about (1 + k)/√949, which
        // is 0.046 at 0.4; three of them, and what 10 observations of ½ draw it by, below 0.01.
        for k in [0.0, 0.2, 0.4, 0.7, 1.0] {
            let found = shape(&draws(k, 100_000)).expect("no tie");
            let tolerance = 3.0 * (1.0 + k) / 949.0_f64.sqrt() + 0.01;
            assert!((found - k).abs() < tolerance, "{k}: {found}");
        }
    }

    #[test]
    fn a_tail_that_is_one_tie_has_no_shape() {
        let mut weights = vec![1.0; 10_000];
        assert_eq!(shape(&weights), None);
        weights.iter_mut().take(100).enumerate().for_each(|(i, own)| *own = 2.0 + i as f64);
        // The tail holds 300, of which 200 are 1: still most of it.
        assert_eq!(shape(&weights), None);
        assert_eq!(shape(&[1.0, 2.0, 3.0]), None, "too few");
    }
}
