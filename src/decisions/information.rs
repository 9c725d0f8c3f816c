//! Value of information on whether to go ahead: of knowing everything, and of knowing some inputs.

use super::jackknife::{GROUPS, Measured, jackknife, mean, solve};
use super::sensitivity::{Fit, KNOTS};

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
    jackknife(|left_out| {
        let kept = sums.iter().enumerate().filter(|(g, _)| Some(*g) != left_out);
        let [n, sum, gains] = kept.fold([0.0; 3], |t, (_, own)| [t[0] + own[0], t[1] + own[1], t[2] + own[2]]);
        gains / n - (sum / n).max(0.0)
    })
}

/// Expected value of knowing some inputs perfectly before that decision (EVPPI), by regression (Strong, Oakley and Brennan 2014):
/// the mean of `max(f, 0)` less `max(mean of f, 0)`, `f` being the outcome expected from the inputs. Of one it is its fit; of
/// several, what explains `values` best as a weighted sum of their fits, so that what they share counts once, and what they only do
/// together is left out.
#[must_use]
pub fn partial_information(inputs: &[(&Fit, &[f64])], values: &[f64]) -> Measured {
    let features: Vec<Vec<f64>> = inputs
        .iter()
        .map(|(fit, ranks)| {
            let centre = even_mean(fit);
            ranks.iter().map(|rank| fit.at(*rank, None) - centre).collect()
        })
        .collect();
    let weights = if inputs.len() > 1 { weights(&features, values) } else { vec![vec![1.0]; GROUPS + 1] };
    let mean = mean(values.iter().copied()).value;
    jackknife(|left_out| {
        let weights = &weights[left_out.map_or(0, |group| group + 1)];
        let (mut gains, mut sum, mut count) = (0.0, 0.0, 0.0);
        for i in (0..values.len()).filter(|i| Some(i % GROUPS) != left_out) {
            let expected = match inputs {
                // One input's own fit without the group, not only its weight.
                [(fit, ranks)] => fit.at(ranks[i], left_out),
                _ => mean + features.iter().zip(weights).map(|(own, weight)| own[i] * weight).sum::<f64>(),
            };
            gains += expected.max(0.0);
            sum += expected;
            count += 1.0;
        }
        (gains / count - (sum / count).max(0.0)).max(0.0)
    })
}

/// Least-squares weights of features that explain `values`: over all trials, then with each group left out.
fn weights(features: &[Vec<f64>], values: &[f64]) -> Vec<Vec<f64>> {
    let k = features.len();
    let mut normal = vec![(vec![vec![0.0_f64; k]; k], vec![0.0_f64; k]); GROUPS];
    let centre = mean(values.iter().copied()).value;
    for (i, y) in values.iter().enumerate() {
        let (matrix, right) = &mut normal[i % GROUPS];
        for a in 0..k {
            let own = features[a][i];
            right[a] += own * (y - centre);
            for (cell, other) in matrix[a].iter_mut().zip(features).take(a + 1) {
                *cell += own * other[i];
            }
        }
    }
    let solved = |left_out: Option<usize>| {
        let (mut matrix, mut right) = (vec![vec![0.0; k]; k], vec![0.0; k]);
        for (_, (own, y)) in normal.iter().enumerate().filter(|(group, _)| Some(*group) != left_out) {
            for a in 0..k {
                right[a] += y[a];
                for b in 0..=a {
                    matrix[a][b] += own[a][b];
                    matrix[b][a] = matrix[a][b];
                }
            }
        }
        let size = (0..k).map(|a| matrix[a][a]).fold(0.0, f64::max);
        // Fits that are all but alike share their weight.
        (0..k).for_each(|a| matrix[a][a] += 1e-6 * size);
        solve(matrix, right)
    };
    std::iter::once(None).chain((0..GROUPS).map(Some)).map(solved).collect()
}

fn even_mean(fit: &Fit) -> f64 {
    KNOTS.windows(2).map(|pair| (pair[1] - pair[0]) * (fit.at(pair[0], None) + fit.at(pair[1], None)) / 2.0).sum()
}
