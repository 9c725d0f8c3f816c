//! The beta–binomial model against cases worked by hand and brute force.

use super::*;

fn tally(failed: f64, cases: f64) -> Tally {
    Tally { failed, cases }
}

#[test]
fn nothing_seen_is_one_in_two() {
    let none = Failing::of(&[]);
    assert!((none.chance(Tally::default()) - 0.5).abs() < 1e-12);
}

#[test]
fn one_that_failed_has_its_closed_form() {
    // One case, failed: m has density 2m, mean 2/3, whatever κ. Chance (1 + m·κ)/(1 + κ), on average 2/3 + 1/3·E[1/(1 + κ)];
    // ln κ uniform: E[1/(1 + κ)] = [ln(κ/(1 + κ))] from 1 to 100, by ln 100 = (−0.0099503 + 0.6931472)/4.6051702 = 0.1483543.
    // 2/3 + 0.0494514 = 0.7161181. Another class: 2/3.
    let one = Failing::of(&[tally(1.0, 1.0)]);
    assert!((one.chance(tally(1.0, 1.0)) - 0.716_118_1).abs() < 1e-4, "{}", one.chance(tally(1.0, 1.0)));
    assert!((one.chance(Tally::default()) - 2.0 / 3.0).abs() < 1e-4);
}

/// A finer sum over m, κ and the chance of the class itself, with the likelihood as it is defined.
#[test]
fn the_grid_agrees_with_brute_force() {
    let classes = [tally(1.0, 4.0), tally(2.0, 4.0), tally(2.0, 3.0), tally(0.0, 1.0)];
    let (own, steps) = (classes[0], 400);
    let (mut total, mut mean) = (0.0, 0.0);
    let mut by_chance = vec![0.0; 400];
    for i in 0..steps {
        let m = (f64::from(i) + 0.5) / f64::from(steps);
        for k in 0..100 {
            let kappa = 100.0_f64.powf((f64::from(k) + 0.5) / 100.0);
            let (a, b) = (m * kappa, (1.0 - m) * kappa);
            // Γ's of whole numbers of cases are products.
            let run = |from: f64, count: f64| (0..count as u32).map(|j| from + f64::from(j)).product::<f64>();
            let likelihood: f64 =
                classes.iter().map(|c| run(a, c.failed) * run(b, c.cases - c.failed) / run(a + b, c.cases)).product();
            total += likelihood;
            mean += likelihood * (own.failed + a) / (own.cases + a + b);
            if i % 4 == 0 && k % 4 == 0 {
                let (a, b) = (own.failed + a, own.cases - own.failed + b);
                let ln_scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b);
                for (j, sum) in by_chance.iter_mut().enumerate() {
                    let x = (j as f64 + 0.5) / 400.0;
                    *sum += likelihood * (ln_scale + (a - 1.0) * x.ln() + (b - 1.0) * (1.0 - x).ln()).exp() / 400.0;
                }
            }
        }
    }
    let found = Failing::of(&classes);
    assert!((found.chance(own) - mean / total).abs() < 2e-4, "{} {}", found.chance(own), mean / total);
    let all: f64 = by_chance.iter().sum();
    for (end, p) in found.interval(own).into_iter().zip([0.1, 0.9]) {
        let below: f64 = by_chance.iter().take((end * 400.0) as usize).sum::<f64>() / all;
        assert!((below - p).abs() < 0.01, "{end}: {below} {p}");
    }
}

#[test]
fn a_class_is_drawn_towards_the_others() {
    // Three of three failed, elsewhere none of ten: less than three in four is believed, and more than the others have.
    let found = Failing::of(&[tally(3.0, 3.0), tally(0.0, 10.0)]);
    let (own, other) = (found.chance(tally(3.0, 3.0)), found.chance(tally(0.0, 10.0)));
    assert!(own < 0.9 && own > 0.5 && other < 0.1, "{own} {other}");
}
