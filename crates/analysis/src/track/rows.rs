//! Futures gathered for tracking: their weights, as many as it takes, and the columns of those that are kept.

use engine::model::{KEPT_INPUT, Model, Reading};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::key::{hash, mix};
use engine::uncertainty::lanes::BLOCK;

use super::figures::{Likelihood, uniform};
use super::weighted::from_logs;

/// Blocks that are run before what is not kept of them is let go.
const AT_ONCE: u64 = 512;
/// Futures whose columns are kept where many more were run, about.
const KEPT: f64 = 200_000.0;

/// The run from which futures are taken.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub model: &'a Model,
    pub settings: &'a Settings,
    pub interrupt: &'a Interrupt,
}

impl Source<'_> {
    /// Runs the futures `from` to `to`, whole blocks but for the last, and hands over each batch with the number of its first.
    fn each(
        &self,
        (from, to): (u64, u64),
        (outcomes, inputs): (&[usize], &[usize]),
        mut take: impl FnMut(u64, &[Vec<f64>]),
    ) -> Result<(), RunError> {
        let settings = Settings { trials: to, ..self.settings.clone() };
        let (mut block, end) = (from / BLOCK as u64, to.div_ceil(BLOCK as u64));
        while block < end {
            let next = (block + AT_ONCE).min(end);
            let batch = sample::rows(self.model, &settings, self.interrupt, block..next, (outcomes, inputs))?;
            take(block * BLOCK as u64, &batch);
            block = next;
        }
        Ok(())
    }

    /// The logarithms of the weights of further futures, up to `to`; `logs` holds those of the first.
    pub fn weigh(
        &self,
        likelihood: &Likelihood,
        columns: &[usize],
        logs: &mut Vec<f64>,
        to: u64,
    ) -> Result<(), RunError> {
        // A block that was run in part is run again.
        logs.truncate(logs.len() / BLOCK * BLOCK);
        let from = logs.len() as u64;
        self.interrupt.begin("Weighing the futures", to - from);
        self.each((from, to), (columns, &[]), |_, batch| {
            let count = batch.first().map_or(0, Vec::len);
            logs.extend((0..count).map(|i| likelihood.log(|k| batch[k][i])));
        })
    }

    /// The columns of the futures before `to` that are kept, in their order.
    pub fn columns(
        &self,
        which: (&[usize], &[usize]),
        to: u64,
        keep: impl Fn(usize) -> bool,
    ) -> Result<Vec<Vec<f64>>, RunError> {
        let mut found = vec![Vec::new(); which.0.len() + which.1.len()];
        self.interrupt.begin("Gathering what they tell", to);
        self.each((0, to), which, |first, batch| {
            for (all, own) in found.iter_mut().zip(batch) {
                let kept = own.iter().enumerate().filter(|(i, _)| keep(first as usize + i));
                all.extend(kept.map(|(_, value)| *value));
            }
        })?;
        Ok(found)
    }
}

/// The position among kept inputs of one that only a run tells, by its address.
pub fn kept_position(model: &Model, address: &str, reading: Reading) -> Option<usize> {
    let name = format!("{KEPT_INPUT}{address}");
    reading.is_lived().then(|| model.kept_inputs().iter().position(|own| *own == name)).flatten()
}

/// Weights of futures of which the light ones are let go by chance (rejection control: Liu, Chen and Wong 1998): one lighter than `c` is kept
/// with a chance of w/c and then weighs c, so that every weighted sum is right on average. Of few futures all are kept. 0: let go.
pub fn thinned(logs: &[f64], seed: u64) -> Vec<f64> {
    let weights = from_logs(logs);
    let expected = |c: f64| weights.iter().map(|w| (w / c).min(1.0)).sum::<f64>();
    if logs.len() as f64 <= KEPT {
        return weights;
    }
    let (mut low, mut high) = (f64::MIN_POSITIVE, 1.0);
    for _ in 0..60 {
        // Weights lie many powers of ten apart: the middle of their logarithms.
        let middle = f64::sqrt(low) * f64::sqrt(high);
        if expected(middle) > KEPT { low = middle } else { high = middle }
    }
    let word = mix(seed ^ hash("light futures that are kept"));
    let kept = |(i, w): (usize, &f64)| {
        if *w >= high {
            *w
        } else if uniform(word ^ i as u64) < w / high {
            high
        } else {
            0.0
        }
    };
    weights.iter().enumerate().map(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::super::weighted::{effective, mean};
    use super::*;
    use engine::uncertainty::elementary::square;

    #[test]
    fn light_futures_are_let_go_and_sums_stay_right() {
        // A million futures, even over 0 to 1, figure 0.3 with scale 0.05: mean 0.3 but for what is cut off, none.
        let values: Vec<f64> = (0..1_000_000).map(|i| uniform(mix(hash("values")) ^ i)).collect();
        let logs: Vec<f64> = values.iter().map(|x| -2.5 * (1.0 + square((x - 0.3) / 0.05) / 4.0).ln()).collect();
        let (all, thin) = (from_logs(&logs), thinned(&logs, 1));
        let kept = thin.iter().filter(|w| **w > 0.0).count() as f64;
        assert!((kept - KEPT).abs() < 5.0 * KEPT.sqrt(), "{kept}");
        let (before, after) = (mean(&values, &all), mean(&values, &thin));
        assert!((before.value - after.value).abs() < 4.0 * after.error, "{before:?} {after:?}");
        assert!(effective(&thin) > 0.3 * effective(&all));
    }
}
