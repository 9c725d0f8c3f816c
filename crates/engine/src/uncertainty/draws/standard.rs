//! Standard shapes: the draws behind shocks and events.

use super::super::distribution::standard_quantile;

/// A standard shape drawn under a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// Uniform on (0, 1).
    Uniform,
    /// Standard normal.
    Normal,
    /// Exponential of mean 1, `−ln(1−u)`.
    Exponential,
    /// Logistic, `ln(u/(1−u))`.
    Logistic,
    /// Gumbel, `−ln(−ln u)`.
    Gumbel,
}

impl Standard {
    /// Where its values lie.
    pub(in super::super) const fn support(self) -> (f64, f64) {
        match self {
            Self::Uniform => (0.0, 1.0),
            Self::Exponential => (0.0, f64::INFINITY),
            Self::Normal | Self::Logistic | Self::Gumbel => (f64::NEG_INFINITY, f64::INFINITY),
        }
    }

    /// Quantile at lower-tail probability `p` and upper-tail probability `q = 1 − p`.
    pub(in super::super) fn quantile(self, p: f64, q: f64) -> f64 {
        let ln_p = || if p <= q { libm::log(p) } else { libm::log1p(-q) };
        let ln_q = || if p <= q { libm::log1p(-p) } else { libm::log(q) };
        match self {
            Self::Uniform => p,
            Self::Normal => standard_quantile(p, q),
            Self::Exponential => -ln_q(),
            Self::Logistic => ln_p() - ln_q(),
            Self::Gumbel => -libm::log(-ln_p()),
        }
    }
}
