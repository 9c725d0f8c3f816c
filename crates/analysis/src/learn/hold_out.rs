//! Each case forecast from the others, and each class from the other classes: how far what is learnt would have held.

use engine::uncertainty::elementary::ln;

use super::case::{Case, Quantity};
use super::class::{Models, models};
use super::weights::Belief;

/// All cases are taken as of one class of this name.
const ONE_CLASS: &str = "";

/// The 10th and the 90th percentile: eight in ten lie between them.
const WITHIN: std::ops::RangeInclusive<f64> = 0.1..=0.9;

/// Outside of them lie two in ten where a forecast is sound.
const OUTSIDE: f64 = 0.2;

/// A case that was forecast from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldCase {
    /// Its position among the cases.
    pub case: usize,
    /// The chance of failing that the others gave it.
    pub failing: f64,
    /// The chance, by the others, of a reported share as low as its own, had it not failed; none where it failed or its share is not known.
    pub rank: Option<f64>,
    /// Its logarithmic score by the others of its class: of what happened, failing or not, and of the logarithm of the share. Higher is
    /// better.
    pub score: f64,
    /// The same by all other cases as one class.
    pub score_of_all: f64,
}

/// A class that was forecast from the other classes.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldClass {
    /// The class.
    pub class: String,
    /// Its cases of which it is known whether they failed.
    pub told: usize,
    /// Those that failed.
    pub failed: usize,
    /// The chance of failing that the other classes gave each of them.
    pub failing: f64,
    /// Ranks of its reported shares in the forecast.
    pub ranks: Vec<f64>,
    /// The mean logarithmic score of its cases.
    pub score: f64,
}

impl HeldClass {
    /// Shares outside what should hold eight in ten.
    #[must_use]
    pub fn outside(&self) -> usize {
        outside(&self.ranks)
    }
}

/// What cases say together that were each forecast from the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Together {
    /// Cases.
    pub cases: usize,
    /// Those with a share.
    pub shares: usize,
    /// Shares outside what should hold eight in ten.
    pub outside: usize,
    /// The mean logarithmic score by the others of the class.
    pub score: f64,
    /// The same by all others as one class.
    pub score_of_all: f64,
}

impl Together {
    /// Of some cases; none where there is none.
    #[must_use]
    pub fn of(held: &[HeldCase]) -> Option<Self> {
        let ranks: Vec<f64> = held.iter().filter_map(|own| own.rank).collect();
        let mean = |of: fn(&HeldCase) -> f64| held.iter().map(of).sum::<f64>() / held.len() as f64;
        (!held.is_empty()).then(|| Self {
            cases: held.len(),
            shares: ranks.len(),
            outside: outside(&ranks),
            score: mean(|own| own.score),
            score_of_all: mean(|own| own.score_of_all),
        })
    }
}

/// Ranks outside what should hold eight in ten.
fn outside(ranks: &[f64]) -> usize {
    ranks.iter().filter(|rank| !WITHIN.contains(rank)).count()
}

/// The chance that a sound forecast has so many shares outside of so many, or more: binomial.
#[must_use]
pub fn by_luck(outside: usize, shares: usize) -> f64 {
    let mut term = (0..shares).fold(1.0, |term, _| term * (1.0 - OUTSIDE));
    let mut below = 0.0;
    for k in 0..outside {
        below += term;
        term *= (shares - k) as f64 / (k + 1) as f64 * OUTSIDE / (1.0 - OUTSIDE);
    }
    1.0 - below
}

/// The cases of a class, each forecast from all cases but itself; none where there is nothing else to forecast from.
#[must_use]
pub fn held_out(cases: &[Case], class: &str) -> Vec<HeldCase> {
    let own = cases.iter().enumerate().filter(|(_, case)| case.class == class && case.failed.is_some());
    own.filter_map(|(at, case)| {
        let others: Vec<Case> =
            cases.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, case)| case.clone()).collect();
        let (failing, rank, score) = scored(case, &models(&others, class, Belief::WHOLE))?;
        let (_, _, score_of_all) = scored(case, &of_one_class(&others))?;
        Some(HeldCase { case: at, failing, rank, score, score_of_all })
    })
    .collect()
}

/// Every class of which something is known, forecast from all the others as one; none where there is but one class.
#[must_use]
pub fn classes_held_out(cases: &[Case]) -> Vec<HeldClass> {
    let mut classes: Vec<&str> = Vec::new();
    for case in cases {
        if !classes.contains(&case.class.as_str()) {
            classes.push(&case.class);
        }
    }
    classes.into_iter().filter_map(|class| held_class(cases, class)).collect()
}

