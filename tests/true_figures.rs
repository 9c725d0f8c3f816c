//! Figures of awkward distributions beside the truth: percentiles and chances lie where their stated errors say, whatever the shape.

#[path = "engine/counting.rs"]
#[expect(dead_code, reason = "others count more columns at once")]
mod counting;

use counting::{Made, count_at, money};
use engine::outcomes::tolerance;
use engine::statistics::{Estimate, Forecast, Percentile};
use engine::uncertainty::Sampler;
use engine::units::Unit;

/// Trials of a run, and how many runs.
const TRIALS: usize = 10_000;
const SEEDS: u64 = 200;
const RANKS: [f64; 9] = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99];

/// A distribution by its quantile function.
struct Case {
    name: &'static str,
    quantile: fn(f64) -> f64,
    unit: Unit,
}

/// Inverse of the standard normal distribution function, to 1e-9 (Acklam's rational approximation and one step of Halley's).
fn z(u: f64) -> f64 {
    const A: [f64; 6] = [
        -39.696_830_286_653_76,
        220.946_098_424_520_5,
        -275.928_510_446_968_7,
        138.357_751_867_269,
        -30.664_798_066_147_16,
        2.506_628_277_459_239,
    ];
    const B: [f64; 5] = [
        -54.476_098_798_224_06,
        161.585_836_858_040_9,
        -155.698_979_859_886_6,
        66.801_311_887_719_72,
        -13.280_681_552_885_72,
    ];
    const C: [f64; 6] = [
        -0.007_784_894_002_430_293,
        -0.322_396_458_041_136_5,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 4] =
        [0.007_784_695_709_041_462, 0.322_467_129_070_039_8, 2.445_134_137_142_996, 3.754_408_661_907_416];
    let horner = |c: &[f64], x: f64| c.iter().fold(0.0, |sum, k| sum * x + k);
    let tail = |q: f64| horner(&C, q) / (horner(&D, q) * q + 1.0);
    if u < 0.024_25 {
        tail((-2.0 * u.ln()).sqrt())
    } else if u > 1.0 - 0.024_25 {
        -tail((-2.0 * (1.0 - u).ln()).sqrt())
    } else {
        let q = u - 0.5;
        q * horner(&A, q * q) / (horner(&B, q * q) * q * q + 1.0)
    }
}

/// One of several values, each as likely.
fn one_of(values: &[f64], u: f64) -> f64 {
    values[((u * values.len() as f64) as usize).min(values.len() - 1)]
}

/// The first distribution with a chance, else the second, which lies above it.
fn below(chance: f64, u: f64, low: fn(f64) -> f64, high: fn(f64) -> f64) -> f64 {
    if u < chance { low(u / chance) } else { high((u - chance) / (1.0 - chance)) }
}

fn lognormal(u: f64, p90: f64) -> f64 {
    (p90.ln() / 1.281_551_565_544_6 * z(u)).exp()
}

fn pareto(u: f64, alpha: f64) -> f64 {
    (1.0 - u).powf(-1.0 / alpha)
}

/// A normal cut at 3.5 standard deviations, so that heaps do not run into each other.
fn heap(u: f64) -> f64 {
    z(0.000_232_6 + u * 0.999_534_8)
}

const fn case(name: &'static str, quantile: fn(f64) -> f64) -> Case {
    Case { name, quantile, unit: Unit::Millions }
}

