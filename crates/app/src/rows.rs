//! Inputs and outcomes of every future, some thousands at a time: for those who work on futures themselves.

use std::sync::Arc;

use engine::model::{KEPT_INPUT, Model};
use engine::run::{Interrupt, Settings, sample};
use engine::uncertainty::lanes::{BLOCK, blocks_of, trials_before, trials_in};
use engine::uncertainty::plainly_quoted;

use crate::error::Error;
use crate::explain::column_of;
use crate::limits;
use crate::refused::{Field, Refused};
use crate::study::{Desk, compiled};

/// The futures of a scenario, batch by batch in order.
#[derive(Debug)]
pub struct Batches {
    model: Model,
    settings: Settings,
    interrupt: Arc<Interrupt>,
    /// Names of the columns: outcomes, then inputs.
    names: Vec<String>,
    outcomes: Vec<usize>,
    inputs: Vec<usize>,
    /// Blocks of a batch, and the next one to be run.
    each: u64,
    next: u64,
}

/// Some futures, one after another.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The number of the first.
    pub first: u64,
    /// Values of each column; NaN where missing.
    pub columns: Vec<Vec<f64>>,
}

impl Batches {
    /// Of some outcomes by name, and of inputs: all that are drawn where none is named. `at_once` futures make a batch, in whole blocks of
    /// 128.
    ///
    /// # Errors
    /// What cannot be given, with what would be right.
    pub fn new(desk: &Desk<'_>, outcomes: &[String], inputs: Option<Vec<String>>, at_once: u64) -> Result<Self, Error> {
        let model = compiled(desk.one()?)?;
        let column = |name: &String| column_of(&model, &plainly_quoted(name.trim()), Field::Outcome);
        let found = outcomes.iter().map(column).collect::<Result<Vec<_>, _>>()?;
        let kept = model.kept_inputs();
        let drawn = match inputs {
            None => (0..kept.len()).collect(),
            Some(named) => named.iter().map(|name| kept_input(&kept, name)).collect::<Result<Vec<_>, _>>()?,
        };
        let all = desk.draws.trials;
        // All at once where so many are asked for.
        let each = if at_once < all { (at_once / BLOCK as u64).max(1) } else { blocks_of(all) };
        let width = found.len() + drawn.len();
        limits::at_once(each * BLOCK as u64, width).map_err(|why| Field::Trials.refused(why))?;
        let told = found
            .iter()
            .map(|at| model.catalogue().columns()[*at].name.clone())
            .chain(drawn.iter().map(|at| kept[*at].clone()));
        let names = told.collect();
        let (settings, interrupt) = (desk.settings(), Arc::clone(&desk.means.interrupt));
        Ok(Self { names, outcomes: found, inputs: drawn, model, settings, interrupt, each, next: 0 })
    }

    /// Names of the columns.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Has the next futures watched and stopped by another.
    pub fn watch(&mut self, interrupt: &Arc<Interrupt>) {
        self.interrupt = Arc::clone(interrupt);
    }

    /// The next futures; none where all were given.
    ///
    /// # Errors
    /// Where it is stopped from outside, or threads fail.
    pub fn next_batch(&mut self) -> Result<Option<Batch>, Error> {
        let all = blocks_of(self.settings.trials);
        if self.next >= all {
            return Ok(None);
        }
        let blocks = self.next..(self.next + self.each).min(all);
        let first = trials_before(blocks.start, self.settings.trials);
        self.interrupt.begin("Simulating", trials_in(&blocks, self.settings.trials));
        let which = (self.outcomes.as_slice(), self.inputs.as_slice());
        let columns = sample::rows(&self.model, &self.settings, &self.interrupt, blocks.clone(), which)?;
        self.next = blocks.end;
        Ok(Some(Batch { first, columns }))
    }
}

/// The position of an input by name, which may be quoted otherwise, and begin as its column does.
fn kept_input(kept: &[String], name: &str) -> Result<usize, Refused> {
    let plain = plainly_quoted(name.trim());
    let own = plain.strip_prefix(KEPT_INPUT).unwrap_or(&plain);
    let known: Vec<&str> = kept.iter().map(|input| input.strip_prefix(KEPT_INPUT).unwrap_or(input)).collect();
    known.iter().position(|known| *known == own).ok_or_else(|| {
        Field::Inputs.refused(format!("nothing that is drawn is called {name}. {}", language::remedy(own, &known)))
    })
}
