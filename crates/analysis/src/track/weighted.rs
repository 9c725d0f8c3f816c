//! Figures of weighted futures with their errors: self-normalised importance sampling, errors by the delta method (Owen 2013, chapter 9).

use crate::jackknife::Measured;
use engine::uncertainty::elementary::{exp, square};

/// Weights from their logarithms, the largest 1.
#[must_use]
pub fn from_logs(logs: &[f64]) -> Vec<f64> {
    let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    logs.iter().map(|log| if most.is_finite() { exp(log - most) } else { 0.0 }).collect()
}

/// How many unweighted futures tell as much: (Σw)²/Σw² (Kong 1992); 0 where there is no weight.
#[must_use]
pub fn effective(weights: &[f64]) -> f64 {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + square(*w)));
    if squares > 0.0 { square(sum) / squares } else { 0.0 }
}

/// Mean over the futures in which a value is there: Σwx/Σw, with error √(Σw²(x − mean)²)/Σw.
#[must_use]
pub fn mean(values: &[f64], weights: &[f64]) -> Measured {
    let there = || values.iter().zip(weights).filter(|(x, _)| !x.is_nan());
    let (sum, weighted) = there().fold((0.0, 0.0), |(sum, weighted), (x, w)| (sum + w, weighted + w * x));
    let value = weighted / sum;
    let error = there().map(|(x, w)| square(w * (x - value))).sum::<f64>().sqrt() / sum;
    Measured { value, error }
}

/// Standard deviation about a mean.
#[must_use]
pub fn deviation(values: &[f64], weights: &[f64], mean: f64) -> f64 {
    let there = values.iter().zip(weights).filter(|(x, _)| !x.is_nan());
    let (sum, squares) = there.fold((0.0, 0.0), |(sum, squares), (x, w)| (sum + w, squares + w * square(x - mean)));
    (squares / sum).sqrt()
}

/// Values in order with the weight of each and of all before it.
#[derive(Debug, Clone)]
pub struct Ordered {
    /// Value, weight, sum of the weights up to it.
    steps: Vec<(f64, f64, f64)>,
}

impl Ordered {
    /// Of some values; what is missing counts as larger than all where it `never` comes, else it is left out.
    #[must_use]
    pub fn of(values: &[f64], weights: &[f64], never: bool) -> Self {
        let there = values.iter().zip(weights).filter(|(x, w)| **w > 0.0 && (never || !x.is_nan()));
        let mut steps: Vec<(f64, f64, f64)> =
            there.map(|(x, w)| (if x.is_nan() { f64::INFINITY } else { *x }, *w, 0.0)).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut sum = 0.0;
        for step in &mut steps {
            sum += step.1;
            step.2 = sum;
        }
        Self { steps }
    }

    /// The smallest value with at least a part of the weight at or below it; none where it never comes there, or there is nothing.
    fn at(&self, part: f64) -> Option<f64> {
        let wanted = part.clamp(0.0, 1.0) * self.steps.last()?.2;
        let found = self.steps.partition_point(|step| step.2 < wanted).min(self.steps.len() - 1);
        Some(self.steps[found].0).filter(|value| value.is_finite())
    }