/// Distributions that are continuous at every rank looked at.
const SMOOTH: &[Case] = &[
    case("normal", z),
    case("normal, tiny", |u| 1e-9 * z(u)),
    case("normal, huge and far from 0", |u| 1e12 + 1e6 * z(u)),
    case("nearly one value", |u| 1e6 + 1e-6 * z(u)),
    case("uniform", |u| u),
    case("exponential", |u| -(1.0 - u).ln()),
    case("exponential, falling", f64::ln),
    case("lognormal, p90 3 times the median", |u| lognormal(u, 3.0)),
    case("lognormal, 10 times", |u| lognormal(u, 10.0)),
    case("lognormal, 100 times", |u| lognormal(u, 100.0)),
    case("lognormal, 1,000 times", |u| lognormal(u, 1000.0)),
    case("18 less 6 lognormals", |u| 18.0 - 6.0 * lognormal(1.0 - u, 100.0)),
    case("Pareto 3", |u| pareto(u, 3.0)),
    case("Pareto 2", |u| pareto(u, 2.0)),
    case("Pareto 1", |u| pareto(u, 1.0)),
    case("Pareto 0.5", |u| pareto(u, 0.5)),
    case("Cauchy", |u| (std::f64::consts::PI * (u - 0.5)).tan()),
    case(
        "difference of heavy tails",
        |u| if u < 0.5 { -pareto(1.0 - 2.0 * u, 0.7) } else { pareto(2.0 * u - 1.0, 0.7) },
    ),
    case("one in 500 at 500", |u| below(0.998, u, |v| 1.0 + 0.2 * v, |v| 500.0 + v)),
    case("one in 10,000 at a million", |u| below(0.9999, u, z, |v| 1e6 + v)),
    case("one in 500 far below", |u| below(0.002, u, |v| -500.0 + v, z)),
    case("two heaps far apart", |u| below(0.35, u, heap, |v| 1e6 + heap(v))),
    case("three heaps at 1, 1,000 and a million", |u| {
        below(0.3, u, |v| 1.0 + 0.01 * heap(v), |v| below(0.5, v, |w| 1000.0 + heap(w), |w| 1e6 + 1000.0 * heap(w)))
    }),
    case("a narrow heap in a wide one", |u| {
        if u < 0.4 {
            2.0 * u - 1.0
        } else if u < 0.6 {
            -0.2 + 1e-6 * ((u - 0.4) / 0.2 - 0.5)
        } else {
            2.0 * u - 1.0
        }
    }),
    case("log-uniform over twelve orders", |u| 10f64.powf(12.0 * u - 6.0)),
    case("saw of twenty heaps", |u| (20.0 * u).floor() + 0.05 * (20.0 * u).fract()),
    case("U-shaped", |u| (std::f64::consts::PI * u / 2.0).sin().powi(2)),
    case("triangular", |u| if u < 0.1 { (u * 0.1).sqrt() } else { 1.0 - ((1.0 - u) * 0.9).sqrt() }),
    case("fifth power, alternating signs", |u| z(u).powi(5)),
];

/// Distributions with steps at some of the ranks looked at, or near them.
const STEPPED: &[Case] = &[
    case("a half at 0, else exponential", |u| if u < 0.5 { 0.0 } else { -(2.0 - 2.0 * u).ln() }),
    case("seven tenths at 0, else lognormal", |u| below(0.7, u, |_| 0.0, |v| lognormal(v, 50.0))),
    case("a third at 0.1 within a normal", |u| {
        if u < 0.4 {
            heap(u / 0.4) - 3.6
        } else if u < 0.733 {
            0.1
        } else {
            heap((u - 0.733) / 0.267) + 3.8
        }
    }),
    case("twelve values", |u| 18.0 * one_of(&[0.0, 0.1, 0.2, 0.3333, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1], u) - 6.0),
    case("nine values", |u| one_of(&[-4.1, -3.0, -2.2, -1.0, 0.0, 1.3, 2.0, 3.7, 900.1], u)),
    case("thirty values", |u| (30.0 * u).floor().powi(3) / 7.0),
    case("two values, nearly even", |u| if u < 0.503 { 0.0 } else { 12.0 }),
    case("two values, nearly even, small", |u| if u < 0.497 { -1e-7 } else { 1e-7 }),
    case("one in 20 low", |u| if u < 0.05 { -6.0 } else { 12.0 }),
    case("one in 100 high", |u| if u < 0.991 { 1.0 } else { 80.0 }),
    case("constant", |_| 3.7),
    case("constant but for one in 10,000", |u| if u < 0.9999 { 3.7 } else { -1e5 }),
    case("constant but for rounding", |u| 1e3 + 1e-13 * (8.0 * u).floor()),
    Case { name: "whole numbers to a million", quantile: |u| (1e6 * u).floor(), unit: Unit::Count },
    Case { name: "whole numbers to 300", quantile: |u| (300.0 * u * u).floor(), unit: Unit::Count },
    Case { name: "geometric", quantile: |u| ((1.0 - u).ln() / 0.6f64.ln()).floor(), unit: Unit::Count },
    case("whole numbers of money, then not", |u| if u < 0.9995 { (4.0 * u).floor() } else { 2.5 }),
    case("years, whole and not", |u| if u < 0.6 { (10.0 * u).floor() } else { 6.0 + 10.0 * (u - 0.6) }),
    case("heaps of atoms", |u| (10.0 * u).floor() * 1e5 + (100.0 * u).floor() % 10.0),
];

