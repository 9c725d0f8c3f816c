//! What people see of a run: the report's figures, words, one screen of text, tables, JSON and charts.
//!
//! [`Report::build`] computes everything that is shown; the terminal, the tables and the charts only lay it out.
//!
//! Charts receive finished numbers and compute none. Each library has its room:
//!
//! | crate | may be used in |
//! |---|---|
//! | `ab_glyph` | chart |
//! | `image` | chart |
//! | `maud` | page |
//! | `notosans` | chart |
//! | `plotters` | chart |
//! | `rust_xlsxwriter` | workbook |
//!
//! `tests/house_rules.rs` reads this table and holds it.

#![cfg_attr(
    test,
    expect(clippy::disallowed_methods, reason = "what figures are held against in tests may differ in the last bit")
)]

pub mod brief;
pub mod chart;
pub mod comparison;
mod data;
mod discovery;
pub mod explanation;
mod figure;
pub mod futures;
pub mod glance;
pub mod grid;
pub mod inputs;
pub mod learning;
pub mod left_out;
mod number;
pub mod optimum;
pub mod page;
pub mod register;
#[cfg(test)]
mod sample;
mod sections;
pub mod sharing;
pub mod sheet;
mod source;
pub mod tables;
pub mod terminal;
pub mod tracking;
mod untold;
pub mod what_if;
pub mod words;
#[cfg(feature = "workbooks")]
pub mod workbook;

pub use comparison::Comparison;
pub use data::{
    ActualReport, AllianceReport, AreaReport, Benefit, Charts, ForceReport, MemberReport, NpvPoint, PaybackYear,
    Report, RunIdentity, ScenarioFacts, TargetReport, Whole, YearChance, YearSpread, Yearly,
};
pub use discovery::DiscoveryReport;
pub use figure::{Figure, Spread};
pub use source::Figures;
pub use untold::Untold;
