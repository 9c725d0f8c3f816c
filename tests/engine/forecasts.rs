//! Whole runs, and a forecast as bits that can be compared.

use engine::model::Model;
use engine::run::{Interrupt, Settings, Stopped, run};
use engine::statistics::{Estimate, Forecast, Percentile};
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::Isa;

/// A run of so many trials on one thread, on the machine's best instruction set.
pub fn settings(trials: u64, seed: u64, sampler: Sampler) -> Settings {
    Settings { trials, seed, sampler, threads: 1, isa: Isa::detect(), until: None }
}

/// Runs to the end.
pub fn forecast(model: &Model, settings: &Settings) -> Forecast {
    let (forecast, stopped) = run(model, settings, &Interrupt::default(), None).expect("nothing stops it");
    assert_eq!(stopped, Stopped::AllTrials);
    assert_eq!(forecast.trials(), settings.trials);
    forecast
}

/// The value and error of a percentile; `None` where it never comes, or is not counted.
pub fn at(percentile: Option<Percentile>) -> Option<Estimate> {
    match percentile {
        Some(Percentile::At(estimate)) => Some(estimate),
        Some(Percentile::Never) | None => None,
    }
}
