//! Boxes that are known before they are sought.

use super::*;

/// A number in (0, 1) by trial and input.
fn u(trial: usize, input: u64) -> f64 {
    let mut x = (trial as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ input.wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..4 {
        x ^= x >> 31;
        x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
    }
    (x >> 11) as f64 / 9_007_199_254_740_992.0
}

fn inputs(trials: usize, count: u64) -> Vec<Vec<f64>> {
    (0..count).map(|input| (0..trials).map(|trial| u(trial, input)).collect()).collect()
}

fn halves(trials: usize) -> (Vec<usize>, Vec<usize>) {
    (0..trials).partition(|i| i % 2 == 0)
}

#[test]
fn a_box_that_is_there_is_found_and_nothing_else_is_restricted() {
    // The event happens in 0.9 of x₀ < 0.4 and x₁ > 0.5, and in 0.05 elsewhere; eight inputs do nothing.
    let inputs = inputs(20_000, 11);
    let event: Vec<bool> = (0..20_000)
        .map(|i| {
            let inside = inputs[0][i] < 0.4 && inputs[1][i] > 0.5;
            inputs[10][i] < if inside { 0.9 } else { 0.05 }
        })
        .collect();
    let trials = Trials { inputs: &inputs[..10], event: &event };
    let (train, test) = halves(20_000);
    let mut bounds = trials.confirmed(trials.find(&train).0, &test);
    bounds.sort_by_key(|bound| bound.input);
    assert_eq!(bounds.iter().map(|bound| bound.input).collect::<Vec<_>>(), [0, 1], "{bounds:?}");
    assert!(bounds[0].low.is_none() && bounds[0].high.is_some_and(|high| (high - 0.4).abs() < 0.03), "{bounds:?}");
    assert!(bounds[1].high.is_none() && bounds[1].low.is_some_and(|low| (low - 0.5).abs() < 0.03), "{bounds:?}");
    let held = trials.held(&bounds, &test);
    // A fifth of the trials lies in the true box, and 0.9 of those have the event. A last peel too few leaves a twentieth more of
    // the box, where next to none has: 0.9/1.05 + 0.05·0.05/1.05 = 0.859; four standard errors of 2,000 trials are 0.03.
    assert!(held.density() > 0.859 - 0.03 && held.density() < 0.9 + 0.03, "{held:?}");
    let events = trials.held(&[], &test).events;
    // 0.2·0.9 of 0.2·0.9 + 0.8·0.05 = 0.18/0.22 = 0.818.
    assert!((held.events / events - 0.818).abs() < 0.05, "{held:?} of {events}");
}

#[test]
fn where_nothing_matters_no_condition_is_told() {
    let inputs = inputs(8_000, 9);
    let event: Vec<bool> = inputs[8].iter().map(|x| *x < 0.3).collect();
    let trials = Trials { inputs: &inputs[..8], event: &event };
    let (train, test) = halves(8_000);
    assert_eq!(trials.confirmed(trials.find(&train).0, &test), Vec::new());
}

#[test]
fn an_input_of_few_values_is_peeled_a_value_at_a_time() {
    // The event needs the value 2, which a third of the trials have.
    let mut inputs = inputs(6_000, 2);
    inputs[0].iter_mut().for_each(|x| *x = (*x * 3.0).floor());
    let event: Vec<bool> = inputs[0].iter().map(|x| *x > 1.5).collect();
    let trials = Trials { inputs: &inputs, event: &event };
    let (train, test) = halves(6_000);
    let bounds = trials.confirmed(trials.find(&train).0, &test);
    assert_eq!(bounds, [Bound { input: 0, low: Some(2.0), high: None }]);
}

/// The box that is found where the event happens at one value of an input that has `values` with these cumulated chances.
fn found_of_few(cumulated: &[f64], fails: usize) -> (Vec<Bound>, Held) {
    let mut inputs = inputs(6_000, 3);
    inputs[0].iter_mut().for_each(|x| *x = cumulated.partition_point(|part| part <= x) as f64);
    let event: Vec<bool> = inputs[0].iter().map(|x| *x as usize == fails).collect();
    let trials = Trials { inputs: &inputs, event: &event };
    let (train, test) = halves(6_000);
    let bounds = trials.confirmed(trials.find(&train).0, &test);
    let held = trials.held(&bounds, &test);
    assert!((held.density() - 1.0).abs() < 1e-12, "all of {bounds:?} fail");
    assert!((held.events - trials.held(&[], &test).events).abs() < 1e-12, "all that fail lie in {bounds:?}");
    (bounds, held)
}

#[test]
fn a_failing_value_is_found_whatever_its_chance_and_wherever_it_lies() {
    for chance in [0.01, 0.03, 0.1, 0.25, 0.4, 0.5, 0.6, 0.8, 0.97] {
        let (low, _) = found_of_few(&[chance], 0);
        assert_eq!(low, [Bound { input: 0, low: None, high: Some(0.0) }], "{chance}");
        let (high, _) = found_of_few(&[1.0 - chance], 1);
        assert_eq!(high, [Bound { input: 0, low: Some(1.0), high: None }], "{chance}");
        let side = (1.0 - chance) / 2.0;
        let (middle, _) = found_of_few(&[side, side + chance], 1);
        assert_eq!(middle, [Bound { input: 0, low: Some(1.0), high: Some(1.0) }], "{chance}");
    }
}

#[test]
fn a_rare_failing_band_is_found_whole() {
    // One trial in a hundred fails, where x₁ > 0.99: fewer than the least part of a box.
    let inputs = inputs(20_000, 3);
    let event: Vec<bool> = inputs[1].iter().map(|x| *x > 0.99).collect();
    let trials = Trials { inputs: &inputs, event: &event };
    let (train, test) = halves(20_000);
    let bounds = trials.confirmed(trials.find(&train).0, &test);
    let held = trials.held(&bounds, &test);
    let events = trials.held(&[], &test).events;
    // Some 100 of 10,000 fail; an edge set on 100 others lies within a step or two of theirs.
    assert!(held.density() > 0.9 && held.events > 0.9 * events, "{bounds:?}: {held:?} of {events}");
    assert!(bounds.len() == 1 && bounds[0].input == 1, "{bounds:?}");
}

#[test]
fn what_peeling_took_too_much_of_is_pasted_back() {
    // The event is x₀ < 0.53 exactly: a box that reaches to 0.4 covers 0.4/0.53, and pasting takes it to the true edge.
    let inputs = inputs(8_000, 3);
    let event: Vec<bool> = inputs[0].iter().map(|x| *x < 0.53).collect();
    let trials = Trials { inputs: &inputs, event: &event };
    let (train, _) = halves(8_000);
    let short = vec![Bound { input: 0, low: None, high: Some(0.4) }, Bound { input: 1, low: Some(0.1), high: None }];
    let pasted = trials.paste(short, &train);
    // The smallest step is 0.2 % of a box of half of 4,000: 4 trials, 0.001 of the input; a step may end a little beyond the edge.
    assert!(pasted.len() == 1 && pasted[0].input == 0 && pasted[0].low.is_none(), "{pasted:?}");
    assert!(pasted[0].high.is_some_and(|high| (high - 0.53).abs() < 0.003), "{pasted:?}");
    let held = trials.held(&pasted, &train);
    assert!(held.density() > 0.995 && held.events > 0.99 * trials.held(&[], &train).events, "{held:?}");
}