fn held_class(cases: &[Case], class: &str) -> Option<HeldClass> {
    let others: Vec<Case> = cases.iter().filter(|case| case.class != class).cloned().collect();
    if !others.iter().any(|case| case.failed.is_some()) {
        return None;
    }
    let models = of_one_class(&others);
    let told: Vec<&Case> = cases.iter().filter(|case| case.class == class && case.failed.is_some()).collect();
    let scores: Vec<_> = told.iter().filter_map(|case| scored(case, &models)).collect();
    let (failing, ..) = scores.first()?;
    Some(HeldClass {
        class: class.to_owned(),
        told: told.len(),
        failed: told.iter().filter(|case| case.failed == Some(true)).count(),
        failing: *failing,
        ranks: scores.iter().filter_map(|(_, rank, _)| *rank).collect(),
        score: scores.iter().map(|(.., score)| score).sum::<f64>() / scores.len() as f64,
    })
}

fn of_one_class(cases: &[Case]) -> Models {
    let one = |case: &Case| Case { class: ONE_CLASS.to_owned(), ..case.clone() };
    models(&cases.iter().map(one).collect::<Vec<_>>(), ONE_CLASS, Belief::WHOLE)
}

/// The chance of failing that models give a case, the rank of its share, and its score.
fn scored(case: &Case, models: &Models) -> Option<(f64, Option<f64>, f64)> {
    let failing = models.failing.chance(models.tally);
    if case.failed? {
        return Some((failing, None, ln(failing)));
    }
    let score = ln(1.0 - failing);
    let Some(own) = case.observed(Quantity::Share) else { return Some((failing, None, score)) };
    let reported = models.share.as_ref()?.fitted.reported(own.r);
    Some((failing, Some(reported.cdf(own.y)), score + reported.ln_density(own.y)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learn::Range;

    fn case(class: &str, low: f64, high: f64) -> Case {
        Case {
            name: format!("{class} {low}"),
            class: class.to_owned(),
            share: Some(Range { low, high }),
            failed: Some(high <= 0.2),
            lateness: None,
            overrun: None,
            survival: None,
        }
    }

    #[test]
    fn a_case_is_forecast_from_the_others_alone() {
        let cases =
            [case("a", 0.5, 0.6), case("a", 0.7, 0.8), case("a", 0.6, 0.7), case("a", 0.0, 0.1), case("b", 3.0, 3.1)];
        let held = held_out(&cases, "a");
        assert_eq!(held.len(), 4);
        // Whatever it is itself, its forecast is the same.
        let mut other = cases.clone();
        other[1].share = Some(Range { low: 7.0, high: 8.0 });
        let again = held_out(&other, "a");
        assert!((held[1].failing - again[1].failing).abs() < 1e-15);
        assert!(held[1].rank < again[1].rank && again[1].rank > Some(0.99) && again[1].score < held[1].score - 2.0);
        // The highest of the three lies above the others' middle, the lowest below it.
        assert!(held[1].rank > Some(0.5) && held[0].rank < Some(0.5) && held[3].rank.is_none());
        // The score of one that failed is that of failing.
        assert!((held[3].score - held[3].failing.ln()).abs() < 1e-14);
    }

    #[test]
    fn what_may_be_luck_is_worked_out_by_the_binomial() {
        // Two or more of five at two in ten: 1 − 0.8⁵ − 5·0.2·0.8⁴ = 1 − 0.32768 − 0.4096 = 0.26272. Three of three: 0.008.
        assert!((by_luck(2, 5) - 0.262_72).abs() < 1e-12 && (by_luck(3, 3) - 0.008).abs() < 1e-12);
        assert!((by_luck(0, 4) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn cases_are_told_together_by_their_means() {
        let held = |rank, score| HeldCase { case: 0, failing: 0.2, rank, score, score_of_all: score - 1.0 };
        let found = Together::of(&[held(Some(0.95), -1.0), held(None, -2.0), held(Some(0.5), -3.0)]);
        let hand = Together { cases: 3, shares: 2, outside: 1, score: -2.0, score_of_all: -3.0 };
        assert_eq!((found, Together::of(&[])), (Some(hand), None));
    }

    #[test]
    fn a_class_unlike_the_others_is_badly_forecast_from_them() {
        let cases =
            [case("a", 0.5, 0.6), case("a", 0.55, 0.7), case("a", 0.6, 0.7), case("b", 4.0, 4.1), case("b", 5.0, 5.1)];
        let held = classes_held_out(&cases);
        assert_eq!(held.iter().map(|own| own.class.as_str()).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((held[1].outside(), held[1].ranks.len()), (2, 2), "{held:?}");
        assert!(classes_held_out(&cases[..3]).is_empty());
    }
}
