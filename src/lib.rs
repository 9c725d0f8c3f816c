//! The engine of `alliance`: Monte Carlo forecasts of collaborations between police forces.
//!
//! # The way of the data
//!
//! ```text
//! scenarios/x.toml ─ scenario ─▶ Scenario ─ model::compile ─▶ Model
//!   (TOML, CSV,      reads,      the nouns   dense, by index,   │
//!    --set)          checks      of alliance quantile tables    ▼
//!                                             run: blocks of 128 trials, in parallel
//!                                               uncertainty (draws by key) ─▶ model ─▶ outcomes (columns, counted)
//!                                                                                         │
//! cli: screen, folder of results  ◀─ report (words, tables, charts)  ◀─ statistics (figures with errors)
//! ```
//!
//! It goes one way: nothing looks back along the arrows.
//!
//! # The rooms
//!
//! | room | what is in it |
//! |---|---|
//! | [`units`], [`id`] | years, months and numbers; positions of forces and alliances |
//! | [`safe_text`] | foreign text made safe to show: nothing in it commands a terminal or begins a formula |
//! | [`uncertainty`] | distributions, draws by key, samplers, correlation, columns of 128 lanes |
//! | [`mod@alliance`] | the nouns of a checked scenario: forces, areas, governance, funding, promises |
//! | [`scenario`] | the scenario language: from text to nouns, every problem at once |
//! | [`outcomes`] | what a trial leaves behind: outcomes declared once, named columns, their mergeable counts, rows in Parquet |
//! | [`model`] | a scenario in dense form, and the worker that runs blocks of its trials: `docs/model.md` in code |
//! | [`statistics`] | figures of a run by name, each with its Monte Carlo error |
//! | [`run`] | blocks in parallel, counted exactly, until enough are done |
//! | [`decisions`] | options compared on the same draws, what drives an outcome |
//! | [`report`] | everything that is shown, computed once; its words, tables and charts |
//! | [`cli`] | the command line: one file a verb; folders of results and their manifests |
//! | [`files`] | reading files: plain ones, none too large |
//! | [`figures`] | which figures the engine makes: what tells results apart that do not mix |
//! | [`guarded`] | panics of libraries over malformed files, caught |
//! | [`exit_code`] | how the program ends |
//!
//! # Who may use whom
//!
//! | room | may import |
//! |---|---|
//! | `units` | nothing |
//! | `id` | nothing |
//! | `exit_code` | nothing |
//! | `figures` | nothing |
//! | `files` | nothing |
//! | `guarded` | nothing |
//! | `safe_text` | nothing |
//! | `uncertainty` | units, id |
//! | `alliance` | uncertainty, units, id |
//! | `scenario` | alliance, files, guarded, outcomes, `safe_text`, uncertainty, units, id |
//! | `outcomes` | figures, guarded, uncertainty, units |
//! | `model` | alliance, outcomes, uncertainty, units, id |
//! | `statistics` | outcomes, units |
//! | `run` | model, outcomes, statistics, uncertainty, units |
//! | `decisions` | alliance, model, outcomes, run, statistics, uncertainty, units, id |
//! | `report` | alliance, decisions, outcomes, `safe_text`, statistics, uncertainty, units, id |
//! | `report/chart` | report, `safe_text` |
//! | `report/workbook` | report, scenario |
//! | `cli` | alliance, decisions, `exit_code`, figures, files, model, outcomes, report, run, `safe_text`, scenario, statistics, uncertainty, units, id |
//! | `main` | cli |
//!
//! Charts receive finished numbers and compute none.
//!
//! Each foreign crate has its home (nothing: it is named in Cargo.toml for the sake of the build alone):
//!
//! | crate | may be used in |
//! |---|---|
//! | `ab_glyph` | report/chart |
//! | `calamine` | scenario |
//! | `clap` | cli |
//! | `csv` | report, scenario |
//! | `ctrlc` | cli |
//! | `image` | report/chart |
//! | `indicatif` | cli |
//! | `libm` | uncertainty |
//! | `maud` | report/page |
//! | `notosans` | report/chart |
//! | `plotters` | report/chart |
//! | `polars_arrow` | outcomes |
//! | `polars_error` | outcomes |
//! | `polars_parquet` | outcomes |
//! | `rayon` | run |
//! | `rustix` | cli |
//! | `rust_xlsxwriter` | report/workbook |
//! | `serde` | cli, outcomes, report |
//! | `serde_json` | cli, report, scenario |
//! | `sha2` | cli |
//! | `signal_hook` | cli |
//! | `tempfile` | cli, files, outcomes |
//! | `toml` | scenario |
//! | `toml_parser` | scenario |
//! | `zip` | scenario |
//!
//! `tests/house_rules.rs` reads these tables and holds them.

pub mod alliance;
pub mod cli;
pub mod decisions;
pub mod exit_code;
pub mod figures;
pub mod files;
pub mod guarded;
pub mod id;
pub mod model;
pub mod outcomes;
pub mod report;
pub mod run;
pub mod safe_text;
pub mod scenario;
pub mod statistics;
pub mod uncertainty;
pub mod units;
