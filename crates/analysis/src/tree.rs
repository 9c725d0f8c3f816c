//! An outcome expected from one input: conditional means in groups of the input's cells, the groups made by splitting again and again
//! where it explains most (a regression tree: Breiman and others 1984), as many as cross-validation finds to predict best.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::jackknife::GROUPS;
use engine::uncertainty::elementary::square;

/// Most groups that splitting tries; beyond, every cell is a group.
const MOST: usize = 128;

/// Counts and sums of an outcome in consecutive cells, by group of trials.
#[derive(Debug)]
pub(super) struct Sums {
    /// Count and sum of the cells before each, over all trials and then of each group.
    before: Vec<Vec<[f64; 2]>>,
}

/// Which cells belong together: for each cell the number of its leaf, rising.
pub(super) type Leaves = Vec<usize>;

/// Groups of cells, and those that each fold finds without its own trials.
#[derive(Debug)]
pub(super) struct Grouping {
    /// From all trials.
    pub leaves: Leaves,
    /// From the trials of all groups but one.
    pub without: Vec<Leaves>,
}

impl Sums {
    /// The sums of `values`, trial `i` in cell `cell_of[i]` and in group `i mod 20`.
    pub fn new(values: &[f64], cell_of: &[u32], cells: usize) -> Self {
        let mut own = vec![vec![[0.0; 2]; cells + 1]; GROUPS + 1];
        for (i, (y, cell)) in values.iter().zip(cell_of).enumerate() {
            for sums in [0, 1 + i % GROUPS] {
                let [count, sum] = &mut own[sums][*cell as usize + 1];
                *count += 1.0;
                *sum += y;
            }
        }
        for sums in &mut own {
            for cell in 0..cells {
                let [count, sum] = sums[cell];
                sums[cell + 1][0] += count;
                sums[cell + 1][1] += sum;
            }
        }
        Self { before: own }
    }

    /// How many cells there are.
    pub fn cells(&self) -> usize {
        self.before[0].len() - 1
    }

    /// Count and sum of the cells from one to before another, of one group of trials.
    pub fn of_group(&self, from: usize, to: usize, group: usize) -> [f64; 2] {
        let sums = &self.before[group + 1];
        [sums[to][0] - sums[from][0], sums[to][1] - sums[from][1]]
    }

    /// The same of all trials but those of one group, or of all.
    pub fn without(&self, from: usize, to: usize, left_out: Option<usize>) -> [f64; 2] {
        let sums = &self.before[0];
        let [count, sum] = [sums[to][0] - sums[from][0], sums[to][1] - sums[from][1]];
        let [own, own_sum] = left_out.map_or([0.0; 2], |group| self.of_group(from, to, group));
        [count - own, sum - own_sum]
    }

    /// As many groups as predict the trials of each group best from those of the others; `more` times as many where that is wanted.
    pub fn group(&self, more: usize) -> Grouping {
        let folds: Vec<Vec<usize>> = (0..GROUPS).map(|group| self.splits(Some(group))).collect();
        let mut losses = vec![0.0; MOST];
        for (group, splits) in folds.iter().enumerate() {
            self.add_losses(splits, group, &mut losses);
        }
        let (best, least) = losses
            .iter()
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map_or((0, 0.0), |(splits, loss)| (splits, *loss));
        let every = self.cells().saturating_sub(1);
        let single: f64 = (0..GROUPS).map(|group| self.loss(&(0..=every).collect::<Vec<_>>(), group)).sum();
        let splits = if single < least { every } else { ((best + 1) * more - 1).min(every) };
        let taken = |found: &[usize]| match splits {
            all if all == every => (0..=every).collect(),
            some => self.leaves(&found[..some.min(found.len())]),
        };
        Grouping { leaves: taken(&self.splits(None)), without: folds.iter().map(|found| taken(found)).collect() }
    }

    /// The leaves that some splits make.
    fn leaves(&self, splits: &[usize]) -> Leaves {
        let mut edges = splits.to_vec();
        edges.sort_unstable();
        (0..self.cells()).map(|cell| edges.partition_point(|edge| *edge <= cell)).collect()
    }

    /// The places of the best splits, in the order in which they are made, from all trials but those of a group.
    fn splits(&self, left_out: Option<usize>) -> Vec<usize> {
        let mut open = BinaryHeap::from_iter(self.best(0, self.cells(), left_out));
        let mut made = Vec::new();
        while made.len() < 2 * MOST
            && let Some(split) = open.pop()
        {
            made.push(split.at);
            open.extend(self.best(split.from, split.at, left_out));
            open.extend(self.best(split.at, split.to, left_out));
        }
        made
    }

    /// The split of a stretch of cells that explains most.
    fn best(&self, from: usize, to: usize, left_out: Option<usize>) -> Option<Split> {
        let all = self.without(from, to, left_out);
        let candidates = (from + 1..to).filter_map(|at| {
            let left = self.without(from, at, left_out);
            let right = [all[0] - left[0], all[1] - left[1]];
            let gain = square(left[1] / left[0] - right[1] / right[0]) * left[0] * right[0] / all[0];
            (left[0] > 0.0 && right[0] > 0.0 && gain > 0.0).then_some(Split { gain, from, at, to })
        });
        candidates.max_by(|a, b| a.gain.total_cmp(&b.gain).then(b.at.cmp(&a.at)))
    }

    /// Adds, for each number of splits, the squares of what they leave of the group's trials, but for the sum of the squares themselves.
    fn add_losses(&self, splits: &[usize], group: usize, losses: &mut [f64]) {
        let mut edges = vec![0, self.cells()];
        let part = |from: usize, to: usize| {
            let [n, sum] = self.without(from, to, Some(group));
            let [own, own_sum] = self.of_group(from, to, group);
            let mean = if n > 0.0 { sum / n } else { 0.0 };
            own * mean * mean - 2.0 * mean * own_sum
        };
        let mut loss = part(0, self.cells());
        for (k, sum) in losses.iter_mut().enumerate() {
            if let Some(at) = k.checked_sub(1).and_then(|k| splits.get(k)) {
                let place = edges.partition_point(|edge| edge < at);
                let (from, to) = (edges[place - 1], edges[place]);
                edges.insert(place, *at);
                loss += part(from, *at) + part(*at, to) - part(from, to);
            }
            *sum += loss;
        }
    }

    /// The same for given leaves; a leaf that only the group's own trials have is expected to be as the one before.
    fn loss(&self, leaves: &[usize], group: usize) -> f64 {
        let [n, sum] = self.without(0, self.cells(), Some(group));
        let mut mean = sum / n.max(1.0);
        let mut loss = 0.0;
        for (from, to) in stretches(leaves) {
            let [n, sum] = self.without(from, to, Some(group));
            let [own, own_sum] = self.of_group(from, to, group);
            mean = if n > 0.0 { sum / n } else { mean };
            loss += own * mean * mean - 2.0 * mean * own_sum;
        }
        loss
    }
}

/// The stretches of cells that are one leaf each.
pub(super) fn stretches(leaves: &[usize]) -> impl Iterator<Item = (usize, usize)> {
    let mut from = 0;
    leaves.chunk_by(|a, b| a == b).map(move |leaf| {
        let stretch = (from, from + leaf.len());
        from = stretch.1;
        stretch
    })
}

/// A way to split a stretch of cells.
#[derive(Debug, Clone, Copy)]
struct Split {
    gain: f64,
    from: usize,
    at: usize,
    to: usize,
}

impl PartialEq for Split {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Split {}

impl PartialOrd for Split {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Split {
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain.total_cmp(&other.gain).then(other.from.cmp(&self.from))
    }
}
