//! A cooperative game whose coalitions are worth something else in every trial: the Shapley value, and what would do better alone.

use super::jackknife::{Measured, mean};

/// What every coalition is worth in every trial. A coalition is a set of bits: bit `i` for player `i`.
#[derive(Debug, Clone)]
pub struct Game {
    players: usize,
    /// By coalition; empty where it is worth nothing in any trial.
    worth: Vec<Vec<f64>>,
    trials: usize,
}

impl Game {
    /// A game of so many players and trials, in which nobody has gained anything yet.
    #[must_use]
    pub fn new(players: usize, trials: usize) -> Self {
        Self { players, worth: vec![Vec::new(); 1 << players], trials }
    }

    /// Says what a coalition is worth, trial by trial.
    pub fn set(&mut self, coalition: usize, worth: Vec<f64>) {
        self.worth[coalition] = worth;
    }

    /// All players.
    #[must_use]
    pub fn grand(&self) -> usize {
        self.worth.len() - 1
    }

    /// What a coalition is worth in a trial.
    #[must_use]
    pub fn worth(&self, coalition: usize, trial: usize) -> f64 {
        self.worth[coalition].get(trial).copied().unwrap_or(0.0)
    }

    /// The mean of what a coalition is worth.
    #[must_use]
    pub fn mean_worth(&self, coalition: usize) -> Measured {
        mean((0..self.trials).map(|trial| self.worth(coalition, trial)))
    }

    /// What a player adds to those before it, the mean over all orders of joining, in every trial: the Shapley value of the
    /// trial's game (Shapley 1953, equation 13).
    #[must_use]
    pub fn adds(&self, player: usize) -> Vec<f64> {
        let own = 1 << player;
        let weights: Vec<(usize, f64)> = (0..self.worth.len())
            .filter(|coalition| coalition & own == 0)
            .map(|before| (before, order_weight(before.count_ones() as usize, self.players)))
            .collect();
        let adds = |trial: usize| {
            let each = weights.iter().map(|(s, w)| w * (self.worth(s | own, trial) - self.worth(*s, trial)));
            each.sum::<f64>()
        };
        (0..self.trials).map(adds).collect()
    }

    /// The Shapley value of a player: its mean over the trials, with the error of paired differences.
    #[must_use]
    pub fn shapley(&self, player: usize) -> Measured {
        mean(self.adds(player).into_iter())
    }

    /// By how much a coalition would do better alone than with what its members are given, trial by trial: its mean, and how
    /// often it is above 0. In the core no coalition would (Gillies 1959).
    #[must_use]
    pub fn alone(&self, coalition: usize, given: &[Vec<f64>]) -> (Measured, Measured) {
        let members: Vec<&Vec<f64>> =
            (0..self.players).filter(|i| coalition >> i & 1 == 1).map(|i| &given[i]).collect();
        let gain = |t: usize| self.worth(coalition, t) - members.iter().map(|own| own[t]).sum::<f64>();
        // A tenth of a penny is rounding.
        let better = (0..self.trials).map(|t| if gain(t) > 1e-9 { 1.0 } else { 0.0 });
        (mean((0..self.trials).map(gain)), mean(better))
    }
}

/// Share of all orders of joining in which exactly `before` given players of `n` come before a given other one: `s!(n−s−1)!/n!`.
fn order_weight(before: usize, n: usize) -> f64 {
    // 1/(n·C(n−1, s)): no factorial grows large.
    let choices = (0..before).fold(1.0, |product, i| product * (n - 1 - i) as f64 / (i + 1) as f64);
    1.0 / (n as f64 * choices)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A game of one trial.
    fn game(players: usize, worth: impl Fn(usize) -> f64) -> Game {
        let mut game = Game::new(players, 1);
        (0..1 << players).for_each(|coalition| game.set(coalition, vec![worth(coalition)]));
        game
    }

    #[test]
    fn a_game_of_three_solved_by_hand() {
        // One has a left glove, two and three a right one each; a pair is worth 1. In the six orders of joining the left glove adds 1
        // unless it comes first: 4/6. Each right glove adds 1 only where it joins the left one alone: 1/6.
        let gloves = game(3, |s| if s & 1 == 1 && s & 6 != 0 { 1.0 } else { 0.0 });
        let value: Vec<f64> = (0..3).map(|i| gloves.shapley(i).value).collect();
        for (found, wanted) in value.iter().zip([4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((found - wanted).abs() < 1e-15, "{value:?}");
        }
        // The only point of the core gives all to the left glove: under Shapley's it and one right glove have 5/6 and would have 1.
        let given: Vec<Vec<f64>> = value.iter().map(|own| vec![*own]).collect();
        let (gain, better) = gloves.alone(0b011, &given);
        assert!((gain.value - 1.0 / 6.0).abs() < 1e-15 && better.value >= 1.0, "{gain:?}");
        let core = [vec![1.0], vec![0.0], vec![0.0]];
        assert!((1..8).all(|s| gloves.alone(s, &core).0.value <= 0.0));
    }

    #[test]
    fn the_mean_over_all_orders_of_joining_is_the_same() {
        let worth = |s: usize| ((s as f64 * 0.731).sin() * 10.0) * f64::from(s.count_ones());
        let of_four = game(4, worth);
        let mut sums = [0.0; 4];
        let mut orders = 0.0;
        for code in 0..256_usize {
            let order = [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6 & 3];
            if order.iter().fold(0, |seen, i| seen | 1 << i) != 15 {
                continue;
            }
            orders += 1.0;
            let mut joined = 0;
            for i in order {
                sums[i] += worth(joined | 1 << i) - worth(joined);
                joined |= 1 << i;
            }
        }
        for (i, sum) in sums.iter().enumerate() {
            assert!((of_four.shapley(i).value - sum / orders).abs() < 1e-12, "player {i}");
        }
    }

    #[test]
    fn the_error_is_that_of_the_differences_trial_by_trial() {
        // Two players: each has half of what both are worth. Worth 2, 4, 6: mean 4, sd 2; a half: mean 2, error 1/√3.
        let mut both = Game::new(2, 3);
        both.set(3, vec![2.0, 4.0, 6.0]);
        let found = both.shapley(1);
        assert!((found.value - 2.0).abs() < 1e-15 && (found.error - 1.0 / 3.0_f64.sqrt()).abs() < 1e-12, "{found:?}");
    }
}
