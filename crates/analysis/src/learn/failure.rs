//! The beta–binomial model of programmes that fail: each class has a chance of its own, and all classes share what is believed of it.

use engine::uncertainty::elementary::{exp, ln};
use engine::uncertainty::{Distribution, Family};

use super::special::{bisected, ln_beta};

/// Cells of the grid over the mean chance of all classes.
const MEANS: usize = 100;
/// Cells of the grid over the concentration, alike on its logarithm.
const CONCENTRATIONS: usize = 40;
/// The concentration lies between 1 and this.
const MOST_CONCENTRATED: f64 = 100.0;
/// Nodes of less weight leave the ends of an interval where they are.
const NEGLIGIBLE: f64 = 1e-9;
/// The smallest shape of a beta distribution that the engine takes; smaller ones are taken as this.
const LEAST_SHAPE: f64 = 0.01;
/// Halvings until an end of an interval is found to six digits.
const HALVINGS: usize = 24;

/// Cases of a class, of which it is known whether they failed; weighted cases count in parts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Tally {
    /// Those that failed.
    pub failed: f64,
    /// All of them.
    pub cases: f64,
}

/// `k_c ~ Binomial(n_c, θ_c)`, `θ_c ~ Beta(m·κ, (1 − m)·κ)`, `m ~ Beta(1, 1)`, `ln κ` uniform from 0 to ln 100: what is believed after the
/// classes were seen, on a grid over m and κ.
#[derive(Debug, Clone, PartialEq)]
pub struct Failing {
    /// Weight and the two shapes of the beta distribution.
    nodes: Vec<[f64; 3]>,
}

impl Failing {
    /// What is believed after some classes.
    #[must_use]
    pub fn of(classes: &[Tally]) -> Self {
        let mut nodes = Vec::with_capacity(MEANS * CONCENTRATIONS);
        for i in 0..MEANS {
            let mean = (i as f64 + 0.5) / MEANS as f64;
            for k in 0..CONCENTRATIONS {
                let place = (k as f64 + 0.5) / CONCENTRATIONS as f64;
                let concentration = exp(place * ln(MOST_CONCENTRATED));
                let (a, b) = (mean * concentration, (1.0 - mean) * concentration);
                let each = |own: &Tally| ln_beta(own.failed + a, own.cases - own.failed + b) - ln_beta(a, b);
                nodes.push([classes.iter().map(each).sum(), a, b]);
            }
        }
        let most = nodes.iter().map(|node| node[0]).fold(f64::NEG_INFINITY, f64::max);
        nodes.iter_mut().for_each(|node| node[0] = exp(node[0] - most));
        let sum: f64 = nodes.iter().map(|node| node[0]).sum();
        nodes.iter_mut().for_each(|node| node[0] /= sum);
        Self { nodes }
    }

    /// The chance that another programme of a class fails; of a class of no cases, what the others leave to be believed.
    #[must_use]
    pub fn chance(&self, class: Tally) -> f64 {
        self.nodes.iter().map(|[weight, a, b]| weight * (class.failed + a) / (class.cases + a + b)).sum()
    }

    /// The 10th and the 90th percentile of what is believed of that chance.
    #[must_use]
    pub fn interval(&self, class: Tally) -> [f64; 2] {
        let beta = |a: f64, b: f64| Distribution::new(Family::Beta { a, b }, None, None).ok();
        let own = |[weight, a, b]: &[f64; 3]| {
            let shapes = [class.failed + a, class.cases - class.failed + b].map(|shape| shape.max(LEAST_SHAPE));
            Some((*weight, beta(shapes[0], shapes[1])?))
        };
        let parts: Vec<(f64, Distribution)> =
            self.nodes.iter().filter(|node| node[0] > NEGLIGIBLE).filter_map(own).collect();
        let cdf = |x: f64| parts.iter().map(|(weight, beta)| weight * beta.cdf(x).0).sum::<f64>();
        [0.1, 0.9].map(|p| bisected(cdf, p, (0.0, 1.0), HALVINGS))
    }
}

#[cfg(test)]
mod tests;
