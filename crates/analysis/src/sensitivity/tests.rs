//! Estimators against functions whose indices, and a decision whose value of information, are known in closed form.

use super::*;
use crate::information::{Known, known, known_together, perfect_information};
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

/// Four standard errors, and what the cells smooth away.
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
    let outcome = Response::new(&y);
    for (d, first) in [(0, 0.3139), (1, 0.4424), (2, 0.0)] {
        near(outcome.effect(&Ranked::new(&sample(d))).expect("it varies").first, first, 0.0005);
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
    let outcome = Response::new(&y);
    for d in 0..3 {
        near(outcome.effect(&Ranked::new(&sample(d as u64))).expect("it varies").first, v[d] / all, 0.0005);
        let others: f64 = (0..3).filter(|e| *e != d).map(|e| 1.0 + v[e]).product();
        near(total(&y, &run(g, 3, &[d as u64])), v[d] * others / all, 0.0);
    }
}

#[test]
fn of_a_lone_input_what_its_cells_smooth_away_is_inside_the_error() {
    for f in [|x: f64| x, |x: f64| x * x, |x: f64| (-x.ln()).powi(2)] {
        let y = run(|x| f(x[0]), 1, &[]);
        let found = Response::new(&y).effect(&Ranked::new(&sample(0))).expect("it varies").first;
        assert!((found.value - 1.0).abs() <= 2.0 * found.error && found.error < 2e-3, "{found:?}");
    }
    // Beside much else that varies nothing is added.
    let y = run(|x| x[0] + x[1] + x[2], 3, &[]);
    let outcome = Response::new(&y);
    assert!(outcome.smoothed(&Ranked::new(&sample(0))) <= 0.0, "no slope within a cell is clear of chance");
}

#[test]
fn a_linear_model_has_the_effects_and_correlations_of_its_slopes() {
    // y = 3x₁ + x₂, uniform: variances 9/12 and 1/12: S = 0.9 and 0.1. At the 90th percentile of x₁: 3·0.9 + 0.5 = 3.2.
    let y = run(|x| 3.0 * x[0] + x[1], 3, &[]);
    let outcome = Response::new(&y);
    let effect = |d| outcome.effect(&Ranked::new(&sample(d))).expect("it varies");
    near(effect(0).first, 0.9, 0.0002);
    near(effect(1).first, 0.1, 0.0002);
    near(effect(0).high.outcome, 3.2, 0.0);
    near(effect(0).low.outcome, 0.8, 0.0);
    near(total(&y, &run(|x| 3.0 * x[0] + x[1], 3, &[0])), 0.9, 0.0);
    // x₃ does nothing.
    assert!(effect(2).first.value.abs() < 4.0 * effect(2).first.error && !effect(2).first.clear());
    assert!(effect(2).rank.value.abs() < 4.0 * effect(2).rank.error);
    assert!(effect(0).rank.value > 0.9 && effect(0).rank.value < 0.96);
    assert!((effect(0).low.input - 0.1).abs() < 0.005 && !effect(0).low.exact);
}

#[test]
fn a_yes_or_no_input_is_two_cells_and_a_constant_none() {
    let coin: Vec<f64> = sample(0).iter().map(|x| f64::from(u8::from(*x < 0.25))).collect();
    let y: Vec<f64> = coin.iter().zip(sample(1)).map(|(c, x)| 2.0 * c + x).collect();
    // Variances 4·3/16 = 0.75 and 1/12: S = 0.9.
    near(Response::new(&y).effect(&Ranked::new(&coin)).expect("it varies").first, 0.9, 0.0);
    assert!(Response::new(&y).effect(&Ranked::new(&vec![1.0; TRIALS])).is_none());
}

