//! How far an answer would have held: each case forecast from the others, and each class.

use analysis::learn::{HeldClass, Together, by_luck};
use serde::Serialize;

/// The cases of the class forecast from the others, together.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct HeldReport {
    /// Cases.
    pub cases: usize,
    /// Those of which a share is known.
    pub shares: usize,
    /// Those outside what should hold eight in ten.
    pub outside: usize,
    /// Mean logarithmic score by the others of the class.
    pub score: f64,
    /// The same by all others as one class.
    pub score_of_all: f64,
}

/// The classes forecast from each other, together.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ClassesHeldReport {
    /// Shares.
    pub shares: usize,
    /// Those outside what should hold eight in ten.
    pub outside: usize,
    /// The chance that a sound forecast has as many outside, or more.
    pub by_luck: f64,
}

/// A class forecast from the others.
#[derive(Debug, Clone, Serialize)]
pub struct HeldClassReport {
    /// The class.
    pub class: String,
    /// Its programmes of which it is known whether they failed.
    pub told: usize,
    /// Those that failed.
    pub failed: usize,
    /// The chance of failing by the others.
    pub failing_by_others: f64,
    /// Its programmes of which a share is known.
    pub shares: usize,
    /// Those outside what should hold eight in ten.
    pub outside: usize,
    /// Mean logarithmic score.
    pub score: f64,
}

impl From<Together> for HeldReport {
    fn from(own: Together) -> Self {
        let Together { cases, shares, outside, score, score_of_all } = own;
        Self { cases, shares, outside, score, score_of_all }
    }
}

impl ClassesHeldReport {
    /// Of some classes; none where no share is known of any.
    pub(super) fn of(all: &[HeldClass]) -> Option<Self> {
        let shares: usize = all.iter().map(|own| own.ranks.len()).sum();
        let outside = all.iter().map(HeldClass::outside).sum();
        (shares > 0).then(|| Self { shares, outside, by_luck: by_luck(outside, shares) })
    }
}

impl From<&HeldClass> for HeldClassReport {
    fn from(own: &HeldClass) -> Self {
        Self {
            class: own.class.clone(),
            told: own.told,
            failed: own.failed,
            failing_by_others: own.failing,
            shares: own.ranks.len(),
            outside: own.outside(),
            score: own.score,
        }
    }
}
