//! What programmes of the past say of a new one: a reference class, its predictive distributions, and how far each case is to be believed.
//!
//! `docs/learning.md` states every formula. Nothing is sampled: grids are summed in one order, so that the bits are the same everywhere.
//!
//! | file | what is in it |
//! |---|---|
//! | `case` | what is known of one programme |
//! | `special` | the normal and the gamma distribution |
//! | `mixture` | mixtures of normals: their percentiles |
//! | `spread` | the normal–normal model of factors on their logarithms |
//! | `failure` | the beta–binomial model of programmes that fail |
//! | `exit` | the gamma–Poisson model of alliances that end, and the base of a scenario that gives their rate |
//! | `weights` | how far each case counts: fame, and belief in the class |
//! | `class` | all of it for one class |
//! | `hold_out` | each case, and each class, forecast from the others |

mod case;
mod class;
mod exit;
mod failure;
mod hold_out;
mod mixture;
mod special;
mod spread;
mod weights;

pub use case::{Case, FAILED, Quantity, Range, Survival};
pub use class::{Learnt, Shrunk, Spread, learn};
pub use exit::{ExitRate, FEWEST_FUTURES, is_met, solve};
pub use hold_out::{HeldCase, HeldClass, Together, by_luck, classes_held_out, held_out};
pub use weights::Belief;
