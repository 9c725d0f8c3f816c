//! A scenario as a workbook to be filled in, and back: sheets Scenario (a row a key), Forces (a column a force), Areas (a row an area).
//!
//! The sheets hold the same tree as a file (`sheets`, `gather`), each node remembering its cell, so that whatever is wrong is told with
//! sheet and cell by the same reader.

#[cfg(feature = "workbooks")]
mod cells;
#[cfg(feature = "workbooks")]
mod gather;
mod keys;
mod sheets;
#[cfg(feature = "workbooks")]
mod unpacked;
#[cfg(feature = "workbooks")]
mod value;

#[cfg(feature = "workbooks")]
pub use gather::gather;
pub use sheets::{Cell, Column, Form, Role, Sheet, form};

/// How to fill it in.
const READ_ME: [&str; 16] = [
    "A scenario to be filled in",
    "Fill in the yellow cells of the sheets Scenario, Forces and Areas, save, then: alliance import THIS.xlsx",
    "It writes a scenario file, or says which cells of which sheet are wrong, and what would be right.",
    "",
    "Scenario: a row a key. Value holds a number, a word, a year such as 2026/27, a month such as 2026-04, yes or no.",
    "A list has semicolons between its parts: North; South. What begins with [ or { is read as TOML. A text or a name that itself begins with [, {, # or a quotation mark, or with a blank, stands between double quotes.",
    "An uncertain number has a Distribution and its parameters instead of a Value: pert and triangular Low, Mode and High; uniform Low and High; lognormal Median and P90; quantiles P10, Median and P90.",
    "Other distributions stand in Value as TOML: { beta = { a = 18, b = 1 } }.",
    "Plan is what the business case has; left empty, it is the mode of pert and triangular, else the median. Min and Max cut the distribution off.",
    "Source says where a number comes from (a publication, or the word judgement), Confidence is high, medium or low.",
    "A row without value and distribution says this of every number under its key.",
    "A row whose key begins with # is a heading, a column whose name begins with # a remark. Add rows anywhere: alliance.\"A new one\".slip begins a new alliance.",
    "",
    "Forces: a row a key, a column a force: write the name of a new force at the head of the next column. Rows such as budget.source and budget.confidence say where a number comes from.",
    "Areas: a row a business area, a column a key: saving, or its parts saving.pert.low, saving.pert.mode, saving.pert.high.",
    "docs/scenario-format.md explains every key. Columns of Areas:",
];

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
