//! Reported figures, held against futures: how likely all of them are in one, and where each stands among all.

use engine::uncertainty::key::mix;

use super::likelihood::{Amount, Series, below, log_chance};
use crate::jackknife::{Measured, mean};

/// A reported figure and the outcome that it stands beside.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Column of the outcome in the model's catalogue.
    pub column: usize,
    /// The series that it belongs to, by number.
    pub series: usize,
    /// What was told.
    pub told: Told,
}

/// What was told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    /// An amount.
    Amount {
        /// The figure; of a range, its middle.
        value: f64,
        /// Scale of its own error, above 0.
        error: f64,
        /// Scale of its discrepancy, where that was given.
        discrepancy: Option<f64>,
        /// What the discrepancy is a part of where it was not given: the plan's figure.
        basis: f64,
    },
    /// Whether something had happened.
    Fact {
        /// Whether it had.
        happened: bool,
        /// The chance that it was told wrongly.
        wrong: f64,
        /// By when, where the outcome is a time in years; none: the outcome is 1 or 0.
        by: Option<f64>,
    },
}

impl Figure {
    /// The figure as an amount, with a part of its basis as discrepancy where none was given; none of a fact.
    #[must_use]
    pub fn amount(&self, part: f64) -> Option<Amount> {
        match self.told {
            Told::Amount { value, error, discrepancy, basis } => {
                Some(Amount { value, error, discrepancy: discrepancy.unwrap_or(part * basis) })
            }
            Told::Fact { .. } => None,
        }
    }

    /// Whether its scale follows the part that is the usual discrepancy.
    #[must_use]
    pub fn is_swept(&self) -> bool {
        matches!(self.told, Told::Amount { discrepancy: None, .. })
    }
}

/// Whether a future has what a fact says can happen; a time that never comes is missing.
fn has_happened(by: Option<f64>, found: f64) -> bool {
    by.map_or(found > 0.5, |by| found <= by)
}

/// How likely some figures are in a future.
#[derive(Debug, Clone)]
pub struct Likelihood {
    /// Positions of the figures of a series, and its density.
    series: Vec<(Vec<usize>, Series)>,
    /// Position, whether it had happened, chance that it was told wrongly, by when.
    facts: Vec<(usize, bool, f64, Option<f64>)>,
}

impl Likelihood {
    /// Of some figures, the discrepancy being a part of the plan's figure where none was given.
    #[must_use]
    pub fn new(figures: &[Figure], part: f64) -> Self {
        let count = figures.iter().map(|own| own.series + 1).max().unwrap_or_default();
        let of = |series: usize| {
            let own = figures.iter().enumerate().filter(move |(_, own)| own.series == series);
            let (positions, amounts): (Vec<usize>, Vec<Amount>) =
                own.filter_map(|(position, own)| Some((position, own.amount(part)?))).unzip();
            (!positions.is_empty()).then(|| (positions, Series::new(amounts)))
        };
        let fact = |(position, own): (usize, &Figure)| match own.told {
            Told::Fact { happened, wrong, by } => Some((position, happened, wrong, by)),
            Told::Amount { .. } => None,
        };
        Self {
            series: (0..count).filter_map(of).collect(),
            facts: figures.iter().enumerate().filter_map(fact).collect(),
        }
    }

    /// Logarithm of the likelihood in a future whose outcomes stand in the order of the figures: the product over series and facts.
    #[must_use]
    pub fn log(&self, future: impl Fn(usize) -> f64) -> f64 {
        let series = self.series.iter().map(|(own, density)| density.log_density(own.iter().map(|k| future(*k))));
        let facts = self
            .facts
            .iter()
            .map(|&(k, happened, wrong, by)| log_chance(has_happened(by, future(k)) == happened, wrong));
        series.chain(facts).sum()
    }
}

/// Where a figure stands in the prior predictive distribution: futures with reporting error and discrepancy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rank {
    /// The part of it below the figure.
    pub below: Measured,
    /// Twice the smaller of the part below and the part above.
    pub two_sided: f64,
}

