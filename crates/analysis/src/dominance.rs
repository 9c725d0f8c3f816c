//! Stochastic dominance between two options, from their percentiles (Hadar and Russell 1969; Levy 2016, theorems 3.1 and 3.2).

/// How one option stands to another over the whole distribution of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dominance {
    /// At least as good at every percentile: whoever prefers more prefers it.
    First,
    /// At least as good for everybody who prefers more and dislikes risk.
    Second,
    /// Neither.
    None,
}

/// A percentile with its Monte Carlo standard error, more being better.
pub type Quantile = (f64, f64);

/// Standard errors beyond which being worse is held against an option.
const WORSE: f64 = 2.0;
/// Standard errors beyond which being better counts: more, because one percentile of a hundred is enough.
const BETTER: f64 = 3.0;

/// Whether `one` dominates `other`: percentiles of both at the same evenly spaced ranks (the middle of each of as many equal
/// parts), from the worst to the best. A percentile that is worse by no more than two standard errors is not held against it; to
/// dominate, one at least must be better by three. The errors of both count as independent, although common draws make their
/// difference smaller: a finding is never stronger than it should be.
#[must_use]
pub fn dominance(one: &[Quantile], other: &[Quantile], trials: f64) -> Dominance {
    let pairs = || one.iter().zip(other);
    let signs = pairs().map(|(a, b)| sign(a.0 - b.0, a.1.hypot(b.1)));
    if dominates(signs) {
        return Dominance::First;
    }
    if dominates(partial_sums(one, other, trials).into_iter().map(|(difference, error)| sign(difference, error))) {
        Dominance::Second
    } else {
        Dominance::None
    }
}

/// 1 where clearly positive, −1 where clearly negative, 0 where neither.
fn sign(difference: f64, error: f64) -> i32 {
    if difference > BETTER * error {
        1
    } else if difference < -WORSE * error {
        -1
    } else {
        0
    }
}

fn dominates(signs: impl Iterator<Item = i32>) -> bool {
    let (mut better, mut worse) = (false, false);
    for sign in signs {
        better |= sign > 0;
        worse |= sign < 0;
    }
    better && !worse
}

/// Differences of `∫₀ᵖ Q(u) du` with their errors. The integral is the mean of `min(X, Q(p))` less `(1 − p)·Q(p)`, so that its
/// error is the standard deviation of `(Q(p) − X)⁺` over the root of the trials (Levy 2016, chapter 3; delta method).
fn partial_sums(one: &[Quantile], other: &[Quantile], trials: f64) -> Vec<(f64, f64)> {
    let n = one.len() as f64;
    let (mut sums, mut found) = ((0.0, 0.0), Vec::with_capacity(one.len()));
    for k in 0..one.len() {
        sums = (sums.0 + one[k].0 / n, sums.1 + other[k].0 / n);
        let error = |quantiles: &[Quantile]| below(quantiles, k) / trials.sqrt();
        found.push((sums.0 - sums.1, error(one).hypot(error(other))));
    }
    found
}

/// Standard deviation of how far a value falls short of the upper end of part `k`, half-way to the next percentile.
fn below(quantiles: &[Quantile], k: usize) -> f64 {
    let n = quantiles.len() as f64;
    let value = |k: usize| quantiles[k].0;
    let half =
        if k + 1 < quantiles.len() { value(k + 1) - value(k) } else { value(k) - value(k.saturating_sub(1)) } / 2.0;
    let (mut mean, mut square) = (0.0, 0.0);
    for (value, _) in &quantiles[..=k] {
        let short = quantiles[k].0 + half - value;
        mean += short / n;
        square += short.powi(2) / n;
    }
    (square - mean * mean).max(0.0).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Percentiles of a uniform spread over `low..high`, with small errors.
    fn uniform(low: f64, high: f64) -> Vec<Quantile> {
        (0..100).map(|k| (low + (high - low) * (f64::from(k) + 0.5) / 100.0, 0.01)).collect()
    }

    #[test]
    fn a_spread_moved_up_dominates_in_the_first_order_and_not_the_other_way() {
        assert_eq!(dominance(&uniform(1.0, 3.0), &uniform(0.0, 2.0), 1e6), Dominance::First);
        assert_eq!(dominance(&uniform(0.0, 2.0), &uniform(1.0, 3.0), 1e6), Dominance::None);
    }

    #[test]
    fn the_narrower_of_two_spreads_with_one_mean_dominates_in_the_second_order() {
        // Both have mean 1. ∫₀ᵖ of the narrow one is p/2 + p²/2, of the wide one p²: larger by (p − p²)/2, never negative.
        assert_eq!(dominance(&uniform(0.5, 1.5), &uniform(0.0, 2.0), 1e6), Dominance::Second);
        assert_eq!(dominance(&uniform(0.0, 2.0), &uniform(0.5, 1.5), 1e6), Dominance::None);
    }

    #[test]
    fn a_wider_spread_with_a_higher_mean_dominates_in_no_order() {
        // Its worst percentiles are worse: somebody who fears them enough prefers the other.
        assert_eq!(dominance(&uniform(-1.0, 4.0), &uniform(0.0, 2.0), 1e6), Dominance::None);
    }

    #[test]
    fn a_difference_within_the_error_is_no_dominance() {
        assert_eq!(dominance(&uniform(0.001, 2.001), &uniform(0.0, 2.0), 1e4), Dominance::None);
        assert_eq!(dominance(&uniform(0.0, 2.0), &uniform(0.0, 2.0), 1e6), Dominance::None);
    }

    #[test]
    fn the_error_of_a_partial_mean_is_that_of_its_closed_form() {
        // X uniform on 0..1, p = 1: (1 − X)⁺ has standard deviation √(1/12) = 0.288675.
        assert!((below(&uniform(0.0, 1.0), 99) - (1.0_f64 / 12.0).sqrt()).abs() < 1e-4);
        // p = ½: (½ − X)⁺ has mean 1/8 and mean square 1/24, hence variance 1/24 − 1/64 = 5/192 = 0.161374².
        assert!((below(&uniform(0.0, 1.0), 49) - (5.0_f64 / 192.0).sqrt()).abs() < 1e-4);
    }
}
