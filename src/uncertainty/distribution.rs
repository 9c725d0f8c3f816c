//! Distributions: their parameters, their checks and their quantile functions.

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

impl Distribution {
    /// Checks the parameters; every broken rule is reported.
    ///
    /// # Errors
    /// One error a broken rule.
    pub fn new(_family: Family, _min: Option<f64>, _max: Option<f64>) -> Result<Self, Vec<DistributionError>> {
        unimplemented!()
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
        unimplemented!()
    }
    /// Smallest and largest possible values (infinite where unbounded), for range checks.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        unimplemented!()
    }
    /// Quantile at lower-tail probability `p`, in (0, 1).
    #[must_use]
    pub fn quantile(&self, _p: f64) -> f64 {
        unimplemented!()
    }
}
