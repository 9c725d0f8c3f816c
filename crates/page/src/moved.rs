//! A distribution moved, or made wider or narrower, within its own family.

use engine::uncertainty::elementary::{exp, ln};
use engine::uncertainty::{Distribution, Family};
use language::Range;
use serde::Serialize;

/// What a dial may do to what is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reach {
    /// It is moved, and made wider or narrower.
    Whole,
    /// It is moved: every value is multiplied by the same number.
    Move,
    /// It is fixed at one value, and nothing else.
    Fix,
}

/// On what scale every value is shifted by the same and stretched about the median.
#[derive(Debug, Clone, Copy)]
enum Scale {
    /// That of the values themselves.
    Line,
    /// That of the logarithm of what is above a bound: from 0, all is multiplied by the same.
    Above(f64),
    /// That of the logarithm of what is below a bound.
    Below(f64),
    /// That of the log odds between two bounds.
    Between(f64, f64),
}

impl Scale {
    /// The scale that a family is linear on.
    fn of(own: &Distribution) -> Self {
        match (own.family(), own.min(), own.max()) {
            (Family::Quantiles { .. }, Some(low), Some(high)) => Self::Between(low, high),
            (Family::Quantiles { .. }, Some(low), None) => Self::Above(low),
            (Family::Quantiles { .. }, None, Some(high)) => Self::Below(high),
            (Family::LogNormal { .. } | Family::Pareto { .. }, ..) => Self::Above(0.0),
            (Family::Mixture { .. } | Family::Discrete { .. } | Family::Empirical { .. }, ..) => Self::Above(0.0),
            _ => Self::Line,
        }
    }

    fn on(self, x: f64) -> f64 {
        match self {
            Self::Line => x,
            Self::Above(low) => ln(x - low),
            Self::Below(high) => -ln(high - x),
            Self::Between(low, high) => ln((x - low) / (high - x)),
        }
    }

    fn off(self, y: f64) -> f64 {
        match self {
            Self::Line => y,
            Self::Above(low) => low + exp(y),
            Self::Below(high) => high - exp(-y),
            Self::Between(low, high) => low + (high - low) / (1.0 + exp(-y)),
        }
    }
}

/// How every value follows from what it was.
#[derive(Debug, Clone, Copy)]
struct Map {
    scale: Scale,
    from: f64,
    to: f64,
    width: f64,
}

impl Map {
    fn at(&self, x: f64) -> f64 {
        let [x, from, to] = [x, self.from, self.to].map(|own| self.scale.on(own));
        self.scale.off(to + (x - from) * self.width)
    }

    /// A bound, where there still is one: what is always above 0 is not bounded by less.
    fn bound(&self, bound: Option<f64>) -> Option<f64> {
        bound.map(|own| self.at(own)).filter(|own| own.is_finite())
    }

    fn of(&self, own: &Distribution) -> Option<Distribution> {
        let family = self.family(own.family())?;
        Distribution::new(family, self.bound(own.min()), self.bound(own.max())).ok()
    }

    fn family(&self, own: &Family) -> Option<Family> {
        let at = |x: &f64| self.at(*x);
        let all = |values: &[f64]| values.iter().map(at).collect();
        Some(match own {
            Family::Uniform { low, high } => Family::Uniform { low: at(low), high: at(high) },
            Family::Triangular { low, mode, high } => {
                Family::Triangular { low: at(low), mode: at(mode), high: at(high) }
            }
            Family::Pert { low, mode, high, shape } => {
                Family::Pert { low: at(low), mode: at(mode), high: at(high), shape: *shape }
            }
            Family::Normal { mean, sd } => Family::Normal { mean: at(mean), sd: at(&(mean + sd)) - at(mean) },
            Family::LogNormal { median, p90 } => Family::LogNormal { median: at(median), p90: at(p90) },
            Family::Pareto { low, alpha } => Family::Pareto { low: at(low), alpha: alpha / self.width },
            Family::Quantiles { p10, p50, p90 } => Family::Quantiles { p10: at(p10), p50: at(p50), p90: at(p90) },
            Family::Discrete { values, weights } => Family::Discrete { values: all(values), weights: weights.clone() },
            Family::Empirical { values } => Family::Empirical { values: all(values) },
            Family::Mixture { weights, parts } => Family::Mixture {
                weights: weights.clone(),
                parts: parts.iter().map(|part| self.of(part)).collect::<Option<_>>()?,
            },
            Family::Beta { .. } => return None,
        })
    }
}

/// What a dial may do to a distribution.
#[must_use]
pub fn reach(own: &Distribution) -> Reach {
    let (low, high) = own.support();
    let can_scale = low >= 0.0 && own.quantile(0.5) > 0.0;
    match own.family() {
        _ if low >= high => Reach::Fix,
        Family::LogNormal { .. } | Family::Pareto { .. } => Reach::Whole,
        Family::Mixture { parts, .. } if parts.iter().any(|part| matches!(part.family(), Family::Beta { .. })) => {
            Reach::Fix
        }
        Family::Mixture { .. } | Family::Discrete { .. } | Family::Empirical { .. } if can_scale => Reach::Move,
        Family::Mixture { .. } | Family::Discrete { .. } | Family::Empirical { .. } | Family::Beta { .. } => Reach::Fix,
        _ => Reach::Whole,
    }
}

