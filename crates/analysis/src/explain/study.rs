//! The work of an explanation: effects from the trials, indices from runs in which some inputs are drawn again.

use engine::statistics::combined;
use std::collections::HashMap;

use super::group::grouped;
use super::{DESIGNED, Driver, Explained, GROUPED, STRONGEST, ThemeEffect};
use crate::cells::Ranked;
use crate::information::{Known, known, known_together, perfect_information};
use crate::jackknife::{Measured, mean};
use crate::sensitivity::{Effect, Response, closed, total, varies};
use crate::settled::few;
use crate::themes::Theme;
use engine::model::{Model, Reading};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::Again;

/// The other seed of inputs drawn again.
const OTHER: u64 = 0x9e37_79b9_7f4a_7c15;
/// Most times that inputs are drawn again where the outcome is missing with them.
const ROUNDS: u64 = 8;
/// No more are drawn again once fewer than one in so many trials wait for it.
const SO_FEW: usize = 1000;

/// An outcome of a model, and all that is looked at to explain it.
pub(super) struct Study<'a> {
    pub model: &'a Model,
    pub settings: &'a Settings,
    pub interrupt: &'a Interrupt,
    column: usize,
    /// The outcome where it is defined.
    values: Vec<f64>,
    /// What going ahead is worth in every trial, where that is decided.
    worth: Option<Vec<f64>>,
    defined: Vec<usize>,
    all: Vec<f64>,
    /// Readings that only a run tells.
    lived: HashMap<Reading, Vec<f64>>,
}

/// An input, or several correlated ones, with what more is needed of it.
pub(super) struct Found {
    /// Positions of its draws.
    pub positions: Vec<usize>,
    pub driver: Driver,
    /// What is known of what is decided where the input is, each by itself; empty where they have no clear effect on it.
    pub known: Vec<Known>,
}

impl<'a> Study<'a> {
    pub fn new(
        model: &'a Model,
        settings: &'a Settings,
        interrupt: &'a Interrupt,
        column: usize,
        all: Vec<f64>,
        worth: Option<Vec<f64>>,
        lived: HashMap<Reading, Vec<f64>>,
    ) -> Self {
        let defined: Vec<usize> = (0..all.len()).filter(|i| all[*i].is_finite()).collect();
        let values = defined.iter().map(|i| all[*i]).collect();
        Self { model, settings, interrupt, column, values, worth, defined, all, lived }
    }

    pub fn explain(&self) -> Result<Explained, RunError> {
        let outcome = Response::new(&self.values);
        let designed = self.settings.trials.min(DESIGNED);
        let ahead = |worth: &Vec<f64>| mean(worth.iter().map(|y| if *y > 0.0 { 1.0 } else { 0.0 }));
        let mut explained = Explained {
            mean: outcome.mean(),
            rests_on: few(&self.values, outcome.mean().value),
            varies: outcome.varies(),
            trials: self.values.len(),
            missing: self.all.len() - self.values.len(),
            designed,
            drivers: Vec::new(),
            themes: Vec::new(),
            evpi: self.worth.as_ref().map(|worth| perfect_information(worth)),
            ahead: self.worth.as_ref().map(ahead),
        };
        if !explained.varies {
            return Ok(explained);
        }
        let worth = self.worth.as_deref().map(Response::new);
        let info = self.model.draws().info();
        let varying: Vec<usize> = (0..info.len()).filter(|position| info[*position].varies).collect();
        self.interrupt.begin_of("Looking at each input", varying.len() as u64, "inputs");
        let effects = sample::each(self.settings, self.interrupt, varying.len(), |i| {
            self.effect(varying[i], &outcome, worth.as_ref())
        })?;
        let single: Vec<Found> = effects.into_iter().flatten().collect();
        let has = |theme: &Theme| single.iter().any(|found| found.driver.theme == *theme);
        let present = Theme::ALL.iter().filter(|theme| has(theme)).count() as u64;
        self.interrupt.begin("Drawing themes again", 2 * present * designed * self.rounds());
        for theme in Theme::ALL {
            explained.themes.extend(self.theme(theme, &single, designed)?);
        }
        explained.themes.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
        let mut found = grouped(self, single, &outcome)?;
        found.sort_by(|a, b| order(&a.driver, &b.driver));
        self.draw_groups_again(&mut found, designed)?;
        found.sort_by(|a, b| order(&a.driver, &b.driver));
        self.draw_inputs_again(&mut found, designed)?;
        explained.drivers = found.into_iter().map(|found| found.driver).collect();
        Ok(explained)
    }

