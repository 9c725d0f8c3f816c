//! Mixtures: one of several distributions, by weight.

use super::curve::Rules;
use super::{Distribution, Family};

/// The rules of a mixture: weights that fit, parts that are no mixtures, bounds only in the parts.
pub fn check(weights: &[f64], parts: &[Distribution], min: Option<f64>, max: Option<f64>, rules: &mut Rules) {
    if parts.is_empty() {
        rules.fail("parts", "there are no parts", "give at least one part");
    }
    rules.weights(weights, parts.len(), "parts");
    for (i, part) in parts.iter().enumerate() {
        if matches!(part.family(), Family::Mixture { .. }) {
            rules.fail(
                "parts",
                format!("part {} is itself a mixture", i + 1),
                "list its parts here, with their weights",
            );
        }
    }
    for (name, bound) in [("min", min), ("max", max)] {
        if bound.is_some() {
            rules.fail(name, "a mixture has no bounds of its own", format!("give {name} in its parts"));
        }
    }
}

/// Probability at or below `x`, and above it.
pub fn cdf(weights: &[f64], parts: &[Distribution], x: f64) -> (f64, f64) {
    let total: f64 = weights.iter().sum();
    weights.iter().zip(parts).fold((0.0, 0.0), |(p, q), (w, part)| {
        let (below, above) = part.cdf(x);
        (p + w / total * below, q + w / total * above)
    })
}

/// Quantile by bisection between the least and the greatest quantile of the parts.
pub fn quantile(weights: &[f64], parts: &[Distribution], p: f64, q: f64) -> f64 {
    let possible = || weights.iter().zip(parts).filter(|(w, _)| **w > 0.0).map(|(_, part)| part.quantile_of(p, q));
    let mut low = possible().fold(f64::INFINITY, f64::min);
    let mut high = possible().fold(f64::NEG_INFINITY, f64::max);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        let (below, above) = cdf(weights, parts, middle);
        let reached = if p <= q { below >= p } else { above <= q };
        if reached { high = middle } else { low = middle }
    }
    high
}

/// The plan value of the weightiest part, the first of equals.
pub fn plan(weights: &[f64], parts: &[Distribution]) -> f64 {
    let mut best: Option<(&Distribution, f64)> = None;
    for (part, w) in parts.iter().zip(weights) {
        if best.is_none_or(|(_, weight)| *w > weight) {
            best = Some((part, *w));
        }
    }
    best.map_or(f64::NAN, |(part, _)| part.plan_value())
}

/// From the smallest to the largest value of the parts that can come up.
pub fn support(weights: &[f64], parts: &[Distribution]) -> (f64, f64) {
    weights.iter().zip(parts).filter(|(w, _)| **w > 0.0).fold(
        (f64::INFINITY, f64::NEG_INFINITY),
        |(low, high), (_, part)| {
            let (a, b) = part.support();
            (low.min(a), high.max(b))
        },
    )
}
