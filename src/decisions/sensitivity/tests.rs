//! Estimators against functions whose indices, and a decision whose value of information, are known in closed form.

use super::*;
use crate::decisions::information::{partial_information, perfect_information};
use std::f64::consts::PI;

const TRIALS: usize = 100_000;

/// A uniform number by trial and dimension (the mixing steps of `SplitMix64`).
fn u(trial: usize, dimension: u64) -> f64 {
    let mut x = (trial as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ dimension.wrapping_mul(0xd1b5_4a32_d192_ed03);
    for _ in 0..3 {
        x ^= x >> 30;
        x = x.wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x ^= x >> 27;
        x = x.wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^= x >> 31;
    }
    ((x >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0
}

fn sample(dimension: u64) -> Vec<f64> {
    (0..TRIALS).map(|trial| u(trial, dimension)).collect()
}

/// Four standard errors, or a thousandth for what the bins or knots smooth away.
fn near(found: Measured, wanted: f64, slack: f64) {
    assert!((found.value - wanted).abs() < 4.0 * found.error + slack, "{found:?}, not {wanted}");
    assert!(found.error > 0.0 && found.error < 0.02, "{found:?}");
}

fn run(f: impl Fn(&[f64]) -> f64, k: u64, again: &[u64]) -> Vec<f64> {
    let one = |trial| {
        let x: Vec<f64> = (0..k).map(|d| u(trial, if again.contains(&d) { d + 100 } else { d })).collect();
        f(&x)
    };
    (0..TRIALS).map(one).collect()
}

fn ishigami(x: &[f64]) -> f64 {
    let at = |d: usize| PI * (2.0 * x[d] - 1.0);
    at(0).sin() + 7.0 * at(1).sin().powi(2) + 0.1 * at(2).powi(4) * at(0).sin()
}

#[test]
fn indices_of_the_ishigami_function_are_the_known_ones() {
    // a = 7, b = 0.1: S = 0.3139, 0.4424, 0; total = 0.5576, 0.4424, 0.2437 (Ishigami and Homma 1990).
    let y = run(ishigami, 3, &[]);
    let outcome = Outcome::new(&y);
    // Twenty bins leave 1/(20²·12) of a slope's variance inside them; of this curved one about half a point.
    for (d, first) in [(0, 0.3139), (1, 0.4424), (2, 0.0)] {
        near(outcome.effect(&Ranked::new(&sample(d))).expect("it varies").first, first, 0.007);
    }
    for (d, wanted) in [(0, 0.5576), (1, 0.4424), (2, 0.2437)] {
        near(total(&y, &run(ishigami, 3, &[d])), wanted, 0.0);
    }
    // Of the first and third input together: 0.3139 + 0.2437 (their interaction), all but the second.
    near(closed(&y, &run(ishigami, 3, &[1])), 0.5576, 0.0);
}

#[test]
fn indices_of_sobols_g_function_are_the_known_ones() {
    // Πᵢ (|4xᵢ − 2| + aᵢ)/(1 + aᵢ), a = 0, 1, 4.5: Vᵢ = 1/(3(1 + aᵢ)²) = 0.33333, 0.083333, 0.011019; V = Π(1 + Vᵢ) − 1 = 0.460361.
    let a = [0.0, 1.0, 4.5];
    let g = |x: &[f64]| x.iter().zip(a).map(|(x, a)| ((4.0 * x - 2.0).abs() + a) / (1.0 + a)).product();
    let v = [1.0 / 3.0, 1.0 / 12.0, 1.0 / (3.0 * 5.5 * 5.5)];
    let all = v.iter().map(|v| 1.0 + v).product::<f64>() - 1.0;
    let y = run(g, 3, &[]);
    let outcome = Outcome::new(&y);
    for d in 0..3 {
        near(outcome.effect(&Ranked::new(&sample(d as u64))).expect("it varies").first, v[d] / all, 0.004);
        let others: f64 = (0..3).filter(|e| *e != d).map(|e| 1.0 + v[e]).product();
        near(total(&y, &run(g, 3, &[d as u64])), v[d] * others / all, 0.0);
    }
}

#[test]
fn a_linear_model_has_the_effects_and_correlations_of_its_slopes() {
    // y = 3x₁ + x₂, uniform: variances 9/12 and 1/12: S = 0.9 and 0.1. At the 90th percentile of x₁: 3·0.9 + 0.5 = 3.2.
    let y = run(|x| 3.0 * x[0] + x[1], 3, &[]);
    let outcome = Outcome::new(&y);
    let effect = |d| outcome.effect(&Ranked::new(&sample(d))).expect("it varies");
    near(effect(0).first, 0.9, 0.003);
    near(effect(1).first, 0.1, 0.001);
    near(effect(0).high, 3.2, 0.0);
    near(effect(0).low, 0.8, 0.0);
    near(total(&y, &run(|x| 3.0 * x[0] + x[1], 3, &[0])), 0.9, 0.0);
    // x₃ does nothing.
    assert!(effect(2).first.value.abs() < 4.0 * effect(2).first.error && !effect(2).first.clear());
    assert!(effect(2).rank.value.abs() < 4.0 * effect(2).rank.error);
    assert!(effect(0).rank.value > 0.9 && effect(0).rank.value < 0.96);
    // The fit is the line itself: at rank 0.3, 3·0.3 + 0.5.
    assert!((effect(0).fit.at(0.3, None) - 1.4).abs() < 0.02);
}

#[test]
fn a_yes_or_no_input_is_two_bins_and_a_constant_none() {
    let coin: Vec<f64> = sample(0).iter().map(|x| f64::from(u8::from(*x < 0.25))).collect();
    let y: Vec<f64> = coin.iter().zip(sample(1)).map(|(c, x)| 2.0 * c + x).collect();
    // Variances 4·3/16 = 0.75 and 1/12: S = 0.9.
    near(Outcome::new(&y).effect(&Ranked::new(&coin)).expect("it varies").first, 0.9, 0.0);
    assert!(Outcome::new(&y).effect(&Ranked::new(&vec![1.0; TRIALS])).is_none());
}

#[test]
fn information_on_a_decision_is_worth_its_closed_form() {
    // y = x₁ + x₂ − 1.2, uniform; mean −0.2, so nobody goes ahead. x₁ known: E[y|x₁] = x₁ − 0.7, gains ∫₀.₇¹ (x − 0.7) dx = 0.045.
    // Both known: x₁ + x₂ above 1.2 by s, density 0.8 − s: ∫₀^0.8 s(0.8 − s) ds = 0.8³/6 = 0.085333.
    let y = run(|x| x[0] + x[1] - 1.2, 2, &[]);
    let outcome = Outcome::new(&y);
    near(perfect_information(&y), 0.085_333, 0.0);
    let inputs = [sample(0), sample(1), sample(2)];
    let ranked = inputs.each_ref().map(|input| Ranked::new(input));
    let effects = ranked.each_ref().map(|input| outcome.effect(input).expect("it varies"));
    let parts = ranked.each_ref().map(Ranked::parts);
    let known = |which: &[usize]| {
        let inputs: Vec<(&Fit, &[f64])> = which.iter().map(|k| (&effects[*k].fit, parts[*k].as_slice())).collect();
        partial_information(&inputs, &y)
    };
    near(known(&[0]), 0.045, 0.0005);
    near(known(&[0, 1]), 0.085_333, 0.0005);
    // Knowing what does not matter is worth nothing, and to know the same twice no more than once.
    assert!(known(&[2]).value < 1e-9);
    near(known(&[0, 0]), 0.045, 0.0005);
}

#[test]
fn inputs_that_hang_together_are_not_counted_twice() {
    // x₂ is x₁ with as much noise of its own again; y = x₁ − 0.7: x₁ alone tells all, 0.045, and x₂ beside it nothing more.
    let x0 = sample(0);
    let x1: Vec<f64> = x0.iter().zip(sample(1)).map(|(a, b)| a + b).collect();
    let y: Vec<f64> = x0.iter().map(|x| x - 0.7).collect();
    let outcome = Outcome::new(&y);
    let (a, b) = (Ranked::new(&x0), Ranked::new(&x1));
    let (one, two) = (outcome.effect(&a).expect("it varies"), outcome.effect(&b).expect("it varies"));
    near(partial_information(&[(&one.fit, &a.parts()), (&two.fit, &b.parts())], &y), 0.045, 0.0005);
}
