//! Three percentiles: the three-term metalog (Keelin 2016); with bounds the log- or logit-metalog.

use super::curve::{Curve, Rules};

/// `M(y) = a₁ + a₂·L + a₃·(y − ½)·L`, `L = ln(y/(1−y))`, through the 10th, 50th and 90th percentile of the transformed values.
pub struct Quantiles {
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    pub min: Option<f64>,
    pub max: Option<f64>,
}

/// Largest value of `(y − ½) + y(1−y)·L`, at `(2y − 1)·L = 2`: the curve rises everywhere if `|a₃|` times this is below `a₂`.
const STEEPEST: f64 = 0.599_838_7;

impl Quantiles {
    /// From the value to the unbounded scale on which the metalog lies.
    fn transform(&self, x: f64) -> f64 {
        match (self.min, self.max) {
            (None, None) => x,
            (Some(min), None) => libm::log(x - min),
            (None, Some(max)) => -libm::log(max - x),
            (Some(min), Some(max)) => libm::log((x - min) / (max - x)),
        }
    }

    /// Back to the value.
    fn restore(&self, m: f64) -> f64 {
        match (self.min, self.max) {
            (None, None) => m,
            (Some(min), None) => min + libm::exp(m),
            (None, Some(max)) => max - libm::exp(-m),
            (Some(min), Some(max)) if m < 0.0 => min + (max - min) / (1.0 + libm::exp(-m)),
            (Some(min), Some(max)) => max - (max - min) / (1.0 + libm::exp(m)),
        }
    }

    /// `a₁, a₂, a₃` (Keelin 2016, equation 22, for α = 0.1).
    fn coefficients(&self) -> [f64; 3] {
        let [low, middle, high] = [self.p10, self.p50, self.p90].map(|x| self.transform(x));
        let ln9 = libm::log(9.0);
        let spread = high - low;
        [middle, spread / (2.0 * ln9), (high + low - 2.0 * middle) / (0.8 * ln9)]
    }

    /// The least and the greatest median through which a smooth curve goes, a sixth of the way in from either end on the transformed
    /// scale (the limit is `0.5 − 0.2/STEEPEST` = 0.1666), rounded inwards to few digits so that what is typed is accepted.
    fn medians(&self) -> [f64; 2] {
        let (low, high) = (self.transform(self.p10), self.transform(self.p90));
        let [from, to] = [1.0 / 6.0, 5.0 / 6.0].map(|r| self.restore(low + r * (high - low)));
        // Four digits of what lies between the two.
        let digits = (3.0 - libm::floor(libm::log10(to - from))).clamp(0.0, 300.0) as usize;
        let step = libm::pow(10.0, -(digits as f64));
        let typed = |value: f64| format!("{value:.digits$}").parse::<f64>().unwrap_or(value);
        let (nearest_from, nearest_to) = (typed(from), typed(to));
        let slack = 1e-9 * (to - from);
        [
            if nearest_from < from - slack { typed(nearest_from + step) } else { nearest_from },
            if nearest_to > to + slack { typed(nearest_to - step) } else { nearest_to },
        ]
    }

    /// The percentiles must lie strictly within the bounds.
    fn check_bounds(&self, rules: &mut Rules) -> bool {
        let before = rules.0.len();
        if let Some(min) = self.min
            && min >= self.p10
        {
            rules.fail("min", format!("min {min} is not below p10 {}", self.p10), "give a min below p10");
        }
        if let Some(max) = self.max
            && max <= self.p90
        {
            rules.fail("max", format!("max {max} is not above p90 {}", self.p90), "give a max above p90");
        }
        rules.0.len() == before
    }
}

impl Curve for Quantiles {
    fn check(&self, rules: &mut Rules) {
        let before = rules.0.len();
        rules.ascending(&[("p10", self.p10), ("p50", self.p50), ("p90", self.p90)]);
        let bounds: Vec<_> =
            [("min", self.min), ("max", self.max)].iter().filter_map(|(n, b)| b.map(|b| (*n, b))).collect();
        rules.finite(&bounds);
        if rules.0.len() > before || !self.check_bounds(rules) || self.p90 <= self.p10 {
            return;
        }
        let [_, a2, a3] = self.coefficients();
        if a3.abs() * STEEPEST >= a2 {
            let [from, to] = self.medians();
            rules.fail(
                "p50",
                format!("no smooth curve goes through p10 {}, p50 {} and p90 {}", self.p10, self.p50, self.p90),
                format!("give a p50 between {from} and {to}, or bounds (min, max), or another family"),
            );
        }
    }

