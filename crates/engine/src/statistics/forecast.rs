//! The figures of a finished run, by the name of the outcome.

use super::{Estimate, combined};
use crate::outcomes::{Accumulator, Catalogue, FEW, RatioMoments, Spread};
use crate::units::Unit;

/// Of fewer than so many times the trials that a mean rests on, those are no few: of fewer, each is a visible part.
const TIMES: u64 = 100;
/// Part of the spread from which on a single trial is told, and a handful of them.
const VISIBLE: f64 = 0.25;
const MOST: f64 = 0.5;

/// A spread of no more than this part of the mean, or of 1, is the rounding of sums.
const ROUNDING: f64 = 1e-9;

/// On how few of some trials a mean rests, where it does: [`Forecast::rests_on`], by the parts of the squares about the mean that the
/// farthest trial and the farthest [`FEW`] make up; on none where they differ by rounding alone.
#[must_use]
pub fn rests_on(trials: f64, (mean, sd): (f64, f64), [farthest_part, few_part]: [f64; 2]) -> Option<u64> {
    if sd <= ROUNDING * mean.abs().max(1.0) {
        return None;
    }
    let parts = [(1, farthest_part, VISIBLE), (FEW, few_part, MOST)];
    let rests = |(few, part, most): &(u64, f64, f64)| trials >= (few * TIMES) as f64 && part > most;
    parts.iter().find(|one| rests(one)).map(|(few, _, _)| *few)
}

/// A percentile, or the finding that at that rank it never comes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Percentile {
    /// A value with its standard error.
    At(Estimate),
    /// At this rank the outcome never comes.
    Never,
}

/// Everything that a run says, ready to be looked up by name.
///
/// Errors of plain Monte Carlo follow from the trials' own spread; those of other samplers from the spread of independent groups
/// of trials (batches of a Latin hypercube, replicates of a Sobol sequence).
#[derive(Debug)]
pub struct Forecast {
    catalogue: Catalogue,
    plan: Vec<f64>,
    columns: Vec<Option<Counted>>,
    ratios: Vec<(RatioMoments, Vec<RatioMoments>)>,
    trials: u64,
}

/// A column over all trials, and over each group where errors come from groups.
#[derive(Debug)]
pub struct Counted {
    all: Spread,
    groups: Vec<Spread>,
    flag: bool,
}

impl Counted {
    /// A column of the catalogue, by its position; `None` where it is not counted.
    #[must_use]
    pub fn of(accumulator: &Accumulator, catalogue: &Catalogue, column: usize) -> Option<Self> {
        let spread = |group| Spread::of(accumulator, catalogue, column, group);
        Some(Self {
            all: spread(None)?,
            groups: accumulator.filled_groups().into_iter().filter_map(|group| spread(Some(group))).collect(),
            flag: catalogue.columns()[column].unit == Unit::Flag,
        })
    }
}

impl Forecast {
    /// The forecast of what `accumulator` has counted: `columns` holds each column of the catalogue ([`Counted::of`]), `plan` the plan
    /// run's outcomes.
    #[must_use]
    pub fn new(catalogue: &Catalogue, plan: &[f64], accumulator: &Accumulator, columns: Vec<Option<Counted>>) -> Self {
        let groups = accumulator.filled_groups();
        let ratios = (0..catalogue.ratios().len())
            .map(|r| {
                let of_groups = groups.iter().map(|g| RatioMoments::of(accumulator, r, Some(*g))).collect();
                (RatioMoments::of(accumulator, r, None), of_groups)
            })
            .collect();
        Self { catalogue: catalogue.clone(), plan: plan.to_vec(), columns, ratios, trials: accumulator.trials() }
    }

    fn column(&self, name: &str) -> Option<&Counted> {
        self.columns[self.catalogue.position(name)?].as_ref()
    }

    /// The columns.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Trials simulated.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// Value in the plan run; `None` where it is missing.
    #[must_use]
    pub fn plan(&self, name: &str) -> Option<f64> {
        let value = self.plan[self.catalogue.position(name)?];
        (!value.is_nan()).then_some(value)
    }