/// Even numbers in (0, 1) by run and trial (`SplitMix64`).
fn uniform(seed: u64, trial: usize) -> f64 {
    let mut x = (seed << 32 | trial as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(0x1234_5678_9abc_def1);
    for (shift, factor) in [(30, 0xbf58_476d_1ce4_e5b9), (27, 0x94d0_49bb_1331_11eb)] {
        x = (x ^ (x >> shift)).wrapping_mul(factor);
    }
    x ^= x >> 31;
    ((x >> 12) as f64 + 0.5) / 4_503_599_627_370_496.0
}

fn forecast(case: &Case, seed: u64, amounts: &[f64]) -> Forecast {
    let values = (0..TRIALS).map(|trial| (case.quantile)(uniform(seed, trial))).collect();
    let made = Made { unit: case.unit, ..money("x", values) };
    count_at(&[made], Sampler::Plain, amounts)
}

/// How far a figure lies outside an interval, in its standard errors; *exact* figures are compared as numbers are.
fn apart(figure: Estimate, (low, high): (f64, f64)) -> f64 {
    let hair = 1e-9 * figure.value.abs().max(high - low);
    let outside = (low - figure.value).max(figure.value - high).max(0.0);
    if outside <= hair { 0.0 } else { outside / figure.error }
}

/// Runs a distribution over all seeds: by rank, how often the interval holds the truth, and the farthest it was off.
fn percentiles(case: &Case) -> Vec<(f64, f64, f64)> {
    let mut found = RANKS.map(|p| (p, 0.0, 0.0_f64)).to_vec();
    for seed in 0..SEEDS {
        let forecast = forecast(case, seed, &[]);
        for (p, held, farthest) in &mut found {
            let Some(Percentile::At(figure)) = forecast.percentile("x", *p) else {
                panic!("{} has no P{p}", case.name)
            };
            let off = apart(figure, ((case.quantile)(*p - 1e-9), (case.quantile)(*p + 1e-9)));
            *held += f64::from(u8::from(off <= 1.96)) / SEEDS as f64;
            *farthest = farthest.max(off);
        }
    }
    found
}

/// What must hold of a distribution at each rank; returns how often the intervals held in all.
fn check(case: &Case) -> f64 {
    let found = percentiles(case);
    let all = found.iter().map(|(_, held, _)| held).sum::<f64>() / found.len() as f64;
    let wrong: Vec<_> = found.iter().filter(|(_, held, farthest)| *held < 0.88 || *farthest > 5.0).collect();
    println!("{}: {all:.3} {found:.3?}", case.name);
    assert!(wrong.is_empty(), "{}: {wrong:?}", case.name);
    all
}

#[test]
fn percentiles_of_smooth_distributions_lie_where_their_errors_say() {
    let held: Vec<f64> = SMOOTH.iter().map(check).collect();
    let pooled = held.iter().sum::<f64>() / held.len() as f64;
    println!("pooled: {pooled:.4}");
    assert!((0.93..=0.97).contains(&pooled), "{pooled}");
}

#[test]
fn percentiles_of_stepped_distributions_are_never_surer_than_they_may_be() {
    STEPPED.iter().for_each(|case| {
        check(case);
    });
}

/// Chance of being below `x`, and of being at most `x`, by bisection of the quantile function.
fn chances(case: &Case, x: f64) -> (f64, f64) {
    let first = |reached: &dyn Fn(f64) -> bool| {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..60 {
            let middle = (low + high) / 2.0;
            if reached((case.quantile)(middle)) { high = middle } else { low = middle }
        }
        high
    };
    (first(&|value| value >= x), first(&|value| value > x))
}

#[test]
fn chances_lie_where_their_errors_say_and_those_asked_about_are_counts() {
    for case in SMOOTH.iter().chain(STEPPED) {
        let asked = [0.0, (case.quantile)(0.3), (case.quantile)(0.97), (case.quantile)(0.9993)];
        let unasked = [(case.quantile)(0.2) * 0.999 + 0.0003, (case.quantile)(0.62), (case.quantile)(0.985)];
        let mut held = [0.0; 7];
        for seed in 0..SEEDS {
            let forecast = forecast(case, seed, &asked);
            for ((k, x), held) in asked.iter().chain(&unasked).enumerate().zip(&mut held) {
                // What is within a thousand-millionth of an amount asked about is equal to it.
                let equal = if k < asked.len() { tolerance(*x) } else { 0.0 };
                let (below, upto) = chances(case, x - equal);
                let chance = forecast.chance_at_least("x", *x).expect("counted");
                let chance = Estimate::new(1.0 - chance.value, chance.error);
                if k < asked.len() {
                    let counted = chance.value * TRIALS as f64;
                    assert!((counted - counted.round()).abs() < 1e-6, "{}: {counted} below {x}", case.name);
                }
                // Beside an amount asked about, what is as good as equal to it stands at that amount.
                let beside = k >= asked.len() && asked.iter().any(|other| (x - other).abs() <= 2.0 * tolerance(*other));
                let off = if beside { 0.0 } else { apart(chance, (below.min(upto), upto)) };
                assert!(off <= 5.0, "{}: chance below {x} is {chance}, right {below}", case.name);
                *held += f64::from(u8::from(off <= 1.96)) / SEEDS as f64;
            }
        }
        assert!(held.iter().all(|held| *held >= 0.88), "{}: {held:?}", case.name);
    }
}

/// Sixteen groups of one even grid of 128 values, a thousandth of its step apart: groups that agree far better than they know. What they do
/// not tell is told by the trials themselves: half the step between two values, and a quarter of a trial in each group of 128.
#[test]
fn an_even_sample_is_no_surer_than_the_gap_between_its_trials() {
    let groups = Sampler::Sobol.groups();
    let mut values = vec![0.0; groups * 128];
    let mut filled = vec![0; groups];
    for (trial, value) in values.iter_mut().enumerate() {
        let group = Sampler::Sobol.group_of((trial / 128) as u64);
        let place = f64::from(filled[group]);
        *value = (place + 0.5 + 1e-3 * group as f64 / groups as f64) / 128.0;
        filled[group] += 1;
    }
    assert!(filled.iter().all(|count| *count == 128), "{filled:?}");
    let forecast = count_at(&[money("x", values)], Sampler::Sobol, &[]);
    let Some(Percentile::At(median)) = forecast.percentile("x", 0.5) else { panic!("no median") };
    // The ranks beside the middle one lie a step of 1/128 apart.
    assert!(median.error >= 0.99 / 256.0 && (median.value - 0.5).abs() <= 2.0 * median.error, "{median}");
    for percent in 3..97 {
        let x = f64::from(percent) / 100.0;
        let chance = forecast.chance_at_most("x", x).expect("counted");
        // Half a trial of 128 is 0.0039; √16 trials of 2,048 are 0.0020.
        assert!((chance.value - x).abs() <= 2.5 * chance.error, "at most {x}: {chance}");
    }
}

/// No first trial has a value, one later trial in five has: its mean and percentiles are those of what comes, and nothing is infinite.
#[test]
fn what_no_first_trial_has_is_counted_all_the_same() {
    for unit in [Unit::Years, Unit::Millions, Unit::Share, Unit::Count] {
        let value = |trial: usize| if trial < 1024 || !trial.is_multiple_of(5) { f64::NAN } else { uniform(1, trial) };
        let values: Vec<f64> = (0..TRIALS).map(value).collect();
        let kept: Vec<f64> = values.iter().copied().filter(|x| !x.is_nan()).collect();
        let right = kept.iter().sum::<f64>() / kept.len() as f64;
        let forecast = count_at(&[Made { unit, ..money("x", values) }], Sampler::Plain, &[]);
        let mean = forecast.mean("x").expect("some have it");
        if unit != Unit::Count {
            assert!((mean.value - right).abs() < 1e-9, "{unit:?}: {mean}, right {right}");
            let Some(Percentile::At(median)) = forecast.percentile("x", 0.5) else { panic!("no median") };
            assert!((median.value - 0.5).abs() <= 3.0 * median.error, "{unit:?}: {median}");
        }
        assert!(mean.value.is_finite() && mean.error.is_finite());
    }
}