    /// Every value of a reading.
    pub fn read(&self, position: usize, reading: Reading) -> Vec<f64> {
        self.lived
            .get(&reading)
            .cloned()
            .unwrap_or_else(|| sample::reading(self.model, self.settings, position, reading))
    }

    /// Those of some values that belong to trials in which the outcome is defined.
    pub fn defined(&self, values: &[f64]) -> Vec<f64> {
        self.defined.iter().map(|i| values[*i]).collect()
    }

    /// One input by itself, as the reading of it that tells most; none where it is the same in every trial.
    fn effect(&self, position: usize, outcome: &Response<'_>, worth: Option<&Response<'_>>) -> Option<Found> {
        let (info, input) = (&self.model.draws().info()[position], &self.model.inputs()[position]);
        let read = input.readings.iter().filter_map(|reading| {
            let values = self.read(position, *reading);
            let effect = outcome.effect(&Ranked::new(&self.defined(&values)))?;
            Some((*reading, values, effect))
        });
        // The first of equals.
        let better = |best: (Reading, Vec<f64>, Effect), other: (Reading, Vec<f64>, Effect)| {
            if other.2.first.value > best.2.first.value { other } else { best }
        };
        let (reading, values, effect) = read.reduce(better)?;
        let known = worth.zip(self.worth.as_deref()).and_then(|(outcome, worth)| {
            let ranked = Ranked::new(&values);
            // What has no clear effect on the worth of going ahead tells nothing about whether to.
            outcome.effect(&ranked).filter(|effect| effect.first.clear_among_many()).map(|_| known(&ranked, worth))
        });
        let nothing = worth.map(|_| Measured::default());
        let driver = Driver {
            key: info.key.clone(),
            address: input.address.clone(),
            reading,
            theme: Theme::of(&input.address),
            yearly: info.yearly,
            correlated: info.correlation.is_some(),
            effect,
            total: None,
            evppi: known.as_ref().map(|known| known.worth).or(nothing),
            members: Vec::new(),
            rho: None,
        };
        Some(Found { positions: vec![position], driver, known: known.into_iter().collect() })
    }

