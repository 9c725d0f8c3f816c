//! Stochastic dominance between two options, over the whole of their counted distributions (Hadar and Russell 1969; Levy 2016, theorems
//! 3.1 and 3.2).

use engine::statistics::combined;

/// How one option stands to another over the whole distribution of a measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dominance {
    /// At least as likely to reach any amount: whoever prefers more prefers it.
    First,
    /// At least as good for everybody who prefers more and dislikes risk.
    Second,
    /// Neither.
    None,
}

/// How much a measure counts for in each trial, more being better.
pub trait Merits {
    /// Trials counted.
    fn trials(&self) -> f64;
    /// The chance of at most so much, with its standard error.
    fn at_most(&self, merit: f64) -> (f64, f64);
    /// What is not exceeded with chance `p`; none where that is no amount.
    fn quantile(&self, p: f64) -> Option<f64>;
}

/// Standard errors from which on being worse is held against an option. One is enough: it is told that there is nothing worse.
const WORSE: f64 = 1.0;
/// Standard errors beyond which being better counts: more, because one amount of many is enough.
const BETTER: f64 = 3.0;
/// Amounts are looked at from rank to rank: this many evenly through the middle,
const EVENLY: u32 = 100;
/// and towards either end each this part as far from it as the last, down to half a trial.
const CLOSER: f64 = 0.75;

/// Whether `one` dominates `other`; `apart` is the mean difference of their merits in the same trials, with its error. Both are looked
/// at wherever either has trials, to the outermost one: what is worse by a standard error anywhere is held against it; to dominate, it
/// has to be better by three somewhere. The errors of both count as independent, although common draws make their difference smaller,
/// and a mean that is lower denies what it contradicts: a finding is never stronger than it should be.
#[must_use]
pub fn dominance(one: &impl Merits, other: &impl Merits, apart: (f64, f64)) -> Dominance {
    let (may_be_first, may_be_second) = (apart.0 > 0.0, apart.0 > -WORSE * apart.1);
    if !may_be_first && !may_be_second {
        return Dominance::None;
    }
    let Some(amounts) = amounts(one, other) else { return Dominance::None };
    let chances: Vec<[(f64, f64); 2]> = amounts.iter().map(|x| [one.at_most(*x), other.at_most(*x)]).collect();
    let signs = chances.iter().map(|[one, other]| {
        let error = combined(one.1, other.1);
        sign(other.0 - one.0, error, error)
    });
    if may_be_first && dominates(signs) {
        return Dominance::First;
    }
    let shortfalls = [0, 1].map(|k| {
        let trials = if k == 0 { one.trials() } else { other.trials() };
        shortfalls(&amounts, &chances.iter().map(|both| both[k].0).collect::<Vec<_>>(), trials)
    });
    // Being better may rest on few trials at the low end: it has to hold were there two more at the very end, as a chance is judged too.
    let origin = amounts.first().copied().unwrap_or_default();
    let two_more =
        |x: f64| std::f64::consts::SQRT_2 * (x - origin) * combined(one.trials().recip(), other.trials().recip());
    let both = shortfalls[0].iter().zip(&shortfalls[1]).zip(&amounts);
    let signs = both.map(|((one, other), x)| {
        let error = combined(one.1, other.1);
        sign(other.0 - one.0, combined(error, two_more(*x)), error)
    });
    if may_be_second && dominates(signs) { Dominance::Second } else { Dominance::None }
}

