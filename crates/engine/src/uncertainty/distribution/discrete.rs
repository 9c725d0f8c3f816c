//! Distributions of single values: `discrete` with weights, `empirical` with every observation alike.

use super::curve::Rules;

/// Values in ascending order with the probability of each.
pub struct Steps(pub Vec<(f64, f64)>);

impl Steps {
    /// Keeps the values within the bounds, in ascending order; weights are made to sum to 1.
    pub fn new(values: &[f64], weights: Option<&[f64]>, min: Option<f64>, max: Option<f64>) -> Self {
        let weight = |i: usize| weights.map_or(1.0, |w| w[i]);
        let kept = |x: f64| min.is_none_or(|m| x >= m) && max.is_none_or(|m| x <= m);
        let mut steps: Vec<(f64, f64)> =
            values.iter().enumerate().map(|(i, x)| (*x, weight(i))).filter(|(x, w)| kept(*x) && *w > 0.0).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let total: f64 = steps.iter().map(|(_, w)| w).sum();
        for (_, w) in &mut steps {
            *w /= total;
        }
        Self(steps)
    }

    /// Smallest value at or below which at least `p` lies.
    pub fn quantile(&self, p: f64) -> f64 {
        let mut sum = 0.0;
        for (value, probability) in &self.0 {
            sum += probability;
            if sum >= p * (1.0 - 1e-15) {
                return *value;
            }
        }
        self.support().1
    }

    /// Probability at or below `x`, and above it.
    pub fn cdf(&self, x: f64) -> (f64, f64) {
        let sum = |below: bool| self.0.iter().filter(|(v, _)| (*v <= x) == below).map(|(_, w)| w).sum::<f64>();
        (sum(true), sum(false))
    }

    /// Smallest and largest value.
    pub fn support(&self) -> (f64, f64) {
        let value = |step: Option<&(f64, f64)>| step.map_or(f64::NAN, |s| s.0);
        (value(self.0.first()), value(self.0.last()))
    }
}

/// Values must be finite and at least one.
pub fn check_values(values: &[f64], rules: &mut Rules) {
    if values.is_empty() {
        rules.fail("values", "there are no values", "give at least one value");
    }
    for (i, x) in values.iter().enumerate() {
        if !x.is_finite() {
            rules.fail("values", format!("value {} is {x}", i + 1), "give finite numbers");
        }
    }
}

/// Some value must lie within the bounds (and carry weight).
pub fn check_bounds(values: &[f64], weights: Option<&[f64]>, min: Option<f64>, max: Option<f64>, rules: &mut Rules) {
    if Steps::new(values, weights, min, max).0.is_empty() {
        let parameter = if min.is_some() { "min" } else { "max" };
        rules.fail(parameter, "no value lies within the bounds", "widen min and max, or leave them out");
    }
}

/// The value of greatest weight within the bounds, the first of equals in the order given.
pub fn heaviest(values: &[f64], weights: &[f64], min: Option<f64>, max: Option<f64>) -> f64 {
    let kept = |x: f64| min.is_none_or(|m| x >= m) && max.is_none_or(|m| x <= m);
    let mut best = (f64::NAN, f64::NEG_INFINITY);
    for (x, w) in values.iter().zip(weights) {
        if kept(*x) && *w > best.1 {
            best = (*x, *w);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::{Steps, heaviest};

    #[test]
    fn steps_are_sorted_cut_and_scaled() {
        let s = Steps::new(&[3.0, 1.0, 2.0, 9.0], Some(&[1.0, 2.0, 1.0, 4.0]), None, Some(5.0));
        assert_eq!(s.0, vec![(1.0, 0.5), (2.0, 0.25), (3.0, 0.25)]);
        assert!((s.quantile(0.5) - 1.0).abs() < 1e-15 && (s.quantile(0.51) - 2.0).abs() < 1e-15);
        assert!((s.cdf(2.0).0 - 0.75).abs() < 1e-15 && (s.cdf(1.5).1 - 0.5).abs() < 1e-15);
    }

    #[test]
    fn the_first_of_equal_weights_is_the_plan() {
        assert!((heaviest(&[5.0, 1.0, 7.0], &[0.2, 0.4, 0.4], None, None) - 1.0).abs() < 1e-15);
    }
}
