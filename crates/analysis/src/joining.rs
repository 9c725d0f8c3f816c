//! Shapley values by drawn orders of joining, where there are too many coalitions to go through all (Castro, Gómez and Tejada 2009),
//! each order with its reverse so that much of the chance of the draw cancels (antithetic pairs: Mitchell, Cooper, Frank and Holmes 2022).
//!
//! The trials are dealt out to the pairs: each pair sees futures of its own, both of its orders the same ones. That is as exact as
//! running every pair on all of them, at a fraction of the work, and the spread from pair to pair holds both sources of error: which
//! orders were drawn, and which futures.

use std::ops::Range;

use super::jackknife::Measured;
use engine::run::Settings;
use engine::uncertainty::elementary::square;
use engine::uncertainty::key::{hash, mix};
use engine::uncertainty::lanes::{blocks_of, trials_before};

/// Drawn orders of joining, dealt out to the blocks of a run.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Joining {
    players: usize,
    trials: u64,
    groups: Vec<Group>,
}

/// Orders that see the same futures.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// The blocks of these futures.
    pub blocks: Range<u64>,
    /// The first order of each pair.
    orders: Vec<Vec<usize>>,
}

impl Joining {
    /// Draws as many pairs of orders as `runs` coalitions allow: an order has one for every size but none, one and all. Where there
    /// are fewer blocks than pairs, several pairs share a block and are one of the groups that errors are told over.
    pub fn draw(players: usize, runs: u64, settings: &Settings) -> Self {
        let blocks = blocks_of(settings.trials);
        let pairs = (runs / (2 * players.saturating_sub(2).max(1) as u64)).max(2);
        let groups = pairs.min(blocks).max(1);
        let each = pairs / groups;
        let start = |group: u64| blocks * group / groups;
        let order = |pair: u64| drawn(players, settings.seed, pair);
        let group =
            |g: u64| Group { blocks: start(g)..start(g + 1), orders: (g * each..(g + 1) * each).map(order).collect() };
        Self { players, trials: settings.trials, groups: (0..groups).map(group).collect() }
    }

    /// The groups.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Orders of joining, each with its reverse.
    pub fn orders(&self) -> u64 {
        2 * self.groups.iter().map(|group| group.orders.len() as u64).sum::<u64>()
    }

    /// Trials in the blocks of a group.
    pub fn trials(&self, group: usize) -> u64 {
        self.span(group).len() as u64
    }

    /// The trials of a group, by number.
    pub fn span(&self, group: usize) -> Range<usize> {
        let before = |block: u64| trials_before(block, self.trials) as usize;
        let blocks = &self.groups[group].blocks;
        before(blocks.start)..before(blocks.end)
    }

    /// A figure of which each group has its own mean: the mean over all trials, and the standard error of such a mean from group to
    /// group, each as heavy as it has trials.
    pub fn measured(&self, each: impl Fn(usize) -> f64) -> Measured {
        let all = self.trials as f64;
        let own: Vec<(f64, f64)> =
            (0..self.groups.len()).map(|group| (self.trials(group) as f64 / all, each(group))).collect();
        let value: f64 = own.iter().map(|(weight, mean)| weight * mean).sum();
        let squares: f64 = own.iter().map(|(weight, mean)| square(weight * (mean - value))).sum();
        let n = own.len() as f64;
        Measured { value, error: (squares * n / (n - 1.0)).sqrt() }
    }
}

impl Group {
    /// The coalitions that its orders pass through: all sizes but none, one and all, of every order and of its reverse.
    pub fn coalitions(&self) -> impl Iterator<Item = Vec<usize>> {
        let both = self.orders.iter().flat_map(|order| [order.clone(), order.iter().rev().copied().collect()]);
        both.flat_map(|order: Vec<usize>| (2..order.len()).map(move |size| order[..size].to_vec()))
    }

    /// What each player adds to those before it, the mean over the orders and their reverses. `worth` is that of a coalition of at
    /// least one and of fewer than all, asked for in the order of [`Group::coalitions`] and before them of one; `all` that of all.
    pub fn adds(&self, all: f64, mut worth: impl FnMut(&[usize]) -> f64) -> Vec<f64> {
        let players = self.orders.first().map_or(0, Vec::len);
        let mut sums = vec![0.0; players];
        for order in &self.orders {
            for joining in [order.clone(), order.iter().rev().copied().collect()] {
                let mut before = 0.0;
                for size in 1..=players {
                    let now = if size == players { all } else { worth(&joining[..size]) };
                    sums[joining[size - 1]] += now - before;
                    before = now;
                }
            }
        }
        let orders = 2.0 * self.orders.len() as f64;
        sums.into_iter().map(|sum| sum / orders).collect()
    }
}