/// The same with its median at `to`, and `width` times as wide, cut where its number may not be. None where there is no such thing.
#[must_use]
pub fn moved(own: &Distribution, to: f64, width: f64, range: Range) -> Option<Distribution> {
    let (from, scale) = (own.quantile(0.5), Scale::of(own));
    let width = match reach(own) {
        Reach::Fix => return None,
        Reach::Move => 1.0,
        Reach::Whole => width,
    };
    let at = |to: f64| Map { scale, from, to, width }.of(own).and_then(|made| within(made, range));
    let made = at(to)?;
    let middle = |own: &Distribution| own.quantile(0.5);
    let is_cut = (middle(&made) - to).abs() > 1e-9 * to.abs().max(1e-9);
    if !is_cut {
        return Some(made);
    }
    // Where it was cut, what lies before the cut is moved further, until its median is where it is wanted.
    let (first, last) = (own.quantile(0.001), own.quantile(0.999));
    let (mut near, mut far) = (to, to + (to - middle(&made)).signum() * (last - first) * width.max(1.0));
    for _ in 0..60 {
        let half = near.midpoint(far);
        let is_short = at(half).is_some_and(|made| (middle(&made) - to) * (far - near) < 0.0);
        if is_short { near = half } else { far = half }
    }
    let spread = |own: &Distribution| own.quantile(0.9) - own.quantile(0.1);
    // About the same median, what lies against the end of what it may be cannot be wider.
    let is_no_wider =
        |made: &Distribution| width > 1.0 && to.total_cmp(&from).is_eq() && spread(made) < spread(own) * 1.001;
    at(near).filter(|made| (middle(made) - to).abs() <= 1e-3 * (last - first) && !is_no_wider(made))
}

/// How much of a distribution a cut leaves at least: less has its shape no longer.
const LEAST_LEFT: f64 = 0.02;

/// Cut to what its number may be; none where it cannot be cut, or nothing is left.
fn within(own: Distribution, range: Range) -> Option<Distribution> {
    let (low, high) = own.support();
    if range.holds_support((low, high)) {
        return Some(own);
    }
    if matches!(own.family(), Family::Mixture { .. }) {
        return None;
    }
    let below = if low < range.low { own.cdf(range.low).0 } else { 0.0 };
    let above = if high > range.high { own.cdf(range.high).1 } else { 0.0 };
    if 1.0 - below - above < LEAST_LEFT {
        return None;
    }
    let min = if low < range.low { Some(range.low) } else { own.min() };
    let max = if high > range.high { Some(range.high) } else { own.max() };
    Distribution::new(own.family().clone(), min, max).ok()
}

/// A distribution as a scenario states it: `pert = { low = 1, mode = 2, high = 4 }, max = 3`.
#[must_use]
pub fn written(own: &Distribution) -> String {
    let list =
        |values: &[f64]| format!("[{}]", values.iter().map(|x| plainly(*x).to_string()).collect::<Vec<_>>().join(", "));
    let of = |named: &[(&str, f64)]| {
        let each: Vec<String> = named.iter().map(|(name, x)| format!("{name} = {}", plainly(*x))).collect();
        format!("{{ {} }}", each.join(", "))
    };
    let family = match own.family() {
        Family::Uniform { low, high } => format!("uniform = {}", of(&[("low", *low), ("high", *high)])),
        Family::Triangular { low, mode, high } => {
            format!("triangular = {}", of(&[("low", *low), ("mode", *mode), ("high", *high)]))
        }
        Family::Pert { low, mode, high, shape } => {
            format!("pert = {}", of(&[("low", *low), ("mode", *mode), ("high", *high), ("shape", *shape)]))
        }
        Family::Normal { mean, sd } => format!("normal = {}", of(&[("mean", *mean), ("sd", *sd)])),
        Family::LogNormal { median, p90 } => format!("lognormal = {}", of(&[("median", *median), ("p90", *p90)])),
        Family::Beta { a, b } => format!("beta = {}", of(&[("a", *a), ("b", *b)])),
        Family::Pareto { low, alpha } => format!("pareto = {}", of(&[("low", *low), ("alpha", *alpha)])),
        Family::Quantiles { p10, p50, p90 } => {
            format!("quantiles = {}", of(&[("p10", *p10), ("p50", *p50), ("p90", *p90)]))
        }
        Family::Discrete { values, weights } => {
            format!("discrete = {{ values = {}, weights = {} }}", list(values), list(weights))
        }
        Family::Empirical { values } => format!("empirical = {{ values = {} }}", list(values)),
        Family::Mixture { weights, parts } => {
            let parts: Vec<String> = parts.iter().map(|part| format!("{{ {} }}", written(part))).collect();
            format!("mixture = {{ weights = {}, parts = [{}] }}", list(weights), parts.join(", "))
        }
    };
    let bound = |name: &str, at: Option<f64>| at.map_or_else(String::new, |at| format!(", {name} = {}", plainly(at)));
    format!("{family}{}{}", bound("min", own.min()), bound("max", own.max()))
}

