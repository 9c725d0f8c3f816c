//! Decisions on top of forecasts: options compared on the same draws, what drives an outcome, when a scenario fails.

#![cfg_attr(
    test,
    expect(clippy::disallowed_methods, reason = "what figures are held against in tests may differ in the last bit")
)]

mod align;
mod boxes;
mod cells;
mod coalitions;
mod compare;
mod deals;
mod discover;
mod dominance;
mod evaluate;
mod explain;
pub mod futures;
mod game;
mod information;
mod jackknife;
mod joining;
pub mod learn;
mod measures;
mod objective;
mod optimise;
mod option_columns;
mod own_cause;
mod proportion;
mod remembered;
mod room;
mod sensitivity;
mod settled;
mod shares;
mod sign;
mod themes;
pub mod track;
mod tree;
mod worths;

pub use align::{Alignment, Horizon, OwnHorizon, Unaligned, align};
pub use coalitions::{coalition, sharing};
pub use compare::{Comparison, Refused};
pub use deals::{Deals, Figures, Run, Runs, Shape};
pub use discover::{Condition, Discovery, Failure, discover};
pub use dominance::{Dominance, Merits, dominance};
pub use engine::model::{National, Reading, Sort};
pub use evaluate::{Averaged, GivenInput, each_future, same_futures};
pub use explain::{Driver, Explained, ThemeEffect, decides, explain};
pub use jackknife::Measured;
pub use measures::Measure;
pub use objective::Objective;
pub use optimise::{MOST_TURNS, Optimised, Turn, fresh, optimise, turns};
pub use option_columns::{
    better, difference, difference_in, difference_over, first, nobody_first, own, own_in, own_over, regret, saving,
    worse,
};
pub use own_cause::{OwnCause, is_own_cause};
pub use proportion::Proportion;
pub use remembered::Remembered;
pub use room::{NoRoom, NotRun};
pub use sensitivity::{Effect, Near};
pub use shares::{
    CoalitionWorth, NoShares, PlayerOutcome, RuleOutcome, Shares, Sharing, Unshared, adds_by_orders, shares,
    shares_from,
};
pub use sign::Sign;
pub use themes::Theme;

/// From the 10th to the 90th percentile of a normal distribution there are so many standard deviations: twice 1.281552.
pub const P10_TO_P90: f64 = 2.563_103;
