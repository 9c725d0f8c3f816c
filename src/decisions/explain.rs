//! What drives an outcome: every input by itself from a run's own draws, drawn again by key; themes and the strongest inputs by runs
//! in which only they, or all but they, are drawn anew; what it would be worth to know them before deciding.

use super::information::{partial_information, perfect_information};
use super::jackknife::Measured;
use super::sensitivity::{Effect, Fit, Outcome, Ranked, closed, total};
use super::themes::Theme;
use crate::model::Model;
use crate::run::{Interrupt, RunError, Settings, sample};
use crate::uncertainty::Again;

/// Inputs of which total indices are worked out, each with a run of its own.
const STRONGEST: usize = 12;
/// Most trials of a run in which some inputs are drawn again.
const DESIGNED: u64 = 32_768;
/// The other seed of inputs drawn again.
const OTHER: u64 = 0x9e37_79b9_7f4a_7c15;

/// Most trials that an explanation simulates.
#[must_use]
pub fn most_trials(trials: u64) -> u64 {
    trials + (STRONGEST + 2 * Theme::ALL.len()) as u64 * trials.min(DESIGNED)
}

/// What drives an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Explained {
    /// Its mean.
    pub mean: Measured,
    /// Trials in which it is defined.
    pub trials: usize,
    /// Trials in which it is missing, which are left out.
    pub missing: usize,
    /// Trials of each run in which some inputs are drawn again.
    pub designed: u64,
    /// The inputs, the largest first-order index first.
    pub drivers: Vec<Driver>,
    /// The themes, the largest total index first.
    pub themes: Vec<ThemeEffect>,
    /// What perfect information on whether net present value is above 0 (above that of the other option) is worth, £m; none where
    /// there is nothing to decide.
    pub evpi: Option<Measured>,
}

/// One input.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// Key of its draw.
    pub key: String,
    /// Its theme.
    pub theme: Theme,
    /// Whether it is drawn every year; its effect is then that of its mean over the years.
    pub yearly: bool,
    /// Whether it hangs together with others: drawn again alone it would not, so that it has no total index of its own.
    pub correlated: bool,
    /// Its effect.
    pub effect: Effect,
    /// Total index, of the strongest.
    pub total: Option<Measured>,
    /// Expected value of knowing it before deciding whether to go ahead, £m.
    pub evppi: Option<Measured>,
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

/// Explains the outcome in column `outcome` of the model's catalogue. What information is worth is told of the decision whether to go
/// ahead or, where there is another model, of that between the two.
///
/// # Errors
/// A [`RunError`] where it is stopped from outside, or threads fail.
pub fn explain(
    model: &Model,
    against: Option<&Model>,
    outcome: usize,
    settings: &Settings,
    interrupt: &Interrupt,
) -> Result<Explained, RunError> {
    let npv = model.catalogue().position("npv").unwrap_or(outcome);
    let mut run =
        sample::outcomes(|| sample::worker(model, settings, &[outcome, npv]), settings, interrupt, &[outcome, npv])?;
    let (mut worth, values) = (run.pop().unwrap_or_default(), run.pop().unwrap_or_default());
    if let Some(other) = against {
        let columns = [other.catalogue().position("npv").unwrap_or_default()];
        let run = sample::outcomes(|| sample::worker(other, settings, &columns), settings, interrupt, &columns)?;
        worth.iter_mut().zip(run.into_iter().flatten()).for_each(|(own, other)| *own -= other);
    }
    let defined: Vec<usize> = (0..values.len()).filter(|i| values[*i].is_finite()).collect();
    let pick = |all: &[f64]| defined.iter().map(|i| all[*i]).collect::<Vec<f64>>();
    let decides = worth.iter().any(|y| y.abs() > 0.0);
    let study = Study {
        model,
        settings,
        interrupt,
        column: outcome,
        values: pick(&values),
        // The decision is about all trials.
        worth: decides.then_some(worth),
        defined,
        all: values,
    };
    study.explain()
}

struct Study<'a> {
    model: &'a Model,
    settings: &'a Settings,
    interrupt: &'a Interrupt,
    column: usize,
    values: Vec<f64>,
    worth: Option<Vec<f64>>,
    defined: Vec<usize>,
    all: Vec<f64>,
}

/// An input with what value of information needs of it.
struct Found {
    position: usize,
    driver: Driver,
    /// Fit of net present value and ranks, where the input has a clear effect on it.
    worth: Option<(Fit, Vec<f64>)>,
}

