//! Figures against brute force over all rows: percentiles, chances, means, ratios, missing values; awkward columns beside them.

#[path = "engine/awkward.rs"]
mod awkward;
#[path = "engine/counting.rs"]
mod counting;
#[path = "engine/forecasts.rs"]
mod forecasts;
#[path = "engine/shipped.rs"]
mod shipped;

use engine::outcomes::{ColumnSpec, Missing, RowSink, Rows, Tier};
use engine::run::{Interrupt, run};
use engine::statistics::{Forecast, Percentile};
use engine::uncertainty::Sampler;
use engine::units::Unit;
use forecasts::{at, settings};

/// Every trial of a run, by column.
struct Kept(Vec<Vec<f64>>);

impl RowSink for Kept {
    fn take(&mut self, rows: &[Rows]) -> Result<(), String> {
        for block in rows {
            for (kept, column) in self.0.iter_mut().zip(&block.columns) {
                assert_eq!(kept.len() as u64, block.first_trial, "blocks come in order");
                kept.extend_from_slice(&column[..block.lanes]);
            }
        }
        Ok(())
    }
}

/// A run with all of its trials.
fn kept(name: &str, trials: u64, sampler: Sampler) -> (Forecast, Vec<Vec<f64>>) {
    let model = shipped::compile(&shipped::scenario(name));
    let mut rows = Kept(vec![Vec::new(); model.catalogue().columns().len()]);
    let settings = settings(trials, 11, sampler);
    let (forecast, _) = run(&model, &settings, &Interrupt::default(), Some(&mut rows)).expect("nothing stops it");
    assert!(rows.0.iter().all(|column| column.len() as u64 == trials));
    (forecast, rows.0)
}

/// One column with its values in rising order, never last, undefined ones left out.
struct Sorted<'a> {
    spec: &'a ColumnSpec,
    values: Vec<f64>,
    /// Trials among which percentiles are taken.
    base: f64,
    /// What the bins cover, and the width of one.
    range: (f64, f64),
    width: f64,
}

impl<'a> Sorted<'a> {
    fn new(spec: &'a ColumnSpec, all: &[f64]) -> Self {
        let mut values: Vec<f64> = all.iter().copied().filter(|x| !x.is_nan()).collect();
        values.sort_by(f64::total_cmp);
        let base = if spec.missing == Missing::Never { all.len() } else { values.len() } as f64;
        let mut first: Vec<f64> = all[..all.len().min(2048)].iter().copied().filter(|x| x.is_finite()).collect();
        first.sort_by(f64::total_cmp);
        let ends = |out: usize| first.get(out).copied().zip(first.get(first.len().saturating_sub(1 + out)).copied());
        let (least, most) = ends(0).unwrap_or((0.0, 0.0));
        // Bins lie between the first and the last thousandth, where these differ.
        let (low, high) = ends(first.len() / 1000).filter(|(a, b)| a < b).unwrap_or((least, most));
        let bins = if spec.tier == Tier::Headline { 1024.0 } else { 256.0 };
        let size = most.abs().max(least.abs());
        let width = if high > low { (high - low).max(1e-6 * size).max(1e-6) / bins } else { 0.0 };
        Self { spec, values, base, range: (low, high), width }
    }

    /// The value of rank `⌈p·n⌉`; `None` where it never comes.
    fn quantile(&self, p: f64) -> Option<f64> {
        self.values.get((p * self.base).ceil().max(1.0) as usize - 1).copied()
    }

    fn below(&self, x: f64) -> f64 {
        self.values.partition_point(|v| *v < x) as f64
    }

    fn at_most(&self, x: f64) -> f64 {
        self.values.partition_point(|v| *v <= x) as f64
    }
}

/// Holds every figure of a forecast against its rows.
fn hold_against_rows(name: &str, trials: u64, sampler: Sampler) {
    let (forecast, rows) = kept(name, trials, sampler);
    let mut percentiles = 0;
    for (spec, all) in forecast.catalogue().columns().iter().zip(&rows).filter(|(spec, _)| spec.tier != Tier::Detail) {
        let sorted = Sorted::new(spec, all);
        moments(&forecast, &sorted);
        let missing = forecast.missing(&spec.name).expect("counted").value;
        let counted = all.iter().filter(|x| x.is_nan()).count() as f64 / trials as f64;
        assert!((missing - counted).abs() < 1e-12, "{}: {missing} missing, {counted} counted", spec.name);
        if sorted.base == 0.0 {
            assert_eq!(forecast.percentile(&spec.name, 0.5), None, "{}", spec.name);
            continue;
        }
        for p in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
            percentile(&forecast, &sorted, p);
            percentiles += 1;
        }
    }
    assert!(percentiles > 1500, "{percentiles}");
}

/// Mean and standard deviation against plain sums.
fn moments(forecast: &Forecast, sorted: &Sorted<'_>) {
    let (name, n) = (&sorted.spec.name, sorted.values.len() as f64);
    let (Some(mean), Some(sd)) = (forecast.mean(name), forecast.sd(name)) else {
        assert!(sorted.values.is_empty(), "{name} has values but no mean");
        return;
    };
    let brute = sorted.values.iter().sum::<f64>() / n;
    let squares = sorted.values.iter().map(|x| (x - brute).powi(2)).sum::<f64>();
    let size = sorted.values.iter().map(|x| x.abs()).fold(1.0, f64::max);
    assert!((mean.value - brute).abs() <= 1e-11 * size, "{name}: mean {} by sums {brute}", mean.value);
    let spread = (squares / (n - 1.0)).sqrt();
    assert!(n < 2.0 || (sd - spread).abs() <= 1e-9 * size, "{name}: sd {sd} by sums {spread}");
    if sorted.spec.unit == Unit::Flag {
        assert!(mean.error > 0.0, "{name}: no chance is certain");
    }
}

