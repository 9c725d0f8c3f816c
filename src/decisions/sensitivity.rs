//! What drives an outcome, from the trials themselves: conditional means, first-order Sobol indices, rank correlation; and total
//! indices from trials of which a part was drawn again. Standard errors are the jackknife's, unless said otherwise.

use super::jackknife::{GROUPS, Measured, jackknife, mean, solve};

/// Most bins of a given-data estimate: equal numbers of trials each.
const BINS: usize = 20;
/// Ranks at which the regression of an outcome on an input may bend.
pub(super) const KNOTS: [f64; 9] = [0.0, 0.05, 0.15, 0.3, 0.5, 0.7, 0.85, 0.95, 1.0];

/// What one input does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// Mean of the outcome where the input is near its 10th percentile (its ranks 5 to 15 %).
    pub low: Measured,
    /// The same near its 90th percentile.
    pub high: Measured,
    /// First-order Sobol index: the share of variance that knowing the input would remove.
    pub first: Measured,
    /// Rank correlation (Spearman 1904).
    pub rank: Measured,
    /// Regression of the outcome on the input's rank.
    pub fit: Fit,
}

/// The outcome as a piecewise linear function of an input's rank.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// Its values at the knots; over all trials, then with each group left out.
    at_knots: Vec<Vec<f64>>,
}

/// An input with its order: what is worked out once for all outcomes.
#[derive(Debug)]
pub struct Ranked<'a> {
    values: &'a [f64],
    order: Vec<usize>,
    ranks: Vec<f64>,
}

impl<'a> Ranked<'a> {
    /// An input of finite values.
    #[must_use]
    pub fn new(values: &'a [f64]) -> Self {
        let order = order(values);
        let ranks = ranks(values, &order);
        Self { values, order, ranks }
    }

    /// Its ranks as parts of 1, as [`Fit::at`] takes them.
    #[must_use]
    pub fn parts(&self) -> Vec<f64> {
        let n = self.ranks.len() as f64;
        self.ranks.iter().map(|rank| rank / n).collect()
    }
}

/// The outcome's own order: what is worked out once for all inputs.
#[derive(Debug)]
pub struct Outcome<'a> {
    values: &'a [f64],
    ranks: Vec<f64>,
}

impl<'a> Outcome<'a> {
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

    /// What an input does to it; `None` where the input is the same in every trial, or there are too few trials.
    #[must_use]
    pub fn effect(&self, input: &Ranked<'_>) -> Option<Effect> {
        let Ranked { values: input, order, ranks } = input;
        let (first, last) = (input[*order.first()?], input[*order.last()?]);
        if order.len() < 2 * GROUPS || first >= last {
            return None;
        }
        let near = |from: f64, to: f64| {
            let n = order.len() as f64;
            mean(order[(from * n) as usize..(to * n) as usize].iter().map(|i| self.values[*i]))
        };
        Some(Effect {
            low: near(0.05, 0.15),
            high: near(0.85, 0.95),
            first: self.first_order(input, order),
            rank: correlation(ranks, &self.ranks),
            fit: self.regress(ranks),
        })
    }

    /// First-order index by conditional means in bins of the input (given-data estimator: Plischke, Borgonovo and Smith 2013,
    /// equation 10), less what chance alone spreads between bins (the correction of ω², Hays 1963).
    fn first_order(&self, input: &[f64], order: &[usize]) -> Measured {
        let bins = bins(input, order);
        let mut sums = vec![[[0.0_f64; 3]; GROUPS]; bins.len()];
        for (bin, sums) in bins.iter().zip(&mut sums) {
            for &i in *bin {
                let y = self.values[i];
                let [count, sum, square] = &mut sums[i % GROUPS];
                *count += 1.0;
                *sum += y;
                *square += y * y;
            }
        }
        jackknife(|left_out| {
            let of_bin = |groups: &[[f64; 3]; GROUPS]| {
                let kept = groups.iter().enumerate().filter(|(g, _)| Some(*g) != left_out);
                kept.fold([0.0; 3], |total, (_, own)| [total[0] + own[0], total[1] + own[1], total[2] + own[2]])
            };
            let cells: Vec<[f64; 3]> = sums.iter().map(of_bin).filter(|cell| cell[0] > 0.0).collect();
            let all = cells.iter().fold([0.0; 3], |t, c| [t[0] + c[0], t[1] + c[1], t[2] + c[2]]);
            let total = all[2] - all[1] * all[1] / all[0];
            let within: f64 = cells.iter().map(|c| c[2] - c[1] * c[1] / c[0]).sum();
            let spare = within / (all[0] - cells.len() as f64).max(1.0);
            let between = total - within - (cells.len() as f64 - 1.0) * spare;
            if total > 0.0 { between / (total + spare) } else { 0.0 }
        })
    }

