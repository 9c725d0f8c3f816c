//! Everything that one reference class says of a new programme.

use engine::uncertainty::elementary::{exp, ln, square};

use super::case::{Case, FAILED, Quantity};
use super::exit::ExitRate;
use super::failure::{Failing, Tally};
use super::mixture::NormalMixture;
use super::special::bisected;
use super::spread::{Fitted, Observed};
use super::weights::Belief;

/// A class of fewer cases of a quantity says nothing of its spread: all classes are taken together.
const LEAST_OF_CLASS: usize = 2;

/// How well a programme went that failed: the middle of what it may have delivered.
const WENT_BADLY: f64 = 0.5 * FAILED;

/// Halvings until a percentile is found to the last digits.
const HALVINGS: usize = 60;

/// What a class says.
#[derive(Debug, Clone, PartialEq)]
pub struct Learnt {
    /// Programmes of the class.
    pub cases: usize,
    /// Those of which it is known whether they failed.
    pub told: usize,
    /// Those that failed.
    pub failed: usize,
    /// The chance that a new one fails.
    pub failing: f64,
    /// The 10th and the 90th percentile of what is believed of that chance.
    pub failing_within: [f64; 2],
    /// Delivered by promised benefit of one that does not fail; none where no case is known of any class.
    pub share: Option<Spread>,
    /// The 10th, 50th and 90th percentile of delivered by promised benefit, failed or not; of those that fail every share up to
    /// [`FAILED`] is alike.
    pub delivered: Option<[f64; 3]>,
    /// Actual by planned time.
    pub lateness: Option<Spread>,
    /// Actual by planned cost.
    pub overrun: Option<Spread>,
    /// Ends a year; none where no alliance of the class is known for how long it lasted.
    pub exit: Option<ExitRate>,
}

/// A factor of a new programme of a class.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    /// Its 10th, 50th and 90th percentile.
    pub percentiles: [f64; 3],
    /// The mean of τ, the standard deviation between cases on the logarithm.
    pub between: f64,
    /// Whether cases of all classes were taken, because the class has fewer than two.
    pub of_all_classes: bool,
    /// The cases.
    pub cases: Vec<Shrunk>,
}

/// A case drawn towards its class.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrunk {
    /// Its position among the cases.
    pub case: usize,
    /// The 10th, 50th and 90th percentile of what is believed of it.
    pub believed: [f64; 3],
    /// How far it is drawn towards the class: 0 not at all, 1 wholly.
    pub shrinkage: f64,
}

/// What is believed of a class: the models themselves.
pub(super) struct Models {
    pub failing: Failing,
    pub tally: Tally,
    pub share: Option<Seen>,
}

/// What was seen of a quantity, and what is believed of it.
pub(super) struct Seen {
    /// The cases by their positions, weighted.
    cases: Vec<(usize, Observed)>,
    /// Whether they are those of all classes.
    of_all_classes: bool,
    /// What is believed after them.
    pub fitted: Fitted,
}

/// What the cases of a class say of a new programme of it.
#[must_use]
pub fn learn(cases: &[Case], class: &str, belief: Belief) -> Learnt {
    let of_class = || cases.iter().filter(|case| case.class == class);
    let models = models(cases, class, belief);
    let failing = models.failing.chance(models.tally);
    let spread = |quantity| seen(cases, class, quantity, belief).map(|own| own.spread());
    Learnt {
        cases: of_class().count(),
        told: of_class().filter(|case| case.failed.is_some()).count(),
        failed: of_class().filter(|case| case.failed == Some(true)).count(),
        failing,
        failing_within: models.failing.interval(models.tally),
        share: models.share.as_ref().map(Seen::spread),
        delivered: models.share.map(|share| delivered(failing, &share.fitted.predictive())),
        lateness: spread(Quantity::Lateness),
        overrun: spread(Quantity::Overrun),
        exit: exit(cases, class, belief),
    }
}

/// The models of benefits of a class.
pub(super) fn models(cases: &[Case], class: &str, belief: Belief) -> Models {
    let (tallies, tally) = tallies(cases, class, belief);
    Models { failing: Failing::of(&tallies), tally, share: seen(cases, class, Quantity::Share, belief) }
}

