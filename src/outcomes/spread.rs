//! The distribution of one column as counted: chances, percentiles, moments, of all trials or of one group.

use super::accumulator::{Accumulator, SCALE, floating, floating_beyond};
use super::layout::{Layout, TAIL, octave_start};
use super::{Catalogue, Missing};

/// A stretch of values with a number of trials spread evenly over it; a point where both ends are one value.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    from: f64,
    to: f64,
    trials: f64,
}

/// The distribution of one column over some trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    pieces: Vec<Piece>,
    /// Trials, missing ones included.
    pub trials: f64,
    /// Trials in which the column is missing.
    pub missing: f64,
    /// Whether a missing value counts as later than every other.
    never: bool,
    /// Mean over the trials in which it is not missing.
    pub mean: f64,
    /// Standard deviation over those trials.
    pub sd: f64,
}

impl Spread {
    /// The distribution of a column of the catalogue over all trials, or over those of one group; `None` where it is not counted.
    #[must_use]
    pub fn of(accumulator: &Accumulator, catalogue: &Catalogue, column: usize, group: Option<usize>) -> Option<Self> {
        let counted = catalogue.columns()[column].same_as.unwrap_or(column);
        let index = accumulator.plan.layouts.binary_search_by(|l| l.column.cmp(&counted)).ok()?;
        let layout = &accumulator.plan.layouts[index];
        let groups = match group {
            Some(g) => &accumulator.groups[g..=g],
            None => &accumulator.groups[..],
        };
        let mut counts = vec![0_u64; layout.counters()];
        let (mut first, mut second, mut trials) = (0_i128, 0_i128, 0_u64);
        for group in groups {
            trials += group.trials;
            first += group.sums[index].first;
            second = second.saturating_add(group.sums[index].second);
            let own = &group.counters[layout.first..layout.first + layout.counters()];
            counts.iter_mut().zip(own).for_each(|(sum, count)| *sum += u64::from(*count));
        }
        let missing: u64 = counts[layout.missing()].iter().sum();
        let valid = (trials - missing) as f64;
        let squares = floating(second, SCALE * SCALE);
        let sum = if squares.is_finite() { floating } else { floating_beyond }(first, SCALE);
        let offset = sum / valid;
        let variance = if squares.is_infinite() {
            f64::INFINITY
        } else if valid > 1.0 {
            ((squares - valid * offset * offset) / (valid - 1.0)).max(0.0)
        } else {
            0.0
        };
        let never = catalogue.columns()[column].missing == Missing::Never;
        Some(Self {
            pieces: pieces(layout, &counts),
            trials: trials as f64,
            missing: missing as f64,
            never,
            mean: layout.centre() + offset * layout.width(),
            sd: variance.sqrt() * layout.width(),
        })
    }

    /// Trials in which the column is not missing.
    #[must_use]
    pub fn valid(&self) -> f64 {
        self.trials - self.missing
    }

    /// Trials among which percentiles and chances are taken: all, or, where missing means undefined, those that are not.
    #[must_use]
    pub fn base(&self) -> f64 {
        if self.never { self.trials } else { self.valid() }
    }

    /// Percentile at `p`; `None` where at that rank it never comes, or nothing is counted.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<f64> {
        let rank = p * self.base();
        let mut passed = 0.0;
        for piece in &self.pieces {
            if passed + piece.trials >= rank {
                let part = ((rank - passed) / piece.trials).clamp(0.0, 1.0);
                return Some(piece.from + (piece.to - piece.from) * part);
            }
            passed += piece.trials;
        }
        // A rank a rounding error beyond the last trial is the last trial.
        let last = self.pieces.last()?;
        (self.base() - passed < 0.5 && passed > 0.0).then_some(last.to)
    }

    /// Trials whose value is below `x`, or, where `inclusive`, at most `x`.
    #[must_use]
    pub fn count_below(&self, x: f64, inclusive: bool) -> f64 {
        let mut below = 0.0;
        for piece in &self.pieces {
            if piece.to < x || (inclusive && piece.to <= x) {
                below += piece.trials;
            } else if piece.from < x {
                below += piece.trials * (x - piece.from) / (piece.to - piece.from);
            }
        }
        below
    }

    /// Smallest and largest value counted, to the width of a bin.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.pieces.first()?.from, self.pieces.last()?.to))
    }
}

/// The counted stretches in rising order, atoms set between.
fn pieces(layout: &Layout, counts: &[u64]) -> Vec<Piece> {
    // An atom may split the stretch that it falls into.
    let filled = counts.iter().filter(|count| **count > 0).count();
    let mut pieces = Vec::with_capacity(filled + 2 * layout.atoms.len());
    let mut push = |from: f64, to: f64, count: u64| {
        if count > 0 {
            pieces.push(Piece { from, to, trials: count as f64 });
        }
    };
    let (low, high) = (layout.edge(0), layout.edge(layout.bins));
    for octave in (0..TAIL).rev().filter(|octave| counts[TAIL - 1 - octave] > 0) {
        let (near, far) = (octave_start(octave) * layout.width(), octave_start(octave + 1) * layout.width());
        push(low - far, low - near, counts[TAIL - 1 - octave]);
    }
    for b in 0..layout.bins {
        let (from, to) = (layout.edge(b), layout.edge(b + 1));
        let (from, to) = if layout.whole { (from + 0.5, from + 0.5) } else { (from, to) };
        push(from, to, counts[TAIL + b]);
    }
    for octave in (0..TAIL).filter(|octave| counts[TAIL + layout.bins + octave] > 0) {
        let (near, far) = (octave_start(octave) * layout.width(), octave_start(octave + 1) * layout.width());
        push(high + near, high + far, counts[TAIL + layout.bins + octave]);
    }
    for (i, atom) in layout.atoms.iter().enumerate() {
        set_atom(&mut pieces, *atom, counts[layout.atom(i)].iter().sum());
    }
    pieces
}

/// Puts an exact value among the stretches, splitting the one that it falls into.
fn set_atom(pieces: &mut Vec<Piece>, atom: f64, count: u64) {
    if count == 0 {
        return;
    }
    let point = Piece { from: atom, to: atom, trials: count as f64 };
    let at = pieces.partition_point(|p| p.to <= atom);
    let inside = pieces.get(at).copied().filter(|p| p.from < atom);
    let Some(split) = inside else {
        // An atom at the lower edge of its own bin stands before it.
        pieces.insert(at, point);
        return;
    };
    let part = (atom - split.from) / (split.to - split.from);
    let before = Piece { to: atom, trials: split.trials * part, ..split };
    let after = Piece { from: atom, trials: split.trials * (1.0 - part), ..split };
    pieces.splice(at..=at, [before, point, after]);
}
