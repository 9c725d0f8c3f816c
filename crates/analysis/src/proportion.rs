//! A share of so many trials, with its standard error and an interval that is honest where all or none are counted.

/// Standard errors to the bound of a two-sided interval of 95 %.
const Z: f64 = 1.96;

/// A share of some trials.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Proportion {
    /// The share.
    pub value: f64,
    /// Its standard error; where all or none are counted, that of the next being the exception.
    pub error: f64,
    /// Lower end of its interval of 95 % (Wilson 1927).
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Proportion {
    /// The share that `part` is of `all`; everything is possible where there are none.
    #[must_use]
    pub fn of(part: f64, all: f64) -> Self {
        if all < 1.0 {
            return Self { value: 0.0, error: 0.0, low: 0.0, high: 1.0 };
        }
        let p = part / all;
        let certain = part <= 0.0 || part >= all;
        let (q, n) = if certain { ((part + 2.0) / (all + 4.0), all + 4.0) } else { (p, all) };
        let middle = (part + Z * Z / 2.0) / (all + Z * Z);
        let half = Z / (all + Z * Z) * (part * (all - part) / all + Z * Z / 4.0).sqrt();
        Self {
            value: p,
            error: (q * (1.0 - q) / n).sqrt(),
            low: if part <= 0.0 { 0.0 } else { middle - half },
            high: if part >= all { 1.0 } else { middle + half },
        }
    }

    /// The same with an error and an interval that are wider by a factor.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self {
            error: self.error * factor,
            low: (self.value - (self.value - self.low) * factor).max(0.0),
            high: (self.value + (self.high - self.value) * factor).min(1.0),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_is_wilsons_and_never_leaves_nought_to_one() {
        // 10 of 100: middle (10 + 1.9208)/103.8416 = 0.114798; half 1.96·√(10·90/100 + 0.9604)/103.8416 = 0.059569.
        let some = Proportion::of(10.0, 100.0);
        assert!((some.low - 0.055_228).abs() < 2e-6 && (some.high - 0.174_367).abs() < 2e-6, "{some:?}");
        assert!((some.error - 0.03).abs() < 1e-15);
        // None of 4,096: up to 3.8416/4099.8416 = 0.000937, near the 3/4,096 = 0.000732 of the rule of three, which is one-sided.
        let none = Proportion::of(0.0, 4_096.0);
        assert!(none.low.abs() < 1e-300 && (none.high - 0.000_937).abs() < 1e-6, "{none:?}");
        let all = Proportion::of(4_096.0, 4_096.0);
        assert!((all.low + none.high - 1.0).abs() < 1e-12 && all.high >= 1.0);
        assert!(Proportion::of(0.0, 0.0).high >= 1.0, "of nothing everything is possible");
    }
}
