//! The search for the most telling box: the best interval of every input, one condition after another, several boxes side by side, and
//! the last word with trials that it was not sought on.

use super::{Bound, Held, MOST_CONDITIONS, Trials, telling};
use engine::uncertainty::elementary::square;

/// Boxes that are gone on with, of each number of conditions (a beam; Clark and Niblett 1989).
const BEAM: usize = 6;
/// Boxes of each number of conditions whose limits are moved once more before the beam is chosen.
const MOVED: usize = 2 * BEAM;
/// Boxes of each number of conditions among which other trials choose.
const FINALISTS: usize = 3;
/// Most times that all limits of a box are moved.
const PASSES: usize = 4;
/// Cells into which the trials, and half as many into which those with the event, part an input.
const CELLS: usize = 40;
/// Equal values of this part of the trials are a cell of their own.
const OWN_CELL: f64 = 0.01;
/// By how much more telling a box must be for one condition more.
const WORTH_A_CONDITION: f64 = 0.01;
/// The same in standard errors.
const CLEARLY: f64 = 2.0;
/// Parts of the trials of which each is left out once for a standard error.
const PARTS: usize = 20;
/// What is told more by no more than this is told by rounding.
const ROUNDING: f64 = 1e-12;

/// A search on some trials.
#[derive(Debug)]
struct Search<'a> {
    trials: Trials<'a>,
    of: &'a [usize],
    all: Held,
    least: f64,
    /// By input.
    inputs: Vec<Cells>,
}

/// An input cut into cells that never part equal values.
#[derive(Debug)]
struct Cells {
    /// The cell of each trial, in the order of the search's trials.
    of: Vec<u16>,
    /// The smallest and largest value of each.
    ends: Vec<(f64, f64)>,
}

/// A condition on the way: an input, its first cell and its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Span {
    input: usize,
    first: u16,
    last: u16,
}

/// A box on the way.
#[derive(Debug, Clone)]
struct Candidate {
    spans: Vec<Span>,
    tells: f64,
}

impl Trials<'_> {
    /// The most telling boxes of one condition, of two, and so on, sought on some trials.
    #[must_use]
    pub fn finalists(&self, of: &[usize]) -> Vec<Vec<Bound>> {
        Search::new(*self, of).finalists()
    }

    /// Of the boxes that were found on some trials, the most telling on others.
    #[must_use]
    pub fn best(&self, finalists: &[Vec<Bound>], choosing: &[usize]) -> Vec<Bound> {
        self.plain(self.choose(finalists, choosing), choosing)
    }

    /// A box less every limit whose loss costs next to nothing where the same input has another.
    fn plain(&self, mut bounds: Vec<Bound>, on: &[usize]) -> Vec<Bound> {
        let tells = self.tells(&bounds, on);
        for k in 0..bounds.len() {
            let own = bounds[k];
            if own.low.is_none() || own.high.is_none() {
                continue;
            }
            let mut best = (own, tells - WORTH_A_CONDITION);
            for one in [Bound { low: None, ..own }, Bound { high: None, ..own }] {
                bounds[k] = one;
                let told = self.tells(&bounds, on);
                if told > best.1 {
                    best = (one, told);
                }
            }
            bounds[k] = best.0;
        }
        bounds
    }

    /// Of boxes with rising numbers of conditions the most telling on some trials; one condition more has to be worth it, and clearly.
    fn choose(&self, finalists: &[Vec<Bound>], on: &[usize]) -> Vec<Bound> {
        let mut best: (Vec<Bound>, f64) = (Vec::new(), 0.0);
        for conditions in 1..=MOST_CONDITIONS {
            let own = finalists.iter().filter(|bounds| bounds.len() == conditions);
            let told = own.map(|bounds| (bounds.clone(), self.tells(bounds, on)));
            let Some(next) = told.reduce(|a, b| if b.1 > a.1 + ROUNDING { b } else { a }) else { continue };
            let gain = next.1 - best.1;
            let asked = if best.0.is_empty() {
                ROUNDING
            } else {
                WORTH_A_CONDITION.max(CLEARLY * self.apart(&best.0, &next.0, on))
            };
            if gain > asked {
                best = next;
            }
        }
        best.0
    }

    /// The same, less every restriction that does not matter to those that choose; or the best single condition, where that is the more
    /// telling of the two: no box is told that one condition beats.
    #[must_use]
    pub fn best_confirmed(&self, finalists: &[Vec<Bound>], choosing: &[usize]) -> Vec<Bound> {
        let found = self.confirmed(self.best(finalists, choosing), choosing);
        let singles: Vec<Vec<Bound>> = finalists.iter().filter(|bounds| bounds.len() == 1).cloned().collect();
        let one = self.confirmed(self.best(&singles, choosing), choosing);
        if self.tells(&one, choosing) > self.tells(&found, choosing) + ROUNDING { one } else { found }
    }

    /// The standard error of how much more telling one box is than another on some trials (a jackknife over parts of them; Miller 1974).
    fn apart(&self, one: &[Bound], other: &[Bound], on: &[usize]) -> f64 {
        let mut parts = [[Held::default(); 3]; PARTS];
        for (k, &i) in on.iter().enumerate() {
            let (inside, event) = (|bounds: &[Bound]| self.is_in(bounds, i), self.event[i]);
            let part = &mut parts[k % PARTS];
            part[0].add(event);
            if inside(one) {
                part[1].add(event);
            }
            if inside(other) {
                part[2].add(event);
            }
        }
        let sum = |k: usize| parts.iter().fold(Held::default(), |sum, part| sum.plus(part[k], 1.0));
        let sums = [sum(0), sum(1), sum(2)];
        let without = |part: &[Held; 3]| {
            let [all, one, other] = [0, 1, 2].map(|k| sums[k].plus(part[k], -1.0));
            telling(other, all) - telling(one, all)
        };
        let each = parts.each_ref().map(without);
        let mean = each.iter().sum::<f64>() / PARTS as f64;
        let squares: f64 = each.iter().map(|x| square(x - mean)).sum();
        (squares * (PARTS - 1) as f64 / PARTS as f64).sqrt()
    }
}

