//! Drawn values have the distributions that they are said to have: Kolmogorov–Smirnov against `rand_distr` and closed forms, and tails.

use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use engine::uncertainty::{Distribution, DrawsBuilder, Family, Input, Quantity, Sampler, Standard, Stream};
use rand::SeedableRng;
use rand::rngs::StdRng;

const BLOCKS: u64 = 400;
/// Kolmogorov's statistic `√n·D` exceeds this once in 1,000 samples; seeds are fixed.
const THRESHOLD: f64 = 1.95;

fn distribution(family: Family) -> Distribution {
    cut(family, None, None)
}

fn cut(family: Family, min: Option<f64>, max: Option<f64>) -> Distribution {
    Distribution::new(family, min, max).expect("valid parameters")
}

fn drawn(add: impl FnOnce(&mut DrawsBuilder) -> Input, sampler: Sampler, blocks: u64) -> Vec<f64> {
    let mut builder = DrawsBuilder::default();
    let input = add(&mut builder);
    let draws = builder.build(&[]).expect("tables are exact");
    let mut stream = Stream::new(&draws, 20_260_401, sampler, Isa::detect());
    let mut column = Column::default();
    let mut sample = Vec::new();
    for block in 0..blocks {
        stream.start(block);
        stream.fill(input, 2026, &mut column);
        sample.extend_from_slice(&column[..]);
    }
    sample
}

fn sample(distribution: Distribution) -> Vec<f64> {
    let quantity = Quantity::uncertain("x", distribution);
    drawn(|builder| builder.quantity(&quantity), Sampler::Plain, BLOCKS)
}

fn standard(shape: Standard) -> Vec<f64> {
    drawn(|builder| builder.standard("x", shape, 0.0), Sampler::Plain, BLOCKS)
}

/// `√n·D` against a distribution function.
fn one_sample(mut sample: Vec<f64>, cdf: impl Fn(f64) -> f64) -> f64 {
    sample.sort_by(f64::total_cmp);
    let n = sample.len() as f64;
    let gap = |(i, x): (usize, &f64)| (cdf(*x) - i as f64 / n).abs().max((cdf(*x) - (i + 1) as f64 / n).abs());
    sample.iter().enumerate().map(gap).fold(0.0, f64::max) * n.sqrt()
}

/// `√(nm/(n+m))·D` of two samples without ties.
fn two_samples(mut a: Vec<f64>, reference: impl rand_distr::Distribution<f64>) -> f64 {
    let mut rng = StdRng::seed_from_u64(8);
    let mut b: Vec<f64> = (0..a.len()).map(|_| reference.sample(&mut rng)).collect();
    a.sort_by(f64::total_cmp);
    b.sort_by(f64::total_cmp);
    let (mut i, mut j, mut d) = (0, 0, 0.0_f64);
    while i < a.len() && j < b.len() {
        if a[i] <= b[j] {
            i += 1;
        } else {
            j += 1;
        }
        d = d.max((i as f64 - j as f64).abs());
    }
    d / a.len() as f64 * (a.len() as f64 / 2.0).sqrt()
}

fn accept(name: &str, statistic: f64) {
    assert!(statistic < THRESHOLD, "{name}: {statistic:.2}");
    assert!(statistic > 0.2, "{name}: suspiciously even, {statistic:.2}");
}

#[test]
fn families_agree_with_rand_distr() {
    accept("normal", {
        two_samples(
            sample(distribution(Family::Normal { mean: 3.0, sd: 2.0 })),
            rand_distr::Normal::new(3.0, 2.0).expect("valid"),
        )
    });
    let sigma = (2.4_f64 / 1.6).ln() / 1.281_551_565_544_600_4;
    accept("lognormal", {
        let reference = rand_distr::LogNormal::new(1.6_f64.ln(), sigma).expect("valid");
        two_samples(sample(distribution(Family::LogNormal { median: 1.6, p90: 2.4 })), reference)
    });
    for (a, b) in [(18.0, 1.0), (0.5, 0.5), (2.0, 8.0)] {
        accept("beta", {
            two_samples(sample(distribution(Family::Beta { a, b })), rand_distr::Beta::new(a, b).expect("valid"))
        });
    }
    for mode in [1.0, 1.2, 3.0] {
        accept("pert", {
            let reference = rand_distr::Pert::new(1.0, 3.0).with_shape(4.0).with_mode(mode).expect("valid");
            two_samples(sample(distribution(Family::Pert { low: 1.0, mode, high: 3.0, shape: 4.0 })), reference)
        });
        accept("triangular", {
            let reference = rand_distr::Triangular::new(1.0, 3.0, mode).expect("valid");
            two_samples(sample(distribution(Family::Triangular { low: 1.0, mode, high: 3.0 })), reference)
        });
    }
    accept("pareto", {
        two_samples(
            sample(distribution(Family::Pareto { low: 20.0, alpha: 1.7 })),
            rand_distr::Pareto::new(20.0, 1.7).expect("valid"),
        )
    });
}

