//! The outcomes of every trial, and its inputs, for those who want them: block by block, in order.

use crate::uncertainty::lanes::Column;

/// The outcomes of one block, for those who want every trial.
#[derive(Debug)]
pub struct Rows {
    /// Number of its first trial.
    pub first_trial: u64,
    /// Trials in it.
    pub lanes: usize,
    /// One column an outcome.
    pub columns: Vec<Column>,
    /// One column an input, where these are kept too.
    pub inputs: Vec<Column>,
}

/// Takes the rows of a run, block by block in order.
pub trait RowSink {
    /// Whether the inputs are wanted beside the outcomes.
    fn wants_inputs(&self) -> bool {
        false
    }

    /// Takes some blocks.
    ///
    /// # Errors
    /// What kept the rows from being stored.
    fn take(&mut self, rows: &[Rows]) -> Result<(), String>;
}

/// Gives the rows of a run that were kept, some at a time.
pub trait RowSource {
    /// Names of its columns: `trial`, the outcomes, and `input.` with the address of each input that was kept.
    fn names(&self) -> &[String];

    /// How many trials it holds.
    fn trials(&self) -> u64;

    /// In how many parts it can be read.
    fn parts(&self) -> usize;

    /// Some columns of one part, by their positions, trial by trial; what is missing is NaN.
    ///
    /// # Errors
    /// What kept it from being read.
    fn read(&mut self, part: usize, columns: &[usize]) -> Result<Vec<Vec<f64>>, String>;
}
