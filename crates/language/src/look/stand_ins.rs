//! Figures of real forces' starting file that nobody has found: those that stand in for one, and those that are invented.

use super::Look;
use super::figure::told;
use crate::template::{INVENTED, STAND_IN};
use engine::uncertainty::{Quantity, Value};

/// Looks at the source of every number.
pub fn look(look: &Look<'_>) {
    let mut invented: Vec<String> = Vec::new();
    for input in look.cx.inputs() {
        let Some(Quantity { value, provenance, .. }) = input.number else { continue };
        let source = provenance.source.unwrap_or_default();
        if source == INVENTED {
            invented.push(input.path);
        } else if let (Value::Fixed(value), true) = (value, source.starts_with(STAND_IN)) {
            let what = format!("{} only stands in for a figure that was not found", told(value));
            look.odd(
                &input.path,
                what,
                "Write your own figure and its source, or a source of your own if you take this one",
            );
        }
    }
    if let Some(first) = invented.first() {
        let what = format!(
            "{} numbers of this starting file are invented, this is the first: what follows from them is no forecast of a real plan",
            invented.len()
        );
        look.odd(first, what, "Write your own figures and their sources");
    }
}