#[test]
fn information_on_a_decision_is_worth_its_closed_form() {
    // y = x₁ + x₂ − 1.2, uniform; mean −0.2, so nobody goes ahead. x₁ known: E[y|x₁] = x₁ − 0.7, gains ∫₀.₇¹ (x − 0.7) dx = 0.045.
    // Both known: x₁ + x₂ above 1.2 by s, density 0.8 − s: ∫₀^0.8 s(0.8 − s) ds = 0.8³/6 = 0.085333.
    let y = run(|x| x[0] + x[1] - 1.2, 2, &[]);
    near(perfect_information(&y), 0.085_333, 0.0);
    let inputs = [sample(0), sample(1)];
    let found = inputs.each_ref().map(|input| known(&Ranked::new(input), &y));
    near(found[0].worth, 0.045, 0.0002);
    near(known_together(&found.each_ref(), &y), 0.085_333, 0.0005);
    // Knowing what does not matter is worth nothing, and to know the same twice no more than once.
    let nothing = known(&Ranked::new(&sample(2)), &y).worth;
    assert!(nothing.value < 3.0 * nothing.error + 1e-9 && nothing.value < 0.001, "{nothing:?}");
    near(known_together(&[&found[0], &found[0]], &y), 0.045, 0.0005);
}

#[test]
fn inputs_that_hang_together_are_not_counted_twice() {
    // x₂ is x₁ with as much noise of its own again; y = x₁ − 0.7: x₁ alone tells all, 0.045, and x₂ beside it nothing more.
    let x0 = sample(0);
    let x1: Vec<f64> = x0.iter().zip(sample(1)).map(|(a, b)| a + b).collect();
    let y: Vec<f64> = x0.iter().map(|x| x - 0.7).collect();
    let (one, two) = (known(&Ranked::new(&x0), &y), known(&Ranked::new(&x1), &y));
    near(known_together(&[&one, &two], &y), 0.045, 0.0005);
}

