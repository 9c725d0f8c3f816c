//! Under which conditions a scenario fails: the most telling box of inputs, sought on one part of the trials, chosen on another and judged
//! on a third.

use std::collections::HashMap;

use super::boxes::{Bound, RESAMPLES, Trials};
use super::own_cause::{OwnCause, own_causes};
use super::proportion::Proportion;
use super::room::{NotRun, check_room};
use super::sign::Sign;
use engine::model::{Model, Reading};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::elementary::square;

/// Trials in which conditions are sought, and as many of which choose among boxes: more find the same, and take longer. All the others
/// confirm and judge.
const FINDING: usize = 5000;
/// Of an event, or of its opposite, that is rarer than this among them, more trials are looked at.
const FEWEST_OF_A_KIND: usize = 200;
/// But no more than this.
const MOST_FINDING: usize = 50_000;
/// A condition that fewer of the repeated searches restrict is not told.
const LEAST_AGAIN: usize = RESAMPLES / 4;
/// Inputs that the search may restrict: those that move the event most by themselves.
const CANDIDATES: usize = 40;
/// Groups of an input's values by which these are found.
const GROUPS: usize = 20;

/// What counts as failure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Failure {
    /// Column of the outcome.
    pub column: usize,
    /// Whether a missing value means that it never comes.
    pub never: bool,
    /// How it stands to the level.
    pub sign: Sign,
    /// The level.
    pub level: f64,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Discovery {
    /// Share of all trials that fail.
    pub fails: Proportion,
    /// The conditions; empty where none matters, or where all fail or none.
    pub conditions: Vec<Condition>,
    /// The events that the failure comes of by definition, which the search leaves out.
    pub by_definition: Vec<OwnCause>,
    /// Share of the trials under the conditions that fail, on the half that they were not found on.
    pub density: Proportion,
    /// The same of the trials that are not under all conditions.
    pub elsewhere: Proportion,
    /// Share of all failures that lie under the conditions, on that half.
    pub coverage: Proportion,
    /// Share of all trials that lie under them.
    pub support: Proportion,
    /// Coverage and density of the boxes that the search weighed, on the half that they were not found on, the widest first: those that no
    /// other beats in both. Empty where all fail or none.
    pub weighed: Vec<(f64, f64)>,
    /// How often the search was repeated.
    pub resamples: usize,
}

/// A condition on one input.
#[derive(Debug, Clone, PartialEq)]
pub struct Condition {
    /// The scenario's own address of the input.
    pub address: String,
    /// What it is read as.
    pub reading: Reading,
    /// Its smallest value; none where it is not restricted from below.
    pub low: Option<f64>,
    /// Its largest value.
    pub high: Option<f64>,
    /// Share of all trials that meet this condition.
    pub meets: Proportion,
    /// Share of all failures that do, on the half that it was not found on.
    pub of_failures: Proportion,
    /// Standard errors by which failure is more frequent with this condition than where it alone is not met.
    pub matters: f64,
    /// In how many of the resamples the search restricts this input.
    pub found_again: usize,
}

