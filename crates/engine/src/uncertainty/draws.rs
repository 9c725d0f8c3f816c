//! Draws by key: compiled quantities, a pure function of seed, key, year and trial.

mod builder;
mod error;
mod given;
mod standard;
mod stream;

pub use builder::DrawsBuilder;
pub use error::DrawsError;
pub use given::Given;
pub use standard::Standard;
pub use stream::{Again, Stream};

use super::copula::{Copula, Loadings};
use super::form::Form;
use super::lanes::{BLOCK, Column, Isa};
use super::sampler::{Sampler, Source};
use super::tables::Tables;
use std::sync::Arc;

/// Where the kernel takes a number from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Input {
    /// The same in every trial.
    Fixed(f64),
    /// Drawn: a position in the compiled draws.
    Drawn(usize),
}

/// What is known of one compiled draw.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawInfo {
    /// Its key.
    pub key: String,
    /// Its value in the plan run.
    pub plan: f64,
    /// Whether it is drawn anew every year.
    pub yearly: bool,
    /// Whether it differs from trial to trial; where not, only the plan run differs.
    pub varies: bool,
    /// The correlation by which it hangs together with others, by its position in the scenario.
    pub correlation: Option<usize>,
}

/// Compiled draws: a pure function of seed, key, year and trial.
#[derive(Debug)]
pub struct Draws {
    info: Vec<DrawInfo>,
    draws: Vec<Draw>,
    forms: Vec<Form>,
    copula: Option<Copula>,
    /// For draws like these.
    tables: Arc<Tables>,
}

/// One compiled draw.
#[derive(Debug)]
struct Draw {
    /// Its own coordinate.
    source: Source,
    /// The coordinate under `key#part` that chooses the part of a mixture.
    part: Source,
    /// The coordinates whose scores are mixed, where it is correlated.
    loadings: Option<Loadings>,
    /// Position among the forms.
    form: usize,
    yearly: bool,
    plan: f64,
}

impl Draws {
    /// What each draw is, in the order of [`Input::Drawn`].
    #[must_use]
    pub fn info(&self) -> &[DrawInfo] {
        &self.info
    }

    /// One value. Slow (it fills a block): for tests and for looking at single trials.
    #[must_use]
    pub fn value(&self, input: Input, year: i32, trial: u64, seed: u64, sampler: Sampler) -> f64 {
        let mut stream = Stream::new(self, seed, sampler, Isa::Baseline);
        let mut column = Column::default();
        stream.start(trial / BLOCK as u64);
        stream.fill(input, year, &mut column);
        column[(trial % BLOCK as u64) as usize]
    }
}
