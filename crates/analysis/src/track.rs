//! What reported figures say of a plan: how far the futures foresaw them, and the futures weighed by them (docs/tracking.md).

mod figures;
mod likelihood;
mod rows;
mod tail;
mod weighted;

use engine::model::{Model, Reading};
use engine::outcomes::Missing;
use engine::run::{Interrupt, RunError, Settings, sample};

use crate::jackknife::Measured;
use crate::room::{NotRun, check_room};
pub use figures::{Figure, Rank, Told};
use figures::{Likelihood, rank, surprise};
use rows::{Source, kept_position, thinned};
use weighted::{Ordered, deviation, effective, from_logs, mean};

/// Fewest effective futures that a weighted figure rests on.
pub const FEWEST: f64 = 1_000.0;
/// Discrepancies that are tried, as parts of the plan's figure.
pub const SWEPT: [f64; 3] = [0.05, 0.1, 0.2];
/// The smallest two-sided rank times the number of figures below which the model did not foresee them.
pub const UNFORESEEN: f64 = 0.02;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The reported figures; at least one.
    pub figures: &'a [Figure],
    /// Columns of the outcomes to be told.
    pub columns: &'a [usize],
    /// The discrepancy where a figure has none of its own, as a part of the plan's figure.
    pub part: f64,
    /// Most futures that are run where fewer do not do.
    pub most: u64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Tracked {
    /// The rank of each figure in the prior predictive distribution.
    pub ranks: Vec<Rank>,
    /// The smallest two-sided rank times the number of figures, at most 1.
    pub surprise: f64,
    /// Whether the weights do.
    pub trust: Trust,
    /// Outcomes in the order that was asked for.
    pub outcomes: Vec<ThenAndNow>,
    /// Inputs in the order of the draws; empty where the weights do not do.
    pub inputs: Vec<Moved>,
    /// Other discrepancies.
    pub swept: Vec<Swept>,
}

/// Whether weights do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trust {
    /// Futures that were run.
    pub futures: u64,
    /// Effective sample size.
    pub effective: f64,
    /// Shape of the tail of the weights; none where most of it is one tie.
    pub shape: Option<f64>,
    /// Largest shape that does: min(1 − 1/log₁₀N, 0.7) (Vehtari and others 2024).
    pub limit: f64,
    /// Of the figures by themselves the one with the fewest effective futures, where all together do not do.
    pub unreached: Option<usize>,
}

impl Trust {
    /// Of the logarithms of some weights.
    fn of(logs: &[f64]) -> Self {
        let weights = from_logs(logs);
        let limit = (1.0 - 1.0 / decades(logs.len())).min(0.7);
        Self {
            futures: logs.len() as u64,
            effective: effective(&weights),
            shape: tail::shape(&weights),
            limit,
            unreached: None,
        }
    }

    /// Whether they do.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.effective >= FEWEST && self.shape.is_none_or(|shape| shape <= self.limit)
    }
}

/// log₁₀ of a number of futures.
fn decades(count: usize) -> f64 {
    use engine::uncertainty::elementary::ln;
    ln(count as f64) / ln(10.0)
}

/// An outcome before and after.
#[derive(Debug, Clone, PartialEq)]
pub struct ThenAndNow {
    /// Its column in the model's catalogue.
    pub column: usize,
    /// Over all futures alike.
    pub then: Distribution,
    /// Over the weighted futures; none where the weights do not do.
    pub now: Option<Distribution>,
}

/// An outcome over futures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    /// Mean of the futures in which it is there.
    pub mean: Measured,
    /// 10th, 25th, 50th, 75th and 90th percentiles; none where it never comes at that rank.
    pub percentiles: [Option<Measured>; 5],
}

const PERCENTILES: [f64; 5] = [0.1, 0.25, 0.5, 0.75, 0.9];

impl Distribution {
    fn of(values: &[f64], weights: &[f64], never: bool) -> Self {
        let ordered = Ordered::of(values, weights, never);
        Self { mean: mean(values, weights), percentiles: PERCENTILES.map(|part| ordered.percentile(part)) }
    }
}