    /// Mean over the trials in which it is defined; of a flag, the chance that it is set.
    #[must_use]
    pub fn mean(&self, name: &str) -> Option<Estimate> {
        let counted = self.column(name)?;
        let all = &counted.all;
        if all.valid() == 0.0 {
            return None;
        }
        if counted.flag {
            return Some(counted.share(|s| s.mean * s.valid(), Spread::valid));
        }
        let error =
            counted.error(unless_alone(all.valid(), all.sd / all.valid().sqrt()), Spread::valid, |s| Some(s.mean));
        Some(Estimate::new(all.mean, error))
    }

    /// On how few trials a mean rests, where it does: on one, where the farthest makes up more than a quarter of the spread, so that it
    /// alone moves the mean by half of its error or more; on ten, where the ten farthest make up more than half of it, so that the error
    /// itself is known to a sixth at best. Then neither mean nor error has settled, and there may be none (tails without a mean).
    #[must_use]
    pub fn rests_on(&self, name: &str) -> Option<u64> {
        let all = &self.column(name)?.all;
        rests_on(all.valid(), (all.mean, all.sd), [all.farthest_part, all.few_part()])
    }

    /// Standard deviation over the trials in which it is defined.
    #[must_use]
    pub fn sd(&self, name: &str) -> Option<f64> {
        let all = &self.column(name)?.all;
        (all.valid() > 0.0).then_some(all.sd)
    }

    /// Percentile at `p` in (0, 1).
    #[must_use]
    pub fn percentile(&self, name: &str, p: f64) -> Option<Percentile> {
        let counted = self.column(name)?;
        let base = counted.all.base();
        if base == 0.0 {
            return None;
        }
        let Some(value) = counted.all.quantile(p) else { return Some(Percentile::Never) };
        let plain = unless_alone(base, counted.all.rank_error(p, value));
        // Groups of even samples agree better than the values that lie beside a rank are apart: it is known no better than to half the
        // gap between those. Where all agree on one value, the ranks beside it tell whether it may be another all the same.
        let error = match group_error(&counted.groups, Spread::base, |s| s.quantile(p)) {
            Some(group) if group > 0.0 => group.max(counted.all.gap(p)),
            _ => plain,
        };
        Some(Percentile::At(Estimate::new(value, combined(error, counted.all.blur(p)))))
    }

    /// Chance that the outcome is at least `threshold`, among all trials in which it is defined (*never* counts as above every threshold).
    #[must_use]
    pub fn chance_at_least(&self, name: &str, threshold: f64) -> Option<Estimate> {
        let counted = self.column(name)?;
        let chance = || counted.share(|s| s.base() - s.count_below(threshold, false), Spread::base);
        (counted.all.base() > 0.0).then(|| counted.blurred(chance(), threshold))
    }

    /// Chance that the outcome is at most `threshold`, among all trials in which it is defined: the rank of a plan's value.
    #[must_use]
    pub fn chance_at_most(&self, name: &str, threshold: f64) -> Option<Estimate> {
        let counted = self.column(name)?;
        let chance = || counted.share(|s| s.count_below(threshold, true), Spread::base);
        (counted.all.base() > 0.0).then(|| counted.blurred(chance(), threshold))
    }

    /// The largest value met in any trial, to a bin of the counts: it grows with the trials and bears no error.
    #[must_use]
    pub fn largest(&self, name: &str) -> Option<f64> {
        self.column(name)?.all.range().map(|range| range.1)
    }

    /// Share of trials in which the outcome is missing (never, or undefined).
    #[must_use]
    pub fn missing(&self, name: &str) -> Option<Estimate> {
        Some(self.column(name)?.share(|s| s.missing, |s| s.trials))
    }

