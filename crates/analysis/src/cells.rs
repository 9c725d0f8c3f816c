//! An input's trials in order, and in cells: equal values are never parted, a value that recurs has a cell of its own, and the cells
//! of all other values shrink from the middle towards either end, where a heavy tail has its weight.

use std::ops::Range;

use super::jackknife::GROUPS;
use engine::uncertainty::elementary::square;

/// Trials of one value from which on that value has a cell of its own.
const RECURS: usize = GROUPS;
/// About as many cells at most lie side by side in the middle.
const MOST: usize = 512;
/// A gap of more than this part of the whole range ends a cell: heaps that lie apart do not share one.
const GAP: f64 = 1.0 / 64.0;
/// Trials below which a cell of mixed signs is not cut any more.
const FEWEST: usize = 8;

/// An input with its order: what is worked out once for all outcomes.
#[derive(Debug)]
pub struct Ranked<'a> {
    /// Its values, by trial.
    pub values: &'a [f64],
    /// Trials by rising value.
    pub order: Vec<usize>,
    /// Ranks from ½ to n − ½ by trial; equal values share the mean of theirs.
    pub ranks: Vec<f64>,
    /// Consecutive stretches of the order.
    pub cells: Vec<Range<usize>>,
}

impl<'a> Ranked<'a> {
    /// An input of finite values.
    #[must_use]
    pub fn new(values: &'a [f64]) -> Self {
        let order = order(values);
        let ranks = ranks(values, &order);
        let cells = cells(values, &order);
        Self { values, order, ranks, cells }
    }

    /// Whether it differs from trial to trial.
    #[must_use]
    pub fn varies(&self) -> bool {
        match (self.order.first(), self.order.last()) {
            (Some(first), Some(last)) => self.values[*first] < self.values[*last],
            _ => false,
        }
    }

    /// The cell of each trial, by trial.
    #[must_use]
    pub fn cell_of(&self, cells: &[Range<usize>]) -> Vec<u32> {
        let mut found = vec![0; self.order.len()];
        for (cell, range) in cells.iter().enumerate() {
            self.order[range.clone()].iter().for_each(|i| found[*i] = cell as u32);
        }
        found
    }

    /// The trials that stand for the input being low, and those that stand for it being high. Of two values they are these. Of few
    /// values they are those with the value at the 10th percentile and with that at the 90th, or, where these are one value, with the
    /// lowest and with the highest. Else they are those from the 5th to the 15th percentile and from the 85th to the 95th.
    #[must_use]
    pub fn low_and_high(&self) -> [&[usize]; 2] {
        let n = self.order.len();
        let at = |part: f64| ((n as f64 * part) as usize).min(n.saturating_sub(1));
        let few = self.order.chunk_by(|a, b| self.values[*a] >= self.values[*b]).take(n / RECURS + 1).count();
        let recurring = few <= n / RECURS;
        if !recurring {
            return [self.between(at(0.05), at(0.15)), self.between(at(0.85), at(0.95))];
        }
        let (low, high) = (self.equal_to(at(0.1)), self.equal_to(at(0.9)));
        if low == high { [self.equal_to(0), self.equal_to(n - 1)] } else { [low, high] }
    }

    /// The trials from one rank to another, and those with the same values as at these ranks.
    fn between(&self, from: usize, to: usize) -> &[usize] {
        let value = |rank: usize| self.values[self.order[rank]];
        let from = self.order.partition_point(|i| self.values[*i] < value(from));
        let to = self.order.partition_point(|i| self.values[*i] <= value(to));
        &self.order[from..to]
    }

    /// The trials with the value at a rank.
    fn equal_to(&self, rank: usize) -> &[usize] {
        self.between(rank, rank)
    }

    /// The cells, those in which `values` lie on both sides of 0 cut where `values` jump or bend clearly: where a decision turns on the
    /// input, the place at which it turns matters.
    #[must_use]
    pub fn refined(&self, values: &[f64]) -> Vec<Range<usize>> {
        let mut found = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            self.cut(cell.clone(), values, &mut found);
        }
        found
    }

    fn cut(&self, cell: Range<usize>, values: &[f64], found: &mut Vec<Range<usize>>) {
        let y = |rank: usize| values[self.order[rank]];
        let x = |rank: usize| self.values[self.order[rank]];
        let n = cell.len();
        let mixed = cell.clone().any(|rank| y(rank) > 0.0) && cell.clone().any(|rank| y(rank) < 0.0);
        if n < FEWEST || !mixed || x(cell.start) >= x(cell.end - 1) {
            return found.push(cell);
        }
        let mean = cell.clone().map(y).sum::<f64>() / n as f64;
        let all: f64 = cell.clone().map(|rank| square(y(rank) - mean)).sum();
        let (mut sum, mut best) = (0.0, (0.0, cell.start));
        for rank in cell.start..cell.end - 1 {
            sum += y(rank) - mean;
            let (left, right) = ((rank + 1 - cell.start) as f64, (cell.end - rank - 1) as f64);
            let gain = sum * sum * (1.0 / left + 1.0 / right);
            if x(rank) < x(rank + 1) && gain > best.0 {
                best = (gain, rank + 1);
            }
        }
        // A jump of more than six standard errors of what is left within: no chance of so many cuts gives that.
        let left = (all - best.0).max(0.0);
        if best.0 > 36.0 * left / (n as f64 - 2.0).max(1.0) && best.0 > 0.0 {
            self.cut(cell.start..best.1, values, found);
            self.cut(best.1..cell.end, values, found);
        } else {
            found.push(cell);
        }
    }
}

