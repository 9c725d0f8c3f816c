//! Whether the mean of some futures has settled, or a few of them make up much of its spread.

use engine::outcomes::FEW;
use engine::statistics::rests_on;
use engine::uncertainty::elementary::square;

/// On how few of some values their mean rests, where it does: then its error understates what is unknown.
#[must_use]
pub fn few(values: &[f64], mean: f64) -> Option<u64> {
    let mut squares: Vec<f64> = values.iter().map(|value| square(value - mean)).collect();
    squares.sort_by(|a, b| b.total_cmp(a));
    let all: f64 = squares.iter().sum();
    let part = |number: usize| squares.iter().take(number).sum::<f64>() / all;
    let trials = values.len() as f64;
    rests_on(trials, (mean, (all / trials).sqrt()), [1, FEW as usize].map(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_rests_on_the_one_value_that_makes_most_of_its_spread() {
        // 9,999 values of 1 or 3 and one of 1,000: mean about 2.1; squares about 1 each, and (997.9)² = 995,800 of some 1,005,900 in all.
        let mut values: Vec<f64> = (0..10_000).map(|i| if i % 2 == 0 { 1.0 } else { 3.0 }).collect();
        values[17] = 1_000.0;
        let mean = values.iter().sum::<f64>() / 10_000.0;
        assert_eq!(few(&values, mean), Some(1));
        values[17] = 3.0;
        assert_eq!(few(&values, 2.0), None);
        // All the same but for the last digit of one: that is rounding.
        let mut same = vec![-0.983; 10_000];
        same[3] = -0.983 - 1e-15;
        assert_eq!(few(&same, -0.983), None);
    }
}