    /// What it is worth to know some inputs together; none where nothing is decided.
    pub fn worth_of<'f>(&self, found: impl Iterator<Item = &'f Found>) -> Option<Measured> {
        let known: Vec<&Known> = found.flat_map(|found| &found.known).collect();
        self.worth.as_ref().map(|worth| known_together(&known, worth))
    }

    /// A theme as a whole; none where no input belongs to it.
    fn theme(&self, theme: Theme, found: &[Found], designed: u64) -> Result<Option<ThemeEffect>, RunError> {
        let own = || found.iter().filter(|found| found.driver.theme == theme);
        if own().next().is_none() {
            return Ok(None);
        }
        let (info, inputs) = (self.model.draws().info(), self.model.inputs());
        let inside = |position: usize| info[position].varies && Theme::of(&inputs[position].address) == theme;
        let (first, all) = self.indices(inside, designed)?;
        Ok(Some(ThemeEffect { theme, inputs: own().count(), closed: first, total: all, evppi: self.worth_of(own()) }))
    }

    /// First-order and total index of the groups of correlated inputs that are the strongest.
    fn draw_groups_again(&self, found: &mut [Found], designed: u64) -> Result<(), RunError> {
        let groups = found.iter_mut().filter(|found| found.positions.len() > 1);
        let clear: Vec<&mut Found> =
            groups.filter(|one| one.driver.effect.first.clear_among_many()).take(GROUPED).collect();
        self.interrupt.begin("Drawing groups again", 2 * clear.len() as u64 * designed * self.rounds());
        for group in clear {
            let (first, all) = self.indices(|position| group.positions.contains(&position), designed)?;
            // The index of so few trials may be lost in its error where that of all trials, of the strongest member, is not.
            if first.clear_among_many() {
                group.driver.effect.first = first;
            }
            group.driver.total = Some(all);
        }
        Ok(())
    }

    /// Total indices of the strongest inputs that stand by themselves. What is lived has none: others have a part in it.
    fn draw_inputs_again(&self, found: &mut [Found], designed: u64) -> Result<(), RunError> {
        let single = |found: &&mut Found| !found.driver.correlated && !found.driver.reading.is_lived();
        let clear = |found: &&mut Found| found.driver.effect.first.clear_among_many();
        let strongest: Vec<&mut Found> = found.iter_mut().filter(single).filter(clear).take(STRONGEST).collect();
        self.interrupt.begin("Drawing the strongest inputs again", strongest.len() as u64 * designed * self.rounds());
        for one in strongest {
            let pairs = self.drawn_again(|position| one.positions.contains(&position), designed)?;
            one.driver.total = varies(&pairs.values).then(|| pairs.measured(total));
        }
        Ok(())
    }

    /// First-order and total index of some inputs together.
    fn indices(&self, inside: impl Fn(usize) -> bool, trials: u64) -> Result<(Measured, Measured), RunError> {
        let (only, but) = (self.drawn_again(&inside, trials)?, self.drawn_again(|position| !inside(position), trials)?);
        // The first trials may all be alike where all trials are not.
        if varies(&but.values) { Ok((but.measured(closed), only.measured(total))) } else { Ok(Default::default()) }
    }

    /// The outcome as it was, and with some inputs drawn again, in the trials in which it is defined. Where it is not with those inputs, they
    /// are drawn once more, up to so many times: both are then futures in which it is, as likely as such futures are, that share what was
    /// not drawn again (rejection sampling; von Neumann 1951).
    fn drawn_again(&self, which: impl Fn(usize) -> bool, trials: u64) -> Result<Pairs, RunError> {
        let which: Vec<bool> = (0..self.model.draws().info().len()).map(which).collect();
        let settings = Settings { trials, ..self.settings.clone() };
        let columns = [self.column];
        let mut waiting: Vec<usize> = self.defined.iter().copied().take_while(|i| (*i as u64) < trials).collect();
        let all = waiting.len();
        let mut found = vec![f64::NAN; trials as usize];
        for round in 0..self.rounds() {
            let seed = self.settings.seed ^ OTHER.wrapping_mul(2 * round + 1);
            let again = Again { which: which.clone(), seed };
            let worker = || sample::worker(self.model, &settings, &columns).drawing_again(again.clone());
            let other = sample::outcomes(worker, &settings, self.interrupt, &columns)?.pop().unwrap_or_default();
            waiting.iter().for_each(|i| found[*i] = other[*i]);
            waiting.retain(|i| !found[*i].is_finite());
            if waiting.len() <= all / SO_FEW {
                break;
            }
        }
        let both = self.all.iter().copied().zip(found).filter(|(a, b)| a.is_finite() && b.is_finite());
        let (values, again) = both.unzip();
        Ok(Pairs { values, again, left_out: waiting.len() as f64 / all.max(1) as f64 })
    }

    /// Most times that inputs are drawn again: once, where the outcome is always defined.
    fn rounds(&self) -> u64 {
        if self.values.len() < self.all.len() { ROUNDS } else { 1 }
    }
}

/// An outcome twice in each of some trials.
struct Pairs {
    values: Vec<f64>,
    again: Vec<f64>,
    /// Part of the trials to which no second value was found.
    left_out: f64,
}

impl Pairs {
    /// A share of variance; trials that are left out may have moved it by as much as they are.
    fn measured(&self, share: impl Fn(&[f64], &[f64]) -> Measured) -> Measured {
        let found = share(&self.values, &self.again);
        Measured { error: combined(found.error, self.left_out), ..found }
    }
}

/// The larger share of variance first, among equals the wider swing.
pub(super) fn order(a: &Driver, b: &Driver) -> std::cmp::Ordering {
    b.effect.first.value.total_cmp(&a.effect.first.value).then(b.effect.swing().total_cmp(&a.effect.swing()))
}