/// A number to nine digits: more are noise of the arithmetic.
fn plainly(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    const RANGES: [Range; 3] = [Range::ANY, Range::FROM_0, Range::SHARE];

    fn some() -> Vec<Distribution> {
        let new = |family, min, max| Distribution::new(family, min, max).expect("it is sound");
        let uniform = new(Family::Uniform { low: 0.0, high: 0.2 }, None, None);
        let pert = new(Family::Pert { low: 0.25, mode: 0.65, high: 0.9, shape: 4.0 }, None, None);
        vec![
            new(Family::Triangular { low: 0.1, mode: 0.4, high: 0.5 }, None, None),
            new(Family::Normal { mean: 0.3, sd: 0.1 }, Some(0.0), Some(1.0)),
            new(Family::LogNormal { median: 0.3, p90: 0.5 }, Some(0.1), Some(1.0)),
            new(Family::Pareto { low: 0.1, alpha: 2.0 }, None, Some(1.0)),
            new(Family::Quantiles { p10: 0.2, p50: 0.4, p90: 0.7 }, Some(0.0), Some(1.0)),
            new(Family::Discrete { values: vec![0.1, 0.2, 0.6], weights: vec![1.0, 2.0, 1.0] }, None, None),
            new(Family::Empirical { values: vec![0.1, 0.2, 0.6] }, None, None),
            new(Family::Mixture { weights: vec![0.3, 0.7], parts: vec![uniform.clone(), pert.clone()] }, None, None),
            uniform,
            pert,
        ]
    }

    #[test]
    fn where_nothing_is_moved_nothing_changes() {
        for own in some() {
            let p50 = own.quantile(0.5);
            let made = moved(&own, p50, 1.0, Range::SHARE).expect("it is what it was");
            for p in [0.001, 0.1, 0.3, 0.5, 0.8, 0.99] {
                assert!((made.quantile(p) - own.quantile(p)).abs() < 1e-12, "{own:?} at {p}");
            }
        }
    }

    #[test]
    fn what_is_moved_keeps_its_family_has_its_median_there_and_lies_within_what_it_may_be() {
        for own in some() {
            let (p50, low, high) = (own.quantile(0.5), own.quantile(0.1), own.quantile(0.9));
            for (to, width) in [(p50 * 0.9, 1.0), (p50 * 1.1, 1.0), (low, 1.0), (high, 1.0), (p50, 1.25), (p50, 0.5)] {
                for range in RANGES {
                    let Some(made) = moved(&own, to, width, range) else {
                        let is_against_an_end = width > 1.0 && range != Range::ANY;
                        let is_known = reach(&own) == Reach::Move && range == Range::SHARE || is_against_an_end;
                        assert!(is_known, "{own:?} to {to}, {range}");
                        continue;
                    };
                    assert_eq!(std::mem::discriminant(made.family()), std::mem::discriminant(own.family()));
                    assert!(range.holds_support(made.support()), "{made:?}, {range}");
                    assert!((made.quantile(0.5) - to).abs() < 1e-3, "{made:?}: {} for {to}", made.quantile(0.5));
                    let spread = |of: &Distribution| of.quantile(0.9) - of.quantile(0.1);
                    let wider = spread(&made) / spread(&own);
                    assert!(
                        to.total_cmp(&p50).is_ne() || reach(&own) != Reach::Whole || (wider > 1.0) == (width > 1.0)
                    );
                }
            }
        }
    }

    #[test]
    fn a_distribution_is_written_as_a_scenario_states_it() {
        let of = |family, min, max| written(&Distribution::new(family, min, max).expect("it is sound"));
        assert_eq!(
            of(Family::Pert { low: 1.0, mode: 2.0, high: 4.0, shape: 4.0 }, None, Some(3.0)),
            "pert = { low = 1, mode = 2, high = 4, shape = 4 }, max = 3"
        );
        let parts = vec![
            Distribution::new(Family::Uniform { low: 0.0, high: 0.2 }, None, None).expect("it is sound"),
            Distribution::new(Family::Normal { mean: 0.5, sd: 0.1 }, Some(0.0), None).expect("it is sound"),
        ];
        assert_eq!(
            of(Family::Mixture { weights: vec![1.0, 2.0], parts }, None, None),
            "mixture = { weights = [1, 2], parts = [{ uniform = { low = 0, high = 0.2 } }, { normal = { mean = 0.5, sd = 0.1 }, min = 0 }] }"
        );
    }
}
