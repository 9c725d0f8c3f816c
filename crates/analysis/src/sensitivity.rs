//! What drives an outcome, from the trials themselves: conditional means, first-order Sobol indices, rank correlation; and total
//! indices from trials of which a part was drawn again. Standard errors are the jackknife's, unless said otherwise.

use super::cells::{Ranked, order, ranks};
use super::jackknife::{GROUPS, Measured, jackknife, mean};
use engine::statistics::combined;
use engine::uncertainty::elementary::square;

/// An outcome whose spread is at most this part of its size is the same in every trial, but for the rounding of sums.
const ROUNDING: f64 = 1e-9;

/// What one input does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Where the input is low; see [`Ranked::low_and_high`].
    pub low: Near,
    /// Where it is high.
    pub high: Near,
    /// First-order Sobol index: the share of variance that knowing the input would remove.
    pub first: Measured,
    /// Rank correlation (Spearman 1904).
    pub rank: Measured,
}

/// An input near one of its values, and what the outcome then is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Near {
    /// Mean of the input.
    pub input: f64,
    /// Whether it is the same in all of these trials.
    pub exact: bool,
    /// Mean of the outcome.
    pub outcome: Measured,
}

impl Effect {
    /// How far apart the outcome lies where the input is low and where it is high.
    #[must_use]
    pub fn swing(&self) -> f64 {
        (self.high.outcome.value - self.low.outcome.value).abs()
    }
}

/// The outcome's own order: what is worked out once for all inputs.
#[derive(Debug)]
pub struct Response<'a> {
    values: &'a [f64],
    ranks: Vec<f64>,
}

impl<'a> Response<'a> {
    /// An outcome of finite values.
    #[must_use]
    pub fn new(values: &'a [f64]) -> Self {
        Self { values, ranks: ranks(values, &order(values)) }
    }

    /// Its mean, with the plain error.
    #[must_use]
    pub fn mean(&self) -> Measured {
        mean(self.values.iter().copied())
    }

    /// Whether it differs from trial to trial by more than the rounding of sums.
    #[must_use]
    pub fn varies(&self) -> bool {
        varies(self.values)
    }

    /// What an input does to it; `None` where the input or the outcome is the same in every trial, or there are too few trials.
    #[must_use]
    pub fn effect(&self, input: &Ranked<'_>) -> Option<Effect> {
        if input.order.len() < 2 * GROUPS || !input.varies() || !self.varies() {
            return None;
        }
        let [low, high] = input.low_and_high().map(|trials| Near {
            input: trials.iter().map(|i| input.values[*i]).sum::<f64>() / trials.len().max(1) as f64,
            exact: trials.windows(2).all(|pair| input.values[pair[0]] >= input.values[pair[1]]),
            outcome: mean(trials.iter().map(|i| self.values[*i])),
        });
        Some(Effect { low, high, first: self.first_order(input), rank: correlation(&input.ranks, &self.ranks) })
    }

    /// First-order index by conditional means in cells of the input (given-data estimator: Plischke, Borgonovo and Smith 2013,
    /// equation 10), less what chance alone spreads between cells (the correction of ω², Hays 1963).
    fn first_order(&self, input: &Ranked<'_>) -> Measured {
        // From their own mean, so that squares of large values do not drown the spread.
        let centre = self.values.iter().sum::<f64>() / self.values.len().max(1) as f64;
        let mut sums = vec![[[0.0_f64; 3]; GROUPS]; input.cells.len()];
        for (cell, sums) in input.cells.iter().zip(&mut sums) {
            for &i in &input.order[cell.clone()] {
                let y = self.values[i] - centre;
                let [count, sum, square] = &mut sums[i % GROUPS];
                *count += 1.0;
                *sum += y;
                *square += y * y;
            }
        }
        let index = jackknife(|left_out| {
            let of_cell = |groups: &[[f64; 3]; GROUPS]| {
                let kept = groups.iter().enumerate().filter(|(g, _)| Some(*g) != left_out);
                kept.fold([0.0; 3], |total, (_, own)| [total[0] + own[0], total[1] + own[1], total[2] + own[2]])
            };
            let cells: Vec<[f64; 3]> = sums.iter().map(of_cell).filter(|cell| cell[0] > 0.0).collect();
            let all = cells.iter().fold([0.0; 3], |t, c| [t[0] + c[0], t[1] + c[1], t[2] + c[2]]);
            let total = all[2] - all[1] * all[1] / all[0];
            let within: f64 = cells.iter().map(|c| (c[2] - c[1] * c[1] / c[0]).max(0.0)).sum();
            let spare = within / (all[0] - cells.len() as f64).max(1.0);
            let between = total - within - (cells.len() as f64 - 1.0) * spare;
            if total > 0.0 { between / (total + spare) } else { 0.0 }
        });
        Measured { error: combined(index.error, self.smoothed(input)), ..index }
    }