/// Finds the conditions of a failure.
///
/// # Errors
/// Where it is stopped from outside, threads fail, or there is no room for the figures.
pub fn discover(
    model: &Model,
    failure: Failure,
    settings: &Settings,
    interrupt: &Interrupt,
) -> Result<Discovery, NotRun> {
    let columns = [failure.column];
    let mut inputs = readings(model);
    let id = model.catalogue().columns()[failure.column].outcome.as_ref();
    let own = id.map_or_else(Vec::new, |id| own_causes(id, model.inputs(), &inputs));
    let lived: Vec<Reading> = inputs.iter().map(|(_, reading)| *reading).filter(|reading| reading.is_lived()).collect();
    check_room(settings.trials, columns.len() + lived.len(), inputs.len().min(CANDIDATES))?;
    interrupt.begin("Running the futures", settings.trials);
    let mut run =
        sample::lived(|| sample::worker(model, settings, &columns), settings, interrupt, &columns, &lived)?.into_iter();
    let values = run.next().unwrap_or_default();
    let lived: HashMap<Reading, Vec<f64>> = lived.into_iter().zip(run).collect();
    let value = |x: f64| if failure.never && x.is_nan() { f64::INFINITY } else { x };
    let event: Vec<bool> = values.iter().map(|x| failure.sign.holds(value(*x), failure.level)).collect();
    let everything: Vec<usize> = (0..event.len()).collect();
    let failing = event.iter().filter(|fails| **fails).count();
    let fails = Proportion::of(failing as f64, event.len() as f64);
    if failing == 0 || failing == event.len() {
        return Ok(Discovery::nothing_apart(fails));
    }
    let by_definition = own.iter().map(|(at, reading)| {
        let values = lived.get(reading).cloned().unwrap_or_else(|| sample::reading(model, settings, *at, *reading));
        OwnCause::of(model.inputs()[*at].address.clone(), *reading, &values, &event)
    });
    let by_definition: Vec<OwnCause> = by_definition.flatten().collect();
    inputs.retain(|input| !own.contains(input));
    let (keys, inputs): (Vec<(usize, Reading)>, Vec<Vec<f64>>) =
        candidates(model, (settings, interrupt), &inputs, &lived, &event)?.into_iter().unzip();
    let trials = Trials { inputs: &inputs, event: &event };
    // One quarter finds, another chooses and confirms; the half that had no part in either judges.
    let (finding, judging): (Vec<usize>, Vec<usize>) = everything.iter().copied().partition(|i| i % 2 == 0);
    let (train, check): (Vec<usize>, Vec<usize>) = finding.iter().partition(|i| **i % 4 == 0);
    let finalists = trials.finalists(&enough(train, &event));
    let found = trials.best_confirmed(&finalists, &check);
    interrupt.begin_of("Seeking again in other quarters", RESAMPLES as u64, "searches");
    let again = sample::each(settings, interrupt, RESAMPLES, |r| {
        let (find, choose): (Vec<usize>, Vec<usize>) = finding.iter().partition(|i| seeks_again(**i, r));
        trials.best(&trials.finalists(&enough(find, &event)), &enough(choose, &event))
    })?;
    let found_again =
        |bound: &Bound| again.iter().filter(|found| found.iter().any(|other| other.input == bound.input)).count();
    let bounds: Vec<Bound> = found.into_iter().filter(|bound| found_again(bound) >= LEAST_AGAIN).collect();
    let address = |bound: &Bound| model.inputs()[keys[bound.input].0].address.clone();
    let all = trials.held(&[], &judging);
    let condition = |(k, bound): (usize, &Bound)| {
        let alone = trials.held(&[*bound], &judging);
        Condition {
            address: address(bound),
            reading: keys[bound.input].1,
            low: bound.low,
            high: bound.high,
            meets: Proportion::of(trials.held(&[*bound], &everything).trials, event.len() as f64),
            of_failures: Proportion::of(alone.events, all.events),
            matters: trials.matters(&bounds, k, &judging),
            found_again: found_again(bound),
        }
    };
    let everywhere = Vec::new();
    let weighed = finalists.iter().chain([&bounds, &everywhere]).map(|bounds| {
        let held = trials.held(bounds, &judging);
        (Proportion::of(held.events, all.events).value, held.density())
    });
    let weighed = unbeaten(weighed.collect());
    let held = trials.held(&bounds, &judging);
    Ok(Discovery {
        fails,
        density: Proportion::of(held.events, held.trials),
        elsewhere: Proportion::of(all.events - held.events, all.trials - held.trials),
        coverage: Proportion::of(held.events, all.events),
        support: Proportion::of(trials.held(&bounds, &everything).trials, event.len() as f64),
        conditions: bounds.iter().enumerate().map(condition).collect(),
        by_definition,
        weighed,
        resamples: RESAMPLES,
    })
}

impl Discovery {
    /// What is said where every trial fails, or none: there is nothing to tell apart.
    fn nothing_apart(fails: Proportion) -> Self {
        let all = Proportion { value: 1.0, error: 0.0, low: 1.0, high: 1.0 };
        Self {
            fails,
            conditions: Vec::new(),
            by_definition: Vec::new(),
            density: fails,
            elsewhere: Proportion::of(0.0, 0.0),
            coverage: all,
            support: all,
            weighed: Vec::new(),
            resamples: 0,
        }
    }
}

/// Every reading of every draw that varies, with the draw's position.
fn readings(model: &Model) -> Vec<(usize, Reading)> {
    let varying = model.draws().info().iter().zip(model.inputs()).enumerate().filter(|(_, (draw, _))| draw.varies);
    varying.flat_map(|(at, (_, input))| input.readings.iter().map(move |reading| (at, *reading))).collect()
}

/// An input, by the position of its draw and what it is read as, with its values by trial.
type Candidate = ((usize, Reading), Vec<f64>);

