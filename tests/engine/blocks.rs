//! Single blocks of a model, their outcomes looked up by name.

use engine::model::Model;
use engine::uncertainty::Sampler;
use engine::uncertainty::lanes::{BLOCK, Column, Isa};

/// Some blocks of one model.
pub struct Blocks {
    pub model: Model,
    blocks: Vec<Vec<Column>>,
}

impl Blocks {
    /// The first `count` blocks under a fixed seed.
    pub fn new(model: Model, count: u64) -> Self {
        let mut worker = model.worker(Isa::detect());
        let blocks = (0..count).map(|block| worker.run_block(4711, Sampler::Plain, block).to_vec()).collect();
        drop(worker);
        Self { model, blocks }
    }

    /// Names of all outcomes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.model.catalogue().columns().iter().map(|column| column.name.as_str())
    }

    /// Whether there is such an outcome.
    pub fn has(&self, name: &str) -> bool {
        self.model.catalogue().position(name).is_some()
    }

    /// The values of an outcome in every trial.
    pub fn get(&self, name: &str) -> Vec<f64> {
        let position = self.model.catalogue().position(name).unwrap_or_else(|| panic!("{name} is an outcome"));
        self.blocks.iter().flat_map(|block| block[position].0).collect()
    }

    /// The sum of several outcomes in every trial.
    pub fn sum(&self, names: impl IntoIterator<Item = String>) -> Vec<f64> {
        let mut total = vec![0.0; self.blocks.len() * BLOCK];
        for name in names {
            total.iter_mut().zip(self.get(&name)).for_each(|(sum, x)| *sum += x);
        }
        total
    }
}

/// Whether two numbers are alike to a thousand-millionth, or both missing.
pub fn alike(a: f64, b: f64) -> bool {
    (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-9 * a.abs().max(1.0)
}

/// Fails with the first trial in which two outcomes are not alike.
pub fn assert_alike(what: &str, a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len(), "{what}");
    if let Some(i) = (0..a.len()).find(|i| !alike(a[*i], b[*i])) {
        panic!("{what}: {} and {} in trial {i}", a[i], b[i]);
    }
}

/// Fails with the first trial in which two outcomes differ in any bit.
pub fn assert_same_bits(what: &str, a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len(), "{what}");
    if let Some(i) = (0..a.len()).find(|i| a[*i].to_bits() != b[*i].to_bits()) {
        panic!("{what}: {} and {} in trial {i}", a[i], b[i]);
    }
}