/// How many of each class failed, and how many of one class.
fn tallies(cases: &[Case], class: &str, belief: Belief) -> (Vec<Tally>, Tally) {
    let told: Vec<&Case> = cases.iter().filter(|case| case.failed.is_some()).collect();
    let weights = belief.weights(&told.iter().map(|case| went(case)).collect::<Vec<f64>>());
    let mut classes: Vec<(&str, Tally)> = Vec::new();
    for (case, weight) in told.into_iter().zip(weights) {
        let at = classes.iter().position(|(name, _)| *name == case.class).unwrap_or_else(|| {
            classes.push((&case.class, Tally::default()));
            classes.len() - 1
        });
        let tally = &mut classes[at].1;
        tally.cases += weight;
        tally.failed += if case.failed == Some(true) { weight } else { 0.0 };
    }
    let own = classes.iter().find(|(name, _)| *name == class).map(|(_, tally)| *tally).unwrap_or_default();
    (classes.into_iter().map(|(_, tally)| tally).collect(), own)
}

/// How well a case went: the share that it delivered; 1 where it is only known not to have failed.
fn went(case: &Case) -> f64 {
    match case.failed {
        Some(true) => WENT_BADLY,
        _ => case.observed(Quantity::Share).map_or(1.0, |own| exp(own.y)),
    }
}

/// The cases of which a quantity is known, and what is believed of it; none where it is known of none.
fn seen(cases: &[Case], class: &str, quantity: Quantity, belief: Belief) -> Option<Seen> {
    let known = |case: &Case| case.observed(quantity);
    let own = cases.iter().filter(|case| case.class == class).filter_map(known).count();
    let of_all_classes = own < LEAST_OF_CLASS;
    let taken = cases.iter().enumerate().filter(|(_, case)| of_all_classes || case.class == class);
    let mut seen: Vec<(usize, Observed)> = taken.filter_map(|(at, case)| Some((at, known(case)?))).collect();
    // A share is the better the more it is, time and cost the less they are.
    let sign = if quantity == Quantity::Share { 1.0 } else { -1.0 };
    let weights = belief.weights(&seen.iter().map(|(_, own)| exp(sign * own.y)).collect::<Vec<f64>>());
    seen.iter_mut().zip(weights).for_each(|((_, own), weight)| own.weight = weight);
    let fitted = Fitted::of(&seen.iter().map(|(_, own)| *own).collect::<Vec<_>>())?;
    Some(Seen { cases: seen, of_all_classes, fitted })
}

impl Seen {
    /// The factor of a new programme, and each case drawn towards the others.
    fn spread(&self) -> Spread {
        let shrunk = |(case, own): &(usize, Observed)| Shrunk {
            case: *case,
            believed: self.fitted.shrunk(*own).percentiles().map(exp),
            shrinkage: self.fitted.shrinkage(*own),
        };
        Spread {
            percentiles: self.fitted.predictive().percentiles().map(exp),
            between: self.fitted.between(),
            of_all_classes: self.of_all_classes,
            cases: self.cases.iter().map(shrunk).collect(),
        }
    }
}

/// Percentiles of delivered by promised benefit: failed, and then every share up to [`FAILED`] alike, or not.
fn delivered(failing: f64, share: &NormalMixture) -> [f64; 3] {
    // No percentile of all lies above this one of those that did not fail. Far ends of a wide mixture would leave halving no digits.
    let most = exp(share.quantile(0.95)).max(FAILED);
    let cdf = |x: f64| {
        let not_failed = if x > 0.0 { share.cdf(ln(x)) } else { 0.0 };
        failing * (x / FAILED).min(1.0) + (1.0 - failing) * not_failed
    };
    // On the square root: the long tail above is no better seen than what is near 0.
    [0.1, 0.5, 0.9].map(|p| square(bisected(|root| cdf(square(root)), p, (0.0, most.sqrt()), HALVINGS)))
}

fn exit(cases: &[Case], class: &str, belief: Belief) -> Option<ExitRate> {
    let seen = cases.iter().filter(|case| case.class == class).filter_map(|case| case.survival);
    let rate = seen.fold(ExitRate { ended: 0.0, years: 0.0 }, |rate, own| ExitRate {
        ended: rate.ended + if own.ended { belief.power } else { 0.0 },
        years: rate.years + belief.power * own.years,
    });
    (rate.years > 0.0).then_some(rate)
}

#[cfg(test)]
mod tests;