/// A name and a quantile function.
type Awkward = (&'static str, fn(f64) -> f64);

/// Quantile functions of inputs that trip up bins: heavy tails, atoms at either end, heaps far apart.
fn awkward() -> Vec<Awkward> {
    fn lognormal(u: f64, ratio: f64) -> f64 {
        // Φ⁻¹ by the logistic approximation: the shape is what matters here.
        (ratio.ln() / 1.2816 * (u / (1.0 - u)).ln() / 1.702).exp()
    }
    vec![
        ("lognormal, p90 three times the median", |u| lognormal(u, 3.0)),
        ("lognormal, p90 ten times the median", |u| lognormal(u, 10.0)),
        ("lognormal, p90 a hundred times the median", |u| lognormal(u, 100.0)),
        ("Pareto 2.5", |u| (1.0 - u).powf(-0.4)),
        ("one low value in a hundred", |u| if u < 0.01 { 0.0 } else { 1.0 }),
        ("one low value in two thousand", |u| if u < 0.0005 { 0.0 } else { 1.0 }),
        ("one high value in a hundred", |u| if u > 0.99 { 1.0 } else { 0.0 }),
        ("five values, the lowest rare", |u| [0.0, 3.0, 3.1, 3.2, 3.3][((u * 4.04 + 0.96) as usize).min(4)]),
        ("heaps far apart", |u| {
            if u < 0.003 {
                u
            } else if u < 0.6 {
                100.0 + u
            } else {
                101.0 + 3.0 * u
            }
        }),
        ("an atom in the middle of a slope", |u| u.clamp(0.3, 0.7)),
        ("uniform", |u| u),
    ]
}

#[test]
fn of_an_additive_model_the_first_order_index_of_any_input_is_its_total_one() {
    for (name, quantile) in awkward() {
        let spread = |values: &[f64]| {
            let mean = values.iter().sum::<f64>() / values.len() as f64;
            (values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / values.len() as f64).sqrt()
        };
        let (x, again): (Vec<f64>, Vec<f64>) = (0..TRIALS).map(|i| (quantile(u(i, 0)), quantile(u(i, 100)))).unzip();
        // As much spread again that has nothing to do with it.
        let scale = spread(&x);
        let noise: Vec<f64> = (0..TRIALS).map(|i| scale * 12.0_f64.sqrt() * u(i, 1)).collect();
        let y: Vec<f64> = x.iter().zip(&noise).map(|(x, e)| x + e).collect();
        let other: Vec<f64> = again.iter().zip(&noise).map(|(x, e)| x + e).collect();
        let first = Response::new(&y).effect(&Ranked::new(&x)).expect("it varies").first;
        let all = total(&y, &other);
        // In these trials it is exactly half; the total index rests on twice as many.
        assert!((first.value - 0.5).abs() < 0.01 + 4.0 * first.error.min(0.02), "{name}: {first:?}");
        assert!(
            (first.value - all.value).abs() < 4.0 * first.error.hypot(all.error) + 0.002,
            "{name}: {first:?} {all:?}"
        );
        // Where one trial is most of the variance the error says that another run would tell another share.
        assert!(first.clear() || first.error > 0.2, "{name}: {first:?}");
    }
}

#[test]
fn of_what_is_all_that_is_uncertain_knowing_it_is_knowing_everything() {
    for (name, quantile) in awkward() {
        let x: Vec<f64> = (0..TRIALS).map(|i| quantile(u(i, 0))).collect();
        let mean = x.iter().sum::<f64>() / TRIALS as f64;
        // Rising, falling, and with a jump: what it is worth turns near the mean, at the mean, and at the median.
        let median = quantile(0.5);
        let models: [&dyn Fn(f64) -> f64; 3] =
            [&|x| 2.0 * x - 1.9 * mean, &|x| mean - x, &|x| if x > median { 3.0 + x.min(9.0) } else { -5.0 }];
        for (k, model) in models.iter().enumerate() {
            let y: Vec<f64> = x.iter().map(|x| model(*x)).collect();
            let (all, part) = (perfect_information(&y), known(&Ranked::new(&x), &y).worth);
            assert!(part.value <= all.value + 1e-12, "{name}, {k}: {part:?} above {all:?}");
            assert!(all.value - part.value <= 0.02 * all.value + 0.1 * all.error, "{name}, {k}: {part:?} {all:?}");
        }
    }
}

#[test]
fn no_part_is_ever_worth_more_than_everything() {
    // Small samples of noise, jumps and ties, where chance has most to say; and inputs together.
    for round in 0..60_u64 {
        let n = 400 + 37 * round as usize;
        let draw = |d: u64| (0..n).map(|i| u(i, 1000 * round + d)).collect::<Vec<f64>>();
        let (a, b, c) = (draw(0), draw(1), draw(2));
        let steps: Vec<f64> = b.iter().map(|x| (x * (2 + round % 7) as f64).floor()).collect();
        let y: Vec<f64> = (0..n).map(|i| a[i] + 0.3 * steps[i] + (c[i] - 0.5) * 4.0 - 1.0).collect();
        let all = perfect_information(&y).value;
        let found: Vec<Known> = [&a, &steps, &c].map(|input| known(&Ranked::new(input), &y)).into();
        for one in &found {
            assert!(one.worth.value <= all + 1e-12, "{round}: {:?} above {all}", one.worth);
        }
        let together = known_together(&found.iter().collect::<Vec<_>>(), &y).value;
        assert!(together <= all + 1e-12 && found.iter().all(|one| one.worth.value <= together), "{round}");
    }
}

#[test]
fn what_does_not_matter_is_not_told_to_be_worth_anything() {
    // Forty inputs that do nothing beside an outcome that is decided by a hair: the middle of the two estimates is near 0.
    let y: Vec<f64> = (0..5_000).map(|i| u(i, 7) - 0.5).collect();
    let told = (0..40_u64).filter(|d| {
        let x: Vec<f64> = (0..5_000).map(|i| u(i, 200 + d)).collect();
        known(&Ranked::new(&x), &y).worth.clear()
    });
    assert!(told.count() <= 2);
}

#[test]
fn rounding_of_sums_is_no_spread() {
    let y: Vec<f64> = (0..1000).map(|i| 0.1 + 1e-13 * u(i, 0)).collect();
    assert!(!Response::new(&y).varies() && Response::new(&y).effect(&Ranked::new(&sample(1)[..1000])).is_none());
    let large: Vec<f64> = (0..1000).map(|i| 1e9 + 1e-2 * u(i, 0)).collect();
    assert!(!Response::new(&large).varies());
    let small: Vec<f64> = (0..1000).map(|i| 1e-4 * u(i, 0)).collect();
    assert!(Response::new(&small).varies());
    assert_eq!(perfect_information(&[0.0, 12.0, 12.0].repeat(40)), Measured::default());
}