/// The rank of a figure among the outcomes of futures in which it is there. Of an amount the error is integrated exactly, so that there is no
/// tie; of a fact the rank is the middle of the part that its answer has, and in place of a two-sided rank stands the chance to be told so: in no
/// more than that share of sound models is a fact told that is as unlikely.
#[must_use]
pub fn rank(figure: &Figure, futures: &[f64], part: f64) -> Rank {
    let below = match (figure.told, figure.amount(part)) {
        (Told::Fact { happened, wrong, by }, _) => {
            let there: Vec<bool> =
                futures.iter().filter(|x| by.is_some() || !x.is_nan()).map(|x| has_happened(by, *x)).collect();
            let happens = mean(there.iter().map(|own| if *own { 1.0 - wrong } else { wrong }));
            let not = 1.0 - happens.value;
            let value = if happened { not + 0.5 * happens.value } else { 0.5 * not };
            let below = Measured { value, error: 0.5 * happens.error };
            return Rank { below, two_sided: if happened { happens.value } else { not } };
        }
        (Told::Amount { value, .. }, Some(amount)) => {
            mean(futures.iter().filter(|x| !x.is_nan()).map(|x| below((value - x) / amount.scale())))
        }
        (Told::Amount { .. }, None) => Measured { value: f64::NAN, error: f64::NAN },
    };
    Rank { below, two_sided: 2.0 * below.value.min(1.0 - below.value) }
}

/// How surprising the most surprising figure is: the smallest two-sided rank times the number of figures, at most 1. Each is looked at by
/// itself, so that in no more than that share of sound models one of them comes out so far, however they hang together (Bonferroni).
#[must_use]
pub fn surprise(ranks: &[Rank]) -> f64 {
    let smallest = ranks.iter().map(|own| own.two_sided).fold(1.0, f64::min);
    (smallest * ranks.len() as f64).min(1.0)
}

