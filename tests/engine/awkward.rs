//! Awkward columns made by hand: missing and infinite values, constants that move, what cannot be negative, huge and rare values.

use engine::outcomes::Missing;
use engine::statistics::Percentile;
use engine::uncertainty::Sampler;
use engine::units::Unit;

use super::counting::{Made, count, money, scattered};
use super::forecasts::at;

#[test]
fn payback_at_once_and_never_are_counted_exactly() {
    let mut values = scattered(20_000);
    for (i, x) in values.iter_mut().enumerate() {
        match i % 10 {
            0..3 => *x = 0.0,
            3..5 => *x = f64::NAN,
            _ => *x = 2.0 + 6.0 * *x,
        }
    }
    let made = Made { name: "payback", unit: Unit::Years, missing: Missing::Never, values };
    let forecast = count(&[made], Sampler::Plain);
    let at_most = |x: f64| forecast.chance_at_most("payback", x).expect("counted").value;
    assert!((at_most(0.0) - 0.3).abs() < 1e-12, "{}", at_most(0.0));
    assert!((at_most(1.9) - 0.3).abs() < 1e-12, "{}", at_most(1.9));
    assert!((at_most(5.0) - 0.55).abs() < 1e-3, "{}", at_most(5.0));
    assert!((forecast.chance_at_least("payback", 1e9).expect("counted").value - 0.2).abs() < 1e-12);
    assert!((forecast.missing("payback").expect("counted").value - 0.2).abs() < 1e-12);
    assert_eq!(at(forecast.percentile("payback", 0.25)).map(|p| p.value), Some(0.0));
    assert_eq!(forecast.percentile("payback", 0.81), Some(Percentile::Never));
    assert!(matches!(forecast.percentile("payback", 0.79), Some(Percentile::At(_))));
    // (0.3·0 + 0.5·5)/0.8.
    assert!((forecast.mean("payback").expect("counted").value - 3.125).abs() < 0.01);
}

#[test]
fn an_undefined_value_is_left_out_of_percentiles_and_chances() {
    let values = scattered(8_000).iter().map(|x| if *x < 0.5 { f64::NAN } else { *x }).collect();
    let forecast = count(&[money("ratio of a year", values)], Sampler::Plain);
    let median = at(forecast.percentile("ratio of a year", 0.5)).expect("defined").value;
    assert!((median - 0.75).abs() < 1e-3, "{median}");
    let chance = forecast.chance_at_least("ratio of a year", 0.75).expect("defined").value;
    assert!((chance - 0.5).abs() < 2e-3, "{chance}");
}

#[test]
fn a_column_that_never_has_a_value_has_no_figure() {
    let forecast = count(&[money("nothing", vec![f64::NAN; 500])], Sampler::Plain);
    assert_eq!(forecast.mean("nothing"), None);
    assert_eq!(forecast.sd("nothing"), None);
    assert_eq!(forecast.percentile("nothing", 0.5), None);
    assert_eq!(forecast.chance_at_least("nothing", 0.0), None);
    assert!((forecast.missing("nothing").expect("counted").value - 1.0).abs() < 1e-12);
    assert!(forecast.distribution("nothing", 10).is_empty());
}

#[test]
fn a_column_that_is_constant_at_first_is_counted_rightly_later() {
    // Nothing in the first 4,096 trials, then up to 1: neither a whole number nor in any bin that they set.
    let u = scattered(40_960);
    let values: Vec<f64> = u.iter().enumerate().map(|(i, x)| if i < 4096 { 0.0 } else { 0.2 + 0.6 * x }).collect();
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    let forecast = count(&[money("late", values)], Sampler::Plain);
    assert!((forecast.mean("late").expect("counted").value - mean).abs() < 1e-12);
    assert!((forecast.chance_at_most("late", 0.0).expect("counted").value - 0.1).abs() < 1e-12);
    assert!((forecast.chance_at_least("late", 0.1).expect("counted").value - 0.9).abs() < 1e-12);
    let median = at(forecast.percentile("late", 0.5)).expect("comes").value;
    // Beyond the range a bin is an octave wide.
    assert!((0.2..=0.8).contains(&median), "{median}");
}

