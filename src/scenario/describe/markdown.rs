//! The reference page of the scenario language, from the reader's own description.

/// Every key with its meaning, unit, default and range.
#[must_use]
pub fn format_markdown() -> String {
    String::new()
}
