//! Decisions on top of forecasts: options compared on the same draws.

mod align;
mod compare;
mod dominance;
mod measures;

pub use align::align;
pub use compare::{Comparison, Refused, better, difference, difference_in, first, own, own_in, regret, saving};
pub use dominance::{Dominance, dominance};
pub use measures::{Better, Measure};