/// A number between 0 and 1 from a word.
pub(super) fn uniform(word: u64) -> f64 {
    ((mix(word) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::elementary::square;
    use engine::uncertainty::key::hash;

    fn amount(series: usize, value: f64, error: f64, discrepancy: Option<f64>) -> Figure {
        Figure { column: 0, series, told: Told::Amount { value, error, discrepancy, basis: 20.0 } }
    }

    fn fact(happened: bool, by: Option<f64>) -> Figure {
        Figure { column: 0, series: 9, told: Told::Fact { happened, wrong: 0.02, by } }
    }

    #[test]
    fn a_likelihood_is_the_product_over_series_and_facts() {
        let figures = [
            amount(0, 1.0, 0.5, None),
            amount(1, 3.0, 1.0, Some(0.5)),
            amount(0, 2.0, 0.5, None),
            fact(false, Some(3.5)),
        ];
        let found = Likelihood::new(&figures, 0.1).log(|k| [1.5, 2.0, 2.5, f64::NAN][k]);
        // A tenth of the plan's 20 is 2.
        let of = |value, error, discrepancy| Amount { value, error, discrepancy };
        let first = Series::new(vec![of(1.0, 0.5, 2.0), of(2.0, 0.5, 2.0)]).log_density([1.5, 2.5].into_iter());
        let second = Series::new(vec![of(3.0, 1.0, 0.5)]).log_density([2.0].into_iter());
        // It never ends, and had not ended: ln 0.98.
        assert!((found - first - second - 0.98_f64.ln()).abs() < 1e-12);
        let ended = Likelihood::new(&figures[3..], 0.1).log(|_| 3.0);
        assert!((ended - 0.02_f64.ln()).abs() < 1e-12, "it ended before, and was told not to have");
    }

    #[test]
    fn a_rank_by_hand() {
        // One future at 10, scale 5, figure 17.666: 1.533206 scales above, so that 90 % lie below.
        let found = rank(&amount(0, 10.0 + 5.0 * 1.533_206, 3.0, Some(4.0)), &[10.0; 3], 0.1);
        assert!((found.below.value - 0.9).abs() < 1e-6 && (found.two_sided - 0.2).abs() < 1e-5);
        // A quarter of the futures end: told so with 0.25·0.98 + 0.75·0.02 = 0.26. Not ended: the middle of 0 to 0.74; ended: of 0.74 to 1.
        let futures = [1.0, f64::NAN, f64::NAN, f64::NAN];
        let (not, ended) = (rank(&fact(false, Some(2.0)), &futures, 0.1), rank(&fact(true, Some(2.0)), &futures, 0.1));
        assert!((not.below.value - 0.37).abs() < 1e-12 && (not.two_sided - 0.74).abs() < 1e-12);
        assert!((ended.below.value - 0.87).abs() < 1e-12 && (ended.two_sided - 0.26).abs() < 1e-12);
    }

    #[test]
    fn figures_of_one_series_are_as_many_looks_at_the_model() {
        // Ten figures of a sound model, unlike each other: that the smallest of ten ranks times ten is below 0.1 comes in 1 − 0.99^10 = 9.56 %
        // of 4,000 models, give or take 0.47 %; times one, as of one series, 1 − 0.9^10 = 65 % would be below.
        let futures = [0.0];
        let surprises: Vec<f64> = (0..4_000_u64)
            .map(|model| {
                let value = |k: u64| {
                    let u = uniform(mix(hash("looks")) ^ (10 * model + k));
                    // The quantile of Student's t with 4 degrees of freedom (Shaw 2006), scale 1.
                    let a = (4.0 * u * (1.0 - u)).sqrt();
                    let q = ((a.acos() / 3.0).cos() / a - 1.0).max(0.0);
                    2.0 * q.sqrt() * (u - 0.5).signum()
                };
                let ranks: Vec<Rank> =
                    (0..10).map(|k| rank(&amount(0, value(k), 0.6, Some(0.8)), &futures, 0.1)).collect();
                surprise(&ranks)
            })
            .collect();
        let share = surprises.iter().filter(|own| **own < 0.1).count() as f64 / 4_000.0;
        assert!((share - 0.0956).abs() < 4.0 * 0.0047, "{share}");
        assert!((surprise(&[]) - 0.0).abs() < 1e-12);
    }

    /// Share of squares beyond their mean, over 20 bins.
    fn chi_square(ranks: &[f64]) -> f64 {
        let mut bins = [0.0; 20];
        ranks.iter().for_each(|rank| bins[((rank * 20.0) as usize).min(19)] += 1.0);
        let wanted = ranks.len() as f64 / 20.0;
        bins.iter().map(|found: &f64| square(found - wanted) / wanted).sum()
    }

    #[test]
    fn ranks_of_figures_that_come_of_the_model_are_what_they_say() {
        // 2,000 truths, each a future of its own ensemble's kind, with error and discrepancy drawn from Student's t of 4 degrees of freedom: a
        // normal number over the root of a mean of four squares. χ² of 19 degrees of freedom is below 43.8 in 999 of 1,000 cases.
        let normal = |of: &str, i: u64| {
            let at = |k: u64| uniform(mix(hash(of)) ^ (2 * i + k));
            (-2.0 * at(0).ln()).sqrt() * (2.0 * std::f64::consts::PI * at(1)).cos()
        };
        let futures: Vec<f64> = (0..1_000).map(|i| 8.0 + 2.0 * normal("futures", i)).collect();
        let amounts: Vec<f64> = (0..2_000)
            .map(|i| {
                let spread = (0..4).map(|k| square(normal("spread", 4 * i + k))).sum::<f64>() / 4.0;
                let value = 8.0 + 2.0 * normal("truths", i) + 1.5 * normal("errors", i) / spread.sqrt();
                let scales = (0.9, Some(1.2));
                rank(&amount(0, value, scales.0, scales.1), &futures, 0.1).below.value
            })
            .collect();
        assert!(chi_square(&amounts) < 43.8, "{}", chi_square(&amounts));
        // Of facts: 10 of 1,000 end, and 2 % are told wrongly: told to have ended in 0.01·0.98 + 0.99·0.02 = 2.96 %. As surprising as that is
        // no more than that share of 20,000: 592, give or take 24.
        let futures: Vec<f64> = (0..1_000).map(|i| if i < 10 { 1.0 } else { f64::NAN }).collect();
        let surprising = (0..20_000_u64).filter(|i| {
            let happened = (uniform(mix(hash("ends")) ^ i) < 0.01) != (uniform(mix(hash("wrong")) ^ i) < 0.02);
            rank(&fact(happened, Some(2.0)), &futures, 0.1).two_sided < 0.03
        });
        let share = surprising.count() as f64 / 20_000.0;
        assert!((share - 0.0296).abs() < 4.0 * (0.0296 * 0.9704 / 20_000.0_f64).sqrt(), "{share}");
    }
}
