//! What is to be expected of a scenario: one run, and what it says.

use engine::alliance::Scenario;
use engine::model::Model;
use engine::outcomes::{Outcome, OutcomeId};
use engine::run::{self, Settings, Stopped, Until};
use engine::statistics;
use report::Report;

use crate::error::Error;
use crate::study::{Desk, compiled, facts};

/// Runs a scenario and says what is to be expected.
///
/// # Errors
/// Why there is no answer.
pub fn forecast(desk: &Desk<'_>) -> Result<Report, Error> {
    let (model, settings) = ready(desk)?;
    desk.means.interrupt.begin("Running the futures", desk.draws.trials);
    let (forecast, stopped) = run::run(&model, &settings, &desk.means.interrupt, None)?;
    told(desk, &forecast, stopped)
}

/// The only scenario compiled, with the settings of its run.
///
/// # Errors
/// What is wrong with the scenario.
pub fn ready(desk: &Desk<'_>) -> Result<(Model, Settings), Error> {
    let loaded = desk.one()?;
    let watched = || headline_figures(&loaded.scenario).iter().map(OutcomeId::name).collect();
    let until = desk.draws.until.map(|relative| Until { relative, figures: watched() });
    Ok((compiled(loaded)?, Settings { until, ..desk.settings() }))
}

/// What a run says.
///
/// # Errors
/// Where there are several scenarios.
pub fn told(desk: &Desk<'_>, forecast: &statistics::Forecast, stopped: Stopped) -> Result<Report, Error> {
    let loaded = desk.one()?;
    let told = (facts(&loaded.scenario, loaded), desk.ran(forecast.trials(), stopped));
    Ok(Report::build(&loaded.scenario, forecast, told))
}

/// The figures whose precision decides when a run may stop.
#[must_use]
pub fn headline_figures(scenario: &Scenario) -> Vec<OutcomeId> {
    let mut figures = [Outcome::Npv, Outcome::SteadySaving, Outcome::TotalInvestment].map(Outcome::whole).to_vec();
    figures.extend(scenario.targets.iter().map(|target| Outcome::Met.of_target(&target.name)));
    for force in &scenario.forces {
        figures.extend([Outcome::Npv, Outcome::FloorBreached].map(|outcome| outcome.of_force(&force.name)));
    }
    figures
}