/// How far an input moved.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// Its own address in the scenario.
    pub address: String,
    /// What is told of it.
    pub reading: Reading,
    /// Its mean and standard deviation over all futures alike.
    pub then: (f64, f64),
    /// The same over the weighted futures.
    pub now: (f64, f64),
    /// How far its mean moved, in its standard deviations of before.
    pub shift: Measured,
}

/// The answer with another discrepancy.
#[derive(Debug, Clone, PartialEq)]
pub struct Swept {
    /// As a part of the plan's figure.
    pub part: f64,
    /// Effective sample size.
    pub effective: f64,
    /// Mean of each outcome, in the order that was asked for.
    pub means: Vec<Measured>,
}

/// Holds reported figures against the futures of a model, and weighs these by them.
///
/// # Errors
/// Where there is no room for the figures, it is stopped from outside, or threads fail.
pub fn track(model: &Model, asked: &Asked<'_>, settings: &Settings, interrupt: &Interrupt) -> Result<Tracked, NotRun> {
    let source = Source { model, settings, interrupt };
    let reported: Vec<usize> = asked.figures.iter().map(|own| own.column).collect();
    let lived = lived(model);
    let inputs: Vec<usize> = lived.iter().map(|own| own.2).collect();
    let columns: Vec<usize> = asked.columns.iter().chain(&reported).copied().collect();
    check_room(settings.trials, columns.len() + inputs.len(), 8)?;
    let all = source.columns((&columns, &inputs), settings.trials, |_| true)?;
    let beside = |table: &[Vec<f64>], k: usize| table[asked.columns.len() + k].clone();
    let ranks: Vec<Rank> = (0..reported.len()).map(|k| rank(&asked.figures[k], &beside(&all, k), asked.part)).collect();
    let (logs, trust) = weighed(&source, asked, &reported, |k| beside(&all, k))?;
    let widened = trust.futures > settings.trials;
    let (weights, kept) = if widened && trust.is_good() {
        let thin = thinned(&logs, settings.seed);
        let kept = source.columns((&columns, &inputs), trust.futures, |i| thin[i] > 0.0)?;
        (thin.into_iter().filter(|w| *w > 0.0).collect(), kept)
    } else {
        (from_logs(&logs), Vec::new())
    };
    let table = if widened { &kept } else { &all };
    let told = Gathered { asked, all: &all, table, weights: &weights, is_good: trust.is_good() };
    Ok(Tracked {
        surprise: surprise(&ranks),
        ranks,
        outcomes: told.outcomes(model),
        inputs: if trust.is_good() { moved(&source, &lived, &told, &logs)? } else { Vec::new() },
        swept: told.swept(),
        trust,
    })
}

/// Weighs futures, four times as many again and again where they do not do.
fn weighed(
    source: &Source<'_>,
    asked: &Asked<'_>,
    reported: &[usize],
    beside: impl Fn(usize) -> Vec<f64>,
) -> Result<(Vec<f64>, Trust), RunError> {
    let first: Vec<Vec<f64>> = (0..reported.len()).map(beside).collect();
    let logs_of = |figures: &[Figure], columns: &[&Vec<f64>]| -> Vec<f64> {
        let likelihood = Likelihood::new(figures, asked.part);
        (0..source.settings.trials as usize).map(|i| likelihood.log(|k| columns[k][i])).collect()
    };
    let mut logs = logs_of(asked.figures, &first.iter().collect::<Vec<_>>());
    let mut trust = Trust::of(&logs);
    let likelihood = Likelihood::new(asked.figures, asked.part);
    while !trust.is_good() && trust.futures < asked.most {
        source.weigh(&likelihood, reported, &mut logs, (4 * trust.futures).min(asked.most))?;
        trust = Trust::of(&logs);
    }
    if !trust.is_good() {
        let alone = |k: usize| effective(&from_logs(&logs_of(&asked.figures[k..=k], &[&first[k]])));
        let each = (0..reported.len()).map(|k| (k, alone(k)));
        trust.unreached = each.min_by(|a, b| a.1.total_cmp(&b.1)).map(|own| own.0);
    }
    Ok((logs, trust))
}

