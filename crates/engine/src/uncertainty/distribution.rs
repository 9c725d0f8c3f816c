//! Distributions: their parameters, their checks and their quantile functions.

mod beta;
mod curve;
mod discrete;
mod incomplete_beta;
mod lognormal;
mod mixture;
mod normal;
mod pareto;
mod pert;
mod quantiles;
mod standard;
mod triangular;
mod uniform;

pub(super) use curve::Cut;
use curve::{Curve, Rules};
pub(super) use discrete::Steps;
pub(super) use normal::{standard_cdf, standard_quantile};
pub(super) use triangular::Triangular;

/// A family of distributions with its parameters (MODEL section 1.1).
#[derive(Debug, Clone, PartialEq)]
pub enum Family {
    /// Every value between `low` and `high` alike.
    Uniform {
        /// Smallest value.
        low: f64,
        /// Largest value.
        high: f64,
    },
    /// Triangle over `low`, `mode`, `high`.
    Triangular {
        /// Smallest value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        high: f64,
    },
    /// PERT: a beta over `low`, `mode`, `high`.
    Pert {
        /// Smallest value.
        low: f64,
        /// Most likely value.
        mode: f64,
        /// Largest value.
        high: f64,
        /// Weight of the mode, 4 unless given.
        shape: f64,
    },
    /// Normal.
    Normal {
        /// Mean.
        mean: f64,
        /// Standard deviation.
        sd: f64,
    },
    /// Lognormal by its median and 90th percentile.
    LogNormal {
        /// Median, above 0.
        median: f64,
        /// 90th percentile, at least the median.
        p90: f64,
    },
    /// Beta on [0, 1].
    Beta {
        /// First shape, above 0.
        a: f64,
        /// Second shape, above 0.
        b: f64,
    },
    /// Pareto.
    Pareto {
        /// Smallest value, above 0.
        low: f64,
        /// Exponent, above 0.
        alpha: f64,
    },
    /// Three-term metalog through three percentiles (Keelin 2016); bounds make it a log- or logit-metalog.
    Quantiles {
        /// 10th percentile.
        p10: f64,
        /// Median.
        p50: f64,
        /// 90th percentile.
        p90: f64,
    },
    /// One of a list of values.
    Discrete {
        /// The values.
        values: Vec<f64>,
        /// Their weights.
        weights: Vec<f64>,
    },
    /// Observed values, each alike.
    Empirical {
        /// The observations.
        values: Vec<f64>,
    },
    /// One of several distributions.
    Mixture {
        /// Weights of the parts.
        weights: Vec<f64>,
        /// The parts; none a mixture itself.
        parts: Vec<Distribution>,
    },
}

/// A family, cut to bounds where they are given.
#[derive(Debug, Clone, PartialEq)]
pub struct Distribution {
    family: Family,
    min: Option<f64>,
    max: Option<f64>,
}

/// Why parameters are not a distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct DistributionError {
    /// Which parameter, as it is written in a scenario (`mode`, `weights`).
    pub parameter: &'static str,
    /// What is wrong.
    pub problem: String,
    /// What would be right.
    pub remedy: String,
}

impl std::fmt::Display for DistributionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}; {}", self.parameter, self.problem, self.remedy)
    }
}

impl std::error::Error for DistributionError {}

impl Family {
    /// The continuous families as curves; what is a list of values or of parts is none.
    fn curve(&self, min: Option<f64>, max: Option<f64>) -> Option<Box<dyn Curve>> {
        Some(match *self {
            Self::Uniform { low, high } => Box::new(uniform::Uniform { low, high }),
            Self::Triangular { low, mode, high } => Box::new(Triangular { low, mode, high }),
            Self::Pert { low, mode, high, shape } => Box::new(pert::Pert::new(low, mode, high, shape)),
            Self::Normal { mean, sd } => Box::new(normal::Normal { mean, sd }),
            Self::LogNormal { median, p90 } => Box::new(lognormal::LogNormal::new(median, p90)),
            Self::Beta { a, b } => Box::new(beta::Beta::new(a, b)),
            Self::Pareto { low, alpha } => Box::new(pareto::Pareto { low, alpha }),
            Self::Quantiles { p10, p50, p90 } => Box::new(quantiles::Quantiles { p10, p50, p90, min, max }),
            Self::Discrete { .. } | Self::Empirical { .. } | Self::Mixture { .. } => return None,
        })
    }
}

impl Distribution {
    /// Checks the parameters; every broken rule is reported.
    ///
    /// # Errors
    /// One error a broken rule.
    pub fn new(family: Family, min: Option<f64>, max: Option<f64>) -> Result<Self, Vec<DistributionError>> {
        let mut rules = Rules::default();
        check_bounds(min, max, &mut rules);
        match &family {
            Family::Discrete { values, .. } | Family::Empirical { values } => {
                discrete::check_values(values, &mut rules);
            }
            Family::Mixture { weights, parts } => mixture::check(weights, parts, min, max, &mut rules),
            _ => {}
        }
        if let Family::Discrete { values, weights } = &family {
            rules.weights(weights, values.len(), "values");
        }
        if let Some(curve) = family.curve(min, max) {
            curve.check(&mut rules);
        }
        let new = Self { family, min, max };
        if rules.0.is_empty() {
            new.check_what_is_left(&mut rules);
        }
        if rules.0.is_empty() { Ok(new) } else { Err(rules.0) }
    }