impl Study<'_> {
    fn explain(&self) -> Result<Explained, RunError> {
        let outcome = Outcome::new(&self.values);
        let worth = self.worth.as_ref().map(|worth| Outcome::new(worth));
        let varying: Vec<usize> =
            self.model.draws().info().iter().enumerate().filter(|(_, draw)| draw.varies).map(|(i, _)| i).collect();
        let on_worth = worth.as_ref().zip(self.worth.as_deref());
        let effects = sample::each(self.settings, varying.len(), |i| self.effect(varying[i], &outcome, on_worth))?;
        let mut found: Vec<Found> = effects.into_iter().flatten().collect();
        found.sort_by(|a, b| b.driver.effect.first.value.total_cmp(&a.driver.effect.first.value));
        let designed = self.settings.trials.min(DESIGNED);
        let strongest = found.iter_mut().filter(|found| !found.driver.correlated).take(STRONGEST);
        for one in strongest.filter(|found| found.driver.effect.first.clear()) {
            let again = self.drawn_again(|position| position == one.position, designed)?;
            one.driver.total = Some(total(&again.0, &again.1));
        }
        let mut themes = Vec::new();
        for theme in Theme::ALL {
            themes.extend(self.theme(theme, &found, designed)?);
        }
        themes.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
        Ok(Explained {
            mean: outcome.mean(),
            trials: self.values.len(),
            missing: self.all.len() - self.values.len(),
            designed,
            drivers: found.into_iter().map(|found| found.driver).collect(),
            themes,
            evpi: self.worth.as_ref().map(|worth| perfect_information(worth)),
        })
    }

    /// One input by itself; none where it is the same in every trial.
    fn effect(&self, position: usize, outcome: &Outcome<'_>, worth: Option<(&Outcome<'_>, &[f64])>) -> Option<Found> {
        if self.interrupt.stop.load(std::sync::atomic::Ordering::Relaxed) {
            return None;
        }
        let info = &self.model.draws().info()[position];
        let drawn = sample::input(self.model, self.settings, position);
        let ranked = Ranked::new(&drawn);
        let defined: Vec<f64> = self.defined.iter().map(|i| drawn[*i]).collect();
        let effect = outcome.effect(&Ranked::new(&defined))?;
        let on_worth = worth.and_then(|(worth, _)| worth.effect(&ranked));
        // What has no clear effect on the worth of going ahead tells nothing about whether to.
        let known = on_worth.filter(|effect| effect.first.clear()).map(|effect| (effect.fit, ranked.parts()));
        let nothing = worth.map(|_| Measured::default());
        let told = worth.zip(known.as_ref());
        let evppi = told.map(|((_, values), (fit, ranks))| partial_information(&[(fit, ranks)], values)).or(nothing);
        let driver = Driver {
            key: info.key.clone(),
            theme: Theme::of(&info.key),
            yearly: info.yearly,
            correlated: info.correlation.is_some(),
            effect,
            total: None,
            evppi,
        };
        Some(Found { position, driver, worth: known })
    }

    /// A theme as a whole; none where no input belongs to it.
    fn theme(&self, theme: Theme, found: &[Found], designed: u64) -> Result<Option<ThemeEffect>, RunError> {
        let info = self.model.draws().info();
        let inside = |position: usize| info[position].varies && Theme::of(&info[position].key) == theme;
        let inputs = (0..info.len()).filter(|position| inside(*position)).count();
        if inputs == 0 {
            return Ok(None);
        }
        let (values, only) = self.drawn_again(inside, designed)?;
        let whole = total(&values, &only);
        let (values, but) = self.drawn_again(|position| !inside(position), designed)?;
        let of_theme: Vec<(&Fit, &[f64])> = found
            .iter()
            .filter(|found| found.driver.theme == theme)
            .filter_map(|found| found.worth.as_ref().map(|(fit, ranks)| (fit, ranks.as_slice())))
            .collect();
        let evppi = self.worth.as_ref().map(|worth| match &of_theme[..] {
            [] => Measured::default(),
            inputs => partial_information(inputs, worth),
        });
        Ok(Some(ThemeEffect { theme, inputs, closed: closed(&values, &but), total: whole, evppi }))
    }

    /// The outcome as it was, and with some inputs drawn again, in the trials in which both are defined.
    fn drawn_again(&self, which: impl Fn(usize) -> bool, trials: u64) -> Result<(Vec<f64>, Vec<f64>), RunError> {
        let which = (0..self.model.draws().info().len()).map(which).collect();
        let again = Again { which, seed: self.settings.seed ^ OTHER };
        let settings = Settings { trials, ..self.settings.clone() };
        let columns = [self.column];
        let worker = || sample::worker(self.model, &settings, &columns).drawing_again(again.clone());
        let run = sample::outcomes(worker, &settings, self.interrupt, &columns)?;
        let other = run.into_iter().next().unwrap_or_default();
        Ok(self.all.iter().zip(other).filter(|(a, b)| a.is_finite() && b.is_finite()).unzip())
    }
}
