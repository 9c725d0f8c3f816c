//! The engine's own draws as a source for the reference, so that both meet the same future.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;

use engine::uncertainty::lanes::{BLOCK, Column, Isa};
use engine::uncertainty::{Draws, Input, Quantity, Sampler, Standard, Stream};

use crate::reference::source::Source;

/// Draws of one trial after another of one block.
pub struct EngineDraws<'a> {
    stream: RefCell<Stream<'a>>,
    inputs: &'a HashMap<String, Input>,
    /// Columns by key and calendar year (0 for what is drawn once).
    cache: RefCell<HashMap<String, HashMap<i32, Box<Column>>>>,
    lane: Cell<usize>,
}

impl<'a> EngineDraws<'a> {
    /// The draws of a block; its first trial is looked at first.
    pub fn new(draws: &'a Draws, inputs: &'a HashMap<String, Input>, seed: u64, sampler: Sampler, block: u64) -> Self {
        let mut stream = Stream::new(draws, seed, sampler, Isa::Baseline);
        stream.start(block);
        Self { stream: RefCell::new(stream), inputs, cache: RefCell::default(), lane: Cell::new(0) }
    }

    /// Looks at another trial of the block.
    pub fn look_at(&self, lane: usize) {
        assert!(lane < BLOCK, "a block has {BLOCK} trials");
        self.lane.set(lane);
    }

    fn value(&self, key: &str, year: i32) -> f64 {
        let mut cache = self.cache.borrow_mut();
        if let Some(column) = cache.get(key).and_then(|years| years.get(&year)) {
            return column[self.lane.get()];
        }
        let input = *self.inputs.get(key).unwrap_or_else(|| panic!("the inventory lacks {key}"));
        let mut column = Box::new(Column::default());
        self.stream.borrow_mut().fill(input, year, &mut column);
        let value = column[self.lane.get()];
        cache.entry(key.to_owned()).or_default().insert(year, column);
        value
    }
}

impl Source for EngineDraws<'_> {
    fn quantity(&self, quantity: &Quantity) -> f64 {
        self.value(&quantity.key, 0)
    }
    fn yearly(&self, quantity: &Quantity, year: i32) -> f64 {
        self.value(&quantity.key, year)
    }
    fn standard(&self, key: &str, _shape: Standard, _plan: f64) -> f64 {
        self.value(key, 0)
    }
    fn standard_yearly(&self, key: &str, _shape: Standard, _plan: f64, year: i32) -> f64 {
        self.value(key, year)
    }
}
