//! How far each case counts: less where it became known for going badly, and less altogether where the class is believed in part.

use engine::uncertainty::elementary::{exp, ln};

/// How far the cases of a class are believed.
///
/// Programmes that went badly are known better than others. Were the chance to be known proportional to `g^(−γ)`, where `g` says how well a
/// case went, weights `g^γ` would undo it; they are scaled so that they sum to Kish's effective number of cases, `(Σw)²/Σw²`.
/// Every likelihood is then raised to the power `power` (the power prior of Ibrahim and Chen 2000).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Belief {
    /// γ: 0 where fame is no matter.
    pub fame: f64,
    /// The power: 1 where the class is believed wholly, 0 where it says nothing.
    pub power: f64,
}

impl Belief {
    /// Every case counts once.
    pub const WHOLE: Self = Self { fame: 0.0, power: 1.0 };

    /// The weights of cases by how well they went, each above 0.
    pub(super) fn weights(self, went: &[f64]) -> Vec<f64> {
        let raw: Vec<f64> = went.iter().map(|own| exp(self.fame * ln(*own))).collect();
        let (sum, squares) = raw.iter().fold((0.0, 0.0), |(sum, squares), own| (sum + own, squares + own * own));
        raw.iter().map(|own| self.power * own * sum / squares).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_sum_to_the_effective_number_of_cases_times_the_power() {
        assert_eq!(Belief::WHOLE.weights(&[0.1, 0.5, 2.0]), [1.0; 3]);
        // γ = 1: sum 1.6, squares 0.01 + 0.25 + 1 = 1.26; weights 0.1, 0.5, 1 times 1.6/1.26 = 1.269841. They sum to 2.031746.
        let found = Belief { fame: 1.0, power: 0.5 }.weights(&[0.1, 0.5, 1.0]);
        for (found, hand) in found.iter().zip([0.063_492, 0.317_460, 0.634_921]) {
            assert!((found - hand).abs() < 1e-6, "{found} {hand}");
        }
        assert!((found.iter().sum::<f64>() - 0.5 * 2.031_746).abs() < 1e-6);
    }
}
