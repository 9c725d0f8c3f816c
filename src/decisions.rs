//! Decisions on top of forecasts: options compared on the same draws, what drives an outcome.

mod align;
mod compare;
mod dominance;
mod explain;
mod information;
mod jackknife;
mod measures;
mod sensitivity;
mod themes;

pub use align::align;
pub use compare::{Comparison, Refused, better, difference, difference_in, first, own, own_in, regret, saving};
pub use dominance::{Dominance, dominance};
pub use explain::{Driver, Explained, ThemeEffect, explain};
pub use jackknife::Measured;
pub use measures::{Better, Measure};
pub use sensitivity::Effect;
pub use themes::Theme;