    /// A percentile with its error: that of the share below it, √(Σw²(1{x ≤ q} − p)²)/Σw, turned into values by the percentiles one such error
    /// below and above. None where it never comes there.
    #[must_use]
    pub fn percentile(&self, part: f64) -> Option<Measured> {
        let value = self.at(part)?;
        let sum = self.steps.last()?.2;
        let of = |step: &(f64, f64, f64)| square(step.1 * (if step.0 <= value { 1.0 } else { 0.0 } - part));
        let error = self.steps.iter().map(of).sum::<f64>().sqrt() / sum;
        let low = self.at(part - error)?;
        let high = self.at(part + error).unwrap_or(value + (value - low));
        Some(Measured { value, error: 0.5 * (high - low) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::key::{hash, mix};

    fn uniform(of: &str, i: u64) -> f64 {
        ((mix(mix(hash(of)) ^ i) >> 11) as f64 + 0.5) / (1_u64 << 53) as f64
    }

    /// A standard normal number (Box and Muller 1958).
    fn normal(of: &str, i: u64) -> f64 {
        let (u, v) = (uniform(of, 2 * i), uniform(of, 2 * i + 1));
        (-2.0 * u.ln()).sqrt() * (2.0 * std::f64::consts::PI * v).cos()
    }

    #[test]
    fn means_and_percentiles_of_a_few_by_hand() {
        let (values, weights) = ([1.0, 2.0, f64::NAN, 5.0], [1.0, 2.0, 1.0, 1.0]);
        // (1 + 4 + 5)/4 = 2.5; error √((1·1.5)² + (2·0.5)² + (1·2.5)²)/4 = √9.5/4.
        let found = mean(&values, &weights);
        assert!((found.value - 2.5).abs() < 1e-15 && (found.error - 9.5_f64.sqrt() / 4.0).abs() < 1e-15);
        // Σw = 5, Σw² = 7.
        assert!((effective(&weights) - 25.0 / 7.0).abs() < 1e-15);
        let left_out = Ordered::of(&values, &weights, false);
        assert_eq!([0.25, 0.26, 0.75, 0.76].map(|p| left_out.at(p)), [1.0, 2.0, 2.0, 5.0].map(Some));
        let never = Ordered::of(&values, &weights, true);
        assert_eq!([0.2, 0.8, 0.81].map(|p| never.at(p)), [Some(1.0), Some(5.0), None]);
    }

    #[test]
    fn weights_give_the_conjugate_answer_of_the_normal_case() {
        // Prior N(0, 1), figure 1 with error 1: posterior N(1/2, 1/2); its 90th percentile is 0.5 + 1.281552·0.707107 = 1.406194.
        let values: Vec<f64> = (0..100_000).map(|i| normal("conjugate", i)).collect();
        let logs: Vec<f64> = values.iter().map(|x| -0.5 * square(1.0 - x)).collect();
        let weights = from_logs(&logs);
        let found = mean(&values, &weights);
        assert!((found.value - 0.5).abs() < 4.0 * found.error && found.error < 0.004, "{found:?}");
        let spread = deviation(&values, &weights, found.value);
        assert!((square(spread) - 0.5).abs() < 0.01, "{spread}");
        let p90 = Ordered::of(&values, &weights, false).percentile(0.9).expect("it is there");
        assert!((p90.value - 1.406_194).abs() < 4.0 * p90.error && p90.error < 0.008, "{p90:?}");
        // ESS/N → (∫w)²/∫w² = [√½·e^(−1/4)]²/[√⅓·e^(−1/3)] = 0.5·0.606531/(0.577350·0.716531) = 0.733087.
        assert!((effective(&weights) / 1e5 - 0.733_087).abs() < 0.005, "{}", effective(&weights));
    }

    #[test]
    fn errors_are_those_that_replications_have() {
        // 400 runs of 2,000 futures: the spread of what they find has a relative error of 1/√800 = 3.5 %; four of them, and 2 % for the finite
        // difference at a percentile.
        let (runs, each) = (400, 2_000);
        let mut found: [Vec<Measured>; 2] = [Vec::new(), Vec::new()];
        for run in 0..runs {
            let values: Vec<f64> = (0..each).map(|i| normal("replications", run * each + i)).collect();
            let weights = from_logs(&values.iter().map(|x| -0.5 * square(1.0 - x)).collect::<Vec<_>>());
            found[0].push(mean(&values, &weights));
            found[1].push(Ordered::of(&values, &weights, false).percentile(0.9).expect("it is there"));
        }
        for all in found {
            let n = all.len() as f64;
            let middle = all.iter().map(|own| own.value).sum::<f64>() / n;
            let spread = (all.iter().map(|own| square(own.value - middle)).sum::<f64>() / (n - 1.0)).sqrt();
            let told = (all.iter().map(|own| square(own.error)).sum::<f64>() / n).sqrt();
            assert!((told / spread - 1.0).abs() < 0.16, "told {told}, found {spread}");
        }
    }
}
