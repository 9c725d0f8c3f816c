//! `alliance`: Monte Carlo forecasts of collaborations between police forces, at the command line.
//!
//! # The way of the data
//!
//! ```text
//! scenarios/x.toml ─ language ─▶ Scenario ─ model::compile ─▶ Model
//!   (TOML, CSV,      reads,      the nouns   dense, by index,   │
//!    --set)          checks      of alliance quantile tables    ▼
//!                                             run: blocks of 128 trials, in parallel
//!                                               uncertainty (draws by key) ─▶ model ─▶ outcomes (columns, counted)
//!                                                                                         │
//! cli: screen, folder of results  ◀─ report (words, tables, charts)  ◀─ statistics (figures with errors)
//! ```
//!
//! It goes one way: nothing looks back along the arrows, and the compiler keeps it so.
//!
//! # The crates
//!
//! | crate | what is in it | uses |
//! |---|---|---|
//! | [`engine`] | the model, its draws, the counting of its futures, the statistics of a run: `docs/model.md` in code | |
//! | [`foreign`] | what comes from outside, taken with care: plain files, text made safe to show | |
//! | [`language`] | the scenario language: from text and workbooks to the nouns of the engine, every problem at once | engine, foreign |
//! | [`analysis`] | options compared on the same draws, what drives an outcome, what a better plan is worth | engine |
//! | [`tables`] | every future in a Parquet file | engine, foreign |
//! | [`app`] | questions about scenarios and their answers, in plain data: what every door to the engine asks | analysis, engine, foreign, language, report |
//! | [`report`] | everything that is shown, computed once; its words, tables, charts, page and workbook | analysis, engine, foreign, language |
//! | `page` | the engine compiled for a browser, and the page around it; `alliance page` writes it (`docs/page.md`) | app, engine, language, report |
//! | `python` | the engine as a Python package (`docs/python.md`) | app, engine, language, report |
//! | [`cli`] | the command line: one file a verb; folders of results and their manifests | all |
//!
//! Each crate's `lib.rs` is the map of its rooms. `tests/house_rules.rs` holds what the compiler does not.

pub mod cli;
pub mod exit_code;
