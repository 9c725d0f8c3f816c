//! What is sound, but worth a look: numbers that were probably meant in another unit, names all but the same, what has no effect.
//!
//! Nothing here refuses anything. Every note says what a number means as it stands, and what was probably meant. The bounds lie far
//! outside what forces and programmes have had, so that a note is rarely wrong; `tests/shipped_scenarios.rs` holds that the shipped
//! scenarios and templates give none.

mod correlations;
mod costs;
mod dates;
mod facts;
mod figure;
mod money;
mod names;
mod no_effect;
mod numbers;
mod promises;
mod reviews;
mod stand_ins;

pub use figure::money;

use super::reader::Context;
use engine::alliance::Scenario;
use engine::uncertainty::{Quantity, Value};

/// Looks at a whole scenario.
pub fn look(scenario: &Scenario, cx: &Context<'_>) {
    let look = Look { cx };
    facts::look(scenario, &look);
    numbers::look(scenario, &look);
    dates::look(scenario, &look);
    money::look(scenario, &look);
    costs::look(scenario, &look);
    reviews::look(scenario, &look);
    no_effect::look(scenario, &look);
    promises::look(scenario, &look);
    names::look(scenario, &look);
    correlations::look(scenario, &look);
    stand_ins::look(&look);
}

/// Where notes go.
struct Look<'a> {
    cx: &'a Context<'a>,
}

impl Look<'_> {
    /// Notes something at the place of an address, or of what stands nearest above it.
    fn odd(&self, address: &str, what: impl Into<String>, remedy: impl Into<String>) {
        if let Some(place) = self.cx.place(address) {
            self.cx.odd(&place, address, what, remedy);
        }
    }
}

/// One value by which a number is judged.
#[derive(Debug, Clone, Copy)]
struct Level {
    /// Which it is; empty for the number itself.
    what: &'static str,
    /// The value.
    value: f64,
}

impl Level {
    /// The value with what it is.
    fn told(self) -> String {
        if self.what.is_empty() {
            figure::told(self.value)
        } else {
            format!("{}, {},", self.what, figure::told(self.value))
        }
    }
}

/// The values by which a number is judged: itself, or of a distribution the plan value, the median and the 90th percentile.
fn levels(quantity: &Quantity) -> Vec<Level> {
    let level = |what, value| Level { what, value };
    let plan = quantity.plan.map(|plan| level("its plan value", plan));
    match &quantity.value {
        Value::Fixed(value) => std::iter::once(level("", *value)).chain(plan).collect(),
        Value::Uncertain(distribution) => vec![
            plan.unwrap_or_else(|| level("its plan value", distribution.plan_value())),
            level("its median", distribution.quantile(0.5)),
            level("its 90th percentile", distribution.quantile(0.9)),
        ],
    }
}

/// The first level of a number outside two bounds.
fn outside(quantity: &Quantity, low: f64, high: f64) -> Option<Level> {
    levels(quantity).into_iter().find(|level| level.value < low || level.value > high)
}
