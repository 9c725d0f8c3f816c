//! Under which conditions a scenario fails: the box of inputs that peeling finds on one half of the trials, judged on the other.

use super::boxes::{Bound, Peel, RESAMPLES, Trials};
use super::jackknife::Measured;
use crate::model::Model;
use crate::run::{Interrupt, RunError, Settings, sample};

/// Inputs that the search may restrict: those that move the event most by themselves.
const CANDIDATES: usize = 40;

/// How an outcome must stand to a level for the scenario to have failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Against {
    /// Below it.
    Below,
    /// At most it.
    AtMost,
    /// Above it.
    Above,
    /// At least it.
    AtLeast,
}

impl Against {
    /// Whether a value stands so to the level. What never comes lies beyond every level; what is not defined is no failure.
    #[must_use]
    pub fn holds(self, value: f64, level: f64) -> bool {
        match self {
            Self::Below => value < level,
            Self::AtMost => value <= level,
            Self::Above => value > level,
            Self::AtLeast => value >= level,
        }
    }
}

/// What counts as failure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failure {
    /// Column of the outcome.
    pub column: usize,
    /// Whether a missing value means that it never comes.
    pub never: bool,
    /// How it stands to the level.
    pub comparison: Against,
    /// The level.
    pub level: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// Share of all trials that fail.
    pub fails: Measured,
    /// The conditions; empty where none matters.
    pub conditions: Vec<Condition>,
    /// Share of the trials under the conditions that fail, on the half that they were not found on.
    pub density: Measured,
    /// Share of all failures that lie under the conditions, on that half.
    pub coverage: Measured,
    /// Share of all trials that lie under them.
    pub support: Measured,
    /// Coverage and density of each peel, on the half that it was found on.
    pub peels: Vec<(f64, f64)>,
    /// How often the search was repeated.
    pub resamples: usize,
}

/// A condition on one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// Key of the input.
    pub key: String,
    /// Whether it is drawn every year: the condition is on its mean over the years.
    pub yearly: bool,
    /// Its smallest value; none where it is not restricted from below.
    pub low: Option<f64>,
    /// Its largest value.
    pub high: Option<f64>,
    /// Share of all trials that meet this condition.
    pub meets: Measured,
    /// Standard errors by which failure is more frequent with this condition than where it alone is not met.
    pub matters: f64,
    /// In how many of the resamples the search restricts this input.
    pub found_again: usize,
}

/// Finds the conditions of a failure.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn discover(
    model: &Model,
    failure: Failure,
    settings: &Settings,
    interrupt: &Interrupt,
) -> Result<Discovery, RunError> {
    let columns = [failure.column];
    interrupt.begin("Running the futures", settings.trials);
    let run = sample::outcomes(|| sample::worker(model, settings, &columns), settings, interrupt, &columns)?;
    let values = run.into_iter().next().unwrap_or_default();
    let value = |x: f64| if failure.never && x.is_nan() { f64::INFINITY } else { x };
    let event: Vec<bool> = values.iter().map(|x| failure.comparison.holds(value(*x), failure.level)).collect();
    let varying: Vec<usize> =
        model.draws().info().iter().enumerate().filter(|(_, draw)| draw.varies).map(|(i, _)| i).collect();
    interrupt.begin_of("Looking at each input", varying.len() as u64, "inputs");
    let mut drawn = sample::each(settings, interrupt, varying.len(), |i| {
        let values = sample::input(model, settings, varying[i]);
        let apart = apart(&values, &event);
        (varying[i], values, apart)
    })?;
    drawn.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    drawn.truncate(CANDIDATES);
    let (keys, inputs): (Vec<usize>, Vec<Vec<f64>>) = drawn.into_iter().map(|(key, values, _)| (key, values)).unzip();
    let trials = Trials { inputs: &inputs, event: &event };
    let (train, test): (Vec<usize>, Vec<usize>) = (0..event.len()).partition(|i| i % 2 == 0);
    let peels = trials.peel(&train);
    let bounds = trials.choose(&peels, &test);
    interrupt.begin_of("Seeking again in halves", RESAMPLES as u64, "halves");
    let again = sample::each(settings, interrupt, RESAMPLES, |r| {
        let half = resample(event.len(), r);
        let last: Option<Peel> =
            trials.peel(&half).into_iter().rev().find(|peel| peel.bounds.len() <= bounds.len().max(1));
        last.map_or_else(Vec::new, |peel| peel.bounds)
    })?;
    let info = |bound: &Bound| &model.draws().info()[keys[bound.input]];
    let everything: Vec<usize> = (0..event.len()).collect();
    let condition = |(k, bound): (usize, &Bound)| Condition {
        key: info(bound).key.clone(),
        yearly: info(bound).yearly,
        low: bound.low,
        high: bound.high,
        meets: share(trials.held(&[*bound], &everything).trials, event.len() as f64),
        matters: trials.matters(&bounds, k, &test),
        found_again: again.iter().filter(|found| found.iter().any(|other| other.input == bound.input)).count(),
    };
    let (held, all) = (trials.held(&bounds, &test), trials.held(&[], &test));
    let whole = trials.held(&[], &everything);
    Ok(Discovery {
        fails: share(whole.events, whole.trials),
        density: share(held.events, held.trials),
        coverage: share(held.events, all.events),
        support: share(held.trials, all.trials),
        conditions: bounds.iter().enumerate().map(condition).collect(),
        peels: peels.iter().map(|peel| (peel.coverage, peel.density)).collect(),
        resamples: RESAMPLES,
    })
}

/// How far apart an input's mean lies with and without the event, in its own spread.
fn apart(values: &[f64], event: &[bool]) -> f64 {
    let (mut n, mut sum, mut square) = ([0.0; 2], [0.0; 2], 0.0);
    for (value, event) in values.iter().zip(event) {
        let k = usize::from(*event);
        n[k] += 1.0;
        sum[k] += value;
        square += value * value;
    }
    let (all, mean) = (n[0] + n[1], (sum[0] + sum[1]) / (n[0] + n[1]));
    let spread = (square / all - mean * mean).max(0.0).sqrt();
    if n[0] < 1.0 || n[1] < 1.0 || spread <= 0.0 { 0.0 } else { (sum[1] / n[1] - sum[0] / n[0]).abs() / spread }
}

/// About half of the trials, another one each time.
fn resample(trials: usize, round: usize) -> Vec<usize> {
    let inside = |i: &usize| {
        let mixed =
            (*i as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (round as u64 + 1).wrapping_mul(0xd1b5_4a32_d192_ed03);
        (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 63 == 0
    };
    (0..trials).filter(inside).collect()
}

/// A share with its standard error; where all or none are counted, that of the next being the exception.
fn share(part: f64, all: f64) -> Measured {
    if all < 1.0 {
        return Measured::default();
    }
    let p = part / all;
    let certain = part <= 0.0 || part >= all;
    let (q, n) = if certain { ((part + 2.0) / (all + 4.0), all + 4.0) } else { (p, all) };
    Measured { value: p, error: (q * (1.0 - q) / n).sqrt() }
}