    fn quantile(&self, p: f64, q: f64) -> f64 {
        let [a1, a2, a3] = self.coefficients();
        let odds = libm::log(p) - libm::log(q);
        let odds = if p < 0.1 {
            libm::log(p) - libm::log1p(-p)
        } else if q < 0.1 {
            libm::log1p(-q) - libm::log(q)
        } else {
            odds
        };
        self.restore(a1 + a2 * odds + a3 * (0.5 * (p - q)) * odds)
    }

    /// By bisection on the log-odds: the metalog has no closed distribution function.
    fn cdf(&self, x: f64) -> (f64, f64) {
        let (mut low, mut high) = (-700.0, 700.0);
        let tails = |odds: f64| (1.0 / (1.0 + libm::exp(-odds)), 1.0 / (1.0 + libm::exp(odds)));
        for _ in 0..80 {
            let middle = 0.5 * (low + high);
            let (p, q) = tails(middle);
            if self.quantile(p, q) <= x { low = middle } else { high = middle }
        }
        tails(low)
    }

    fn support(&self) -> (f64, f64) {
        if self.p90 > self.p10 {
            (self.min.unwrap_or(f64::NEG_INFINITY), self.max.unwrap_or(f64::INFINITY))
        } else {
            (self.p50, self.p50)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Curve, Quantiles, Rules, STEEPEST};

    fn curves() -> [Quantiles; 4] {
        let plain = |min, max| Quantiles { p10: 2.0, p50: 3.0, p90: 5.0, min, max };
        [plain(None, None), plain(Some(0.5), None), plain(None, Some(9.0)), plain(Some(0.5), Some(9.0))]
    }

    #[test]
    fn the_three_percentiles_are_those_given_with_and_without_bounds() {
        for c in curves() {
            assert!((c.quantile(0.1, 0.9) - 2.0).abs() < 1e-12);
            assert!((c.quantile(0.5, 0.5) - 3.0).abs() < 1e-12);
            assert!((c.quantile(0.9, 0.1) - 5.0).abs() < 1e-12);
            assert!((c.cdf(5.0).1 - 0.1).abs() < 1e-12);
        }
    }

    #[test]
    fn feasible_curves_rise_everywhere_and_stay_within_their_bounds() {
        for c in curves() {
            let (low, high) = c.support();
            let mut last = f64::NEG_INFINITY;
            for i in 1..10_000 {
                let p = f64::from(i) / 10_000.0;
                let x = c.quantile(p, 1.0 - p);
                assert!(x > last && x > low && x < high, "{p}: {x}");
                last = x;
            }
        }
    }

    #[test]
    fn the_medians_that_are_suggested_are_accepted_and_told_in_few_digits() {
        let bounds = [(None, None), (Some(0.0), None), (None, Some(3.0)), (Some(0.0), Some(3.0))];
        let scales = [1.0, 1e-3, 1e-9, 1e6];
        for ((min, max), scale) in bounds.into_iter().flat_map(|bounds| scales.map(|scale| (bounds, scale))) {
            for (p10, p90) in [(0.1, 0.13), (0.5, 2.0), (1.0, 1.0001), (0.001, 2.9)] {
                let (min, max) = (min.map(|min: f64| min * scale), max.map(|max: f64| max * scale));
                let at = |p50| Quantiles { p10: p10 * scale, p50, p90: p90 * scale, min, max };
                for p50 in at(p10 * scale).medians() {
                    let mut rules = Rules::default();
                    at(p50).check(&mut rules);
                    assert!(rules.0.is_empty(), "{p10} {p90} {scale} {min:?} {max:?}: {p50}: {:?}", rules.0);
                    assert!(p50.to_string().trim_start_matches(['0', '.']).len() <= 12, "{p50}");
                }
            }
        }
        // A sixth of the way in: 0.001 + 0.0003/6 and 0.0013 − 0.0003/6.
        let small = Quantiles { p10: 0.001, p50: 0.001, p90: 0.0013, min: None, max: None };
        assert_eq!(small.medians().map(|median| median.to_string()), ["0.00105", "0.00125"]);
    }

    #[test]
    fn the_limit_of_feasibility_is_the_steepest_point_of_the_third_term() {
        let g = |y: f64| (y - 0.5) + y * (1.0 - y) * (y / (1.0 - y)).ln();
        let top = (1..100_000).map(|i| g(f64::from(i) / 100_000.0)).fold(0.0, f64::max);
        assert!((top - STEEPEST).abs() < 1e-6, "{top}");
    }
}
