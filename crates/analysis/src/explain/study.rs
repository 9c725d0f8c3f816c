//! The work of an explanation: effects from the trials, indices from runs in which some inputs are drawn again.

use engine::statistics::combined;
use std::collections::HashMap;

use super::group::grouped;
use super::{DESIGNED, Driver, Explained, GROUPED, STRONGEST, ThemeEffect};
use crate::cells::Ranked;
use crate::information::{Known, known, known_together, perfect_information};
use crate::jackknife::{Measured, mean};
use crate::sensitivity::{Effect, Response, closed, total, varies};
use crate::themes::Theme;
use engine::model::{Model, Reading};
use engine::run::{Interrupt, RunError, Settings, sample};
use engine::uncertainty::Again;

/// The other seed of inputs drawn again.
const OTHER: u64 = 0x9e37_79b9_7f4a_7c15;

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
        self.interrupt.begin("Drawing themes again", 2 * present * designed);
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
        let (mut first, mut all) = self.indices(inside, designed)?;
        // Pairs of futures in both of which the outcome is there are not futures in which it is: those that drawing the others again
        // may take from it weigh less. A theme has no smaller part than its inputs that stand by themselves, which are looked at in the
        // futures themselves; by how much it falls short of that is part of the error.
        if self.values.len() < self.all.len() {
            let alone = own().filter(|found| !found.driver.correlated && found.driver.effect.first.clear_among_many());
            first = at_least(first, alone.map(|found| found.driver.effect.first.value).sum());
            all = at_least(all, first.value);
        }
        Ok(Some(ThemeEffect { theme, inputs: own().count(), closed: first, total: all, evppi: self.worth_of(own()) }))
    }

    /// First-order and total index of the groups of correlated inputs that are the strongest.
    fn draw_groups_again(&self, found: &mut [Found], designed: u64) -> Result<(), RunError> {
        let groups = found.iter_mut().filter(|found| found.positions.len() > 1);
        let clear: Vec<&mut Found> =
            groups.filter(|one| one.driver.effect.first.clear_among_many()).take(GROUPED).collect();
        self.interrupt.begin("Drawing groups again", 2 * clear.len() as u64 * designed);
        for group in clear {
            let (first, all) = self.indices(|position| group.positions.contains(&position), designed)?;
            group.driver.effect.first = first;
            group.driver.total = Some(all);
        }
        Ok(())
    }

    /// Total indices of the strongest inputs that stand by themselves. What is lived has none: others have a part in it.
    fn draw_inputs_again(&self, found: &mut [Found], designed: u64) -> Result<(), RunError> {
        let single = |found: &&mut Found| !found.driver.correlated && !found.driver.reading.is_lived();
        let clear = |found: &&mut Found| found.driver.effect.first.clear_among_many();
        let strongest: Vec<&mut Found> = found.iter_mut().filter(single).filter(clear).take(STRONGEST).collect();
        self.interrupt.begin("Drawing the strongest inputs again", strongest.len() as u64 * designed);
        for one in strongest {
            let (values, again) = self.drawn_again(|position| one.positions.contains(&position), designed)?;
            one.driver.total = varies(&values).then(|| total(&values, &again));
        }
        Ok(())
    }

    /// First-order and total index of some inputs together.
    fn indices(&self, inside: impl Fn(usize) -> bool, trials: u64) -> Result<(Measured, Measured), RunError> {
        let (values, only) = self.drawn_again(&inside, trials)?;
        let all = total(&values, &only);
        let (values, but) = self.drawn_again(|position| !inside(position), trials)?;
        let first = closed(&values, &but);
        // The first trials may all be alike where all trials are not.
        if varies(&values) { Ok((first, all)) } else { Ok(Default::default()) }
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

/// A share that is no smaller than a part of it; by how much it was, is part of its error.
fn at_least(whole: Measured, part: f64) -> Measured {
    let short = (part - whole.value).max(0.0);
    Measured { value: whole.value + short, error: combined(whole.error, short) }
}

/// The larger share of variance first, among equals the wider swing.
pub(super) fn order(a: &Driver, b: &Driver) -> std::cmp::Ordering {
    b.effect.first.value.total_cmp(&a.effect.first.value).then(b.effect.swing().total_cmp(&a.effect.swing()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_is_no_smaller_than_its_inputs_and_bears_what_it_fell_short_of_as_an_error() {
        let theme = Measured { value: 0.080, error: 0.006 };
        // Short by 0.018: √(0.006² + 0.018²) = 0.018974.
        let raised = at_least(theme, 0.098);
        assert!((raised.value - 0.098).abs() < 1e-12 && (raised.error - 0.018_974).abs() < 1e-6);
        assert_eq!(at_least(theme, 0.07), theme);
    }
}
