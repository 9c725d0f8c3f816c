//! Powers and logarithms that are the same on every platform, for what is drawn.

pub(crate) use engine::uncertainty::elementary::{exp, ln};
pub(crate) use engine::units::{power_of_ten, ten_to};