/// Those inputs that tell failures apart most by themselves, the most telling first, each with its values by trial. `lived` holds the
/// values of what only a run tells.
fn candidates(
    model: &Model,
    (settings, interrupt): (&Settings, &Interrupt),
    inputs: &[(usize, Reading)],
    lived: &HashMap<Reading, Vec<f64>>,
    event: &[bool],
) -> Result<Vec<Candidate>, RunError> {
    let values = |(position, reading): (usize, Reading)| match lived.get(&reading) {
        Some(known) => known.clone(),
        None => sample::reading(model, settings, position, reading),
    };
    interrupt.begin_of("Looking at each input", inputs.len() as u64, "inputs");
    let apart = sample::each(settings, interrupt, inputs.len(), |i| apart(&values(inputs[i]), event))?;
    let mut order: Vec<usize> = (0..inputs.len()).filter(|i| apart[*i] > 0.0).collect();
    order.sort_by(|a, b| apart[*b].total_cmp(&apart[*a]).then(a.cmp(b)));
    order.truncate(CANDIDATES);
    interrupt.begin_of("Keeping the most telling", order.len() as u64, "inputs");
    sample::each(settings, interrupt, order.len(), |i| (inputs[order[i]], values(inputs[order[i]])))
}

/// How far apart the event's share lies in groups of an input's values, on the trials that find: Pearson's χ² less its degrees of
/// freedom. Each group is a twentieth of the trials; equal values are never parted.
fn apart(values: &[f64], event: &[bool]) -> f64 {
    let mut order: Vec<usize> = (0..values.len()).step_by(2).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let share = |of: &[usize]| of.iter().filter(|i| event[**i]).count() as f64 / of.len().max(1) as f64;
    let all = share(&order);
    let least = order.len().div_ceil(GROUPS).max(1);
    let (mut squares, mut groups) = (0.0, 0.0);
    let mut close = |group: &[usize]| {
        squares += group.len() as f64 * square(share(group) - all);
        groups += 1.0;
    };
    let (mut from, mut to) = (0, 0);
    for run in order.chunk_by(|a, b| values[*a].total_cmp(&values[*b]).is_eq()) {
        // A large run of equal values is a group of its own, so that a few at either end are not lost in it.
        if run.len() >= least && to > from {
            close(&order[from..to]);
            from = to;
        }
        to += run.len();
        if to - from >= least {
            close(&order[from..to]);
            from = to;
        }
    }
    if to > from {
        close(&order[from..to]);
    }
    let spread = all * (1.0 - all);
    if spread > 0.0 { squares / spread - (groups - 1.0) } else { 0.0 }
}

/// The first of some trials, so many that both kinds are among them.
fn enough(mut of: Vec<usize>, event: &[bool]) -> Vec<usize> {
    let (mut with, mut without) = (0, 0);
    let count = of.iter().take_while(|i| {
        let some = with >= FEWEST_OF_A_KIND && without >= FEWEST_OF_A_KIND && with + without >= FINDING;
        if event[**i] {
            with += 1;
        } else {
            without += 1;
        }
        !some && with + without <= MOST_FINDING
    });
    let count = count.count();
    of.truncate(count);
    of
}

/// Whether a trial of the finding half is among those that another search seeks on, about half of them; the others choose.
fn seeks_again(trial: usize, round: usize) -> bool {
    let mixed =
        (trial as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (round as u64 + 1).wrapping_mul(0xd1b5_4a32_d192_ed03);
    (mixed ^ (mixed >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9) >> 63 == 0
}

/// Boxes by coverage and density, the widest first, without those that another beats in both.
fn unbeaten(mut boxes: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    boxes.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1)));
    let mut densest = f64::NEG_INFINITY;
    boxes.retain(|(_, density)| {
        let denser = *density > densest;
        densest = densest.max(*density);
        denser
    });
    boxes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_boxes_those_are_drawn_that_no_other_beats() {
        let boxes = vec![(0.5, 0.6), (1.0, 0.2), (0.8, 0.4), (0.7, 0.4), (0.3, 0.5), (0.5, 0.7)];
        assert_eq!(unbeaten(boxes), [(1.0, 0.2), (0.8, 0.4), (0.5, 0.7)]);
    }

    #[test]
    fn another_search_seeks_on_another_half_of_the_half_that_finds() {
        let of = |round| (0..20_000).filter(|i| seeks_again(*i, round)).collect::<Vec<_>>();
        let (one, other) = (of(0), of(1));
        // Half of 20,000, and a quarter in both: four standard errors are 4·√(20,000/4) = 283 and 4·√(20,000·3/16) = 245.
        assert!(
            one.len().abs_diff(10_000) < 283 && other.len().abs_diff(10_000) < 283,
            "{} {}",
            one.len(),
            other.len()
        );
        let both = one.iter().filter(|i| other.binary_search(i).is_ok()).count();
        assert!(both.abs_diff(5_000) < 245, "{both}");
    }
}
