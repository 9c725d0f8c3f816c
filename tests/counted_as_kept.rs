//! Every figure of the shipped scenarios beside the trials themselves: what is counted says what sorting every trial says, within its error.

#[path = "engine/forecasts.rs"]
#[expect(dead_code, reason = "others look at a forecast as bits")]
mod forecasts;
#[path = "engine/shipped.rs"]
#[expect(dead_code, reason = "others change scenarios")]
mod shipped;

use engine::model::Model;
use engine::outcomes::{ColumnSpec, Missing};
use engine::run::{Interrupt, Settings, sample};
use engine::statistics::{Forecast, Percentile};
use engine::uncertainty::Sampler;
use forecasts::{forecast, settings};

const TRIALS: u64 = 20_000;
const RANKS: [f64; 9] = [0.01, 0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95, 0.99];

/// Values in rising order; those missing last as infinite where that means never, else left out.
fn sorted(spec: &ColumnSpec, values: &[f64]) -> Vec<f64> {
    let never = spec.missing == Missing::Never;
    let mut kept: Vec<f64> = values
        .iter()
        .filter(|value| never || !value.is_nan())
        .map(|value| if value.is_nan() { f64::INFINITY } else { *value })
        .collect();
    kept.sort_unstable_by(f64::total_cmp);
    kept
}

/// Percentiles that lie farther from the trials about their rank than their stated error.
fn percentiles(name: &str, forecast: &Forecast, spec: &ColumnSpec, kept: &[f64]) -> Vec<String> {
    let size = kept.iter().filter(|value| value.is_finite()).map(|value| value.abs()).fold(1e-3, f64::max);
    let at = |rank: f64| kept[(rank.max(0.0) as usize).min(kept.len() - 1)];
    let wrong = |p: f64| {
        let rank = p * kept.len() as f64;
        // Between which trials a percentile lies is a matter of convention.
        let (low, high) = (at(rank - 2.0), at(rank + 1.0));
        match forecast.percentile(&spec.name, p)? {
            Percentile::Never => (low < f64::INFINITY).then(|| format!("never, right {low}")),
            Percentile::At(found) => {
                let off = (low - found.value).max(found.value - high);
                // At the outermost ranks, which no summary tells, few trials lie beside a percentile and bins blur more.
                let errors = if (0.05..=0.95).contains(&p) { 1.0 } else { 2.0 };
                (off > errors * found.error + 1e-9 * size).then(|| format!("{found}, right {low} to {high}"))
            }
        }
        .map(|what| format!("{name}: P{} of {}: {what}", 100.0 * p, spec.name))
    };
    RANKS.into_iter().filter_map(wrong).collect()
}

/// Whether mean, spread and the chances at every amount asked about are those of the trials, to rounding.
fn moments(name: &str, forecast: &Forecast, spec: &ColumnSpec, values: &[f64]) -> Vec<String> {
    let valid: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    let Some(found) = forecast.mean(&spec.name) else { return Vec::new() };
    let mean = valid.iter().sum::<f64>() / valid.len() as f64;
    let size = valid.iter().map(|value| value.abs()).fold(1e-3, f64::max);
    let mut wrong = Vec::new();
    if (found.value - mean).abs() > 1e-9 * size {
        wrong.push(format!("{name}: mean of {}: {found}, right {mean}", spec.name));
    }
    let base = if spec.missing == Missing::Never { values.len() } else { valid.len() } as f64;
    let plan = forecast.plan(&spec.name).filter(|plan| plan.is_finite());
    for threshold in spec.thresholds.iter().chain(&plan) {
        let tolerance = engine::outcomes::tolerance(*threshold);
        let below = valid.iter().filter(|value| **value < threshold - tolerance).count() as f64;
        let chance = forecast.chance_at_least(&spec.name, *threshold).map_or(f64::NAN, |chance| chance.value);
        if ((1.0 - chance) * base - below).abs() > 1e-6 * base.max(1.0) {
            wrong.push(format!("{name}: {} below {threshold}: {}, right {below}", spec.name, (1.0 - chance) * base));
        }
        let upto = valid.iter().filter(|value| **value <= threshold + tolerance).count() as f64;
        let chance = forecast.chance_at_most(&spec.name, *threshold).map_or(f64::NAN, |chance| chance.value);
        if (chance * base - upto).abs() > 1e-6 * base.max(1.0) {
            wrong.push(format!("{name}: {} at most {threshold}: {}, right {upto}", spec.name, chance * base));
        }
    }
    wrong
}

#[test]
fn every_figure_of_the_shipped_scenarios_is_that_of_its_trials() {
    let mut figures = 0;
    let mut wrong = Vec::new();
    for name in ["two-force", "three-force", "five-force", "merger-2018", "mandated-merger", "lead-force", "standalone"]
    {
        let model = Model::compile(&shipped::scenario(name)).expect("it compiles");
        let settings = Settings { threads: 2, ..settings(TRIALS, 2015, Sampler::Plain) };
        let forecast = forecast(&model, &settings);
        let specs = model.catalogue().columns();
        let counted: Vec<usize> = (0..specs.len()).filter(|k| specs[*k].is_counted()).collect();
        let start = || sample::worker(&model, &settings, &counted);
        let kept = sample::outcomes(start, &settings, &Interrupt::default(), &counted).expect("it runs");
        for (column, values) in counted.iter().zip(&kept) {
            let spec = &specs[*column];
            let sorted = sorted(spec, values);
            if sorted.is_empty() {
                continue;
            }
            figures += RANKS.len();
            wrong.extend(percentiles(name, &forecast, spec, &sorted));
            wrong.extend(moments(name, &forecast, spec, values));
        }
    }
    println!("{figures} percentiles");
    assert!(figures > 10_000, "{figures}");
    assert!(wrong.is_empty(), "{} of {figures}:\n{}", wrong.len(), wrong[..wrong.len().min(40)].join("\n"));
}
