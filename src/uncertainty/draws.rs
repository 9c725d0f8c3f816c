//! Draws by key: compiled quantities, and the stream that fills a block's columns with their values.

use super::lanes::{Column, Isa};
use super::{Correlation, Quantity, Sampler};

/// A standard shape drawn under a key of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standard {
    /// Uniform on (0, 1).
    Uniform,
    /// Standard normal.
    Normal,
    /// Exponential of mean 1, `−ln(1−u)`.
    Exponential,
    /// Logistic, `ln(u/(1−u))`.
    Logistic,
    /// Gumbel, `−ln(−ln u)`.
    Gumbel,
}

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
}

/// Why draws cannot be compiled.
#[derive(Debug, Clone, PartialEq)]
pub enum DrawsError {
    /// Two keys have one hash.
    Collision(String, String),
    /// A correlation names nothing that is drawn.
    NothingDrawn(String),
    /// A quantity is in two correlations.
    Twice(String),
    /// A matrix is not a correlation matrix; the nearest valid one is given.
    NotACorrelation(Vec<Vec<f64>>),
    /// A quantile table would be wrong by more than 1e-8 of the range.
    Inexact(String),
}

/// Collects the quantities of a model.
#[derive(Debug, Default)]
pub struct DrawsBuilder {}

impl DrawsBuilder {
    /// A quantity drawn once a trial. The same key twice is the same draw.
    pub fn quantity(&mut self, _quantity: &Quantity) -> Input {
        unimplemented!()
    }
    /// A quantity drawn anew every year.
    pub fn yearly(&mut self, _quantity: &Quantity) -> Input {
        unimplemented!()
    }
    /// A standard draw once a trial; in the plan run it is `plan`.
    pub fn standard(&mut self, _key: &str, _shape: Standard, _plan: f64) -> Input {
        unimplemented!()
    }
    /// A standard draw every year; in the plan run it is `plan`.
    pub fn standard_yearly(&mut self, _key: &str, _shape: Standard, _plan: f64) -> Input {
        unimplemented!()
    }
    /// Compiles tables and correlations.
    ///
    /// # Errors
    /// Every [`DrawsError`] found.
    pub fn build(self, _correlations: &[Correlation]) -> Result<Draws, Vec<DrawsError>> {
        unimplemented!()
    }
}

/// Compiled draws: a pure function of seed, key, year and trial.
#[derive(Debug)]
pub struct Draws {}

impl Draws {
    /// What each draw is, in the order of [`Input::Drawn`].
    #[must_use]
    pub fn info(&self) -> &[DrawInfo] {
        unimplemented!()
    }
}

/// Fills columns for one block: of drawn trials, or of the plan run.
#[derive(Debug)]
pub struct Stream<'a> {
    _draws: &'a Draws,
}

impl<'a> Stream<'a> {
    /// A stream of drawn trials.
    #[must_use]
    pub fn new(draws: &'a Draws, _seed: u64, _sampler: Sampler, _isa: Isa) -> Self {
        Self { _draws: draws }
    }
    /// A stream of the plan run: every draw at its plan value in every lane.
    #[must_use]
    pub fn plan(draws: &'a Draws, _isa: Isa) -> Self {
        Self { _draws: draws }
    }
    /// Moves to the block that starts with trial `block·256`.
    pub fn start(&mut self, _block: u64) {}
    /// Fills `out` with the values of `input` in calendar year `year` (ignored by what is drawn once a trial).
    pub fn fill(&mut self, _input: Input, _year: i32, _out: &mut Column) {
        unimplemented!()
    }
}