/// 1 where clearly positive by one error, −1 where negative by another, 0 where neither.
fn sign(difference: f64, better: f64, worse: f64) -> i32 {
    if difference > BETTER * better {
        1
    } else if difference < 0.0 && difference <= -WORSE * worse {
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

/// The amounts at which two distributions are held against one another, rising; none where one has ranks without an amount.
fn amounts(one: &impl Merits, other: &impl Merits) -> Option<Vec<f64>> {
    let outermost = 0.5 / one.trials().max(other.trials()).max(1.0);
    let mut ranks: Vec<f64> = (0..EVENLY).map(|k| (f64::from(k) + 0.5) / f64::from(EVENLY)).collect();
    let mut end = 1.0 / f64::from(EVENLY);
    while end > outermost {
        end = (end * CLOSER).max(outermost);
        ranks.extend([end, 1.0 - end]);
    }
    let of_both = ranks.iter().flat_map(|p| [one.quantile(*p), other.quantile(*p)]);
    let mut amounts: Vec<f64> = of_both.collect::<Option<_>>()?;
    amounts.retain(|x| x.is_finite());
    amounts.sort_unstable_by(f64::total_cmp);
    amounts.dedup_by(|a, b| a.total_cmp(b).is_eq());
    Some(amounts)
}

/// How far merits fall short of each amount on average: `E(x − X)⁺ = ∫ F(t) dt` up to `x`, with its error, the standard deviation of
/// that over the root of the trials: `E((x − X)⁺)² = 2·∫ (x − t)·F(t) dt` (Levy 2016, chapter 3). `F` goes evenly from amount to amount.
fn shortfalls(amounts: &[f64], chances: &[f64], trials: f64) -> Vec<(f64, f64)> {
    let (mut area, mut moment) = (0.0, 0.0);
    let mut found = vec![(0.0, 0.0)];
    let origin = amounts.first().copied().unwrap_or_default();
    for (x, f) in amounts.windows(2).zip(chances.windows(2)) {
        let (from, to) = (x[0] - origin, x[1] - origin);
        let step = to - from;
        area += step * (f[0] + f[1]) / 2.0;
        moment += step * (f[0] * (2.0 * from + to) + f[1] * (from + 2.0 * to)) / 6.0;
        let variance = (2.0 * (to * area - moment) - area * area).max(0.0);
        found.push((area, (variance / trials).sqrt()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values counted one by one.
    struct Sorted(Vec<f64>);

    impl Sorted {
        fn of(mut values: Vec<f64>) -> Self {
            values.sort_unstable_by(f64::total_cmp);
            Self(values)
        }

        fn mean(&self) -> f64 {
            self.0.iter().sum::<f64>() / self.trials()
        }
    }

    impl Merits for Sorted {
        fn trials(&self) -> f64 {
            self.0.len() as f64
        }

        fn at_most(&self, merit: f64) -> (f64, f64) {
            let (n, k) = (self.trials(), self.0.partition_point(|x| *x <= merit) as f64);
            let q = (k + 2.0) / (n + 4.0);
            (k / n, (q * (1.0 - q) / (n + 4.0)).sqrt())
        }

        fn quantile(&self, p: f64) -> Option<f64> {
            self.0.get((p * self.trials()) as usize).copied()
        }
    }

    const TRIALS: usize = 100_000;

    /// As many values evenly spread over `low..high`.
    fn uniform(low: f64, high: f64) -> Sorted {
        Sorted((0..TRIALS).map(|k| low + (high - low) * (k as f64 + 0.5) / TRIALS as f64).collect())
    }

    /// How one stands to another, the mean difference having the errors of independent trials.
    fn stands(one: &Sorted, other: &Sorted) -> Dominance {
        dominance(one, other, (one.mean() - other.mean(), 0.003))
    }

    #[test]
    fn a_spread_moved_up_dominates_in_the_first_order_and_not_the_other_way() {
        assert_eq!(stands(&uniform(1.0, 3.0), &uniform(0.0, 2.0)), Dominance::First);
        assert_eq!(stands(&uniform(0.0, 2.0), &uniform(1.0, 3.0)), Dominance::None);
    }

    #[test]
    fn the_narrower_of_two_spreads_with_one_mean_dominates_in_the_second_order() {
        // Both have mean 1. ∫F of the wide one is x²/4 up to x, of the narrow one (x − ½)²/2 from ½ on: at 1, 1/4 against 1/8.
        assert_eq!(stands(&uniform(0.5, 1.5), &uniform(0.0, 2.0)), Dominance::Second);
        assert_eq!(stands(&uniform(0.0, 2.0), &uniform(0.5, 1.5)), Dominance::None);
    }

    #[test]
    fn a_wider_spread_with_a_higher_mean_dominates_in_no_order() {
        // Its worst values are worse: somebody who fears them enough prefers the other.
        assert_eq!(stands(&uniform(-1.0, 4.0), &uniform(0.0, 2.0)), Dominance::None);
    }

    #[test]
    fn a_difference_within_the_error_is_no_dominance() {
        // Shifted by k trials of n (less one half, so that no two are equal), one has k where the other has none: a difference of k/n. The errors of these chances, with two
        // trials more of either kind, are √(k + 2)/n and √2/n, together √(k + 4)/n: k/√(k + 4) standard errors. That is 2.84 for 11 trials,
        // 3.30 for 14, and 6.80 for the 50 of a shift of 0.001. In the second order 11 trials are j − 1/2 steps apart up to the amount after j of
        // them: at j = 15, (11·15 − 60) of them with an error of √(15³/3 + 4³/3 + 4·15²) = 45, 2.3 standard errors.
        let shifted = |trials: f64| {
            let shift = 2.0 * (trials - 0.5) / TRIALS as f64;
            stands(&uniform(shift, 2.0 + shift), &uniform(0.0, 2.0))
        };
        assert_eq!([1.0, 6.0, 11.0].map(shifted), [Dominance::None; 3]);
        assert_eq!([14.0, 20.0, 50.0].map(shifted), [Dominance::First; 3]);
        assert_eq!(stands(&uniform(0.0, 2.0), &uniform(0.0, 2.0)), Dominance::None);
    }

    #[test]
    fn a_rare_disaster_denies_dominance_however_much_better_all_other_futures_are() {
        for disasters in [3, 10, 46, 300, 2_000] {
            for size in [-50.0, -5_000.0] {
                // Better by 0.1 at every percentile but that of the disaster.
                let mut values = uniform(0.1, 2.1).0;
                values.iter_mut().take(disasters).for_each(|x| *x = size);
                let rare = Sorted::of(values);
                let base = uniform(0.0, 2.0);
                assert_eq!(stands(&rare, &base), Dominance::None, "{disasters} of {size}");
                // The other way round it is the median that denies it the first order: 1.0 against 1.1.
                assert_ne!(stands(&base, &rare), Dominance::First, "{disasters} of {size}");
            }
        }
    }

    #[test]
    fn a_mean_that_is_clearly_lower_denies_both_orders() {
        // No trial of these tells why; a mean of the same trials does.
        let (one, other) = (uniform(1.0, 3.0), uniform(0.0, 2.0));
        assert_eq!(dominance(&one, &other, (-0.5, 0.1)), Dominance::None);
        assert_eq!(dominance(&one, &other, (-0.05, 0.1)), Dominance::Second);
    }

    #[test]
    fn what_falls_short_and_its_error_are_those_of_the_closed_form() {
        let amounts: Vec<f64> = (0..=100).map(|k| f64::from(k) / 100.0).collect();
        let found = shortfalls(&amounts, &amounts, 1.0);
        // X uniform on 0..1. (1 − X)⁺ has mean ½ and standard deviation √(1/12) = 0.288675.
        assert!((found[100].0 - 0.5).abs() < 1e-9 && (found[100].1 - (1.0_f64 / 12.0).sqrt()).abs() < 1e-4);
        // (½ − X)⁺ has mean 1/8 and mean square 1/24, hence variance 1/24 − 1/64 = 5/192 = 0.161374².
        assert!((found[50].0 - 0.125).abs() < 1e-9 && (found[50].1 - (5.0_f64 / 192.0).sqrt()).abs() < 1e-4);
    }
}
