//! The gamma–Poisson model of alliances that end, and the base of a scenario that gives the rate of the class.

use engine::uncertainty::elementary::{exp, ln};

use super::special::{bisected, gamma_cdf};

/// Shape of the prior: that of Jeffreys for a Poisson rate, `Gamma(½, 0)`.
const PRIOR_SHAPE: f64 = 0.5;

/// Halvings until a percentile is found to the last digits.
const HALVINGS: usize = 60;

/// The least and the greatest chance a year that is tried as a base.
const BASES: (f64, f64) = (1e-6, 0.9);

/// Halvings of the log-odds of a base: to six digits of it.
const TRIES: usize = 24;

/// So near, as a part of the wanted rate, a rate meets it.
const NEAR: f64 = 0.01;

/// Fewest futures in which a rate is said to be met.
pub const FEWEST_FUTURES: u64 = 1_000;

/// What is believed of the ends a year of alliances of a class, `Gamma(½ + k, T)` after `k` ends in `T` alliance years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ExitRate {
    /// Ends seen; weighted cases count in parts.
    pub ended: f64,
    /// Years that alliances ran until their end, or are known to have run; above 0.
    pub years: f64,
}

impl ExitRate {
    /// The mean: the chance of an end in a short time, by its length.
    #[must_use]
    pub fn mean(self) -> f64 {
        (PRIOR_SHAPE + self.ended) / self.years
    }

    /// The rate at a lower-tail chance between 0 and 1.
    #[must_use]
    pub fn quantile(self, p: f64) -> f64 {
        let shape = PRIOR_SHAPE + self.ended;
        // Far above every rate that is looked for.
        let most = shape + 12.0 * shape.sqrt() + 40.0;
        bisected(|x| gamma_cdf(shape, x), p, (0.0, most), HALVINGS) / self.years
    }

    /// The 10th, 50th and 90th percentile.
    #[must_use]
    pub fn percentiles(self) -> [f64; 3] {
        [0.1, 0.5, 0.9].map(|p| self.quantile(p))
    }
}

/// The bases at which rates that rise with them meet a wanted rate, all of them halved at once on their log-odds between [`BASES`]:
/// `rates` gives the rates at some bases, one each.
///
/// # Errors
/// That of `rates`.
pub fn solve<E>(
    count: usize,
    wanted: f64,
    mut rates: impl FnMut(&[f64]) -> Result<Vec<f64>, E>,
) -> Result<Vec<f64>, E> {
    let log_odds = |p: f64| ln(p / (1.0 - p));
    let mut ends = vec![(log_odds(BASES.0), log_odds(BASES.1)); count];
    let middles = |ends: &[(f64, f64)]| {
        ends.iter().map(|(low, high)| 1.0 / (1.0 + exp(-0.5 * (low + high)))).collect::<Vec<f64>>()
    };
    for _ in 0..TRIES {
        let found = rates(&middles(&ends))?;
        for ((low, high), rate) in ends.iter_mut().zip(found) {
            let middle = 0.5 * (*low + *high);
            if rate < wanted { *low = middle } else { *high = middle }
        }
    }
    Ok(middles(&ends))
}

/// Whether a rate that was found in so many futures meets the one that is wanted.
#[must_use]
pub fn is_met(rate: f64, wanted: f64, futures: u64) -> bool {
    futures >= FEWEST_FUTURES && (rate / wanted - 1.0).abs() <= NEAR
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::convert::Infallible;

    #[test]
    fn a_rate_is_met_within_a_hundredth_and_with_futures_enough() {
        assert!(is_met(0.0504, 0.05, 1_000) && is_met(0.0496, 0.05, 100_000));
        assert!(!is_met(0.0506, 0.05, 100_000) && !is_met(0.0494, 0.05, 100_000));
        assert!(!is_met(0.05, 0.05, 999) && !is_met(f64::NAN, 0.05, 1_000));
    }

    #[test]
    fn five_ends_in_95_years_are_five_per_cent_a_year() {
        // Gamma(5.5, 95): mean 5.5/95 = 0.0578947. Twice 5.5 is 11: quantiles of χ² with 11 degrees of freedom, by 2·95 = 190.
        // Tables: χ²₁₁ at 0.1, 0.5, 0.9: 5.57778, 10.34100, 17.27501; by 190: 0.0293567, 0.0544263, 0.0909211.
        let rate = ExitRate { ended: 5.0, years: 95.0 };
        assert!((rate.mean() - 0.057_894_7).abs() < 1e-7);
        for (found, published) in rate.percentiles().into_iter().zip([0.029_356_7, 0.054_426_3, 0.090_921_1]) {
            assert!((found - published).abs() < 1e-6, "{found} {published}");
        }
    }

    #[test]
    fn no_end_seen_leaves_a_rate_that_is_small_and_not_nothing() {
        // Gamma(½, 20): x²/2 of a standard normal x, by 20; P90 = 1.6448536²/40 = 0.0676386, mean 0.025.
        let rate = ExitRate { ended: 0.0, years: 20.0 };
        assert!((rate.quantile(0.9) - 0.067_638_6).abs() < 1e-7 && (rate.mean() - 0.025).abs() < 1e-15);
    }

    #[test]
    fn bases_are_found_at_which_rates_are_those_wanted() {
        // Rates of three and of one and a half times the base meet 6 % at 2 % and 4 %.
        let found = solve(2, 0.06, |bases| Ok::<_, Infallible>(vec![3.0 * bases[0], 1.5 * bases[1]]));
        let Ok(found) = found;
        assert!((found[0] - 0.02).abs() < 1e-7 && (found[1] - 0.04).abs() < 1e-7, "{found:?}");
    }
}