/// A percentile and the chances on either side of it, against the sorted values.
fn percentile(forecast: &Forecast, sorted: &Sorted<'_>, p: f64) {
    let name = &sorted.spec.name;
    let found = forecast.percentile(name, p).expect("counted");
    let Some(brute) = sorted.quantile(p) else {
        assert_eq!(found, Percentile::Never, "{name} at {p}");
        return;
    };
    let Percentile::At(found) = found else { panic!("{name} at {p} is {brute}, not never") };
    let slack = sorted.width + 1e-12 * brute.abs();
    assert!((found.value - brute).abs() <= slack, "{name} at {p}: {} by rank {brute}, bin {slack}", found.value);
    if sorted.spec.unit == Unit::Flag {
        assert!([0.0, 1.0].contains(&found.value), "{name} at {p}: {}", found.value);
    }
    for x in [brute, brute + 0.3 * sorted.width, 0.0] {
        // What a bin holds is known to be in it, not where; what lies beyond the first range, to an octave. A value that recurs in
        // one trial of twenty is counted apart.
        let equal = sorted.at_most(x) - sorted.below(x);
        let bin = sorted.at_most(x + sorted.width) - sorted.below(x - sorted.width);
        let beyond = match x {
            x if x < sorted.range.0 => sorted.below(sorted.range.0),
            x if x > sorted.range.1 => sorted.values.len() as f64 - sorted.at_most(sorted.range.1),
            _ => 0.0,
        };
        let near = if equal > 0.05 * sorted.base { bin - equal } else { bin };
        let slack = (near + beyond) / sorted.base + 1e-9;
        let least = (sorted.base - sorted.below(x)) / sorted.base;
        let most = sorted.at_most(x) / sorted.base;
        let (at_least, at_most) = (forecast.chance_at_least(name, x), forecast.chance_at_most(name, x));
        let (at_least, at_most) = (at_least.expect("counted").value, at_most.expect("counted").value);
        assert!((at_least - least).abs() <= slack, "{name} at least {x}: {at_least} by counting {least}");
        assert!((at_most - most).abs() <= slack, "{name} at most {x}: {at_most} by counting {most}");
    }
}

#[test]
fn every_figure_of_the_merger_is_what_its_rows_say() {
    hold_against_rows("merger-2018", 12_345, Sampler::Plain);
}

#[test]
fn every_figure_of_five_forces_is_what_its_rows_say() {
    hold_against_rows("five-force", 5_003, Sampler::Latin);
}

#[test]
fn figures_of_few_trials_are_what_their_rows_say() {
    hold_against_rows("two-force", 200, Sampler::Plain);
    hold_against_rows("two-force", 700, Sampler::Sobol);
}

#[test]
fn percentiles_are_nearer_to_the_rows_than_their_own_error() {
    let (forecast, rows) = kept("two-force", 8_192, Sampler::Plain);
    for name in ["npv", "pv_saving", "total_investment", "steady_saving", "peak_funding_need"] {
        let position = forecast.catalogue().position(name).expect("every scenario has it");
        let sorted = Sorted::new(&forecast.catalogue().columns()[position], &rows[position]);
        for p in [0.1, 0.25, 0.5, 0.75, 0.9] {
            let (found, brute) = (at(forecast.percentile(name, p)).expect("comes"), sorted.quantile(p).expect("comes"));
            assert!((found.value - brute).abs() <= found.error, "{name} at {p}: {found} by rank {brute}");
        }
    }
}

#[test]
fn a_ratio_of_means_is_that_of_the_rows_with_the_error_of_the_delta_method() {
    let (forecast, rows) = kept("merger-2018", 9_999, Sampler::Plain);
    for ratio in forecast.catalogue().ratios() {
        let n = rows[0].len() as f64;
        let above = |i: usize| rows[ratio.numerator][i] + ratio.extra.map_or(0.0, |extra| rows[extra][i]);
        let below = |i: usize| rows[ratio.denominator][i];
        let sum = |f: &dyn Fn(usize) -> f64| (0..rows[0].len()).map(f).sum::<f64>();
        let r = sum(&above) / sum(&below);
        // Cochran 1977, equation 2.46: the spread of the residuals over the mean below the line.
        let residuals = sum(&|i| (above(i) - r * below(i)).powi(2));
        let error = (residuals / n / n).sqrt() / (sum(&below) / n);
        let found = forecast.ratio(&ratio.name).expect("defined");
        let wanted = if ratio.complement { 1.0 - r } else { r };
        assert!((found.value - wanted).abs() < 1e-10 * r.abs().max(1.0), "{}: {found} not {wanted}", ratio.name);
        assert!((found.error / error - 1.0).abs() < 1e-5, "{}: ± {} not {error}", ratio.name, found.error);
    }
}

#[test]
fn a_run_of_one_trial_has_figures() {
    let model = shipped::compile(&shipped::scenario("merger-2018"));
    for sampler in Sampler::ALL {
        let forecast = forecasts::forecast(&model, &settings(1, 3, sampler));
        let npv = model.worker(engine::uncertainty::lanes::Isa::detect()).run_block(3, sampler, 0)
            [model.catalogue().position("npv").expect("every scenario has it")][0];
        let mean = forecast.mean("npv").expect("counted");
        assert!((mean.value - npv).abs() < 1e-9 && mean.error.is_infinite(), "{mean:?}, the trial's is {npv}");
        assert!((at(forecast.percentile("npv", 0.9)).expect("comes").value - npv).abs() < 1e-9);
    }
}
