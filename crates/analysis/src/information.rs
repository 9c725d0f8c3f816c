//! Value of information on whether to go ahead: of knowing everything, and of knowing some inputs.
//!
//! Going ahead yields `y`, not going ahead 0. What it is worth to know an input first is the mean of `max(E[y|x], 0)` less
//! `max(E[y], 0)`. Here `E[y|x]` is the mean of `y` over groups of the same trials, so that by Jensen's inequality, which holds in every
//! sample, no part of what is uncertain is ever worth more than all of it.

use super::cells::Ranked;
use super::jackknife::{GROUPS, Measured, jackknife, mean, solve};
use super::tree::{Leaves, Sums, stretches};

/// A value below this part of the mean size of what is decided on is rounding.
const ROUNDING: f64 = 1e-12;

/// Expected value of perfect information on whether to go ahead where going ahead yields `values` and not doing so 0: the mean of
/// `max(y, 0)` less `max(mean, 0)` (Raiffa and Schlaifer 1961).
#[must_use]
pub fn perfect_information(values: &[f64]) -> Measured {
    let mut sums = [[0.0_f64; 3]; GROUPS];
    for (i, y) in values.iter().enumerate() {
        let [count, sum, gains] = &mut sums[i % GROUPS];
        *count += 1.0;
        *sum += y;
        *gains += y.max(0.0);
    }
    let found = jackknife(|left_out| {
        let kept = sums.iter().enumerate().filter(|(g, _)| Some(*g) != left_out);
        let [n, sum, gains] = kept.fold([0.0; 3], |t, (_, own)| [t[0] + own[0], t[1] + own[1], t[2] + own[2]]);
        gains / n - (sum / n).max(0.0)
    });
    unless_rounding(found, values)
}

/// What it is worth to know one input, and what `values` are expected to be in each trial where it is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Known {
    /// Expected value of knowing it before deciding.
    pub worth: Measured,
    /// The mean of its group, by trial.
    pub expected: Vec<f64>,
}

/// Expected value of knowing an input before that decision (EVPPI).
///
/// The groups are a regression tree's, so that the expected outcome may jump and bend (cross-validation tells how many), and one value
/// is never parted. Two estimates enclose the truth: decisions by the means of the trials that they are judged on flatter them, and
/// decisions by the means of the other groups' trials, which are at most as good as the best, do not. The value is the middle; its
/// error holds chance (jackknife), half the distance of the two, and what twice as many groups would change (after Strong, Oakley and
/// Brennan 2014; Heath, Manolopoulou and Baio 2017).
#[must_use]
pub fn known(input: &Ranked<'_>, values: &[f64]) -> Known {
    let cells = input.refined(values);
    let cell_of = input.cell_of(&cells);
    let sums = Sums::new(values, &cell_of, cells.len());
    let (found, finer) = (sums.group(1), sums.group(2));
    let flattered = jackknife(|left_out| gain(&sums, &found.leaves, left_out));
    let honest = by_others(&sums, &found.without);
    let coarse = by_others(&sums, &finer.without) - honest;
    let error = [flattered.error, (flattered.value - honest) / 2.0, coarse];
    let worth = Measured {
        value: f64::midpoint(flattered.value, honest).max(0.0),
        error: error.iter().map(|part| part * part).sum::<f64>().sqrt(),
    };
    let mut means = Vec::with_capacity(cells.len());
    for (from, to) in stretches(&found.leaves) {
        let [n, sum] = sums.without(from, to, None);
        means.extend(std::iter::repeat_n(sum / n.max(1.0), to - from));
    }
    let expected = cell_of.iter().map(|cell| means[*cell as usize]).collect();
    Known { worth: unless_rounding(worth, values), expected }
}

/// Expected value of knowing several inputs, from what is expected by each: the trials are grouped by the weighted sum of these that
/// explains `values` best, so that what they share counts once, and what they only do together is left out. To know several is worth
/// no less than to know one of them.
#[must_use]
pub fn known_together(inputs: &[&Known], values: &[f64]) -> Measured {
    let most = inputs.iter().map(|input| input.worth).max_by(|a, b| a.value.total_cmp(&b.value)).unwrap_or_default();
    if inputs.len() < 2 {
        return most;
    }
    let features: Vec<Vec<f64>> = inputs
        .iter()
        .map(|input| {
            let centre = mean(input.expected.iter().copied()).value;
            input.expected.iter().map(|expected| expected - centre).collect()
        })
        .collect();
    let weights = weights(&features, values);
    let score = |i: usize| features.iter().zip(&weights).map(|(own, weight)| own[i] * weight).sum();
    let score: Vec<f64> = (0..values.len()).map(score).collect();
    let together = known(&Ranked::new(&score), values).worth;
    if together.value > most.value { together } else { most }
}

/// Mean gain from deciding by the means of groups, with one group of trials left out or none.
fn gain(sums: &Sums, leaves: &Leaves, left_out: Option<usize>) -> f64 {
    let [n, sum] = sums.without(0, sums.cells(), left_out);
    let gains: f64 = stretches(leaves).map(|(from, to)| sums.without(from, to, left_out)[1].max(0.0)).sum();
    (gains - sum.max(0.0)) / n
}

/// Mean gain where the trials of each group are decided on by the groupings and means of the others'.
fn by_others(sums: &Sums, without: &[Leaves]) -> f64 {
    let [n, sum] = sums.without(0, sums.cells(), None);
    let mut gains = 0.0;
    for (group, leaves) in without.iter().enumerate() {
        let mut ahead = sums.without(0, sums.cells(), Some(group))[1] > 0.0;
        for (from, to) in stretches(leaves) {
            let [others, expected] = sums.without(from, to, Some(group));
            // Where there are no others the group before tells.
            ahead = if others > 0.0 { expected > 0.0 } else { ahead };
            gains += if ahead { sums.of_group(from, to, group)[1] } else { 0.0 };
        }
    }
    (gains - sum.max(0.0)) / n
}

fn unless_rounding(found: Measured, values: &[f64]) -> Measured {
    let size = values.iter().map(|y| y.abs()).sum::<f64>() / values.len().max(1) as f64;
    if found.value.abs() <= ROUNDING * size && found.error <= ROUNDING * size { Measured::default() } else { found }
}

/// Least-squares weights of centred features that explain `values`.
fn weights(features: &[Vec<f64>], values: &[f64]) -> Vec<f64> {
    let k = features.len();
    let (mut matrix, mut right) = (vec![vec![0.0_f64; k]; k], vec![0.0_f64; k]);
    let centre = mean(values.iter().copied()).value;
    for (i, y) in values.iter().enumerate() {
        for a in 0..k {
            let own = features[a][i];
            right[a] += own * (y - centre);
            for (cell, other) in matrix[a].iter_mut().zip(features).take(a + 1) {
                *cell += own * other[i];
            }
        }
    }
    let size = (0..k).map(|a| matrix[a][a]).fold(f64::MIN_POSITIVE, f64::max);
    let below = matrix.clone();
    for (a, row) in matrix.iter_mut().enumerate() {
        row.iter_mut().enumerate().skip(a + 1).for_each(|(b, cell)| *cell = below[b][a]);
        // Those that are all but alike share their weight.
        row[a] += 1e-6 * size;
    }
    solve(matrix, right)
}