impl<'a> Search<'a> {
    /// Cuts every input into cells.
    fn new(trials: Trials<'a>, of: &'a [usize]) -> Self {
        let all = trials.held(&[], of);
        let cells = |values: &Vec<f64>| Cells::new(values, trials.event, of);
        Self { trials, of, all, least: Trials::least(all), inputs: trials.inputs.iter().map(cells).collect() }
    }

    /// The most telling boxes of one condition, of two, and so on, with limits set as finely as the trials tell.
    fn finalists(&self) -> Vec<Vec<Bound>> {
        let mut found = Vec::new();
        let mut beam = self.singles();
        for conditions in 1..=MOST_CONDITIONS {
            found.extend(self.finalists_of(&beam));
            if conditions < MOST_CONDITIONS {
                beam = self.widened(&beam);
            }
        }
        found
    }

    fn finalists_of(&self, beam: &[Candidate]) -> Vec<Vec<Bound>> {
        beam.iter().take(FINALISTS).map(|candidate| self.refined(self.bounds(&candidate.spans))).collect()
    }

    /// The best interval of each input by itself, the most telling first.
    fn singles(&self) -> Vec<Candidate> {
        let everything: Vec<usize> = (0..self.of.len()).collect();
        let one =
            |input| self.best_span(input, &everything).map(|(span, tells)| Candidate { spans: vec![span], tells });
        best_of((0..self.inputs.len()).filter_map(one).collect(), BEAM)
    }

    /// Boxes with one condition more, all their limits moved to where they tell most.
    fn widened(&self, beam: &[Candidate]) -> Vec<Candidate> {
        let mut next = Vec::new();
        for candidate in beam {
            let inside = self.inside(&candidate.spans, None);
            let open = (0..self.inputs.len()).filter(|input| candidate.spans.iter().all(|span| span.input != *input));
            for (span, tells) in open.filter_map(|input| self.best_span(input, &inside)) {
                let mut spans = candidate.spans.clone();
                spans.push(span);
                spans.sort_unstable_by_key(|span| span.input);
                next.push(Candidate { spans, tells });
            }
        }
        let moved = best_of(next, MOVED).into_iter().map(|candidate| self.moved(candidate));
        best_of(moved.collect(), BEAM)
    }

    /// The most telling interval of an input among trials that meet all other conditions of a box; none where no limit tells anything.
    fn best_span(&self, input: usize, inside: &[usize]) -> Option<(Span, f64)> {
        let cells = &self.inputs[input];
        let count = cells.ends.len();
        let mut sums = vec![Held::default(); count + 1];
        for &k in inside {
            sums[usize::from(cells.of[k]) + 1].add(self.trials.event[self.of[k]]);
        }
        for cell in 0..count {
            sums[cell + 1] = sums[cell + 1].plus(sums[cell], 1.0);
        }
        let mut best: Option<(Span, f64)> = None;
        for first in 0..count {
            for last in first..count {
                let held = sums[last + 1].plus(sums[first], -1.0);
                if held.trials < self.least || (first == 0 && last + 1 == count) {
                    continue;
                }
                let tells = telling(held, self.all);
                // Of equals the one with fewer limits.
                let plain = if first == 0 || last + 1 == count { ROUNDING } else { 0.0 };
                if tells + plain > best.map_or(ROUNDING, |(_, best)| best + ROUNDING) {
                    best = Some((Span { input, first: first as u16, last: last as u16 }, tells));
                }
            }
        }
        best
    }

    /// Positions of the trials that meet all conditions but one.
    fn inside(&self, spans: &[Span], but: Option<usize>) -> Vec<usize> {
        let meets = |k: usize| {
            let others = spans.iter().enumerate().filter(|(at, _)| Some(*at) != but);
            { others }.all(|(_, span)| (span.first..=span.last).contains(&self.inputs[span.input].of[k]))
        };
        (0..self.of.len()).filter(|k| meets(*k)).collect()
    }