    /// A ratio of means by name, with its delta-method error; `None` where the mean below the line is 0.
    #[must_use]
    pub fn ratio(&self, name: &str) -> Option<Estimate> {
        let index = self.catalogue.ratios().iter().position(|r| r.name == name)?;
        let complement = self.catalogue.ratios()[index].complement;
        let (all, groups) = &self.ratios[index];
        let of = |m: &RatioMoments| {
            let ratio = m.numerator / m.denominator;
            (m.denominator > 0.0).then_some(if complement { 1.0 - ratio } else { ratio })
        };
        let value = of(all)?;
        let ratio = all.numerator / all.denominator;
        let variance = all.numerator_variance - 2.0 * ratio * all.covariance + ratio * ratio * all.denominator_variance;
        let plain = unless_alone(all.trials, (variance.max(0.0) / all.trials).sqrt() / all.denominator);
        Some(Estimate::new(value, group_error(groups, |m| m.trials * m.denominator, of).unwrap_or(plain)))
    }

    /// The distribution function at `points` values spread over its range: (value, chance of being at most that value).
    #[must_use]
    pub fn distribution(&self, name: &str, points: usize) -> Vec<(f64, f64)> {
        let Some(counted) = self.column(name) else { return Vec::new() };
        let all = &counted.all;
        // The outermost thousandths would stretch the range to no purpose.
        let (Some(low), Some((_, highest))) = (all.quantile(0.001), all.range()) else { return Vec::new() };
        let high = all.quantile(0.999).unwrap_or(highest);
        let last = points.max(2) - 1;
        (0..=last)
            .map(|i| low + (high - low) * i as f64 / last as f64)
            .map(|x| (x, all.count_below(x, true) / all.base()))
            .collect()
    }
}

impl Counted {
    /// The error from the groups where there are at least two, else `plain`; `weight` is the number of trials behind a group's figure.
    fn error(&self, plain: f64, weight: impl Fn(&Spread) -> f64, of: impl Fn(&Spread) -> Option<f64>) -> f64 {
        group_error(&self.groups, weight, of).unwrap_or(plain)
    }

    /// A share of trials. Its plain error is that of a share with two more trials of either kind (Agresti and Coull 1998), so that it holds
    /// where few trials, or none, are counted.
    fn share(&self, part: impl Fn(&Spread) -> f64, base: impl Fn(&Spread) -> f64) -> Estimate {
        let (k, n) = (part(&self.all), base(&self.all));
        let p = k / n;
        let (q, m) = ((k + 2.0) / (n + 4.0), n + 4.0);
        let plain = (q * (1.0 - q) / m).sqrt();
        let error = match group_error(&self.groups, &base, |s| Some(part(s) / base(s))) {
            // A group counts whole trials: its share lies half a trial or so from any that it could have been. Over G independent groups that
            // is √G trials of all n.
            Some(group) if k > 0.0 && k < n => group.max((self.groups.len() as f64).sqrt() / n),
            _ => plain,
        };
        Estimate::new(p, error)
    }

    /// The error of a chance at an amount that was not counted one by one holds what the bins blur.
    fn blurred(&self, chance: Estimate, threshold: f64) -> Estimate {
        if self.all.is_exact(threshold) {
            return chance;
        }
        Estimate::new(chance.value, combined(chance.error, self.all.blur_below(threshold) / self.all.base()))
    }
}

/// One trial says nothing of how far off it may be.
fn unless_alone(trials: f64, error: f64) -> f64 {
    if trials < 2.0 { f64::INFINITY } else { error }
}

/// Standard error of a figure from its values in independent groups, each weighing as much as it has in the whole (the
/// linearised error of a ratio, Cochran 1977, section 6.4); `None` with fewer than two groups.
fn group_error<T>(groups: &[T], weight: impl Fn(&T) -> f64, of: impl Fn(&T) -> Option<f64>) -> Option<f64> {
    let weighed: Vec<(f64, f64)> =
        groups.iter().filter(|g| weight(g) > 0.0).filter_map(|g| Some((weight(g), of(g)?))).collect();
    let n = weighed.len() as f64;
    if weighed.len() < 2 {
        return None;
    }
    let total: f64 = weighed.iter().map(|(w, _)| w).sum();
    let mean = weighed.iter().map(|(w, v)| w * v).sum::<f64>() / total;
    let squares: f64 = weighed.iter().map(|(w, v)| w / total * (v - mean)).map(|apart| apart * apart).sum();
    Some((squares * n / (n - 1.0)).sqrt())
}
