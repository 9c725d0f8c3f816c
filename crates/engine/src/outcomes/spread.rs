//! The distribution of one column as counted: chances, percentiles, moments, of all trials or of one group.

use super::accumulator::{Accumulator, SCALE, Sums, floating, floating_beyond};
use super::layout::{Layout, TAIL};
use super::threshold::Threshold;
use super::{Catalogue, Missing};
use crate::uncertainty::elementary::square;

/// A stretch of values with a number of trials spread evenly over it; a point where both ends are one value.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Piece {
    from: f64,
    to: f64,
    trials: f64,
}

impl Piece {
    fn density(&self) -> f64 {
        self.trials / (self.to - self.from)
    }
}

/// Trials that are few among a thousand and more.
pub const FEW: u64 = 10;

/// What was counted at one amount.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Exact {
    threshold: Threshold,
    below: f64,
    equal: f64,
}

/// The distribution of one column over some trials.
#[derive(Debug, Clone, PartialEq)]
pub struct Spread {
    pieces: Vec<Piece>,
    exact: Vec<Exact>,
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
    /// Part of the sum of squares about the mean that the farthest trial alone makes up.
    pub farthest_part: f64,
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
        let (mut sums, mut trials) = (Sums::default(), 0_u64);
        for group in groups {
            trials += group.trials;
            sums.add(&group.sums[index]);
            let own = &group.counters[layout.first..layout.first + layout.counters()];
            counts.iter_mut().zip(own).for_each(|(sum, count)| *sum += u64::from(*count));
        }
        let missing: u64 = counts[layout.missing()].iter().sum();
        let valid = (trials - missing) as f64;
        let squares = floating(sums.second, SCALE * SCALE);
        let sum = if squares.is_finite() { floating } else { floating_beyond }(sums.first, SCALE);
        let offset = sum / valid;
        let about_mean = (squares - valid * offset * offset).max(0.0);
        let variance = match squares {
            infinite if infinite.is_infinite() => f64::INFINITY,
            _ if valid > 1.0 => about_mean / (valid - 1.0),
            _ => 0.0,
        };
        let farthest = f64::from_bits(sums.farthest);
        let never = catalogue.columns()[column].missing == Missing::Never;
        let exact = exact(layout, &counts);
        let pieces = pieces(layout, &counts, farthest * layout.width(), &exact);
        let mean = layout.centre() + offset * layout.width();
        Some(Self {
            exact,
            pieces,
            trials: trials as f64,
            missing: missing as f64,
            never,
            mean,
            sd: variance.sqrt() * layout.width(),
            farthest_part: farthest_part(farthest, offset, about_mean),
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
        let (piece, part) = self.place(p)?;
        Some(piece.from + (piece.to - piece.from) * part)
    }

    /// Standard error of a percentile `value` at `p` by ranks alone, free of any assumption on the distribution (Conover 1999, section 3.2):
    /// half the 95 % interval between two ranks as the 1.96 standard errors that it is, or its longer side where there is a step. Where
    /// both are the same value, those of an interval that is wrong once in 2,000 times; 0 only where these are the same too, and
    /// infinite where one of the 95 % never comes, or lies beyond the outermost trial: with fewer than 35 trials that is so for P10 and P90.
    #[must_use]
    pub fn rank_error(&self, p: f64, value: f64) -> f64 {
        let ends = self.pieces.first().zip(self.pieces.last());
        let alike = (!self.never || self.missing <= 0.0) && ends.is_some_and(|(first, last)| first.from >= last.to);
        rank_error(p, self.base(), value, alike, |p| self.quantile(p))
    }

    /// Part of the sum of squares about the mean that the farthest [`FEW`] trials make up, at least.
    #[must_use]
    pub fn few_part(&self) -> f64 {
        few_part(&self.pieces, self.mean, self.sd * self.sd * (self.valid() - 1.0))
    }

    /// Half the distance between the values a trial before and a trial after the rank `p`.
    #[must_use]
    pub fn gap(&self, p: f64) -> f64 {
        let step = 1.0 / self.base();
        let at = |p: f64| self.quantile(p.clamp(0.5 * step, 1.0 - 0.5 * step));
        at(p + step).zip(at(p - step)).map_or(0.0, |(above, below)| (above - below) / 2.0)
    }

    /// By how much a percentile at `p` may be off because values are taken as even within a bin, as a standard deviation: nothing where
    /// they are counted exactly, little where the bins beside it hold as many, a good quarter of the bin where they tell nothing.
    #[must_use]
    pub fn blur(&self, p: f64) -> f64 {
        let Some((piece, part)) = self.place(p) else { return 0.0 };
        (piece.to - piece.from) * self.unevenness(piece, part)
    }

    /// The same of the number of trials below `x`.
    #[must_use]
    pub fn blur_below(&self, x: f64) -> f64 {
        let at = self.pieces.partition_point(|piece| piece.to <= x);
        let Some(piece) = self.pieces.get(at).filter(|piece| piece.from < x) else { return 0.0 };
        piece.trials * self.unevenness(piece, (x - piece.from) / (piece.to - piece.from))
    }

    /// The stretch in which a rank lies, and which part of its trials lies before it.
    fn place(&self, p: f64) -> Option<(&Piece, f64)> {
        let rank = p * self.base();
        let mut passed = 0.0;
        for piece in &self.pieces {
            if passed + piece.trials >= rank {
                return Some((piece, ((rank - passed) / piece.trials).clamp(0.0, 1.0)));
            }
            passed += piece.trials;
        }
        // A rank a rounding error beyond the last trial is the last trial.
        let last = self.pieces.last()?;
        (self.base() - passed < 0.5 && passed > 0.0).then_some((last, 1.0))
    }

    /// How far the values of a stretch may lie from even ones after a part of it, in its own length, as a standard deviation. At its ends all
    /// is known. Within, a stretch whose neighbours hold as many for their length is even but for a slope; what it holds more or less than
    /// they lies no one knows where.
    fn unevenness(&self, piece: &Piece, part: f64) -> f64 {
        if piece.from >= piece.to {
            return 0.0;
        }
        let at = self.pieces.partition_point(|other| other.to <= piece.from && other.from < piece.from);
        let touching = |other: &&Piece, end: f64, own: f64| {
            other.from < other.to && (end - own).abs() <= 1e-6 * (piece.to - piece.from)
        };
        let before = self.pieces[..at].iter().rev().take(2).find(|other| touching(other, other.to, piece.from));
        let after = self.pieces[at..].iter().skip(1).take(2).find(|other| touching(other, other.from, piece.to));
        let own = piece.density();
        let (before, after) = (before.map_or(0.0, Piece::density), after.map_or(0.0, Piece::density));
        let stray = |expected: f64| (own - expected).abs() / own.max(expected);
        let unknown = [before, after, (before + after) / 2.0].into_iter().map(stray).fold(f64::INFINITY, f64::min);
        // What is unknown may lie anywhere: evenly, a standard deviation of √(1/12). A slope moves the middle by its sixteenth.
        let slope = ((after - before) / own).abs().min(1.0) / 16.0;
        (unknown * (1.0_f64 / 12.0).sqrt() + slope) * 2.0 * (part * (1.0 - part)).max(0.0).sqrt()
    }

    /// Trials whose value is below `x`, or, where `inclusive`, at most `x`. At an amount that is counted, equal is what counts as equal there.
    #[must_use]
    pub fn count_below(&self, x: f64, inclusive: bool) -> f64 {
        if let Some(known) = self.exact.iter().find(|known| known.threshold.is(x)) {
            return known.below + if inclusive { known.equal } else { 0.0 };
        }
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

    /// Whether the trials below an amount were counted one by one.
    #[must_use]
    pub fn is_exact(&self, x: f64) -> bool {
        self.exact.iter().any(|known| known.threshold.is(x))
    }

    /// Smallest and largest value counted, to the width of a bin.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        Some((self.pieces.first()?.from, self.pieces.last()?.to))
    }
}

/// What was counted at every amount asked about.
fn exact(layout: &Layout, counts: &[u64]) -> Vec<Exact> {
    let at = |k: usize| counts[layout.threshold(k)] as f64;
    let of = |(k, threshold): (usize, &Threshold)| Exact {
        threshold: *threshold,
        below: at(k),
        equal: counts[layout.threshold(k) + 1] as f64,
    };
    layout.thresholds.iter().enumerate().map(of).collect()
}

/// Part of a sum of squares about the mean that the farthest value makes up: it lies `farthest` from the centre of the bins on one side or
/// the other, the mean `offset` from it; on the side where it would make up less.
fn farthest_part(farthest: f64, offset: f64, about_mean: f64) -> f64 {
    let deviation = (farthest - offset.abs()).max(0.0);
    let part = deviation * deviation / about_mean;
    if part.is_nan() { 0.0 } else { part.min(1.0) }
}

/// Standard error by ranks of the percentile `value` at `p` of `base` trials, `alike` where all have one value; `at` gives the value at a
/// rank, none where it never comes there ([`Spread::rank_error`]).
#[must_use]
pub fn rank_error(p: f64, base: f64, value: f64, alike: bool, at: impl Fn(f64) -> Option<f64>) -> f64 {
    let step = (p * (1.0 - p) / base).sqrt();
    if 1.96 * step > p.min(1.0 - p) && !alike {
        return f64::INFINITY;
    }
    let at = |p: f64| at(p.clamp(0.5 / base, 1.0 - 0.5 / base)).unwrap_or(f64::INFINITY);
    // Ranks a hair farther apart than what they are divided by, so that a step just reached lies within.
    let [near, far] = [(1.965, 1.955), (3.5, 3.5)].map(|(ranks, errors)| {
        let (above, below) = (at(p + ranks * step) - value, value - at(p - ranks * step));
        let (longer, shorter) = (above.max(below), above.min(below));
        let smooth = longer < 2.0 * shorter;
        (if smooth { (longer + shorter) / 2.0 } else { longer }) / errors
    });
    if near > 0.0 { near } else { far }
}

/// Part of a sum of squares about the mean that the farthest few trials make up: what is left of it when all others lie as far from it as
/// their stretches allow.
fn few_part(pieces: &[Piece], mean: f64, about_mean: f64) -> f64 {
    let far = |piece: &Piece| (mean - piece.from).max(piece.to - mean);
    let (mut rest, mut left, mut others) = (pieces, FEW as f64, 0.0);
    while let ([first, ..], [.., last]) = (rest, rest)
        && left > 0.0
    {
        let lowest = far(first) > far(last);
        let farthest = if lowest { first } else { last };
        others += square(far(farthest)) * (farthest.trials - left).max(0.0);
        left -= farthest.trials;
        rest = if lowest { &rest[1..] } else { &rest[..rest.len() - 1] };
    }
    others += rest.iter().map(|piece| square(far(piece)) * piece.trials).sum::<f64>();
    let part = 1.0 - others / about_mean;
    if part.is_nan() { 0.0 } else { part.max(0.0) }
}

/// The counted stretches in rising order, none beyond the value `farthest` from the centre, atoms and exact counts set between.
fn pieces(layout: &Layout, counts: &[u64], farthest: f64, exact: &[Exact]) -> Vec<Piece> {
    // An atom or an amount may split the stretch that it falls into.
    let filled = counts.iter().filter(|count| **count > 0).count();
    let mut pieces = Vec::with_capacity(filled + 2 * (layout.atoms.len() + exact.len()));
    let (least, most) = (layout.centre() - farthest, layout.centre() + farthest);
    let mut push = |counter: usize, (from, to): (f64, f64)| {
        let point = if layout.whole { Some((from + to) / 2.0) } else { None };
        // Rounding may leave the farthest a hair outside.
        let within = |x: f64| x.clamp(least.min(to), most.max(from));
        let (from, to) = point.map_or((within(from), within(to)), |x| (x, x));
        pieces.push(Piece { from, to, trials: counts[counter] as f64 });
    };
    let counters = layout.bins + 2 * TAIL;
    let (holds, bounds) = (|counter: usize| counts[counter] > 0, |counter: usize| layout.bounds(counter));
    match &layout.refinement {
        Some(refinement) => refinement.each(counters, &holds, bounds, &mut push),
        None => (0..counters).filter(|counter| holds(*counter)).for_each(|counter| push(counter, bounds(counter))),
    }
    if !layout.whole
        && layout.atoms.iter().all(|atom| [least, most].iter().all(|end| (atom - end).abs() > HAIR * layout.width()))
    {
        set_farthest(&mut pieces, (least, most));
    }
    for (i, atom) in layout.atoms.iter().enumerate() {
        set_atom(&mut pieces, *atom, counts[layout.atom(i)].iter().sum());
    }
    exact.iter().for_each(|known| cut(&mut pieces, known));
    pieces
}

/// A part of a bin that rounding may take.
const HAIR: f64 = 1e-6;

/// Puts the farthest trial of all, whose distance is known, at the end where it lies; nowhere where either end may be it.
fn set_farthest(pieces: &mut Vec<Piece>, (least, most): (f64, f64)) {
    let (Some(first), Some(last)) = (pieces.first().copied(), pieces.last().copied()) else { return };
    let (end, at, outermost) = match (first.from <= least, last.to >= most) {
        (true, false) => (least, 0, first),
        (false, true) => (most, pieces.len() - 1, last),
        _ => return,
    };
    let point = Piece { from: end, to: end, trials: 1.0 };
    let others = Piece { trials: outermost.trials - 1.0, ..outermost };
    let parts = if at == 0 { [point, others] } else { [others, point] };
    pieces.splice(at..=at, parts.into_iter().filter(|part| part.trials > 0.0));
}

/// Stretches that may hold values equal to an amount: two bins where it lies at an edge, and an atom.
const MOST_AROUND: usize = 3;

/// Puts the exact counts at an amount in the place of what the stretches around it say.
fn cut(pieces: &mut Vec<Piece>, known: &Exact) {
    let Exact { threshold, below, equal } = *known;
    let (low, high) = threshold.ends();
    let first = pieces.partition_point(|piece| piece.to < low);
    let last = pieces.partition_point(|piece| piece.from <= high);
    let before: f64 = pieces[..first].iter().map(|piece| piece.trials).sum();
    // Where everything around it is as good as equal to it, the stretches tell more.
    if first >= last || last - first > MOST_AROUND {
        return;
    }
    let all: f64 = pieces[first..last].iter().map(|piece| piece.trials).sum();
    let (from, to) = (pieces[first].from.min(threshold.amount), pieces[last - 1].to.max(threshold.amount));
    let lower = (below - before).clamp(0.0, all);
    let equal = equal.min(all - lower);
    let parts = [
        Piece { from, to: threshold.amount, trials: lower },
        Piece { from: threshold.amount, to: threshold.amount, trials: equal },
        Piece { from: threshold.amount, to, trials: all - lower - equal },
    ];
    pieces.splice(first..last, parts.into_iter().filter(|part| part.trials > 0.0));
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
