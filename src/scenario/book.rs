//! A scenario as a workbook to be filled in, and back: sheets Scenario (a row a key), Forces (a column a force), Areas (a row an area).
//!
//! The sheets hold the same tree as a file (`sheets`, `gather`), each node remembering its cell, so that whatever is wrong is told with
//! sheet and cell by the same reader.

mod cells;
mod gather;
mod insert;
mod keys;
mod sheets;
mod value;
mod write;

pub use gather::gather;
pub use sheets::sheets;
pub use write::write;

/// Names of the sheets.
const SCENARIO: &str = "Scenario";
const FORCES: &str = "Forces";
const AREAS: &str = "Areas";

/// A row of sheet Scenario beginning so is a heading or a remark.
const REMARK: char = '#';

/// The columns of sheet Scenario.
const COLUMNS: [&str; 18] = [
    "Key",
    "Unit",
    "Meaning",
    "Value",
    "Distribution",
    "Low",
    "Mode",
    "High",
    "P10",
    "Median",
    "P90",
    "Plan",
    "Min",
    "Max",
    "Source",
    "Confidence",
    "Owner",
    "Note",
];

/// Columns of parameters of a distribution.
const PARAMETERS: [&str; 6] = ["Low", "Mode", "High", "P10", "Median", "P90"];

/// Distributions whose every parameter has a column; others are written into Value.
const FAMILIES: [&str; 5] = ["uniform", "triangular", "pert", "lognormal", "quantiles"];

/// Columns that are keys beside a number.
const BESIDE: [&str; 7] = ["Plan", "Min", "Max", "Source", "Confidence", "Owner", "Note"];

/// Columns that say what a key is: nothing is filled in there.
const EXPLAINS: [&str; 2] = ["Unit", "Meaning"];

/// The columns left of those of the forces.
const BEFORE_FORCES: [&str; 3] = ["Key", "Unit", "Meaning"];

/// The first two columns of sheet Areas.
const BEFORE_AREAS: [&str; 2] = ["Alliance", "name"];

/// Parts of a list in a cell.
const BETWEEN: char = ';';

/// The key of a parameter under its column: the median of `quantiles` is called `p50`.
fn parameter(family: &str, column: &str) -> String {
    if column == "Median" && family == "quantiles" { "p50".to_owned() } else { column.to_lowercase() }
}