/// An order of so many players: shuffled by Fisher's and Yates's rule with words that follow from seed and pair alone.
fn drawn(players: usize, seed: u64, pair: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..players).collect();
    let mut word = mix(mix(seed ^ hash("orders of joining")) ^ pair);
    for last in (1..players).rev() {
        word = mix(word);
        // The high half of a product: each place as likely as the next to within 2⁻⁵⁸.
        let place = (u128::from(word) * (last as u128 + 1)) >> 64;
        order.swap(last, place as usize);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::uncertainty::Sampler;
    use engine::uncertainty::lanes::Isa;

    fn settings(trials: u64, seed: u64) -> Settings {
        Settings { trials, seed, sampler: Sampler::Plain, threads: 1, isa: Isa::Baseline, until: None }
    }

    /// What each player adds in a game whose coalitions are worth the same in every future.
    fn solved(players: usize, seed: u64, worth: impl Fn(&[usize]) -> f64) -> Vec<Measured> {
        let joining = Joining::draw(players, 2_000, &settings(20_000, seed));
        let all: Vec<usize> = (0..players).collect();
        let own = |group: &Group| group.adds(worth(&all), &worth);
        let adds: Vec<Vec<f64>> = joining.groups().iter().map(own).collect();
        (0..players).map(|i| joining.measured(|g| adds[g][i])).collect()
    }

    #[test]
    fn where_only_pairs_of_players_matter_an_order_and_its_reverse_are_exact() {
        // A coalition is worth the sum over its pairs of w(i, j) = i + j, and over its members of i. In one order player i adds its
        // own part and its pairs with those before it, in the reverse those with the others: the mean is exactly
        // i + ½·Σ_{j≠i} (i + j) = i + ½·(8·i + 36 − i) for nine players 0 to 8.
        let worth = |s: &[usize]| {
            let own: usize = s.iter().sum();
            let pairs: usize = s.iter().flat_map(|i| s.iter().filter(move |j| *j < i).map(move |j| i + j)).sum();
            (own + pairs) as f64
        };
        for (i, found) in solved(9, 1, worth).into_iter().enumerate() {
            let wanted = i as f64 + 0.5 * (7 * i + 36) as f64;
            assert!((found.value - wanted).abs() < 1e-9 && found.error < 1e-9, "{i}: {found:?}, not {wanted}");
        }
    }

    /// The largest of a coalition's members counts, player i being worth i + 1 (Littlechild and Owen 1973, for costs): everybody who
    /// is at least k shares the step from k − 1 to k with all such, of whom there are n − k + 1.
    fn largest(n: usize) -> impl Iterator<Item = f64> {
        (1..=n).map(move |i| (1..=i).map(|k| 1.0 / (n - k + 1) as f64).sum())
    }

    #[test]
    fn a_game_of_nine_with_a_closed_form_is_met_within_its_stated_errors() {
        let worth = |s: &[usize]| s.iter().max().map_or(0.0, |i| (i + 1) as f64);
        let (mut within, mut all, mut furthest) = (0, 0, 0.0_f64);
        for seed in 0..200 {
            let found = solved(9, seed, worth);
            let sum: f64 = found.iter().map(|own| own.value).sum();
            assert!((sum - 9.0).abs() < 1e-9, "what all add is what they are worth together: {sum}");
            for (own, wanted) in found.iter().zip(largest(9)) {
                assert!(own.error > 0.0);
                let z = (own.value - wanted).abs() / own.error;
                furthest = furthest.max(z);
                within += usize::from(z <= 1.96);
                all += 1;
            }
        }
        // Players of one draw hang together: 200 draws of 95 % have a standard error of 1.5 points at the worst.
        let share = within as f64 / f64::from(all);
        assert!((0.91..=0.985).contains(&share), "{share}");
        assert!(furthest < 5.0, "{furthest}");
    }

    #[test]
    fn chance_of_the_futures_is_part_of_the_error() {
        // Two players whose only coalition is worth 1 in even blocks and 3 in odd ones: each adds half of the mean, and orders do not
        // matter, so that all of the error comes from the futures. 16 blocks are 16 groups of mean ½ or 3/2, deviation
        // √(16/15)/2, standard error √(16/15)/8.
        let joining = Joining::draw(2, 2_000, &settings(2_048, 3));
        let each = |group: &Group| group.adds(1.0 + 2.0 * (group.blocks.start % 2) as f64, |_| 0.0);
        let adds: Vec<Vec<f64>> = joining.groups().iter().map(each).collect();
        let found = joining.measured(|g| adds[g][0]);
        assert!((found.value - 1.0).abs() < 1e-12, "{found:?}");
        assert!((found.error - (16.0_f64 / 15.0).sqrt() / 8.0).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn pairs_share_out_all_trials_and_stay_within_the_runs_allowed() {
        for (players, trials) in [(9, 1_000), (9, 20_001), (12, 100_000), (40, 5_000), (200, 1_000)] {
            let joining = Joining::draw(players, 2_000, &settings(trials, 7));
            let dealt: u64 = (0..joining.groups().len()).map(|group| joining.trials(group)).sum();
            assert_eq!(dealt, trials);
            let follow = joining.groups().windows(2).all(|two| two[0].blocks.end == two[1].blocks.start);
            assert!(follow && (0..joining.groups().len()).all(|group| joining.trials(group) > 0), "{players}");
            let runs: usize = joining.groups().iter().map(|group| group.coalitions().count()).sum();
            assert!(runs <= 2_000 && runs > 1_400, "{players}: {runs}");
        }
    }

    #[test]
    fn every_place_of_an_order_is_as_likely_for_every_player() {
        // 20,000 orders of four: each player stands in each place 5,000 times, deviation √(20,000·3/16) = 61.
        let mut stands = [[0_i32; 4]; 4];
        for pair in 0..20_000 {
            for (place, player) in drawn(4, 11, pair).into_iter().enumerate() {
                stands[player][place] += 1;
            }
        }
        assert!(stands.iter().flatten().all(|count| (count - 5_000).abs() < 5 * 61), "{stands:?}");
    }
}
