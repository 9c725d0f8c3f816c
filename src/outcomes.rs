//! What a trial leaves behind: named columns, their mergeable accumulators, and tables of trials.

mod catalogue;

pub use catalogue::{Catalogue, ColumnSpec, Missing, Ratio, Tier};
