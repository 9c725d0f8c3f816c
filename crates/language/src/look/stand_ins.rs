//! Figures that only stand in for some that were not found.

use super::Look;
use super::figure::told;
use crate::template::STAND_IN;
use engine::uncertainty::{Quantity, Value};

/// Looks at the source of every number.
pub fn look(look: &Look<'_>) {
    for input in look.cx.inputs() {
        let Some(Quantity { value: Value::Fixed(value), provenance, .. }) = input.number else { continue };
        if provenance.source.is_some_and(|source| source.starts_with(STAND_IN)) {
            let what = format!("{} only stands in for a figure that was not found", told(value));
            look.odd(
                &input.path,
                what,
                "Write your own figure and its source, or a source of your own if you take this one",
            );
        }
    }
}