    /// What cells smooth away: the share of variance that lies in the outcome's slope within them, where that is clear of chance. It is
    /// no part of the index, and where next to nothing else varies, larger than its error.
    fn smoothed(&self, input: &Ranked<'_>) -> f64 {
        let (mut all, mut slopes) = ([0.0_f64; 3], 0.0);
        let mut within = 0.0;
        let centre = self.values.iter().sum::<f64>() / self.values.len().max(1) as f64;
        for cell in &input.cells {
            let (mut x, mut y) = (0.0, 0.0);
            let trials = &input.order[cell.clone()];
            for &i in trials {
                x += input.values[i] / trials.len() as f64;
                y += (self.values[i] - centre) / trials.len() as f64;
            }
            let (mut xx, mut xy) = (0.0_f64, 0.0);
            for &i in trials {
                let (dx, dy) = (input.values[i] - x, self.values[i] - centre - y);
                xx += dx * dx;
                xy += dx * dy;
                within += dy * dy;
                all = [all[0] + 1.0, all[1] + self.values[i] - centre, all[2] + square(self.values[i] - centre)];
            }
            slopes += if xx > 0.0 { xy * xy / xx } else { 0.0 };
        }
        let (cells, total) = (input.cells.len() as f64, all[2] - all[1] * all[1] / all[0].max(1.0));
        let spare = (within - slopes).max(0.0) / (all[0] - 2.0 * cells).max(1.0);
        // The sum of so many squares of chance: their number, give or take four times the root of twice that.
        let chance = spare * (cells + 4.0 * (2.0 * cells).sqrt());
        if total > 0.0 && slopes > chance { (slopes - spare * cells) / total } else { 0.0 }
    }
}

/// Whether values differ by more than the rounding of sums: by their standard deviation, beside the largest of them or 1.
#[must_use]
pub fn varies(values: &[f64]) -> bool {
    let n = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|y| square(y - mean)).sum::<f64>() / n;
    let largest = values.iter().map(|y| y.abs()).fold(1.0, f64::max);
    square.sqrt() > ROUNDING * largest
}

/// Total Sobol index of what was drawn again between two runs of the same trials (Jansen 1999; Saltelli et al. 2010, table 2 f):
/// half the mean square of the difference, over the variance.
#[must_use]
pub fn total(values: &[f64], again: &[f64]) -> Measured {
    of_pairs(values, again, |[n, sum, square, other, other_square, product]| {
        let mean = (sum + other) / (2.0 * n);
        let variance = (square + other_square) / (2.0 * n) - mean * mean;
        let apart = (square - 2.0 * product + other_square) / (2.0 * n);
        if variance > 0.0 { apart / variance } else { 0.0 }
    })
}

/// First-order index of what was *not* drawn again, as a whole (Sobol 1993; Janon et al. 2014, equation 6): covariance of the two
/// runs over the variance.
#[must_use]
pub fn closed(values: &[f64], again: &[f64]) -> Measured {
    of_pairs(values, again, |[n, sum, square, other, other_square, product]| {
        let mean = (sum + other) / (2.0 * n);
        let variance = (square + other_square) / (2.0 * n) - mean * mean;
        if variance > 0.0 { (product / n - mean * mean) / variance } else { 0.0 }
    })
}

fn of_pairs(values: &[f64], again: &[f64], of: impl Fn([f64; 6]) -> f64) -> Measured {
    let mut sums = [[0.0_f64; 6]; GROUPS];
    for (i, (a, b)) in values.iter().zip(again).enumerate() {
        for (sum, term) in sums[i % GROUPS].iter_mut().zip([1.0, *a, a * a, *b, b * b, a * b]) {
            *sum += term;
        }
    }
    jackknife(|left_out| {
        let mut all = [0.0; 6];
        for (_, own) in sums.iter().enumerate().filter(|(g, _)| Some(*g) != left_out) {
            all.iter_mut().zip(own).for_each(|(sum, term)| *sum += term);
        }
        of(all)
    })
}

/// Pearson's correlation, here of ranks, with the error of a bivariate normal (Fisher 1921).
fn correlation(a: &[f64], b: &[f64]) -> Measured {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        aa += square(x - ma);
        bb += square(y - mb);
        ab += (x - ma) * (y - mb);
    }
    let rho = if aa > 0.0 && bb > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 };
    Measured { value: rho, error: (1.0 - rho * rho) / (n - 1.0).max(1.0).sqrt() }
}

#[cfg(test)]
mod tests;