/// Inputs that only a run tells: their position, their reading, and where they stand among what may be kept.
fn lived(model: &Model) -> Vec<(usize, Reading, usize)> {
    let each = model.inputs().iter().enumerate().filter(|(position, _)| model.draws().info()[*position].varies);
    each.filter_map(|(position, input)| {
        let reading = *input.readings.first()?;
        Some((position, reading, kept_position(model, &input.address, reading)?))
    })
    .collect()
}

/// What figures are made of.
struct Gathered<'a> {
    asked: &'a Asked<'a>,
    /// Columns of all futures: outcomes, reported ones, lived inputs.
    all: &'a [Vec<f64>],
    /// The same of those with weights.
    table: &'a [Vec<f64>],
    weights: &'a [f64],
    is_good: bool,
}

impl Gathered<'_> {
    fn outcomes(&self, model: &Model) -> Vec<ThenAndNow> {
        let alike = vec![1.0; self.all.first().map_or(0, Vec::len)];
        let each = self.asked.columns.iter().enumerate().map(|(k, column)| {
            let never = model.catalogue().columns()[*column].missing == Missing::Never;
            let now = self.is_good.then(|| Distribution::of(&self.table[k], self.weights, never));
            ThenAndNow { column: *column, then: Distribution::of(&self.all[k], &alike, never), now }
        });
        each.collect()
    }

    /// The answers with other discrepancies: weights of the kept futures times what their likelihood changes by.
    fn swept(&self) -> Vec<Swept> {
        let is_swept = self.is_good && self.asked.figures.iter().any(Figure::is_swept);
        let first = self.asked.columns.len();
        let logs = |part: f64| -> Vec<f64> {
            let likelihood = Likelihood::new(self.asked.figures, part);
            (0..self.weights.len()).map(|i| likelihood.log(|k| self.table[first + k][i])).collect()
        };
        let of = |part: f64| {
            let own = logs(self.asked.part);
            let changed: Vec<f64> = logs(part).iter().zip(&own).map(|(other, own)| other - own).collect();
            let ratios = from_logs(&changed);
            let weights: Vec<f64> = self.weights.iter().zip(ratios).map(|(w, ratio)| w * ratio).collect();
            let means = (0..first).map(|k| mean(&self.table[k], &weights)).collect();
            Swept { part, effective: effective(&weights), means }
        };
        SWEPT.iter().filter(|_| is_swept).map(|part| of(*part)).collect()
    }
}

/// How far every input that differs from future to future moved.
fn moved(
    source: &Source<'_>,
    lived: &[(usize, Reading, usize)],
    told: &Gathered<'_>,
    logs: &[f64],
) -> Result<Vec<Moved>, RunError> {
    let Source { model, settings, interrupt } = *source;
    let weights = from_logs(logs);
    let varying: Vec<usize> = (0..model.inputs().len()).filter(|k| model.draws().info()[*k].varies).collect();
    interrupt.begin_of("Looking at inputs", varying.len() as u64, "inputs");
    let wide = Settings { trials: logs.len() as u64, ..settings.clone() };
    let first = told.asked.columns.len() + told.asked.figures.len();
    let found = sample::each(settings, interrupt, varying.len(), |k| {
        let position = varying[k];
        let input = &model.inputs()[position];
        let reading = *input.readings.first()?;
        let (then, now) = if let Some(at) = lived.iter().position(|own| own.0 == position) {
            (of(&told.all[first + at], None), of(&told.table[first + at], Some(told.weights)))
        } else {
            let values = sample::reading(model, &wide, position, reading);
            (of(&values[..settings.trials as usize], None), of(&values, Some(&weights)))
        };
        let spread = then.1;
        let shift = Measured { value: (now.0.value - then.0.value) / spread, error: now.0.error / spread };
        let of_both = |own: (Measured, f64)| (own.0.value, own.1);
        (spread > 0.0).then(|| Moved {
            address: input.address.clone(),
            reading,
            then: of_both(then),
            now: of_both(now),
            shift,
        })
    })?;
    Ok(found.into_iter().flatten().collect())
}

/// Mean and standard deviation of an input.
fn of(values: &[f64], weights: Option<&[f64]>) -> (Measured, f64) {
    let alike = vec![1.0; if weights.is_none() { values.len() } else { 0 }];
    let weights = weights.unwrap_or(&alike);
    let middle = mean(values, weights);
    (middle, deviation(values, weights, middle.value))
}