#[test]
fn what_is_never_negative_is_counted_as_never_negative() {
    // Three in ten exactly 0, or 0 but for rounding, or 0 throughout the first trials; the rest up to 6.
    let u = scattered(40_960);
    let made = |of: &dyn Fn(usize, f64) -> f64| -> Vec<f64> { u.iter().enumerate().map(|(i, x)| of(i, *x)).collect() };
    let columns = [
        money("atom", made(&|i, x| if i % 10 < 3 { 0.0 } else { 6.0 * x })),
        money("noise", made(&|i, x| if i % 10 < 3 { 1e-14 * x } else { 6.0 * x })),
        money("late", made(&|i, x| if i < 4096 { 0.0 } else { 6.0 * x * x })),
    ];
    let forecast = count(&columns, Sampler::Plain);
    for name in ["atom", "noise", "late"] {
        let chance = forecast.chance_at_least(name, 0.0).expect("counted").value;
        assert!((chance - 1.0).abs() < 1e-12, "{name}: {chance}");
        let lowest = at(forecast.percentile(name, 0.001)).expect("comes").value;
        assert!(lowest >= 0.0, "{name}: {lowest}");
    }
}

#[test]
fn rare_large_values_after_many_zeros_have_a_spread() {
    let mut values = vec![0.0; 20_000];
    values.iter_mut().skip(5000).step_by(1500).for_each(|x| *x = 300.0);
    // Ten values of 300: their mean square is 10·300²/20,000 = 45, the mean 0.15.
    let forecast = count(&[money("rare", values)], Sampler::Plain);
    let sd = (45.0_f64 - 0.15 * 0.15).sqrt();
    assert!((forecast.mean("rare").expect("counted").value - 0.15).abs() < 1e-12);
    assert!((forecast.sd("rare").expect("counted") / sd - 1.0).abs() < 1e-4);
}

