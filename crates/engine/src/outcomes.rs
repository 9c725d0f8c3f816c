//! What a trial leaves behind: named columns, their mergeable accumulators, and tables of trials.

mod accumulator;
mod catalogue;
mod counter;
pub mod declared;
mod layout;
mod outcome;
mod outcome_id;
mod ratio;
mod refine;
mod rows;
mod spread;
mod stored;
mod survey;
mod threshold;

pub use accumulator::{Accumulator, Plan};
pub use catalogue::{Catalogue, ColumnSpec, Missing, Ratio, Tier};
pub use counter::Counter;
pub use layout::{Layout, lay_out};
pub use outcome::{Better, Outcome};
pub use outcome_id::{NoOutcome, OutcomeId, Owner};
pub use ratio::RatioMoments;
pub use rows::{RowSink, RowSource, Rows};
pub use spread::{FEW, Spread, rank_error};
pub use threshold::{is_above, is_below, tolerance};