    /// Whether anything lies within the bounds.
    fn check_what_is_left(&self, rules: &mut Rules) {
        match &self.family {
            Family::Discrete { values, weights } => {
                discrete::check_bounds(values, Some(weights), self.min, self.max, rules);
            }
            Family::Empirical { values } => discrete::check_bounds(values, None, self.min, self.max, rules),
            _ => {
                let Some(cut) = self.cut() else { return };
                if cut.within() < LEAST_WITHIN {
                    let parameter = if self.min.is_some() { "min" } else { "max" };
                    rules.fail(
                        parameter,
                        "next to nothing lies within the bounds",
                        "widen min and max, or leave them out",
                    );
                }
            }
        }
    }

    /// A continuous family, cut to its bounds.
    pub(super) fn cut(&self) -> Option<Cut> {
        let curve = self.family.curve(self.min, self.max)?;
        // The bounds of a metalog are parameters: it lies within them by itself.
        let bounds = if matches!(self.family, Family::Quantiles { .. }) { (None, None) } else { (self.min, self.max) };
        Some(Cut::new(curve, bounds.0, bounds.1))
    }

    /// The values within the bounds and their probabilities, of a discrete or empirical distribution.
    pub(super) fn steps(&self) -> Option<Steps> {
        match &self.family {
            Family::Discrete { values, weights } => Some(Steps::new(values, Some(weights), self.min, self.max)),
            Family::Empirical { values } => Some(Steps::new(values, None, self.min, self.max)),
            _ => None,
        }
    }

    /// The family.
    #[must_use]
    pub fn family(&self) -> &Family {
        &self.family
    }
    /// Lower bound, where cut.
    #[must_use]
    pub fn min(&self) -> Option<f64> {
        self.min
    }
    /// Upper bound, where cut.
    #[must_use]
    pub fn max(&self) -> Option<f64> {
        self.max
    }
    /// The value that a business case would have assumed (MODEL section 1.1).
    #[must_use]
    pub fn plan_value(&self) -> f64 {
        match &self.family {
            Family::Discrete { values, weights } => discrete::heaviest(values, weights, self.min, self.max),
            Family::Mixture { weights, parts } => mixture::plan(weights, parts),
            _ => self.cut().map_or_else(|| self.quantile(0.5), |cut| cut.plan()),
        }
    }
    /// Smallest and largest possible values (infinite where unbounded), for range checks.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        if let Family::Mixture { weights, parts } = &self.family {
            return mixture::support(weights, parts);
        }
        if let Some(steps) = self.steps() {
            return steps.support();
        }
        self.cut().map_or((f64::NAN, f64::NAN), |cut| cut.support())
    }
    /// The one value of a distribution without spread.
    #[must_use]
    pub fn constant(&self) -> Option<f64> {
        let (low, high) = self.support();
        low.total_cmp(&high).is_eq().then_some(low)
    }
    /// Quantile at lower-tail probability `p`, in (0, 1).
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.quantile_of(p, 1.0 - p)
    }
    /// Quantile at upper-tail probability `q`, in (0, 1): exact for `q` too small to be told from 0 by `1 − q`.
    #[must_use]
    pub fn upper_quantile(&self, q: f64) -> f64 {
        self.quantile_of(1.0 - q, q)
    }
    /// Quantile at lower-tail probability `p` and upper-tail probability `q = 1 − p`.
    pub(super) fn quantile_of(&self, p: f64, q: f64) -> f64 {
        if let Family::Mixture { weights, parts } = &self.family {
            return mixture::quantile(weights, parts, p, q);
        }
        if let Some(steps) = self.steps() {
            return steps.quantile(p);
        }
        self.cut().map_or(f64::NAN, |cut| cut.quantile(p, q))
    }
    /// Probability at or below `x`, and above it; each exact where it is small.
    #[must_use]
    pub fn cdf(&self, x: f64) -> (f64, f64) {
        if let Family::Mixture { weights, parts } = &self.family {
            return mixture::cdf(weights, parts, x);
        }
        if let Some(steps) = self.steps() {
            return steps.cdf(x);
        }
        self.cut().map_or((f64::NAN, f64::NAN), |cut| cut.cdf(x))
    }
}

/// Least probability that bounds must leave.
const LEAST_WITHIN: f64 = 1e-9;

/// Bounds must be finite and in order.
fn check_bounds(min: Option<f64>, max: Option<f64>, rules: &mut Rules) {
    let bounds: Vec<_> = [("min", min), ("max", max)].iter().filter_map(|(n, b)| b.map(|b| (*n, b))).collect();
    rules.ascending(&bounds);
}