    /// Least squares on hat functions of the rank.
    fn regress(&self, ranks: &[f64]) -> Fit {
        const K: usize = KNOTS.len();
        let mut normal = vec![([[0.0_f64; K]; K], [0.0_f64; K]); GROUPS];
        let n = ranks.len() as f64;
        for (i, (rank, y)) in ranks.iter().zip(self.values).enumerate() {
            let (k, part) = place(rank / n);
            let (matrix, right) = &mut normal[i % GROUPS];
            for (a, weight_a) in [(k, 1.0 - part), (k + 1, part)] {
                right[a] += weight_a * y;
                for (b, weight_b) in [(k, 1.0 - part), (k + 1, part)] {
                    matrix[a][b] += weight_a * weight_b;
                }
            }
        }
        let solve_without = |left_out: Option<usize>| {
            let (mut matrix, mut right) = (vec![vec![0.0; K]; K], vec![0.0; K]);
            for (_, (own, y)) in normal.iter().enumerate().filter(|(group, _)| Some(*group) != left_out) {
                for a in 0..K {
                    right[a] += y[a];
                    matrix[a].iter_mut().zip(own[a]).for_each(|(cell, term)| *cell += term);
                }
            }
            // A stretch of ranks that an input of few values never has is drawn towards the mean.
            let size = (0..K).map(|k| matrix[k][k]).fold(0.0, f64::max);
            let mean = right.iter().sum::<f64>() / matrix.iter().flatten().sum::<f64>();
            for k in 0..K {
                matrix[k][k] += 1e-9 * size;
                right[k] += 1e-9 * size * mean;
            }
            solve(matrix, right)
        };
        Fit { at_knots: std::iter::once(None).chain((0..GROUPS).map(Some)).map(solve_without).collect() }
    }
}

/// The knot left of a rank, and how far it is on the way to the next.
fn place(rank: f64) -> (usize, f64) {
    let k = KNOTS.partition_point(|knot| *knot <= rank).clamp(1, KNOTS.len() - 1) - 1;
    (k, (rank - KNOTS[k]) / (KNOTS[k + 1] - KNOTS[k]))
}

impl Fit {
    /// The fitted outcome at a rank between 0 and 1, with one group left out or none.
    #[must_use]
    pub fn at(&self, rank: f64, left_out: Option<usize>) -> f64 {
        let (k, part) = place(rank);
        let values = &self.at_knots[left_out.map_or(0, |group| group + 1)];
        values[k] + (values[k + 1] - values[k]) * part
    }
}

/// Total Sobol index of what was drawn again between two runs of the same trials (Jansen 1999; Saltelli et al. 2010, table 2 f):
/// half the mean square of the difference, over the variance.
#[must_use]
pub fn total(values: &[f64], again: &[f64]) -> Measured {
    of_pairs(values, again, |[n, sum, square, other, other_square, product]| {
        let variance = (square + other_square) / (2.0 * n) - ((sum + other) / (2.0 * n)).powi(2);
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

/// Positions by rising value.
fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    order
}

/// Ranks from ½ to n − ½; equal values share the mean of theirs.
fn ranks(values: &[f64], order: &[usize]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    for run in order.chunk_by(|a, b| values[*a] >= values[*b]) {
        let middle = from as f64 + run.len() as f64 / 2.0;
        run.iter().for_each(|i| ranks[*i] = middle);
        from += run.len();
    }
    ranks
}

/// Bins of about equal numbers of trials; equal values are never parted.
fn bins<'o>(input: &[f64], order: &'o [usize]) -> Vec<&'o [usize]> {
    let mut bins = Vec::new();
    let mut from = 0;
    for bin in 1..=BINS {
        let mut to = (order.len() * bin / BINS).max(from);
        while to > from && to < order.len() && input[order[to - 1]] >= input[order[to]] {
            to += 1;
        }
        if to > from {
            bins.push(&order[from..to]);
            from = to;
        }
    }
    bins
}

/// Pearson's correlation, here of ranks, with the error of a bivariate normal (Fisher 1921).
fn correlation(a: &[f64], b: &[f64]) -> Measured {
    let n = a.len() as f64;
    let (ma, mb) = (a.iter().sum::<f64>() / n, b.iter().sum::<f64>() / n);
    let (mut aa, mut bb, mut ab) = (0.0, 0.0, 0.0);
    for (x, y) in a.iter().zip(b) {
        aa += (x - ma).powi(2);
        bb += (y - mb).powi(2);
        ab += (x - ma) * (y - mb);
    }
    let rho = if aa > 0.0 && bb > 0.0 { ab / (aa * bb).sqrt() } else { 0.0 };
    Measured { value: rho, error: (1.0 - rho * rho) / (n - 1.0).max(1.0).sqrt() }
}

#[cfg(test)]
mod tests;
