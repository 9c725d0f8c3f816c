//! Reading the nouns of a scenario, each key once: its name, unit, range, default and meaning stand here and nowhere else.

mod alliance;
mod area;
mod economy;
mod force;
mod funding;
mod governance;
mod promises;
mod resilience;
mod scenario;
mod sharing;

pub use scenario::{format, scenario};

use super::reader::{Range, Spec};

/// A key with a share, 0 to 1.
const fn share(name: &'static str, doc: &'static str) -> Spec {
    Spec::new(name, "share", Range::SHARE, doc)
}

/// A key with a time of at least 0.
const fn years(name: &'static str, doc: &'static str) -> Spec {
    Spec::new(name, "years", Range::FROM_0, doc)
}

/// A key with a factor above 0, 1 unless written.
const fn factor(name: &'static str, doc: &'static str) -> Spec {
    Spec::new(name, "factor", Range::ABOVE_0, doc).or(1.0)
}

/// A key with money in prices of the first year.
const fn money(name: &'static str, doc: &'static str) -> Spec {
    Spec::new(name, "£m, first-year prices", Range::FROM_0, doc)
}
