//! The normal–normal model of factors on their logarithms: how programmes of a class differ, summed over a grid.

use engine::uncertainty::elementary::{exp, ln, square};

use super::mixture::NormalMixture;

/// Cells of the grid over τ.
const CELLS: usize = 400;

/// What is believed beforehand of τ, the standard deviation between cases of a class: half of a normal distribution of this scale.
const SCALE: f64 = 0.5;

/// That distribution is looked at up to so many times its scale: beyond lies less than 10⁻¹¹.
const FARTHEST: f64 = 7.0;

/// What was seen of one case.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Observed {
    /// The logarithm of its factor.
    pub y: f64,
    /// The standard error of that, above 0.
    pub r: f64,
    /// The power of its likelihood: 1 counts it once.
    pub weight: f64,
}

/// What is believed at one value of τ.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    weight: f64,
    tau: f64,
    /// Mean and variance of μ, given τ.
    mean: f64,
    variance: f64,
}

/// `y_i ~ N(θ_i, r_i²)`, `θ_i ~ N(μ, τ²)`, μ flat: what is believed after the cases were seen.
///
/// Given τ, μ is normal with precision `1/V = Σ w_i/(r_i² + τ²)` and mean `V·Σ w_i·y_i/(r_i² + τ²)`, and
/// `p(τ | y) ∝ p(τ)·V^½·Π (r_i² + τ²)^(−w_i/2)·exp(−w_i·(y_i − μ̂)²/(2·(r_i² + τ²)))` (Gelman and others 2013, equations 5.20 and 5.21,
/// here with a weight as the power of a likelihood).
#[derive(Debug, Clone, PartialEq)]
pub struct Fitted {
    nodes: Vec<Node>,
}

impl Fitted {
    /// What is believed after some cases; none where there is none that counts.
    #[must_use]
    pub fn of(observed: &[Observed]) -> Option<Self> {
        Self::under(observed, FARTHEST * SCALE, |tau| -0.5 * square(tau / SCALE))
    }

    /// The same with τ up to the farthest that is looked at, and the logarithm of what is believed of it beforehand.
    fn under(observed: &[Observed], farthest: f64, ln_prior: impl Fn(f64) -> f64) -> Option<Self> {
        if !observed.iter().any(|own| own.weight > 0.0) {
            return None;
        }
        // Cells grow with τ, so that a class without spread is seen as finely as one with.
        let node = |k: usize| {
            let place = (k as f64 + 0.5) / CELLS as f64;
            let tau = farthest * square(place);
            let (mean, variance, ln_likelihood) = given(observed, tau);
            Node { weight: ln_likelihood + ln_prior(tau) + ln(place), tau, mean, variance }
        };
        let mut nodes: Vec<Node> = (0..CELLS).map(node).collect();
        let most = nodes.iter().map(|node| node.weight).fold(f64::NEG_INFINITY, f64::max);
        nodes.iter_mut().for_each(|node| node.weight = exp(node.weight - most));
        let sum: f64 = nodes.iter().map(|node| node.weight).sum();
        nodes.iter_mut().for_each(|node| node.weight /= sum);
        nodes.retain(|node| node.weight > 0.0);
        Some(Self { nodes })
    }

    fn mixed(&self, of: impl Fn(&Node) -> (f64, f64)) -> NormalMixture {
        let part = |node: &Node| {
            let (mean, variance) = of(node);
            [node.weight, mean, variance]
        };
        NormalMixture::new(self.nodes.iter().map(part).collect())
    }

    /// The true value of another case of the class.
    #[must_use]
    pub fn predictive(&self) -> NormalMixture {
        self.reported(0.0)
    }

    /// What would be reported of another case, with a standard error of its own.
    #[must_use]
    pub fn reported(&self, r: f64) -> NormalMixture {
        self.mixed(|node| (node.mean, node.variance + square(node.tau) + square(r)))
    }

    /// The true value of a case that was among those seen, with weight 1.
    #[must_use]
    pub fn shrunk(&self, own: Observed) -> NormalMixture {
        self.mixed(|node| {
            let shrink = shrinkage(own, node.tau);
            let variance = (1.0 - shrink) * square(own.r) + square(shrink) * node.variance;
            ((1.0 - shrink) * own.y + shrink * node.mean, variance)
        })
    }

    /// How far a case is drawn towards the class: 0 not at all, 1 wholly; the mean over τ.
    #[must_use]
    pub fn shrinkage(&self, own: Observed) -> f64 {
        self.nodes.iter().map(|node| node.weight * shrinkage(own, node.tau)).sum()
    }

    /// The mean of τ.
    #[must_use]
    pub fn between(&self) -> f64 {
        self.nodes.iter().map(|node| node.weight * node.tau).sum()
    }
}

fn shrinkage(own: Observed, tau: f64) -> f64 {
    square(own.r) / (square(own.r) + square(tau))
}

/// Mean and variance of μ given τ, and the logarithm of the likelihood of τ but for what does not depend on it.
fn given(observed: &[Observed], tau: f64) -> (f64, f64, f64) {
    let total = |own: &Observed| square(own.r) + square(tau);
    let precision: f64 = observed.iter().map(|own| own.weight / total(own)).sum();
    let mean = observed.iter().map(|own| own.weight * own.y / total(own)).sum::<f64>() / precision;
    let each = |own: &Observed| own.weight * (ln(total(own)) + square(own.y - mean) / total(own));
    (mean, 1.0 / precision, -0.5 * (ln(precision) + observed.iter().map(each).sum::<f64>()))
}

#[cfg(test)]
mod tests;