#[test]
fn rounding_noise_about_a_constant_sets_no_range() {
    let u = scattered(20_000);
    let noisy: Vec<f64> = u.iter().map(|x| if *x < 0.5 { 5.3 } else { 5.3 + 1e-15 }).collect();
    let mut values = noisy;
    for x in values.iter_mut().skip(4096).step_by(3) {
        *x = 105.3;
    }
    let brute = values.iter().sum::<f64>() / values.len() as f64;
    let sd = (values.iter().map(|x| (x - brute).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt();
    let forecast = count(&[money("noise", values)], Sampler::Plain);
    assert!((forecast.mean("noise").expect("counted").value - brute).abs() < 1e-9);
    assert!((forecast.sd("noise").expect("counted") / sd - 1.0).abs() < 1e-9, "{:?} {sd}", forecast.sd("noise"));
    assert!((forecast.chance_at_least("noise", 50.0).expect("counted").value - 0.265_05).abs() < 1e-4);
}

#[test]
fn huge_values_break_no_sum() {
    let mut values = scattered(10_240);
    for (i, x) in values.iter_mut().enumerate().skip(5000) {
        if i % 1000 == 0 {
            *x = 1e6;
        }
    }
    let brute = values.iter().sum::<f64>() / values.len() as f64;
    let sd = (values.iter().map(|x| (x - brute).powi(2)).sum::<f64>() / (values.len() - 1) as f64).sqrt();
    let forecast = count(&[money("huge", values.clone())], Sampler::Plain);
    assert!((forecast.mean("huge").expect("counted").value / brute - 1.0).abs() < 1e-9);
    assert!((forecast.sd("huge").expect("counted") / sd - 1.0).abs() < 1e-9);
    assert!(forecast.chance_at_least("huge", 2.0).expect("counted").value > 0.0005);

    // So large that its square cannot be kept: the figure says so instead of wrapping round.
    values[9000] = 1e30;
    let forecast = count(&[money("huge", values)], Sampler::Plain);
    assert_eq!(forecast.sd("huge"), Some(f64::INFINITY));
    let mean = forecast.mean("huge").expect("counted");
    assert!(mean.error.is_infinite(), "{mean}");
    assert!((at(forecast.percentile("huge", 0.5)).expect("comes").value - 0.5).abs() < 1e-2);
}

#[test]
fn an_infinite_value_is_no_missing_value_and_no_finite_mean() {
    for (bad, low) in [(f64::INFINITY, false), (f64::NEG_INFINITY, true)] {
        let mut values = scattered(6_000);
        values[5_500] = bad;
        let forecast = count(&[money("x", values)], Sampler::Plain);
        assert!(forecast.missing("x").expect("counted").value < 1e-12);
        let mean = forecast.mean("x").expect("counted");
        assert!(mean.value.is_infinite() && (mean.value < 0.0) == low && mean.error.is_infinite(), "{mean:?}");
        assert!((at(forecast.percentile("x", 0.5)).expect("comes").value - 0.5).abs() < 1e-3);
        let beyond = if low { forecast.chance_at_most("x", -1.0) } else { forecast.chance_at_least("x", 2.0) };
        assert!((beyond.expect("counted").value - 1.0 / 6000.0).abs() < 1e-12);
    }
}

#[test]
fn one_trial_is_its_own_percentile_and_its_error_is_not_known() {
    let columns = [
        money("a", vec![5.3]),
        money("b", vec![2.0]),
        Made { name: "flag", unit: Unit::Flag, missing: Missing::Undefined, values: vec![1.0] },
    ];
    let forecast = count(&columns, Sampler::Plain);
    for (name, value) in [("a", 5.3), ("b", 2.0)] {
        let mean = forecast.mean(name).expect("counted");
        assert!((mean.value - value).abs() < 1e-12 && mean.error.is_infinite(), "{name}: {mean:?}");
        for p in [0.01, 0.5, 0.99] {
            let percentile = at(forecast.percentile(name, p)).expect("comes");
            assert!((percentile.value - value).abs() < 1e-12 && percentile.error.is_infinite(), "{percentile:?}");
        }
    }
    let ratio = forecast.ratio("ratio").expect("defined");
    assert!((ratio.value - 2.65).abs() < 1e-12 && ratio.error.is_infinite(), "{ratio:?}");
    let chance = forecast.mean("flag").expect("counted");
    // (1 + 2)/(1 + 4) = 0.6: √(0.6·0.4/5) = 0.219.
    assert!((chance.value - 1.0).abs() < 1e-12 && (chance.error - 0.219).abs() < 1e-3, "{chance:?}");
}

#[test]
fn whole_numbers_far_beyond_the_first_ones_are_still_in_order() {
    let values: Vec<f64> = (0..20_000).map(|i| if i > 5000 && i % 4 == 0 { 900.0 } else { f64::from(i % 3) }).collect();
    let made = Made { name: "n", unit: Unit::Count, missing: Missing::Undefined, values };
    let forecast = count(&[made], Sampler::Plain);
    let share = forecast.chance_at_least("n", 3.0).expect("counted").value;
    assert!((share - 3749.0 / 20_000.0).abs() < 1e-4, "{share}");
    assert_eq!(at(forecast.percentile("n", 0.5)).map(|p| p.value), Some(1.0));
}

#[test]
fn a_stray_trial_in_a_group_of_its_own_does_not_inflate_the_error() {
    // Two full batches of a Latin hypercube and three trials of a third: each batch knows the mean almost exactly.
    let values: Vec<f64> = scattered(8195);
    let forecast = count(&[money("x", values)], Sampler::Latin);
    let error = forecast.mean("x").expect("counted").error;
    // Three trials of sd 0.29 weigh 3/8195 of the whole: at most 0.0004.
    assert!(error < 4e-4, "{error}");
}

#[test]
fn the_farthest_of_all_is_known_to_the_last_digit() {
    // 1,999 in 0 to 1 and, in the last trial, one far beyond, in a bin two to an octave wide: the percentile that only it reaches is it.
    for far in [7.3, -41.7] {
        let mut values = scattered(2_000);
        values[1_999] = far;
        let forecast = count(&[money("x", values)], Sampler::Plain);
        let p = if far > 0.0 { 1.0 - 0.3 / 2_000.0 } else { 0.3 / 2_000.0 };
        let found = at(forecast.percentile("x", p)).expect("defined").value;
        assert!((found - far).abs() < 1e-9, "{found}");
    }
    // Nine in ten come: the ninetieth percentile is the last of them.
    let values = (0..2_000).map(|i| if i % 10 == 3 { f64::NAN } else { (f64::from(i) / 100.0).exp() }).collect();
    let made = Made { name: "payback", unit: Unit::Years, missing: Missing::Never, values };
    let found = at(count(&[made], Sampler::Plain).percentile("payback", 0.9)).expect("it comes").value;
    assert!((found / 19.99_f64.exp() - 1.0).abs() < 1e-9, "{found}");
}