    /// Each condition in turn set to its best interval beside the others, until nothing gets more telling.
    fn moved(&self, mut candidate: Candidate) -> Candidate {
        for _ in 0..PASSES {
            let before = candidate.tells;
            for at in 0..candidate.spans.len() {
                let inside = self.inside(&candidate.spans, Some(at));
                if let Some((span, tells)) = self.best_span(candidate.spans[at].input, &inside)
                    && tells > candidate.tells + ROUNDING
                {
                    candidate.spans[at] = span;
                    candidate.tells = tells;
                }
            }
            if candidate.tells <= before + ROUNDING {
                break;
            }
        }
        candidate
    }

    /// Conditions as limits on values.
    fn bounds(&self, spans: &[Span]) -> Vec<Bound> {
        let bound = |span: &Span| {
            let ends = &self.inputs[span.input].ends;
            let (first, last) = (usize::from(span.first), usize::from(span.last));
            Bound {
                input: span.input,
                low: (first > 0).then(|| ends[first].0),
                high: (last + 1 < ends.len()).then(|| ends[last].1),
            }
        };
        spans.iter().map(bound).collect()
    }

    /// Moves each limit of a box to the value at which it tells most, the others standing.
    fn refined(&self, mut bounds: Vec<Bound>) -> Vec<Bound> {
        for _ in 0..PASSES {
            let before = self.trials.tells(&bounds, self.of);
            for k in 0..bounds.len() {
                for lowest in [true, false] {
                    self.refine(&mut bounds, k, lowest);
                }
            }
            if self.trials.tells(&bounds, self.of) <= before + ROUNDING {
                break;
            }
        }
        bounds
    }

    /// Moves one limit: every value at which it may stand is tried.
    fn refine(&self, bounds: &mut [Bound], k: usize, lowest: bool) {
        let own = bounds[k];
        let limit = if lowest { own.low } else { own.high };
        let free = if lowest { Bound { low: None, ..own } } else { Bound { high: None, ..own } };
        if limit.is_none() {
            return;
        }
        bounds[k] = free;
        let values = &self.trials.inputs[own.input];
        let mut order: Vec<usize> = self.of.iter().copied().filter(|i| self.trials.is_in(bounds, *i)).collect();
        // From the end that stays.
        order.sort_unstable_by(|a, b| {
            if lowest { values[*b].total_cmp(&values[*a]) } else { values[*a].total_cmp(&values[*b]) }
        });
        let (mut held, mut best) = (Held::default(), (limit, 0.0));
        for run in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
            run.iter().for_each(|i| held.add(self.trials.event[*i]));
            let tells = telling(held, self.all);
            if held.trials >= self.least && held.trials < order.len() as f64 && tells > best.1 + ROUNDING {
                best = (Some(values[run[0]]), tells);
            }
        }
        if lowest { bounds[k].low = best.0 } else { bounds[k].high = best.0 }
    }
}

impl Cells {
    fn new(values: &[f64], event: &[bool], of: &[usize]) -> Self {
        let mut order: Vec<(f64, bool)> = of.iter().map(|i| (values[*i], event[*i])).collect();
        order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
        let events: Vec<f64> = order.iter().filter(|(_, event)| *event).map(|(value, _)| *value).collect();
        let mut starts: Vec<f64> = (0..CELLS).filter_map(|k| order.get(k * order.len() / CELLS)).map(|o| o.0).collect();
        // A cell may begin at a trial with the event, and end with it.
        let marks = (0..CELLS / 2).filter_map(|k| events.get(k * events.len() * 2 / CELLS)).chain(events.last());
        let above = |value: f64| order.get(order.partition_point(|o| o.0.total_cmp(&value).is_le())).map(|o| o.0);
        starts.extend(marks.flat_map(|mark| [Some(*mark), above(*mark)]).flatten());
        let many = (OWN_CELL * order.len() as f64).max(2.0);
        for run in order.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()).filter(|run| run.len() as f64 >= many) {
            starts.extend([Some(run[0].0), above(run[0].0)].into_iter().flatten());
        }
        starts.sort_unstable_by(f64::total_cmp);
        starts.dedup_by(|a, b| a.total_cmp(b).is_eq());
        let cell = |value: f64| starts.partition_point(|start| start.total_cmp(&value).is_le()).saturating_sub(1);
        let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); starts.len()];
        for (value, _) in &order {
            let end = &mut ends[cell(*value)];
            *end = (end.0.min(*value), end.1.max(*value));
        }
        Self { of: of.iter().map(|i| cell(values[*i]) as u16).collect(), ends }
    }
}

/// The most telling, each set of inputs once; of equals the one with the first inputs.
fn best_of(mut all: Vec<Candidate>, most: usize) -> Vec<Candidate> {
    let inputs = |candidate: &Candidate| candidate.spans.iter().map(|span| span.input).collect::<Vec<_>>();
    all.sort_by(|a, b| b.tells.total_cmp(&a.tells).then_with(|| inputs(a).cmp(&inputs(b))));
    let mut best: Vec<Candidate> = Vec::new();
    for candidate in all {
        if best.len() < most && best.iter().all(|other| inputs(other) != inputs(&candidate)) {
            best.push(candidate);
        }
    }
    best
}