#[test]
fn standard_draws_agree_with_closed_forms_and_rand_distr() {
    accept("uniform", one_sample(standard(Standard::Uniform), |x| x));
    accept("normal", two_samples(standard(Standard::Normal), rand_distr::StandardNormal));
    accept("exponential", one_sample(standard(Standard::Exponential), |x| -(-x).exp_m1()));
    accept("logistic", one_sample(standard(Standard::Logistic), |x| 1.0 / (1.0 + (-x).exp())));
    accept("Gumbel", one_sample(standard(Standard::Gumbel), |x| (-(-x).exp()).exp()));
}

#[test]
fn the_uniform_and_mixtures_of_uniforms_agree_with_closed_forms() {
    accept("uniform", one_sample(sample(distribution(Family::Uniform { low: -2.0, high: 3.0 })), |x| (x + 2.0) / 5.0));
    let uniform = |low: f64| distribution(Family::Uniform { low, high: low + 1.0 });
    let mixture = distribution(Family::Mixture { weights: vec![1.0, 3.0], parts: vec![uniform(0.0), uniform(2.0)] });
    let cdf = |x: f64| 0.25 * x.clamp(0.0, 1.0) + 0.75 * (x - 2.0).clamp(0.0, 1.0);
    accept("mixture", one_sample(sample(mixture), cdf));
}

#[test]
fn metalogs_agree_with_keelins_quantile_function() {
    // Written out again from Keelin (2016), equations 5, 11 and 13, with a1, a2, a3 from his equations 22.
    let terms = |low: f64, middle: f64, high: f64| {
        let r = (middle - low) / (high - low);
        [middle, (high - low) / (2.0 * 9_f64.ln()), (1.0 - 2.0 * r) * (high - low) / (0.8 * 9_f64.ln())]
    };
    let metalog = |[a1, a2, a3]: [f64; 3], y: f64| a1 + (a2 + a3 * (y - 0.5)) * (y / (1.0 - y)).ln();
    let family = Family::Quantiles { p10: 2.0, p50: 3.0, p90: 5.0 };
    let logit = |x: f64| ((x - 0.5) / (9.0 - x)).ln();
    let statistic = |values: Vec<f64>, quantile: &dyn Fn(f64) -> f64| {
        let n = values.len() as f64;
        let gap = |i: i32| {
            let y = f64::from(i) / 200.0;
            (values.iter().filter(|x| **x <= quantile(y)).count() as f64 / n - y).abs()
        };
        (1..200).map(gap).fold(0.0, f64::max) * n.sqrt()
    };
    accept("metalog", statistic(sample(distribution(family.clone())), &|y| metalog(terms(2.0, 3.0, 5.0), y)));
    let log = terms(1.5_f64.ln(), 2.5_f64.ln(), 4.5_f64.ln());
    accept("log-metalog", statistic(sample(cut(family.clone(), Some(0.5), None)), &|y| 0.5 + metalog(log, y).exp()));
    let odds = terms(logit(2.0), logit(3.0), logit(5.0));
    accept("logit-metalog", {
        statistic(sample(cut(family, Some(0.5), Some(9.0))), &|y| {
            let e = metalog(odds, y).exp();
            (0.5 + 9.0 * e) / (1.0 + e)
        })
    });
}

