//! What drives an outcome: every input by itself from a run's own draws, drawn again by key; correlated inputs as one, themes and the
//! strongest inputs by runs in which only they, or all but they, are drawn anew; what it would be worth to know them before deciding.

mod group;
mod study;

use super::jackknife::Measured;
use super::room::{NotRun, check_room};
use super::sensitivity::Effect;
use super::themes::Theme;
use engine::model::{Model, Reading};
use engine::outcomes::{Outcome, OutcomeId, Owner};
use engine::run::{Interrupt, Settings, sample};
use study::Study;

/// Inputs of which total indices are worked out, each with a run of its own.
const STRONGEST: usize = 12;
/// Groups of correlated inputs that are drawn again, each with two runs of its own.
const GROUPED: usize = 6;
/// Most trials of a run in which some inputs are drawn again.
const DESIGNED: u64 = 32_768;

/// What drives an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Its mean.
    pub mean: Measured,
    /// On how few trials that mean rests, where it does: then neither it nor shares of variance have settled.
    pub rests_on: Option<u64>,
    /// Whether it differs from future to future by more than the rounding of sums; where not, nothing drives it.
    pub varies: bool,
    /// Trials in which it is defined.
    pub trials: usize,
    /// Trials in which it is missing, which are left out.
    pub missing: usize,
    /// Trials of each run in which some inputs are drawn again.
    pub designed: u64,
    /// The inputs, correlated ones together, the largest first-order index first and among equals the widest swing.
    pub drivers: Vec<Driver>,
    /// The themes, the largest total index first.
    pub themes: Vec<ThemeEffect>,
    /// What perfect information on what is decided is worth, £m; none where nothing is decided by this outcome.
    pub evpi: Option<Measured>,
    /// In which share of all trials going ahead (the first option) is the better choice; none where nothing is decided.
    pub ahead: Option<Measured>,
}

/// One input, or several that are correlated.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Key of its draw; of several, those of all.
    pub key: String,
    /// Its own address in the scenario; of several, that of the strongest.
    pub address: String,
    /// What the figures speak of: what the model makes of the draw.
    pub reading: Reading,
    /// Its theme.
    pub theme: Theme,
    /// Whether it is drawn every year.
    pub yearly: bool,
    /// Whether it hangs together with others: its figures speak for them too.
    pub correlated: bool,
    /// Its effect; of several, that of the mean of their ranks.
    pub effect: Effect,
    /// Total index, of the strongest.
    pub total: Option<Measured>,
    /// Expected value of knowing it before deciding, £m.
    pub evppi: Option<Measured>,
    /// The inputs of a group, each by itself; empty for one input.
    pub members: Vec<Driver>,
    /// Their common correlation, where it is one number.
    pub rho: Option<f64>,
}

/// A theme: inputs that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeEffect {
    /// Which.
    pub theme: Theme,
    /// How many inputs it has.
    pub inputs: usize,
    /// First-order index of the theme as a whole, what its inputs do together included.
    pub closed: Measured,
    /// Total index.
    pub total: Measured,
    /// Expected value of knowing all of it before deciding, £m; what its inputs only do together is left out.
    pub evppi: Option<Measured>,
}

/// Whether an outcome is one on which it is decided: net present value, or a force's share of it.
#[must_use]
pub fn decides(id: &OutcomeId) -> bool {
    id.outcome == Outcome::Npv && matches!(id.owner, Owner::Whole | Owner::Force(_))
}

/// Figures of every trial that are at hand while inputs are ranked one after another.
const AT_HAND: usize = 20;

/// Explains the outcome in column `outcome` of the model's catalogue. Where it is one on which it is decided, what information is worth
/// is told of the decision whether to go ahead or, where there is another model, of that between the two.
///
/// # Errors
/// Where there is no room for the figures, it is stopped from outside, or threads fail.
pub fn explain(
    model: &Model,
    against: Option<&Model>,
    outcome: usize,
    settings: &Settings,
    interrupt: &Interrupt,
) -> Result<Explained, NotRun> {
    let spec = &model.catalogue().columns()[outcome];
    let decides = spec.outcome.as_ref().is_some_and(decides);
    let readings: Vec<Reading> =
        model.inputs().iter().flat_map(|input| input.readings.iter().copied()).filter(|one| one.is_lived()).collect();
    check_room(settings.trials, 1 + readings.len(), AT_HAND)?;
    let both = decides && against.is_some();
    interrupt.begin("Running the futures", settings.trials * if both { 2 } else { 1 });
    let worker = || sample::worker(model, settings, &[outcome]);
    let mut run = sample::lived(worker, settings, interrupt, &[outcome], &readings)?;
    let lived = readings.into_iter().zip(run.split_off(1)).collect();
    let values = run.pop().unwrap_or_default();
    let mut worth = decides.then(|| values.clone());
    if let (Some(worth), Some(other)) = (&mut worth, against)
        && let Some(column) = other.catalogue().position(&spec.name)
    {
        let run = sample::outcomes(|| sample::worker(other, settings, &[column]), settings, interrupt, &[column])?;
        worth.iter_mut().zip(run.into_iter().flatten()).for_each(|(own, other)| *own -= other);
    }
    let worth = worth.filter(|worth| worth.iter().any(|y| y.abs() > 0.0) && worth.iter().all(|y| y.is_finite()));
    Ok(Study::new(model, settings, interrupt, outcome, values, worth, lived).explain()?)
}