/// Positions by rising value.
pub(super) fn order(values: &[f64]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
    order
}

/// Ranks from ½ to n − ½; equal values share the mean of theirs.
pub(super) fn ranks(values: &[f64], order: &[usize]) -> Vec<f64> {
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    for run in order.chunk_by(|a, b| values[*a] >= values[*b]) {
        let middle = from as f64 + run.len() as f64 / 2.0;
        run.iter().for_each(|i| ranks[*i] = middle);
        from += run.len();
    }
    ranks
}

/// Cells of about `√n` trials in the middle and of a quarter of the trials beyond them towards either end; none across a wide gap.
fn cells(values: &[f64], order: &[usize]) -> Vec<Range<usize>> {
    let n = order.len();
    let widest = ((n as f64).sqrt().ceil() as usize).max(n / MOST).max(1);
    let at_rank = |rank: usize| order.get(rank).map_or(f64::INFINITY, |i| values[*i]);
    let gap = GAP * (at_rank(n.saturating_sub(1)) - at_rank(0));
    let (mut cells, mut open, mut at) = (Vec::new(), 0, 0);
    for run in order.chunk_by(|a, b| values[*a] >= values[*b]) {
        let end = at + run.len();
        if run.len() >= RECURS {
            if open < at {
                cells.push(open..at);
            }
            cells.push(at..end);
            open = end;
        } else if end - open >= (open.min(n - end) / 4).clamp(1, widest) || at_rank(end) - at_rank(end - 1) > gap {
            cells.push(open..end);
            open = end;
        }
        at = end;
    }
    if open < n {
        cells.push(open..n);
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn means(input: &Ranked<'_>) -> [f64; 2] {
        input.low_and_high().map(|trials| trials.iter().map(|i| input.values[*i]).sum::<f64>() / trials.len() as f64)
    }

    #[test]
    fn cells_part_no_equal_values_and_hold_every_trial_once() {
        // A third at 0, a fifth at 7, the rest spread: 0 and 7 are cells of their own.
        let values: Vec<f64> = (0..3000)
            .map(|i| match i % 15 {
                0..5 => 0.0,
                5..8 => 7.0,
                _ => f64::from(i) / 100.0,
            })
            .collect();
        let input = Ranked::new(&values);
        assert_eq!(input.cells.first().map(|cell| cell.start), Some(0));
        assert_eq!(input.cells.last().map(|cell| cell.end), Some(3000));
        assert!(input.cells.windows(2).all(|pair| {
            let (left, right) = (input.order[pair[0].end - 1], input.order[pair[1].start]);
            pair[0].end == pair[1].start && values[left] < values[right]
        }));
        for atom in [0.0, 7.0] {
            let of = |cell: &&Range<usize>| values[input.order[cell.start]].total_cmp(&atom).is_eq();
            let wanted = values.iter().filter(|x| x.total_cmp(&atom).is_eq()).count();
            assert_eq!(input.cells.iter().find(of).map(Range::len), Some(wanted));
        }
        // The last of all stands alone: of a heavy tail it may be half of the variance.
        assert_eq!(input.cells.last().map(Range::len), Some(1));
    }

    #[test]
    fn low_and_high_are_values_that_there_are() {
        // Two values, 3 % of them 0: without it and with it.
        let two: Vec<f64> = (0..1000).map(|i| f64::from(i % 33 != 0)).collect();
        assert_eq!(means(&Ranked::new(&two)).map(f64::to_bits), [0.0_f64, 1.0].map(f64::to_bits));
        // 1, 2, 3 with 2 in 90 %: the 10th and the 90th percentile are both 2.
        let three: Vec<f64> = (0..1000).map(|i| [1.0, 3.0].get(i % 20).copied().unwrap_or(2.0)).collect();
        assert_eq!(means(&Ranked::new(&three)).map(f64::to_bits), [1.0_f64, 3.0].map(f64::to_bits));
        // 1 to 5 alike: 10th percentile 1, 90th 5.
        let five: Vec<f64> = (0..1000).map(|i| f64::from(i % 5 + 1)).collect();
        assert_eq!(means(&Ranked::new(&five)).map(f64::to_bits), [1.0_f64, 5.0].map(f64::to_bits));
        // Uniform: the mean of its 5th to 15th hundredth.
        let even: Vec<f64> = (0..1000).map(f64::from).collect();
        let [low, high] = means(&Ranked::new(&even));
        assert!((low - 100.0).abs() < 1.0 && (high - 900.0).abs() < 1.0, "{low} {high}");
    }

    #[test]
    fn a_cell_is_cut_where_the_sign_turns() {
        let x: Vec<f64> = (0..2000).map(f64::from).collect();
        let y: Vec<f64> = x.iter().map(|x| if *x < 1003.0 { -1.0 } else { 2.0 }).collect();
        let input = Ranked::new(&x);
        let inside = |cells: &[Range<usize>]| cells.iter().any(|cell| cell.start < 1003 && cell.end > 1003);
        assert!(inside(&input.cells) && !inside(&input.refined(&y)));
        // Where nothing turns but chance, nothing is cut.
        let noise: Vec<f64> = (0..2000).map(|i| f64::from((i * 7919) % 101) - 50.0).collect();
        assert_eq!(input.refined(&noise).len(), input.cells.len());
    }
}