#[test]
fn cut_families_are_what_is_left_of_the_whole_ones() {
    struct Within<D>(D, f64, f64);
    impl<D: rand_distr::Distribution<f64>> rand_distr::Distribution<f64> for Within<D> {
        fn sample<R: rand::Rng + ?Sized>(&self, rng: &mut R) -> f64 {
            loop {
                let x = self.0.sample(rng);
                if x >= self.1 && x <= self.2 {
                    return x;
                }
            }
        }
    }
    let normal = cut(Family::Normal { mean: 0.0, sd: 1.0 }, Some(0.5), Some(2.0));
    accept("normal", two_samples(sample(normal), Within(rand_distr::StandardNormal, 0.5, 2.0)));
    let triangle = cut(Family::Triangular { low: 0.0, mode: 1.0, high: 4.0 }, Some(0.5), Some(3.0));
    let reference = rand_distr::Triangular::new(0.0, 4.0, 1.0).expect("valid");
    accept("triangular", two_samples(sample(triangle), Within(reference, 0.5, 3.0)));
    let pareto = cut(Family::Pareto { low: 1.0, alpha: 1.2 }, None, Some(8.0));
    accept("pareto", two_samples(sample(pareto), Within(rand_distr::Pareto::new(1.0, 1.2).expect("valid"), 1.0, 8.0)));
    let beta = cut(Family::Beta { a: 2.0, b: 3.0 }, Some(0.6), None);
    accept("beta", two_samples(sample(beta), Within(rand_distr::Beta::new(2.0, 3.0).expect("valid"), 0.6, 1.0)));
}

#[test]
fn single_values_come_up_as_often_as_their_weights_say() {
    let share =
        |values: &[f64], x: f64| values.iter().filter(|v| v.total_cmp(&x).is_eq()).count() as f64 / values.len() as f64;
    let within = |got: f64, p: f64, n: usize| (got - p).abs() < 4.0 * (p * (1.0 - p) / n as f64).sqrt();
    let drawn = sample(distribution(Family::Discrete { values: vec![5.0, 1.0, 3.0], weights: vec![1.0, 2.0, 5.0] }));
    for (x, p) in [(5.0, 0.125), (1.0, 0.25), (3.0, 0.625)] {
        assert!(within(share(&drawn, x), p, drawn.len()), "{x}: {}", share(&drawn, x));
    }
    for n in [4_u32, 40] {
        let values: Vec<f64> = (0..n).map(|i| f64::from(i * 7 % n)).collect();
        let drawn = sample(distribution(Family::Empirical { values: values.clone() }));
        for x in values {
            assert!(within(share(&drawn, x), 1.0 / f64::from(n), drawn.len()), "{n} {x}");
        }
    }
}

#[test]
fn far_tails_hold_as_much_as_they_should() {
    let families = [
        Family::Normal { mean: 0.0, sd: 1.0 },
        Family::LogNormal { median: 1.0, p90: 3.0 },
        Family::Pareto { low: 1.0, alpha: 1.1 },
        Family::Beta { a: 0.3, b: 9.0 },
        Family::Quantiles { p10: 0.0, p50: 1.0, p90: 3.0 },
        Family::Triangular { low: 0.0, mode: 0.1, high: 1.0 },
    ];
    for family in families {
        let distribution = distribution(family.clone());
        // 2²¹ trials: 1e-4 of them are 210 ± 14.5; four standard errors.
        let (low, high) = (distribution.quantile(1e-4), distribution.upper_quantile(1e-4));
        let quantity = Quantity::uncertain("x", distribution);
        let values = drawn(|b| b.quantity(&quantity), Sampler::Plain, (1 << 21) / BLOCK as u64);
        let expected = 1e-4 * values.len() as f64;
        for count in [values.iter().filter(|x| **x < low).count(), values.iter().filter(|x| **x > high).count()] {
            assert!((count as f64 - expected).abs() < 4.0 * expected.sqrt(), "{family:?}: {count}");
        }
    }
}

#[test]
fn every_sampler_gives_every_family_its_mean() {
    // PERT 1, 2, 6: mean (1 + 4·2 + 6)/6 = 2.5. Latin and Sobol are far closer than chance would have it.
    let quantity = Quantity::uncertain("x", distribution(Family::Pert { low: 1.0, mode: 2.0, high: 6.0, shape: 4.0 }));
    for (sampler, tolerance) in [(Sampler::Plain, 4.0 * 0.94 / 320.0), (Sampler::Latin, 1e-5), (Sampler::Sobol, 1e-5)] {
        let values = drawn(|b| b.quantity(&quantity), sampler, 102_400 / BLOCK as u64);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        assert!((mean - 2.5).abs() < tolerance, "{sampler}: {mean}");
    }
}
