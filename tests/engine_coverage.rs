//! Stated errors hold: over independent seeds, 95 % intervals cover the truth about 95 times in a hundred, whatever the sampler.

#[path = "engine/forecasts.rs"]
mod forecasts;
#[path = "engine/shipped.rs"]
mod shipped;

use engine::model::Model;
use engine::statistics::{Estimate, Forecast};
use engine::uncertainty::Sampler;
use forecasts::{at, forecast, settings};

/// Chance watched: that the saving of 2018/19 reaches this much, £m.
const AMOUNT: f64 = 1.0;

const FIGURES: [&str; 6] = ["mean NPV", "P10 of NPV", "P50 of NPV", "P90 of NPV", "chance of the saving", "ratio"];

/// The figures watched.
fn figures(forecast: &Forecast) -> [Estimate; 6] {
    let percentile = |p| at(forecast.percentile("npv", p)).expect("NPV is never missing");
    [
        forecast.mean("npv").expect("counted"),
        percentile(0.1),
        percentile(0.5),
        percentile(0.9),
        forecast.chance_at_least("saving_cashable[2018/19]", AMOUNT).expect("counted"),
        forecast.ratio("bcr_of_means").expect("something is invested"),
    ]
}

/// Student's t at 97.5 % with 15 degrees of freedom (16 groups), and the normal's 1.96.
const fn quantile(sampler: Sampler) -> f64 {
    match sampler {
        Sampler::Plain => 1.96,
        Sampler::Antithetic | Sampler::Latin | Sampler::Sobol => 2.131,
    }
}

/// Runs `seeds` runs and counts how often each interval covers the truth.
fn coverage(model: &Model, truth: &[Estimate; 6], sampler: Sampler, trials: u64, seeds: u64) {
    let mut covered = [0_u32; 6];
    for seed in 0..seeds {
        let found = figures(&forecast(model, &settings(trials, 10_000 + seed, sampler)));
        for ((count, found), truth) in covered.iter_mut().zip(&found).zip(truth) {
            *count += u32::from((found.value - truth.value).abs() <= quantile(sampler) * found.error);
        }
    }
    let n = seeds as f64;
    // Three standard errors of a binomial share at 95 %.
    let tolerance = 3.0 * (0.95 * 0.05 / n).sqrt();
    for (name, count) in FIGURES.iter().zip(covered) {
        let share = f64::from(count) / n;
        println!("{sampler}, {trials} trials, {name}: {share:.3}");
        assert!((share - 0.95).abs() <= tolerance, "{sampler}, {name}: {share:.3}, not within {tolerance:.3} of 0.95");
    }
}

/// The benchmark scenario with six of its thirty areas and six years: a run has fewer columns to sum up.
fn trimmed() -> Model {
    let mut scenario = shipped::scenario("benchmarks/benchmark");
    scenario.years = 6;
    let areas = &mut scenario.alliances[0].areas;
    areas.truncate(6);
    assert!(areas.iter().all(|area| area.after.iter().all(|before| before.0 < 6)));
    shipped::compile(&scenario)
}

#[test]
fn intervals_cover_the_truth_about_95_times_in_a_hundred() {
    let model = trimmed();
    let long = figures(&forecast(&model, &settings(1 << 20, 1, Sampler::Sobol)));
    println!("truth: {}", FIGURES.iter().zip(&long).map(|(n, e)| format!("{n} {e}")).collect::<Vec<_>>().join(", "));
    assert!((0.2..0.5).contains(&long[4].value), "the chance watched is {}", long[4]);
    coverage(&model, &long, Sampler::Plain, 4096, 200);
    coverage(&model, &long, Sampler::Antithetic, 4096, 200);
    coverage(&model, &long, Sampler::Sobol, 4096, 200);
    coverage(&model, &long, Sampler::Latin, 65_536, 40);
}
